// SPDX-License-Identifier: Apache-2.0
//! How an interview was read back, signed or not, and what the examining officer answered to the questions.

use std::collections::BTreeMap;

use app::asylum::{Interview, ProposeClaimDecision, ReadBack, Reading, RecordInterview, ShowClaim, Signature};
use domain::{
    access::{CollectedFor, Role},
    number::CaseNumber,
    procedure::{Answer, QuestionCode},
    sensitive::Sensitive,
};
use testkit::{
    TestService, both,
    journey::{action, decision, interview, proposal},
    people,
};

async fn opened(service: &TestService) -> CaseNumber {
    let person = service.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
    let case = service.opened_claim(&person).await;
    let reasons = Sensitive::new("I fear for my life.".into());
    service.done(Role::Registrar, app::asylum::RecordReasons { case: case.clone(), reasons }).await;
    case
}

fn held(case: &CaseNumber, interview: Interview) -> RecordInterview {
    RecordInterview { case: case.clone(), kind: action("registration_interview"), interview }
}

fn read(by: ReadBack, signature: Signature) -> Option<Reading> {
    Some(Reading { by, corrections: None, signature })
}

fn refused(reason: &str) -> Signature {
    Signature::Refused(Sensitive::new(reason.into()))
}

fn question(code: &str) -> QuestionCode {
    QuestionCode::parse(code).unwrap()
}

both! {
    async fn a_refusal_to_sign_is_recorded_with_its_reason_and_stops_nothing(service: &TestService) {
        let case = opened(service).await;
        let silent = Interview { reading: read(ReadBack::ByOfficer, refused("  ")), ..interview() };
        assert_eq!(service.refused(Role::Registrar, held(&case, silent)).await.code(), "fields");
        let alone = Interview { interpreter: None, reading: read(ReadBack::ByInterpreter, Signature::Signed), ..interview() };
        assert_eq!(service.refused(Role::Registrar, held(&case, alone)).await.code(), "fields");
        let reading = Reading {
            by: ReadBack::ByInterpreter,
            corrections: Some(Sensitive::new("It was the younger brother.".into())),
            signature: refused("I do not sign what I cannot read."),
        };
        service.done(Role::Registrar, held(&case, Interview { reading: Some(reading), ..interview() })).await;
        let view = service.done(Role::CaseOfficer, ShowClaim { case }).await;
        let reading = view.interviews[0].reading.clone().unwrap();
        assert_eq!(reading.corrections.unwrap().expose(), "It was the younger brother.");
        let Signature::Refused(reason) = reading.signature else { panic!("she did not sign") };
        assert_eq!(reason.expose(), "I do not sign what I cannot read.");
        assert!(view.steps.contains(&action("status_interview")), "the claim goes on");
    }

    async fn what_was_recorded_before_readings_were_kept_is_shown_without_one(service: &TestService) {
        let case = opened(service).await;
        service.done(Role::Registrar, held(&case, Interview { reading: None, ..interview() })).await;
        let view = service.done(Role::CaseOfficer, ShowClaim { case }).await;
        assert!(view.interviews[0].reading.is_none());
    }

    async fn answers_are_kept_with_the_proposal_and_what_is_left_out_is_unknown(service: &TestService) {
        let person = service.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
        let case = service.heard_claim(&person).await;
        let answers = BTreeMap::from([(question("fears_return"), Answer::Yes), (question("exclusion_applies"), Answer::No)]);
        let wrong = BTreeMap::from([(question("is_likeable"), Answer::Yes)]);
        let propose = |answers| ProposeClaimDecision { answers, ..proposal(&case, "recognised") };
        assert_eq!(service.refused(Role::CaseOfficer, propose(wrong)).await.code(), "fields");
        service.done(Role::CaseOfficer, propose(answers)).await;
        let view = service.done(Role::DecisionMaker, ShowClaim { case: case.clone() }).await;
        let answers = &view.decision_views[0].answers;
        let procedure = service.service.pack().procedure(&view.case.procedure).unwrap();
        assert_eq!(answers.len(), procedure.questions.len());
        assert_eq!(answers[&question("fears_return")], Answer::Yes);
        assert_eq!(answers[&question("protection_at_home")], Answer::Unknown);
        // Unknown answers refuse nothing: the second officer decides as he finds.
        service.done(Role::DecisionMaker, decision(&case, "recognised")).await;
    }
}
