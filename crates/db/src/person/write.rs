// SPDX-License-Identifier: Apache-2.0
//! Writing persons: inserted, ended, corrected.

use domain::{
    id::{PersonId, RowId},
    registry::{Address, Citizenship, Contact, ContactKind, Document, ForeignReference, PersonName},
    time::Timestamp,
};

use super::{
    END_ADDRESS, END_CONTACT, END_DOCUMENT, END_PERSON_NAME, FactKind, INSERT_ADDRESS, INSERT_CITIZENSHIP,
    INSERT_CONTACT, INSERT_CORRECTION, INSERT_DOCUMENT, INSERT_FOREIGN_REFERENCE, INSERT_PERSON,
    INSERT_PERSON_LANGUAGE, INSERT_PERSON_NAME, NewCorrection, PersonChange, PersonRow, UPDATE_PERSON_FIELD_BIRTH,
    UPDATE_PERSON_FIELD_BIRTH_PLACE, UPDATE_PERSON_FIELD_SEX, UPDATE_PERSON_FIELD_VITAL, UPDATE_PERSON_TOUCHED,
    document_key, phone_key,
};
use crate::{DbError, Write, args, witness::table};

impl Write {
    /// Inserts a person's row.
    ///
    /// # Errors
    /// [`DbError`]; constraint `person_number_key` when the number is taken.
    pub async fn insert_person(&mut self, row: &PersonRow) -> Result<(), DbError> {
        let values = args![
            row.id,
            row.number.as_str(),
            row.collected_for.as_str(),
            row.sex.as_str(),
            row.birth.date,
            row.birth.precision.as_str(),
            row.birth_place.as_ref().map(|place| place.expose().as_str()),
            row.birth_country.map(String::from),
            row.vital_status.as_str(),
            row.photo.as_deref(),
            row.photo_key.clone(),
            row.office.as_str(),
            row.event_date,
            row.registered_at,
        ];
        self.execute(INSERT_PERSON, values).await?;
        self.touch(table::PERSON, row.id)
    }

