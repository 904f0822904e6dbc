// SPDX-License-Identifier: Apache-2.0
//! The score of two records: how much more likely what they show is of one person than of two.
//!
//! Fellegi and Sunter's sum of log2 weights, with three kinds of pairs instead of two: the same person, two relatives, two
//! strangers. Relatives share a family name, a father, an address, a telephone; without them siblings and twins would be
//! taken for one person, and with them shared evidence counts once, however many fields repeat it. What the relatives take
//! away is a row of the explanation like any other, so the rows always sum to the score.

use crate::{
    compare::{NameLevel, NameOrder, compare_names, compare_part},
    counts::{Counts, Kind},
    culture::Culture,
    field::Field,
    lexicon::{Lexicon, TokenId},
    number::{Code, CodeLevel},
    people::{People, Row, Slot, column_value, place_value},
    token::Closeness,
    weights::Weights,
};

/// Columns known by kind only that are compared.
pub const COLUMNS_MAX: usize = 16;
const FIELDS_MAX: usize = Field::PERSONAL_FIELDS + COLUMNS_MAX;
/// The level of a field that one of the records does not have.
const MISSING: u8 = u8::MAX;

/// Two records side by side: the level of each field, and how frequent the value is where that counts.
#[derive(Clone, Copy)]
pub(crate) struct Comparison {
    pub(crate) levels: [u8; FIELDS_MAX],
    /// log2 of the share of strangers with the value; 0 where it does not count.
    pub(crate) frequency: [f32; FIELDS_MAX],
}

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
    repeats: f32,
    relatives: f32,
}

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
        Self { fields: fields.collect(), repeats: weights.repeats(), relatives: weights.relatives() }
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
            let level = comparison.levels[place];
            if level != MISSING {
                let bits = field.levels[usize::from(level)];
                same += bits[0];
                relative += bits[1];
                stranger += strangers(bits[2], comparison.frequency[place]);
            }
        }
        let weight = same - stranger + self.relatives_row(relative - stranger, records);
        Score { weight, probability: probability(weight + self.prior(records)) }
    }

    /// How likely a pair is one person, and how likely two relatives.
    pub(crate) fn classes(&self, comparison: &Comparison, records: usize) -> [f32; 2] {
        let (mut same, mut relative) = (self.prior(records), self.relatives_share(records).log2());
        for (place, field) in self.fields.iter().enumerate() {
            let level = comparison.levels[place];
            if level != MISSING {
                let bits = field.levels[usize::from(level)];
                let stranger = strangers(bits[2], comparison.frequency[place]);
                same += bits[0] - stranger;
                relative += bits[1] - stranger;
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
            let level = comparison.levels[place];
            if level == MISSING {
                continue;
            }
            let bits = field.levels[usize::from(level)];
            let stranger = strangers(bits[2], comparison.frequency[place]);
            relative_over_stranger += bits[1] - stranger;
            reasons.push(Reason {
                field: Some(field.field),
                column: place.checked_sub(Field::PERSONAL_FIELDS),
                level: field.field.levels()[usize::from(level)],
                weight: bits[0] - stranger,
            });
        }
        let weight = self.relatives_row(relative_over_stranger, records);
        reasons.push(Reason { field: None, column: None, level: "relatives", weight });
        reasons
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = Field> {
        self.fields.iter().map(|field| field.field)
    }
}

/// log2 of the probability among strangers: never above certainty.
fn strangers(factor: f32, frequency: f32) -> f32 {
    (factor + frequency).min(0.0)
}

/// From log2 of the odds.
pub(crate) fn probability(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds.clamp(-100.0, 100.0)).exp2())
}

const fn name_level(level: NameLevel) -> u8 {
    match level {
        NameLevel::Equal => 0,
        NameLevel::SameSound => 1,
        NameLevel::Close => 2,
        NameLevel::Near => 3,
        NameLevel::Part => 4,
        NameLevel::SameStem | NameLevel::Variant => 5,
        NameLevel::Initial => 6,
        NameLevel::Different => 7,
        NameLevel::Missing => MISSING,
    }
}

