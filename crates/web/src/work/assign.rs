// SPDX-License-Identifier: Apache-2.0
//! Giving a case to an officer, and taking that back.

use app::work::{AssignCase, Assigned, Assignee, ListColleagues};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{number::CaseNumber, refusal::Refusal};
use serde::Deserialize;

use crate::{
    WebError,
    form::{Choice, Errors, Field, Form, FormData},
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
};

/// What stands in a form for nobody; no account has such a name.
const NOBODY: &str = "-";
/// What stands in a form for the officer himself.
const ME: &str = "+";

/// An assignment that can be undone: of which case, and who had it before.
#[derive(Clone, Debug)]
pub(crate) struct Undo {
    pub(crate) case: CaseNumber,
    /// What the form sends to undo it.
    pub(crate) to: String,
}

impl Undo {
    /// Reads `CASE~NAME`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (case, to) = text.split_once('~')?;
        app::identity::check_account_name(to).ok().or((to == NOBODY).then_some(()))?;
        Some(Self { case: CaseNumber::parse(case).ok()?, to: to.to_owned() })
    }
}

/// The case that is given, and the page to go back to.
#[derive(Deserialize)]
pub(super) struct Given {
    case: String,
    #[serde(default)]
    back: String,
}

#[derive(Template)]
#[template(path = "work/give.html")]
struct GivePage {
    page: Page,
    errors: Errors,
    case: String,
    back: String,
    to: Field,
}

/// Shows to whom a case can be given.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(given): Query<Given>,
) -> Result<Response, WebError> {
    give_page(&state, &reader, &visit, &given, Errors::default()).await
}

async fn give_page(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    given: &Given,
    errors: Errors,
) -> Result<Response, WebError> {
    let case = CaseNumber::parse(&given.case).map_err(|_| WebError::NotFound)?;
    let colleagues = visit.done(state, ListColleagues { case: case.clone() }).await?;
    let page = Page::staff(state, reader, visit, "work-give-title");
    let choice = |officer: &app::work::Officer| {
        Choice::new(&officer.name, format!("{}: {}", officer.name, page.role(officer.actor.role)))
    };
    let choices = colleagues.iter().map(choice).collect();
    let to = Field::select("to", page.text("work-give-to"), choices).typed(&FormData::default(), &errors);
    let back = local(&given.back).to_owned();
    let view = GivePage { errors, case: case.to_string(), back, to, page };
    match view.errors.is_empty() {
        true => page::html(view.page.language, &view),
        false => page::html_with_errors(view.page.language, &view),
    }
}

/// Gives the case.
pub(super) async fn assign(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let case = CaseNumber::parse(form.text("case")).map_err(|_| WebError::NotFound)?;
    let back = local(form.text("back"));
    let given = Given { case: case.to_string(), back: back.to_owned() };
    let to = match form.text("to") {
        ME => Assignee::Me,
        NOBODY => Assignee::Nobody,
        name => Assignee::Officer(name.to_owned()),
    };
    match visit.run(&state, AssignCase { case: case.clone(), to }).await? {
        app::Outcome::Done(assigned) => page::see_with(&with_undo(back, &case, &assigned), "work-assign-done"),
        app::Outcome::Refused(refusal @ (Refusal::Conflict | Refusal::Fields(_))) => {
            let words = page::Words::new(&state, reader.language.for_staff());
            let mut errors = Errors::default();
            match refusal {
                Refusal::Conflict => errors.add("", words.text("work-assign-conflict")),
                _ => errors.add("to", words.text("work-give-wrong")),
            }
            give_page(&state, &reader, &visit, &given, errors).await
        }
        app::Outcome::Refused(refusal) => Err(refusal.into()),
    }
}

/// The page to go back to, with what undoes the assignment.
fn with_undo(back: &str, case: &CaseNumber, assigned: &Assigned) -> String {
    let before = assigned.before.as_deref().unwrap_or(NOBODY);
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let kept = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "undo");
    let undo = format!("{case}~{before}");
    let mut serializer = form_urlencoded::Serializer::new(String::new());
    let query = serializer.extend_pairs(kept).append_pair("undo", &undo).finish();
    format!("{path}?{query}")
}

/// A page of work or of a case; the start page of work for anything else.
fn local(back: &str) -> &str {
    let is_ours = ["/work", "/claims/", "/cases/"].iter().any(|start| back.starts_with(start));
    if is_ours && back.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') { back } else { "/work" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assignment_leads_back_to_our_pages_only() {
        for back in ["/work/queue?view=mine", "/claims/K7Q", "/cases/K7Q"] {
            assert_eq!(local(back), back);
        }
        for back in ["", "//evil.example", "https://evil.example", "/work\\..", "/sign-out", "/work\r\nx: y"] {
            assert_eq!(local(back), "/work", "{back:?}");
        }
    }

    #[test]
    fn the_way_back_has_one_undo() {
        let case = CaseNumber::draw(&mut <rand_chacha::ChaCha20Rng as rand_chacha::rand_core::SeedableRng>::from_seed(
            [1; 32],
        ));
        let assigned = Assigned { before: Some("case-officer".into()), now: None };
        let once = with_undo("/work/queue?view=mine&q=%C6%8Fli", &case, &assigned);
        assert_eq!(once, format!("/work/queue?view=mine&q=%C6%8Fli&undo={case}%7Ecase-officer"));
        let twice = with_undo(&once, &case, &Assigned { before: None, now: None });
        assert_eq!(twice, format!("/work/queue?view=mine&q=%C6%8Fli&undo={case}%7E-"));
        let undo = Undo::parse(&format!("{case}~case-officer")).unwrap();
        assert_eq!((undo.case, undo.to.as_str()), (case, "case-officer"));
        assert!(Undo::parse("x~case-officer").is_none() && Undo::parse("").is_none());
    }
}
