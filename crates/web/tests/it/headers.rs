// SPDX-License-Identifier: Apache-2.0
//! The headers that no answer goes without.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use crate::{
    client::{Answer, get, request, send},
    fixture::{Engine, Site},
    routes::open_addresses,
};

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; \
     connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

fn assert_secure(answer: &Answer, what: &str) {
    // The form that checks a card may use the camera and WebAssembly, and may do nothing else that others may not.
    let is_reader = what.contains("/verify") && answer.header("permissions-policy").contains("camera=(self)");
    let policy = match is_reader {
        true => POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
        false => POLICY.to_owned(),
    };
    let camera = if is_reader { "camera=(self)" } else { "camera=()" };
    for (name, value) in [
        ("content-security-policy", policy.as_str()),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("strict-transport-security", "max-age=63072000"),
    ] {
        assert_eq!(answer.header(name), value, "{what} {name}");
    }
    let permissions = format!("{camera}, microphone=(), geolocation=()");
    assert!(answer.header("permissions-policy").contains(&permissions), "{what}");
    assert!(["same-origin", "cross-origin"].contains(&answer.header("cross-origin-resource-policy")), "{what}");
    assert!(!answer.header("cache-control").is_empty(), "{what}");
    assert!(!answer.header("content-type").is_empty() || answer.body.is_empty(), "{what}");
    assert_eq!(answer.header("x-request-id").len(), 36, "{what}");
    for name in ["set-cookie", "server", "x-powered-by"] {
        assert!(!answer.headers.contains_key(name), "{what} {name}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let site = Site::ready(Engine::Sqlite).await;
    let long = format!("/?lang={}", "x".repeat(3000));
    let mut ids = BTreeSet::new();
    let others = ["/nowhere", "/log/tile/9/000", "/log/", "/%ff", "/account", long.as_str()].map(str::to_owned);
    for path in open_addresses().into_iter().chain(others) {
        for method in ["GET", "HEAD", "POST", "OPTIONS"] {
            for accept in ["text/html", "*/*"] {
                let answer = send(&site.router, request(method, &path, &[("accept", accept)])).await;
                assert_secure(&answer, &format!("{method} {path} {accept}"));
                assert!(ids.insert(answer.header("x-request-id").to_owned()), "a request id came twice");
            }
        }
    }
}

/// What is answered without the database.
const WITHOUT_DATABASE: [&str; 12] = [
    "/api/v1/openapi.json",
    "/health",
    "/log/verifier.key",
    "/sign-in",
    "/verify",
    "/file",
    "/file/left",
    "/law",
    "/terms",
    "/privacy",
    "/film.webm",
    "/film.mp4",
];

#[tokio::test]
async fn a_failing_server_carries_them_too() {
    let site = Site::ready(Engine::Sqlite).await;
    site.service.db().clone().close().await;
    for path in open_addresses() {
        let answer = get(&site.router, &path).await;
        assert_secure(&answer, &path);
        let needs_database = !WITHOUT_DATABASE.contains(&path.as_str()) && !path.starts_with("/static/");
        let status = if needs_database { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
        assert_eq!(answer.status, status, "{path}");
    }
}

#[tokio::test]
async fn a_request_id_sent_by_the_client_is_not_taken_over() {
    let site = Site::ready(Engine::Sqlite).await;
    let answer = send(&site.router, request("GET", "/health", &[("x-request-id", "mine")])).await;
    assert_ne!(answer.header("x-request-id"), "mine");
}
