// SPDX-License-Identifier: Apache-2.0
//! Blanks are counted by one officer against the books, explained where the two differ, and signed by another.

use app::{
    Outcome,
    cards::{COUNTED_MAX, CountStock, EXPLANATION_CHARACTERS_MAX, ShowCount, ShowStock, SignCount, SpoilBlank},
};
use db::BlankBooks;
use domain::{access::Role, refusal::Refusal};
use testkit::both;
use tokio::task::JoinSet;

use crate::card_life::refugee;

/// Desks that ask at the same moment.
const DESKS: usize = 16;

fn count(counted: i64, explanation: Option<&str>) -> CountStock {
    CountStock { counted, explanation: explanation.map(str::to_owned) }
}

both! {
    async fn a_count_that_fits_the_books_is_signed_by_another_officer(service: &TestService) {
        service.add_blanks("B", 3).await;
        let id = service.done(Role::CardOfficer, count(3, None)).await;
        assert_eq!(service.refused(Role::CardOfficer, SignCount { id }).await, Refusal::SameOfficer);
        let own = service.done(Role::CardOfficer, ShowCount { id }).await;
        let others = service.done(Role::HeadOfOffice, ShowCount { id }).await;
        assert_eq!((own.can_sign, others.can_sign, others.difference()), (false, true, 0));
        assert!(!service.done(Role::CardOfficer, ShowStock { before: None }).await.is_counted_today);
        service.done(Role::HeadOfOffice, SignCount { id }).await;
        let signed = service.done(Role::CardOfficer, ShowCount { id }).await;
        assert_eq!(signed.count.signer.as_deref(), Some("head-of-office"));
        let again = service.refused_as(&service.second(Role::CardOfficer), SignCount { id }).await;
        assert_eq!(again.code(), "already_recorded");
        assert!(service.done(Role::CardOfficer, ShowStock { before: None }).await.is_counted_today);
        service.clock.advance_days(1);
        assert!(!service.done(Role::CardOfficer, ShowStock { before: None }).await.is_counted_today);
    }

    async fn a_difference_needs_an_explanation_in_own_words(service: &TestService) {
        service.add_blanks("B", 3).await;
        for explanation in [None, Some("  "), Some("lost")] {
            assert_eq!(service.refused(Role::CardOfficer, count(2, explanation)).await, Refusal::ReasonNeeded);
        }
        let long = "x".repeat(EXPLANATION_CHARACTERS_MAX + 1);
        assert_eq!(service.refused(Role::CardOfficer, count(2, Some(&long))).await.code(), "fields");
        for wrong in [-1, COUNTED_MAX + 1, i64::MIN, i64::MAX] {
            assert_eq!(service.refused(Role::CardOfficer, count(wrong, Some(&long))).await.code(), "fields");
        }
        let id = service.done(Role::CardOfficer, count(2, Some("One stuck to the box and was torn."))).await;
        let shown = service.done(Role::CardOfficer, ShowCount { id }).await;
        assert_eq!((shown.difference(), shown.count.books.in_stock), (-1, 3));
    }

    async fn the_books_of_a_count_go_on_from_the_signed_one_before(service: &TestService) {
        service.add_blanks("B", 5).await;
        let first = service.done(Role::CardOfficer, count(5, None)).await;
        service.done(Role::HeadOfOffice, SignCount { id: first }).await;
        let person = service.recognised_person(refugee()).await;
        let number = service.signed_card(&person).await;
        service.print(&number).await.done().unwrap();
        let spoil = SpoilBlank { blank: "B-0005".into(), card: None, reason: "damaged_in_store".into() };
        service.done(Role::CardOfficer, spoil).await;
        service.add_blanks("C", 2).await;
        // A count that nobody signed is no beginning for the next one.
        service.done(Role::CardOfficer, count(5, None)).await;
        let second = service.done(Role::CardOfficer, count(5, None)).await;
        let shown = service.done(Role::HeadOfOffice, ShowCount { id: second }).await;
        assert_eq!(shown.count.books, BlankBooks { in_stock: 5, used: 1, spoiled: 1 });
        assert_eq!(shown.previous.as_ref().unwrap().id, first);
        assert_eq!((shown.received(), shown.used(), shown.spoiled(), shown.difference()), (2, 1, 1, 0));
        let opening = shown.previous.as_ref().unwrap().books.in_stock;
        assert_eq!(opening + shown.received() - shown.used() - shown.spoiled(), shown.count.books.in_stock);
    }

    async fn a_new_count_takes_the_place_of_one_that_nobody_signed(service: &TestService) {
        service.add_blanks("B", 3).await;
        let first = service.done(Role::CardOfficer, count(2, Some("The third one is being looked for."))).await;
        let second = service.done(Role::CardOfficer, count(3, None)).await;
        let refused = service.refused(Role::HeadOfOffice, SignCount { id: first }).await;
        assert_eq!(refused.code(), "already_recorded", "what was withdrawn is not signed");
        service.done(Role::HeadOfOffice, SignCount { id: second }).await;
        let stock = service.done(Role::HeadOfOffice, ShowStock { before: None }).await;
        assert_eq!(stock.counts.iter().map(|count| count.id).collect::<Vec<_>>(), [second, first]);
        assert!(stock.counts[1].withdrawn_at.is_some());
    }

    async fn counts_stay_in_their_office(service: &TestService) {
        service.add_blanks("B", 1).await;
        let id = service.done(Role::CardOfficer, count(1, None)).await;
        let ganja = service.add_account("ganja.cards", Role::CardOfficer, "sms-ganja").await;
        assert_eq!(service.refused_as(&ganja, ShowCount { id }).await, Refusal::NotFound("count"));
        assert_eq!(service.refused_as(&ganja, SignCount { id }).await, Refusal::NotFound("count"));
        assert!(service.done_as(&ganja, ShowStock { before: None }).await.counts.is_empty());
    }

    async fn of_many_signatures_at_once_one_counts(service: &TestService) {
        service.add_blanks("B", 1).await;
        let id = service.done(Role::CardOfficer, count(1, None)).await;
        let mut desks = JoinSet::new();
        for desk in 0..DESKS {
            let actor = match desk % 3 {
                0 => service.actor(Role::HeadOfOffice),
                1 => service.second(Role::HeadOfOffice),
                _ => service.second(Role::CardOfficer),
            };
            let app = service.service.clone();
            desks.spawn(async move { app.run(&app.context(actor), SignCount { id }).await.unwrap() });
        }
        let outcomes = desks.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Done(()))).count(), 1);
    }
}
