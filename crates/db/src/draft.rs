// SPDX-License-Identifier: Apache-2.0
//! Unfinished work of an officer. Its content lies sealed under a key of its own, so that discarding a draft is final in
//! every copy of the database, and only its own account reads it.

use domain::{
    id::{AccountId, DraftId, PersonId},
    time::Timestamp,
};
use rand_core::Rng;
use zeroize::Zeroizing;

use crate::{DbError, Row, Session, Write, args, statements, vault::DataKey};

statements! {
    INSERT_DRAFT = "INSERT INTO draft (id, account_id, kind, wrapped, content, begun_at, saved_at, expires_at, row_version) VALUES ($1, $2, $3, $4, $5, $6, $6, $7, 1)";
    FIND_DRAFT = "SELECT id, kind, wrapped, content, begun_at, saved_at, expires_at, person_id, row_version FROM draft
        WHERE id = $1 AND account_id = $2 AND expires_at > $3";
    LIST_DRAFTS = "SELECT id, kind, wrapped, content, begun_at, saved_at, expires_at, person_id, row_version FROM draft
        WHERE account_id = $1 AND content IS NOT NULL AND expires_at > $2 ORDER BY saved_at DESC, id LIMIT $3";
    COUNT_DRAFTS = "SELECT COUNT(*) FROM draft WHERE account_id = $1 AND content IS NOT NULL AND expires_at > $2";
    UPDATE_DRAFT = "UPDATE draft SET wrapped = $1, content = $2, saved_at = $3, expires_at = $4, row_version = row_version + 1
        WHERE id = $5 AND account_id = $6 AND content IS NOT NULL AND row_version = $7";
    UPDATE_DRAFT_USED = "UPDATE draft SET wrapped = NULL, content = NULL, person_id = $1, saved_at = $2, row_version = row_version + 1
        WHERE id = $3 AND account_id = $4 AND content IS NOT NULL AND row_version = $5";
    DELETE_DRAFT = "DELETE FROM draft WHERE id = $1 AND account_id = $2 AND content IS NOT NULL";
    LIST_EXPIRED_DRAFTS = "SELECT id, kind, wrapped, content, begun_at, saved_at, expires_at, person_id, row_version FROM draft WHERE expires_at <= $1 ORDER BY expires_at, id LIMIT $2";
    FIND_DRAFT_EXPIRY = "SELECT expires_at FROM draft WHERE id = $1";
    DELETE_EXPIRED_DRAFT = "DELETE FROM draft WHERE id = $1 AND expires_at <= $2";
}

/// The most drafts an account has at once; so many unfinished families are no help to any of them.
pub const DRAFTS_PER_ACCOUNT_MAX: i64 = 50;
/// Expired drafts that are deleted at once.
const EXPIRED_PER_ROUND: i64 = 64;
/// Where the content is sealed.
const CONTENT_PLACE: &str = "draft.content";

/// A draft, opened.
#[derive(Clone)]
pub struct Draft {
    /// Identifier.
    pub id: DraftId,
    /// What it will become, such as `family_registration`.
    pub kind: String,
    /// What was saved; `None` once it has become what it was for.
    pub content: Option<Zeroizing<Vec<u8>>>,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was saved last.
    pub saved_at: Timestamp,
    /// When it is deleted.
    pub expires_at: Timestamp,
    /// The person who came of it, once it has become what it was for.
    pub person: Option<PersonId>,
    /// Version, against lost updates.
    pub row_version: i64,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({}, {}, …)", self.id, self.kind)
    }
}

/// Whose draft it is, and in which version.
#[derive(Clone, Copy, Debug)]
pub struct DraftKey {
    /// Identifier.
    pub id: DraftId,
    /// The account that began it.
    pub account: AccountId,
    /// The version that was read.
    pub row_version: i64,
}

fn key_place(id: DraftId) -> String {
    format!("draft_key|{id}")
}

fn content_place(id: DraftId) -> String {
    format!("{CONTENT_PLACE}|{id}")
}

impl Session {
    fn draft(&self, row: &Row) -> Result<Draft, DbError> {
        let id: DraftId = row.id(0)?;
        let sealed = row.get::<Option<Vec<u8>>>(2)?.zip(row.get::<Option<Vec<u8>>>(3)?);
        let content = match sealed {
            None => None,
            Some((wrapped, content)) => Some(self.open_draft(id, &wrapped, &content)?),
        };
        Ok(Draft {
            id,
            kind: row.get(1)?,
            content,
            begun_at: row.get(4)?,
            saved_at: row.get(5)?,
            expires_at: row.get(6)?,
            person: row.optional_id(7)?,
            row_version: row.get(8)?,
        })
    }

