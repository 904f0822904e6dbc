// SPDX-License-Identifier: Apache-2.0
//! Erasing a person by two officers: the first proposes with a reason, the second decides and it is carried out at once.

use domain::{
    access::{Act, PersonFile},
    id::PersonId,
    number::{CaseNumber, PersonNumber},
    procedure::OutcomeCode,
    refusal::Refusal,
};

use crate::{
    AppError, UseCase,
    jobs::Job,
    procedures::{StepInput, action, open, procedure, take},
    unit::Unit,
};

/// Proposes a person's erasure.
pub struct ProposeErasure {
    /// Her public number.
    pub number: PersonNumber,
    /// Why nothing must be kept.
    pub reason: String,
}

impl UseCase for ProposeErasure {
    const ACT: Act = Act::ProposeErasure;
    type Output = CaseNumber;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CaseNumber, AppError> {
        let permit = unit.permit.open::<PersonFile>()?;
        let person = unit.find_person_by_number(&permit, &self.number).await?.ok_or(Refusal::NotFound("person"))?;
        refuse_while_cases_run(unit, person.id).await?;
        let procedure = procedure(unit, "erasure")?;
        let mut case = open(unit, &procedure, person.id).await?;
        let reason = Some(self.reason.clone());
        let input = StepInput { reason: reason.clone(), ..StepInput::default() };
        take(unit, &procedure, &mut case, &action("check_duties_to_keep")?, &input).await?;
        let outcome = procedure.outcomes.iter().find(|outcome| outcome.code.as_str() == "erased");
        let outcome = outcome.map(|outcome| outcome.code.clone());
        let input = StepInput { outcome, reason: reason.clone(), facts: reason, ..StepInput::default() };
        take(unit, &procedure, &mut case, &action("propose_decision")?, &input).await?;
        Ok(case.number)
    }
}

/// Decides an erasure as the second officer, and carries it out.
pub struct ErasePerson {
    /// The case of the proposal.
    pub case: CaseNumber,
    /// The second officer's own reason.
    pub reason: String,
}

impl UseCase for ErasePerson {
    const ACT: Act = Act::ErasePerson;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        let permit = unit.permit.open::<PersonFile>()?;
        let (procedure, mut case) = crate::procedures::load_unsealed(unit, &self.case).await?;
        if procedure.code.as_str() != "erasure" {
            return Err(Refusal::NotFound("proposal of an erasure").into());
        }
        refuse_while_cases_run(unit, case.person).await?;
        let outcome = OutcomeCode::parse("erased").map_err(|_| AppError::Fault("an outcome code is malformed"))?;
        let input = StepInput { outcome: Some(outcome), reason: Some(self.reason.clone()), ..StepInput::default() };
        take(unit, &procedure, &mut case, &action("decide")?, &input).await?;
        let basis = unit.cite_for(Act::ErasePerson.as_str())?;
        let row = unit.find_person_by_id(case.person).await?.ok_or(Refusal::NotFound("person"))?;
        let now = unit.now;
        unit.erase_person(&permit, case.person, &basis, now).await?;
        crate::jobs::ask(unit, Job::PublishStatusList).await?;
        crate::jobs::ask(unit, Job::Forget { file: row.photo }).await?;
        // The record of the erasure names nobody any more: the person it concerns does not exist.
        unit.draft.subjects.clear();
        Ok(())
    }
}

/// Nobody is erased while a case about her other than the erasure itself goes on.
async fn refuse_while_cases_run(unit: &mut Unit<'_>, person: PersonId) -> Result<(), AppError> {
    for case in unit.list_cases_of_person(person).await? {
        if case.procedure.as_str() != "erasure" && case.snapshot.state.is_open() {
            return Err(Refusal::CaseState(case.snapshot.state).into());
        }
    }
    Ok(())
}
