// SPDX-License-Identifier: Apache-2.0
//! `person show` and `person find`.

use app::registry::{FindPersons, PersonAt, PersonQuery, PersonView, ShowPerson, ShowPersonAt};
use domain::{number::PersonNumber, time::Date};
use serde_json::{Value, json};

use super::Find;
use crate::{
    cli::{
        Place,
        desk::{Login, at_desk},
    },
    output::Answer,
};

pub(super) async fn find(place: &Place, find: Find) -> anyhow::Result<Answer> {
    let Find { login, number, document, name, born } = find;
    let query = PersonQuery { number, document, name, born, ..PersonQuery::default() };
    at_desk(place, &login, async |desk| {
        desk.run(FindPersons(query), |found| {
            let lines = found.iter().map(|row| {
                format!(
                    "{}  born {} ({})  {}  {}",
                    row.number, row.birth.date, row.birth.precision, row.sex, row.office
                )
            });
            let text = if found.is_empty() { "nobody found".into() } else { lines.collect::<Vec<_>>().join("\n") };
            let persons = found.iter().map(|row| {
                json!({
                    "number": row.number,
                    "birth": row.birth,
                    "sex": row.sex,
                    "office": row.office,
                    "registered_at": row.registered_at,
                })
            });
            Answer::done(text, json!({ "persons": persons.collect::<Vec<_>>() }))
        })
        .await
    })
    .await
}

pub(super) async fn show(place: &Place, login: &Login, number: PersonNumber) -> anyhow::Result<Answer> {
    at_desk(place, login, async |desk| {
        desk.run(ShowPerson { number }, |view| Answer::done(as_text(&view), as_json(&view))).await
    })
    .await
}

pub(super) async fn show_at(place: &Place, login: &Login, number: PersonNumber, on: Date) -> anyhow::Result<Answer> {
    at_desk(place, login, async |desk| {
        let title = format!("person {number} as known on {on}");
        let show = ShowPersonAt { number: number.clone(), on };
        desk.run(show, |person| Answer::done(past_as_text(title, &person), past_as_json(&number, on, &person))).await
    })
    .await
}

fn past_as_text(title: String, person: &PersonAt) -> String {
    let born =
        format!("born {} ({}), {}, {}", person.birth.date, person.birth.precision, person.sex, person.vital_status);
    let mut lines = vec![title, born];
    lines.extend(person.birth_place.iter().map(|place| format!("birth place: {}", place.expose())));
    lines.extend(
        person
            .names
            .iter()
            .map(|name| format!("{} ({}, {}): {}", name.kind, name.script, name.source, name.value.expose())),
    );
    lines.join("\n")
}

fn past_as_json(number: &PersonNumber, on: Date, person: &PersonAt) -> Value {
    let names = person
        .names
        .iter()
        .map(|name| json!({ "kind": name.kind, "script": name.script, "source": name.source, "value": name.value }));
    json!({
        "number": number,
        "on": on,
        "birth": person.birth,
        "birth_place": person.birth_place,
        "sex": person.sex,
        "vital_status": person.vital_status,
        "names": names.collect::<Vec<_>>(),
    })
}

fn as_text(view: &PersonView) -> String {
    let (row, record) = (&view.person.row, &view.person);
    let mut lines = vec![
        format!("person {} (version {})", row.number, row.row_version),
        format!("born {} ({}), {}, {}", row.birth.date, row.birth.precision, row.sex, row.vital_status),
    ];
    if row.birth_place.is_some() || row.birth_country.is_some() {
        let place = row.birth_place.as_ref().map(|place| place.expose().as_str());
        let country = row.birth_country.map(|country| country.to_string());
        let parts = [place, country.as_deref()].into_iter().flatten().collect::<Vec<_>>();
        lines.push(format!("birth place {}", parts.join(", ")));
    }
    for name in &record.names {
        lines.push(format!("name {} ({}, {}, {})", name.value.expose(), name.kind, name.script, name.source));
    }
    for citizenship in &record.citizenships {
        lines.push(format!("citizenship {} ({})", citizenship.country, citizenship.basis));
    }
    for document in &record.documents {
        lines.push(format!("document {} {} {}", document.kind, document.country, document.number.expose()));
    }
    for contact in &record.contacts {
        lines.push(format!("{} {}", contact.kind, contact.value.expose()));
    }
    for address in &record.addresses {
        lines.push(format!("address {} {}", address.area, address.line.expose()));
    }
    if !record.languages.is_empty() {
        lines.push(format!("languages {}", record.languages.join(", ")));
    }
    for reference in &record.references {
        lines.push(format!("known to {} as {}", reference.organisation, reference.number.expose()));
    }
    for (member, number, name) in &view.members {
        let until = member.to.map_or_else(String::new, |day| format!(" until {day}"));
        lines.push(format!("family {} {number} {} since {}{until}", member.relation, name.expose(), member.from));
    }
    for episode in &view.displacements {
        lines.push(format!(
            "displaced {} from {} ({}), {}, wave {}",
            episode.date, episode.origin_name_then, episode.origin_area, episode.cause, episode.wave
        ));
    }
    for correction in &view.corrections {
        let (old, new) = (correction.old_value.expose(), correction.new_value.expose());
        let reason = correction.reason.expose();
        lines.push(format!("corrected {}: {old} → {new} ({reason}; {})", correction.field, correction.source));
    }
    lines.join("\n")
}

fn as_json(view: &PersonView) -> Value {
    let (row, record) = (&view.person.row, &view.person);
    let names = record
        .names
        .iter()
        .map(|name| json!({ "kind": name.kind, "script": name.script, "source": name.source, "value": name.value }));
    let members = view.members.iter().map(|(member, number, name)| {
        json!({
            "number": number,
            "name": name,
            "relation": member.relation,
            "from": member.from,
            "to": member.to,
        })
    });
    let corrections = view.corrections.iter().map(|correction| {
        json!({
            "field": correction.field,
            "old_value": correction.old_value,
            "new_value": correction.new_value,
            "reason": correction.reason,
            "source": correction.source,
            "since": correction.event_date,
            "at": correction.at,
        })
    });
    json!({
        "number": row.number,
        "version": row.row_version,
        "collected_for": row.collected_for,
        "sex": row.sex,
        "birth": row.birth,
        "birth_place": row.birth_place,
        "birth_country": row.birth_country,
        "vital_status": row.vital_status,
        "has_photo": row.photo.is_some(),
        "office": row.office,
        "event_date": row.event_date,
        "registered_at": row.registered_at,
        "names": names.collect::<Vec<_>>(),
        "citizenships": record.citizenships,
        "documents": record.documents,
        "contacts": record.contacts,
        "addresses": record.addresses,
        "languages": record.languages,
        "references": record.references,
        "family": members.collect::<Vec<_>>(),
        "displacements": view.displacements,
        "corrections": corrections.collect::<Vec<_>>(),
    })
}
