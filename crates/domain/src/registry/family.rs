// SPDX-License-Identifier: Apache-2.0
//! Families over time, displacement, and what a registration file says.

use serde::{Deserialize, Serialize};

use super::{
    Address, BirthDate, Citizenship, Contact, CountryCode, Document, ForeignReference, NameInput, Sex, VitalStatus,
};
use crate::{access::CollectedFor, number::PersonNumber, sensitive::Sensitive, text_enum, time::Date};

/// The most members one registration has; it is also the most persons one audit record names.
pub const FAMILY_MEMBERS_MAX: usize = crate::audit::SUBJECTS_PER_RECORD_MAX;
/// The most names, documents, contacts, addresses or references of one person in one registration.
pub const FACTS_PER_PERSON_MAX: usize = 24;
/// The most bytes of a photo as uploaded.
pub const PHOTO_BYTES_MAX: usize = 10 * 1024 * 1024;

/// The relation code of the person through whom the family is registered.
pub const HEAD: &str = "head";

/// A family as it is registered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FamilyRegistration {
    /// For what the data are given.
    pub collected_for: CollectedFor,
    /// Day of arrival or displacement as the family states it; the day of entry is the clock's.
    pub event_date: Option<Date>,
    /// Members; exactly one has the relation `head`.
    pub members: Vec<MemberRegistration>,
    /// Displacement, for an internally displaced family.
    pub displacement: Option<Displacement>,
}

/// A member as registered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberRegistration {
    /// A name by which the input refers to the member again (unique in the file); never stored.
    pub key: Option<String>,
    /// Relation to the head, code list `relation`.
    pub relation: String,
    /// Names in one or more scripts.
    pub names: Vec<NameInput>,
    /// Sex.
    pub sex: Sex,
    /// Birth date.
    pub birth: BirthDate,
    /// Place of birth in words.
    pub birth_place: Option<Sensitive<String>>,
    /// Country of birth.
    pub birth_country: Option<CountryCode>,
    /// Citizenships; an empty list means unknown.
    #[serde(default)]
    pub citizenships: Vec<Citizenship>,
    /// Documents shown.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// Contacts.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// Address.
    pub address: Option<Address>,
    /// Languages, best first (ISO 639-1 or -3).
    #[serde(default)]
    pub languages: Vec<String>,
    /// Numbers at other organisations.
    #[serde(default)]
    pub references: Vec<ForeignReference>,
    /// Vital status.
    #[serde(default = "alive")]
    pub vital_status: VitalStatus,
    /// Who answers for a child, as a member's `key`; the head if absent.
    pub guardian: Option<String>,
    /// Photo: a path beside the input file, or `drawn:SEED` for a drawn face of the demo.
    pub photo: Option<String>,
    /// What the officer says of registered persons who look like her; without a word on each strong one she is not
    /// registered.
    #[serde(default)]
    pub looks_like: Vec<LookAlikeNote>,
}

fn alive() -> VitalStatus {
    VitalStatus::Alive
}

text_enum! {
    /// On what two records look alike.
    pub enum Likeness {
        /// A document of the same number and country.
        Document = "document",
        /// The same birth date, known to the day, and the same name in a script.
        NameAndBirth = "name_and_birth",
        /// The same birth date, known to the day, and a name that differs by one letter.
        NearNameAndBirth = "near_name_and_birth",
        /// The same name, and a birth date that is the same only as far as it is known.
        NameAndVagueBirth = "name_and_vague_birth",
    }
}

impl Likeness {
    /// Whether nobody is registered past it without a word of the officer.
    pub fn is_strong(self) -> bool {
        self != Self::NameAndVagueBirth
    }
}

text_enum! {
    /// What an officer says of two records that look alike. Whoever is the same person is not registered again.
    pub enum Verdict {
        /// Two persons.
        Different = "different",
        /// Not known yet: somebody looks again.
        Unsure = "unsure",
    }
}

fn different() -> Verdict {
    Verdict::Different
}

/// An officer's word on a registered person who looks like the one about to be registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LookAlikeNote {
    /// Public number of the registered person.
    pub number: PersonNumber,
    /// What the officer says.
    #[serde(default = "different")]
    pub verdict: Verdict,
    /// Why.
    pub reason: Sensitive<String>,
}

/// A registered person who looks like a member of a registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// Position of the member in the registration.
    pub member: usize,
    /// Public number of the registered person.
    pub number: PersonNumber,
    /// On what they look alike; never empty.
    pub likeness: Vec<Likeness>,
}

/// An episode of displacement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Displacement {
    /// Code list `displacement_cause`.
    pub cause: String,
    /// When the family was displaced.
    pub date: Date,
    /// Administrative unit of origin, code list `area`.
    pub origin_area: String,
    /// Place of origin by the name in use then.
    pub origin_name_then: String,
    /// The place's name now, where it differs.
    pub origin_name_now: Option<String>,
    /// Code list `displacement_wave`.
    pub wave: String,
    /// Administrative unit of the present dwelling, code list `area`.
    pub dwelling_area: String,
    /// Code list `dwelling`.
    pub dwelling: String,
}
