// SPDX-License-Identifier: Apache-2.0
//! The one search box: everything that identifies a person finds her; pages follow each other without gap or repetition.

use app::registry::{FindPersons, PersonQuery, SearchAnswer, SearchPersons};
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
    registry::{Contact, ContactKind, NameKind, Script},
    sensitive::Sensitive,
};
use testkit::{TestService, both, people};

async fn search(service: &TestService, role: Role, text: &str) -> SearchAnswer {
    service.done(role, SearchPersons { text: text.into(), after: None }).await
}

async fn found(service: &TestService, text: &str) -> Vec<PersonNumber> {
    search(service, Role::Registrar, text).await.persons.into_iter().map(|person| person.row.number).collect()
}

both! {
    async fn whatever_is_typed_finds_her(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let father = &family.members[0].number;
        let others = [
            people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01"),
            people::single(CollectedFor::Residence, "Daud", "Testov", "1987-05-05"),
        ];
        for other in others {
            service.registered_family(other).await;
        }
        let spaced = format!(" {} {} ", father.as_str()[..4].to_lowercase(), &father.as_str()[4..]);
        for text in [
            spaced.as_str(),
            "TEST000001",
            "test 000 001",
            "+994 00 000 00 01",
            "000000001",
            "(0) 00 000-00-01",
            "21.03.1987",
            "1987-03-21",
            "21/03/1987",
            "۲۱.۰۳.۱۹۸۷",
            "Daud Sahrayi",
            "sahr da",
            "daud 1987-03-21",
            "1987 Sahrayi Daud",
            "صحرایی داو",
            "داوود",
        ] {
            assert_eq!(found(service, text).await, std::slice::from_ref(father), "{text}");
        }
        assert_eq!(found(service, "daud").await.len(), 2);
        assert_eq!(found(service, "1987").await.len(), 2);
        assert_eq!(found(service, "daud 1987").await.len(), 2);
        assert_eq!(found(service, "Sahrayi").await.len(), 4);
        for text in ["daud 1986", "Daud Karim", "TEST000009", "hrayi", "+994 50 999 99 99", "1986-03-21"] {
            assert_eq!(found(service, text).await, [], "{text}");
        }
        for text in ["", "  ", "a", "%", "_"] {
            let search = SearchPersons { text: text.into(), after: None };
            assert_eq!(service.refused(Role::Registrar, search).await.code(), "fields", "{text:?}");
        }
    }

    async fn a_second_given_name_finds_her_too(service: &TestService) {
        let mut registration = people::single(CollectedFor::Asylum, "Bibi Hawa", "Sahrayi", "1958-01-01");
        registration.members[0].names.push(people::name(NameKind::Full, Script::Arabic, "بی‌بی حوا صحرایی"));
        let number = service.registered_person(registration).await;
        for text in ["Bibi Hawa", "bibi haw", "hawa bibi", "sahrayi hawa", "bibi hawa sahrayi", "بی‌بی حوا"] {
            assert_eq!(found(service, text).await, std::slice::from_ref(&number), "{text}");
        }
    }

    async fn pages_follow_each_other_without_gap_or_repetition(service: &TestService) {
        let mut registered = Vec::new();
        for index in 0..60 {
            // Some have two names that begin so.
            let family = if index % 3 == 0 { "Alov" } else { "Testov" };
            let birth = format!("{}-01-0{}", 1950 + index % 50, 1 + index % 9);
            let person = people::single(CollectedFor::Residence, &format!("Al{}", ["i", "im", "mas"][index % 3]), family, &birth);
            registered.push(service.registered_person(person).await);
        }
        registered.sort();
        let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = service.done(Role::Registrar, SearchPersons { text: "al".into(), after }).await;
            seen.extend(page.persons.iter().map(|person| person.number.clone()));
            pages += 1;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(pages, 3);
        assert_eq!(seen.len(), 60);
        seen.sort();
        assert_eq!(seen, registered);
        let query = |after| PersonQuery {
            born: "1950-01-01".parse().ok(),
            born_until: "2020-01-01".parse().ok(),
            after,
            ..PersonQuery::default()
        };
        let first = service.done(Role::Registrar, FindPersons(query(None))).await;
        let last = Some(first[24].number.clone());
        let second = service.done(Role::Registrar, FindPersons(query(last))).await;
        assert!(second.iter().all(|person| first.iter().all(|other| other.number != person.number)));
        let families = PersonQuery { name: Some("al".into()), kind: Some(NameKind::Family), ..PersonQuery::default() };
        assert_eq!(service.done(Role::Registrar, FindPersons(families)).await.len(), 20);
    }

    async fn a_card_leads_to_its_holder(service: &TestService) {
        let person = service.recognised_person(people::single(CollectedFor::Asylum, "Lalə", "Qaçqınlı", "1990-01-01")).await;
        let card = service.prepared_card(&person).await;
        assert_eq!(found(service, card.as_str()).await, std::slice::from_ref(&person));
        assert!(search(service, Role::PoliceOfficer, card.as_str()).await.persons.is_empty());
    }

    async fn who_hands_out_help_learns_no_telephone_number(service: &TestService) {
        let mut registration = people::single(CollectedFor::Displacement, "Sevinc", "Yurdlu", "1979-05-10");
        let phone = Contact { kind: ContactKind::Phone, value: Sensitive::new("050 777 66 55".into()) };
        registration.members[0].contacts = vec![phone];
        service.registered_person(registration).await;
        assert_eq!(search(service, Role::Registrar, "+994507776655").await.persons.len(), 1);
        assert!(search(service, Role::AssistanceOfficer, "+994507776655").await.persons.is_empty());
        assert!(search(service, Role::PoliceOfficer, "+994507776655").await.persons.is_empty());
    }
}
