// SPDX-License-Identifier: Apache-2.0
//! Addresses, packed; places are words of the lexicon with the gazetteer of renamed ones.

use std::{collections::HashSet, sync::LazyLock};

use crate::{hash, key, script, sound::Reading};

/// An address: the sound of its street, and its numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Address(u64);

/// How close two addresses are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum AddressLevel {
    /// Street and numbers.
    Same,
    /// The street.
    Street,
    /// Different.
    Different,
}

/// Words that every address has. In the languages of the addresses, folded.
static USUAL: LazyLock<HashSet<&str>> = LazyLock::new(|| HashSet::from(USUAL_WORDS));
const USUAL_WORDS: [&str; 46] = [
    "küçəsi",
    "küç",
    "küçə",
    "prospekti",
    "pr",
    "ev",
    "ev.",
    "mənzil",
    "m",
    "mən",
    "rayonu",
    "ray",
    "şəhəri",
    "ş",
    "kəndi",
    "street",
    "st",
    "str",
    "avenue",
    "ave",
    "av",
    "road",
    "rd",
    "apartment",
    "apt",
    "flat",
    "house",
    "building",
    "ул",
    "улица",
    "дом",
    "д",
    "кв",
    "квартира",
    "пр",
    "проспект",
    "г",
    "город",
    "sokak",
    "sok",
    "sk",
    "caddesi",
    "cad",
    "no",
    "daire",
    "mahallesi",
];

impl Address {
    /// Reads an address; nothing from one without a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let folded = script::folded_text(text);
        let words = folded.split(' ').filter(|word| !USUAL.contains(*word));
        let (mut numbers, mut street) = (Vec::new(), None::<&str>);
        for word in words {
            match word.parse::<u64>() {
                Ok(number) => numbers.push(number),
                Err(_) if street.is_none_or(|street| word.chars().count() > street.chars().count()) => {
                    street = Some(word);
                }
                Err(_) => {}
            }
        }
        let key = key::keys(&Reading::of(street?)).first().copied()?;
        let street = hash::mix(u64::from(key)) >> 36;
        let all = numbers.iter().fold(0_u64, |all, number| hash::of(&[all, *number]));
        Some(Self(street << 36 | (all >> 28) | 1))
    }

    pub(crate) const fn packed(self) -> u64 {
        self.0
    }

    pub(crate) const fn of_packed(packed: u64) -> Option<Self> {
        if packed == 0 { None } else { Some(Self(packed)) }
    }

    /// How close the two are. Symmetric.
    #[must_use]
    pub const fn compare(self, other: Self) -> AddressLevel {
        if self.0 == other.0 {
            AddressLevel::Same
        } else if self.0 >> 36 == other.0 >> 36 {
            AddressLevel::Street
        } else {
            AddressLevel::Different
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_several_spellings() {
        let address = |text| Address::parse(text).unwrap();
        assert_eq!(address("Nizami küç. 95-12").compare(address("ул. Низами, 95, кв. 12")), AddressLevel::Same);
        assert_eq!(address("Nizami 95-12").compare(address("Nizami 96-12")), AddressLevel::Street);
        assert_eq!(address("Nizami 95-12").compare(address("Lermontov 95-12")), AddressLevel::Different);
        assert!(Address::parse("12").is_none());
    }
}
