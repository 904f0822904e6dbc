// SPDX-License-Identifier: Apache-2.0
//! Schemas of the values of the domain.

use std::collections::BTreeMap;

use app::asylum::{Interview, ReadBack, Reading, Signature};
use domain::{
    access::{CollectedFor, Role},
    card::CardState,
    case::CaseState,
    id::{AccountTokenId, FamilyId},
    legal::ProvisionId,
    number::{CardNumber, CaseNumber, PersonNumber},
    procedure::{ActionCode, Answer, ClockCode, OutcomeCode, ProcedureCode, QuestionCode},
    registry::{
        Address, BirthDate, Citizenship, Confidentiality, Contact, ContactKind, CountryCode, Displacement, Document,
        FamilyRegistration, ForeignReference, Likeness, LookAlikeNote, MemberRegistration, NameInput, NameKind,
        NameSource, Precision, Script, Sex, Verdict, VitalStatus,
    },
    sensitive::Sensitive,
    time::{Date, Timestamp},
    work::QueueView,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::schema::{Components, Described, describe};

macro_rules! plain {
    ($($type:ty => $schema:tt),+ $(,)?) => {$(
        impl Described for $type {
            fn schema(_: &mut Components) -> Value {
                json!($schema)
            }
        }
    )+};
}

plain! {
    String => { "type": "string" },
    bool => { "type": "boolean" },
    i64 => { "type": "integer", "format": "int64" },
    u64 => { "type": "integer", "format": "int64", "minimum": 0 },
    u8 => { "type": "integer", "minimum": 0, "maximum": 255 },
    Date => { "type": "string", "format": "date" },
    Timestamp => { "type": "string", "format": "date-time" },
    Uuid => { "type": "string", "format": "uuid" },
    AccountTokenId => { "type": "string", "format": "uuid" },
    FamilyId => { "type": "string", "format": "uuid" },
    Value => {},
}

macro_rules! named {
    ($($(#[doc = $doc:literal])+ $type:ident => $schema:tt),+ $(,)?) => {$(
        impl Described for $type {
            fn schema(components: &mut Components) -> Value {
                components.named(stringify!($type), |_| {
                    let mut schema = json!($schema);
                    schema["description"] = concat!($($doc),+).trim().into();
                    schema
                })
            }
        }
    )+};
}

named! {
    /// Number of a person: ten letters and digits with a check character; spaces and hyphens do not count.
    PersonNumber => { "type": "string", "pattern": "^[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){9}$" },
    /// Number of a case: eleven letters and digits with a check character; spaces and hyphens do not count.
    CaseNumber => { "type": "string", "pattern": "^[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){10}$" },
    /// Number of a card: nine letters and digits with a check character; spaces and hyphens do not count.
    CardNumber => { "type": "string", "pattern": "^[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){8}$" },
    /// Country (ISO 3166-1 alpha-3), or XXA stateless, XXB refugee, XXX unknown.
    CountryCode => { "type": "string", "pattern": "^[A-Z]{3}$" },
    /// Provision of the country pack: instrument and article.
    ProvisionId => { "type": "string", "pattern": "^[a-z0-9.-]+:[a-z0-9.-]+$" },
    /// Step of a procedure of the country pack.
    ActionCode => { "type": "string", "pattern": "^[a-z0-9_]+$" },
    /// Outcome of a procedure of the country pack.
    OutcomeCode => { "type": "string", "pattern": "^[a-z0-9_]+$" },
    /// Procedure of the country pack.
    ProcedureCode => { "type": "string", "pattern": "^[a-z0-9_]+$" },
    /// Question of a procedure of the country pack.
    QuestionCode => { "type": "string", "pattern": "^[a-z0-9_]+$" },
    /// Clock of a procedure of the country pack.
    ClockCode => { "type": "string", "pattern": "^[a-z0-9_]+$" },
}

macro_rules! words {
    ($($type:ident),+ $(,)?) => {$(
        impl Described for $type {
            fn schema(components: &mut Components) -> Value {
                components.named(stringify!($type), |_| json!({ "type": "string", "enum": $type::WORDS }))
            }
        }
    )+};
}

words!(
    Answer,
    CardState,
    CaseState,
    CollectedFor,
    Confidentiality,
    ContactKind,
    Likeness,
    NameKind,
    NameSource,
    Precision,
    QueueView,
    ReadBack,
    Role,
    Script,
    Sex,
    Verdict,
    VitalStatus,
);

impl<T: Described> Described for Option<T> {
    const MAY_LACK: bool = true;

    fn schema(components: &mut Components) -> Value {
        let mut schema = T::schema(components);
        match schema.get("type") {
            Some(Value::String(kind)) => {
                schema["type"] = json!([kind, "null"]);
                schema
            }
            _ => json!({ "anyOf": [schema, { "type": "null" }] }),
        }
    }
}

impl<T: Described> Described for Vec<T> {
    fn schema(components: &mut Components) -> Value {
        json!({ "type": "array", "items": T::schema(components) })
    }
}

/// Values by their codes.
impl<K, T: Described> Described for BTreeMap<K, T> {
    fn schema(components: &mut Components) -> Value {
        json!({ "type": "object", "additionalProperties": T::schema(components) })
    }
}

impl Described for Signature {
    fn schema(components: &mut Components) -> Value {
        components.named("Signature", |_| {
            json!({
                "description": "Whether the claimant signed the record. A refusal counts neither for nor against her.",
                "oneOf": [
                    {
                        "type": "object",
                        "properties": { "kind": { "const": "signed" } },
                        "required": ["kind"],
                        "additionalProperties": false,
                    },
                    {
                        "type": "object",
                        "properties": { "kind": { "const": "refused" }, "reason": { "type": "string" } },
                        "required": ["kind", "reason"],
                        "additionalProperties": false,
                    },
                ],
            })
        })
    }
}

impl<T: Described> Described for Sensitive<T> {
    const MAY_LACK: bool = T::MAY_LACK;

    fn schema(components: &mut Components) -> Value {
        T::schema(components)
    }
}

describe! {
    /// A birth date and how exactly it is known.
    BirthDate = BirthDate {
        /// The date; the first day of the month or year where only that is known.
        date: Date,
        /// How exactly it is known.
        precision: Precision = default,
    }
    /// A part of a name, in one script.
    Name = NameInput {
        /// Part.
        kind: NameKind,
        /// Script.
        script: Script,
        /// Where it was taken from.
        source: NameSource = default,
        /// The text, in its own script.
        value: Sensitive<String>,
    }
    /// A citizenship.
    Citizenship = Citizenship {
        /// Country.
        country: CountryCode,
        /// Since when.
        from: Option<Date>,
        /// Until when.
        to: Option<Date>,
        /// On what the statement rests (code list `citizenship_basis`).
        basis: String,
    }
    /// A document.
    Document = Document {
        /// Kind (code list `document_type`).
        kind: String,
        /// Number.
        number: Sensitive<String>,
        /// Issuing country.
        country: CountryCode,
        /// Day of issue.
        issued: Option<Date>,
        /// Last day of validity.
        expires: Option<Date>,
    }
    /// A way to reach the person.
    Contact = Contact {
        /// Kind.
        kind: ContactKind,
        /// Number or address.
        value: Sensitive<String>,
    }
    /// An address.
    Address = Address {
        /// Administrative area (code list `administrative_area`).
        area: String,
        /// Street, house, flat.
        line: Sensitive<String>,
        /// Kind of dwelling (code list `dwelling_type`).
        dwelling: Option<String>,
        /// Since when.
        from: Option<Date>,
        /// Who may know it.
        confidentiality: Confidentiality = default,
    }
    /// A number of the person at another organisation.
    ForeignReference = ForeignReference {
        /// Organisation.
        organisation: String,
        /// Number there.
        number: Sensitive<String>,
    }
    /// A displacement of the family.
    Displacement = Displacement {
        /// Cause (code list `displacement_cause`).
        cause: String,
        /// Day.
        date: Date,
        /// Area of origin (code list `administrative_area`).
        origin_area: String,
        /// Place of origin as it was called then.
        origin_name_then: String,
        /// Place of origin as it is called now.
        origin_name_now: Option<String>,
        /// Wave (code list `displacement_wave`).
        wave: String,
        /// Area of the present dwelling (code list `administrative_area`).
        dwelling_area: String,
        /// Kind of the present dwelling (code list `dwelling_type`).
        dwelling: String,
    }
    /// A member of a family to be registered.
    Member = MemberRegistration {
        /// A name for this member within the registration, to refer to.
        key: Option<String>,
        /// Relation to the head (code list `relationship`); exactly one member is the `head`.
        relation: String,
        /// Names, in every script that is known.
        names: Vec<NameInput>,
        /// Sex.
        sex: Sex,
        /// Birth date.
        birth: BirthDate,
        /// Place of birth.
        birth_place: Option<Sensitive<String>>,
        /// Country of birth.
        birth_country: Option<CountryCode>,
        /// Citizenships.
        citizenships: Vec<Citizenship> = default,
        /// Documents.
        documents: Vec<Document> = default,
        /// Contacts.
        contacts: Vec<Contact> = default,
        /// Address.
        address: Option<Address>,
        /// Languages, the best first (code list `language`).
        languages: Vec<String> = default,
        /// Numbers at other organisations.
        references: Vec<ForeignReference> = default,
        /// Vital status.
        vital_status: VitalStatus = default,
        /// The key of the member who answers for this one.
        guardian: Option<String>,
        /// Photo: JPEG or PNG in base64.
        photo: Option<String>,
        /// What the officer says of registered persons who look like her; without a word on each strong one she is not
        /// registered.
        looks_like: Vec<LookAlikeNote> = default,
    }
    /// An officer's word on a registered person who looks like the one about to be registered.
    LookAlikeNote = LookAlikeNote {
        /// Number of the registered person.
        number: PersonNumber,
        /// What the officer says.
        verdict: Verdict = default,
        /// Why.
        reason: Sensitive<String>,
    }
    /// A family to be registered.
    FamilyRegistration = FamilyRegistration {
        /// For what the data are given.
        collected_for: CollectedFor,
        /// Day of arrival or displacement.
        event_date: Option<Date>,
        /// Its members, one of them the head.
        members: Vec<MemberRegistration>,
        /// The displacement, for displaced families.
        displacement: Option<Displacement>,
    }
    /// An interview as held.
    Interview = Interview {
        /// Language spoken (code list `language`).
        language: String,
        /// Interpreter, by name or register number.
        interpreter: Option<Sensitive<String>>,
        /// Representative, who must be there for a child.
        representative: Option<Sensitive<String>>,
        /// Observer of UNHCR or an organisation.
        observer: Option<Sensitive<String>>,
        /// Whether no other member of the family was there.
        seen_alone: bool,
        /// What was said.
        statement: Sensitive<String>,
        /// How it was read back, and whether the claimant signed.
        reading: Option<Reading>,
    }
    /// How the record of an interview was read back.
    Reading = Reading {
        /// By whom.
        by: ReadBack,
        /// What the claimant corrected.
        corrections: Option<Sensitive<String>>,
        /// Whether she signed.
        signature: Signature,
    }
}
