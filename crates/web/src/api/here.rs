// SPDX-License-Identifier: Apache-2.0
//! The interface without a network: what the command line calls when no server runs.

use std::convert::Infallible;

use app::Service;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use tower::ServiceExt as _;

use crate::route;

/// The most bytes of an answer: a printed card or a thousand records with their proofs are far smaller.
const ANSWER_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Everything that is served, in the same program.
#[derive(Clone)]
pub struct Here(Router);

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Status code.
    pub status: u16,
    /// Its body.
    pub body: Vec<u8>,
}

/// A request that cannot be made, or an answer that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("a call within the program failed")]
pub struct CallFailed(#[source] axum::Error);

impl Here {
    /// The interface over a service.
    pub fn new(service: Service) -> Self {
        Self(route::router_here(service))
    }

    /// Calls.
    ///
    /// # Errors
    /// When the request is malformed or the answer is too long.
    pub async fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Answered, CallFailed> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).map_err(|error| CallFailed(axum::Error::new(error)))?;
        let response = match self.0.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => never_happens(never),
        };
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), ANSWER_BYTES_MAX).await.map_err(CallFailed)?;
        Ok(Answered { status, body: body.to_vec() })
    }
}

/// A router answers every request.
fn never_happens<T>(never: Infallible) -> T {
    match never {}
}
