// SPDX-License-Identifier: Apache-2.0
//! The page of a case: who, what is to be done by when, what was said and decided, and everything that was done.

use app::{
    asylum::{InterviewView, ReadBack, Signature},
    procedures::{DecisionView, StepView, TimelineEntry},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    case::CaseState,
    procedure::Answer,
    registry::{BirthDate, Precision},
    time::Date,
};
use serde::Deserialize;

use super::shown::{Kind, Shown};
use crate::{
    WebError,
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
    work::{DueWords, QueueContext, Undo, labels, state_text},
};

/// Who the page is about, for the bar above it.
pub(super) struct Identity {
    pub(super) name: String,
    pub(super) original: Option<String>,
    pub(super) number: String,
    pub(super) birth: String,
    pub(super) case: String,
    pub(super) state: String,
}

/// A step that can be taken now.
struct TaskLine {
    path: String,
    text: String,
    /// When it was taken last.
    done: Option<String>,
}

/// A running clock.
pub(super) struct ClockLine {
    pub(super) name: String,
    pub(super) due: DueWords,
}

/// One action as told on the page.
pub(super) struct TimelineLine {
    pub(super) title: String,
    pub(super) byline: String,
    pub(super) moment: String,
    pub(super) outcome: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) basis: String,
}

/// A question with its answer.
pub(super) struct AnswerLine {
    pub(super) text: String,
    pub(super) answer: String,
    pub(super) is_unknown: bool,
}

/// A proposal or decision.
pub(super) struct DecisionLine {
    pub(super) outcome: String,
    pub(super) is_waiting: bool,
    pub(super) proposed_by: String,
    pub(super) facts: String,
    pub(super) proposal_reason: String,
    pub(super) basis: String,
    pub(super) answers: Vec<AnswerLine>,
    pub(super) decided: Option<(String, String)>,
}

/// An interview.
struct InterviewLine {
    title: String,
    moment: String,
    rows: Vec<(String, String)>,
    statement: String,
}

/// How a claim was opened and what was said in it.
struct SealedPart {
    language: String,
    reasons: Option<String>,
    interviews: Vec<InterviewLine>,
}

#[derive(Template)]
#[template(path = "claims/show.html")]
struct CasePage {
    page: Page,
    identity: Identity,
    others: Option<String>,
    undo: Option<Undo>,
    here: String,
    next: String,
    steps: Vec<TaskLine>,
    clocks: Vec<ClockLine>,
    case: String,
    assignee: Option<String>,
    is_mine: bool,
    give_path: String,
    is_open: bool,
    open_questions: Vec<String>,
    decisions: Vec<DecisionLine>,
    sealed: Option<SealedPart>,
    certificate: Option<(String, String, String)>,
    timeline: Vec<TimelineLine>,
    next_case: Option<String>,
    queue: Option<String>,
}

/// What the address adds to the number.
#[derive(Deserialize)]
pub(super) struct Extra {
    #[serde(flatten)]
    context: QueueContext,
    undo: Option<String>,
}

/// Shows a claim.
pub(super) async fn show_claim(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Query(extra): Query<Extra>,
) -> Result<Response, WebError> {
    show(&state, &reader, &visit, &number, Kind::Claim, &extra).await
}

/// Shows a case of any other procedure.
pub(super) async fn show_case(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Query(extra): Query<Extra>,
) -> Result<Response, WebError> {
    show(&state, &reader, &visit, &number, Kind::Case, &extra).await
}

