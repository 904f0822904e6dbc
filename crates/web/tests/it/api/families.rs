// SPDX-License-Identifier: Apache-2.0
//! Joining and leaving a family, and slips of the pen, by programs.

use axum::http::StatusCode;
use domain::access::Role;
use serde_json::{Value, json};

use super::{Program, json, on_both, problem};

fn single(given: &str, born: &str) -> Value {
    json!({
        "collected_for": "residence",
        "names": [{ "kind": "full", "script": "latin", "value": format!("{given} Testov") }],
        "sex": "male",
        "birth": { "date": born },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_person_joins_a_family_leaves_it_and_begins_one_of_his_own() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        let head = registrar.done("/persons", single("Karim", "1970-01-01")).await;
        let son = registrar.done("/persons", single("Rustam", "1999-01-01")).await;
        let (family, number) = (head["family"].as_str().unwrap(), son["number"].clone());
        let members = format!("/families/{family}/members");
        let mut member = json!({ "person": number, "relation": "head", "reason": "reunited", "on": "2025-06-02" });
        let second_head = registrar.post(&members, member.clone()).await;
        assert_eq!(problem(&second_head), "fields");
        member["relation"] = "son".into();
        assert_eq!(registrar.done(&members, member.clone()).await["family"], family);
        let again = registrar.post(&members, member.clone()).await;
        assert_eq!((again.status, problem(&again)), (StatusCode::CONFLICT, "already_recorded".into()));
        let shown = json(&registrar.get(&format!("/families/{family}")).await);
        assert_eq!(shown["members"].as_array().unwrap().len(), 2);
        let other = registrar.done("/persons", single("Farid", "1980-01-01")).await;
        let elsewhere = format!("/families/{}/members", other["family"].as_str().unwrap());
        assert_eq!(problem(&registrar.post(&elsewhere, member).await), "missing", "one family at a time");
        let own = json!({ "head": number, "reason": "own_family", "on": "2025-06-02" });
        assert_eq!(problem(&registrar.post("/own-families", own.clone()).await), "already_recorded");
        let end = format!("/persons/{}/membership-end", number.as_str().unwrap());
        registrar.done(&end, json!({ "on": "2025-06-02", "reason": "own_family" })).await;
        let begun = registrar.done("/own-families", own).await;
        let shown = json(&registrar.get(&format!("/persons/{}", number.as_str().unwrap())).await);
        assert_eq!(shown["family_id"], begun["family"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_of_the_pen_is_mended_with_the_version_that_was_seen() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        let made = registrar.done("/persons", single("Karim", "1970-01-01")).await;
        let path = format!("/persons/{}/typos", made["number"].as_str().unwrap());
        let mend = |version: Value| json!({ "birth": { "date": "1971-01-01" }, "version": version });
        let unseen = registrar.post(&path, mend(Value::Null)).await;
        assert_eq!(problem(&unseen), "fields", "what was not seen is not mended");
        assert_eq!(registrar.done(&path, mend(1.into())).await["version"], 2);
        let late = registrar.post(&path, mend(1.into())).await;
        assert_eq!((problem(&late), json(&late)["current_version"].clone()), ("conflict".into(), 2.into()));
        let other = Program::of(&site, Role::CaseOfficer).await.post(&path, mend(2.into())).await;
        assert_eq!(problem(&other), "missing", "only who made it");
    })
    .await;
}
