// SPDX-License-Identifier: Apache-2.0
//! Two persons' names side by side: which words go together, and how close the given and the family names are.
//!
//! A name may be split or in one field, in order or exchanged, in two scripts. Every way in which the two can be laid beside
//! each other is tried, and the best is the answer; an exchanged or unsplit one is told, because it is weaker evidence.

use crate::{
    lexicon::{TokenId, Words},
    token::{Closeness, DISTANCE_MAX, of_distance},
};

/// Words of one part of a name that are compared.
const PART_WORDS_MAX: usize = 6;

/// How close two given names or two family names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum NameLevel {
    /// The same letters.
    Equal,
    /// One name in two spellings.
    SameSound,
    /// A slip away.
    Close,
    /// Two slips away.
    Near,
    /// Some words of a compound are missing.
    Part,
    /// The same family with another ending.
    SameStem,
    /// Another language's form, or a short form.
    Variant,
    /// An initial.
    Initial,
    /// Different.
    Different,
    /// One side has none.
    Missing,
}

impl NameLevel {
    /// How good a level is when ways of laying names together are chosen from; bits, roughly.
    const fn merit(self) -> i32 {
        match self {
            Self::Equal => 90,
            Self::SameSound => 80,
            Self::Close => 60,
            Self::Part => 50,
            Self::Variant | Self::SameStem => 45,
            Self::Near => 30,
            Self::Initial => 10,
            Self::Missing => 0,
            Self::Different => -50,
        }
    }

    const fn of(closeness: Closeness) -> Self {
        match closeness {
            Closeness::Equal => Self::Equal,
            Closeness::SameSound => Self::SameSound,
            Closeness::Close => Self::Close,
            Closeness::Near => Self::Near,
            Closeness::SameStem => Self::SameStem,
            Closeness::Variant => Self::Variant,
            Closeness::Initial => Self::Initial,
            Closeness::Different => Self::Different,
        }
    }

    const fn is_good(self) -> bool {
        matches!(self, Self::Equal | Self::SameSound | Self::Close)
    }
}

/// How the two names had to be laid together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum NameOrder {
    /// Given name with given name.
    Straight,
    /// Given name with family name.
    Exchanged,
    /// One of them was not split, or stands in another script unsplit.
    Unsplit,
}

/// A person's name in words: split as it was given, and whole in native script.
#[derive(Clone, Copy, Default)]
pub(crate) struct NameView<'a> {
    /// Given names; all words where nobody said which is which.
    pub given: &'a [TokenId],
    /// Family names.
    pub family: &'a [TokenId],
    /// The whole name in its own script, unsplit.
    pub native: &'a [TokenId],
}

/// Words that went together.
pub(crate) type Matched = Option<(TokenId, TokenId)>;

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NameMatch {
    /// Given names.
    pub given: NameLevel,
    /// Family names.
    pub family: NameLevel,
    /// How they were laid together.
    pub order: NameOrder,
    /// The best pair of words of the given names, for how frequent the name is.
    pub given_words: Matched,
    /// The best pair of words of the family names.
    pub family_words: Matched,
}

impl NameMatch {
    const NONE: Self = Self {
        given: NameLevel::Missing,
        family: NameLevel::Missing,
        order: NameOrder::Straight,
        given_words: None,
        family_words: None,
    };

    const fn merit(&self) -> i32 {
        let order = match self.order {
            NameOrder::Straight => 0,
            NameOrder::Exchanged => -20,
            NameOrder::Unsplit => -5,
        };
        self.given.merit() + self.family.merit() + order
    }

    const fn is_good(&self) -> bool {
        self.given.is_good() && self.family.is_good()
    }
}

#[derive(Clone, Copy)]
struct Part {
    level: NameLevel,
    words: Matched,
}

const MISSING: Part = Part { level: NameLevel::Missing, words: None };
const DIFFERENT: Part = Part { level: NameLevel::Different, words: None };

/// Lays two names together in the best way.
pub(crate) fn compare_names(words: Words, left: &NameView, right: &NameView) -> NameMatch {
    let mut best = main_names(words, left, right);
    // Where both parts differ, another script would tell the same.
    let is_clear = best.is_good() || best.given == NameLevel::Different && best.family == NameLevel::Different;
    if is_clear || (left.native.is_empty() && right.native.is_empty()) {
        return best;
    }
    let mut consider = |found: NameMatch| {
        if found.merit() > best.merit() {
            best = found;
        }
    };
    match (left.native.is_empty(), right.native.is_empty()) {
        (false, false) => consider(heaps(words, left.native, right.native)),
        (true, false) => consider(against_heap(words, left, right.native, Side::Left)),
        (false, true) => consider(against_heap(words, right, left.native, Side::Right)),
        (true, true) => {}
    }
    best
}

