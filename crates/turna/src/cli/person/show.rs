// SPDX-License-Identifier: Apache-2.0
//! `person show` and `person find`.

use domain::{number::PersonNumber, time::Date};
use serde_json::json;
use web::api::wire;

use super::Find;
use crate::{
    cli::{
        Place,
        desk::{Login, at_desk},
        input::below,
    },
    output::Answer,
};

pub(super) async fn find(place: &Place, find: Find) -> anyhow::Result<Answer> {
    let Find { login, number, document, name, born } = find;
    let evidence = [
        ("number", number.map(|number| number.to_string())),
        ("document", document),
        ("name", name),
        ("born", born.map(|day| day.to_string())),
    ];
    // A parameter is written as a part of a path is: nothing in it ends it.
    let given = evidence.iter().filter_map(|(key, value)| {
        let value = below("", value.as_deref()?, "");
        Some(format!("{key}={}", value.trim_start_matches('/')))
    });
    let path = format!("/persons?{}", given.collect::<Vec<_>>().join("&"));
    at_desk(place, &login, async |desk| {
        desk.ask(&path, |found: wire::FoundPersons| {
            let lines = found.persons.iter().map(|person| {
                let wire::FoundPerson { number, birth, sex, office, .. } = person;
                format!("{number}  born {} ({})  {sex}  {office}", birth.date, birth.precision)
            });
            let lines = lines.collect::<Vec<_>>();
            let text = if lines.is_empty() { "nobody found".into() } else { lines.join("\n") };
            Answer::done(text, json!({ "persons": found.persons }))
        })
        .await
    })
    .await
}

pub(super) async fn show(place: &Place, login: &Login, number: PersonNumber) -> anyhow::Result<Answer> {
    at_desk(place, login, async |desk| {
        let path = format!("/persons/{number}");
        desk.ask(&path, |person: wire::Person| Answer::done(as_text(&person), json!(person))).await
    })
    .await
}

pub(super) async fn show_at(place: &Place, login: &Login, number: PersonNumber, on: Date) -> anyhow::Result<Answer> {
    at_desk(place, login, async |desk| {
        let path = format!("/persons/{number}/history?on={on}");
        desk.ask(&path, |person: wire::PersonThen| Answer::done(past_as_text(&person), json!(person))).await
    })
    .await
}

fn past_as_text(person: &wire::PersonThen) -> String {
    let born =
        format!("born {} ({}), {}, {}", person.birth.date, person.birth.precision, person.sex, person.vital_status);
    let mut lines = vec![format!("person {} as known on {}", person.number, person.on), born];
    lines.extend(person.birth_place.iter().map(|place| format!("birth place: {}", place.expose())));
    lines.extend(
        person
            .names
            .iter()
            .map(|name| format!("{} ({}, {}): {}", name.kind, name.script, name.source, name.value.expose())),
    );
    lines.join("\n")
}

fn as_text(person: &wire::Person) -> String {
    let mut lines = vec![
        format!("person {} (version {})", person.number, person.version),
        format!("born {} ({}), {}, {}", person.birth.date, person.birth.precision, person.sex, person.vital_status),
    ];
    if person.birth_place.is_some() || person.birth_country.is_some() {
        let place = person.birth_place.as_ref().map(|place| place.expose().as_str());
        let country = person.birth_country.map(|country| country.to_string());
        let parts = [place, country.as_deref()].into_iter().flatten().collect::<Vec<_>>();
        lines.push(format!("birth place {}", parts.join(", ")));
    }
    for name in &person.names {
        lines.push(format!("name {} ({}, {}, {})", name.value.expose(), name.kind, name.script, name.source));
    }
    for citizenship in &person.citizenships {
        lines.push(format!("citizenship {} ({})", citizenship.country, citizenship.basis));
    }
    for document in &person.documents {
        lines.push(format!("document {} {} {}", document.kind, document.country, document.number.expose()));
    }
    for contact in &person.contacts {
        lines.push(format!("{} {}", contact.kind, contact.value.expose()));
    }
    for address in &person.addresses {
        lines.push(format!("address {} {}", address.area, address.line.expose()));
    }
    if !person.languages.is_empty() {
        lines.push(format!("languages {}", person.languages.join(", ")));
    }
    for reference in &person.references {
        lines.push(format!("known to {} as {}", reference.organisation, reference.number.expose()));
    }
    lines.extend(family_as_text(person));
    lines.join("\n")
}

fn family_as_text(person: &wire::Person) -> Vec<String> {
    let mut lines = Vec::new();
    for member in &person.family {
        let wire::FamilyMember { number, name, relation, from, to } = member;
        let until = to.map_or_else(String::new, |day| format!(" until {day}"));
        lines.push(format!("family {relation} {number} {} since {from}{until}", name.expose()));
    }
    for episode in &person.displacements {
        lines.push(format!(
            "displaced {} from {} ({}), {}, wave {}",
            episode.date, episode.origin_name_then, episode.origin_area, episode.cause, episode.wave
        ));
    }
    for correction in &person.corrections {
        let (old, new) = (correction.old_value.expose(), correction.new_value.expose());
        let reason = correction.reason.expose();
        lines.push(format!("corrected {}: {old} → {new} ({reason}; {})", correction.field, correction.source));
    }
    lines
}