async fn show(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    number: &str,
    kind: Kind,
    extra: &Extra,
) -> Result<Response, WebError> {
    let shown = Shown::load(state, visit, number, kind).await?;
    let now = state.service.now();
    let today = now.date_in(state.service.pack().time_zone());
    let others = state.presence.note(&shown.case.number, visit.actor.account, &visit.account_name, now);
    let page = case_page(state, reader, visit, &shown);
    let suffix = extra.context.suffix();
    let names = labels(state, &page);
    let procedure = &shown.case.procedure;
    let zone = state.service.pack().time_zone();
    let task = |step: &StepView| TaskLine {
        path: shown.step_path(&step.action) + &suffix,
        text: names.action(procedure, &step.action),
        done: shown.case.snapshot.last.get(&step.action).map(|at| page.date(at.date_in(zone))),
    };
    let steps = shown.steps.iter().map(task).collect();
    let decisions: Vec<DecisionLine> =
        shown.decisions.iter().map(|decision| decision_line(state, &page, &shown, decision)).collect();
    let waiting = decisions.last().filter(|decision| decision.is_waiting);
    let unknown = waiting.iter().flat_map(|decision| &decision.answers).filter(|answer| answer.is_unknown);
    let open_questions = unknown.map(|answer| answer.text.clone()).collect();
    let certificate = shown
        .certificate
        .as_ref()
        .map(|(number, day)| (number.to_string(), page.date(*day), format!("{}/certificate", shown.path())));
    let timeline = shown.timeline.iter().rev().map(|entry| timeline_line(state, &page, &shown, entry)).collect();
    let view = CasePage {
        identity: identity(&page, &shown),
        others: (!others.is_empty()).then(|| page.with("work-presence-also", "names", others.join(", "))),
        undo: extra.undo.as_deref().and_then(Undo::parse),
        give_path: give_path(&shown, &suffix),
        here: shown.path() + &suffix,
        next: next_text(&page, shown.case.snapshot.state),
        steps,
        clocks: clock_lines(state, &page, &shown, today),
        case: shown.case.number.to_string(),
        is_mine: shown.assignee.as_deref() == Some(visit.account_name.as_str()),
        is_open: shown.case.snapshot.state.is_open(),
        assignee: shown.assignee.clone(),
        open_questions,
        decisions,
        sealed: sealed_part(state, &page, &shown),
        certificate,
        timeline,
        next_case: extra.context.next_path(),
        queue: extra.context.queue_path(),
        page,
    };
    page::html(view.page.language, &view)
}

