// SPDX-License-Identifier: Apache-2.0
//! Fits the weights to a file without labels: how often fields disagree between records of one person is found by
//! expectation and maximisation, how often strangers agree is counted on random pairs.

use std::hash::Hash;

use crate::{
    field::Field,
    hash,
    index::{Candidates, Index, SearchEffort, gather},
    lexicon::Found,
    pair::{Comparison, compare},
    people::Slot,
    score::Scorer,
    weights::{LevelWeight, Weights},
};

/// Random pairs that are counted.
const RANDOM_PAIRS: usize = 100_000;
/// Records whose candidates are looked at.
const RECORDS_MAX: usize = 20_000;
/// Candidates of one record that are looked at, those that share most first.
const CANDIDATES_MAX: usize = 12;
/// Rounds; more change nothing that can be seen.
const ROUNDS: usize = 10;
/// What the weights at the start count, in pairs: a small file changes them little.
const START_PAIRS: f32 = 40.0;
/// Fewer records say nothing.
const RECORDS_MIN: usize = 100;

/// Weights fitted to the records of the index; the same for the same records and seed. With fewer than a hundred records those
/// at the start.
#[must_use]
pub fn train<K: Copy + Eq + Hash + Ord>(index: &Index<K>, start: &Weights, seed: u64) -> Weights {
    if index.len() < RECORDS_MIN {
        return start.clone();
    }
    let found = Found::default();
    let strangers = random_pairs(index, &found, seed);
    let (candidates, looked_at) = candidate_pairs(index, &found);
    let mut weights = with_strangers(start, &strangers);
    for _ in 0..ROUNDS {
        weights = round(&weights, start, &candidates, looked_at, index.len());
    }
    weights
}

fn random_pairs<K: Copy + Eq + Hash + Ord>(index: &Index<K>, found: &Found, seed: u64) -> Vec<Comparison> {
    let slots = u64::from(index.slots());
    let draw = |number: u64| Slot::try_from(hash::of(&[seed, number]) % slots).unwrap_or(0);
    (0..RANDOM_PAIRS as u64)
        .map(|number| (draw(2 * number), draw(2 * number + 1)))
        .filter(|(left, right)| left != right && index.is_live(*left) && index.is_live(*right))
        .map(|(left, right)| compare(&index.people, found, index.scorer(), left, right))
        .collect()
}

fn candidate_pairs<K: Copy + Eq + Hash + Ord>(index: &Index<K>, found: &Found) -> (Vec<Comparison>, usize) {
    let step = index.len().div_ceil(RECORDS_MAX).max(1);
    let mut scratch = Candidates::default();
    let mut pairs = Vec::new();
    let mut looked_at = 0;
    for slot in (0..index.slots()).step_by(step).filter(|slot| index.is_live(*slot)) {
        looked_at += 1;
        gather(index, slot, SearchEffort::BATCH, &mut scratch, |_| true);
        let mut candidates: Vec<(Slot, f32)> = scratch.iter().collect();
        candidates.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (other, _) in candidates.into_iter().take(CANDIDATES_MAX) {
            pairs.push(compare(&index.people, found, index.scorer(), slot.min(other), slot.max(other)));
        }
    }
    (pairs, looked_at)
}

/// Sums per field and level.
fn empty(weights: &Weights) -> Vec<Vec<f32>> {
    weights.fields().iter().map(|(_, levels)| vec![0.0; levels.len()]).collect()
}

fn with_strangers(start: &Weights, strangers: &[Comparison]) -> Weights {
    let mut sums = empty(start);
    for comparison in strangers {
        for (place, levels) in sums.iter_mut().enumerate() {
            if let Some(sum) = levels.get_mut(usize::from(comparison.levels[place])) {
                *sum += 1.0;
            }
        }
    }
    let fields = start.fields().iter().zip(&sums).map(|((field, levels), sums)| {
        let total: f32 = sums.iter().sum();
        let level = |(place, (old, sum)): (usize, (&LevelWeight, &f32))| {
            let by_frequency = u8::try_from(place).is_ok_and(|place| field.is_by_frequency(place));
            let counted = (sum + START_PAIRS * old.stranger) / (total + START_PAIRS);
            LevelWeight { stranger: if by_frequency { old.stranger } else { counted.max(1e-9) }, ..*old }
        };
        levels.iter().zip(sums).enumerate().map(level).collect()
    });
    start.with(format!("{}+trained", start.version()), start.repeats(), fields.collect())
}

fn round(weights: &Weights, start: &Weights, pairs: &[Comparison], looked_at: usize, records: usize) -> Weights {
    let scorer = Scorer::new(weights);
    let (mut same, mut relative) = (empty(weights), empty(weights));
    let mut matches = 0.0;
    for comparison in pairs {
        let [p_same, p_relative] = scorer.classes(comparison, records);
        matches += p_same;
        for place in 0..same.len() {
            let level = usize::from(comparison.levels[place]);
            if level < same[place].len() {
                same[place][level] += p_same;
                relative[place][level] += p_relative;
            }
        }
    }
    let fields = weights.fields().iter().enumerate().map(|(place, (field, levels))| {
        let (total_same, total_relative): (f32, f32) = (same[place].iter().sum(), relative[place].iter().sum());
        let at_start = &start.fields()[place].1;
        let mut fitted: Vec<LevelWeight> = levels
            .iter()
            .enumerate()
            .map(|(level, old)| {
                let fit = |sum: f32, start: f32, total: f32| (sum + START_PAIRS * start) / (total + START_PAIRS);
                LevelWeight {
                    same: fit(same[place][level], at_start[level].same, total_same),
                    relative: fit(relative[place][level], at_start[level].relative, total_relative),
                    stranger: old.stranger,
                }
            })
            .collect();
        if matches!(field, Field::Birth | Field::Document | Field::Personal) {
            // Two relatives never share a personal number, and a day of birth only as twins. What is known holds the two
            // kinds of pairs apart; fitted too, "relatives" may end as the records of one person.
            fitted.iter_mut().zip(at_start).for_each(|(level, start)| level.relative = start.relative);
        }
        if *field == Field::Given {
            keep_namesakes_few(&mut fitted);
        }
        keep_order(*field, &mut fitted);
        fitted
    });
    #[expect(clippy::cast_precision_loss, reason = "a mean needs no more than 24 bits")]
    let repeats = (matches / looked_at.max(1) as f32).clamp(0.001, 1000.0);
    weights.with(weights.version().to_owned(), repeats, fields.collect())
}

/// Of two relatives, few have one given name.
fn keep_namesakes_few(levels: &mut [LevelWeight]) {
    const NAMESAKES_MAX: f32 = 0.25;
    let share: f32 = levels[..2].iter().map(|level| level.relative).sum();
    if share > NAMESAKES_MAX {
        levels[..2].iter_mut().for_each(|level| level.relative *= NAMESAKES_MAX / share);
        if let Some(different) = levels.last_mut() {
            different.relative += share - NAMESAKES_MAX;
        }
    }
}

/// What agrees best never speaks against being one person: a person agrees with itself at least as often as with a relative.
fn keep_order(field: Field, levels: &mut [LevelWeight]) {
    let best = levels.len().min(if field == Field::Order { 1 } else { 2 });
    for level in &mut levels[..best] {
        level.relative = level.relative.min(level.same);
    }
}
