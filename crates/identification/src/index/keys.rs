// SPDX-License-Identifier: Apache-2.0
//! Under which keys a record lies in the index, and under which it is looked for.
//!
//! A key joins two facts (a name and a year, two names, a name and an address), or is one fact that is nearly a person's own
//! (a document). A record is looked for under more keys than it lies under: neighbouring years, day and month exchanged,
//! Hijri years, other forms of a name. The relation is symmetric: who is found by a record finds it.

use crate::{
    birth::Birth,
    hash,
    key::Key,
    lexicon::TokenId,
    people::{Names, People, Row, Slot},
};

/// Name keys of one record.
const NAMES_MAX: usize = 8;
/// Keys of other forms of its names.
const VARIANTS_MAX: usize = 6;
/// Pairs of name keys.
const PAIRS_MAX: usize = 10;
/// Father's and mother's keys.
const PARENT_KEYS_MAX: usize = 2;

/// A key as it is addressed.
pub(crate) type KeyHash = u64;

#[derive(Clone, Copy)]
#[repr(u64)]
enum Kind {
    Document = 1,
    Personal,
    Phone,
    Day,
    NameYear,
    NameDay,
    TwoNames,
    NameFather,
    NameMother,
    NameAddress,
    NameHousehold,
    AddressYear,
    Column,
    ColumnName,
}

/// Whether a record is put in or looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Put in.
    Store,
    /// Looked for by an officer: neighbouring years too.
    Search,
    /// Looked for among all records: a wrong year is found by the day, the other names or a number.
    Batch,
}

struct NameKeys {
    /// Given names; where the name is unsplit, all.
    given: Vec<Key>,
    /// Given and family names.
    all: Vec<Key>,
    /// Other forms of the names.
    variants: Vec<Key>,
    pairs: Vec<(Key, Key)>,
}

/// Collects the keys of a record into `out`, which is emptied first.
pub(crate) fn collect(people: &People, slot: Slot, purpose: Purpose, out: &mut Vec<KeyHash>) {
    out.clear();
    let row = people.row(slot);
    let names = people.names(row);
    let keys = name_keys(people, &names, purpose);
    let mut put = |kind: Kind, left: u64, right: u64| out.push(hash::of(&[kind as u64, left, right]));
    if let Some(code) = row.document() {
        put(Kind::Document, code.scanned(), 0);
    }
    if let Some(code) = row.personal() {
        put(Kind::Personal, code.scanned(), 0);
    }
    if row.phone != 0 {
        put(Kind::Phone, u64::from(row.phone), 0);
    }
    for (left, right) in &keys.pairs {
        put(Kind::TwoNames, u64::from(*left), u64::from(*right));
    }
    // Looking for a name in the place of the other finds exchanged names.
    let searched = if purpose == Purpose::Store { &keys.given } else { &keys.all };
    let with_variants = || searched.iter().chain(&keys.variants).map(|key| u64::from(*key));
    birth_keys(row, &keys, searched, purpose, &mut put);
    for father in parent_keys(people, names.father) {
        with_variants().for_each(|name| put(Kind::NameFather, name, u64::from(father)));
    }
    for mother in parent_keys(people, names.mother) {
        searched.iter().for_each(|name| put(Kind::NameMother, u64::from(*name), u64::from(mother)));
    }
    if row.address != 0 {
        with_variants().for_each(|name| put(Kind::NameAddress, name, row.address));
        let years = row.birth().map_or_else(Vec::new, |birth| years(birth, purpose));
        years.iter().for_each(|year| put(Kind::AddressYear, row.address, *year));
    }
    if row.household != 0 {
        with_variants().for_each(|name| put(Kind::NameHousehold, name, u64::from(row.household)));
    }
    for column in 0..people.columns() {
        let value = people.value(slot, column);
        if value != 0 {
            let place = (column as u64) << 32 | u64::from(value);
            put(Kind::Column, place, 0);
            keys.all.iter().for_each(|name| put(Kind::ColumnName, place, u64::from(*name)));
        }
    }
    out.sort_unstable();
    out.dedup();
}

