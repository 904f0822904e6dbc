// SPDX-License-Identifier: Apache-2.0
//! Who calls, and what a call does: sign in by token, be counted, run a use case under the client's key, tell the answer.

use app::{
    Context, Outcome, UseCase,
    idempotency::{Answered, KeptAnswer, RequestKey},
    identity,
};
use axum::{
    extract::{FromRequestParts, MatchedPath},
    http::{Extensions, HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts},
    response::Response,
};
use domain::{
    access::{Act, Actor},
    refusal::Refusal,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    body::Body,
    problem::{Problem, of_kept},
};
use crate::state::{AppState, Rates};

/// The header with the client's key.
pub(crate) const KEY: &str = "idempotency-key";
/// Says that the answer was given before.
pub(crate) const REPLAYED: &str = "idempotency-replayed";

/// The identifier of a request, as the envelope gave it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestId(pub(crate) Uuid);

impl RequestId {
    /// The identifier of this request.
    pub(crate) fn of(extensions: &Extensions) -> Uuid {
        extensions.get::<Self>().map_or(Uuid::nil(), |id| id.0)
    }
}

/// An account that calls.
pub(crate) struct Caller {
    pub(crate) state: AppState,
    pub(crate) actor: Actor,
    pub(crate) id: Uuid,
    route: String,
    uri: Uri,
    headers: HeaderMap,
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let id = RequestId::of(&parts.extensions);
        signed_in(parts, state, id).await.map_err(|problem| problem.answer(id))
    }
}

async fn signed_in(parts: &Parts, state: &AppState, id: Uuid) -> Result<Caller, Problem> {
    let token = bearer(&parts.headers).ok_or_else(Problem::unknown)?;
    let actor = match identity::sign_in_by_token(&state.service, token).await {
        Ok(actor) => actor,
        Err(app::AppError::Refused(_)) => return Err(Problem::unknown()),
        Err(error) => return Err(crate::WebError::from(error).into()),
    };
    Rates::check(&state.rates.api, &actor.account.to_string(), state.service.now())?;
    let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let (uri, headers) = (parts.uri.clone(), parts.headers.clone());
    Ok(Caller { state: state.clone(), actor, id, route: format!("{} {path}", parts.method), uri, headers })
}

/// The token of a request, if it has exactly one.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (all.next(), all.next()) else { return None };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

/// What is told when something was done.
pub(crate) struct Reply {
    status: StatusCode,
    headers: Vec<(String, String)>,
    body: String,
}

impl Reply {
    /// Done, with an answer.
    pub(crate) fn ok(body: &impl Serialize) -> Self {
        Self::with(StatusCode::OK, body)
    }

    /// Made, and where it is found.
    pub(crate) fn created(body: &impl Serialize, path: impl std::fmt::Display) -> Self {
        let mut reply = Self::with(StatusCode::CREATED, body);
        reply.headers.push((header::LOCATION.to_string(), format!("{}{path}", super::BASE)));
        reply
    }

    fn with(status: StatusCode, body: &impl Serialize) -> Self {
        // The shapes are plain structs with text keys: they are always JSON.
        let body = serde_json::to_string(body).unwrap_or_default() + "\n";
        Self { status, headers: vec![(header::CONTENT_TYPE.to_string(), "application/json".to_owned())], body }
    }

    /// Says which version of the record this is.
    #[must_use]
    pub(crate) fn version(mut self, version: i64) -> Self {
        self.headers.push((header::ETAG.to_string(), format!("\"{version}\"")));
        self
    }

    fn into_kept(self) -> KeptAnswer {
        KeptAnswer { status: self.status.as_u16(), headers: self.headers, body: self.body }
    }

    /// The answer to the request.
    pub(crate) fn answer(self) -> Response {
        of_kept(&self.into_kept())
    }
}

/// How an act ended.
pub(crate) struct Ended {
    /// The answer.
    pub(crate) kept: KeptAnswer,
    is_replay: bool,
}

