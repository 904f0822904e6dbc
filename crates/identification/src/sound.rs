// SPDX-License-Identifier: Apache-2.0
//! How a word is read: written units with the sounds that each may stand for, and how far two readings are apart.
//!
//! A unit is a letter or a group of letters that is read as one (`kh`, `дж`, `ou`). Because one spelling has several
//! readings (Latin `c` is `dj` in Azerbaijani, `k` in English, a stripped `ç` in a passport), a unit holds a set of sounds
//! with a price each, and the distance of two units is the cheapest pair of their readings. So no guess about the language
//! is needed, and native and Latin spellings meet in one space.

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    script::Script,
    table::{number, rows},
};

/// Units of one word that are looked at; longer words are cut.
pub const WORD_UNITS_MAX: usize = 24;
/// Units that a table may define; they are small numbers, and the prices of all pairs are kept.
const UNITS_MAX: usize = 112;
/// Prices are hundredths.
const SCALE: f32 = 100.0;
/// What a consonant costs that only one of the two words has.
const CONSONANT_ALONE: u16 = 90;
/// The same for a vowel.
const VOWEL_ALONE: u16 = 30;
/// A vowel that the other word's script does not write.
const VOWEL_UNWRITTEN: u8 = 5;
/// A doubled unit.
const DOUBLED: u16 = 8;
/// Two sounds that no table row brings together.
const CONSONANTS_APART: f32 = 1.0;
const VOWELS_APART: f32 = 0.6;

/// A written unit, by its place in the table.
pub(crate) type Unit = u8;

struct UnitRow {
    sounds: Vec<(char, f32)>,
    classes: Vec<Option<u8>>,
    alone: u16,
    is_vowel: bool,
    /// A long vowel of a script that writes only these; its name in the table begins with "ar".
    is_long: bool,
}

struct Letters {
    /// Groups by first letter, longest first: letters, only at the beginning, only at the end, units.
    by_first: HashMap<char, Vec<Group>>,
}

struct Group {
    letters: Vec<char>,
    at_start: bool,
    at_end: bool,
    units: Vec<Unit>,
}

