// SPDX-License-Identifier: Apache-2.0
//! What an account may not see answers as if it were not there: the same status, the same headers, the same bytes.

use axum::http::StatusCode;
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
};
use serde_json::json;
use testkit::people;

use super::{NO_CASE, NOBODY, Program, on_both, problem};
use crate::client::Answer;

/// An answer without what differs from one request to the next.
fn bare(answer: &Answer, number: &str) -> (StatusCode, Vec<(String, String)>, String) {
    let id = answer.header("x-request-id");
    let headers = answer.headers.iter().filter(|(name, _)| *name != "x-request-id");
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    (answer.status, headers.collect(), answer.text().replace(id, "").replace(number, ""))
}

fn assert_alike(hidden: &Answer, absent: &Answer, numbers: [&str; 2]) {
    assert_eq!(bare(hidden, numbers[0]), bare(absent, numbers[1]));
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    assert_eq!(problem(hidden), "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_asked_for_protection_is_not_there_for_the_police() {
    on_both(async |site| {
        let registration = people::single(CollectedFor::Asylum, "Wahid", "Sinaqov", "1990-01-01");
        let hidden: PersonNumber = site.test.registered_person(registration).await;
        let police = Program::of(&site, Role::PoliceOfficer).await;
        for end in ["", "/history?on=2025-06-02"] {
            let found = police.get(&format!("/persons/{hidden}{end}")).await;
            let absent = police.get(&format!("/persons/{NOBODY}{end}")).await;
            assert_alike(&found, &absent, [hidden.as_str(), NOBODY]);
        }
        for [query, other] in [
            [format!("number={hidden}"), format!("number={NOBODY}")],
            ["surname=Sinaqov".to_owned(), "surname=Nowhere".to_owned()],
            ["born=1990-01-01".to_owned(), "born=1990-01-02".to_owned()],
        ] {
            let found = police.get(&format!("/persons?{query}")).await;
            let absent = police.get(&format!("/persons?{other}")).await;
            assert_eq!(bare(&found, hidden.as_str()), bare(&absent, NOBODY), "{query}");
            assert_eq!(found.text(), "{\"persons\":[],\"next\":null}\n");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_of_another_office_is_not_there() {
    on_both(async |site| {
        let registration = people::single(CollectedFor::Asylum, "Wahid", "Sinaqov", "1990-01-01");
        let person = site.test.registered_person(registration).await;
        let case = site.test.opened_claim(&person).await;
        let elsewhere = site.test.add_account("elsewhere", Role::CaseOfficer, "sms-ganja").await;
        let elsewhere = Program::of_actor(&site, &elsewhere).await;
        let found = elsewhere.get(&format!("/claims/{case}")).await;
        let absent = elsewhere.get(&format!("/claims/{NO_CASE}")).await;
        assert_alike(&found, &absent, [case.as_str(), NO_CASE]);
        let reasons = json!({ "reasons": "I fear for my life." });
        let found = elsewhere.post(&format!("/claims/{case}/reasons"), reasons.clone()).await;
        let absent = elsewhere.post(&format!("/claims/{NO_CASE}/reasons"), reasons).await;
        assert_alike(&found, &absent, [case.as_str(), NO_CASE]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_whether_an_account_or_a_token_exists() {
    on_both(async |site| {
        let nobody = Program::nobody(&site);
        let sign_in = |account: &str| json!({ "account": account, "password": "not the password", "name": "x" });
        let known = nobody.post("/tokens", sign_in("registrar")).await;
        let unknown = nobody.post("/tokens", sign_in("no.such.account")).await;
        assert_eq!(bare(&known, ""), bare(&unknown, ""));
        assert_eq!((known.status, problem(&known)), (StatusCode::UNAUTHORIZED, "not_signed_in".into()));
        let registration = people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01");
        let person = site.test.registered_person(registration).await;
        let registrar = Program::of(&site, Role::Registrar).await;
        let given = registrar.done(&format!("/persons/{person}/access-tokens"), json!({})).await;
        let wrong_pin = nobody.post("/looked", json!({ "token": given["token"], "pin": "not it" })).await;
        let wrong_token = nobody.post("/looked", json!({ "token": "AAAA", "pin": given["pin"] })).await;
        assert_eq!(bare(&wrong_pin, ""), bare(&wrong_token, ""));
        let looked = nobody.done("/looked", json!({ "token": given["token"], "pin": given["pin"] })).await;
        assert!(!looked["entries"].as_array().unwrap().is_empty());
    })
    .await;
}
