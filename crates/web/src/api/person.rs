// SPDX-License-Identifier: Apache-2.0
//! Persons and families.

use std::collections::BTreeMap;

use app::{
    UseCase,
    oversight::give_access_token,
    registry::{
        Correct, CorrectPerson, ErasePerson, FamilyMember, FindPersons, PersonQuery, PersonView, ProposeErasure,
        RegisterFamily, RegisteredFamily, ShowFamily, ShowPerson, ShowPersonAt, StoredPhoto, SurnameQuery,
        find_by_surname, normalise_photo, store_photo, version_now,
    },
};
use axum::{http::StatusCode, response::Response};
use base64ct::{Base64, Encoding as _};
use domain::{
    access::Act,
    id::FamilyId,
    number::{CaseNumber, PersonNumber},
    refusal::Refusal,
    registry::{FAMILY_MEMBERS_MAX, FamilyRegistration, HEAD, MemberRegistration, VitalStatus},
    sensitive::Sensitive,
};
use serde_json::json;

use super::{
    body::{Body, Part, Query},
    caller::{Caller, Reply},
    fact,
    operation::Operation,
    problem::{Problem, tell_version},
    wire,
};

/// Persons of a page when the client does not say how many.
const LIMIT: i64 = 25;
/// Where the fields of the one person lie in a registration.
const ONLY_MEMBER: &str = "members[0].";

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::post("/api/v1/persons", "register_person", "Register a person alone", register)
            .act(Act::RegisterFamily)
            .takes::<wire::NewPerson>(example_person())
            .keyed()
            .tells::<wire::RegisteredPerson>(201, "Registered.")
            .tells_version(),
        Operation::get("/api/v1/persons", "find_persons", "Find persons by exact evidence", find)
            .text("By the beginning of the surname, in its order and page by page; or by a number, a document, a name or a \
                   birth date.")
            .act(Act::FindPersons)
            .query::<String>("surname", "Beginning of the family name, in any script; at least two letters.")
            .query::<u8>("limit", "Persons of one page, 1 to 25.")
            .query::<String>("after", "`next` of the page before.")
            .query::<PersonNumber>("number", "Number of the person.")
            .query::<String>("document", "Number of a document.")
            .query::<String>("name", "Beginning of any name, in any script; at least two letters.")
            .query::<domain::time::Date>("born", "Birth date.")
            .tells::<wire::FoundPersons>(200, "Who was found; it is on record for each of them."),
        Operation::get("/api/v1/persons/{number}", "show_person", "Show what this account may see of a person", show)
            .act(Act::ShowPerson)
            .part::<PersonNumber>()
            .tells::<wire::Person>(200, "The record.")
            .tells_version(),
        Operation::get(
            "/api/v1/persons/{number}/history",
            "show_person_then",
            "Show a person as the registry knew her at the end of a past day",
            show_then,
        )
        .act(Act::ShowPerson)
        .part::<PersonNumber>()
        .must_query::<domain::time::Date>("on", "The day.")
        .tells::<wire::PersonThen>(200, "The record as it was then."),
        Operation::post(
            "/api/v1/persons/{number}/corrections",
            "correct_person",
            "Correct a fact; the old value stays on record",
            correct,
        )
        .act(Act::CorrectPerson)
        .part::<PersonNumber>()
        .takes::<wire::NewCorrection>(json!({
            "birth": { "date": "1991-04-02", "precision": "day" },
            "reason": "the passport came",
            "source": "document",
            "version": 1,
        }))
        .versioned()
        .keyed()
        .tells::<wire::CorrectedPerson>(200, "Corrected.")
        .tells_version(),
        Operation::post(
            "/api/v1/persons/{number}/access-tokens",
            "give_access_token",
            "Give an adult the token and the PIN with which she reads who looked",
            give_access,
        )
        .text("They are told once and handed to her alone; an earlier token is of no use any more.")
        .act(Act::GiveAccessToken)
        .part::<PersonNumber>()
        .takes::<wire::Nothing>(json!({}))
        .tells::<wire::GivenAccess>(201, "Given."),
        Operation::post("/api/v1/erasures", "propose_erasure", "Propose that a person be erased", propose_erasure)
            .act(Act::ProposeErasure)
            .takes::<wire::NewErasure>(json!({ "person": EXAMPLE_PERSON, "reason": "registered twice by mistake" }))
            .keyed()
            .tells::<wire::OpenedCase>(201, "Proposed."),
        Operation::post(
            "/api/v1/erasures/{case}/decision",
            "erase_person",
            "Decide an erasure, as the second officer; key, rows and files are destroyed at once",
            erase,
        )
        .act(Act::ErasePerson)
        .part::<CaseNumber>()
        .takes::<wire::OwnReason>(json!({ "reason": "I compared both records" }))
        .keyed()
        .tells::<wire::Erased>(200, "Erased."),
        Operation::post("/api/v1/families", "register_family", "Register a family with its members", register_family)
            .act(Act::RegisterFamily)
            .takes::<FamilyRegistration>(example_family())
            .keyed()
            .tells::<wire::RegisteredFamily>(201, "Registered."),
        Operation::get("/api/v1/families/{id}", "show_family", "Show what this account may see of a family", show_family)
            .act(Act::ShowPerson)
            .part::<FamilyId>()
            .tells::<wire::Family>(200, "The family."),
    ]
}

