// SPDX-License-Identifier: Apache-2.0
//! Who asks: the session of an officer, what a route demands of it, and the form that came with it. Every route passes
//! here before its handler.

use std::net::{IpAddr, Ipv4Addr};

use app::{
    Outcome, UseCase,
    identity::{self, SignedIn},
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{
        HeaderMap, HeaderValue, Method, Uri,
        header::{CONTENT_TYPE, HOST, ORIGIN, SET_COOKIE},
        request::Parts,
    },
    middleware::Next,
    response::Response,
};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use domain::{access::Actor, id::RowId, refusal::Refusal};
use sha2::{Digest as _, Sha256};

use crate::{
    WebError, cookie,
    form::{self, CSRF_FIELD},
    limit, page,
    route::Access,
    state::{AppState, Rates},
};

/// Longest notice key that is read back from a cookie.
const NOTICE_BYTES_MAX: usize = 60;

/// The network address of the one who asks. It is never written down.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

impl Peer {
    /// The address as a key of limits; that of the own machine where none is known, as in tests.
    pub(crate) fn key(parts: &axum::http::Extensions) -> String {
        parts.get::<Self>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0).to_string()
    }
}

/// An officer's visit to a page.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    /// Who acts.
    pub(crate) actor: Actor,
    /// Name of the account.
    pub(crate) account_name: String,
    /// The session.
    pub(crate) session: RowId,
    /// The token that forms of this session carry.
    pub(crate) csrf: String,
    /// Path of the page.
    pub(crate) path: String,
    /// Key of what the last act has done.
    pub(crate) notice: Option<String>,
}

impl Visit {
    /// Runs a use case as this officer.
    ///
    /// # Errors
    /// [`WebError::App`] when it failed; nothing was kept then.
    pub(crate) async fn run<U: UseCase>(&self, state: &AppState, act: U) -> Result<Outcome<U::Output>, WebError> {
        Ok(state.service.run(&state.service.context(self.actor.clone()), act).await?)
    }

    /// Runs a use case whose refusal is the answer to the request.
    ///
    /// # Errors
    /// [`WebError::App`], for a refusal too.
    pub(crate) async fn done<U: UseCase>(&self, state: &AppState, act: U) -> Result<U::Output, WebError> {
        match self.run(state, act).await? {
            Outcome::Done(output) => Ok(output),
            Outcome::Refused(refusal) => Err(refusal.into()),
        }
    }

    /// Runs a use case whose refusal is shown on its form, all but one: what is not there, or not for this officer, is
    /// answered as absent.
    ///
    /// # Errors
    /// [`WebError::App`] when it failed, or as absent; nothing was kept then.
    pub(crate) async fn tried<U: UseCase>(
        &self,
        state: &AppState,
        act: U,
    ) -> Result<Result<U::Output, Refusal>, WebError> {
        match self.run(state, act).await? {
            Outcome::Done(output) => Ok(Ok(output)),
            Outcome::Refused(refusal @ (Refusal::NotFound(_) | Refusal::NotPermitted)) => Err(refusal.into()),
            Outcome::Refused(refusal) => Ok(Err(refusal)),
        }
    }

    /// Whether the officer's role may do an act.
    pub(crate) fn may(&self, act: domain::access::Act) -> bool {
        domain::access::roles_for(act).contains(&self.actor.role)
    }

    /// The account as its own settings know it.
    pub(crate) fn signed_in(&self) -> SignedIn {
        SignedIn { actor: self.actor.clone(), account_name: self.account_name.clone(), session: self.session }
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        // A handler that takes it stands behind a route that demands it.
        parts.extensions.get::<Self>().cloned().ok_or(WebError::NotFound)
    }
}

/// The token of the forms of a session: bound to it, and useless without its cookie.
pub(crate) fn csrf_token(session_token: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"turna form token");
    hash.update(session_token.as_bytes());
    Base64UrlUnpadded::encode_string(&hash.finalize())
}

