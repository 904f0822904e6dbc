// SPDX-License-Identifier: Apache-2.0
//! Records drawn by lot from the hash of the checkpoint: the agency cannot choose what is looked at.

use app::{
    Outcome,
    oversight::{ListedRecord, OpenedRecord, SAMPLE_MAX, sample_audit},
};
use askama::Template;
use axum::{extract::State, response::Response};
use domain::{
    id::AccountId,
    refusal::{Problem, Refusal},
};

use super::search::{RecordLine, line};
use crate::{
    WebError,
    form::{Errors, Field, Form, FormData, western_digits},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// Records that are drawn unless another number is asked for.
const USUAL_COUNT: usize = 25;
/// The most records that a page draws; the command line draws more and writes files.
const PAGE_COUNT_MAX: usize = 200;
const _: () = assert!(PAGE_COUNT_MAX <= SAMPLE_MAX);

#[derive(Template)]
#[template(path = "oversight/sample.html")]
struct SamplePage {
    page: Page,
    errors: Errors,
    count: Field,
    /// Whether a lot was drawn.
    is_drawn: bool,
    lines: Vec<RecordLine>,
}

/// Shows the form.
pub(super) async fn show(State(state): State<AppState>, reader: Reader, visit: Visit) -> Result<Response, WebError> {
    answer(&state, &reader, &visit, &FormData::default(), Errors::default(), None)
}

fn answer(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    form: &FormData,
    errors: Errors,
    drawn: Option<Vec<OpenedRecord>>,
) -> Result<Response, WebError> {
    let page = Page::staff(state, reader, visit, "oversight-sample-title");
    let text = page.text("oversight-search-title");
    let page = page.crumb("/oversight", text);
    let count = Field::digits("count", page.text("oversight-sample-count")).value(USUAL_COUNT.to_string());
    let is_drawn = drawn.is_some();
    let listed = |opened: OpenedRecord| ListedRecord {
        id: opened.record.id,
        at: opened.record.at,
        action: opened.record.action,
        result: opened.record.result,
        visibility: opened.record.visibility,
        office: opened.record.office,
        account: opened.record.account.map(AccountId::from),
        officer: opened.record.account.map(|account| account.to_string()),
        position: Some(opened.position),
    };
    let records = drawn.unwrap_or_default().into_iter().map(listed);
    let shown = SamplePage {
        count: count.width("govuk-input--width-5").typed(form, &errors),
        is_drawn,
        lines: records.map(|record| line(state, &page, record)).collect(),
        page,
        errors,
    };
    if shown.errors.is_empty() {
        page::html(shown.page.language, &shown)
    } else {
        page::html_with_errors(shown.page.language, &shown)
    }
}

/// Draws a lot.
pub(super) async fn draw(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let count = western_digits(form.text("count")).parse().ok().filter(|count| (1..=PAGE_COUNT_MAX).contains(count));
    let Some(count) = count else {
        let words = Words::new(&state, reader.language.for_staff());
        let refusal = Refusal::field("count", Problem::UpTo(PAGE_COUNT_MAX));
        let errors = Errors::of(&words, &refusal, |_| None);
        return answer(&state, &reader, &visit, &form, errors, None);
    };
    let context = state.service.context(visit.actor.clone());
    match sample_audit(&state.service, &context, count).await? {
        Outcome::Done(drawn) => answer(&state, &reader, &visit, &form, Errors::default(), Some(drawn)),
        Outcome::Refused(refusal) => Err(refusal.into()),
    }
}
