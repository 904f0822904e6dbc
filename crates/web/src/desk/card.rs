// SPDX-License-Identifier: Apache-2.0
//! One card: what it says beside what the record says, its history, and what this officer can do with it now.

use app::{
    Outcome,
    cards::{DeskCard, ShowDeskCard, holder_photo},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use domain::{
    access::Act,
    card::{CardAction, CardState},
    number::CardNumber,
};

use super::{
    prepare::{FaceLine, face_lines},
    words::{card_colour, card_event, card_state, choices, citation, code_name, link, name},
};
use crate::{
    WebError,
    form::{Choice, Errors, Field, FormData},
    page::{self, Link, Page, Reader},
    state::AppState,
    visit::Visit,
};

/// A line of a card's history.
struct EventLine {
    what: String,
    officer: String,
    when: String,
    basis: String,
    reason: Option<String>,
}

/// A form with which something is done to the card.
struct ActForm {
    path: String,
    title: String,
    button: String,
    fields: Vec<Field>,
    /// Whether it takes something away, so that its button is red.
    is_warning: bool,
    /// Whether its answer is a file that opens beside the page.
    opens_file: bool,
    /// Whether it is what comes next on the card's way; the others are folded away.
    is_next: bool,
}

#[derive(Template)]
#[template(path = "desk/card.html")]
struct CardPage {
    page: Page,
    errors: Errors,
    number: String,
    state: String,
    colour: &'static str,
    holder: Option<String>,
    person: String,
    blank: Option<String>,
    has_photo: bool,
    /// That the card cannot be printed for want of a photo.
    lacks_photo: bool,
    photo: String,
    lines: Vec<FaceLine>,
    /// Whether the card is compared with the record.
    is_compared: bool,
    differs: bool,
    /// While it waits for its check: that this officer prepared it and another must check it.
    is_own: bool,
    /// That no card can be made of the record any more.
    is_unmakable: bool,
    events: Vec<EventLine>,
    forms: Vec<ActForm>,
    links: Vec<Link>,
    revocation: Option<String>,
}

/// Shows a card.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, WebError> {
    let number = CardNumber::parse(&number).map_err(|_| WebError::NotFound)?;
    answer(&state, &reader, &visit, &number, &FormData::default(), Errors::default()).await
}

/// The card's page, with what is wrong with a form of it.
pub(super) async fn answer(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    number: &CardNumber,
    form: &FormData,
    errors: Errors,
) -> Result<Response, WebError> {
    let found = visit.done(state, ShowDeskCard { number: number.clone() }).await?;
    let has_errors = !errors.is_empty();
    let shown = CardPage::new(state, reader, visit, form, errors, found);
    if has_errors {
        page::html_with_errors(shown.page.language, &shown)
    } else {
        page::html(shown.page.language, &shown)
    }
}

impl CardPage {
    fn new(state: &AppState, reader: &Reader, visit: &Visit, form: &FormData, errors: Errors, found: DeskCard) -> Self {
        let page = Page::staff(state, reader, visit, "desk-card-title");
        let text = page.text("desk-list-title");
        let page = page.crumb("/cards", text);
        let is_compared = found.card.state == CardState::Prepared && found.face.is_some();
        let is_before_print = matches!(found.card.state, CardState::Prepared | CardState::Checked | CardState::Signed);
        let lines = match &found.face {
            Some(face) => face_lines(state, &page, face, found.present.as_ref()),
            None => Vec::new(),
        };
        let forms = forms(state, &page, form, &errors, &found);
        let events = events(state, &page, &found);
        Self {
            number: found.card.number.to_string(),
            state: card_state(&page, found.card.state),
            colour: card_colour(found.card.state),
            holder: found.holder.as_ref().map(name),
            person: found.holder.as_ref().map(|holder| holder.number.to_string()).unwrap_or_default(),
            blank: found.blank.clone(),
            has_photo: found.face.as_ref().is_some_and(|face| face.photo.is_some()),
            lacks_photo: is_before_print && found.face.as_ref().is_some_and(|face| face.photo.is_none()),
            photo: format!("/cards/{}/photo", found.card.number),
            differs: lines.iter().any(|line| line.differs),
            is_unmakable: is_compared && found.present.is_none(),
            is_own: is_compared && found.card.prepared_by == visit.actor.account,
            links: links(&page, visit, &found),
            revocation: found.revocation.as_ref().map(ToString::to_string),
            lines,
            is_compared,
            events,
            forms,
            page,
            errors,
        }
    }
}

fn events(state: &AppState, page: &Page, found: &DeskCard) -> Vec<EventLine> {
    let line = |event: &app::cards::DeskEvent| {
        let reason = event.reason.as_ref().map(|reason| {
            let lists = ["card_suspend_reason", "card_replace_reason", "blank_spoiled_reason"];
            let reason = reason.expose();
            let named = lists.iter().map(|list| code_name(state, page, list, reason)).find(|named| named != reason);
            named.unwrap_or_else(|| reason.clone())
        });
        EventLine {
            what: card_event(page, &event.action),
            officer: event.officer.clone(),
            when: page.moment(state, event.at),
            basis: citation(state, page, &event.basis),
            reason,
        }
    };
    found.events.iter().rev().map(line).collect()
}

