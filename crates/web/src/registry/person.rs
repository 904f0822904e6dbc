// SPDX-License-Identifier: Apache-2.0
//! The file of a person, now and on a past day, and of her family.

use app::registry::{
    FactKind, Held, PersonAt, PersonView, ShowPerson, ShowPersonAt, TypoFixable, latin_name, original_name,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    access::Act,
    id::RowId,
    number::PersonNumber,
    registry::{Confidentiality, ContactKind, NameKind, Sex, Verdict, VitalStatus},
    sensitive::Sensitive,
};
use serde::Deserialize;

use super::{codes, form_page::Row, start};
use crate::{
    WebError,
    page::{self, Link, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// On which day the file is asked.
#[derive(Deserialize)]
pub(super) struct On {
    on: Option<String>,
}

/// A fact with the way to correct it.
struct Fact {
    label: String,
    value: String,
    correct: Option<String>,
}

/// Something that happened to the record.
struct Event {
    title: String,
    at: String,
    text: String,
}

/// A member of a family.
pub(super) struct Member {
    path: String,
    number: String,
    name: String,
    relation: String,
    guardian: String,
    period: String,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "registry/person.html")]
struct PersonPage {
    page: Page,
    number: String,
    name: String,
    own_name: String,
    born: String,
    picture: Option<String>,
    /// The day on which the file is asked, as it is typed again, and as it is read.
    on: String,
    past: Option<String>,
    facts: Vec<Fact>,
    documents: Vec<Fact>,
    reached: Vec<Fact>,
    /// What can be added to each of them.
    add_document: Vec<Link>,
    add_reached: Vec<Link>,
    members: Vec<Member>,
    events: Vec<Event>,
    actions: Vec<Link>,
    /// Where it is shown who looked, for whom that is shown.
    looked: Option<String>,
    path: String,
}

/// The number of a person in an address.
pub(super) fn number(text: &str) -> Result<PersonNumber, WebError> {
    PersonNumber::parse(text).map_err(|_| WebError::NotFound)
}

/// The file of a person; what the role may not see is not there.
pub(super) async fn get(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(typed): Path<String>,
    Query(On { on }): Query<On>,
) -> Result<Response, WebError> {
    let number = number(&typed)?;
    let view = visit.done(&state, ShowPerson { number: number.clone() }).await?;
    let on =
        on.as_deref().filter(|on| !on.is_empty()).map(|on| codes::day(on).ok_or(WebError::NotFound)).transpose()?;
    let then = match on {
        Some(on) => Some(visit.done(&state, ShowPersonAt { number, on }).await?),
        None => None,
    };
    let name = latin_name(&view.person.names).into_inner();
    let page = Page::staff_titled(&state, &reader, &visit, name.clone());
    let past = on.map(|on| page.with("registry-person-past", "date", page.date(on)));
    let view = PersonPage {
        number: view.person.row.number.to_string(),
        own_name: original_name(&view.person.names).map(Sensitive::into_inner).unwrap_or_default(),
        born: codes::birth(&page, view.person.row.birth),
        picture: view.person.row.photo.as_ref().map(|_| format!("/persons/{}/picture", view.person.row.number)),
        on: on.map(codes::typed_day).unwrap_or_default(),
        past,
        facts: match &then {
            Some(then) => past_facts(&page, then),
            None => facts(&state, &page, &visit, &view),
        },
        documents: documents(&state, &page, &visit, &view),
        reached: reached(&state, &page, &visit, &view),
        add_document: add_links(&page, &visit, &view, &[FactKind::Document]),
        add_reached: add_links(&page, &visit, &view, &[FactKind::Contact, FactKind::Address]),
        members: members(&state, &page, &view),
        events: events(&state, &page, &view),
        actions: actions(&page, &visit, &view),
        looked: visit.may(Act::ShowLooks).then(|| format!("/persons/{}/looked", view.person.row.number)),
        path: format!("/persons/{}", view.person.row.number),
        name,
        page,
    };
    page::html(view.page.language, &view)
}

fn name_kind(words: &Words, kind: NameKind, script: &str) -> String {
    let kind = words.text(match kind {
        NameKind::Given => "registry-name-given",
        NameKind::Family => "registry-name-family",
        NameKind::Father => "registry-name-father",
        NameKind::Full => "registry-name-full",
    });
    if script == "latin" { kind } else { words.with("registry-name-other-script", "part", kind) }
}

fn facts(state: &AppState, words: &Words, visit: &Visit, view: &PersonView) -> Vec<Fact> {
    let row = &view.person.row;
    // On the day of entry a slip is mended; afterwards a fact is corrected with reason and source.
    let act = if view.typo == TypoFixable::Yes { "typo" } else { "correct" };
    let correct =
        |what: &str| visit.may(Act::CorrectPerson).then(|| format!("/persons/{}/{act}?what={what}", row.number));
    let fact = |key: &str, value: String, what: Option<&str>| Fact {
        label: words.text(key),
        value,
        correct: what.and_then(correct),
    };
    let mut facts: Vec<Fact> = view
        .person
        .names
        .iter()
        .map(|name| Fact {
            label: name_kind(words, name.kind, name.script.as_str()),
            value: name.value.expose().clone(),
            correct: correct("name"),
        })
        .collect();
    let country = |code: &str| codes::name(state, words, "country", code);
    let place = row.birth_place.as_ref().map(|place| place.expose().clone()).unwrap_or_default();
    facts.extend([
        fact("registry-person-born", codes::birth(words, row.birth), Some("birth")),
        fact("registry-person-sex", codes::sex(words, row.sex), Some("sex")),
        fact("registry-person-birth-place", place, Some("birth_place")),
    ]);
    facts.extend(row.birth_country.map(|code| fact("registry-person-birth-country", country(code.as_str()), None)));
    facts.push(fact("registry-person-vital", codes::vital(words, row.vital_status), Some("vital_status")));
    facts.extend(
        view.person
            .citizenships
            .iter()
            .map(|held| fact("registry-person-citizenship", country(held.country.as_str()), None)),
    );
    let languages: Vec<_> =
        view.person.languages.iter().map(|code| codes::name(state, words, "language", code)).collect();
    if !languages.is_empty() {
        facts.push(fact("registry-person-languages", languages.join(", "), None));
    }
    facts.push(fact("registry-start-given-for", start::given_for(words, row.collected_for), None));
    let office = state.service.pack().office(&row.office);
    let office = office.map_or(row.office.as_str(), |office| office.name.in_language(words.language.code()));
    facts.push(fact("registry-person-office", office.to_owned(), None));
    facts.extend(row.event_date.map(|date| fact("registry-start-event-date", words.date(date), None)));
    facts
}

fn past_facts(words: &Words, then: &PersonAt) -> Vec<Fact> {
    let fact = |label: String, value: String| Fact { label, value, correct: None };
    let names = then.names.iter();
    let mut facts: Vec<Fact> = names
        .map(|name| fact(name_kind(words, name.kind, name.script.as_str()), name.value.expose().clone()))
        .collect();
    let place = then.birth_place.as_ref().map(|place| place.expose().clone()).unwrap_or_default();
    facts.extend([
        fact(words.text("registry-person-born"), codes::birth(words, then.birth)),
        fact(words.text("registry-person-sex"), codes::sex(words, then.sex)),
        fact(words.text("registry-person-birth-place"), place),
        fact(words.text("registry-person-vital"), codes::vital(words, then.vital_status)),
    ]);
    facts
}

fn documents(state: &AppState, words: &Words, visit: &Visit, view: &PersonView) -> Vec<Fact> {
    let document = |held: &Held<domain::registry::Document>| {
        let mut value =
            format!("{}, {}", held.number.expose(), codes::name(state, words, "country", held.country.as_str()));
        if let Some(expires) = held.expires {
            value += &format!(", {}", words.with("registry-person-expires", "date", words.date(expires)));
        }
        Fact {
            label: codes::name(state, words, "document_type", &held.kind),
            value,
            correct: end(visit, view, held.id),
        }
    };
    let reference = |held: &domain::registry::ForeignReference| Fact {
        label: held.organisation.to_uppercase(),
        value: held.number.expose().clone(),
        correct: None,
    };
    view.person.documents.iter().map(document).chain(view.person.references.iter().map(reference)).collect()
}

fn reached(state: &AppState, words: &Words, visit: &Visit, view: &PersonView) -> Vec<Fact> {
    let contact = |held: &Held<domain::registry::Contact>| Fact {
        label: words.text(contact_key(held.kind)),
        value: held.value.expose().clone(),
        correct: end(visit, view, held.id),
    };
    let address = |held: &Held<domain::registry::Address>| {
        let area = codes::name(state, words, "administrative_area", &held.area);
        let mut value = format!("{area}, {}", held.line.expose());
        if held.confidentiality == Confidentiality::Self_ {
            value += &format!(" ({})", words.text("registry-person-kept"));
        }
        Fact { label: words.text("registry-person-address"), value, correct: end(visit, view, held.id) }
    };
    view.person.contacts.iter().map(contact).chain(view.person.addresses.iter().map(address)).collect()
}

/// What a contact is called.
pub(super) fn contact_key(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Phone => "registry-person-phone",
        ContactKind::Email => "registry-contact-email",
    }
}

