// SPDX-License-Identifier: Apache-2.0
//! [`WebError`], the one place where failures become status codes, are logged, and get a page or a problem document.

use std::sync::Arc;

use app::{AppError, public::Failure};
use askama::Template;
use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue, StatusCode, Uri,
        header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER, VARY},
        response::Parts,
    },
    response::{IntoResponse, Response},
};
use domain::refusal::Refusal;
use uuid::Uuid;

use crate::{
    api,
    page::{Page, Reader, Words},
    state::AppState,
};

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
    /// A body is longer than any of ours.
    #[error("the body is too long")]
    BodyTooLarge,
    /// A body is no form.
    #[error("the body is of a kind that is not read here")]
    MediaType,
    /// A body is not what its type says.
    #[error("the body cannot be read")]
    Malformed,
    /// A form that none of our pages has shown in this session.
    #[error("the form is not one of this session")]
    ForeignForm,
    /// One address or account asks too often.
    #[error("asked too often")]
    TooOften,
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
            Self::BodyNotWanted | Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::ForeignForm => StatusCode::FORBIDDEN,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
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
        | Refusal::LooksLike(_)
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

/// The refusal behind an answer, for its body.
#[derive(Clone)]
struct Told(Arc<Refusal>);

/// The form was not one of this session.
#[derive(Clone, Copy)]
struct Foreign;

impl IntoResponse for WebError {
    /// The bare answer; [`describe`] gives it a body. Failures of the program or its database are logged here, once.
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(error = &self as &dyn std::error::Error, "a request failed");
        }
        let mut response = status.into_response();
        if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
        }
        if let Self::App(AppError::Refused(refusal)) = &self
            && status != StatusCode::NOT_FOUND
        {
            response.extensions_mut().insert(Told(Arc::new(refusal.clone())));
        }
        if matches!(self, Self::ForeignForm) {
            response.extensions_mut().insert(Foreign);
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
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        if uri.path().starts_with(api::BASE) {
            return Self::Problem;
        }
        let accepts = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if accepts.contains("text/html") { Self::Page } else { Self::Problem }
    }
}

/// The page of an error: what happened, what was kept, what to do, and the reference of the request.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    /// What happened, when it can be told more exactly than by the title.
    happened: Option<String>,
    advice: String,
    reference: String,
}

/// Gives an error its body: a page or a problem document. Other headers of the answer (`Allow`, `Retry-After`) stay.
pub(crate) fn describe(
    response: Response,
    state: &AppState,
    reader: &Reader,
    form: Form,
    request_id: Uuid,
) -> Response {
    let (mut parts, _) = response.into_parts();
    let (kind, body) = match form {
        Form::Page => match error_page(state, reader, &parts, request_id).render() {
            Ok(html) => ("text/html; charset=utf-8", html),
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "the page of an error could not be made");
                ("text/plain; charset=utf-8", format!("{}\n{request_id}\n", parts.status))
            }
        },
        Form::Problem => {
            let told = parts.extensions.get::<Told>().map(|Told(refusal)| &**refusal);
            (api::PROBLEM, api::problem_body(parts.status, told, request_id))
        }
    };
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    parts.headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Language, Cookie"));
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(body))
}

fn error_page(state: &AppState, reader: &Reader, parts: &Parts, request_id: Uuid) -> ErrorPage {
    let words = Words::new(state, reader.language);
    let (title, mut advice) = match parts.status {
        StatusCode::NOT_FOUND => ("site-error-missing", "site-error-missing-advice"),
        StatusCode::CONFLICT | StatusCode::FORBIDDEN => ("site-error-conflict", "site-error-conflict-advice"),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
            ("site-error-busy", "site-error-busy-advice")
        }
        status if status.is_client_error() => ("site-error-request", "site-error-request-advice"),
        _ => ("site-error-fault", "site-error-fault-advice"),
    };
    if parts.extensions.get::<Foreign>().is_some() {
        advice = "site-error-foreign-advice";
    }
    let told = parts.extensions.get::<Told>();
    let title = if told.is_some() { "refusal-act-title" } else { title };
    ErrorPage {
        happened: told.map(|Told(refusal)| crate::form::refusal_text(&words, refusal)),
        advice: words.text(if told.is_some() { "refusal-act-kept" } else { advice }),
        reference: request_id.to_string(),
        page: Page::new(state, reader, words.text(title)),
    }
}
