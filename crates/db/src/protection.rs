// SPDX-License-Identifier: Apache-2.0
//! Flags that protect a person from measures.

use domain::{
    id::{AccountId, PersonId, RowId},
    time::Timestamp,
};

use crate::{DbError, Session, Write, args, statements, witness::table};

statements! {
    INSERT_PROTECTION_FLAG = "INSERT INTO protection_flag (id, person_id, kind, account_id, raised_at) VALUES ($1, $2, 'trafficking', $3, $4)";
    COUNT_PROTECTION_FLAGS = "SELECT COUNT(*) FROM protection_flag WHERE person_id = $1 AND lifted_at IS NULL";
}

impl Session {
    /// Whether a flag protects the person (presumed victim of trafficking).
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn has_protection_flag(&mut self, person: PersonId) -> Result<bool, DbError> {
        Ok(self.fetch_one(COUNT_PROTECTION_FLAGS, args![person]).await?.get::<i64>(0)? > 0)
    }
}

impl Write {
    /// Raises the flag of a presumed victim of trafficking.
    ///
    /// # Errors
    /// [`DbError`]; constraint `protection_flag_open_key` when it is raised already.
    pub async fn insert_protection_flag(
        &mut self,
        id: RowId,
        person: PersonId,
        by: AccountId,
        at: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(INSERT_PROTECTION_FLAG, args![id, person, by, at]).await?;
        self.touch(table::PROTECTION_FLAG, id)
    }
}