/// Where a fact is ended.
fn end(visit: &Visit, view: &PersonView, fact: RowId) -> Option<String> {
    visit.may(Act::CorrectPerson).then(|| format!("/persons/{}/facts/end?fact={fact}", view.person.row.number))
}

fn add_links(words: &Words, visit: &Visit, view: &PersonView, kinds: &[FactKind]) -> Vec<Link> {
    let link = |&kind: &FactKind| Link {
        path: format!("/persons/{}/facts/add?what={kind}", view.person.row.number),
        text: words.text(match kind {
            FactKind::Document => "registry-fact-add-document",
            FactKind::Contact => "registry-fact-add-contact",
            FactKind::Address => "registry-fact-add-address",
        }),
        is_current: false,
    };
    kinds.iter().filter(|_| visit.may(Act::CorrectPerson)).map(link).collect()
}

/// The members of the family, those who left too.
pub(super) fn members(state: &AppState, words: &Words, view: &PersonView) -> Vec<Member> {
    let name_of = |person| view.members.iter().find(|(other, ..)| other.person == person);
    let members = view.members.iter().map(|(member, number, name)| {
        let guardian = member.guardian.and_then(name_of).map(|(.., name)| name.expose().clone());
        let from = words.date(member.from);
        Member {
            path: format!("/persons/{number}"),
            number: number.to_string(),
            name: name.expose().clone(),
            relation: codes::name(state, words, "relationship", &member.relation),
            guardian: guardian.unwrap_or_default(),
            period: match member.to {
                Some(to) => {
                    let to = words.date(to);
                    words.format("registry-family-left", &[("from", from.as_str().into()), ("to", to.as_str().into())])
                }
                None => words.with("registry-family-since", "date", from),
            },
            is_this: *number == view.person.row.number,
        }
    });
    members.collect()
}

