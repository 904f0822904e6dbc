// SPDX-License-Identifier: Apache-2.0
//! Cases of any procedure whose files are not sealed.

use app::procedures::{CaseView, OpenCase, ShowCase, StepInput, TakeStep};
use axum::response::Response;
use domain::{access::Act, case::CaseState, number::CaseNumber};
use serde_json::json;

use super::{
    body::{Body, Part},
    caller::{Caller, Reply},
    operation::Operation,
    person::{EXAMPLE_PERSON, holder, opened},
    wire,
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::post("/api/v1/cases", "open_case", "Open a case of a procedure for a person", open)
            .act(Act::TakeStep)
            .takes::<wire::NewCase>(json!({ "procedure": "leave_order", "person": EXAMPLE_PERSON }))
            .keyed()
            .tells::<wire::OpenedCase>(201, "Opened."),
        Operation::get("/api/v1/cases/{case}", "show_case", "Show a case", show)
            .text("Of a sealed file only what is not sealed.")
            .act(Act::ShowCase)
            .part::<CaseNumber>()
            .tells::<wire::Case>(200, "The case."),
        Operation::post("/api/v1/cases/{case}/steps", "take_step", "Take a step of a case", step)
            .act(Act::TakeStep)
            .part::<CaseNumber>()
            .takes::<wire::NewStep>(json!({ "action": "hear_person" }))
            .keyed()
            .tells::<wire::CaseNow>(200, "Taken."),
    ]
}

async fn open(caller: Caller, body: Body<wire::NewCase>) -> Response {
    let wire::NewCase { procedure, person } = body.value.clone();
    caller.act(&body, OpenCase { procedure, person }, |case| opened(case, "cases")).await
}

async fn show(caller: Caller, Part(case): Part<CaseNumber>) -> Response {
    caller.ask(ShowCase { case }, |view| Reply::ok(&shown(&view))).await
}

fn shown(view: &CaseView) -> wire::Case {
    let (case, snapshot) = (&view.case, &view.case.snapshot);
    let clock = |(clock, due): &(domain::procedure::ClockCode, domain::time::Date)| wire::RunningClock {
        clock: clock.clone(),
        due: *due,
    };
    wire::Case {
        case: case.number.clone(),
        procedure: case.procedure.to_string(),
        office: case.office.clone(),
        state: snapshot.state,
        outcome: snapshot.outcome.clone(),
        holder: holder(&view.holder),
        actions: view
            .timeline
            .iter()
            .map(|entry| wire::RecordedAction { action: entry.code.clone(), at: entry.at })
            .collect(),
        clocks: view.clocks.iter().map(clock).collect(),
        steps: view.steps.iter().map(|step| step.action.clone()).collect(),
    }
}

async fn step(caller: Caller, Part(case): Part<CaseNumber>, body: Body<wire::NewStep>) -> Response {
    let wire::NewStep { action, outcome, facts, reason, cites, answers } = body.value.clone();
    let (reason, facts) = (reason.map(|text| text.into_inner()), facts.map(|text| text.into_inner()));
    let step = TakeStep {
        case: case.clone(),
        action,
        input: StepInput { outcome, reason, facts, cites, card: None, answers },
    };
    caller.act(&body, step, move |state| state_of(&case, *state)).await
}

/// A case and its state.
pub(super) fn state_of(case: &CaseNumber, state: CaseState) -> Reply {
    Reply::ok(&wire::CaseNow { case: case.clone(), state })
}
