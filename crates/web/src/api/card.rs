// SPDX-License-Identifier: Apache-2.0
//! Cards, from preparation to revocation, and the stock of blanks.

use app::cards::{
    AddBlanks, CardView, CheckCard, CountBlanks, HandOverCard, HandedOver, PrepareCard, ProposeRevocation,
    ReinstateCard, RevokeCard, ShowCard, SpoilBlank, SpoilCard, SuspendCard, print_card, sign_card,
};
use app::port::CardFace;
use axum::response::Response;
use base64ct::{Base64, Encoding as _};
use domain::{
    access::Act,
    card::CardState,
    number::{CardNumber, CaseNumber},
    sensitive::Sensitive,
};
use serde_json::json;

use super::{
    body::{Body, Part},
    caller::{Caller, Reply},
    operation::Operation,
    person::{EXAMPLE_PERSON, holder},
    problem::Problem,
    wire,
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    let mut all = vec![
        Operation::post(
            "/api/v1/cards",
            "prepare_card",
            "Prepare a card from the record of a recognised person",
            prepare,
        )
        .act(Act::PrepareCard)
        .takes::<wire::NewCard>(json!({ "person": EXAMPLE_PERSON }))
        .keyed()
        .tells::<wire::PreparedCard>(201, "Prepared."),
        Operation::get("/api/v1/cards/{number}", "show_card", "Show a card's record", show)
            .act(Act::ShowCard)
            .part::<CardNumber>()
            .tells::<wire::Card>(200, "The record."),
        Operation::post(
            "/api/v1/cards/{number}/check",
            "check_prepared_card",
            "Compare a prepared card with the record, as the second officer",
            check,
        )
        .act(Act::CheckCard)
        .part::<CardNumber>()
        .takes::<wire::Nothing>(json!({}))
        .keyed()
        .tells::<wire::CheckedCard>(200, "It agrees with the record."),
        Operation::post("/api/v1/cards/{number}/signature", "sign_card", "Sign a checked card", sign)
            .text("A card is signed once: repeating it is refused.")
            .act(Act::SignCard)
            .part::<CardNumber>()
            .takes::<wire::Nothing>(json!({}))
            .tells::<wire::SignedCard>(200, "Signed."),
        Operation::post("/api/v1/cards/{number}/print", "print_card", "Print a signed card on a numbered blank", print)
            .text("Repeating it prints the same card on the same blank.")
            .act(Act::PrintCard)
            .part::<CardNumber>()
            .takes::<wire::Nothing>(json!({}))
            .tells::<wire::PrintedCard>(200, "Printed, with its pictures."),
        Operation::post(
            "/api/v1/cards/{number}/hand-over",
            "hand_over_card",
            "Hand a printed card over, in person",
            hand_over,
        )
        .act(Act::HandOverCard)
        .part::<CardNumber>()
        .takes::<wire::HandOver>(json!({ "to": EXAMPLE_PERSON }))
        .keyed()
        .tells::<wire::HandedOver>(200, "Handed over."),
    ];
    all.extend(ends());
    all.extend(blanks());
    all
}

/// What ends or interrupts the life of a card.
fn ends() -> Vec<Operation> {
    vec![
        Operation::post("/api/v1/cards/{number}/spoil", "spoil_card", "Throw a card away that nobody holds yet", spoil)
            .text("The blank on which it was printed goes with it.")
            .act(Act::KeepBlanks)
            .part::<CardNumber>()
            .takes::<wire::Because>(json!({ "reason": "record_changed" }))
            .keyed()
            .tells::<wire::CardNow>(200, "Spoiled."),
        Operation::post("/api/v1/cards/{number}/suspension", "suspend_card", "Suspend a card", suspend)
            .act(Act::SuspendCard)
            .part::<CardNumber>()
            .takes::<wire::Because>(json!({ "reason": "lost" }))
            .keyed()
            .tells::<wire::CardNow>(200, "Suspended."),
        Operation::post("/api/v1/cards/{number}/reinstatement", "reinstate_card", "Lift a suspension", reinstate)
            .act(Act::SuspendCard)
            .part::<CardNumber>()
            .takes::<wire::OwnReason>(json!({ "reason": "found at home" }))
            .keyed()
            .tells::<wire::CardNow>(200, "In use again."),
        Operation::post(
            "/api/v1/cards/{number}/revocation",
            "propose_revocation",
            "Propose that a card be revoked",
            propose,
        )
        .act(Act::ProposeRevocation)
        .part::<CardNumber>()
        .takes::<wire::NewRevocation>(json!({
            "ground": "issued_in_error",
            "facts": "The card shows another person's name.",
            "reason": "I compared card and record by hand.",
        }))
        .keyed()
        .tells::<wire::ProposedRevocation>(201, "Proposed."),
        Operation::post(
            "/api/v1/revocations/{case}/decision",
            "revoke_card",
            "Revoke a card, as the second officer",
            revoke,
        )
        .act(Act::RevokeCard)
        .part::<CaseNumber>()
        .takes::<wire::RevocationDecision>(json!({ "reason": "I compared card and record myself." }))
        .keyed()
        .tells::<wire::CardNow>(200, "Revoked."),
    ]
}

