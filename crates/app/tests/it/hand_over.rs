// SPDX-License-Identifier: Apache-2.0
//! The hand-over list of an event: who is expected, whose card waits, who may have the gift, and what was given already.

use app::{
    assistance::{
        Company, GUESTS_PER_PAGE, GuestQuery, HandOverGift, HandOverList, INVITED_MAX, InviteGuests, ListDistributions,
        OpenDistribution, ReceiptQuery, ShowHandOverList, ShowReceipt,
    },
    cards::HandOverCard,
};
use domain::{
    access::{CollectedFor, Role},
    card::CardState,
    number::PersonNumber,
    refusal::Refusal,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use testkit::{TestService, both, people};

use crate::{card_life::refugee, record::Mark};

async fn open(service: &TestService, code: &str) {
    let on = "2025-12-18".parse().unwrap();
    let open = OpenDistribution { code: code.into(), name: "18 December".into(), on };
    service.done(Role::AssistanceOfficer, open).await;
}

fn invite(persons: &[&PersonNumber], company: Company) -> InviteGuests {
    let persons = persons.iter().map(|&person| person.clone()).collect();
    InviteGuests { distribution: "event".into(), persons, company }
}

fn list(query: GuestQuery) -> ShowHandOverList {
    ShowHandOverList { distribution: "event".into(), query, after: None }
}

fn gift(person: &PersonNumber) -> HandOverGift {
    HandOverGift { distribution: "event".into(), person: person.clone(), item: "gift_set".into() }
}

fn numbers(list: &HandOverList) -> Vec<&PersonNumber> {
    list.guests.iter().map(|guest| &guest.holder.number).collect()
}

both! {
    async fn a_family_is_invited_once_and_each_member_is_a_row(service: &TestService) {
        open(service, "event").await;
        let family = service.registered_family(people::displaced_family()).await;
        let [mother, son] = [&family.members[0].number, &family.members[1].number];
        assert_eq!(service.done(Role::AssistanceOfficer, invite(&[mother], Company::WithFamily)).await, 2);
        assert_eq!(service.done(Role::CardOfficer, invite(&[son, mother], Company::WithFamily)).await, 0);
        let seen = service.done(Role::AssistanceOfficer, list(GuestQuery::All)).await;
        assert_eq!((numbers(&seen), seen.expected, seen.given, seen.next), (vec![mother, son], 2, 0, None));
        assert!(seen.guests.iter().all(|guest| guest.is_entitled && guest.card.is_none()));
        let pages = service.done(Role::AssistanceOfficer, ListDistributions { before: None }).await;
        assert_eq!(pages.distributions.iter().map(|found| found.code.as_str()).collect::<Vec<_>>(), ["event"]);
    }

    async fn card_and_gift_are_handed_over_each_with_one_act_and_once(service: &TestService) {
        open(service, "event").await;
        let person = service.recognised_person(refugee()).await;
        let (card, _) = service.printed_card(&person).await;
        service.done(Role::AssistanceOfficer, invite(&[&person], Company::Alone)).await;
        let seen = service.done(Role::CardOfficer, list(GuestQuery::Waiting)).await;
        let row = &seen.guests[0];
        assert_eq!(row.card, Some((card.clone(), CardState::Printed)));
        assert_eq!(row.receiver.as_ref().unwrap().number, person);
        assert!(!row.is_entitled, "the gift follows the card");
        assert_eq!(service.refused(Role::CardOfficer, gift(&person)).await.code(), "missing");
        let hand_over = || HandOverCard { number: card.clone(), received_by: person.clone() };
        service.done(Role::CardOfficer, hand_over()).await;
        assert_eq!(service.refused(Role::CardOfficer, hand_over()).await.code(), "card_state");
        let row = service.done(Role::CardOfficer, list(GuestQuery::All)).await.guests.remove(0);
        assert_eq!((row.card, row.receiver.is_none(), row.is_entitled), (Some((card, CardState::Active)), true, true));
        let given = service.done(Role::CardOfficer, gift(&person)).await;
        let seen = service.done(Role::AssistanceOfficer, list(GuestQuery::All)).await;
        assert_eq!((seen.guests[0].is_entitled, seen.given), (false, 1));
        assert_eq!(seen.guests[0].given.as_ref().unwrap().number, given.number);
        assert!(service.done(Role::CardOfficer, list(GuestQuery::Waiting)).await.guests.is_empty());
    }

    async fn who_asks_for_a_second_gift_is_told_when_and_where_the_first_was_given(service: &TestService) {
        open(service, "event").await;
        let person = service.registered_family(people::displaced_family()).await.members[0].number.clone();
        let given = service.done(Role::AssistanceOfficer, gift(&person)).await;
        service.clock.advance_seconds(3_600);
        let again = service.refused_as(&service.second(Role::AssistanceOfficer), gift(&person)).await;
        assert_eq!(again.code(), "given_already");
        let mark = Mark::set(service).await;
        let told = ShowReceipt(ReceiptQuery::Of("event".into(), person.clone()));
        let told = service.done_as(&service.second(Role::AssistanceOfficer), told).await;
        assert_eq!((&told.given.number, told.given.office.as_str()), (&given.number, "sms-refugee-affairs"));
        assert_eq!(told.given.officer, "assistance-officer");
        assert_eq!(mark.only(service).await.0, "hand_over_gift", "telling it is on record too");
        let by_number = service.done(Role::CardOfficer, ShowReceipt(ReceiptQuery::Number(given.number))).await;
        assert_eq!((by_number.holder.number, by_number.distribution.code), (person, "event".into()));
    }

    async fn a_row_is_found_by_number_card_and_name(service: &TestService) {
        open(service, "event").await;
        let family = service.registered_family(people::displaced_family()).await;
        let refugee = service.recognised_person(refugee()).await;
        let (card, _) = service.active_card(&refugee).await;
        let mother = &family.members[0].number;
        service.done(Role::AssistanceOfficer, invite(&[mother, &refugee], Company::WithFamily)).await;
        for (query, found) in [
            (GuestQuery::Person(mother.clone()), vec![mother]),
            (GuestQuery::Card(card), vec![&refugee]),
            (GuestQuery::Name("sevi".into()), vec![mother]),
            (GuestQuery::Name("SAHRAYI".into()), vec![&refugee]),
            (GuestQuery::Name("nobody".into()), vec![]),
            (GuestQuery::Name(" ".into()), vec![]),
        ] {
            let seen = service.done(Role::AssistanceOfficer, list(query.clone())).await;
            assert_eq!(numbers(&seen), found, "{query:?}");
        }
        let stranger = service.registered_person(people::single(CollectedFor::Residence, "Nur", "Safi", "1990-01-01"));
        let stranger = stranger.await;
        let seen = service.done(Role::AssistanceOfficer, list(GuestQuery::Person(stranger))).await;
        assert!(seen.guests.is_empty(), "who is not expected is not shown");
    }

    async fn pages_of_the_list_name_no_more_persons_than_a_record_may(service: &TestService) {
        open(service, "event").await;
        let mut all = Vec::new();
        for position in 0..=GUESTS_PER_PAGE {
            let name = format!("Nur{}", char::from(b'a' + u8::try_from(position).unwrap()));
            let person = people::single(CollectedFor::Asylum, &name, "Safi", "1990-01-01");
            all.push(service.registered_person(person).await);
        }
        let invited = invite(&all.iter().collect::<Vec<_>>(), Company::Alone);
        assert_eq!(service.done(Role::AssistanceOfficer, invited).await, all.len());
        let first = service.done(Role::AssistanceOfficer, list(GuestQuery::All)).await;
        let next = ShowHandOverList { after: first.next, ..list(GuestQuery::All) };
        let second = service.done(Role::AssistanceOfficer, next).await;
        let seen: Vec<_> = numbers(&first).into_iter().chain(numbers(&second)).cloned().collect();
        assert_eq!((seen, second.next), (all, None));
    }

    async fn an_invitation_names_persons_who_exist_and_not_too_many(service: &TestService) {
        open(service, "event").await;
        let person = service.registered_person(refugee()).await;
        let nobody = PersonNumber::draw(&mut ChaCha20Rng::seed_from_u64(99));
        let refused = service.refused(Role::AssistanceOfficer, invite(&[&person, &nobody], Company::Alone)).await;
        assert!(matches!(refused, Refusal::Fields(ref errors) if errors[0].field == "persons[1]"), "{refused:?}");
        let seen = service.done(Role::AssistanceOfficer, list(GuestQuery::All)).await;
        assert_eq!(seen.expected, 0, "a list is taken whole or not at all");
        for persons in [vec![], vec![person; INVITED_MAX + 1]] {
            let many = InviteGuests { distribution: "event".into(), persons, company: Company::Alone };
            assert_eq!(service.refused(Role::AssistanceOfficer, many).await.code(), "fields");
        }
    }
}
