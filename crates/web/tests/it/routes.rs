// SPDX-License-Identifier: Apache-2.0
//! The table of routes, and what every route does with every method.

use axum::http::StatusCode;

use crate::{
    client::{get, request, send},
    fixture::{Engine, Site},
};

/// A path that exists for each route, in the order of the table.
pub(crate) const EXAMPLES: [&str; 8] =
    ["/", "/health", "/log/verifier.key", "/log/checkpoint", "/ready", "/static/crane.svg", "/status/1", "/trust.json"];

#[test]
fn these_are_all_routes() {
    let table: Vec<String> =
        web::route::table().into_iter().map(|(methods, path)| format!("{methods} {path}")).collect();
    let expected = "\
        GET, HEAD /\n\
        GET, HEAD /health\n\
        GET, HEAD /log/verifier.key\n\
        GET, HEAD /log/{*file}\n\
        GET, HEAD /ready\n\
        GET, HEAD /static/{*file}\n\
        GET, HEAD /status/1\n\
        GET, HEAD /trust.json";
    assert_eq!(table.join("\n"), expected);
    assert_eq!(table.len(), EXAMPLES.len());
}

#[tokio::test]
async fn every_route_answers_get_and_head_alike_and_no_other_method() {
    let site = Site::ready(Engine::Sqlite).await;
    for path in EXAMPLES {
        let got = get(&site.router, path).await;
        assert_eq!(got.status, StatusCode::OK, "{path}");
        let head = send(&site.router, request("HEAD", path, &[])).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0), "{path}");
        assert_eq!(head.header("content-length"), got.body.len().to_string(), "{path}");
        for name in ["content-type", "cache-control", "vary"] {
            assert_eq!(head.header(name), got.header(name), "{path} {name}");
        }
        for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "BREW"] {
            let answer = send(&site.router, request(method, path, &[])).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert_eq!(answer.header("allow"), "GET,HEAD", "{method} {path}");
        }
    }
}
