// SPDX-License-Identifier: Apache-2.0
//! Persons in the order of their family names, page by page.

use domain::{
    access::{Authorized, PersonFile},
    id::RowId,
    registry::search_key,
    sensitive::Sensitive,
};

use super::{PersonRow, person, readable};
use crate::{DbError, Row, Session, args, statements};

statements! {
    LIST_PERSONS_BY_SURNAME = "SELECT p.id, p.number, p.collected_for, p.sex, p.birth_date, p.birth_precision, p.birth_place, p.birth_country, p.vital_status, p.photo, p.photo_key, p.office, p.event_date, p.registered_at, p.row_version, n.value, n.search_key, n.id
        FROM person_name n JOIN person p ON p.id = n.person_id
        WHERE n.kind = 'family' AND n.ended_at IS NULL AND (n.search_key, n.id) > ($1, $2) AND n.search_key < $3
        AND p.collected_for IN ($5, $6, $7, $8) ORDER BY n.search_key, n.id LIMIT $4";
}

/// A place in the order of family names: just after this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterSurname {
    /// The name as it is searched.
    pub search_key: String,
    /// Its row.
    pub row: RowId,
}

/// A person with the family name by which she was found.
#[derive(Clone, Debug)]
pub struct PersonBySurname {
    /// The person.
    pub person: PersonRow,
    /// The name.
    pub surname: Sensitive<String>,
    /// The place after it.
    pub place: AfterSurname,
}

fn by_surname(row: &Row) -> Result<PersonBySurname, DbError> {
    let place = AfterSurname { search_key: row.get(16)?, row: row.id(17)? };
    Ok(PersonBySurname { person: person(row)?, surname: Sensitive::new(row.get(15)?), place })
}

impl Session {
    /// Persons whose family name begins so, in the order of the names, after a place or from the beginning.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_persons_by_surname(
        &mut self,
        permit: &Authorized<PersonFile>,
        prefix: &str,
        after: Option<AfterSurname>,
        limit: i64,
    ) -> Result<Vec<PersonBySurname>, DbError> {
        let key = search_key(prefix);
        let end = format!("{key}\u{10FFFF}");
        let first = AfterSurname { search_key: key, row: RowId::from(uuid::Uuid::nil()) };
        let after = after.unwrap_or(first);
        let mut values = args![after.search_key, after.row, end, limit];
        values.extend(readable(permit));
        self.fetch_all(LIST_PERSONS_BY_SURNAME, values).await?.iter().map(by_surname).collect()
    }
}
