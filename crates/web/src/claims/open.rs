// SPDX-License-Identifier: Apache-2.0
//! Opening a claim, or a case of any other procedure in which the officer's role may take the first step.

use app::{
    Outcome,
    asylum::OpenClaim,
    procedures::{OpenCase, OrderToLeave},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    number::{CaseNumber, PersonNumber},
    procedure::ProcedureCode,
    refusal::Refusal,
    registry::Confidentiality,
};
use serde::Deserialize;

use crate::{
    WebError,
    form::{Choice, Errors, Field, Form, FormData, refusal_text},
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
    work::{case_path, labels},
};

/// The person for whom it is opened.
#[derive(Deserialize)]
pub(super) struct Whom {
    #[serde(default)]
    person: String,
}

#[derive(Template)]
#[template(path = "claims/open.html")]
struct OpenPage {
    page: Page,
    errors: Errors,
    lead: String,
    action: &'static str,
    fields: Vec<Field>,
    button: String,
}

/// Shows the form of a claim.
pub(super) async fn show_claim(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(whom): Query<Whom>,
) -> Result<Response, WebError> {
    claim_page(&state, &reader, &visit, &whom.person, &FormData::default(), Errors::default())
}

fn person_field(page: &Page, person: &str) -> Field {
    let hint = page.text("claims-open-person-hint");
    Field::latin("person", page.text("claims-open-person")).hint(hint).width("govuk-input--width-10").value(person)
}

fn answer(view: OpenPage) -> Result<Response, WebError> {
    match view.errors.is_empty() {
        true => page::html(view.page.language, &view),
        false => page::html_with_errors(view.page.language, &view),
    }
}

fn claim_page(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    person: &str,
    form: &FormData,
    errors: Errors,
) -> Result<Response, WebError> {
    let page = Page::staff(state, reader, visit, "claims-open-title").keeping_form();
    let today = state.service.now().date_in(state.service.pack().time_zone());
    let languages = labels(state, &page).codes("language", today);
    let languages = languages.into_iter().map(|(code, name)| Choice::new(code, name)).collect();
    let kept = vec![
        Choice::new(Confidentiality::Family.as_str(), page.text("claims-open-family")),
        Choice::new(Confidentiality::Self_.as_str(), page.text("claims-open-self"))
            .hint(page.text("claims-open-self-hint")),
    ];
    let fields = vec![
        person_field(&page, person).typed(form, &errors),
        Field::select("language", page.text("claims-open-language"), languages).typed(form, &errors),
        Field::radios("confidentiality", page.text("claims-open-confidentiality"), kept)
            .value(Confidentiality::Family.as_str())
            .typed(form, &errors),
    ];
    let (lead, button) = (page.text("claims-open-lead"), page.text("claims-open-button"));
    answer(OpenPage { errors, lead, action: "/claims/new", fields, button, page })
}

/// The number that was typed, or what is wrong with it.
fn person(page: &page::Words, form: &FormData, errors: &mut Errors) -> Option<PersonNumber> {
    let person = PersonNumber::parse(form.text("person")).ok();
    if person.is_none() {
        errors.add("person", page.text("claims-open-no-person"));
    }
    person
}

/// What a refusal says at the field of the person.
fn refused(words: &page::Words, refusal: &Refusal, errors: &mut Errors) {
    match refusal {
        Refusal::NotFound(_) => errors.add("person", words.text("claims-open-no-person")),
        Refusal::AlreadyRecorded(_) => errors.add("person", words.text("claims-open-already")),
        other => errors.add("", refusal_text(words, other)),
    }
}

