// SPDX-License-Identifier: Apache-2.0
//! A request that comes again, over HTTP.

use axum::http::StatusCode;
use domain::access::Role;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{Program, json, on_both, problem};
use crate::client::Answer;

/// Requests with the same key at the same moment.
const AT_ONCE: usize = 64;

fn person(family: &str) -> Value {
    json!({
        "collected_for": "asylum",
        "names": [
            { "kind": "given", "script": "latin", "value": "Wahid" },
            { "kind": "family", "script": "latin", "value": family },
        ],
        "sex": "male",
        // Persons of different names are born in different years: nobody looks like anybody.
        "birth": { "date": format!("{}-01-01", 1940 + family.len()) },
    })
}

async fn post(program: &Program, key: &str, body: &Value) -> Answer {
    program.call("POST", "/persons").header("idempotency-key", key).json(body).send().await
}

async fn count(program: &Program, family: &str) -> usize {
    let found = json(&program.get(&format!("/persons?surname={family}")).await);
    found["persons"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_and_body_give_the_same_answer_and_one_person() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        let first = post(&registrar, "k-1", &person("Sinaqov")).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
        assert_eq!(first.header("idempotency-replayed"), "");
        for _ in 0..3 {
            let again = post(&registrar, "k-1", &person("Sinaqov")).await;
            assert_eq!((again.status, &again.body), (first.status, &first.body));
            for name in ["location", "etag", "content-type"] {
                assert_eq!(again.header(name), first.header(name), "{name}");
            }
            assert_eq!(again.header("idempotency-replayed"), "true");
        }
        let other = post(&registrar, "k-1", &person("Sinaqova")).await;
        assert_eq!((other.status, problem(&other)), (StatusCode::UNPROCESSABLE_ENTITY, "key_reused".into()));
        assert_eq!(count(&registrar, "sinaq").await, 1);
        let of_another = Program::of(&site, Role::CaseOfficer).await;
        assert_eq!(post(&of_another, "k-1", &person("Sinaqova")).await.status, StatusCode::CREATED);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_the_same_moment_with_one_key_make_one_person() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        let mut asked = JoinSet::new();
        for _ in 0..AT_ONCE {
            let registrar = registrar.clone();
            asked.spawn(async move { post(&registrar, "k-64", &person("Sinaqov")).await });
        }
        let mut bodies = Vec::new();
        while let Some(answer) = asked.join_next().await {
            let answer = answer.unwrap();
            // A database that met too many at once says so, and the client asks again.
            if answer.status != StatusCode::SERVICE_UNAVAILABLE {
                assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
                bodies.push(answer.body);
            }
        }
        assert!(!bodies.is_empty());
        bodies.dedup();
        assert_eq!(bodies.len(), 1);
        assert_eq!(count(&registrar, "sinaq").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_given_again_with_its_first_reference() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        let mut wrong = person("Sinaqov");
        wrong["birth_country"] = "QQQ".into();
        let first = post(&registrar, "k-1", &wrong).await;
        assert_eq!((first.status, problem(&first)), (StatusCode::UNPROCESSABLE_ENTITY, "fields".into()));
        let again = post(&registrar, "k-1", &wrong).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body));
        assert_eq!(json(&again)["request_id"], first.header("x-request-id"));
        assert_ne!(again.header("x-request-id"), first.header("x-request-id"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_has_a_form_and_stands_alone() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        for key in ["", "a b", "ключ", &"k".repeat(65)] {
            let answer = post(&registrar, key, &person("Sinaqov")).await;
            assert_eq!(problem(&answer), "fields", "{key:?}");
            assert_eq!(json(&answer)["errors"][0]["field"], "Idempotency-Key");
        }
        let call = registrar.call("POST", "/persons").header("idempotency-key", "a").header("idempotency-key", "b");
        assert_eq!(problem(&call.json(&person("Sinaqov")).send().await), "fields");
        assert_eq!(count(&registrar, "sinaq").await, 0);
    })
    .await;
}
