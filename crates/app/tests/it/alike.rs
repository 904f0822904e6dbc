// SPDX-License-Identifier: Apache-2.0
//! Nobody is registered past a strong look-alike without a word of the officer; the word is remembered.

use std::collections::BTreeMap;

use app::registry::{FindLookAlikes, RegisterFamily, ShowPerson};
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
    refusal::Refusal,
    registry::{
        BirthDate, FamilyRegistration, Likeness, LookAlikeNote, MemberRegistration, NameKind, Precision, Script, Sex,
        Verdict,
    },
    sensitive::Sensitive,
};
use testkit::{TestService, both, people};

use crate::record::{Mark, list};

fn registration() -> FamilyRegistration {
    let mut registration = people::single(CollectedFor::Asylum, "Daud", "Sahrayi", "1987-03-21");
    let member = &mut registration.members[0];
    member.names.extend([
        people::name(NameKind::Given, Script::Arabic, "داوود"),
        people::name(NameKind::Family, Script::Arabic, "صحرایی"),
    ]);
    member.documents = vec![people::document("TEST000001")];
    registration
}

/// The same person as somebody else writes her down: without a document, changed.
fn stranger(change: impl FnOnce(&mut MemberRegistration)) -> FamilyRegistration {
    let mut other = registration();
    other.members[0].documents.clear();
    change(&mut other.members[0]);
    other
}

fn latin(given: &str, family: &str) -> Vec<domain::registry::NameInput> {
    vec![people::name(NameKind::Given, Script::Latin, given), people::name(NameKind::Family, Script::Latin, family)]
}

async fn refused(service: &TestService, registration: FamilyRegistration) -> Vec<(PersonNumber, Vec<Likeness>)> {
    match service.refused(Role::Registrar, RegisterFamily { registration, photos: BTreeMap::new() }).await {
        Refusal::LooksLike(persons) => persons.into_iter().map(|person| (person.number, person.likeness)).collect(),
        other => panic!("{other}"),
    }
}

async fn registers(service: &TestService, registration: FamilyRegistration) -> PersonNumber {
    let register = RegisterFamily { registration, photos: BTreeMap::new() };
    service.done(Role::Registrar, register).await.members.remove(0).number
}

fn note(number: &PersonNumber) -> LookAlikeNote {
    LookAlikeNote {
        number: number.clone(),
        verdict: Verdict::Different,
        reason: Sensitive::new("His brother's face is another.".into()),
    }
}

