// SPDX-License-Identifier: Apache-2.0
//! Revoking a card: a decision with citation and reason, proposed by one officer after the holder was offered a hearing,
//! taken by another.

use domain::{
    access::{Act, CardFile},
    card::CardAction,
    legal::ProvisionId,
    number::{CardNumber, CaseNumber},
    procedure::OutcomeCode,
    refusal::Refusal,
    sensitive::Sensitive,
};

use super::{advance, load};
use crate::{
    AppError, UseCase,
    procedures::{self, StepInput, action, procedure, take},
    unit::Unit,
};

/// The procedure of the country pack.
const PROCEDURE: &str = "card_revocation";
/// Its outcome that takes the card's validity.
const REVOKED: &str = "revoked";

fn revoked() -> Result<OutcomeCode, AppError> {
    OutcomeCode::parse(REVOKED).map_err(|_| AppError::Fault("an outcome code is malformed"))
}

/// Proposes a revocation.
pub struct ProposeRevocation {
    /// Card.
    pub number: CardNumber,
    /// Ground (code list `card_end_ground`).
    pub ground: String,
    /// Facts.
    pub facts: Sensitive<String>,
    /// The officer's reason.
    pub reason: Sensitive<String>,
    /// Provisions; those of the procedure if empty.
    pub cites: Vec<ProvisionId>,
}

impl UseCase for ProposeRevocation {
    const ACT: Act = Act::ProposeRevocation;
    type Output = CaseNumber;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CaseNumber, AppError> {
        let permit = unit.permit.open::<CardFile>()?;
        unit.check_code("card_end_ground", &self.ground, "ground")?;
        let card = load(unit, &permit, &self.number).await?;
        card.state.after(CardAction::Revoke)?;
        let person = card.person.ok_or(Refusal::NotFound("holder"))?;
        let procedure = procedure(unit, PROCEDURE)?;
        let mut case = procedures::open(unit, &procedure, person).await?;
        take(unit, &procedure, &mut case, &action("offer_hearing")?, &StepInput::default()).await?;
        let input = StepInput {
            outcome: Some(revoked()?),
            reason: Some(self.reason.expose().clone()),
            facts: Some(format!("{}: {}", self.ground, self.facts.expose())),
            cites: self.cites.clone(),
            card: Some(card.id),
            ..StepInput::default()
        };
        take(unit, &procedure, &mut case, &action("propose_decision")?, &input).await?;
        Ok(case.number)
    }
}

/// Revokes a card, as the second officer.
pub struct RevokeCard {
    /// The case of the proposal.
    pub case: CaseNumber,
    /// The decider's own reason.
    pub reason: Sensitive<String>,
    /// Provisions; those of the procedure if empty.
    pub cites: Vec<ProvisionId>,
}

impl UseCase for RevokeCard {
    const ACT: Act = Act::RevokeCard;
    type Output = CardNumber;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CardNumber, AppError> {
        let permit = unit.permit.open::<CardFile>()?;
        let (procedure, mut case) = procedures::load_unsealed(unit, &self.case).await?;
        let proposal = unit.find_open_decision(case.id).await?;
        let card = proposal.and_then(|proposal| proposal.card).ok_or(Refusal::NotFound("proposal of a revocation"))?;
        let reason = self.reason.expose().clone();
        let input = StepInput {
            outcome: Some(revoked()?),
            reason: Some(reason.clone()),
            cites: self.cites.clone(),
            ..StepInput::default()
        };
        take(unit, &procedure, &mut case, &action("decide")?, &input).await?;
        let basis = unit.cite_for(Act::RevokeCard.as_str())?;
        let card = unit.find_card_by_id(&permit, card).await?;
        let mut card = card.filter(|card| card.person == Some(case.person)).ok_or(Refusal::NotFound("card"))?;
        advance(unit, &permit, &mut card, CardAction::Revoke, basis, Some(&reason)).await?;
        unit.about("card", card.id);
        Ok(card.number)
    }
}
