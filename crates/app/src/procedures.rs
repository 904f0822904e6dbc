// SPDX-License-Identifier: Apache-2.0
//! Steps of any procedure of the country pack: checked, cited, reasoned, walled and recorded in one place.

use db::{CaseFile, NewAction, NewProposal};
use domain::{
    access::{Act, Purpose, may_read_for},
    audit::Visibility,
    case::{CaseState, available_actions, check},
    id::{CardId, PersonId},
    legal::{LegalBasis, ProvisionId},
    number::{CaseNumber, PersonNumber},
    procedure::{ActionCode, OutcomeCode, Procedure, ProcedureCode, Step, StepKind},
    refusal::Refusal,
};

use crate::{AppError, UseCase, unit::Unit};

/// The most characters of a reason, a statement or a list of facts.
pub const TEXT_CHARACTERS_MAX: usize = 20_000;
/// The least characters of an officer's own reason: a single word is none.
pub const REASON_CHARACTERS_MIN: usize = 10;

/// What an officer gives for a step.
#[derive(Clone, Debug, Default)]
pub struct StepInput {
    /// Outcome proposed or decided.
    pub outcome: Option<OutcomeCode>,
    /// The officer's own reason.
    pub reason: Option<String>,
    /// Facts on which a proposal rests.
    pub facts: Option<String>,
    /// Provisions cited; the procedure's first one in force if empty.
    pub cites: Vec<ProvisionId>,
    /// The card that a revocation concerns.
    pub card: Option<CardId>,
}

/// The procedure of a code.
pub(crate) fn procedure(unit: &Unit<'_>, code: &str) -> Result<Procedure, AppError> {
    let missing = || AppError::Pack(format!("procedure {code}"));
    let code = ProcedureCode::parse(code).map_err(|_| missing())?;
    unit.pack.procedure(&code).cloned().ok_or_else(missing)
}

/// An action code that the program knows by name.
pub(crate) fn action(code: &str) -> Result<ActionCode, AppError> {
    ActionCode::parse(code).map_err(|_| AppError::Fault("an action code of the program is malformed"))
}

/// Opens a case of a procedure for a person.
pub(crate) async fn open(unit: &mut Unit<'_>, procedure: &Procedure, person: PersonId) -> Result<CaseFile, AppError> {
    let step = procedure.opening().ok_or(Refusal::NoSuchStep)?;
    check(step, None, unit.actor())?;
    check_walls(unit, procedure, person).await?;
    let new = new_action(unit, step, person, &StepInput::default()).await?;
    let (id, number) = (unit.new_id(), CaseNumber::draw(&mut unit.rng));
    let case = unit.open_case(procedure, id, number, person, new).await?;
    unit.about("case", case.id);
    unit.concerns(person)?;
    Ok(case)
}

/// Takes a step of a case.
pub(crate) async fn take(
    unit: &mut Unit<'_>,
    procedure: &Procedure,
    case: &mut CaseFile,
    code: &ActionCode,
    input: &StepInput,
) -> Result<(), AppError> {
    let step = procedure.step(code).ok_or(Refusal::NoSuchStep)?;
    unit.about("case", case.id);
    unit.concerns(case.person)?;
    check(step, Some(&case.snapshot), unit.actor())?;
    let decided = decided_outcome(step, case, input);
    // A wall never stands in the way of what takes nothing from the person.
    let takes_nothing = decided.as_ref().and_then(|code| procedure.outcome(code)).is_some_and(|o| !o.is_adverse);
    if matches!(step.kind, StepKind::Propose | StepKind::Decide) && !takes_nothing {
        check_walls(unit, procedure, case.person).await?;
    }
    check_outcome(step, decided.as_ref())?;
    let new = new_action(unit, step, case.person, input).await?;
    let basis = new.basis.clone();
    let before = case.snapshot.state;
    unit.append_action(procedure, case, new).await?;
    match step.kind {
        StepKind::Propose => record_proposal(unit, case, input, basis).await,
        StepKind::Decide => record_decision(unit, case, decided, input, &basis).await,
        _ if before == CaseState::Proposed && case.snapshot.state != CaseState::Proposed => {
            let now = unit.now;
            Ok(unit.withdraw_proposal(case.id, now).await?)
        }
        _ => Ok(()),
    }
}

/// The outcome of a step: what the officer names, and for a decision otherwise what was proposed.
fn decided_outcome(step: &Step, case: &CaseFile, input: &StepInput) -> Option<OutcomeCode> {
    match step.kind {
        StepKind::Decide => input.outcome.clone().or_else(|| case.snapshot.proposed.clone()),
        _ => input.outcome.clone(),
    }
}

