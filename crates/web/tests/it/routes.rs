// SPDX-License-Identifier: Apache-2.0
//! The table of routes: what is served, to whom, and what every route does with what it was not made for.

use axum::http::StatusCode;
use domain::access::Role;
use web::route::{Access, Row, table};

use crate::{
    browser::Browser,
    client::{get, request, send},
    fixture::{Engine, Site},
};

/// A value for the parameters of a path; it names nothing that exists.
const PARAMETER: &str = "8QX07R2M9";

/// An address of a route.
fn address(path: &str) -> String {
    match path {
        "/log/{*file}" => return "/log/checkpoint".to_owned(),
        "/static/{*file}" => return "/static/crane.svg".to_owned(),
        _ => {}
    }
    let part = |part: &str| if part.starts_with('{') { PARAMETER } else { part }.to_owned();
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The addresses that answer everybody's GET with a page or a file.
pub(crate) fn open_addresses() -> Vec<String> {
    let is_open = |row: &Row| {
        row.access == Access::Anyone
            && row.methods.starts_with("GET")
            && (!row.path.contains('{') || row.path.ends_with("/{*file}"))
    };
    table().into_iter().filter(is_open).map(|row| address(row.path)).collect()
}

#[test]
fn these_are_all_routes_and_those_who_may_come_to_them() {
    let who = |access: &Access| match access {
        Access::OneOf(_) => {
            let roles = Role::ALL.iter().filter(|role| access.admits(**role)).map(|role| role.as_str());
            roles.collect::<Vec<_>>().join(" ")
        }
        other => format!("{other:?}").to_lowercase(),
    };
    let rows = table().into_iter().map(|row| format!("{:9} {:40} {}", row.methods, row.path, who(&row.access)));
    insta::assert_snapshot!("routes", rows.collect::<Vec<_>>().join("\n"));
}

#[tokio::test]
async fn every_open_route_answers_get_and_head_alike() {
    let site = Site::ready(Engine::Sqlite).await;
    for path in open_addresses() {
        let got = get(&site.router, &path).await;
        assert_eq!(got.status, StatusCode::OK, "{path}");
        let head = send(&site.router, request("HEAD", &path, &[])).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0), "{path}");
        assert_eq!(head.header("content-length"), got.body.len().to_string(), "{path}");
        for name in ["content-type", "cache-control", "vary"] {
            assert_eq!(head.header(name), got.header(name), "{path} {name}");
        }
    }
}

#[tokio::test]
async fn no_route_answers_a_method_that_it_does_not_have() {
    let site = Site::ready(Engine::Sqlite).await;
    let table = table();
    for row in &table {
        let known: Vec<&str> =
            table.iter().filter(|other| other.path == row.path).flat_map(|other| other.methods.split(", ")).collect();
        for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "BREW"] {
            if !known.contains(&method) {
                let answer = send(&site.router, request(method, &address(row.path), &[])).await;
                assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {}", row.path);
                assert!(!answer.header("allow").is_empty(), "{method} {}", row.path);
            }
        }
    }
}

#[tokio::test]
async fn whoever_has_not_signed_in_is_sent_to_the_sign_in_page_by_every_other_route() {
    let site = Site::ready(Engine::Sqlite).await;
    let nobody = Browser::new(&site.router);
    for row in table().into_iter().filter(|row| matches!(row.access, Access::Staff | Access::OneOf(_))) {
        let path = address(row.path);
        let answer = if row.methods == "POST" { nobody.post(&path, &[]).await } else { nobody.get(&path).await };
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.header("location").starts_with("/sign-in?next="), "{path}");
    }
}

#[tokio::test]
async fn no_officer_gets_past_the_door_of_a_route_that_is_not_for_the_role() {
    let site = Site::ready(Engine::Sqlite).await;
    let absent = Browser::of(&site, Role::Registrar).await.get("/no/such/page").await;
    let bare = |text: &str| text.replace(|letter: char| letter.is_ascii_hexdigit() || letter == '-', "");
    for &role in Role::ALL {
        let browser = Browser::of(&site, role).await;
        for row in table().into_iter().filter(|row| !row.access.admits(role)) {
            let path = address(row.path);
            let answer = if row.methods == "POST" { browser.post(&path, &[]).await } else { browser.get(&path).await };
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role} {path}");
            assert_eq!(bare(answer.text()), bare(absent.text()), "{role} {path} tells that it exists");
        }
    }
}

#[tokio::test]
async fn every_form_of_an_officer_needs_the_token_of_the_session() {
    let site = Site::ready(Engine::Sqlite).await;
    let forms = || table().into_iter().filter(|row| row.methods == "POST");
    for &role in Role::ALL {
        let browser = Browser::of(&site, role).await;
        let is_for = |row: &Row| matches!(row.access, Access::Staff | Access::OneOf(_)) && row.access.admits(role);
        for row in forms().filter(is_for) {
            let path = address(row.path);
            for body in ["", "_csrf=", "_csrf=AAAA", "a=1"] {
                let answer = browser.post_bare(&path, body).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role} {path} {body}");
            }
        }
    }
}

#[tokio::test]
async fn no_form_is_taken_from_a_page_of_another_site() {
    let site = Site::ready(Engine::Sqlite).await;
    for row in table().into_iter().filter(|row| row.methods == "POST" && row.access != Access::Api) {
        let headers = [("origin", "https://evil.example"), ("host", "turna.example")];
        let answer = send(&site.router, request("POST", &address(row.path), &headers)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", row.path);
    }
}
