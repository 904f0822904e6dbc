// SPDX-License-Identifier: Apache-2.0
//! Checking a card at the service itself: the answer is about the card, and nothing is left behind.

use app::{
    cards::{HandOverCard, ReinstateCard, SuspendCard},
    verification::{CardAnswer, Standing, TEXT_BYTES_MAX, check_picture, check_text},
};
use domain::access::Role;
use testkit::{TestService, both, journey::REASON};

use crate::{
    card_life::{proposed, refugee, revoked},
    record::Mark,
};

async fn checked(service: &TestService, text: &str) -> CardAnswer {
    service.settle().await;
    check_text(&service.service, text).await.unwrap()
}

async fn standing(service: &TestService, text: &str) -> Standing {
    let answer = checked(service, text).await;
    let is_genuine = matches!(answer.standing, Standing::Good | Standing::Undecided);
    assert_eq!(answer.shown.is_some(), is_genuine, "face and name are shown of a genuine card only");
    answer.standing
}

both! {
    async fn the_answer_follows_the_card_through_its_life(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (number, text) = service.printed_card(&person).await;
        assert_eq!(standing(service, &text).await, Standing::Suspended, "not yet in its holder's hands");
        let hand_over = HandOverCard { number: number.clone(), received_by: person.clone() };
        service.done(Role::CardOfficer, hand_over).await;
        let good = checked(service, &format!("  {text}\r\n")).await;
        assert_eq!(good.standing, Standing::Good);
        let shown = good.shown.unwrap();
        assert_eq!(shown.name, "Daud Sahrayi");
        assert!(good.list_signed_at.unwrap() <= good.checked_at);
        let suspend = SuspendCard { number: number.clone(), reason: "lost".into() };
        service.done(Role::CardOfficer, suspend).await;
        assert_eq!(standing(service, &text).await, Standing::Suspended);
        let reinstate = ReinstateCard { number: number.clone(), reason: REASON.into() };
        service.done(Role::CardOfficer, reinstate).await;
        assert_eq!(standing(service, &text).await, Standing::Good);
        let case = service.done(Role::CardOfficer, proposed(&number)).await;
        service.done(Role::DecisionMaker, revoked(&case)).await;
        assert_eq!(standing(service, &text).await, Standing::Revoked);
    }

    async fn the_end_of_a_card_and_of_a_list_are_told_apart(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (_, text) = service.active_card(&person).await;
        let last_day = checked(service, &text).await.shown.unwrap().valid_until;
        service.clock.advance_days(30);
        let old = check_text(&service.service, &text).await.unwrap();
        assert_eq!(old.standing, Standing::Undecided, "the list was not signed for a month");
        service.clock.advance_days(365 * 5);
        let over = check_text(&service.service, &text).await.unwrap();
        assert!(over.checked_at.date_in(service.service.pack().time_zone()) > last_day);
        assert_eq!(over.standing, Standing::Expired);
        service.clock.advance_days(365 * 6);
        let over = check_text(&service.service, &text).await.unwrap();
        assert_eq!(over.standing, Standing::UnknownSigner, "what its signer signed counts no longer");
    }

    async fn what_is_no_card_is_said_to_be_none(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (_, text) = service.active_card(&person).await;
        for no_card in ["", "HELLO", "6BF+70790T9WJWG.FKY*4GO0.O1CV2", &"A".repeat(TEXT_BYTES_MAX + 1), "پیش", "\0"] {
            assert_eq!(standing(service, no_card).await, Standing::Unreadable, "{:?}", no_card.get(..9));
        }
        let mut changed = text.clone().into_bytes();
        let middle = changed.len() / 2;
        changed[middle] = if changed[middle] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_ne!(standing(service, &changed).await, Standing::Good);
    }

    async fn a_picture_is_read_like_a_text_and_a_picture_without_a_code_is_unreadable(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (_, text) = service.active_card(&person).await;
        let picture = service.printer().qr_picture(&text).unwrap();
        service.settle().await;
        let answer = check_picture(&service.service, picture).await.unwrap();
        assert_eq!(answer.standing, Standing::Good);
        let none = check_picture(&service.service, b"no picture".to_vec()).await.unwrap();
        assert_eq!(none.standing, Standing::Unreadable);
    }

    async fn a_check_leaves_no_record(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (_, text) = service.active_card(&person).await;
        service.settle().await;
        let mark = Mark::set(service).await;
        for text in [text.as_str(), "HELLO"] {
            check_text(&service.service, text).await.unwrap();
        }
        assert!(mark.since(service).await.is_empty());
    }
}
