// SPDX-License-Identifier: Apache-2.0
//! The desk where cards are made: blanks, misprints, records that change under the officers' hands, holders at the counter.

use std::collections::BTreeMap;

use app::{
    Outcome,
    cards::{AddBlanks, CheckCard, CountBlanks, HandOverCard, PrepareCard, ShowCard, SpoilBlank, SpoilCard},
    registry::{Correct, CorrectPerson},
};
use domain::{
    access::{CollectedFor, Role},
    card::CardState,
    number::PersonNumber,
    refusal::Refusal,
    registry::{NameKind, Script, Sex},
};
use testkit::{TestService, both, people};
use tokio::task::JoinSet;

use crate::card_life::{reason, refugee, state};

/// Desks that ask at the same moment.
const DESKS: usize = 64;

/// How many blanks are in each state.
async fn blanks(service: &TestService) -> BTreeMap<String, i64> {
    service.done(Role::CardOfficer, CountBlanks).await.into_iter().collect()
}

fn counted(states: &[(&str, i64)]) -> BTreeMap<String, i64> {
    states.iter().map(|(state, count)| ((*state).to_owned(), *count)).collect()
}

async fn correct_sex(service: &TestService, number: &PersonNumber) {
    let correction = CorrectPerson {
        number: number.clone(),
        row_version: None,
        change: Correct::Sex(Sex::Female),
        reason: "A slip of the pen.".into(),
        source: "document".into(),
        event_date: None,
    };
    service.done(Role::Registrar, correction).await;
}

