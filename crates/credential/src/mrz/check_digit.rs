// SPDX-License-Identifier: Apache-2.0
//! Check digits (ICAO Doc 9303-3 section 4.9): the sum of the values times 7, 3, 1 in turn, modulo 10.

const WEIGHTS: [u32; 3] = [7, 3, 1];

/// The check digit of characters of the machine readable zone, as a character.
pub(super) fn check_digit<'a>(characters: impl IntoIterator<Item = &'a u8>) -> u8 {
    let sum: u32 =
        characters.into_iter().zip(WEIGHTS.iter().cycle()).map(|(character, weight)| value(*character) * weight).sum();
    b'0' + (sum % 10) as u8
}

/// Digits stand for themselves, A to Z for 10 to 35, the filler for 0.
fn value(character: u8) -> u32 {
    match character {
        b'0'..=b'9' => u32::from(character - b'0'),
        b'A'..=b'Z' => u32::from(character - b'A') + 10,
        _ => 0,
    }
}
