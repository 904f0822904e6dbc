// SPDX-License-Identifier: Apache-2.0
//! The answers before they are registered: everything in one place, each with a way to change it.

use app::registry::{FamilyDraft, MemberDraft, RegisterDraft};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    access::CollectedFor,
    refusal::{FieldError, Refusal},
    registry::{HEAD, Verdict},
};

use super::{
    codes,
    draft::{self, Opened},
    form_page::Row,
    join, start,
    step::Step,
};
use crate::{
    WebError,
    form::{Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// What one page of a member has gathered.
struct Part {
    title: String,
    path: String,
    rows: Vec<Row>,
}

/// A member.
struct Member {
    anchor: String,
    name: String,
    relation: String,
    picture: Option<String>,
    parts: Vec<Part>,
    remove: Option<String>,
}

#[derive(Template)]
#[template(path = "registry/check.html")]
struct CheckPage {
    page: Page,
    errors: Errors,
    action: String,
    saved: String,
    expires: String,
    row_version: i64,
    given_for: String,
    event_date: Option<String>,
    members: Vec<Member>,
    another: String,
    joins: Vec<Joining>,
    /// Where a registered person is named or taken out.
    joins_path: String,
    person: Field,
    relation: Field,
    displacement: Option<Part>,
}

/// A registered person who is a member too.
struct Joining {
    anchor: String,
    path: String,
    number: String,
    name: String,
    relation: String,
}

/// The answers.
pub(super) async fn get(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let opened = draft::open(&state, &visit, &id).await?;
    if opened.family.members.is_empty() {
        return page::see(&opened.path("0/name"));
    }
    if opened.family.collected_for == Some(CollectedFor::Displacement) && opened.family.displacement.is_none() {
        return page::see(&opened.path("displacement"));
    }
    show(&state, &reader, &visit, &opened, (&FormData::default(), Errors::default())).await
}

/// The answers, with what is wrong in them.
pub(super) async fn show(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    opened: &Opened,
    (form, errors): (&FormData, Errors),
) -> Result<Response, WebError> {
    let words = Words::new(state, reader.language.for_staff());
    let page = Page::staff(state, reader, visit, "registry-check-title")
        .crumb("/register", words.text("registry-start-title"))
        .keeping_form();
    let family = &opened.family;
    let members = family.members.iter().enumerate();
    let has_errors = !errors.is_empty();
    let relations = codes::choices(state, &words, "relationship").into_iter().filter(|choice| choice.value != HEAD);
    let relation = Field::select("relation", words.text("registry-name-relation"), relations.collect());
    let person = Field::latin("person", words.text("registry-join-person")).width("govuk-input--width-10");
    let view = CheckPage {
        page,
        person: person.typed(form, &errors),
        relation: relation.typed(form, &errors),
        errors,
        joins: joins(state, &words, visit, family).await?,
        joins_path: opened.path("joins"),
        action: opened.path("check"),
        saved: opened.saved(state, &words),
        expires: words.with("registry-check-expires", "moment", words.moment(state, opened.expires_at)),
        row_version: opened.row_version,
        given_for: family.collected_for.map(|given| start::given_for(&words, given)).unwrap_or_default(),
        event_date: family.event_date.map(|date| words.date(date)),
        members: members.map(|(position, member)| shown(state, &words, opened, position, member)).collect(),
        another: opened.path(&format!("{}/name", family.members.len())),
        displacement: displacement(state, &words, opened),
    };
    let language = view.page.language;
    if has_errors { page::html_with_errors(language, &view) } else { page::html(language, &view) }
}

/// The registered persons of the draft, as far as the officer may see them.
async fn joins(state: &AppState, words: &Words, visit: &Visit, family: &FamilyDraft) -> Result<Vec<Joining>, WebError> {
    let mut shown = Vec::new();
    for (position, joins) in family.joins.iter().enumerate() {
        let found = join::find(state, visit, &joins.number).await?;
        shown.push(Joining {
            anchor: format!("join-{position}"),
            path: format!("/persons/{}", joins.number),
            number: joins.number.to_string(),
            name: found.map(|found| found.latin_name.into_inner()).unwrap_or_default(),
            relation: codes::name(state, words, "relationship", &joins.relation),
        });
    }
    Ok(shown)
}

fn shown(state: &AppState, words: &Words, opened: &Opened, position: usize, member: &MemberDraft) -> Member {
    let path = |step: Step| opened.path(&format!("{position}/{}?back=check", step.word()));
    let mut rows = Rows { words, rows: Vec::new() };
    rows.add("registry-person-name", draft::latin(member));
    rows.add("registry-person-own-name", draft::own(member));
    let name = rows.part("registry-check-name", path(Step::Name));
    let country = |code: &str| codes::name(state, words, "country", code);
    rows.add("registry-person-born", member.birth.map(|birth| codes::birth(words, birth)).unwrap_or_default());
    rows.add("registry-person-sex", member.sex.map(|sex| codes::sex(words, sex)).unwrap_or_default());
    let place = member.birth_place.as_ref().map(|place| place.expose().clone());
    let place = place.into_iter().chain(member.birth_country.map(|code| country(code.as_str()))).collect::<Vec<_>>();
    rows.add("registry-person-birth-place", place.join(", "));
    for held in &member.citizenships {
        rows.add("registry-person-citizenship", country(held.country.as_str()));
    }
    for language in &member.languages {
        rows.add("registry-person-languages", codes::name(state, words, "language", language));
    }
    for document in &member.documents {
        let kind = codes::name(state, words, "document_type", &document.kind);
        rows.add("registry-person-documents", format!("{kind} {}", document.number.expose()));
    }
    let facts = rows.part("registry-check-facts", path(Step::Facts));
    for contact in &member.contacts {
        rows.add("registry-person-phone", contact.value.expose().clone());
    }
    if let Some(address) = &member.address {
        let area = codes::name(state, words, "administrative_area", &address.area);
        rows.add("registry-person-address", format!("{area}, {}", address.line.expose()));
    }
    let contact = rows.part("registry-check-contact", path(Step::Contact));
    rows.add(
        "registry-person-photo",
        words.text(if member.photo.is_some() { "registry-check-photo-yes" } else { "registry-check-photo-no" }),
    );
    let photo = rows.part("registry-check-photo", path(Step::Photo));
    let mut parts = vec![name, facts, contact, photo];
    for note in &member.looks_like {
        let verdict = match note.verdict {
            Verdict::Different => "registry-alike-different",
            Verdict::Unsure => "registry-alike-unsure",
        };
        rows.add("registry-check-alike", format!("{}: {}. {}", note.number, words.text(verdict), note.reason.expose()));
    }
    if !rows.rows.is_empty() {
        parts.push(rows.part("registry-check-alikes", String::new()));
    }
    Member {
        anchor: format!("member-{position}"),
        name: draft::latin(member),
        relation: codes::name(state, words, "relationship", &member.relation),
        picture: member.photo.as_ref().map(|_| opened.path(&format!("{position}/picture"))),
        parts,
        remove: (position > 0).then(|| opened.path(&format!("{position}/remove"))),
    }
}

/// Rows that are gathered for one part after the other.
struct Rows<'a> {
    words: &'a Words,
    rows: Vec<Row>,
}

impl Rows<'_> {
    fn add(&mut self, key: &str, value: String) {
        if !value.is_empty() {
            self.rows.push(Row { label: self.words.text(key), value });
        }
    }

    fn part(&mut self, title: &str, path: String) -> Part {
        Part { title: self.words.text(title), path, rows: std::mem::take(&mut self.rows) }
    }
}

