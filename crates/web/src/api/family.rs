// SPDX-License-Identifier: Apache-2.0
//! Who joins and leaves a family, and slips of the pen mended on the day of entry.

use app::registry::{Correct, EndMembership, FixTypo, JoinFamily, JoinedFamily, Joining};
use axum::response::Response;
use domain::{access::Act, id::FamilyId, number::PersonNumber, registry::HEAD};
use serde_json::json;

use super::{
    body::{Body, Part},
    caller::{Caller, Reply},
    operation::Operation,
    person::{EXAMPLE_PERSON, change, only_fact},
    problem::Problem,
    wire,
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::post("/api/v1/families/{id}/members", "join_family", "Add a registered person to a family", join)
            .text(
                "A person is a member of one family at a time; a family of which she is the only member she leaves so.",
            )
            .act(Act::JoinFamily)
            .part::<FamilyId>()
            .takes::<wire::NewMember>(json!({
                "person": EXAMPLE_PERSON,
                "relation": "sister",
                "reason": "reunited",
                "on": "2025-06-01",
            }))
            .keyed()
            .tells::<wire::JoinedFamily>(200, "Added."),
        Operation::post(
            "/api/v1/own-families",
            "begin_family",
            "Begin a family with a registered person as head",
            begin,
        )
        .text("For a person who is a member of no family; others join it afterwards.")
        .act(Act::JoinFamily)
        .takes::<wire::NewOwnFamily>(json!({
            "head": EXAMPLE_PERSON,
            "reason": "own_family",
            "on": "2025-06-01",
        }))
        .keyed()
        .tells::<wire::JoinedFamily>(201, "Begun."),
        Operation::post(
            "/api/v1/persons/{number}/membership-end",
            "leave_family",
            "Note that a person left her family",
            leave,
        )
        .text("Her membership ends; it is not deleted.")
        .act(Act::EndMembership)
        .part::<PersonNumber>()
        .takes::<wire::MembershipEnd>(json!({ "on": "2025-06-01", "reason": "own_wish" }))
        .keyed()
        .tells::<wire::Done>(200, "Noted."),
        Operation::post(
            "/api/v1/persons/{number}/typos",
            "fix_typo",
            "Mend a slip of the pen, on the day of entry, by the officer who made it",
            typo,
        )
        .text("Once a case or a card rests on the record, and on every later day, it is a correction.")
        .act(Act::FixTypo)
        .part::<PersonNumber>()
        .takes::<wire::NewTypo>(json!({ "sex": "female", "version": 1 }))
        .versioned()
        .keyed()
        .tells::<wire::CorrectedPerson>(200, "Mended.")
        .tells_version(),
    ]
}

async fn join(caller: Caller, Part(family): Part<FamilyId>, body: Body<wire::NewMember>) -> Response {
    let wire::NewMember { person, relation, reason, on, guardian } = body.value.clone();
    let joining = Joining { number: person.clone(), relation, reason, on, guardian };
    let join = JoinFamily { family: JoinedFamily::Family(family), joining };
    let tell = move |&family: &FamilyId| Reply::ok(&wire::JoinedFamily { family, number: person.clone() });
    caller.act(&body, join, tell).await
}

async fn begin(caller: Caller, body: Body<wire::NewOwnFamily>) -> Response {
    let wire::NewOwnFamily { head, reason, on } = body.value.clone();
    let joining = Joining { number: head.clone(), relation: HEAD.to_owned(), reason, on, guardian: None };
    let tell = move |&family: &FamilyId| {
        Reply::created(&wire::JoinedFamily { family, number: head.clone() }, format!("/families/{family}"))
    };
    caller.act(&body, JoinFamily { family: JoinedFamily::New, joining }, tell).await
}

async fn leave(caller: Caller, Part(number): Part<PersonNumber>, body: Body<wire::MembershipEnd>) -> Response {
    let wire::MembershipEnd { on, reason, guardian } = body.value.clone();
    let leave = EndMembership { number, on, reason, guardian };
    caller.act(&body, leave, |()| Reply::ok(&wire::Done { done: true })).await
}

async fn typo(caller: Caller, Part(number): Part<PersonNumber>, body: Body<wire::NewTypo>) -> Response {
    let version = match caller.version(body.value.version) {
        Ok(Some(version)) => version,
        Ok(None) => return caller.problem(Problem::field("version", "missing", "the version that was seen")),
        Err(problem) => return caller.problem(problem),
    };
    let wire::NewTypo { sex, birth, birth_place, vital_status, name, .. } = body.value.clone();
    let facts = [
        sex.map(Correct::Sex),
        birth.map(Correct::Birth),
        birth_place.map(Correct::BirthPlace),
        vital_status.map(Correct::VitalStatus),
        name.map(Correct::Name),
    ];
    let fact = match only_fact(facts) {
        Ok(fact) => fact,
        Err(problem) => return caller.problem(problem),
    };
    let told = number.clone();
    let tell = move |version: &i64| {
        Reply::ok(&wire::CorrectedPerson { number: told.clone(), version: *version }).version(*version)
    };
    let mend = FixTypo { number: number.clone(), row_version: version, change: fact };
    change(&caller, &body, &number, mend, tell).await
}
