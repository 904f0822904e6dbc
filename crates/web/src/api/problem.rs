// SPDX-License-Identifier: Apache-2.0
//! What went wrong, for a program: a problem document (RFC 9457) with a stable code, and the fields that are wrong by their
//! paths.

use app::{AppError, idempotency::KeptAnswer, public::Failure};
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{access::Role, refusal::Refusal};
use uuid::Uuid;

use super::wire::{FieldProblem, LookAlike, ProblemDocument};
use crate::{WebError, error::Described};

/// The media type of a problem document.
pub(crate) const PROBLEM: &str = "application/problem+json";
/// After how many seconds to ask again.
const RETRY_SECONDS: &str = "5";

/// A problem on its way to the client.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    document: Box<ProblemDocument>,
}

impl Problem {
    /// A problem with a code of its own and a sentence that says more.
    pub(crate) fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        let document = ProblemDocument {
            r#type: "about:blank".into(),
            title: status.canonical_reason().unwrap_or("Error").into(),
            status: i64::from(status.as_u16()),
            code: code.into(),
            detail: detail.into(),
            errors: Vec::new(),
            wall: None,
            provision: None,
            citation: None,
            looks_like: Vec::new(),
            current_version: None,
            request_id: Uuid::nil(),
        };
        Self { status, document: Box::new(document) }
    }

    /// Nobody has signed in.
    pub(crate) fn unknown() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "not_signed_in", "a valid token is needed: Authorization: Bearer TOKEN")
    }

    /// One field is wrong.
    pub(crate) fn field(field: impl Into<String>, code: &str, problem: impl Into<String>) -> Self {
        let problem = problem.into();
        let mut made = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "fields", problem.clone());
        made.document.errors = vec![FieldProblem { field: field.into(), problem, code: code.into() }];
        made
    }

    /// A refusal by rule. What the role may not do at all is told as such; that tells nothing about any record. Everything
    /// else that an account may not see is not there.
    pub(crate) fn of_refusal(refusal: &Refusal, role: Option<Role>, act: domain::access::Act) -> Self {
        let may_never = role.is_some_and(|role| !domain::access::roles_for(act).contains(&role));
        match refusal {
            Refusal::NotPermitted if may_never => Self::told(StatusCode::FORBIDDEN, refusal),
            refusal => Self::told(WebError::from(refusal.clone()).status(), refusal),
        }
    }

    /// A refusal told with a status.
    fn told(status: StatusCode, refusal: &Refusal) -> Self {
        if status == StatusCode::NOT_FOUND {
            let what = if let Refusal::NotFound(what) = refusal { what } else { "record" };
            return Self::new(status, "not_found", format!("no such {what}"));
        }
        let mut problem = Self::new(status, refusal.code(), refusal.to_string());
        match refusal {
            Refusal::Fields(fields) => {
                problem.document.errors = fields
                    .iter()
                    .map(|error| FieldProblem {
                        field: error.field.clone(),
                        problem: error.problem.to_string(),
                        code: error.problem.code().to_owned(),
                    })
                    .collect();
            }
            Refusal::LooksLike(persons) => {
                let told = persons.iter().map(|person| LookAlike {
                    member: person.member as u64,
                    number: person.number.clone(),
                    likeness: person.likeness.clone(),
                });
                problem.document.looks_like = told.collect();
            }
            Refusal::Wall { wall, basis } => {
                problem.document.wall = Some(wall.clone());
                problem.document.provision = Some(basis.id().clone());
                problem.document.citation = Some(basis.citation().to_owned());
            }
            _ => {}
        }
        problem
    }

    /// What an error of a use case means; failures of the program are logged here, once.
    pub(crate) fn of_error(error: AppError, role: Option<Role>, act: domain::access::Act) -> Self {
        match error.failure() {
            Failure::Refused(refusal) => Self::of_refusal(refusal, role, act),
            Failure::Conflict => Self::new(StatusCode::CONFLICT, "conflict", "another act came first"),
            Failure::Later | Failure::Fault => WebError::from(error).into(),
        }
    }

    /// Takes a prefix away from the paths of fields, which the client did not send in that form.
    #[must_use]
    pub(crate) fn without_prefix(mut self, prefix: &str) -> Self {
        for error in &mut self.document.errors {
            if let Some(rest) = error.field.strip_prefix(prefix) {
                error.field = rest.to_owned();
            }
        }
        self
    }

    /// The problem as it is kept and sent.
    pub(crate) fn into_kept(mut self, request_id: Uuid) -> KeptAnswer {
        self.document.request_id = request_id;
        let body = serde_json::to_string(&self.document).unwrap_or_default();
        KeptAnswer {
            status: self.status.as_u16(),
            headers: vec![(header::CONTENT_TYPE.to_string(), PROBLEM.to_owned())],
            body: body + "\n",
        }
    }

    /// The problem as the answer to a request.
    pub(crate) fn answer(self, request_id: Uuid) -> Response {
        let status = self.status;
        let mut response = of_kept(&self.into_kept(request_id));
        match status {
            StatusCode::UNAUTHORIZED => {
                let challenge = HeaderValue::from_static("Bearer realm=\"turna\"");
                response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
            }
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
            }
            _ => {}
        }
        response
    }
}

