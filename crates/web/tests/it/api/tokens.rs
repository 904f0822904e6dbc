// SPDX-License-Identifier: Apache-2.0
//! Signing in over the interface, and the tokens that come of it.

use axum::http::StatusCode;
use domain::access::Role;
use serde_json::json;
use testkit::service::PASSWORD;

use super::{Program, json, on_both, problem};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_gets_a_token_that_ends_when_it_is_revoked() {
    on_both(async |site| {
        let nobody = Program::nobody(&site);
        let sign_in = json!({ "account": "registrar", "password": PASSWORD, "name": "import", "valid_seconds": 600 });
        let answer = nobody.post("/tokens", sign_in).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let made = json(&answer);
        let (token, id) = (made["token"].as_str().unwrap(), made["id"].as_str().unwrap());
        assert_eq!(answer.header("location"), format!("/api/v1/tokens/{id}"));
        assert_eq!(answer.header("cache-control"), "no-store");
        let program = Program { token: Some(token.to_owned()), ..nobody.clone() };
        let own = json(&program.get("/account").await);
        assert_eq!((&own["role"], &own["office"]), (&"registrar".into(), &"sms-baku".into()));
        assert!(own["acts"].as_array().unwrap().contains(&"register_family".into()));
        let listed = program.get("/tokens").await;
        assert!(!listed.text().contains(token), "a token is told once");
        assert_eq!(json(&listed)["tokens"][0]["name"], "import");
        let of_another = Program::of(&site, Role::CaseOfficer).await;
        let foreign = of_another.call("DELETE", &format!("/tokens/{id}")).send().await;
        assert_eq!(problem(&foreign), "not_found");
        assert_eq!(program.call("DELETE", &format!("/tokens/{id}")).send().await.status, StatusCode::OK);
        assert_eq!(problem(&program.get("/account").await), "not_signed_in");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_has_a_name_and_a_life_within_limits() {
    on_both(async |site| {
        let nobody = Program::nobody(&site);
        for (name, seconds) in [("", 600), ("import", 59), ("import", i64::MAX), ("import", -1)] {
            let sign_in =
                json!({ "account": "registrar", "password": PASSWORD, "name": name, "valid_seconds": seconds });
            assert_eq!(problem(&nobody.post("/tokens", sign_in).await), "fields", "{name:?} {seconds}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_passwords_is_slowed_down() {
    on_both(async |site| {
        let nobody = Program::nobody(&site);
        let guess = json!({ "account": "registrar", "password": "guess", "name": "x" });
        for _ in 0..20 {
            assert_eq!(nobody.post("/tokens", guess.clone()).await.status, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(problem(&nobody.post("/tokens", guess).await), "too_often");
    })
    .await;
}
