// SPDX-License-Identifier: Apache-2.0
//! Help handed out: once per person and distribution, by the database itself.

use domain::{
    access::{AssistanceFile, Authorized},
    id::{AccountId, EventId, PersonId, RowId},
    legal::LegalBasis,
    number::{CardNumber, CaseNumber},
    time::{Date, Timestamp},
};

use crate::{DbError, Row, Session, Write, args, statements, witness::table};

statements! {
    INSERT_DISTRIBUTION = "INSERT INTO distribution (id, code, name, on_date, office, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (code) DO NOTHING";
    FIND_DISTRIBUTION = "SELECT id, code, name, on_date, office FROM distribution WHERE code = $1";
    FIND_DISTRIBUTION_BY_ID = "SELECT id, code, name, on_date, office FROM distribution WHERE id = $1";
    FIND_HOLDER_OF_CARD = "SELECT person_id FROM card WHERE number = $1";
    INSERT_RECEIPT = "INSERT INTO receipt (id, number, distribution_id, person_id, item, basis, given_by, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    COUNT_RECEIPTS = "SELECT COUNT(*) FROM receipt WHERE distribution_id = $1";
    LIST_DISTRIBUTIONS = "SELECT id, code, name, on_date, office FROM distribution WHERE id < $1 ORDER BY id DESC LIMIT $2";
    FIND_RECEIPT = "SELECT r.number, r.distribution_id, r.person_id, r.item, r.given_by, a.name, a.office, r.given_at
        FROM receipt r JOIN account a ON a.id = r.given_by WHERE r.distribution_id = $1 AND r.person_id = $2";
    FIND_RECEIPT_BY_NUMBER = "SELECT r.number, r.distribution_id, r.person_id, r.item, r.given_by, a.name, a.office, r.given_at
        FROM receipt r JOIN account a ON a.id = r.given_by WHERE r.number = $1";
    INSERT_GUEST = "INSERT INTO distribution_guest (id, distribution_id, person_id, invited_by, invited_at) VALUES ($1, $2, $3, $4, $5)";
    COUNT_GUEST = "SELECT COUNT(*) FROM distribution_guest WHERE distribution_id = $1 AND person_id = $2";
    COUNT_GUESTS = "SELECT COUNT(*) FROM distribution_guest WHERE distribution_id = $1";
    LIST_GUESTS = "SELECT id, person_id FROM distribution_guest WHERE distribution_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    LIST_GUESTS_WAITING = "SELECT g.id, g.person_id FROM distribution_guest g
        WHERE g.distribution_id = $1 AND g.id > $2
        AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.distribution_id = g.distribution_id AND r.person_id = g.person_id)
        ORDER BY g.id LIMIT $3";
    LIST_GUESTS_BY_NAME = "SELECT DISTINCT g.id, g.person_id FROM distribution_guest g JOIN person_name n ON n.person_id = g.person_id
        WHERE g.distribution_id = $1 AND g.id > $2 AND n.ended_at IS NULL AND n.search_key >= $4 AND n.search_key < $5 ORDER BY g.id LIMIT $3";
    FIND_GUEST = "SELECT id, person_id FROM distribution_guest WHERE distribution_id = $1 AND person_id = $2";
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

/// A receipt as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReceipt {
    /// Number that people see.
    pub number: CaseNumber,
    /// Distribution.
    pub distribution: EventId,
    /// Who received.
    pub person: PersonId,
    /// What, as a code.
    pub item: String,
    /// Who gave it.
    pub by: AccountId,
    /// Name of that account.
    pub officer: String,
    /// Office of that account.
    pub office: String,
    /// When.
    pub at: Timestamp,
}

/// Somebody who is expected at a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Row.
    pub id: RowId,
    /// Who.
    pub person: PersonId,
}

/// Which of the expected are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuestFilter {
    /// All.
    All,
    /// Those who have received nothing yet.
    Waiting,
    /// Those of whom a name begins so, as a search key.
    Name(String),
    /// One person.
    Person(PersonId),
}

fn distribution(row: &Row) -> Result<Distribution, DbError> {
    Ok(Distribution { id: row.id(0)?, code: row.get(1)?, name: row.get(2)?, on: row.get(3)?, office: row.get(4)? })
}

fn receipt(row: &Row) -> Result<StoredReceipt, DbError> {
    Ok(StoredReceipt {
        number: CaseNumber::parse(&row.get::<String>(0)?).map_err(|_| DbError::damaged("receipt.number"))?,
        distribution: row.id(1)?,
        person: row.id(2)?,
        item: row.get(3)?,
        by: row.id(4)?,
        officer: row.get(5)?,
        office: row.get(6)?,
        at: row.get(7)?,
    })
}