/// One part alone: mothers, fathers.
pub(crate) fn compare_part(words: Words, left: &[TokenId], right: &[TokenId]) -> (NameLevel, Matched) {
    let part = part(words, left, right);
    (part.level, part.words)
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

fn main_names(words: Words, left: &NameView, right: &NameView) -> NameMatch {
    let (left_split, right_split) = (is_split(left), is_split(right));
    if left.given.is_empty() && left.family.is_empty() || right.given.is_empty() && right.family.is_empty() {
        return NameMatch::NONE;
    }
    match (left_split, right_split) {
        (true, true) => {
            let straight = laid(words, left, right, NameOrder::Straight);
            if straight.is_good() {
                return straight;
            }
            let exchanged = laid(words, left, right, NameOrder::Exchanged);
            if exchanged.merit() > straight.merit() { exchanged } else { straight }
        }
        (true, false) => unsplit(words, left, right, Side::Left),
        (false, true) => unsplit(words, right, left, Side::Right),
        (false, false) => {
            let (left, right) = (heap(left), heap(right));
            heaps(words, left, right)
        }
    }
}

const fn is_split(name: &NameView) -> bool {
    !name.given.is_empty() && !name.family.is_empty()
}

const fn heap<'a>(name: &NameView<'a>) -> &'a [TokenId] {
    if name.given.is_empty() { name.family } else { name.given }
}

/// One side has only one part: it may be that part alone, or the whole name.
fn unsplit(words: Words, split: &NameView, other: &NameView, side: Side) -> NameMatch {
    if other.given.len() + other.family.len() > 1 {
        return against_heap(words, split, heap(other), side);
    }
    let straight = laid(words, split, other, NameOrder::Straight);
    let found = against_heap(words, split, heap(other), side);
    if found.merit() > straight.merit() { found } else { straight }
}

fn laid(words: Words, left: &NameView, right: &NameView, order: NameOrder) -> NameMatch {
    let (right_given, right_family) =
        if order == NameOrder::Exchanged { (right.family, right.given) } else { (right.given, right.family) };
    let given = part(words, left.given, right_given);
    let family = part(words, left.family, right_family);
    NameMatch { given: given.level, family: family.level, order, given_words: given.words, family_words: family.words }
}

/// Two lists of words that name the same part.
fn part(words: Words, left: &[TokenId], right: &[TokenId]) -> Part {
    let (left, right) = (cut(left), cut(right));
    match (left, right) {
        ([], _) | (_, []) => MISSING,
        ([left], [right]) => {
            Part { level: NameLevel::of(words.closeness(*left, *right)), words: Some((*left, *right)) }
        }
        _ => several(words, left, right),
    }
}

fn several(words: Words, left: &[TokenId], right: &[TokenId]) -> Part {
    let swapped = left.len() > right.len();
    let (few, many) = if swapped { (right, left) } else { (left, right) };
    let mut used = 0_u32;
    let mut worst = NameLevel::Equal;
    let (mut best_level, mut best_words) = (NameLevel::Different, None);
    let mut found = 0;
    for word in few {
        let Some((place, level)) = best_of(words, *word, many, used) else { continue };
        if level == NameLevel::Different {
            continue;
        }
        used |= 1 << place;
        found += 1;
        worst = if level.merit() < worst.merit() { level } else { worst };
        if level.merit() > best_level.merit() {
            best_level = level;
            best_words = Some(if swapped { (many[place], *word) } else { (*word, many[place]) });
        }
    }
    if found == few.len() && few.len() == many.len() {
        return Part { level: worst, words: best_words };
    }
    let as_one = of_distance(joined_distance(words, left, right));
    if as_one <= Closeness::Close {
        return Part { level: NameLevel::of(as_one), words: best_words.or(Some((left[0], right[0]))) };
    }
    if found > 0 && best_level.is_good() {
        return Part { level: NameLevel::Part, words: best_words };
    }
    if found == few.len() && found > 0 { Part { level: worst, words: best_words } } else { DIFFERENT }
}

/// Compounds written as one word on one side: Gholam Ali, Gholamali.
fn joined_distance(words: Words, left: &[TokenId], right: &[TokenId]) -> f32 {
    let join = |part: &[TokenId]| {
        let mut readings = part.iter().map(|word| *words.token(*word).reading());
        let first = readings.next()?;
        Some(readings.fold(first, |all, next| all.joined(&next)))
    };
    match (join(left), join(right)) {
        (Some(left), Some(right)) => left.distance(&right, DISTANCE_MAX),
        _ => 1.0,
    }
}

fn cut(words: &[TokenId]) -> &[TokenId] {
    &words[..words.len().min(PART_WORDS_MAX)]
}

fn best_of(words: Words, word: TokenId, among: &[TokenId], used: u32) -> Option<(usize, NameLevel)> {
    let free = among.iter().enumerate().filter(|(place, _)| used & (1 << place) == 0);
    let levels = free.map(|(place, other)| (place, NameLevel::of(words.closeness(word, *other))));
    // Of equals the first, so that the answer does not depend on anything but the order of the words.
    levels.reduce(|best, next| if next.1.merit() > best.1.merit() { next } else { best })
}

