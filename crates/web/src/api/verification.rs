// SPDX-License-Identifier: Apache-2.0
//! The check of a card, for everybody: it stores nothing and is on no record.

use app::verification::{CardAnswer, check_text};
use axum::{extract::State, http::Extensions, response::Response};
use base64ct::{Base64, Encoding as _};
use domain::{access::Act, sensitive::Sensitive};
use serde_json::json;

use super::{
    body::Body,
    caller::{Reply, RequestId},
    operation::Operation,
    problem::Problem,
    wire,
};
use crate::{
    state::{AppState, Rates},
    visit::Peer,
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::post("/api/v1/verification", "check_card", "Check a card by the text of its QR code", check)
            .text("The answer is about the card, never about the person. Nothing of the check is kept.")
            .anyone()
            .takes::<wire::CardToCheck>(json!({ "text": "6BFOXN*TS0BI$ZD.P9UOL97O4-2HH77HRM3DSPTLRR+%3" }))
            .tells::<wire::CheckAnswer>(200, "The answer."),
    ]
}

async fn check(State(state): State<AppState>, extensions: Extensions, body: Body<wire::CardToCheck>) -> Response {
    let id = RequestId::of(&extensions);
    if let Err(error) = Rates::check(&state.rates.verify, &Peer::key(&extensions), state.service.now()) {
        return Problem::from(error).answer(id);
    }
    match check_text(&state.service, body.value.text.expose()).await {
        Ok(answer) => Reply::ok(&told(&answer)).answer(),
        Err(error) => Problem::of_error(error, None, Act::ReadWhoLooked).answer(id),
    }
}

fn told(answer: &CardAnswer) -> wire::CheckAnswer {
    let shown = answer.shown.as_ref().map(|shown| wire::ShownCard {
        face: shown.face.as_ref().map(|face| Sensitive::new(Base64::encode_string(face))),
        name: Sensitive::new(shown.name.clone()),
        own_script: shown.own_script.clone().map(Sensitive::new),
        valid_until: shown.valid_until,
    });
    wire::CheckAnswer {
        standing: answer.standing.as_str().to_owned(),
        shown,
        list_signed_at: answer.list_signed_at,
        checked_at: answer.checked_at,
    }
}
