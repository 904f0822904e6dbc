// SPDX-License-Identifier: Apache-2.0
//! Queues on pages: what is counted, found, taken, given back, and where an officer goes on.

use axum::http::StatusCode;
use domain::{
    access::{CollectedFor, Role},
    number::CaseNumber,
};
use testkit::{journey::proposal, people};

use crate::{
    browser::Browser,
    fixture::{Engine, Site},
};

async fn claim(site: &Site, name: &str) -> CaseNumber {
    let person = site.test.registered_person(people::single(CollectedFor::Asylum, name, "Testov", "1990-01-01")).await;
    site.test.opened_claim(&person).await
}

/// The addresses of the cases of a page, in order, without what they add for the queue.
fn cases(page: &str) -> Vec<String> {
    let links = page.split("href=\"/claims/").skip(1).map(|rest| rest.split(['"', '?']).next().unwrap().to_owned());
    links.collect()
}

#[tokio::test]
async fn the_queues_are_counted_and_lead_to_their_cases() {
    let site = Site::ready(Engine::Sqlite).await;
    let case = claim(&site, "Karim").await;
    site.test.clock.advance_days(16);
    let officer = Browser::of(&site, Role::CaseOfficer).await;
    let home = officer.get("/work").await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(home.text().contains("<span class=\"turna-state turna-state--bad\">1</span>"), "{}", home.text());
    let queue = "/work/queue?procedure=refugee_status&state=received&view=overdue";
    assert!(home.text().contains(&queue.replace('&', "&#38;")), "{}", home.text());
    let page = officer.get(queue).await;
    assert_eq!(cases(page.text()), [case.to_string()]);
    assert!(page.text().contains("over for 1 day") && page.text().contains("Karim Testov"), "{}", page.text());
    assert!(cases(officer.get("/work/queue?view=due_soon").await.text()).is_empty());
}

#[tokio::test]
async fn more_than_a_page_is_paged_and_each_case_is_there_once() {
    let site = Site::ready(Engine::Sqlite).await;
    let mut opened = Vec::new();
    for number in 0..28u8 {
        opened.push(claim(&site, &format!("Karim{}", char::from(b'a' + number % 26))).await.to_string());
    }
    let officer = Browser::of(&site, Role::CaseOfficer).await;
    let first = officer.get("/work/queue").await;
    let next = first.text().split("rel=\"next\"").next().unwrap().rsplit("href=\"").next().unwrap();
    let next = next.split('"').next().unwrap().replace("&#38;", "&");
    let second = officer.get(&next).await;
    let mut seen = cases(first.text());
    assert_eq!(seen.len(), 25);
    seen.extend(cases(second.text()));
    seen.sort();
    opened.sort();
    assert_eq!(seen, opened);
}

