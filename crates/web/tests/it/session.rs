// SPDX-License-Identifier: Apache-2.0
//! Sessions of officers: how they begin, what ends them, and what no guess opens.

use app::identity::{FAILED_ATTEMPTS_MAX, SESSION_IDLE_SECONDS, SESSION_SECONDS};
use axum::http::StatusCode;
use domain::access::Role;
use rstest::rstest;
use testkit::service::PASSWORD;

use crate::{
    browser::Browser,
    fixture::{Engine, Site},
};

const SESSION: &str = "__Host-session";

#[rstest]
#[tokio::test]
async fn an_officer_signs_in_works_and_signs_out(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let site = Site::ready(engine).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let own = browser.get("/account").await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(own.text().contains("registrar") && own.text().contains("Registrar"), "{}", own.text());
    let token = browser.cookie(SESSION).unwrap();
    let answer = browser.post("/sign-out", &[]).await;
    assert_eq!(answer.header("location"), "/sign-in");
    assert_eq!(browser.cookie(SESSION), None);
    let replay = crate::client::request("GET", "/account", &[("cookie", &format!("{SESSION}={token}"))]);
    assert_eq!(crate::client::send(&site.router, replay).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_idle_session_ends_and_a_busy_one_ends_with_the_day() {
    let site = Site::ready(Engine::Sqlite).await;
    let (idle, busy) = (Browser::of(&site, Role::Registrar).await, Browser::of(&site, Role::CaseOfficer).await);
    let mut passed = 0;
    while passed < SESSION_SECONDS {
        assert_eq!(busy.get("/account").await.status, StatusCode::OK, "after {passed} seconds");
        site.test.clock.advance_seconds(SESSION_IDLE_SECONDS - 61);
        passed += SESSION_IDLE_SECONDS - 61;
    }
    assert_eq!(busy.get("/account").await.status, StatusCode::SEE_OTHER);
    assert_eq!(idle.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn wrong_names_passwords_and_disabled_accounts_are_answered_alike() {
    let site = Site::ready(Engine::Sqlite).await;
    let mut answers = Vec::new();
    for (name, password) in [("registrar", "a wrong password"), ("nobody.at.all", PASSWORD), ("", "")] {
        let answer = Browser::new(&site.router).post("/sign-in", &[("name", name), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!answer.headers.contains_key("set-cookie"));
        assert!(!answer.text().contains(password) || password.is_empty(), "a password is shown again");
        let text = answer.text().to_owned();
        answers.push(if name.is_empty() { text } else { text.replace(&format!("value=\"{name}\""), "value=\"\"") });
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[tokio::test]
async fn whoever_guesses_locks_out_himself_and_not_the_officer() {
    let site = Site::ready(Engine::Sqlite).await;
    let officer = Browser::of(&site, Role::Registrar).await;
    officer.forget(SESSION);
    let wrong = [("name", "registrar"), ("password", "a wrong password")];
    let right = [("name", "registrar"), ("password", PASSWORD)];
    for _ in 0..FAILED_ATTEMPTS_MAX {
        Browser::new(&site.router).post("/sign-in", &wrong).await;
    }
    let guesser = Browser::new(&site.router);
    assert_eq!(guesser.post("/sign-in", &right).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(officer.post("/sign-in", &right).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_device_name_of_one_account_or_an_invented_one_helps_no_other() {
    let site = Site::ready(Engine::Sqlite).await;
    let officer = Browser::of(&site, Role::Registrar).await;
    let device = officer.cookie("__Host-device").unwrap();
    let wrong = [("name", "case-officer"), ("password", "a wrong password")];
    for _ in 0..FAILED_ATTEMPTS_MAX {
        Browser::new(&site.router).post("/sign-in", &wrong).await;
    }
    for value in [device.as_str(), "AAAA.AAAA", "AAAA"] {
        let body = format!("name=case-officer&password={}", PASSWORD.replace(' ', "+"));
        let mut request = axum::http::Request::builder().method("POST").uri("/sign-in");
        request = request.header("cookie", format!("__Host-device={value}"));
        request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = crate::client::send(&site.router, request.body(body.into()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
    }
}

#[tokio::test]
async fn an_address_that_tries_without_end_waits() {
    let site = Site::ready(Engine::Sqlite).await;
    let browser = Browser::new(&site.router);
    let mut last = StatusCode::OK;
    for attempt in 0..30 {
        let name = format!("nobody.{attempt}");
        last = browser.post("/sign-in", &[("name", name.as_str()), ("password", "x")]).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn an_account_that_reads_page_after_page_without_end_waits() {
    let site = Site::ready(Engine::Sqlite).await;
    let (hasty, other) = (Browser::of(&site, Role::Registrar).await, Browser::of(&site, Role::CaseOfficer).await);
    let mut last = StatusCode::OK;
    for _ in 0..1_000 {
        last = hasty.get("/home").await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(other.get("/home").await.status, StatusCode::SEE_OTHER);
    site.test.clock.advance_seconds(60);
    assert_eq!(hasty.get("/home").await.status, StatusCode::SEE_OTHER);
}

#[rstest]
#[tokio::test]
async fn a_changed_password_ends_the_other_sessions(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let site = Site::ready(engine).await;
    let (here, elsewhere) = (Browser::of(&site, Role::Registrar).await, Browser::of(&site, Role::Registrar).await);
    let wrong = here.post("/account/password", &[("old", "wrong"), ("new", "a long enough sentence")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let short = here.post("/account/password", &[("old", PASSWORD), ("new", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(elsewhere.get("/account").await.status, StatusCode::OK);
    let done = here.submit("/account/password", &[("old", PASSWORD), ("new", "a long enough sentence")]).await;
    assert!(done.text().contains("The password was changed"), "{}", done.text());
    assert!(!here.get("/account").await.text().contains("The password was changed"), "it is told twice");
    assert_eq!(elsewhere.get("/account").await.status, StatusCode::SEE_OTHER);
    let old = Browser::new(&site.router).post("/sign-in", &[("name", "registrar"), ("password", PASSWORD)]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_session_is_ended_from_another_and_only_by_its_own_account() {
    let site = Site::ready(Engine::Sqlite).await;
    let (here, elsewhere) = (Browser::of(&site, Role::Registrar).await, Browser::of(&site, Role::Registrar).await);
    let page = here.get("/account").await;
    let (_, rest) = page.text().split_once("name=\"session\" value=\"").unwrap();
    let session = rest.split('"').next().unwrap();
    let stranger = Browser::of(&site, Role::CaseOfficer).await;
    assert_eq!(stranger.post("/account/sessions/end", &[("session", session)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(elsewhere.get("/account").await.status, StatusCode::OK);
    here.submit("/account/sessions/end", &[("session", session)]).await;
    assert_eq!(elsewhere.get("/account").await.status, StatusCode::SEE_OTHER);
    here.post("/account/sessions/end-all", &[]).await;
    assert_eq!(here.get("/account").await.status, StatusCode::SEE_OTHER);
}

/// The code of a key at the present moment of the site, made by the library itself.
fn code(site: &Site, key: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build_noncompliant();
    totp.generate(u64::try_from(site.service.now().as_seconds()).unwrap()).to_string()
}

#[rstest]
#[tokio::test]
async fn a_second_step_is_asked_for_and_each_code_is_accepted_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let site = Site::ready(engine).await;
    let browser = Browser::of(&site, Role::Registrar).await;
    let shown = browser.post("/account/second-step", &[]).await;
    let (_, rest) = shown.text().split_once("turna-code\" dir=\"ltr\">").unwrap();
    let key = rest.split('<').next().unwrap().to_owned();
    let wrong = browser.post("/account/second-step/confirm", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let first = code(&site, &key);
    browser.submit("/account/second-step/confirm", &[("code", &first)]).await;

    let sign_in = async |code: &str| {
        let fields = [("name", "registrar"), ("password", PASSWORD), ("code", code)];
        Browser::new(&site.router).post("/sign-in", &fields).await.status
    };
    for refused in ["", "123456", first.as_str()] {
        assert_eq!(sign_in(refused).await, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    }
    site.test.clock.advance_seconds(60);
    let second = code(&site, &key);
    assert_eq!(sign_in(&second).await, StatusCode::SEE_OTHER);
    assert_eq!(sign_in(&second).await, StatusCode::UNPROCESSABLE_ENTITY);
    site.test.clock.advance_seconds(60);
    let third = code(&site, &key);
    browser.submit("/account/second-step/remove", &[("code", &third)]).await;
    assert_eq!(sign_in("").await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_language_of_a_form_changes_and_what_was_typed_stays() {
    let site = Site::ready(Engine::Sqlite).await;
    let browser = Browser::new(&site.router);
    let answer = browser.post("/sign-in", &[("name", "registrar"), ("password", "secret"), ("_language", "ru")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("lang=\"ru\"") && answer.text().contains("value=\"registrar\""));
    assert!(!answer.text().contains("secret"), "a password is shown again");
    let chosen = browser.get("/sign-in?lang=az&next=/account").await;
    assert!(chosen.header("set-cookie").starts_with("__Host-language=az"));
    assert!(browser.get("/sign-in").await.text().contains("<html class=\"govuk-template\" lang=\"az\""));
}
