// SPDX-License-Identifier: Apache-2.0
//! Who looked: the person reads it, the auditor proves it, and neither the sealed nor the Ombudsman's own is shown.

use app::{
    Outcome,
    asylum::{ListOverdue, OpenClaim, ShowClaim},
    oversight::{
        AccessToken, LOOKS_PER_PAGE, OpenRecord, ShowLooks, WRONG_PINS_MAX, WhoLooked, give_access_token, lot,
        sample_audit, who_looked,
    },
    registry::{FindPersons, PersonQuery, ShowPerson},
};
use domain::{
    access::{CollectedFor, Role},
    audit::{Visibility, leaf_commitment},
    number::PersonNumber,
    refusal::Refusal,
    registry::Confidentiality,
};
use testkit::{TestService, both, people};
use tokio::task::JoinSet;
use transparency::EntryProof;

/// Guesses at the same moment.
const GUESSES: usize = 20;

async fn given(service: &TestService, person: &PersonNumber) -> AccessToken {
    let context = service.context(Role::Registrar);
    give_access_token(&service.service, &context, person).await.unwrap().done().unwrap()
}

async fn read(service: &TestService, token: &AccessToken) -> Option<WhoLooked> {
    who_looked(&service.service, token.token.expose(), token.pin.expose()).await.unwrap().done()
}

async fn guess(service: &TestService, token: &AccessToken) -> bool {
    let wrong = if token.pin.expose() == "000000" { "000001" } else { "000000" };
    who_looked(&service.service, token.token.expose(), wrong).await.unwrap().done().is_some()
}

fn actions(looked: &WhoLooked) -> Vec<(&str, &str)> {
    looked.entries.iter().map(|entry| (entry.action.as_str(), entry.result.as_str())).collect()
}

fn resident() -> domain::registry::FamilyRegistration {
    people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01")
}

