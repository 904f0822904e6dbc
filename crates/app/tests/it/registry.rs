// SPDX-License-Identifier: Apache-2.0
//! The registry: wrong input is named field by field, names are kept as people write them, corrections keep what was.

use std::collections::BTreeMap;

use app::{
    Outcome,
    registry::{Correct, CorrectPerson, FindPersons, PersonQuery, RegisterFamily, ShowPerson, ShowPersonAt},
};
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
    refusal::Refusal,
    registry::{BirthDate, FamilyRegistration, NameKind, Precision, Script, Sex},
    sensitive::Sensitive,
};
use testkit::{TestService, both, people};

/// The fields that a registration is refused for.
async fn wrong_fields(service: &TestService, registration: FamilyRegistration) -> Vec<String> {
    let register = RegisterFamily { registration, photos: BTreeMap::new() };
    match service.refused(Role::Registrar, register).await {
        Refusal::Fields(errors) => errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other}"),
    }
}

fn single() -> FamilyRegistration {
    people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01")
}

fn named(text: &str, script: Script) -> FamilyRegistration {
    let mut registration = single();
    registration.members[0].names = vec![people::name(NameKind::Full, script, text)];
    registration
}

async fn found(service: &TestService, name: &str) -> usize {
    let query = PersonQuery { name: Some(name.into()), ..PersonQuery::default() };
    service.done(Role::Registrar, FindPersons(query)).await.len()
}

fn correction(number: &PersonNumber, row_version: Option<i64>, change: Correct) -> CorrectPerson {
    CorrectPerson {
        number: number.clone(),
        row_version,
        change,
        reason: "The passport says otherwise.".into(),
        source: "document".into(),
        event_date: None,
    }
}

