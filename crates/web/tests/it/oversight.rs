// SPDX-License-Identifier: Apache-2.0
//! The auditor's pages: what is found can be opened, kept and proven without this program; an old checkpoint gets a clear
//! answer; tables are files that run nothing.

use app::registry::ShowPerson;
use axum::http::StatusCode;
use domain::{
    access::{CollectedFor, Role},
    audit::leaf_commitment,
    number::PersonNumber,
};
use rstest::rstest;
use testkit::people;
use transparency::{Checkpoint, EntryProof, TreeHead};

use crate::{
    browser::Browser,
    client::get,
    fixture::{Engine, Site},
};

async fn looked_at(site: &Site) -> PersonNumber {
    let person = people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01");
    let person = site.test.registered_person(person).await;
    site.test.done(Role::PoliceOfficer, ShowPerson { number: person.clone() }).await;
    site.settle().await;
    person
}

/// The address of the first record of a page.
fn first_record(page: &str) -> String {
    let (_, rest) = page.split_once("href=\"/oversight/records/").unwrap_or_else(|| panic!("{page}"));
    format!("/oversight/records/{}", rest.split('"').next().unwrap())
}

#[rstest]
#[tokio::test]
async fn a_record_is_found_opened_and_kept_with_a_proof_that_holds(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let site = Site::ready(engine).await;
    let person = looked_at(&site).await;
    let browser = Browser::of(&site, Role::Auditor).await;
    let found = browser.get("/oversight?kind=show_person&office=mia-baku").await;
    assert!(found.text().contains("police-officer") && !found.text().contains(person.as_str()), "{}", found.text());
    let path = first_record(found.text());
    let opened = browser.get(&path).await;
    assert!(opened.text().contains(person.as_str()) && opened.text().contains("Look at a person"), "{}", opened.text());
    let proof = browser.get(&format!("{path}/proof")).await;
    assert!(proof.header("content-disposition").ends_with(".tlog-proof\""));
    let record = browser.get(&format!("{path}/record")).await;
    let verifier = site.service.log_key().verifier();
    let verify = |proof: &str, record: &str| -> bool {
        let Ok(proof) = EntryProof::parse(proof) else { return false };
        let Some(salt) = proof.extra.clone().and_then(|salt| salt.try_into().ok()) else { return false };
        proof.verify(&leaf_commitment(&salt, record), &verifier).is_ok()
    };
    assert!(verify(proof.text(), record.text()));
    for place in (0..proof.body.len()).step_by(7) {
        let mut changed = proof.body.clone();
        changed[place] = if changed[place] == b'x' { b'y' } else { b'x' };
        assert!(!verify(&String::from_utf8_lossy(&changed), record.text()), "byte {place} of the proof was changed");
    }
    for place in (0..record.body.len()).step_by(11) {
        let mut changed = record.body.clone();
        changed[place] ^= 1;
        assert!(!verify(proof.text(), &String::from_utf8_lossy(&changed)), "byte {place} of the record was changed");
    }
    assert_eq!(browser.get("/oversight/records/99999999").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/oversight/records/-1").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_search_is_seen_by_the_auditor_and_by_nobody_else() {
    let site = Site::ready(Engine::Sqlite).await;
    let person = looked_at(&site).await;
    let context = site.service.context(site.test.actor(Role::Registrar));
    let token = app::oversight::give_access_token(&site.service, &context, &person).await.unwrap().done().unwrap();
    let browser = Browser::of(&site, Role::Auditor).await;
    browser.get(&first_record(browser.get("/oversight?kind=register_family").await.text())).await;
    let own = browser.get("/oversight?kind=sample_audit").await;
    assert!(own.text().contains("Ombudsman only"), "{}", own.text());
    let looked = app::oversight::who_looked(&site.service, token.token.expose(), token.pin.expose()).await.unwrap();
    let looked = looked.done().unwrap();
    assert!(
        looked.entries.iter().all(|entry| entry.action != "sample_audit" && entry.role.as_deref() != Some("auditor"))
    );
}

#[rstest]
#[tokio::test]
async fn an_old_checkpoint_is_answered_by_yes_or_no(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let site = Site::ready(engine).await;
    let old = get(&site.router, "/log/checkpoint").await.text().to_owned();
    looked_at(&site).await;
    let browser = Browser::of(&site, Role::Auditor).await;
    let kept = browser.post("/oversight/consistency", &[("note", &old)]).await;
    assert!(kept.text().contains("turna-answer--good") && kept.text().contains(">YES<"), "{}", kept.text());
    let size = Checkpoint::open(&old, &site.service.log_key().verifier()).unwrap().head.size;
    let forged = Checkpoint::sign(&TreeHead { size, root: [7; 32] }, site.service.log_key());
    for (note, word) in
        [(forged.as_str(), "It was rewritten"), ("nonsense", "This is no checkpoint"), ("", "no checkpoint")]
    {
        let answer = browser.post("/oversight/consistency", &[("note", note)]).await;
        assert!(
            answer.text().contains("turna-answer--bad") && answer.text().contains(word),
            "{word}: {}",
            answer.text()
        );
    }
    let rewritten = browser.post("/oversight/consistency", &[("note", &forged)]).await;
    assert!(rewritten.text().contains(&domain::audit::hex([7; 32])), "both roots are shown");
}

#[tokio::test]
async fn a_lot_is_drawn_and_its_size_has_limits() {
    let site = Site::ready(Engine::Sqlite).await;
    looked_at(&site).await;
    let browser = Browser::of(&site, Role::Auditor).await;
    let drawn = browser.post("/oversight/sample", &[("count", "5")]).await;
    assert_eq!(drawn.text().matches("href=\"/oversight/records/").count(), 5, "{}", drawn.text());
    for wrong in ["0", "-1", "201", "", "many"] {
        let answer = browser.post("/oversight/sample", &[("count", wrong)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}

#[tokio::test]
async fn rates_are_tables_and_files() {
    let site = Site::ready(Engine::Sqlite).await;
    let person = looked_at(&site).await;
    site.test.refused(Role::Administrator, ShowPerson { number: person }).await;
    let browser = Browser::of(&site, Role::Auditor).await;
    let page = browser.get("/oversight/rates").await;
    assert!(page.text().contains("Share refused") && page.text().contains("police-officer"), "{}", page.text());
    let file = browser.get("/oversight/rates/refusals").await;
    assert!(file.header("content-type").starts_with("text/csv"));
    assert!(file.text().contains("\"police-officer\",1,0,0"), "{}", file.text());
    for table in ["proposals", "decisions", "overdue"] {
        assert_eq!(browser.get(&format!("/oversight/rates/{table}")).await.status, StatusCode::OK, "{table}");
    }
    assert_eq!(browser.get("/oversight/rates/persons").await.status, StatusCode::NOT_FOUND);
    let backwards = browser.get("/oversight/rates?from=2025-06-02&to=2025-06-01").await;
    assert_eq!(backwards.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_search_takes_whatever_an_address_holds() {
    let site = Site::ready(Engine::Sqlite).await;
    let browser = Browser::of(&site, Role::Auditor).await;
    for query in [
        "office=%27%3B+DROP+TABLE+account",
        "kind=%25",
        "result=%25",
        "account=no-id",
        "before=no-id",
        "from=9999-99-99&to=x",
        "from=0001-01-01&to=0001-01-02",
    ] {
        let answer = browser.get(&format!("/oversight?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
    }
    let unbounded = browser.get("/oversight?from=0001-01-01&to=2025-06-02").await;
    assert_eq!(unbounded.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn pages_of_the_auditor_speak_the_languages_of_the_staff() {
    let site = Site::ready(Engine::Sqlite).await;
    looked_at(&site).await;
    for language in ["az", "en", "ru"] {
        let browser = Browser::of(&site, Role::Auditor).await.reading(language);
        let found = browser.get("/oversight").await;
        let record = first_record(found.text());
        for path in [record.as_str(), "/oversight", "/oversight/sample", "/oversight/consistency", "/oversight/rates"] {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            for slice in [">oversight-", ">account-", ">desk-", ">refusal-"] {
                assert!(!page.text().contains(slice), "{language} {path} shows a key");
            }
        }
    }
}
