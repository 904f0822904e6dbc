// SPDX-License-Identifier: Apache-2.0
//! Fits the weights to a file without labels: how often fields disagree between records of one person is found by
//! expectation and maximisation, how often strangers agree is counted on random pairs.

use std::hash::Hash;

use crate::{
    culture::{CULTURES_MAX, Culture},
    field::{Field, NAME_FIELDS},
    hash,
    index::{Candidates, Index, SearchEffort, gather},
    lexicon::Found,
    pair::{Comparison, compare},
    people::Slot,
    score::Scorer,
    weights::{LevelWeight, Weights},
};

/// Random pairs that are counted.
const RANDOM_PAIRS: u64 = 100_000;
/// Random pairs that are counted within each culture, if it has enough records.
const CULTURE_PAIRS: u64 = 20_000;
const CULTURE_RECORDS_MIN: usize = 300;
/// Records whose candidates are looked at.
const RECORDS_MAX: usize = 20_000;
/// Candidates of one record that are looked at, those that share most first.
const CANDIDATES_MAX: usize = 12;
/// What a factor on the frequency of a year counts at the start, in pairs of strangers.
const START_STRANGERS: f32 = 5.0;
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
    let strangers = Strangers::count(index, &found, start, seed);
    let (candidates, looked_at) = candidate_pairs(index, &found);
    let mut weights = strangers.weights(start);
    for _ in 0..ROUNDS {
        weights = round(&weights, start, &strangers, &candidates, looked_at, index.len());
    }
    weights
}

/// Sums per field and level.
type Sums = Vec<Vec<f32>>;

/// How often strangers are found at each level: among all, and within each culture.
struct Strangers {
    all: Sums,
    within: Vec<Sums>,
}

impl Strangers {
    /// Counts random pairs. A few of them are of one person or of relatives after all, and count for as much as they are
    /// likely not to be.
    fn count<K: Copy + Eq + Hash + Ord>(index: &Index<K>, found: &Found, start: &Weights, seed: u64) -> Self {
        let scorer = Scorer::new(start);
        let mut strangers = Self { all: empty(start), within: vec![empty(start); CULTURES_MAX] };
        let draw = |among: &[Slot], number: u64| -> Option<Comparison> {
            let one = |number: u64| among[usize::try_from(hash::of(&[seed, number])).unwrap_or(0) % among.len()];
            let (left, right) = (one(2 * number), one(2 * number + 1));
            (left != right).then(|| compare(&index.people, found, index.scorer(), left, right))
        };
        let count = |comparison: &Comparison, sums: &mut Sums| {
            let [same, relative] = scorer.classes(comparison, index.len());
            for (place, levels) in sums.iter_mut().enumerate() {
                if let Some(sum) = levels.get_mut(usize::from(comparison.levels[place])) {
                    *sum += (1.0 - same - relative).max(0.0);
                }
            }
        };
        let live: Vec<Slot> = (0..index.slots()).filter(|slot| index.is_live(*slot)).collect();
        for number in 0..RANDOM_PAIRS {
            draw(&live, number).iter().for_each(|comparison| count(comparison, &mut strangers.all));
        }
        let mut cultures = vec![Vec::new(); CULTURES_MAX];
        for slot in live {
            cultures[usize::from(index.people.row(slot).culture().number())].push(slot);
        }
        for (culture, slots) in cultures.iter().enumerate().filter(|(_, slots)| slots.len() >= CULTURE_RECORDS_MIN) {
            for number in 0..CULTURE_PAIRS {
                let comparison = draw(slots, RANDOM_PAIRS + number);
                comparison.iter().for_each(|comparison| count(comparison, &mut strangers.within[culture]));
            }
        }
        strangers
    }

    /// The sums that count for a field. Names are counted within cultures, because the nationality is a field of its own: that
    /// two Afghans have Afghan names says nothing more.
    fn of_field(&self, field: Field, place: usize) -> Vec<&[f32]> {
        let sums: &[Sums] = if is_name(field) { &self.within } else { std::slice::from_ref(&self.all) };
        sums.iter().map(|sums| sums[place].as_slice()).collect()
    }

