// SPDX-License-Identifier: Apache-2.0
//! A browser with cookies, without a socket: it signs in, reads pages and sends their forms.

use std::{cell::RefCell, collections::BTreeMap};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use domain::access::Role;
use testkit::service::{PASSWORD, account_name};

use crate::{
    client::{Answer, send},
    fixture::Site,
};

/// A browser.
pub(crate) struct Browser {
    router: Router,
    cookies: RefCell<BTreeMap<String, String>>,
    /// The token of the forms of the last page that had one.
    csrf: RefCell<String>,
    language: &'static str,
}

impl Browser {
    /// A browser in which nobody has signed in.
    pub(crate) fn new(router: &Router) -> Self {
        let cookies = RefCell::default();
        Self { router: router.clone(), cookies, csrf: RefCell::default(), language: "en" }
    }

    /// A browser of a reader of another language.
    pub(crate) fn reading(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    /// A browser in which the officer of a role has signed in.
    pub(crate) async fn of(site: &Site, role: Role) -> Self {
        Self::of_account(site, &account_name(role)).await
    }

    /// A browser in which the second officer of a role has signed in.
    pub(crate) async fn of_second(site: &Site, role: Role) -> Self {
        Self::of_account(site, &format!("{}-2", account_name(role))).await
    }

    /// A browser in which an account has signed in.
    pub(crate) async fn of_account(site: &Site, name: &str) -> Self {
        let browser = Self::new(&site.router);
        let answer = browser.post("/sign-in", &[("name", name), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        // The token of forms stands on every page of an officer.
        browser.get("/account").await;
        browser
    }

    /// A cookie of the browser.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Forgets a cookie.
    pub(crate) fn forget(&self, name: &str) {
        self.cookies.borrow_mut().remove(name);
    }

    /// Reads a page.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None).await
    }

    /// Reads a page and those that it sends the browser on to.
    pub(crate) async fn follow(&self, path: &str) -> Answer {
        let mut answer = self.get(path).await;
        for _ in 0..5 {
            if answer.status != StatusCode::SEE_OTHER {
                return answer;
            }
            answer = self.get(answer.header("location")).await;
        }
        panic!("{path} sends the browser round and round");
    }

    /// Sends a form with the token of the last page.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.borrow().clone();
        let fields = fields.iter().copied().chain([("_csrf", csrf.as_str())]);
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send("POST", path, Some(body)).await
    }

    /// Sends a form and reads the page that follows; fails when the form was not taken.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {}", answer.text());
        self.follow(answer.header("location")).await
    }

    /// Sends a form as it is, without the token.
    pub(crate) async fn post_bare(&self, path: &str, body: &str) -> Answer {
        self.send("POST", path, Some(body.to_owned())).await
    }

    async fn send(&self, method: &str, path: &str, body: Option<String>) -> Answer {
        let cookies = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in [("accept", "text/html"), ("accept-language", self.language), ("host", "turna.example")] {
            request = request.header(name, value);
        }
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        if body.is_some() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
            request = request.header("origin", "https://turna.example").header("sec-fetch-site", "same-origin");
        }
        let answer = send(&self.router, request.body(body.map_or_else(Body::empty, Body::from)).unwrap()).await;
        self.keep_cookies(&answer);
        if let Some((_, rest)) = std::str::from_utf8(&answer.body).unwrap_or("").split_once("name=\"_csrf\" value=\"") {
            *self.csrf.borrow_mut() = rest.split('"').next().unwrap().to_owned();
        }
        answer
    }

    fn keep_cookies(&self, answer: &Answer) {
        for header in answer.headers.get_all("set-cookie") {
            let header = header.to_str().unwrap();
            let (name, value) = header.split(';').next().unwrap().split_once('=').unwrap();
            let is_cleared = header.contains("Max-Age=0");
            let mut cookies = self.cookies.borrow_mut();
            if is_cleared {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
