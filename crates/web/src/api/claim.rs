// SPDX-License-Identifier: Apache-2.0
//! Claims to refugee status.

use app::{
    asylum::{
        Certificate, ClaimView, DecideClaim, IssueCertificate, ListOverdue, OpenClaim, ProposeClaimDecision,
        RecordInterview, RecordReasons, ShowClaim, TakeClaimStep,
    },
    procedures::StepInput,
};
use axum::response::Response;
use domain::{access::Act, number::CaseNumber, procedure::ActionCode, registry::Confidentiality};
use serde_json::json;

use super::{
    body::{Body, Part},
    caller::{Caller, Reply},
    case::state_of,
    operation::Operation,
    person::{EXAMPLE_PERSON, holder, opened},
    wire,
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    let mut all = vec![
        Operation::post("/api/v1/claims", "open_claim", "Open a claim: each adult for herself", open)
            .act(Act::OpenClaim)
            .takes::<wire::NewClaim>(json!({ "person": EXAMPLE_PERSON, "language": "prs" }))
            .keyed()
            .tells::<wire::OpenedCase>(201, "Opened."),
        Operation::get(
            "/api/v1/claims/overdue",
            "list_overdue",
            "List the cases of the office whose clocks have run out",
            overdue,
        )
        .text("A clock only draws attention: nothing is refused because it ran out.")
        .act(Act::ListOverdue)
        .tells::<wire::OverdueCases>(200, "The cases."),
        Operation::get("/api/v1/claims/{case}", "show_claim", "Show a claim's file", show)
            .act(Act::ShowClaim)
            .part::<CaseNumber>()
            .tells::<wire::Claim>(200, "The file."),
    ];
    all.extend(records());
    all.extend(decisions());
    all
}

/// What is recorded before a claim is decided.
fn records() -> Vec<Operation> {
    vec![
        Operation::post(
            "/api/v1/claims/{case}/reasons",
            "record_reasons",
            "Record the claimant's own reasons",
            reasons,
        )
        .text("Asked of her alone.")
        .act(Act::RecordClaim)
        .part::<CaseNumber>()
        .takes::<wire::Reasons>(json!({ "reasons": "They came at night and asked for my brother." }))
        .keyed()
        .tells::<wire::Recorded>(201, "Recorded."),
        Operation::post("/api/v1/claims/{case}/certificate", "issue_certificate", "Issue the certificate", certify)
            .text("Valid until the claim is closed, through every appeal.")
            .act(Act::RecordClaim)
            .part::<CaseNumber>()
            .takes::<wire::Nothing>(json!({}))
            .keyed()
            .tells::<wire::Certificate>(201, "Issued."),
        Operation::post("/api/v1/claims/{case}/interviews", "record_interview", "Record an interview", interview)
            .act(Act::RecordClaim)
            .part::<CaseNumber>()
            .takes::<wire::NewInterview>(json!({
                "kind": "status_interview",
                "interview": {
                    "language": "prs",
                    "interpreter": "register no. 14",
                    "seen_alone": true,
                    "statement": "They came at night and asked for my brother.",
                    "reading": { "by": "by_interpreter", "signature": { "kind": "signed" } },
                },
            }))
            .keyed()
            .tells::<wire::Recorded>(201, "Recorded."),
        Operation::post(
            "/api/v1/claims/{case}/steps",
            "take_claim_step",
            "Take any other recording step of a claim",
            step,
        )
        .text("Invitation, opinion, notice, appeal, withdrawal.")
        .act(Act::RecordClaim)
        .part::<CaseNumber>()
        .takes::<wire::NewStep>(json!({ "action": "invite_to_interview" }))
        .keyed()
        .tells::<wire::Recorded>(201, "Recorded."),
    ]
}

/// Proposal and decision, by two officers.
fn decisions() -> Vec<Operation> {
    let grounds = json!({
        "outcome": "recognised",
        "reason": "The statement is coherent and agrees with what is known of the place.",
        "cites": ["int-1951-refugees:1a"],
    });
    let mut proposal = grounds.clone();
    proposal["facts"] = "The village was taken; the brother was seized.".into();
    vec![
        Operation::post("/api/v1/claims/{case}/proposal", "propose_claim_decision", "Propose a decision", propose)
            .text("As the case officer.")
            .act(Act::ProposeClaimDecision)
            .part::<CaseNumber>()
            .takes::<wire::Proposal>(proposal)
            .keyed()
            .tells::<wire::CaseNow>(200, "Proposed."),
        Operation::post("/api/v1/claims/{case}/decision", "decide_claim", "Decide, as another officer", decide)
            .act(Act::DecideClaim)
            .part::<CaseNumber>()
            .takes::<wire::Decision>(grounds)
            .keyed()
            .tells::<wire::CaseNow>(200, "Decided."),
    ]
}

async fn open(caller: Caller, body: Body<wire::NewClaim>) -> Response {
    let wire::NewClaim { person, language, confidential } = body.value.clone();
    let confidentiality = if confidential { Confidentiality::Self_ } else { Confidentiality::Family };
    caller.act(&body, OpenClaim { person, language, confidentiality }, |case| opened(case, "claims")).await
}

