// SPDX-License-Identifier: Apache-2.0
//! Help handed out: once per person and distribution, by the database itself.

use domain::{
    access::{AssistanceFile, Authorized},
    id::{AccountId, EventId, PersonId, RowId},
    legal::LegalBasis,
    number::CaseNumber,
    time::{Date, Timestamp},
};

use crate::{DbError, Session, Write, args, statements, witness::table};

statements! {
    INSERT_DISTRIBUTION = "INSERT INTO distribution (id, code, name, on_date, office, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (code) DO NOTHING";
    FIND_DISTRIBUTION = "SELECT id, code, name, on_date, office FROM distribution WHERE code = $1";
    INSERT_RECEIPT = "INSERT INTO receipt (id, number, distribution_id, person_id, item, basis, given_by, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    COUNT_RECEIPTS = "SELECT COUNT(*) FROM receipt WHERE distribution_id = $1";
}

/// A distribution: an event at which something is handed out once to each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// Identifier.
    pub id: EventId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Day.
    pub on: Date,
    /// Office.
    pub office: String,
}

/// A receipt about to be written.
#[derive(Clone, Debug)]
pub struct NewReceipt {
    /// Row.
    pub id: RowId,
    /// Number that people see.
    pub number: CaseNumber,
    /// Distribution.
    pub distribution: EventId,
    /// Who receives.
    pub person: PersonId,
    /// What, in words.
    pub item: String,
    /// Provision.
    pub basis: LegalBasis,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

impl Session {
    /// The distribution of a code.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_distribution(&mut self, code: &str) -> Result<Option<Distribution>, DbError> {
        let row = self.fetch_optional(FIND_DISTRIBUTION, args![code]).await?;
        row.map(|row| {
            Ok(Distribution {
                id: row.id(0)?,
                code: row.get(1)?,
                name: row.get(2)?,
                on: row.get(3)?,
                office: row.get(4)?,
            })
        })
        .transpose()
    }

    /// How many received something at a distribution.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_receipts(
        &mut self,
        _permit: &Authorized<AssistanceFile>,
        distribution: EventId,
    ) -> Result<i64, DbError> {
        self.fetch_one(COUNT_RECEIPTS, args![distribution]).await?.get(0)
    }
}

impl Write {
    /// Inserts a distribution unless one of its code exists.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_distribution(&mut self, new: &Distribution, now: Timestamp) -> Result<(), DbError> {
        let values = args![new.id, new.code.as_str(), new.name.as_str(), new.on, new.office.as_str(), now];
        self.execute(INSERT_DISTRIBUTION, values).await?;
        self.touch(table::DISTRIBUTION, new.id)
    }

    /// Inserts a receipt.
    ///
    /// # Errors
    /// [`DbError`]; constraint `receipt_once_key` when the person has received already.
    pub async fn insert_receipt(
        &mut self,
        _permit: &Authorized<AssistanceFile>,
        new: NewReceipt,
    ) -> Result<(), DbError> {
        let basis = new.basis.stored_form();
        let values = args![new.id, new.number.as_str(), new.distribution, new.person, new.item, basis, new.by, new.at];
        self.execute(INSERT_RECEIPT, values).await?;
        self.touch(table::RECEIPT, new.id)
    }
}
