// SPDX-License-Identifier: Apache-2.0
//! Opening cases of any procedure, and taking their steps.

use db::CaseFile;
use domain::{
    access::Act,
    case::CaseState,
    number::{CaseNumber, PersonNumber},
    procedure::{ActionCode, OutcomeCode, Procedure, ProcedureCode, StepKind},
    refusal::Refusal,
};

use super::{StepInput, decided_outcome, open, procedure, take};
use crate::{AppError, UseCase, unit::Unit, work};

/// Loads a case of an unsealed procedure that this officer reaches: of his office, or of one for which he stands in.
pub(crate) async fn load_unsealed(unit: &mut Unit<'_>, number: &CaseNumber) -> Result<(Procedure, CaseFile), AppError> {
    let case = work::find_within_reach(unit, number).await?.ok_or(Refusal::NotFound("case"))?;
    let procedure = procedure(unit, case.procedure.as_str())?;
    if procedure.is_sealed {
        return Err(Refusal::NotFound("case").into());
    }
    Ok((procedure, case))
}

/// Orders a person to leave: opens the file of the measure, if no wall stands before the person.
///
/// The person is named by the number on her own paper; nothing about her is shown.
pub struct OrderToLeave {
    /// One person.
    pub person: PersonNumber,
}

impl UseCase for OrderToLeave {
    const ACT: Act = Act::OrderToLeave;
    type Output = CaseNumber;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CaseNumber, AppError> {
        let person = unit.find_person_unrestricted(&self.person).await?.ok_or(Refusal::NotFound("person"))?;
        let procedure = procedure(unit, "leave_order")?;
        let case = open(unit, &procedure, person.id).await?;
        Ok(case.number)
    }
}

/// Opens a case of any unsealed procedure of the pack.
pub struct OpenCase {
    /// Procedure.
    pub procedure: ProcedureCode,
    /// Person.
    pub person: PersonNumber,
}

impl UseCase for OpenCase {
    const ACT: Act = Act::TakeStep;
    type Output = CaseNumber;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CaseNumber, AppError> {
        let permit = unit.permit.open::<domain::access::PersonFile>()?;
        let person = unit.find_person_by_number(&permit, &self.person).await?.ok_or(Refusal::NotFound("person"))?;
        let procedure = procedure(unit, self.procedure.as_str())?;
        if procedure.is_sealed {
            return Err(Refusal::NotPermitted.into());
        }
        Ok(open(unit, &procedure, person.id).await?.number)
    }
}

/// What carries an outcome out in the transaction that decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarriedOut {
    /// [`crate::cards::RevokeCard`].
    Revocation,
    /// [`crate::registry::ErasePerson`].
    Erasure,
}

/// Whether an outcome is carried out by a use case of its own: decided by [`TakeStep`], it would stand in the file and
/// nowhere else.
pub fn carried_out_by(procedure: &ProcedureCode, outcome: &OutcomeCode) -> Option<CarriedOut> {
    match (procedure.as_str(), outcome.as_str()) {
        ("card_revocation", "revoked") => Some(CarriedOut::Revocation),
        ("erasure", "erased") => Some(CarriedOut::Erasure),
        _ => None,
    }
}

/// Takes a step of a case of any unsealed procedure.
pub struct TakeStep {
    /// Case.
    pub case: CaseNumber,
    /// Step.
    pub action: ActionCode,
    /// What the officer gives for it.
    pub input: StepInput,
}

impl UseCase for TakeStep {
    const ACT: Act = Act::TakeStep;
    type Output = CaseState;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CaseState, AppError> {
        let (procedure, mut case) = load_unsealed(unit, &self.case).await?;
        let step = procedure.step(&self.action).ok_or(Refusal::NoSuchStep)?;
        let decided = decided_outcome(step, &case, &self.input);
        let is_carried_out = decided.is_some_and(|outcome| carried_out_by(&procedure.code, &outcome).is_some());
        if step.kind == StepKind::Decide && is_carried_out {
            return Err(Refusal::NoSuchStep.into());
        }
        take(unit, &procedure, &mut case, &self.action, &self.input).await?;
        Ok(case.snapshot.state)
    }
}
