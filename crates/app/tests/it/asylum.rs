// SPDX-License-Identifier: Apache-2.0
//! Claims to refugee status from the application to the last appeal.

use app::asylum::{
    ClaimView, DecideClaim, Interview, IssueCertificate, OpenClaim, RecordInterview, RecordReasons, ShowClaim,
    TakeClaimStep,
};
use domain::{
    access::{CollectedFor, Role},
    case::CaseState,
    number::{CaseNumber, PersonNumber},
    refusal::Refusal,
    registry::{BirthDate, Confidentiality, FamilyRegistration, Precision},
    sensitive::Sensitive,
};
use testkit::{
    TestService, both,
    journey::{action, decision, interview, proposal, reasoned},
    people,
};

fn claimant() -> FamilyRegistration {
    people::single(CollectedFor::Asylum, "Daud", "Sahrayi", "1987-03-21")
}

async fn shown(service: &TestService, case: &CaseNumber) -> ClaimView {
    service.done(Role::CaseOfficer, ShowClaim { case: case.clone() }).await
}

fn held(case: &CaseNumber, kind: &str, interview: Interview) -> RecordInterview {
    RecordInterview { case: case.clone(), kind: action(kind), interview }
}

/// A claim whose reasons were asked.
async fn asked_claim(service: &TestService, person: &PersonNumber) -> CaseNumber {
    let case = service.opened_claim(person).await;
    let reasons = Sensitive::new("I fear for my life.".into());
    service.done(Role::Registrar, RecordReasons { case: case.clone(), reasons }).await;
    case
}

fn is_certificate_valid(view: &ClaimView) -> bool {
    view.case.snapshot.flags.iter().any(|flag| flag.as_str() == "certificate_issued")
}