/// A person number that nobody has, whose check character fits.
pub(super) const EXAMPLE_PERSON: &str = "7K2M94TXBY";

fn example_person() -> serde_json::Value {
    json!({
        "collected_for": "asylum",
        "names": [
            { "kind": "given", "script": "latin", "value": "Zahra" },
            { "kind": "family", "script": "latin", "value": "Sahrayi" },
        ],
        "sex": "female",
        "birth": { "date": "1990-11-02", "precision": "day" },
        "birth_country": "AFG",
        "languages": ["prs"],
    })
}

fn example_family() -> serde_json::Value {
    json!({
        "collected_for": "asylum",
        "event_date": "2025-05-28",
        "members": [{
            "key": "mother",
            "relation": "head",
            "names": [{ "kind": "given", "script": "latin", "value": "Zahra" }],
            "sex": "female",
            "birth": { "date": "1990-11-02" },
        }],
    })
}

async fn register(caller: Caller, body: Body<wire::NewPerson>) -> Response {
    let mut registration = alone(&body.value);
    let photos = match photos(&caller, &mut registration).await {
        Ok(photos) => photos,
        Err(problem) => return caller.problem(problem.without_prefix(ONLY_MEMBER)),
    };
    let tell = |family: &RegisteredFamily| match family.members.first() {
        Some(member) => {
            let number = member.number.clone();
            let path = format!("/persons/{number}");
            Reply::created(&wire::RegisteredPerson { number, family: family.family, version: 1 }, path).version(1)
        }
        None => Reply::created(&wire::Done { done: true }, "/persons"),
    };
    let register = RegisterFamily { registration, photos };
    caller.act_with(&body, register, tell, |problem| problem.without_prefix(ONLY_MEMBER)).await
}

/// A person alone is a family of one.
fn alone(new: &wire::NewPerson) -> FamilyRegistration {
    let new = new.clone();
    let member = MemberRegistration {
        key: None,
        relation: HEAD.to_owned(),
        names: new.names,
        sex: new.sex,
        birth: new.birth,
        birth_place: new.birth_place,
        birth_country: new.birth_country,
        citizenships: new.citizenships,
        documents: new.documents,
        contacts: new.contacts,
        address: new.address,
        languages: new.languages,
        references: new.references,
        vital_status: new.vital_status.unwrap_or(VitalStatus::Alive),
        guardian: None,
        photo: new.photo.map(|photo| photo.into_inner()),
        looks_like: new.looks_like,
    };
    FamilyRegistration {
        collected_for: new.collected_for,
        event_date: new.event_date,
        members: vec![member],
        displacement: new.displacement,
    }
}

async fn register_family(caller: Caller, body: Body<FamilyRegistration>) -> Response {
    let mut registration = body.value.clone();
    let photos = match photos(&caller, &mut registration).await {
        Ok(photos) => photos,
        Err(problem) => return caller.problem(problem),
    };
    let tell = |family: &RegisteredFamily| {
        let members = family.members.iter();
        let members =
            members.map(|member| wire::RegisteredMember { key: member.key.clone(), number: member.number.clone() });
        let told = wire::RegisteredFamily { family: family.family, members: members.collect() };
        Reply::created(&told, format!("/families/{}", family.family))
    };
    caller.act(&body, RegisterFamily { registration, photos }, tell).await
}

/// Stores the photos under seal, before the transaction that gives them to persons; only for whoever may register at all.
async fn photos(
    caller: &Caller,
    registration: &mut FamilyRegistration,
) -> Result<BTreeMap<usize, StoredPhoto>, Problem> {
    let mut stored = BTreeMap::new();
    if !domain::access::roles_for(Act::RegisterFamily).contains(&caller.actor.role) {
        return Ok(stored);
    }
    let service = &caller.state.service;
    for (position, member) in registration.members.iter_mut().enumerate().take(FAMILY_MEMBERS_MAX) {
        let Some(photo) = member.photo.take() else { continue };
        let field = format!("members[{position}].photo");
        let original = Base64::decode_vec(&photo).map_err(|_| Problem::field(&field, "form", "not base64"))?;
        let photo = normalise_photo(service, original).await.map_err(|error| match error {
            app::AppError::Refused(Refusal::Fields(_)) => {
                Problem::field(&field, "form", "no picture that can be read (JPEG or PNG), or too large")
            }
            error => Problem::of_error(error, Some(caller.actor.role), Act::RegisterFamily),
        })?;
        let photo = store_photo(service, &photo).await;
        let photo = photo.map_err(|error| Problem::of_error(error, Some(caller.actor.role), Act::RegisterFamily))?;
        stored.insert(position, photo);
    }
    Ok(stored)
}