both! {
    async fn the_same_document_stops_a_second_record(service: &TestService) {
        let first = registers(service, registration()).await;
        let mut other = people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01");
        other.members[0].documents = vec![people::document("test 000-001")];
        assert_eq!(refused(service, other.clone()).await, [(first, vec![Likeness::Document])]);
        other.members[0].documents[0].country = people::country("IRQ");
        registers(service, other).await;
    }

    async fn the_same_name_and_birth_stop_a_second_record_in_either_script(service: &TestService) {
        let first = registers(service, registration()).await;
        for (what, other) in [
            ("the same", stranger(|_| {})),
            ("Latin alone", stranger(|member| member.names.truncate(2))),
            ("own script alone", stranger(|member| drop(member.names.drain(..2)))),
            ("undivided", stranger(|member| member.names = vec![people::name(NameKind::Full, Script::Latin, "Sahrayi Daud")])),
            ("turned round", stranger(|member| member.names = latin("Sahrayi", "Daud"))),
            ("another sex", stranger(|member| member.sex = Sex::Female)),
        ] {
            assert_eq!(refused(service, other).await, [(first.clone(), vec![Likeness::NameAndBirth])], "{what}");
        }
    }

    async fn one_letter_makes_no_other_person(service: &TestService) {
        let first = registers(service, stranger(|member| member.names.truncate(2))).await;
        for (given, family) in [("Dawud", "Sahrayi"), ("Daud", "Sahroyi"), ("Daud", "Sahryai"), ("Dad", "Sahrayi")] {
            let other = stranger(|member| member.names = latin(given, family));
            assert_eq!(refused(service, other).await, [(first.clone(), vec![Likeness::NearNameAndBirth])], "{given} {family}");
        }
    }

    async fn who_differs_enough_is_registered(service: &TestService) {
        registers(service, stranger(|member| member.names.truncate(2))).await;
        for (what, other) in [
            ("another day", stranger(|member| member.birth = people::born("1987-03-22"))),
            ("two letters", stranger(|member| member.names = latin("Dawod", "Sahrayi"))),
            ("a sister", stranger(|member| {
                member.names = latin("Dauda", "Sahrayi");
                member.sex = Sex::Female;
            })),
            ("a vague birth", stranger(|member| {
                member.birth = BirthDate { date: "1987-01-01".parse().unwrap(), precision: Precision::Year };
            })),
        ] {
            let register = RegisterFamily { registration: other, photos: BTreeMap::new() };
            assert!(service.run(Role::Registrar, register).await.unwrap().done().is_some(), "{what}");
        }
    }

    async fn the_word_of_the_officer_is_remembered_with_both(service: &TestService) {
        let first = registers(service, registration()).await;
        let mark = Mark::set(service).await;
        let mut other = stranger(|_| {});
        other.members[0].looks_like = vec![note(&first)];
        let second = registers(service, other).await;
        assert_eq!(list(&mark.since(service).await[0], "subjects").len(), 2, "the first was looked at too");
        for (asked, shown) in [(&first, &second), (&second, &first)] {
            let view = service.done(Role::Registrar, ShowPerson { number: asked.clone() }).await;
            let (word, number) = &view.looks_like[0];
            assert_eq!((number, word.verdict), (shown, Verdict::Different));
            assert_eq!(word.likeness, [Likeness::NameAndBirth]);
            assert_eq!(word.reason.expose(), "His brother's face is another.");
        }
        // A third record needs a word on each of the two.
        let mut third = stranger(|_| {});
        assert_eq!(refused(service, third.clone()).await.len(), 2);
        third.members[0].looks_like = vec![note(&first)];
        assert_eq!(refused(service, third.clone()).await, [(second.clone(), vec![Likeness::NameAndBirth])]);
        third.members[0].looks_like.push(note(&second));
        registers(service, third).await;
    }

    async fn a_word_needs_a_reason_and_somebody_who_looks_alike(service: &TestService) {
        let first = registers(service, registration()).await;
        let nobody = registers(service, people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
        for (changed, field) in [
            (LookAlikeNote { reason: Sensitive::new(" ".into()), ..note(&first) }, "members[0].looks_like[0].reason"),
            (note(&nobody), "members[0].looks_like[0].number"),
        ] {
            let mut other = stranger(|_| {});
            other.members[0].looks_like = vec![changed];
            let register = RegisterFamily { registration: other, photos: BTreeMap::new() };
            let Refusal::Fields(errors) = service.refused(Role::Registrar, register).await else { panic!() };
            assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), [field]);
        }
    }

    async fn the_side_by_side_view_shows_vague_ones_too_and_is_on_record(service: &TestService) {
        let first = registers(service, registration()).await;
        let vague = stranger(|member| {
            member.birth = BirthDate { date: "1987-01-01".parse().unwrap(), precision: Precision::Year };
        });
        let second = registers(service, vague).await;
        let member = registration().members.remove(0);
        let ask = || FindLookAlikes {
            names: member.names.clone(),
            sex: member.sex,
            birth: member.birth,
            documents: member.documents.clone(),
        };
        let mark = Mark::set(service).await;
        let views = service.done(Role::CaseOfficer, ask()).await;
        let found: Vec<_> = views.iter().map(|view| (view.person.row.number.clone(), view.is_strong())).collect();
        assert_eq!(found, [(first, true), (second, false)]);
        assert_eq!(views[0].likeness, [Likeness::Document, Likeness::NameAndBirth]);
        assert_eq!(list(&mark.since(service).await[0], "subjects").len(), 2);
        // What a purpose may not read looks like nobody.
        let mark = Mark::set(service).await;
        assert!(service.done(Role::PoliceOfficer, ask()).await.is_empty());
        assert!(list(&mark.since(service).await[0], "subjects").is_empty());
    }

    async fn of_two_desks_that_register_one_person_at_once_one_is_warned(service: &TestService) {
        let (first, second) = (service.actor(Role::Registrar), service.second(Role::Registrar));
        let register = || RegisterFamily { registration: registration(), photos: BTreeMap::new() };
        let (one, other) = tokio::join!(service.run_as(&first, register()), service.run_as(&second, register()));
        let done = [one.unwrap(), other.unwrap()].into_iter().filter_map(app::Outcome::done);
        assert_eq!(done.count(), 1);
    }

    async fn an_erased_person_takes_the_words_on_her_along(service: &TestService) {
        let first = registers(service, registration()).await;
        let mut other = stranger(|_| {});
        other.members[0].looks_like = vec![note(&first)];
        let second = registers(service, other).await;
        let propose = app::registry::ProposeErasure { number: first, reason: testkit::journey::REASON.into() };
        let case = service.done(Role::HeadOfOffice, propose).await;
        let erase = app::registry::ErasePerson { case, reason: testkit::journey::REASON.into() };
        service.done_as(&service.second(Role::HeadOfOffice), erase).await;
        assert!(service.done(Role::Registrar, ShowPerson { number: second }).await.looks_like.is_empty());
    }
}
