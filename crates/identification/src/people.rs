// SPDX-License-Identifier: Apache-2.0
//! The records of persons, packed: numbers of words instead of words, about a hundred bytes each.

use std::collections::HashMap;

use crate::{
    birth::Birth,
    compare::NameView,
    counts::{Change, Counts, Kind},
    culture::Culture,
    hash::{self, FoldHasher},
    key::Key,
    lexicon::{Lexicon, TokenId},
    number::{Code, Phone},
    place::Address,
    record::{Person, Sex, Value},
    script::Script,
};

/// Words kept of each part of a name.
const PART_WORDS_MAX: usize = 6;
/// Parts of a name in a row, in their order.
const PARTS: usize = 5;
const NONE: u32 = u32::MAX;

/// A place in the store.
pub(crate) type Slot = u32;

/// A packed record.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    names_at: u32,
    pub(crate) birth: u32,
    pub(crate) document: u64,
    pub(crate) personal: u64,
    pub(crate) address: u64,
    pub(crate) phone: u32,
    place: u32,
    pub(crate) household: u32,
    lens: [u8; 3],
    pub(crate) sex: u8,
    nationality: [u8; 3],
    culture: u8,
}

/// The parts of a name in a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Given,
    Family,
    Native,
    Father,
    Mother,
}

const LISTED: [Part; PARTS] = [Part::Given, Part::Family, Part::Native, Part::Father, Part::Mother];

impl Row {
    fn len_of(&self, part: Part) -> usize {
        let at = part as usize;
        usize::from((self.lens[at / 2] >> (4 * (at % 2))) & 15)
    }

    fn set_len(&mut self, part: Part, len: usize) {
        let at = part as usize;
        self.lens[at / 2] |= u8::try_from(len).unwrap_or(0) << (4 * (at % 2));
    }

    pub(crate) const fn culture(&self) -> Culture {
        Culture::of_number(self.culture)
    }

    pub(crate) const fn birth(&self) -> Option<Birth> {
        Birth::of_packed(self.birth)
    }

    pub(crate) const fn document(&self) -> Option<Code> {
        Code::of_packed(self.document)
    }

    pub(crate) const fn personal(&self) -> Option<Code> {
        Code::of_packed(self.personal)
    }

    pub(crate) const fn phone(&self) -> Option<Phone> {
        Phone::of_packed(self.phone)
    }

    pub(crate) const fn address(&self) -> Option<Address> {
        Address::of_packed(self.address)
    }

    pub(crate) const fn place(&self) -> Option<TokenId> {
        if self.place == NONE { None } else { Some(TokenId::of_number(self.place)) }
    }

    pub(crate) fn nationality(&self) -> Option<[u8; 3]> {
        (self.nationality[0] != 0).then_some(self.nationality)
    }
}

/// All records.
#[derive(Default)]
pub(crate) struct People {
    pub(crate) lexicon: Lexicon,
    rows: Vec<Row>,
    words: Vec<TokenId>,
    /// Values of the columns known by kind only, `columns` for each row.
    values: Vec<u32>,
    columns: usize,
    texts: Texts,
    pub(crate) counts: Counts,
}

/// Texts of columns, each once; number 0 is "missing".
#[derive(Default)]
struct Texts {
    numbers: HashMap<Box<str>, u32, FoldHasher>,
    texts: Vec<Box<str>>,
}

impl Texts {
    fn number(&mut self, value: &Value) -> u32 {
        let Value::Text(text) = value else { return 0 };
        if let Some(number) = self.numbers.get(text.as_str()) {
            return *number;
        }
        self.texts.push(text.as_str().into());
        let number = u32::try_from(self.texts.len()).expect("fewer texts than numbers");
        self.numbers.insert(text.as_str().into(), number);
        number
    }
}

/// A record's words, by part.
#[derive(Clone, Copy, Default)]
pub(crate) struct Names<'a> {
    pub(crate) view: NameView<'a>,
    pub(crate) father: &'a [TokenId],
    pub(crate) mother: &'a [TokenId],
}

impl People {
    /// A store for records with so many columns known by kind only.
    pub(crate) fn with_columns(columns: usize) -> Self {
        Self { columns, ..Self::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) const fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn row(&self, slot: Slot) -> &Row {
        &self.rows[slot as usize]
    }

    pub(crate) fn names(&self, row: &Row) -> Names<'_> {
        names_in(&self.words, row)
    }

    /// The number of a column's text; 0 is missing.
    pub(crate) fn value(&self, slot: Slot, column: usize) -> u32 {
        self.values[slot as usize * self.columns + column]
    }

    pub(crate) fn text(&self, number: u32) -> &str {
        &self.texts.texts[number as usize - 1]
    }

    /// Takes in a record, without counting it.
    pub(crate) fn push(&mut self, person: &Person) -> Slot {
        let slot = Slot::try_from(self.rows.len()).expect("fewer records than numbers");
        let row = self.pack(person);
        self.rows.push(row);
        for column in 0..self.columns {
            let number = person.columns.get(column).map_or(0, |value| self.texts.number(value));
            self.values.push(number);
        }
        slot
    }

