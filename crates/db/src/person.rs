// SPDX-License-Identifier: Apache-2.0
//! Persons and what belongs to them. Facts end and are not overwritten; corrections keep the old value, sealed.

mod alike;
mod search;
pub(crate) mod surname;
mod write;

use std::ops::Deref;

pub use alike::{NewLookAlike, REASON_PLACE as LOOK_ALIKE_REASON_PLACE, StoredLookAlike};
use domain::{
    access::CollectedFor,
    id::{AccountId, CorrectionId, PersonId, RowId},
    number::PersonNumber,
    registry::{
        Address, BirthDate, Citizenship, Contact, CountryCode, Document, ForeignReference, NameKind, NameSource,
        PersonName, Precision, Script, Sex, VitalStatus,
    },
    sensitive::Sensitive,
    text_enum,
    time::{Date, Timestamp},
};
pub(crate) use search::readable;
pub use search::{Born, FOUND_MAX, NAME_KEYS_MAX, NAME_WORDS_MAX, NameSearch, phone_key};
pub use surname::{AfterSurname, PersonBySurname};

use crate::{DbError, Row, Session, args, statements};

/// The statements of the modules below.
pub(crate) const STATEMENTS_BELOW: [&[crate::Statement]; 2] = [search::STATEMENTS, alike::STATEMENTS];

