// SPDX-License-Identifier: Apache-2.0
//! What every request and every answer passes: an identifier, a span, the security headers, a body for errors.
//!
//! The log names method, route and identifier. It never holds the address of a client, the path as it was sent, or a
//! query: those can name a person.

use std::{
    any::Any,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

use app::public;
use axum::{
    body::{Body, HttpBody as _},
    extract::{MatchedPath, Request, State},
    http::{
        HeaderMap, HeaderValue, Method,
        header::{CONTENT_LENGTH, CONTENT_TYPE, SET_COOKIE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use i18n::Language;
use tracing::Instrument as _;

use crate::{
    WebError,
    api::RequestId,
    cookie,
    error::{self, Described, Form},
    header, limit,
    page::{self, Reader},
    state::AppState,
};

/// The route of a request that none matched.
const NO_ROUTE: &str = "none";

/// Wraps every request, matched or not.
pub(crate) async fn envelope(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let request_id = public::new_request_id(&state.service);
    request.extensions_mut().insert(RequestId(request_id));
    let began = state.service.now();
    let route = request.extensions().get::<MatchedPath>().map_or(NO_ROUTE, MatchedPath::as_str);
    let span = tracing::info_span!(
        "http.request",
        http.method = known_method(request.method()),
        http.route = route,
        request.id = %request_id,
    );
    async move {
        let reader = Reader::of(request.uri(), request.headers());
        let asked_language = page::asked_language(request.uri());
        let form = Form::of(request.uri(), request.headers());
        let is_head = request.method() == Method::HEAD;
        let mut response = match limit::check(&request) {
            Ok(()) => caught(next.run(request)).await,
            Err(error) => error.into_response(),
        };
        let status = response.status();
        let is_error = status.is_client_error() || status.is_server_error();
        if is_error && response.extensions().get::<Described>().is_none() {
            response = error::describe(response, &state, &reader, form, request_id);
            if is_head {
                response = without_body(response);
            }
        }
        if let Some(language) = asked_language {
            keep_language(response.headers_mut(), language);
        }
        header::secure(&mut response, state.service.settings(), request_id);
        let microseconds = state.service.now().as_microseconds() - began.as_microseconds();
        tracing::info!(http.status = status.as_u16(), duration_ms = microseconds / 1000, "a request was answered");
        response
    }
    .instrument(span)
    .await
}

/// Keeps the language that the address of a page has chosen.
fn keep_language(headers: &mut HeaderMap, language: Language) {
    let is_page = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page && let Ok(kept) = cookie::set(cookie::LANGUAGE, language.code(), cookie::Lifetime::Kept) {
        headers.append(SET_COOKIE, kept);
    }
}

/// A method of the standard by its name; a client can send any text as another one.
fn known_method(method: &Method) -> &str {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::DELETE | Method::OPTIONS | Method::PATCH => {
            method.as_str()
        }
        _ => "other",
    }
}

/// The answer; a panic of a handler becomes an error like any other, so that it carries the headers too.
async fn caught(work: impl Future<Output = Response>) -> Response {
    let mut work = pin!(work);
    let result: Result<Response, Box<dyn Any + Send>> =
        poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(response)) => Poll::Ready(Ok(response)),
            Err(panic) => Poll::Ready(Err(panic)),
        })
        .await;
    result.unwrap_or_else(|_| WebError::Panic.into_response())
}

/// The answer to HEAD: the headers of GET, and no body (RFC 9110, section 9.3.2).
fn without_body(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    if let Some(length) = body.size_hint().exact() {
        parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    Response::from_parts(parts, Body::empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::StatusCode;

    #[tokio::test]
    async fn a_panic_becomes_an_answer() {
        let answer = caught(async { panic!("a fault in a handler") }).await;
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let answer = caught(async { StatusCode::NO_CONTENT.into_response() }).await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    }

    #[test]
    fn an_invented_method_is_not_written_down() {
        assert_eq!(known_method(&Method::GET), "GET");
        assert_eq!(known_method(&Method::from_bytes(b"MAMMADOVA").unwrap()), "other");
    }
}
