// SPDX-License-Identifier: Apache-2.0
//! The administrator's pages: passwords are told once, an account is kept and ended, and nothing of a case is shown.

use axum::http::StatusCode;
use domain::access::Role;
use rstest::rstest;
use testkit::service::PASSWORD;

use crate::{
    browser::Browser,
    fixture::{Engine, Site},
};

/// The password that a page tells.
fn told(page: &str) -> &str {
    let (_, rest) = page.split_once("<bdi class=\"turna-code\" dir=\"ltr\">").unwrap_or_else(|| panic!("{page}"));
    rest.split('<').next().unwrap()
}

async fn signs_in(site: &Site, name: &str, password: &str) -> bool {
    let answer = Browser::new(&site.router).post("/sign-in", &[("name", name), ("password", password)]).await;
    answer.status == StatusCode::SEE_OTHER
}

#[rstest]
#[tokio::test]
async fn an_account_is_added_reset_and_disabled(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let site = Site::ready(engine).await;
    let browser = Browser::of(&site, Role::Administrator).await;
    let new = [("name", "leyla"), ("role", "registrar"), ("office", "sms-ganja")];
    let added = browser.post("/administration/accounts", &new).await;
    let first = told(added.text()).to_owned();
    assert!(signs_in(&site, "leyla", &first).await);
    let list = browser.get("/administration/accounts").await;
    assert!(list.text().contains("leyla") && !list.text().contains(&first), "a password is told twice");
    let twice = browser.post("/administration/accounts", &new).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let session = Browser::new(&site.router);
    session.post("/sign-in", &[("name", "leyla"), ("password", &first)]).await;
    assert_eq!(session.get("/account").await.status, StatusCode::OK);
    let reset = browser.post("/administration/accounts/reset", &[("account", "leyla")]).await;
    let second = told(reset.text()).to_owned();
    assert_ne!(first, second);
    assert_eq!(session.get("/account").await.status, StatusCode::SEE_OTHER, "her sessions are ended");
    assert!(!signs_in(&site, "leyla", &first).await && signs_in(&site, "leyla", &second).await);
    browser.submit("/administration/accounts/disable", &[("account", "leyla")]).await;
    assert!(!signs_in(&site, "leyla", &second).await);
    assert_eq!(
        browser.post("/administration/accounts/reset", &[("account", "leyla")]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn nobody_resets_the_own_password_and_failed_attempts_are_seen() {
    let site = Site::ready(Engine::Sqlite).await;
    let browser = Browser::of(&site, Role::Administrator).await;
    let own = browser.post("/administration/accounts/reset", &[("account", "administrator")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    assert!(signs_in(&site, "administrator", PASSWORD).await);
    assert!(!browser.get("/administration/accounts").await.text().contains("turna-differs"));
    for _ in 0..3 {
        assert!(!signs_in(&site, "registrar", "a wrong password").await);
    }
    let list = browser.get("/administration/accounts").await;
    assert!(list.text().contains("turna-differs\">3<"), "{}", list.text());
}

#[tokio::test]
async fn a_lost_second_step_is_turned_off_with_the_password() {
    let site = Site::ready(Engine::Sqlite).await;
    let (browser, officer) = (Browser::of(&site, Role::Administrator).await, Browser::of(&site, Role::Registrar).await);
    let shown = officer.post("/account/second-step", &[]).await;
    let (_, rest) = shown.text().split_once("turna-code\" dir=\"ltr\">").unwrap();
    let key = rest.split('<').next().unwrap().replace(' ', "");
    let totp = totp_rs::Builder::new().with_secret(totp_rs::Secret::try_from_base32(key).unwrap()).build_noncompliant();
    let code = totp.generate(u64::try_from(site.service.now().as_seconds()).unwrap()).to_string();
    officer.submit("/account/second-step/confirm", &[("code", &code)]).await;
    let kept = browser.post("/administration/accounts/reset", &[("account", "registrar")]).await;
    assert!(!signs_in(&site, "registrar", told(kept.text())).await, "the second step is still asked for");
    let off = browser.post("/administration/accounts/reset", &[("account", "registrar"), ("second", "off")]).await;
    assert!(signs_in(&site, "registrar", told(off.text())).await);
}

#[tokio::test]
async fn the_state_of_the_service_is_told_part_by_part() {
    let site = Site::ready(Engine::Sqlite).await;
    let browser = Browser::of(&site, Role::Administrator).await;
    let page = browser.get("/administration").await;
    for part in ["Database", "the signature holds", "Free space on disk", "Failed: 0", "Key that signs cards"] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    assert!(!page.text().contains("Must be mended"), "{}", page.text());
    site.upkeep.failed();
    site.test.clock.advance_days(30);
    let browser = Browser::of(&site, Role::Administrator).await;
    let page = browser.get("/administration").await;
    assert!(page.text().matches("Must be mended").count() >= 2, "status list and background work: {}", page.text());
}

#[tokio::test]
async fn what_the_country_pack_does_not_confirm_is_seen() {
    let site = Site::ready(Engine::Sqlite).await;
    let browser = Browser::of(&site, Role::Administrator).await;
    let all = browser.get("/administration/pack").await;
    let open = browser.get("/administration/pack?confidence=unconfirmed").await;
    assert!(all.text().contains("govuk-tag--green") && all.text().contains("govuk-tag--red"));
    assert!(open.text().contains("refugee_card.validity_years") && !open.text().contains("govuk-tag--green"));
    let count = app::administration::pack_entries(site.service.pack(), "en")
        .iter()
        .filter(|entry| entry.confidence == domain::procedure::Confidence::Unconfirmed)
        .count();
    assert!(count > 0);
    assert_eq!(open.text().matches("govuk-tag--red").count(), count);
    assert!(open.text().contains(&format!("({count})")), "the count stands beside the mark");
    let roles = browser.get("/administration/roles").await;
    assert!(roles.text().contains("Register a family") && roles.text().contains("Auditor of the Ombudsman"));
}

#[tokio::test]
async fn pages_of_the_administrator_speak_the_languages_of_the_staff() {
    let site = Site::ready(Engine::Sqlite).await;
    for language in ["az", "en", "ru"] {
        let browser = Browser::of(&site, Role::Administrator).await.reading(language);
        for path in ["/administration", "/administration/accounts", "/administration/roles", "/administration/pack"] {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            for slice in [">administration-", ">oversight-act-", ">account-", ">desk-"] {
                assert!(!page.text().contains(slice), "{language} {path} shows a key");
            }
        }
    }
}
