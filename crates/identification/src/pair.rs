// SPDX-License-Identifier: Apache-2.0
//! Two records side by side: the level of agreement of each field, and how frequent the value is.

use crate::{
    compare::{Matched, NameLevel, NameOrder, compare_names, compare_part},
    counts::{Counts, Kind},
    culture::Culture,
    field::Field,
    lexicon::{Found, Lexicon, TokenId, Words},
    number::{Code, CodeLevel},
    people::{People, Row, Slot, column_value, place_value},
    score::{FIELDS_MAX, Scorer},
    token::Closeness,
};

/// The level of a field that one of the records does not have.
pub(crate) const MISSING: u8 = u8::MAX;

/// Two records side by side: the level of each field, and how frequent the value is where that counts.
#[derive(Clone, Copy)]
pub(crate) struct Comparison {
    pub(crate) levels: [u8; FIELDS_MAX],
    /// log2 of the share of strangers with the value; 0 where it does not count.
    pub(crate) frequency: [f32; FIELDS_MAX],
    /// The culture that both have, or all.
    pub(crate) culture: Culture,
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

/// The most that the names, parents, place and columns of a record can weigh, in bits: how rare the rarest of each is.
#[derive(Clone, Copy)]
pub(crate) struct Ceilings {
    names: f32,
    rest: f32,
}

/// A level that does not go by frequency weighs no more than this.
const OTHER_LEVELS: f32 = 5.0;

impl Ceilings {
    /// Of the record in a slot.
    pub(crate) fn of(people: &People, slot: Slot) -> Self {
        let row = people.row(slot);
        let names = people.names(row);
        let shares = Shares { people, cultures: [row.culture(); 2] };
        let bits = |share: f32| (-share.log2()).max(OTHER_LEVELS);
        let of_word =
            |word: &TokenId, kind: Kind| bits(people.counts.share(kind, row.culture(), u64::from(word.number())));
        let rarest = |words: &[TokenId], kind: Kind| {
            words.iter().map(|word| of_word(word, kind)).max_by(f32::total_cmp).unwrap_or(0.0)
        };
        let view = &names.view;
        let (given, family) = (rarest(view.given, Kind::NameText), rarest(view.family, Kind::NameText));
        let native = rarest(view.native, Kind::NameText);
        let mut all = [given, family, native];
        all.sort_by(f32::total_cmp);
        // Both the given and the family name may meet in an unsplit field.
        let two = if family == 0.0 || native > 0.0 { 2.0 * all[2] } else { all[2] + all[1] };
        let place = row.place().map_or(0.0, |place| {
            bits(
                shares
                    .largest(|culture| people.counts.share(Kind::Place, culture, place_value(&people.lexicon, place))),
            )
        });
        let columns = (0..people.columns()).map(|column| (column, people.value(slot, column)));
        let columns: f32 = columns
            .filter(|(_, value)| *value != 0)
            .map(|(column, value)| bits(people.counts.share(Kind::Column, Culture::ALL, column_value(column, value))))
            .sum();
        let rest = rarest(names.father, Kind::FatherText) + rarest(names.mother, Kind::MotherText) + place + columns;
        Self { names: two, rest }
    }
}

/// Compares two records of the store, always the earlier with the later: where two ways of laying names together are equally
/// good, both sides choose the same.
pub(crate) fn compare(people: &People, found: &Found, scorer: &Scorer, left: Slot, right: Slot) -> Comparison {
    let (left, right) = (left.min(right), left.max(right));
    let mut comparison = facts(people, left, right);
    let pair = Pair::new(people, found, left, right);
    pair.names(&mut comparison);
    pair.rest(scorer, &mut comparison);
    comparison
}

/// Compares two records, unless it is seen on the way that they cannot weigh `least`: `ceilings` are those of one of them.
pub(crate) fn compare_above(
    people: &People,
    found: &Found,
    scorer: &Scorer,
    (left, right): (Slot, Slot),
    ceilings: &Ceilings,
    least: f32,
) -> Option<Comparison> {
    let mut comparison = facts(people, left, right);
    if scorer.sum(&comparison) + ceilings.names + ceilings.rest < least {
        return None;
    }
    let pair = Pair::new(people, found, left, right);
    pair.names(&mut comparison);
    if scorer.sum(&comparison) + ceilings.rest < least {
        return None;
    }
    pair.rest(scorer, &mut comparison);
    Some(comparison)
}

/// What can be compared without looking at words.
fn facts(people: &People, left: Slot, right: Slot) -> Comparison {
    let (left_row, right_row) = (people.row(left), people.row(right));
    let culture = if left_row.culture() == right_row.culture() { left_row.culture() } else { Culture::ALL };
    let mut comparison = Comparison { levels: [MISSING; FIELDS_MAX], frequency: [0.0; FIELDS_MAX], culture };
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
    if let (Some(left), Some(right)) = (left_row.birth(), right_row.birth()) {
        let level = left.compare(right) as u8;
        set(Field::Birth, level);
        if Field::Birth.is_by_frequency(level) {
            let share = |year: u16| people.counts.share(Kind::Year, Culture::ALL, u64::from(year));
            let larger = share(left.common_year()).max(share(right.common_year()));
            comparison.frequency[Field::Birth as usize] = larger.log2();
        }
    }
    comparison
}

/// Two records whose words are compared.
struct Pair<'a> {
    people: &'a People,
    words: Words<'a>,
    shares: Shares<'a>,
    slots: (Slot, Slot),
    rows: (&'a Row, &'a Row),
}

