// SPDX-License-Identifier: Apache-2.0
//! The wall of purpose: for the police, who is registered for asylum or displacement is not there; neither in what is
//! found, nor in how many, nor in what is put on record.

use app::registry::{FindPersons, PersonQuery, ShowPerson};
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
    refusal::Refusal,
};
use testkit::{TestService, both, people};

use crate::record::{Mark, list};

const BORN: &str = "1990-01-01";

/// The questions that find a person of these facts.
fn questions(number: &PersonNumber, document: &str, name: &str) -> Vec<(&'static str, PersonQuery)> {
    let nothing = PersonQuery::default;
    let born = Some(BORN.parse().unwrap());
    vec![
        ("number", PersonQuery { number: Some(number.clone()), ..nothing() }),
        ("document", PersonQuery { document: Some(document.into()), ..nothing() }),
        ("name", PersonQuery { name: Some(name.into()), ..nothing() }),
        ("name and birth", PersonQuery { name: Some(name.into()), born, ..nothing() }),
        ("birth", PersonQuery { born, ..nothing() }),
    ]
}

/// What the police finds and what that leaves on record, without what differs from act to act.
async fn asked(service: &TestService, query: PersonQuery) -> (Vec<PersonNumber>, Vec<String>, String) {
    let mark = Mark::set(service).await;
    let found = service.done(Role::PoliceOfficer, FindPersons(query)).await;
    let records = mark.since(service).await;
    assert_eq!(records.len(), 1);
    let numbers = found.into_iter().map(|person| person.row.number).collect();
    (numbers, list(&records[0], "subjects"), records[0].result.clone())
}

async fn registered(service: &TestService, given: CollectedFor, document: &str) -> PersonNumber {
    let mut registration = people::single(given, "Karim", "Testov", BORN);
    registration.members[0].documents = vec![people::document(document)];
    service.registered_person(registration).await
}

both! {
    async fn who_asked_for_protection_is_absent_for_the_police(service: &TestService) {
        let absent = PersonNumber::parse(registered(service, CollectedFor::Asylum, "TEST-A").await.as_str()).unwrap();
        let displaced = registered(service, CollectedFor::Displacement, "TEST-D").await;
        for (number, document) in [(&absent, "TEST-A"), (&displaced, "TEST-D")] {
            for (by, query) in questions(number, document, "Karim") {
                let (found, subjects, result) = asked(service, query.clone()).await;
                assert!(found.is_empty() && subjects.is_empty(), "by {by}");
                assert_eq!(result, "done", "by {by}: as if there were nobody");
                let seen = service.done(Role::Registrar, FindPersons(query)).await;
                assert!(seen.iter().any(|person| person.number == *number), "by {by}: the question does find her");
            }
            let shown = service.refused(Role::PoliceOfficer, ShowPerson { number: number.clone() }).await;
            assert_eq!(shown, Refusal::NotFound("person"));
        }
    }

    async fn the_hidden_take_no_place_among_what_the_police_finds(service: &TestService) {
        for count in 0..25 {
            registered(service, CollectedFor::Asylum, &format!("TEST-{count}")).await;
        }
        let findable = registered(service, CollectedFor::Residence, "TEST-R").await;
        for (by, query) in questions(&findable, "test r", "Karim") {
            let (found, subjects, _) = asked(service, query).await;
            assert_eq!(found, std::slice::from_ref(&findable), "by {by}");
            assert_eq!(subjects.len(), 1, "by {by}");
        }
        service.done(Role::PoliceOfficer, ShowPerson { number: findable }).await;
    }

    async fn a_search_needs_evidence(service: &TestService) {
        for query in [
            PersonQuery::default(),
            PersonQuery { name: Some("a".into()), ..PersonQuery::default() },
            PersonQuery { name: Some("  %_ ".into()), ..PersonQuery::default() },
        ] {
            assert_eq!(service.refused(Role::Registrar, FindPersons(query)).await.code(), "fields");
        }
    }
}
