// SPDX-License-Identifier: Apache-2.0
//! Proposal by the case officer, decision by another officer. Nothing is ever decided by a machine or a clock.

use std::collections::BTreeMap;

use domain::{
    access::{Act, AsylumFile},
    case::CaseState,
    legal::ProvisionId,
    number::CaseNumber,
    procedure::{ActionCode, Answer, OutcomeCode, QuestionCode},
    sensitive::Sensitive,
};

use super::load;
use crate::{
    AppError, UseCase,
    procedures::{StepInput, take},
    unit::Unit,
};

/// Proposes a decision on a claim.
pub struct ProposeClaimDecision {
    /// Claim.
    pub case: CaseNumber,
    /// `propose_decision` or `propose_discontinuance`.
    pub action: ActionCode,
    /// Outcome.
    pub outcome: OutcomeCode,
    /// Facts found.
    pub facts: Sensitive<String>,
    /// The case officer's reasons.
    pub reason: Sensitive<String>,
    /// Provisions.
    pub cites: Vec<ProvisionId>,
    /// Answers to the questions of the procedure; what is missing is unknown.
    pub answers: BTreeMap<QuestionCode, Answer>,
}

impl UseCase for ProposeClaimDecision {
    const ACT: Act = Act::ProposeClaimDecision;
    type Output = CaseState;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CaseState, AppError> {
        let permit = unit.permit.open::<AsylumFile>()?;
        let (procedure, mut case) = load(unit, &permit, &self.case).await?;
        let input = StepInput {
            outcome: Some(self.outcome.clone()),
            reason: Some(self.reason.expose().clone()),
            facts: Some(self.facts.expose().clone()),
            cites: self.cites.clone(),
            card: None,
            answers: self.answers.clone(),
        };
        take(unit, &procedure, &mut case, &self.action, &input).await?;
        Ok(case.snapshot.state)
    }
}

/// Decides on a claim.
pub struct DecideClaim {
    /// Claim.
    pub case: CaseNumber,
    /// `decide`, `discontinue` or `decide_appeal`.
    pub action: ActionCode,
    /// Outcome; the proposed one if absent.
    pub outcome: Option<OutcomeCode>,
    /// The decider's own reason.
    pub reason: Sensitive<String>,
    /// Provisions.
    pub cites: Vec<ProvisionId>,
}

impl UseCase for DecideClaim {
    const ACT: Act = Act::DecideClaim;
    type Output = CaseState;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CaseState, AppError> {
        let permit = unit.permit.open::<AsylumFile>()?;
        let (procedure, mut case) = load(unit, &permit, &self.case).await?;
        let input = StepInput {
            outcome: self.outcome.clone(),
            reason: Some(self.reason.expose().clone()),
            cites: self.cites.clone(),
            ..StepInput::default()
        };
        take(unit, &procedure, &mut case, &self.action, &input).await?;
        Ok(case.snapshot.state)
    }
}
