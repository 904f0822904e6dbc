// SPDX-License-Identifier: Apache-2.0
//! Measures against irregular stay, and the flags that protect from them.

use domain::{
    access::{Authorized, EnforcementFile},
    id::{AccountId, MeasureId, PersonId, RowId},
    legal::LegalBasis,
    time::Timestamp,
};

use crate::{DbError, Session, Write, args, case_file::stored_bases, statements};

statements! {
    INSERT_MEASURE = "INSERT INTO measure (id, person_id, kind, reason, basis, leave_before, ordered_by, ordered_at) VALUES ($1, $2, 'leave_order', $3, $4, $5, $6, $7)";
    COUNT_MEASURES = "SELECT COUNT(*) FROM measure WHERE person_id = $1";
    INSERT_PROTECTION_FLAG = "INSERT INTO protection_flag (id, person_id, kind, account_id, raised_at) VALUES ($1, $2, 'trafficking', $3, $4)";
    COUNT_PROTECTION_FLAGS = "SELECT COUNT(*) FROM protection_flag WHERE person_id = $1 AND lifted_at IS NULL";
}

/// A leave order about to be recorded.
#[derive(Clone, Debug)]
pub struct NewLeaveOrder {
    /// Identifier.
    pub id: MeasureId,
    /// Against whom: one person.
    pub person: PersonId,
    /// Sealed reason, this person's own.
    pub reason: Vec<u8>,
    /// Provisions; never empty.
    pub basis: Vec<LegalBasis>,
    /// Until when to leave.
    pub leave_before: Timestamp,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

impl Session {
    /// Whether a flag protects the person (presumed victim of trafficking).
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn has_protection_flag(&mut self, person: PersonId) -> Result<bool, DbError> {
        Ok(self.fetch_one(COUNT_PROTECTION_FLAGS, args![person]).await?.get::<i64>(0)? > 0)
    }

    /// How many measures were ordered against a person.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_measures(
        &mut self,
        _permit: &Authorized<EnforcementFile>,
        person: PersonId,
    ) -> Result<i64, DbError> {
        self.fetch_one(COUNT_MEASURES, args![person]).await?.get(0)
    }
}

impl Write {
    /// Inserts a leave order.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_leave_order(
        &mut self,
        _permit: &Authorized<EnforcementFile>,
        new: NewLeaveOrder,
    ) -> Result<(), DbError> {
        let basis = stored_bases(&new.basis);
        let values = args![new.id, new.person, new.reason, basis, new.leave_before, new.by, new.at];
        self.execute(INSERT_MEASURE, values).await.map(drop)
    }

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
        self.execute(INSERT_PROTECTION_FLAG, args![id, person, by, at]).await.map(drop)
    }
}
