// SPDX-License-Identifier: Apache-2.0
//! Documents, contacts and addresses of a registered person: added, put in place of another, ended, and never lost.

use app::registry::{AddFact, EndFact, Fact, FactGround, PersonView, ShowPerson};
use domain::{
    access::{CollectedFor, Role},
    id::RowId,
    number::PersonNumber,
    refusal::{Problem, Refusal},
    registry::{
        Address, Confidentiality, Contact, ContactKind, FACTS_PER_PERSON_MAX, Likeness, LookAlikeNote, Verdict,
    },
    sensitive::Sensitive,
};
use testkit::{TestService, both, people};

use crate::record::{Mark, assert_sound};

fn single() -> domain::registry::FamilyRegistration {
    people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01")
}

fn ground(row_version: Option<i64>) -> FactGround {
    FactGround { row_version, reason: "She brought it along.".into(), source: "document".into(), event_date: None }
}

fn phone(value: &str) -> Fact {
    Fact::Contact(Contact { kind: ContactKind::Phone, value: Sensitive::new(value.into()) })
}

fn address(line: &str, confidentiality: Confidentiality) -> Fact {
    let line = Sensitive::new(line.into());
    Fact::Address(Address { area: "BA".into(), line, dwelling: None, from: None, confidentiality })
}

fn added(number: &PersonNumber, fact: Fact) -> AddFact {
    AddFact { number: number.clone(), fact, replaces: None, ground: ground(None), looks_like: Vec::new() }
}

fn passport(number: &PersonNumber) -> AddFact {
    added(number, Fact::Document(people::document("TEST 777-001")))
}

async fn shown(service: &TestService, role: Role, number: &PersonNumber) -> PersonView {
    service.done(role, ShowPerson { number: number.clone() }).await
}

