// SPDX-License-Identifier: Apache-2.0
//! The headers of every answer, and those of public files.

use app::Settings;
use axum::http::{
    HeaderName, HeaderValue,
    header::{
        ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
        STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

/// Names the request to the one who asked.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// What a page may load and do: own files and nothing else, no script or style inside of it.
macro_rules! content_policy {
    ($scripts:literal) => {
        concat!(
            "default-src 'none'; style-src 'self'; script-src ",
            $scripts,
            "; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'"
        )
    };
}
const CONTENT_POLICY: &str = content_policy!("'self'");
/// With the reader of QR codes, which is WebAssembly.
const CONTENT_POLICY_WASM: &str = content_policy!("'self' 'wasm-unsafe-eval'");

/// What no page of ours asks the browser for.
macro_rules! permissions {
    ($camera:literal) => {
        concat!(
            "camera=",
            $camera,
            ", microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), accelerometer=(), \
             gyroscope=(), magnetometer=(), display-capture=(), browsing-topics=()"
        )
    };
}
const NO_PERMISSIONS: &str = permissions!("()");
const CAMERA: &str = permissions!("(self)");

/// What a page may do beyond the others: put into the extensions of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Allowance {
    /// The camera, for a photo.
    Camera,
    /// The camera, and the reader of QR codes.
    CameraAndReader,
}

/// Browsers that have seen the site by https never ask it otherwise, for two years (RFC 6797).
const HTTPS_ONLY: &str = "max-age=63072000";
/// Headers that every answer carries, whatever its handler says.
const ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // Nothing for other sites. Not `no-referrer`: browsers would name the origin of our own forms `null` (Fetch, section 3.2).
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (OPENER_POLICY, HeaderValue::from_static("same-origin")),
];
/// Headers that an answer carries unless its handler says something else.
const UNLESS_SAID: [(HeaderName, HeaderValue); 2] =
    [(CACHE_CONTROL, HeaderValue::from_static("no-store")), (RESOURCE_POLICY, HeaderValue::from_static("same-origin"))];

/// Puts the headers of every answer in place.
pub(crate) fn secure(response: &mut Response, settings: &Settings, request_id: Uuid) {
    let (content, permissions) = match response.extensions().get::<Allowance>() {
        None => (CONTENT_POLICY, NO_PERMISSIONS),
        Some(Allowance::Camera) => (CONTENT_POLICY, CAMERA),
        Some(Allowance::CameraAndReader) => (CONTENT_POLICY_WASM, CAMERA),
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(content));
    headers.insert(PERMISSIONS_POLICY, HeaderValue::from_static(permissions));
    if settings.public_url.starts_with("https://") {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HTTPS_ONLY));
    }
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    for (name, value) in UNLESS_SAID {
        headers.entry(name).or_insert(value);
    }
    if let Ok(id) = HeaderValue::from_str(&request_id.to_string()) {
        headers.insert(REQUEST_ID, id);
    }
}

/// A file that anybody may read, programs in other sites' pages included. `cache` is its `Cache-Control`.
pub(crate) fn public_file(
    media_type: &'static str,
    cache: HeaderValue,
    bytes: impl Into<axum::body::Body>,
) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (CACHE_CONTROL, cache),
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (RESOURCE_POLICY, HeaderValue::from_static("cross-origin")),
    ];
    (headers, bytes.into()).into_response()
}
