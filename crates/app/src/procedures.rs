// SPDX-License-Identifier: Apache-2.0
//! Steps of any procedure of the country pack: checked, cited, reasoned, walled and recorded in one place.

mod cases;
mod label;
mod seen;
mod show;
mod wall;

use std::collections::BTreeMap;

use db::{NewAction, NewProposal};
use domain::{
    case::{CaseState, check},
    id::{CardId, DecisionId, PersonId},
    legal::{LegalBasis, ProvisionId},
    number::CaseNumber,
    procedure::{ActionCode, Answer, OutcomeCode, Procedure, ProcedureCode, QuestionCode, Step, StepKind},
    refusal::{Problem, Refusal},
    work::reach_allows,
};

pub(crate) use cases::load_unsealed;
pub use cases::{CarriedOut, OpenCase, OrderToLeave, TakeStep, carried_out_by};
pub use db::CaseFile;
pub use label::{Labels, ProvisionLabel, QuestionLabel};
pub use seen::Seen;
pub use show::{CaseView, DecisionView, ShowCase, StepView, TimelineEntry};
pub(crate) use show::{Detail, decisions, load as load_any, steps_now, timeline};
use wall::check_walls;

use crate::{AppError, unit::Unit, work};

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
    /// Answers to the questions of the procedure, for a proposal; what is missing is unknown.
    pub answers: BTreeMap<QuestionCode, Answer>,
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
    work::keep_queue(unit, procedure, &case).await?;
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
    let reach = work::reach_of(unit, case).await?.ok_or(Refusal::NotPermitted)?;
    if !reach_allows(reach, step, &case.snapshot) {
        return Err(Refusal::SameOfficer.into());
    }
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
    work::keep_queue(unit, procedure, case).await?;
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
        (StepKind::Propose | StepKind::Decide, None) => Err(Refusal::field("outcome", Problem::Missing)),
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
    // A file about a card stays about it when it is proposed again.
    let earlier = unit.list_decisions(case.id).await?;
    let card = input.card.or_else(|| earlier.last().and_then(|decision| decision.card));
    let facts = checked_text("facts", input.facts.as_deref())?;
    let facts = unit.seal_text(case.person, "decision.facts", facts).await?;
    let reason = input.reason.as_deref().unwrap_or_default();
    let reason = unit.seal_text(case.person, "decision.proposal_reason", reason).await?;
    let proposal = NewProposal {
        id: unit.new_id(),
        case: case.id,
        person: case.person,
        card,
        outcome,
        facts,
        reason,
        basis,
        by: unit.actor().account,
        at: unit.now,
    };
    let id = proposal.id;
    unit.insert_proposal(proposal).await?;
    record_answers(unit, &procedure, case, id, input).await
}

/// Stores what the officer answered to each question of the procedure. What he left out is unknown: it is asked further, and
/// decides nothing.
async fn record_answers(
    unit: &mut Unit<'_>,
    procedure: &Procedure,
    case: &CaseFile,
    decision: DecisionId,
    input: &StepInput,
) -> Result<(), AppError> {
    let is_asked = |code: &QuestionCode| procedure.questions.iter().any(|question| question.code == *code);
    if let Some(code) = input.answers.keys().find(|code| !is_asked(code)) {
        return Err(Refusal::field(format!("answers.{code}"), "the procedure does not ask this").into());
    }
    if procedure.questions.is_empty() {
        return Ok(());
    }
    let answer = |code: &QuestionCode| input.answers.get(code).copied().unwrap_or(Answer::Unknown);
    let answers: BTreeMap<&QuestionCode, Answer> =
        procedure.questions.iter().map(|question| (&question.code, answer(&question.code))).collect();
    let text = serde_json::to_string(&answers).map_err(|_| AppError::Fault("answers are always JSON"))?;
    let sealed = unit.seal_text(case.person, ANSWERS, &text).await?;
    Ok(unit.insert_assessment(decision, case.person, sealed).await?)
}

/// Where the answers are sealed.
pub(crate) const ANSWERS: &str = "decision_assessment.answers";

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
        return Err(Refusal::field(field, Problem::Text(TEXT_CHARACTERS_MAX)));
    }
    Ok(text)
}