struct Tables {
    units: Vec<UnitRow>,
    /// Of all pairs of units; none is more than two and a half.
    price: Vec<u8>,
    /// For each class and each set of classes the cheapest way from the one into the set, or into nothing.
    class_price: Vec<u8>,
    scripts: HashMap<&'static str, Letters>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

/// The vowels of `data/sounds.tsv`; ayn and hamza count as one.
const VOWELS: &str = "aAeiIoOuU'";
/// The classes of keys, in the order of their numbers.
const CLASSES: &str = "PFVTKZLRMN";

impl Tables {
    fn read() -> Self {
        let apart = sound_distances();
        let mut names = HashMap::new();
        let mut units = Vec::new();
        for row in rows(include_str!("../data/units.tsv")) {
            names.insert(row[0], u8::try_from(units.len()).expect("few units"));
            units.push(unit_row(&row));
        }
        assert!(units.len() <= UNITS_MAX, "more units than the prices have room for");
        let mut price = vec![0; UNITS_MAX * UNITS_MAX];
        for (left, left_row) in units.iter().enumerate() {
            for (right, right_row) in units.iter().enumerate() {
                let distance = unit_distance(left == right, left_row, right_row, &apart);
                price[left * UNITS_MAX + right] = u8::try_from(distance).unwrap_or(u8::MAX);
            }
        }
        let mut scripts: HashMap<&'static str, Letters> = HashMap::new();
        for row in rows(include_str!("../data/letters.tsv")) {
            let letters = scripts.entry(row[0]).or_insert_with(|| Letters { by_first: HashMap::new() });
            let spelled = row[1].trim_start_matches('^').trim_end_matches('$');
            let group = Group {
                letters: spelled.chars().collect(),
                at_start: row[1].starts_with('^'),
                at_end: row[1].ends_with('$'),
                units: row.get(2).map_or("", |units| *units).split_whitespace().map(|unit| names[unit]).collect(),
            };
            letters.by_first.entry(group.letters[0]).or_default().push(group);
        }
        for groups in scripts.values_mut().flat_map(|letters| letters.by_first.values_mut()) {
            groups.sort_by_key(|group| {
                (usize::MAX - group.letters.len(), !(group.at_start || group.at_end), group.letters.clone())
            });
        }
        let class_price = class_prices(&units, &price);
        Self { units, price, class_price, scripts }
    }
}

fn class_prices(units: &[UnitRow], price: &[u8]) -> Vec<u8> {
    let number = CLASSES.len();
    let mut between = vec![vec![u16::from(u8::MAX); number]; number];
    let mut alone = vec![u16::from(u8::MAX); number];
    // Into a vowel, or a unit of no class, from which the set says nothing.
    let mut into_none = vec![u16::from(u8::MAX); number];
    for (left, row) in units.iter().enumerate() {
        for class in row.classes.iter().flatten() {
            let class = usize::from(*class);
            // A doubled one costs less, but then its class is there.
            alone[class] = alone[class].min(row.alone);
            for (right, other) in units.iter().enumerate() {
                let price = u16::from(price[left * UNITS_MAX + right]);
                for other in &other.classes {
                    match other {
                        Some(other) => {
                            let other = usize::from(*other);
                            between[class][other] = between[class][other].min(price);
                        }
                        None => into_none[class] = into_none[class].min(price),
                    }
                }
            }
        }
    }
    let mut prices = vec![0; number << number];
    for class in 0..number {
        for set in 0..1_usize << number {
            let others = (0..number).filter(|other| set & 1 << other != 0).map(|other| between[class][other]);
            let least = others.min().unwrap_or(u16::MAX).min(alone[class]).min(into_none[class]);
            prices[class << number | set] = u8::try_from(least).unwrap_or(u8::MAX);
        }
    }
    prices
}

fn sound_distances() -> HashMap<(char, char), f32> {
    let mut apart = HashMap::new();
    for row in rows(include_str!("../data/sounds.tsv")) {
        let sound = |text: &str| text.chars().next().expect("a sound is one character");
        let (left, right, price) = (sound(row[0]), sound(row[1]), number(row[2]));
        apart.insert((left, right), price);
        apart.insert((right, left), price);
    }
    apart
}

fn unit_row(row: &[&'static str]) -> UnitRow {
    let sounds: Vec<(char, f32)> = row[1]
        .split(' ')
        .map(|reading| {
            let (sound, price) = reading.split_at(reading.chars().next().map_or(0, char::len_utf8));
            (sound.chars().next().expect("a sound"), number(&price[1..]))
        })
        .collect();
    let classes = row[2]
        .split(',')
        .map(|class| {
            CLASSES.find(class).filter(|_| class != "-").map(|place| u8::try_from(place).expect("few classes"))
        })
        .collect();
    let is_vowel = VOWELS.contains(sounds[0].0) || row[2] == "-";
    let ordinary = if is_vowel { VOWEL_ALONE } else { CONSONANT_ALONE };
    let alone = if row[3] == "-" { ordinary } else { hundredths(number(row[3])) };
    UnitRow { sounds, classes, alone, is_vowel, is_long: row[0].starts_with("ar") }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "prices are small and positive")]
fn hundredths(price: f32) -> u16 {
    (price * SCALE).round() as u16
}

fn unit_distance(is_same: bool, left: &UnitRow, right: &UnitRow, apart: &HashMap<(char, char), f32>) -> u16 {
    if is_same {
        return 0;
    }
    let mut best = f32::MAX;
    for (left, left_price) in &left.sounds {
        for (right, right_price) in &right.sounds {
            let both_vowels = VOWELS.contains(*left) && VOWELS.contains(*right);
            let default = if both_vowels { VOWELS_APART } else { CONSONANTS_APART };
            let between = if left == right { 0.0 } else { apart.get(&(*left, *right)).copied().unwrap_or(default) };
            best = best.min(left_price + right_price + between);
        }
    }
    hundredths(best)
}

/// Whether some table has the letter.
pub(crate) fn is_known(letter: char) -> bool {
    KNOWN.get(letter as usize).copied().unwrap_or(false)
}

/// For each character up to the last of the tables, whether it begins a group of letters.
static KNOWN: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let letters = || TABLES.scripts.values().flat_map(|letters| letters.by_first.keys());
    let last = letters().map(|letter| *letter as usize).max().unwrap_or(0);
    let mut known = vec![false; last + 1];
    letters().for_each(|letter| known[*letter as usize] = true);
    known
});

/// How a folded word is read: its units, and whether its script leaves vowels out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    units: [Unit; WORD_UNITS_MAX],
    /// What each unit costs that only this word has.
    alone: [u8; WORD_UNITS_MAX],
    len: u8,
    leaves_vowels_out: bool,
    mass: u16,
    /// Classes of consonants that every reading has, and those that some reading has; bits.
    surely: u16,
    perhaps: u16,
}