/// The stock of blanks.
fn blanks() -> Vec<Operation> {
    vec![
        Operation::post("/api/v1/blanks", "add_blanks", "Take blanks into stock", add_blanks)
            .act(Act::KeepBlanks)
            .takes::<wire::NewBlanks>(json!({ "numbers": ["AZ-0001", "AZ-0002"] }))
            .keyed()
            .tells::<wire::AddedBlanks>(201, "Taken into stock."),
        Operation::get("/api/v1/blanks", "count_blanks", "Count the blanks of the office", count_blanks)
            .act(Act::KeepBlanks)
            .tells::<wire::Blanks>(200, "How many in each state."),
        Operation::post("/api/v1/blanks/{number}/spoil", "spoil_blank", "Spoil a blank", spoil_blank)
            .act(Act::KeepBlanks)
            .part::<String>()
            .takes::<wire::SpoilBlank>(json!({ "reason": "printer_jam" }))
            .keyed()
            .tells::<wire::SpoiledBlank>(200, "Spoiled."),
    ]
}

async fn prepare(caller: Caller, body: Body<wire::NewCard>) -> Response {
    let wire::NewCard { person, replaces, because } = body.value.clone();
    if replaces.is_some() != because.is_some() {
        return caller.problem(Problem::field("because", "missing", "replaces and because go together"));
    }
    let replaced = replaces.clone();
    let prepare = PrepareCard { person, replaces: replaces.zip(because) };
    let tell = move |card: &CardNumber| {
        let told = wire::PreparedCard { card: card.clone(), replaces: replaced.clone() };
        Reply::created(&told, format!("/cards/{card}"))
    };
    caller.act(&body, prepare, tell).await
}

async fn show(caller: Caller, Part(number): Part<CardNumber>) -> Response {
    caller.ask(ShowCard { number }, |view| Reply::ok(&shown(&view))).await
}

fn shown(view: &CardView) -> wire::Card {
    let card = &view.card;
    wire::Card {
        card: card.number.clone(),
        office: card.office.clone(),
        state: card.state,
        status_index: card.status_index,
        issued_on: card.issued_on,
        expires_on: card.expires_on,
        handed_over_at: card.handed_over_at,
        key_id: card.key_id.as_ref().map(domain::audit::hex),
        blank: view.blank.clone(),
        qr_text: view.qr_text.clone().map(Sensitive::new),
        events: view
            .events
            .iter()
            .map(|event| wire::CardEvent {
                action: event.action.clone(),
                by: event.by.uuid(),
                basis: event.basis.clone(),
                at: event.at,
            })
            .collect(),
    }
}

fn face(face: &CardFace) -> wire::CardFace {
    let (name, script) = match &face.original_name {
        Some((name, script)) => (Some(Sensitive::new(name.clone())), Some(script.clone())),
        None => (None, None),
    };
    wire::CardFace {
        surname: Sensitive::new(face.surname.clone()),
        given: Sensitive::new(face.given.clone()),
        original_name: name,
        original_script: script,
        original_language: face.original_language.clone(),
        birth: face.birth,
        sex: face.sex,
        nationality: face.nationality.clone(),
        card_number: face.card_number.clone(),
        person_number: face.person_number.clone(),
        issued_on: face.issued_on,
        expires_on: face.expires_on,
        office: face.office.clone(),
        mrz: zone(face),
    }
}

fn zone(face: &CardFace) -> Vec<Sensitive<String>> {
    face.mrz.iter().cloned().map(Sensitive::new).collect()
}

/// A card and its state.
fn now(card: &CardNumber, state: CardState) -> Reply {
    Reply::ok(&wire::CardNow { card: card.clone(), state })
}

async fn check(caller: Caller, Part(number): Part<CardNumber>, body: Body<wire::Nothing>) -> Response {
    let card = number.clone();
    let tell = move |made: &CardFace| {
        Reply::ok(&wire::CheckedCard { card: card.clone(), state: CardState::Checked, face: face(made) })
    };
    caller.act(&body, CheckCard { number }, tell).await
}