/// The page on which the case is given to somebody else.
fn give_path(shown: &Shown, suffix: &str) -> String {
    let back = shown.path() + suffix;
    let pairs = [("case", shown.case.number.as_str()), ("back", &back)];
    format!("/work/give?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// The frame of the pages of a case.
pub(super) fn case_page(state: &AppState, reader: &Reader, visit: &Visit, shown: &Shown) -> Page {
    let words = page::Words::new(state, reader.language.for_staff());
    let title = labels(state, &words).procedure(&shown.case.procedure);
    let page = Page::staff_titled(state, reader, visit, title);
    page.crumb("/work", words.text("work-home-title"))
}

/// Who the case is about.
pub(super) fn identity(page: &Page, shown: &Shown) -> Identity {
    Identity {
        name: shown.name(),
        original: shown.holder.original_name.as_ref().map(|name| name.expose().clone()),
        number: shown.holder.number.to_string(),
        birth: birth_text(page, &shown.holder.birth),
        case: shown.case.number.to_string(),
        state: state_text(page, shown.case.snapshot.state),
    }
}

/// A birth date as far as it is known.
fn birth_text(page: &Page, birth: &BirthDate) -> String {
    let (date, year) = (birth.date, birth.date.year());
    match birth.precision {
        Precision::Day => page.date(date),
        Precision::Month => format!("{:02}.{year}", date.month()),
        Precision::Year => year.to_string(),
        Precision::Estimated => format!("≈ {year}"),
    }
}

/// The clocks that run, the one that ends first above.
fn clock_lines(state: &AppState, page: &Page, shown: &Shown, today: Date) -> Vec<ClockLine> {
    let names = labels(state, page);
    let mut clocks: Vec<_> = shown.clocks.iter().collect();
    clocks.sort_by_key(|(_, due)| *due);
    let line = |(clock, due): &(domain::procedure::ClockCode, Date)| ClockLine {
        name: names.clock(&shown.case.procedure, clock),
        due: DueWords::new(page, *due, today),
    };
    clocks.into_iter().map(line).collect()
}

/// What happens next, in plain words.
fn next_text(page: &Page, state: CaseState) -> String {
    page.text(match state {
        CaseState::Received => "claims-next-received",
        CaseState::InExamination => "claims-next-in-examination",
        CaseState::Proposed => "claims-next-proposed",
        CaseState::Decided => "claims-next-decided",
        CaseState::UnderAppeal => "claims-next-under-appeal",
        CaseState::Closed => "claims-next-closed",
    })
}

fn citations(state: &AppState, page: &Page, bases: &[String]) -> String {
    let names = labels(state, page);
    bases.iter().map(|basis| names.stored(basis)).collect::<Vec<_>>().join("; ")
}

/// One action in words.
pub(super) fn timeline_line(state: &AppState, page: &Page, shown: &Shown, entry: &TimelineEntry) -> TimelineLine {
    let names = labels(state, page);
    TimelineLine {
        title: names.action(&shown.case.procedure, &entry.code),
        byline: format!("{}, {}, {}", entry.officer, page.role(entry.role), names.office(&entry.office)),
        moment: page.moment(state, entry.at),
        outcome: entry.outcome.as_ref().map(|outcome| names.outcome(&shown.case.procedure, outcome)),
        reason: entry.reason.as_ref().map(|reason| reason.expose().clone()),
        basis: citations(state, page, &entry.bases),
    }
}

/// An answer in words.
pub(super) fn answer_text(page: &Page, answer: Answer) -> String {
    page.text(match answer {
        Answer::Yes => "form-choice-yes",
        Answer::No => "form-choice-no",
        Answer::Unknown => "claims-answer-unknown",
    })
}

/// A proposal or decision in words.
pub(super) fn decision_line(state: &AppState, page: &Page, shown: &Shown, decision: &DecisionView) -> DecisionLine {
    let names = labels(state, page);
    let answer = |(code, answer): (&domain::procedure::QuestionCode, &Answer)| AnswerLine {
        text: names.question(&shown.case.procedure, code),
        answer: answer_text(page, *answer),
        is_unknown: *answer == Answer::Unknown,
    };
    let decided = |(by, at, reason): &(String, domain::time::Timestamp, domain::sensitive::Sensitive<String>)| {
        (format!("{by}, {}", page.moment(state, *at)), reason.expose().clone())
    };
    DecisionLine {
        outcome: names.outcome(&shown.case.procedure, &decision.outcome),
        is_waiting: decision.decided.is_none() && shown.case.snapshot.state == CaseState::Proposed,
        proposed_by: decision.proposed_by.clone(),
        facts: decision.facts.expose().clone(),
        proposal_reason: decision.proposal_reason.expose().clone(),
        basis: citations(state, page, &decision.bases),
        answers: decision.answers.iter().map(answer).collect(),
        decided: decision.decided.as_ref().map(decided),
    }
}

fn sealed_part(state: &AppState, page: &Page, shown: &Shown) -> Option<SealedPart> {
    let sealed = shown.sealed.as_ref()?;
    let names = labels(state, page);
    let interview = |held: &InterviewView| interview_line(state, page, shown, held);
    Some(SealedPart {
        language: sealed.language.as_ref().map(|code| names.code("language", code)).unwrap_or_default(),
        reasons: sealed.reasons.as_ref().map(|reasons| reasons.expose().clone()),
        interviews: sealed.interviews.iter().map(interview).collect(),
    })
}

fn interview_line(state: &AppState, page: &Page, shown: &Shown, held: &InterviewView) -> InterviewLine {
    let names = labels(state, page);
    let action = domain::procedure::ActionCode::parse(&held.kind);
    let title = action.map_or_else(|_| held.kind.clone(), |code| names.action(&shown.case.procedure, &code));
    let alone = if held.seen_alone { "form-choice-yes" } else { "form-choice-no" };
    let mut rows = vec![
        (page.text("claims-interview-language"), names.code("language", &held.language)),
        (page.text("claims-interview-alone"), page.text(alone)),
    ];
    for (key, person) in [
        ("claims-interview-interpreter", &held.interpreter),
        ("claims-interview-representative", &held.representative),
        ("claims-interview-observer", &held.observer),
    ] {
        rows.extend(person.as_ref().map(|name| (page.text(key), name.expose().clone())));
    }
    match &held.reading {
        None => rows.push((page.text("claims-reading-title"), page.text("claims-reading-none"))),
        Some(reading) => {
            rows.push((page.text("claims-reading-title"), read_back_text(page, reading.by)));
            let corrections = reading.corrections.as_ref();
            rows.extend(corrections.map(|text| (page.text("claims-reading-corrections"), text.expose().clone())));
            rows.push(match &reading.signature {
                Signature::Signed => (page.text("claims-reading-signature"), page.text("claims-reading-signed")),
                Signature::Refused(reason) => (page.text("claims-reading-refused"), reason.expose().clone()),
            });
        }
    }
    let statement = held.statement.expose().clone();
    InterviewLine { title, moment: page.moment(state, held.held_at), rows, statement }
}

/// Who read the record back.
pub(super) fn read_back_text(page: &Page, by: ReadBack) -> String {
    page.text(match by {
        ReadBack::ByInterpreter => "claims-reading-by-interpreter",
        ReadBack::ByOfficer => "claims-reading-by-officer",
        ReadBack::ByClaimant => "claims-reading-by-claimant",
    })
}