    /// Forgets the record at the end, which was only a question.
    pub(crate) fn pop(&mut self) {
        if let Some(row) = self.rows.pop() {
            self.words.truncate(row.names_at as usize);
            self.values.truncate(self.rows.len() * self.columns);
        }
    }

    fn pack(&mut self, person: &Person) -> Row {
        let native_script = person.native.first().map(|word| Script::of_word(word));
        let nationality = person.nationality.unwrap_or_default();
        let nationality_text = std::str::from_utf8(&nationality).ok().filter(|text| !text.starts_with('\0'));
        let mut row = Row {
            names_at: u32::try_from(self.words.len()).expect("fewer words than numbers"),
            birth: person.birth.map_or(0, Birth::packed),
            document: person.document.map_or(0, Code::packed),
            personal: person.personal.map_or(0, Code::packed),
            address: person.address.map_or(0, Address::packed),
            phone: person.phone.map_or(0, Phone::packed),
            place: person.place.as_ref().map_or(NONE, |place| self.lexicon.place(place).number()),
            household: person.household.as_ref().map_or(0, |text| short(hash::of_text(text))),
            lens: [0; 3],
            sex: person.sex.map_or(0, |sex| if sex == Sex::Male { 1 } else { 2 }),
            nationality,
            culture: Culture::of(nationality_text, native_script).number(),
        };
        let parts = [&person.names.given, &person.names.family, &person.native, &person.names.father, &person.mother];
        for (part, words) in LISTED.into_iter().zip(parts) {
            let kept = &words[..words.len().min(PART_WORDS_MAX)];
            row.set_len(part, kept.len());
            for word in kept {
                let number = self.lexicon.number(word);
                self.words.push(number);
            }
        }
        row
    }

    /// Counts a record in or out.
    pub(crate) fn count(&mut self, slot: Slot, change: Change) {
        let row = *self.row(slot);
        let culture = row.culture();
        let names = names_in(&self.words, &row);
        let (counts, lexicon) = (&mut self.counts, &self.lexicon);
        let view = &names.view;
        let parts = [
            ([view.given, view.family, view.native], Kind::NameText),
            ([names.father, &[], &[]], Kind::FatherText),
            ([names.mother, &[], &[]], Kind::MotherText),
        ];
        let mut sounds: Vec<Key> = Vec::new();
        for (words, text) in parts {
            sounds.clear();
            for word in words.into_iter().flatten() {
                counts.count(text, culture, u64::from(word.number()), change);
                // The same name in two scripts is one name.
                if let Some(key) = lexicon.token(*word).keys().first().filter(|key| !sounds.contains(key)) {
                    sounds.push(*key);
                    counts.count(text.sound(), culture, u64::from(*key), change);
                }
            }
            if !sounds.is_empty() {
                counts.count_record(text, culture, change);
            }
        }
        if let Some(birth) = row.birth() {
            counts.count(Kind::Year, Culture::ALL, u64::from(birth.common_year()), change);
            counts.count_record(Kind::Year, Culture::ALL, change);
        }
        if let Some(place) = row.place() {
            counts.count(Kind::Place, culture, place_value(lexicon, place), change);
            counts.count_record(Kind::Place, culture, change);
        }
        for column in 0..self.columns {
            let value = self.values[slot as usize * self.columns + column];
            if value != 0 {
                counts.count(Kind::Column, Culture::ALL, column_value(column, value), change);
            }
        }
        if self.columns > 0 {
            counts.count_record(Kind::Column, Culture::ALL, change);
        }
    }

    /// Bytes held for the records, without the lexicon's words.
    pub(crate) fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row>() + self.words.capacity() * 4 + self.values.capacity() * 4
    }
}

fn names_in<'a>(words: &'a [TokenId], row: &Row) -> Names<'a> {
    let mut at = row.names_at as usize;
    let mut next = |part| {
        let len = row.len_of(part);
        let words = &words[at..at + len];
        at += len;
        words
    };
    let [given, family, native, father, mother] = LISTED.map(&mut next);
    Names { view: NameView { given, family, native }, father, mother }
}

/// What a place is counted by: its gazetteer entry, or its sound.
pub(crate) fn place_value(lexicon: &Lexicon, place: TokenId) -> u64 {
    let token = lexicon.token(place);
    let sound = || u64::from(token.keys().first().copied().unwrap_or(0));
    token.groups().first().map_or_else(sound, |group| u64::from(*group) << 40)
}

/// What a column's value is counted by.
pub(crate) const fn column_value(column: usize, value: u32) -> u64 {
    (column as u64) << 32 | value as u64
}

/// The half of a hash, never 0.
pub(crate) const fn short(hash: u64) -> u32 {
    let half = (hash >> 32) as u32;
    if half == 0 { 1 } else { half }
}
