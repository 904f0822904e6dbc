// SPDX-License-Identifier: Apache-2.0
//! Showing a case of any procedure: what was done in it, what runs, what can be done now.

use std::collections::BTreeMap;

use db::{CaseFile, Decision, Due};
use domain::{
    access::{Act, PersonFile, Role},
    audit::Visibility,
    id::{AccountId, PersonId},
    number::CaseNumber,
    procedure::{ActionCode, Answer, ClockCode, OutcomeCode, Procedure, QuestionCode, StepKind},
    refusal::Refusal,
    sensitive::Sensitive,
    time::{Date, Timestamp},
    work::{available_to, reads_cases_of},
};

use super::{ANSWERS, procedure};
use crate::{
    AppError, UseCase,
    registry::{Holder, holder},
    unit::Unit,
    work,
};

/// One recorded action as shown.
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    /// The step.
    pub code: ActionCode,
    /// When.
    pub at: Timestamp,
    /// Name of the officer.
    pub officer: String,
    /// In what role.
    pub role: Role,
    /// At which office.
    pub office: String,
    /// Outcome proposed or decided; absent where it is sealed.
    pub outcome: Option<OutcomeCode>,
    /// The officer's own reason; absent where it is sealed.
    pub reason: Option<Sensitive<String>>,
    /// Stored legal bases.
    pub bases: Vec<String>,
}

/// A proposal or decision as shown to who examines or decides.
#[derive(Clone, Debug)]
pub struct DecisionView {
    /// Outcome.
    pub outcome: OutcomeCode,
    /// Stored legal bases.
    pub bases: Vec<String>,
    /// Who proposed.
    pub proposed_by: String,
    /// Facts found.
    pub facts: Sensitive<String>,
    /// Reason of who proposed.
    pub proposal_reason: Sensitive<String>,
    /// Answers to the questions of the procedure.
    pub answers: BTreeMap<QuestionCode, Answer>,
    /// Who decided, when, with what reason.
    pub decided: Option<(String, Timestamp, Sensitive<String>)>,
}

/// A step that an officer can take now.
#[derive(Clone, Debug)]
pub struct StepView {
    /// Its action.
    pub action: ActionCode,
    /// Kind of act.
    pub kind: StepKind,
    /// Whether an own reason must be written.
    pub needs_reason: bool,
    /// Outcomes to choose from; empty where it has none.
    pub outcomes: Vec<OutcomeCode>,
}

/// A case as shown, without what is sealed in it.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The case.
    pub case: CaseFile,
    /// Whom it concerns.
    pub holder: Holder,
    /// What was done, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// Proposals and decisions; none where they are sealed.
    pub decisions: Vec<DecisionView>,
    /// Clocks that run, with the day they end.
    pub clocks: Vec<(ClockCode, Date)>,
    /// The clock that ends first.
    pub due: Due,
    /// Steps that this officer can take now.
    pub steps: Vec<StepView>,
    /// Who has the case.
    pub assignee: Option<String>,
    /// The certificate of the asylum seeker: number and day of issue.
    pub certificate: Option<(CaseNumber, Date)>,
}

/// Shows a case.
pub struct ShowCase {
    /// The case.
    pub case: CaseNumber,
}

impl UseCase for ShowCase {
    const ACT: Act = Act::ShowCase;
    type Output = CaseView;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CaseView, AppError> {
        unit.cite_for(Act::ShowCase.as_str())?;
        let (procedure, case) = load(unit, &self.case).await?;
        unit.about("case", case.id);
        unit.concerns(case.person)?;
        let holder = holder(unit, case.person).await?;
        let sealed = procedure.is_sealed;
        let timeline = timeline(unit, &case, if sealed { Detail::Bare } else { Detail::Full }).await?;
        let decisions = if sealed { Vec::new() } else { decisions(unit, &case).await? };
        let clocks = work::due_days(unit.pack, &procedure, &case.snapshot);
        let due = unit.find_case_due(case.id).await?.flatten();
        let steps = steps_now(unit, &procedure, &case).await?;
        let assignee = work::assignee_name(unit, case.id).await?;
        let certificate = unit.find_certificate(case.id).await?;
        Ok(CaseView { case, holder, timeline, decisions, clocks, due, steps, assignee, certificate })
    }
}

