// SPDX-License-Identifier: Apache-2.0
//! A person at her own file: how far her case is, who looked, and nothing to anybody else.

use app::{
    Outcome,
    oversight::{AccessToken, WRONG_PINS_MAX, give_access_token},
    own_file::{self, IDLE_SECONDS_MAX, OwnFile, VISIT_SECONDS_MAX, Wish},
    registry::{ErasePerson, ProposeErasure, ShowPerson},
};
use domain::{
    access::{CollectedFor, Role},
    card::CardState,
    number::PersonNumber,
    refusal::Refusal,
    registry::FamilyRegistration,
};
use testkit::{
    TestService, both,
    journey::{decision, proposal},
    people,
};

use crate::record::{Mark, assert_sound};

fn claimant() -> FamilyRegistration {
    people::single(CollectedFor::Asylum, "Daud", "Sahrayi", "1987-03-21")
}

pub(crate) async fn given(service: &TestService, person: &PersonNumber) -> AccessToken {
    let context = service.context(Role::Registrar);
    give_access_token(&service.service, &context, person).await.unwrap().done().unwrap()
}

async fn opened(service: &TestService, token: &AccessToken) -> Option<String> {
    let opened = own_file::open(&service.service, token.token.expose(), token.pin.expose()).await.unwrap();
    opened.done().map(|key| key.expose().clone())
}

async fn shown(service: &TestService, key: &str) -> Option<OwnFile> {
    own_file::show(&service.service, key).await.unwrap().done()
}

fn told(file: &OwnFile) -> Vec<&str> {
    file.cases.iter().flat_map(|case| case.told.iter().map(|(code, _)| code.as_str())).collect()
}

fn wrong_pin(token: &AccessToken) -> &'static str {
    if token.pin.expose() == "000000" { "000001" } else { "000000" }
}

