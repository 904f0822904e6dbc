// SPDX-License-Identifier: Apache-2.0
//! Tokens of accounts as their owners see them: with a name and an expiry, one by one revocable.

use domain::{
    id::{AccountId, AccountTokenId},
    time::Timestamp,
};

use crate::{DbError, Row, Session, Write, args, statements, witness::table};

statements! {
    INSERT_NAMED_TOKEN = "INSERT INTO account_token (id, account_id, token_digest, created_at, expires_at, name) VALUES ($1, $2, $3, $4, $5, $6)";
    LIST_ACCOUNT_TOKENS = "SELECT id, name, created_at, expires_at FROM account_token
        WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND name IS NOT NULL ORDER BY id LIMIT $3";
    COUNT_ACCOUNT_TOKENS = "SELECT COUNT(*) FROM account_token
        WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND name IS NOT NULL";
    REVOKE_ACCOUNT_TOKEN = "UPDATE account_token SET revoked_at = $1 WHERE id = $2 AND account_id = $3 AND revoked_at IS NULL AND name IS NOT NULL";
}

/// The most named tokens of one account that are valid at the same time.
pub const TOKENS_PER_ACCOUNT_MAX: i64 = 50;

/// A named token, without the token itself, which nobody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedToken {
    /// Identifier, by which it is revoked.
    pub id: AccountTokenId,
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

fn named_token(row: &Row) -> Result<NamedToken, DbError> {
    Ok(NamedToken { id: row.id(0)?, name: row.get(1)?, created_at: row.get(2)?, expires_at: row.get(3)? })
}

impl Session {
    /// The valid named tokens of an account, oldest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_account_tokens(
        &mut self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<NamedToken>, DbError> {
        let rows = self.fetch_all(LIST_ACCOUNT_TOKENS, args![account, now, TOKENS_PER_ACCOUNT_MAX]).await?;
        rows.iter().map(named_token).collect()
    }

    /// How many valid named tokens an account has.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_account_tokens(&mut self, account: AccountId, now: Timestamp) -> Result<i64, DbError> {
        let row = self.fetch_optional(COUNT_ACCOUNT_TOKENS, args![account, now]).await?;
        row.map_or(Ok(0), |row| row.get(0))
    }
}

impl Write {
    /// Inserts a named token by its SHA-256.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_named_token(
        &mut self,
        token: &NamedToken,
        account: AccountId,
        digest: &[u8],
    ) -> Result<(), DbError> {
        let name = token.name.as_str();
        let values = args![token.id, account, digest, token.created_at, token.expires_at, name];
        self.execute(INSERT_NAMED_TOKEN, values).await?;
        self.touch(table::ACCOUNT_TOKEN, token.id)
    }

    /// Revokes a named token of an account; says whether it had a valid one of this identifier.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn revoke_account_token(
        &mut self,
        account: AccountId,
        token: AccountTokenId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        if self.execute(REVOKE_ACCOUNT_TOKEN, args![now, token, account]).await? != 1 {
            return Ok(false);
        }
        self.touch(table::ACCOUNT_TOKEN, token)?;
        Ok(true)
    }
}