    fn open_draft(&self, id: DraftId, wrapped: &[u8], content: &[u8]) -> Result<Zeroizing<Vec<u8>>, DbError> {
        let damaged = |what: &str| DbError::damaged(format!("{what}: does not open"));
        let key = self.keyring.master().open(&key_place(id), wrapped).map_err(|_| damaged("draft.wrapped"))?;
        let key: [u8; 32] = key.as_slice().try_into().map_err(|_| damaged("draft.wrapped"))?;
        DataKey::from_bytes(key).open(&content_place(id), content).map_err(|_| damaged(CONTENT_PLACE))
    }

    /// A draft of an account, unless it has expired.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_draft(
        &mut self,
        id: DraftId,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Option<Draft>, DbError> {
        let row = self.fetch_optional(FIND_DRAFT, args![id, account, now]).await?;
        row.map(|row| self.draft(&row)).transpose()
    }

    /// The unfinished drafts of an account, the one saved last first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_drafts(&mut self, account: AccountId, now: Timestamp) -> Result<Vec<Draft>, DbError> {
        let rows = self.fetch_all(LIST_DRAFTS, args![account, now, DRAFTS_PER_ACCOUNT_MAX]).await?;
        rows.iter().map(|row| self.draft(row)).collect()
    }

    /// How many unfinished drafts an account has.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_drafts(&mut self, account: AccountId, now: Timestamp) -> Result<i64, DbError> {
        self.fetch_one(COUNT_DRAFTS, args![account, now]).await?.get(0)
    }

    /// When a draft expires, whoever's it is; `None` when there is none any more.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_draft_expiry(&mut self, id: DraftId) -> Result<Option<Timestamp>, DbError> {
        self.fetch_optional(FIND_DRAFT_EXPIRY, args![id]).await?.map(|row| row.get(0)).transpose()
    }

    /// Some of the drafts whose time is over.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_expired_drafts(&mut self, now: Timestamp) -> Result<Vec<Draft>, DbError> {
        let rows = self.fetch_all(LIST_EXPIRED_DRAFTS, args![now, EXPIRED_PER_ROUND]).await?;
        rows.iter().map(|row| self.draft(row)).collect()
    }
}

impl Write {
    /// Seals under a new key: the earlier content opens with nothing that is kept.
    fn seal_draft(&self, id: DraftId, content: &[u8], rng: &mut (dyn Rng + Send)) -> (Vec<u8>, Vec<u8>) {
        let key = DataKey::generate(rng);
        let wrapped = self.keyring.master().seal(&key_place(id), key.as_bytes(), rng);
        (wrapped, key.seal(&content_place(id), content, rng))
    }

    /// Inserts a draft.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_draft(
        &mut self,
        (id, account): (DraftId, AccountId),
        kind: &str,
        content: &[u8],
        (now, expires_at): (Timestamp, Timestamp),
        rng: &mut (dyn Rng + Send),
    ) -> Result<(), DbError> {
        let (wrapped, content) = self.seal_draft(id, content, rng);
        self.execute(INSERT_DRAFT, args![id, account, kind, wrapped, content, now, expires_at]).await.map(drop)
    }

    /// Saves a draft that still has the version that was read; says whether it did.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_draft(
        &mut self,
        draft: DraftKey,
        content: &[u8],
        (now, expires_at): (Timestamp, Timestamp),
        rng: &mut (dyn Rng + Send),
    ) -> Result<bool, DbError> {
        let (wrapped, content) = self.seal_draft(draft.id, content, rng);
        let values = args![wrapped, content, now, expires_at, draft.id, draft.account, draft.row_version];
        Ok(self.execute(UPDATE_DRAFT, values).await? == 1)
    }

    /// Notes what came of a draft and drops its content and key; says whether it still had the version that was read.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_draft_used(
        &mut self,
        draft: DraftKey,
        person: PersonId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let values = args![person, now, draft.id, draft.account, draft.row_version];
        Ok(self.execute(UPDATE_DRAFT_USED, values).await? == 1)
    }

    /// Deletes an unfinished draft of an account; says whether there was one.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn delete_draft(&mut self, id: DraftId, account: AccountId) -> Result<bool, DbError> {
        Ok(self.execute(DELETE_DRAFT, args![id, account]).await? == 1)
    }

    /// Deletes a draft whose time is over.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn delete_expired_draft(&mut self, id: DraftId, now: Timestamp) -> Result<(), DbError> {
        self.execute(DELETE_EXPIRED_DRAFT, args![id, now]).await.map(drop)
    }
}
