// SPDX-License-Identifier: Apache-2.0
//! From a name in its own script to the letters A to Z of the machine readable zone (ICAO Doc 9303-3 section 6).
//!
//! Nothing disappears in silence: what a table does not encode is listed among the rules, and a character that no table
//! knows is an error that names it.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::{
    arabic::{self, Form},
    cyrillic::{self, CyrillicLanguage, Place},
    latin::{self, LatinPractice},
};

/// Characters of a name that are accepted, after composition.
const NAME_CHARS_MAX: usize = 300;

/// What the authority and the language of the name decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Practice {
    /// The authority's choice for Latin letters.
    pub latin: LatinPractice,
    /// The language of a Cyrillic name.
    pub cyrillic: CyrillicLanguage,
}

/// The table that gave a character its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    /// Table A, Latin letters.
    Latin,
    /// Table B, Cyrillic letters.
    Cyrillic,
    /// Table C, Arabic script.
    Arabic,
    /// The authority's own form of Ə, which table A does not list.
    National,
    /// The Azerbaijani Cyrillic alphabet, through the present Latin one.
    AzerbaijaniCyrillic,
    /// A letter that no table lists, written as the letter without its marks.
    WithoutMarks,
    /// Punctuation (ICAO Doc 9303-3 section 4.6): apostrophes fall away, hyphens and the like become a filler.
    Punctuation,
}

/// How one character was written.
#[derive(Clone, PartialEq, Eq)]
pub struct Rule {
    /// The character of the composed, upper-case name.
    pub character: char,
    /// Its form; empty if it is not encoded.
    pub mrz: String,
    /// Where the form comes from.
    pub table: Table,
}

/// A name in the form of the machine readable zone.
#[derive(Clone, PartialEq, Eq)]
pub struct Transliteration {
    /// Letters A to Z; parts of the name separated by one `<`.
    pub mrz: String,
    /// How each character other than A to Z and spaces was written, in order.
    pub rules: Vec<Rule>,
}

/// Why a name has no form in the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransliterationError {
    /// A character that no table knows.
    #[error("the character {character} (U+{:04X}) at position {position} has no form in the machine readable zone", u32::from(*.character))]
    UnknownCharacter {
        /// The character.
        character: char,
        /// Its position in the composed name, from 1.
        position: usize,
    },
    /// Nothing is left of the name.
    #[error("the name has no letter")]
    Empty,
    /// Longer than any name.
    #[error("the name has more than {NAME_CHARS_MAX} characters")]
    TooLong,
}

/// Writes a name for the machine readable zone.
///
/// # Errors
/// A character that no table knows, a name without letters, a name of more than 300 characters.
pub fn transliterate(name: &str, practice: Practice) -> Result<Transliteration, TransliterationError> {
    let characters: Vec<char> = name.nfc().flat_map(unpresented).take(NAME_CHARS_MAX + 1).collect();
    if characters.len() > NAME_CHARS_MAX {
        return Err(TransliterationError::TooLong);
    }
    let mut written = Written { practice, ..Written::default() };
    for (index, character) in characters.iter().enumerate() {
        written
            .add(*character, &characters[index + 1..])
            .ok_or(TransliterationError::UnknownCharacter { character: *character, position: index + 1 })?;
    }
    let mrz = written.mrz.trim_end_matches('<').to_owned();
    if mrz.is_empty() { Err(TransliterationError::Empty) } else { Ok(Transliteration { mrz, rules: written.rules }) }
}

