// SPDX-License-Identifier: Apache-2.0
//! The score of two records: how much more likely what they show is of one person than of two.
//!
//! Fellegi and Sunter's sum of log2 weights, with three kinds of pairs instead of two: the same person, two relatives, two
//! strangers. Relatives share a family name, a father, an address, a telephone; without them siblings and twins would be
//! taken for one person, and with them shared evidence counts once, however many fields repeat it. What the relatives take
//! away is a row of the explanation like any other, so the rows always sum to the score.

use crate::{
    culture::CULTURES_MAX,
    field::{Field, NAME_FIELDS},
    pair::Comparison,
    weights::Weights,
};

/// Columns known by kind only that are compared.
pub const COLUMNS_MAX: usize = 16;
pub(crate) const FIELDS_MAX: usize = Field::PERSONAL_FIELDS + COLUMNS_MAX;
/// One row of an explanation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// Which field; `None` is what relatives would share too.
    pub field: Option<Field>,
    /// Which column of the file, for fields known by kind only.
    pub column: Option<usize>,
    /// Which level, as in the weights; "relatives" where there is no field.
    pub level: &'static str,
    /// Bits for (positive) or against.
    pub weight: f32,
}

struct FieldBits {
    field: Field,
    /// log2 of the three probabilities, per level.
    levels: Vec<[f32; 3]>,
}

/// Weighs comparisons by a set of weights, for a registry of some size.
pub struct Scorer {
    fields: Vec<FieldBits>,
    /// log2 of the corrections for the names of each culture, per field of names and level.
    corrections: [[[f32; NAME_LEVELS_MAX]; NAME_FIELDS.len()]; CULTURES_MAX],
    repeats: f32,
    relatives: f32,
}

/// Levels that a field of names may have.
const NAME_LEVELS_MAX: usize = 10;

/// What a pair weighs, and how likely it is one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Sum of the reasons, in bits.
    pub weight: f32,
    /// From 0 to 1.
    pub probability: f32,
}

impl Scorer {
    /// A scorer by these weights.
    #[must_use]
    pub fn new(weights: &Weights) -> Self {
        let bits = |value: f32| value.log2();
        let fields = weights.fields().iter().take(FIELDS_MAX).map(|(field, levels)| FieldBits {
            field: *field,
            levels: levels.iter().map(|level| [bits(level.same), bits(level.relative), bits(level.stranger)]).collect(),
        });
        let mut corrections = [[[0.0; NAME_LEVELS_MAX]; NAME_FIELDS.len()]; CULTURES_MAX];
        for (culture, factors) in weights.corrections() {
            for (field, factors) in corrections[usize::from(culture.number())].iter_mut().zip(factors) {
                field.iter_mut().zip(factors).for_each(|(bits, factor)| *bits = factor.log2());
            }
        }
        Self { fields: fields.collect(), corrections, repeats: weights.repeats(), relatives: weights.relatives() }
    }

    /// log2 of the three probabilities of what a field shows; nothing where it was not compared.
    fn bits(&self, comparison: &Comparison, place: usize, field: &FieldBits) -> Option<[f32; 3]> {
        let level = usize::from(comparison.levels[place]);
        let [same, relative, stranger] = *field.levels.get(level)?;
        let of_culture = &self.corrections[usize::from(comparison.culture.number())];
        let correction = of_culture.get(place).map_or(0.0, |levels| levels[level]);
        // Never above certainty.
        let stranger = (stranger + comparison.frequency[place] + correction).min(0.0);
        Some([same, relatives(field.field, relative, stranger), stranger])
    }

