// SPDX-License-Identifier: Apache-2.0
//! Style and pictures of the pages, which are part of the program.

use std::sync::LazyLock;

use axum::{http::HeaderValue, response::Response};
use sha2::{Digest as _, Sha256};

use crate::{header::public_file, route::Route};

const STYLE: &str = include_str!("../static/turna.css");
const CRANE: &str = include_str!("../static/crane.svg");
/// A day; links name the content's version, so a new release is not met by an old style.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// The address of the style, with the beginning of its hash as version.
pub(crate) static STYLE_PATH: LazyLock<String> = LazyLock::new(|| versioned("/static/turna.css", STYLE));
/// The address of the mark, a drawn crane.
pub(crate) static CRANE_PATH: LazyLock<String> = LazyLock::new(|| versioned("/static/crane.svg", CRANE));

fn versioned(path: &str, content: &str) -> String {
    let hash = Sha256::digest(content);
    let version: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{path}?v={version}")
}

/// The routes of the files.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/static/turna.css", style), Route::get("/static/crane.svg", crane)]
}

async fn style() -> Response {
    public_file("text/css; charset=utf-8", CACHE, STYLE)
}

async fn crane() -> Response {
    public_file("image/svg+xml", CACHE, CRANE)
}
