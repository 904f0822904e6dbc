// SPDX-License-Identifier: Apache-2.0
//! The family of a draft as a whole: who is taken out of it, and its displacement.

use app::registry::{FamilyDraft, JoinDraft};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    number::PersonNumber,
    registry::{Displacement, FAMILY_MEMBERS_MAX, HEAD},
};

use super::{
    check, codes,
    draft::{self, Opened},
    form_page::{Button, FormPage, Item},
    join,
};
use crate::{
    WebError,
    form::{Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// The most characters of a place's name; the registry refuses longer ones too.
const LINE_CHARACTERS_MAX: usize = 200;

/// Takes a member out; who answered for others answers no more.
pub(super) fn take_out(family: &mut FamilyDraft, position: usize) {
    if position == 0 || position >= family.members.len() {
        return;
    }
    family.members.remove(position);
    for member in &mut family.members {
        member.guardian = match member.guardian {
            Some(guardian) if guardian == position => None,
            Some(guardian) if guardian > position => Some(guardian - 1),
            other => other,
        };
    }
}

/// Takes a member out of the draft.
pub(super) async fn remove(
    State(state): State<AppState>,
    visit: Visit,
    Path((id, position)): Path<(String, usize)>,
) -> Result<Response, WebError> {
    let mut opened = draft::open(&state, &visit, &id).await?;
    let member = opened.member(position)?;
    if let Some(photo) = member.photo.clone().filter(|_| position > 0) {
        photo.forget(&state.service).await?;
    }
    take_out(&mut opened.family, position);
    opened.save(&state, &visit).await?;
    page::see_with(&opened.path("check"), "registry-notice-removed")
}

/// Names a registered person who is a member too.
pub(super) async fn add_registered(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(id): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let mut opened = draft::open(&state, &visit, &id).await?;
    let reader = reader.switched(&form);
    let (words, mut errors) = (Words::new(&state, reader.language.for_staff()), Errors::default());
    let number = PersonNumber::parse(form.text("person")).ok();
    let found = match &number {
        Some(number) => join::find(&state, &visit, number).await?,
        None => None,
    };
    if found.is_none() {
        errors.add("person", words.text("registry-join-nobody"));
    }
    let relation = form.text("relation").to_owned();
    if !codes::choices(&state, &words, "relationship").iter().any(|choice| choice.value == relation) {
        errors.add("relation", words.text("refusal-field-not-in-list"));
    } else if relation == HEAD {
        errors.add("relation", words.text("registry-join-head"));
    }
    let family = &mut opened.family;
    if number.as_ref().is_some_and(|number| family.joins.iter().any(|joins| joins.number == *number)) {
        errors.add("person", words.text("registry-join-member"));
    }
    if family.members.len() + family.joins.len() >= FAMILY_MEMBERS_MAX {
        errors.add("person", words.text("registry-join-full"));
    }
    let Some(number) = number.filter(|_| errors.is_empty() && !form.is_language_switch()) else {
        let errors = if form.is_language_switch() { Errors::default() } else { errors };
        return check::show(&state, &reader, &visit, &opened, (&form, errors)).await;
    };
    family.joins.push(JoinDraft { number, relation });
    opened.save(&state, &visit).await?;
    page::see(&opened.path("check"))
}

/// Takes a registered person out of the draft; her record stays as it is.
pub(super) async fn remove_registered(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let mut opened = draft::open(&state, &visit, &id).await?;
    opened.family.joins.retain(|joins| joins.number.as_str() != form.text("person"));
    opened.save(&state, &visit).await?;
    page::see_with(&opened.path("check"), "registry-notice-removed")
}

/// Asks where the family was displaced from.
pub(super) async fn displacement(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let opened = draft::open(&state, &visit, &id).await?;
    show(&state, &reader, &visit, &opened, None, Errors::default())
}

fn show(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    opened: &Opened,
    form: Option<&FormData>,
    errors: Errors,
) -> Result<Response, WebError> {
    let page = Page::staff(state, reader, visit, "registry-displacement-title")
        .crumb("/register", Words::new(state, reader.language.for_staff()).text("registry-start-title"));
    let words = Words::new(state, reader.language.for_staff());
    let known = opened.family.displacement.as_ref();
    let head = opened.family.members.first().and_then(|head| head.address.as_ref());
    let typed = |field: Field| match form {
        Some(form) => Item::Field(Field { values: Vec::new(), ..field }.typed(form, &errors)),
        None => Item::Field(field),
    };
    let select = |name: &str, key: &str, list: &str, value: Option<&str>| {
        typed(
            Field::select(name, words.text(key), codes::choices(state, &words, list)).value(value.unwrap_or_default()),
        )
    };
    let line = |name: &str, key: &str, value: Option<&str>| {
        typed(Field::line(name, words.text(key)).value(value.unwrap_or_default()))
    };
    let date = known.map(|known| known.date).or(opened.family.event_date).map(codes::typed_day);
    let area = known.map(|known| known.dwelling_area.as_str()).or(head.map(|address| address.area.as_str()));
    let dwelling = known.map(|known| known.dwelling.as_str());
    let dwelling = dwelling.or(head.and_then(|address| address.dwelling.as_deref()));
    let mut view = FormPage::new(page, opened.path("displacement"));
    view.saved = Some(opened.saved(state, &words));
    view.items = vec![
        select("cause", "registry-displacement-cause", "displacement_cause", known.map(|known| known.cause.as_str())),
        typed(
            Field::latin("date", words.text("registry-displacement-date"))
                .hint(words.text("registry-displacement-date-hint"))
                .width("govuk-input--width-10")
                .value(date.unwrap_or_default()),
        ),
        select("wave", "registry-displacement-wave", "displacement_wave", known.map(|known| known.wave.as_str())),
        select(
            "origin-area",
            "registry-displacement-origin-area",
            "administrative_area",
            known.map(|known| known.origin_area.as_str()),
        ),
        line("origin-then", "registry-displacement-origin-then", known.map(|known| known.origin_name_then.as_str())),
        line(
            "origin-now",
            "registry-displacement-origin-now",
            known.and_then(|known| known.origin_name_now.as_deref()),
        ),
        select("dwelling-area", "registry-displacement-dwelling-area", "administrative_area", area),
        select("dwelling", "registry-displacement-dwelling", "dwelling_type", dwelling),
    ];
    view.buttons = vec![Button { value: "", text: words.text("registry-form-continue") }];
    view.errors = errors;
    view.answer()
}

/// Takes the displacement and leads to the answers.
pub(super) async fn post_displacement(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(id): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let mut opened = draft::open(&state, &visit, &id).await?;
    let reader = reader.switched(&form);
    if form.is_language_switch() {
        return show(&state, &reader, &visit, &opened, Some(&form), Errors::default());
    }
    let words = Words::new(&state, reader.language.for_staff());
    let mut errors = Errors::default();
    for (field, list) in [
        ("cause", "displacement_cause"),
        ("wave", "displacement_wave"),
        ("origin-area", "administrative_area"),
        ("dwelling-area", "administrative_area"),
        ("dwelling", "dwelling_type"),
    ] {
        let code = form.text(field);
        if !codes::choices(&state, &words, list).iter().any(|choice| choice.value == code) {
            errors.add(field, words.text("refusal-field-not-in-list"));
        }
    }
    let date = codes::day(form.text("date"));
    match date {
        None => errors.add("date", words.text("refusal-field-no-such-day")),
        Some(date) if date > codes::today(&state) => errors.add("date", words.text("refusal-field-in-future")),
        Some(_) => {}
    }
    for (field, is_needed) in [("origin-then", true), ("origin-now", false)] {
        let length = form.text(field).chars().count();
        if length > LINE_CHARACTERS_MAX || (is_needed && length == 0) {
            errors.add(field, words.with("refusal-field-line", "limit", LINE_CHARACTERS_MAX.to_string()));
        }
    }
    let Some(date) = date.filter(|_| errors.is_empty()) else {
        return show(&state, &reader, &visit, &opened, Some(&form), errors);
    };
    let text = |field: &str| form.text(field).to_owned();
    opened.family.displacement = Some(Displacement {
        cause: text("cause"),
        date,
        origin_area: text("origin-area"),
        origin_name_then: text("origin-then"),
        origin_name_now: form.optional("origin-now").map(str::to_owned),
        wave: text("wave"),
        dwelling_area: text("dwelling-area"),
        dwelling: text("dwelling"),
    });
    opened.save(&state, &visit).await?;
    page::see(&opened.path("check"))
}
