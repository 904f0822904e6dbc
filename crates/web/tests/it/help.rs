// SPDX-License-Identifier: Apache-2.0
//! The hand-over list in a browser: found by scanning, a card and a gift each with one form, each once.

use app::assistance::{Company, InviteGuests};
use axum::http::StatusCode;
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
};
use rstest::rstest;
use testkit::people;

use crate::{
    browser::Browser,
    fixture::{Engine, Site},
};

const DAY: [(&str, &str); 3] = [("on-day", "18"), ("on-month", "12"), ("on-year", "2025")];

async fn open(browser: &Browser) {
    let fields = [&DAY[..], &[("code", "december_18"), ("name", "18 December")]].concat();
    let page = browser.submit("/help", &fields).await;
    assert!(page.text().contains("18 December"), "{}", page.text());
}

async fn invite(site: &Site, persons: &[&PersonNumber]) {
    let persons = persons.iter().map(|&person| person.clone()).collect();
    let invite = InviteGuests { distribution: "december_18".into(), persons, company: Company::Alone };
    site.test.done(Role::AssistanceOfficer, invite).await;
}

#[rstest]
#[tokio::test]
async fn a_gift_is_given_once_also_by_two_browsers(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let site = Site::ready(engine).await;
    let person = site.test.registered_family(people::displaced_family()).await.members[0].number.clone();
    let (one, other) =
        (Browser::of(&site, Role::AssistanceOfficer).await, Browser::of_second(&site, Role::AssistanceOfficer).await);
    open(&one).await;
    let invited = one.submit("/help/december_18/invite", &[("persons", person.as_str()), ("company", "family")]).await;
    assert!(invited.text().contains("Expected: 2"), "{}", invited.text());
    // Both have the row before them when they press the button.
    for browser in [&one, &other] {
        assert!(browser.get(&format!("/help/december_18?q={person}")).await.text().contains("Give the gift"));
    }
    let fields = [("person", person.as_str()), ("item", "gift_set")];
    let given = one.submit("/help/december_18/gift", &fields).await;
    assert!(given.text().contains("The gift was given") && given.text().contains("Given</strong>"), "{}", given.text());
    let refused = other.post("/help/december_18/gift", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["This gift was given already", "Refugee affairs department", "assistance-officer", "2025"] {
        assert!(refused.text().contains(told), "{told}: {}", refused.text());
    }
    let (_, rest) = given.text().split_once("/help/december_18/receipts/").unwrap();
    let receipt = format!("/help/december_18/receipts/{}", rest.split('"').next().unwrap());
    let paper = other.get(&receipt).await;
    assert_eq!(paper.status, StatusCode::OK);
    assert!(paper.text().contains(receipt.rsplit('/').next().unwrap()));
    let elsewhere = receipt.replace("december_18", "another");
    assert_eq!(other.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_card_and_a_gift_are_handed_over_with_one_form_each() {
    let site = Site::ready(Engine::Sqlite).await;
    let person = site.test.recognised_person(people::single(CollectedFor::Asylum, "Daud", "Safi", "1987-03-21")).await;
    let (card, text) = site.test.printed_card(&person).await;
    let browser = Browser::of(&site, Role::CardOfficer).await;
    open(&browser).await;
    invite(&site, &[&person]).await;
    // The card is scanned; its row is alone and its button has the focus.
    let scanned: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let row = browser.get(&format!("/help/december_18?q={scanned}")).await;
    assert!(row.text().contains("Hand the card over") && row.text().contains(" autofocus>"), "{}", row.text());
    let fields = [("card", card.as_str()), ("person", person.as_str()), ("received_by", person.as_str())];
    let handed = browser.submit("/help/december_18/card", &fields).await;
    assert!(handed.text().contains("In use") && handed.text().contains("Give the gift"), "{}", handed.text());
    assert_eq!(browser.post("/help/december_18/card", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let given = browser.submit("/help/december_18/gift", &[("person", person.as_str()), ("item", "gift_set")]).await;
    assert!(!given.text().contains("Give the gift"), "{}", given.text());
    assert!(browser.get("/help/december_18?waiting=1").await.text().contains("Nobody is on the list"));
}

#[tokio::test]
async fn an_assistance_officer_gives_gifts_and_no_cards() {
    let site = Site::ready(Engine::Sqlite).await;
    let person = site.test.recognised_person(people::single(CollectedFor::Asylum, "Daud", "Safi", "1987-03-21")).await;
    let (card, _) = site.test.printed_card(&person).await;
    let browser = Browser::of(&site, Role::AssistanceOfficer).await;
    open(&browser).await;
    invite(&site, &[&person]).await;
    let row = browser.get("/help/december_18?q=Safi").await;
    assert!(row.text().contains("To hand over") && !row.text().contains("/help/december_18/card"), "{}", row.text());
    let fields = [("card", card.as_str()), ("person", person.as_str()), ("received_by", person.as_str())];
    assert_eq!(browser.post("/help/december_18/card", &fields).await.status, StatusCode::NOT_FOUND);
    let early = browser.post("/help/december_18/gift", &[("person", person.as_str()), ("item", "gift_set")]).await;
    assert!(early.text().contains("Not entitled"), "{}", early.text());
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_stays() {
    let site = Site::ready(Engine::Sqlite).await;
    let browser = Browser::of(&site, Role::AssistanceOfficer).await;
    let wrong = browser
        .post("/help", &[("code", "December 18"), ("name", "Winter"), ("on-day", "31"), ("on-month", "2")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text().contains("value=\"Winter\"") && wrong.text().contains("There is no such day"),
        "{}",
        wrong.text()
    );
    open(&browser).await;
    let unknown = browser.post("/help/december_18/invite", &[("persons", "NOBODY")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.text().contains("NOBODY"));
    assert_eq!(browser.get("/help/summer").await.status, StatusCode::NOT_FOUND);
    assert!(browser.get("/help/december_18?q=%3Cscript%3E").await.text().contains("No such person is on the list"));
}