impl From<WebError> for Problem {
    /// Logs a failure of the program, once.
    fn from(error: WebError) -> Self {
        let status = error.status();
        if status.is_server_error() {
            tracing::error!(error = &error as &dyn std::error::Error, "a request failed");
            let (code, detail) = match status {
                StatusCode::SERVICE_UNAVAILABLE => ("busy", "the service is busy; nothing was saved"),
                _ => ("fault", "a fault of the program; nothing was saved"),
            };
            return Self::new(status, code, detail);
        }
        Self::new(status, code_of(status), error.to_string())
    }
}

/// Says in the answer to a conflict which version the record has now.
pub(crate) fn tell_version(kept: &mut KeptAnswer, version: i64) {
    let document = serde_json::from_str::<ProblemDocument>(&kept.body);
    if let Ok(mut document) = document
        && document.code == Refusal::Conflict.code()
    {
        document.current_version = Some(version);
        kept.body = serde_json::to_string(&document).unwrap_or_default() + "\n";
    }
}

/// The body of a problem document for an answer that has none.
pub(crate) fn problem_body(status: StatusCode, refusal: Option<&Refusal>, request_id: Uuid) -> String {
    let problem = match refusal {
        Some(refusal) => Problem::told(status, refusal),
        None => Problem::new(status, code_of(status), detail_of(status)),
    };
    problem.into_kept(request_id).body
}

/// What a status says for itself.
fn detail_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "there is nothing of this address",
        StatusCode::METHOD_NOT_ALLOWED => "this address does not take this method",
        StatusCode::PAYLOAD_TOO_LARGE => "the body is too large, or none is read here",
        StatusCode::URI_TOO_LONG => "the address is too long",
        StatusCode::SERVICE_UNAVAILABLE => "the service is busy; nothing was saved",
        status if status.is_client_error() => "the request was refused",
        _ => "a fault of the program; nothing was saved",
    }
}

/// The code of a problem that comes from no rule, by its status.
fn code_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "malformed",
        StatusCode::UNAUTHORIZED => "not_signed_in",
        StatusCode::FORBIDDEN => "not_permitted",
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::CONFLICT => "conflict",
        StatusCode::PAYLOAD_TOO_LARGE => "too_large",
        StatusCode::URI_TOO_LONG => "uri_too_long",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "media_type",
        StatusCode::UNPROCESSABLE_ENTITY => "fields",
        StatusCode::TOO_MANY_REQUESTS => "too_often",
        StatusCode::SERVICE_UNAVAILABLE => "busy",
        status if status.is_client_error() => "refused",
        _ => "fault",
    }
}

/// An answer as it was kept, as a response.
pub(crate) fn of_kept(kept: &KeptAnswer) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, kept.body.clone()).into_response();
    for (name, value) in &kept.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name.as_str()), HeaderValue::try_from(value.as_str())) {
            response.headers_mut().insert(name, value);
        }
    }
    // It says itself what it is: no page takes its place.
    response.extensions_mut().insert(Described);
    response
}
