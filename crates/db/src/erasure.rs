// SPDX-License-Identifier: Apache-2.0
//! Erasing a person: key, rows and links go; cards keep number and place in the status list, audit records stay whole.

use domain::{
    access::{Authorized, PersonFile},
    id::PersonId,
    legal::LegalBasis,
    time::Timestamp,
};

use crate::{Db, DbError, Row, Session, Statement, Write, args, statements, witness::table};

statements! {
    DELETE_PERSON_KEY = "DELETE FROM person_key WHERE person_id = $1";
    DELETE_PERSON_NAMES = "DELETE FROM person_name WHERE person_id = $1";
    DELETE_CITIZENSHIPS = "DELETE FROM citizenship WHERE person_id = $1";
    DELETE_DOCUMENTS = "DELETE FROM document WHERE person_id = $1";
    DELETE_CONTACTS = "DELETE FROM contact WHERE person_id = $1";
    DELETE_ADDRESSES = "DELETE FROM address WHERE person_id = $1";
    DELETE_PERSON_LANGUAGES = "DELETE FROM person_language WHERE person_id = $1";
    DELETE_FOREIGN_REFERENCES = "DELETE FROM foreign_reference WHERE person_id = $1";
    CLEAR_GUARDIAN = "UPDATE family_member SET guardian_id = NULL WHERE guardian_id = $1";
    DELETE_DISPLACEMENTS = "DELETE FROM displacement WHERE family_id IN (SELECT family_id FROM family_member WHERE person_id = $1)
        AND NOT EXISTS (SELECT 1 FROM family_member other WHERE other.family_id = displacement.family_id AND other.person_id <> $1)";
    DELETE_MEMBERSHIPS = "DELETE FROM family_member WHERE person_id = $1";
    DELETE_CORRECTIONS = "DELETE FROM correction WHERE person_id = $1";
    DELETE_LOOK_ALIKES = "DELETE FROM look_alike WHERE person_id = $1 OR other_id = $1";
    DELETE_DRAFTS_OF_PERSON = "DELETE FROM draft WHERE person_id = $1";
    DELETE_PROTECTION_FLAGS = "DELETE FROM protection_flag WHERE person_id = $1";
    WITHDRAW_SHOWN_ITEMS = "UPDATE content_item SET state = 'withdrawn', media = NULL, row_version = row_version + 1
        WHERE id IN (SELECT item_id FROM content_consent WHERE person_id = $1)";
    DELETE_SHOWN_TEXTS = "DELETE FROM content_text WHERE item_id IN (SELECT item_id FROM content_consent WHERE person_id = $1)";
    DELETE_CONTENT_CONSENTS = "DELETE FROM content_consent WHERE person_id = $1";
    DELETE_FILE_VISITS = "DELETE FROM file_visit WHERE token_id IN (SELECT id FROM person_token WHERE person_id = $1)";
    DELETE_PERSON_TOKENS = "DELETE FROM person_token WHERE person_id = $1";
    DELETE_RECEIPTS = "DELETE FROM receipt WHERE person_id = $1";
    DELETE_INTERVIEW_READINGS = "DELETE FROM interview_reading WHERE person_id = $1";
    DELETE_DECISION_ASSESSMENTS = "DELETE FROM decision_assessment WHERE person_id = $1";
    DELETE_CASE_ASSIGNMENTS = "DELETE FROM case_assignment WHERE person_id = $1";
    DELETE_CASES_QUEUED = "DELETE FROM case_queue WHERE case_id IN (SELECT id FROM case_file WHERE person_id = $1)";
    DELETE_GUESTS = "DELETE FROM distribution_guest WHERE person_id = $1";
    DELETE_INTERVIEWS = "DELETE FROM interview WHERE person_id = $1";
    DELETE_DECISIONS = "DELETE FROM decision WHERE person_id = $1";
    DELETE_CERTIFICATES = "DELETE FROM certificate WHERE case_id IN (SELECT id FROM case_file WHERE person_id = $1)";
    DELETE_CLAIMS = "DELETE FROM claim WHERE person_id = $1";
    DELETE_CARD_EVENT_REASONS = "UPDATE card_event SET reason = NULL WHERE card_id IN (SELECT id FROM card WHERE person_id = $1)";
    REVOKE_CARDS = "UPDATE card SET state = 'revoked', row_version = row_version + 1 WHERE person_id = $1 AND checked_by IS NOT NULL AND state NOT IN ('revoked', 'replaced', 'spoiled')";
    SPOIL_CARDS = "UPDATE card SET state = 'spoiled', row_version = row_version + 1 WHERE person_id = $1 AND checked_by IS NULL AND state <> 'spoiled'";
    UNLINK_CARDS = "UPDATE card SET person_id = NULL, case_id = NULL, face = NULL, qr_text = NULL WHERE person_id = $1";
    DELETE_CASE_ACTIONS = "DELETE FROM case_action WHERE case_id IN (SELECT id FROM case_file WHERE person_id = $1)";
    DELETE_CASES = "DELETE FROM case_file WHERE person_id = $1";
    DELETE_AUDIT_SUBJECTS = "DELETE FROM audit_subject WHERE person_id = $1";
    DELETE_AUDIT_DETAILS = "DELETE FROM audit_detail WHERE person_id = $1";
    DELETE_PERSON = "DELETE FROM person WHERE id = $1";
    LIST_ROWS_AROUND_PERSON = "SELECT 'certificate', case_id FROM certificate WHERE case_id IN (SELECT id FROM case_file WHERE person_id = $1)
        UNION ALL SELECT 'case_action', id FROM case_action WHERE case_id IN (SELECT id FROM case_file WHERE person_id = $1)
        UNION ALL SELECT 'card_event', id FROM card_event WHERE card_id IN (SELECT id FROM card WHERE person_id = $1)
        UNION ALL SELECT 'displacement', id FROM displacement WHERE family_id IN (SELECT family_id FROM family_member WHERE person_id = $1)
        UNION ALL SELECT 'look_alike', id FROM look_alike WHERE other_id = $1
        UNION ALL SELECT 'family_member', id FROM family_member WHERE guardian_id = $1
        UNION ALL SELECT 'content_item', item_id FROM content_consent WHERE person_id = $1
        UNION ALL SELECT 'content_text', id FROM content_text WHERE item_id IN (SELECT item_id FROM content_consent WHERE person_id = $1)";
    LIST_ERASURES = "SELECT person_id, basis, erased_at FROM erasure ORDER BY person_id";
    FIND_ERASURE = "SELECT person_id FROM erasure WHERE person_id = $1";
    COUNT_ERASURES = "SELECT COUNT(*) FROM erasure";
    INSERT_ERASURE = "INSERT INTO erasure (person_id, basis, erased_at, subject_links, detail_links) VALUES ($1, $2, $3, $4, $5)";
}

