// SPDX-License-Identifier: Apache-2.0
//! What each column of a table is.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt::Write as _,
};

use serde::Deserialize;

use crate::{
    birth::Birth,
    field::Field,
    number::{Code, Phone},
    place::Address,
    record::{Person, Sex},
    script,
    table::rows,
    words::NameField,
};

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Names the record.
    Id,
    /// Whole name.
    Full,
    /// Given names.
    Given,
    /// Family name.
    Family,
    /// Father's name or patronymic.
    Father,
    /// Mother's name.
    Mother,
    /// Whole name in native script.
    Native,
    /// Sex.
    Sex,
    /// Date of birth.
    Birth,
    /// Year of birth.
    Year,
    /// Number of a document.
    Document,
    /// Personal number.
    Personal,
    /// Telephone.
    Phone,
    /// Address.
    Address,
    /// Place of birth.
    Place,
    /// Postcode.
    Postcode,
    /// Nationality.
    Nationality,
    /// Relation to the head of the family; not weighed.
    Relation,
    /// Household.
    Household,
    /// Any text.
    Text,
    /// Any code.
    Code,
    /// Any number.
    Number,
    /// Not looked at.
    Ignore,
}

impl Role {
    const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Full => "full",
            Self::Given => "given",
            Self::Family => "family",
            Self::Father => "father",
            Self::Mother => "mother",
            Self::Native => "native",
            Self::Sex => "sex",
            Self::Birth => "birth",
            Self::Year => "year",
            Self::Document => "document",
            Self::Personal => "personal",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Place => "place",
            Self::Postcode => "postcode",
            Self::Nationality => "nationality",
            Self::Relation => "relation",
            Self::Household => "household",
            Self::Text => "text",
            Self::Code => "code",
            Self::Number => "number",
            Self::Ignore => "ignore",
        }
    }

    /// The kind of column, for those known by kind only.
    const fn column(self) -> Option<Field> {
        match self {
            Self::Text => Some(Field::Text),
            Self::Code | Self::Postcode => Some(Field::Code),
            Self::Number => Some(Field::Number),
            _ => None,
        }
    }
}

/// Why a map cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MapError {
    /// Not TOML or not of this shape.
    #[error("the map cannot be read")]
    Shape(#[from] toml::de::Error),
    /// A column of the map is not in the table.
    #[error("the table has no column {0:?}")]
    NoColumn(String),
    /// No column says who a record is.
    #[error("no column has a role that tells persons apart; write a map")]
    NoEvidence,
    /// More columns of kind text, code or number than are compared.
    #[error("{0} columns are text, code or number; at most {max} are compared", max = crate::score::COLUMNS_MAX)]
    TooManyColumns(usize),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    columns: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Plain(Role),
    Detailed {
        role: Role,
        /// Said for the reader; names are read in every language at once.
        #[serde(default, rename = "language")]
        _language: Option<String>,
    },
}

/// The role of each column of a table, in the table's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    roles: Vec<Role>,
}

/// Rows from which a map is proposed.
pub(crate) const SAMPLE_ROWS: usize = 500;

impl Map {
    /// Reads a map for a table with these headers. Columns that it does not name are ignored.
    ///
    /// # Errors
    /// When it is not a map, or does not fit the table.
    pub fn parse(text: &str, headers: &[String]) -> Result<Self, MapError> {
        let file: File = toml::from_str(text)?;
        let mut roles = vec![Role::Ignore; headers.len()];
        for (header, entry) in file.columns {
            let place = headers.iter().position(|other| *other == header).ok_or(MapError::NoColumn(header))?;
            roles[place] = match entry {
                Entry::Plain(role) | Entry::Detailed { role, .. } => role,
            };
        }
        Self { roles }.checked()
    }

    fn checked(self) -> Result<Self, MapError> {
        let columns = self.columns().len();
        if columns > crate::score::COLUMNS_MAX {
            return Err(MapError::TooManyColumns(columns));
        }
        let is_evidence = |role: &Role| !matches!(role, Role::Id | Role::Ignore | Role::Relation);
        if self.roles.iter().any(is_evidence) { Ok(self) } else { Err(MapError::NoEvidence) }
    }

