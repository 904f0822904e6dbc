// SPDX-License-Identifier: Apache-2.0
//! Every operation by every role.

use axum::http::StatusCode;
use domain::access::{Role, roles_for};
use web::api::{Callers, Row, table};

use super::{Program, absent, problem};
use crate::{
    client::Answer,
    fixture::{Engine, Site},
};

/// Sends the example of an operation, about something that is not there.
async fn try_out(program: &Program, row: &Row) -> Answer {
    let query = if row.path.ends_with("/history") { "?on=2025-06-01" } else { "" };
    let call = program.call(row.method, &format!("{}{query}", absent(row.path)));
    match &row.example {
        Some(example) => call.json(example).send().await,
        None => call.send().await,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_may_do_what_its_acts_are_and_nothing_else() {
    let site = Site::ready(Engine::Sqlite).await;
    for &role in Role::ALL {
        let program = Program::of(&site, role).await;
        for row in table() {
            let answer = try_out(&program, &row).await;
            let status = answer.status.as_u16();
            assert!(row.statuses.contains(&status), "{role} {} answered {status}: {}", row.name, answer.text());
            let is_forbidden = answer.status == StatusCode::FORBIDDEN && problem(&answer) == "not_permitted";
            match row.callers {
                Callers::Officers(act) => {
                    assert_eq!(is_forbidden, !roles_for(act).contains(&role), "{role} {}: {}", row.name, answer.text());
                }
                Callers::Account | Callers::Anyone => assert!(!is_forbidden, "{role} {}", row.name),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_valid_token_is_asked_to_sign_in() {
    let site = Site::ready(Engine::Sqlite).await;
    let nobody = Program::nobody(&site);
    let guesser = Program { token: Some("A".repeat(43)), ..nobody.clone() };
    for row in table().iter().filter(|row| row.callers != Callers::Anyone) {
        for program in [&nobody, &guesser] {
            let answer = try_out(program, row).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", row.name);
            assert_eq!(problem(&answer), "not_signed_in");
            assert!(answer.header("www-authenticate").starts_with("Bearer"), "{}", row.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_of_a_page_opens_nothing_here() {
    let site = Site::ready(Engine::Sqlite).await;
    let nobody = Program::nobody(&site);
    let answer = nobody.call("GET", "/account").header("cookie", "__Host-session=AAAA").send().await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    for wrong in ["Basic AAAA", "Bearer", "Bearer ", "bearer  ", "AAAA"] {
        let answer = nobody.call("GET", "/account").header("authorization", wrong).send().await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{wrong:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denial_is_on_record() {
    let site = Site::ready(Engine::Sqlite).await;
    let police = Program::of(&site, Role::PoliceOfficer).await;
    let before = site.test.records().await.len();
    let answer = police.get(&format!("/claims/{}", super::NO_CASE)).await;
    assert_eq!(problem(&answer), "not_permitted");
    let records = site.test.records().await;
    assert_eq!(records.len(), before + 1);
    let record = records.last().unwrap();
    assert_eq!((record.action.as_str(), record.result.as_str()), ("show_claim", "refused:not_permitted"));
    assert!(record.canonical.contains(answer.header("x-request-id")), "the record bears the client's reference");
}
