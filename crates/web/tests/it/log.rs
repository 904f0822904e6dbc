// SPDX-License-Identifier: Apache-2.0
//! The public log as the outside reads it.

use axum::{Router, http::StatusCode};
use tokio::runtime::Handle;
use transparency::{LogFiles, SourceError, VerifierKey, verify_log};

use crate::{
    client::get,
    fixture::{Engine, Site},
};

/// Reads the files of the log through the router, as `audit verify --url` reads them through the network.
struct RouterLog {
    router: Router,
    runtime: Handle,
}

impl LogFiles for RouterLog {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let answer = self.runtime.block_on(get(&self.router, &format!("/log/{path}")));
        match answer.status {
            StatusCode::OK => Ok(Some(answer.body)),
            StatusCode::NOT_FOUND => Ok(None),
            other => Err(SourceError::new(format!("status {other}"))),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_served_log_verifies_from_end_to_end() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        site.grow_log_to(50).await;
        let old = get(&site.router, "/log/checkpoint").await.text().to_owned();
        site.grow_log_to(303).await;
        let key = get(&site.router, "/log/verifier.key").await;
        let key: VerifierKey = key.text().trim_end().parse().unwrap();
        let log = RouterLog { router: site.router.clone(), runtime: Handle::current() };
        let swept = tokio::task::spawn_blocking(move || verify_log(&log, &key, Some(&old)).unwrap());
        let report = swept.await.unwrap();
        assert_eq!((report.entries, report.since), (303, Some(50)), "{engine:?}");
    }
}

#[tokio::test]
async fn each_kind_of_file_has_its_type_and_its_time() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        site.grow_log_to(300).await;
        let immutable = "public, max-age=31536000, immutable";
        let partial = "public, max-age=60";
        let octets = "application/octet-stream";
        let text = "text/plain; charset=utf-8";
        for (path, media_type, cache, bytes) in [
            ("checkpoint", text, "no-cache", None),
            ("verifier.key", text, "public, max-age=3600", None),
            ("tile/0/000", octets, immutable, Some(256 * 32)),
            ("tile/0/001.p/44", octets, partial, Some(44 * 32)),
            ("tile/0/001.p/7", octets, partial, Some(7 * 32)),
            ("tile/1/000.p/1", octets, partial, Some(32)),
            ("tile/entries/000", octets, immutable, Some(256 * 34)),
            ("tile/entries/001.p/44", octets, partial, Some(44 * 34)),
        ] {
            let answer = get(&site.router, &format!("/log/{path}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{engine:?} {path}");
            assert_eq!(answer.header("content-type"), media_type, "{path}");
            assert_eq!(answer.header("cache-control"), cache, "{path}");
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
            assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin", "{path}");
            assert!(bytes.is_none_or(|bytes: usize| bytes == answer.body.len()), "{path}");
        }
    }
}

#[tokio::test]
async fn what_is_no_file_of_the_log_is_not_found_and_not_kept() {
    let site = Site::ready(Engine::Sqlite).await;
    site.grow_log_to(300).await;
    for path in [
        "",
        "checkpoint/",
        "Checkpoint",
        "checkpoint%20",
        "%63heckpoint",
        "tile",
        "tile/0/0",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/00/000",
        "tile/0/001",
        "tile/0/001.p/45",
        "tile/0/x000/000",
        "tile/entries/001",
        "tile/entries/../entries/000",
        "tile/63/000",
        "tile/0/x999/x999/x999/x999/x999/999",
        "../health",
        "verifier.key/",
        "%ff",
    ] {
        let answer = get(&site.router, &format!("/log/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_log_without_a_checkpoint_is_not_found() {
    let site = Site::empty().await;
    assert_eq!(get(&site.router, "/log/checkpoint").await.status, StatusCode::NOT_FOUND);
}
