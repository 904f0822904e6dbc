// SPDX-License-Identifier: Apache-2.0
//! No decision without law, without reason, or by the officer who proposed it: asked of the use cases and of the database.

use app::{
    asylum::{DecideClaim, ListOverdue, ProposeClaimDecision, TakeClaimStep},
    cards::CheckCard,
};
use db::{DbError, NewProposal};
use domain::{
    access::{Actor, CollectedFor, Role},
    case::CaseState,
    id::DecisionId,
    legal::LegalBasis,
    number::CaseNumber,
    refusal::Refusal,
    sensitive::Sensitive,
};
use testkit::{
    TestService, both,
    journey::{action, decision, outcome, proposal, provision, reasoned},
    people,
};

fn claimant() -> domain::registry::FamilyRegistration {
    people::single(CollectedFor::Asylum, "Daud", "Sahrayi", "1987-03-21")
}

async fn proposed_claim(service: &TestService) -> CaseNumber {
    let person = service.registered_person(claimant()).await;
    let case = service.heard_claim(&person).await;
    service.done(Role::CaseOfficer, proposal(&case, "recognised")).await;
    case
}

/// An account with a role that it did not have when it acted before.
fn promoted(actor: Actor, role: Role) -> Actor {
    Actor { role, ..actor }
}