    /// The weights at the start with what was counted. Factors on frequencies stay.
    fn weights(&self, start: &Weights) -> Weights {
        let fields = start.fields().iter().enumerate().map(|(place, (field, levels))| {
            let counted = self.of_field(*field, place);
            let total: f32 = counted.iter().flat_map(|sums| sums.iter()).sum();
            let level = |(level, old): (usize, &LevelWeight)| {
                let sum: f32 = counted.iter().map(|sums| sums[level]).sum();
                let share = (sum + START_PAIRS * old.stranger) / (total + START_PAIRS);
                LevelWeight {
                    stranger: if by_frequency(*field, level) { old.stranger } else { share.max(1e-9) },
                    ..*old
                }
            };
            levels.iter().enumerate().map(level).collect()
        });
        start.with(format!("{}+trained", start.version()), start.repeats(), fields.collect())
    }

    /// The factor on the frequency of the value at one level of a field: so many strangers as were counted, if the values
    /// were as frequent as those of the pairs of one person in the same culture. Who writes Hijri years or 1 January for many
    /// is rare in one file and usual in another; the same agreement says accordingly more or less.
    fn factor(&self, field: Field, place: usize, level: usize, matched: &Matched, at_start: f32) -> f32 {
        let (mut counted, mut expected) = (0.0, 0.0);
        for (culture, sums) in self.of_field(field, place).into_iter().enumerate() {
            let mean = matched.mean_frequency(is_name(field).then_some(culture), place, level);
            if let Some(mean) = mean {
                counted += sums[level];
                expected += mean * sums.iter().sum::<f32>();
            }
        }
        ((counted + START_STRANGERS) / (expected + START_STRANGERS / at_start)).clamp(1e-9, 1e6)
    }

    /// How much more often than the weights say strangers of a culture are found at a level of their names: where few
    /// consonants make many names, as in Arabic ones, names sound alike more often.
    fn correction(&self, culture: usize, place: usize, level: usize, matched: &Matched, weight: &LevelWeight) -> f32 {
        let sums = &self.within[culture][place];
        let mean = if by_frequency(Field::ALL[place], level) {
            matched.mean_frequency(Some(culture), place, level)
        } else {
            Some(1.0)
        };
        let expected = mean.map_or(0.0, |mean| mean * weight.stranger * sums.iter().sum::<f32>());
        if expected > 0.0 { (sums[level] + START_STRANGERS) / (expected + START_STRANGERS) } else { 1.0 }
    }
}

fn by_frequency(field: Field, level: usize) -> bool {
    u8::try_from(level).is_ok_and(|level| field.is_by_frequency(level))
}

/// Pairs that are likely of one person, by culture, with the frequencies of what they agree in.
struct Matched {
    sums: Vec<Sums>,
    frequencies: Vec<Sums>,
}

impl Matched {
    fn new(weights: &Weights) -> Self {
        let sums = vec![empty(weights); CULTURES_MAX];
        Self { frequencies: sums.clone(), sums }
    }

    fn all(&self, place: usize, level: usize) -> f32 {
        self.sums.iter().map(|sums| sums[place][level]).sum()
    }

    /// Within one culture, or among all.
    fn mean_frequency(&self, culture: Option<usize>, place: usize, level: usize) -> Option<f32> {
        let cultures = culture.map_or(0..CULTURES_MAX, |culture| culture..culture + 1);
        let sum = |of: &[Sums]| of[cultures.clone()].iter().map(|sums| sums[place][level]).sum::<f32>();
        let pairs = sum(&self.sums);
        (pairs > 0.0).then(|| sum(&self.frequencies) / pairs)
    }
}

fn is_name(field: Field) -> bool {
    NAME_FIELDS.contains(&field)
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
            pairs.push(compare(&index.people, found, index.scorer(), slot, other));
        }
    }
    (pairs, looked_at)
}

