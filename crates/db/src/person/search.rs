// SPDX-License-Identifier: Apache-2.0
//! Finding persons by evidence, page by page, within what a purpose may read.

use domain::{
    access::{Authorized, CollectedFor, PersonFile},
    id::PersonId,
    number::{CardNumber, PersonNumber},
    registry::NameKind,
    time::Date,
};

use super::{PersonRow, document_key, person};
use crate::{DbError, Session, Value, args, statements};

statements! {
    FIND_PERSON_BY_NUMBER = "SELECT id, number, collected_for, sex, birth_date, birth_precision, birth_place, birth_country, vital_status, photo, photo_key, office, event_date, registered_at, row_version
        FROM person WHERE number = $1";
    FIND_PERSON_BY_ID = "SELECT id, number, collected_for, sex, birth_date, birth_precision, birth_place, birth_country, vital_status, photo, photo_key, office, event_date, registered_at, row_version
        FROM person WHERE id = $1";
    FIND_PERSONS_BY_NAME = "SELECT p.id, p.number, p.collected_for, p.sex, p.birth_date, p.birth_precision, p.birth_place, p.birth_country, p.vital_status, p.photo, p.photo_key, p.office, p.event_date, p.registered_at, p.row_version
        FROM person_name n CROSS JOIN person p
        WHERE p.id = n.person_id AND n.search_key >= $1 AND n.search_key < $2 AND n.ended_at IS NULL AND ($3 = '' OR n.kind = $3)
        AND (n.search_key, n.person_id) > ($4, $5) AND p.birth_date >= $6 AND p.birth_date <= $7 AND p.collected_for IN ($8, $9, $10, $11)
        AND NOT EXISTS (SELECT 1 FROM person_name o WHERE o.person_id = n.person_id AND o.ended_at IS NULL AND ($3 = '' OR o.kind = $3)
            AND o.search_key >= $1 AND o.search_key < $2 AND (o.search_key, o.id) < (n.search_key, n.id))
        AND EXISTS (SELECT 1 FROM person_name o WHERE o.person_id = n.person_id AND o.ended_at IS NULL AND (' ' || o.search_key) LIKE $12)
        AND EXISTS (SELECT 1 FROM person_name o WHERE o.person_id = n.person_id AND o.ended_at IS NULL AND (' ' || o.search_key) LIKE $13)
        ORDER BY n.search_key, n.person_id LIMIT $14";
    FIND_PERSONS_BY_BIRTH_AND_NAME = "SELECT p.id, p.number, p.collected_for, p.sex, p.birth_date, p.birth_precision, p.birth_place, p.birth_country, p.vital_status, p.photo, p.photo_key, p.office, p.event_date, p.registered_at, p.row_version
        FROM person p CROSS JOIN person_name n
        WHERE n.person_id = p.id AND n.search_key >= $1 AND n.search_key < $2 AND n.ended_at IS NULL AND ($3 = '' OR n.kind = $3)
        AND (n.search_key, n.person_id) > ($4, $5) AND p.birth_date >= $6 AND p.birth_date <= $7 AND p.collected_for IN ($8, $9, $10, $11)
        AND NOT EXISTS (SELECT 1 FROM person_name o WHERE o.person_id = n.person_id AND o.ended_at IS NULL AND ($3 = '' OR o.kind = $3)
            AND o.search_key >= $1 AND o.search_key < $2 AND (o.search_key, o.id) < (n.search_key, n.id))
        AND EXISTS (SELECT 1 FROM person_name o WHERE o.person_id = n.person_id AND o.ended_at IS NULL AND (' ' || o.search_key) LIKE $12)
        AND EXISTS (SELECT 1 FROM person_name o WHERE o.person_id = n.person_id AND o.ended_at IS NULL AND (' ' || o.search_key) LIKE $13)
        ORDER BY n.search_key, n.person_id LIMIT $14";
    FIND_FIRST_NAME_KEY = "SELECT MIN(search_key) FROM person_name WHERE person_id = $1 AND ended_at IS NULL AND search_key >= $2 AND search_key < $3 AND ($4 = '' OR kind = $4)";
    FIND_PERSONS_BY_BIRTH = "SELECT p.id, p.number, p.collected_for, p.sex, p.birth_date, p.birth_precision, p.birth_place, p.birth_country, p.vital_status, p.photo, p.photo_key, p.office, p.event_date, p.registered_at, p.row_version
        FROM person p WHERE p.birth_date >= $1 AND p.birth_date <= $2 AND p.id > $3 AND p.collected_for IN ($4, $5, $6, $7) ORDER BY p.id LIMIT $8";
    FIND_PERSONS_BY_DOCUMENT = "SELECT p.id, p.number, p.collected_for, p.sex, p.birth_date, p.birth_precision, p.birth_place, p.birth_country, p.vital_status, p.photo, p.photo_key, p.office, p.event_date, p.registered_at, p.row_version
        FROM person p WHERE p.id IN (SELECT d.person_id FROM document d WHERE d.search_key = $1 AND d.ended_at IS NULL AND ($3 = '' OR d.country = $3)
            UNION SELECT r.person_id FROM foreign_reference r WHERE r.number = $9 AND $3 = '')
        AND p.id > $2 AND p.collected_for IN ($4, $5, $6, $7) ORDER BY p.id LIMIT $8";
    FIND_PERSONS_BY_PHONE = "SELECT DISTINCT p.id, p.number, p.collected_for, p.sex, p.birth_date, p.birth_precision, p.birth_place, p.birth_country, p.vital_status, p.photo, p.photo_key, p.office, p.event_date, p.registered_at, p.row_version
        FROM contact c JOIN person p ON p.id = c.person_id WHERE c.search_key = $1 AND c.ended_at IS NULL AND p.id > $2
        AND p.collected_for IN ($3, $4, $5, $6) ORDER BY p.id LIMIT $7";
    FIND_PERSONS_BY_CARD = "SELECT p.id, p.number, p.collected_for, p.sex, p.birth_date, p.birth_precision, p.birth_place, p.birth_country, p.vital_status, p.photo, p.photo_key, p.office, p.event_date, p.registered_at, p.row_version
        FROM card c JOIN person p ON p.id = c.person_id WHERE c.number = $1 AND p.collected_for IN ($2, $3, $4, $5)";
    FIND_PERSONS_BY_BIRTH_AND_NAMES = "SELECT p.id, p.number, p.collected_for, p.sex, p.birth_date, p.birth_precision, p.birth_place, p.birth_country, p.vital_status, p.photo, p.photo_key, p.office, p.event_date, p.registered_at, p.row_version
        FROM person p WHERE p.birth_date >= $1 AND p.birth_date <= $2 AND p.collected_for IN ($3, $4, $5, $6)
        AND EXISTS (SELECT 1 FROM person_name n WHERE n.person_id = p.id AND n.ended_at IS NULL AND n.search_key IN ($7, $8, $9, $10, $11, $12, $13, $14))
        ORDER BY (SELECT COUNT(*) FROM person_name n WHERE n.person_id = p.id AND n.ended_at IS NULL AND n.search_key IN ($7, $8, $9, $10, $11, $12, $13, $14)) DESC, p.id LIMIT $15";
}

