// SPDX-License-Identifier: Apache-2.0
//! The card desk in a browser: a card's whole way over it, a revocation by two officers, the stock of blanks.

use app::cards::{HandOverCard, ShowCard};
use axum::http::StatusCode;
use domain::{
    access::{CollectedFor, Role},
    card::CardState,
    number::{CardNumber, PersonNumber},
    registry::FamilyRegistration,
};
use rstest::rstest;
use testkit::{journey::REASON, people};

use crate::{
    browser::Browser,
    fixture::{Engine, Site},
};

fn refugee() -> FamilyRegistration {
    people::single(CollectedFor::Asylum, "Daud", "Sahrayi", "1987-03-21")
}

async fn state(site: &Site, number: &CardNumber) -> CardState {
    site.test.done(Role::CardOfficer, ShowCard { number: number.clone() }).await.card.state
}

async fn active(site: &Site) -> (PersonNumber, CardNumber, String) {
    let person = site.test.recognised_person(refugee()).await;
    let (number, text) = site.test.active_card(&person).await;
    (person, number, text)
}

#[rstest]
#[tokio::test]
async fn a_card_goes_over_the_desk_in_the_hands_of_two_officers(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let site = Site::ready(engine).await;
    let person = site.test.recognised_person(refugee()).await;
    site.test.add_blanks("B", 1).await;
    let (first, second) =
        (Browser::of(&site, Role::CardOfficer).await, Browser::of_second(&site, Role::CardOfficer).await);
    let preview = first.get(&format!("/cards/prepare?person={person}")).await;
    assert!(preview.text().contains("Sahrayi") && preview.text().contains("Prepare the card"), "{}", preview.text());
    let answer = first.post("/cards/prepare", &[("person", person.as_str())]).await;
    let path = answer.header("location").to_owned();
    let number = CardNumber::parse(path.strip_prefix("/cards/").unwrap()).unwrap();
    assert!(first.get("/cards").await.text().contains(number.as_str()));

    // Who prepared it is told so, and a form sent all the same is refused and changes nothing.
    let own = first.get(&path).await;
    assert!(own.text().contains("You prepared this card") && !own.text().contains("agrees with the record"));
    let refused = first.post(&format!("{path}/check"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Another officer must"), "{}", refused.text());
    assert_eq!(state(&site, &number).await, CardState::Prepared);

    let compared = second.get(&path).await;
    assert!(compared.text().contains("On the card") && compared.text().contains("In the record"));
    second.submit(&format!("{path}/check"), &[]).await;
    second.submit(&format!("{path}/sign"), &[]).await;
    let printed = second.post(&format!("{path}/print"), &[]).await;
    assert_eq!((printed.status, printed.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert!(printed.text().starts_with("%PDF") && printed.text().contains(number.as_str()));
    let again = second.post(&format!("{path}/print"), &[]).await;
    assert_eq!(again.body, printed.body, "printed again on the same blank");
    let page = first.get(&path).await;
    assert!(page.text().contains("B-0001") && page.text().contains("It was handed over"), "{}", page.text());
    let done = first.submit(&format!("{path}/hand-over"), &[("hand-over-received_by", person.as_str())]).await;
    assert!(done.text().contains("was handed over"));
    assert_eq!(state(&site, &number).await, CardState::Active);
    let replayed = second.post(&format!("{path}/hand-over"), &[("hand-over-received_by", person.as_str())]).await;
    assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY, "a card is handed over once");
    let receipt = first.get(&format!("{path}/receipt")).await;
    assert!(receipt.text().contains(number.as_str()) && receipt.text().contains("class=\"govuk-template\""));
}

#[tokio::test]
async fn the_box_finds_cards_and_persons_however_they_are_named() {
    let site = Site::ready(Engine::Sqlite).await;
    let (person, number, text) = active(&site).await;
    let browser = Browser::of(&site, Role::CardOfficer).await;
    let card = format!("/cards/{number}");
    for typed in [number.as_str(), &number.as_str().to_lowercase(), &text] {
        assert_eq!(browser.post("/cards/scan", &[("scan", typed)]).await.header("location"), card, "{typed}");
    }
    let of = browser.submit("/cards/scan", &[("scan", person.as_str())]).await;
    assert!(of.text().contains(number.as_str()) && of.text().contains("In use"));
    let nothing = browser.post("/cards/scan", &[("scan", "<script>alert(1)</script>")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text().contains("neither a number") && !nothing.text().contains("<script>alert"));
}

#[tokio::test]
async fn a_lost_card_is_suspended_found_again_and_replaced() {
    let site = Site::ready(Engine::Sqlite).await;
    let (person, number, _) = active(&site).await;
    let browser = Browser::of(&site, Role::CardOfficer).await;
    let path = format!("/cards/{number}");
    let unnamed = browser.post(&format!("{path}/suspend"), &[("suspend-reason", "")]).await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.submit(&format!("{path}/suspend"), &[("suspend-reason", "lost")]).await;
    assert_eq!(state(&site, &number).await, CardState::Suspended);
    let suspended = browser.get("/cards?state=suspended").await;
    assert!(suspended.text().contains(number.as_str()));
    browser.submit(&format!("{path}/reinstate"), &[("reinstate-reason", "It was found at home.")]).await;
    assert_eq!(state(&site, &number).await, CardState::Active);
    let fields = [("person", person.as_str()), ("replaces", number.as_str()), ("reason", "damaged")];
    let next = browser.submit("/cards/prepare", &fields).await;
    assert!(next.text().contains("To check"), "{}", next.text());
    assert_eq!(state(&site, &number).await, CardState::Replaced);
    let again = browser.post("/cards/prepare", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a form sent twice replaces once");
}

#[rstest]
#[tokio::test]
async fn a_revocation_is_proposed_by_one_and_decided_by_another(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let site = Site::ready(engine).await;
    let (_, number, _) = active(&site).await;
    let (officer, head) = (Browser::of(&site, Role::CardOfficer).await, Browser::of(&site, Role::HeadOfOffice).await);
    let path = format!("/cards/{number}");
    let fields =
        [("revoke-ground", "misused"), ("revoke-facts", "Lent to another <b>person</b>."), ("revoke-reason", REASON)];
    let proposed = officer.submit(&format!("{path}/revoke"), &fields).await;
    assert!(proposed.text().contains("The revocation of this card is proposed"));
    assert_eq!(
        officer.get("/cards/revocations").await.status,
        StatusCode::NOT_FOUND,
        "it is the second officer's page"
    );
    let list = head.get("/cards/revocations").await;
    let (_, rest) = list.text().split_once("/cards/revocations/").unwrap();
    let decision = format!("/cards/revocations/{}", rest.split('"').next().unwrap());
    let shown = head.get(&decision).await;
    assert!(shown.text().contains("card-officer") && !shown.text().contains("<b>person</b>"), "{}", shown.text());
    let bare = head.post(&decision, &[("outcome", "revoked"), ("reason", "no")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "a decision needs an own reason");
    assert_eq!(state(&site, &number).await, CardState::Active);
    head.submit(&decision, &[("outcome", "revoked"), ("reason", REASON)]).await;
    assert_eq!(state(&site, &number).await, CardState::Revoked);
    assert_eq!(head.post(&decision, &[("outcome", "kept"), ("reason", REASON)]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_proposed_revocation_can_be_given_back_or_the_card_kept() {
    let site = Site::ready(Engine::Sqlite).await;
    let (_, number, _) = active(&site).await;
    let (officer, head) = (Browser::of(&site, Role::CardOfficer).await, Browser::of(&site, Role::HeadOfOffice).await);
    let path = format!("/cards/{number}/revoke");
    let fields = [("revoke-ground", "misused"), ("revoke-facts", "Lent to another."), ("revoke-reason", REASON)];
    officer.submit(&path, &fields).await;
    let list = head.get("/cards/revocations").await;
    let (_, rest) = list.text().split_once("/cards/revocations/").unwrap();
    let decision = format!("/cards/revocations/{}", rest.split('"').next().unwrap());
    let kept = head.submit(&decision, &[("outcome", "kept"), ("reason", REASON)]).await;
    assert!(kept.text().contains("The card stays in force"), "{}", kept.text());
    assert_eq!(state(&site, &number).await, CardState::Active);
    assert!(head.get("/cards/revocations").await.text().contains("No proposal waits"));
}

#[rstest]
#[tokio::test]
async fn blanks_are_received_counted_explained_and_signed_by_another(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let site = Site::ready(engine).await;
    let (officer, head) = (Browser::of(&site, Role::CardOfficer).await, Browser::of(&site, Role::HeadOfOffice).await);
    let received = officer.submit("/cards/blanks/receive", &[("numbers", "A-0001..A-0010\nZ-7")]).await;
    assert!(
        received.text().contains("Not counted yet today") && received.text().contains(">11<"),
        "{}",
        received.text()
    );
    let twice = officer.post("/cards/blanks/receive", &[("numbers", "Z-7")]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "a number is received once");
    officer.submit("/cards/blanks/spoil", &[("blank", "Z-7"), ("reason", "damaged_in_store")]).await;
    let unknown = officer.post("/cards/blanks/spoil", &[("blank", "Z-7"), ("reason", "damaged_in_store")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unexplained = officer.post("/cards/blanks/count", &[("counted", "9")]).await;
    assert_eq!(unexplained.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unexplained.text().contains("The count differs from the books"), "{}", unexplained.text());
    let explanation = "One is in the safe of the head of office.";
    let counted = officer.post("/cards/blanks/count", &[("counted", "9"), ("explanation", explanation)]).await;
    let path = counted.header("location").to_owned();
    let own = officer.get(&path).await;
    assert!(own.text().contains(explanation) && own.text().contains("Another officer must sign"), "{}", own.text());
    assert_eq!(officer.post(&format!("{path}/sign"), &[]).await.status, StatusCode::FORBIDDEN);
    let signed = head.submit(&format!("{path}/sign"), &[]).await;
    assert!(signed.text().contains("head-of-office"), "{}", signed.text());
    assert_eq!(head.post(&format!("{path}/sign"), &[]).await.status, StatusCode::CONFLICT, "signed once");
    assert!(officer.get("/cards/blanks").await.text().contains("Counted and signed today"));
}

#[tokio::test]
async fn an_absent_card_and_one_of_another_office_look_the_same() {
    let site = Site::ready(Engine::Sqlite).await;
    let (_, number, _) = active(&site).await;
    site.test.add_account("ganja.cards", Role::CardOfficer, "sms-ganja").await;
    let ganja = Browser::of_account(&site, "ganja.cards").await;
    let absent = {
        use rand_chacha::rand_core::SeedableRng as _;
        CardNumber::draw(&mut rand_chacha::ChaCha20Rng::seed_from_u64(77))
    };
    let bare = |text: &str| text.replace(|letter: char| letter.is_ascii_hexdigit() || letter == '-', "");
    for page in ["", "/photo", "/receipt"] {
        let [other, none] =
            [ganja.get(&format!("/cards/{number}{page}")).await, ganja.get(&format!("/cards/{absent}{page}")).await];
        assert_eq!((other.status, none.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{page}");
        assert_eq!(bare(other.text()), bare(none.text()), "{page}");
    }
    assert!(!ganja.get("/cards?state=active").await.text().contains(number.as_str()));
}

#[tokio::test]
async fn receipts_speak_the_language_of_the_holder_unless_another_is_asked_for() {
    let site = Site::ready(Engine::Sqlite).await;
    let family = site.test.registered_family(people::afghan_family()).await;
    let person = family.members[0].number.clone();
    site.test.decided_claim(&person, "recognised").await;
    let (number, _) = site.test.printed_card(&person).await;
    let hand_over = HandOverCard { number: number.clone(), received_by: person };
    site.test.done(Role::CardOfficer, hand_over).await;
    let browser = Browser::of(&site, Role::CardOfficer).await;
    let path = format!("/cards/{number}/receipt");
    let own = browser.get(&path).await;
    assert!(own.text().contains("<html class=\"govuk-template\" lang=\"fa-AF\" dir=\"rtl\">"), "{}", own.text());
    let russian = browser.get(&format!("{path}?lang=ru")).await;
    assert!(russian.text().contains("<html class=\"govuk-template\" lang=\"ru\""));
}

#[tokio::test]
async fn pages_of_the_desk_speak_the_languages_of_the_staff() {
    let site = Site::ready(Engine::Sqlite).await;
    let (_, number, _) = active(&site).await;
    for (language, word) in [("az", "Vəsiqə masası"), ("en", "Card desk"), ("ru", "Стол удостоверений")]
    {
        let browser = Browser::of(&site, Role::CardOfficer).await.reading(language);
        assert!(browser.get("/cards").await.text().contains(word), "{language}");
        for path in [format!("/cards/{number}"), "/cards/blanks".into(), "/cards/prepare".into()] {
            let page = browser.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.text().contains("desk-"), "{language} {path} shows a key: {}", page.text());
        }
    }
}
