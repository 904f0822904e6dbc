// SPDX-License-Identifier: Apache-2.0
//! Queues, substitutions, the reconciliation of blanks and the auditor's search, by programs.

use axum::http::StatusCode;
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
};
use serde_json::{Value, json};
use testkit::people;

use super::{Program, json, on_both, problem};
use crate::fixture::Site;

async fn claims(site: &Site, count: u8) -> Vec<PersonNumber> {
    let mut persons = Vec::new();
    for position in 0..count {
        let given = format!("Daud{}", char::from(b'a' + position));
        let person = people::single(CollectedFor::Asylum, &given, "Safi", "1987-03-21");
        let person = site.test.registered_person(person).await;
        site.test.opened_claim(&person).await;
        persons.push(person);
    }
    persons
}

#[tokio::test(flavor = "multi_thread")]
async fn every_open_case_is_on_one_page_of_its_queue_and_each_once() {
    on_both(async |site| {
        claims(&site, 26).await;
        let officer = Program::of(&site, Role::CaseOfficer).await;
        let counts = json(&officer.get("/queues").await);
        let all: i64 = counts["queues"].as_array().unwrap().iter().map(|count| count["all"].as_i64().unwrap()).sum();
        assert_eq!(all, 26);
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page = json(&officer.get(&format!("/queues/all?procedure=refugee_status{after}")).await);
            for case in page["cases"].as_array().unwrap() {
                assert!(case["name"].as_str().unwrap().ends_with("Safi"), "{case}");
                seen.push(case["case"].as_str().unwrap().to_owned());
            }
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        let once: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), once.len()), (26, 26));
        assert_eq!(json(&officer.get("/queues/mine").await)["cases"], json!([]));
        for (wrong, code) in [
            ("/queues/yours", "fields"),
            ("/queues/all?after=x", "fields"),
            ("/queues/all?search=a", "fields"),
            ("/queues/all?procedure=no_such", "not_found"),
        ] {
            assert_eq!(problem(&officer.get(wrong).await), code, "{wrong}");
        }
        let police = Program::of(&site, Role::PoliceOfficer).await;
        assert_eq!(
            json(&police.get("/queues/all").await)["cases"],
            json!([]),
            "a sealed claim is in no queue of the police"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn proposals_wait_for_the_second_officer_and_say_who_may_decide() {
    on_both(async |site| {
        let person = people::single(CollectedFor::Asylum, "Daud", "Safi", "1987-03-21");
        let person = site.test.registered_person(person).await;
        let case = site.test.heard_claim(&person).await;
        site.test.done(Role::CaseOfficer, testkit::journey::proposal(&case, "recognised")).await;
        let decider = json(&Program::of(&site, Role::DecisionMaker).await.get("/approvals").await);
        assert_eq!((&decider["cases"][0]["case"], &decider["may_decide"]), (&json!(case), &json!([case])));
        let proposer = json(&Program::of(&site, Role::CaseOfficer).await.get("/approvals").await);
        assert_eq!(proposer["may_decide"], json!([]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_enters_lists_and_ends_a_substitution() {
    on_both(async |site| {
        let head = Program::of(&site, Role::HeadOfOffice).await;
        let names = [Role::CaseOfficer, Role::DecisionMaker].map(testkit::service::account_name);
        let second = format!("{}-2", names[0]);
        let new = json!({ "absent": names[0], "by": second, "from": "2025-06-02", "to": "2025-06-06" });
        let made = head.done("/substitutions", new.clone()).await;
        let listed = json(&head.get("/substitutions").await);
        assert_eq!(
            (&listed["substitutions"][0]["id"], &listed["substitutions"][0]["absent"]),
            (&made["id"], &new["absent"])
        );
        let end = format!("/substitutions/{}/end", made["id"].as_str().unwrap());
        head.done(&end, json!({})).await;
        let again = head.post(&end, json!({})).await;
        assert_eq!((again.status, problem(&again)), (StatusCode::CONFLICT, "already_recorded".into()));
        let mut both = new;
        both["office"] = "sms-baku".into();
        assert_eq!(problem(&head.post("/substitutions", both).await), "fields");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn blanks_are_counted_by_one_officer_and_signed_by_another() {
    on_both(async |site| {
        let cards = Program::of(&site, Role::CardOfficer).await;
        let second = Program::of_actor(&site, &site.test.second(Role::CardOfficer)).await;
        cards.done("/blanks", json!({ "numbers": ["AZ-0001", "AZ-0002"] })).await;
        let unexplained = cards.post("/blank-counts", json!({ "counted": 1 })).await;
        assert_eq!(problem(&unexplained), "reason_needed");
        let made = cards.done("/blank-counts", json!({ "counted": 2 })).await;
        let path = format!("/blank-counts/{}", made["id"].as_str().unwrap());
        let signature = format!("{path}/signature");
        assert_eq!(problem(&cards.post(&signature, json!({})).await), "same_officer");
        let shown = json(&second.get(&path).await);
        assert_eq!(
            (&shown["received"], &shown["difference"], &shown["can_sign"]),
            (&2.into(), &0.into(), &true.into())
        );
        second.done(&signature, json!({})).await;
        let stock = json(&cards.get("/blank-counts").await);
        assert_eq!((&stock["is_counted_today"], &stock["books"]["in_stock"]), (&true.into(), &2.into()));
        assert_eq!((&stock["counts"][0]["id"], &stock["next"]), (&made["id"], &Value::Null));
        let away = Program::of(&site, Role::Registrar).await;
        assert_eq!(problem(&away.get("/blank-counts").await), "not_permitted");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_auditor_searches_records_page_by_page_and_his_search_is_the_ombudsmans_own() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        for _ in 0..51 {
            registrar.get("/persons?name=nobody").await;
        }
        let auditor = Program::of(&site, Role::Auditor).await;
        let page = json(&auditor.get("/audit/records?action=find_persons&from=2025-06-01&to=2025-06-30").await);
        assert_eq!(page["records"].as_array().unwrap().len(), 50);
        assert_eq!(page["records"][0]["office"], "sms-baku");
        let after = page["next"].as_str().unwrap();
        let rest = format!("/audit/records?action=find_persons&from=2025-06-01&to=2025-06-30&after={after}");
        let rest = json(&auditor.get(&rest).await);
        assert_eq!((rest["records"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
        let own = json(&auditor.get("/audit/records?action=sample_audit&result=done").await);
        assert!(own["records"].as_array().unwrap().iter().all(|record| record["visibility"] == "oversight"), "{own}");
        for wrong in ["result=perhaps", "from=2025-06-02&to=2025-06-01", "account=me", "after=x"] {
            assert_eq!(problem(&auditor.get(&format!("/audit/records?{wrong}")).await), "fields", "{wrong}");
        }
        assert_eq!(problem(&registrar.get("/audit/records").await), "not_permitted");
    })
    .await;
}
