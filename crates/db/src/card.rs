// SPDX-License-Identifier: Apache-2.0
//! Cards, the signers that sign them, and the stock of blank cards.

pub(crate) mod blank_count;
pub(crate) mod desk;

use domain::{
    access::{Authorized, CardFile},
    card::CardState,
    id::{AccountId, CardId, CaseId, PersonId, RowId},
    legal::LegalBasis,
    number::CardNumber,
    time::{Date, Timestamp},
};

use crate::{DbError, Row, Session, Write, args, statements, witness::table};

statements! {
    INSERT_CARD = "INSERT INTO card (id, number, person_id, case_id, office, state, status_index, issued_on, expires_on, face, basis, prepared_by, prepared_at, row_version)
        VALUES ($1, $2, $3, $4, $5, 'prepared', $6, $7, $8, $9, $10, $11, $12, 1)";
    FIND_CARD_BY_NUMBER = "SELECT id, number, person_id, case_id, office, state, status_index, issued_on, expires_on, face, prepared_by, checked_by, qr_text, key_id, handed_over_at, row_version
        FROM card WHERE number = $1";
    FIND_CARD_BY_ID = "SELECT id, number, person_id, case_id, office, state, status_index, issued_on, expires_on, face, prepared_by, checked_by, qr_text, key_id, handed_over_at, row_version
        FROM card WHERE id = $1";
    LIST_CARDS_OF_PERSON = "SELECT id, number, person_id, case_id, office, state, status_index, issued_on, expires_on, face, prepared_by, checked_by, qr_text, key_id, handed_over_at, row_version
        FROM card WHERE person_id = $1 ORDER BY id";
    UPDATE_CARD_STATE = "UPDATE card SET state = $1, row_version = row_version + 1 WHERE id = $2 AND row_version = $3";
    UPDATE_CARD_CHECKED = "UPDATE card SET checked_by = $1 WHERE id = $2";
    UPDATE_CARD_SIGNED = "UPDATE card SET signed_by = $1, signed_at = $2, key_id = $3, qr_text = $4 WHERE id = $5";
    UPDATE_CARD_HANDED_OVER = "UPDATE card SET handed_over_at = $1 WHERE id = $2";
    INSERT_CARD_EVENT = "INSERT INTO card_event (id, card_id, action, account_id, basis, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LIST_CARD_EVENTS = "SELECT e.action, e.account_id, e.basis, e.at, a.name, e.reason FROM card_event e JOIN account a ON a.id = e.account_id WHERE e.card_id = $1 ORDER BY e.at, e.id";
    LIST_CARD_STATES = "SELECT status_index, state FROM card";
    COUNT_STATUS_INDEX = "SELECT COUNT(*) FROM card WHERE status_index = $1";
    INSERT_SIGNER = "INSERT INTO signer (key_id, purpose, certificate, use_from, use_until, accept_until) VALUES ($1, $2, $3, $4, $5, $6)";
    LIST_SIGNERS = "SELECT key_id, purpose, certificate, use_from, use_until, accept_until, revoked_at FROM signer ORDER BY use_from, key_id";
    INSERT_BLANK = "INSERT INTO blank (number, office, state, received_at) VALUES ($1, $2, 'in_stock', $3)";
    TAKE_BLANK = "UPDATE blank SET state = 'used', card_id = $1, used_at = $2
        WHERE number = (SELECT number FROM blank WHERE office = $3 AND state = 'in_stock' ORDER BY number LIMIT 1) AND state = 'in_stock'";
    FIND_BLANK_OF_CARD = "SELECT number FROM blank WHERE card_id = $1 AND state = 'used'";
    LIST_BLANK_OF_CARD = "SELECT 'blank', number FROM blank WHERE card_id = $1 AND state = 'used'";
    SPOIL_BLANK = "UPDATE blank SET state = 'spoiled', reason = $1, used_at = $2 WHERE number = $3 AND state = $4 AND office = $5";
    COUNT_BLANKS = "SELECT state, COUNT(*) FROM blank WHERE office = $1 GROUP BY state ORDER BY state";
}

