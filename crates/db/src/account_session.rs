// SPDX-License-Identifier: Apache-2.0
//! Sessions in the browser, failed attempts to sign in, and the second step. These tables are not witnessed: they change
//! with every request, and what they allow is bound by the account, which is.

use domain::{
    id::{AccountId, RowId},
    time::Timestamp,
};

use crate::{DbError, Session, Write, account::account, args, statements};

statements! {
    INSERT_ACCOUNT_SESSION = "INSERT INTO account_session (id, account_id, token_digest, device, created_at, seen_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $5, $6)";
    FIND_ACCOUNT_SESSION = "SELECT a.id, a.name, a.password_hash, a.role, a.body, a.office, a.jurisdiction, a.is_active, s.id, s.seen_at
        FROM account_session s JOIN account a ON a.id = s.account_id
        WHERE s.token_digest = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND s.seen_at > $3";
    LIST_ACCOUNT_SESSIONS = "SELECT id, device, created_at, seen_at FROM account_session
        WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2 AND seen_at > $3 ORDER BY created_at DESC, id DESC LIMIT $4";
    UPDATE_SESSION_SEEN = "UPDATE account_session SET seen_at = $1 WHERE id = $2 AND seen_at < $1";
    UPDATE_SESSION_ENDED = "UPDATE account_session SET ended_at = $1 WHERE id = $2 AND account_id = $3 AND ended_at IS NULL";
    UPDATE_SESSIONS_ENDED = "UPDATE account_session SET ended_at = $1 WHERE account_id = $2 AND ended_at IS NULL";
    UPDATE_OTHER_SESSIONS_ENDED = "UPDATE account_session SET ended_at = $1 WHERE account_id = $2 AND id <> $3 AND ended_at IS NULL";
    DELETE_OLD_SESSIONS = "DELETE FROM account_session WHERE expires_at < $1";
    FIND_ATTEMPTS = "SELECT failed, locked_until FROM account_attempt WHERE account_id = $1 AND source = $2";
    UPSERT_ATTEMPTS = "INSERT INTO account_attempt (account_id, source, failed, locked_until, last_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (account_id, source) DO UPDATE SET failed = excluded.failed, locked_until = excluded.locked_until, last_at = excluded.last_at";
    DELETE_ATTEMPTS = "DELETE FROM account_attempt WHERE account_id = $1 AND source = $2";
    DELETE_OLD_ATTEMPTS = "DELETE FROM account_attempt WHERE last_at < $1";
    SUM_ATTEMPTS = "SELECT CAST(COALESCE(SUM(failed), 0) AS BIGINT) FROM account_attempt WHERE account_id = $1";
    FIND_TOTP = "SELECT secret, confirmed_at, used_step FROM account_totp WHERE account_id = $1";
    UPSERT_TOTP = "INSERT INTO account_totp (account_id, secret, used_step) VALUES ($1, $2, 0)
        ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, confirmed_at = NULL, used_step = 0";
    UPDATE_TOTP_CONFIRMED = "UPDATE account_totp SET confirmed_at = $1 WHERE account_id = $2 AND confirmed_at IS NULL";
    UPDATE_TOTP_USED = "UPDATE account_totp SET used_step = $1 WHERE account_id = $2 AND used_step < $1";
    DELETE_TOTP = "DELETE FROM account_totp WHERE account_id = $1";
}

/// Open sessions of one account that its list shows.
pub const SESSIONS_PER_ACCOUNT_MAX: i64 = 50;

/// A session that is open.
#[derive(Clone, Debug)]
pub struct OpenSession {
    /// Its row.
    pub id: RowId,
    /// Kind of browser and system, in words.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
}

/// The second step of an account.
#[derive(Clone, Debug)]
pub struct StoredTotp {
    /// The key, sealed.
    pub secret: Vec<u8>,
    /// Since when it is asked for; `None` while it is being set up.
    pub confirmed_at: Option<Timestamp>,
}

/// Failed attempts on one account from one place.
#[derive(Clone, Copy, Debug, Default)]
pub struct Attempts {
    /// Since the last success.
    pub failed: i64,
    /// Until when this place waits.
    pub locked_until: Option<Timestamp>,
}

impl Session {
    /// The account of a session that is open and was seen after `idle_since`, by the token's SHA-256, with the session's
    /// row and when it was last noted as seen.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_account_session(
        &mut self,
        digest: &[u8],
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Option<(crate::Account, RowId, Timestamp)>, DbError> {
        let found = self.fetch_optional(FIND_ACCOUNT_SESSION, args![digest, now, idle_since]).await?;
        found.map(|row| Ok((account(&row)?, row.id(8)?, row.get(9)?))).transpose()
    }

