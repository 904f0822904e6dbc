// SPDX-License-Identifier: Apache-2.0
//! Who stands in for whom, kept by the head of an office and by administrators.

use app::{
    Outcome,
    work::{AddSubstitution, EndSubstitution, ListSubstitutions, StandIn, Substitution, SubstitutionOf},
};
use askama::Template;
use axum::{extract::State, response::Response};
use domain::{access::Role, id::SubstitutionId, refusal::Refusal};

use super::words::{labels, office_choices};
use crate::{
    WebError,
    form::{Choice, DateField, Errors, Field, Form, FormData},
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
};

struct Line {
    id: SubstitutionId,
    whose: String,
    by: String,
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "work/substitution.html")]
struct SubstitutionPage {
    page: Page,
    errors: Errors,
    lines: Vec<Line>,
    kind: Field,
    officer: [Field; 2],
    office: [Field; 2],
    days: [DateField; 2],
}

/// Shows them.
pub(super) async fn show(State(state): State<AppState>, reader: Reader, visit: Visit) -> Result<Response, WebError> {
    substitutions(&state, &reader, &visit, &FormData::default(), Errors::default()).await
}

async fn substitutions(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    form: &FormData,
    errors: Errors,
) -> Result<Response, WebError> {
    let found = visit.done(state, ListSubstitutions).await?;
    let page = Page::staff(state, reader, visit, "work-substitution-title").keeping_form();
    let names = labels(state, &page);
    let line = |found: &Substitution| {
        let (whose, by) = match (&found.stand_in, &found.names) {
            (StandIn::Office { by }, _) => (names.office(&found.office), names.office(by)),
            (StandIn::Officer { .. }, Some((absent, by))) => (absent.clone(), by.clone()),
            (StandIn::Officer { .. }, None) => (names.office(&found.office), String::new()),
        };
        Line { id: found.id, whose, by, from: page.date(found.from), to: page.date(found.to) }
    };
    let lines = found.iter().map(line).collect();
    let kinds = vec![
        Choice::new("officer", page.text("work-substitution-of-officer"))
            .hint(page.text("work-substitution-of-officer-hint")),
        Choice::new("office", page.text("work-substitution-of-office"))
            .hint(page.text("work-substitution-of-office-hint")),
    ];
    let kind = Field::radios("kind", page.text("work-substitution-kind"), kinds).typed(form, &errors);
    let name =
        |name: &str, key: &str| Field::latin(name, page.text(key)).width("govuk-input--width-20").typed(form, &errors);
    let offices = office_choices(state, &page, &visit.actor.body);
    let is_head = visit.actor.role == Role::HeadOfOffice;
    let own = offices.iter().filter(|office| !is_head || office.value == visit.actor.office).cloned().collect();
    let code =
        |name: &str, key: &str, offices: Vec<Choice>| Field::select(name, page.text(key), offices).typed(form, &errors);
    let day = |name: &str, key: &str| DateField::new(name, page.text(key)).typed(form, &errors);
    let view = SubstitutionPage {
        lines,
        kind,
        officer: [name("absent", "work-substitution-absent"), name("by", "work-substitution-by")],
        office: [
            code("office", "work-substitution-office", own),
            code("by_office", "work-substitution-by-office", offices),
        ],
        days: [day("from", "work-substitution-from"), day("to", "work-substitution-to")],
        errors,
        page,
    };
    match view.errors.is_empty() {
        true => page::html(view.page.language, &view),
        false => page::html_with_errors(view.page.language, &view),
    }
}

/// Enters one.
pub(super) async fn add(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    if form.is_language_switch() {
        return substitutions(&state, &reader, &visit, &form, Errors::default()).await;
    }
    let words = page::Words::new(&state, reader.language.for_staff());
    let mut errors = Errors::default();
    let text = |name: &str| form.text(name).to_owned();
    let of = match form.text("kind") {
        "officer" => Some(SubstitutionOf::Officer { absent: text("absent"), by: text("by") }),
        "office" => Some(SubstitutionOf::Office { office: text("office"), by: text("by_office") }),
        _ => None,
    };
    let (from, to) = (DateField::date(&form, "from"), DateField::date(&form, "to"));
    for (name, is_given) in [("kind", of.is_some()), ("from", from.is_some()), ("to", to.is_some())] {
        if !is_given {
            errors.add(
                name,
                words.text(if name == "kind" { "refusal-field-missing" } else { "refusal-field-no-such-day" }),
            );
        }
    }
    let (Some(of), Some(from), Some(to)) = (of, from, to) else {
        return substitutions(&state, &reader, &visit, &form, errors).await;
    };
    let is_office = matches!(of, SubstitutionOf::Office { .. });
    match visit.run(&state, AddSubstitution { of, from, to }).await? {
        Outcome::Done(_) => page::see_with("/work/substitutions", "work-substitution-done"),
        Outcome::Refused(Refusal::Fields(fields)) => {
            for field in fields {
                let name = if field.field == "by" && is_office { "by_office" } else { &field.field };
                errors.add(
                    name,
                    words.text(match (name, is_office) {
                        ("to", _) => "work-substitution-wrong-days",
                        ("by" | "by_office", false) => "work-substitution-wrong-by",
                        (_, false) => "work-substitution-wrong-name",
                        (_, true) => "work-substitution-wrong-office",
                    }),
                );
            }
            substitutions(&state, &reader, &visit, &form, errors).await
        }
        Outcome::Refused(Refusal::SameOfficer) => {
            errors.add("by", words.text("work-substitution-not-own"));
            substitutions(&state, &reader, &visit, &form, errors).await
        }
        Outcome::Refused(Refusal::NotPermitted) => {
            errors.add(if is_office { "office" } else { "absent" }, words.text("work-substitution-other-office"));
            substitutions(&state, &reader, &visit, &form, errors).await
        }
        Outcome::Refused(refusal) => Err(refusal.into()),
    }
}

/// Ends one early.
pub(super) async fn end(State(state): State<AppState>, visit: Visit, Form(form): Form) -> Result<Response, WebError> {
    let id: SubstitutionId = form.text("id").parse().map_err(|_| WebError::NotFound)?;
    visit.done(&state, EndSubstitution { id }).await?;
    page::see_with("/work/substitutions", "work-substitution-ended")
}