domain::text_enum! {
    /// The state of a blank card.
    pub enum BlankState {
        /// In stock.
        InStock = "in_stock",
        /// A card was printed on it.
        Used = "used",
        /// Spoiled.
        Spoiled = "spoiled",
    }
}

/// A card as stored.
#[derive(Clone, Debug)]
pub struct CardRow {
    /// Identifier.
    pub id: CardId,
    /// Number.
    pub number: CardNumber,
    /// Holder; `None` after an erasure.
    pub person: Option<PersonId>,
    /// The case that recognised the holder.
    pub case: Option<CaseId>,
    /// Office.
    pub office: String,
    /// State.
    pub state: CardState,
    /// Place in the status list.
    pub status_index: i64,
    /// Day of issue.
    pub issued_on: Date,
    /// Last day of validity.
    pub expires_on: Date,
    /// Sealed: what the card shows, as JSON.
    pub face: Option<Vec<u8>>,
    /// Who prepared it.
    pub prepared_by: AccountId,
    /// Who checked it.
    pub checked_by: Option<AccountId>,
    /// Sealed: the signed text of its QR code.
    pub qr_text: Option<Vec<u8>>,
    /// Which key signed it.
    pub key_id: Option<Vec<u8>>,
    /// When it was handed over.
    pub handed_over_at: Option<Timestamp>,
    /// Version, against lost updates.
    pub row_version: i64,
}

/// A card about to be prepared.
#[derive(Clone, Debug)]
pub struct NewCard {
    /// Identifier.
    pub id: CardId,
    /// Number.
    pub number: CardNumber,
    /// Holder.
    pub person: PersonId,
    /// The case that recognised the holder.
    pub case: CaseId,
    /// Office.
    pub office: String,
    /// Place in the status list.
    pub status_index: i64,
    /// Day of issue.
    pub issued_on: Date,
    /// Last day of validity.
    pub expires_on: Date,
    /// Sealed face.
    pub face: Vec<u8>,
    /// Provision.
    pub basis: LegalBasis,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// An event of a card's life.
#[derive(Clone, Debug)]
pub struct CardEvent {
    /// Row.
    pub id: RowId,
    /// What was done.
    pub action: String,
    /// By whom.
    pub by: AccountId,
    /// Provision.
    pub basis: LegalBasis,
    /// Sealed reason.
    pub reason: Option<Vec<u8>>,
    /// When.
    pub at: Timestamp,
}

/// A stored event of a card's life.
#[derive(Clone, Debug)]
pub struct StoredCardEvent {
    /// What was done.
    pub action: String,
    /// By whom.
    pub by: AccountId,
    /// Name of that account.
    pub officer: String,
    /// Stored provision.
    pub basis: String,
    /// Sealed reason.
    pub reason: Option<Vec<u8>>,
    /// When.
    pub at: Timestamp,
}

/// A signer as stored; its private key lies outside the database.
#[derive(Clone, Debug)]
pub struct SignerRow {
    /// Key identifier.
    pub key_id: Vec<u8>,
    /// `cards` or `status_list`.
    pub purpose: String,
    /// Certificate, DER.
    pub certificate: Vec<u8>,
    /// Signs from here.
    pub use_from: Timestamp,
    /// Signs until here.
    pub use_until: Timestamp,
    /// What it signed is accepted until here.
    pub accept_until: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

fn card(row: &Row) -> Result<CardRow, DbError> {
    Ok(CardRow {
        id: row.id(0)?,
        number: CardNumber::parse(&row.get::<String>(1)?).map_err(|_| DbError::damaged("card.number"))?,
        person: row.optional_id(2)?,
        case: row.optional_id(3)?,
        office: row.get(4)?,
        state: row.word(5)?,
        status_index: row.get(6)?,
        issued_on: row.get(7)?,
        expires_on: row.get(8)?,
        face: row.get(9)?,
        prepared_by: row.id(10)?,
        checked_by: row.optional_id(11)?,
        qr_text: row.get(12)?,
        key_id: row.get(13)?,
        handed_over_at: row.get(14)?,
        row_version: row.get(15)?,
    })
}

impl Session {
    /// The card of a number, within the jurisdiction.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_card_by_number(
        &mut self,
        permit: &Authorized<CardFile>,
        number: &CardNumber,
    ) -> Result<Option<CardRow>, DbError> {
        let row = self.fetch_optional(FIND_CARD_BY_NUMBER, args![number.as_str()]).await?;
        let card = row.as_ref().map(card).transpose()?;
        Ok(card.filter(|card| permit.office().is_none_or(|office| card.office == office)))
    }