    /// Inserts a name.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_person_name(
        &mut self,
        id: RowId,
        person: PersonId,
        name: &PersonName,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let values = args![
            id,
            person,
            name.kind.as_str(),
            name.script.as_str(),
            name.source.as_str(),
            name.text.as_str(),
            name.text.search_key(),
            now,
        ];
        self.execute(INSERT_PERSON_NAME, values).await?;
        self.touch(table::PERSON_NAME, id)
    }

    /// Inserts a citizenship.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_citizenship(
        &mut self,
        id: RowId,
        person: PersonId,
        citizenship: &Citizenship,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let country = citizenship.country.as_str();
        let values = args![id, person, country, citizenship.from, citizenship.to, citizenship.basis.as_str(), now];
        self.execute(INSERT_CITIZENSHIP, values).await?;
        self.touch(table::CITIZENSHIP, id)
    }

    /// Inserts a document.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_document(
        &mut self,
        id: RowId,
        person: PersonId,
        document: &Document,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let number = document.number.expose().as_str();
        let values = args![
            id,
            person,
            document.kind.as_str(),
            number,
            document_key(number),
            document.country.as_str(),
            document.issued,
            document.expires,
            now,
        ];
        self.execute(INSERT_DOCUMENT, values).await?;
        self.touch(table::DOCUMENT, id)
    }

    /// Inserts a contact.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_contact(
        &mut self,
        id: RowId,
        person: PersonId,
        contact: &Contact,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let value = contact.value.expose().as_str();
        let key = (contact.kind == ContactKind::Phone).then(|| phone_key(value));
        let values = args![id, person, contact.kind.as_str(), value, key, now];
        self.execute(INSERT_CONTACT, values).await?;
        self.touch(table::CONTACT, id)
    }

    /// Inserts an address.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_address(
        &mut self,
        id: RowId,
        person: PersonId,
        address: &Address,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let values = args![
            id,
            person,
            address.area.as_str(),
            address.line.expose().as_str(),
            address.dwelling.as_deref(),
            address.from,
            address.confidentiality.as_str(),
            now,
        ];
        self.execute(INSERT_ADDRESS, values).await?;
        self.touch(table::ADDRESS, id)
    }

    /// Inserts a language; rank 0 is the best one.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_person_language(
        &mut self,
        id: RowId,
        person: PersonId,
        language: &str,
        rank: i64,
    ) -> Result<(), DbError> {
        self.execute(INSERT_PERSON_LANGUAGE, args![id, person, language, rank]).await?;
        self.touch(table::PERSON_LANGUAGE, id)
    }

    /// Inserts a number at another organisation.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_foreign_reference(
        &mut self,
        id: RowId,
        person: PersonId,
        reference: &ForeignReference,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let values = args![id, person, reference.organisation.as_str(), reference.number.expose().as_str(), now];
        self.execute(INSERT_FOREIGN_REFERENCE, values).await?;
        self.touch(table::FOREIGN_REFERENCE, id)
    }

    /// Applies a correction to a person that still has this version; says whether it did.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_person(
        &mut self,
        person: PersonId,
        row_version: i64,
        change: &PersonChange,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        self.touch(table::PERSON, person)?;
        let met = match change {
            PersonChange::Sex(sex) => {
                self.execute(UPDATE_PERSON_FIELD_SEX, args![sex.as_str(), person, row_version]).await?
            }
            PersonChange::Birth(birth) => {
                let values = args![birth.date, birth.precision.as_str(), person, row_version];
                self.execute(UPDATE_PERSON_FIELD_BIRTH, values).await?
            }
            PersonChange::BirthPlace(place) => {
                self.execute(UPDATE_PERSON_FIELD_BIRTH_PLACE, args![place.as_str(), person, row_version]).await?
            }
            PersonChange::VitalStatus(status) => {
                self.execute(UPDATE_PERSON_FIELD_VITAL, args![status.as_str(), person, row_version]).await?
            }
            PersonChange::Name { ends, row, name } => {
                if let Some(ends) = ends
                    && self.execute(END_PERSON_NAME, args![now, *ends]).await? != 1
                {
                    return Ok(false);
                }
                if let Some(ends) = ends {
                    self.touch(table::PERSON_NAME, *ends)?;
                }
                self.insert_person_name(*row, person, name, now).await?;
                self.execute(UPDATE_PERSON_TOUCHED, args![person, row_version]).await?
            }
        };
        Ok(met == 1)
    }

    /// Counts a change to a person who still has this version; says whether she had it.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_person_touched(&mut self, person: PersonId, row_version: i64) -> Result<bool, DbError> {
        self.touch(table::PERSON, person)?;
        Ok(self.execute(UPDATE_PERSON_TOUCHED, args![person, row_version]).await? == 1)
    }

    /// Ends a present fact of a person; its row stays. Says whether it was present still.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn end_fact(
        &mut self,
        kind: FactKind,
        id: RowId,
        person: PersonId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let (statement, table) = match kind {
            FactKind::Document => (END_DOCUMENT, table::DOCUMENT),
            FactKind::Contact => (END_CONTACT, table::CONTACT),
            FactKind::Address => (END_ADDRESS, table::ADDRESS),
        };
        if self.execute(statement, args![now, id, person]).await? != 1 {
            return Ok(false);
        }
        self.touch(table, id)?;
        Ok(true)
    }

    /// Inserts a correction.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_correction(
        &mut self,
        person: PersonId,
        correction: NewCorrection,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let id = correction.id;
        let values = args![
            correction.id,
            person,
            correction.field,
            correction.old_value,
            correction.new_value,
            correction.reason,
            correction.source,
            correction.event_date,
            correction.account,
            now,
        ];
        self.execute(INSERT_CORRECTION, values).await?;
        self.touch(table::CORRECTION, id)
    }
}
