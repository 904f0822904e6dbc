// SPDX-License-Identifier: Apache-2.0
//! Letters before they are read: one form for what is written in several ways, and which script a word is in.

use unicode_normalization::{UnicodeNormalization, char::decompose_canonical};

/// A longer field is cut here: no name, place or address of a person is longer, and a text of megabytes costs nothing more.
pub const FIELD_CHARACTERS_MAX: usize = 200;
/// Words of one field; more are left out.
pub const FIELD_WORDS_MAX: usize = 12;

/// The scripts that have a table of letters.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Script {
    /// Latin, with the letters of Azerbaijani, Turkish and their neighbours.
    Latin,
    /// Cyrillic, with the letters of Azerbaijani, Ukrainian, Tajik and others.
    Cyrillic,
    /// Georgian (Mkhedruli).
    Georgian,
    /// Armenian.
    Armenian,
    /// Arabic, with the letters of Persian, Pashto and Urdu.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Greek.
    Greek,
    /// Any other; its words are compared letter by letter.
    Other,
}

impl Script {
    /// How the tables call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Latin => "latin",
            Self::Cyrillic => "cyrillic",
            Self::Georgian => "georgian",
            Self::Armenian => "armenian",
            Self::Arabic => "arabic",
            Self::Hebrew => "hebrew",
            Self::Greek => "greek",
            Self::Other => "other",
        }
    }

    /// Whether short vowels are left out in writing.
    #[must_use]
    pub const fn leaves_vowels_out(self) -> bool {
        matches!(self, Self::Arabic | Self::Hebrew)
    }

    /// The script of one character; of a sign that belongs to none, `Other`.
    #[must_use]
    pub const fn of(letter: char) -> Self {
        match letter as u32 {
            0x27 | 0x41..=0x5a | 0x61..=0x7a | 0xc0..=0x2ff | 0x1e00..=0x1eff => Self::Latin,
            0x370..=0x3ff | 0x1f00..=0x1fff => Self::Greek,
            0x400..=0x52f | 0x1c80..=0x1c8f => Self::Cyrillic,
            0x531..=0x58f => Self::Armenian,
            0x590..=0x5ff => Self::Hebrew,
            0x600..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff => Self::Arabic,
            0x10a0..=0x10ff | 0x1c90..=0x1cbf => Self::Georgian,
            _ => Self::Other,
        }
    }

    /// The script of a folded word: that of its first letter that has one.
    #[must_use]
    pub fn of_word(word: &str) -> Self {
        word.chars().map(Self::of).find(|script| *script != Self::Other).unwrap_or(Self::Other)
    }
}

/// The words of a field in their one form: compatibility forms composed, lower case, vowel signs, tatweel and joiners gone,
/// letter variants of Arabic script made one, digits western, hyphens and machine readable fillers as spaces. At most
/// [`FIELD_WORDS_MAX`] words of at most [`FIELD_CHARACTERS_MAX`] characters together. A comma stays as a word of its own,
/// because a family name stands before it.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let end = |word: &mut String, words: &mut Vec<String>| {
        if !word.is_empty() && words.len() < FIELD_WORDS_MAX {
            words.push(mended(word));
        }
        word.clear();
    };
    let mut take = |letter: char| match folded(letter) {
        Folded::Letter(letter) => word.push(letter),
        Folded::Nothing => {}
        Folded::Space => end(&mut word, &mut words),
        Folded::Comma => {
            end(&mut word, &mut words);
            if words.len() < FIELD_WORDS_MAX {
                words.push(",".to_owned());
            }
        }
    };
    let letters = text.chars().take(FIELD_CHARACTERS_MAX);
    if letters.clone().all(is_composed) {
        letters.for_each(&mut take);
    } else {
        letters.nfkc().for_each(&mut take);
    }
    end(&mut word, &mut words);
    words
}

/// The words of [`words`] with one space between them, without commas.
#[must_use]
pub fn folded_text(text: &str) -> String {
    let words: Vec<String> = words(text).into_iter().filter(|word| word != ",").collect();
    words.join(" ")
}

enum Folded {
    Letter(char),
    Nothing,
    Space,
    Comma,
}

