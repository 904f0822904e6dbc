// SPDX-License-Identifier: Apache-2.0
//! The public log, as C2SP tlog-tiles lays it out, below `/log/`.

use app::public::{self, Permanence};
use axum::{
    extract::State,
    http::{HeaderValue, Uri},
    response::Response,
};

use crate::{WebError, header::public_file, route::Route, state::AppState};

/// Where the log begins.
const LOG: &str = "/log/";

/// The routes of the log.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/log/verifier.key", verifier_key), Route::get("/log/{*file}", file)]
}

/// The public key that checkpoints are signed with.
async fn verifier_key(State(state): State<AppState>) -> Response {
    let line = format!("{}\n", public::log_verifier_key(&state.service));
    public_file("text/plain; charset=utf-8", HeaderValue::from_static("public, max-age=3600"), line)
}

/// Checkpoint, tiles and bundles. The path is taken as it was sent: a percent-encoded one is another path, and is none.
async fn file(State(state): State<AppState>, uri: Uri) -> Result<Response, WebError> {
    let path = uri.path().strip_prefix(LOG).ok_or(WebError::NotFound)?;
    let file = public::log_file(&state.service, path).await?.ok_or(WebError::NotFound)?;
    let cache = match file.permanence {
        Permanence::Head => "no-cache",
        Permanence::Partial => "public, max-age=60",
        Permanence::Full => "public, max-age=31536000, immutable",
    };
    Ok(public_file(file.media_type, HeaderValue::from_static(cache), file.bytes))
}
