// SPDX-License-Identifier: Apache-2.0
//! Families as evidence: who came with the same wife and the same children is the same man, and a namesake with another family
//! is not. What the records of the others say is known only when all records have been looked at once.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

use crate::{
    batch::Edge,
    field::Field,
    hash::FoldHasher,
    index::Index,
    lexicon::Found,
    pair::{MISSING, compare},
    people::Slot,
    weights::Weights,
};

/// A household number with more records is no household.
const MEMBERS_MAX: usize = 30;
/// Households that one person is found in; of more nothing is concluded.
const LISTS_MAX: usize = 12;
/// Pairs that are beyond doubt without their families tell how often a family comes along.
const DOUBTLESS: f32 = 0.99;
/// What the weights at the start count, in pairs.
const START_PAIRS: f32 = 20.0;

/// The households of all records, and who was found to be whom.
pub struct Kin {
    members: HashMap<u32, Vec<Slot>, FoldHasher>,
    group: Vec<Slot>,
}

impl Kin {
    /// From the group of each record, as [`crate::cluster::clusters`] gives them.
    #[must_use]
    pub fn of<K: Copy + Eq + Hash + Ord>(index: &Index<K>, group: Vec<Slot>) -> Self {
        let mut members: HashMap<u32, Vec<Slot>, FoldHasher> = HashMap::default();
        for slot in (0..index.slots()).filter(|slot| index.is_live(*slot)) {
            let household = index.people.row(slot).household;
            if household != 0 {
                members.entry(household).or_default().push(slot);
            }
        }
        members.retain(|_, members| (2..=MEMBERS_MAX).contains(&members.len()));
        Self { members, group }
    }

    /// Whether there are families at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    fn others<K: Copy + Eq + Hash + Ord>(&self, index: &Index<K>, slot: Slot) -> Option<impl Iterator<Item = Slot>> {
        let members = self.members.get(&index.people.row(slot).household)?;
        Some(members.iter().copied().filter(move |other| *other != slot))
    }

    /// The level of [`Field::Kin`] of a pair: missing where one of them came alone or both stand in one list.
    pub(crate) fn level<K: Copy + Eq + Hash + Ord>(&self, index: &Index<K>, left: Slot, right: Slot) -> u8 {
        if index.people.row(left).household == index.people.row(right).household {
            return MISSING;
        }
        let (Some(lefts), Some(_)) = (self.others(index, left), self.others(index, right)) else { return MISSING };
        let group = |slot: Slot| self.group[slot as usize];
        let is_pair = |slot: Slot| group(slot) == group(left) || group(slot) == group(right);
        for one in lefts.filter(|one| !is_pair(*one)) {
            if self.others(index, right).into_iter().flatten().any(|other| group(other) == group(one)) {
                return 0;
            }
        }
        1
    }

    /// How often the family of one person comes along, from the pairs beyond doubt.
    #[must_use]
    pub fn fit<K: Copy + Eq + Hash + Ord>(&self, index: &Index<K>, edges: &[Edge<Slot>], weights: &Weights) -> Weights {
        let (mut pairs, mut matched) = (0.0, 0.0);
        for edge in edges.iter().filter(|edge| edge.probability >= DOUBTLESS) {
            match self.level(index, edge.left, edge.right) {
                0 => (pairs, matched) = (pairs + 1.0, matched + 1.0),
                1 => pairs += 1.0,
                _ => {}
            }
        }
        let mut fields: Vec<_> = weights.fields().iter().map(|(_, levels)| levels.clone()).collect();
        let kin = &mut fields[Field::Kin as usize];
        let share = (matched + START_PAIRS * kin[0].same) / (pairs + START_PAIRS);
        for (level, share) in kin.iter_mut().zip([share, 1.0 - share]) {
            (level.same, level.relative) = (share, share);
        }
        weights.with(weights.version().to_owned(), weights.repeats(), fields)
    }

    /// Pairs that no key brought together, in families of which others are found to be the same persons: as many as have at
    /// least this probability, in the order of their records.
    #[must_use]
    pub fn pairs<K: Copy + Eq + Hash + Ord>(
        &self,
        index: &Index<K>,
        known: &[Edge<Slot>],
        min_probability: f32,
        may_pair: impl Fn(Slot, Slot) -> bool,
    ) -> Vec<Edge<Slot>> {
        let known: HashSet<(Slot, Slot), FoldHasher> = known.iter().map(|edge| (edge.left, edge.right)).collect();
        let mut lists: HashMap<Slot, Vec<u32>, FoldHasher> = HashMap::default();
        let mut households: Vec<u32> = self.members.keys().copied().collect();
        households.sort_unstable();
        for household in &households {
            for slot in &self.members[household] {
                let lists = lists.entry(self.group[*slot as usize]).or_default();
                if lists.last() != Some(household) {
                    lists.push(*household);
                }
            }
        }
        let mut pairs: Vec<(Slot, Slot)> = Vec::new();
        for lists in lists.values().filter(|lists| lists.len() <= LISTS_MAX) {
            for (place, one) in lists.iter().enumerate() {
                for other in &lists[place + 1..] {
                    let across = self.members[one]
                        .iter()
                        .flat_map(|left| self.members[other].iter().map(move |right| (*left, *right)));
                    pairs.extend(across.map(|(left, right)| (left.min(right), left.max(right))));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let group = |slot: Slot| self.group[slot as usize];
        pairs.retain(|pair| group(pair.0) != group(pair.1) && may_pair(pair.0, pair.1) && !known.contains(pair));
        let edges = pairs.into_iter().map(|(left, right)| Edge { left, right, weight: 0.0, probability: 0.0 });
        let mut edges: Vec<Edge<Slot>> = edges.collect();
        self.weigh(index, &mut edges);
        edges.retain(|edge| edge.probability >= min_probability);
        edges
    }

    /// Weighs the pairs anew, with what the families say.
    pub fn weigh<K: Copy + Eq + Hash + Ord>(&self, index: &Index<K>, edges: &mut [Edge<Slot>]) {
        let found = Found::default();
        for edge in edges {
            let mut comparison = compare(&index.people, &found, index.scorer(), edge.left, edge.right);
            comparison.levels[Field::Kin as usize] = self.level(index, edge.left, edge.right);
            let score = index.scorer().score(&comparison, index.len());
            (edge.weight, edge.probability) = (score.weight, score.probability);
        }
    }
}
