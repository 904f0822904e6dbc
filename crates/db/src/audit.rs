// SPDX-License-Identifier: Apache-2.0
//! Audit records: written in the transaction of the act, opened with their salt by the auditor or the person concerned.

use domain::{
    audit::{AuditRecord, Salt, Visibility, detail_digest, leaf_commitment, subject_digest},
    id::{AuditRecordId, PersonId},
    time::Timestamp,
};
use rand_core::Rng;
use serde::{Deserialize, Serialize};

use crate::{DbError, Row, Session, Write, args, statements};

statements! {
    INSERT_AUDIT_RECORD = "INSERT INTO audit_record (id, at, action, result, visibility, salt, canonical, commitment, office, account_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    INSERT_AUDIT_SUBJECT = "INSERT INTO audit_subject (record_id, rank, person_id, salt) VALUES ($1, $2, $3, $4)";
    INSERT_AUDIT_DETAIL = "INSERT INTO audit_detail (record_id, rank, person_id, sealed) VALUES ($1, $2, $3, $4)";
    LIST_AUDIT_RECORDS_AT = "SELECT id, at, action, result, visibility, salt, canonical, commitment, position, office, account_id
        FROM audit_record WHERE position >= $1 AND position < $2 ORDER BY position";
    LIST_AUDIT_RECORDS_OF = "SELECT r.id, r.at, r.action, r.result, r.visibility, r.salt, r.canonical, r.commitment, r.position, r.office, r.account_id
        FROM audit_subject s JOIN audit_record r ON r.id = s.record_id
        WHERE s.person_id = $1 AND r.visibility = 'subject' ORDER BY r.at DESC, r.id DESC LIMIT $2";
    LIST_AUDIT_SUBJECTS = "SELECT person_id, salt FROM audit_subject WHERE record_id = $1 ORDER BY rank";
    LIST_AUDIT_DETAILS = "SELECT rank, person_id, sealed FROM audit_detail WHERE record_id = $1 ORDER BY rank";
    LIST_AUDIT_RECORDS_FROM = "SELECT id, at, action, result, visibility, salt, canonical, commitment, position, office, account_id
        FROM audit_record WHERE id >= $1 ORDER BY id LIMIT $2";
    LIST_AUDIT_SUBJECTS_BY_RECORD = "SELECT record_id, rank, person_id, salt FROM audit_subject
        WHERE record_id >= $1 AND record_id <= $2 ORDER BY record_id, rank";
    LIST_AUDIT_DETAILS_BY_RECORD = "SELECT record_id, rank, person_id, sealed FROM audit_detail
        WHERE record_id >= $1 AND record_id <= $2 ORDER BY record_id, rank";
    FIND_AUDIT_POSITION = "SELECT position FROM audit_record WHERE id = $1";
    COUNT_ERASED_LINKS = "SELECT CAST(COALESCE(SUM(subject_links), 0) AS BIGINT), CAST(COALESCE(SUM(detail_links), 0) AS BIGINT) FROM erasure";
    FIND_LAST_AUDIT_TIME = "SELECT MAX(at) FROM audit_record";
}

/// A record with what is needed to write it.
#[derive(Clone, Debug)]
pub struct NewAuditRecord {
    /// The record, with empty `subjects`, `details` and `rows`: they are filled in when it is written.
    pub record: AuditRecord,
    /// Persons concerned.
    pub subjects: Vec<PersonId>,
    /// Values written or shown, per person, as text for the auditor; sealed under the person's key.
    pub details: Vec<(PersonId, String)>,
}

/// A stored record.
#[derive(Clone, Debug)]
pub struct StoredAuditRecord {
    /// Identifier.
    pub id: AuditRecordId,
    /// Time.
    pub at: Timestamp,
    /// What was done.
    pub action: String,
    /// How it ended.
    pub result: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// Salt of the commitment.
    pub salt: Vec<u8>,
    /// Canonical form.
    pub canonical: String,
    /// The commitment, as published.
    pub commitment: Vec<u8>,
    /// Position in the log, once numbered.
    pub position: Option<i64>,
    /// Office of the officer, as in the canonical form.
    pub office: Option<String>,
    /// Account of the officer, as in the canonical form.
    pub account: Option<uuid::Uuid>,
}

/// What is sealed of a detail: the salt travels with the text, so that erasing the key hides both.
#[derive(Serialize, Deserialize)]
struct SealedDetail {
    salt: Salt,
    text: String,
}