fn folded(letter: char) -> Folded {
    match letter {
        'a'..='z' | '0'..='9' => Folded::Letter(letter),
        'A'..='Z' => Folded::Letter(letter.to_ascii_lowercase()),
        ',' | '،' => Folded::Comma,
        // Vowel signs and other marks of Arabic and Hebrew; tatweel; joiners that only shape; apostrophes and soft signs.
        '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{640}' => {
            Folded::Nothing
        }
        '\u{591}'..='\u{5c7}' | '\u{200d}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => Folded::Nothing,
        '\'' | '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' | 'ʹ' | 'ʾ' | '′' | '"' | '“' | '”' => Folded::Nothing,
        // A thin joiner stands inside one word, between its parts: Ibrahim-khel, Bi-bi, Gholam-ali.
        '\u{200c}' => Folded::Nothing,
        'İ' => Folded::Letter('i'),
        'ي' => Folded::Letter('ی'),
        'ك' | 'ڪ' => Folded::Letter('ک'),
        'ۂ' => Folded::Letter('ۀ'),
        'ە' => Folded::Letter('ه'),
        '\u{660}'..='\u{669}' => digit(letter as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => digit(letter as u32 - 0x6f0),
        _ if crate::sound::is_known(letter) => Folded::Letter(letter),
        _ if letter.is_alphabetic() => Folded::Letter(plain(letter)),
        _ if is_mark(letter) => Folded::Nothing,
        _ => Folded::Space,
    }
}

/// Characters that are their own composed compatibility form and compose with nothing that is so too.
const fn is_composed(letter: char) -> bool {
    matches!(letter as u32,
        0x20..=0x7e | 0xc0..=0x131 | 0x134..=0x13e | 0x141..=0x148 | 0x14a..=0x17e | 0x18f | 0x259 | 0x400..=0x482
        | 0x48a..=0x52f | 0x531..=0x586 | 0x621..=0x64a | 0x660..=0x669 | 0x671..=0x674 | 0x679..=0x6d3 | 0x6f0..=0x6f9
        | 0x10d0..=0x10fa | 0x200c)
}

/// Combining marks that did not compose.
const fn is_mark(letter: char) -> bool {
    matches!(letter as u32, 0x300..=0x36f | 0x1ab0..=0x1aff | 0x20d0..=0x20ff)
}

fn digit(value: u32) -> Folded {
    Folded::Letter(char::from_digit(value, 10).unwrap_or('0'))
}

/// Lower case; a letter with marks that no table knows loses them.
fn plain(letter: char) -> char {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    if crate::sound::is_known(lower) {
        return lower;
    }
    let mut base = lower;
    decompose_canonical(lower, |part| {
        if base == lower && part.is_alphabetic() {
            base = part;
        }
    });
    base
}

/// Digits that a scanner saw in a word of letters become the letters again.
fn mended(word: &str) -> String {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.chars().count() - digits;
    if digits == 0 || letters < 2 || digits > letters || word.starts_with(|letter: char| letter.is_ascii_digit()) {
        return word.to_owned();
    }
    let mend = |letter| match letter {
        '0' => 'o',
        '1' => 'i',
        '2' => 'z',
        '5' => 's',
        '6' => 'g',
        '8' => 'b',
        other => other,
    };
    word.chars().map(mend).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_what_is_written_in_several_ways() {
        for (text, expected) in [
            ("İLQAR  Qəzənfər-oğlu", "ilqar qəzənfər oğlu"),
            ("AL<HASAN<<MOHAMMAD", "al hasan mohammad"),
            ("محمّد", "محمد"),
            ("عبـــد الله", "عبد الله"),
            ("علي", "علی"),
            ("غلام\u{200c}علی", "غلامعلی"),
            ("O’Brien", "obrien"),
            ("Hüse\u{300}yin", "hüseyin"),
            ("M0HAMMAD", "mohammad"),
            ("۱۳۶۸", "1368"),
            ("Dvořák", "dvorak"),
        ] {
            assert_eq!(folded_text(text), expected, "{text}");
        }
    }

    #[test]
    fn a_megabyte_of_letters_is_cut() {
        let words = words(&"я ".repeat(1_000_000));
        assert!(words.len() <= FIELD_WORDS_MAX);
        assert!(super::words(&"x".repeat(1 << 20))[0].len() <= FIELD_CHARACTERS_MAX);
    }
}