/// The most persons one search returns.
pub const FOUND_MAX: i64 = 25;
/// The most persons that are compared with one about to be registered; those with most names in common come first.
const CANDIDATES_MAX: i64 = 50;
/// Keys of names that one search for candidates takes.
pub const NAME_KEYS_MAX: usize = 8;
/// Words of a name that one search takes; further ones are passed over.
pub const NAME_WORDS_MAX: usize = 3;
/// The digits at the end of a telephone number by which it is found: a national number without its zero. So it is found
/// with the country's code and without.
const PHONE_KEY_DIGITS: usize = 9;

/// Days between which somebody was born, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Born {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Born {
    /// On any day at all.
    pub const EVER: Self = Self { from: jiff::civil::date(1, 1, 1), to: jiff::civil::date(9999, 12, 31) };

    /// On one day.
    pub fn on(day: Date) -> Self {
        Self { from: day, to: day }
    }
}

/// A search by name.
#[derive(Clone, Debug)]
pub struct NameSearch {
    /// Folded words (`domain::registry::search_key`), at most [`NAME_WORDS_MAX`]: a name begins with the first, and each
    /// of the others begins a word of some name of the person.
    pub words: Vec<String>,
    /// Part of the name that begins so; any if absent.
    pub kind: Option<NameKind>,
    /// Birth date.
    pub born: Born,
}

impl NameSearch {
    /// The keys between which the name lies.
    fn range(&self) -> (&str, String) {
        let first = self.words.first().map_or("", String::as_str);
        (first, format!("{first}\u{10FFFF}"))
    }

    fn kind(&self) -> &'static str {
        self.kind.map_or("", NameKind::as_str)
    }

    /// The pattern of a further word. Folded words hold no wildcard.
    fn pattern(&self, index: usize) -> String {
        self.words.get(index).map_or_else(|| "%".to_owned(), |word| format!("% {word}%"))
    }
}

/// The words of what this purpose may read, for the four places of `collected_for IN (…)`: what it may not read is left
/// out by the database, so that it takes no place among the results.
pub(crate) fn readable(permit: &Authorized<PersonFile>) -> Vec<Value> {
    let mut words = permit.readable();
    words.resize(CollectedFor::ALL.len(), "");
    words.into_iter().map(Value::from).collect()
}

/// The person after whom a page begins, as an identifier; before everybody if there is none.
fn after_id(after: Option<PersonId>) -> PersonId {
    after.unwrap_or_else(|| PersonId::from(uuid::Uuid::nil()))
}

