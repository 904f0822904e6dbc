// SPDX-License-Identifier: Apache-2.0
//! A word of a name with everything that comparing needs, made once and shared by all records that have the word.

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    key::{self, Key},
    script,
    sound::Reading,
    table::rows,
    words,
};

/// Variant groups that one word may belong to (Саша is Александр and Александра).
const GROUPS_MAX: usize = 6;
/// A word belongs to a group when it sounds like one of its names at least this closely.
const GROUP_DISTANCE_MAX: f32 = 0.075;

/// How close two words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Closeness {
    /// The same letters.
    Equal,
    /// May be one name in two spellings.
    SameSound,
    /// A slip or an unusual spelling away.
    Close,
    /// Two slips, or a strongly different spelling.
    Near,
    /// The family name with another ending (Məmmədov, Məmmədli).
    SameStem,
    /// The same name in another language, or a short form.
    Variant,
    /// One is the initial of the other.
    Initial,
    /// Nothing in common.
    Different,
}

impl Closeness {
    /// From its place in the order.
    pub(crate) const fn of_number(number: u64) -> Self {
        match number {
            0 => Self::Equal,
            1 => Self::SameSound,
            2 => Self::Close,
            3 => Self::Near,
            4 => Self::SameStem,
            5 => Self::Variant,
            6 => Self::Initial,
            _ => Self::Different,
        }
    }
}

/// Distances up to which two words sound the same, close, near. Fixed on golden tables of names, not on data to be matched.
const SAME_SOUND: f32 = 0.07;
const CLOSE: f32 = 0.17;
const NEAR: f32 = 0.27;

/// A word of a name.
#[derive(Clone, Debug)]
pub struct Token {
    reading: Reading,
    /// The word without the article written on it, or with x read as ks.
    other: Option<Box<Reading>>,
    stem: Option<(Box<Reading>, u8)>,
    /// Of Abd al-Qadir, Qadir; of Salah al-Din, Salah.
    short: Option<Box<Reading>>,
    keys: Vec<Key>,
    groups: Vec<u16>,
    is_initial: bool,
}

struct Groups {
    /// Names of groups by key, with the group.
    by_key: HashMap<Key, Vec<(Reading, u16)>>,
    /// First keys of the names of a group.
    keys: HashMap<u16, Vec<Key>>,
    count: u16,
}

impl Groups {
    fn insert(&mut self, name: &str, group: u16) {
        let reading = Reading::of(name);
        let keys = key::keys(&reading);
        let of_group = self.keys.entry(group).or_default();
        if let Some(first) = keys.first().filter(|first| !of_group.contains(first)) {
            of_group.push(*first);
        }
        for key in keys {
            self.by_key.entry(key).or_default().push((reading, group));
        }
    }

    /// The groups of a word, in ascending order.
    fn of(&self, reading: &Reading) -> Vec<u16> {
        let mut found = Vec::new();
        for key in key::keys(reading) {
            for (name, group) in self.by_key.get(&key).map_or(&[][..], Vec::as_slice) {
                if found.len() < GROUPS_MAX
                    && !found.contains(group)
                    && name.distance(reading, GROUP_DISTANCE_MAX) <= GROUP_DISTANCE_MAX
                {
                    found.push(*group);
                }
            }
        }
        found.sort_unstable();
        found
    }
}

static PLACES: LazyLock<Groups> = LazyLock::new(|| {
    let mut places = Groups { by_key: HashMap::new(), keys: HashMap::new(), count: 0 };
    for row in rows(include_str!("../data/places.tsv")) {
        places.count += 1;
        let group = places.count;
        for name in row {
            places.insert(&script::folded_text(name).replace(' ', ""), group);
        }
    }
    places
});

static GROUPS: LazyLock<Groups> = LazyLock::new(|| {
    let mut groups = Groups { by_key: HashMap::new(), keys: HashMap::new(), count: 0 };
    let mut same_leaders: HashMap<&str, u16> = HashMap::new();
    for row in rows(include_str!("../data/variants.tsv")) {
        // Rows of "same" with one leader are one group.
        let group = match same_leaders.get(row[1]) {
            Some(group) if row[0] == "same" => *group,
            _ => {
                groups.count += 1;
                groups.count
            }
        };
        if row[0] == "same" {
            same_leaders.insert(row[1], group);
        }
        for name in &row[1..] {
            groups.insert(name, group);
        }
    }
    groups
});