impl<'a> Pair<'a> {
    fn new(people: &'a People, found: &'a Found, left: Slot, right: Slot) -> Self {
        let rows = (people.row(left), people.row(right));
        Self {
            people,
            words: Words::new(&people.lexicon, found),
            shares: Shares { people, cultures: [rows.0.culture(), rows.1.culture()] },
            slots: (left, right),
            rows,
        }
    }

    fn set(
        &self,
        comparison: &mut Comparison,
        field: Field,
        level: u8,
        (name, words): (NameLevel, Matched),
        text: Kind,
    ) {
        comparison.levels[field as usize] = level;
        if level < MISSING && field.is_by_frequency(level) {
            comparison.frequency[field as usize] = self.shares.of_words(name, words, text);
        }
    }

    fn names(&self, comparison: &mut Comparison) {
        let (left, right) = (self.people.names(self.rows.0), self.people.names(self.rows.1));
        let found = compare_names(self.words, &left.view, &right.view);
        let is_woman = self.rows.0.sex == 2 || self.rows.1.sex == 2;
        let (given, family) = ((found.given, found.given_words), (found.family, found.family_words));
        self.set(comparison, Field::Given, name_level(found.given), given, Kind::NameText);
        self.set(comparison, Field::Family, family_level(found.family, is_woman), family, Kind::NameText);
        if found.given != NameLevel::Missing && found.family != NameLevel::Missing {
            comparison.levels[Field::Order as usize] = match found.order {
                NameOrder::Straight => 0,
                NameOrder::Exchanged => 1,
                NameOrder::Unsplit => 2,
            };
        }
    }

    /// Parents, place and columns.
    fn rest(&self, scorer: &Scorer, comparison: &mut Comparison) {
        let (left, right) = (self.people.names(self.rows.0), self.people.names(self.rows.1));
        let father = compare_part(self.words, left.father, right.father);
        self.set(comparison, Field::Father, name_level(father.0), father, Kind::FatherText);
        let mother = compare_part(self.words, left.mother, right.mother);
        self.set(comparison, Field::Mother, name_level(mother.0), mother, Kind::MotherText);
        if let (Some(left), Some(right)) = (self.rows.0.place(), self.rows.1.place()) {
            self.places(comparison, left, right);
        }
        if self.people.columns() > 0 {
            compare_columns(self.people, scorer, self.slots.0, self.slots.1, comparison);
        }
    }

    fn places(&self, comparison: &mut Comparison, left: TokenId, right: TokenId) {
        let level = match self.words.closeness(left, right) {
            Closeness::Equal | Closeness::SameSound | Closeness::Variant => 0,
            Closeness::Close => 1,
            _ => 2,
        };
        comparison.levels[Field::Place as usize] = level;
        if Field::Place.is_by_frequency(level) {
            let (counts, lexicon) = (&self.people.counts, &self.people.lexicon);
            let share =
                |place| self.shares.largest(|culture| counts.share(Kind::Place, culture, place_value(lexicon, place)));
            comparison.frequency[Field::Place as usize] = share(left).max(share(right)).log2();
        }
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

    fn of_words(&self, level: NameLevel, words: Option<(TokenId, TokenId)>, text: Kind) -> f32 {
        let Some((left, right)) = words else { return 0.0 };
        let (counts, lexicon): (&Counts, &Lexicon) = (&self.people.counts, &self.people.lexicon);
        if level == NameLevel::Equal {
            return self.largest(|culture| counts.share(text, culture, u64::from(left.number()))).log2();
        }
        let of_sound = |word: TokenId| {
            let key = lexicon.token(word).keys().first().copied().unwrap_or(0);
            self.largest(|culture| counts.share(text.sound(), culture, u64::from(key)))
        };
        // However rare a name is, some others are close to it.
        const CLOSE_NAMES: f32 = 2e-4;
        let others = if level == NameLevel::Close { CLOSE_NAMES } else { 0.0 };
        (of_sound(left).max(of_sound(right)) + others).log2()
    }
}
