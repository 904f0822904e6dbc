// SPDX-License-Identifier: Apache-2.0
//! What the program's own log must never hold of those who ask.

use std::{
    io,
    sync::{Arc, Mutex},
};

use tracing_subscriber::fmt::MakeWriter;

use crate::{
    client::{request, send},
    fixture::{Engine, Site},
};

/// The lines that the program has logged.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_names_the_route_and_never_what_was_asked_or_by_whom() {
    let site = Site::ready(Engine::Sqlite).await;
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt().with_writer(lines.clone()).with_ansi(false).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let headers = [
        ("x-forwarded-for", "203.0.113.7"),
        ("user-agent", "Secret/1"),
        ("cookie", "secret"),
        ("x-request-id", "secret"),
    ];
    for (method, path) in
        [("GET", "/?lang=en&name=Secret"), ("GET", "/log/secret?secret"), ("GET", "/nowhere/secret"), ("SECRET", "/")]
    {
        send(&site.router, request(method, path, &headers)).await;
    }
    site.service.db().clone().close().await;
    let failed = send(&site.router, request("GET", "/trust.json?secret", &headers)).await;
    drop(guard);
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    for part in ["http.route=\"/\"", "http.route=\"/log/{*file}\"", "http.route=\"none\"", "ERROR", "duration_ms="] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    let failures = text.lines().filter(|line| line.contains("ERROR")).collect::<Vec<_>>();
    assert!(matches!(failures[..], [line] if line.contains(failed.header("x-request-id"))), "{failures:?}");
    let lower = text.to_lowercase();
    assert!(!lower.contains("secret") && !lower.contains("203.0.113.7"), "{text}");
}
