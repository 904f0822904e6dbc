// SPDX-License-Identifier: Apache-2.0
//! Documents, contacts and addresses of a registered person, added and ended; and who looked at her record.

use app::{
    oversight::ShowLooks,
    registry::{AddFact, EndFact, Fact, FactChanged, FactGround, Held},
};
use axum::response::Response;
use domain::{
    access::Act,
    id::RowId,
    number::PersonNumber,
    registry::{Address, Contact, Document},
};
use serde_json::json;

use super::{
    audit,
    body::{Body, Part, Query},
    caller::{Caller, Reply},
    operation::Operation,
    person::change,
    problem::Problem,
    wire,
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::post(
            "/api/v1/persons/{number}/facts",
            "add_fact",
            "Add a document, a contact or an address, or put it in the place of another",
            add,
        )
        .text("A document that somebody else holds is added only with a word of the officer on each holder.")
        .act(Act::CorrectPerson)
        .part::<PersonNumber>()
        .takes::<wire::NewFact>(json!({
            "contact": { "kind": "phone", "value": "+994500000002" },
            "reason": "she has a new number",
            "source": "stated",
            "version": 1,
        }))
        .versioned()
        .keyed()
        .tells::<wire::ChangedFact>(200, "Added.")
        .tells_version(),
        Operation::post(
            "/api/v1/persons/{number}/ended-facts",
            "end_fact",
            "End a document, a contact or an address; it stays on record",
            end,
        )
        .act(Act::CorrectPerson)
        .part::<PersonNumber>()
        .takes::<wire::FactEnd>(json!({
            "fact": "01970000-0000-7000-8000-000000000000",
            "reason": "the passport was lost",
            "source": "stated",
        }))
        .versioned()
        .keyed()
        .tells::<wire::ChangedFact>(200, "Ended.")
        .tells_version(),
        Operation::get(
            "/api/v1/persons/{number}/looks",
            "show_looks",
            "Show which officers looked at a person's record or changed it, latest first",
            looks,
        )
        .text("Sealed files and the oversight of the Ombudsman are no part of it; this reading is on record too.")
        .act(Act::ShowLooks)
        .part::<PersonNumber>()
        .query::<uuid::Uuid>("after", "`next` of the page before.")
        .tells::<wire::Looks>(200, "At most 25."),
    ]
}

fn changed(number: PersonNumber) -> impl Fn(&FactChanged) -> Reply {
    move |changed| {
        let (fact, version) = (changed.fact.uuid(), changed.row_version);
        Reply::ok(&wire::ChangedFact { number: number.clone(), fact, version }).version(version)
    }
}

async fn add(caller: Caller, Part(number): Part<PersonNumber>, body: Body<wire::NewFact>) -> Response {
    let row_version = match caller.version(body.value.version) {
        Ok(version) => version,
        Err(problem) => return caller.problem(problem),
    };
    let new = body.value.clone();
    let mut facts: Vec<Fact> = Vec::new();
    facts.extend(new.document.map(Fact::Document));
    facts.extend(new.contact.map(Fact::Contact));
    facts.extend(new.address.map(Fact::Address));
    let (Some(fact), true) = (facts.pop(), facts.is_empty()) else {
        return caller.problem(Problem::field("", "form", "exactly one of document, contact and address"));
    };
    let ground = FactGround { row_version, reason: new.reason.into_inner(), source: new.source, event_date: new.since };
    let replaces = new.replaces.map(RowId::from);
    let add = AddFact { number: number.clone(), fact, replaces, ground, looks_like: new.looks_like };
    change(&caller, &body, &number, add, changed(number.clone())).await
}

async fn end(caller: Caller, Part(number): Part<PersonNumber>, body: Body<wire::FactEnd>) -> Response {
    let row_version = match caller.version(body.value.version) {
        Ok(version) => version,
        Err(problem) => return caller.problem(problem),
    };
    let end = body.value.clone();
    let ground = FactGround { row_version, reason: end.reason.into_inner(), source: end.source, event_date: end.since };
    let act = EndFact { number: number.clone(), fact: RowId::from(end.fact), ground };
    change(&caller, &body, &number, act, changed(number.clone())).await
}

async fn looks(
    caller: Caller,
    Part(number): Part<PersonNumber>,
    Query(wire::After { after }): Query<wire::After>,
) -> Response {
    let show = ShowLooks { number, before: after.map(Into::into) };
    caller
        .ask(show, |page| {
            let entries = page.entries.into_iter().map(audit::entry).collect();
            Reply::ok(&wire::Looks { entries, next: page.next.map(|next| next.uuid()) })
        })
        .await
}

/// A document as told.
pub(super) fn document(held: &Held<Document>) -> wire::HeldDocument {
    let Document { kind, number, country, issued, expires } = held.fact.clone();
    wire::HeldDocument { id: held.id.uuid(), kind, number, country, issued, expires }
}

/// A contact as told.
pub(super) fn contact(held: &Held<Contact>) -> wire::HeldContact {
    let Contact { kind, value } = held.fact.clone();
    wire::HeldContact { id: held.id.uuid(), kind, value }
}

/// An address as told.
pub(super) fn address(held: &Held<Address>) -> wire::HeldAddress {
    let Address { area, line, dwelling, from, confidentiality } = held.fact.clone();
    wire::HeldAddress { id: held.id.uuid(), area, line, dwelling, from, confidentiality }
}
