// SPDX-License-Identifier: Apache-2.0
//! What is turned away before a handler sees it, and for how long a handler may work.

use std::{sync::Arc, time::Duration};

use axum::{
    body::HttpBody as _,
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use tokio::sync::Semaphore;

use crate::{WebError, form::BODY_BYTES_MAX};

/// The longest path and query, in bytes. Our own are below 200.
pub(crate) const URI_BYTES_MAX: usize = 2048;
/// Requests at work at the same time; more of them wait. Far above what the database's connections can serve at once, and
/// low enough that their answers fit in memory.
const REQUESTS_MAX: usize = 256;
/// How long a request may wait and work together.
const REQUEST_TIME_MAX: Duration = Duration::from_secs(10);

/// Places for requests at work.
#[derive(Clone)]
pub(crate) struct Admission(Arc<Semaphore>);

impl Default for Admission {
    fn default() -> Self {
        Self::of(REQUESTS_MAX)
    }
}

impl Admission {
    fn of(places: usize) -> Self {
        Self(Arc::new(Semaphore::new(places)))
    }
}

/// Refuses what no handler should have to look at.
pub(crate) fn check(request: &Request) -> Result<(), WebError> {
    let uri = request.uri();
    let length = uri.path_and_query().map_or(0, |path| path.as_str().len());
    if length > URI_BYTES_MAX {
        return Err(WebError::UriTooLong);
    }
    if request.body().size_hint().lower() > BODY_BYTES_MAX as u64 {
        return Err(WebError::BodyTooLarge);
    }
    Ok(())
}

/// Refuses a question with a body. Asked only where the route has the method: a method that it has not is said so first.
pub(crate) fn check_question(request: &Request) -> Result<(), WebError> {
    let is_question = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_question && request.body().size_hint().exact() != Some(0) {
        return Err(WebError::BodyNotWanted);
    }
    Ok(())
}

/// Lets a request in when there is a place, and ends it when its time is over.
pub(crate) async fn admit(
    State(admission): State<Admission>,
    request: Request,
    next: Next,
) -> Result<Response, WebError> {
    let work = async {
        let _place = admission.0.acquire().await.map_err(|_| WebError::Busy)?;
        Ok(next.run(request).await)
    };
    tokio::time::timeout(REQUEST_TIME_MAX, work).await.unwrap_or(Err(WebError::Busy))
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use super::*;
    use axum::{Router, body::Body, http::StatusCode, middleware, routing::get};
    use tower::ServiceExt as _;

    /// A router with one place, in which `/long` keeps its place for as long as it may.
    fn router() -> Router {
        let long = || async { std::future::pending::<&str>().await };
        Router::new()
            .route("/long", get(long))
            .route("/short", get(|| async { "done" }))
            .layer(middleware::from_fn_with_state(Admission::of(1), admit))
    }

    async fn status(router: Router, path: &str) -> StatusCode {
        router.oneshot(Request::builder().uri(path).body(Body::empty()).unwrap()).await.unwrap().status()
    }

    #[tokio::test(start_paused = true)]
    async fn work_without_end_is_ended_and_gives_its_place_back() {
        let router = router();
        assert_eq!(status(router.clone(), "/long").await, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(status(router, "/short").await, StatusCode::OK);
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_finds_no_place_in_time_is_sent_away() {
        let router = router();
        let long = tokio::spawn(status(router.clone(), "/long"));
        tokio::task::yield_now().await;
        let mut short = pin!(status(router.clone(), "/short"));
        assert!(tokio::time::timeout(REQUEST_TIME_MAX / 2, short.as_mut()).await.is_err());
        assert_eq!(long.await.unwrap(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(short.await, StatusCode::OK);
    }
}
