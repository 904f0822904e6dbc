// SPDX-License-Identifier: Apache-2.0
//! What needs care: the person's own token, shown once, and her erasure by two officers.

use app::{
    Outcome,
    oversight::give_access_token,
    registry::{ErasePerson, ProposeErasure, ShowPerson, latin_name},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{number::CaseNumber, refusal::Refusal};

use super::{
    form_page::{Button, FormPage, Item},
    person,
    receipt::language_of,
};
use crate::{
    WebError,
    form::{Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    site,
    state::AppState,
    visit::Visit,
};

/// The token and its PIN, to be printed and handed over.
#[derive(Template)]
#[template(path = "registry/token.html")]
struct TokenPage {
    page: Page,
    /// The words of the paper, in the language that she speaks best.
    words: Words,
    name: String,
    token: String,
    pin: String,
    /// Where her file opens.
    address: String,
    phone: String,
    path: String,
}

/// Asks whether a token is to be given.
pub(super) async fn token(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, WebError> {
    ask_token(&state, &reader, &visit, &number, Errors::default()).await
}

async fn ask_token(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    number: &str,
    errors: Errors,
) -> Result<Response, WebError> {
    let view = visit.done(state, ShowPerson { number: person::number(number)? }).await?;
    let words = Words::new(state, reader.language.for_staff());
    let name = latin_name(&view.person.names).into_inner();
    let page = Page::staff(state, reader, visit, "registry-token-title").crumb(format!("/persons/{number}"), name);
    let mut shown = FormPage::new(page, format!("/persons/{number}/token"));
    shown.items =
        vec![Item::Text(words.text("registry-token-explain")), Item::Warning(words.text("registry-token-once"))];
    shown.buttons = vec![Button { value: "", text: words.text("registry-token-button") }];
    shown.cancel = Some(format!("/persons/{number}"));
    shown.errors = errors;
    shown.answer()
}

/// Gives a token and shows it, this once.
pub(super) async fn post_token(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    if form.is_language_switch() {
        return ask_token(&state, &reader, &visit, &number, Errors::default()).await;
    }
    let parsed = person::number(&number)?;
    let context = state.service.context(visit.actor.clone());
    let given = match give_access_token(&state.service, &context, &parsed).await? {
        Outcome::Done(given) => given,
        Outcome::Refused(refusal @ (Refusal::NotFound(_) | Refusal::NotPermitted)) => return Err(refusal.into()),
        Outcome::Refused(_) => {
            let words = Words::new(&state, reader.language.for_staff());
            let mut errors = Errors::default();
            errors.add("", words.text("registry-token-child"));
            return ask_token(&state, &reader, &visit, &number, errors).await;
        }
    };
    let view = visit.done(&state, ShowPerson { number: parsed }).await?;
    let page = Page::staff(&state, &reader, &visit, "registry-token-given-title");
    let words = Words::new(&state, language_of(&view.person.languages));
    let shown = TokenPage {
        page,
        words,
        address: format!("{}/file", state.service.settings().public_url),
        phone: site::phone(&state),
        name: latin_name(&view.person.names).into_inner(),
        token: given.token.expose().clone(),
        pin: given.pin.expose().clone(),
        path: format!("/persons/{number}"),
    };
    page::html(shown.page.language, &shown)
}

/// Shows the form of a proposal of erasure.
pub(super) async fn erasure(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, WebError> {
    ask_erasure(&state, &reader, &visit, &number, None, Errors::default()).await
}

async fn ask_erasure(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    number: &str,
    form: Option<&FormData>,
    errors: Errors,
) -> Result<Response, WebError> {
    let view = visit.done(state, ShowPerson { number: person::number(number)? }).await?;
    let words = Words::new(state, reader.language.for_staff());
    let name = latin_name(&view.person.names).into_inner();
    let page = Page::staff(state, reader, visit, "registry-erasure-title").crumb(format!("/persons/{number}"), name);
    let mut shown = FormPage::new(page, format!("/persons/{number}/erasure"));
    let reason = Field::area("reason", words.text("registry-erasure-reason"));
    let reason = reason.again(form, &errors);
    shown.items = vec![Item::Warning(words.text("registry-erasure-explain")), Item::Field(reason)];
    shown.buttons = vec![Button { value: "", text: words.text("registry-erasure-propose") }];
    shown.cancel = Some(format!("/persons/{number}"));
    shown.errors = errors;
    shown.answer()
}

/// Proposes an erasure.
pub(super) async fn post_erasure(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    if form.is_language_switch() {
        return ask_erasure(&state, &reader, &visit, &number, Some(&form), Errors::default()).await;
    }
    let propose = ProposeErasure { number: person::number(&number)?, reason: form.text("reason").to_owned() };
    match visit.tried(&state, propose).await? {
        Ok(case) => ask_decision(&state, &reader, &visit, Proposed::Now(&case), None, Errors::default()),
        Err(refusal) => {
            let words = Words::new(&state, reader.language.for_staff());
            let mut errors = Errors::default();
            errors.add("reason", crate::form::refusal_text(&words, &refusal));
            ask_erasure(&state, &reader, &visit, &number, Some(&form), errors).await
        }
    }
}

/// Whether the page follows a proposal.
enum Proposed<'a> {
    /// It was made now; the second officer needs its number.
    Now(&'a CaseNumber),
    /// It was made before.
    Before,
}

/// Shows the form of the second officer.
pub(super) async fn decision(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
) -> Result<Response, WebError> {
    ask_decision(&state, &reader, &visit, Proposed::Before, None, Errors::default())
}

fn ask_decision(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    proposed: Proposed<'_>,
    form: Option<&FormData>,
    errors: Errors,
) -> Result<Response, WebError> {
    let words = Words::new(state, reader.language.for_staff());
    let page = Page::staff(state, reader, visit, "registry-erasure-decide-title");
    let mut shown = FormPage::new(page, "/erasures");
    if let Proposed::Now(case) = proposed {
        shown.items = vec![Item::Text(words.with("registry-erasure-proposed", "case", case.as_str()))];
        shown.page.keeps_form = false;
        return shown.answer();
    }
    let typed = |field: Field| Item::Field(field.again(form, &errors));
    shown.items = vec![
        Item::Warning(words.text("registry-erasure-explain")),
        typed(Field::latin("case", words.text("registry-erasure-case")).width("govuk-input--width-20")),
        typed(Field::area("reason", words.text("registry-erasure-own-reason"))),
    ];
    shown.buttons = vec![Button { value: "", text: words.text("registry-erasure-decide") }];
    shown.errors = errors;
    shown.answer()
}

/// Decides an erasure as the second officer; it is carried out at once.
pub(super) async fn post_decision(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    let again = |errors| ask_decision(&state, &reader, &visit, Proposed::Before, Some(&form), errors);
    if form.is_language_switch() {
        return again(Errors::default());
    }
    let words = Words::new(&state, reader.language.for_staff());
    let mut errors = Errors::default();
    let Ok(case) = CaseNumber::parse(form.text("case")) else {
        errors.add("case", words.text("registry-erasure-case-wrong"));
        return again(errors);
    };
    match visit.run(&state, ErasePerson { case, reason: form.text("reason").to_owned() }).await? {
        Outcome::Done(()) => page::see_with("/erasures", "registry-notice-erased"),
        Outcome::Refused(Refusal::NotFound(_)) => {
            errors.add("case", words.text("registry-erasure-case-wrong"));
            again(errors)
        }
        Outcome::Refused(refusal) => {
            errors.add("reason", crate::form::refusal_text(&words, &refusal));
            again(errors)
        }
    }
}