fn guest(row: &Row) -> Result<Guest, DbError> {
    Ok(Guest { id: row.id(0)?, person: row.id(1)? })
}

/// Sorts after every continuation of a search key.
const LAST_CHARACTER: char = '\u{10FFFF}';

impl Session {
    /// A page of the distributions, latest first, before one of them.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_distributions(
        &mut self,
        before: Option<EventId>,
        limit: i64,
    ) -> Result<Vec<Distribution>, DbError> {
        let before = before.map_or(uuid::Uuid::max(), EventId::uuid);
        self.fetch_all(LIST_DISTRIBUTIONS, args![before, limit]).await?.iter().map(distribution).collect()
    }

    /// The distribution of an identifier.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_distribution_by_id(&mut self, id: EventId) -> Result<Option<Distribution>, DbError> {
        self.fetch_optional(FIND_DISTRIBUTION_BY_ID, args![id]).await?.as_ref().map(distribution).transpose()
    }

    /// Whose card a number is: whoever shows it at a distribution wants the help that is hers.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_holder_of_card(&mut self, number: &CardNumber) -> Result<Option<PersonId>, DbError> {
        let row = self.fetch_optional(FIND_HOLDER_OF_CARD, args![number.as_str()]).await?;
        Ok(row.map(|row| row.optional_id(0)).transpose()?.flatten())
    }

    /// What a person received at a distribution.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_receipt(
        &mut self,
        _permit: &Authorized<AssistanceFile>,
        distribution: EventId,
        person: PersonId,
    ) -> Result<Option<StoredReceipt>, DbError> {
        self.fetch_optional(FIND_RECEIPT, args![distribution, person]).await?.as_ref().map(receipt).transpose()
    }

    /// The receipt of a number.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_receipt_by_number(
        &mut self,
        _permit: &Authorized<AssistanceFile>,
        number: &CaseNumber,
    ) -> Result<Option<StoredReceipt>, DbError> {
        self.fetch_optional(FIND_RECEIPT_BY_NUMBER, args![number.as_str()]).await?.as_ref().map(receipt).transpose()
    }

    /// Whether a person is expected at a distribution.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn is_guest(
        &mut self,
        _permit: &Authorized<AssistanceFile>,
        distribution: EventId,
        person: PersonId,
    ) -> Result<bool, DbError> {
        Ok(self.fetch_one(COUNT_GUEST, args![distribution, person]).await?.get::<i64>(0)? > 0)
    }

    /// How many are expected at a distribution.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_guests(
        &mut self,
        _permit: &Authorized<AssistanceFile>,
        distribution: EventId,
    ) -> Result<i64, DbError> {
        self.fetch_one(COUNT_GUESTS, args![distribution]).await?.get(0)
    }

    /// A page of those who are expected at a distribution, in the order in which they were put on the list.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_guests(
        &mut self,
        _permit: &Authorized<AssistanceFile>,
        distribution: EventId,
        filter: &GuestFilter,
        after: Option<RowId>,
        limit: i64,
    ) -> Result<Vec<Guest>, DbError> {
        let after = after.map_or(uuid::Uuid::nil(), RowId::uuid);
        let rows = match filter {
            GuestFilter::All => self.fetch_all(LIST_GUESTS, args![distribution, after, limit]).await?,
            GuestFilter::Waiting => self.fetch_all(LIST_GUESTS_WAITING, args![distribution, after, limit]).await?,
            GuestFilter::Name(key) => {
                let values = args![distribution, after, limit, key.as_str(), format!("{key}{LAST_CHARACTER}")];
                self.fetch_all(LIST_GUESTS_BY_NAME, values).await?
            }
            GuestFilter::Person(person) => self.fetch_all(FIND_GUEST, args![distribution, *person]).await?,
        };
        rows.iter().map(guest).collect()
    }

    /// The distribution of a code.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_distribution(&mut self, code: &str) -> Result<Option<Distribution>, DbError> {
        let row = self.fetch_optional(FIND_DISTRIBUTION, args![code]).await?;
        row.as_ref().map(distribution).transpose()
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

    /// Puts a person on the list of those expected at a distribution.
    ///
    /// # Errors
    /// [`DbError`]; constraint `distribution_guest_once_key` when she is on it already.
    pub async fn insert_guest(
        &mut self,
        _permit: &Authorized<AssistanceFile>,
        guest: Guest,
        distribution: EventId,
        by: AccountId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(INSERT_GUEST, args![guest.id, distribution, guest.person, by, now]).await?;
        self.touch(table::DISTRIBUTION_GUEST, guest.id)
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