/// What happened to the record: registered, corrected, compared with others; the latest first.
fn events(state: &AppState, words: &Words, view: &PersonView) -> Vec<Event> {
    let row = &view.person.row;
    let mut events = vec![(
        row.registered_at,
        Event { title: words.text("registry-event-registered"), at: String::new(), text: String::new() },
    )];
    for correction in &view.corrections {
        let field = words.text(match correction.field.as_str() {
            "sex" => "registry-person-sex",
            "birth" => "registry-person-born",
            "birth_place" => "registry-person-birth-place",
            "vital_status" => "registry-person-vital",
            "document" => "registry-person-documents",
            "contact" => "registry-person-reached",
            "address" => "registry-person-address",
            _ => "registry-person-name",
        });
        let value = |text: &str| corrected(state, words, &correction.field, text);
        let is_typo = correction.source == "typo";
        let (old, new) = (value(correction.old_value.expose()), value(correction.new_value.expose()));
        let mut text = format!("{field}: {old} → {new}");
        if !is_typo {
            let source = codes::name(state, words, "name_source", &correction.source);
            text += &format!(". {} ({source})", correction.reason.expose());
        }
        let is_fact = correction.field.parse::<FactKind>().is_ok();
        let title = words.text(match (is_typo, is_fact, old.is_empty(), new.is_empty()) {
            (true, ..) => "registry-event-typo",
            (_, true, true, false) => "registry-event-added",
            (_, true, false, true) => "registry-event-ended",
            _ => "registry-event-corrected",
        });
        events.push((correction.at, Event { title, at: String::new(), text }));
    }
    for (word, number) in &view.looks_like {
        let verdict = words.text(match word.verdict {
            Verdict::Different => "registry-alike-different",
            Verdict::Unsure => "registry-alike-unsure",
        });
        let text = format!("{number}: {verdict}. {}", word.reason.expose());
        events.push((word.at, Event { title: words.text("registry-event-compared"), at: String::new(), text }));
    }
    events.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    events.into_iter().map(|(at, event)| Event { at: words.moment(state, at), ..event }).collect()
}