both! {
    async fn a_claim_goes_from_reasons_to_recognition(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let case = service.decided_claim(&person, "recognised").await;
        let view = shown(service, &case).await;
        assert_eq!(view.case.snapshot.state, CaseState::Decided);
        assert_eq!(view.case.snapshot.outcome.as_ref().unwrap().as_str(), "recognised");
        assert_eq!(view.reasons.unwrap().expose(), "I fear for my life.");
        let kinds: Vec<_> = view.interviews.iter().map(|interview| interview.kind.as_str()).collect();
        assert_eq!(kinds, ["registration_interview", "status_interview"]);
        assert_eq!(view.interviews[1].observer.as_ref().unwrap().expose(), "UNHCR");
        let actions: Vec<_> = view.actions.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(
            actions,
            [
                "open_claim",
                "ask_reasons",
                "issue_certificate",
                "registration_interview",
                "invite_to_interview",
                "status_interview",
                "propose_decision",
                "decide",
            ]
        );
        let [decided] = view.decisions.as_slice() else { panic!() };
        assert_eq!(decided.proposed_by, service.actor(Role::CaseOfficer).account);
        assert_eq!(decided.decided_by, Some(service.actor(Role::DecisionMaker).account));
        assert!(decided.basis.starts_with("int-1951-refugees:1a@"), "{}", decided.basis);
        assert!(view.clocks.is_empty());
    }

    async fn the_clocks_of_a_claim_are_fifteen_days_a_month_and_three_months(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let case = asked_claim(service, &person).await;
        let days = |view: &ClaimView| -> Vec<(String, String)> {
            view.clocks.iter().map(|(clock, due)| (clock.to_string(), due.to_string())).collect()
        };
        let clock = |code: &str, due: &str| (code.to_owned(), due.to_owned());
        let decision = clock("decision", "2025-09-02");
        let first = days(&shown(service, &case).await);
        assert_eq!(first, [clock("registration_interview", "2025-06-17"), decision.clone()]);
        service.done(Role::Registrar, held(&case, "registration_interview", interview())).await;
        let second = days(&shown(service, &case).await);
        assert_eq!(second, [clock("interview_invitation", "2025-07-02"), decision.clone()]);
        service.claim_step(&case, "invite_to_interview").await;
        assert_eq!(days(&shown(service, &case).await), [decision]);
    }

    async fn each_adult_is_heard_alone(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let case = asked_claim(service, &person).await;
        let together = Interview { seen_alone: false, ..interview() };
        let refusal = service.refused(Role::Registrar, held(&case, "registration_interview", together)).await;
        assert!(matches!(&refusal, Refusal::Fields(errors) if errors[0].field == "seen_alone"), "{refusal}");
        let unrepresented = Interview { representative: None, ..interview() };
        service.done(Role::Registrar, held(&case, "registration_interview", unrepresented)).await;
    }

    async fn a_child_is_not_heard_without_a_representative(service: &TestService) {
        for (birth, precision) in [("2016-04-09", Precision::Day), ("2007-01-01", Precision::Year)] {
            let mut registration = claimant();
            registration.members[0].birth = BirthDate { date: birth.parse().unwrap(), precision };
            let person = service.registered_person(registration).await;
            let case = asked_claim(service, &person).await;
            let alone = Interview { representative: None, ..interview() };
            let refusal = service.refused(Role::Registrar, held(&case, "registration_interview", alone)).await;
            assert_eq!(refusal.code(), "missing", "{precision}");
            let with = Interview { seen_alone: false, ..interview() };
            service.done(Role::Registrar, held(&case, "registration_interview", with)).await;
        }
    }

    async fn the_steps_keep_their_order(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let case = service.opened_claim(&person).await;
        let early = service.refused(Role::Registrar, held(&case, "registration_interview", interview())).await;
        assert_eq!(early, Refusal::Missing("reasons_asked".into()));
        let early = service.refused(Role::CaseOfficer, held(&case, "status_interview", interview())).await;
        assert_eq!(early, Refusal::CaseState(CaseState::Received));
        let early = service.refused(Role::CaseOfficer, proposal(&case, "rejected")).await;
        assert_eq!(early, Refusal::CaseState(CaseState::Received));
        let early = service.refused(Role::DecisionMaker, decision(&case, "rejected")).await;
        assert_eq!(early, Refusal::CaseState(CaseState::Received));
    }

    async fn no_step_has_a_second_door(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let case = asked_claim(service, &person).await;
        for code in ["decide", "propose_decision", "open_claim", "status_interview", "issue_certificate", "fly"] {
            let step = TakeClaimStep { case: case.clone(), action: action(code), input: reasoned() };
            assert_eq!(service.refused(Role::CaseOfficer, step).await, Refusal::NoSuchStep, "{code}");
        }
        for code in ["withdraw", "note_observer", "propose_decision", "close"] {
            let refusal = service.refused(Role::CaseOfficer, held(&case, code, interview())).await;
            assert_eq!(refusal, Refusal::NoSuchStep, "{code}");
        }
    }

    async fn a_person_has_one_open_claim(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        service.opened_claim(&person).await;
        let again = OpenClaim { person, language: "prs".into(), confidentiality: Confidentiality::Self_ };
        assert_eq!(service.refused(Role::CaseOfficer, again).await.code(), "already_recorded");
        let other = service.registered_person(claimant()).await;
        let unknown = OpenClaim { person: other, language: "xx".into(), confidentiality: Confidentiality::Family };
        assert_eq!(service.refused(Role::CaseOfficer, unknown).await.code(), "fields");
    }

    async fn the_certificate_is_issued_once_and_valid_through_every_appeal(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let case = service.decided_claim(&person, "rejected").await;
        let again = || IssueCertificate { case: case.clone() };
        assert_eq!(service.refused(Role::Registrar, again()).await.code(), "already_recorded");
        let number = shown(service, &case).await.certificate.unwrap().0;
        service.claim_step(&case, "notify").await;
        for step in ["appeal", "appeal_to_court"] {
            service.claim_step(&case, step).await;
            let view = shown(service, &case).await;
            assert!(view.case.snapshot.state == CaseState::UnderAppeal && is_certificate_valid(&view), "{step}");
        }
        let judge = |code: &str| TakeClaimStep { case: case.clone(), action: action(code), input: reasoned() };
        service.done(Role::DecisionMaker, judge("record_judgment_upholding")).await;
        assert!(is_certificate_valid(&shown(service, &case).await));
        let early = TakeClaimStep { case: case.clone(), action: action("close"), input: reasoned() };
        let refusal = service.refused(Role::CaseOfficer, early).await;
        assert_eq!(refusal, Refusal::Missing("appeal_term_over".into()), "protection ends only with the last remedy");
        service.done(Role::DecisionMaker, judge("record_end_of_appeal_term")).await;
        service.claim_step(&case, "close").await;
        assert!(!is_certificate_valid(&shown(service, &case).await));
        // Reopened, the claimant holds the same certificate again.
        service.done(Role::DecisionMaker, judge("reopen")).await;
        let certificate = service.done(Role::Registrar, again()).await;
        assert_eq!(certificate.number, number);
        assert!(is_certificate_valid(&shown(service, &case).await));
        assert_eq!(service.refused(Role::Registrar, again()).await.code(), "already_recorded");
    }

    async fn an_appeal_is_decided_by_a_third_officer(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let case = service.decided_claim(&person, "rejected").await;
        service.claim_step(&case, "appeal").await;
        let appeal = || DecideClaim { action: action("decide_appeal"), ..decision(&case, "recognised") };
        assert_eq!(service.refused(Role::DecisionMaker, appeal()).await, Refusal::SameOfficer);
        let state = service.done_as(&service.second(Role::DecisionMaker), appeal()).await;
        assert_eq!(state, CaseState::Decided);
        assert_eq!(shown(service, &case).await.case.snapshot.outcome.unwrap().as_str(), "recognised");
    }

    async fn status_through_the_family_never_closes_an_own_claim(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let (father, mother) = (&family.members[0].number, &family.members[1].number);
        let own = service.heard_claim(mother).await;
        service.decided_claim(father, "recognised").await;
        assert_eq!(shown(service, &own).await.case.snapshot.state, CaseState::InExamination, "hers goes on");
        service.done(Role::CaseOfficer, proposal(&own, "recognised_derivative")).await;
        service.done(Role::DecisionMaker, decision(&own, "recognised_derivative")).await;
        let view = shown(service, &own).await;
        assert!(view.case.snapshot.state.is_open() && is_certificate_valid(&view));
        // Her own reasons can be examined still, and recognised.
        let reopen = TakeClaimStep { case: own.clone(), action: action("reopen"), input: reasoned() };
        service.done(Role::DecisionMaker, reopen).await;
        service.done(Role::CaseOfficer, proposal(&own, "recognised")).await;
        service.done(Role::DecisionMaker, decision(&own, "recognised")).await;
        assert_eq!(shown(service, &own).await.case.snapshot.outcome.unwrap().as_str(), "recognised");
    }

    async fn a_discontinuance_needs_its_ground_and_two_officers(service: &TestService) {
        let person = service.registered_person(claimant()).await;
        let case = asked_claim(service, &person).await;
        let early = service.refused(Role::CaseOfficer, proposal(&case, "discontinued")).await;
        assert_eq!(early, Refusal::Missing("discontinuance_ground".into()));
        service.claim_step(&case, "record_no_show").await;
        service.done(Role::CaseOfficer, proposal(&case, "discontinued")).await;
        let rejected = service.refused(Role::DecisionMaker, decision(&case, "rejected")).await;
        assert!(matches!(rejected, Refusal::Missing(_) | Refusal::AlreadyRecorded(_)), "{rejected}");
        service.done(Role::DecisionMaker, decision(&case, "discontinued")).await;
        assert_eq!(shown(service, &case).await.case.snapshot.state, CaseState::Decided);
    }
}
