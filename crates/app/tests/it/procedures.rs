// SPDX-License-Identifier: Apache-2.0
//! A procedure that no line of Rust knows, added to the country pack as one TOML file, runs with clocks, flags and four eyes.

use app::{
    Outcome,
    asylum::ListOverdue,
    procedures::{OpenCase, StepInput, TakeStep},
};
use domain::{
    access::{Actor, CollectedFor, Role},
    case::CaseState,
    number::CaseNumber,
    procedure::ProcedureCode,
    refusal::Refusal,
};
use testkit::{
    TestService,
    journey::{REASON, action, outcome, reasoned},
    people,
    school_place::pack_with_a_procedure_more,
    service::Engine,
};

async fn take(
    service: &TestService,
    actor: &Actor,
    case: &CaseNumber,
    code: &str,
    input: StepInput,
) -> Result<CaseState, Refusal> {
    match service.run_as(actor, TakeStep { case: case.clone(), action: action(code), input }).await.unwrap() {
        Outcome::Done(state) => Ok(state),
        Outcome::Refused(refusal) => Err(refusal),
    }
}

async fn play(service: &TestService) {
    let person =
        service.registered_person(people::single(CollectedFor::Residence, "Nur", "Testov", "2015-01-01")).await;
    let open = || OpenCase { procedure: ProcedureCode::parse("school_place").unwrap(), person: person.clone() };
    assert_eq!(service.refused(Role::CaseOfficer, open()).await, Refusal::NotPermitted, "no role of the step");
    let case = service.done(Role::Registrar, open()).await;
    assert_eq!(service.refused(Role::Registrar, open()).await.code(), "already_recorded");
    let (first, second) = (service.actor(Role::Registrar), service.second(Role::Registrar));
    let placed = |facts: Option<&str>| StepInput {
        outcome: Some(outcome("placed")),
        reason: Some(REASON.into()),
        facts: facts.map(str::to_owned),
        ..StepInput::default()
    };
    let early = take(service, &first, &case, "suggest", placed(Some("A place is free."))).await;
    assert_eq!(early, Err(Refusal::Missing("school_asked".into())));
    assert_eq!(take(service, &first, &case, "ask_school", reasoned()).await, Ok(CaseState::InExamination));
    service.clock.advance_days(30);
    let overdue = service.done(Role::HeadOfOffice, ListOverdue).await;
    assert_eq!((overdue[0].procedure.as_str(), overdue[0].clock.as_str()), ("school_place", "answer"));
    let bare = StepInput { reason: None, ..placed(Some("A place is free.")) };
    assert_eq!(take(service, &first, &case, "suggest", bare).await, Err(Refusal::ReasonNeeded));
    assert_eq!(take(service, &first, &case, "suggest", placed(None)).await.unwrap_err().code(), "fields");
    let suggested = take(service, &first, &case, "suggest", placed(Some("A place is free."))).await;
    assert_eq!(suggested, Ok(CaseState::Proposed));
    assert_eq!(take(service, &first, &case, "grant", placed(None)).await, Err(Refusal::SameOfficer));
    assert_eq!(take(service, &second, &case, "grant", placed(None)).await, Ok(CaseState::Decided));
    assert!(service.done(Role::HeadOfOffice, ListOverdue).await.is_empty());
    assert_eq!(take(service, &first, &case, "fly", reasoned()).await, Err(Refusal::NoSuchStep));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_procedure_added_as_toml_alone_runs_on_sqlite() {
    play(&TestService::with_pack(Engine::Sqlite, pack_with_a_procedure_more()).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_procedure_added_as_toml_alone_runs_on_postgres() {
    play(&TestService::with_pack(Engine::Postgres, pack_with_a_procedure_more()).await).await;
}