both! {
    async fn a_document_a_telephone_and_an_address_are_added_and_stand_in_the_history(service: &TestService) {
        let number = service.registered_person(single()).await;
        let mark = Mark::set(service).await;
        let first = service.done(Role::Registrar, passport(&number)).await;
        assert_eq!(first.row_version, 2);
        let (action, result, basis) = mark.only(service).await;
        assert_eq!((action.as_str(), result.as_str()), ("correct_person", "done"));
        assert!(basis[0].starts_with("az-personal-data:correction@"), "{basis:?}");
        service.done(Role::CaseOfficer, added(&number, phone("+994500000001"))).await;
        service.done(Role::HeadOfOffice, added(&number, address("Street 1", Confidentiality::Family))).await;
        let view = shown(service, Role::Registrar, &number).await;
        assert_eq!((view.person.documents[0].id, view.person.row.row_version), (first.fact, 4));
        let fields: Vec<_> = view.corrections.iter().map(|kept| kept.field.as_str()).collect();
        assert_eq!(fields, ["document", "contact", "address"]);
        assert_eq!(view.corrections[0].old_value.expose(), "");
        assert_eq!(view.corrections[0].new_value.expose(), "passport TEST 777-001 (AFG)");
        assert_eq!(view.corrections[0].reason.expose(), "She brought it along.");
        assert_sound(service).await;
    }

    async fn what_comes_in_the_place_of_another_ends_it_and_the_old_one_stays(service: &TestService) {
        let number = service.registered_person(single()).await;
        let old = service.done(Role::Registrar, added(&number, phone("+994500000001"))).await;
        let mut new = added(&number, phone("+994500000002"));
        new.replaces = Some(old.fact);
        service.done(Role::Registrar, new).await;
        let view = shown(service, Role::Registrar, &number).await;
        let held: Vec<_> = view.person.contacts.iter().map(|held| held.value.expose().as_str()).collect();
        assert_eq!(held, ["+994500000002"]);
        let kept = view.corrections.last().unwrap();
        assert_eq!(kept.old_value.expose(), "phone +994500000001");
        assert_eq!(kept.new_value.expose(), "phone +994500000002");
        // What has ended ends no second time, and is nobody's to be replaced.
        let end = EndFact { number: number.clone(), fact: old.fact, ground: ground(None) };
        assert_eq!(service.refused(Role::Registrar, end).await, Refusal::NotFound("fact"));
        let mut again = added(&number, phone("+994500000003"));
        again.replaces = Some(old.fact);
        assert_eq!(service.refused(Role::Registrar, again).await, Refusal::NotFound("fact"));
        assert_sound(service).await;
    }

    async fn a_lost_document_ends_and_is_nobodys_any_more(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let (father, mother) = (&family.members[0].number, &family.members[1].number);
        let view = shown(service, Role::Registrar, father).await;
        let passport = view.person.documents[0].id;
        let of_another = EndFact { number: mother.clone(), fact: passport, ground: ground(None) };
        assert_eq!(service.refused(Role::Registrar, of_another).await, Refusal::NotFound("fact"));
        let end = EndFact { number: father.clone(), fact: passport, ground: ground(Some(1)) };
        assert_eq!(service.done(Role::Registrar, end).await.row_version, 2);
        let view = shown(service, Role::Registrar, father).await;
        assert!(view.person.documents.is_empty());
        assert_eq!(view.corrections[0].old_value.expose(), "passport TEST000001 (AFG)");
        let query = app::registry::PersonQuery { document: Some("TEST000001".into()), ..Default::default() };
        assert!(service.done(Role::Registrar, app::registry::FindPersons(query)).await.is_empty());
        assert_sound(service).await;
    }

    async fn a_document_that_somebody_else_holds_needs_a_word_of_the_officer(service: &TestService) {
        let holder = service.registered_family(people::afghan_family()).await.members.remove(0).number;
        let number = service.registered_person(single()).await;
        let same = || added(&number, Fact::Document(people::document("test 000-001")));
        let Refusal::LooksLike(found) = service.refused(Role::Registrar, same()).await else { panic!("no likeness") };
        assert_eq!((found.len(), &found[0].number, found[0].likeness.as_slice()), (1, &holder, &[Likeness::Document][..]));
        assert!(shown(service, Role::Registrar, &number).await.person.documents.is_empty(), "nothing was kept");
        let note = |number: &PersonNumber, reason: &str| LookAlikeNote {
            number: number.clone(),
            verdict: Verdict::Unsure,
            reason: Sensitive::new(reason.into()),
        };
        for wrong in [note(&holder, " "), note(&number, "That is herself.")] {
            let mut said = same();
            said.looks_like = vec![wrong];
            assert_eq!(service.refused(Role::Registrar, said).await.code(), "fields");
        }
        let mut said = same();
        said.looks_like = vec![note(&holder, "The photo on it is hers, not his.")];
        service.done(Role::Registrar, said).await;
        let view = shown(service, Role::Registrar, &number).await;
        let (word, other) = &view.looks_like[0];
        assert_eq!((other, word.verdict, word.reason.expose().as_str()), (&holder, Verdict::Unsure, "The photo on it is hers, not his."));
        assert_sound(service).await;
    }

    async fn of_a_record_that_was_changed_meanwhile_nothing_is_changed(service: &TestService) {
        let number = service.registered_person(single()).await;
        service.done(Role::Registrar, passport(&number)).await;
        let late = AddFact { ground: ground(Some(1)), ..added(&number, phone("+994500000001")) };
        assert_eq!(service.refused(Role::CaseOfficer, late).await, Refusal::Conflict);
        let fact = shown(service, Role::Registrar, &number).await.person.documents[0].id;
        let late = EndFact { number: number.clone(), fact, ground: ground(Some(1)) };
        assert_eq!(service.refused(Role::CaseOfficer, late).await, Refusal::Conflict);
        let view = shown(service, Role::Registrar, &number).await;
        assert_eq!((view.person.documents.len(), view.person.contacts.len(), view.person.row.row_version), (1, 0, 2));
    }

    async fn the_same_fact_is_not_added_twice_and_a_wrong_one_not_at_all(service: &TestService) {
        let number = service.registered_person(single()).await;
        service.done(Role::Registrar, passport(&number)).await;
        let again = added(&number, Fact::Document(people::document("test777001")));
        assert_eq!(service.refused(Role::Registrar, again).await, Refusal::AlreadyRecorded("document".into()));
        for (wrong, field) in [
            (added(&number, phone("+994\u{202e}1")), "contact.value"),
            (added(&number, address(" ", Confidentiality::Family)), "address.line"),
            (AddFact { ground: FactGround { reason: " ".into(), ..ground(None) }, ..added(&number, phone("+1")) }, "reason"),
            (AddFact { ground: FactGround { source: "".into(), ..ground(None) }, ..added(&number, phone("+1")) }, "source"),
        ] {
            let Refusal::Fields(errors) = service.refused(Role::Registrar, wrong).await else { panic!("{field}") };
            assert_eq!(errors[0].field, field);
        }
        let future = FactGround { event_date: Some("2025-06-03".parse().unwrap()), ..ground(None) };
        let future = AddFact { ground: future, ..added(&number, phone("+1")) };
        assert_eq!(service.refused(Role::Registrar, future).await, Refusal::field("event_date", Problem::InFuture));
        for count in 0..FACTS_PER_PERSON_MAX {
            service.done(Role::Registrar, added(&number, phone(&format!("+99450000{count:04}")))).await;
        }
        let more = service.refused(Role::Registrar, added(&number, phone("+994509999999"))).await;
        assert_eq!(more, Refusal::field("contact", Problem::AtMost(FACTS_PER_PERSON_MAX)));
    }

    async fn whoever_hands_out_help_reads_neither_her_telephone_nor_that_it_was_changed(service: &TestService) {
        let number = service.registered_person(single()).await;
        service.done(Role::Registrar, added(&number, phone("+994500000001"))).await;
        service.done(Role::Registrar, added(&number, address("Hidden street 7", Confidentiality::Self_))).await;
        let view = shown(service, Role::AssistanceOfficer, &number).await;
        assert!(view.person.contacts.is_empty() && view.person.addresses.is_empty() && view.corrections.is_empty());
    }

    async fn of_a_person_given_for_protection_the_police_adds_and_ends_nothing(service: &TestService) {
        let number = service.registered_person(people::single(CollectedFor::Asylum, "Sona", "Testova", "1991-01-01")).await;
        assert_eq!(service.refused(Role::PoliceOfficer, passport(&number)).await, Refusal::NotPermitted);
        let end = EndFact { number, fact: RowId::from(uuid::Uuid::nil()), ground: ground(None) };
        assert_eq!(service.refused(Role::Registrar, end).await, Refusal::NotFound("fact"));
    }
}