fn displacement(state: &AppState, words: &Words, opened: &Opened) -> Option<Part> {
    let known = opened.family.displacement.as_ref()?;
    let name = |list: &str, code: &str| codes::name(state, words, list, code);
    let mut rows = Rows { words, rows: Vec::new() };
    rows.add("registry-displacement-cause", name("displacement_cause", &known.cause));
    rows.add("registry-displacement-date", words.date(known.date));
    rows.add("registry-displacement-wave", name("displacement_wave", &known.wave));
    let origin = format!("{}, {}", name("administrative_area", &known.origin_area), known.origin_name_then);
    rows.add("registry-displacement-origin-area", origin);
    let dwelling =
        format!("{}, {}", name("administrative_area", &known.dwelling_area), name("dwelling_type", &known.dwelling));
    rows.add("registry-displacement-dwelling", dwelling);
    Some(rows.part("registry-displacement-title", opened.path("displacement")))
}

/// Registers the family, once.
pub(super) async fn post(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(id): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    if form.is_language_switch() {
        let opened = draft::open(&state, &visit, &id).await?;
        return show(&state, &reader.switched(&form), &visit, &opened, (&form, Errors::default())).await;
    }
    let draft = id.parse().map_err(|_| WebError::NotFound)?;
    let row_version = version(&form)?;
    let refusal = match visit.tried(&state, RegisterDraft { draft, row_version }).await? {
        Ok(registered) => {
            let path = format!("/persons/{}/receipt", registered.head);
            let notice =
                if registered.was_registered { "registry-notice-already" } else { "registry-notice-registered" };
            return page::see_with(&path, notice);
        }
        Err(Refusal::LooksLike(persons)) => {
            let member = persons.first().map_or(0, |person| person.member);
            return page::see(&format!("/register/{draft}/{member}/alike?back=check"));
        }
        Err(refusal) => refusal,
    };
    let opened = draft::open(&state, &visit, &id).await?;
    let words = Words::new(&state, reader.language.for_staff());
    let errors = Errors::of(&words, &named(&opened.family, refusal), |field| Some(anchor(field)));
    show(&state, &reader, &visit, &opened, (&form, errors)).await
}

fn version(form: &FormData) -> Result<i64, WebError> {
    form.text("version").parse().map_err(|_| WebError::Malformed)
}

/// The place on this page of a field of the registration.
fn anchor(field: &str) -> String {
    let at = |list: &str| Some(field.strip_prefix(list)?.split_once(']')?.0);
    match (at("members["), at("joins[")) {
        (Some(position), _) => format!("member-{position}"),
        (_, Some(position)) => format!("join-{position}"),
        _ => "form".to_owned(),
    }
}

/// Each problem with the name of the member whom it concerns.
fn named(family: &FamilyDraft, refusal: Refusal) -> Refusal {
    let Refusal::Fields(fields) = refusal else { return refusal };
    let name = |field: &str| {
        let (position, rest) = field.strip_prefix("members[")?.split_once(']')?;
        Some(format!("{}{rest}", draft::latin(family.members.get(position.parse::<usize>().ok()?)?)))
    };
    let named = |error: FieldError| match name(&error.field) {
        Some(name) => FieldError { problem: format!("{name}: {}", error.problem).into(), field: error.field },
        None => error,
    };
    Refusal::Fields(fields.into_iter().map(named).collect())
}
