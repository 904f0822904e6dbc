// SPDX-License-Identifier: Apache-2.0
//! The page of a case: a claim from its opening to its decision by forms alone, a procedure that no code knows, two officers
//! on one case, and what those see who may see less.

use axum::http::StatusCode;
use domain::{
    access::{CollectedFor, Role},
    number::{CaseNumber, PersonNumber},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use testkit::{
    journey::{REASON, proposal},
    people,
};

use crate::{
    browser::Browser,
    client::Answer,
    fixture::{Engine, Site},
};

async fn person(site: &Site) -> PersonNumber {
    site.test.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await
}

/// The version of the case that a form carries.
fn seen(page: &str) -> String {
    page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Opens a step's page, fills it in, and reads the page that follows.
async fn step(browser: &Browser, case: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let path = format!("{case}/steps/{action}");
    let form = browser.get(&path).await;
    assert_eq!(form.status, StatusCode::OK, "{action}: {}", form.text());
    let seen = seen(form.text());
    let fields: Vec<_> = fields.iter().copied().chain([("seen", seen.as_str())]).collect();
    browser.submit(&path, &fields).await
}

const INTERVIEW: [(&str, &str); 7] = [
    ("language", "prs"),
    ("interpreter", "Interpreter 12"),
    ("seen_alone", "yes"),
    ("statement", "They came at night."),
    ("read_back", "by_interpreter"),
    ("corrections", "It was the younger brother."),
    ("signature", "signed"),
];

#[tokio::test]
async fn a_claim_goes_from_its_opening_to_its_decision_by_forms_alone() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        let person = person(&site).await;
        let (registrar, officer) =
            (Browser::of(&site, Role::Registrar).await, Browser::of(&site, Role::CaseOfficer).await);
        let open = [("person", person.as_str()), ("language", "prs"), ("confidentiality", "family")];
        let opened = registrar.post("/claims/new", &open).await;
        let case = opened.header("location").to_owned();
        let page = registrar.get(&case).await;
        assert!(
            page.text().contains("What happens next") && page.text().contains("ends in 15 days"),
            "{}",
            page.text()
        );
        step(&registrar, &case, "ask_reasons", &[("reasons", "I fear for my life.")]).await;
        let certificate = step(&registrar, &case, "issue_certificate", &[]).await;
        assert!(certificate.text().contains("Number of the certificate"), "{}", certificate.text());
        step(&registrar, &case, "registration_interview", &INTERVIEW).await;
        step(&officer, &case, "invite_to_interview", &[]).await;
        let refused = [("signature", "refused"), ("refused_because", "I do not sign what I cannot read.")];
        let interview: Vec<_> = INTERVIEW[..6].iter().copied().chain(refused).collect();
        let held = step(&officer, &case, "status_interview", &interview).await;
        assert!(held.text().contains("I do not sign what I cannot read."), "{}", held.text());
        assert!(held.text().contains("It was the younger brother."), "{}", held.text());
        let propose = [
            ("answer_fears_return", "yes"),
            ("answer_exclusion_applies", "no"),
            ("facts", "The village was taken."),
            ("outcome", "recognised"),
            ("cites", "int-1951-refugees:1a"),
            ("reason", REASON),
        ];
        let proposed = step(&officer, &case, "propose_decision", &propose).await;
        assert!(proposed.text().contains("Not known yet: ask further"), "{}", proposed.text());
        let own = officer.get(&format!("{case}/steps/decide")).await;
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "the proposer is not offered the decision");
        let decider = Browser::of(&site, Role::DecisionMaker).await;
        let form = decider.get(&format!("{case}/steps/decide")).await;
        assert!(form.text().contains("The village was taken."), "{}", form.text());
        assert!(form.text().contains("value=\"recognised\" checked"), "the proposed outcome is chosen");
        let decide =
            [("outcome", "recognised"), ("cites", "int-1951-refugees:1a"), ("reason", "I have read the whole file.")];
        let decided = step(&decider, &case, "decide", &decide).await;
        assert!(decided.text().contains("I have read the whole file."), "{}", decided.text());
        assert!(decided.text().contains("Recorded."), "{}", decided.text());
    }
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost() {
    let site = Site::ready(Engine::Sqlite).await;
    let case = site.test.heard_claim(&person(&site).await).await;
    let officer = Browser::of(&site, Role::CaseOfficer).await;
    let path = format!("/claims/{case}/steps/propose_decision");
    let seen = seen(officer.get(&path).await.text());
    let typed = [
        ("seen", seen.as_str()),
        ("facts", "The village was taken."),
        ("answer_fears_return", "yes"),
        ("reason", "ok"),
    ];
    let none = officer.post(&path, &typed).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        none.text().contains("href=\"#outcome\"") && none.text().contains("The village was taken."),
        "{}",
        none.text()
    );
    let with_outcome: Vec<_> = typed.iter().copied().chain([("outcome", "recognised")]).collect();
    let short = officer.post(&path, &with_outcome).await;
    assert!(
        short.text().contains("href=\"#reason\"") && short.text().contains("at least ten characters"),
        "{}",
        short.text()
    );
    let other = [
        ("seen", seen.as_str()),
        ("facts", "Facts"),
        ("reason", REASON),
        ("outcome", "rejected"),
        ("cites", "az-refugee-law:6"),
    ];
    let uncited = officer.post(&path, &other).await;
    assert!(uncited.text().contains("href=\"#cites\""), "{}", uncited.text());
    // Another language keeps what was typed.
    let switched: Vec<_> = with_outcome.iter().copied().chain([("_language", "ru")]).collect();
    let russian = officer.post(&path, &switched).await;
    assert_eq!(russian.status, StatusCode::OK);
    assert!(
        russian.text().contains("lang=\"ru\"") && russian.text().contains("The village was taken."),
        "{}",
        russian.text()
    );
    let alone: Vec<_> = INTERVIEW.iter().copied().filter(|(name, _)| *name != "seen_alone").collect();
    let interview = format!("/claims/{case}/steps/status_interview");
    let fields: Vec<_> = alone.into_iter().chain([("seen", seen.as_str())]).collect();
    let together = officer.post(&interview, &fields).await;
    assert!(together.text().contains("Each adult is heard alone."), "{}", together.text());
}

