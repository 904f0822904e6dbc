// SPDX-License-Identifier: Apache-2.0
//! What lies on the card desk: cards by state, proposals of revocation that wait for the second officer.

use domain::{
    access::{Authorized, CardFile},
    card::CardState,
    id::{AccountId, CardId, DecisionId, PersonId},
    number::CaseNumber,
    procedure::OutcomeCode,
    time::Timestamp,
};

use super::{CardRow, card};
use crate::{DbError, Row, Session, args, statements};

statements! {
    LIST_CARDS_IN_STATE = "SELECT id, number, person_id, case_id, office, state, status_index, issued_on, expires_on, face, prepared_by, checked_by, qr_text, key_id, handed_over_at, row_version
        FROM card WHERE state = $1 AND ($2 OR office = $3) AND id > $4 ORDER BY id LIMIT $5";
    COUNT_CARDS_BY_STATE = "SELECT state, COUNT(*) FROM card
        WHERE state IN ('prepared', 'checked', 'signed', 'printed', 'suspended') AND ($1 OR office = $2) GROUP BY state ORDER BY state";
    LIST_WAITING_REVOCATIONS = "SELECT d.id, f.number, d.card_id, d.person_id, d.outcome, d.facts, d.proposal_reason, d.basis, d.proposed_by, d.proposed_at, a.name
        FROM decision d JOIN case_file f ON f.id = d.case_id JOIN account a ON a.id = d.proposed_by
        WHERE d.card_id IS NOT NULL AND d.decided_by IS NULL AND d.withdrawn_at IS NULL AND ($1 OR f.office = $2) AND d.id > $3
        ORDER BY d.id LIMIT $4";
    FIND_WAITING_REVOCATION = "SELECT d.id, f.number, d.card_id, d.person_id, d.outcome, d.facts, d.proposal_reason, d.basis, d.proposed_by, d.proposed_at, a.name
        FROM decision d JOIN case_file f ON f.id = d.case_id JOIN account a ON a.id = d.proposed_by
        WHERE d.card_id IS NOT NULL AND d.decided_by IS NULL AND d.withdrawn_at IS NULL AND ($1 OR f.office = $2) AND f.number = $3";
    FIND_WAITING_REVOCATION_OF_CARD = "SELECT f.number FROM decision d JOIN case_file f ON f.id = d.case_id
        WHERE d.card_id = $1 AND d.decided_by IS NULL AND d.withdrawn_at IS NULL";
}

/// A proposal to revoke a card that waits for its second officer.
#[derive(Clone, Debug)]
pub struct WaitingRevocation {
    /// The decision it will become.
    pub id: DecisionId,
    /// Number of the case.
    pub case: CaseNumber,
    /// The card.
    pub card: CardId,
    /// Its holder.
    pub person: PersonId,
    /// What is proposed.
    pub outcome: OutcomeCode,
    /// Sealed facts.
    pub facts: Vec<u8>,
    /// Sealed reason of the proposer.
    pub reason: Vec<u8>,
    /// Stored provisions, separated by line feeds.
    pub basis: String,
    /// Who proposed.
    pub proposed_by: AccountId,
    /// Name of that account.
    pub proposer: String,
    /// When.
    pub proposed_at: Timestamp,
}

fn revocation(row: &Row) -> Result<WaitingRevocation, DbError> {
    Ok(WaitingRevocation {
        id: row.id(0)?,
        case: CaseNumber::parse(&row.get::<String>(1)?).map_err(|_| DbError::damaged("case_file.number"))?,
        card: row.id(2)?,
        person: row.id(3)?,
        outcome: OutcomeCode::parse(&row.get::<String>(4)?).map_err(|_| DbError::damaged("decision.outcome"))?,
        facts: row.get(5)?,
        reason: row.get(6)?,
        basis: row.get(7)?,
        proposed_by: row.id(8)?,
        proposed_at: row.get(9)?,
        proposer: row.get(10)?,
    })
}

impl Session {
    /// A page of the cards in a state, within the jurisdiction, oldest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_cards_in_state(
        &mut self,
        permit: &Authorized<CardFile>,
        state: CardState,
        after: Option<CardId>,
        limit: i64,
    ) -> Result<Vec<CardRow>, DbError> {
        let after = after.map_or(uuid::Uuid::nil(), CardId::uuid);
        let values = args![state.as_str(), permit.office().is_none(), permit.office(), after, limit];
        self.fetch_all(LIST_CARDS_IN_STATE, values).await?.iter().map(card).collect()
    }

    /// How many cards wait in each state in which somebody has to do something, within the jurisdiction.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_cards_by_state(
        &mut self,
        permit: &Authorized<CardFile>,
    ) -> Result<Vec<(CardState, i64)>, DbError> {
        let rows = self.fetch_all(COUNT_CARDS_BY_STATE, args![permit.office().is_none(), permit.office()]).await?;
        rows.iter().map(|row| Ok((row.word(0)?, row.get(1)?))).collect()
    }

    /// A page of the proposals of revocation that wait, within the jurisdiction, oldest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_waiting_revocations(
        &mut self,
        permit: &Authorized<CardFile>,
        after: Option<DecisionId>,
        limit: i64,
    ) -> Result<Vec<WaitingRevocation>, DbError> {
        let after = after.map_or(uuid::Uuid::nil(), DecisionId::uuid);
        let values = args![permit.office().is_none(), permit.office(), after, limit];
        self.fetch_all(LIST_WAITING_REVOCATIONS, values).await?.iter().map(revocation).collect()
    }

    /// The proposal of revocation of a case, while it waits.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_waiting_revocation(
        &mut self,
        permit: &Authorized<CardFile>,
        case: &CaseNumber,
    ) -> Result<Option<WaitingRevocation>, DbError> {
        let values = args![permit.office().is_none(), permit.office(), case.as_str()];
        self.fetch_optional(FIND_WAITING_REVOCATION, values).await?.as_ref().map(revocation).transpose()
    }

    /// The case in which a card's revocation is proposed and waits.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_waiting_revocation_of_card(&mut self, card: CardId) -> Result<Option<CaseNumber>, DbError> {
        let row = self.fetch_optional(FIND_WAITING_REVOCATION_OF_CARD, args![card]).await?;
        row.map(|row| CaseNumber::parse(&row.get::<String>(0)?).map_err(|_| DbError::damaged("case_file.number")))
            .transpose()
    }
}
