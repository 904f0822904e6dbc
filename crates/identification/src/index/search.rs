// SPDX-License-Identifier: Apache-2.0
//! From keys to candidates to hits.

use std::hash::Hash;

use super::{
    Index,
    keys::{self, KeyHash, Purpose},
};
use crate::{
    hash,
    lexicon::Found,
    people::Slot,
    score::{Reason, Score},
};

/// How much a search may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchEffort {
    /// A list with more records than this tells too little to be read.
    pub list_max: usize,
    /// Entries of lists that are read, rarest lists first.
    pub entries_max: usize,
    /// Candidates that are compared in full, those that share most first.
    pub compared_max: usize,
    /// Which years of birth a name is looked for with.
    pub years: Years,
}

/// Years of birth that are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Years {
    /// The year itself.
    Same,
    /// The years before and after too.
    Neighbours,
}

impl SearchEffort {
    /// For one question of an officer.
    pub const INTERACTIVE: Self =
        Self { list_max: 6_000, entries_max: 30_000, compared_max: 800, years: Years::Neighbours };
    /// For each of all records.
    pub const BATCH: Self = Self { list_max: 150, entries_max: 6_000, compared_max: usize::MAX, years: Years::Same };
}

/// A record that may be the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit<K> {
    /// Which record.
    pub key: K,
    /// How likely.
    pub score: Score,
    /// Why; the weights sum to that of the score.
    pub reasons: Vec<Reason>,
}

/// Candidates with the bits of the keys that they share with the record; a small table that is used again and again.
pub(crate) struct Candidates {
    table: Vec<(Slot, f32)>,
    touched: Vec<u32>,
    keys: Vec<KeyHash>,
    list: Vec<Slot>,
    lists: Vec<(u32, u32)>,
    entries: Vec<Slot>,
}

const EMPTY: Slot = Slot::MAX;
/// Places of the table; more than twice the entries that are ever read.
const TABLE_BITS: u32 = 17;
const TABLE: usize = 1 << TABLE_BITS;

impl Default for Candidates {
    fn default() -> Self {
        Self {
            table: vec![(EMPTY, 0.0); TABLE],
            touched: Vec::new(),
            keys: Vec::new(),
            list: Vec::new(),
            lists: Vec::new(),
            entries: Vec::new(),
        }
    }
}

impl Candidates {
    fn clear(&mut self) {
        for place in self.touched.drain(..) {
            self.table[place as usize] = (EMPTY, 0.0);
        }
    }

    fn add(&mut self, slot: Slot, bits: f32) {
        let mut place = usize::try_from(hash::mix(u64::from(slot)) >> (64 - TABLE_BITS)).unwrap_or(0);
        loop {
            let entry = &mut self.table[place];
            if entry.0 == slot {
                entry.1 += bits;
                return;
            }
            if entry.0 == EMPTY {
                *entry = (slot, bits);
                self.touched.push(u32::try_from(place).unwrap_or(0));
                return;
            }
            place = (place + 1) & (TABLE - 1);
        }
    }

    /// Candidates and their bits.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Slot, f32)> {
        self.touched.iter().map(|place| self.table[*place as usize])
    }
}

/// Collects the candidates of a record that pass `keep`.
pub(crate) fn gather<K: Copy + Eq + Hash + Ord>(
    index: &Index<K>,
    slot: Slot,
    effort: SearchEffort,
    candidates: &mut Candidates,
    keep: impl Fn(Slot) -> bool,
) {
    candidates.clear();
    let mut keys = std::mem::take(&mut candidates.keys);
    let mut list = std::mem::take(&mut candidates.list);
    let purpose = if effort.years == Years::Same { Purpose::Batch } else { Purpose::Search };
    keys::collect(&index.people, slot, purpose, &mut keys);
    candidates.entries.clear();
    candidates.lists.clear();
    for key in &keys {
        index.postings.list(*key, effort.list_max, &mut list);
        if list.len() > effort.list_max || list.is_empty() {
            continue;
        }
        let at = u32::try_from(candidates.entries.len()).unwrap_or(u32::MAX);
        candidates.entries.extend_from_slice(&list);
        candidates.lists.push((u32::try_from(list.len()).unwrap_or(u32::MAX), at));
    }
    candidates.lists.sort_unstable();
    #[expect(clippy::cast_precision_loss, reason = "bits of rarity need no more than 24 bits")]
    let records = index.len().max(1) as f32;
    let mut read = 0;
    let lists = std::mem::take(&mut candidates.lists);
    let entries = std::mem::take(&mut candidates.entries);
    for (len, at) in &lists {
        read += *len as usize;
        if read > effort.entries_max {
            break;
        }
        #[expect(clippy::cast_precision_loss, reason = "bits of rarity need no more than 24 bits")]
        let bits = (records / *len as f32).log2().max(0.1);
        for other in &entries[*at as usize..(*at + *len) as usize] {
            if *other != slot && keep(*other) {
                candidates.add(*other, bits);
            }
        }
    }
    candidates.lists = lists;
    candidates.entries = entries;
    candidates.keys = keys;
    candidates.list = list;
}

/// The best hits for the record in the last slot.
pub(super) fn best<K: Copy + Eq + Hash + Ord>(
    index: &Index<K>,
    slot: Slot,
    top: usize,
    effort: SearchEffort,
    candidates: &mut Candidates,
) -> Vec<Hit<K>> {
    let words = Found::small();
    gather(index, slot, effort, candidates, |_| true);
    let mut found: Vec<(Slot, f32)> = candidates.iter().collect();
    if found.len() > effort.compared_max {
        let by_bits =
            |a: &(Slot, f32), b: &(Slot, f32)| b.1.total_cmp(&a.1).then_with(|| index.key(a.0).cmp(&index.key(b.0)));
        found.select_nth_unstable_by(effort.compared_max, by_bits);
        found.truncate(effort.compared_max);
    }
    let mut scored: Vec<(Score, Slot)> =
        found.into_iter().map(|(other, _)| (index.score_slots(&words, slot, other), other)).collect();
    scored.sort_by(|a, b| b.0.weight.total_cmp(&a.0.weight).then_with(|| index.key(a.1).cmp(&index.key(b.1))));
    scored.truncate(top);
    scored
        .into_iter()
        .map(|(score, other)| Hit { key: index.key(other), score, reasons: index.explain_slots(&words, slot, other).1 })
        .collect()
}