statements! {
    INSERT_PERSON = "INSERT INTO person (id, number, collected_for, sex, birth_date, birth_precision, birth_place, birth_country, vital_status, photo, photo_key, office, event_date, registered_at, row_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)";
    INSERT_PERSON_NAME = "INSERT INTO person_name (id, person_id, kind, script, source, value, search_key, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    INSERT_CITIZENSHIP = "INSERT INTO citizenship (id, person_id, country, from_date, to_date, basis, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INSERT_DOCUMENT = "INSERT INTO document (id, person_id, kind, number, search_key, country, issued, expires, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    INSERT_CONTACT = "INSERT INTO contact (id, person_id, kind, value, search_key, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    INSERT_ADDRESS = "INSERT INTO address (id, person_id, area, line, dwelling, from_date, confidentiality, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    INSERT_PERSON_LANGUAGE = "INSERT INTO person_language (id, person_id, language, rank) VALUES ($1, $2, $3, $4)";
    INSERT_FOREIGN_REFERENCE = "INSERT INTO foreign_reference (id, person_id, organisation, number, recorded_at) VALUES ($1, $2, $3, $4, $5)";
    LIST_PERSON_NAMES = "SELECT id, kind, script, source, value FROM person_name WHERE person_id = $1 AND ended_at IS NULL ORDER BY script, kind, id";
    LIST_PERSON_NAMES_AT = "SELECT id, kind, script, source, value FROM person_name WHERE person_id = $1
        AND recorded_at <= $2 AND (ended_at IS NULL OR ended_at > $2) ORDER BY script, kind, id";
    LIST_CITIZENSHIPS = "SELECT country, from_date, to_date, basis FROM citizenship WHERE person_id = $1 AND ended_at IS NULL ORDER BY id";
    LIST_DOCUMENTS = "SELECT kind, number, country, issued, expires, id FROM document WHERE person_id = $1 AND ended_at IS NULL ORDER BY id";
    LIST_CONTACTS = "SELECT kind, value, id FROM contact WHERE person_id = $1 AND ended_at IS NULL ORDER BY id";
    LIST_ADDRESSES = "SELECT area, line, dwelling, from_date, confidentiality, id FROM address WHERE person_id = $1 AND ended_at IS NULL ORDER BY id";
    LIST_PERSON_LANGUAGES = "SELECT language FROM person_language WHERE person_id = $1 ORDER BY rank";
    LIST_FOREIGN_REFERENCES = "SELECT organisation, number FROM foreign_reference WHERE person_id = $1 ORDER BY id";
    UPDATE_PERSON_FIELD_SEX = "UPDATE person SET sex = $1, row_version = row_version + 1 WHERE id = $2 AND row_version = $3";
    UPDATE_PERSON_FIELD_BIRTH = "UPDATE person SET birth_date = $1, birth_precision = $2, row_version = row_version + 1 WHERE id = $3 AND row_version = $4";
    UPDATE_PERSON_FIELD_BIRTH_PLACE = "UPDATE person SET birth_place = $1, row_version = row_version + 1 WHERE id = $2 AND row_version = $3";
    UPDATE_PERSON_FIELD_VITAL = "UPDATE person SET vital_status = $1, row_version = row_version + 1 WHERE id = $2 AND row_version = $3";
    UPDATE_PERSON_TOUCHED = "UPDATE person SET row_version = row_version + 1 WHERE id = $1 AND row_version = $2";
    END_DOCUMENT = "UPDATE document SET ended_at = $1 WHERE id = $2 AND person_id = $3 AND ended_at IS NULL";
    END_CONTACT = "UPDATE contact SET ended_at = $1 WHERE id = $2 AND person_id = $3 AND ended_at IS NULL";
    END_ADDRESS = "UPDATE address SET ended_at = $1 WHERE id = $2 AND person_id = $3 AND ended_at IS NULL";
    END_PERSON_NAME = "UPDATE person_name SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
    INSERT_CORRECTION = "INSERT INTO correction (id, person_id, field, old_value, new_value, reason, source, event_date, account_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    LIST_CORRECTIONS = "SELECT field, old_value, new_value, reason, source, event_date, at FROM correction WHERE person_id = $1 ORDER BY at, id";
    COUNT_PERSONS = "SELECT COUNT(*) FROM person";
}

/// The person's own row.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Identifier.
    pub id: PersonId,
    /// Public number.
    pub number: PersonNumber,
    /// For what the data were given.
    pub collected_for: CollectedFor,
    /// Sex.
    pub sex: Sex,
    /// Birth date with precision.
    pub birth: BirthDate,
    /// Place of birth.
    pub birth_place: Option<Sensitive<String>>,
    /// Country of birth.
    pub birth_country: Option<CountryCode>,
    /// Vital status.
    pub vital_status: VitalStatus,
    /// Name of the sealed photo in the store of files.
    pub photo: Option<String>,
    /// Sealed: the key of the photo.
    pub photo_key: Option<Vec<u8>>,
    /// Office that keeps the record.
    pub office: String,
    /// Day of the event (arrival, displacement).
    pub event_date: Option<Date>,
    /// Moment of entry.
    pub registered_at: Timestamp,
    /// Version, against lost updates.
    pub row_version: i64,
}

/// A name with its row.
#[derive(Clone, Debug)]
pub struct StoredName {
    /// Row.
    pub id: RowId,
    /// Part.
    pub kind: NameKind,
    /// Script.
    pub script: Script,
    /// Source.
    pub source: NameSource,
    /// Text.
    pub value: Sensitive<String>,
}

text_enum! {
    /// The kind of a fact that a person can have several of, each of which ends.
    pub enum FactKind {
        /// A document.
        Document = "document",
        /// A way to reach her.
        Contact = "contact",
        /// An address.
        Address = "address",
    }
}

/// A fact of a person with its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held<T> {
    /// Row.
    pub id: RowId,
    /// The fact.
    pub fact: T,
}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.fact
    }
}

/// A whole person.
#[derive(Clone, Debug)]
pub struct PersonRecord {
    /// The row.
    pub row: PersonRow,
    /// Present names.
    pub names: Vec<StoredName>,
    /// Present citizenships.
    pub citizenships: Vec<Citizenship>,
    /// Present documents.
    pub documents: Vec<Held<Document>>,
    /// Present contacts.
    pub contacts: Vec<Held<Contact>>,
    /// Present addresses.
    pub addresses: Vec<Held<Address>>,
    /// Languages.
    pub languages: Vec<String>,
    /// Numbers elsewhere.
    pub references: Vec<ForeignReference>,
}