    /// The card of an identifier.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_card_by_id(
        &mut self,
        _permit: &Authorized<CardFile>,
        id: CardId,
    ) -> Result<Option<CardRow>, DbError> {
        self.fetch_optional(FIND_CARD_BY_ID, args![id]).await?.as_ref().map(card).transpose()
    }

    /// The cards of a person, oldest first; whether she has one is asked when help is handed out too.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_cards_of_person(&mut self, person: PersonId) -> Result<Vec<CardRow>, DbError> {
        self.fetch_all(LIST_CARDS_OF_PERSON, args![person]).await?.iter().map(card).collect()
    }

    /// The events of a card.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_card_events(
        &mut self,
        _permit: &Authorized<CardFile>,
        id: CardId,
    ) -> Result<Vec<StoredCardEvent>, DbError> {
        let rows = self.fetch_all(LIST_CARD_EVENTS, args![id]).await?;
        rows.iter()
            .map(|row| {
                let (action, by, basis) = (row.get(0)?, row.id(1)?, row.get(2)?);
                Ok(StoredCardEvent { action, by, basis, at: row.get(3)?, officer: row.get(4)?, reason: row.get(5)? })
            })
            .collect()
    }

    /// Place and state of every card, for the status list.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_card_states(&mut self) -> Result<Vec<(i64, CardState)>, DbError> {
        let rows = self.fetch_all(LIST_CARD_STATES, args![]).await?;
        rows.iter().map(|row| Ok((row.get(0)?, row.word(1)?))).collect()
    }

    /// Whether a place of the status list was ever given out.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn is_status_index_taken(&mut self, index: i64) -> Result<bool, DbError> {
        Ok(self.fetch_one(COUNT_STATUS_INDEX, args![index]).await?.get::<i64>(0)? > 0)
    }

    /// Every signer.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_signers(&mut self) -> Result<Vec<SignerRow>, DbError> {
        let rows = self.fetch_all(LIST_SIGNERS, args![]).await?;
        rows.iter()
            .map(|row| {
                Ok(SignerRow {
                    key_id: row.get(0)?,
                    purpose: row.get(1)?,
                    certificate: row.get(2)?,
                    use_from: row.get(3)?,
                    use_until: row.get(4)?,
                    accept_until: row.get(5)?,
                    revoked_at: row.get(6)?,
                })
            })
            .collect()
    }

    /// The blank on which a card was printed.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_blank_of_card(&mut self, card: CardId) -> Result<Option<String>, DbError> {
        let row = self.fetch_optional(FIND_BLANK_OF_CARD, args![card]).await?;
        row.map(|row| row.get(0)).transpose()
    }

    /// How many blanks of an office are in which state.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_blanks(&mut self, office: &str) -> Result<Vec<(String, i64)>, DbError> {
        let rows = self.fetch_all(COUNT_BLANKS, args![office]).await?;
        rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
    }
}