    /// The open sessions of an account, the newest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_account_sessions(
        &mut self,
        account: AccountId,
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Vec<OpenSession>, DbError> {
        let values = args![account, now, idle_since, SESSIONS_PER_ACCOUNT_MAX];
        let rows = self.fetch_all(LIST_ACCOUNT_SESSIONS, values).await?;
        let session = |row: &crate::Row| {
            Ok(OpenSession { id: row.id(0)?, device: row.get(1)?, created_at: row.get(2)?, seen_at: row.get(3)? })
        };
        rows.iter().map(session).collect()
    }

    /// Failed attempts on an account from a place.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_attempts(&mut self, account: AccountId, source: &[u8]) -> Result<Attempts, DbError> {
        let found = self.fetch_optional(FIND_ATTEMPTS, args![account, source]).await?;
        let attempts = |row: crate::Row| Ok(Attempts { failed: row.get(0)?, locked_until: row.get(1)? });
        found.map_or(Ok(Attempts::default()), attempts)
    }

    /// Failed attempts on an account from everywhere, for its administrator.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_failed_attempts(&mut self, account: AccountId) -> Result<i64, DbError> {
        self.fetch_one(SUM_ATTEMPTS, args![account]).await?.get(0)
    }

    /// The second step of an account.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_totp(&mut self, account: AccountId) -> Result<Option<StoredTotp>, DbError> {
        let found = self.fetch_optional(FIND_TOTP, args![account]).await?;
        found.map(|row| Ok(StoredTotp { secret: row.get(0)?, confirmed_at: row.get(1)? })).transpose()
    }
}

impl Write {
    /// Inserts a session by the SHA-256 of its token, and deletes those that are over.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_account_session(
        &mut self,
        id: RowId,
        account: AccountId,
        digest: &[u8],
        device: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(DELETE_OLD_SESSIONS, args![now]).await?;
        self.execute(INSERT_ACCOUNT_SESSION, args![id, account, digest, device, now, expires_at]).await.map(drop)
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_session_seen(&mut self, id: RowId, now: Timestamp) -> Result<(), DbError> {
        self.execute(UPDATE_SESSION_SEEN, args![now, id]).await.map(drop)
    }

    /// Ends a session of an account; says whether it was open.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn end_session(&mut self, id: RowId, account: AccountId, now: Timestamp) -> Result<bool, DbError> {
        Ok(self.execute(UPDATE_SESSION_ENDED, args![now, id, account]).await? == 1)
    }

    /// Ends all sessions of an account.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn end_sessions(&mut self, account: AccountId, now: Timestamp) -> Result<(), DbError> {
        self.execute(UPDATE_SESSIONS_ENDED, args![now, account]).await.map(drop)
    }

    /// Ends all sessions of an account but one.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn end_other_sessions(&mut self, account: AccountId, kept: RowId, now: Timestamp) -> Result<(), DbError> {
        self.execute(UPDATE_OTHER_SESSIONS_ENDED, args![now, account, kept]).await.map(drop)
    }

    /// Notes failed attempts on an account from a place, and forgets those of long ago.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_attempts(
        &mut self,
        account: AccountId,
        source: &[u8],
        attempts: Attempts,
        now: Timestamp,
        forget_before: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(DELETE_OLD_ATTEMPTS, args![forget_before]).await?;
        let values = args![account, source, attempts.failed, attempts.locked_until, now];
        self.execute(UPSERT_ATTEMPTS, values).await.map(drop)
    }

    /// Forgets the failed attempts on an account from a place, after a success.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn delete_attempts(&mut self, account: AccountId, source: &[u8]) -> Result<(), DbError> {
        self.execute(DELETE_ATTEMPTS, args![account, source]).await.map(drop)
    }

    /// Stores the key of a second step that is being set up.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn put_totp(&mut self, account: AccountId, secret: &[u8]) -> Result<(), DbError> {
        self.execute(UPSERT_TOTP, args![account, secret]).await.map(drop)
    }

    /// Asks for the second step from now on.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn confirm_totp(&mut self, account: AccountId, now: Timestamp) -> Result<(), DbError> {
        self.execute(UPDATE_TOTP_CONFIRMED, args![now, account]).await.map(drop)
    }

    /// Uses up the code of a time step; `false` if it, or a later one, was used already (RFC 6238, section 5.2).
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn use_totp_step(&mut self, account: AccountId, step: i64) -> Result<bool, DbError> {
        Ok(self.execute(UPDATE_TOTP_USED, args![step, account]).await? == 1)
    }

    /// Removes the second step.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn delete_totp(&mut self, account: AccountId) -> Result<(), DbError> {
        self.execute(DELETE_TOTP, args![account]).await.map(drop)
    }
}
