// SPDX-License-Identifier: Apache-2.0
//! The answer of the search box. One hit by a number leads straight to the person; what may not be seen is not there.

use app::{
    Outcome,
    registry::{SearchAnswer, SearchPersons, Understood},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{access::Act, number::PersonNumber, refusal::Refusal};
use serde::Deserialize;

use super::codes;
use crate::{
    WebError,
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// What was typed, and after whom the page begins.
#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
    after: Option<PersonNumber>,
}

/// A person in the list.
struct Hit {
    path: String,
    number: String,
    name: String,
    own_name: String,
    born: String,
    sex: String,
    office: String,
}

#[derive(Template)]
#[template(path = "registry/search.html")]
struct SearchPage {
    page: Page,
    typed: String,
    /// As what the text was understood.
    understood: Vec<String>,
    /// By what somebody was found.
    by: Option<String>,
    hits: Vec<Hit>,
    next: Option<String>,
    may_register: bool,
}

/// Searches.
pub(super) async fn get(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(search): Query<Search>,
) -> Result<Response, WebError> {
    let typed = search.q.trim().to_owned();
    let is_next = search.after.is_some();
    let text = typed.clone();
    let answer = match visit.run(&state, SearchPersons { text, after: search.after }).await? {
        Outcome::Done(answer) => answer,
        Outcome::Refused(Refusal::Fields(_)) => {
            SearchAnswer { understood: Vec::new(), by: None, persons: Vec::new(), next: None }
        }
        Outcome::Refused(refusal) => return Err(refusal.into()),
    };
    if answer.persons.is_empty() && visit.may(Act::ShowClaim) {
        // Whether there is such a case, its own page says: to who may see it.
        let case = answer.understood.iter().find_map(|understood| match understood {
            Understood::Case(number) => Some(number),
            _ => None,
        });
        if let Some(number) = case {
            return page::see(&format!("/claims/{number}"));
        }
    }
    if let [only] = answer.persons.as_slice()
        && !is_next
        && answer.by.as_ref().is_some_and(Understood::is_number)
    {
        return page::see(&format!("/persons/{}", only.row.number));
    }
    let mut page = Page::staff(&state, &reader, &visit, "registry-search-title");
    page.search.clone_from(&typed);
    let understood = answer.understood.iter().filter(|understood| !matches!(understood, Understood::Case(_)));
    let view = SearchPage {
        understood: understood.map(|understood| meaning(&page, understood)).collect(),
        by: answer.by.as_ref().map(|by| meaning(&page, by)),
        hits: hits(&state, &page, &answer),
        next: answer.next.as_ref().map(|after| next_page(&typed, after)),
        may_register: visit.may(Act::RegisterFamily),
        typed,
        page,
    };
    page::html(view.page.language, &view)
}

fn next_page(typed: &str, after: &PersonNumber) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("q", typed)
        .append_pair("after", after.as_str())
        .finish();
    format!("/search?{query}")
}

fn hits(state: &AppState, words: &Words, answer: &SearchAnswer) -> Vec<Hit> {
    let language = words.language.code();
    let office = |code: &str| {
        let office = state.service.pack().office(code);
        office.map_or(code, |office| office.name.in_language(language)).to_owned()
    };
    let hit = |person: &app::registry::FoundPerson| Hit {
        path: format!("/persons/{}", person.row.number),
        number: person.row.number.to_string(),
        name: person.latin_name.expose().clone(),
        own_name: person.original_name.as_ref().map(|name| name.expose().clone()).unwrap_or_default(),
        born: codes::birth(words, person.row.birth),
        sex: codes::sex(words, person.row.sex),
        office: office(&person.row.office),
    };
    answer.persons.iter().map(hit).collect()
}

/// What a text was taken for, in words.
fn meaning(words: &Words, understood: &Understood) -> String {
    match understood {
        Understood::Person(_) => words.text("registry-search-by-person"),
        Understood::Card(_) => words.text("registry-search-by-card"),
        Understood::Case(_) => words.text("registry-search-by-case"),
        Understood::Phone(_) => words.text("registry-search-by-phone"),
        Understood::Document(_) => words.text("registry-search-by-document"),
        Understood::Name(_, None) => words.text("registry-search-by-name"),
        Understood::Name(_, Some(_)) => words.text("registry-search-by-name-and-birth"),
        Understood::Birth(..) => words.text("registry-search-by-birth"),
    }
}
