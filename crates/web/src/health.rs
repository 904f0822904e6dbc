// SPDX-License-Identifier: Apache-2.0
//! Whether the process lives, and whether it can serve. Neither says anything about people or about versions.

use app::public::{self, LogState};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};

use crate::{error::Described, route::Route, state::AppState};

/// The routes of health. They are answered even while the server is full.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/health", health), Route::get("/ready", ready)]
}

/// Lives; touches nothing.
async fn health() -> &'static str {
    "ok\n"
}

/// Can serve: the database answers, the log's checkpoint opens, the status list is not overdue, the background work is done.
async fn ready(State(state): State<AppState>) -> Response {
    let word = |is_good: bool| if is_good { "ok" } else { "failed" };
    let is_kept_up = state.upkeep.is_well(state.service.now());
    let (database, log, list) = match public::state(&state.service).await {
        Ok(public) => (true, matches!(public.log, LogState::Signed(_)), public.is_status_list_fresh),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "not ready: the state cannot be read");
            (false, false, false)
        }
    };
    let is_ready = database && log && list && is_kept_up;
    let body = serde_json::json!({
        "ready": is_ready,
        "database": word(database),
        "log": word(log),
        "status_list": word(list),
        "upkeep": word(is_kept_up),
    });
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let headers = [(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    let mut response = (status, headers, format!("{body}\n")).into_response();
    response.extensions_mut().insert(Described);
    response
}