const fn family_level(level: NameLevel, is_woman: bool) -> u8 {
    match level {
        NameLevel::Equal => 0,
        NameLevel::SameSound => 1,
        NameLevel::Close => 2,
        NameLevel::Near => 3,
        NameLevel::Part => 4,
        NameLevel::SameStem => 5,
        NameLevel::Variant => 6,
        NameLevel::Initial => 7,
        NameLevel::Different if is_woman => 8,
        NameLevel::Different => 9,
        NameLevel::Missing => MISSING,
    }
}

const fn code_level(level: CodeLevel) -> u8 {
    level as u8
}

/// Compares two records of the store.
pub(crate) fn compare(people: &People, scorer: &Scorer, left: Slot, right: Slot) -> Comparison {
    let (left_row, right_row) = (people.row(left), people.row(right));
    let mut comparison = Comparison { levels: [MISSING; FIELDS_MAX], frequency: [0.0; FIELDS_MAX] };
    let shares = Shares { people, cultures: [left_row.culture(), right_row.culture()] };
    compare_name_fields(people, &shares, left_row, right_row, &mut comparison);
    let mut set = |field: Field, level: u8| comparison.levels[field as usize] = level;
    if let (Some(left), Some(right)) = (left_row.document(), right_row.document()) {
        set(Field::Document, code_level(left.compare(right)));
    }
    if let (Some(left), Some(right)) = (left_row.personal(), right_row.personal()) {
        set(Field::Personal, code_level(left.compare(right)));
    }
    if let (Some(left), Some(right)) = (left_row.phone(), right_row.phone()) {
        set(Field::Phone, code_level(left.compare(right)).saturating_sub(1));
    }
    if let (Some(left), Some(right)) = (left_row.address(), right_row.address()) {
        set(Field::Address, left.compare(right) as u8);
    }
    if let (Some(left), Some(right)) = (left_row.nationality(), right_row.nationality()) {
        set(Field::Nationality, u8::from(left != right));
    }
    if left_row.sex != 0 && right_row.sex != 0 {
        set(Field::Sex, u8::from(left_row.sex != right_row.sex));
    }
    if left_row.household != 0 && right_row.household != 0 {
        set(Field::Household, u8::from(left_row.household != right_row.household));
    }
    compare_birth_and_place(people, &shares, left_row, right_row, &mut comparison);
    if people.columns() > 0 {
        compare_columns(people, scorer, left, right, &mut comparison);
    }
    comparison
}

fn compare_name_fields(people: &People, shares: &Shares, left: &Row, right: &Row, comparison: &mut Comparison) {
    let (left_names, right_names) = (people.names(left), people.names(right));
    let found = compare_names(&people.lexicon, &left_names.view, &right_names.view);
    let is_woman = left.sex == 2 || right.sex == 2;
    let mut set = |field: Field, level: u8, frequency: f32| {
        comparison.levels[field as usize] = level;
        comparison.frequency[field as usize] =
            if level < MISSING && field.is_by_frequency(level) { frequency } else { 0.0 };
    };
    let words = |level, words, text, sound| shares.of_words(level, words, text, sound);
    set(
        Field::Given,
        name_level(found.given),
        words(found.given, found.given_words, Kind::GivenText, Kind::GivenSound),
    );
    set(
        Field::Family,
        family_level(found.family, is_woman),
        words(found.family, found.family_words, Kind::FamilyText, Kind::FamilySound),
    );
    if found.given != NameLevel::Missing && found.family != NameLevel::Missing {
        let order = match found.order {
            NameOrder::Straight => 0,
            NameOrder::Exchanged => 1,
            NameOrder::Unsplit => 2,
        };
        set(Field::Order, order, 0.0);
    }
    let (father, father_words) = compare_part(&people.lexicon, left_names.father, right_names.father);
    set(Field::Father, name_level(father), words(father, father_words, Kind::FatherText, Kind::FatherSound));
    let (mother, mother_words) = compare_part(&people.lexicon, left_names.mother, right_names.mother);
    set(Field::Mother, name_level(mother), words(mother, mother_words, Kind::MotherText, Kind::MotherSound));
}

