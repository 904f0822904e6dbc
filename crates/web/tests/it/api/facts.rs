// SPDX-License-Identifier: Apache-2.0
//! Facts of a person and who looked at her record, by programs.

use axum::http::StatusCode;
use domain::access::Role;
use serde_json::{Value, json};

use super::{Program, json, on_both, problem};

fn new_phone(value: &str) -> Value {
    json!({ "contact": { "kind": "phone", "value": value }, "reason": "she has a new number", "source": "stated" })
}

async fn registered(registrar: &Program) -> String {
    let person = json!({
        "collected_for": "residence",
        "names": [{ "kind": "full", "script": "latin", "value": "Karim Testov" }],
        "sex": "male",
        "birth": { "date": "1990-01-01" },
    });
    registrar.done("/persons", person).await["number"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_is_added_replaced_and_ended_and_an_old_version_is_told_the_present_one() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        let person = format!("/persons/{}", registered(&registrar).await);
        let (facts, ends) = (format!("{person}/facts"), format!("{person}/ended-facts"));
        let first = registrar.done(&facts, new_phone("+994500000001")).await;
        assert_eq!(first["version"], 2);
        let mut second = new_phone("+994500000002");
        second["replaces"] = first["fact"].clone();
        second["version"] = 1.into();
        let late = registrar.post(&facts, second.clone()).await;
        assert_eq!((late.status, problem(&late)), (StatusCode::CONFLICT, "conflict".into()));
        assert_eq!(json(&late)["current_version"], 2);
        second["version"] = 2.into();
        let second = registrar.done(&facts, second).await;
        let shown = json(&registrar.get(&person).await);
        assert_eq!(shown["contacts"], json!([{ "id": second["fact"], "kind": "phone", "value": "+994500000002" }]));
        assert_eq!(shown["corrections"][1]["old_value"], "phone +994500000001");
        let end = json!({ "fact": second["fact"], "reason": "no telephone any more", "source": "stated" });
        assert_eq!(registrar.done(&ends, end.clone()).await["version"], 4);
        assert_eq!(problem(&registrar.post(&ends, end).await), "not_found");
        let mut two = new_phone("+994500000003");
        two["address"] = json!({ "area": "BA", "line": "Street 1" });
        let two = registrar.post(&facts, two).await;
        assert_eq!(problem(&two), "fields", "one fact at a time");
        let assistance = Program::of(&site, Role::AssistanceOfficer).await;
        assert_eq!(json(&assistance.get(&person).await)["corrections"], json!([]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_looks_of_officers_are_read_page_by_page() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        let person = format!("/persons/{}", registered(&registrar).await);
        for _ in 0..25 {
            registrar.get(&person).await;
        }
        let page = json(&registrar.get(&format!("{person}/looks")).await);
        let entries = page["entries"].as_array().unwrap();
        assert_eq!((entries.len(), &entries[0]["action"]), (25, &"show_person".into()));
        let after = page["next"].as_str().unwrap();
        let last = json(&registrar.get(&format!("{person}/looks?after={after}")).await);
        assert_eq!((&last["entries"][0]["action"], &last["next"]), (&"register_family".into(), &Value::Null));
        assert_eq!(problem(&registrar.get(&format!("{person}/looks?after=x")).await), "fields");
    })
    .await;
}