/// In this order, so that no row points to one that is gone.
const IN_ORDER: &[Statement] = &[
    DELETE_PERSON_KEY,
    DELETE_PERSON_NAMES,
    DELETE_CITIZENSHIPS,
    DELETE_DOCUMENTS,
    DELETE_CONTACTS,
    DELETE_ADDRESSES,
    DELETE_PERSON_LANGUAGES,
    DELETE_FOREIGN_REFERENCES,
    CLEAR_GUARDIAN,
    DELETE_DISPLACEMENTS,
    DELETE_MEMBERSHIPS,
    DELETE_CORRECTIONS,
    DELETE_LOOK_ALIKES,
    DELETE_DRAFTS_OF_PERSON,
    DELETE_PROTECTION_FLAGS,
    WITHDRAW_SHOWN_ITEMS,
    DELETE_SHOWN_TEXTS,
    DELETE_CONTENT_CONSENTS,
    DELETE_FILE_VISITS,
    DELETE_PERSON_TOKENS,
    DELETE_RECEIPTS,
    DELETE_INTERVIEW_READINGS,
    DELETE_DECISION_ASSESSMENTS,
    DELETE_CASE_ASSIGNMENTS,
    DELETE_CASES_QUEUED,
    DELETE_GUESTS,
    DELETE_INTERVIEWS,
    DELETE_DECISIONS,
    DELETE_CERTIFICATES,
    DELETE_CLAIMS,
    DELETE_CARD_EVENT_REASONS,
    REVOKE_CARDS,
    SPOIL_CARDS,
    UNLINK_CARDS,
    DELETE_CASE_ACTIONS,
    DELETE_CASES,
    DELETE_PERSON,
];