/// Records read at once by a sweep, with all that belongs to them.
pub const RECORDS_PER_PAGE: i64 = 200;

/// A person's link to a record.
#[derive(Clone, Debug)]
pub struct StoredSubject {
    /// The record.
    pub record: AuditRecordId,
    /// Place among the record's subjects.
    pub rank: i64,
    /// The person.
    pub person: PersonId,
    /// Salt of the person's digest in the record.
    pub salt: Vec<u8>,
}

/// Values sealed with a record.
#[derive(Clone, Debug)]
pub struct StoredDetail {
    /// The record.
    pub record: AuditRecordId,
    /// Place among the record's details.
    pub rank: i64,
    /// Whose values they are.
    pub person: PersonId,
    /// The sealed values.
    sealed: Vec<u8>,
}

/// Where details are sealed.
const DETAIL_PLACE: &str = "audit_detail.sealed";

pub(crate) fn draw_salt(rng: &mut dyn Rng) -> Salt {
    let mut salt = Salt::default();
    rng.fill_bytes(&mut salt);
    salt
}

impl Write {
    /// Inserts a record, not yet numbered, and binds to it every row that was written since the transaction or the last
    /// record began.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_audit_record(
        &mut self,
        new: &NewAuditRecord,
        rng: &mut (dyn Rng + Send),
    ) -> Result<(), DbError> {
        let mut record = new.record.clone();
        let subjects: Vec<(PersonId, Salt)> = new.subjects.iter().map(|&person| (person, draw_salt(rng))).collect();
        record.subjects = subjects.iter().map(|(person, salt)| subject_digest(salt, *person)).collect();
        let details: Vec<(PersonId, SealedDetail)> = new
            .details
            .iter()
            .map(|(person, text)| (*person, SealedDetail { salt: draw_salt(rng), text: text.clone() }))
            .collect();
        record.details = details.iter().map(|(_, detail)| detail_digest(&detail.salt, &detail.text)).collect();
        record.rows = self.witness_touched_rows(&record, rng).await?;
        let salt = draw_salt(rng);
        let canonical = record.canonical();
        let commitment = leaf_commitment(&salt, &canonical);
        let values = args![
            record.id,
            record.at,
            record.action.as_str(),
            record.result.as_str(),
            record.visibility.as_str(),
            salt.as_slice(),
            canonical,
            commitment.as_slice(),
            record.actor.as_ref().map(|actor| actor.office.as_str()),
            record.actor.as_ref().map(|actor| actor.account),
        ];
        self.execute(INSERT_AUDIT_RECORD, values).await?;
        for (rank, (person, salt)) in (0i64..).zip(subjects) {
            self.execute(INSERT_AUDIT_SUBJECT, args![record.id, rank, person, salt.as_slice()]).await?;
        }
        for (rank, (person, detail)) in (0i64..).zip(details) {
            let text = serde_json::to_vec(&detail).map_err(|error| DbError::damaged(error.to_string()))?;
            let sealed = self.seal(person, DETAIL_PLACE, &text, rng).await?;
            self.execute(INSERT_AUDIT_DETAIL, args![record.id, rank, person, sealed]).await?;
        }
        Ok(())
    }
}

