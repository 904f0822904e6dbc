// SPDX-License-Identifier: Apache-2.0
//! The index: records in memory, found by keys, scored, explained; added to and removed from at any time.

mod keys;
mod postings;
mod search;

use std::{collections::HashMap, hash::Hash};

pub(crate) use search::{Candidates, gather};
pub use search::{Hit, SearchEffort, Years};

use crate::{
    counts::Change,
    field::Field,
    hash::FoldHasher,
    kin::Kin,
    lexicon::Found,
    pair::compare,
    people::{People, Slot},
    record::Person,
    score::{Reason, Score, Scorer},
    weights::Weights,
};
use keys::Purpose;
use postings::Postings;

/// Persons in memory. `K` is how the caller names a record. The index is a cache: it is never the authority for anything,
/// holds no names but those of its lexicon, and forgets a record that is removed.
pub struct Index<K> {
    pub(crate) people: People,
    pub(crate) postings: Postings,
    scorer: Scorer,
    keys: Vec<K>,
    slots: HashMap<K, Slot, FoldHasher>,
    live: Vec<bool>,
    live_count: usize,
    /// The table of candidates of the last question, to be used again.
    candidates: Option<Candidates>,
}

impl<K: Copy + Eq + Hash + Ord> Index<K> {
    /// An empty index.
    #[must_use]
    pub fn new(weights: &Weights) -> Self {
        Self::of(weights, std::iter::empty())
    }

    /// An index of many records at once, which is quicker than adding each. Of records with the same key the last counts.
    #[must_use]
    pub fn of(weights: &Weights, records: impl Iterator<Item = (K, Person)>) -> Self {
        let columns = weights.fields().len() - Field::PERSONAL_FIELDS;
        let mut index = Self {
            people: People::with_columns(columns),
            postings: Postings::default(),
            scorer: Scorer::new(weights),
            keys: Vec::new(),
            slots: HashMap::default(),
            live: Vec::new(),
            live_count: 0,
            candidates: None,
        };
        for (key, person) in records {
            index.push(key, &person);
        }
        index.rebuild();
        index
    }

    /// Weighs by other weights from here on; for the same columns.
    pub fn set_weights(&mut self, weights: &Weights) {
        self.scorer = Scorer::new(weights);
    }

    fn push(&mut self, key: K, person: &Person) -> Slot {
        if let Some(old) = self.slots.get(&key).copied() {
            self.forget(old);
        }
        let slot = self.people.push(person);
        self.people.count(slot, Change::Add);
        self.keys.push(key);
        self.live.push(true);
        self.live_count += 1;
        self.slots.insert(key, slot);
        slot
    }

    fn forget(&mut self, slot: Slot) {
        self.people.count(slot, Change::Remove);
        self.live[slot as usize] = false;
        self.live_count -= 1;
    }

    /// Adds a record, or puts it in the place of the one with the same key.
    pub fn add(&mut self, key: K, person: &Person) {
        self.remove(key);
        let slot = self.push(key, person);
        let mut keys = Vec::new();
        keys::collect(&self.people, slot, Purpose::Store, &mut keys);
        self.postings.add(slot, &keys);
        if self.postings.is_stale() {
            self.rebuild();
        }
    }

    /// Puts a record in the place of the one with the same key; whether there was one. Nothing is added where there was none,
    /// so that a change that comes late does not bring a removed record back.
    pub fn replace(&mut self, key: K, person: &Person) -> bool {
        let is_here = self.slots.contains_key(&key);
        if is_here {
            self.add(key, person);
        }
        is_here
    }

    /// Removes a record; whether there was one.
    pub fn remove(&mut self, key: K) -> bool {
        let Some(slot) = self.slots.remove(&key) else { return false };
        let mut keys = Vec::new();
        keys::collect(&self.people, slot, Purpose::Store, &mut keys);
        self.postings.remove(slot, &keys);
        self.forget(slot);
        true
    }

    fn rebuild(&mut self) {
        let (people, live) = (&self.people, &self.live);
        let records = Slot::try_from(people.len()).expect("fewer records than numbers");
        self.postings = Postings::build(records, |slot, keys| {
            if live[slot as usize] {
                keys::collect(people, slot, Purpose::Store, keys);
            } else {
                keys.clear();
            }
        });
    }

    /// Records in it.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.live_count
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.live_count == 0
    }

    /// Bytes held for records and lists, without the words, which grow much slower than the records.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.people.bytes() + self.postings.bytes() + self.keys.capacity() * size_of::<K>() + self.live.capacity()
    }

    /// The records that may be this person, best first, at most `top`. What the question brings is forgotten afterwards.
    pub fn search(&mut self, person: &Person, top: usize, effort: SearchEffort) -> Vec<Hit<K>> {
        self.people.lexicon.begin_question();
        let slot = self.people.push(person);
        self.live.push(false);
        let mut candidates = self.candidates.take().unwrap_or_default();
        let found = search::best(self, slot, top, effort, &mut candidates);
        self.candidates = Some(candidates);
        self.people.pop();
        self.live.pop();
        self.people.lexicon.end_question();
        found
    }

    /// What a pair of records weighs, and why; nothing if one of them is not here.
    #[must_use]
    pub fn explain(&self, left: K, right: K) -> Option<(Score, Vec<Reason>)> {
        let (left, right) = (self.slots.get(&left)?, self.slots.get(&right)?);
        Some(self.explain_slots(&Found::default(), *left, *right))
    }

    pub(crate) fn explain_slots(&self, found: &Found, left: Slot, right: Slot) -> (Score, Vec<Reason>) {
        let comparison = compare(&self.people, found, &self.scorer, left, right);
        (self.scorer.score(&comparison, self.live_count), self.scorer.explain(&comparison, self.live_count))
    }

    /// The same with what the families say.
    pub(crate) fn explain_with_kin(&self, found: &Found, kin: &Kin, left: Slot, right: Slot) -> (Score, Vec<Reason>) {
        let mut comparison = compare(&self.people, found, &self.scorer, left, right);
        comparison.levels[Field::Kin as usize] = kin.level(self, left, right);
        (self.scorer.score(&comparison, self.live_count), self.scorer.explain(&comparison, self.live_count))
    }

    pub(crate) fn score_slots(&self, found: &Found, left: Slot, right: Slot) -> Score {
        self.scorer.score(&compare(&self.people, found, &self.scorer, left, right), self.live_count)
    }

    pub(crate) const fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    pub(crate) fn key(&self, slot: Slot) -> K {
        self.keys[slot as usize]
    }

    pub(crate) fn is_live(&self, slot: Slot) -> bool {
        self.live[slot as usize]
    }

    pub(crate) fn slots(&self) -> Slot {
        Slot::try_from(self.live.len()).expect("fewer records than numbers")
    }
}
