// SPDX-License-Identifier: Apache-2.0
//! How the service is, part by part, in words and colour.

use app::{
    Outcome,
    administration::{Health, health},
    public::LogState,
};
use askama::Template;
use axum::{extract::State, response::Response};
use domain::access::Act;

use crate::{
    WebError,
    desk::words::link,
    page::{self, Link, Page, Reader},
    state::AppState,
    visit::Visit,
};

/// Free bytes below which a warning is given: a week of photos of a busy office.
const DISK_WARN_BYTES: u64 = 5 << 30;
/// Free bytes below which nothing can be relied on.
const DISK_FAIL_BYTES: u64 = 512 << 20;
/// Records that may wait for a position; a running server numbers them within a second.
const WAITING_WARN: i64 = 1_000;
/// Bytes of a megabyte as people say it.
const MEGABYTE: u64 = 1_000_000;

/// A part of the service.
struct Part {
    name: String,
    word: String,
    colour: &'static str,
    detail: String,
}

#[derive(Template)]
#[template(path = "administration/state.html")]
struct StatePage {
    page: Page,
    parts: Vec<Part>,
    links: Vec<Link>,
}

/// Shows it.
pub(super) async fn show(State(state): State<AppState>, reader: Reader, visit: Visit) -> Result<Response, WebError> {
    let context = state.service.context(visit.actor.clone());
    let health = match health(&state.service, &context).await? {
        Outcome::Done(health) => health,
        Outcome::Refused(refusal) => return Err(refusal.into()),
    };
    let page = Page::staff(&state, &reader, &visit, "administration-state-title");
    let mut links = vec![
        link("/administration/accounts", page.text("administration-account-title")),
        link("/administration/roles", page.text("administration-role-title")),
        link("/administration/pack", page.text("administration-pack-title")),
    ];
    if visit.may(Act::KeepSubstitutions) {
        links.push(link("/work/substitutions", page.text("administration-state-substitutions")));
    }
    let shown = StatePage { parts: parts(&state, &page, &health), page, links };
    page::html(shown.page.language, &shown)
}

/// How a part is.
#[derive(Clone, Copy)]
enum Grade {
    Good,
    Watch,
    Bad,
}

fn parts(state: &AppState, page: &Page, health: &Health) -> Vec<Part> {
    let part = |name: &str, grade: Grade, detail: String| {
        let (word, colour) = match grade {
            Grade::Good => ("administration-grade-good", "green"),
            Grade::Watch => ("administration-grade-watch", "yellow"),
            Grade::Bad => ("administration-grade-bad", "red"),
        };
        Part { name: page.text(name), word: page.text(word), colour, detail }
    };
    let log = match &health.public.log {
        LogState::Signed(head) => {
            let size = page.number(i64::try_from(head.size).unwrap_or(i64::MAX));
            part("administration-part-log", Grade::Good, page.with("administration-part-entries", "count", size))
        }
        LogState::Empty => part("administration-part-log", Grade::Good, page.text("administration-part-log-empty")),
        LogState::Damaged => part("administration-part-log", Grade::Bad, page.text("administration-part-log-damaged")),
    };
    let upkeep = if state.upkeep.is_well(state.service.now()) { Grade::Good } else { Grade::Bad };
    let waiting = if health.waiting_records > WAITING_WARN { Grade::Watch } else { Grade::Good };
    let jobs = match (health.failed_jobs, health.waiting_jobs) {
        (0, _) => Grade::Good,
        _ => Grade::Bad,
    };
    let list = match health.public.status_list_signed_at {
        Some(at) => {
            let grade = if health.public.is_status_list_fresh { Grade::Good } else { Grade::Bad };
            part("administration-part-status", grade, page.moment(state, at))
        }
        None => part("administration-part-status", Grade::Watch, page.text("administration-part-never")),
    };
    let disk = match health.free_bytes {
        None => part("administration-part-disk", Grade::Watch, page.text("administration-part-unknown")),
        Some(free) => {
            let grade = match free {
                free if free < DISK_FAIL_BYTES => Grade::Bad,
                free if free < DISK_WARN_BYTES => Grade::Watch,
                _ => Grade::Good,
            };
            let megabytes = page.number(i64::try_from(free / MEGABYTE).unwrap_or(i64::MAX));
            part("administration-part-disk", grade, page.with("administration-part-free", "count", megabytes))
        }
    };
    let signer = |name: &str, has: bool| {
        let (grade, detail) = match has {
            true => (Grade::Good, "administration-part-in-use"),
            false => (Grade::Bad, "administration-part-no-signer"),
        };
        part(name, grade, page.text(detail))
    };
    let schema = page.with("administration-part-schema", "version", page.number(health.schema));
    let last = health.last_record.map(|at| page.moment(state, at)).unwrap_or_default();
    let failed = page.with("administration-part-failed", "count", page.number(health.failed_jobs));
    vec![
        part("administration-part-database", Grade::Good, schema),
        log,
        part("administration-part-upkeep", upkeep, last),
        part("administration-part-waiting", waiting, page.number(health.waiting_records)),
        list,
        disk,
        part("administration-part-jobs", jobs, failed),
        signer("administration-part-card-signer", health.has_card_signer),
        signer("administration-part-status-signer", health.has_status_signer),
    ]
}