both! {
    async fn everything_that_is_wrong_is_said_at_once(service: &TestService) {
        let mut registration = people::afghan_family();
        registration.event_date = Some("2025-06-03".parse().unwrap());
        let [father, mother, daughter, grandmother] = registration.members.as_mut_slice() else { panic!() };
        father.relation = "boss".into();
        father.names[0].value = Sensitive::new("D4ud".into());
        father.documents[0].kind = "papyrus".into();
        father.documents[0].country = people::country("ZZZ");
        father.contacts[0].value = Sensitive::new("a\u{202e}b".into());
        father.address.as_mut().unwrap().area = "MOON".into();
        mother.names.clear();
        mother.languages = vec!["klingon".into()];
        mother.key = Some("father".into());
        daughter.birth = people::born("2025-06-03");
        daughter.guardian = Some("nobody".into());
        grandmother.birth = people::born("1889-01-01");
        grandmother.citizenships[0].basis = "whim".into();
        let mut fields = wrong_fields(service, registration).await;
        fields.sort();
        assert_eq!(
            fields,
            [
                "event_date",
                "members",
                "members[0].address.area",
                "members[0].contacts[0].value",
                "members[0].documents[0].country",
                "members[0].documents[0].kind",
                "members[0].names[0].value",
                "members[0].relation",
                "members[1].key",
                "members[1].languages[0]",
                "members[1].names",
                "members[2].birth",
                "members[2].guardian",
                "members[3].birth",
                "members[3].citizenships[0].basis",
            ]
        );
        let persons: Result<i64, db::DbError> = service.service.db().read(|s| Box::pin(s.count_persons())).await;
        assert_eq!(persons.unwrap(), 0, "nothing was kept");
    }

    async fn displacement_is_checked_field_by_field(service: &TestService) {
        let mut registration = people::displaced_family();
        let displacement = registration.displacement.as_mut().unwrap();
        displacement.cause = "boredom".into();
        displacement.date = "2025-06-03".parse().unwrap();
        displacement.origin_area = "MOON".into();
        displacement.origin_name_then = String::new();
        displacement.origin_name_now = Some("x".repeat(201));
        displacement.wave = "first".into();
        displacement.dwelling_area = String::new();
        displacement.dwelling = "castle".into();
        assert_eq!(wrong_fields(service, registration).await.len(), 8);
        service.registered_family(people::displaced_family()).await;
    }

    async fn what_is_no_name_is_refused(service: &TestService) {
        for (text, script) in [
            ("", Script::Latin),
            (" \u{3000} ", Script::Latin),
            ("Anna\u{202e}", Script::Latin),
            ("An\u{200b}na", Script::Latin),
            ("Anna\u{feff}", Script::Latin),
            ("Anna\0", Script::Latin),
            ("Anna <b>", Script::Latin),
            ("محمد", Script::Latin),
            ("Anna", Script::Arabic),
        ] {
            let fields = wrong_fields(service, named(text, script)).await;
            assert_eq!(fields, ["members[0].names[0].value"], "{text:?}");
        }
        assert_eq!(wrong_fields(service, named(&"a".repeat(200), Script::Latin)).await.len(), 1);
        service.registered_family(named(&"a".repeat(120), Script::Latin)).await;
    }

    async fn names_are_kept_as_people_write_them(service: &TestService) {
        // Decomposed and composed are one name; a non-joiner belongs to Persian spelling.
        let number = service.registered_person(named("Gu\u{308}lnar\u{259}", Script::Latin)).await;
        service.registered_person(named("علی\u{200c}رضا", Script::Arabic)).await;
        let view = service.done(Role::Registrar, ShowPerson { number }).await;
        assert_eq!(view.person.names[0].value.expose(), "Gülnarə");
        for name in ["Gülnarə", "gulnare", "GÜLNARƏ", "gu\u{308}l", "علیرضا", "علی‌رضا"] {
            assert_eq!(found(service, name).await, 1, "{name}");
        }
    }

    async fn dotted_and_dotless_letters_find_each_other(service: &TestService) {
        service.registered_person(people::single(CollectedFor::Residence, "İlqar", "Qızılov", "1990-01-01")).await;
        for name in ["İlqar", "ilqar", "ILQAR", "ılqar", "Ilq", "Qızıl", "qizil", "QIZILOV", "QİZİL"] {
            assert_eq!(found(service, name).await, 1, "{name}");
        }
        assert_eq!(found(service, "lqar").await, 0);
    }

    async fn a_family_has_one_to_twenty_five_members(service: &TestService) {
        let many = |count: usize| {
            let mut members = vec![people::member("head", "head", "Karim", "Testov", Sex::Male, "1960-01-01")];
            for number in 1..count {
                let key = format!("child{number}");
                members.push(people::member(&key, "son", "Nur", "Testov", Sex::Male, "1985-01-01"));
            }
            people::family(CollectedFor::Residence, members)
        };
        assert_eq!(wrong_fields(service, many(26)).await, ["members"]);
        let mut none = many(1);
        none.members.clear();
        assert_eq!(wrong_fields(service, none).await, ["members", "members"]);
        let family = service.registered_family(many(25)).await;
        let view = service.done(Role::Registrar, ShowPerson { number: family.members[3].number.clone() }).await;
        assert_eq!(view.members.len(), 25);
    }

    async fn a_family_has_one_head(service: &TestService) {
        for relations in [["son", "son"], ["head", "head"]] {
            let mut registration = people::displaced_family();
            for (member, relation) in registration.members.iter_mut().zip(relations) {
                member.relation = relation.into();
            }
            assert_eq!(wrong_fields(service, registration).await, ["members"]);
        }
    }

    async fn who_answers_for_a_child_is_another_adult_of_the_family(service: &TestService) {
        for guardian in ["son", "nobody"] {
            let mut registration = people::displaced_family();
            registration.members[1].guardian = Some(guardian.into());
            assert_eq!(wrong_fields(service, registration).await, ["members[1].guardian"], "{guardian}");
        }
        let mut children = people::displaced_family();
        children.members[0].guardian = Some("son".into());
        assert_eq!(wrong_fields(service, children).await, ["members[0].guardian"], "a child answers for nobody");
        let family = service.registered_family(people::afghan_family()).await;
        let number = |position: usize| family.members[position].number.clone();
        let view = service.done(Role::Registrar, ShowPerson { number: number(0) }).await;
        let guardians: Vec<_> =
            view.members.iter().map(|(member, number, _)| (number.clone(), member.guardian)).collect();
        let mother = family.members[1].person;
        for (person, guardian) in guardians {
            assert_eq!(guardian, (person == number(2)).then_some(mother), "the daughter's alone, and as named");
        }
    }

    async fn the_head_answers_for_a_child_unless_the_head_is_one(service: &TestService) {
        let family = service.registered_family(people::displaced_family()).await;
        let view = service.done(Role::Registrar, ShowPerson { number: family.members[0].number.clone() }).await;
        assert!(view.members.iter().any(|(member, ..)| member.guardian == Some(family.members[0].person)));
        let mut alone = people::displaced_family();
        alone.members[0].birth = people::born("2008-05-10");
        let family = service.registered_family(alone).await;
        let view = service.done(Role::Registrar, ShowPerson { number: family.members[0].number.clone() }).await;
        assert!(view.members.iter().all(|(member, ..)| member.guardian.is_none()));
    }

    async fn whose_age_is_in_doubt_counts_as_a_child(service: &TestService) {
        for (year, is_child) in [("2007-01-01", true), ("2006-01-01", false)] {
            let mut registration = people::displaced_family();
            registration.members[1].birth = BirthDate { date: year.parse().unwrap(), precision: Precision::Year };
            let family = service.registered_family(registration).await;
            let view = service.done(Role::Registrar, ShowPerson { number: family.members[1].number.clone() }).await;
            let of_son = view.members.iter().find(|(member, ..)| member.person == family.members[1].person).unwrap();
            assert_eq!(of_son.0.guardian.is_some(), is_child, "born in {year}");
        }
    }

    async fn a_correction_keeps_the_old_value(service: &TestService) {
        let number = service.registered_person(single()).await;
        let born = BirthDate { date: "1991-02-03".parse().unwrap(), precision: Precision::Day };
        let version = service.done(Role::Registrar, correction(&number, Some(1), Correct::Birth(born))).await;
        assert_eq!(version, 2);
        let name = Correct::Name(people::name(NameKind::Family, Script::Latin, "Testzadə"));
        service.done(Role::CaseOfficer, correction(&number, Some(2), name)).await;
        let view = service.done(Role::Registrar, ShowPerson { number: number.clone() }).await;
        assert_eq!((view.person.row.birth, view.person.row.row_version), (born, 3));
        let history: Vec<_> = view
            .corrections
            .iter()
            .map(|old| (old.field.as_str(), old.old_value.expose().as_str(), old.new_value.expose().as_str()))
            .collect();
        assert_eq!(history, [("birth", "1990-01-01 (day)", "1991-02-03 (day)"), ("name", "Testov", "Testzadə")]);
        assert_eq!((found(service, "Testov").await, found(service, "Testz").await), (0, 1));
        let stale = correction(&number, Some(2), Correct::Sex(Sex::Female));
        assert_eq!(service.refused(Role::Registrar, stale).await, Refusal::Conflict);
    }

    async fn a_correction_says_why_and_lies_not_in_the_future(service: &TestService) {
        let number = service.registered_person(single()).await;
        let good = || correction(&number, None, Correct::Sex(Sex::Female));
        let tomorrow = Some("2025-06-03".parse().unwrap());
        for wrong in [
            CorrectPerson { reason: " ".into(), ..good() },
            CorrectPerson { source: String::new(), ..good() },
            CorrectPerson { event_date: tomorrow, ..good() },
            CorrectPerson { change: Correct::Birth(people::born("2025-06-03")), ..good() },
            CorrectPerson { change: Correct::BirthPlace(Sensitive::new(String::new())), ..good() },
        ] {
            assert_eq!(service.refused(Role::Registrar, wrong).await.code(), "fields");
        }
        service.done(Role::Registrar, good()).await;
    }

    async fn a_past_day_shows_what_the_registry_knew_then(service: &TestService) {
        let number = service.registered_person(single()).await;
        service.clock.advance_days(10);
        let born = people::born("1991-02-03");
        service.done(Role::Registrar, correction(&number, None, Correct::Birth(born))).await;
        let name = people::name(NameKind::Given, Script::Latin, "Kerim");
        service.done(Role::Registrar, correction(&number, None, Correct::Name(name))).await;
        service.clock.advance_days(10);
        service.done(Role::Registrar, correction(&number, None, Correct::Birth(people::born("1992-03-04")))).await;

        let at = async |day: &str| {
            let show = ShowPersonAt { number: number.clone(), on: day.parse().unwrap() };
            let person = service.done(Role::Registrar, show).await;
            let given = person.names.iter().find(|name| name.kind == NameKind::Given).unwrap();
            (person.birth.date.to_string(), given.value.expose().clone())
        };
        assert_eq!(at("2025-06-02").await, ("1990-01-01".into(), "Karim".into()));
        assert_eq!(at("2025-06-12").await, ("1991-02-03".into(), "Kerim".into()));
        assert_eq!(at("2025-06-22").await, ("1992-03-04".into(), "Kerim".into()));
        let before = ShowPersonAt { number: number.clone(), on: "2025-06-01".parse().unwrap() };
        assert_eq!(service.refused(Role::Registrar, before).await.code(), "not_found");
    }

    async fn of_two_officers_who_correct_at_once_one_is_told_to_look_again(service: &TestService) {
        let number = service.registered_person(single()).await;
        let (first, second) = (service.actor(Role::Registrar), service.second(Role::Registrar));
        let (one, other) = tokio::join!(
            service.run_as(&first, correction(&number, Some(1), Correct::Sex(Sex::Female))),
            service.run_as(&second, correction(&number, Some(1), Correct::Sex(Sex::Unspecified))),
        );
        let refused = [one.unwrap(), other.unwrap()]
            .into_iter()
            .filter(|outcome| *outcome == Outcome::Refused(Refusal::Conflict));
        assert_eq!(refused.count(), 1);
    }
}
