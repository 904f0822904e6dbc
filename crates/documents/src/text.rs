// SPDX-License-Identifier: Apache-2.0
//! What a text must be before it is set in type.

use serde::{Deserialize, Serialize};

use crate::DocumentError;

/// The most characters of a language tag (BCP 47 recommends room for 35).
const LANGUAGE_CHARS_MAX: usize = 35;

/// The side on which a script begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Latin and Cyrillic scripts.
    LeftToRight,
    /// Arabic script, also for Dari, Pashto and Persian.
    RightToLeft,
}

impl Direction {
    /// The direction of the first letter that has one (Unicode Standard Annex 9, rule P2); left-to-right if none has.
    pub fn of(text: &str) -> Self {
        for letter in text.chars() {
            match letter {
                '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
                    if letter.is_alphabetic() =>
                {
                    return Self::RightToLeft;
                }
                _ if letter.is_alphabetic() => return Self::LeftToRight,
                _ => {}
            }
        }
        Self::LeftToRight
    }
}

/// Refuses a text that is longer than `chars_max` or holds a character that cannot be printed or turns the text around.
///
/// Isolates (U+2066–U+2069) are let through: they keep a number in place inside a right-to-left sentence. Overrides and
/// embeddings (U+202A–U+202E) are not: they can make a name or number read as another one.
pub(crate) fn check(field: &'static str, text: &str, chars_max: usize) -> Result<(), DocumentError> {
    if text.chars().count() > chars_max {
        return Err(DocumentError::TooLong { field, chars_max });
    }
    match text.chars().find(|letter| letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}')) {
        Some(letter) => Err(DocumentError::ForbiddenCharacter { field, code: u32::from(letter) }),
        None => Ok(()),
    }
}

/// As [`check`], and refuses a text of nothing but spaces.
pub(crate) fn check_present(field: &'static str, text: &str, chars_max: usize) -> Result<(), DocumentError> {
    if text.trim().is_empty() { Err(DocumentError::Empty { field }) } else { check(field, text, chars_max) }
}

/// Refuses what does not begin with a language code of ISO 639 (two or three small letters), such as `fa-AF` does.
pub(crate) fn check_language(tag: &str) -> Result<(), DocumentError> {
    let code = tag.split('-').next().unwrap_or_default();
    let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|letter| letter.is_ascii_lowercase());
    if is_code { check("language", tag, LANGUAGE_CHARS_MAX) } else { Err(DocumentError::Language) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_gives_the_direction() {
        for (text, direction) in [
            ("Leyla", Direction::LeftToRight),
            ("Юрий", Direction::LeftToRight),
            ("زهرا", Direction::RightToLeft),
            ("12 زهرا", Direction::RightToLeft),
            ("۱۲۳", Direction::LeftToRight),
            ("", Direction::LeftToRight),
        ] {
            assert_eq!(Direction::of(text), direction, "{text}");
        }
    }

    #[test]
    fn a_language_begins_with_its_code() {
        for (tag, is_language) in
            [("az", true), ("fa-AF", true), ("prs", true), ("", false), ("-", false), ("AZ", false), ("azeri", false)]
        {
            assert_eq!(check_language(tag).is_ok(), is_language, "{tag}");
        }
    }

    #[test]
    fn a_text_that_turns_others_around_is_refused() {
        assert!(check("name", "Ali\u{202e}ilA", 50).is_err());
        assert!(check("name", "Ali\nB", 50).is_err());
        assert!(check("name", "\u{2068}12\u{2069} زهرا", 50).is_ok());
        assert!(check("name", "می\u{200c}خواهم", 50).is_ok());
        assert!(check("name", "abcd", 3).is_err());
    }
}
