// SPDX-License-Identifier: Apache-2.0
//! A person's page at the counter: what is added to it and ended later, and who looked at it.

use axum::http::StatusCode;
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
};
use testkit::people;

use crate::{
    browser::Browser,
    fixture::{Engine, Site},
};

async fn person(site: &Site) -> PersonNumber {
    site.test.registered_person(people::single(CollectedFor::Residence, "Sona", "Qaralamalı", "1990-02-03")).await
}

/// The value that a page's form has for a hidden field.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    page.split_once(&mark).unwrap_or_else(|| panic!("{name}: {page}")).1.split('"').next().unwrap()
}

/// The ways that a page offers to end something.
fn ends(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|path| path.contains("/facts/end")).map(|path| path.replace("&amp;", "&")).collect()
}

#[tokio::test]
async fn a_document_a_telephone_and_an_address_are_added_and_ended_by_forms() {
    let site = Site::ready(Engine::Sqlite).await;
    let number = person(&site).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let path = format!("/persons/{number}");
    let form = browser.get(&format!("{path}/facts/add?what=document")).await;
    let ground = [("source", "document"), ("reason", "She brought it along"), ("event_date", "")];
    let fields = [
        ("what", "document"),
        ("version", hidden(form.text(), "version")),
        ("kind", "passport"),
        ("number", "TEST777001"),
        ("country", "Afghanistan"),
        ("issued", "01.02.2020"),
        ("expires", "01.02.2030"),
    ];
    let fields = [fields.as_slice(), &ground].concat();
    let page = browser.submit(&format!("{path}/facts/add"), &fields).await;
    for shown in ["TEST777001", "Added.", "She brought it along", "valid until 1 February 2030"] {
        assert!(page.text().contains(shown), "{shown}: {}", page.text());
    }
    // The same form a second time meets a record that was changed.
    let again = browser.post(&format!("{path}/facts/add"), &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("value=\"TEST777001\""), "nothing typed is lost");
    for (what, rest) in [
        ("contact", [("phone", "+994 50 000 00 01"), ("email", "")]),
        ("address", [("area", "BA"), ("line", "Street 1")]),
    ] {
        let form = browser.get(&format!("{path}/facts/add?what={what}")).await;
        let fields =
            [[("what", what), ("version", hidden(form.text(), "version"))].as_slice(), &rest, &ground].concat();
        let page = browser.submit(&format!("{path}/facts/add"), &fields).await;
        assert!(page.text().contains(rest[0].1) || page.text().contains("Street 1"), "{}", page.text());
    }
    let page = browser.get(&path).await;
    let ways = ends(page.text());
    assert_eq!(ways.len(), 3, "{ways:?}");
    let form = browser.get(&ways[0]).await;
    assert!(form.text().contains("TEST777001"));
    let (fact, version) = (hidden(form.text(), "fact"), hidden(form.text(), "version"));
    let fields =
        [("fact", fact), ("version", version), ("source", "stated"), ("reason", "Lost on the way"), ("event_date", "")];
    let page = browser.submit(&format!("{path}/facts/end"), &fields).await;
    assert_eq!(ends(page.text()).len(), 2);
    assert!(page.text().contains("Lost on the way"), "the history keeps it");
    assert_eq!(browser.get(&ways[0]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_in_a_fact_stands_at_its_field() {
    let site = Site::ready(Engine::Sqlite).await;
    let number = person(&site).await;
    let browser = Browser::of(&site, Role::CaseOfficer).await;
    let path = format!("/persons/{number}/facts/add");
    for (fields, wrong) in [
        (vec![("what", "document"), ("number", "T1")], vec!["kind", "country", "source", "reason"]),
        (vec![("what", "document"), ("kind", "passport"), ("number", "T1"), ("country", "Atlantis")], vec!["country"]),
        (vec![("what", "document"), ("issued", "soon")], vec!["issued"]),
        (vec![("what", "contact")], vec!["phone"]),
        (vec![("what", "contact"), ("phone", "call me")], vec!["phone"]),
        (vec![("what", "contact"), ("phone", "+994500000001"), ("email", "a@b.az")], vec!["email"]),
        (vec![("what", "address"), ("line", "Street 1")], vec!["area"]),
        (vec![("what", "address"), ("area", "BA"), ("line", "S"), ("event_date", "32.1.2020")], vec!["event_date"]),
    ] {
        let fields = [fields.as_slice(), &[("version", "1")]].concat();
        let answer = browser.post(&path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        for field in wrong {
            assert!(answer.text().contains(&format!("href=\"#{field}\"")), "{field} of {fields:?}: {}", answer.text());
        }
    }
    let switched =
        browser.post(&path, &[("what", "contact"), ("phone", "call me"), ("version", "1"), ("_language", "az")]).await;
    assert_eq!(switched.status, StatusCode::OK);
    assert!(switched.text().contains("Telefon və ya e-poçt əlavə et") && switched.text().contains("value=\"call me\""));
    for nothing in ["/facts/add", "/facts/add?what=soul", "/facts/end", "/facts/end?fact=1"] {
        assert_eq!(
            browser.get(&format!("/persons/{number}{nothing}")).await.status,
            StatusCode::NOT_FOUND,
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn who_else_holds_a_document_is_shown_and_needs_a_word() {
    let site = Site::ready(Engine::Sqlite).await;
    let holder = site.test.registered_family(people::afghan_family()).await.members.remove(0).number;
    let number = person(&site).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let path = format!("/persons/{number}/facts/add");
    let fields = [
        ("what", "document"),
        ("version", "1"),
        ("kind", "passport"),
        ("number", "TEST000001"),
        ("country", "AFG"),
        ("source", "document"),
        ("reason", "She brought it along"),
    ];
    let asked = browser.post(&path, &fields).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (verdict, reason) = (format!("verdict-{holder}"), format!("reason-{holder}"));
    for shown in [verdict.as_str(), reason.as_str(), &format!("href=\"/persons/{holder}\""), "value=\"TEST000001\""] {
        assert!(asked.text().contains(shown), "{shown}: {}", asked.text());
    }
    let said = [(verdict.as_str(), "different"), (reason.as_str(), "A copying error at the border")];
    let page = browser.submit(&path, &[fields.as_slice(), &said].concat()).await;
    assert!(page.text().contains("TEST000001") && page.text().contains("A copying error at the border"));
}

#[tokio::test]
async fn the_counter_reads_who_looked_and_a_role_that_may_not_gets_what_is_not_there() {
    let site = Site::ready(Engine::Sqlite).await;
    let number = person(&site).await;
    let police = Browser::of(&site, Role::PoliceOfficer).await;
    police.get(&format!("/persons/{number}")).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let page = browser.get(&format!("/persons/{number}")).await;
    assert!(page.text().contains(&format!("href=\"/persons/{number}/looked\"")));
    let page = browser.get(&format!("/persons/{number}/looked")).await;
    for shown in ["Look at a person&#39;s record", "Register a family", "Who looked"] {
        assert!(page.text().contains(shown), "{shown}: {}", page.text());
    }
    assert!(!page.text().contains("sms-baku"), "offices have names");
    assert_eq!(browser.get(&format!("/persons/{number}/looked?before=x")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(police.get(&format!("/persons/{number}/looked")).await.status, StatusCode::NOT_FOUND);
    assert!(!police.get(&format!("/persons/{number}")).await.text().contains("/looked"));
    for _ in 0..30 {
        browser.get(&format!("/persons/{number}/looked")).await;
    }
    let page = browser.get(&format!("/persons/{number}/looked")).await;
    let next = page.text().split("/looked?before=").nth(1).unwrap().split('"').next().unwrap();
    let next = browser.get(&format!("/persons/{number}/looked?before={next}")).await;
    assert_eq!(next.status, StatusCode::OK);
    assert_ne!(next.text(), page.text());
}

#[tokio::test]
async fn a_registered_person_is_added_to_a_family_after_a_look_at_who_it_is() {
    let site = Site::ready(Engine::Sqlite).await;
    let family = site.test.registered_family(people::afghan_family()).await;
    let (head, number) = (family.members[0].number.clone(), person(&site).await);
    let browser = Browser::of(&site, Role::Registrar).await;
    let path = format!("/persons/{head}/family/join");
    assert!(browser.get(&format!("/persons/{head}/family")).await.text().contains(&format!("href=\"{path}\"")));
    let fields = [
        ("person", number.as_str()),
        ("relation", "sister"),
        ("guardian", ""),
        ("reason", "reunited"),
        ("on", "02.06.2025"),
    ];
    let asked = browser.post(&path, &fields).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.text().contains("Sona Qaralamalı") && hidden(asked.text(), "confirmed") == number.as_str());
    assert!(
        site.test.done(Role::Registrar, app::registry::ShowPerson { number: head.clone() }).await.members.len() == 4
    );
    let sure = [("confirmed", number.as_str())];
    let page = browser.submit(&path, &[fields.as_slice(), &sure].concat()).await;
    assert!(page.text().contains("Sona Qaralamalı") && page.text().contains("since 2 June 2025"), "{}", page.text());
    let again = browser.post(&path, &[fields.as_slice(), &sure].concat()).await;
    assert!(again.text().contains("in the family already"), "{}", again.text());
    for (field, value) in
        [("person", "7K2M94TXBY"), ("person", "x"), ("on", "32.1.2025"), ("relation", "head"), ("reason", "boredom")]
    {
        let mut wrong = [fields.as_slice(), &sure].concat();
        wrong.iter_mut().filter(|(name, _)| *name == field).for_each(|wrong| wrong.1 = value);
        let answer = browser.post(&path, &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
    }
    // Who left begins a family of her own.
    browser.submit(&format!("/persons/{number}/leave"), &[("on", "02.06.2025"), ("reason", "own_wish")]).await;
    let begin = format!("/persons/{number}/family/begin");
    assert!(browser.get(&format!("/persons/{number}")).await.text().contains(&begin));
    let page = browser.submit(&begin, &[("reason", "own_family"), ("on", "02.06.2025")]).await;
    assert!(page.text().contains("Head of family"), "{}", page.text());
    assert_eq!(browser.get(&begin).await.status, StatusCode::NOT_FOUND, "she has a family now");
}

#[tokio::test]
async fn a_family_being_registered_takes_registered_persons_in() {
    let site = Site::ready(Engine::Sqlite).await;
    let number = person(&site).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let begun = browser.post("/register", &[("collected_for", "asylum"), ("event_date", "")]).await;
    let draft = begun.header("location").strip_suffix("/0/name").unwrap().to_owned();
    let mut typist = crate::typist::Typist::at(&browser);
    typist.fill(&format!("{draft}/0/name"), &[("given", "Daud"), ("family", "Sahrayi")], "").await;
    typist.fill(&format!("{draft}/0/facts"), &[("born", "21.03.1987"), ("sex", "male")], "").await;
    let joins = format!("{draft}/joins");
    for wrong in [("7K2M94TXBY", "sister"), (number.as_str(), "head"), (number.as_str(), "")] {
        let answer = browser.post(&joins, &[("person", wrong.0), ("relation", wrong.1)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    let fields = [("person", number.as_str()), ("relation", "sister")];
    let check = browser.submit(&joins, &fields).await;
    assert!(
        check.text().contains("Sona Qaralamalı") && check.text().contains("registered already"),
        "{}",
        check.text()
    );
    assert_eq!(browser.post(&joins, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY, "once is enough");
    let check = browser.submit(&format!("{joins}/remove"), &[("person", number.as_str())]).await;
    assert!(!check.text().contains("Sona Qaralamalı"));
    let check = browser.submit(&joins, &fields).await;
    let version = hidden(check.text(), "version").to_owned();
    let receipt = browser.post(&format!("{draft}/check"), &[("version", &version)]).await;
    let head = receipt.header("location").strip_suffix("/receipt").unwrap().to_owned();
    let family = browser.get(&format!("{head}/family")).await;
    assert!(family.text().contains("Sona Qaralamalı") && family.text().contains("Daud Sahrayi"), "{}", family.text());
}
