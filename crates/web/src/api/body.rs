// SPDX-License-Identifier: Apache-2.0
//! Bodies and queries: JSON of a known shape, with every wrong field named by its path.

use axum::{
    body::to_bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, header::CONTENT_TYPE, request::Parts},
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{caller::RequestId, problem::Problem};
use axum::response::Response;

/// The most bytes of a body: a family of 25, each with a photo as the program stores them.
pub(crate) const BODY_BYTES_MAX: usize = 8 * 1024 * 1024;
/// The most parameters of a query.
const PARAMETERS_MAX: usize = 16;
/// The media type of a body.
const JSON: &str = "application/json";

/// A body of a known shape, with its bytes.
pub(crate) struct Body<T> {
    /// What it says.
    pub(crate) value: T,
    /// What was sent.
    pub(crate) bytes: Vec<u8>,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let id = RequestId::of(request.extensions());
        read(request)
            .await
            .and_then(|bytes| Ok(Self { value: parse(&bytes)?, bytes }))
            .map_err(|problem| problem.answer(id))
    }
}

async fn read(request: Request) -> Result<Vec<u8>, Problem> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(JSON) {
        let detail = format!("a body is JSON, sent with Content-Type: {JSON}");
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", detail));
    }
    let bytes = to_bytes(request.into_body(), BODY_BYTES_MAX).await.map_err(|_| {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", format!("a body has at most {BODY_BYTES_MAX} bytes"))
    })?;
    Ok(bytes.to_vec())
}

/// Reads JSON. What is no JSON at all is malformed; a field that is missing, unknown or wrong is named.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let malformed = |error: &serde_json::Error| {
        Problem::new(StatusCode::BAD_REQUEST, "malformed", format!("the body is no JSON: {error}"))
    };
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_syntax() || inner.is_eof() || inner.is_io() {
            return malformed(&inner);
        }
        let (full, place) = (inner.to_string(), format!(" at line {} column {}", inner.line(), inner.column()));
        let problem = full.strip_suffix(&place).unwrap_or(&full);
        let path = if path == "." { String::new() } else { path };
        Problem::field(path, code_of(problem), problem)
    })?;
    reader.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

/// The code of a problem with a field that the reader of JSON found.
fn code_of(problem: &str) -> &'static str {
    if problem.starts_with("unknown field") {
        "unknown"
    } else if problem.starts_with("missing field") {
        "missing"
    } else {
        "form"
    }
}

/// The parameters of a query, of a known shape. Each is given at most once.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let id = RequestId::of(&parts.extensions);
        query(parts.uri.query().unwrap_or_default()).map(Self).map_err(|problem| problem.answer(id))
    }
}

fn query<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let mut found = Map::new();
    for (name, value) in form_urlencoded::parse(text.as_bytes()).take(PARAMETERS_MAX + 1) {
        if found.len() == PARAMETERS_MAX {
            return Err(Problem::new(StatusCode::BAD_REQUEST, "malformed", "too many parameters"));
        }
        if found.insert(name.to_string(), Value::String(value.into_owned())).is_some() {
            return Err(Problem::field(name, "twice", "given more than once"));
        }
    }
    serde_path_to_error::deserialize(Value::Object(found)).map_err(|error| {
        let path = error.path().to_string();
        let problem = error.into_inner().to_string();
        Problem::field(if path == "." { String::new() } else { path }, code_of(&problem), problem)
    })
}

/// A part of the path, parsed. One that has not the form of such a number or name is told so: that says nothing about any
/// record.
pub(crate) struct Part<T>(pub(crate) T);

impl<T, S> FromRequestParts<S> for Part<T>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let id = RequestId::of(&parts.extensions);
        let path = axum::extract::RawPathParams::from_request_parts(parts, state).await;
        let path =
            path.map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "malformed", "the path is not UTF-8").answer(id))?;
        let (name, text) = path.iter().last().unwrap_or_default();
        text.parse().map(Self).map_err(|problem: T::Err| Problem::field(name, "form", problem.to_string()).answer(id))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[serde(rename = "inner")]
        _inner: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[serde(rename = "count")]
        _count: u8,
    }

    fn problem(body: &str) -> Value {
        let kept = parse::<Outer>(body.as_bytes()).unwrap_err().into_kept(uuid::Uuid::nil());
        serde_json::from_str(&kept.body).unwrap()
    }

    #[test]
    fn a_wrong_field_is_named_by_its_path() {
        for (body, field, code) in [
            (r#"{"inner":[{"count":1},{"count":300}]}"#, "inner[1].count", "form"),
            (r#"{"inner":[{"count":1,"note":2}]}"#, "inner[0].note", "unknown"),
            (r#"{"inner":[{}]}"#, "inner[0]", "missing"),
            (r#"[]"#, "", "form"),
        ] {
            let problem = problem(body);
            assert_eq!(problem["status"], 422, "{body}");
            assert_eq!((&problem["errors"][0]["field"], &problem["errors"][0]["code"]), (&field.into(), &code.into()));
        }
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        for body in ["", "{", "{\"inner\":[]} {}", "\u{feff}{}", "nul"] {
            let problem = problem(body);
            assert_eq!((&problem["status"], &problem["code"]), (&400.into(), &"malformed".into()), "{body:?}");
        }
    }

    #[test]
    fn a_parameter_is_given_once() {
        assert!(query::<Map<String, Value>>("a=1&b=2").is_ok());
        assert!(query::<Map<String, Value>>("a=1&a=2").is_err());
        assert!(query::<Map<String, Value>>(&(0..17).map(|n| format!("{n}=1&")).collect::<String>()).is_err());
    }
}