fn links(page: &Page, visit: &Visit, found: &DeskCard) -> Vec<Link> {
    let mut links = Vec::new();
    if let Some(holder) = &found.holder {
        links.push(link(format!("/persons/{}", holder.number), page.text("desk-card-person")));
        if found.actions.contains(&CardAction::Replace) {
            links.push(link(format!("/cards/prepare?person={}", holder.number), page.text("desk-card-replace")));
        }
    }
    if found.card.handed_over_at.is_some() && found.holder.is_some() && visit.may(Act::HandOverCard) {
        links.push(link(format!("/cards/{}/receipt", found.card.number), page.text("desk-card-receipt")));
    }
    if let Some(case) = found.revocation.as_ref().filter(|_| visit.may(Act::RevokeCard)) {
        links.push(link(format!("/cards/revocations/{case}"), page.text("desk-card-to-revocation")));
    }
    links
}

/// The forms of what this officer can do now; what comes next on the card's way stands first.
fn forms(state: &AppState, page: &Page, form: &FormData, errors: &Errors, found: &DeskCard) -> Vec<ActForm> {
    let number = &found.card.number;
    let make = |action: &CardAction| {
        let (path, title, button, fields, is_warning) = match action {
            CardAction::Check => ("check", "desk-act-check", "desk-act-check-button", Vec::new(), false),
            CardAction::Sign => ("sign", "desk-act-sign", "desk-act-sign-button", Vec::new(), false),
            CardAction::Print if found.card.state == CardState::Printed => {
                ("print", "desk-act-reprint", "desk-act-reprint", Vec::new(), false)
            }
            CardAction::Print => ("print", "desk-act-print", "desk-act-print-button", Vec::new(), false),
            CardAction::HandOver => {
                let receivers = found.receivers.iter();
                let choices = receivers.map(|holder| Choice::new(holder.number.to_string(), name(holder))).collect();
                let first = found.receivers.first().map(|holder| holder.number.to_string()).unwrap_or_default();
                let field = Field::radios("received_by", page.text("desk-act-receiver"), choices).value(first);
                ("hand-over", "desk-act-hand-over", "desk-act-hand-over-button", vec![field], false)
            }
            CardAction::Suspend => {
                let field = reason(state, page, "card_suspend_reason");
                ("suspend", "desk-act-suspend", "desk-act-suspend", vec![field], true)
            }
            CardAction::Reinstate => {
                let field = Field::area("reason", page.text("desk-act-own-reason")).rows(3);
                ("reinstate", "desk-act-reinstate", "desk-act-reinstate", vec![field], false)
            }
            CardAction::Misprint => {
                let field = reason(state, page, "blank_spoiled_reason");
                ("misprint", "desk-act-misprint", "desk-act-misprint", vec![field], true)
            }
            CardAction::Spoil => {
                let field = reason(state, page, "blank_spoiled_reason");
                ("spoil", "desk-act-spoil", "desk-act-spoil", vec![field], true)
            }
            CardAction::Revoke if found.revocation.is_none() => {
                let fields = vec![
                    Field::select("ground", page.text("desk-act-ground"), choices(state, page, "card_end_ground")),
                    Field::area("facts", page.text("desk-act-facts")).rows(4),
                    Field::area("reason", page.text("desk-act-own-reason")).rows(4),
                ];
                ("revoke", "desk-act-revoke", "desk-act-revoke-button", fields, true)
            }
            CardAction::Revoke | CardAction::Replace => return None,
        };
        let is_next = matches!(action, CardAction::Check | CardAction::Sign | CardAction::HandOver)
            || (*action == CardAction::Print && found.card.state == CardState::Signed);
        Some(ActForm {
            path: format!("/cards/{number}/{path}"),
            title: page.text(title),
            button: page.text(button),
            fields: fields.into_iter().map(|field| with_prefix(field, path).typed(form, errors)).collect(),
            is_warning,
            opens_file: *action == CardAction::Print,
            is_next,
        })
    };
    let mut forms: Vec<ActForm> = found.actions.iter().filter_map(make).collect();
    forms.sort_by_key(|form| !form.is_next);
    forms
}

/// Several forms stand on the page, so that each names its fields after itself.
fn with_prefix(mut field: Field, path: &str) -> Field {
    field.name = format!("{path}-{}", field.name);
    field
}

fn reason(state: &AppState, page: &Page, list: &str) -> Field {
    Field::select("reason", page.text("desk-act-reason"), choices(state, page, list))
}

/// The photo of the card's holder.
pub(super) async fn photo(
    State(state): State<AppState>,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, WebError> {
    let number = CardNumber::parse(&number).map_err(|_| WebError::NotFound)?;
    let context = state.service.context(visit.actor.clone());
    match holder_photo(&state.service, &context, &number).await? {
        Outcome::Done(Some(photo)) => {
            let kind = if photo.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
            Ok(([(CONTENT_TYPE, HeaderValue::from_static(kind))], photo.to_vec()).into_response())
        }
        Outcome::Done(None) => Err(WebError::NotFound),
        Outcome::Refused(refusal) => Err(refusal.into()),
    }
}
