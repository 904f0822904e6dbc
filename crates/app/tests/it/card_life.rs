// SPDX-License-Identifier: Apache-2.0
//! The life of a card, checked at each stage as a stranger would: with the published lists and nothing else.

use app::{
    Outcome,
    cards::{
        HandOverCard, PrepareCard, ProposeRevocation, ReinstateCard, RevokeCard, ShowCard, SpoilCard, SuspendCard,
    },
    procedures::{OpenCase, StepInput, TakeStep},
    publishing::{STATUS_LIST, TRUST_LIST, published},
};
use credential::{
    trust::TrustList,
    verify::{Reason, Verdict, verify_text},
};
use domain::{
    access::{CollectedFor, Role},
    card::CardState,
    number::{CardNumber, CaseNumber, PersonNumber},
    procedure::ProcedureCode,
    refusal::Refusal,
    registry::FamilyRegistration,
    sensitive::Sensitive,
};
use testkit::{
    TestService, both,
    journey::{REASON, action, outcome, provision, reasoned},
    people,
};

pub(crate) fn refugee() -> FamilyRegistration {
    people::single(CollectedFor::Asylum, "Daud", "Sahrayi", "1987-03-21")
}

/// What a stranger's check says of a card after he has fetched the published lists anew.
pub(crate) async fn checked(service: &TestService, text: &str) -> Verdict {
    service.settle().await;
    let trust = published(&service.service, TRUST_LIST).await.unwrap().unwrap();
    let trust = String::from_utf8(trust.content).unwrap();
    let trust = TrustList::open(&trust, Some(service.root.certificate().fingerprint())).unwrap();
    let status = published(&service.service, STATUS_LIST).await.unwrap().unwrap();
    verify_text(text, &trust, Some(&status.content), service.service.now())
}

pub(crate) async fn reason(service: &TestService, text: &str) -> Option<Reason> {
    match checked(service, text).await {
        Verdict::Valid(_) => None,
        Verdict::NotValid(reason) => Some(reason),
        doubt => panic!("{doubt:?}"),
    }
}

pub(crate) async fn state(service: &TestService, number: &CardNumber) -> CardState {
    service.done(Role::CardOfficer, ShowCard { number: number.clone() }).await.card.state
}

pub(crate) fn proposed(number: &CardNumber) -> ProposeRevocation {
    ProposeRevocation {
        number: number.clone(),
        ground: "misused".into(),
        facts: Sensitive::new("It was lent to another person.".into()),
        reason: Sensitive::new(REASON.into()),
        cites: vec![provision("az-refugee-law:13")],
    }
}

pub(crate) fn revoked(case: &CaseNumber) -> RevokeCard {
    RevokeCard {
        case: case.clone(),
        reason: Sensitive::new(REASON.into()),
        cites: vec![provision("az-refugee-law:14")],
    }
}

