// SPDX-License-Identifier: Apache-2.0
//! The person's own door: the token with which she reads who looked at her data.

use domain::{
    id::{AccountId, PersonId, RowId},
    time::Timestamp,
};

use crate::{DbError, Session, Write, args, statements, witness::table};

statements! {
    REVOKE_PERSON_TOKENS = "UPDATE person_token SET revoked_at = $1 WHERE person_id = $2 AND revoked_at IS NULL";
    LIST_PRESENT_TOKENS = "SELECT 'person_token', id FROM person_token WHERE person_id = $1 AND revoked_at IS NULL";
    INSERT_PERSON_TOKEN = "INSERT INTO person_token (id, person_id, token_digest, pin_hash, failed_attempts, given_by, given_at) VALUES ($1, $2, $3, $4, 0, $5, $6)";
    FIND_PERSON_TOKEN = "SELECT id, person_id, pin_hash, failed_attempts FROM person_token WHERE token_digest = $1 AND revoked_at IS NULL";
    UPDATE_PERSON_TOKEN_ATTEMPTS = "UPDATE person_token SET failed_attempts = $1 WHERE id = $2";
}

/// A person's token as stored.
#[derive(Clone, Debug)]
pub struct PersonToken {
    /// Row.
    pub id: RowId,
    /// Whose.
    pub person: PersonId,
    /// Argon2id hash of the PIN.
    pub pin_hash: String,
    /// Wrong PINs since the last right one.
    pub failed_attempts: i64,
}

impl Session {
    /// The person's token of this SHA-256, unless revoked.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_person_token(&mut self, digest: &[u8]) -> Result<Option<PersonToken>, DbError> {
        let row = self.fetch_optional(FIND_PERSON_TOKEN, args![digest]).await?;
        row.map(|row| {
            Ok(PersonToken { id: row.id(0)?, person: row.id(1)?, pin_hash: row.get(2)?, failed_attempts: row.get(3)? })
        })
        .transpose()
    }
}

impl Write {
    /// Gives a person a token in place of any earlier one.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn replace_person_token(
        &mut self,
        id: RowId,
        person: PersonId,
        digest: &[u8],
        pin_hash: &str,
        by: AccountId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.touch_found(LIST_PRESENT_TOKENS, args![person]).await?;
        self.execute(REVOKE_PERSON_TOKENS, args![now, person]).await?;
        self.execute(INSERT_PERSON_TOKEN, args![id, person, digest, pin_hash, by, now]).await?;
        self.touch(table::PERSON_TOKEN, id)
    }

    /// Notes wrong PINs.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_person_token_attempts(&mut self, id: RowId, failed_attempts: i64) -> Result<(), DbError> {
        self.execute(UPDATE_PERSON_TOKEN_ATTEMPTS, args![failed_attempts, id]).await.map(drop)
    }
}