impl Ended {
    /// The answer to the request.
    pub(crate) fn answer(self) -> Response {
        let mut response = of_kept(&self.kept);
        if self.is_replay {
            response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}

impl Caller {
    /// The circumstances of an act now: the record bears the identifier that the client sees.
    pub(crate) fn context(&self) -> Context {
        let mut context = self.state.service.context(self.actor.clone());
        context.request = self.id;
        context
    }

    /// The refusal of an act as a problem.
    pub(crate) fn refusal(&self, refusal: &Refusal, act: Act) -> Problem {
        Problem::of_refusal(refusal, Some(self.actor.role), act)
    }

    /// The answer to a problem.
    pub(crate) fn problem(&self, problem: impl Into<Problem>) -> Response {
        problem.into().answer(self.id)
    }

    /// The answer to an error of a use case.
    pub(crate) fn error(&self, error: app::AppError, act: Act) -> Response {
        self.problem(Problem::of_error(error, Some(self.actor.role), act))
    }

    /// Asks a question.
    pub(crate) async fn ask<U: UseCase>(&self, question: U, tell: impl FnOnce(U::Output) -> Reply) -> Response {
        let asked = self.state.service.run(&self.context(), question).await;
        self.tell(asked, U::ACT, tell)
    }

    /// Tells how something ended.
    pub(crate) fn tell<T>(
        &self,
        ended: Result<Outcome<T>, app::AppError>,
        act: Act,
        tell: impl FnOnce(T) -> Reply,
    ) -> Response {
        match ended {
            Ok(Outcome::Done(output)) => tell(output).answer(),
            Ok(Outcome::Refused(refusal)) => self.problem(self.refusal(&refusal, act)),
            Err(error) => self.error(error, act),
        }
    }

    /// Does an act, once for the client's key if it sent one.
    pub(crate) async fn act<U: UseCase, T>(
        &self,
        body: &Body<T>,
        act: U,
        tell: impl Fn(&U::Output) -> Reply + Send + Sync + 'static,
    ) -> Response {
        self.act_with(body, act, tell, |problem| problem).await
    }

    /// Does an act as [`Caller::act`] does; `retell` puts a problem into the words of what the client sent.
    pub(crate) async fn act_with<U: UseCase, T>(
        &self,
        body: &Body<T>,
        act: U,
        tell: impl Fn(&U::Output) -> Reply + Send + Sync + 'static,
        retell: impl Fn(Problem) -> Problem + Send + Sync + 'static,
    ) -> Response {
        self.done(body, act, tell, retell).await.map_or_else(|problem| self.problem(problem), Ended::answer)
    }

    /// Does an act, and says how it ended.
    ///
    /// # Errors
    /// The problem when it was not even tried, or failed.
    pub(crate) async fn done<U: UseCase, T>(
        &self,
        body: &Body<T>,
        act: U,
        tell: impl Fn(&U::Output) -> Reply + Send + Sync + 'static,
        retell: impl Fn(Problem) -> Problem + Send + Sync + 'static,
    ) -> Result<Ended, Problem> {
        let key = self.key(&body.bytes).map_err(|refusal| self.refusal(&refusal, U::ACT))?;
        let (id, role) = (self.id, self.actor.role);
        let answer = move |outcome: &Outcome<U::Output>| match outcome {
            Outcome::Done(output) => tell(output).into_kept(),
            Outcome::Refused(refusal) => retell(Problem::of_refusal(refusal, Some(role), U::ACT)).into_kept(id),
        };
        let (service, context) = (&self.state.service, self.context());
        let failed = |error| Problem::of_error(error, Some(role), U::ACT);
        let Some(key) = key else {
            let outcome = service.run(&context, act).await.map_err(failed)?;
            return Ok(Ended { kept: answer(&outcome), is_replay: false });
        };
        match service.run_for_key(&context, &key, act, answer).await.map_err(failed)? {
            Answered::Now(kept) => Ok(Ended { kept, is_replay: false }),
            Answered::Again(kept) => Ok(Ended { kept, is_replay: true }),
            Answered::OtherRequest => {
                let detail = "this Idempotency-Key stands for another request of this account and route";
                Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "key_reused", detail))
            }
        }
    }

    /// The client's key for this request.
    fn key(&self, body: &[u8]) -> Result<Option<RequestKey>, Refusal> {
        let mut all = self.headers.get_all(KEY).iter();
        let (key, more) = (all.next(), all.next());
        let Some(key) = key else { return Ok(None) };
        let wrong = || Refusal::field("Idempotency-Key", "one key of visible ASCII characters");
        if more.is_some() {
            return Err(wrong());
        }
        let target = self.uri.path_and_query().map_or("", |path| path.as_str());
        let if_match = self.headers.get(header::IF_MATCH).map_or(&b""[..], HeaderValue::as_bytes);
        let key = key.to_str().map_err(|_| wrong())?;
        RequestKey::new(&self.route, key, &[target.as_bytes(), if_match, body]).map(Some)
    }

    /// The version that the client saw: of `If-Match`, or else of the body; both must say the same.
    pub(crate) fn version(&self, in_body: Option<i64>) -> Result<Option<i64>, Problem> {
        let Some(header) = self.headers.get(header::IF_MATCH) else { return Ok(in_body) };
        let version = header.to_str().ok().and_then(|text| text.strip_prefix('"')?.strip_suffix('"')?.parse().ok());
        let wrong = || Problem::field("If-Match", "form", "the version as an entity tag, such as \"3\"");
        let version: i64 = version.ok_or_else(wrong)?;
        if in_body.is_some_and(|other| other != version) {
            return Err(Problem::field("version", "form", "differs from If-Match"));
        }
        Ok(Some(version))
    }
}
