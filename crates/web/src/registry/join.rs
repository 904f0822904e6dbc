// SPDX-License-Identifier: Apache-2.0
//! Adding a registered person to a family, after a look at who that is, and beginning a family of one.

use app::registry::{FindPersons, FoundPerson, JoinFamily, JoinedFamily, Joining, PersonQuery, ShowPerson, latin_name};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{number::PersonNumber, refusal::Refusal, registry::HEAD};

use super::{
    codes,
    form_page::{Button, FormPage, Item, Row},
    person,
};
use crate::{
    WebError,
    form::{Choice, Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// The registered person of a number, if this officer may see her.
pub(super) async fn find(
    state: &AppState,
    visit: &Visit,
    number: &PersonNumber,
) -> Result<Option<FoundPerson>, WebError> {
    let query = PersonQuery { number: Some(number.clone()), ..PersonQuery::default() };
    Ok(visit.done(state, FindPersons(query)).await?.pop())
}

/// Which page: of a family that is there, or of one that begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Join,
    Begin,
}

/// Shows the form that adds a registered person.
pub(super) async fn get(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, WebError> {
    show(&state, &reader, (&visit, Which::Join), &number, None, (None, Errors::default())).await
}

/// Shows the form that begins a family.
pub(super) async fn get_begin(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, WebError> {
    show(&state, &reader, (&visit, Which::Begin), &number, None, (None, Errors::default())).await
}

async fn show(
    state: &AppState,
    reader: &Reader,
    (visit, which): (&Visit, Which),
    number: &str,
    form: Option<&FormData>,
    (found, errors): (Option<&FoundPerson>, Errors),
) -> Result<Response, WebError> {
    let view = visit.done(state, ShowPerson { number: person::number(number)? }).await?;
    if view.family.is_some() != (which == Which::Join) {
        return Err(WebError::NotFound);
    }
    let words = Words::new(state, reader.language.for_staff());
    let row = &view.person.row;
    let (title, below) = match which {
        Which::Join => ("registry-join-title", "join"),
        Which::Begin => ("registry-join-begin-title", "begin"),
    };
    let page = Page::staff(state, reader, visit, title)
        .crumb(format!("/persons/{}", row.number), latin_name(&view.person.names).into_inner());
    let typed = |field: Field| Item::Field(field.again(form, &errors));
    let mut shown = FormPage::new(page, format!("/persons/{}/family/{below}", row.number));
    if which == Which::Join {
        let relations = codes::choices(state, &words, "relationship");
        let present = view.members.iter().filter(|(member, ..)| member.to.is_none());
        let guardians = present.map(|(_, number, name)| Choice::new(number.as_str(), name.expose())).collect();
        shown.items = vec![
            typed(
                Field::latin("person", words.text("registry-join-person"))
                    .hint(words.text("registry-join-person-hint"))
                    .width("govuk-input--width-10"),
            ),
            typed(Field::select("relation", words.text("registry-name-relation"), relations)),
            typed(
                Field::select("guardian", words.text("registry-join-guardian"), guardians)
                    .hint(words.text("registry-join-guardian-hint")),
            ),
        ];
    }
    shown.items.extend([
        typed(Field::select(
            "reason",
            words.text("registry-join-reason"),
            codes::choices(state, &words, "membership_start_reason"),
        )),
        typed(
            Field::latin("on", words.text("registry-join-on"))
                .width("govuk-input--width-10")
                .value(codes::typed_day(codes::today(state))),
        ),
    ]);
    let mut button = "registry-join-look";
    if let Some(found) = found {
        let born = codes::birth(&words, found.row.birth);
        let value = format!("{}, {born}, {}", found.latin_name.expose(), found.row.number);
        shown.rows = vec![Row { label: words.text("registry-join-who"), value }];
        shown.hidden = vec![("confirmed", found.row.number.to_string())];
        button = "registry-join-button";
    }
    if which == Which::Begin {
        button = "registry-join-begin-button";
    }
    shown.buttons = vec![Button { value: "", text: words.text(button) }];
    let back = if which == Which::Join { "/family" } else { "" };
    shown.cancel = Some(format!("/persons/{}{back}", row.number));
    shown.errors = errors;
    shown.answer()
}

/// Adds the person once the officer has seen who she is.
pub(super) async fn post(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    let (words, mut errors) = (Words::new(&state, reader.language.for_staff()), Errors::default());
    let scene = (&visit, Which::Join);
    if form.is_language_switch() {
        return show(&state, &reader, scene, &number, Some(&form), (None, errors)).await;
    }
    let joins = PersonNumber::parse(form.text("person")).ok();
    let found = match &joins {
        Some(joins) => find(&state, &visit, joins).await?,
        None => None,
    };
    if found.is_none() {
        errors.add("person", words.text("registry-join-nobody"));
    }
    let on = codes::day(form.text("on"));
    if on.is_none() {
        errors.add("on", words.text("refusal-field-no-such-day"));
    }
    let (Some(joins), Some(on), true) = (joins, on, errors.is_empty()) else {
        return show(&state, &reader, scene, &number, Some(&form), (None, errors)).await;
    };
    if form.text("confirmed") != joins.as_str() {
        return show(&state, &reader, scene, &number, Some(&form), (found.as_ref(), errors)).await;
    }
    let guardian = form.optional("guardian").and_then(|guardian| PersonNumber::parse(guardian).ok());
    let (relation, reason) = (form.text("relation").to_owned(), form.text("reason").to_owned());
    let family = JoinedFamily::Of(person::number(&number)?);
    let join = JoinFamily { family, joining: Joining { number: joins, relation, reason, on, guardian } };
    match visit.tried(&state, join).await? {
        Ok(_) => page::see_with(&format!("/persons/{number}/family"), "registry-notice-joined"),
        Err(refusal) => {
            let errors = refused(&words, &refusal);
            show(&state, &reader, scene, &number, Some(&form), (found.as_ref(), errors)).await
        }
    }
}

/// What a refusal says on the form.
fn refused(words: &Words, refusal: &Refusal) -> Errors {
    let mut errors = Errors::default();
    match refusal {
        Refusal::Missing(what) if what == "guardian" => {
            errors.add("guardian", words.text("registry-join-guardian-missing"));
        }
        Refusal::Missing(_) => errors.add("person", words.text("registry-join-leave-first")),
        Refusal::AlreadyRecorded(_) => errors.add("person", words.text("registry-join-member")),
        Refusal::Fields(fields) => {
            for error in fields {
                match error.field.as_str() {
                    "relation" if error.problem.code() == "other" => {
                        errors.add("relation", words.text("registry-join-head"));
                    }
                    "on" if error.problem.code() == "other" => errors.add("on", words.text("registry-join-early")),
                    "guardian" => errors.add("guardian", words.text("registry-join-guardian-missing")),
                    "members" => errors.add("person", words.text("registry-join-full")),
                    _ => return Errors::of(words, refusal, |field| Some(field.to_owned())),
                }
            }
        }
        refusal => return Errors::of(words, refusal, |field| Some(field.to_owned())),
    }
    errors
}

/// Begins a family of the person alone.
pub(super) async fn post_begin(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    let (words, mut errors) = (Words::new(&state, reader.language.for_staff()), Errors::default());
    let scene = (&visit, Which::Begin);
    let on = codes::day(form.text("on"));
    if on.is_none() && !form.is_language_switch() {
        errors.add("on", words.text("refusal-field-no-such-day"));
    }
    let Some(on) = on.filter(|_| !form.is_language_switch()) else {
        return show(&state, &reader, scene, &number, Some(&form), (None, errors)).await;
    };
    let (relation, reason) = (HEAD.to_owned(), form.text("reason").to_owned());
    let joining = Joining { number: person::number(&number)?, relation, reason, on, guardian: None };
    match visit.tried(&state, JoinFamily { family: JoinedFamily::New, joining }).await? {
        Ok(_) => page::see_with(&format!("/persons/{number}/family"), "registry-notice-joined"),
        Err(refusal) => {
            let errors = refused(&words, &refusal);
            show(&state, &reader, scene, &number, Some(&form), (None, errors)).await
        }
    }
}