both! {
    async fn the_file_tells_each_step_once_and_the_outcome_only_after_it_was_handed_over(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let key = opened(service, &given(service, &person).await).await.unwrap();
        assert!(shown(service, &key).await.unwrap().cases.is_empty());
        let case = service.heard_claim(&person).await;
        let file = shown(service, &key).await.unwrap();
        assert_eq!(
            told(&file),
            ["open_claim", "issue_certificate", "registration_interview", "invite_to_interview", "status_interview"],
            "neither asking alone nor anything inside the office"
        );
        assert!(file.cases[0].certificate.is_some());
        assert!(file.cases[0].clocks.iter().any(|(code, _)| code.as_str() == "decision"));
        service.done(Role::CaseOfficer, proposal(&case, "recognised")).await;
        assert_eq!(told(&shown(service, &key).await.unwrap()).len(), 5, "a proposal is no decision");
        service.done(Role::DecisionMaker, decision(&case, "recognised")).await;
        let file = shown(service, &key).await.unwrap();
        assert_eq!(told(&file).last(), Some(&"decide"));
        assert!(file.cases[0].decision.is_none(), "she reads the outcome on paper first");
        service.claim_step(&case, "notify").await;
        let file = shown(service, &key).await.unwrap();
        let own = file.cases[0].decision.as_ref().unwrap();
        assert_eq!((own.outcome.as_str(), own.is_adverse), ("recognised", false));
        assert!(!own.basis.is_empty());
    }

    async fn a_card_is_told_once_it_is_printed_and_a_gift_once_it_is_given(service: &TestService) {
        let person = service.recognised_person(claimant()).await;
        let key = opened(service, &given(service, &person).await).await.unwrap();
        service.signed_card(&person).await;
        assert!(shown(service, &key).await.unwrap().cards.is_empty());
        let other = service.recognised_person(claimant()).await;
        let (number, _) = service.active_card(&other).await;
        let key = opened(service, &given(service, &other).await).await.unwrap();
        let file = shown(service, &key).await.unwrap();
        assert_eq!(file.cards.len(), 1);
        assert_eq!((&file.cards[0].number, file.cards[0].state), (&number, CardState::Active));
    }

    async fn her_own_readings_do_not_push_the_looks_of_others_out(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let token = given(service, &person).await;
        service.done(Role::Registrar, ShowPerson { number: person.clone() }).await;
        let key = opened(service, &token).await.unwrap();
        let mark = Mark::set(service).await;
        for _ in 0..3 {
            let file = shown(service, &key).await.unwrap();
            let actions: Vec<_> = file.looked.entries.iter().map(|entry| entry.action.as_str()).collect();
            assert_eq!(actions, ["show_person", "give_access_token", "register_family"]);
        }
        assert_eq!(mark.since(service).await.len(), 3, "each reading is on record");
        own_file::open(&service.service, token.token.expose(), wrong_pin(&token)).await.unwrap();
        let entries = shown(service, &key).await.unwrap().looked.entries;
        assert_eq!(entries[0].result, "refused:not_permitted", "that somebody tried her PIN is told");
    }

    async fn wrong_token_wrong_pin_used_up_token_and_erased_person_get_one_answer(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let token = given(service, &person).await;
        let answer = async |token: &str, pin: &str| {
            let opened = own_file::open(&service.service, token, pin).await;
            match opened {
                Ok(Outcome::Refused(refusal)) => refusal,
                Ok(Outcome::Done(_)) => panic!("opened"),
                Err(error) => panic!("{error}"),
            }
        };
        for (token, pin) in [("", ""), ("no such token", "123456"), (token.token.expose(), wrong_pin(&token))] {
            assert_eq!(answer(token, pin).await, Refusal::NotPermitted);
        }
        let key = opened(service, &token).await.unwrap();
        for _ in 0..WRONG_PINS_MAX {
            assert_eq!(answer(token.token.expose(), wrong_pin(&token)).await, Refusal::NotPermitted);
        }
        assert_eq!(answer(token.token.expose(), token.pin.expose()).await, Refusal::NotPermitted, "used up");
        assert!(shown(service, &key).await.is_some(), "whoever guesses does not put her out");
        let token = given(service, &person).await;
        assert!(shown(service, &key).await.is_none(), "a new token ends the visit of the old one");
        let key = opened(service, &token).await.unwrap();
        let reason = "The family left the country for good.";
        let erasure = ProposeErasure { number: person.clone(), reason: reason.into() };
        let case = service.done(Role::Registrar, erasure).await;
        service.done(Role::HeadOfOffice, ErasePerson { case, reason: reason.into() }).await;
        assert_eq!(answer(token.token.expose(), token.pin.expose()).await, Refusal::NotPermitted, "erased");
        assert!(shown(service, &key).await.is_none());
    }

    async fn a_visit_ends_when_it_is_left_idle_or_old(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let token = given(service, &person).await;
        let key = opened(service, &token).await.unwrap();
        own_file::leave(&service.service, "no key").await.unwrap();
        own_file::leave(&service.service, &key).await.unwrap();
        assert!(shown(service, &key).await.is_none());
        let key = opened(service, &token).await.unwrap();
        service.clock.advance_seconds(IDLE_SECONDS_MAX - 5);
        assert!(shown(service, &key).await.is_some());
        service.clock.advance_seconds(IDLE_SECONDS_MAX + 5);
        assert!(shown(service, &key).await.is_none());
        let key = opened(service, &token).await.unwrap();
        let mut left = VISIT_SECONDS_MAX;
        while left > 0 {
            assert!(shown(service, &key).await.is_some());
            service.clock.advance_seconds(IDLE_SECONDS_MAX - 5);
            left -= IDLE_SECONDS_MAX - 5;
        }
        assert!(shown(service, &key).await.is_none());
        let (first, second) = (opened(service, &token).await.unwrap(), opened(service, &token).await.unwrap());
        assert!(shown(service, &first).await.is_none(), "one visit at a time");
        assert!(shown(service, &second).await.is_some());
    }

    async fn a_person_makes_her_token_useless_and_it_is_on_record(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let token = given(service, &person).await;
        let key = opened(service, &token).await.unwrap();
        let mark = Mark::set(service).await;
        assert!(own_file::wish(&service.service, &key, Wish::RevokeToken).await.unwrap().done().is_some());
        let (action, result, basis) = mark.only(service).await;
        assert_eq!((action.as_str(), result.as_str()), ("revoke_access_token", "done"));
        assert!(!basis.is_empty());
        assert!(shown(service, &key).await.is_none());
        assert!(opened(service, &token).await.is_none());
        let again = own_file::wish(&service.service, &key, Wish::RevokeToken).await;
        assert!(matches!(again, Ok(Outcome::Refused(Refusal::NotPermitted))));
        assert_sound(service).await;
    }

    async fn one_key_opens_nobody_elses_file(service: &TestService) {
        let one = service.registered_person(claimant()).await;
        let other = service.registered_person(claimant()).await;
        service.heard_claim(&one).await;
        let key = opened(service, &given(service, &other).await).await.unwrap();
        let file = shown(service, &key).await.unwrap();
        assert!(file.cases.is_empty() && file.cards.is_empty() && file.receipts.is_empty());
        for no_key in ["", " ", &key[1..], &format!("{key}A")] {
            assert!(shown(service, no_key).await.is_none());
        }
    }
}