fn compare_birth_and_place(people: &People, shares: &Shares, left: &Row, right: &Row, comparison: &mut Comparison) {
    let mut set = |field: Field, level: u8, frequency: f32| {
        comparison.levels[field as usize] = level;
        comparison.frequency[field as usize] = if field.is_by_frequency(level) { frequency } else { 0.0 };
    };
    if let (Some(left), Some(right)) = (left.birth(), right.birth()) {
        let share = |year: u16| people.counts.share(Kind::Year, Culture::ALL, u64::from(year));
        let frequency = share(left.common_year()).max(share(right.common_year())).log2();
        set(Field::Birth, left.compare(right) as u8, frequency);
    }
    if let (Some(left), Some(right)) = (left.place(), right.place()) {
        let level = match people.lexicon.closeness(left, right) {
            Closeness::Equal | Closeness::SameSound | Closeness::Variant => 0,
            Closeness::Close => 1,
            _ => 2,
        };
        let share = |place| {
            shares.largest(|culture| people.counts.share(Kind::Place, culture, place_value(&people.lexicon, place)))
        };
        set(Field::Place, level, share(left).max(share(right)).log2());
    }
}

fn compare_columns(people: &People, scorer: &Scorer, left: Slot, right: Slot, comparison: &mut Comparison) {
    for (column, field) in scorer.fields().skip(Field::PERSONAL_FIELDS).take(people.columns()).enumerate() {
        let (left, right) = (people.value(left, column), people.value(right, column));
        if left == 0 || right == 0 {
            continue;
        }
        let level = if left == right { 0 } else { text_level(field, people.text(left), people.text(right)) };
        let place = Field::PERSONAL_FIELDS + column;
        comparison.levels[place] = level;
        if field.is_by_frequency(level) {
            let share = people.counts.share(Kind::Column, Culture::ALL, column_value(column, left));
            comparison.frequency[place] = share.log2();
        }
    }
}

/// Two different texts of a column.
fn text_level(field: Field, left: &str, right: &str) -> u8 {
    match field {
        Field::Code => match (Code::parse(left), Code::parse(right)) {
            (Some(left), Some(right)) => match left.compare(right) {
                CodeLevel::Same => 0,
                CodeLevel::Scanned | CodeLevel::Slip => 1,
                CodeLevel::Different => 2,
            },
            _ => 2,
        },
        Field::Number => match (left.parse::<f64>(), right.parse::<f64>()) {
            (Ok(left), Ok(right)) if (left - right).abs() <= (0.02 * left.abs().max(right.abs())).max(1.0) => 1,
            _ => 2,
        },
        _ => match crate::slips::alike(left, right) {
            alike if alike >= 0.85 => 1,
            alike if alike >= 0.7 => 2,
            _ => 3,
        },
    }
}

/// How frequent values are, in the cultures of the two records: the larger share of the two, so that a wrong nationality
/// does not make a common name look rare.
struct Shares<'a> {
    people: &'a People,
    cultures: [Culture; 2],
}

impl Shares<'_> {
    fn largest(&self, share: impl Fn(Culture) -> f32) -> f32 {
        let [left, right] = self.cultures;
        if left == right { share(left) } else { share(left).max(share(right)) }
    }

    fn of_words(&self, level: NameLevel, words: Option<(TokenId, TokenId)>, text: Kind, sound: Kind) -> f32 {
        let Some((left, right)) = words else { return 0.0 };
        let (counts, lexicon): (&Counts, &Lexicon) = (&self.people.counts, &self.people.lexicon);
        if level == NameLevel::Equal {
            return self.largest(|culture| counts.share(text, culture, u64::from(left.number()))).log2();
        }
        let of_sound = |word: TokenId| {
            let key = lexicon.token(word).keys().first().copied().unwrap_or(0);
            self.largest(|culture| counts.share(sound, culture, u64::from(key)))
        };
        // However rare a name is, some others are close to it.
        const CLOSE_NAMES: f32 = 2e-4;
        let others = if level == NameLevel::Close { CLOSE_NAMES } else { 0.0 };
        (of_sound(left).max(of_sound(right)) + others).log2()
    }
}