both! {
    async fn a_person_reads_every_look_at_her_data_and_who_it_was(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let another = people::single(CollectedFor::Residence, "Rustam", "Olimov", "1979-02-11");
        let other = service.registered_person(another).await;
        let token = given(service, &person).await;
        let by_number = PersonQuery { number: Some(person.clone()), ..PersonQuery::default() };
        for _ in 0..3 {
            service.done(Role::PoliceOfficer, ShowPerson { number: person.clone() }).await;
        }
        service.done(Role::PoliceOfficer, FindPersons(by_number)).await;
        service.done(Role::Registrar, ShowPerson { number: other }).await;
        let looked = read(service, &token).await.unwrap();
        assert_eq!(
            actions(&looked),
            [
                ("find_persons", "done"),
                ("show_person", "done"),
                ("show_person", "done"),
                ("show_person", "done"),
                ("give_access_token", "done"),
                ("register_family", "done"),
            ]
        );
        let police = &looked.entries[1];
        assert_eq!(police.body.as_deref(), Some("mia"));
        assert_eq!((police.purpose.as_str(), police.role.as_deref()), ("enforcement", Some("police_officer")));
        assert!(police.basis[0].starts_with("az-umis-decree:11@"), "{:?}", police.basis);
        assert_eq!(looked.log, None, "nothing is numbered yet");
        service.settle().await;
        let again = read(service, &token).await.unwrap();
        assert_eq!(again.entries[0].action, "read_who_looked", "her own reading is on record");
        assert!(again.entries[0].body.is_none() && again.log.is_some());
        assert!(again.entries.iter().all(|entry| entry.position.is_some()));
    }

    async fn the_counter_sees_which_officers_looked_and_neither_her_own_visits_nor_what_is_sealed(service: &TestService) {
        let person =
            service.registered_person(people::single(CollectedFor::Asylum, "Daud", "Safi", "1987-03-21")).await;
        let token = given(service, &person).await;
        assert!(!guess(service, &token).await, "a wrong PIN leaves a record for her alone");
        read(service, &token).await.unwrap();
        let case = service.decided_claim(&person, "rejected").await;
        service.done(Role::CaseOfficer, ShowClaim { case }).await;
        service.settle().await;
        let context = service.context(Role::Auditor);
        sample_audit(&service.service, &context, 50).await.unwrap();
        let looks = |before| ShowLooks { number: person.clone(), before };
        let page = service.done(Role::HeadOfOffice, looks(None)).await;
        let seen: Vec<_> = page.entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(seen, ["give_access_token", "register_family"]);
        assert_eq!((page.entries[0].office.as_deref(), page.next), (Some("sms-baku"), None));
        // The showing is on record, for her and for the next officer.
        let page = service.done(Role::Registrar, looks(None)).await;
        assert_eq!(page.entries[0].action, "show_looks");
        assert_eq!(read(service, &token).await.unwrap().entries[0].action, "show_looks");
    }

    async fn the_looks_of_officers_follow_one_another_page_by_page(service: &TestService) {
        let person = service.registered_person(resident()).await;
        for _ in 0..LOOKS_PER_PAGE {
            service.done(Role::CaseOfficer, ShowPerson { number: person.clone() }).await;
        }
        let first = service.done(Role::Registrar, ShowLooks { number: person.clone(), before: None }).await;
        assert_eq!(first.entries.len(), LOOKS_PER_PAGE);
        assert!(first.entries.iter().all(|entry| entry.action == "show_person"));
        let rest = service.done(Role::Registrar, ShowLooks { number: person.clone(), before: first.next }).await;
        assert_eq!((rest.entries.len(), rest.entries[0].action.as_str(), rest.next), (1, "register_family", None));
        let hidden = ShowLooks { number: PersonNumber::parse("7K2M94TXBY").unwrap(), before: None };
        assert!(matches!(service.refused(Role::Registrar, hidden).await, Refusal::NotFound("person")));
    }

    async fn what_is_sealed_never_appears_among_the_looks(service: &TestService) {
        let person =
            service.registered_person(people::single(CollectedFor::Asylum, "Daud", "Safi", "1987-03-21")).await;
        let token = given(service, &person).await;
        let case = service.decided_claim(&person, "rejected").await;
        service.claim_step(&case, "appeal").await;
        for _ in 0..3 {
            service.done(Role::CaseOfficer, ShowClaim { case: case.clone() }).await;
        }
        let again =
            OpenClaim { person: person.clone(), language: "prs".into(), confidentiality: Confidentiality::Self_ };
        assert_eq!(service.refused(Role::CaseOfficer, again).await.code(), "already_recorded");
        service.done(Role::PoliceOfficer, app::enforcement::RaiseProtectionFlag { person: person.clone() }).await;
        service.clock.advance_days(200);
        let overdue = service.done(Role::HeadOfOffice, ListOverdue).await;
        assert_eq!(overdue.len(), 1, "the list names the claim, so its record is sealed as well");
        let looked = read(service, &token).await.unwrap();
        assert_eq!(actions(&looked), [("give_access_token", "done"), ("register_family", "done")]);
    }

    async fn the_ombudsmans_own_readings_are_the_ombudsmans(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let token = given(service, &person).await;
        service.settle().await;
        let records = service.records().await;
        let registered = records.iter().find(|record| record.action == "register_family").unwrap();
        let position = u64::try_from(registered.position.unwrap()).unwrap();
        let opened = service.done(Role::Auditor, OpenRecord { position }).await;
        assert_eq!(opened.persons, [person]);
        let looked = read(service, &token).await.unwrap();
        assert_eq!(actions(&looked), [("give_access_token", "done"), ("register_family", "done")]);
        let own = service.records().await.into_iter().filter(|record| record.action == "sample_audit");
        assert!(own.map(|record| record.visibility).all(|visibility| visibility == Visibility::Oversight));
        assert_eq!(service.refused(Role::Auditor, OpenRecord { position: u64::MAX }).await.code(), "not_found");
    }

    async fn a_token_is_of_no_use_after_five_wrong_pins(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let token = given(service, &person).await;
        for _ in 1..WRONG_PINS_MAX {
            assert!(!guess(service, &token).await);
        }
        let looked = read(service, &token).await.expect("four wrong ones do not lock");
        assert_eq!(actions(&looked)[0], ("read_who_looked", "refused:not_permitted"), "she sees who tried");
        for _ in 0..WRONG_PINS_MAX {
            assert!(!guess(service, &token).await);
        }
        assert!(read(service, &token).await.is_none(), "not even by the right one");
        let next = given(service, &person).await;
        assert!(read(service, &next).await.is_some(), "another is given at the counter");
        assert!(read(service, &token).await.is_none(), "and ends the first");
    }

    async fn many_pins_tried_at_once_count_as_many(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let token = given(service, &person).await;
        let wrong = if token.pin.expose() == "000000" { "000001" } else { "000000" };
        let mut guesses = JoinSet::new();
        for _ in 0..GUESSES {
            let (app, token) = (service.service.clone(), token.token.expose().clone());
            guesses.spawn(async move { who_looked(&app, &token, wrong).await.unwrap().done().is_some() });
        }
        assert!(guesses.join_all().await.into_iter().all(|is_read| !is_read));
        assert!(read(service, &token).await.is_none());
        let tried = service.records().await.into_iter().filter(|record| record.result == "refused:not_permitted");
        assert_eq!(i64::try_from(tried.count()).unwrap(), WRONG_PINS_MAX, "no more than five were looked at");
    }

    async fn a_token_is_for_adults_and_for_its_person(service: &TestService) {
        let family = service.registered_family(people::displaced_family()).await;
        let context = service.context(Role::CardOfficer);
        let child = give_access_token(&service.service, &context, &family.members[1].number).await.unwrap();
        assert!(matches!(&child, Outcome::Refused(refusal) if refusal.code() == "missing"));
        for wrong in ["", "no token", &"x".repeat(100_000)] {
            assert!(who_looked(&service.service, wrong, "000000").await.unwrap().done().is_none());
        }
    }

    async fn the_lot_is_drawn_by_the_checkpoint_and_every_record_in_it_is_proven(service: &TestService) {
        service.registered_family(people::afghan_family()).await;
        service.settle().await;
        let verifier = service.service.log_key().verifier();
        let by = verifier.clone();
        let head = service.service.db().read(move |session| Box::pin(async move { session.log_head(&by).await })).await;
        let head = head.unwrap().unwrap();
        let context = service.context(Role::Auditor);
        let drawn = sample_audit(&service.service, &context, 10).await.unwrap().done().unwrap();
        let positions: Vec<u64> = drawn.iter().map(|record| record.position).collect();
        assert_eq!(positions, lot(&head, 10), "nobody chooses");
        for opened in &drawn {
            let proof = EntryProof::parse(&opened.proof).unwrap();
            let salt = proof.extra.clone().unwrap().try_into().unwrap();
            let commitment = leaf_commitment(&salt, &opened.record.canonical);
            assert_eq!(opened.record.commitment, commitment);
            assert_eq!(proof.verify(&commitment, &verifier).unwrap().head, head);
            let other = opened.record.canonical.replace("done", "dine");
            assert!(proof.verify(&leaf_commitment(&salt, &other), &verifier).is_err(), "a changed record");
        }
    }
}

#[test]
fn a_lot_draws_each_position_once_and_never_more_than_there_are() {
    let head = transparency::TreeHead { size: 40, root: [7; 32] };
    let drawn = lot(&head, 1_000_000);
    let each: std::collections::BTreeSet<_> = drawn.iter().collect();
    assert_eq!((drawn.len(), each.len()), (40, 40));
    assert_ne!(lot(&transparency::TreeHead { root: [8; 32], ..head }, 5), lot(&head, 5));
    assert!(lot(&transparency::TreeHead::empty(), 5).is_empty());
}