/// A split name against a heap of words, of which nobody knows which is which.
fn against_heap(words: Words, split: &NameView, heap: &[TokenId], side: Side) -> NameMatch {
    let heap = cut(heap);
    let mut used = 0;
    let given = from_heap(words, split.given, heap, &mut used);
    let family = from_heap(words, split.family, heap, &mut used);
    let mut best = heap_match(given, family, side);
    if best.is_good() {
        return best;
    }
    let mut used = 0;
    let family = from_heap(words, split.family, heap, &mut used);
    let given = from_heap(words, split.given, heap, &mut used);
    let other = heap_match(given, family, side);
    if other.merit() > best.merit() {
        best = other;
    }
    best
}

fn heap_match(given: Part, family: Part, side: Side) -> NameMatch {
    let turn = |words: Matched| match (side, words) {
        (Side::Right, Some((split, heap))) => Some((heap, split)),
        _ => words,
    };
    NameMatch {
        given: given.level,
        family: family.level,
        order: NameOrder::Unsplit,
        given_words: turn(given.words),
        family_words: turn(family.words),
    }
}

fn from_heap(words: Words, part: &[TokenId], heap: &[TokenId], used: &mut u32) -> Part {
    let part = cut(part);
    if part.is_empty() || used.count_ones() as usize >= heap.len() {
        return MISSING;
    }
    let mut best = DIFFERENT;
    let mut found = 0;
    for word in part {
        let Some((place, level)) = best_of(words, *word, heap, *used) else { continue };
        if level == NameLevel::Different {
            continue;
        }
        *used |= 1 << place;
        found += 1;
        if level.merit() > best.level.merit() {
            best = Part { level, words: Some((*word, heap[place])) };
        }
    }
    if found > 0 && found < part.len() && best.level.is_good() {
        best.level = NameLevel::Part;
    }
    if !best.level.is_good() && found < 2 {
        return as_one_word(words, part, heap, used).unwrap_or(best);
    }
    best
}

/// A compound that one side writes as one word and the other as two: Gholam Ali, Gholamali; Ibrahim Khel, Ibrahimkhel.
fn as_one_word(words: Words, part: &[TokenId], heap: &[TokenId], used: &mut u32) -> Option<Part> {
    let is_free = |place: usize| *used & (1 << place) == 0;
    let close = |left: &[TokenId], right: &[TokenId]| {
        let closeness = of_distance(joined_distance(words, left, right));
        (closeness <= Closeness::Close)
            .then_some(Part { level: NameLevel::of(closeness), words: Some((left[0], right[0])) })
    };
    let mut widths = match part.len() {
        1 => [2].iter(),
        2 => [1].iter(),
        _ => [].iter(),
    };
    let width = *widths.next()?;
    // Without a third word the other part of the name would be gone.
    if heap.len() < width + 1 {
        return None;
    }
    let (place, found) = (0..=heap.len() - width)
        .filter(|place| (*place..place + width).all(is_free))
        .find_map(|place| close(part, &heap[place..place + width]).map(|found| (place, found)))?;
    (place..place + width).for_each(|place| *used |= 1 << place);
    Some(found)
}

/// Two unsplit names: the best pair of words is taken for the given names, the next for the family names.
fn heaps(words: Words, left: &[TokenId], right: &[TokenId]) -> NameMatch {
    let (left, right) = (cut(left), cut(right));
    let mut pairs: Vec<(i32, usize, usize, NameLevel)> = Vec::with_capacity(left.len() * right.len());
    for (i, word) in left.iter().enumerate() {
        for (j, other) in right.iter().enumerate() {
            let level = NameLevel::of(words.closeness(*word, *other));
            pairs.push((-level.merit(), i, j, level));
        }
    }
    pairs.sort_unstable();
    let mut parts = [MISSING, MISSING];
    let mut places = [(0, 0); 2];
    let (mut used_left, mut used_right) = (0_u32, 0_u32);
    let mut count = 0;
    // Words that were found on the other side, and words that were not though there were some left there.
    let mut odd = None;
    for (_, i, j, level) in pairs {
        if used_left & (1 << i) != 0 || used_right & (1 << j) != 0 {
            continue;
        }
        if count < 2 {
            parts[count] = Part { level, words: Some((left[i], right[j])) };
            places[count] = (i, j);
            count += 1;
        } else if level == NameLevel::Different {
            odd = odd.or(Some((i, j)));
        }
        used_left |= 1 << i;
        used_right |= 1 << j;
    }
    // Names in the same order: the first pair by place is the given name.
    if count == 2 && places[0].0 > places[1].0 {
        parts.swap(0, 1);
        places.swap(0, 1);
    }
    if let Some(odd) = odd.filter(|_| parts.iter().all(|part| part.level != NameLevel::Different)) {
        // Where the names begin with words that differ, what agrees is a compound family name; else one word of several.
        let (given, first) = (&mut parts[0], places[0]);
        let is_before = odd.0 < first.0 && odd.1 < first.1;
        given.level = if is_before { NameLevel::Different } else { NameLevel::Part };
    }
    heap_match(parts[0], parts[1], Side::Left)
}
