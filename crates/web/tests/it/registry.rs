// SPDX-License-Identifier: Apache-2.0
//! The counter in a browser: a family by keyboard alone, the search box, the file of a person, and what is not shown.

use axum::http::StatusCode;
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
};
use rstest::rstest;
use testkit::{journey::REASON, people};

use crate::{
    browser::Browser,
    client::Answer,
    fixture::{Engine, Site},
    typist::Typist,
};

/// A page without what differs from request to request.
fn alike(answer: &Answer) -> String {
    let id = answer.header("x-request-id");
    answer.text().replace(id, "REQUEST")
}

/// The part of an address after a mark.
fn after<'a>(path: &'a str, mark: &str) -> &'a str {
    path.split_once(mark).unwrap_or_else(|| panic!("{path}")).1
}

async fn begin(browser: &Browser) -> String {
    let begun = browser.post("/register", &[("collected_for", "asylum"), ("event_date", "")]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    begun.header("location").strip_suffix("/0/name").unwrap().to_owned()
}

/// Registers a single woman from a draft as far as the check of the answers; returns the draft's address.
async fn single(browser: &Browser, given: &str, born: &str) -> String {
    let draft = begin(browser).await;
    let mut typist = Typist::at(browser);
    typist.fill(&format!("{draft}/0/name"), &[("given", given), ("family", "Qaralamalı")], "").await;
    typist.fill(&format!("{draft}/0/facts"), &[("born", born), ("sex", "female")], "").await;
    draft
}

async fn register(browser: &Browser, draft: &str) -> Answer {
    let check = browser.get(&format!("{draft}/check")).await;
    let version = after(check.text(), "name=\"version\" value=\"").split('"').next().unwrap().to_owned();
    browser.post(&format!("{draft}/check"), &[("version", &version)]).await
}

#[tokio::test]
async fn a_family_of_five_is_registered_by_keyboard_alone() {
    let site = Site::ready(Engine::Sqlite).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let mut typist = Typist::at(&browser);
    let name = typist.fill("/register", &[("collected_for", "asylum"), ("event_date", "28.05.2025")], "").await;
    let draft = name.strip_suffix("/0/name").unwrap().to_owned();
    let head = [("given", "Daud"), ("family", "Sahrayi"), ("own-given", "داوود"), ("own-family", "صحرایی")];
    let facts = typist.fill(&name, &head, "").await;
    let head_facts = [
        ("born", "21.03.1987"),
        ("sex", "male"),
        ("citizenship", "Afg"),
        ("birth-country", "Afg"),
        ("language", "Dari"),
        ("document-kind", "passport"),
        ("document-number", "TEST000001"),
    ];
    let contact = typist.fill(&facts, &head_facts, "").await;
    let head_contact = [("phone", "+994000000001"), ("area", "BA"), ("line", "Sınaq küçəsi 1"), ("dwelling", "rented")];
    let mut photo = typist.fill(&contact, &head_contact, "").await;
    for (relation, given, own_given, born, sex) in [
        ("spouse", "Mahgul", "ماه‌گل", "1991", Some("female")),
        ("daughter", "Parwana", "پروانه", "14.09.2016", None),
        ("son", "Omid", "امید", "05.2021", None),
        ("mother", "Bibi Hawa", "بی‌بی حوا", "1958", None),
    ] {
        let name = typist.fill(&photo, &[], "another").await;
        let facts = typist.fill(&name, &[("relation", relation), ("given", given), ("own-given", own_given)], "").await;
        let mut filled = vec![("born", born)];
        filled.extend(sex.map(|sex| ("sex", sex)));
        photo = typist.fill(&facts, &filled, "").await;
    }
    let page = browser.get(&photo).await;
    assert!(page.header("permissions-policy").contains("camera=(self)"), "the photo can be taken on the spot");
    let check = typist.fill(&photo, &[], "check").await;
    assert_eq!(check, format!("{draft}/check"));
    let receipt = typist.fill(&check, &[], "").await;
    println!("a family of five: {} pages, {} keys", typist.pages, typist.keys);
    assert!(typist.pages <= 20, "{} pages", typist.pages);
    assert!(typist.keys <= 400, "{} keys", typist.keys);

    let number = receipt.strip_prefix("/persons/").unwrap().strip_suffix("/receipt").unwrap().to_owned();
    let number = PersonNumber::parse(&number).unwrap();
    let shown = site.test.done(Role::Registrar, app::registry::ShowPerson { number: number.clone() }).await;
    assert_eq!(shown.members.len(), 5);
    assert_eq!(shown.person.citizenships[0].country.as_str(), "AFG");
    for (member, other, name) in &shown.members {
        let view = site.test.done(Role::Registrar, app::registry::ShowPerson { number: other.clone() }).await;
        assert!(name.expose().ends_with("Sahrayi"), "the family name was offered");
        assert_eq!(view.person.citizenships[0].country.as_str(), "AFG", "the citizenship was offered");
        assert_eq!(view.person.languages, ["prs"], "the language was offered");
        assert_eq!(view.person.addresses[0].line.expose(), "Sınaq küçəsi 1", "who lives together lives together");
        assert_eq!(member.guardian.is_some(), ["daughter", "son"].contains(&member.relation.as_str()));
    }
    let page = browser.follow(&receipt).await;
    assert!(page.text().contains("lang=\"fa-AF\"") && page.text().contains("dir=\"rtl\""), "{}", page.text());
}

#[rstest]
#[tokio::test]
async fn a_form_that_is_sent_again_leads_to_the_same_receipt(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let site = Site::ready(engine).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let draft = single(&browser, "Sona", "1990-02-03").await;
    let check = browser.get(&format!("{draft}/check")).await;
    let version = after(check.text(), "name=\"version\" value=\"").split('"').next().unwrap().to_owned();
    let send = async || browser.post(&format!("{draft}/check"), &[("version", version.as_str())]).await;
    let first = send().await;
    assert!(first.header("location").ends_with("/receipt"), "{}", first.text());
    let again = send().await;
    assert_eq!(again.header("location"), first.header("location"));
    let banner = browser.follow(first.header("location")).await;
    assert!(banner.text().contains("Nothing was done twice"), "{}", banner.text());
    assert_eq!(browser.get(&format!("{draft}/check")).await.status, StatusCode::NOT_FOUND);
    let found = browser.get("/search?q=Qaralamal%C4%B1").await;
    assert_eq!(found.text().matches("href=\"/persons/").count(), 1);
}

#[tokio::test]
async fn an_unfinished_registration_is_kept_for_its_officer_alone_and_can_be_discarded() {
    let site = Site::ready(Engine::Sqlite).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let draft = single(&browser, "Sona", "1990-02-03").await;
    let list = browser.get("/register").await;
    assert!(list.text().contains("Sona Qaralamalı"));
    assert!(browser.get(&format!("{draft}/0/contact")).await.text().contains("Saved 10:00"), "on the country's clock");
    let other = Browser::of_second(&site, Role::Registrar).await;
    assert!(!other.get("/register").await.text().contains("Qaralamalı"));
    for page in ["check", "0/name", "0/facts", "0/photo", "0/picture", "displacement", "0/alike"] {
        assert_eq!(other.get(&format!("{draft}/{page}")).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(other.post(&format!("{draft}/discard"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.post(&format!("{draft}/check"), &[("version", "3")]).await.status, StatusCode::NOT_FOUND);
    let gone = browser.submit(&format!("{draft}/discard"), &[]).await;
    assert!(!gone.text().contains("Sona Qaralamalı"));
    assert_eq!(browser.get(&format!("{draft}/check")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost() {
    let site = Site::ready(Engine::Sqlite).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let draft = begin(&browser).await;
    let names = [("given", "D4ud"), ("family", "Sahrayi"), ("own-given", "Daud"), ("own-family", "صحرایی")];
    let wrong = browser.post(&format!("{draft}/0/name"), &names).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["value=\"D4ud\"", "value=\"Sahrayi\"", "صحرایی", "href=\"#given\"", "href=\"#own-given\""] {
        assert!(wrong.text().contains(kept), "{kept}");
    }
    // The choice of language sends the form: the page comes back in that language with what was typed.
    let switched = browser.post(&format!("{draft}/0/name"), &[names.as_slice(), &[("_language", "az")]].concat()).await;
    assert_eq!(switched.status, StatusCode::OK);
    assert!(switched.text().contains("Ailə başçısı kimdir?") && switched.text().contains("value=\"D4ud\""));
    let browser = Browser::of(&site, Role::Registrar).await;
    let draft = begin(&browser).await;
    let mut typist = Typist::at(&browser);
    typist.fill(&format!("{draft}/0/name"), &[("given", "Daud")], "").await;
    for (field, value) in [
        ("born", "32.01.1990"),
        ("born", "2031"),
        ("citizenship", "Atlantis"),
        ("citizenship", "Ar"),
        ("language", "Klingon"),
        ("document-number", "TEST1"),
        ("birth-place", "a\u{7}b"),
    ] {
        let mut fields = vec![("sex", "male")];
        if field != "born" {
            fields.push(("born", "1990-01-01"));
        }
        fields.push((field, value));
        let wrong = browser.post(&format!("{draft}/0/facts"), &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
    }
    let wrong = browser.post(&format!("{draft}/0/contact"), &[("phone", "call me"), ("line", "Street 1")]).await;
    assert!(wrong.text().contains("href=\"#phone\"") && wrong.text().contains("href=\"#area\""), "{}", wrong.text());
}

#[tokio::test]
async fn a_look_alike_is_compared_and_the_answer_is_kept() {
    let site = Site::ready(Engine::Sqlite).await;
    let known =
        site.test.registered_person(people::single(CollectedFor::Residence, "Sona", "Qaralamalı", "1990-02-03")).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let draft = begin(&browser).await;
    let mut typist = Typist::at(&browser);
    typist.fill(&format!("{draft}/0/name"), &[("given", "Sona"), ("family", "Qaralamali")], "").await;
    let to = typist.fill(&format!("{draft}/0/facts"), &[("born", "03.02.1990"), ("sex", "unspecified")], "").await;
    assert_eq!(to, format!("{draft}/0/alike"));
    let page = browser.get(&to).await;
    assert!(
        page.text().contains(known.as_str()) && page.text().contains("The same name and birth date"),
        "{}",
        page.text()
    );
    // Registering past it leads back to the comparison.
    assert!(register(&browser, &draft).await.header("location").ends_with("/0/alike?back=check"));
    let verdict = format!("verdict-{known}");
    let reason = format!("reason-{known}");
    for fields in [vec![], vec![(verdict.as_str(), "different")], vec![(reason.as_str(), "Another face")]] {
        assert_eq!(browser.post(&to, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
    }
    let said = [(verdict.as_str(), "different"), (reason.as_str(), "Another face and another mother")];
    assert_eq!(browser.post(&to, &said).await.header("location"), format!("{draft}/0/contact"));
    let registered = register(&browser, &draft).await;
    let person = registered.header("location").strip_suffix("/receipt").unwrap().to_owned();
    assert!(browser.get(&person).await.text().contains("Another face and another mother"));
    // Who says that it is the same goes on from the record that there is.
    let draft = begin(&browser).await;
    let mut typist = Typist::at(&browser);
    typist.fill(&format!("{draft}/0/name"), &[("given", "Sona"), ("family", "Qaralamalı")], "").await;
    let to = typist.fill(&format!("{draft}/0/facts"), &[("born", "03.02.1990"), ("sex", "male")], "").await;
    let same = browser.post(&to, &[(verdict.as_str(), "same")]).await;
    assert_eq!(same.header("location"), format!("/persons/{known}"));
}

#[rstest]
#[tokio::test]
async fn a_person_who_may_not_be_seen_is_not_there(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let site = Site::ready(engine).await;
    let sealed =
        site.test.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
    let gone = site.test.registered_person(people::single(CollectedFor::Asylum, "Sahib", "Sehven", "1980-01-01")).await;
    let propose = app::registry::ProposeErasure { number: gone.clone(), reason: REASON.into() };
    let case = site.test.done(Role::HeadOfOffice, propose).await;
    let erase = app::registry::ErasePerson { case, reason: REASON.into() };
    site.test.done_as(&site.test.second(Role::HeadOfOffice), erase).await;
    let browser = Browser::of(&site, Role::PoliceOfficer).await;
    for page in ["", "/family", "/receipt", "/picture", "?on=02.06.2025"] {
        let (one, other) = (
            browser.get(&format!("/persons/{sealed}{page}")).await,
            browser.get(&format!("/persons/{gone}{page}")).await,
        );
        assert_eq!((one.status, other.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{page}");
        assert_eq!(alike(&one), alike(&other), "{page}");
    }
    let (one, other) =
        (browser.get(&format!("/search?q={sealed}")).await, browser.get(&format!("/search?q={gone}")).await);
    assert_eq!(one.status, StatusCode::OK);
    let without = |answer: &Answer, number: &PersonNumber| alike(answer).replace(number.as_str(), "NUMBER");
    assert_eq!(without(&one, &sealed), without(&other, &gone));
    assert!(!browser.get("/search?q=Testov").await.text().contains("/persons/"));
    let registrar = Browser::of(&site, Role::Registrar).await;
    let found = registrar.get(&format!("/search?q={sealed}")).await;
    assert_eq!(found.header("location"), format!("/persons/{sealed}"), "a number leads straight to the person");
}

#[tokio::test]
async fn the_search_box_says_what_it_looked_for() {
    let site = Site::ready(Engine::Sqlite).await;
    site.test.registered_family(people::afghan_family()).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let list = browser.get("/search?q=sahrayi").await;
    assert_eq!(list.text().matches("href=\"/persons/").count(), 4);
    let nobody = browser.get("/search?q=%2B994+50+000+99+99").await;
    assert!(nobody.text().contains("Nobody found") && nobody.text().contains("Telephone"), "{}", nobody.text());
    assert!(nobody.text().contains("href=\"/register\""));
    for nothing in ["/search", "/search?q=", "/search?q=%25"] {
        assert_eq!(browser.get(nothing).await.status, StatusCode::OK, "{nothing}");
    }
    let document = browser.get("/search?q=test+000+001").await;
    assert_eq!(document.status, StatusCode::SEE_OTHER, "a document leads straight to the person");
    let attack = browser.get("/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    assert!(!attack.text().contains("<script>alert"));
}

#[tokio::test]
async fn a_fact_is_mended_on_the_day_and_corrected_afterwards() {
    let site = Site::ready(Engine::Sqlite).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let number =
        site.test.registered_person(people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01")).await;
    let person = format!("/persons/{number}");
    let page = browser.get(&person).await;
    assert!(page.text().contains("/typo?what=name"), "{}", page.text());
    let mend = [("what", "name"), ("version", "1"), ("part", "given"), ("value", "Kerim")];
    assert!(browser.submit(&format!("{person}/typo"), &mend).await.text().contains("Kerim Testov"));
    let stale = browser.post(&format!("{person}/typo"), &mend).await;
    assert!(stale.text().contains("Somebody else changed the record"), "{}", stale.text());
    site.test.clock.advance_days(10);
    let browser = Browser::of(&site, Role::Registrar).await;
    let page = browser.get(&person).await;
    assert!(page.text().contains("/correct?what=birth") && !page.text().contains("/typo"));
    assert_eq!(browser.get(&format!("{person}/correct?what=number")).await.status, StatusCode::NOT_FOUND);
    let bare = [("what", "birth"), ("version", "2"), ("value", "03.02.1991")];
    assert_eq!(browser.post(&format!("{person}/correct"), &bare).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let whole = [bare.as_slice(), &[("reason", "The passport came"), ("source", "passport")]].concat();
    let corrected = browser.submit(&format!("{person}/correct"), &whole).await;
    assert!(corrected.text().contains("3 February 1991") && corrected.text().contains("The passport came"));
    let past = browser.get(&format!("{person}?on=02.06.2025")).await;
    assert!(past.text().contains("1 January 1990") && past.text().contains("This is what the registry knew"));
}

#[tokio::test]
async fn the_receipt_goes_home_in_her_language() {
    let site = Site::ready(Engine::Sqlite).await;
    let family = site.test.registered_family(people::afghan_family()).await;
    site.settle().await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let number = &family.members[0].number;
    let own = browser.get(&format!("/persons/{number}/receipt")).await;
    assert!(
        own.text().contains("<article class=\"turna-paper\" lang=\"fa-AF\" dir=\"rtl\">"),
        "Dari is her best language"
    );
    for (language, words) in [
        ("az", "Qeydiyyat qəbzi"),
        ("en", "Receipt of registration"),
        ("ru", "Расписка"),
        ("ar", "إيصال"),
        ("fa", "رسید"),
    ] {
        let page = browser.get(&format!("/persons/{number}/receipt?in={language}")).await;
        let paper = after(page.text(), "<article");
        for expected in [words, "919", "916", number.as_str()] {
            assert!(paper.contains(expected), "{language}: {expected}");
        }
    }
    let english = browser.get(&format!("/persons/{number}/receipt?in=en")).await;
    // Fifteen days after 2 June 2025 and three months after it.
    for expected in
        ["17 June 2025", "2 September 2025", "entries, root", "What is free", "Nobody may ask you for money"]
    {
        assert!(english.text().contains(expected), "{expected}");
    }
}

#[tokio::test]
async fn a_token_is_shown_once_and_no_child_gets_one() {
    let site = Site::ready(Engine::Sqlite).await;
    let family = site.test.registered_family(people::afghan_family()).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let adult = &family.members[0].number;
    let given = browser.post(&format!("/persons/{adult}/token"), &[]).await;
    assert_eq!(given.status, StatusCode::OK);
    assert_eq!(given.header("cache-control"), "no-store");
    let code = |at: usize| {
        given.text().split("turna-code\" dir=\"ltr\">").skip(1).nth(at).unwrap().split('<').next().unwrap().to_owned()
    };
    let (token, pin) = (code(0), code(1));
    assert!(given.text().contains("<article class=\"turna-paper\" lang=\"fa-AF\" dir=\"rtl\">"), "she reads the paper");
    assert!(given.text().contains("/file</bdi>"), "it says where the file opens");
    let looked = app::oversight::who_looked(&site.service, &token, &pin).await.unwrap().done();
    assert!(looked.is_some(), "they open her file");
    assert!(!browser.get(&format!("/persons/{adult}/token")).await.text().contains(&token));
    let child = &family.members[2].number;
    let refused = browser.post(&format!("/persons/{child}/token"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("A child gets no key"));
}

#[tokio::test]
async fn a_person_is_erased_by_two_officers() {
    let site = Site::ready(Engine::Sqlite).await;
    let number =
        site.test.registered_person(people::single(CollectedFor::Residence, "Sahib", "Sehven", "1980-01-01")).await;
    let first = Browser::of(&site, Role::HeadOfOffice).await;
    let proposed = first.post(&format!("/persons/{number}/erasure"), &[("reason", REASON)]).await;
    assert_eq!(proposed.status, StatusCode::OK, "{}", proposed.text());
    let case = after(proposed.text(), "this case number: ").split(['<', '\n']).next().unwrap().trim().to_owned();
    let decide = [("case", case.as_str()), ("reason", REASON)];
    let own = first.post("/erasures", &decide).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody decides what he proposed");
    let second = Browser::of_second(&site, Role::HeadOfOffice).await;
    assert!(second.submit("/erasures", &decide).await.text().contains("The person is erased"));
    assert_eq!(second.get(&format!("/persons/{number}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_leaves_names_who_answers_for_the_children() {
    let site = Site::ready(Engine::Sqlite).await;
    let family = site.test.registered_family(people::afghan_family()).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let (father, mother) = (&family.members[0].number, &family.members[1].number);
    let leave = format!("/persons/{mother}/leave");
    assert!(browser.get(&leave).await.text().contains("name=\"guardian\""));
    let fields = [("on", "01.06.2025"), ("reason", "own_wish")];
    assert_eq!(browser.post(&leave, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let with = [fields.as_slice(), &[("guardian", father.as_str())]].concat();
    browser.submit(&leave, &with).await;
    let page = browser.get(&format!("/persons/{father}/family")).await;
    assert!(page.text().contains("from 28 May 2025 to 1 June 2025"), "{}", page.text());
}
