// SPDX-License-Identifier: Apache-2.0
//! Lists of records by key, in two flat arrays, with what came lately beside them.
//!
//! The upper bits of a key's hash choose a drawer, one byte of it marks the entries of the key inside the drawer: five bytes
//! an entry. Another key with the same byte in the same drawer adds a candidate that the comparison refuses.

use std::collections::HashMap;

use super::keys::KeyHash;
use crate::{hash::FoldHasher, people::Slot};

/// An entry whose record has gone.
const GONE: Slot = Slot::MAX;
/// Entries for which there is one drawer.
const ENTRIES_A_DRAWER: usize = 4;
/// When the entries beside the arrays are more than this share of them, the arrays are made anew.
const LATELY_SHARE: usize = 8;
const LATELY_MIN: usize = 50_000;

/// The lists.
#[derive(Default)]
pub(crate) struct Postings {
    /// Where each drawer begins; one more at the end.
    starts: Vec<u32>,
    slots: Vec<Slot>,
    marks: Vec<u8>,
    drawer_bits: u32,
    lately: HashMap<KeyHash, Vec<Slot>, FoldHasher>,
    lately_entries: usize,
}

#[expect(clippy::cast_possible_truncation, reason = "one byte of the hash is meant")]
const fn mark(key: KeyHash) -> u8 {
    key as u8
}

impl Postings {
    /// Makes the arrays from all keys of all records: `keys_of` is asked twice for each record, and must answer alike.
    pub(crate) fn build(records: Slot, mut keys_of: impl FnMut(Slot, &mut Vec<KeyHash>)) -> Self {
        let mut keys = Vec::new();
        let mut entries = 0;
        // A first look at some records tells how many drawers there should be.
        let step = (records / 1000).max(1);
        for slot in (0..records).step_by(step as usize) {
            keys_of(slot, &mut keys);
            entries += keys.len() * step as usize;
        }
        let drawer_bits = (entries / ENTRIES_A_DRAWER).max(16).next_power_of_two().trailing_zeros();
        let mut postings = Self { drawer_bits, ..Self::default() };
        let mut starts = vec![0_u32; (1 << drawer_bits) + 1];
        for slot in 0..records {
            keys_of(slot, &mut keys);
            keys.iter().for_each(|key| starts[postings.drawer(*key) + 1] += 1);
        }
        for drawer in 1..starts.len() {
            starts[drawer] += starts[drawer - 1];
        }
        let total = starts.last().copied().unwrap_or(0) as usize;
        postings.slots = vec![GONE; total];
        postings.marks = vec![0; total];
        // Filled from the front; the starts move to the ends, which are the next starts.
        for slot in 0..records {
            keys_of(slot, &mut keys);
            for key in &keys {
                let at = starts[postings.drawer(*key)] as usize;
                starts[postings.drawer(*key)] += 1;
                postings.slots[at] = slot;
                postings.marks[at] = mark(*key);
            }
        }
        starts.rotate_right(1);
        starts[0] = 0;
        postings.starts = starts;
        postings
    }

    const fn drawer(&self, key: KeyHash) -> usize {
        (key >> (64 - self.drawer_bits)) as usize
    }

    /// Puts a record under its keys.
    pub(crate) fn add(&mut self, slot: Slot, keys: &[KeyHash]) {
        for key in keys {
            self.lately.entry(*key).or_default().push(slot);
        }
        self.lately_entries += keys.len();
    }

    /// Takes a record out from under its keys.
    pub(crate) fn remove(&mut self, slot: Slot, keys: &[KeyHash]) {
        for key in keys {
            if let Some(list) = self.lately.get_mut(key) {
                let before = list.len();
                list.retain(|other| *other != slot);
                self.lately_entries -= before - list.len();
            }
            let Some(range) = self.range(*key) else { continue };
            if let Some(at) = range.clone().find(|at| self.slots[*at] == slot && self.marks[*at] == mark(*key)) {
                self.slots[at] = GONE;
            }
        }
    }

    fn range(&self, key: KeyHash) -> Option<std::ops::Range<usize>> {
        let drawer = self.drawer(key);
        let (start, end) = (self.starts.get(drawer)?, self.starts.get(drawer + 1)?);
        Some(*start as usize..*end as usize)
    }

    /// The records under a key, at most `most` of them and one more to tell that there are more.
    pub(crate) fn list(&self, key: KeyHash, most: usize, out: &mut Vec<Slot>) {
        out.clear();
        if let Some(range) = self.range(key) {
            let marked = mark(key);
            let (marks, slots) = (&self.marks[range.clone()], &self.slots[range]);
            for (mark, slot) in marks.iter().zip(slots) {
                if *mark == marked && *slot != GONE {
                    out.push(*slot);
                    if out.len() > most {
                        return;
                    }
                }
            }
        }
        if self.lately_entries > 0
            && let Some(list) = self.lately.get(&key)
        {
            out.extend(list.iter().take(most + 1 - out.len().min(most + 1)));
        }
    }

    /// Whether so much came lately that the arrays should be made anew.
    pub(crate) fn is_stale(&self) -> bool {
        self.lately_entries > LATELY_MIN.max(self.slots.len() / LATELY_SHARE)
    }

    /// Bytes held.
    pub(crate) fn bytes(&self) -> usize {
        const ENTRY_LATELY: usize = 24;
        self.starts.capacity() * 4 + self.slots.capacity() * 5 + self.lately_entries * ENTRY_LATELY
    }
}
