// SPDX-License-Identifier: Apache-2.0
//! The country pack: every entry with its source and how sure it is. What is unconfirmed must be seen.

use app::administration::{PackEntry, PackEntryKind, pack_entries};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::procedure::Confidence;
use serde::Deserialize;

use crate::{
    WebError,
    page::{self, Link, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// The marks, the least sure first.
const MARKS: [(Confidence, &str, &str, &str); 3] = [
    (Confidence::Unconfirmed, "unconfirmed", "administration-mark-unconfirmed", "red"),
    (Confidence::Secondary, "secondary", "administration-mark-secondary", "yellow"),
    (Confidence::Verified, "verified", "administration-mark-verified", "green"),
];

/// Which entries the address asks for.
#[derive(Deserialize)]
pub(super) struct Asked {
    confidence: Option<String>,
}

/// An entry as shown.
struct Line {
    kind: String,
    entry: PackEntry,
    mark: String,
    colour: &'static str,
}

#[derive(Template)]
#[template(path = "administration/pack.html")]
struct PackPage {
    page: Page,
    about: String,
    digest: String,
    tabs: Vec<(Link, String)>,
    lines: Vec<Line>,
}

/// What an entry is, in words.
fn kind(words: &Words, kind: PackEntryKind) -> String {
    words.text(match kind {
        PackEntryKind::Instrument => "administration-kind-instrument",
        PackEntryKind::Provision => "administration-kind-provision",
        PackEntryKind::Figure => "administration-kind-figure",
        PackEntryKind::CodeList => "administration-kind-list",
        PackEntryKind::Clock => "administration-kind-clock",
        PackEntryKind::Phones => "administration-kind-phones",
    })
}

/// Shows it.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let page = Page::staff(&state, &reader, &visit, "administration-pack-title");
    let text = page.text("administration-state-title");
    let page = page.crumb("/administration", text);
    let pack = state.service.pack();
    let all = pack_entries(pack, page.language.code());
    let wanted = MARKS.iter().find(|(_, word, ..)| asked.confidence.as_deref() == Some(word));
    let count = |confidence| all.iter().filter(|entry| entry.confidence == confidence).count();
    let tab = |path: String, text: String, is_current, count: usize| {
        (Link { path, text, is_current }, page.number(i64::try_from(count).unwrap_or(i64::MAX)))
    };
    let every = page.text("administration-pack-all");
    let mut tabs = vec![tab("/administration/pack".into(), every, wanted.is_none(), all.len())];
    for (confidence, word, key, _) in MARKS {
        let path = format!("/administration/pack?confidence={word}");
        tabs.push(tab(path, page.text(key), wanted.is_some_and(|(each, ..)| *each == confidence), count(confidence)));
    }
    let is_wanted = |entry: &PackEntry| wanted.is_none_or(|(confidence, ..)| entry.confidence == *confidence);
    let line = |entry: PackEntry| {
        let mark = MARKS.iter().find(|(confidence, ..)| *confidence == entry.confidence);
        let (key, colour) = mark.map_or(("", "grey"), |(_, _, key, colour)| (*key, *colour));
        Line { kind: kind(&page, entry.kind), entry, mark: page.text(key), colour }
    };
    let lines = all.into_iter().filter(is_wanted).map(line).collect();
    let about = format!("{}, {}", pack.name().in_language(page.language.code()), pack.version());
    let shown = PackPage { about, digest: pack.digest().to_owned(), tabs, lines, page };
    page::html(shown.page.language, &shown)
}
