// SPDX-License-Identifier: Apache-2.0
//! Two officers on one case: what the other one saved meanwhile beside what this one typed, so that nothing is lost.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    form::{self, FormKind},
    show::{Identity, TimelineLine, case_page, identity, timeline_line},
    step::At,
};
use crate::{
    WebError,
    form::{Errors, FormData},
    page::{self, Page},
    work::{QueueContext, labels},
};

/// A field that was typed: its name on the page and its value.
struct TypedLine {
    label: String,
    value: String,
}

#[derive(Template)]
#[template(path = "claims/compare.html")]
struct ComparePage {
    page: Page,
    identity: Identity,
    /// What was saved since the form was loaded.
    others: Vec<TimelineLine>,
    typed: Vec<TypedLine>,
    /// Where the step can be taken again with what was typed; absent when it cannot be taken any more.
    action: Option<String>,
    seen: i64,
    context: QueueContext,
    /// What the form sends again.
    kept: Vec<(String, String)>,
    button: String,
    back: String,
}

/// Shows both; the answer is a conflict (RFC 9110, section 15.5.10).
pub(super) fn compare(at: &At<'_>, form: &FormData, seen: i64, context: &QueueContext) -> Result<Response, WebError> {
    let shown = &at.shown;
    let mut page = case_page(at.state, at.reader, at.visit, shown);
    let action_code = at.visit.path.rsplit('/').next().unwrap_or_default().to_owned();
    let step = shown.step(&action_code);
    let today = at.state.service.now().date_in(at.state.service.pack().time_zone());
    let since = usize::try_from(seen).unwrap_or(0);
    let others = shown.timeline.iter().skip(since).map(|entry| timeline_line(at.state, &page, shown, entry)).collect();
    let fields = step.map(|step| form::fields(at.state, &page, shown, step, FormKind::of(at.kind, step), today));
    let fields = form::typed(fields.unwrap_or_default(), form, &Errors::default());
    let is_own = |name: &str| !name.starts_with('_') && !["seen", "queue", "at"].contains(&name);
    let label = |name: &str| {
        let field = fields.iter().find(|field| field.name == name);
        field.map_or_else(|| page.text("claims-compare-typed"), |field| field.label.clone())
    };
    let shown_value = |name: &str, value: &str| {
        let choices = fields.iter().filter(|field| field.name == name).flat_map(|field| &field.choices);
        choices
            .into_iter()
            .find(|choice| choice.value == value)
            .map_or_else(|| value.to_owned(), |choice| choice.text.clone())
    };
    let given = || form.fields().filter(|(name, value)| is_own(name) && !value.trim().is_empty());
    let typed =
        given().map(|(name, value)| TypedLine { label: label(name), value: shown_value(name, value) }).collect();
    let button = match domain::procedure::ActionCode::parse(&action_code) {
        Ok(code) => labels(at.state, &page).action(&shown.case.procedure, &code),
        Err(_) => page.text("form-button-save"),
    };
    page.title = page.text("claims-compare-title");
    let view = ComparePage {
        identity: identity(&page, shown),
        others,
        typed,
        action: step.map(|step| shown.step_path(&step.action)),
        seen: shown.case.row_version,
        kept: given().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        button,
        back: shown.path() + &context.suffix(),
        context: context.clone(),
        page,
    };
    let mut response = page::html_with_errors(view.page.language, &view)?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}