    /// Proposes a map from the headers and the first rows.
    ///
    /// # Errors
    /// When no column tells persons apart.
    pub fn propose(headers: &[String], sample: &[Vec<String>]) -> Result<Self, MapError> {
        let known = known_headers();
        let mut roles: Vec<Role> = headers
            .iter()
            .enumerate()
            .map(|(place, header)| {
                let values = || sample.iter().filter_map(|row| row.get(place)).filter(|value| !value.is_empty());
                by_header(&known, header).map_or_else(|| by_values(values), |role| confirmed(role, values))
            })
            .collect();
        settle(&mut roles, headers, sample);
        Self { roles }.checked()
    }

    /// The map as a file.
    #[must_use]
    pub fn to_toml(&self, headers: &[String]) -> String {
        let mut text = String::from("[columns]\n");
        for (header, role) in headers.iter().zip(&self.roles) {
            let _ = writeln!(text, "{header:?} = \"{}\"", role.name());
        }
        text
    }

    /// The kinds of the columns that are known by their kind only.
    #[must_use]
    pub fn columns(&self) -> Vec<Field> {
        self.roles.iter().filter_map(|role| role.column()).collect()
    }

    /// The header of such a column.
    #[must_use]
    pub fn column_header<'a>(&self, headers: &'a [String], column: usize) -> Option<&'a str> {
        let mut columns = headers.iter().zip(&self.roles).filter(|(_, role)| role.column().is_some());
        columns.nth(column).map(|(header, _)| header.as_str())
    }

    /// The identifier and the person of a row.
    #[must_use]
    pub fn person<'a>(&self, row: &[&'a str]) -> (Option<&'a str>, Person) {
        let mut person = Person::new();
        let mut id = None;
        for (value, role) in row.iter().zip(&self.roles) {
            if role.column().is_some() {
                person.column(value);
            }
            if value.is_empty() {
                continue;
            }
            match role {
                Role::Id => id = id.or(Some(*value)),
                Role::Full => person.name(NameField::Whole, value),
                Role::Given => person.name(NameField::Given, value),
                Role::Family => person.name(NameField::Family, value),
                Role::Father => person.name(NameField::Father, value),
                Role::Mother => person.mother(value),
                Role::Native => person.native(value),
                Role::Sex => person.sex(Sex::parse(value)),
                Role::Birth | Role::Year => person.birth(Birth::parse(value)),
                Role::Document => person.document(Code::parse(value)),
                Role::Personal => person.personal(Code::parse(value)),
                Role::Phone => person.phone(Phone::parse(value)),
                Role::Address => person.address(Address::parse(value)),
                Role::Place => person.place(value),
                Role::Nationality => person.nationality(value),
                Role::Household => person.household(value),
                Role::Postcode | Role::Text | Role::Code | Role::Number | Role::Relation | Role::Ignore => {}
            }
        }
        (id, person)
    }
}

fn known_headers() -> HashMap<&'static str, Role> {
    let mut known = HashMap::new();
    for row in rows(include_str!("../../data/headers.tsv")) {
        let role = ROLES.into_iter().find(|role| role.name() == row[0]).unwrap_or(Role::Ignore);
        known.extend(row[1..].iter().map(|header| (*header, role)));
    }
    known
}

const ROLES: [Role; 23] = [
    Role::Id,
    Role::Full,
    Role::Given,
    Role::Family,
    Role::Father,
    Role::Mother,
    Role::Native,
    Role::Sex,
    Role::Birth,
    Role::Year,
    Role::Document,
    Role::Personal,
    Role::Phone,
    Role::Address,
    Role::Place,
    Role::Postcode,
    Role::Nationality,
    Role::Relation,
    Role::Household,
    Role::Text,
    Role::Code,
    Role::Number,
    Role::Ignore,
];

/// Headers are compared folded, with underscores between words; endings of a side (_l, _1) are not part of them.
fn by_header(known: &HashMap<&'static str, Role>, header: &str) -> Option<Role> {
    let parted: String =
        header.chars().map(|letter| if letter == '_' || letter == '.' { ' ' } else { letter }).collect();
    let folded = script::folded_text(&parted).replace(' ', "_");
    let tries = [folded.as_str(), folded.trim_end_matches("_l"), folded.trim_end_matches("_r")];
    tries.iter().find_map(|header| known.get(header).copied())
}

