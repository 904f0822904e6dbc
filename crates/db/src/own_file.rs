// SPDX-License-Identifier: Apache-2.0
//! The short visits of persons to their own file, and what stands there that no officer's door shows.

use domain::{
    access::{Authorized, PersonFile},
    id::{AuditRecordId, PersonId, RowId},
    number::CaseNumber,
    time::Timestamp,
};

use crate::{DbError, Session, StoredAuditRecord, Write, args, audit::stored, statements, witness::table};

statements! {
    DELETE_FILE_VISITS_OF_TOKEN = "DELETE FROM file_visit WHERE token_id = $1";
    DELETE_OLD_FILE_VISITS = "DELETE FROM file_visit WHERE seen_at < $1";
    DELETE_FILE_VISIT = "DELETE FROM file_visit WHERE key_digest = $1";
    INSERT_FILE_VISIT = "INSERT INTO file_visit (id, token_id, key_digest, opened_at, seen_at) VALUES ($1, $2, $3, $4, $4)";
    FIND_FILE_VISIT = "SELECT v.id, v.token_id, t.person_id, v.opened_at, v.seen_at FROM file_visit v JOIN person_token t ON t.id = v.token_id
        WHERE v.key_digest = $1 AND t.revoked_at IS NULL";
    UPDATE_FILE_VISIT_SEEN = "UPDATE file_visit SET seen_at = $1 WHERE id = $2";
    REVOKE_PERSON_TOKEN = "UPDATE person_token SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
    LIST_LOOKS_AT_PERSON = "SELECT r.id, r.at, r.action, r.result, r.visibility, r.salt, r.canonical, r.commitment, r.position, r.office, r.account_id
        FROM audit_subject s JOIN audit_record r ON r.id = s.record_id
        WHERE s.person_id = $1 AND r.visibility = 'subject' AND NOT (r.action = $2 AND r.result = 'done') ORDER BY r.at DESC, r.id DESC LIMIT $3";
    LIST_OFFICERS_LOOKS = "SELECT r.id, r.at, r.action, r.result, r.visibility, r.salt, r.canonical, r.commitment, r.position, r.office, r.account_id
        FROM audit_subject s JOIN audit_record r ON r.id = s.record_id
        WHERE s.person_id = $1 AND r.visibility = 'subject' AND r.account_id IS NOT NULL AND r.id < $2 ORDER BY r.id DESC LIMIT $3";
    LIST_RECEIPTS_OF_PERSON = "SELECT r.number, r.item, r.given_at, d.name FROM receipt r JOIN distribution d ON d.id = r.distribution_id
        WHERE r.person_id = $1 ORDER BY r.given_at DESC, r.id DESC";
}

/// A visit of a person to her own file.
#[derive(Clone, Debug)]
pub struct FileVisit {
    /// Row.
    pub id: RowId,
    /// The token with which it was opened.
    pub token: RowId,
    /// Whose.
    pub person: PersonId,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
}

/// A receipt as its receiver sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnReceipt {
    /// Number.
    pub number: CaseNumber,
    /// What was given (code list `assistance_item`).
    pub item: String,
    /// When.
    pub given_at: Timestamp,
    /// At which distribution.
    pub distribution: String,
}

impl Session {
    /// The latest records that a person may see about herself, without her own readings (of this action) that succeeded.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_looks_at_person(
        &mut self,
        person: PersonId,
        own_action: &str,
        limit: i64,
    ) -> Result<Vec<StoredAuditRecord>, DbError> {
        self.fetch_all(LIST_LOOKS_AT_PERSON, args![person, own_action, limit]).await?.iter().map(stored).collect()
    }

    /// What officers did with a person's data, latest first, before one of the records: as far as the person may see it
    /// too, and without what she did herself.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_officers_looks(
        &mut self,
        _permit: &Authorized<PersonFile>,
        person: PersonId,
        before: Option<AuditRecordId>,
        limit: i64,
    ) -> Result<Vec<StoredAuditRecord>, DbError> {
        let before = before.map_or(uuid::Uuid::max(), AuditRecordId::uuid);
        self.fetch_all(LIST_OFFICERS_LOOKS, args![person, before, limit]).await?.iter().map(stored).collect()
    }

    /// What a person received, latest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_receipts_of_person(&mut self, person: PersonId) -> Result<Vec<OwnReceipt>, DbError> {
        let rows = self.fetch_all(LIST_RECEIPTS_OF_PERSON, args![person]).await?;
        rows.iter()
            .map(|row| {
                let number = CaseNumber::parse(&row.get::<String>(0)?);
                Ok(OwnReceipt {
                    number: number.map_err(|_| DbError::damaged("receipt.number"))?,
                    item: row.get(1)?,
                    given_at: row.get(2)?,
                    distribution: row.get(3)?,
                })
            })
            .collect()
    }

    /// The visit of this key, unless its token was revoked.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_file_visit(&mut self, key_digest: &[u8]) -> Result<Option<FileVisit>, DbError> {
        let row = self.fetch_optional(FIND_FILE_VISIT, args![key_digest]).await?;
        row.map(|row| {
            Ok(FileVisit {
                id: row.id(0)?,
                token: row.id(1)?,
                person: row.id(2)?,
                opened_at: row.get(3)?,
                seen_at: row.get(4)?,
            })
        })
        .transpose()
    }
}

impl Write {
    /// Opens a visit in place of an earlier one with the same token, and forgets those last used before `oldest`.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_file_visit(
        &mut self,
        id: RowId,
        token: RowId,
        key_digest: &[u8],
        now: Timestamp,
        oldest: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(DELETE_OLD_FILE_VISITS, args![oldest]).await?;
        self.execute(DELETE_FILE_VISITS_OF_TOKEN, args![token]).await?;
        self.execute(INSERT_FILE_VISIT, args![id, token, key_digest, now]).await.map(drop)
    }

    /// Notes that a visit is still going on.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_file_visit_seen(&mut self, id: RowId, now: Timestamp) -> Result<(), DbError> {
        self.execute(UPDATE_FILE_VISIT_SEEN, args![now, id]).await.map(drop)
    }

    /// Ends a visit.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn delete_file_visit(&mut self, key_digest: &[u8]) -> Result<(), DbError> {
        self.execute(DELETE_FILE_VISIT, args![key_digest]).await.map(drop)
    }

    /// Makes a person's token useless, at her own wish.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn revoke_person_token(&mut self, id: RowId, now: Timestamp) -> Result<(), DbError> {
        self.execute(DELETE_FILE_VISITS_OF_TOKEN, args![id]).await?;
        self.execute(REVOKE_PERSON_TOKEN, args![now, id]).await?;
        self.touch(table::PERSON_TOKEN, id)
    }
}