/// What is corrected.
#[derive(Clone, Debug)]
pub enum PersonChange {
    /// Sex.
    Sex(Sex),
    /// Birth date.
    Birth(BirthDate),
    /// Place of birth.
    BirthPlace(String),
    /// Vital status.
    VitalStatus(VitalStatus),
    /// A name in place of another.
    Name {
        /// The row that ends; `None` adds a name.
        ends: Option<RowId>,
        /// Row of the new one.
        row: RowId,
        /// The new name.
        name: PersonName,
    },
}

/// A correction with its sealed values.
#[derive(Clone, Debug)]
pub struct NewCorrection {
    /// Identifier.
    pub id: CorrectionId,
    /// Which field.
    pub field: String,
    /// Sealed old value.
    pub old_value: Vec<u8>,
    /// Sealed new value.
    pub new_value: Vec<u8>,
    /// Sealed reason.
    pub reason: Vec<u8>,
    /// Where the new value comes from.
    pub source: String,
    /// Since when it holds.
    pub event_date: Option<Date>,
    /// By whom.
    pub account: AccountId,
}

/// A correction, opened.
#[derive(Clone, Debug)]
pub struct Correction {
    /// Which field.
    pub field: String,
    /// Old value.
    pub old_value: Sensitive<String>,
    /// New value.
    pub new_value: Sensitive<String>,
    /// Reason.
    pub reason: Sensitive<String>,
    /// Source.
    pub source: String,
    /// Since when it holds.
    pub event_date: Option<Date>,
    /// When it was entered.
    pub at: Timestamp,
}

fn person(row: &Row) -> Result<PersonRow, DbError> {
    let number: String = row.get(1)?;
    let country: Option<String> = row.get(7)?;
    let country = country.map(|code| CountryCode::parse(&code)).transpose();
    Ok(PersonRow {
        id: row.id(0)?,
        number: PersonNumber::parse(&number).map_err(|_| DbError::damaged("person.number"))?,
        collected_for: row.word(2)?,
        sex: row.word(3)?,
        birth: BirthDate { date: row.get(4)?, precision: row.word::<Precision>(5)? },
        birth_place: row.get::<Option<String>>(6)?.map(Sensitive::new),
        birth_country: country.map_err(|_| DbError::damaged("person.birth_country"))?,
        vital_status: row.word(8)?,
        photo: row.get(9)?,
        photo_key: row.get(10)?,
        office: row.get(11)?,
        event_date: row.get(12)?,
        registered_at: row.get(13)?,
        row_version: row.get(14)?,
    })
}

fn stored_name(row: &Row) -> Result<StoredName, DbError> {
    Ok(StoredName {
        id: row.id(0)?,
        kind: row.word(1)?,
        script: row.word(2)?,
        source: row.word(3)?,
        value: Sensitive::new(row.get(4)?),
    })
}