fn empty(weights: &Weights) -> Sums {
    weights.fields().iter().map(|(_, levels)| vec![0.0; levels.len()]).collect()
}

fn round(
    weights: &Weights,
    start: &Weights,
    strangers: &Strangers,
    pairs: &[Comparison],
    looked_at: usize,
    records: usize,
) -> Weights {
    let scorer = Scorer::new(weights);
    let (mut matched, mut relative) = (Matched::new(weights), empty(weights));
    let mut matches = 0.0;
    for comparison in pairs {
        let [p_same, p_relative] = scorer.classes(comparison, records);
        matches += p_same;
        let culture = usize::from(comparison.culture.number());
        for (place, relative) in relative.iter_mut().enumerate() {
            let level = usize::from(comparison.levels[place]);
            if level < relative.len() {
                matched.sums[culture][place][level] += p_same;
                matched.frequencies[culture][place][level] += p_same * comparison.frequency[place].exp2();
                relative[level] += p_relative;
            }
        }
    }
    let fields = weights.fields().iter().enumerate().map(|(place, (field, levels))| {
        let same: Vec<f32> = (0..levels.len()).map(|level| matched.all(place, level)).collect();
        let (total_same, total_relative): (f32, f32) = (same.iter().sum(), relative[place].iter().sum());
        let at_start = &start.fields()[place].1;
        let mut fitted: Vec<LevelWeight> = levels
            .iter()
            .enumerate()
            .map(|(level, old)| {
                let fit = |sum: f32, start: f32, total: f32| (sum + START_PAIRS * start) / (total + START_PAIRS);
                LevelWeight {
                    same: fit(same[level], at_start[level].same, total_same),
                    relative: fit(relative[place][level], at_start[level].relative, total_relative),
                    stranger: old.stranger,
                }
            })
            .collect();
        if matches!(field, Field::Given | Field::Birth | Field::Document | Field::Personal) {
            // Two relatives never share a personal number, a given name seldom, and a day of birth only as twins. What is
            // known holds the two kinds of pairs apart; fitted too, "relatives" may end as the records of one person.
            fitted.iter_mut().zip(at_start).for_each(|(level, start)| level.relative = start.relative);
        }
        if *field == Field::Birth || is_name(*field) {
            for (level, fitted) in fitted.iter_mut().enumerate() {
                if by_frequency(*field, level) {
                    fitted.stranger = strangers.factor(*field, place, level, &matched, at_start[level].stranger);
                }
            }
        }
        // A household number that is given anew at each visit is shared by relatives and not by the records of one person:
        // there it says who is another person of the family.
        if *field != Field::Household {
            keep_order(*field, &mut fitted);
        }
        fitted
    });
    #[expect(clippy::cast_precision_loss, reason = "a mean needs no more than 24 bits")]
    let repeats = (matches / looked_at.max(1) as f32).clamp(0.001, 1000.0);
    let mut fitted = weights.with(weights.version().to_owned(), repeats, fields.collect());
    let corrections = (1..CULTURES_MAX).filter(|culture| strangers.within[*culture][0].iter().any(|sum| *sum > 0.0));
    let corrections = corrections.map(|culture| {
        let of_field = |(place, (_, levels)): (usize, &(Field, Vec<LevelWeight>))| {
            let level = |(level, weight)| strangers.correction(culture, place, level, &matched, weight);
            levels.iter().enumerate().map(level).collect()
        };
        let names = fitted.fields().iter().enumerate().take(NAME_FIELDS.len());
        (Culture::of_number(u8::try_from(culture).unwrap_or(0)), names.map(of_field).collect())
    });
    let corrections = corrections.collect();
    fitted.set_corrections(corrections);
    fitted
}

/// What agrees best never speaks against being one person: a person agrees with itself at least as often as with a relative.
fn keep_order(field: Field, levels: &mut [LevelWeight]) {
    // The last level is disagreement.
    let best = (levels.len() - 1).min(if field == Field::Order { 1 } else { 2 });
    for level in &mut levels[..best] {
        level.relative = level.relative.min(level.same);
    }
}
