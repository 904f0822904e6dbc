// SPDX-License-Identifier: Apache-2.0
//! Noting that a person left her family.

use app::registry::{EndMembership, ShowPerson, latin_name};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{number::PersonNumber, refusal::Refusal};

use super::{
    codes,
    form_page::{Button, FormPage, Item},
    person,
};
use crate::{
    WebError,
    form::{Choice, Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// Shows the form.
pub(super) async fn get(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, WebError> {
    show(&state, &reader, &visit, &number, None, Errors::default()).await
}

async fn show(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    number: &str,
    form: Option<&FormData>,
    errors: Errors,
) -> Result<Response, WebError> {
    let view = visit.done(state, ShowPerson { number: person::number(number)? }).await?;
    if view.family.is_none() {
        return Err(WebError::NotFound);
    }
    let words = Words::new(state, reader.language.for_staff());
    let row = &view.person.row;
    let page = Page::staff(state, reader, visit, "registry-leave-title")
        .crumb(format!("/persons/{}", row.number), latin_name(&view.person.names).into_inner());
    let typed = |field: Field| Item::Field(field.again(form, &errors));
    let mut shown = FormPage::new(page, format!("/persons/{}/leave", row.number));
    shown.items = vec![
        typed(
            Field::latin("on", words.text("registry-leave-on"))
                .width("govuk-input--width-10")
                .value(codes::typed_day(codes::today(state))),
        ),
        typed(Field::select(
            "reason",
            words.text("registry-leave-reason"),
            codes::choices(state, &words, "membership_end_reason"),
        )),
    ];
    if view.wards > 0 {
        let others = view.members.iter().filter(|(member, other, _)| member.to.is_none() && *other != row.number);
        let choices = others.map(|(_, other, name)| Choice::new(other.as_str(), name.expose())).collect();
        shown.items.push(typed(
            Field::select("guardian", words.text("registry-leave-guardian"), choices)
                .hint(words.text("registry-leave-guardian-hint")),
        ));
    }
    shown.buttons = vec![Button { value: "", text: words.text("registry-leave-button") }];
    shown.cancel = Some(format!("/persons/{}", row.number));
    shown.errors = errors;
    shown.answer()
}

/// Notes it.
pub(super) async fn post(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    if form.is_language_switch() {
        return show(&state, &reader, &visit, &number, Some(&form), Errors::default()).await;
    }
    let words = Words::new(&state, reader.language.for_staff());
    let mut errors = Errors::default();
    let Some(on) = codes::day(form.text("on")) else {
        errors.add("on", words.text("refusal-field-no-such-day"));
        return show(&state, &reader, &visit, &number, Some(&form), errors).await;
    };
    let guardian = form.optional("guardian").and_then(|guardian| PersonNumber::parse(guardian).ok());
    let leave =
        EndMembership { number: person::number(&number)?, on, reason: form.text("reason").to_owned(), guardian };
    match visit.tried(&state, leave).await? {
        Ok(()) => page::see_with(&format!("/persons/{number}"), "registry-notice-left"),
        Err(Refusal::Missing(_)) => {
            errors.add("guardian", words.text("registry-leave-guardian-hint"));
            show(&state, &reader, &visit, &number, Some(&form), errors).await
        }
        Err(refusal) => {
            let errors = Errors::of(&words, &refusal, |field| Some(field.to_owned()));
            show(&state, &reader, &visit, &number, Some(&form), errors).await
        }
    }
}
