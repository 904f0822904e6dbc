// SPDX-License-Identifier: Apache-2.0
//! Numbers that people see and write down: drawn at random, so that none can be guessed from another, with a check
//! character by ISO 7064 MOD 37,36, so that a slip of the pen is noticed.

use rand_core::Rng;
use serde::{Deserialize, Serialize};

/// Characters drawn: digits and capitals without I, L, O and U, which are misread.
const DRAWN: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters a check can have: digits, then capitals (ISO 7064).
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// A text that is no number of this kind.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidNumber {
    /// Wrong length or characters.
    #[error("a {kind} has {characters} letters and digits")]
    Form {
        /// What was asked for.
        kind: &'static str,
        /// Characters it has.
        characters: usize,
    },
    /// The check character does not fit: probably a slip.
    #[error("the check character of this {kind} does not fit; please compare it letter by letter")]
    Check {
        /// What was asked for.
        kind: &'static str,
    },
}

/// The check character of a payload by ISO 7064 MOD 37,36; `None` if the payload has a character outside 0-9 A-Z.
fn check_character(payload: &[u8]) -> Option<u8> {
    let mut product = 36;
    for byte in payload {
        let value = ALPHABET.iter().position(|character| character == byte)?;
        let sum = (product + value) % 36;
        product = (if sum == 0 { 36 } else { sum }) * 2 % 37;
    }
    Some(ALPHABET[(37 - product) % 36])
}

fn draw(characters: usize, rng: &mut dyn Rng) -> String {
    let mut bytes = vec![0u8; characters - 1];
    rng.fill_bytes(&mut bytes);
    for byte in &mut bytes {
        *byte = DRAWN[usize::from(*byte & 31)];
    }
    let check = check_character(&bytes).expect("drawn characters are of the alphabet");
    bytes.push(check);
    String::from_utf8(bytes).expect("drawn characters are ASCII")
}

fn parse(text: &str, kind: &'static str, characters: usize) -> Result<String, InvalidNumber> {
    let plain: String =
        text.chars().filter(|character| !matches!(character, ' ' | '-')).map(|c| c.to_ascii_uppercase()).collect();
    let bytes = plain.as_bytes();
    if bytes.len() != characters {
        return Err(InvalidNumber::Form { kind, characters });
    }
    match check_character(&bytes[..characters - 1]) {
        None => Err(InvalidNumber::Form { kind, characters }),
        Some(check) if check != bytes[characters - 1] => Err(InvalidNumber::Check { kind }),
        Some(_) => Ok(plain),
    }
}

/// Declares one type per kind of number.
macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident($kind:literal, $characters:literal)),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Draws a new number.
            pub fn draw(rng: &mut dyn Rng) -> Self {
                Self(draw($characters, rng))
            }

            /// Parses a number; spaces and hyphens are passed over, small letters count as capitals.
            ///
            /// # Errors
            /// When length, characters or the check character are wrong.
            pub fn parse(text: &str) -> Result<Self, InvalidNumber> {
                parse(text, $kind, $characters).map(Self)
            }

            /// The number as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidNumber;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidNumber;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

numbers! {
    /// The public number of a person.
    PersonNumber("person number", 10),
    /// The number of a case.
    CaseNumber("case number", 11),
    /// The number of a card; fits the nine characters of ICAO 9303-5.
    CardNumber("card number", 9),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

    use super::*;

    #[test]
    fn the_check_character_follows_iso_7064() {
        // The standard's own worked example of MOD 37,36.
        assert_eq!(check_character(b"A12425GABC1234002"), Some(b'M'));
    }

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let number = PersonNumber::draw(&mut ChaCha8Rng::seed_from_u64(1));
        let (head, tail) = number.as_str().split_at(4);
        assert_eq!(PersonNumber::parse(&format!("{}-{} ", head.to_lowercase(), tail)), Ok(number));
    }

    proptest! {
        #[test]
        fn every_single_wrong_character_is_noticed(seed: u64, place in 0usize..10, other in 0usize..36) {
            let number = PersonNumber::draw(&mut ChaCha8Rng::seed_from_u64(seed)).0;
            let mut wrong = number.clone().into_bytes();
            wrong[place] = ALPHABET[other];
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(PersonNumber::parse(&wrong).is_ok(), wrong == number);
        }
    }
}
