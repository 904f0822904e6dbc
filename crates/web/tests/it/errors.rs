// SPDX-License-Identifier: Apache-2.0
//! How errors are told.

use app::AppError;
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::refusal::Refusal;
use web::WebError;

use crate::{
    client::{browse, get, request, send},
    fixture::{Engine, Site},
};

#[tokio::test]
async fn a_program_gets_a_problem_document() {
    let site = Site::ready(Engine::Sqlite).await;
    let answer = get(&site.router, "/nowhere").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let id = answer.header("x-request-id");
    let expected = format!(
        "{{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"code\":\"not_found\",\
         \"detail\":\"there is nothing of this address\",\"request_id\":\"{id}\"}}\n"
    );
    assert_eq!(answer.text(), expected);
}

#[tokio::test]
async fn a_browser_gets_a_page_in_its_language() {
    let site = Site::ready(Engine::Sqlite).await;
    let answer = browse(&site.router, "/nowhere?lang=fa").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(answer.header("vary"), "Accept, Accept-Language, Cookie");
    let page = answer.text();
    assert!(page.contains("<html class=\"govuk-template\" lang=\"fa-AF\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("چنین صفحه‌ای نیست"), "{page}");
    assert!(page.contains(answer.header("x-request-id")), "{page}");
    assert_eq!(page.matches("<h1").count(), 1);
}

#[tokio::test]
async fn a_busy_database_asks_to_come_again() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        site.service.db().clone().close().await;
        let answer = browse(&site.router, "/").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{engine:?}");
        assert_eq!(answer.header("retry-after"), "5");
        assert!(answer.text().contains("The service is busy"));
        assert!(!answer.text().contains("pool"), "an inner word is shown");
    }
}

#[tokio::test]
async fn bodies_and_endless_addresses_are_refused() {
    let site = Site::ready(Engine::Sqlite).await;
    let body = Request::builder().uri("/").body(Body::from("x")).unwrap();
    assert_eq!(send(&site.router, body).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let chunks = Request::builder().uri("/health").body(Body::new(Endless)).unwrap();
    assert_eq!(send(&site.router, chunks).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    for (length, status) in [(2_048, StatusCode::NOT_FOUND), (2_049, StatusCode::URI_TOO_LONG)] {
        let path = format!("/{}", "a".repeat(length - 1));
        assert_eq!(get(&site.router, &path).await.status, status, "{length}");
    }
}

#[tokio::test]
async fn an_error_answers_head_without_a_body() {
    let site = Site::ready(Engine::Sqlite).await;
    let head = send(&site.router, request("HEAD", "/nowhere", &[])).await;
    assert_eq!((head.status, head.body.len()), (StatusCode::NOT_FOUND, 0));
    let got = get(&site.router, "/nowhere").await;
    assert_eq!(head.header("content-length"), got.body.len().to_string());
}

#[test]
fn each_failure_has_its_status_and_existence_stays_hidden() {
    for (refusal, status) in [
        (Refusal::NotFound("card"), 404),
        (Refusal::NotPermitted, 404),
        (Refusal::SameOfficer, 403),
        (Refusal::Conflict, 409),
        (Refusal::NoBlank, 409),
        (Refusal::GivenAlready("this gift"), 409),
        (Refusal::CardState("revoked"), 409),
        (Refusal::ReasonNeeded, 422),
        (Refusal::field("name", "it is empty"), 422),
    ] {
        let error = WebError::from(refusal.clone());
        assert_eq!(error.status().as_u16(), status, "{refusal:?}");
    }
    for (error, status) in [
        (AppError::Db(db::DbError::Busy), 503),
        (AppError::Db(db::DbError::Unavailable(None)), 503),
        (AppError::Db(db::DbError::Constraint { name: "card_live_key".into() }), 409),
        (AppError::Db(db::DbError::Damaged { what: "card.number".into() }), 500),
        (AppError::Log(db::LogError::Moved), 503),
        (AppError::Pack("figure x".into()), 500),
        (AppError::Fault("a fault"), 500),
    ] {
        assert_eq!(WebError::from(error).status().as_u16(), status);
    }
}

/// A body whose length nobody knows.
struct Endless;

impl axum::body::HttpBody for Endless {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        std::task::Poll::Pending
    }
}