async fn sign(caller: Caller, Part(number): Part<CardNumber>, _: Body<wire::Nothing>) -> Response {
    let service = &caller.state.service;
    let signed = sign_card(service, &caller.context(), service.printer(), &number).await;
    caller.tell(signed, Act::SignCard, |signed| {
        let (key_id, qr_version) = (signed.key_id.to_string(), signed.qr_version);
        Reply::ok(&wire::SignedCard { card: number, key_id, qr_version })
    })
}

async fn print(caller: Caller, Part(number): Part<CardNumber>, _: Body<wire::Nothing>) -> Response {
    let service = &caller.state.service;
    let printed = print_card(service, &caller.context(), service.printer(), &number).await;
    caller.tell(printed, Act::PrintCard, |printed| {
        Reply::ok(&wire::PrintedCard {
            card: number,
            blank: printed.blank,
            pdf: Sensitive::new(Base64::encode_string(&printed.pdf)),
            qr_text: Sensitive::new(printed.qr_text),
            qr_picture: Sensitive::new(Base64::encode_string(&printed.qr_picture)),
            mrz: zone(&printed.face),
        })
    })
}

async fn hand_over(caller: Caller, Part(number): Part<CardNumber>, body: Body<wire::HandOver>) -> Response {
    let card = number.clone();
    let tell = move |handed: &HandedOver| {
        Reply::ok(&wire::HandedOver {
            card: card.clone(),
            state: CardState::Active,
            holder: holder(&handed.holder),
            face: face(&handed.face),
            on: handed.on,
        })
    };
    caller.act(&body, HandOverCard { number, received_by: body.value.to.clone() }, tell).await
}

async fn spoil(caller: Caller, Part(number): Part<CardNumber>, body: Body<wire::Because>) -> Response {
    let (card, reason) = (number.clone(), body.value.reason.clone());
    caller.act(&body, SpoilCard { number, reason }, move |()| now(&card, CardState::Spoiled)).await
}

async fn suspend(caller: Caller, Part(number): Part<CardNumber>, body: Body<wire::Because>) -> Response {
    let (card, reason) = (number.clone(), body.value.reason.clone());
    caller.act(&body, SuspendCard { number, reason }, move |()| now(&card, CardState::Suspended)).await
}

async fn reinstate(caller: Caller, Part(number): Part<CardNumber>, body: Body<wire::OwnReason>) -> Response {
    let (card, reason) = (number.clone(), body.value.reason.expose().clone());
    caller.act(&body, ReinstateCard { number, reason }, move |()| now(&card, CardState::Active)).await
}

async fn propose(caller: Caller, Part(number): Part<CardNumber>, body: Body<wire::NewRevocation>) -> Response {
    let card = number.clone();
    let wire::NewRevocation { ground, facts, reason, cites } = body.value.clone();
    let tell = move |case: &CaseNumber| {
        let told = wire::ProposedRevocation { case: case.clone(), card: card.clone() };
        Reply::created(&told, format!("/revocations/{case}"))
    };
    caller.act(&body, ProposeRevocation { number, ground, facts, reason, cites }, tell).await
}

async fn revoke(caller: Caller, Part(case): Part<CaseNumber>, body: Body<wire::RevocationDecision>) -> Response {
    let wire::RevocationDecision { reason, cites } = body.value.clone();
    caller.act(&body, RevokeCard { case, reason, cites }, |card| now(card, CardState::Revoked)).await
}

async fn add_blanks(caller: Caller, body: Body<wire::NewBlanks>) -> Response {
    let add = AddBlanks { numbers: body.value.numbers.clone() };
    let tell = |count: &usize| {
        let added = u64::try_from(*count).unwrap_or(u64::MAX);
        Reply::created(&wire::AddedBlanks { added }, "/blanks")
    };
    caller.act(&body, add, tell).await
}

async fn count_blanks(caller: Caller) -> Response {
    caller
        .ask(CountBlanks, |counts| {
            let blanks = counts.into_iter().map(|(state, count)| wire::BlankCount { state, count });
            Reply::ok(&wire::Blanks { blanks: blanks.collect() })
        })
        .await
}

async fn spoil_blank(caller: Caller, Part(blank): Part<String>, body: Body<wire::SpoilBlank>) -> Response {
    let wire::SpoilBlank { card, reason } = body.value.clone();
    let told = wire::SpoiledBlank { blank: blank.clone(), card: card.clone(), reason: reason.clone() };
    caller.act(&body, SpoilBlank { blank, card, reason }, move |()| Reply::ok(&told)).await
}