/// Loads an open or closed case that this officer may see at all: the same cases as in his queues, and closed ones.
pub(crate) async fn load(unit: &mut Unit<'_>, number: &CaseNumber) -> Result<(Procedure, CaseFile), AppError> {
    let permit = unit.permit.open::<PersonFile>()?;
    let case = work::find_within_reach(unit, number).await?.ok_or(Refusal::NotFound("case"))?;
    let procedure = procedure(unit, case.procedure.as_str())?;
    let person = unit.find_person_by_id(case.person).await?.ok_or(Refusal::NotFound("case"))?;
    let is_readable = permit.readable().contains(&person.collected_for.as_str());
    if !is_readable || !reads_cases_of(unit.permit, &procedure) {
        return Err(Refusal::NotFound("case").into());
    }
    if procedure.is_sealed {
        unit.seal_record(Visibility::Compartment);
    }
    Ok((procedure, case))
}

/// How much of a case's actions is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What was done and when.
    Bare,
    /// Outcomes and reasons too.
    Full,
}

/// What was done in a case, oldest first.
pub(crate) async fn timeline(
    unit: &mut Unit<'_>,
    case: &CaseFile,
    detail: Detail,
) -> Result<Vec<TimelineEntry>, AppError> {
    let mut entries = Vec::new();
    for stored in unit.list_case_actions(case.id).await? {
        let is_full = detail == Detail::Full;
        let reason = stored.reason.filter(|_| is_full);
        let reason = unit.open_text(case.person, "case_action.reason", reason).await?;
        entries.push(TimelineEntry {
            officer: name_of(unit, stored.action.by).await?,
            code: stored.action.code,
            at: stored.action.at,
            role: stored.role,
            office: stored.office,
            outcome: stored.action.outcome.filter(|_| is_full),
            reason: reason.map(Sensitive::new),
            bases: stored.basis.lines().map(str::to_owned).collect(),
        });
    }
    Ok(entries)
}

async fn name_of(unit: &mut Unit<'_>, account: AccountId) -> Result<String, AppError> {
    Ok(unit.find_officer(account).await?.map(|officer| officer.name).unwrap_or_default())
}

/// The proposals and decisions of a case that was loaded for somebody who may read them, oldest first.
pub(crate) async fn decisions(unit: &mut Unit<'_>, case: &CaseFile) -> Result<Vec<DecisionView>, AppError> {
    let mut views = Vec::new();
    for decision in unit.list_decisions(case.id).await? {
        views.push(decision_view(unit, case.person, decision).await?);
    }
    Ok(views)
}

async fn decision_view(unit: &mut Unit<'_>, person: PersonId, decision: Decision) -> Result<DecisionView, AppError> {
    let texts = unit.find_decision_texts(decision.id).await?;
    let facts = unit.open_text(person, "decision.facts", Some(texts.facts)).await?;
    let proposal = unit.open_text(person, "decision.proposal_reason", Some(texts.proposal_reason)).await?;
    let reason = unit.open_text(person, "decision.reason", texts.reason).await?;
    let answers = unit.open_text(person, ANSWERS, texts.answers).await?;
    let answers = serde_json::from_str(answers.as_deref().unwrap_or("{}"))
        .map_err(|_| db::DbError::Damaged { what: ANSWERS.into() })?;
    let decided = match (decision.decided_by, decision.decided_at) {
        (Some(by), Some(at)) => Some((name_of(unit, by).await?, at, Sensitive::new(reason.unwrap_or_default()))),
        _ => None,
    };
    Ok(DecisionView {
        outcome: decision.outcome,
        bases: decision.basis.lines().map(str::to_owned).collect(),
        proposed_by: name_of(unit, decision.proposed_by).await?,
        facts: Sensitive::new(facts.unwrap_or_default()),
        proposal_reason: Sensitive::new(proposal.unwrap_or_default()),
        answers,
        decided,
    })
}

/// The steps that this officer can take in a case now.
pub(crate) async fn steps_now(
    unit: &mut Unit<'_>,
    procedure: &Procedure,
    case: &CaseFile,
) -> Result<Vec<StepView>, AppError> {
    let Some(reach) = work::reach_of(unit, case).await? else { return Ok(Vec::new()) };
    let steps = available_to(procedure, &case.snapshot, unit.actor(), reach);
    let view = |step: &domain::procedure::Step| StepView {
        action: step.action.clone(),
        kind: step.kind,
        needs_reason: step.needs_reason,
        outcomes: match step.kind {
            StepKind::Propose | StepKind::Decide if step.outcomes.is_empty() => {
                procedure.outcomes.iter().map(|outcome| outcome.code.clone()).collect()
            }
            StepKind::Propose | StepKind::Decide => step.outcomes.iter().cloned().collect(),
            StepKind::Open | StepKind::Record | StepKind::Appeal | StepKind::Close => Vec::new(),
        },
    };
    Ok(steps.into_iter().map(view).collect())
}
