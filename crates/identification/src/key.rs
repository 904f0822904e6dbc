// SPDX-License-Identifier: Apache-2.0
//! Pronunciation keys: the consonants of a word in broad classes, as a few numbers on which all its spellings meet.
//!
//! Vowels are what changes most between scripts, ears and systems, so a key has none, but for a mark whether the word begins
//! with one. A unit that may be read in two classes gives two keys; a word has at most [`WORD_KEYS_MAX`].

use std::sync::LazyLock;

use crate::sound::{Reading, classes, is_vowel};

/// Keys of one word.
pub const WORD_KEYS_MAX: usize = 4;
/// Classes in a key; the rest of a long word adds nothing to finding it.
const KEY_CLASSES_MAX: u32 = 7;

/// A pronunciation key; never 0.
pub type Key = u32;

/// The keys of a word, best reading first, without repetition. Empty for a word without letters.
#[must_use]
pub fn keys(reading: &Reading) -> Vec<Key> {
    let mut open: Vec<Partial> = vec![Partial::default()];
    let units = reading.units();
    for (place, unit) in units.iter().enumerate() {
        if is_vowel(*unit) && classes(*unit) == [None] {
            let first = place == 0;
            open.iter_mut().for_each(|partial| partial.vowel(first));
            continue;
        }
        // A final h is heard by some and not by others.
        let is_last = place + 1 == units.len();
        let choices = classes(*unit);
        let mut next = Vec::with_capacity(WORD_KEYS_MAX);
        for choice in choices {
            for partial in &open {
                let grown = partial.with(*choice, place == 0);
                if next.len() < WORD_KEYS_MAX && !next.contains(&grown) {
                    next.push(grown);
                }
            }
        }
        if is_last && is_silent_at_the_end(*unit) {
            next = open;
        }
        open = next;
    }
    let mut keys: Vec<Key> = Vec::with_capacity(open.len());
    for partial in open {
        let key = partial.code << 1 | u32::from(partial.starts_with_vowel);
        if !units.is_empty() && !keys.contains(&(key + 2)) {
            keys.push(key + 2);
        }
    }
    keys
}

fn is_silent_at_the_end(unit: u8) -> bool {
    static H: LazyLock<Reading> = LazyLock::new(|| Reading::of("h"));
    H.units() == [unit]
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Partial {
    code: u32,
    len: u32,
    last: Option<u8>,
    starts_with_vowel: bool,
}

impl Partial {
    fn vowel(&mut self, first: bool) {
        self.starts_with_vowel |= first;
        self.last = None;
    }

    /// Grows by a class; the same class directly after itself is one long consonant.
    fn with(&self, class: Option<u8>, first: bool) -> Self {
        let mut grown = *self;
        let Some(class) = class else {
            grown.vowel(first);
            return grown;
        };
        if grown.last != Some(class) && grown.len < KEY_CLASSES_MAX {
            grown.code = grown.code << 4 | (u32::from(class) + 1);
            grown.len += 1;
        }
        grown.last = Some(class);
        grown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for names in [
            &["hüseyn", "huseyin", "гусейн", "hossein", "حسین", "hussain", "houcine"][..],
            &["əliyev", "алиев", "aliev", "aliyev"],
            &["cəfər", "джафар", "jafar", "dzhafar", "جعفر", "djafar", "cafer"],
            &["xədicə", "hatice", "khadija", "хадиджа", "خدیجه"],
            &["ქეთევან", "ketevan", "кетеван"],
            &["musavi", "موسوی", "мусави", "mousavi"],
            &["uthman", "osman", "عثمان", "осман"],
            &["şahin", "шахин", "sahin", "shahin", "شاهین"],
        ] {
            let first = keys(&Reading::of(names[0]));
            for name in names {
                let others = keys(&Reading::of(name));
                assert!(others.iter().any(|key| first.contains(key)), "{} {name} {first:x?} {others:x?}", names[0]);
            }
        }
    }
}