impl Session {
    /// The present names of a person.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_person_names(&mut self, id: PersonId) -> Result<Vec<StoredName>, DbError> {
        self.fetch_all(LIST_PERSON_NAMES, args![id]).await?.iter().map(stored_name).collect()
    }

    /// The names of a person as they stood at a moment.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_person_names_at(&mut self, id: PersonId, at: Timestamp) -> Result<Vec<StoredName>, DbError> {
        self.fetch_all(LIST_PERSON_NAMES_AT, args![id, at]).await?.iter().map(stored_name).collect()
    }

    /// The present citizenships of a person.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_citizenships(&mut self, id: PersonId) -> Result<Vec<Citizenship>, DbError> {
        let rows = self.fetch_all(LIST_CITIZENSHIPS, args![id]).await?;
        rows.iter()
            .map(|row| {
                let country = CountryCode::parse(&row.get::<String>(0)?);
                Ok(Citizenship {
                    country: country.map_err(|_| DbError::damaged("citizenship.country"))?,
                    from: row.get(1)?,
                    to: row.get(2)?,
                    basis: row.get(3)?,
                })
            })
            .collect()
    }

    /// Everything present about a person.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn load_person(&mut self, row: PersonRow) -> Result<PersonRecord, DbError> {
        let id = row.id;
        Ok(PersonRecord {
            names: self.list_person_names(id).await?,
            citizenships: self.list_citizenships(id).await?,
            documents: self.list_documents(id).await?,
            contacts: self.list_contacts(id).await?,
            addresses: self.list_addresses(id).await?,
            languages: self.list_languages(id).await?,
            references: self.list_references(id).await?,
            row,
        })
    }

    async fn list_documents(&mut self, id: PersonId) -> Result<Vec<Held<Document>>, DbError> {
        let rows = self.fetch_all(LIST_DOCUMENTS, args![id]).await?;
        rows.iter()
            .map(|row| {
                let country = CountryCode::parse(&row.get::<String>(2)?);
                let fact = Document {
                    kind: row.get(0)?,
                    number: Sensitive::new(row.get(1)?),
                    country: country.map_err(|_| DbError::damaged("document.country"))?,
                    issued: row.get(3)?,
                    expires: row.get(4)?,
                };
                Ok(Held { id: row.id(5)?, fact })
            })
            .collect()
    }

    async fn list_contacts(&mut self, id: PersonId) -> Result<Vec<Held<Contact>>, DbError> {
        let rows = self.fetch_all(LIST_CONTACTS, args![id]).await?;
        rows.iter()
            .map(|row| {
                let fact = Contact { kind: row.word(0)?, value: Sensitive::new(row.get(1)?) };
                Ok(Held { id: row.id(2)?, fact })
            })
            .collect()
    }

    async fn list_addresses(&mut self, id: PersonId) -> Result<Vec<Held<Address>>, DbError> {
        let rows = self.fetch_all(LIST_ADDRESSES, args![id]).await?;
        rows.iter()
            .map(|row| {
                let fact = Address {
                    area: row.get(0)?,
                    line: Sensitive::new(row.get(1)?),
                    dwelling: row.get(2)?,
                    from: row.get(3)?,
                    confidentiality: row.word(4)?,
                };
                Ok(Held { id: row.id(5)?, fact })
            })
            .collect()
    }

    /// The languages of a person, best first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_languages(&mut self, id: PersonId) -> Result<Vec<String>, DbError> {
        self.fetch_all(LIST_PERSON_LANGUAGES, args![id]).await?.iter().map(|row| row.get(0)).collect()
    }

    async fn list_references(&mut self, id: PersonId) -> Result<Vec<ForeignReference>, DbError> {
        let rows = self.fetch_all(LIST_FOREIGN_REFERENCES, args![id]).await?;
        rows.iter()
            .map(|row| Ok(ForeignReference { organisation: row.get(0)?, number: Sensitive::new(row.get(1)?) }))
            .collect()
    }

    /// The corrections of a person, oldest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_corrections(&mut self, id: PersonId) -> Result<Vec<Correction>, DbError> {
        let mut corrections = Vec::new();
        for row in self.fetch_all(LIST_CORRECTIONS, args![id]).await? {
            let old_value = self.open_text(id, "correction.old_value", Some(row.get(1)?)).await?;
            let new_value = self.open_text(id, "correction.new_value", Some(row.get(2)?)).await?;
            let reason = self.open_text(id, "correction.reason", Some(row.get(3)?)).await?;
            corrections.push(Correction {
                field: row.get(0)?,
                old_value: Sensitive::new(old_value.unwrap_or_default()),
                new_value: Sensitive::new(new_value.unwrap_or_default()),
                reason: Sensitive::new(reason.unwrap_or_default()),
                source: row.get(4)?,
                event_date: row.get(5)?,
                at: row.get(6)?,
            });
        }
        Ok(corrections)
    }

    /// How many persons there are.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_persons(&mut self) -> Result<i64, DbError> {
        self.fetch_one(COUNT_PERSONS, args![]).await?.get(0)
    }
}

/// The form in which a document number is searched: letters and digits, capitals.
pub fn document_key(number: &str) -> String {
    number.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}
