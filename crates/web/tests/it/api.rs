// SPDX-License-Identifier: Apache-2.0
//! The interface for programs: who may do what, that a request repeated has one effect, and that every error is told alike.

mod document;
mod facts;
mod families;
mod hostile;
mod matrix;
mod replay;
mod sealed;
mod story;
mod tokens;
mod work;

use app::token::create_token;
use axum::{Router, body::Body, http::Request};
use domain::access::{Actor, Role};
use serde_json::Value;

use crate::{
    client::{Answer, send},
    fixture::{Engine, Site},
};

/// A person number that nobody has, whose check character fits.
const NOBODY: &str = "7K2M94TXBY";
/// A case number that no case has.
const NO_CASE: &str = "4QX07R2M9TF";
/// A card number that no card has.
const NO_CARD: &str = "8QX07R2MH";
/// Seconds for which the tokens of the tests are valid.
const HOUR: i64 = 3600;

/// A program that calls the interface.
#[derive(Clone)]
struct Program {
    router: Router,
    token: Option<String>,
}

/// A request as it grows.
struct Call<'a> {
    program: &'a Program,
    builder: axum::http::request::Builder,
    body: Body,
}

impl Program {
    /// A program without a token.
    fn nobody(site: &Site) -> Self {
        Self { router: site.router.clone(), token: None }
    }

    /// A program with a token of the first account of a role.
    async fn of(site: &Site, role: Role) -> Self {
        Self::of_actor(site, &site.test.actor(role)).await
    }

    /// A program with a token of an account.
    async fn of_actor(site: &Site, actor: &Actor) -> Self {
        let made = create_token(&site.service, actor, "test", HOUR).await.unwrap();
        Self { router: site.router.clone(), token: Some(made.token.into_inner()) }
    }

    /// A call to a path below the base.
    fn call(&self, method: &str, path: &str) -> Call<'_> {
        let mut builder = Request::builder().method(method).uri(format!("{}{path}", web::api::BASE));
        if let Some(token) = &self.token {
            builder = builder.header("authorization", format!("Bearer {token}"));
        }
        Call { program: self, builder, body: Body::empty() }
    }

    async fn get(&self, path: &str) -> Answer {
        self.call("GET", path).send().await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path).json(&body).send().await
    }

    /// Posts what must be done, and reads the answer.
    async fn done(&self, path: &str, body: Value) -> Value {
        let answer = self.post(path, body).await;
        assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.text());
        json(&answer)
    }
}

impl Call<'_> {
    fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    fn json(self, body: &Value) -> Self {
        self.bytes("application/json", body.to_string().into_bytes())
    }

    fn bytes(mut self, kind: &str, bytes: Vec<u8>) -> Self {
        self.body = Body::from(bytes);
        self.header("content-type", kind)
    }

    async fn send(self) -> Answer {
        send(&self.program.router, self.builder.body(self.body).unwrap()).await
    }
}

/// The body of an answer.
fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
}

/// The code of a problem, whose form is checked on the way.
fn problem(answer: &Answer) -> String {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    let body = json(answer);
    assert_eq!(body["status"], answer.status.as_u16(), "{body}");
    assert_eq!(body["request_id"], answer.header("x-request-id"), "{body}");
    for field in ["type", "title", "detail"] {
        assert!(body[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {body}");
    }
    body["code"].as_str().unwrap().to_owned()
}

/// The address of an operation, with something that is not there in place of its part in braces.
fn absent(path: &str) -> String {
    let path = path.strip_prefix(web::api::BASE).unwrap();
    let number = if path.starts_with("/persons") { NOBODY } else { NO_CARD };
    path.replace("{number}", number)
        .replace("{case}", NO_CASE)
        .replace("{code}", "no_such_event")
        .replace("{name}", "no.such.account")
        .replace("{id}", "00000000-0000-7000-8000-000000000000")
        .replace("{view}", "mine")
        .replace("{position}", "999999999")
}

/// Runs a test on both engines.
async fn on_both(test: impl AsyncFn(Site)) {
    for engine in Engine::ALL {
        test(Site::ready(engine).await).await;
    }
}
