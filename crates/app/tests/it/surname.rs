// SPDX-License-Identifier: Apache-2.0
//! Persons in the order of their family names: every one once, page by page, and none that may not be seen.

use app::{
    Outcome,
    registry::{SurnamePage, SurnameQuery, find_by_surname},
};
use domain::{
    access::{CollectedFor, Role},
    refusal::Refusal,
};
use testkit::{TestService, both, people};

use crate::record::{Mark, list};

const NAMES: [&str; 9] = ["Sinaqlı", "Sınaqova", "SINAQ", "Sinaqzadə", "Sinaqov", "Sinaqov", "Sinaqov", "Sədi", "Tagi"];

async fn fill(service: &TestService) {
    for (number, name) in NAMES.iter().enumerate() {
        let born = format!("{}-01-01", 1950 + number);
        service.registered_person(people::single(CollectedFor::Asylum, "Wahid", name, &born)).await;
    }
}

async fn page(service: &TestService, role: Role, surname: &str, limit: i64, after: Option<String>) -> SurnamePage {
    let query = SurnameQuery { surname: surname.into(), limit, after };
    let found = find_by_surname(&service.service, &service.context(role), &query).await.unwrap();
    found.done().expect("it is not refused")
}

async fn refusal(service: &TestService, surname: &str, limit: i64, after: Option<String>) -> Refusal {
    let query = SurnameQuery { surname: surname.into(), limit, after };
    match find_by_surname(&service.service, &service.context(Role::Registrar), &query).await.unwrap() {
        Outcome::Refused(refusal) => refusal,
        Outcome::Done(_) => panic!("{surname} {limit} was done"),
    }
}

both! {
    async fn pages_follow_one_another_and_show_everybody_once(service: &TestService) {
        fill(service).await;
        for limit in [1, 2, 3, 7, 8, 25] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let page = page(service, Role::Registrar, "sinaq", limit, after).await;
                assert!(i64::try_from(page.persons.len()).unwrap() <= limit);
                seen.extend(page.persons.into_iter().map(|(person, name)| (person.id, name.into_inner())));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            let names: Vec<&str> = seen.iter().map(|(_, name)| name.as_str()).collect();
            assert_eq!(names, ["SINAQ", "Sinaqlı", "Sinaqov", "Sinaqov", "Sinaqov", "Sınaqova", "Sinaqzadə"], "{limit}");
            let mut persons: Vec<_> = seen.iter().map(|(id, _)| *id).collect();
            persons.sort();
            persons.dedup();
            assert_eq!(persons.len(), names.len());
        }
    }

    async fn each_page_is_one_record_of_those_whom_it_shows(service: &TestService) {
        fill(service).await;
        let mark = Mark::set(service).await;
        page(service, Role::Registrar, "sinaq", 3, None).await;
        let records = mark.since(service).await;
        assert_eq!(records.len(), 1);
        assert_eq!(list(&records[0], "subjects").len(), 3, "the one more that was read is not shown");
    }

    async fn what_a_purpose_may_not_read_is_not_there(service: &TestService) {
        fill(service).await;
        let page = page(service, Role::PoliceOfficer, "sinaq", 25, None).await;
        assert!(page.persons.is_empty() && page.next.is_none());
    }

    async fn a_page_begins_only_where_one_ended(service: &TestService) {
        fill(service).await;
        let next = page(service, Role::Registrar, "sinaq", 1, None).await.next.unwrap();
        assert!(!next.contains("sinaq"));
        let mut changed = next.clone().into_bytes();
        changed[5] = if changed[5] == b'A' { b'B' } else { b'A' };
        for wrong in ["", "A", "ə", &String::from_utf8(changed).unwrap(), &"A".repeat(5_000)] {
            assert_eq!(refusal(service, "sinaq", 1, Some(wrong.into())).await.code(), "fields", "{wrong}");
        }
        for (surname, limit) in [("", 5), ("s", 5), ("s -", 5), ("sinaq", 0), ("sinaq", 26), ("sinaq", -1)] {
            assert_eq!(refusal(service, surname, limit, None).await.code(), "fields", "{surname} {limit}");
        }
    }
}