impl Session {
    /// The person of a public number, if this purpose may read her.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_person_by_number(
        &mut self,
        permit: &Authorized<PersonFile>,
        number: &PersonNumber,
    ) -> Result<Option<PersonRow>, DbError> {
        let row = self.find_person_unrestricted(number).await?;
        Ok(row.filter(|row| permit.readable().contains(&row.collected_for.as_str())))
    }

    /// The person of a public number, for an act that shows nothing of her (a measure, which the walls judge).
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_person_unrestricted(&mut self, number: &PersonNumber) -> Result<Option<PersonRow>, DbError> {
        self.fetch_optional(FIND_PERSON_BY_NUMBER, args![number.as_str()]).await?.as_ref().map(person).transpose()
    }

    /// The person of an identifier that another record of the same slice holds.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_person_by_id(&mut self, id: PersonId) -> Result<Option<PersonRow>, DbError> {
        self.fetch_optional(FIND_PERSON_BY_ID, args![id]).await?.as_ref().map(person).transpose()
    }

    /// Persons by name, in the order of their names, after a person of an earlier page.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_persons_by_name(
        &mut self,
        permit: &Authorized<PersonFile>,
        search: &NameSearch,
        after: Option<PersonId>,
    ) -> Result<Vec<PersonRow>, DbError> {
        let (from, to) = search.range();
        let after_key = match after {
            None => String::new(),
            Some(person) => {
                let values = args![person, from, to.as_str(), search.kind()];
                self.fetch_one(FIND_FIRST_NAME_KEY, values).await?.get::<Option<String>>(0)?.unwrap_or_default()
            }
        };
        let mut values = args![from, to.as_str(), search.kind(), after_key, after_id(after)];
        values.extend(args![search.born.from, search.born.to]);
        values.extend(readable(permit));
        values.extend(args![search.pattern(1), search.pattern(2), FOUND_MAX]);
        // A day has few births; everything else is found faster by the name.
        let by_day = search.born.from == search.born.to;
        let statement = if by_day { FIND_PERSONS_BY_BIRTH_AND_NAME } else { FIND_PERSONS_BY_NAME };
        self.fetch_all(statement, values).await?.iter().map(person).collect()
    }

    /// Persons by birth date, after a person of an earlier page.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_persons_by_birth(
        &mut self,
        permit: &Authorized<PersonFile>,
        born: Born,
        after: Option<PersonId>,
    ) -> Result<Vec<PersonRow>, DbError> {
        let mut values = args![born.from, born.to, after_id(after)];
        values.extend(readable(permit));
        values.push(FOUND_MAX.into());
        self.fetch_all(FIND_PERSONS_BY_BIRTH, values).await?.iter().map(person).collect()
    }

    /// Persons with a document of this number, however it is spaced, of a country if one is given; without a country also
    /// those who have exactly this number at another organisation or in an older register. After a person of an earlier page.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_persons_by_document(
        &mut self,
        permit: &Authorized<PersonFile>,
        number: &str,
        country: Option<&str>,
        after: Option<PersonId>,
    ) -> Result<Vec<PersonRow>, DbError> {
        let key = document_key(number);
        if key.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = args![key, after_id(after), country.unwrap_or_default()];
        values.extend(readable(permit));
        values.push(FOUND_MAX.into());
        values.push(number.trim().into());
        self.fetch_all(FIND_PERSONS_BY_DOCUMENT, values).await?.iter().map(person).collect()
    }

    /// Persons who are reached under a telephone number, after a person of an earlier page.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_persons_by_phone(
        &mut self,
        permit: &Authorized<PersonFile>,
        phone: &str,
        after: Option<PersonId>,
    ) -> Result<Vec<PersonRow>, DbError> {
        let key = phone_key(phone);
        if key.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = args![key, after_id(after)];
        values.extend(readable(permit));
        values.push(FOUND_MAX.into());
        self.fetch_all(FIND_PERSONS_BY_PHONE, values).await?.iter().map(person).collect()
    }

    /// The person for whom a card was made.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_persons_by_card(
        &mut self,
        permit: &Authorized<PersonFile>,
        number: &CardNumber,
    ) -> Result<Vec<PersonRow>, DbError> {
        let mut values = args![number.as_str()];
        values.extend(readable(permit));
        self.fetch_all(FIND_PERSONS_BY_CARD, values).await?.iter().map(person).collect()
    }

    /// Persons born on these days who have one of these folded names whole; those with most of them first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_persons_by_birth_and_names(
        &mut self,
        permit: &Authorized<PersonFile>,
        born: Born,
        keys: &[String],
    ) -> Result<Vec<PersonRow>, DbError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut keys: Vec<&str> = keys.iter().take(NAME_KEYS_MAX).map(String::as_str).collect();
        keys.resize(NAME_KEYS_MAX, "");
        let mut values = args![born.from, born.to];
        values.extend(readable(permit));
        values.extend(keys.into_iter().map(Value::from));
        values.push(CANDIDATES_MAX.into());
        self.fetch_all(FIND_PERSONS_BY_BIRTH_AND_NAMES, values).await?.iter().map(person).collect()
    }
}

/// The form in which a telephone number is searched: its last digits.
pub fn phone_key(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(PHONE_KEY_DIGITS)..].iter().collect()
}