/// Whether at least nine of ten values are so.
fn mostly<'a>(values: impl Iterator<Item = &'a String>, is_so: impl Fn(&str) -> bool) -> bool {
    let (mut all, mut so) = (0, 0);
    for value in values {
        all += 1;
        so += usize::from(is_so(value));
    }
    all > 0 && so * 10 >= all * 9
}

/// A role by header, unless the values deny it.
fn confirmed<'a, V: Iterator<Item = &'a String>>(role: Role, values: impl Fn() -> V) -> Role {
    let has_values = values().next().is_some();
    let denied = match role {
        Role::Birth | Role::Year => !mostly(values(), |value| Birth::parse(value).is_some()),
        Role::Sex => !mostly(values(), |value| Sex::parse(value).is_some()),
        _ => false,
    };
    match role {
        Role::Birth | Role::Year | Role::Sex if denied && has_values => Role::Ignore,
        role => role,
    }
}

/// A role by values alone: only dates and sexes can be told without a header.
fn by_values<'a, V: Iterator<Item = &'a String>>(values: impl Fn() -> V) -> Role {
    let is_date = |value: &str| value.len() >= 8 && Birth::parse(value).is_some();
    if mostly(values(), |value| Sex::parse(value).is_some() && value.parse::<u8>().is_err()) {
        Role::Sex
    } else if mostly(values(), is_date) {
        Role::Birth
    } else {
        Role::Ignore
    }
}

/// One column per role where a person has one: identifiers must differ; a whole name beside its parts says nothing new.
fn settle(roles: &mut [Role], headers: &[String], sample: &[Vec<String>]) {
    let has = |roles: &[Role], role: Role| roles.contains(&role);
    let is_unique = |place: usize| {
        let mut seen = HashSet::new();
        sample.iter().filter_map(|row| row.get(place)).all(|value| !value.is_empty() && seen.insert(value))
    };
    let mut id = (0..headers.len()).find(|place| roles[*place] == Role::Id && is_unique(*place));
    for (place, role) in roles.iter_mut().enumerate() {
        if *role == Role::Id && id != Some(place) {
            *role = Role::Ignore;
        }
    }
    if id.is_none() && !sample.is_empty() {
        id = (0..headers.len()).find(|place| roles[*place] == Role::Ignore && is_unique(*place));
        if let Some(place) = id {
            roles[place] = Role::Id;
        }
    }
    if has(roles, Role::Given) && has(roles, Role::Family) {
        roles.iter_mut().filter(|role| **role == Role::Full).for_each(|role| *role = Role::Ignore);
    }
    for single in [Role::Full, Role::Given, Role::Family, Role::Birth, Role::Sex] {
        let mut seen = false;
        for role in roles.iter_mut().filter(|role| **role == single) {
            if std::mem::replace(&mut seen, true) {
                *role = Role::Ignore;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn a_map_is_proposed_from_headers_and_values() {
        let headers = texts(&["Sıra", "Soyadı", "Adı", "Ata adı", "Doğum tarixi", "x", "FIN", "qeyd"]);
        let sample = vec![
            texts(&["1", "Məmmədov", "Əli", "Vəli", "12.03.1984", "K", "19BPZSB", "a"]),
            texts(&["2", "Əliyeva", "Nigar", "Hüseyn", "1990", "Q", "", "a"]),
        ];
        let map = Map::propose(&headers, &sample).unwrap();
        assert_eq!(
            map.roles,
            [Role::Id, Role::Family, Role::Given, Role::Father, Role::Birth, Role::Sex, Role::Personal, Role::Ignore]
        );
        assert_eq!(Map::parse(&map.to_toml(&headers), &headers).unwrap(), map);
    }

    #[test]
    fn a_map_that_does_not_fit_is_refused() {
        let headers = texts(&["a"]);
        assert!(matches!(Map::parse("[columns]\nb = \"given\"", &headers), Err(MapError::NoColumn(_))));
        assert!(matches!(Map::parse("[columns]\na = \"id\"", &headers), Err(MapError::NoEvidence)));
        assert!(matches!(Map::parse("[columns]\na = \"king\"", &headers), Err(MapError::Shape(_))));
        assert!(Map::parse("[columns]\na = { role = \"given\", language = \"az\" }", &headers).is_ok());
    }
}
