// SPDX-License-Identifier: Apache-2.0
//! All records against all: the same keys, the same candidates, the same score as one question of an officer, for each record
//! in turn, on all cores.

use std::{
    hash::Hash,
    num::NonZeroUsize,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::{
    index::{Candidates, Index, SearchEffort, gather},
    lexicon::Found,
    pair::{Ceilings, compare_above},
    people::Slot,
    score::{odds_of, probability},
};

/// Records that one thread takes at a time.
const PORTION: usize = 2_048;
/// Shared keys must speak for a pair with so many bits less than its being one person needs, or the pair is not compared: the
/// keys do not see everything that agrees.
const BITS_UNSEEN: f32 = 3.0;

/// A pair that may be one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge<K> {
    /// One record.
    pub left: K,
    /// The other.
    pub right: K,
    /// Sum of the reasons, in bits.
    pub weight: f32,
    /// How likely they are one person.
    pub probability: f32,
}

/// What a batch did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BatchCounts {
    /// Records looked for.
    pub records: usize,
    /// Pairs that share a key.
    pub candidates: usize,
    /// Pairs compared in full.
    pub compared: usize,
}

/// Which pairs a batch looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// Every record with every other.
    One,
    /// The first so many records with the rest: two files laid side by side.
    Two {
        /// Records of the left side; they were put in first.
        left: usize,
    },
}

impl Sides {
    /// Whether an earlier and a later record are compared.
    pub(crate) const fn may_pair(self, earlier: Slot, later: Slot) -> bool {
        match self {
            Self::One => earlier < later,
            Self::Two { left } => (earlier as usize) < left && later as usize >= left,
        }
    }
}

/// All pairs at and above a probability, in the order of their records. `progress` is told how many records are done, and of how many.
#[must_use]
pub fn pairs<K>(
    index: &Index<K>,
    sides: Sides,
    min_probability: f32,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> (Vec<Edge<Slot>>, BatchCounts)
where
    K: Copy + Eq + Hash + Ord + Sync + Send,
{
    let slots = index.slots() as usize;
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let found = Mutex::new(Vec::new());
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let work = || {
        let (mut candidates, found_words) = (Candidates::default(), Found::default());
        loop {
            let start = next.fetch_add(PORTION, Ordering::Relaxed);
            if start >= slots {
                break;
            }
            let end = (start + PORTION).min(slots);
            let portion = portion(index, sides, min_probability, start..end, &mut candidates, &found_words);
            found.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((start, portion));
            progress(done.fetch_add(end - start, Ordering::Relaxed) + end - start, slots);
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut found = found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    found.sort_by_key(|(start, _)| *start);
    let mut counts = BatchCounts::default();
    let mut edges = Vec::new();
    for (_, (portion, counted)) in found {
        edges.extend(portion);
        counts.records += counted.records;
        counts.candidates += counted.candidates;
        counts.compared += counted.compared;
    }
    (edges, counts)
}

fn portion<K: Copy + Eq + Hash + Ord>(
    index: &Index<K>,
    sides: Sides,
    min_probability: f32,
    range: std::ops::Range<usize>,
    candidates: &mut Candidates,
    found: &Found,
) -> (Vec<Edge<Slot>>, BatchCounts) {
    let mut edges = Vec::new();
    let mut counts = BatchCounts::default();
    // A rounding above, so that no pair is lost that the score would keep.
    let least = odds_of(min_probability) - index.scorer().prior(index.len()) - 0.01;
    let bits_min = -index.scorer().prior(index.len()) - BITS_UNSEEN;
    for slot in range {
        let slot = Slot::try_from(slot).expect("fewer records than numbers");
        if !index.is_live(slot) {
            continue;
        }
        counts.records += 1;
        gather(index, slot, SearchEffort::BATCH, candidates, |other| sides.may_pair(other, slot));
        let ceilings = Ceilings::of(&index.people, slot);
        let start = edges.len();
        for (other, bits) in candidates.iter() {
            counts.candidates += 1;
            if bits < bits_min {
                continue;
            }
            counts.compared += 1;
            let pair = (other, slot);
            let Some(comparison) = compare_above(&index.people, found, index.scorer(), pair, &ceilings, least) else {
                continue;
            };
            let score = index.scorer().score(&comparison, index.len());
            if score.probability >= min_probability {
                edges.push(Edge { left: other, right: slot, weight: score.weight, probability: score.probability });
            }
        }
        edges[start..].sort_by_key(|edge| edge.left);
    }
    (edges, counts)
}

/// log2 of the odds of an edge.
pub(crate) fn odds(weight: f32, prior: f32) -> f32 {
    debug_assert!(probability(weight + prior).is_finite());
    weight + prior
}
