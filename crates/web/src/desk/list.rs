// SPDX-License-Identifier: Apache-2.0
//! The cards that wait, state by state; one box that takes whatever is scanned; the cards of a person.

use app::cards::{CardPage, ListCards, ListCardsOf, ListedCard, Scanned, scan as read_scan};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    access::Act,
    card::{CardAction, CardState},
    id::CardId,
    number::PersonNumber,
};
use serde::Deserialize;

use super::words::{card_colour, card_state, link, name, office_name};
use crate::{
    WebError,
    form::{Errors, Field, Form, FormData},
    page::{self, Link, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// What the address asks for.
#[derive(Deserialize)]
pub(super) struct Asked {
    state: Option<String>,
    after: Option<String>,
}

/// A row of the list.
pub(super) struct CardLine {
    path: String,
    number: String,
    name: String,
    person: String,
    office: String,
    issued: String,
    state: String,
    colour: &'static str,
    /// The next thing that this officer can do with it.
    next: String,
}

#[derive(Template)]
#[template(path = "desk/list.html")]
struct ListPage {
    page: Page,
    errors: Errors,
    scan: Field,
    /// States with how many cards wait in each.
    tabs: Vec<(Link, String)>,
    title: String,
    cards: Vec<CardLine>,
    next: Option<String>,
    links: Vec<Link>,
    can_prepare: bool,
    person: Field,
}

impl ListPage {
    fn new(page: Page, visit: &Visit, form: &FormData, errors: Errors) -> Self {
        let scan = Field::latin("scan", page.text("desk-scan-label")).hint(page.text("desk-scan-hint"));
        let scan = scan.typed(form, &errors);
        let person = Field::latin("person", page.text("desk-prepare-person")).width("govuk-input--width-10");
        let mut links = Vec::new();
        if visit.may(Act::KeepBlanks) {
            links.push(link("/cards/blanks", page.text("desk-blank-title")));
        }
        if visit.may(Act::RevokeCard) {
            links.push(link("/cards/revocations", page.text("desk-revocation-title")));
        }
        Self {
            scan,
            tabs: Vec::new(),
            title: page.title.clone(),
            cards: Vec::new(),
            next: None,
            links,
            can_prepare: visit.may(Act::PrepareCard),
            person,
            page,
            errors,
        }
    }

    fn fill(&mut self, state: &AppState, shown: CardState, found: CardPage) {
        for (each, count) in found.counts {
            let text = card_state(&self.page, each);
            let count = self.page.number(count);
            self.tabs.push((Link { path: format!("/cards?state={each}"), text, is_current: each == shown }, count));
        }
        self.title = card_state(&self.page, shown);
        self.cards = found.cards.into_iter().map(|card| line(state, &self.page, card)).collect();
        self.next = found.next.map(|after| format!("/cards?state={shown}&after={after}"));
    }
}

fn line(state: &AppState, words: &Words, card: ListedCard) -> CardLine {
    let next = card.actions.iter().find_map(|action| match action {
        CardAction::Check => Some("desk-next-check"),
        CardAction::Sign => Some("desk-next-sign"),
        CardAction::Print => Some("desk-next-print"),
        CardAction::HandOver => Some("desk-next-hand-over"),
        CardAction::Reinstate => Some("desk-next-reinstate"),
        _ => None,
    });
    // Printing again is possible as well, but what comes next is the hand-over.
    let is_printed = card.state == CardState::Printed && card.actions.contains(&CardAction::HandOver);
    let next = if is_printed { Some("desk-next-hand-over") } else { next };
    CardLine {
        path: format!("/cards/{}", card.number),
        number: card.number.to_string(),
        name: card.holder.as_ref().map_or_else(|| words.text("desk-card-erased"), name),
        person: card.holder.map(|holder| holder.number.to_string()).unwrap_or_default(),
        office: office_name(state, words, &card.office),
        issued: words.date(card.issued_on),
        state: card_state(words, card.state),
        colour: card_colour(card.state),
        next: words.text(next.unwrap_or("desk-next-look")),
    }
}

/// Shows the cards of a state.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let shown = asked.state.as_deref().and_then(|word| word.parse().ok()).unwrap_or(CardState::Prepared);
    let after: Option<CardId> = asked.after.as_deref().and_then(|id| id.parse().ok());
    answer(&state, &reader, &visit, shown, after, (FormData::default(), Errors::default())).await
}

async fn answer(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    shown: CardState,
    after: Option<CardId>,
    (form, errors): (FormData, Errors),
) -> Result<Response, WebError> {
    let found = visit.done(state, ListCards { state: shown, after }).await?;
    let has_errors = !errors.is_empty();
    let page = Page::staff(state, reader, visit, "desk-list-title");
    let mut list = ListPage::new(page, visit, &form, errors);
    list.fill(state, shown, found);
    if has_errors { page::html_with_errors(list.page.language, &list) } else { page::html(list.page.language, &list) }
}

/// Goes to the card or the person that was scanned.
pub(super) async fn scan(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    match read_scan(&state.service, form.text("scan")).await? {
        Some(Scanned::Card(number)) => page::see(&format!("/cards/{number}")),
        Some(Scanned::Person(number)) => page::see(&format!("/cards/of/{number}")),
        None => {
            let mut errors = Errors::default();
            errors.add("scan", Words::new(&state, reader.language.for_staff()).text("desk-scan-nothing"));
            answer(&state, &reader, &visit, CardState::Prepared, None, (form, errors)).await
        }
    }
}

/// Shows the cards of a person.
pub(super) async fn of_person(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(person): Path<String>,
) -> Result<Response, WebError> {
    let person = PersonNumber::parse(&person).map_err(|_| WebError::NotFound)?;
    let found = visit.done(&state, ListCardsOf { person: person.clone() }).await?;
    let page = Page::staff(&state, &reader, &visit, "desk-person-title");
    let page = {
        let text = page.text("desk-list-title");
        page.crumb("/cards", text)
    };
    let mut list = ListPage::new(page, &visit, &FormData::default(), Errors::default());
    list.person = list.person.clone().value(person.to_string());
    list.cards = found.into_iter().map(|card| line(&state, &list.page, card)).collect();
    page::html(list.page.language, &list)
}
