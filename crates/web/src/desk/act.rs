// SPDX-License-Identifier: Apache-2.0
//! What is done to one card by a form on its page.

use app::{
    Outcome, UseCase,
    cards::{
        CheckCard, HandOverCard, ProposeRevocation, ReinstateCard, ShowCard, SpoilBlank, SpoilCard, SuspendCard,
        print_card, sign_card,
    },
};
use axum::{
    extract::{Path, State},
    http::{
        HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use domain::{
    number::{CardNumber, PersonNumber},
    refusal::Refusal,
    sensitive::Sensitive,
};

use super::card;
use crate::{
    WebError,
    form::{Errors, Form, FormData},
    page::{self, Reader, Words},
    state::AppState,
    visit::Visit,
};

fn parsed(number: &str) -> Result<CardNumber, WebError> {
    CardNumber::parse(number).map_err(|_| WebError::NotFound)
}

/// A form of a card's page.
struct Sent<'a> {
    state: &'a AppState,
    reader: &'a Reader,
    visit: &'a Visit,
    number: &'a CardNumber,
    form: &'a FormData,
    /// Name of the form, with which its fields begin.
    name: &'static str,
}

impl Sent<'_> {
    fn text(&self, field: &str) -> &str {
        self.form.text(&format!("{}-{field}", self.name))
    }

    /// Does it and shows the card again, with a message or with what is wrong.
    async fn take<U: UseCase>(&self, act: U, done: &str) -> Result<Response, WebError> {
        match self.visit.run(self.state, act).await? {
            Outcome::Done(_) => page::see_with(&format!("/cards/{}", self.number), done),
            Outcome::Refused(refusal) => self.refused(&refusal).await,
        }
    }

    async fn refused(&self, refusal: &Refusal) -> Result<Response, WebError> {
        if matches!(refusal, Refusal::NotFound("card") | Refusal::NotPermitted) {
            return Err(refusal.clone().into());
        }
        let words = Words::new(self.state, self.reader.language.for_staff());
        let errors = Errors::of(&words, refusal, |field| Some(format!("{}-{field}", self.name)));
        card::answer(self.state, self.reader, self.visit, self.number, self.form, errors).await
    }
}

/// The pieces of a request that every form of a card's page has.
type Pieces = (State<AppState>, Reader, Visit, Path<String>, Form);

macro_rules! sent {
    ($pieces:expr, $name:literal => $sent:ident, $number:ident) => {
        let (State(state), reader, visit, Path(number), Form(form)) = $pieces;
        let $number = parsed(&number)?;
        let $sent = Sent { state: &state, reader: &reader, visit: &visit, number: &$number, form: &form, name: $name };
    };
}

/// Notes that the card was compared with the record.
pub(super) async fn check(pieces: Pieces) -> Result<Response, WebError> {
    sent!(pieces, "check" => sent, number);
    sent.take(CheckCard { number: number.clone() }, "desk-act-check-done").await
}

/// Signs the card.
pub(super) async fn sign(pieces: Pieces) -> Result<Response, WebError> {
    sent!(pieces, "sign" => sent, number);
    let service = &sent.state.service;
    let context = service.context(sent.visit.actor.clone());
    match sign_card(service, &context, service.printer(), &number).await? {
        Outcome::Done(_) => page::see_with(&format!("/cards/{number}"), "desk-act-sign-done"),
        Outcome::Refused(refusal) => sent.refused(&refusal).await,
    }
}

/// Prints the card on a blank, or once more on the blank that it has; the answer is the PDF.
pub(super) async fn print(pieces: Pieces) -> Result<Response, WebError> {
    sent!(pieces, "print" => sent, number);
    let service = &sent.state.service;
    let context = service.context(sent.visit.actor.clone());
    match print_card(service, &context, service.printer(), &number).await? {
        Outcome::Done(printed) => {
            let disposition = HeaderValue::from_str(&format!("inline; filename=\"card-{number}.pdf\""))?;
            let headers =
                [(CONTENT_TYPE, HeaderValue::from_static("application/pdf")), (CONTENT_DISPOSITION, disposition)];
            Ok((headers, printed.pdf).into_response())
        }
        Outcome::Refused(refusal) => sent.refused(&refusal).await,
    }
}

/// Hands the card over.
pub(super) async fn hand_over(pieces: Pieces) -> Result<Response, WebError> {
    sent!(pieces, "hand-over" => sent, number);
    let Ok(received_by) = PersonNumber::parse(sent.text("received_by")) else {
        return sent.refused(&Refusal::field("received_by", domain::refusal::Problem::Missing)).await;
    };
    sent.take(HandOverCard { number: number.clone(), received_by }, "desk-act-hand-over-done").await
}

/// Suspends the card.
pub(super) async fn suspend(pieces: Pieces) -> Result<Response, WebError> {
    sent!(pieces, "suspend" => sent, number);
    let reason = sent.text("reason").to_owned();
    sent.take(SuspendCard { number: number.clone(), reason }, "desk-act-suspend-done").await
}

/// Lifts the suspension.
pub(super) async fn reinstate(pieces: Pieces) -> Result<Response, WebError> {
    sent!(pieces, "reinstate" => sent, number);
    let reason = sent.text("reason").to_owned();
    sent.take(ReinstateCard { number: number.clone(), reason }, "desk-act-reinstate-done").await
}

/// Spoils the blank of a failed print; the card is printed again on another.
pub(super) async fn misprint(pieces: Pieces) -> Result<Response, WebError> {
    sent!(pieces, "misprint" => sent, number);
    let shown = sent.visit.done(sent.state, ShowCard { number: number.clone() }).await?;
    let Some(blank) = shown.blank else {
        return sent.refused(&Refusal::CardState(shown.card.state.as_str())).await;
    };
    let reason = sent.text("reason").to_owned();
    sent.take(SpoilBlank { blank, card: Some(number.clone()), reason }, "desk-act-misprint-done").await
}

/// Throws a card away that nobody holds yet.
pub(super) async fn spoil(pieces: Pieces) -> Result<Response, WebError> {
    sent!(pieces, "spoil" => sent, number);
    let reason = sent.text("reason").to_owned();
    sent.take(SpoilCard { number: number.clone(), reason }, "desk-act-spoil-done").await
}

/// Proposes that the card be revoked.
pub(super) async fn propose_revocation(pieces: Pieces) -> Result<Response, WebError> {
    sent!(pieces, "revoke" => sent, number);
    let text = |field| sent.text(field).to_owned();
    let propose = ProposeRevocation {
        number: number.clone(),
        ground: text("ground"),
        facts: Sensitive::new(text("facts")),
        reason: Sensitive::new(text("reason")),
        cites: Vec::new(),
    };
    sent.take(propose, "desk-act-revoke-done").await
}