/// Lets a request in that its route allows, with its [`Visit`] and its [`crate::form::FormData`].
pub(crate) async fn admit(
    State((state, access)): State<(AppState, Access)>,
    mut request: Request,
    next: Next,
) -> Result<Response, WebError> {
    limit::check_question(&request)?;
    if access == Access::Api {
        return Ok(next.run(request).await);
    }
    let is_post = request.method() == Method::POST;
    if is_post {
        check_origin(request.headers())?;
    }
    let visit = match &access {
        Access::Anyone | Access::Api => None,
        Access::Staff | Access::OneOf(_) => match visit(&state, request.uri(), request.headers()).await? {
            Some(visit) => Some(visit),
            None => return to_sign_in(request.uri(), is_post),
        },
    };
    if let Some(visit) = &visit {
        let account = visit.actor.account.to_string();
        Rates::check(&state.rates.pages, &account, state.service.now())?;
    }
    if visit.as_ref().is_some_and(|visit| !access.admits(visit.actor.role)) {
        return Err(WebError::NotFound);
    }
    if is_post {
        let (mut parts, body) = request.into_parts();
        let form = form::read(&parts.headers, body).await?;
        if visit.as_ref().is_some_and(|visit| !is_same(form.text(CSRF_FIELD), &visit.csrf)) {
            return Err(WebError::ForeignForm);
        }
        parts.extensions.insert(form);
        request = Request::from_parts(parts, axum::body::Body::empty());
    }
    let has_notice = visit.as_ref().is_some_and(|visit| visit.notice.is_some());
    if let Some(visit) = visit {
        request.extensions_mut().insert(visit);
    }
    let mut response = next.run(request).await;
    let is_page = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if has_notice && is_page {
        response.headers_mut().append(SET_COOKIE, cookie::clear(cookie::NOTICE)?);
    }
    Ok(response)
}

/// The officer of a session; `None` when there is none.
async fn visit(state: &AppState, uri: &Uri, headers: &HeaderMap) -> Result<Option<Visit>, WebError> {
    let Some(token) = cookie::read(headers, cookie::SESSION) else { return Ok(None) };
    let Some(found) = identity::signed_in(&state.service, token).await? else { return Ok(None) };
    let is_key =
        |key: &&str| key.len() <= NOTICE_BYTES_MAX && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    Ok(Some(Visit {
        actor: found.actor,
        account_name: found.account_name,
        session: found.session,
        csrf: csrf_token(token),
        path: uri.path().to_owned(),
        notice: cookie::read(headers, cookie::NOTICE).filter(is_key).map(str::to_owned),
    }))
}

/// To the sign-in page, and back afterwards.
fn to_sign_in(uri: &Uri, is_post: bool) -> Result<Response, WebError> {
    let path = if is_post { uri.path() } else { uri.path_and_query().map_or("/", |path| path.as_str()) };
    let next: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
    let ended = if is_post { "&ended=1" } else { "" };
    page::see(&format!("/sign-in?next={next}{ended}"))
}

/// Refuses a form that another site's page has sent. Browsers name the origin of every POST (Fetch, section 3.2).
fn check_origin(headers: &HeaderMap) -> Result<(), WebError> {
    let value = |name: &str| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if value("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(WebError::ForeignForm);
    }
    let (Some(origin), Some(host)) = (value(ORIGIN.as_str()), value(HOST.as_str())) else { return Ok(()) };
    let origin_host = origin.split_once("://").map_or(origin, |(_, host)| host);
    if origin_host == host { Ok(()) } else { Err(WebError::ForeignForm) }
}

/// Compares two tokens in a time that does not tell where they differ.
fn is_same(given: &str, expected: &str) -> bool {
    given.len() == expected.len() && given.bytes().zip(expected.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_another_site_is_refused() {
        for (headers, is_ours) in [
            (vec![], true),
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "cross-site")], false),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("origin", "https://turna.example"), ("host", "turna.example")], true),
            (vec![("origin", "https://evil.example"), ("host", "turna.example")], false),
            (vec![("origin", "null"), ("host", "turna.example")], false),
        ] {
            let mut map = HeaderMap::new();
            for &(name, value) in &headers {
                map.insert(name, HeaderValue::from_static(value));
            }
            assert_eq!(check_origin(&map).is_ok(), is_ours, "{headers:?}");
        }
    }

    #[test]
    fn the_token_of_forms_is_bound_to_the_session() {
        assert_ne!(csrf_token("a"), csrf_token("b"));
        assert!(is_same(&csrf_token("a"), &csrf_token("a")));
        assert!(!is_same("", &csrf_token("a")));
    }
}
