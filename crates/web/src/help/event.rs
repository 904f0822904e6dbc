// SPDX-License-Identifier: Apache-2.0
//! The hand-over list of an event. One box takes what is scanned; a row that is alone offers its acts with one key.

use app::{
    Outcome,
    assistance::{
        Company, Given, GuestQuery, HandOverGift, HandOverList, InviteGuests, ListedGuest, ReceiptQuery,
        ShowHandOverList, ShowReceipt,
    },
    cards::{HandOverCard, Scanned, scan},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    access::Act,
    card::CardState,
    id::RowId,
    number::{CardNumber, PersonNumber},
    refusal::{Problem, Refusal},
};
use serde::Deserialize;

use crate::{
    WebError,
    desk::words::{birth, card_colour, card_state, choices, code_name, name, office_name},
    form::{Choice, Errors, Field, Form, FormData, refusal_text},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// The item that is handed out unless another is chosen.
const USUAL_ITEM: &str = "gift_set";

/// What the address asks for.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    after: Option<String>,
    waiting: Option<String>,
}

/// A row of the list.
struct GuestLine {
    name: String,
    person: String,
    birth: String,
    card: Option<(String, String, &'static str)>,
    /// The form that hands the card over: card number, receiver's number and name.
    card_form: Option<(String, String, String)>,
    can_have_gift: bool,
    /// What she received: a sentence and the address of the receipt.
    given: Option<(String, String)>,
    receipt_of_card: Option<String>,
}

#[derive(Template)]
#[template(path = "help/event.html")]
struct EventPage {
    page: Page,
    errors: Errors,
    code: String,
    about: String,
    counts: String,
    query: String,
    is_waiting: bool,
    /// Whether one person was asked for, so that her acts come first.
    is_alone: bool,
    lines: Vec<GuestLine>,
    next: Option<String>,
    items: Vec<Choice>,
    usual_item: &'static str,
    persons: Field,
    company: Field,
}

/// Shows the list.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    answer(&state, &reader, &visit, &code, &asked, &FormData::default(), Errors::default()).await
}

/// What was typed or scanned: a person, a card, or the beginning of a name.
async fn query(state: &AppState, asked: &Asked) -> Result<GuestQuery, WebError> {
    let text = asked.q.trim();
    if text.is_empty() {
        return Ok(if asked.waiting.is_some() { GuestQuery::Waiting } else { GuestQuery::All });
    }
    Ok(match scan(&state.service, text).await? {
        Some(Scanned::Person(number)) => GuestQuery::Person(number),
        Some(Scanned::Card(number)) => GuestQuery::Card(number),
        None => GuestQuery::Name(text.to_owned()),
    })
}

async fn answer(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    code: &str,
    asked: &Asked,
    form: &FormData,
    errors: Errors,
) -> Result<Response, WebError> {
    let after: Option<RowId> = asked.after.as_deref().and_then(|id| id.parse().ok());
    let query = query(state, asked).await?;
    let show = ShowHandOverList { distribution: code.to_owned(), query, after };
    let found = visit.done(state, show).await?;
    let has_errors = !errors.is_empty();
    let shown = EventPage::new(state, reader, visit, asked, form, errors, found);
    if has_errors {
        page::html_with_errors(shown.page.language, &shown)
    } else {
        page::html(shown.page.language, &shown)
    }
}

impl EventPage {
    fn new(
        state: &AppState,
        reader: &Reader,
        visit: &Visit,
        asked: &Asked,
        form: &FormData,
        errors: Errors,
        found: HandOverList,
    ) -> Self {
        let page = Page::staff_titled(state, reader, visit, found.distribution.name.clone());
        let text = page.text("help-start-title");
        let page = page.crumb("/help", text);
        let code = found.distribution.code.clone();
        let count = |number: i64| page.number(number);
        let counts = [("expected", count(found.expected).into()), ("given", count(found.given).into())];
        let persons =
            Field::area("persons", page.text("help-invite-persons")).hint(page.text("help-invite-hint")).rows(3);
        let families = vec![Choice::new("family", page.text("help-invite-family"))];
        let company = Field::checkboxes("company", page.text("help-invite-company"), families);
        let encoded: String = form_urlencoded::byte_serialize(asked.q.as_bytes()).collect();
        let waiting = if asked.waiting.is_some() { "&waiting=1" } else { "" };
        Self {
            about: format!(
                "{}, {}",
                page.date(found.distribution.on),
                office_name(state, &page, &found.distribution.office)
            ),
            counts: page.format("help-event-counts", &counts),
            query: asked.q.clone(),
            is_waiting: asked.waiting.is_some(),
            is_alone: !asked.q.trim().is_empty() && found.guests.len() == 1,
            next: found.next.map(|after| format!("/help/{code}?q={encoded}&after={after}{waiting}")),
            items: choices(state, &page, "assistance_item"),
            usual_item: USUAL_ITEM,
            persons: persons.typed(form, &errors),
            company: company.typed(form, &errors),
            lines: found.guests.into_iter().map(|guest| line(state, &page, visit, &code, guest)).collect(),
            code,
            page,
            errors,
        }
    }
}