impl Token {
    /// Reads a folded word.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let reading = Reading::of(word);
        let stem = words::stem(word).map(|(stem, class)| (Box::new(Reading::of(bare(stem))), class));
        let keys = keys_of(&reading, stem.as_ref().map(|(stem, _)| &**stem));
        let groups = GROUPS.of(&reading);
        let short = words::short_form(word).map(|short| Box::new(Reading::of(short)));
        Self { reading, other: other_reading(word), stem, short, keys, groups, is_initial: word.chars().count() == 1 }
    }

    /// Reads the name of a place, folded and without spaces.
    #[must_use]
    pub fn of_place(place: &str) -> Self {
        let reading = Reading::of(place);
        let (keys, groups) = (key::keys(&reading), PLACES.of(&reading));
        Self { reading, other: None, stem: None, short: None, keys, groups, is_initial: false }
    }

    /// How it is read.
    #[must_use]
    pub const fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The keys under which the word is found: of its stem, if it has an ending of family names.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// The groups of names that stand for each other, in ascending order.
    #[must_use]
    pub fn groups(&self) -> &[u16] {
        &self.groups
    }

    /// The keys of the other names that stand for this one, at most `most`.
    pub(crate) fn variant_keys(&self, most: usize) -> Vec<Key> {
        let mut keys = Vec::new();
        for group in &self.groups {
            for key in GROUPS.keys.get(group).map_or(&[][..], Vec::as_slice) {
                if keys.len() < most && !keys.contains(key) && !self.keys.contains(key) {
                    keys.push(*key);
                }
            }
        }
        keys
    }

    /// Whether it is one letter only.
    #[must_use]
    pub const fn is_initial(&self) -> bool {
        self.is_initial
    }

    /// The distance in sound, the best of all readings; 1 above `limit`.
    #[must_use]
    pub fn distance(&self, other: &Self, limit: f32) -> f32 {
        let mut best = self.reading.distance(&other.reading, limit);
        // Another reading is a little less likely than the plain one.
        const OTHER_READING: f32 = 0.02;
        if best > OTHER_READING {
            if let Some(mine) = &self.other {
                best = best.min(mine.distance(&other.reading, best) + OTHER_READING);
            }
            if let Some(theirs) = &other.other {
                best = best.min(self.reading.distance(theirs, best) + OTHER_READING);
            }
        }
        best
    }

    /// How close the two words are.
    #[must_use]
    pub fn closeness(&self, other: &Self) -> Closeness {
        if self.is_initial != other.is_initial {
            return initial(&self.reading, &other.reading);
        }
        let mut same_stem = false;
        let mut distance = 1.0;
        let has_other = self.other.is_some() || other.other.is_some();
        let same_ending = matches!((&self.stem, &other.stem), (Some((_, mine)), Some((_, theirs))) if mine == theirs);
        // A shared ending would hide how different the stems are; only a second reading of the whole may do better.
        if !same_ending || has_other {
            distance = self.distance(other, NEAR);
        }
        if let (Some((mine, class)), Some((theirs, other_class))) = (&self.stem, &other.stem) {
            if class == other_class {
                distance = distance.min(mine.distance(theirs, NEAR));
            } else {
                same_stem = mine.distance(theirs, CLOSE) <= CLOSE;
            }
        } else if let Some((stem, _)) = &self.stem {
            same_stem = stem.distance(&other.reading, SAME_SOUND) <= SAME_SOUND;
        } else if let Some((stem, _)) = &other.stem {
            same_stem = stem.distance(&self.reading, SAME_SOUND) <= SAME_SOUND;
        }
        match distance {
            distance if distance <= SAME_SOUND => Closeness::SameSound,
            distance if distance <= CLOSE => Closeness::Close,
            _ if self.shares_group(other) || self.is_short_of(other) || other.is_short_of(self) => Closeness::Variant,
            _ if same_stem => Closeness::SameStem,
            distance if distance <= NEAR => Closeness::Near,
            _ if is_one_slip(self.reading.units(), other.reading.units()) => Closeness::Near,
            _ => Closeness::Different,
        }
    }

    fn is_short_of(&self, other: &Self) -> bool {
        other.short.as_ref().is_some_and(|short| short.distance(&self.reading, SAME_SOUND) <= SAME_SOUND)
    }

    fn shares_group(&self, other: &Self) -> bool {
        // Without vowels a word sounds like too many names for a group to say anything between two such words.
        let both_without_vowels = self.reading.leaves_vowels_out() && other.reading.leaves_vowels_out();
        !both_without_vowels && self.groups.iter().any(|group| other.groups.binary_search(group).is_ok())
    }
}

