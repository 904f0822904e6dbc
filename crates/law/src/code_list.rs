// SPDX-License-Identifier: Apache-2.0
//! Code lists: the fixed words of the registry with their names, dated, each list with its source.

use std::collections::{BTreeMap, BTreeSet};

use domain::{legal::ProvisionId, procedure::Confidence, text_enum, time::Date};
use serde::Deserialize;

use crate::{
    citation::check_cites,
    error::{At, Errors, Place},
    names::{Languages, Names, check_names},
};

text_enum! {
    /// Who reads the names of a list.
    pub enum Audience {
        /// Staff alone.
        Staff = "staff",
        /// Also persons outside: receipts, letters, public pages.
        Outside = "outside",
    }
}

/// A name that a place had before.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerName {
    /// The name, as people from there know it.
    pub name: String,
    /// Last year or day of it, in words, if known.
    pub until: Option<String>,
}

/// One code.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The code as it is stored.
    pub code: String,
    /// Its name.
    pub name: Names,
    /// What it says in full, where the name does not say enough.
    pub description: Option<Names>,
    /// The code above it, such as the economic region of a rayon.
    pub parent: Option<String>,
    /// Names that it had before.
    #[serde(default)]
    pub former: Vec<FormerName>,
    /// Provisions behind it.
    #[serde(default)]
    pub cites: Vec<ProvisionId>,
    /// Further facts, such as `alpha2` of a country.
    #[serde(default)]
    pub facts: BTreeMap<String, String>,
    /// First day on which it may be used; absent if it always could.
    pub valid_from: Option<Date>,
    /// Last such day; absent while it may.
    pub valid_to: Option<Date>,
}

impl Code {
    /// Whether it may be used for something of this day.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// A code list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeList {
    /// Identifier, such as `relationship`.
    pub id: String,
    /// Its name.
    pub name: Names,
    /// Who reads it.
    pub audience: Audience,
    /// Where it was read, in words.
    pub source: String,
    /// How sure the list is.
    pub confidence: Confidence,
    codes: Vec<Code>,
    positions: BTreeMap<String, usize>,
}

impl CodeList {
    /// The code of this name.
    pub fn find(&self, code: &str) -> Option<&Code> {
        self.positions.get(code).map(|&position| &self.codes[position])
    }

    /// The code of this name, if it may be used for something of this day.
    pub fn find_on(&self, code: &str, day: Date) -> Option<&Code> {
        self.find(code).filter(|found| found.is_valid_on(day))
    }

    /// All codes in the order of the pack.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// The codes that may be used for something of this day, in the order of the pack.
    pub fn codes_on(&self, day: Date) -> impl Iterator<Item = &Code> {
        self.codes.iter().filter(move |code| code.is_valid_on(day))
    }
}

/// What stands above the codes in the file of a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    id: String,
    name: Names,
    audience: Audience,
    source: String,
    confidence: Confidence,
}

/// The lists that the program asks for; a pack without one of them is refused.
pub(crate) const REQUIRED: &[&str] = &[
    "administrative_area",
    "assistance_item",
    "blank_spoiled_reason",
    "card_end_ground",
    "card_replace_reason",
    "card_suspend_reason",
    "citizenship_basis",
    "contact_kind",
    "country",
    "displacement_cause",
    "displacement_wave",
    "document_status",
    "document_type",
    "dwelling_type",
    "language",
    "legal_status",
    "membership_end_reason",
    "name_kind",
    "name_source",
    "occasion",
    "relationship",
    "right",
    "script",
    "sex",
    "specific_need",
    "vital_status",
];

/// A list as it was read: its head and its codes, each with its place.
pub(crate) type RawList = (At<Head>, Vec<At<Code>>);

/// Checks the lists and puts them in order.
pub(crate) fn collect(
    raw: Vec<RawList>,
    folder: &str,
    provisions: &BTreeSet<ProvisionId>,
    languages: &Languages,
    errors: &mut Errors,
) -> BTreeMap<String, CodeList> {
    let mut lists = BTreeMap::new();
    for (head, codes) in raw {
        let list = collect_list(head, codes, provisions, languages, errors);
        lists.insert(list.id.clone(), list);
    }
    for id in REQUIRED {
        if !lists.contains_key(*id) {
            errors.file(folder, None, format!("code list `{id}` is missing"));
        }
    }
    lists
}

fn collect_list(
    head: At<Head>,
    entries: Vec<At<Code>>,
    provisions: &BTreeSet<ProvisionId>,
    languages: &Languages,
    errors: &mut Errors,
) -> CodeList {
    let At { place, value: Head { id, name, audience, source, confidence } } = head;
    check_head(&id, &name, &source, &place, languages, errors);
    let needed = match audience {
        Audience::Staff => &languages.staff,
        Audience::Outside => &languages.outside,
    };
    let mut codes = Vec::new();
    let mut positions = BTreeMap::new();
    let parents: BTreeSet<String> = entries.iter().map(|entry| entry.value.code.clone()).collect();
    for At { place, value } in entries {
        let what = format!("code `{}`", value.code);
        check_names(&what, &value.name, needed, &place, errors);
        if let Some(description) = &value.description {
            check_names(&format!("description of {what}"), description, needed, &place, errors);
        }
        if !value.cites.is_empty() {
            check_cites(&what, &value.cites, provisions, &place, errors);
        }
        if let Some(parent) = value.parent.as_ref().filter(|&parent| !parents.contains(parent)) {
            errors.at(&place, format!("{what} stands below `{parent}`, which is not in the list"));
        }
        if value.valid_from.zip(value.valid_to).is_some_and(|(from, to)| to < from) {
            errors.at(&place, format!("{what} ends before it begins"));
        }
        if value.code.is_empty() || positions.contains_key(&value.code) {
            errors.at(&place, format!("{what} is empty or there twice"));
            continue;
        }
        positions.insert(value.code.clone(), codes.len());
        codes.push(value);
    }
    CodeList { id, name, audience, source, confidence, codes, positions }
}

fn check_head(id: &str, name: &Names, source: &str, place: &Place, languages: &Languages, errors: &mut Errors) {
    check_names("the list's name", name, &languages.staff, place, errors);
    if source.trim().is_empty() {
        errors.at(place, format!("code list `{id}` has no source"));
    }
    let file = place.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml");
    if file != id {
        errors.at(place, format!("code list `{id}` must stand in a file of its name"));
    }
}