#[tokio::test]
async fn two_officers_see_each_other_and_a_conflict_shows_both_and_loses_nothing() {
    let site = Site::ready(Engine::Sqlite).await;
    let case = site.test.heard_claim(&person(&site).await).await;
    let (first, second) =
        (Browser::of(&site, Role::CaseOfficer).await, Browser::of_second(&site, Role::CaseOfficer).await);
    let page = format!("/claims/{case}");
    assert!(!first.get(&page).await.text().contains("Also looking"));
    assert!(second.get(&page).await.text().contains("Also looking at this case now: case-officer"));
    assert!(first.get(&page).await.text().contains("Also looking at this case now: case-officer-2"));
    let path = format!("{page}/steps/ask_opinion");
    let seen = seen(first.get(&path).await.text());
    step(&second, &page, "note_observer", &[("reason", "UNHCR was there.")]).await;
    let typed = [("seen", seen.as_str()), ("reason", "The ministry should say what it knows.")];
    let conflict = first.post(&path, &typed).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    let text = conflict.text();
    assert!(text.contains("UNHCR was there.") && text.contains("The ministry should say what it knows."), "{text}");
    // The page sends the same again on the case as it is now.
    let now = text.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let again = first.submit(&path, &[("seen", &now), ("reason", "The ministry should say what it knows.")]).await;
    assert!(again.text().contains("Recorded."), "{}", again.text());
}

#[tokio::test]
async fn a_step_that_somebody_else_took_is_over_and_what_was_typed_can_be_copied() {
    let site = Site::ready(Engine::Sqlite).await;
    let case = site.test.heard_claim(&person(&site).await).await;
    let officer = Browser::of(&site, Role::CaseOfficer).await;
    let path = format!("/claims/{case}/steps/propose_decision");
    let seen = seen(officer.get(&path).await.text());
    site.test.done_as(&site.test.second(Role::CaseOfficer), proposal(&case, "recognised")).await;
    let typed =
        [("seen", seen.as_str()), ("facts", "Facts that took an hour."), ("outcome", "rejected"), ("reason", REASON)];
    let answer = officer.post(&path, &typed).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("Facts that took an hour."), "{}", answer.text());
    assert!(answer.text().contains("This step cannot be taken any more."), "{}", answer.text());
}