/// An erasure as it was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredErasure {
    /// Whom it concerned; the identifier stands nowhere else any more.
    pub person: PersonId,
    /// Stored form of its legal basis.
    pub basis: String,
    /// When.
    pub erased_at: Timestamp,
}

impl Session {
    /// Every erasure, by person.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_erasures(&mut self) -> Result<Vec<StoredErasure>, DbError> {
        let rows = self.fetch_all(LIST_ERASURES, args![]).await?;
        let erasure = |row: &Row| Ok(StoredErasure { person: row.id(0)?, basis: row.get(1)?, erased_at: row.get(2)? });
        rows.iter().map(erasure).collect()
    }

    /// How many persons have been erased.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_erasures(&mut self) -> Result<i64, DbError> {
        self.fetch_one(COUNT_ERASURES, args![]).await?.get(0)
    }

    /// Whether a person is noted as erased.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn is_erased(&mut self, person: PersonId) -> Result<bool, DbError> {
        Ok(self.fetch_optional(FIND_ERASURE, args![person]).await?.is_some())
    }
}

impl Write {
    /// Erases a person and notes that she was erased, so that a restored backup can be erased again.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn erase_person(
        &mut self,
        _permit: &Authorized<PersonFile>,
        person: PersonId,
        basis: &LegalBasis,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.erase(&StoredErasure { person, basis: basis.stored_form(), erased_at: now }).await
    }

    /// Erases a person again whom a restored backup knows still. Whoever restores has the authority of the two officers who
    /// erased her first, and its basis is kept.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn repeat_erasure(&mut self, erasure: &StoredErasure) -> Result<(), DbError> {
        self.erase(erasure).await
    }

    async fn erase(&mut self, erasure: &StoredErasure) -> Result<(), DbError> {
        let person = erasure.person;
        self.touch_rows_of(person).await?;
        self.touch_found(LIST_ROWS_AROUND_PERSON, args![person]).await?;
        let subject_links = self.execute(DELETE_AUDIT_SUBJECTS, args![person]).await?;
        let detail_links = self.execute(DELETE_AUDIT_DETAILS, args![person]).await?;
        for &statement in IN_ORDER {
            self.execute(statement, args![person]).await?;
        }
        self.person_keys.remove(&person);
        let links = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let values =
            args![person, erasure.basis.as_str(), erasure.erased_at, links(subject_links), links(detail_links)];
        self.execute(INSERT_ERASURE, values).await?;
        self.touch(table::ERASURE, person)
    }
}

impl Db {
    /// Drops what the engine still holds of deleted rows: SQLite's write-ahead log; PostgreSQL's dead rows and statistics
    /// (of tables that still have rows), for which each table is rewritten and locked meanwhile, so it is done when offices are closed. PostgreSQL's
    /// write-ahead log holds old pages until it is recycled, and archives of it as long as backups are kept.
    ///
    /// # Errors
    /// [`DbError::Busy`] when a reader stood in the way; it is tried again later. Else [`DbError`].
    pub async fn forget_deleted_rows(&self) -> Result<(), DbError> {
        self.scrub().await
    }
}