impl Reading {
    /// Reads a folded word. A letter that no table has counts as a unit of its own kind.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let mut reading = Self {
            units: [0; WORD_UNITS_MAX],
            alone: [0; WORD_UNITS_MAX],
            len: 0,
            leaves_vowels_out: Script::of_word(word).leaves_vowels_out(),
            mass: 0,
            surely: 0,
            perhaps: 0,
        };
        let letters: Vec<char> = word.chars().collect();
        let mut at = 0;
        while at < letters.len() {
            let script = Script::of(letters[at]);
            let groups = TABLES.scripts.get(script.name()).and_then(|table| table.by_first.get(&letters[at]));
            let group = groups.and_then(|groups| groups.iter().find(|group| fits(group, &letters, at)));
            if let Some(group) = group {
                group.units.iter().for_each(|unit| reading.push(*unit));
                at += group.letters.len();
            } else {
                // Letters without a table (other scripts, digits) only ever equal themselves; the rest of the byte range
                // behind the table's units is theirs.
                let spare = 256 - UNITS_MAX;
                reading.push(u8::try_from(UNITS_MAX + (letters[at] as usize) % spare).unwrap_or(u8::MAX));
                at += 1;
            }
        }
        reading
    }

    fn push(&mut self, unit: Unit) {
        if usize::from(self.len) < WORD_UNITS_MAX {
            let doubled = self.len > 0 && self.units[usize::from(self.len) - 1] == unit;
            let price = if doubled { DOUBLED } else { alone(unit) };
            self.units[usize::from(self.len)] = unit;
            self.alone[usize::from(self.len)] = u8::try_from(price).unwrap_or(u8::MAX);
            self.len += 1;
            self.mass += price;
            let classes = classes(unit);
            self.perhaps |= classes.iter().flatten().fold(0, |set, class| set | 1 << class);
            if let [Some(class)] = classes {
                self.surely |= 1 << class;
            }
        }
    }

    /// Both words as one.
    #[must_use]
    pub fn joined(&self, next: &Self) -> Self {
        let mut joined = *self;
        next.units().iter().for_each(|unit| joined.push(*unit));
        joined
    }

    /// The units.
    #[must_use]
    pub fn units(&self) -> &[u8] {
        &self.units[..usize::from(self.len)]
    }

    /// What the word weighs: consonants much, vowels little, in hundredths.
    #[must_use]
    pub const fn mass(&self) -> u16 {
        self.mass
    }

    /// Whether the script leaves vowels out.
    #[must_use]
    pub const fn leaves_vowels_out(&self) -> bool {
        self.leaves_vowels_out
    }

    /// How far apart, from 0 (one may be read as the other) to 1: the price of the cheapest way to turn one into the other,
    /// over the mean mass of both. Above `limit` the answer is 1 and comes sooner.
    #[must_use]
    pub fn distance(&self, other: &Self, limit: f32) -> f32 {
        if self.units() == other.units() {
            return 0.0;
        }
        if self.len == 0 || other.len == 0 {
            return 1.0;
        }
        let mean = f32::from(self.mass + other.mass) / 2.0;
        let most = limit * mean;
        let mixed = self.leaves_vowels_out != other.leaves_vowels_out;
        if !mixed && f32::from(self.mass.abs_diff(other.mass)) > most + 80.0 {
            return 1.0;
        }
        if least_price(self, other).max(least_price(other, self)) > most {
            return 1.0;
        }
        price_of_change(self, other, most).map_or(1.0, |price| (f32::from(price) / mean).min(1.0))
    }
}

fn fits(group: &Group, letters: &[char], at: usize) -> bool {
    let end = at + group.letters.len();
    (!group.at_start || at == 0)
        && (!group.at_end || (end == letters.len() && at > 0))
        && end <= letters.len()
        && letters[at..end] == group.letters[..]
}

fn alone(unit: Unit) -> u16 {
    TABLES.units.get(usize::from(unit)).map_or(CONSONANT_ALONE, |row| row.alone)
}

pub(crate) fn is_vowel(unit: Unit) -> bool {
    TABLES.units.get(usize::from(unit)).is_some_and(|row| row.is_vowel)
}

fn is_long(unit: Unit) -> bool {
    TABLES.units.get(usize::from(unit)).is_some_and(|row| row.is_long)
}

/// The classes that a unit may give to a key; `None` among them is "left out".
pub(crate) fn classes(unit: Unit) -> &'static [Option<u8>] {
    TABLES.units.get(usize::from(unit)).map_or(&[Some(15)], |row| &row.classes)
}

/// A long vowel that one of two words in such a script has in place of another, or has and the other not: there they are
/// written, so a difference means something.
const LONG_VOWEL: u8 = 35;
/// Letters without a table that differ.
const LETTERS_APART: u16 = 100;

/// What it costs to replace one unit by another, in hundredths.
fn replace(left: Unit, right: Unit) -> u16 {
    if left == right {
        return 0;
    }
    let (left, right) = (usize::from(left), usize::from(right));
    if left < UNITS_MAX && right < UNITS_MAX { TABLES.price[left * UNITS_MAX + right].into() } else { LETTERS_APART }
}