both! {
    async fn nobody_decides_what_he_proposed_or_heard(service: &TestService) {
        let case = proposed_claim(service).await;
        let proposer = promoted(service.actor(Role::CaseOfficer), Role::DecisionMaker);
        assert_eq!(service.refused_as(&proposer, decision(&case, "recognised")).await, Refusal::SameOfficer);
        let head = promoted(service.actor(Role::CaseOfficer), Role::HeadOfOffice);
        assert_eq!(service.refused_as(&head, decision(&case, "recognised")).await, Refusal::SameOfficer);
        // Another officer proposes; the one who held the interview still does not decide.
        service
            .done(
                Role::DecisionMaker,
                TakeClaimStep { case: case.clone(), action: action("return_to_officer"), input: reasoned() },
            )
            .await;
        service.done_as(&service.second(Role::CaseOfficer), proposal(&case, "recognised")).await;
        assert_eq!(service.refused_as(&proposer, decision(&case, "recognised")).await, Refusal::SameOfficer);
        service.done(Role::DecisionMaker, decision(&case, "recognised")).await;
    }

    async fn the_database_itself_refuses_a_decision_by_the_proposer(service: &TestService) {
        let case = proposed_claim(service).await;
        let proposer = service.actor(Role::CaseOfficer).account;
        let (now, pack) = (service.service.now(), testkit::service::pack());
        let ground =
            LegalBasis::cite(&*pack, &provision("int-1951-refugees:1a"), "2025-06-02".parse().unwrap()).unwrap();
        let written: Result<bool, DbError> = service
            .service
            .db()
            .write(move |write| {
                let (case, ground) = (case.clone(), ground.clone());
                Box::pin(async move {
                    let case = write.find_case_by_number(&case, None).await?.unwrap();
                    let open = write.find_open_decision(case.id).await?.unwrap();
                    write.update_decision(open.id, &outcome("recognised"), vec![1], &[ground], proposer, now).await
                })
            })
            .await;
        let name = "decision_four_eyes_check";
        assert!(matches!(&written, Err(DbError::Constraint { name: found }) if found == name), "{written:?}");
    }

    async fn the_database_itself_refuses_a_decision_without_law(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let case = service.heard_claim(&person).await;
        let (by, now) = (service.actor(Role::CaseOfficer).account, service.service.now());
        let written: Result<(), DbError> = service
            .service
            .db()
            .write(move |write| {
                let case = case.clone();
                Box::pin(async move {
                    let case = write.find_case_by_number(&case, None).await?.unwrap();
                    write
                        .insert_proposal(NewProposal {
                            id: DecisionId::from(uuid::Uuid::from_u128(9)),
                            case: case.id,
                            person: case.person,
                            card: None,
                            outcome: outcome("rejected"),
                            facts: vec![1],
                            reason: vec![1],
                            basis: Vec::new(),
                            by,
                            at: now,
                        })
                        .await
                })
            })
            .await;
        let name = "decision_basis_check";
        assert!(matches!(&written, Err(DbError::Constraint { name: found }) if found == name), "{written:?}");
    }

    async fn the_database_itself_refuses_a_card_checked_by_its_preparer(service: &TestService) {
        let person = service.recognised_person(claimant()).await;
        let number = service.prepared_card(&person).await;
        let refusal = service.refused(Role::CardOfficer, CheckCard { number: number.clone() }).await;
        assert_eq!(refusal, Refusal::SameOfficer);
        let preparer = service.actor(Role::CardOfficer);
        let permit = domain::access::authorize(&preparer, domain::access::Act::ShowCard).unwrap().open().unwrap();
        let written: Result<(), DbError> = service
            .service
            .db()
            .write(move |write| {
                let (permit, number, by) = (permit.clone(), number.clone(), preparer.account);
                Box::pin(async move {
                    let card = write.find_card_by_number(&permit, &number).await?.unwrap();
                    write.update_card_checked(card.id, by).await
                })
            })
            .await;
        let name = "card_four_eyes_check";
        assert!(matches!(&written, Err(DbError::Constraint { name: found }) if found == name), "{written:?}");
    }

    async fn a_decision_needs_an_own_reason(service: &TestService) {
        let case = proposed_claim(service).await;
        for reason in ["", "   ", "agreed"] {
            let decide = DecideClaim { reason: Sensitive::new(reason.into()), ..decision(&case, "recognised") };
            assert_eq!(service.refused(Role::DecisionMaker, decide).await, Refusal::ReasonNeeded, "{reason:?}");
        }
        let long = "a ".repeat(app::procedures::TEXT_CHARACTERS_MAX);
        let decide = DecideClaim { reason: Sensitive::new(long), ..decision(&case, "recognised") };
        assert_eq!(service.refused(Role::DecisionMaker, decide).await.code(), "fields");
    }

    async fn a_proposal_needs_facts_and_a_reason(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let case = service.heard_claim(&person).await;
        let bare = ProposeClaimDecision { reason: Sensitive::new(String::new()), ..proposal(&case, "rejected") };
        assert_eq!(service.refused(Role::CaseOfficer, bare).await, Refusal::ReasonNeeded);
        let bare = ProposeClaimDecision { facts: Sensitive::new(" ".into()), ..proposal(&case, "rejected") };
        assert_eq!(service.refused(Role::CaseOfficer, bare).await.code(), "fields");
    }

    async fn a_decision_rests_on_a_provision_of_its_outcome(service: &TestService) {
        let case = proposed_claim(service).await;
        for wrong in ["int-1951-refugees:33", "az-rsd-procedure:certificate"] {
            let decide = DecideClaim { cites: vec![provision(wrong)], ..decision(&case, "recognised") };
            assert_eq!(service.refused(Role::DecisionMaker, decide).await.code(), "citation_needed", "{wrong}");
        }
        let decide = DecideClaim { cites: vec![provision("az-no-such-law:1")], ..decision(&case, "recognised") };
        assert_eq!(service.refused(Role::DecisionMaker, decide).await.code(), "fields");
        let person = service.registered_person(people::single(CollectedFor::Asylum, "Nur", "Safi", "1991-01-01")).await;
        let other = service.heard_claim(&person).await;
        let propose =
            ProposeClaimDecision { cites: vec![provision("az-refugee-law:6")], ..proposal(&other, "rejected") };
        assert_eq!(service.refused(Role::CaseOfficer, propose).await.code(), "citation_needed");
    }

    async fn a_decision_has_only_the_outcomes_of_its_step(service: &TestService) {
        let case = proposed_claim(service).await;
        let decide = DecideClaim { outcome: Some(outcome("discontinued")), ..decision(&case, "recognised") };
        assert_eq!(service.refused(Role::DecisionMaker, decide).await.code(), "fields");
        let decide = DecideClaim { outcome: Some(outcome("deported")), ..decision(&case, "recognised") };
        assert_eq!(service.refused(Role::DecisionMaker, decide).await.code(), "fields");
    }

    async fn nothing_is_refused_because_the_clock_ran_out(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let case = service.heard_claim(&person).await;
        assert!(service.done(Role::HeadOfOffice, ListOverdue).await.is_empty());
        service.clock.advance_days(900);
        let overdue = service.done(Role::HeadOfOffice, ListOverdue).await;
        let clocks: Vec<&str> = overdue.iter().map(|case| case.clock.as_str()).collect();
        assert_eq!(clocks, ["decision"]);
        assert_eq!((&overdue[0].number, overdue[0].due.to_string()), (&case, "2025-09-02".into()));
        service.done(Role::CaseOfficer, proposal(&case, "recognised")).await;
        let state = service.done(Role::DecisionMaker, decision(&case, "recognised")).await;
        assert_eq!(state, CaseState::Decided);
        assert!(service.done(Role::HeadOfOffice, ListOverdue).await.is_empty(), "it is met");
    }
}