async fn find(caller: Caller, Query(query): Query<wire::PersonQuery>) -> Response {
    if query.surname.is_some() {
        return list(caller, query).await;
    }
    if query.after.is_some() || query.limit.is_some() {
        return caller.problem(Problem::field("after", "form", "pages are of persons by surname"));
    }
    let wire::PersonQuery { number, document, name, born, .. } = query;
    caller
        .ask(FindPersons(PersonQuery { number, document, name, born, ..PersonQuery::default() }), |found| {
            let named = |found: &app::registry::FoundPerson| wire::FoundPerson {
                name: Some(found.latin_name.clone()),
                ..found_person(&found.row, None)
            };
            let persons = found.iter().map(named).collect();
            Reply::ok(&wire::FoundPersons { persons, next: None })
        })
        .await
}

async fn list(caller: Caller, query: wire::PersonQuery) -> Response {
    if query.number.is_some() || query.document.is_some() || query.name.is_some() || query.born.is_some() {
        return caller.problem(Problem::field("surname", "form", "stands alone"));
    }
    let limit = match query.limit.as_deref().map(str::parse).transpose() {
        Ok(limit) => limit.unwrap_or(LIMIT),
        Err(_) => return caller.problem(Problem::field("limit", "form", "a number from 1 to 25")),
    };
    let query = SurnameQuery { surname: query.surname.unwrap_or_default(), limit, after: query.after };
    let found = find_by_surname(&caller.state.service, &caller.context(), &query).await;
    caller.tell(found, Act::FindPersons, |page| {
        let persons = page.persons.iter().map(|(row, surname)| found_person(row, Some(surname.clone()))).collect();
        Reply::ok(&wire::FoundPersons { persons, next: page.next })
    })
}

fn found_person(row: &app::registry::PersonRow, surname: Option<Sensitive<String>>) -> wire::FoundPerson {
    wire::FoundPerson {
        number: row.number.clone(),
        surname,
        name: None,
        birth: row.birth,
        sex: row.sex,
        office: row.office.clone(),
        registered_at: row.registered_at,
    }
}

async fn show(caller: Caller, Part(number): Part<PersonNumber>) -> Response {
    caller.ask(ShowPerson { number }, |view| Reply::ok(&shown(&view)).version(view.person.row.row_version)).await
}

fn shown(view: &PersonView) -> wire::Person {
    let (row, record) = (&view.person.row, &view.person);
    wire::Person {
        number: row.number.clone(),
        version: row.row_version,
        collected_for: row.collected_for,
        sex: row.sex,
        birth: row.birth,
        birth_place: row.birth_place.clone(),
        birth_country: row.birth_country,
        vital_status: row.vital_status,
        has_photo: row.photo.is_some(),
        office: row.office.clone(),
        event_date: row.event_date,
        registered_at: row.registered_at,
        names: record.names.iter().map(name).collect(),
        citizenships: record.citizenships.clone(),
        documents: record.documents.iter().map(fact::document).collect(),
        contacts: record.contacts.iter().map(fact::contact).collect(),
        addresses: record.addresses.iter().map(fact::address).collect(),
        languages: record.languages.clone(),
        references: record.references.clone(),
        family_id: view.family,
        family: members(&view.members),
        displacements: view.displacements.clone(),
        corrections: view
            .corrections
            .iter()
            .map(|correction| wire::Correction {
                field: correction.field.clone(),
                old_value: correction.old_value.clone(),
                new_value: correction.new_value.clone(),
                reason: correction.reason.clone(),
                source: correction.source.clone(),
                since: correction.event_date,
                at: correction.at,
            })
            .collect(),
    }
}

/// Members of a family, past ones too.
fn members(members: &[(FamilyMember, PersonNumber, Sensitive<String>)]) -> Vec<wire::FamilyMember> {
    let told = members.iter().map(|(member, number, name)| wire::FamilyMember {
        number: number.clone(),
        name: name.clone(),
        relation: member.relation.clone(),
        from: member.from,
        to: member.to,
    });
    told.collect()
}

async fn show_family(caller: Caller, Part(family): Part<FamilyId>) -> Response {
    caller
        .ask(ShowFamily { family }, |view| {
            let displacements = view.displacements;
            Reply::ok(&wire::Family { family, members: members(&view.members), displacements })
        })
        .await
}

