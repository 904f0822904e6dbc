// SPDX-License-Identifier: Apache-2.0
//! What a person's card will say, before it is prepared.

use app::{
    Outcome,
    cards::{CardPreview, PrepareCard, PreviewCard},
    port::CardFace,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    card::CardState,
    number::{CardNumber, PersonNumber},
};
use serde::Deserialize;

use super::words::{birth, card_state, choices, name, office_name, sex};
use crate::{
    WebError,
    form::{Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// For whom the address asks.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    person: String,
}

/// A line of what a card says; the second value stands beside it where the two are compared.
pub(super) struct FaceLine {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) other: String,
    pub(super) differs: bool,
}

/// What a card says, line by line.
pub(super) fn face_lines(state: &AppState, words: &Words, face: &CardFace, other: Option<&CardFace>) -> Vec<FaceLine> {
    let values = |face: &CardFace| {
        [
            ("card-face-surname", face.surname.clone()),
            ("card-face-given-names", face.given.clone()),
            ("card-face-original-name", face.original_name.as_ref().map(|(name, _)| name.clone()).unwrap_or_default()),
            ("card-face-birth-date", birth(words, face.birth)),
            ("card-face-sex", sex(state, words, face.sex)),
            ("card-face-nationality", face.nationality.clone()),
            ("card-face-person-number", face.person_number.clone()),
            ("card-face-issued", words.date(face.issued_on)),
            ("card-face-valid-until", words.date(face.expires_on)),
            ("card-face-authority", office_name(state, words, &face.office)),
            ("desk-card-mrz", face.mrz.join("\n")),
        ]
    };
    let others = other.map(values);
    let line = |(position, (key, value)): (usize, (&str, String))| {
        let other = others.as_ref().map(|others| others[position].1.clone()).unwrap_or_default();
        let differs = others.is_some() && other != value;
        FaceLine { name: words.text(key), value, other, differs }
    };
    values(face).into_iter().enumerate().map(line).collect()
}

#[derive(Template)]
#[template(path = "desk/prepare.html")]
struct PreparePage {
    page: Page,
    errors: Errors,
    person: Field,
    /// The person whose card is shown, if one was found.
    holder: Option<String>,
    number: String,
    case: String,
    lines: Vec<FaceLine>,
    has_photo: bool,
    /// The card that she has: number and state.
    live: Option<(String, String)>,
    can_prepare: bool,
    /// Why the card that she has is replaced.
    reason: Option<Field>,
}

impl PreparePage {
    fn new(state: &AppState, reader: &Reader, visit: &Visit, form: &FormData, errors: Errors) -> Self {
        let page = Page::staff(state, reader, visit, "desk-prepare-title");
        let text = page.text("desk-list-title");
        let page = page.crumb("/cards", text);
        let person = Field::latin("person", page.text("desk-prepare-person")).width("govuk-input--width-10");
        Self {
            person: person.typed(form, &errors),
            holder: None,
            number: String::new(),
            case: String::new(),
            lines: Vec::new(),
            has_photo: false,
            live: None,
            can_prepare: false,
            reason: None,
            page,
            errors,
        }
    }

    fn fill(&mut self, state: &AppState, form: &FormData, preview: CardPreview) {
        let mut face = preview.face;
        // The first line holds the number, which is drawn when the card is prepared.
        face.mrz[0].clear();
        self.lines = face_lines(state, &self.page, &face, None);
        self.has_photo = face.photo.is_some();
        self.holder = Some(name(&preview.holder));
        self.number = preview.holder.number.to_string();
        self.case = preview.case.to_string();
        let replaceable = |state: CardState| matches!(state, CardState::Active | CardState::Suspended);
        if preview.live.as_ref().is_some_and(|(_, state)| replaceable(*state)) {
            let reasons = choices(state, &self.page, "card_replace_reason");
            let field = Field::select("reason", self.page.text("desk-prepare-reason"), reasons);
            self.reason = Some(field.typed(form, &self.errors));
        }
        self.can_prepare = preview.live.as_ref().is_none_or(|(_, state)| replaceable(*state));
        self.live = preview.live.map(|(number, state)| (number.to_string(), card_state(&self.page, state)));
    }

    fn answer(self) -> Result<Response, WebError> {
        if self.errors.is_empty() {
            page::html(self.page.language, &self)
        } else {
            page::html_with_errors(self.page.language, &self)
        }
    }
}

/// Shows what the card of a person will say.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    preview(&state, &reader, &visit, &asked.person, &FormData::default(), Errors::default()).await
}

async fn preview(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    asked: &str,
    form: &FormData,
    mut errors: Errors,
) -> Result<Response, WebError> {
    if asked.is_empty() {
        return PreparePage::new(state, reader, visit, form, errors).answer();
    }
    let words = Words::new(state, reader.language.for_staff());
    let outcome = match PersonNumber::parse(asked) {
        Ok(person) => visit.run(state, PreviewCard { person }).await?,
        Err(_) => {
            errors.add("person", words.text("desk-prepare-no-number"));
            let mut page = PreparePage::new(state, reader, visit, form, errors);
            page.person = page.person.clone().value(asked);
            return page.answer();
        }
    };
    match outcome {
        Outcome::Done(found) => {
            let mut page = PreparePage::new(state, reader, visit, form, errors);
            page.person = page.person.clone().value(asked);
            page.fill(state, form, found);
            page.answer()
        }
        Outcome::Refused(refusal) => {
            errors.add("person", crate::form::refusal_text(&words, &refusal));
            let mut page = PreparePage::new(state, reader, visit, form, errors);
            page.person = page.person.clone().value(asked);
            page.person.error = page.errors.of_field("person");
            page.answer()
        }
    }
}

/// Prepares the card, in place of the one that the person has if there is one.
pub(super) async fn prepare(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let person = PersonNumber::parse(form.text("person")).map_err(|_| WebError::NotFound)?;
    let replaces = match form.optional("replaces") {
        Some(number) => {
            let number = CardNumber::parse(number).map_err(|_| WebError::NotFound)?;
            Some((number, form.text("reason").to_owned()))
        }
        None => None,
    };
    match visit.run(&state, PrepareCard { person: person.clone(), replaces }).await? {
        Outcome::Done(number) => page::see_with(&format!("/cards/{number}"), "desk-prepare-done"),
        Outcome::Refused(refusal) => {
            let words = Words::new(&state, reader.language.for_staff());
            let errors = Errors::of(&words, &refusal, |_| None);
            preview(&state, &reader, &visit, person.as_str(), &form, errors).await
        }
    }
}