    /// log2 of the odds that two records taken blindly out of so many are of one person.
    #[must_use]
    pub(crate) fn prior(&self, records: usize) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 24 bits")]
        let records = records.max(2) as f32;
        (self.repeats / records).log2()
    }

    /// The share of relatives among all pairs.
    fn relatives_share(&self, records: usize) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 24 bits")]
        let records = records.max(2) as f32;
        (self.relatives / records).min(0.5)
    }

    /// The weight of a comparison and its probability, among so many records.
    #[must_use]
    pub(crate) fn score(&self, comparison: &Comparison, records: usize) -> Score {
        let (mut same, mut relative, mut stranger) = (0.0, 0.0, 0.0);
        for (place, field) in self.fields.iter().enumerate() {
            if let Some(bits) = self.bits(comparison, place, field) {
                same += bits[0];
                relative += bits[1];
                stranger += bits[2];
            }
        }
        let weight = same - stranger + self.relatives_row(relative - stranger, records);
        Score { weight, probability: probability(weight + self.prior(records)) }
    }

    /// The sum of the fields that were compared, without what relatives take away: never less than the score.
    pub(crate) fn sum(&self, comparison: &Comparison) -> f32 {
        let mut sum = 0.0;
        for (place, field) in self.fields.iter().enumerate() {
            if let Some([same, _, stranger]) = self.bits(comparison, place, field) {
                sum += same - stranger;
            }
        }
        sum
    }

    /// How likely a pair is one person, and how likely two relatives.
    pub(crate) fn classes(&self, comparison: &Comparison, records: usize) -> [f32; 2] {
        let (mut same, mut relative) = (self.prior(records), self.relatives_share(records).log2());
        for (place, field) in self.fields.iter().enumerate() {
            if let Some(bits) = self.bits(comparison, place, field) {
                same += bits[0] - bits[2];
                relative += bits[1] - bits[2];
            }
        }
        let (same, relative) = (same.clamp(-80.0, 80.0).exp2(), relative.clamp(-80.0, 80.0).exp2());
        let all = same + relative + 1.0;
        [same / all, relative / all]
    }

    /// What is taken away because relatives show the same.
    fn relatives_row(&self, relative_over_stranger: f32, records: usize) -> f32 {
        let share = self.relatives_share(records);
        let odds = share * relative_over_stranger.clamp(-60.0, 60.0).exp2();
        -(1.0 - share + odds).log2()
    }

    /// The rows of the explanation; they sum to the weight.
    #[must_use]
    pub(crate) fn explain(&self, comparison: &Comparison, records: usize) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let mut relative_over_stranger = 0.0;
        for (place, field) in self.fields.iter().enumerate() {
            let Some([same, relative, stranger]) = self.bits(comparison, place, field) else { continue };
            relative_over_stranger += relative - stranger;
            reasons.push(Reason {
                field: Some(field.field),
                column: place.checked_sub(Field::PERSONAL_FIELDS),
                level: field.field.levels()[usize::from(comparison.levels[place])],
                weight: same - stranger,
            });
        }
        let weight = self.relatives_row(relative_over_stranger, records);
        reasons.push(Reason { field: None, column: None, level: "relatives", weight });
        reasons
    }

    /// What a level of a person's field weighs where frequency does not count.
    pub(crate) fn level_weight(&self, field: Field, level: u8) -> f32 {
        let bits = self.fields[field as usize].levels[usize::from(level)];
        bits[0] - bits[2]
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = Field> {
        self.fields.iter().map(|field| field.field)
    }
}

/// log2 of the probability among relatives. A given name they share because one is named for the other, which the weights
/// know, or by chance like strangers, if they are not brothers or sisters.
fn relatives(field: Field, bits: f32, stranger: f32) -> f32 {
    /// log2 of the share of relatives that are not brothers or sisters.
    const NOT_SIBLINGS: f32 = -1.0;
    if field != Field::Given {
        return bits;
    }
    let chance = stranger + NOT_SIBLINGS;
    let (low, high) = (bits.min(chance), bits.max(chance));
    high + (1.0 + (low - high).exp2()).log2()
}

/// log2 of the odds of a probability.
pub(crate) fn odds_of(probability: f32) -> f32 {
    let probability = probability.clamp(1e-6, 1.0 - 1e-6);
    (probability / (1.0 - probability)).log2()
}

/// From log2 of the odds.
pub(crate) fn probability(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds.clamp(-100.0, 100.0)).exp2())
}