fn birth_keys(row: &Row, keys: &NameKeys, searched: &[Key], purpose: Purpose, put: &mut impl FnMut(Kind, u64, u64)) {
    let Some(birth) = row.birth() else { return };
    for year in years(birth, purpose) {
        keys.all.iter().for_each(|name| put(Kind::NameYear, u64::from(*name), year));
    }
    if purpose != Purpose::Store {
        let year = u64::from(birth.common_year());
        keys.variants.iter().for_each(|name| put(Kind::NameYear, u64::from(*name), year));
    }
    let Some(day) = birth.common_day() else { return };
    put(Kind::Day, u64::from(day.unsigned_abs()), 0);
    let month_and_day = u64::from(birth.month() * 32 + birth.day());
    searched.iter().for_each(|name| put(Kind::NameDay, u64::from(*name), month_and_day));
    if purpose != Purpose::Store && !birth.is_hijri() {
        let exchanged = u8::try_from(birth.day())
            .ok()
            .zip(u8::try_from(birth.month()).ok())
            .and_then(|(month, day)| Birth::new(birth.year(), Some(month), Some(day)))
            .filter(|exchanged| *exchanged != birth)
            .and_then(Birth::common_day);
        if let Some(day) = exchanged {
            put(Kind::Day, u64::from(day.unsigned_abs()), 0);
        }
    }
}

/// The year as stored; looked for are its neighbours too, and what it may be in the other calendar.
fn years(birth: Birth, purpose: Purpose) -> Vec<u64> {
    let year = u64::from(birth.common_year());
    match purpose {
        Purpose::Store | Purpose::Batch => vec![year],
        Purpose::Search => vec![year, year - 1, year + 1],
    }
}

fn name_keys(people: &People, names: &Names, purpose: Purpose) -> NameKeys {
    let view = &names.view;
    let mut keys = NameKeys { given: Vec::new(), all: Vec::new(), variants: Vec::new(), pairs: Vec::new() };
    let token = |word: &TokenId| people.lexicon.token(*word);
    let put = |key: Key, to: &mut Vec<Key>| {
        if to.len() < NAMES_MAX && !to.contains(&key) {
            to.push(key);
        }
    };
    for word in view.given {
        token(word).keys().iter().for_each(|key| put(*key, &mut keys.given));
    }
    keys.all.clone_from(&keys.given);
    for word in view.family {
        token(word).keys().iter().for_each(|key| put(*key, &mut keys.all));
    }
    if view.given.is_empty() {
        keys.given.clone_from(&keys.all);
    }
    for word in view.native {
        // The native spelling adds keys only where no reading of it meets the Latin one.
        if !token(word).keys().iter().any(|key| keys.all.contains(key)) {
            for key in token(word).keys() {
                put(*key, &mut keys.given);
                put(*key, &mut keys.all);
            }
        }
    }
    pairs(people, names, &mut keys.pairs);
    if purpose != Purpose::Store {
        for word in view.given.iter().chain(view.native).take(4) {
            for key in token(word).variant_keys(VARIANTS_MAX) {
                if keys.variants.len() < VARIANTS_MAX && !keys.all.contains(&key) && !keys.variants.contains(&key) {
                    keys.variants.push(key);
                }
            }
        }
        let family: Vec<Key> = view.family.iter().flat_map(|word| token(word).keys()).copied().collect();
        for variant in &keys.variants {
            for name in &family {
                put_pair(*variant, *name, &mut keys.pairs);
            }
        }
    }
    keys
}

/// Pairs of keys of two different words of a name, in either order.
fn pairs(people: &People, names: &Names, pairs: &mut Vec<(Key, Key)>) {
    let token = |word: &TokenId| people.lexicon.token(*word).keys();
    let view = &names.view;
    if view.family.is_empty() || view.given.is_empty() {
        let heap = if view.given.is_empty() { view.family } else { view.given };
        of_heap(people, heap, pairs);
    } else {
        for given in view.given.iter().take(3).flat_map(token) {
            for family in view.family.iter().take(2).flat_map(token) {
                put_pair(*given, *family, pairs);
            }
        }
    }
    of_heap(people, view.native, pairs);
}

fn of_heap(people: &People, heap: &[TokenId], pairs: &mut Vec<(Key, Key)>) {
    for (place, word) in heap.iter().enumerate().take(4) {
        for other in heap.iter().take(4).skip(place + 1) {
            for key in people.lexicon.token(*word).keys() {
                for other in people.lexicon.token(*other).keys() {
                    put_pair(*key, *other, pairs);
                }
            }
        }
    }
}

fn put_pair(left: Key, right: Key, pairs: &mut Vec<(Key, Key)>) {
    let pair = (left.min(right), left.max(right));
    if pairs.len() < PAIRS_MAX && !pairs.contains(&pair) {
        pairs.push(pair);
    }
}

fn parent_keys(people: &People, words: &[TokenId]) -> Vec<Key> {
    let keys = words.iter().take(2).flat_map(|word| people.lexicon.token(*word).keys()).copied();
    keys.take(PARENT_KEYS_MAX).collect()
}