/// Arabic letters may come in forms that were made for printing (U+FB50 to U+FEFC); here they become letters again.
fn unpresented(character: char) -> impl Iterator<Item = char> {
    let is_presented = matches!(character, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let letters: Vec<char> = if is_presented { character.nfkc().collect() } else { vec![character] };
    letters.into_iter()
}

/// The part of a name that has been written.
#[derive(Default)]
struct Written {
    practice: Practice,
    mrz: String,
    rules: Vec<Rule>,
    /// The form of the last letter, for doubling; empty at the beginning of a part.
    last: String,
}

impl Written {
    /// Adds a character; `None` if no table knows it.
    fn add(&mut self, character: char, following: &[char]) -> Option<()> {
        if character.is_whitespace() {
            self.end_part();
            return Some(());
        }
        let upper = upper_case(character);
        if upper.is_ascii_uppercase() {
            self.write(upper.encode_utf8(&mut [0; 4]));
            return Some(());
        }
        if let Some(form) = arabic::table(character) {
            let mrz = match form {
                Form::Letters(letters) => letters.to_owned(),
                Form::TehMarbuta if is_end_of_part(following) => "XAH".to_owned(),
                Form::TehMarbuta => "XTA".to_owned(),
                Form::Double if self.last.is_empty() => return None,
                // The escape itself is not repeated: FXDZDZXAH for a name with a doubled XDZ.
                Form::Double if self.last.len() > 1 => self.last.trim_start_matches('X').to_owned(),
                Form::Double => self.last.clone(),
                Form::NotEncoded => String::new(),
            };
            self.apply(character, mrz, Table::Arabic);
            return Some(());
        }
        let (mrz, table) = self.letter(upper).or_else(|| punctuation(character)).or_else(|| self.mark(character))?;
        self.apply(upper, mrz.to_owned(), table);
        Some(())
    }

    /// The form of an upper-case Latin or Cyrillic letter.
    fn letter(&self, upper: char) -> Option<(&'static str, Table)> {
        let place = if self.last.is_empty() { Place::First } else { Place::Later };
        let Practice { latin, cyrillic } = self.practice;
        let cyrillic_table = |letter| cyrillic::table(letter, cyrillic, place).map(|mrz| (mrz, Table::Cyrillic));
        if upper == 'Ə' {
            return Some((latin.schwa(), Table::National));
        }
        if let Some(mrz) = latin::table(upper, latin) {
            return Some((mrz, Table::Latin));
        }
        if cyrillic == CyrillicLanguage::Azerbaijani
            && let Some(mrz) = cyrillic::azerbaijani(upper, latin)
        {
            return Some((mrz, Table::AzerbaijaniCyrillic));
        }
        cyrillic_table(upper).or_else(|| {
            let mut decomposed = std::iter::once(upper).nfd();
            let base = decomposed.next().filter(|base| *base != upper && decomposed.all(is_mark))?;
            let mrz = if base.is_ascii_uppercase() { ascii(base) } else { cyrillic_table(base)?.0 };
            Some((mrz, Table::WithoutMarks))
        })
    }

    /// A combining mark that has no composed letter: the letter before it stands without it.
    fn mark(&self, character: char) -> Option<(&'static str, Table)> {
        (is_mark(character) && !self.last.is_empty()).then_some(("", Table::WithoutMarks))
    }

    fn apply(&mut self, character: char, mrz: String, table: Table) {
        if mrz == "<" {
            self.end_part();
        } else {
            self.write(&mrz);
        }
        self.rules.push(Rule { character, mrz, table });
    }

    fn write(&mut self, mrz: &str) {
        self.mrz.push_str(mrz);
        if !mrz.is_empty() {
            self.last = mrz.to_owned();
        }
    }

    fn end_part(&mut self) {
        if !self.last.is_empty() {
            self.mrz.push('<');
            self.last.clear();
        }
    }
}

/// The upper-case letter where it is one character; ß stays, for the table has it.
fn upper_case(character: char) -> char {
    let mut upper = character.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(letter), None) => letter,
        _ => character,
    }
}

fn punctuation(character: char) -> Option<(&'static str, Table)> {
    let mrz = match character {
        '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '.' | ',' | '،' => "<",
        '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' | 'ʹ' | 'ʿ' | 'ʾ' => "",
        // Joiners and direction marks that come with Persian and Arabic text.
        '\u{200C}'..='\u{200F}' | '\u{061C}' => "",
        _ => return None,
    };
    Some((mrz, Table::Punctuation))
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{0300}'..='\u{036F}')
}

/// Nothing but signs, joiners and apostrophes stands before the next separator.
fn is_end_of_part(following: &[char]) -> bool {
    let is_silent = |character: char| arabic::is_sign(character) || matches!(punctuation(character), Some(("", _)));
    match following.iter().find(|character| !is_silent(**character)) {
        Some(character) => character.is_whitespace() || matches!(punctuation(*character), Some(("<", _))),
        None => true,
    }
}

fn ascii(letter: char) -> &'static str {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let index = letter as usize - 'A' as usize;
    &LETTERS[index..=index]
}

impl fmt::Debug for Rule {
    /// Shows the table only: the letters are somebody's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule(…, {:?})", self.table)
    }
}

impl fmt::Debug for Transliteration {
    /// Shows nothing of the name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transliteration(…)")
    }
}
