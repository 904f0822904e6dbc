// SPDX-License-Identifier: Apache-2.0
//! Persons and families.

use domain::{
    access::CollectedFor,
    id::FamilyId,
    number::PersonNumber,
    registry::{
        Address, BirthDate, Citizenship, Confidentiality, Contact, ContactKind, CountryCode, Displacement, Document,
        ForeignReference, Likeness, LookAlikeNote, NameInput, NameKind, NameSource, Script, Sex, VitalStatus,
    },
    sensitive::Sensitive,
    time::{Date, Timestamp},
};
use uuid::Uuid;

use crate::api::schema::wire;

wire! {
    /// A person to be registered alone, as a family of one.
    asked NewPerson {
        /// For what the data are given.
        collected_for: CollectedFor,
        /// Day of arrival or displacement.
        event_date: Option<Date>,
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
        /// Vital status; `alive` if absent.
        vital_status: Option<VitalStatus>,
        /// The displacement, for displaced persons.
        displacement: Option<Displacement>,
        /// Photo: JPEG or PNG in base64.
        photo: Option<Sensitive<String>>,
        /// What the officer says of registered persons who look like her; without a word on each strong one she is not
        /// registered.
        looks_like: Vec<LookAlikeNote> = default,
    }
    /// A registered person who looks like one about to be registered.
    told LookAlike {
        /// Position of the member in the registration.
        member: u64,
        /// Number of the registered person.
        number: PersonNumber,
        /// On what the two look alike.
        likeness: Vec<Likeness>,
    }
    /// A person who was registered.
    told RegisteredPerson {
        /// Her number.
        number: PersonNumber,
        /// Her family.
        family: FamilyId,
        /// Version of the record.
        version: i64,
    }
    /// A family that was registered.
    told RegisteredFamily {
        /// The family.
        family: FamilyId,
        /// Its members, in the order of the registration.
        members: Vec<RegisteredMember>,
    }
    /// A member of a family that was registered.
    told RegisteredMember {
        /// The name that the registration had for the member.
        key: Option<String>,
        /// Her number.
        number: PersonNumber,
    }
    /// A name as it stands in a record.
    told Name {
        /// Part.
        kind: NameKind,
        /// Script.
        script: Script,
        /// Where it was taken from.
        source: NameSource,
        /// The text, in its own script.
        value: Sensitive<String>,
    }
    /// A person's record.
    told Person {
        /// Her number.
        number: PersonNumber,
        /// Version of the record.
        version: i64,
        /// For what the data were given.
        collected_for: CollectedFor,
        /// Sex.
        sex: Sex,
        /// Birth date.
        birth: BirthDate,
        /// Place of birth.
        birth_place: Option<Sensitive<String>>,
        /// Country of birth.
        birth_country: Option<CountryCode>,
        /// Vital status.
        vital_status: VitalStatus,
        /// Whether there is a photo.
        has_photo: bool,
        /// Office that keeps the record.
        office: String,
        /// Day of arrival or displacement.
        event_date: Option<Date>,
        /// When the record was entered.
        registered_at: Timestamp,
        /// Names.
        names: Vec<Name>,
        /// Citizenships.
        citizenships: Vec<Citizenship>,
        /// Documents.
        documents: Vec<HeldDocument>,
        /// Contacts.
        contacts: Vec<HeldContact>,
        /// Addresses.
        addresses: Vec<HeldAddress>,
        /// Languages, the best first.
        languages: Vec<String>,
        /// Numbers at other organisations.
        references: Vec<ForeignReference>,
        /// The family that she is a member of, if any.
        family_id: Option<FamilyId>,
        /// Members of the family, past ones too.
        family: Vec<FamilyMember>,
        /// Displacements of the family.
        displacements: Vec<Displacement>,
        /// What was corrected, oldest first.
        corrections: Vec<Correction>,
    }
    /// A document that a person has.
    told HeldDocument {
        /// By which it is ended.
        id: Uuid,
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
    /// A way to reach a person.
    told HeldContact {
        /// By which it is ended.
        id: Uuid,
        /// Kind.
        kind: ContactKind,
        /// Number or address.
        value: Sensitive<String>,
    }
    /// An address of a person.
    told HeldAddress {
        /// By which it is ended.
        id: Uuid,
        /// Administrative area (code list `administrative_area`).
        area: String,
        /// Street, house, flat.
        line: Sensitive<String>,
        /// Kind of dwelling (code list `dwelling_type`).
        dwelling: Option<String>,
        /// Since when.
        from: Option<Date>,
        /// Who may know it.
        confidentiality: Confidentiality,
    }
    /// A document, a contact or an address to be added: exactly one.
    asked NewFact {
        /// A document.
        document: Option<Document>,
        /// A way to reach her.
        contact: Option<Contact>,
        /// An address.
        address: Option<Address>,
        /// The present one of the same kind in whose place it comes: it ends.
        replaces: Option<Uuid>,
        /// Why.
        reason: Sensitive<String>,
        /// Where it comes from: `document`, `stated`, `transcribed`, or in words.
        source: String,
        /// Since when it holds.
        since: Option<Date>,
        /// The version that the officer saw; refused if the record was changed since. `If-Match` says the same.
        version: Option<i64>,
        /// What the officer says of other persons who hold the same document; without a word on each it is not added.
        looks_like: Vec<LookAlikeNote> = default,
    }
    /// A document, a contact or an address that ends.
    asked FactEnd {
        /// Which.
        fact: Uuid,
        /// Why.
        reason: Sensitive<String>,
        /// Where that comes from: `document`, `stated`, `transcribed`, or in words.
        source: String,
        /// On which day it ended.
        since: Option<Date>,
        /// The version that the officer saw; refused if the record was changed since. `If-Match` says the same.
        version: Option<i64>,
    }
    /// A person's record after one of its facts was added or ended.
    told ChangedFact {
        /// Her number.
        number: PersonNumber,
        /// The fact.
        fact: Uuid,
        /// Version of the record now.
        version: i64,
    }
    /// A member of a family.
    told FamilyMember {
        /// Her number.
        number: PersonNumber,
        /// Her name in Latin letters.
        name: Sensitive<String>,
        /// Relation to the head.
        relation: String,
        /// Since when.
        from: Date,
        /// Until when, if it has ended.
        to: Option<Date>,
    }
    /// A fact that was corrected.
    told Correction {
        /// Which fact.
        field: String,
        /// The old value.
        old_value: Sensitive<String>,
        /// The right value.
        new_value: Sensitive<String>,
        /// Why.
        reason: Sensitive<String>,
        /// Where the right value comes from.
        source: String,
        /// Since when it holds.
        since: Option<Date>,
        /// When it was entered.
        at: Timestamp,
    }
    /// A person as the registry knew her at the end of a past day.
    told PersonThen {
        /// Her number.
        number: PersonNumber,
        /// The day.
        on: Date,
        /// Birth date.
        birth: BirthDate,
        /// Place of birth.
        birth_place: Option<Sensitive<String>>,
        /// Sex.
        sex: Sex,
        /// Vital status.
        vital_status: VitalStatus,
        /// Names.
        names: Vec<Name>,
    }
    /// A person who was found.
    told FoundPerson {
        /// Her number.
        number: PersonNumber,
        /// Her family name as it was searched, if by surname.
        surname: Option<Sensitive<String>>,
        /// Her name in Latin letters, if not by surname.
        name: Option<Sensitive<String>>,
        /// Birth date.
        birth: BirthDate,
        /// Sex.
        sex: Sex,
        /// Office that keeps the record.
        office: String,
        /// When the record was entered.
        registered_at: Timestamp,
    }
    /// A page of persons who were found.
    told FoundPersons {
        /// At most 25.
        persons: Vec<FoundPerson>,
        /// Where the next page begins, if there is one: to be sent as `after`.
        next: Option<String>,
    }
    /// Evidence by which persons are found: a beginning of a surname, or one of the others.
    asked PersonQuery {
        /// Beginning of the family name, in any script; persons come in the order of it.
        surname: Option<String>,
        /// Persons of one page, 1 to 25.
        limit: Option<String>,
        /// `next` of the page before.
        after: Option<String>,
        /// Number.
        number: Option<PersonNumber>,
        /// Number of a document.
        document: Option<String>,
        /// Beginning of any name, in any script.
        name: Option<String>,
        /// Birth date.
        born: Option<Date>,
    }
    /// The day that is asked about.
    asked OnDay {
        /// The day.
        on: Date,
    }
    /// A correction: exactly one fact.
    asked NewCorrection {
        /// Sex.
        sex: Option<Sex>,
        /// Birth date.
        birth: Option<BirthDate>,
        /// Place of birth.
        birth_place: Option<Sensitive<String>>,
        /// Vital status.
        vital_status: Option<VitalStatus>,
        /// A name; it replaces the one of the same part and script, or is added.
        name: Option<NameInput>,
        /// Why.
        reason: Sensitive<String>,
        /// Where the right value comes from: `document`, `stated`, `transcribed`, or in words.
        source: String,
        /// Since when it holds.
        since: Option<Date>,
        /// The version that the officer saw; refused if the record was changed since. `If-Match` says the same.
        version: Option<i64>,
    }
    /// A person's record after a correction.
    told CorrectedPerson {
        /// Her number.
        number: PersonNumber,
        /// Version of the record now.
        version: i64,
    }
    /// What a paper says of the person who holds it.
    told Holder {
        /// Her number.
        number: PersonNumber,
        /// Her name in Latin letters.
        latin_name: Sensitive<String>,
        /// Her name in its own script, if that is another.
        original_name: Option<Sensitive<String>>,
        /// Birth date.
        birth: BirthDate,
        /// Sex.
        sex: Sex,
        /// Citizenships.
        citizenships: Vec<CountryCode>,
        /// Her best language (code list `language`).
        language: Option<String>,
    }
    /// A family.
    told Family {
        /// The family.
        family: FamilyId,
        /// Its members, past ones too.
        members: Vec<FamilyMember>,
        /// Displacements.
        displacements: Vec<Displacement>,
    }
}
