// SPDX-License-Identifier: Apache-2.0
//! Showing a claim's file, and the cases of an office whose clocks have run out.

use db::{CaseFile, Decision};
use domain::{
    access::{Act, AsylumFile},
    audit::Visibility,
    id::CaseId,
    number::CaseNumber,
    procedure::{ActionCode, ClockCode},
    sensitive::Sensitive,
    time::{Date, Timestamp},
};

use super::{
    load,
    record::{Participants, READING, Reading},
};
use crate::{
    AppError, UseCase,
    procedures::{self, DecisionView, Detail, StepView, TimelineEntry},
    registry::{Holder, holder},
    unit::Unit,
    work,
};

/// A claim's file as shown.
#[derive(Clone, Debug)]
pub struct ClaimView {
    /// The case.
    pub case: CaseFile,
    /// The claimant.
    pub holder: Holder,
    /// Language of the procedure.
    pub language: Option<String>,
    /// Reasons in the claimant's words.
    pub reasons: Option<Sensitive<String>>,
    /// Certificate: number and day.
    pub certificate: Option<(CaseNumber, Date)>,
    /// Interviews.
    pub interviews: Vec<InterviewView>,
    /// Proposals and decisions.
    pub decisions: Vec<Decision>,
    /// Recorded actions with their moments, oldest first.
    pub actions: Vec<(ActionCode, Timestamp)>,
    /// Clocks that run, with the day they end.
    pub clocks: Vec<(ClockCode, Date)>,
    /// Steps that this officer can take now.
    pub steps: Vec<ActionCode>,
    /// What each of these steps asks for.
    pub step_views: Vec<StepView>,
    /// What was done, by whom and why, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// Proposals and decisions with their texts, oldest first.
    pub decision_views: Vec<DecisionView>,
    /// Who has the case.
    pub assignee: Option<String>,
}

/// An interview as shown.
#[derive(Clone, Debug)]
pub struct InterviewView {
    /// Its action.
    pub kind: String,
    /// Language.
    pub language: String,
    /// Whether no other member of the family was there.
    pub seen_alone: bool,
    /// Interpreter.
    pub interpreter: Option<Sensitive<String>>,
    /// Representative.
    pub representative: Option<Sensitive<String>>,
    /// Observer.
    pub observer: Option<Sensitive<String>>,
    /// What was said.
    pub statement: Sensitive<String>,
    /// When.
    pub held_at: Timestamp,
    /// How it was read back, and whether the claimant signed.
    pub reading: Option<Reading>,
}

/// Shows a claim's file.
pub struct ShowClaim {
    /// Claim.
    pub case: CaseNumber,
}

impl UseCase for ShowClaim {
    const ACT: Act = Act::ShowClaim;
    type Output = ClaimView;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<ClaimView, AppError> {
        unit.cite_for(Act::ShowClaim.as_str())?;
        let permit = unit.permit.open::<AsylumFile>()?;
        let (procedure, case) = load(unit, &permit, &self.case).await?;
        unit.about("case", case.id);
        unit.concerns(case.person)?;
        let holder = holder(unit, case.person).await?;
        let claim = unit.find_claim(&permit, case.id).await?;
        let language = claim.as_ref().map(|claim| claim.language.clone());
        let reasons = claim.and_then(|claim| claim.reasons);
        let reasons = unit.open_text(case.person, "claim.reasons", reasons).await?.map(Sensitive::new);
        let certificate = unit.find_certificate(case.id).await?;
        let interviews = self.interviews(unit, &permit, &case).await?;
        let decisions = unit.list_decisions(case.id).await?;
        let decision_views = procedures::decisions(unit, &case).await?;
        let timeline = procedures::timeline(unit, &case, Detail::Full).await?;
        let actions = timeline.iter().map(|entry| (entry.code.clone(), entry.at)).collect();
        let clocks = work::due_days(unit.pack, &procedure, &case.snapshot);
        let step_views = procedures::steps_now(unit, &procedure, &case).await?;
        let steps = step_views.iter().map(|step| step.action.clone()).collect();
        let assignee = work::assignee_name(unit, case.id).await?;
        Ok(ClaimView {
            case,
            holder,
            language,
            reasons,
            certificate,
            interviews,
            decisions,
            actions,
            clocks,
            steps,
            step_views,
            timeline,
            decision_views,
            assignee,
        })
    }
}

impl ShowClaim {
    async fn interviews(
        &self,
        unit: &mut Unit<'_>,
        permit: &domain::access::Authorized<AsylumFile>,
        case: &CaseFile,
    ) -> Result<Vec<InterviewView>, AppError> {
        let mut interviews = Vec::new();
        for stored in unit.list_interviews(permit, case.id).await? {
            let participants = Some(stored.participants);
            let participants = unit.open_text(case.person, "interview.participants", participants).await?;
            let participants: Participants = serde_json::from_str(participants.as_deref().unwrap_or("{}"))
                .map_err(|_| db::DbError::Damaged { what: "interview.participants".into() })?;
            let statement = unit.open_text(case.person, "interview.statement", Some(stored.statement)).await?;
            let reading = unit.open_text(case.person, READING, stored.reading).await?;
            let reading = reading.as_deref().map(serde_json::from_str).transpose();
            let reading = reading.map_err(|_| db::DbError::Damaged { what: READING.into() })?;
            interviews.push(InterviewView {
                kind: stored.kind,
                language: stored.language,
                seen_alone: stored.seen_alone,
                interpreter: participants.interpreter,
                representative: participants.representative,
                observer: participants.observer,
                statement: Sensitive::new(statement.unwrap_or_default()),
                held_at: stored.held_at,
                reading,
            });
        }
        Ok(interviews)
    }
}

/// A case whose clock has run out.
#[derive(Clone, Debug)]
pub struct OverdueCase {
    /// The case.
    pub number: CaseNumber,
    /// Its procedure.
    pub procedure: String,
    /// Which clock.
    pub clock: ClockCode,
    /// The day it ended.
    pub due: Date,
}

/// Overdue cases that one answer names.
pub const OVERDUE_MAX: usize = domain::audit::SUBJECTS_PER_RECORD_MAX;

/// Lists the overdue cases of the office, for its head. It refuses nothing: a clock only draws attention.
pub struct ListOverdue;

impl UseCase for ListOverdue {
    const ACT: Act = Act::ListOverdue;
    type Output = Vec<OverdueCase>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<OverdueCase>, AppError> {
        unit.cite_for(Act::ListOverdue.as_str())?;
        let permit = unit.permit.open::<AsylumFile>()?;
        let mut overdue = Vec::new();
        let mut after: Option<CaseId> = None;
        loop {
            let cases = unit.list_open_cases(permit.office(), after).await?;
            let Some(last) = cases.last() else { return Ok(overdue) };
            after = Some(last.id);
            for case in &cases {
                let Some(procedure) = unit.pack.procedure(&case.procedure) else {
                    return Err(AppError::Pack(format!("procedure {}", case.procedure)));
                };
                for (clock, due) in work::due_days(unit.pack, procedure, &case.snapshot) {
                    if due >= unit.today {
                        continue;
                    }
                    unit.concerns(case.person)?;
                    if unit.pack.procedure(&case.procedure).is_none_or(|procedure| procedure.is_sealed) {
                        unit.seal_record(Visibility::Compartment);
                    }
                    let (number, procedure) = (case.number.clone(), case.procedure.to_string());
                    overdue.push(OverdueCase { number, procedure, clock, due });
                    if overdue.len() == OVERDUE_MAX {
                        return Ok(overdue);
                    }
                }
            }
        }
    }
}
