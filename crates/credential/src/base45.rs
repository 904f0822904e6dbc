// SPDX-License-Identifier: Apache-2.0
//! Base45 (RFC 9285), the alphabet of the QR code's alphanumeric mode.
//!
//! Every byte string has exactly one text here, and every text that is not that one is refused: a card whose text was
//! changed must not be read as if it were not.

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const BASE: u32 = 45;

/// A text that is no Base45: a character outside the alphabet, a wrong length, or a group that is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a Base45 text")]
pub(crate) struct InvalidBase45;

/// Three characters for two bytes, two for a last single byte (RFC 9285 section 4).
pub(crate) fn encode(bytes: &[u8]) -> String {
    let digit = |value: u32| char::from(ALPHABET[(value % BASE) as usize]);
    let mut text = String::with_capacity(bytes.len().div_ceil(2) * 3);
    for pair in bytes.chunks(2) {
        let value = pair.iter().fold(0, |value, byte| value << 8 | u32::from(*byte));
        text.push(digit(value));
        text.push(digit(value / BASE));
        if pair.len() == 2 {
            text.push(digit(value / BASE / BASE));
        }
    }
    text
}

/// The bytes of a Base45 text.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, InvalidBase45> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for group in text.as_bytes().chunks(3) {
        let mut value = 0;
        for character in group.iter().rev() {
            let digit = ALPHABET.iter().position(|known| known == character).ok_or(InvalidBase45)?;
            value = value * BASE + digit as u32;
        }
        match group.len() {
            3 => bytes.extend_from_slice(&u16::try_from(value).map_err(|_| InvalidBase45)?.to_be_bytes()),
            2 => bytes.push(u8::try_from(value).map_err(|_| InvalidBase45)?),
            _ => return Err(InvalidBase45),
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_examples_of_the_standard_hold() {
        for (plain, text) in
            [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0")]
        {
            assert_eq!(encode(plain.as_bytes()), text);
            assert_eq!(decode(text), Ok(plain.as_bytes().to_vec()));
        }
    }

    #[test]
    fn a_group_that_is_too_large_or_cut_off_is_refused() {
        for text in ["GGW", ":::", "::", "V5", "A", "ABCD", "bb8", "BB_", "BBÄ"] {
            assert_eq!(decode(text), Err(InvalidBase45), "{text}");
        }
    }

    proptest! {
        #[test]
        fn bytes_come_back_and_no_other_text_gives_them(bytes: Vec<u8>, text in "[0-9A-Z $%*+./:-]{0,30}") {
            prop_assert_eq!(decode(&encode(&bytes)), Ok(bytes));
            if let Ok(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
