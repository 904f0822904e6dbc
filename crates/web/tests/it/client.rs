// SPDX-License-Identifier: Apache-2.0
//! Requests to the router, without a socket.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use tower::ServiceExt as _;

/// The most bytes of an answer that a test reads.
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// An answer that has been read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// Sends a request.
pub(crate) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, ANSWER_BYTES_MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// A request without a body.
pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut builder = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(Body::empty()).unwrap()
}

/// Gets a path as a program does.
pub(crate) async fn get(router: &Router, path: &str) -> Answer {
    send(router, request("GET", path, &[])).await
}

/// Gets a path as a browser does.
pub(crate) async fn browse(router: &Router, path: &str) -> Answer {
    send(router, request("GET", path, &[("accept", "text/html,*/*;q=0.8"), ("accept-language", "en")])).await
}
