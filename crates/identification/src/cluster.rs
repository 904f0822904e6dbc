// SPDX-License-Identifier: Apache-2.0
//! From pairs to persons: groups of records, joined only where the evidence of all pairs across the two groups together
//! speaks for it, so that no chain of weak links joins two persons.

use std::hash::Hash;

use crate::{
    batch::{Edge, odds},
    culture::CULTURES_MAX,
    field::Field,
    index::Index,
    kin::Kin,
    lexicon::Found,
    pair::compare,
    people::Slot,
};

/// Pairs across two groups that are scored when they are to be joined; of more, an even sample.
const CROSS_PAIRS_MAX: usize = 256;
/// What one pair may say for or against joining two groups, in bits: one certain pair must not silence ten that deny.
const VOTE_MAX: f32 = 12.0;
/// Two different personal numbers, or different sex with a different year of birth, speak with this weight.
const CONFLICT: f32 = -24.0;
/// Personal numbers that differ are a conflict where the weights say that one person's hardly ever do; in a file where they
/// are often mistyped they are evidence like any other.
const FIRM_NUMBERS: f32 = -5.5;

/// The group of each slot: the smallest slot in it. `kin` is what the families say, from the second round on.
#[must_use]
pub fn clusters<K: Copy + Eq + Hash + Ord>(
    index: &Index<K>,
    edges: &[Edge<Slot>],
    min_probability: f32,
    kin: Option<&Kin>,
) -> Vec<Slot> {
    let votes = Votes { index, kin, prior: index.scorer().prior(index.len()), found: Found::default() };
    let limits = equal_risk(index, edges, min_probability);
    let is_joined = |edge: &&Edge<Slot>| edge.probability >= limits[culture(index, edge)];
    let mut order: Vec<&Edge<Slot>> = edges.iter().filter(is_joined).collect();
    order.sort_by(|a, b| b.weight.total_cmp(&a.weight).then((a.left, a.right).cmp(&(b.left, b.right))));
    let mut group: Vec<Slot> = (0..index.slots()).collect();
    let mut members: std::collections::HashMap<Slot, Vec<Slot>> = std::collections::HashMap::new();
    for edge in order {
        let (left, right) = (group[edge.left as usize], group[edge.right as usize]);
        if left == right {
            continue;
        }
        let of = |slot: Slot| members.get(&slot).cloned().unwrap_or_else(|| vec![slot]);
        let (left_members, right_members) = (of(left), of(right));
        if !votes.speak_for(&left_members, &right_members) {
            continue;
        }
        let (keep, gone) = (left.min(right), left.max(right));
        let mut all = left_members;
        all.extend(right_members);
        all.iter().for_each(|slot| group[*slot as usize] = keep);
        members.remove(&gone);
        members.insert(keep, all);
    }
    group
}

/// The culture of the names of a pair, for its limit.
fn culture<K: Copy + Eq + Hash + Ord>(index: &Index<K>, edge: &Edge<Slot>) -> usize {
    usize::from(index.people.row(edge.left).culture().number())
}

/// The probability from which pairs are joined, by culture: nobody's names shall make it more likely that he is taken for
/// another. Among the pairs that are joined, the expected share of wrong ones is in no culture above that of all.
fn equal_risk<K: Copy + Eq + Hash + Ord>(
    index: &Index<K>,
    edges: &[Edge<Slot>],
    min_probability: f32,
) -> [f32; CULTURES_MAX] {
    let mut doubts = vec![Vec::new(); CULTURES_MAX];
    for edge in edges.iter().filter(|edge| edge.probability >= min_probability) {
        doubts[culture(index, edge)].push(1.0 - f64::from(edge.probability));
    }
    let (sum, pairs) = doubts.iter().flatten().fold((0.0, 0.0), |(sum, pairs), doubt| (sum + doubt, pairs + 1.0));
    let allowed = sum / f64::max(pairs, 1.0);
    let mut limits = [min_probability; CULTURES_MAX];
    for (limit, doubts) in limits.iter_mut().zip(&mut doubts) {
        doubts.sort_by(f64::total_cmp);
        let (mut sum, mut pairs) = (0.0, 0.0);
        for doubt in doubts {
            (sum, pairs) = (sum + *doubt, pairs + 1.0);
            if sum > allowed * pairs && *doubt > allowed {
                #[expect(clippy::cast_possible_truncation, reason = "a probability needs no more than 24 bits")]
                let probability = (1.0 - *doubt) as f32;
                // A hair above the pair that would be too much.
                *limit = limit.max(probability.next_up());
                break;
            }
        }
    }
    limits
}

/// What pairs of records say.
struct Votes<'a, K> {
    index: &'a Index<K>,
    kin: Option<&'a Kin>,
    prior: f32,
    found: Found,
}

impl<K: Copy + Eq + Hash + Ord> Votes<'_, K> {
    fn speak_for(&self, left: &[Slot], right: &[Slot]) -> bool {
        let pairs = left.len() * right.len();
        let step = pairs.div_ceil(CROSS_PAIRS_MAX).max(1);
        let mut sum = 0.0;
        for number in (0..pairs).step_by(step) {
            sum += self.vote(left[number / right.len()], right[number % right.len()]);
        }
        sum > 0.0
    }

    fn vote(&self, left: Slot, right: Slot) -> f32 {
        let index = self.index;
        let mut comparison = compare(&index.people, &self.found, index.scorer(), left, right);
        let level = |field: Field| comparison.levels[field as usize];
        const DIFFERENT_NUMBER: u8 = 3;
        const DIFFERENT_YEARS: std::ops::RangeInclusive<u8> = 10..=11;
        let numbers_differ = level(Field::Personal) == DIFFERENT_NUMBER
            && index.scorer().level_weight(Field::Personal, DIFFERENT_NUMBER) <= FIRM_NUMBERS;
        let conflict = numbers_differ || (level(Field::Sex) == 1 && DIFFERENT_YEARS.contains(&level(Field::Birth)));
        if conflict {
            return CONFLICT;
        }
        if let Some(kin) = self.kin {
            comparison.levels[Field::Kin as usize] = kin.level(index, left, right);
        }
        let weight = index.scorer().score(&comparison, index.len()).weight;
        odds(weight, self.prior).clamp(-VOTE_MAX, VOTE_MAX)
    }
}