fn name(stored: &app::registry::StoredName) -> wire::Name {
    wire::Name { kind: stored.kind, script: stored.script, source: stored.source, value: stored.value.clone() }
}

async fn show_then(
    caller: Caller,
    Part(number): Part<PersonNumber>,
    Query(wire::OnDay { on }): Query<wire::OnDay>,
) -> Response {
    let show = ShowPersonAt { number: number.clone(), on };
    caller
        .ask(show, |person| {
            Reply::ok(&wire::PersonThen {
                number,
                on,
                birth: person.birth,
                birth_place: person.birth_place.clone(),
                sex: person.sex,
                vital_status: person.vital_status,
                names: person.names.iter().map(name).collect(),
            })
        })
        .await
}

async fn correct(caller: Caller, Part(number): Part<PersonNumber>, body: Body<wire::NewCorrection>) -> Response {
    let version = match caller.version(body.value.version) {
        Ok(version) => version,
        Err(problem) => return caller.problem(problem),
    };
    let new = body.value.clone();
    let facts = [
        new.sex.map(Correct::Sex),
        new.birth.map(Correct::Birth),
        new.birth_place.map(Correct::BirthPlace),
        new.vital_status.map(Correct::VitalStatus),
        new.name.map(Correct::Name),
    ];
    let fact = match only_fact(facts) {
        Ok(fact) => fact,
        Err(problem) => return caller.problem(problem),
    };
    let correct = CorrectPerson {
        number: number.clone(),
        row_version: version,
        change: fact,
        reason: new.reason.into_inner(),
        source: new.source,
        event_date: new.since,
    };
    let tell = move |version: &i64| {
        Reply::ok(&wire::CorrectedPerson { number: number.clone(), version: *version }).version(*version)
    };
    let seen = correct.number.clone();
    change(&caller, &body, &seen, correct, tell).await
}

/// The one fact that a client gave.
pub(super) fn only_fact(facts: [Option<Correct>; 5]) -> Result<Correct, Problem> {
    let mut given = facts.into_iter().flatten();
    match (given.next(), given.next()) {
        (Some(fact), None) => Ok(fact),
        _ => Err(Problem::field("", "form", "exactly one of sex, birth, birth_place, vital_status and name")),
    }
}

/// Changes a person's record; a conflict is told with the version that the record has now.
pub(super) async fn change<U: UseCase, T>(
    caller: &Caller,
    body: &Body<T>,
    number: &PersonNumber,
    act: U,
    tell: impl Fn(&U::Output) -> Reply + Send + Sync + 'static,
) -> Response {
    let mut ended = match caller.done(body, act, tell, |problem| problem).await {
        Ok(ended) => ended,
        Err(problem) => return caller.problem(problem),
    };
    if ended.kept.status == StatusCode::CONFLICT.as_u16() {
        match version_now(&caller.state.service, number).await {
            Ok(version) => version.into_iter().for_each(|version| tell_version(&mut ended.kept, version)),
            Err(error) => return caller.error(error, U::ACT),
        }
    }
    ended.answer()
}

async fn give_access(caller: Caller, Part(number): Part<PersonNumber>, _: Body<wire::Nothing>) -> Response {
    let given = give_access_token(&caller.state.service, &caller.context(), &number).await;
    caller.tell(given, Act::GiveAccessToken, |access| {
        let told = wire::GivenAccess { token: access.token, pin: access.pin };
        Reply::created(&told, format!("/persons/{number}/access-tokens"))
    })
}

async fn propose_erasure(caller: Caller, body: Body<wire::NewErasure>) -> Response {
    let wire::NewErasure { person, reason } = body.value.clone();
    let propose = ProposeErasure { number: person, reason: reason.into_inner() };
    caller.act(&body, propose, |case| opened(case, "erasures")).await
}

/// A case that was opened, below a path.
pub(super) fn opened(case: &CaseNumber, below: &str) -> Reply {
    Reply::created(&wire::OpenedCase { case: case.clone() }, format!("/{below}/{case}"))
}

async fn erase(caller: Caller, Part(case): Part<CaseNumber>, body: Body<wire::OwnReason>) -> Response {
    let erase = ErasePerson { case: case.clone(), reason: body.value.reason.expose().clone() };
    caller.act(&body, erase, move |()| Reply::ok(&wire::Erased { case: case.clone(), erased: true })).await
}

/// The holder of a paper.
pub(super) fn holder(holder: &app::registry::Holder) -> wire::Holder {
    wire::Holder {
        number: holder.number.clone(),
        latin_name: holder.latin_name.clone(),
        original_name: holder.original_name.clone(),
        birth: holder.birth,
        sex: holder.sex,
        citizenships: holder.citizenships.clone(),
        language: holder.language.clone(),
    }
}
