// SPDX-License-Identifier: Apache-2.0
//! The card desk: lists, previews, comparisons and scans show what the next officer needs and nothing to others.

use app::cards::{
    CARDS_PER_PAGE, CardReceipt, HandOverCard, ListCards, ListCardsOf, ListRevocations, PreviewCard, RevokeCard,
    Scanned, ShowDeskCard, ShowRevocation, SuspendCard, holder_photo, scan,
};
use domain::{
    access::{CollectedFor, Role},
    card::{CardAction, CardState},
    number::CardNumber,
    refusal::Refusal,
    registry::Sex,
    sensitive::Sensitive,
};
use testkit::{both, journey::REASON, people};

use crate::{
    card_life::{proposed, refugee},
    record::Mark,
};

fn listed(state: CardState) -> ListCards {
    ListCards { state, after: None }
}

fn shown(number: &CardNumber) -> ShowDeskCard {
    ShowDeskCard { number: number.clone() }
}

both! {
    async fn a_card_moves_from_list_to_list_on_its_way_over_the_desk(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let number = service.prepared_card(&person).await;
        let page = service.done(Role::CardOfficer, listed(CardState::Prepared)).await;
        assert_eq!(page.cards.len(), 1);
        assert_eq!((&page.cards[0].number, page.counts[0]), (&number, (CardState::Prepared, 1)));
        assert_eq!(page.cards[0].holder.as_ref().unwrap().number, person);
        assert_eq!(page.cards[0].actions, [CardAction::Spoil], "who prepared it does not check it");
        let second = service.second(Role::CardOfficer);
        let page = service.done_as(&second, listed(CardState::Prepared)).await;
        assert_eq!(page.cards[0].actions, [CardAction::Check, CardAction::Spoil]);
        let head = service.done(Role::HeadOfOffice, shown(&number)).await;
        assert_eq!(head.actions, [CardAction::Check, CardAction::Spoil]);
        service.done_as(&second, app::cards::CheckCard { number: number.clone() }).await;
        assert!(service.done(Role::CardOfficer, listed(CardState::Prepared)).await.cards.is_empty());
        assert_eq!(service.done(Role::HeadOfOffice, listed(CardState::Checked)).await.cards[0].actions, [
            CardAction::Sign,
            CardAction::Spoil,
        ]);
        service.sign(&number).await.done().unwrap();
        service.add_blanks("B", 1).await;
        service.print(&number).await.done().unwrap();
        let printed = service.done(Role::CardOfficer, shown(&number)).await;
        assert_eq!(printed.blank.as_deref(), Some("B-0001"));
        assert_eq!(printed.actions, [
            CardAction::Print,
            CardAction::Misprint,
            CardAction::HandOver,
            CardAction::Revoke,
            CardAction::Spoil,
        ]);
        assert_eq!(printed.receivers.iter().map(|holder| &holder.number).collect::<Vec<_>>(), [&person]);
        let actions: Vec<_> = printed.events.iter().map(|event| event.action.as_str()).collect();
        assert_eq!(actions, ["check", "sign", "print"]);
        assert_eq!(printed.events[0].officer, "card-officer-2");
    }

    async fn every_listed_action_is_possible_and_no_other(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (number, _) = service.active_card(&person).await;
        service.done(Role::CardOfficer, SuspendCard { number: number.clone(), reason: "lost".into() }).await;
        let card = service.done(Role::CardOfficer, shown(&number)).await;
        assert_eq!(card.actions, [CardAction::Reinstate, CardAction::Revoke, CardAction::Replace]);
        assert_eq!(card.events.last().unwrap().reason.as_ref().unwrap().expose(), "lost");
        let head = service.done(Role::HeadOfOffice, shown(&number)).await;
        assert_eq!(head.actions, [CardAction::Reinstate], "the head neither prepares nor proposes");
    }

    async fn a_page_of_cards_names_no_more_persons_than_a_record_may(service: &TestService) {
        let mut numbers = Vec::new();
        for position in 0..=CARDS_PER_PAGE {
            let name = format!("Daud{}", char::from(b'a' + u8::try_from(position).unwrap()));
            let person = people::single(CollectedFor::Asylum, &name, "Safi", "1987-03-21");
            numbers.push(service.prepared_card(&service.recognised_person(person).await).await);
        }
        let first = service.done(Role::CardOfficer, listed(CardState::Prepared)).await;
        assert_eq!((first.cards.len(), first.counts[0].1), (CARDS_PER_PAGE, 26));
        let next = ListCards { state: CardState::Prepared, after: first.next };
        let second = service.done(Role::CardOfficer, next).await;
        assert_eq!((second.cards.len(), second.next), (1, None));
        let seen: Vec<_> = first.cards.iter().chain(&second.cards).map(|card| card.number.clone()).collect();
        assert_eq!(seen, numbers, "each card once");
    }

    async fn a_preview_shows_what_the_card_will_say_and_writes_nothing(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let person = family.members[0].number.clone();
        let preview = || PreviewCard { person: person.clone() };
        assert_eq!(service.refused(Role::CardOfficer, preview()).await.code(), "missing", "she is not recognised yet");
        service.decided_claim(&person, "recognised").await;
        let seen = service.done(Role::CardOfficer, preview()).await;
        assert_eq!((seen.face.surname.as_str(), seen.face.card_number.as_str()), ("Sahrayi", ""));
        assert_eq!(seen.live, None);
        assert!(service.done(Role::CardOfficer, listed(CardState::Prepared)).await.cards.is_empty());
        let number = service.prepared_card(&person).await;
        let card = service.done(Role::CardOfficer, shown(&number)).await.face.unwrap();
        assert_eq!((&card.surname, &card.given, card.birth), (&seen.face.surname, &seen.face.given, seen.face.birth));
        assert_eq!(card.mrz[2], seen.face.mrz[2]);
        let live = service.done(Role::CardOfficer, preview()).await.live;
        assert_eq!(live, Some((number, CardState::Prepared)));
    }

    async fn a_card_lies_beside_the_record_as_it_stands(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let number = service.prepared_card(&person).await;
        let card = service.done(Role::HeadOfOffice, shown(&number)).await;
        assert_eq!(card.present, card.face);
        let correction = app::registry::CorrectPerson {
            number: person,
            row_version: None,
            change: app::registry::Correct::Sex(Sex::Female),
            reason: "A slip of the pen.".into(),
            source: "document".into(),
            event_date: None,
        };
        service.done(Role::Registrar, correction).await;
        let card = service.done(Role::HeadOfOffice, shown(&number)).await;
        assert_eq!(card.face.unwrap().sex, Sex::Male);
        assert_eq!(card.present.unwrap().sex, Sex::Female);
    }

    async fn what_is_scanned_finds_the_card_also_when_it_is_suspended(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (number, text) = service.active_card(&person).await;
        let app = &service.service;
        let card = Some(Scanned::Card(number.clone()));
        assert_eq!(scan(app, &format!(" {} ", number.as_str().to_lowercase())).await.unwrap(), card);
        assert_eq!(scan(app, &format!("{text}\r\n")).await.unwrap(), card);
        let face = service.done(Role::CardOfficer, shown(&number)).await.face.unwrap();
        assert_eq!(scan(app, &face.mrz.join("\n")).await.unwrap(), card);
        assert_eq!(scan(app, person.as_str()).await.unwrap(), Some(Scanned::Person(person.clone())));
        service.done(Role::CardOfficer, SuspendCard { number: number.clone(), reason: "lost".into() }).await;
        assert_eq!(scan(app, &text).await.unwrap(), card);
        let mut forged = text.into_bytes();
        forged[100] = if forged[100] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(forged).unwrap();
        for nothing in [forged.as_str(), "", "no card", &"9".repeat(100_000), &number.as_str()[..8]] {
            assert_eq!(scan(app, nothing).await.unwrap(), None);
        }
        let found = service.done(Role::CardOfficer, ListCardsOf { person }).await;
        assert_eq!(found.into_iter().map(|card| (card.number, card.state)).collect::<Vec<_>>(), [(
            number,
            CardState::Suspended,
        )]);
    }

    async fn a_proposed_revocation_waits_for_another_officer_with_its_facts(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (number, _) = service.active_card(&person).await;
        assert!(service.done(Role::HeadOfOffice, ListRevocations { after: None }).await.proposals.is_empty());
        let case = service.done(Role::CardOfficer, proposed(&number)).await;
        assert_eq!(service.done(Role::CardOfficer, shown(&number)).await.revocation, Some(case.clone()));
        let page = service.done(Role::DecisionMaker, ListRevocations { after: None }).await;
        let seen = &page.proposals[0];
        assert_eq!((&seen.case, &seen.card, seen.is_own, page.next), (&case, &number, false, None));
        assert!(seen.facts.expose().starts_with("misused: "));
        assert_eq!((seen.proposer.as_str(), &seen.holder.number), ("card-officer", &person));
        service.done(Role::HeadOfOffice, ShowRevocation { case: case.clone() }).await;
        let revoke = RevokeCard { case: case.clone(), reason: Sensitive::new(REASON.into()), cites: Vec::new() };
        service.done(Role::HeadOfOffice, revoke).await;
        assert!(service.done(Role::DecisionMaker, ListRevocations { after: None }).await.proposals.is_empty());
        let gone = service.refused(Role::DecisionMaker, ShowRevocation { case }).await;
        assert_eq!(gone, Refusal::NotFound("proposal of a revocation"));
    }

    async fn each_look_at_a_card_or_a_photo_is_on_record(service: &TestService) {
        let registration = refugee();
        let photo = app::registry::store_photo(&service.service, b"a face").await.unwrap();
        let photos = std::collections::BTreeMap::from([(0, photo)]);
        let registered = service.done(Role::Registrar, app::registry::RegisterFamily { registration, photos }).await;
        let person = registered.members[0].number.clone();
        service.decided_claim(&person, "recognised").await;
        let number = service.prepared_card(&person).await;
        let mark = Mark::set(service).await;
        let context = service.context(Role::CardOfficer);
        let photo = holder_photo(&service.service, &context, &number).await.unwrap().done().unwrap();
        assert_eq!(photo.unwrap().as_slice(), b"a face");
        assert_eq!(mark.only(service).await.0, "show_card");
    }

    async fn a_receipt_can_be_printed_again_once_the_card_was_handed_over(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (number, _) = service.printed_card(&person).await;
        let receipt = || CardReceipt { number: number.clone() };
        assert_eq!(service.refused(Role::CardOfficer, receipt()).await, Refusal::NotFound("receipt"));
        let hand_over = HandOverCard { number: number.clone(), received_by: person.clone() };
        let given = service.done(Role::CardOfficer, hand_over).await;
        let again = service.done_as(&service.second(Role::CardOfficer), receipt()).await;
        assert_eq!(again.officer, "card-officer", "who handed it over, not who prints the paper again");
        let again = again.handed_over;
        assert_eq!((again.on, again.holder.number, again.face), (given.on, person, given.face));
    }

    async fn a_child_s_card_is_received_by_who_answers_for_her(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let child = family.members[2].number.clone();
        service.decided_claim(&child, "recognised").await;
        let (number, _) = service.printed_card(&child).await;
        let receivers = service.done(Role::CardOfficer, shown(&number)).await.receivers;
        assert_eq!(receivers[0].number, family.members[1].number, "the mother comes first");
    }
}