impl Session {
    /// The time of the latest record.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_last_audit_time(&mut self) -> Result<Option<Timestamp>, DbError> {
        self.fetch_one(FIND_LAST_AUDIT_TIME, args![]).await?.get(0)
    }

    /// The numbered records from one position up to, not including, another.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_audit_records_at(&mut self, from: i64, to: i64) -> Result<Vec<StoredAuditRecord>, DbError> {
        self.fetch_all(LIST_AUDIT_RECORDS_AT, args![from, to]).await?.iter().map(stored).collect()
    }

    /// A page of all records by identifier, from one on (it included), numbered or not.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_audit_records_from(
        &mut self,
        from: Option<AuditRecordId>,
    ) -> Result<Vec<StoredAuditRecord>, DbError> {
        let from = from.map_or(uuid::Uuid::nil(), AuditRecordId::uuid);
        self.fetch_all(LIST_AUDIT_RECORDS_FROM, args![from, RECORDS_PER_PAGE]).await?.iter().map(stored).collect()
    }

    /// The links of these records (from one to another, both included) to persons.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_audit_subjects_by_record(
        &mut self,
        from: AuditRecordId,
        to: AuditRecordId,
    ) -> Result<Vec<StoredSubject>, DbError> {
        let rows = self.fetch_all(LIST_AUDIT_SUBJECTS_BY_RECORD, args![from, to]).await?;
        rows.iter()
            .map(|row| {
                Ok(StoredSubject { record: row.id(0)?, rank: row.get(1)?, person: row.id(2)?, salt: row.get(3)? })
            })
            .collect()
    }

    /// The values sealed with these records (from one to another, both included).
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_audit_details_by_record(
        &mut self,
        from: AuditRecordId,
        to: AuditRecordId,
    ) -> Result<Vec<StoredDetail>, DbError> {
        let rows = self.fetch_all(LIST_AUDIT_DETAILS_BY_RECORD, args![from, to]).await?;
        rows.iter()
            .map(|row| {
                Ok(StoredDetail { record: row.id(0)?, rank: row.get(1)?, person: row.id(2)?, sealed: row.get(3)? })
            })
            .collect()
    }

    /// The digest of sealed values, as their record names it.
    ///
    /// # Errors
    /// [`DbError::Damaged`] when they do not open.
    pub async fn digest_of_detail(&mut self, stored: &StoredDetail) -> Result<[u8; 32], DbError> {
        let damaged = || DbError::damaged(DETAIL_PLACE);
        let opened = self.open(stored.person, DETAIL_PLACE, &stored.sealed).await?.ok_or_else(damaged)?;
        let detail: SealedDetail = serde_json::from_slice(&opened).map_err(|_| damaged())?;
        Ok(detail_digest(&detail.salt, &detail.text))
    }

    /// The position of a record in the log; `None` before it is numbered.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_audit_position(&mut self, id: AuditRecordId) -> Result<Option<i64>, DbError> {
        let row = self.fetch_optional(FIND_AUDIT_POSITION, args![id]).await?;
        Ok(row.map(|row| row.get(0)).transpose()?.flatten())
    }

    /// How many links of records to persons, and how many sealed values, erasures have removed.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_erased_links(&mut self) -> Result<(i64, i64), DbError> {
        let row = self.fetch_one(COUNT_ERASED_LINKS, args![]).await?;
        Ok((row.get(0)?, row.get(1)?))
    }

    /// The latest records that a person may see about herself.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_audit_records_of(
        &mut self,
        person: PersonId,
        limit: i64,
    ) -> Result<Vec<StoredAuditRecord>, DbError> {
        self.fetch_all(LIST_AUDIT_RECORDS_OF, args![person, limit]).await?.iter().map(stored).collect()
    }

    /// The persons a record concerns with the salts of their digests; erased persons are gone from it.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_audit_subjects(&mut self, record: AuditRecordId) -> Result<Vec<(PersonId, Vec<u8>)>, DbError> {
        let rows = self.fetch_all(LIST_AUDIT_SUBJECTS, args![record]).await?;
        rows.iter().map(|row| Ok((row.id(0)?, row.get(1)?))).collect()
    }

    /// The values sealed with a record that can still be opened, with the digest that the record names.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_audit_details(&mut self, record: AuditRecordId) -> Result<Vec<AuditDetail>, DbError> {
        let mut details = Vec::new();
        for row in self.fetch_all(LIST_AUDIT_DETAILS, args![record]).await? {
            let (rank, person): (i64, PersonId) = (row.get(0)?, row.id(1)?);
            let Some(opened) = self.open(person, DETAIL_PLACE, &row.get::<Vec<u8>>(2)?).await? else { continue };
            let detail: SealedDetail =
                serde_json::from_slice(&opened).map_err(|_| DbError::damaged("audit_detail.sealed: no detail"))?;
            let digest = detail_digest(&detail.salt, &detail.text);
            details.push(AuditDetail { rank, person, text: detail.text, digest });
        }
        Ok(details)
    }
}

/// An opened detail.
#[derive(Clone, Debug)]
pub struct AuditDetail {
    /// Its place among the record's details.
    pub rank: i64,
    /// Whose values they are.
    pub person: PersonId,
    /// The values.
    pub text: String,
    /// Its digest, to be compared with the record's.
    pub digest: [u8; 32],
}

pub(crate) fn stored(row: &Row) -> Result<StoredAuditRecord, DbError> {
    Ok(StoredAuditRecord {
        id: row.id(0)?,
        at: row.get(1)?,
        action: row.get(2)?,
        result: row.get(3)?,
        visibility: row.word(4)?,
        salt: row.get(5)?,
        canonical: row.get(6)?,
        commitment: row.get(7)?,
        position: row.get(8)?,
        office: row.get(9)?,
        account: row.get(10)?,
    })
}
