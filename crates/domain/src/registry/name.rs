// SPDX-License-Identifier: Apache-2.0
//! Names as people write them, in their own script, and the folded form that is searched.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::text_enum;

/// The most characters a name has: the longest known legal names are shorter.
pub const NAME_CHARACTERS_MAX: usize = 120;

text_enum! {
    /// The part of a name.
    pub enum NameKind {
        /// Given name.
        Given = "given",
        /// Family name.
        Family = "family",
        /// Father's name (ata adı, patronymic).
        Father = "father",
        /// The whole name, where it cannot be divided.
        Full = "full",
    }
}

text_enum! {
    /// The script in which a name is written.
    pub enum Script {
        /// Latin.
        Latin = "latin",
        /// Cyrillic.
        Cyrillic = "cyrillic",
        /// Arabic with its Persian, Dari, Pashto and Urdu letters.
        Arabic = "arabic",
        /// Georgian.
        Georgian = "georgian",
        /// Armenian.
        Armenian = "armenian",
    }
}

text_enum! {
    /// Where a name was taken from.
    pub enum NameSource {
        /// The person said it.
        Stated = "stated",
        /// A document shows it.
        Document = "document",
        /// The officer transcribed it.
        Transcribed = "transcribed",
    }
}

/// Why a text is no name.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidName {
    /// Nothing but white space.
    #[error("a name cannot be empty")]
    Empty,
    /// Longer than [`NAME_CHARACTERS_MAX`].
    #[error("a name has at most {NAME_CHARACTERS_MAX} characters")]
    TooLong,
    /// A character that belongs to no name.
    #[error("a name cannot have the character U+{0:04X}")]
    Character(u32),
    /// No letter of the script it is said to be in.
    #[error("a name said to be in {0} script has no letter of it")]
    Script(Script),
}

/// A name in one script, as the person writes it (Unicode NFC, single spaces).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct NameText(String);

impl std::fmt::Debug for NameText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NameText(…)")
    }
}

impl NameText {
    /// Parses a name written in a script.
    ///
    /// # Errors
    /// [`InvalidName`] says what is wrong.
    pub fn parse(text: &str, script: Script) -> Result<Self, InvalidName> {
        // Twice the limit before composing: decomposed letters may take two characters each.
        if text.chars().take(NAME_CHARACTERS_MAX * 2 + 1).count() > NAME_CHARACTERS_MAX * 2 {
            return Err(InvalidName::TooLong);
        }
        let composed: String = text.nfc().collect();
        let name = composed.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(InvalidName::Empty);
        }
        if name.chars().count() > NAME_CHARACTERS_MAX {
            return Err(InvalidName::TooLong);
        }
        if let Some(wrong) = name.chars().find(|&character| !is_name_character(character)) {
            return Err(InvalidName::Character(u32::from(wrong)));
        }
        if !name.chars().any(|character| script_of(character) == Some(script)) {
            return Err(InvalidName::Script(script));
        }
        Ok(Self(name))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that is searched: see [`search_key`].
    pub fn search_key(&self) -> String {
        search_key(&self.0)
    }
}

fn is_name_character(character: char) -> bool {
    character.is_alphabetic()
        || matches!(character, ' ' | '\'' | '-' | '.' | '’' | 'ʼ' | '\u{200C}')
        || unicode_normalization::char::is_combining_mark(character)
}

/// The script of a letter; `None` for what is no letter of a script listed.
pub fn script_of(character: char) -> Option<Script> {
    match u32::from(character) {
        0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F | 0x259 | 0x1E00..=0x1EFF => Some(Script::Latin),
        0x400..=0x52F => Some(Script::Cyrillic),
        0x620..=0x6FF | 0x750..=0x77F | 0x8A0..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => Some(Script::Arabic),
        0x10A0..=0x10FF | 0x1C90..=0x1CBF => Some(Script::Georgian),
        0x531..=0x587 => Some(Script::Armenian),
        _ => None,
    }
}

/// Folds a name for exact and prefix search: compatibility-composed, lower case, marks and punctuation dropped.
///
/// The Azerbaijani pairs I ı and İ i fold to one letter, as do Ə and E: a clerk with another keyboard writes either.
pub fn search_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for character in text.nfkd() {
        match character {
            'İ' | 'I' | 'ı' => key.push('i'),
            'Ə' | 'ə' => key.push('e'),
            '\u{0640}' | '\u{200C}' => {}
            'ي' | 'ى' => key.push('ی'),
            'ك' => key.push('ک'),
            ' ' => key.push(' '),
            _ if unicode_normalization::char::is_combining_mark(character) => {}
            _ if character.is_alphanumeric() => key.extend(character.to_lowercase()),
            _ => {}
        }
    }
    key
}

/// A name as given to the registry: which part, which script, where from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName {
    /// Part of the name.
    pub kind: NameKind,
    /// Script.
    pub script: Script,
    /// Where it was taken from.
    pub source: NameSource,
    /// The name.
    pub text: NameText,
}

/// A name as it stands in an input file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameInput {
    /// Part of the name.
    pub kind: NameKind,
    /// Script.
    pub script: Script,
    /// Where it was taken from.
    #[serde(default = "stated")]
    pub source: NameSource,
    /// The name.
    pub value: crate::sensitive::Sensitive<String>,
}

fn stated() -> NameSource {
    NameSource::Stated
}

impl NameInput {
    /// Parses the name.
    ///
    /// # Errors
    /// [`InvalidName`].
    pub fn parse(&self) -> Result<PersonName, InvalidName> {
        let text = NameText::parse(self.value.expose(), self.script)?;
        Ok(PersonName { kind: self.kind, script: self.script, source: self.source, text })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::azerbaijani_capital("İLHAMƏ", "ilhame")]
    #[case::azerbaijani_small("ilhamə", "ilhame")]
    #[case::dotless("Qızılgül", "qizilgul")]
    #[case::dari_yeh("زهرا احمدي", "زهرا احمدی")]
    #[case::tatweel("محـمد", "محمد")]
    #[case::hyphen("Anna-Maria", "annamaria")]
    fn a_name_folds_for_search(#[case] name: &str, #[case] key: &str) {
        assert_eq!(search_key(name), key);
    }

    #[rstest]
    #[case::empty("  ", Script::Latin, InvalidName::Empty)]
    #[case::control("Ann\u{202e}a", Script::Latin, InvalidName::Character(0x202e))]
    #[case::digit("Anna2", Script::Latin, InvalidName::Character(0x32))]
    #[case::script("Anna", Script::Arabic, InvalidName::Script(Script::Arabic))]
    fn what_is_no_name_is_refused(#[case] text: &str, #[case] script: Script, #[case] error: InvalidName) {
        assert_eq!(NameText::parse(text, script), Err(error));
    }

    #[test]
    fn a_name_longer_than_any_is_refused() {
        assert_eq!(NameText::parse(&"a".repeat(1_000_000), Script::Latin), Err(InvalidName::TooLong));
    }
}
