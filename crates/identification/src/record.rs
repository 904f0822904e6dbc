// SPDX-License-Identifier: Apache-2.0
//! What is known of a person, read from whatever fields there are. Nothing here prints values.

use crate::{
    birth::Birth,
    number::{Code, Phone},
    place::Address,
    script,
    words::{NameField, NameWords},
};

/// Sex as papers have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
}

impl Sex {
    /// Reads a word or letter for a sex in the languages of the papers.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "M" | "m" => return Some(Self::Male),
            "F" | "f" => return Some(Self::Female),
            _ => {}
        }
        match script::folded_text(text).as_str() {
            "m" | "male" | "man" | "kişi" | "k" | "м" | "муж" | "мужской" | "ч" | "erkek" | "e" | "مرد" | "ذکر"
            | "1" => Some(Self::Male),
            "f" | "w" | "female" | "woman" | "qadın" | "q" | "ж" | "жен" | "женский" | "kadın" | "زن" | "انثی"
            | "أنثی" | "2" => Some(Self::Female),
            _ => None,
        }
    }
}

/// The value of a column that is known by its kind only.
#[derive(Clone, PartialEq, Default)]
pub enum Value {
    /// None.
    #[default]
    Missing,
    /// Folded text or code.
    Text(String),
}

/// What is known of a person.
#[derive(Clone, Default, PartialEq)]
pub struct Person {
    pub(crate) names: NameWords,
    pub(crate) mother: Vec<String>,
    pub(crate) native: Vec<String>,
    pub(crate) sex: Option<Sex>,
    pub(crate) birth: Option<Birth>,
    pub(crate) document: Option<Code>,
    pub(crate) personal: Option<Code>,
    pub(crate) phone: Option<Phone>,
    pub(crate) address: Option<Address>,
    pub(crate) place: Option<String>,
    pub(crate) nationality: Option<[u8; 3]>,
    pub(crate) household: Option<String>,
    pub(crate) columns: Vec<Value>,
}

impl Person {
    /// A person of whom nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in a name.
    pub fn name(&mut self, field: NameField, text: &str) {
        self.names.add(field, text);
    }

    /// Takes in the mother's name.
    pub fn mother(&mut self, text: &str) {
        let mut names = NameWords::default();
        names.add(NameField::Given, text);
        if self.mother.is_empty() {
            self.mother = names.given;
        }
    }

    /// Takes in the whole name in native script.
    pub fn native(&mut self, text: &str) {
        let mut names = NameWords::default();
        names.add(NameField::Whole, text);
        self.native.extend(names.given.into_iter().chain(names.family));
        if self.names.father.is_empty() {
            self.names.father = names.father;
        }
    }

    /// Takes in the sex.
    pub fn sex(&mut self, sex: Option<Sex>) {
        self.sex = self.sex.or(sex);
    }

    /// Takes in the date of birth.
    pub fn birth(&mut self, birth: Option<Birth>) {
        self.birth = self.birth.or(birth);
    }

    /// Takes in a document's number.
    pub fn document(&mut self, code: Option<Code>) {
        self.document = self.document.or(code);
    }

    /// Takes in the personal number.
    pub fn personal(&mut self, code: Option<Code>) {
        self.personal = self.personal.or(code);
    }

    /// Takes in a telephone number.
    pub fn phone(&mut self, phone: Option<Phone>) {
        self.phone = self.phone.or(phone);
    }

    /// Takes in the address.
    pub fn address(&mut self, address: Option<Address>) {
        self.address = self.address.or(address);
    }

    /// Takes in the place of birth.
    pub fn place(&mut self, text: &str) {
        let folded = script::folded_text(text).replace(' ', "");
        if self.place.is_none() && !folded.is_empty() {
            self.place = Some(folded);
        }
    }

    /// Takes in the nationality: three letters of ISO 3166-1, or whatever code the file has, cut to three.
    pub fn nationality(&mut self, text: &str) {
        let folded = script::folded_text(text).to_uppercase();
        let bytes = folded.as_bytes();
        if self.nationality.is_none() && bytes.len() >= 2 {
            self.nationality = Some([bytes[0], bytes[1], bytes.get(2).copied().unwrap_or(b' ')]);
        }
    }

    /// Takes in the household or family number.
    pub fn household(&mut self, text: &str) {
        let folded = script::folded_text(text);
        if self.household.is_none() && !folded.is_empty() {
            self.household = Some(folded);
        }
    }

    /// Takes in the next column that is known by its kind only.
    pub fn column(&mut self, text: &str) {
        let folded = script::folded_text(text);
        self.columns.push(if folded.is_empty() { Value::Missing } else { Value::Text(folded) });
    }
}