async fn new_action(
    unit: &mut Unit<'_>,
    step: &Step,
    person: PersonId,
    input: &StepInput,
) -> Result<NewAction, AppError> {
    let basis = cite_step(unit, step, &input.cites)?;
    let reason = own_reason(step, input.reason.as_deref())?;
    let reason = match reason {
        Some(reason) => Some(unit.seal_text(person, "case_action.reason", reason).await?),
        None => None,
    };
    Ok(NewAction {
        id: unit.new_id(),
        code: step.action.clone(),
        by: unit.actor().account,
        role: unit.actor().role,
        office: unit.actor().office.clone(),
        at: unit.now,
        device_at: unit.context.device_at,
        basis,
        outcome: input.outcome.clone(),
        reason,
        corrects: None,
    })
}

/// The provisions of a step: those that the officer cites, or the procedure's first one in force.
fn cite_step(unit: &mut Unit<'_>, step: &Step, cited: &[ProvisionId]) -> Result<Vec<LegalBasis>, AppError> {
    if !cited.is_empty() {
        return cited.iter().map(|id| unit.cite(id)).collect();
    }
    let in_force = step.cites.iter().find(|id| LegalBasis::cite(unit.pack, id, unit.today).is_ok());
    match in_force {
        Some(id) => Ok(vec![unit.cite(id)?]),
        None => Err(AppError::Pack(format!("provision in force for {}", step.action))),
    }
}

fn own_reason<'a>(step: &Step, reason: Option<&'a str>) -> Result<Option<&'a str>, Refusal> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let length = reason.map_or(0, |reason| reason.chars().count());
    if length > TEXT_CHARACTERS_MAX {
        return Err(Refusal::field("reason", format!("at most {TEXT_CHARACTERS_MAX} characters")));
    }
    if step.needs_reason && length < REASON_CHARACTERS_MIN {
        return Err(Refusal::ReasonNeeded);
    }
    Ok(reason)
}

/// A step has only the outcomes that the procedure gives it: nobody is rejected by a discontinuance.
fn check_outcome(step: &Step, outcome: Option<&OutcomeCode>) -> Result<(), Refusal> {
    match (step.kind, outcome) {
        (StepKind::Propose | StepKind::Decide, Some(outcome)) => {
            if step.outcomes.is_empty() || step.outcomes.contains(outcome) {
                return Ok(());
            }
            Err(Refusal::field("outcome", format!("{} cannot end in {outcome}", step.action)))
        }
        (StepKind::Propose | StepKind::Decide, None) => Err(Refusal::field("outcome", "missing")),
        (_, Some(_)) => Err(Refusal::field("outcome", "this step has none")),
        (_, None) => Ok(()),
    }
}

/// A decision must cite one of the provisions on which its outcome can rest.
fn check_outcome_citation(procedure: &Procedure, outcome: &OutcomeCode, basis: &[LegalBasis]) -> Result<(), Refusal> {
    let outcome = procedure.outcome(outcome).ok_or_else(|| Refusal::field("outcome", "not one of the procedure"))?;
    if basis.iter().any(|basis| outcome.cites.contains(basis.id())) {
        return Ok(());
    }
    let allowed = outcome.cites.iter().map(ProvisionId::as_str).collect::<Vec<_>>().join(", ");
    Err(Refusal::CitationNeeded(allowed))
}

async fn record_proposal(
    unit: &mut Unit<'_>,
    case: &CaseFile,
    input: &StepInput,
    basis: Vec<LegalBasis>,
) -> Result<(), AppError> {
    let outcome = input.outcome.clone().ok_or_else(|| Refusal::field("outcome", "a proposal names an outcome"))?;
    let procedure = procedure(unit, case.procedure.as_str())?;
    check_outcome_citation(&procedure, &outcome, &basis)?;
    let facts = checked_text("facts", input.facts.as_deref())?;
    let facts = unit.seal_text(case.person, "decision.facts", facts).await?;
    let reason = input.reason.as_deref().unwrap_or_default();
    let reason = unit.seal_text(case.person, "decision.proposal_reason", reason).await?;
    let proposal = NewProposal {
        id: unit.new_id(),
        case: case.id,
        person: case.person,
        card: input.card,
        outcome,
        facts,
        reason,
        basis,
        by: unit.actor().account,
        at: unit.now,
    };
    Ok(unit.insert_proposal(proposal).await?)
}

async fn record_decision(
    unit: &mut Unit<'_>,
    case: &CaseFile,
    outcome: Option<OutcomeCode>,
    input: &StepInput,
    basis: &[LegalBasis],
) -> Result<(), AppError> {
    let outcome = outcome.ok_or_else(|| Refusal::field("outcome", "a decision names an outcome"))?;
    let procedure = procedure(unit, case.procedure.as_str())?;
    check_outcome_citation(&procedure, &outcome, basis)?;
    let Some(open) = unit.find_open_decision(case.id).await? else { return Ok(()) };
    let reason = input.reason.as_deref().ok_or(Refusal::ReasonNeeded)?;
    let reason = unit.seal_text(case.person, "decision.reason", reason).await?;
    let (by, at) = (unit.actor().account, unit.now);
    if !unit.update_decision(open.id, &outcome, reason, basis, by, at).await? {
        return Err(Refusal::Conflict.into());
    }
    Ok(())
}