both! {
    async fn a_card_is_valid_from_hand_over_and_while_nothing_stands_against_it(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (number, text) = service.printed_card(&person).await;
        assert_eq!(reason(service, &text).await, Some(Reason::Suspended), "not yet in its holder's hands");
        let hand_over = HandOverCard { number: number.clone(), received_by: person.clone() };
        let handed = service.done(Role::CardOfficer, hand_over).await;
        assert_eq!(handed.face.surname, "Sahrayi");
        let Verdict::Valid(view) = checked(service, &text).await else { panic!("valid") };
        assert_eq!(view.claims.card_number, number.as_str());
        assert_eq!(view.bank().full_name, "Daud Sahrayi");
        service.done(Role::CardOfficer, SuspendCard { number: number.clone(), reason: "lost".into() }).await;
        assert_eq!(reason(service, &text).await, Some(Reason::Suspended));
        let found = ReinstateCard { number: number.clone(), reason: "It was found at home.".into() };
        service.done(Role::HeadOfOffice, found).await;
        assert_eq!(reason(service, &text).await, None);
        let case = service.done(Role::CardOfficer, proposed(&number)).await;
        assert_eq!(reason(service, &text).await, None, "a proposal takes nothing");
        service.done(Role::DecisionMaker, revoked(&case)).await;
        assert_eq!(reason(service, &text).await, Some(Reason::Revoked));
        let again = ReinstateCard { number: number.clone(), reason: "It was found at home.".into() };
        assert_eq!(service.refused(Role::CardOfficer, again).await.code(), "card_state");
        let view = service.done(Role::CardOfficer, ShowCard { number }).await;
        let events: Vec<_> = view.events.iter().map(|event| event.action.as_str()).collect();
        assert_eq!(events, ["check", "sign", "print", "hand_over", "suspend", "reinstate", "revoke"]);
    }

    async fn a_card_ends_after_its_last_day(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (_, text) = service.active_card(&person).await;
        // Five years on, in the evening of the last day and after midnight in Baku.
        for (moment, expired) in [("2030-06-02T19:59:59Z", false), ("2030-06-02T20:00:00Z", true)] {
            let moment: domain::time::Timestamp = moment.parse().unwrap();
            let trust = published(&service.service, TRUST_LIST).await.unwrap().unwrap();
            let trust = TrustList::open(std::str::from_utf8(&trust.content).unwrap(), None).unwrap();
            let verdict = verify_text(&text, &trust, None, moment);
            assert_eq!(verdict == Verdict::NotValid(Reason::Expired), expired, "{moment}: {verdict:?}");
        }
    }

    async fn a_revocation_takes_two_officers_and_a_ground(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (number, text) = service.active_card(&person).await;
        let whim = ProposeRevocation { ground: "whim".into(), ..proposed(&number) };
        assert_eq!(service.refused(Role::CardOfficer, whim).await.code(), "fields");
        let wrong = ProposeRevocation { cites: vec![provision("int-1951-refugees:33")], ..proposed(&number) };
        assert_eq!(service.refused(Role::CardOfficer, wrong).await.code(), "citation_needed");
        let silent = ProposeRevocation { reason: Sensitive::new("because".into()), ..proposed(&number) };
        assert_eq!(service.refused(Role::CardOfficer, silent).await, Refusal::ReasonNeeded);
        let case = service.done(Role::CardOfficer, proposed(&number)).await;
        let mut promoted = service.actor(Role::CardOfficer);
        promoted.role = Role::DecisionMaker;
        assert_eq!(service.refused_as(&promoted, revoked(&case)).await, Refusal::SameOfficer);
        // The other door to the decision would leave the card as it is.
        let input = StepInput { outcome: Some(outcome("revoked")), ..reasoned() };
        let step = TakeStep { case: case.clone(), action: action("decide"), input };
        assert_eq!(service.refused(Role::DecisionMaker, step).await, Refusal::NoSuchStep);
        assert_eq!(reason(service, &text).await, None);
        service.done(Role::DecisionMaker, revoked(&case)).await;
        assert_eq!(service.refused(Role::DecisionMaker, revoked(&case)).await.code(), "not_found");
    }

    async fn a_card_is_not_revoked_in_another_persons_case(service: &TestService) {
        let (one, other) = (service.recognised_person(refugee()).await, service.recognised_person(refugee()).await);
        let (number, _) = service.active_card(&one).await;
        let foreign = service.done(Role::CardOfficer, ShowCard { number: number.clone() }).await.card.id;
        let procedure = ProcedureCode::parse("card_revocation").unwrap();
        let case = service.done(Role::CardOfficer, OpenCase { procedure, person: other }).await;
        let step = |code: &str, input: StepInput| TakeStep { case: case.clone(), action: action(code), input };
        service.done(Role::CardOfficer, step("offer_hearing", reasoned())).await;
        let input = StepInput {
            outcome: Some(outcome("revoked")),
            facts: Some("Facts of another person.".into()),
            card: Some(foreign),
            ..reasoned()
        };
        service.done(Role::CardOfficer, step("propose_decision", input)).await;
        assert_eq!(service.refused(Role::DecisionMaker, revoked(&case)).await, Refusal::NotFound("card"));
        assert_eq!(state(service, &number).await, CardState::Active);
    }

    async fn a_new_card_ends_the_old_one_in_the_same_act(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (old, text) = service.active_card(&person).await;
        let second = PrepareCard { person: person.clone(), replaces: None };
        assert_eq!(service.refused(Role::CardOfficer, second).await.code(), "already_recorded");
        let stranger = service.recognised_person(refugee()).await;
        let of_another = PrepareCard { person: stranger.clone(), replaces: Some((old.clone(), "lost".into())) };
        assert_eq!(service.refused(Role::CardOfficer, of_another).await.code(), "not_found");
        let whim = PrepareCard { person: person.clone(), replaces: Some((old.clone(), "whim".into())) };
        assert_eq!(service.refused(Role::CardOfficer, whim).await.code(), "fields");
        assert_eq!(reason(service, &text).await, None, "what was refused has ended nothing");
        service.done(Role::CardOfficer, SuspendCard { number: old.clone(), reason: "lost".into() }).await;
        let replace = PrepareCard { person, replaces: Some((old.clone(), "lost".into())) };
        let new = service.done(Role::CardOfficer, replace).await;
        assert_eq!(
            (state(service, &old).await, state(service, &new).await),
            (CardState::Replaced, CardState::Prepared)
        );
        assert_eq!(reason(service, &text).await, Some(Reason::Revoked));
    }

    async fn a_new_signer_leaves_issued_cards_valid(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let (_, old) = service.active_card(&person).await;
        let Verdict::Valid(before) = checked(service, &old).await else { panic!("valid") };
        service.clock.advance_days(30);
        service.add_signer("cards").await;
        service.add_signer("status_list").await;
        app::publishing::publish_status_list(&service.service).await.unwrap();
        let Verdict::Valid(after) = checked(service, &old).await else { panic!("still valid") };
        assert_eq!(before.signer, after.signer);
        let other = service.recognised_person(refugee()).await;
        let (_, new) = service.active_card(&other).await;
        let Verdict::Valid(view) = checked(service, &new).await else { panic!("valid") };
        assert_ne!(view.signer, before.signer);
    }

    async fn a_place_in_the_status_list_is_never_given_twice(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        for _ in 0..3 {
            let number = service.signed_card(&person).await;
            service.done(Role::CardOfficer, SpoilCard { number, reason: "fault_of_maker".into() }).await;
        }
        service.active_card(&person).await;
        let states: Result<_, db::DbError> = service.service.db().read(|s| Box::pin(s.list_card_states())).await;
        let states = states.unwrap();
        let places: std::collections::BTreeSet<_> = states.iter().map(|(place, _)| *place).collect();
        assert_eq!((states.len(), places.len()), (4, 4));
        assert_eq!(states.iter().filter(|(_, state)| *state == CardState::Spoiled).count(), 3);
    }

    async fn a_signer_is_trusted_from_the_second_in_which_it_was_added(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        service.clock.set("2025-06-03T08:00:00.999Z".parse().unwrap());
        service.add_signer("cards").await;
        service.clock.set("2025-06-03T08:00:01.998Z".parse().unwrap());
        service.add_signer("status_list").await;
        app::publishing::publish_status_list(&service.service).await.unwrap();
        let (_, text) = service.active_card(&person).await;
        assert_eq!(reason(service, &text).await, None);
    }

    async fn a_card_is_signed_once(service: &TestService) {
        let person = service.recognised_person(refugee()).await;
        let number = service.signed_card(&person).await;
        assert!(matches!(service.sign(&number).await, Outcome::Refused(Refusal::CardState("signed"))));
    }

    async fn only_the_recognised_receive_a_card(service: &TestService) {
        let prepare = |person: &PersonNumber| PrepareCard { person: person.clone(), replaces: None };
        let person = service.registered_person(refugee()).await;
        assert_eq!(service.refused(Role::CardOfficer, prepare(&person)).await.code(), "missing");
        let case = service.heard_claim(&person).await;
        assert_eq!(service.refused(Role::CardOfficer, prepare(&person)).await.code(), "missing");
        service.done(Role::CaseOfficer, testkit::journey::proposal(&case, "rejected")).await;
        service.done(Role::DecisionMaker, testkit::journey::decision(&case, "rejected")).await;
        assert_eq!(service.refused(Role::CardOfficer, prepare(&person)).await.code(), "missing");
        let derived = service.registered_person(refugee()).await;
        service.decided_claim(&derived, "recognised_derivative").await;
        service.done(Role::CardOfficer, prepare(&derived)).await;
    }
}