/// Whether two units may stand for one sound.
pub(crate) fn may_be_one(left: Unit, right: Unit) -> bool {
    const ONE_SOUND: u16 = 25;
    replace(left, right) <= ONE_SOUND
}

/// What turning one word into the other costs at least: each class of consonants that the other has not must become one that
/// it has, or go.
fn least_price(from: &Reading, to: &Reading) -> f32 {
    let mut lacking = from.surely & !to.perhaps & 1023;
    let mut price = 0_u32;
    while lacking != 0 {
        let class = lacking.trailing_zeros() as usize;
        lacking &= lacking - 1;
        price += u32::from(TABLES.class_price[class << 10 | usize::from(to.perhaps & 1023)]);
    }
    f32::from(u16::try_from(price).unwrap_or(u16::MAX))
}

/// Prices of leaving out each unit of one word, given how the other is written.
fn alone_prices(reading: &Reading, other_leaves_vowels_out: bool) -> [u8; WORD_UNITS_MAX] {
    let mut prices = reading.alone;
    if !other_leaves_vowels_out {
        return prices;
    }
    let units = reading.units();
    for (place, unit) in units.iter().enumerate() {
        let doubled = place > 0 && units[place - 1] == *unit;
        if !reading.leaves_vowels_out && !doubled && is_vowel(*unit) {
            prices[place] = VOWEL_UNWRITTEN;
        } else if reading.leaves_vowels_out && !doubled && place > 0 && is_long(*unit) {
            prices[place] += LONG_VOWEL;
        }
    }
    prices
}

/// The cheapest change of one word into the other (weighted edit distance with neighbours exchanged), or nothing if it
/// costs more than `most`.
fn price_of_change(left: &Reading, right: &Reading, most: f32) -> Option<u16> {
    const SWAPPED: u16 = 60;
    let prices = &TABLES.price;
    let left_alone = alone_prices(left, right.leaves_vowels_out);
    let right_alone = alone_prices(right, left.leaves_vowels_out);
    let both_long = left.leaves_vowels_out && right.leaves_vowels_out;
    let (left, right) = (left.units(), right.units());
    let mut before = [0_u16; WORD_UNITS_MAX + 1];
    let mut last = [0_u16; WORD_UNITS_MAX + 1];
    let mut row = [0_u16; WORD_UNITS_MAX + 1];
    for place in 0..right.len() {
        last[place + 1] = last[place] + u16::from(right_alone[place]);
    }
    for (i, unit) in left.iter().enumerate() {
        let unit_alone = u16::from(left_alone[i]);
        let of_unit = usize::from(*unit) * UNITS_MAX;
        row[0] = last[0] + unit_alone;
        let mut least = row[0];
        for (j, other) in right.iter().enumerate() {
            let mut replaced = if unit == other {
                0
            } else if usize::from(*unit).max(usize::from(*other)) < UNITS_MAX {
                u16::from(prices[of_unit + usize::from(*other)])
            } else {
                LETTERS_APART
            };
            if both_long && i > 0 && unit != other && is_long(*unit) && is_long(*other) {
                replaced += u16::from(LONG_VOWEL);
            }
            let mut price = (last[j] + replaced).min(last[j + 1] + unit_alone).min(row[j] + u16::from(right_alone[j]));
            if i > 0 && j > 0 && left[i - 1] == *other && right[j - 1] == *unit {
                price = price.min(before[j - 1] + SWAPPED);
            }
            row[j + 1] = price;
            least = least.min(price);
        }
        if f32::from(least) > most {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    let price = last[right.len()];
    (f32::from(price) <= most).then_some(price)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_read_and_prices_are_symmetric() {
        for left in 0..TABLES.units.len() {
            for right in 0..TABLES.units.len() {
                assert_eq!(TABLES.price[left * UNITS_MAX + right], TABLES.price[right * UNITS_MAX + left]);
            }
        }
        assert!(is_known('ə') && is_known('ҹ') && is_known('ډ') && !is_known('漢'));
    }

    #[test]
    fn one_reading_in_several_scripts() {
        for (left, right) in [
            ("xəyal", "khayal"),
            ("хусейн", "huseyn"),
            ("dzhafar", "cəfər"),
            ("გიორგი", "giorgi"),
            ("محمد", "mohammad"),
            ("یوسف", "yusuf"),
        ] {
            let distance = Reading::of(left).distance(&Reading::of(right), 1.0);
            assert!(distance < 0.12, "{left} {right} {distance}");
        }
    }
}