/// A text that is not empty and not too long.
pub(crate) fn checked_text<'a>(field: &str, text: Option<&'a str>) -> Result<&'a str, Refusal> {
    let text = text.map(str::trim).unwrap_or_default();
    if text.is_empty() || text.chars().count() > TEXT_CHARACTERS_MAX {
        return Err(Refusal::field(field, format!("1 to {TEXT_CHARACTERS_MAX} characters")));
    }
    Ok(text)
}

/// The wall before a presumed victim of trafficking.
const TRAFFICKING_WALL: &str = "expulsion.trafficking_flag";

/// Asks every wall of the country pack that stops this procedure. A wall that the program does not know stops it too.
async fn check_walls(unit: &mut Unit<'_>, procedure: &Procedure, person: PersonId) -> Result<(), AppError> {
    let walls: Vec<(String, Vec<ProvisionId>)> =
        unit.pack.walls_against(&procedure.code).map(|wall| (wall.code.clone(), wall.provisions.clone())).collect();
    for (wall, provisions) in walls {
        unit.concerns(person)?;
        if !stands(unit, &wall, person).await? {
            continue;
        }
        if wall == TRAFFICKING_WALL {
            // Whoever holds her in dependence may read "who looked" over her shoulder.
            unit.seal_record(Visibility::Compartment);
        }
        let basis = provisions.iter().find_map(|id| LegalBasis::cite(unit.pack, id, unit.today).ok());
        let basis = basis.ok_or_else(|| AppError::Pack(format!("provision in force for the wall {wall}")))?;
        return Err(Refusal::Wall { wall, basis: Box::new(basis) }.into());
    }
    Ok(())
}

/// Whether a wall stands before a person.
async fn stands(unit: &mut Unit<'_>, wall: &str, person: PersonId) -> Result<bool, AppError> {
    match wall {
        "expulsion.asylum_claim" => has_protecting_case(unit, person, CaseProtection::Open).await,
        "expulsion.refugee" => has_protecting_case(unit, person, CaseProtection::Recognised).await,
        TRAFFICKING_WALL => Ok(unit.has_protection_flag(person).await?),
        "purpose.protection_data" => {
            let row = unit.find_person_by_id(person).await?.ok_or(Refusal::NotFound("person"))?;
            // The measure is enforcement whoever takes it: the service that examined the claim no less than the police.
            Ok(!may_read_for(Purpose::Enforcement, row.collected_for))
        }
        _ => Err(AppError::Pack(format!("wall known to the program under the name {wall}"))),
    }
}

/// How a case protects from expulsion.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CaseProtection {
    /// While it is open, appeals included.
    Open,
    /// By an outcome that takes nothing from the person.
    Recognised,
}

async fn has_protecting_case(
    unit: &mut Unit<'_>,
    person: PersonId,
    protection: CaseProtection,
) -> Result<bool, AppError> {
    for case in unit.list_cases_of_person(person).await? {
        let Some(procedure) = unit.pack.procedure(&case.procedure) else { continue };
        if procedure.blocks_expulsion.is_none() {
            continue;
        }
        let recognised = case
            .snapshot
            .outcome
            .as_ref()
            .and_then(|outcome| procedure.outcome(outcome))
            .is_some_and(|outcome| !outcome.is_adverse);
        let protects = match protection {
            CaseProtection::Open => case.snapshot.state.is_open() && !recognised,
            CaseProtection::Recognised => recognised,
        };
        if protects {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Loads a case of an unsealed procedure that this officer's office keeps.
pub(crate) async fn load_unsealed(unit: &mut Unit<'_>, number: &CaseNumber) -> Result<(Procedure, CaseFile), AppError> {
    let office = match unit.actor().jurisdiction {
        domain::access::Jurisdiction::National => None,
        domain::access::Jurisdiction::OwnOffice => Some(unit.actor().office.clone()),
    };
    let case = unit.find_case_by_number(number, office.as_deref()).await?.ok_or(Refusal::NotFound("case"))?;
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

/// Procedures with an outcome that is carried out in the transaction that decides it, by a use case of its own: decided
/// here, it would stand in the file and nowhere else.
const CARRIED_OUT_AT_ONCE: [(&str, &str); 2] = [("card_revocation", "revoked"), ("erasure", "erased")];

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
        let is_carried_out = decided
            .as_ref()
            .is_some_and(|outcome| CARRIED_OUT_AT_ONCE.contains(&(procedure.code.as_str(), outcome.as_str())));
        if step.kind == StepKind::Decide && is_carried_out {
            return Err(Refusal::NoSuchStep.into());
        }
        take(unit, &procedure, &mut case, &self.action, &self.input).await?;
        Ok(case.snapshot.state)
    }
}

/// The steps that an officer can take in a case now, as codes.
pub(crate) fn open_steps(unit: &Unit<'_>, procedure: &Procedure, case: &CaseFile) -> Vec<ActionCode> {
    let steps = available_actions(procedure, Some(&case.snapshot), unit.actor());
    steps.into_iter().map(|step| step.action.clone()).collect()
}