#[tokio::test]
async fn a_sealed_claim_is_as_absent_as_one_that_never_was() {
    let site = Site::ready(Engine::Sqlite).await;
    let case = site.test.heard_claim(&person(&site).await).await;
    let absent = CaseNumber::draw(&mut ChaCha20Rng::seed_from_u64(3));
    site.test.add_account("ganja.officer", Role::CaseOfficer, "sms-ganja").await;
    let bare = |text: &str| text.replace(|letter: char| letter.is_ascii_hexdigit() || letter == '-', "");
    let mut browsers = vec![Browser::of_account(&site, "ganja.officer").await];
    for role in [Role::PoliceOfficer, Role::CardOfficer, Role::AssistanceOfficer] {
        browsers.push(Browser::of(&site, role).await);
    }
    for browser in browsers {
        for end in ["", "/steps/notify", "/certificate"] {
            for folder in ["claims", "cases"] {
                let sealed = browser.get(&format!("/{folder}/{case}{end}")).await;
                let never = browser.get(&format!("/{folder}/{absent}{end}")).await;
                assert_eq!(
                    (sealed.status, never.status),
                    (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
                    "{folder}{end}"
                );
                assert_eq!(bare(sealed.text()), bare(never.text()), "{folder}{end}");
            }
        }
    }
    let registrar = Browser::of(&site, Role::Registrar).await;
    let page = registrar.get(&format!("/claims/{case}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for secret in ["I fear for my life.", "They came at night", "coherent", "Interpreter 12"] {
        assert!(!page.text().contains(secret), "a registrar reads {secret}");
    }
    assert_eq!(registrar.get(&format!("/cases/{case}")).await.status, StatusCode::NOT_FOUND, "a claim has one page");
}

#[tokio::test]
async fn a_procedure_that_no_code_knows_has_its_pages() {
    let site = Site::with_a_procedure_more().await;
    let child = people::single(CollectedFor::Residence, "Nur", "Testov", "2015-01-01");
    let child = site.test.registered_person(child).await;
    let (first, second) = (Browser::of(&site, Role::Registrar).await, Browser::of_second(&site, Role::Registrar).await);
    let form = first.get(&format!("/cases/new?person={child}")).await;
    assert!(
        form.text().contains("value=\"school_place\"") && !form.text().contains("refugee_status"),
        "{}",
        form.text()
    );
    let open = [("person", child.as_str()), ("procedure", "school_place")];
    let case = first.post("/cases/new", &open).await.header("location").to_owned();
    assert!(case.starts_with("/cases/"), "{case}");
    let again = first.post("/cases/new", &open).await;
    assert!(again.text().contains("has an open case of this kind already"), "{}", again.text());
    step(&first, &case, "ask_school", &[("reason", "Asked by telephone.")]).await;
    let suggest =
        [("outcome", "placed"), ("cites", "int-1951-refugees:22"), ("facts", "A place is free."), ("reason", REASON)];
    let suggested = step(&first, &case, "suggest", &suggest).await;
    assert!(suggested.text().contains("A place is free.") && suggested.text().contains("Asked by telephone."));
    assert!(!suggested.text().contains("/steps/grant"), "nobody grants what he suggested");
    assert_eq!(first.get(&format!("{case}/steps/grant")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let seen = "3";
    let attack = [("seen", seen), ("outcome", "placed"), ("cites", "int-1951-refugees:22"), ("reason", REASON)];
    let attacked = first.post(&format!("{case}/steps/grant"), &attack).await;
    assert_eq!(attacked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let granted = step(&second, &case, "grant", &attack[1..]).await;
    assert!(granted.text().contains("Decided"), "{}", granted.text());
    let queue = second.get("/work/queue?procedure=school_place").await;
    assert!(queue.text().contains(case.trim_start_matches("/cases/")), "{}", queue.text());
}

#[tokio::test]
async fn nobody_is_offered_or_given_a_step_of_another_role() {
    let site = Site::ready(Engine::Sqlite).await;
    let case = site.test.heard_claim(&person(&site).await).await;
    let registrar = Browser::of(&site, Role::Registrar).await;
    let page = registrar.get(&format!("/claims/{case}")).await;
    assert!(!page.text().contains("/steps/propose_decision"));
    let seen = page.text().matches("moj-timeline__item").count().to_string();
    let fields = [
        ("seen", seen.as_str()),
        ("outcome", "recognised"),
        ("facts", "Facts"),
        ("reason", REASON),
        ("cites", "int-1951-refugees:1a"),
    ];
    let answer = registrar.post(&format!("/claims/{case}/steps/propose_decision"), &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for action in ["fly", "open_claim", "..", "propose_decision%0a"] {
        let answer = registrar.get(&format!("/claims/{case}/steps/{action}")).await;
        assert!(answer.status.is_client_error(), "{action}");
    }
}