/// Opens a claim.
pub(super) async fn open_claim(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    let words = page::Words::new(&state, reader.language.for_staff());
    let mut errors = Errors::default();
    if form.is_language_switch() {
        return claim_page(&state, &reader, &visit, form.text("person"), &form, errors);
    }
    let confidentiality: Confidentiality = form.text("confidentiality").parse().unwrap_or(Confidentiality::Self_);
    if form.optional("language").is_none() {
        errors.add("language", words.text("refusal-field-missing"));
    }
    if let (Some(person), true) = (person(&words, &form, &mut errors), errors.is_empty()) {
        let open = OpenClaim { person, language: form.text("language").to_owned(), confidentiality };
        match visit.run(&state, open).await? {
            Outcome::Done(number) => return page::see_with(&format!("/claims/{number}"), "claims-open-done"),
            Outcome::Refused(Refusal::Fields(_)) => errors.add("language", words.text("refusal-field-not-in-list")),
            Outcome::Refused(refusal) => refused(&words, &refusal, &mut errors),
        }
    }
    claim_page(&state, &reader, &visit, form.text("person"), &form, errors)
}

/// The procedure that is opened by a use case of its own, which shows nothing of the person.
const LEAVE_ORDER: &str = "leave_order";
/// Procedures whose first steps are taken together by a use case of its own, from the page of the person or the card.
const OPENED_ELSEWHERE: [&str; 2] = ["erasure", "card_revocation"];

/// The procedures that this officer may open here.
fn procedures(state: &AppState, page: &Page, visit: &Visit) -> Vec<Choice> {
    let is_open_to = |procedure: &&domain::procedure::Procedure| {
        !procedure.is_sealed
            && !OPENED_ELSEWHERE.contains(&procedure.code.as_str())
            && procedure.opening().is_some_and(|step| step.roles.contains(&visit.actor.role))
    };
    let names = labels(state, page);
    let found = state.service.pack().procedures().filter(is_open_to);
    found.map(|procedure| Choice::new(procedure.code.as_str(), names.procedure(&procedure.code))).collect()
}

/// Shows the form of any other case.
pub(super) async fn show_case(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(whom): Query<Whom>,
) -> Result<Response, WebError> {
    case_page(&state, &reader, &visit, &whom.person, &FormData::default(), Errors::default())
}

fn case_page(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    person: &str,
    form: &FormData,
    errors: Errors,
) -> Result<Response, WebError> {
    let page = Page::staff(state, reader, visit, "claims-case-open-title").keeping_form();
    let choices = procedures(state, &page, visit);
    let fields = vec![
        person_field(&page, person).typed(form, &errors),
        Field::radios("procedure", page.text("claims-case-procedure"), choices).typed(form, &errors),
    ];
    let (lead, button) = (page.text("claims-case-open-lead"), page.text("claims-case-open-button"));
    answer(OpenPage { errors, lead, action: "/cases/new", fields, button, page })
}

/// Opens a case.
pub(super) async fn open_case(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    let words = page::Words::new(&state, reader.language.for_staff());
    let mut errors = Errors::default();
    if form.is_language_switch() {
        return case_page(&state, &reader, &visit, form.text("person"), &form, errors);
    }
    let procedure = ProcedureCode::parse(form.text("procedure")).ok();
    let procedure = procedure.filter(|code| !OPENED_ELSEWHERE.contains(&code.as_str()));
    if procedure.is_none() {
        errors.add("procedure", words.text("refusal-field-missing"));
    }
    if let (Some(person), Some(procedure)) = (person(&words, &form, &mut errors), procedure) {
        match open(&state, &visit, person, procedure.clone()).await? {
            Outcome::Done(number) => return page::see_with(&case_path(&procedure, &number), "claims-open-done"),
            Outcome::Refused(refusal) => refused(&words, &refusal, &mut errors),
        }
    }
    case_page(&state, &reader, &visit, form.text("person"), &form, errors)
}

async fn open(
    state: &AppState,
    visit: &Visit,
    person: PersonNumber,
    procedure: ProcedureCode,
) -> Result<Outcome<CaseNumber>, WebError> {
    if procedure.as_str() == LEAVE_ORDER {
        return visit.run(state, OrderToLeave { person }).await;
    }
    visit.run(state, OpenCase { procedure, person }).await
}
