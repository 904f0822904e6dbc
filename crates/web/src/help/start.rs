// SPDX-License-Identifier: Apache-2.0
//! The distributions, and opening one.

use app::{
    Outcome,
    assistance::{ListDistributions, OpenDistribution},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    id::EventId,
    refusal::{Problem, Refusal},
};
use serde::Deserialize;

use crate::{
    WebError,
    desk::words::office_name,
    form::{DateField, Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// Where the address begins.
#[derive(Deserialize)]
pub(super) struct Asked {
    before: Option<String>,
}

/// A distribution in the list.
struct Line {
    path: String,
    name: String,
    on: String,
    office: String,
}

#[derive(Template)]
#[template(path = "help/start.html")]
struct StartPage {
    page: Page,
    errors: Errors,
    lines: Vec<Line>,
    next: Option<String>,
    code: Field,
    name: Field,
    on: DateField,
}

/// Lists the distributions.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let before: Option<EventId> = asked.before.and_then(|id| id.parse().ok());
    answer(&state, &reader, &visit, before, &FormData::default(), Errors::default()).await
}

async fn answer(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    before: Option<EventId>,
    form: &FormData,
    errors: Errors,
) -> Result<Response, WebError> {
    let found = visit.done(state, ListDistributions { before }).await?;
    let page = Page::staff(state, reader, visit, "help-start-title");
    let line = |each: app::assistance::Distribution| Line {
        path: format!("/help/{}", each.code),
        name: each.name,
        on: page.date(each.on),
        office: office_name(state, &page, &each.office),
    };
    let code = Field::latin("code", page.text("help-start-code")).hint(page.text("help-start-code-hint"));
    let shown = StartPage {
        lines: found.distributions.into_iter().map(line).collect(),
        next: found.next.map(|before| format!("/help?before={before}")),
        code: code.width("govuk-input--width-20").typed(form, &errors),
        name: Field::line("name", page.text("help-start-name")).typed(form, &errors),
        on: DateField::new("on", page.text("help-start-day")).typed(form, &errors),
        page,
        errors,
    };
    if shown.errors.is_empty() {
        page::html(shown.page.language, &shown)
    } else {
        page::html_with_errors(shown.page.language, &shown)
    }
}

/// Opens a distribution.
pub(super) async fn open(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let code = form.text("code").to_owned();
    let outcome = match DateField::date(&form, "on") {
        Some(on) => {
            let open = OpenDistribution { code: code.clone(), name: form.text("name").to_owned(), on };
            visit.run(&state, open).await?
        }
        None => Outcome::Refused(Refusal::field("on", Problem::NoSuchDay)),
    };
    match outcome {
        Outcome::Done(_) => page::see_with(&format!("/help/{code}"), "help-start-done"),
        Outcome::Refused(refusal) => {
            let words = Words::new(&state, reader.language.for_staff());
            let errors = Errors::of(&words, &refusal, |_| None);
            answer(&state, &reader, &visit, None, &form, errors).await
        }
    }
}