fn line(state: &AppState, words: &Words, visit: &Visit, code: &str, guest: ListedGuest) -> GuestLine {
    let may_hand_over = visit.may(Act::HandOverCard);
    let card_form = match (&guest.card, &guest.receiver) {
        (Some((card, CardState::Printed)), Some(receiver)) if may_hand_over => {
            Some((card.to_string(), receiver.number.to_string(), name(receiver)))
        }
        _ => None,
    };
    let receipt_of_card = match &guest.card {
        Some((card, CardState::Active)) if may_hand_over => Some(format!("/cards/{card}/receipt")),
        _ => None,
    };
    GuestLine {
        name: name(&guest.holder),
        person: guest.holder.number.to_string(),
        birth: birth(words, guest.holder.birth),
        card: guest.card.map(|(number, card)| (number.to_string(), card_state(words, card), card_colour(card))),
        card_form,
        can_have_gift: guest.is_entitled,
        given: guest.given.map(|given| {
            let path = format!("/help/{code}/receipts/{}", given.number);
            (
                format!(
                    "{}, {}",
                    code_name(state, words, "assistance_item", &given.item),
                    words.moment(state, given.at)
                ),
                path,
            )
        }),
        receipt_of_card,
    }
}

/// The list with the row of one person.
fn path_of(code: &str, person: &str) -> String {
    let person: String = form_urlencoded::byte_serialize(person.as_bytes()).collect();
    format!("/help/{code}?q={person}")
}

/// Puts persons on the list.
pub(super) async fn invite(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let numbers = form.text("persons").split([' ', '\n', '\r', ',', ';']).filter(|number| !number.is_empty());
    let numbers: Result<Vec<_>, _> = numbers.map(|number| PersonNumber::parse(number).map_err(|_| number)).collect();
    let company = if form.optional("company").is_some() { Company::WithFamily } else { Company::Alone };
    let outcome = match numbers {
        Ok(persons) => visit.run(&state, InviteGuests { distribution: code.clone(), persons, company }).await?,
        Err(wrong) => Outcome::Refused(Refusal::field("persons", format!("{wrong:?}"))),
    };
    match outcome {
        Outcome::Done(_) => page::see_with(&format!("/help/{code}"), "help-invite-done"),
        Outcome::Refused(Refusal::NotFound(what)) => Err(Refusal::NotFound(what).into()),
        Outcome::Refused(refusal) => {
            let words = Words::new(&state, reader.language.for_staff());
            let errors = Errors::of(&words, &refusal, |_| Some("persons".to_owned()));
            answer(&state, &reader, &visit, &code, &Asked::default(), &form, errors).await
        }
    }
}

/// Hands a gift over. Who has it already is told when and where.
pub(super) async fn give(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let person = PersonNumber::parse(form.text("person")).map_err(|_| WebError::NotFound)?;
    let item = form.text("item").to_owned();
    let give = HandOverGift { distribution: code.clone(), person: person.clone(), item };
    match visit.run(&state, give).await? {
        Outcome::Done(_) => page::see_with(&path_of(&code, person.as_str()), "help-gift-done"),
        Outcome::Refused(refusal) => {
            let words = Words::new(&state, reader.language.for_staff());
            let text = match &refusal {
                Refusal::GivenAlready(_) => {
                    let query = ReceiptQuery::Of(code.clone(), person.clone());
                    let told = visit.run(&state, ShowReceipt(query)).await?;
                    told.done().map_or_else(
                        || refusal_text(&words, &refusal),
                        |told| given_already(&state, &words, &told.given),
                    )
                }
                Refusal::Missing(_) => words.text("help-gift-not-entitled"),
                other => refusal_text(&words, other),
            };
            refused(&state, &reader, &visit, &code, &person, text).await
        }
    }
}

/// When and where something was given already.
fn given_already(state: &AppState, words: &Words, given: &Given) -> String {
    let arguments = [
        ("moment", words.moment(state, given.at).into()),
        ("office", office_name(state, words, &given.office).into()),
        ("officer", given.officer.clone().into()),
        ("number", given.number.to_string().into()),
    ];
    words.format("help-gift-given-already", &arguments)
}

async fn refused(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    code: &str,
    person: &PersonNumber,
    text: String,
) -> Result<Response, WebError> {
    let mut errors = Errors::default();
    errors.add("", text);
    let asked = Asked { q: person.to_string(), ..Asked::default() };
    answer(state, reader, visit, code, &asked, &FormData::default(), errors).await
}

/// Hands a card over from the list.
pub(super) async fn hand_over_card(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let number = CardNumber::parse(form.text("card")).map_err(|_| WebError::NotFound)?;
    let person = PersonNumber::parse(form.text("person")).map_err(|_| WebError::NotFound)?;
    let outcome = match PersonNumber::parse(form.text("received_by")) {
        Ok(received_by) => visit.run(&state, HandOverCard { number, received_by }).await?.map(drop),
        Err(_) => Outcome::Refused(Refusal::field("received_by", Problem::Missing)),
    };
    match outcome {
        Outcome::Done(()) => page::see_with(&path_of(&code, person.as_str()), "help-card-done"),
        Outcome::Refused(refusal) => {
            let words = Words::new(&state, reader.language.for_staff());
            let text = refusal_text(&words, &refusal);
            refused(&state, &reader, &visit, &code, &person, text).await
        }
    }
}
