// SPDX-License-Identifier: Apache-2.0
//! Counts of the blanks in stock against the books, each signed by a second officer.

use domain::{
    access::{Authorized, CardFile},
    id::{AccountId, RowId},
    legal::LegalBasis,
    time::Timestamp,
};

use crate::{DbError, Row, Session, Write, args, statements, witness::table};

statements! {
    INSERT_BLANK_COUNT = "INSERT INTO blank_count (id, office, counted, booked, used, spoiled, explanation, basis, counted_by, counted_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    LIST_OPEN_BLANK_COUNT = "SELECT 'blank_count', id FROM blank_count WHERE office = $1 AND signed_at IS NULL AND withdrawn_at IS NULL";
    WITHDRAW_BLANK_COUNT = "UPDATE blank_count SET withdrawn_at = $1 WHERE office = $2 AND signed_at IS NULL AND withdrawn_at IS NULL";
    SIGN_BLANK_COUNT = "UPDATE blank_count SET signed_by = $1, signed_at = $2 WHERE id = $3 AND office = $4 AND signed_at IS NULL AND withdrawn_at IS NULL";
    FIND_BLANK_COUNT = "SELECT b.id, b.office, b.counted, b.booked, b.used, b.spoiled, b.explanation, b.counted_by, b.counted_at, b.signed_by, b.signed_at, b.withdrawn_at, c.name, s.name
        FROM blank_count b JOIN account c ON c.id = b.counted_by LEFT JOIN account s ON s.id = b.signed_by WHERE b.id = $1 AND b.office = $2";
    FIND_SIGNED_BLANK_COUNT_BEFORE = "SELECT b.id, b.office, b.counted, b.booked, b.used, b.spoiled, b.explanation, b.counted_by, b.counted_at, b.signed_by, b.signed_at, b.withdrawn_at, c.name, s.name
        FROM blank_count b JOIN account c ON c.id = b.counted_by JOIN account s ON s.id = b.signed_by
        WHERE b.office = $1 AND b.id < $2 AND b.signed_at IS NOT NULL ORDER BY b.id DESC LIMIT 1";
    LIST_BLANK_COUNTS = "SELECT b.id, b.office, b.counted, b.booked, b.used, b.spoiled, b.explanation, b.counted_by, b.counted_at, b.signed_by, b.signed_at, b.withdrawn_at, c.name, s.name
        FROM blank_count b JOIN account c ON c.id = b.counted_by LEFT JOIN account s ON s.id = b.signed_by
        WHERE b.office = $1 AND b.id < $2 ORDER BY b.id DESC LIMIT $3";
}

/// The books of an office: its blanks by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlankBooks {
    /// In stock.
    pub in_stock: i64,
    /// Cards were printed on them.
    pub used: i64,
    /// Spoiled.
    pub spoiled: i64,
}

/// A count of blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlankCount {
    /// Identifier.
    pub id: RowId,
    /// Office.
    pub office: String,
    /// Blanks that lay there.
    pub counted: i64,
    /// The books at that moment.
    pub books: BlankBooks,
    /// Why the two differ.
    pub explanation: Option<String>,
    /// Who counted.
    pub counted_by: AccountId,
    /// Name of that account.
    pub counter: String,
    /// When.
    pub counted_at: Timestamp,
    /// Who signed as the second officer.
    pub signed_by: Option<AccountId>,
    /// Name of that account.
    pub signer: Option<String>,
    /// When.
    pub signed_at: Option<Timestamp>,
    /// When it was withdrawn for a new count.
    pub withdrawn_at: Option<Timestamp>,
}

/// A count about to be recorded.
#[derive(Clone, Debug)]
pub struct NewBlankCount {
    /// Identifier.
    pub id: RowId,
    /// Office.
    pub office: String,
    /// Blanks that lay there.
    pub counted: i64,
    /// The books at this moment.
    pub books: BlankBooks,
    /// Why the two differ.
    pub explanation: Option<String>,
    /// Provision.
    pub basis: LegalBasis,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

fn blank_count(row: &Row) -> Result<BlankCount, DbError> {
    Ok(BlankCount {
        id: row.id(0)?,
        office: row.get(1)?,
        counted: row.get(2)?,
        books: BlankBooks { in_stock: row.get(3)?, used: row.get(4)?, spoiled: row.get(5)? },
        explanation: row.get(6)?,
        counted_by: row.id(7)?,
        counted_at: row.get(8)?,
        signed_by: row.optional_id(9)?,
        signed_at: row.get(10)?,
        withdrawn_at: row.get(11)?,
        counter: row.get(12)?,
        signer: row.get(13)?,
    })
}

impl Session {
    /// A page of the counts of an office, latest first, before one of them.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_blank_counts(
        &mut self,
        office: &str,
        before: Option<RowId>,
        limit: i64,
    ) -> Result<Vec<BlankCount>, DbError> {
        let before = before.map_or(uuid::Uuid::max(), RowId::uuid);
        self.fetch_all(LIST_BLANK_COUNTS, args![office, before, limit]).await?.iter().map(blank_count).collect()
    }

    /// A count of an office.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_blank_count(&mut self, office: &str, id: RowId) -> Result<Option<BlankCount>, DbError> {
        self.fetch_optional(FIND_BLANK_COUNT, args![id, office]).await?.as_ref().map(blank_count).transpose()
    }

    /// The last signed count of an office before another.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_signed_blank_count_before(
        &mut self,
        office: &str,
        id: RowId,
    ) -> Result<Option<BlankCount>, DbError> {
        let row = self.fetch_optional(FIND_SIGNED_BLANK_COUNT_BEFORE, args![office, id]).await?;
        row.as_ref().map(blank_count).transpose()
    }
}

impl Write {
    /// Records a count; one that nobody has signed yet is withdrawn for it.
    ///
    /// # Errors
    /// [`DbError`]; constraints `blank_count_explained_check`, `blank_count_open_key` when another desk counts at the
    /// same moment.
    pub async fn insert_blank_count(
        &mut self,
        _permit: &Authorized<CardFile>,
        new: NewBlankCount,
    ) -> Result<(), DbError> {
        self.touch_found(LIST_OPEN_BLANK_COUNT, args![new.office.as_str()]).await?;
        self.execute(WITHDRAW_BLANK_COUNT, args![new.at, new.office.as_str()]).await?;
        let BlankBooks { in_stock, used, spoiled } = new.books;
        let basis = new.basis.stored_form();
        let values =
            args![new.id, new.office, new.counted, in_stock, used, spoiled, new.explanation, basis, new.by, new.at];
        self.execute(INSERT_BLANK_COUNT, values).await?;
        self.touch(table::BLANK_COUNT, new.id)
    }

    /// Signs a count as the second officer; says whether it still waited.
    ///
    /// # Errors
    /// [`DbError`]; constraint `blank_count_four_eyes_check` for the officer who counted.
    pub async fn update_blank_count_signed(
        &mut self,
        _permit: &Authorized<CardFile>,
        id: RowId,
        office: &str,
        by: AccountId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let met = self.execute(SIGN_BLANK_COUNT, args![by, now, id, office]).await?;
        self.touch(table::BLANK_COUNT, id)?;
        Ok(met == 1)
    }
}