/// A corrected value as it is read.
fn corrected(state: &AppState, words: &Words, field: &str, text: &str) -> String {
    let (code, rest) = text.split_once(' ').unwrap_or((text, ""));
    match field {
        "document" => format!("{} {rest}", codes::name(state, words, "document_type", code)).trim().to_owned(),
        "address" => format!("{} {rest}", codes::name(state, words, "administrative_area", code)).trim().to_owned(),
        "contact" => rest.to_owned(),
        "sex" => text.parse::<Sex>().map_or_else(|_| text.to_owned(), |sex| codes::sex(words, sex)),
        "vital_status" => text.parse::<VitalStatus>().map_or_else(|_| text.to_owned(), |it| codes::vital(words, it)),
        "birth" => {
            let date = text.split_once(' ').and_then(|(date, _)| date.parse().ok());
            date.map_or_else(|| text.to_owned(), |date| words.date(date))
        }
        _ => text.to_owned(),
    }
}

/// What this officer may do with the file.
fn actions(words: &Words, visit: &Visit, view: &PersonView) -> Vec<Link> {
    let number = &view.person.row.number;
    let link = |page: &str, key: &str| Link {
        path: format!("/persons/{number}/{page}"),
        text: words.text(key),
        is_current: false,
    };
    let mut actions = Vec::new();
    if view.family.is_some() {
        actions.push(link("family", "registry-action-family"));
    } else if visit.may(Act::JoinFamily) {
        actions.push(link("family/begin", "registry-join-begin-title"));
    }
    if visit.may(Act::RegisterFamily) {
        actions.push(link("receipt", "registry-action-receipt"));
    }
    if visit.may(Act::ShowLooks) {
        actions.push(link("looked", "registry-action-looked"));
    }
    if visit.may(Act::GiveAccessToken) {
        actions.push(link("token", "registry-action-token"));
    }
    if visit.may(Act::EndMembership) && view.family.is_some() {
        actions.push(link("leave", "registry-action-leave"));
    }
    if visit.may(Act::ProposeErasure) {
        actions.push(link("erasure", "registry-action-erasure"));
    }
    if visit.may(Act::ErasePerson) {
        let path = "/erasures".to_owned();
        actions.push(Link { path, text: words.text("registry-action-decide-erasure"), is_current: false });
    }
    actions
}

#[derive(Template)]
#[template(path = "registry/family.html")]
struct FamilyPage {
    page: Page,
    members: Vec<Member>,
    displacements: Vec<Vec<Row>>,
    /// Where a registered person is added, for whom that is allowed.
    join: Option<String>,
}

/// The family of a person.
pub(super) async fn family(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(typed): Path<String>,
) -> Result<Response, WebError> {
    let view = visit.done(&state, ShowPerson { number: number(&typed)? }).await?;
    if view.family.is_none() {
        return Err(WebError::NotFound);
    }
    let name = latin_name(&view.person.names).into_inner();
    let page = Page::staff(&state, &reader, &visit, "registry-family-title")
        .crumb(format!("/persons/{}", view.person.row.number), name);
    let displacements = view.displacements.iter().map(|known| {
        let name = |list: &str, code: &str| codes::name(&state, &page, list, code);
        let row = |key: &str, value: String| Row { label: page.text(key), value };
        let mut rows = vec![
            row("registry-displacement-cause", name("displacement_cause", &known.cause)),
            row("registry-displacement-date", page.date(known.date)),
            row("registry-displacement-wave", name("displacement_wave", &known.wave)),
            row(
                "registry-displacement-origin-area",
                format!("{}, {}", name("administrative_area", &known.origin_area), known.origin_name_then),
            ),
        ];
        rows.extend(known.origin_name_now.clone().map(|now| row("registry-displacement-origin-now", now)));
        let area = name("administrative_area", &known.dwelling_area);
        rows.push(row("registry-displacement-dwelling", format!("{area}, {}", name("dwelling_type", &known.dwelling))));
        rows
    });
    let displacements = displacements.collect();
    let join = visit.may(Act::JoinFamily).then(|| format!("/persons/{}/family/join", view.person.row.number));
    let view = FamilyPage { members: members(&state, &page, &view), displacements, join, page };
    page::html(view.page.language, &view)
}