async fn overdue(caller: Caller) -> Response {
    caller
        .ask(ListOverdue, |cases| {
            let overdue = cases.into_iter().map(|case| wire::OverdueCase {
                case: case.number,
                procedure: case.procedure,
                clock: case.clock,
                due: case.due,
            });
            Reply::ok(&wire::OverdueCases { overdue: overdue.collect() })
        })
        .await
}

async fn show(caller: Caller, Part(case): Part<CaseNumber>) -> Response {
    caller.ask(ShowClaim { case }, |view| Reply::ok(&shown(&view))).await
}

fn shown(view: &ClaimView) -> wire::Claim {
    let snapshot = &view.case.snapshot;
    wire::Claim {
        case: view.case.number.clone(),
        office: view.case.office.clone(),
        state: snapshot.state,
        flags: snapshot.flags.iter().map(|flag| flag.as_str().to_owned()).collect(),
        outcome: snapshot.outcome.clone(),
        certificate: view
            .certificate
            .as_ref()
            .map(|(number, issued_on)| wire::IssuedCertificate { number: number.clone(), issued_on: *issued_on }),
        reasons: view.reasons.clone(),
        interviews: interviews(view),
        decisions: view
            .decisions
            .iter()
            .map(|decision| wire::RecordedDecision {
                outcome: decision.outcome.clone(),
                basis: decision.basis.lines().map(str::to_owned).collect(),
                proposed_by: decision.proposed_by.uuid(),
                decided_by: decision.decided_by.map(|account| account.uuid()),
                decided_at: decision.decided_at,
            })
            .collect(),
        actions: view
            .actions
            .iter()
            .map(|(action, at)| wire::RecordedAction { action: action.clone(), at: *at })
            .collect(),
        clocks: view.clocks.iter().map(|(clock, due)| wire::RunningClock { clock: clock.clone(), due: *due }).collect(),
        steps: view.steps.clone(),
    }
}

fn interviews(view: &ClaimView) -> Vec<wire::HeldInterview> {
    let held = view.interviews.iter().map(|held| wire::HeldInterview {
        kind: held.kind.clone(),
        language: held.language.clone(),
        seen_alone: held.seen_alone,
        interpreter: held.interpreter.clone(),
        representative: held.representative.clone(),
        observer: held.observer.clone(),
        statement: held.statement.clone(),
        held_at: held.held_at,
        reading: held.reading.clone(),
    });
    held.collect()
}

/// Something that was recorded in a claim.
fn recorded(case: &CaseNumber) -> Reply {
    Reply::created(&wire::Recorded { case: case.clone() }, format!("/claims/{case}"))
}

async fn reasons(caller: Caller, Part(case): Part<CaseNumber>, body: Body<wire::Reasons>) -> Response {
    let record = RecordReasons { case: case.clone(), reasons: body.value.reasons.clone() };
    caller.act(&body, record, move |()| recorded(&case)).await
}

async fn certify(caller: Caller, Part(case): Part<CaseNumber>, body: Body<wire::Nothing>) -> Response {
    let path = format!("/claims/{case}");
    let tell = move |issued: &Certificate| {
        let told = wire::Certificate {
            certificate: issued.number.clone(),
            issued_on: issued.issued_on,
            office: issued.office.clone(),
            holder: holder(&issued.holder),
        };
        Reply::created(&told, &path)
    };
    caller.act(&body, IssueCertificate { case }, tell).await
}

async fn interview(caller: Caller, Part(case): Part<CaseNumber>, body: Body<wire::NewInterview>) -> Response {
    let wire::NewInterview { kind, interview } = body.value.clone();
    let record = RecordInterview { case: case.clone(), kind, interview };
    caller.act(&body, record, move |()| recorded(&case)).await
}

async fn step(caller: Caller, Part(case): Part<CaseNumber>, body: Body<wire::NewStep>) -> Response {
    let wire::NewStep { action, outcome, facts, reason, cites, answers } = body.value.clone();
    let (reason, facts) = (reason.map(|text| text.into_inner()), facts.map(|text| text.into_inner()));
    let input = StepInput { outcome, reason, facts, cites, card: None, answers };
    caller.act(&body, TakeClaimStep { case: case.clone(), action, input }, move |()| recorded(&case)).await
}

async fn propose(caller: Caller, Part(case): Part<CaseNumber>, body: Body<wire::Proposal>) -> Response {
    let wire::Proposal { action, outcome, facts, reason, cites, answers } = body.value.clone();
    let action = action.unwrap_or_else(|| code("propose_decision"));
    let propose = ProposeClaimDecision { case: case.clone(), action, outcome, facts, reason, cites, answers };
    caller.act(&body, propose, move |state| state_of(&case, *state)).await
}

async fn decide(caller: Caller, Part(case): Part<CaseNumber>, body: Body<wire::Decision>) -> Response {
    let wire::Decision { action, outcome, reason, cites } = body.value.clone();
    let action = action.unwrap_or_else(|| code("decide"));
    let decide = DecideClaim { case: case.clone(), action, outcome, reason, cites };
    caller.act(&body, decide, move |state| state_of(&case, *state)).await
}

/// A code that stands here in the text.
fn code(text: &str) -> ActionCode {
    ActionCode::parse(text).expect("the codes of this file are well formed")
}
