// SPDX-License-Identifier: Apache-2.0
//! What was not meant to be sent: other media types, huge and broken bodies, odd letters, endless addresses.

use axum::http::StatusCode;
use domain::access::Role;
use serde_json::json;
use testkit::service::START;
use web::api::table;

use super::{Program, absent, json, problem};
use crate::{
    client::send,
    fixture::{Engine, Site},
};

/// Bytes that no body has.
const HUGE: usize = 9 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_body_of_another_kind_is_not_read() {
    let site = Site::ready(Engine::Sqlite).await;
    let registrar = Program::of(&site, Role::Registrar).await;
    for row in table().iter().filter(|row| row.method == "POST") {
        let body = row.example.as_ref().unwrap().to_string().into_bytes();
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "", "json"] {
            let call = registrar.call("POST", &absent(row.path)).bytes(kind, body.clone());
            let answer = call.send().await;
            assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{} {kind}", row.name);
            assert_eq!(problem(&answer), "media_type");
        }
    }
    let body = json!({ "person": super::NOBODY }).to_string().into_bytes();
    let call = registrar.call("POST", "/protection-flags").bytes("Application/JSON; charset=utf-8", body);
    assert_eq!(call.send().await.status, StatusCode::NOT_FOUND, "a kind is read without regard to case");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_huge_body_is_cut_off() {
    let site = Site::ready(Engine::Sqlite).await;
    let registrar = Program::of(&site, Role::Registrar).await;
    for path in ["/persons", "/verification", "/tokens"] {
        let answer = registrar.call("POST", path).bytes("application/json", vec![b' '; HUGE]).send().await;
        assert_eq!((answer.status, problem(&answer)), (StatusCode::PAYLOAD_TOO_LARGE, "too_large".into()), "{path}");
    }
    let answer = registrar.call("GET", "/account").bytes("application/json", b"{}".to_vec()).send().await;
    assert_eq!((answer.status, problem(&answer)), (StatusCode::PAYLOAD_TOO_LARGE, "too_large".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_an_address_does_not_take_is_said_so_with_a_body_or_without() {
    let site = Site::ready(Engine::Sqlite).await;
    let registrar = Program::of(&site, Role::Registrar).await;
    for method in ["GET", "TRACE", "PUT"] {
        let answer = registrar.call(method, "/claims").bytes("application/json", b"{}".to_vec()).send().await;
        let expected = (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed".to_owned());
        assert_eq!((answer.status, problem(&answer)), expected, "{method}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_body_is_malformed_and_a_wrong_field_is_named() {
    let site = Site::ready(Engine::Sqlite).await;
    let registrar = Program::of(&site, Role::Registrar).await;
    for body in ["", "{", "\u{0}", "'a'", "{\"members\":\"\u{1}\"}"] {
        let answer = registrar.call("POST", "/families").bytes("application/json", body.into()).send().await;
        assert_eq!((answer.status, problem(&answer)), (StatusCode::BAD_REQUEST, "malformed".into()), "{body:?}");
    }
    let deep = "[".repeat(100_000);
    let answer = registrar.call("POST", "/families").bytes("application/json", deep.into()).send().await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    let mut family = table().into_iter().find(|row| row.name == "register_family").unwrap().example.unwrap();
    family["members"][0]["names"][0]["valeu"] = "Zahra".into();
    let answer = registrar.post("/families", family.clone()).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = &json(&answer)["errors"];
    assert_eq!((&errors[0]["field"], &errors[0]["code"]), (&"members[0].names[0].valeu".into(), &"unknown".into()));
    family["members"][0]["names"][0].as_object_mut().unwrap().remove("valeu");
    family["members"][0]["sex"] = "queen".into();
    let answer = registrar.post("/families", family).await;
    assert_eq!(json(&answer)["errors"][0]["field"], "members[0].sex");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_field_of_the_domain_is_told_at_once_by_its_path() {
    let site = Site::ready(Engine::Sqlite).await;
    let registrar = Program::of(&site, Role::Registrar).await;
    let person = json!({
        "collected_for": "asylum",
        "event_date": "2999-01-01",
        "names": [{ "kind": "given", "script": "cyrillic", "value": "Zahra" }],
        "sex": "female",
        "birth": { "date": "2990-11-02" },
        "birth_country": "QQQ",
        "languages": ["no such language"],
    });
    let answer = registrar.post("/persons", person).await;
    assert_eq!((answer.status, problem(&answer)), (StatusCode::UNPROCESSABLE_ENTITY, "fields".into()));
    let body = json(&answer);
    let fields: Vec<&str> =
        body["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    for field in ["event_date", "names[0].value", "birth", "birth_country", "languages[0]"] {
        assert!(fields.contains(&field), "{field} is not among {fields:?}");
    }
    let codes = body["errors"].as_array().unwrap().iter().all(|error| error["code"].as_str().is_some());
    assert!(codes, "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_letters_are_stored_as_written_or_refused() {
    let site = Site::ready(Engine::Sqlite).await;
    let registrar = Program::of(&site, Role::Registrar).await;
    let person = |value: &str, script: &str| {
        json!({
            "collected_for": "asylum",
            "names": [{ "kind": "full", "script": script, "value": value }],
            "sex": "unspecified",
            "birth": { "date": "1990-11-02", "precision": "estimated" },
        })
    };
    for (value, script) in [("Ñuño Əliyev-İsmayıl O’Neil", "latin"), ("صحرایی‌زاده", "arabic"), ("Ғафур", "cyrillic")]
    {
        let made = registrar.done("/persons", person(value, script)).await;
        let shown = json(&registrar.get(&format!("/persons/{}", made["number"].as_str().unwrap())).await);
        assert_eq!(shown["names"][0]["value"], value);
    }
    for value in ["", " ", "\u{202E}Zahra", "Zahra\u{0}", "💥", "Z\u{200B}ahra", "<b>Zahra</b>", &"z".repeat(121)] {
        let answer = registrar.post("/persons", person(value, "latin")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{value:?}");
    }
    for path in ["/persons/%FF", "/persons/%00", "/persons/%E2%80%AE", "/distributions/%2e%2e", "/accounts/%0a/end"] {
        let answer = registrar.get(path).await;
        assert!(answer.status.is_client_error(), "{path} {}", answer.status);
        problem(&answer);
    }
    for query in
        ["surname=%FF%FE", "surname=%00%00", "limit=1", "surname=ab&limit=1e3", "surname=ab&limit=-1", "x=1", "a&b"]
    {
        let answer = registrar.get(&format!("/persons?{query}")).await;
        assert!(answer.status.is_client_error() || answer.status == StatusCode::OK, "{query} {}", answer.status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_and_what_is_not_taken_is_told_as_a_problem_even_to_a_browser() {
    let site = Site::ready(Engine::Sqlite).await;
    let nobody = Program::nobody(&site);
    let long = format!("/persons?surname={}", "a".repeat(2_100));
    for (method, path, status, code) in [
        ("GET", "/nowhere", StatusCode::NOT_FOUND, "not_found"),
        ("GET", "", StatusCode::NOT_FOUND, "not_found"),
        ("PATCH", "/persons", StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
        ("DELETE", "/openapi.json", StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
        ("GET", long.as_str(), StatusCode::URI_TOO_LONG, "uri_too_long"),
    ] {
        let answer = nobody.call(method, path).header("accept", "text/html").send().await;
        assert_eq!((answer.status, problem(&answer).as_str()), (status, code), "{method} {path}");
    }
    let allow = nobody.call("PATCH", "/persons").send().await;
    for method in ["GET", "POST"] {
        assert!(allow.header("allow").contains(method), "{}", allow.header("allow"));
    }
    let outside = send(&site.router, crate::client::request("GET", "/nowhere", &[])).await;
    assert_eq!(problem(&outside), "not_found", "programs get the same document everywhere");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_asks_too_often_waits_and_no_other_with_it() {
    let site = Site::ready(Engine::Sqlite).await;
    let (eager, calm) = (Program::of(&site, Role::Registrar).await, Program::of(&site, Role::CaseOfficer).await);
    let mut refused = None;
    for _ in 0..=6_000 {
        site.test.clock.set(START.parse().unwrap());
        let answer = eager.get("/account").await;
        if answer.status != StatusCode::OK {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("nobody may ask without end");
    assert_eq!((refused.status, problem(&refused)), (StatusCode::TOO_MANY_REQUESTS, "too_often".into()));
    assert!(!refused.header("retry-after").is_empty());
    assert_eq!(calm.get("/account").await.status, StatusCode::OK);
}
