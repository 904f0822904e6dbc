// SPDX-License-Identifier: Apache-2.0
//! An old checkpoint, kept by somebody outside, against the log as it stands: a clear yes or no with both roots.

use app::{
    Outcome,
    oversight::{CHECKPOINT_BYTES_MAX, Consistency, ConsistencyAnswer, check_consistency},
};
use askama::Template;
use axum::{extract::State, response::Response};
use domain::audit::hex;

use crate::{
    WebError,
    form::{Errors, Field, Form, FormData},
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
};

/// The answer as shown.
struct Answer {
    is_kept: bool,
    word: String,
    text: String,
    rows: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "oversight/consistency.html")]
struct ConsistencyPage {
    page: Page,
    answer: Option<Answer>,
    fields: Vec<Field>,
}

/// Shows the form.
pub(super) async fn show(State(state): State<AppState>, reader: Reader, visit: Visit) -> Result<Response, WebError> {
    answer(&state, &reader, &visit, &FormData::default(), None)
}

fn answer(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    form: &FormData,
    found: Option<ConsistencyAnswer>,
) -> Result<Response, WebError> {
    let page = Page::staff(state, reader, visit, "oversight-old-title");
    let text = page.text("oversight-search-title");
    let page = page.crumb("/oversight", text);
    let errors = Errors::default();
    let fields = vec![
        Field::file("file", page.text("oversight-old-file")),
        Field::area("note", page.text("oversight-old-note")).in_language("en", "ltr").typed(form, &errors),
    ];
    let shown = ConsistencyPage { answer: found.map(|found| told(&page, &found)), fields, page };
    page::html(shown.page.language, &shown)
}

fn told(page: &Page, found: &ConsistencyAnswer) -> Answer {
    let text = match found.verdict {
        Consistency::Kept => "oversight-old-kept",
        Consistency::Rewritten => "oversight-old-rewritten",
        Consistency::Cut => "oversight-old-cut",
        Consistency::Damaged => "oversight-old-damaged",
        Consistency::NotOurs => "oversight-old-not-ours",
        Consistency::Unreadable => "oversight-old-unreadable",
    };
    let number = |size: u64| page.number(i64::try_from(size).unwrap_or(i64::MAX));
    let mut rows = Vec::new();
    if let Some(old) = &found.old {
        rows.push((page.text("oversight-old-size"), number(old.size)));
        rows.push((page.text("oversight-old-root"), hex(old.root)));
    }
    if let Some(ours) = &found.ours {
        rows.push((page.text("oversight-old-ours"), hex(ours)));
    }
    rows.push((page.text("oversight-old-present-size"), number(found.present.size)));
    rows.push((page.text("oversight-old-present-root"), hex(found.present.root)));
    let is_kept = found.verdict == Consistency::Kept;
    let word = page.text(if is_kept { "oversight-old-yes" } else { "oversight-old-no" });
    Answer { is_kept, word, text: page.text(text), rows }
}

/// Compares what was uploaded or pasted.
pub(super) async fn check(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let note = match form.file("file") {
        Some(upload) if upload.bytes.len() <= CHECKPOINT_BYTES_MAX => {
            String::from_utf8_lossy(&upload.bytes).into_owned()
        }
        Some(_) => String::new(),
        None => form.text("note").to_owned(),
    };
    let context = state.service.context(visit.actor.clone());
    match check_consistency(&state.service, &context, &note).await? {
        Outcome::Done(found) => answer(&state, &reader, &visit, &form, Some(found)),
        Outcome::Refused(refusal) => Err(refusal.into()),
    }
}
