// SPDX-License-Identifier: Apache-2.0
//! Where a registration begins, and the officer's unfinished ones.

use app::{
    Outcome,
    draft::{DiscardDraft, list_drafts},
    registry::FamilyDraft,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::access::CollectedFor;

use super::{
    codes,
    draft::{self, latin},
};
use crate::{
    WebError, asset,
    form::{Choice, Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// An unfinished registration.
struct Unfinished {
    path: String,
    discard: String,
    name: String,
    members: String,
    saved: String,
    expires: String,
}

#[derive(Template)]
#[template(path = "registry/start.html")]
struct StartPage {
    page: Page,
    errors: Errors,
    fields: Vec<Field>,
    drafts: Vec<Unfinished>,
    script_path: &'static str,
}

/// For what a family's data are given at a counter.
const GIVEN_FOR: [(CollectedFor, &str); 3] = [
    (CollectedFor::Asylum, "registry-start-asylum"),
    (CollectedFor::Displacement, "registry-start-displacement"),
    (CollectedFor::Residence, "registry-start-residence"),
];

/// The name of what data are given for.
pub(super) fn given_for(words: &Words, given: CollectedFor) -> String {
    let known = GIVEN_FOR.iter().find(|(each, _)| *each == given);
    words.text(known.map_or("registry-start-enforcement", |(_, key)| key))
}

/// The unfinished registrations and the beginning of a new one.
pub(super) async fn get(State(state): State<AppState>, reader: Reader, visit: Visit) -> Result<Response, WebError> {
    show(&state, &reader, &visit, &FormData::default(), Errors::default()).await
}

async fn show(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    form: &FormData,
    errors: Errors,
) -> Result<Response, WebError> {
    let page = Page::staff(state, reader, visit, "registry-start-title").keeping_form();
    let mut drafts = Vec::new();
    if let Outcome::Done(found) = list_drafts(&state.service, &visit.actor).await? {
        for found in found {
            let Some(content) = &found.content else { continue };
            let family = FamilyDraft::read(content)?;
            let name = family.members.first().map(latin).filter(|name| !name.is_empty());
            drafts.push(Unfinished {
                path: match family.members.is_empty() {
                    true => format!("/register/{}/0/name", found.id),
                    false => format!("/register/{}/check", found.id),
                },
                discard: format!("/register/{}/discard", found.id),
                name: name.unwrap_or_else(|| page.text("registry-start-nameless")),
                members: page.count("registry-start-members", "count", family.members.len()),
                saved: page.moment(state, found.saved_at),
                expires: page.moment(state, found.expires_at),
            });
        }
    }
    let choices = GIVEN_FOR.iter().map(|(given, key)| Choice::new(given.as_str(), page.text(key))).collect();
    let fields = vec![
        Field::radios("collected_for", page.text("registry-start-given-for"), choices).typed(form, &errors),
        Field::latin("event_date", page.text("registry-start-event-date"))
            .hint(page.text("registry-start-event-date-hint"))
            .width("govuk-input--width-10")
            .typed(form, &errors),
    ];
    let script_path = asset::path("script.js");
    let has_errors = !errors.is_empty();
    let view = StartPage { errors, fields, drafts, script_path, page };
    let language = view.page.language;
    if has_errors { page::html_with_errors(language, &view) } else { page::html(language, &view) }
}

/// Begins a registration.
pub(super) async fn post(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    if form.is_language_switch() {
        return show(&state, &reader, &visit, &form, Errors::default()).await;
    }
    let words = Words::new(&state, reader.language.for_staff());
    let mut errors = Errors::default();
    let given = form.text("collected_for").parse::<CollectedFor>().ok();
    let given = given.filter(|given| GIVEN_FOR.iter().any(|(each, _)| each == given));
    if given.is_none() {
        errors.add("collected_for", words.text("registry-start-choose"));
    }
    let event_date = form.optional("event_date").map(codes::day);
    match event_date {
        Some(None) => errors.add("event_date", words.text("refusal-field-no-such-day")),
        Some(Some(day)) if day > codes::today(&state) => {
            errors.add("event_date", words.text("refusal-field-in-future"));
        }
        _ => {}
    }
    if !errors.is_empty() {
        return show(&state, &reader, &visit, &form, errors).await;
    }
    let family = FamilyDraft { collected_for: given, event_date: event_date.flatten(), ..FamilyDraft::default() };
    let id = draft::save(&state, &visit, None, &family).await?;
    page::see(&format!("/register/{id}/0/name"))
}

/// Discards an unfinished registration for good.
pub(super) async fn discard(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let draft = id.parse().map_err(|_| WebError::NotFound)?;
    visit.done(&state, DiscardDraft { draft }).await?;
    page::see_with("/register", "registry-notice-discarded")
}