both! {
    async fn a_record_changed_after_preparing_needs_another_card(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let number = service.prepared_card(&person).await;
        correct_sex(service, &person).await;
        let second = service.second(Role::CardOfficer);
        assert_eq!(service.refused_as(&second, CheckCard { number: number.clone() }).await.code(), "fields");
        assert!(matches!(service.sign(&number).await, Outcome::Refused(Refusal::CardState("prepared"))));
        let prepare = || PrepareCard { person: person.clone(), replaces: None };
        assert_eq!(service.refused(Role::CardOfficer, prepare()).await.code(), "already_recorded");
        service.done(Role::CardOfficer, SpoilCard { number: number.clone(), reason: "record_changed".into() }).await;
        assert_eq!(state(service, &number).await, CardState::Spoiled);
        let (_, text) = service.active_card(&person).await;
        assert_eq!(reason(service, &text).await, None);
    }

    async fn a_card_is_checked_by_another_and_once(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let number = service.prepared_card(&person).await;
        assert_eq!(
            service.refused(Role::CardOfficer, CheckCard { number: number.clone() }).await,
            Refusal::SameOfficer
        );
        service.done(Role::HeadOfOffice, CheckCard { number: number.clone() }).await;
        let again = service.refused_as(&service.second(Role::CardOfficer), CheckCard { number }).await;
        assert_eq!(again, Refusal::CardState("checked"));
    }

    async fn without_a_blank_a_card_stays_signed(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let number = service.signed_card(&person).await;
        assert!(matches!(service.print(&number).await, Outcome::Refused(Refusal::NoBlank)));
        assert_eq!(state(service, &number).await, CardState::Signed);
        service.add_blanks("B", 2).await;
        let first = service.print(&number).await.done().unwrap();
        let again = service.print(&number).await.done().unwrap();
        assert_eq!((&first.blank, &first.pdf), (&again.blank, &again.pdf), "printed again on the same blank");
        assert_eq!(blanks(service).await, counted(&[("in_stock", 1), ("used", 1)]));
    }

    async fn a_misprint_spoils_its_blank_and_is_printed_on_another(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let number = service.signed_card(&person).await;
        service.add_blanks("B", 3).await;
        let first = service.print(&number).await.done().unwrap().blank;
        let spoil = |blank: &str, card| SpoilBlank { blank: blank.into(), card, reason: "misprint".into() };
        assert_eq!(service.refused(Role::CardOfficer, spoil(&first, None)).await.code(), "not_found", "it is in use");
        let other = service.refused(Role::CardOfficer, spoil("B-0003", Some(number.clone()))).await;
        assert_eq!(other.code(), "fields");
        service.done(Role::CardOfficer, spoil(&first, Some(number.clone()))).await;
        let second = service.print(&number).await.done().unwrap().blank;
        assert_ne!(first, second);
        service.done(Role::CardOfficer, spoil("B-0003", None)).await;
        assert_eq!(blanks(service).await, counted(&[("spoiled", 2), ("used", 1)]));
        service.done(Role::CardOfficer, SpoilCard { number: number.clone(), reason: "misprint".into() }).await;
        assert_eq!(blanks(service).await, counted(&[("spoiled", 3)]), "a card thrown away takes its blank with it");
        assert_eq!(service.done(Role::CardOfficer, ShowCard { number }).await.blank, None);
    }

    async fn a_delivery_of_blanks_is_taken_whole_or_not_at_all(service: &TestService) {
        service.add_blanks("B", 2).await;
        let known = AddBlanks { numbers: vec!["C-1".into(), "B-0002".into()] };
        assert_eq!(service.refused(Role::CardOfficer, known).await.code(), "fields");
        for numbers in
            [vec![], vec!["C 1".into()], vec![String::new()], vec!["x".repeat(21)], vec!["C-1".into(); 1_001]]
        {
            assert_eq!(service.refused(Role::CardOfficer, AddBlanks { numbers }).await.code(), "fields");
        }
        assert_eq!(blanks(service).await, counted(&[("in_stock", 2)]));
    }

    async fn a_card_is_handed_to_its_holder_in_person(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let number = |position: usize| family.members[position].number.clone();
        for member in &family.members {
            service.decided_claim(&member.number, "recognised").await;
        }
        let hand_over = |card: &_, to: usize| HandOverCard { number: Clone::clone(card), received_by: number(to) };
        let (fathers, _) = service.printed_card(&number(0)).await;
        for wrong in [1, 2, 3] {
            assert_eq!(
                service.refused(Role::CardOfficer, hand_over(&fathers, wrong)).await.code(),
                "fields",
                "{wrong}"
            );
        }
        service.done(Role::CardOfficer, hand_over(&fathers, 0)).await;
        let again = service.refused(Role::CardOfficer, hand_over(&fathers, 0)).await;
        assert_eq!(again, Refusal::CardState("active"));
        // The child's card goes to the mother, who answers for her; not to the father, who does not.
        let (childs, _) = service.printed_card(&number(2)).await;
        for wrong in [0, 3] {
            assert_eq!(service.refused(Role::CardOfficer, hand_over(&childs, wrong)).await.code(), "fields", "{wrong}");
        }
        service.done(Role::CardOfficer, hand_over(&childs, 1)).await;
    }

    async fn a_card_needs_a_name_that_its_zone_can_bear(service: &TestService) {
        let mut registration = refugee();
        registration.members[0].names = vec![people::name(NameKind::Full, Script::Arabic, "داوود صحرایی")];
        let person = service.recognised_person(registration).await;
        let refusal = service.refused(Role::CardOfficer, PrepareCard { person: person.clone(), replaces: None }).await;
        assert_eq!(refusal, Refusal::Missing("a name in Latin letters".into()));
    }

    async fn the_last_blank_is_taken_once(service: &TestService) {
        let mut cards = Vec::new();
        for given in ["Daud", "Nur"] {
            let person =
                service.recognised_person(people::single(CollectedFor::Asylum, given, "Safi", "1987-03-21")).await;
            cards.push(service.signed_card(&person).await);
        }
        service.add_blanks("B", 1).await;
        let mut desks = JoinSet::new();
        for desk in 0..DESKS {
            let (number, app, printer) = (cards[desk % 2].clone(), service.service.clone(), service.printer().clone());
            let actor = if desk % 4 < 2 { service.actor(Role::CardOfficer) } else { service.second(Role::CardOfficer) };
            desks.spawn(async move {
                let context = app.context(actor);
                let printed = app::cards::print_card(&app, &context, &printer, &number).await.unwrap();
                (number, printed.done().map(|printed| printed.blank))
            });
        }
        let outcomes = desks.join_all().await;
        let printed: std::collections::BTreeSet<_> =
            outcomes.iter().filter(|(_, blank)| blank.is_some()).map(|(number, _)| number.clone()).collect();
        assert_eq!(printed.len(), 1, "one card has the blank, printed as often as it likes");
        assert_eq!(blanks(service).await, counted(&[("used", 1)]));
        let mut states = [state(service, &cards[0]).await, state(service, &cards[1]).await];
        states.sort_by_key(|state| state.as_str());
        assert_eq!(states, [CardState::Printed, CardState::Signed]);
    }

    async fn one_person_has_one_card_however_many_desks_prepare_it(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let mut desks = JoinSet::new();
        for desk in 0..DESKS {
            let actor =
                if desk % 2 == 0 { service.actor(Role::CardOfficer) } else { service.second(Role::CardOfficer) };
            let (app, person) = (service.service.clone(), person.clone());
            desks.spawn(
                async move { app.run(&app.context(actor), PrepareCard { person, replaces: None }).await.unwrap() },
            );
        }
        let (mut prepared, mut refused) = (0, 0);
        for outcome in desks.join_all().await {
            match outcome {
                Outcome::Done(_) => prepared += 1,
                Outcome::Refused(refusal) => {
                    assert_eq!(refusal.code(), "already_recorded");
                    refused += 1;
                }
            }
        }
        assert_eq!((prepared, refused), (1, DESKS - 1));
    }
}
