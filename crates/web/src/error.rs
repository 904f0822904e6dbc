// SPDX-License-Identifier: Apache-2.0
//! [`WebError`], the one place where failures become status codes, are logged, and get a page or a problem document.

use app::{AppError, public::Failure};
use askama::Template;
use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER, VARY},
    },
    response::{IntoResponse, Response},
};
use domain::refusal::Refusal;
use uuid::Uuid;

use crate::{page::Page, state::AppState};

/// After how many seconds to try again when the server is busy.
const RETRY_SECONDS: u32 = 5;

/// Why a request was not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// There is no such page or file.
    #[error("there is no such page or file")]
    NotFound,
    /// Path and query are longer than any of ours.
    #[error("the address is too long")]
    UriTooLong,
    /// A body was sent where none is read.
    #[error("a body was sent where none is read")]
    BodyNotWanted,
    /// No place became free, or the work took too long.
    #[error("the request waited or worked too long")]
    Busy,
    /// The use case failed.
    #[error(transparent)]
    App(#[from] AppError),
    /// A page could not be made.
    #[error("a page could not be made")]
    Page(#[from] askama::Error),
    /// A header could not be made.
    #[error("a header could not be made")]
    Header(#[from] axum::http::header::InvalidHeaderValue),
    /// A handler panicked.
    #[error("a handler panicked")]
    Panic,
}

impl From<Refusal> for WebError {
    fn from(refusal: Refusal) -> Self {
        Self::App(AppError::Refused(refusal))
    }
}

impl WebError {
    /// The status code.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::UriTooLong => StatusCode::URI_TOO_LONG,
            Self::BodyNotWanted => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::App(error) => match error.failure() {
                Failure::Refused(refusal) => refusal_status(refusal),
                Failure::Conflict => StatusCode::CONFLICT,
                Failure::Later => StatusCode::SERVICE_UNAVAILABLE,
                Failure::Fault => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Page(_) | Self::Header(_) | Self::Panic => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// A refusal that would tell whether a record exists looks like one that does not exist.
fn refusal_status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotFound(_) | Refusal::NotPermitted => StatusCode::NOT_FOUND,
        Refusal::SameOfficer | Refusal::Wall { .. } => StatusCode::FORBIDDEN,
        Refusal::Conflict
        | Refusal::AlreadyRecorded(_)
        | Refusal::GivenAlready(_)
        | Refusal::CaseState(_)
        | Refusal::CardState(_)
        | Refusal::NoBlank => StatusCode::CONFLICT,
        Refusal::Fields(_)
        | Refusal::Missing(_)
        | Refusal::ReasonNeeded
        | Refusal::CitationNeeded(_)
        | Refusal::NoSuchStep => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// An answer that is an error and says so itself, in a body of its own.
#[derive(Clone, Copy)]
pub(crate) struct Described;

/// The stable code of a refusal, for machines.
#[derive(Clone, Copy)]
struct RefusalCode(&'static str);

impl IntoResponse for WebError {
    /// The bare answer; [`describe`] gives it a body. Failures of the program or its database are logged here, once.
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(error = &self as &dyn std::error::Error, "a request failed");
        }
        let mut response = status.into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
        }
        if let Self::App(AppError::Refused(refusal)) = &self
            && status != StatusCode::NOT_FOUND
        {
            response.extensions_mut().insert(RefusalCode(refusal.code()));
        }
        response
    }
}

/// How the one who asks likes to read errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A page: browsers.
    Page,
    /// application/problem+json (RFC 9457): programs.
    Problem,
}

impl Form {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let accepts = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if accepts.contains("text/html") { Self::Page } else { Self::Problem }
    }
}

/// The page of an error.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    advice: String,
    reference_label: String,
    reference: String,
    home: String,
    home_path: String,
}

/// Gives an error its body: a page or a problem document. Other headers of the answer (`Allow`, `Retry-After`) stay.
pub(crate) fn describe(
    response: Response,
    state: &AppState,
    language: i18n::Language,
    form: Form,
    request_id: Uuid,
) -> Response {
    let (mut parts, _) = response.into_parts();
    let (kind, body) = match form {
        Form::Page => match error_page(state, language, parts.status, request_id).render() {
            Ok(html) => ("text/html; charset=utf-8", html),
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "the page of an error could not be made");
                ("text/plain; charset=utf-8", format!("{}\n{request_id}\n", parts.status))
            }
        },
        Form::Problem => {
            let mut problem = serde_json::json!({
                "type": "about:blank",
                "title": parts.status.canonical_reason().unwrap_or("Error"),
                "status": parts.status.as_u16(),
                "request_id": request_id.to_string(),
            });
            if let Some(RefusalCode(code)) = parts.extensions.get() {
                problem["code"] = (*code).into();
            }
            ("application/problem+json", format!("{problem}\n"))
        }
    };
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    parts.headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Language"));
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(body))
}

fn error_page(state: &AppState, language: i18n::Language, status: StatusCode, request_id: Uuid) -> ErrorPage {
    let (title, advice) = match status {
        StatusCode::NOT_FOUND => ("site-error-missing", "site-error-missing-advice"),
        StatusCode::CONFLICT | StatusCode::FORBIDDEN => ("site-error-conflict", "site-error-conflict-advice"),
        StatusCode::SERVICE_UNAVAILABLE => ("site-error-busy", "site-error-busy-advice"),
        status if status.is_client_error() => ("site-error-request", "site-error-request-advice"),
        _ => ("site-error-fault", "site-error-fault-advice"),
    };
    let text = |key| state.texts.get(language, key);
    ErrorPage {
        page: Page::new(state, language, text(title)),
        advice: text(advice),
        reference_label: text("site-error-reference"),
        reference: request_id.to_string(),
        home: text("site-error-home"),
        home_path: format!("/?lang={language}"),
    }
}
