// SPDX-License-Identifier: Apache-2.0
//! What checkers of cards fetch: the status list and the trust list.

use app::public;
use axum::{extract::State, http::HeaderValue, response::Response};

use crate::{WebError, header::public_file, route::Route, state::AppState};

/// The media type of a status list token in CBOR (Token Status List, section "Status List Token in CWT Format").
const STATUS_LIST: &str = "application/statuslist+cwt";
/// A cache on the way keeps a list for at most this long, in seconds, so that a suspended card is soon seen as such; the
/// checker's own device may keep it for the `ttl` in the list.
const CACHE_SECONDS_MAX: i64 = 60;

/// The routes for checkers.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/status/1", status_list), Route::get("/trust.json", trust_list)]
}

/// The status list, signed. The same list that the cards name.
async fn status_list(State(state): State<AppState>) -> Result<Response, WebError> {
    let list = public::status_list(&state.service).await?.ok_or(WebError::NotFound)?;
    let cache = match list.keep_seconds.min(CACHE_SECONDS_MAX) {
        0 => HeaderValue::from_static("no-cache"),
        seconds => HeaderValue::try_from(format!("public, max-age={seconds}"))?,
    };
    Ok(public_file(STATUS_LIST, cache, list.bytes))
}

/// The trust list, signed by the root.
async fn trust_list(State(state): State<AppState>) -> Result<Response, WebError> {
    let list = public::trust_list(&state.service).await?.ok_or(WebError::NotFound)?;
    Ok(public_file("application/json", HeaderValue::from_static("public, max-age=300"), list))
}