/// The closeness that goes with a distance alone.
pub(crate) fn of_distance(distance: f32) -> Closeness {
    match distance {
        distance if distance <= SAME_SOUND => Closeness::SameSound,
        distance if distance <= CLOSE => Closeness::Close,
        distance if distance <= NEAR => Closeness::Near,
        _ => Closeness::Different,
    }
}

/// The distance above which nothing is asked further.
pub(crate) const DISTANCE_MAX: f32 = NEAR;

/// One unit wrong, too many, missing or exchanged with its neighbour. In a short name, as most Arabic ones are written, a slip
/// of the finger is far by sound, and still one slip.
fn is_one_slip(left: &[u8], right: &[u8]) -> bool {
    const UNITS_MIN: usize = 4;
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if long.len() < UNITS_MIN || short.len() + 1 < UNITS_MIN || long.len() - short.len() > 1 {
        return false;
    }
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let end = short[start..].iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (&short[start..short.len() - end], &long[start..long.len() - end]);
    match (left, right) {
        ([], [_]) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

fn initial(left: &Reading, right: &Reading) -> Closeness {
    match (left.units().first(), right.units().first()) {
        (Some(left), Some(right)) if crate::sound::may_be_one(*left, *right) => Closeness::Initial,
        _ => Closeness::Different,
    }
}

/// A stem without the vowel that joins it to some endings and not to others: Əli-yev, Əl-iyev, Ali-zade.
fn bare(stem: &str) -> &str {
    let bare = stem.trim_end_matches(['i', 'ı', 'и', 'y', 'й', 'ی']);
    if bare.chars().count() < 2 { stem } else { bare }
}

fn keys_of(reading: &Reading, stem: Option<&Reading>) -> Vec<Key> {
    stem.map_or_else(|| key::keys(reading), key::keys)
}

/// Latin `alhasan` without its article; `dz` and `tch` as two sounds (Ahmadzai, Mkrtchyan); `x` as `ks`.
fn other_reading(word: &str) -> Option<Box<Reading>> {
    const ARTICLE_WORD_LETTERS_MIN: usize = 6;
    let vowels = "aeiouəüöı";
    let after_article = word.strip_prefix("al").or_else(|| word.strip_prefix("el"));
    if let Some(rest) = after_article
        && word.len() >= ARTICLE_WORD_LETTERS_MIN
        && !rest.starts_with(|letter| vowels.contains(letter))
    {
        return Some(Box::new(Reading::of(rest)));
    }
    if word.contains("dz") || word.contains("tch") {
        return Some(Box::new(Reading::of(&word.replace("dz", "d'z").replace("tch", "t'ch"))));
    }
    if word.contains('x') && !word.contains('ə') {
        return Some(Box::new(Reading::of(&word.replace('x', "ks"))));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_group_are_found_by_sound_in_any_script() {
        let of = |left: &str, right: &str| Token::of(left).closeness(&Token::of(right));
        assert_eq!(of("sasha", "александр"), Closeness::Variant);
        assert_eq!(of("məmməd", "магомед"), Closeness::Variant);
        assert_eq!(of("məmmədov", "məmmədzadə"), Closeness::SameStem);
        assert_eq!(of("m", "məmməd"), Closeness::Initial);
        assert_eq!(of("k", "məmməd"), Closeness::Different);
        assert_eq!(of("alkhatib", "khatib"), Closeness::SameSound);
        assert_eq!(of("abdulqadir", "qadir"), Closeness::Variant);
        assert_eq!(of("عبدالقادر", "qadir"), Closeness::Variant);
        assert_eq!(of("salahuddin", "salah"), Closeness::Variant);
        assert_ne!(of("abdulqadir", "rahman"), Closeness::Variant);
    }
}
