// SPDX-License-Identifier: Apache-2.0
//! From arrival to a card in the hand, by the interface alone.

use axum::http::StatusCode;
use domain::access::Role;
use serde_json::{Value, json};

use super::{Program, json, on_both, problem};
use crate::fixture::Site;

/// The officers of the story.
struct Office {
    registrar: Program,
    officer: Program,
    decider: Program,
    cards: Program,
    cards2: Program,
    police: Program,
    auditor: Program,
}

impl Office {
    async fn of(site: &Site) -> Self {
        Self {
            registrar: Program::of(site, Role::Registrar).await,
            officer: Program::of(site, Role::CaseOfficer).await,
            decider: Program::of(site, Role::DecisionMaker).await,
            cards: Program::of(site, Role::CardOfficer).await,
            cards2: Program::of_actor(site, &site.test.second(Role::CardOfficer)).await,
            police: Program::of(site, Role::PoliceOfficer).await,
            auditor: Program::of(site, Role::Auditor).await,
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refugee_receives_a_card_that_anybody_can_check_and_a_gift_once() {
    on_both(async |site| {
        let office = Office::of(&site).await;
        let person = register(&office).await;
        recognise(&office, &person).await;
        let (card, qr_text) = issue(&office, &person).await;
        settle(&office).await;
        check(&site, &qr_text, "good").await;
        lose_and_find(&site, &office, &card, &qr_text).await;
        give(&office, &person).await;
        revoke(&site, &office, &card, &qr_text).await;
        look_back(&office).await;
    })
    .await;
}

async fn register(office: &Office) -> String {
    let photo = "iVBORw0KGgoAAAANSUhEUg==";
    let family = json!({
        "collected_for": "asylum",
        "members": [
            {
                "key": "mother",
                "relation": "head",
                "names": [
                    { "kind": "given", "script": "latin", "value": "Zahra" },
                    { "kind": "family", "script": "latin", "value": "Sahrayi" },
                ],
                "sex": "female",
                "birth": { "date": "1990-11-02" },
                "languages": ["prs"],
                "photo": photo,
            },
            {
                "key": "daughter",
                "relation": "daughter",
                "names": [{ "kind": "given", "script": "latin", "value": "Laleh" }],
                "sex": "female",
                "birth": { "date": "2016-04-09" },
            },
        ],
    });
    let made = office.registrar.done("/families", family).await;
    let person = text(&made["members"][0]["number"]).to_owned();
    let shown = office.registrar.get(&format!("/persons/{person}")).await;
    assert_eq!(shown.header("etag"), "\"1\"");
    let shown = json(&shown);
    assert_eq!(shown["has_photo"], true);
    assert_eq!(shown["family"].as_array().unwrap().len(), 2);
    assert_eq!(shown["family_id"], made["family"]);
    let family = json(&office.registrar.get(&format!("/families/{}", text(&made["family"]))).await);
    assert_eq!(family["members"], shown["family"]);
    let hidden = office.police.get(&format!("/families/{}", text(&made["family"]))).await;
    assert_eq!(problem(&hidden), "not_found");
    person
}

async fn recognise(office: &Office, person: &str) {
    let claim = json!({ "person": person, "language": "prs" });
    let case = office.registrar.done("/claims", claim.clone()).await;
    let case = text(&case["case"]).to_owned();
    assert_eq!(problem(&office.registrar.post("/claims", claim).await), "already_recorded");
    let reasons = json!({ "reasons": "She was threatened at home." });
    office.registrar.done(&format!("/claims/{case}/reasons"), reasons).await;
    let certificate = office.registrar.done(&format!("/claims/{case}/certificate"), json!({})).await;
    assert_eq!(certificate["holder"]["number"], person);
    let wall = office.police.post("/leave-orders", json!({ "person": person })).await;
    assert_eq!((wall.status, problem(&wall)), (StatusCode::FORBIDDEN, "wall".into()));
    assert_eq!(json(&wall)["wall"], "expulsion.asylum_claim");
    assert!(json(&wall)["citation"].is_string());
    for kind in ["registration_interview", "status_interview"] {
        let interview = json!({
            "kind": kind,
            "interview": {
                "language": "prs",
                "interpreter": "register no. 14",
                "seen_alone": true,
                "statement": "She told why she fled; it was read back to her.",
            },
        });
        office.officer.done(&format!("/claims/{case}/interviews"), interview).await;
    }
    let mut proposal = json!({
        "outcome": "recognised",
        "reason": "Her account is coherent and fits what is known.",
        "cites": ["int-1951-refugees:1a"],
    });
    let decision = proposal.clone();
    proposal["facts"] = "The threat was documented.".into();
    office.officer.done(&format!("/claims/{case}/proposal"), proposal).await;
    let own = office.officer.post(&format!("/claims/{case}/decision"), decision.clone()).await;
    assert_eq!((own.status, problem(&own)), (StatusCode::FORBIDDEN, "not_permitted".into()));
    let decided = office.decider.done(&format!("/claims/{case}/decision"), decision).await;
    assert_eq!(decided["state"], "decided");
    let shown = json(&office.officer.get(&format!("/claims/{case}")).await);
    assert_eq!((&shown["outcome"], &shown["reasons"]), (&"recognised".into(), &"She was threatened at home.".into()));
    let outside = json(&office.officer.get(&format!("/cases/{case}")).await);
    assert_eq!(outside["procedure"], "refugee_status");
}

async fn issue(office: &Office, person: &str) -> (String, String) {
    office.cards.done("/blanks", json!({ "numbers": ["AZ-0001", "AZ-0002"] })).await;
    let card = office.cards.done("/cards", json!({ "person": person })).await;
    let card = text(&card["card"]).to_owned();
    let own = office.cards.post(&format!("/cards/{card}/check"), json!({})).await;
    assert_eq!((own.status, problem(&own)), (StatusCode::FORBIDDEN, "same_officer".into()));
    let early = office.cards.post(&format!("/cards/{card}/print"), json!({})).await;
    assert_eq!((early.status, problem(&early)), (StatusCode::CONFLICT, "card_state".into()));
    let checked = office.cards2.done(&format!("/cards/{card}/check"), json!({})).await;
    assert_eq!((&checked["state"], &checked["face"]["surname"]), (&"checked".into(), &"Sahrayi".into()));
    office.cards.done(&format!("/cards/{card}/signature"), json!({})).await;
    let printed = office.cards.done(&format!("/cards/{card}/print"), json!({})).await;
    let again = office.cards.done(&format!("/cards/{card}/print"), json!({})).await;
    assert_eq!((&printed["blank"], &printed["qr_text"]), (&again["blank"], &again["qr_text"]), "printed on one blank");
    assert!(text(&printed["pdf"]).starts_with("JVBERi"), "a PDF in base64");
    let handed = office.cards.done(&format!("/cards/{card}/hand-over"), json!({ "to": person })).await;
    assert_eq!(handed["state"], "active");
    let shown = json(&office.cards.get(&format!("/cards/{card}")).await);
    assert_eq!((&shown["state"], &shown["blank"]), (&"active".into(), &printed["blank"]));
    (card, text(&printed["qr_text"]).to_owned())
}

/// Has the jobs done that acts asked for, as the command line does after an act.
async fn settle(office: &Office) -> u64 {
    let head = json(&office.cards.get("/audit/checkpoint").await);
    assert!(text(&head["checkpoint"]).contains(text(&head["root"])), "{head}");
    head["size"].as_u64().unwrap()
}

async fn check(site: &Site, qr_text: &str, standing: &str) {
    let nobody = Program::nobody(site);
    let records = site.test.records().await.len();
    let answer = nobody.done("/verification", json!({ "text": qr_text })).await;
    assert_eq!(answer["standing"], standing, "{answer}");
    assert_eq!(answer["shown"].is_object(), standing == "good");
    assert_eq!(site.test.records().await.len(), records, "a check leaves no record");
}

async fn lose_and_find(site: &Site, office: &Office, card: &str, qr_text: &str) {
    office.cards.done(&format!("/cards/{card}/suspension"), json!({ "reason": "lost" })).await;
    settle(office).await;
    check(site, qr_text, "suspended").await;
    office.cards.done(&format!("/cards/{card}/reinstatement"), json!({ "reason": "found at home" })).await;
    settle(office).await;
    check(site, qr_text, "good").await;
}

async fn give(office: &Office, person: &str) {
    let event = json!({ "code": "winter", "name": "Winter help", "on": "2025-12-18" });
    office.cards.done("/distributions", event).await;
    let gift = json!({ "person": person, "item": "gift_set" });
    office.cards.done("/distributions/winter/gifts", gift.clone()).await;
    let again = office.cards2.post("/distributions/winter/gifts", gift).await;
    assert_eq!((again.status, problem(&again)), (StatusCode::CONFLICT, "given_already".into()));
}

async fn revoke(site: &Site, office: &Office, card: &str, qr_text: &str) {
    let proposal = json!({
        "ground": "issued_in_error",
        "facts": "Compared by hand.",
        "reason": "The card shows a wrong name.",
    });
    let proposed = office.officer.done(&format!("/cards/{card}/revocation"), proposal).await;
    let decision = json!({ "reason": "The card shows a wrong name." });
    let path = format!("/revocations/{}/decision", text(&proposed["case"]));
    assert_eq!(office.decider.done(&path, decision).await["state"], "revoked");
    settle(office).await;
    check(site, qr_text, "revoked").await;
}

async fn look_back(office: &Office) {
    let size = settle(office).await;
    let sample = json(&office.auditor.get("/audit/sample?count=5").await);
    let records = sample["records"].as_array().unwrap();
    assert_eq!(records.len(), 5);
    for record in records {
        assert!(record["position"].as_u64().unwrap() < size);
        assert!(text(&record["proof"]).starts_with("c2sp.org/tlog-proof@v1"));
        let opened = json(&office.auditor.get(&format!("/audit/records/{}", record["position"])).await);
        assert_eq!(opened["canonical"], record["canonical"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_of_a_record_that_was_changed_meanwhile_is_told_the_present_version() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        let person = json!({
            "collected_for": "residence",
            "names": [{ "kind": "full", "script": "latin", "value": "Karim Testov" }],
            "sex": "male",
            "birth": { "date": "1990-01-01", "precision": "year" },
        });
        let made = registrar.done("/persons", person).await;
        let path = format!("/persons/{}", text(&made["number"]));
        let change =
            |date: &str| json!({ "birth": { "date": date }, "reason": "the passport came", "source": "document" });
        let correct = async |version: &str, date: &str| {
            let call = registrar.call("POST", &format!("{path}/corrections")).header("if-match", version);
            call.json(&change(date)).send().await
        };
        let first = correct("\"1\"", "1990-05-06").await;
        assert_eq!((first.status, first.header("etag")), (StatusCode::OK, "\"2\""), "{}", first.text());
        let late = correct("\"1\"", "1990-06-07").await;
        assert_eq!((late.status, problem(&late)), (StatusCode::CONFLICT, "conflict".into()));
        assert_eq!(json(&late)["current_version"], 2);
        for wrong in ["1", "W/\"1\"", "*", "\"a\""] {
            assert_eq!(problem(&correct(wrong, "1990-06-07").await), "fields", "{wrong}");
        }
        let mut body = change("1990-06-07");
        body["version"] = 1.into();
        let both = registrar.call("POST", &format!("{path}/corrections")).header("if-match", "\"2\"");
        assert_eq!(problem(&both.json(&body).send().await), "fields", "header and body say two versions");
        body["sex"] = "female".into();
        let two_facts = registrar.post(&format!("{path}/corrections"), body).await;
        assert_eq!(problem(&two_facts), "fields");
        let shown = json(&registrar.get(&path).await);
        assert_eq!((&shown["version"], &shown["birth"]["date"]), (&2.into(), &"1990-05-06".into()));
        assert_eq!(shown["corrections"].as_array().unwrap().len(), 1);
        let then = json(&registrar.get(&format!("{path}/history?on=2025-06-02")).await);
        assert_eq!(then["birth"]["date"], "1990-05-06");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_like_a_registered_person_is_registered_only_with_a_word_of_the_officer() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        let mut person = json!({
            "collected_for": "residence",
            "names": [{ "kind": "full", "script": "latin", "value": "Karim Testov" }],
            "sex": "male",
            "birth": { "date": "1990-01-01" },
        });
        let first = registrar.done("/persons", person.clone()).await;
        let second = registrar.post("/persons", person.clone()).await;
        assert_eq!((second.status, problem(&second)), (StatusCode::CONFLICT, "looks_like".into()));
        let told = json(&second);
        assert_eq!(told["looks_like"][0]["number"], first["number"], "{told}");
        person["looks_like"] = json!([{ "number": first["number"], "reason": "another father, another village" }]);
        let second = registrar.done("/persons", person).await;
        assert_ne!(second["number"], first["number"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_persons_follow_one_another() {
    on_both(async |site| {
        let registrar = Program::of(&site, Role::Registrar).await;
        for number in 0..7 {
            let person = json!({
                "collected_for": "residence",
                "names": [
                    { "kind": "given", "script": "latin", "value": "Karim" },
                    { "kind": "family", "script": "latin", "value": format!("Testov{}", "aeiouyö".chars().nth(number).unwrap()) },
                ],
                "sex": "male",
                "birth": { "date": format!("199{number}-01-01") },
            });
            registrar.done("/persons", person).await;
        }
        let (mut names, mut path) = (Vec::new(), "/persons?surname=testov&limit=3".to_owned());
        loop {
            let page = json(&registrar.get(&path).await);
            names.extend(page["persons"].as_array().unwrap().iter().map(|person| text(&person["surname"]).to_owned()));
            match page["next"].as_str() {
                Some(next) => path = format!("/persons?surname=testov&limit=3&after={next}"),
                None => break,
            }
        }
        assert_eq!(names, ["Testova", "Testove", "Testovi", "Testovo", "Testovö", "Testovu", "Testovy"]);
        for query in ["", "limit=3", "surname=t", "surname=testov&limit=26", "surname=testov&after=AAAA", "surname=testov&born=1990-01-01"] {
            assert_eq!(problem(&registrar.get(&format!("/persons?{query}")).await), "fields", "{query}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_keeps_accounts_and_nothing_else() {
    on_both(async |site| {
        let administrator = Program::of(&site, Role::Administrator).await;
        let account = json!({
            "name": "lale.h",
            "password": "nine cranes over the lake",
            "role": "registrar",
            "office": "sms-baku",
        });
        let made = administrator.done("/accounts", account.clone()).await;
        assert_eq!((&made["name"], &made["body"]), (&"lale.h".into(), &"sms".into()));
        assert_eq!(problem(&administrator.post("/accounts", account).await), "fields");
        let nobody = Program::nobody(&site);
        let sign_in = json!({ "account": "lale.h", "password": "nine cranes over the lake", "name": "first day" });
        let token = nobody.done("/tokens", sign_in.clone()).await;
        let lale = Program { token: token["token"].as_str().map(str::to_owned), ..nobody.clone() };
        assert_eq!(lale.get("/account").await.status, StatusCode::OK);
        administrator.done("/accounts/lale.h/end", json!({})).await;
        assert_eq!(problem(&lale.get("/account").await), "not_signed_in");
        assert_eq!(problem(&nobody.post("/tokens", sign_in).await), "not_signed_in");
        let listed = json(&administrator.get("/accounts").await);
        let lale = listed["accounts"].as_array().unwrap().iter().find(|account| account["name"] == "lale.h");
        assert_eq!(lale.unwrap()["is_active"], false);
        assert_eq!(problem(&administrator.get(&format!("/persons/{}", super::NOBODY)).await), "not_permitted");
    })
    .await;
}