impl Write {
    /// Inserts a prepared card.
    ///
    /// # Errors
    /// [`DbError`]; constraints `card_number_key`, `card_status_index_key` (draw again), `card_live_key` (the person has
    /// a card).
    pub async fn insert_card(&mut self, _permit: &Authorized<CardFile>, new: NewCard) -> Result<(), DbError> {
        let values = args![
            new.id,
            new.number.as_str(),
            new.person,
            new.case,
            new.office,
            new.status_index,
            new.issued_on,
            new.expires_on,
            new.face,
            new.basis.stored_form(),
            new.by,
            new.at,
        ];
        self.execute(INSERT_CARD, values).await?;
        self.touch(table::CARD, new.id)
    }

    /// Moves a card to a state and notes the event; says whether the card still had this version.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_card_state(
        &mut self,
        _permit: &Authorized<CardFile>,
        card: &CardRow,
        state: CardState,
        event: CardEvent,
    ) -> Result<bool, DbError> {
        let met = self.execute(UPDATE_CARD_STATE, args![state.as_str(), card.id, card.row_version]).await?;
        let basis = event.basis.stored_form();
        let values = args![event.id, card.id, event.action, event.by, basis, event.reason, event.at];
        self.execute(INSERT_CARD_EVENT, values).await?;
        self.touch(table::CARD, card.id)?;
        self.touch(table::CARD_EVENT, event.id)?;
        Ok(met == 1)
    }

    /// Notes the officer who compared the card; before the state moves on.
    ///
    /// # Errors
    /// [`DbError`]; constraint `card_four_eyes_check` for the officer who prepared it.
    pub async fn update_card_checked(&mut self, card: CardId, by: AccountId) -> Result<(), DbError> {
        self.execute(UPDATE_CARD_CHECKED, args![by, card]).await?;
        self.touch(table::CARD, card)
    }

    /// Stores the signed text of a card's QR code, sealed.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_card_signed(
        &mut self,
        card: CardId,
        by: AccountId,
        key_id: &[u8],
        qr_text: Vec<u8>,
        at: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(UPDATE_CARD_SIGNED, args![by, at, key_id, qr_text, card]).await?;
        self.touch(table::CARD, card)
    }

    /// Notes the hand-over.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_card_handed_over(&mut self, card: CardId, at: Timestamp) -> Result<(), DbError> {
        self.execute(UPDATE_CARD_HANDED_OVER, args![at, card]).await?;
        self.touch(table::CARD, card)
    }

    /// Inserts a signer.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_signer(&mut self, signer: &SignerRow) -> Result<(), DbError> {
        let values = args![
            signer.key_id.as_slice(),
            signer.purpose.as_str(),
            signer.certificate.as_slice(),
            signer.use_from,
            signer.use_until,
            signer.accept_until,
        ];
        self.execute(INSERT_SIGNER, values).await?;
        self.touch(table::SIGNER, signer.key_id.as_slice())
    }

    /// Takes a blank into stock.
    ///
    /// # Errors
    /// [`DbError`]; constraint `blank_pkey` when its number is known.
    pub async fn insert_blank(&mut self, number: &str, office: &str, now: Timestamp) -> Result<(), DbError> {
        self.execute(INSERT_BLANK, args![number, office, now]).await?;
        self.touch(table::BLANK, number)
    }

    /// Takes the first blank of an office for a card; says whether one was left.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn take_blank(&mut self, card: CardId, office: &str, now: Timestamp) -> Result<bool, DbError> {
        let taken = self.execute(TAKE_BLANK, args![card, now, office]).await? == 1;
        self.touch_found(LIST_BLANK_OF_CARD, args![card]).await?;
        Ok(taken)
    }

    /// Spoils a blank of an office that is in this state; says whether there was one.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn spoil_blank(
        &mut self,
        number: &str,
        office: &str,
        reason: &str,
        state: BlankState,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        self.touch(table::BLANK, number)?;
        Ok(self.execute(SPOIL_BLANK, args![reason, now, number, state.as_str(), office]).await? == 1)
    }
}