#[tokio::test]
async fn a_search_finds_inside_its_queue_and_says_what_is_too_short() {
    let site = Site::ready(Engine::Sqlite).await;
    let (karim, _) = (claim(&site, "Karim").await, claim(&site, "Laleh").await);
    let officer = Browser::of(&site, Role::CaseOfficer).await;
    for query in ["kar", "KARIM", karim.as_str()] {
        assert_eq!(cases(officer.get(&format!("/work/queue?q={query}")).await.text()), [karim.to_string()], "{query}");
    }
    assert!(cases(officer.get("/work/queue?q=kar&view=mine").await.text()).is_empty());
    let short = officer.get("/work/queue?q=k").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.text().contains("Write at least 2 letters"), "{}", short.text());
    for wrong in ["state=asleep", "view=all_mine", "procedure=No", "after=yesterday", "office=sms-nowhere&procedure=x"]
    {
        assert_eq!(officer.get(&format!("/work/queue?{wrong}")).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn taking_a_case_can_be_undone_and_is_refused_to_a_second_officer() {
    let site = Site::ready(Engine::Sqlite).await;
    let case = claim(&site, "Karim").await;
    let (first, second) =
        (Browser::of(&site, Role::CaseOfficer).await, Browser::of_second(&site, Role::CaseOfficer).await);
    let form = |to: &'static str| vec![("case", case.as_str()), ("to", to), ("back", "/work/queue?view=mine")];
    let taken = first.submit("/work/assign", &form("+")).await;
    assert_eq!(cases(taken.text()), [case.to_string()]);
    assert!(taken.text().contains("It is recorded who has the case."), "{}", taken.text());
    assert!(taken.text().contains("Undo the assignment"), "{}", taken.text());
    let refused = second.post("/work/assign", &form("+")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Another officer has the case."), "{}", refused.text());
    assert!(cases(second.get("/work/queue?view=mine").await.text()).is_empty());
    let given = first.post("/work/assign", &form("auditor")).await;
    assert_eq!(given.status, StatusCode::UNPROCESSABLE_ENTITY, "no officer who can work on it");
    let undone = first.submit("/work/assign", &form("-")).await;
    assert!(cases(undone.text()).is_empty());
    // A form never leads away from our pages.
    let away = [("case", case.as_str()), ("to", "+"), ("back", "https://evil.example/")];
    assert!(first.post("/work/assign", &away).await.header("location").starts_with("/work?"));
}

#[tokio::test]
async fn the_next_case_keeps_the_place_in_the_queue() {
    let site = Site::ready(Engine::Sqlite).await;
    let mut opened = Vec::new();
    for name in ["Ayaz", "Bina", "Ceyhun"] {
        opened.push(claim(&site, name).await.to_string());
        site.test.clock.advance_days(1);
    }
    let officer = Browser::of(&site, Role::CaseOfficer).await;
    let page = officer.get("/work/queue?state=received").await;
    assert_eq!(cases(page.text()), opened, "the one that is due first comes first");
    let link = |page: &str, mark: &str| {
        let before = page.split(mark).next().unwrap();
        before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&#38;", "&")
    };
    let mut case = officer.get(&link(page.text(), &format!("\"><bdi>{}</bdi>", opened[0]))).await;
    for next in &opened[1..] {
        let path = link(case.text(), "\" rel=\"next\"");
        // What is done in a case moves its day, not the officer's place.
        case = officer.follow(&path).await;
        assert!(case.text().contains(&format!("<bdi class=\"turna-code\">{next}</bdi>")), "{next}: {}", case.text());
    }
    let end = officer.follow(&link(case.text(), "\" rel=\"next\"")).await;
    assert!(end.text().contains("This was the last case of the queue."), "{}", end.text());
}

#[tokio::test]
async fn proposals_wait_for_an_officer_who_took_no_part_in_them() {
    let site = Site::ready(Engine::Sqlite).await;
    let person =
        site.test.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
    let case = site.test.heard_claim(&person).await;
    site.test.done(Role::CaseOfficer, proposal(&case, "recognised")).await;
    let decider = Browser::of(&site, Role::DecisionMaker).await.get("/work/approvals").await;
    assert_eq!(cases(decider.text()), [case.to_string()]);
    assert!(decider.text().contains("You can decide"), "{}", decider.text());
    let proposer = Browser::of(&site, Role::CaseOfficer).await.get("/work/approvals").await;
    assert!(proposer.text().contains("Another officer decides"), "{}", proposer.text());
    for role in [Role::PoliceOfficer, Role::CardOfficer, Role::AssistanceOfficer] {
        let others = Browser::of(&site, role).await.get("/work/approvals").await;
        assert!(cases(others.text()).is_empty() && !others.text().contains("Karim"), "{role}");
    }
}

#[tokio::test]
async fn an_office_that_approves_for_another_decides_on_its_pages_and_the_case_is_gone_again() {
    let site = Site::ready(Engine::Sqlite).await;
    let officer = site.test.add_account("ganja.officer", Role::CaseOfficer, "sms-ganja").await;
    site.test.add_account("sheki.decider", Role::DecisionMaker, "sms-sheki").await;
    let person =
        site.test.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
    let case = site.test.heard_claim_at(&person, &officer).await;
    site.test.done_as(&officer, proposal(&case, "recognised")).await;
    let decider = Browser::of_account(&site, "sheki.decider").await;
    assert_eq!(decider.get(&format!("/claims/{case}")).await.status, StatusCode::NOT_FOUND);
    let administrator = Browser::of(&site, Role::Administrator).await;
    let days = [
        ("from-day", "2"),
        ("from-month", "6"),
        ("from-year", "2025"),
        ("to-day", "9"),
        ("to-month", "6"),
        ("to-year", "2025"),
    ];
    let of = [("kind", "office"), ("office", "sms-ganja"), ("by_office", "sms-sheki")];
    administrator.submit("/work/substitutions", &of.into_iter().chain(days).collect::<Vec<_>>()).await;
    assert_eq!(cases(decider.get("/work/approvals").await.text()), [case.to_string()]);
    let form = decider.get(&format!("/claims/{case}/steps/decide")).await;
    let seen = form.text().split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let decide = [
        ("seen", seen.as_str()),
        ("outcome", "recognised"),
        ("cites", "int-1951-refugees:1a"),
        ("reason", "I have read the whole file."),
    ];
    let done = decider.submit(&format!("/claims/{case}/steps/decide"), &decide).await;
    assert!(done.text().contains("No proposal waits."), "{}", done.text());
    assert_eq!(decider.get(&format!("/claims/{case}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_head_enters_and_ends_a_substitution_and_never_one_for_himself() {
    let site = Site::ready(Engine::Sqlite).await;
    let head = Browser::of(&site, Role::HeadOfOffice).await;
    let days = [
        ("from-day", "2"),
        ("from-month", "6"),
        ("from-year", "2025"),
        ("to-day", "9"),
        ("to-month", "6"),
        ("to-year", "2025"),
    ];
    let form = |by: &'static str| {
        let names = [("kind", "officer"), ("absent", "decision-maker"), ("by", by)];
        names.into_iter().chain(days).collect::<Vec<_>>()
    };
    let entered = head.submit("/work/substitutions", &form("decision-maker-2")).await;
    assert!(entered.text().contains("The substitution was entered."), "{}", entered.text());
    let own = head.post("/work/substitutions", &form("head-of-office")).await;
    assert!(own.text().contains("You cannot make yourself the substitute"), "{}", own.text());
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    let raised = head.post("/work/substitutions", &form("case-officer")).await;
    assert!(raised.text().contains("Name an active colleague of the same body and role"), "{}", raised.text());
    let bare = head.post("/work/substitutions", &[]).await;
    assert!(bare.text().contains("There is no such day"), "{}", bare.text());
    let substitute = Browser::of_second(&site, Role::DecisionMaker).await;
    assert!(substitute.get("/work").await.text().contains("You stand in for:"));
    let id = entered.text().split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    head.submit("/work/substitutions/end", &[("id", &id)]).await;
    assert!(!substitute.get("/work").await.text().contains("You stand in for:"));
}

#[tokio::test]
async fn every_page_of_work_speaks_the_languages_of_the_staff_without_a_key_shown() {
    let site = Site::ready(Engine::Sqlite).await;
    let case = claim(&site, "Karim").await;
    let give = format!("/work/give?case={case}");
    for (language, word) in [("az", "İşlərim"), ("en", "My work"), ("ru", "Моя работа"), ("fa", "My work")]
    {
        let head = Browser::of(&site, Role::HeadOfOffice).await.reading(language);
        for path in ["/work", "/work/queue", "/work/approvals", "/work/substitutions", "/office", &give] {
            let page = head.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            for slice in [">work-", ">head-col", ">claims-", "\"work-", "style=", "<script>", "onclick"] {
                assert!(!page.text().contains(slice), "{language} {path}: {slice}");
            }
        }
        assert!(head.get("/work").await.text().contains(word), "{language}");
    }
}
