// SPDX-License-Identifier: Apache-2.0
//! A person is erased by two officers; nothing of her is left, and everything that was proven before stays proven.

use std::collections::BTreeMap;

use app::{
    asylum::TakeClaimStep,
    oversight::{give_access_token, verify_data, who_looked},
    registry::{ErasePerson, FindPersons, PersonQuery, ProposeErasure, RegisterFamily, ShowPerson, store_photo},
};
use credential::verify::Reason;
use domain::{
    access::{CollectedFor, Role},
    number::{CaseNumber, PersonNumber},
    refusal::Refusal,
};
use testkit::{
    TestService, both,
    journey::{REASON, action, reasoned},
    people,
};

use crate::card_life::reason;

fn proposal(number: &PersonNumber) -> ProposeErasure {
    ProposeErasure { number: number.clone(), reason: REASON.into() }
}

fn erasure(case: &CaseNumber) -> ErasePerson {
    ErasePerson { case: case.clone(), reason: REASON.into() }
}

fn resident() -> domain::registry::FamilyRegistration {
    people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01")
}

/// Ends a decided claim.
async fn closed(service: &TestService, case: &CaseNumber) {
    service.claim_step(case, "notify").await;
    let over = TakeClaimStep { case: case.clone(), action: action("record_end_of_appeal_term"), input: reasoned() };
    service.done(Role::DecisionMaker, over).await;
    service.claim_step(case, "close").await;
}

both! {
    async fn of_an_erased_person_nothing_is_left_but_proofs(service: &TestService) {
        let photo = store_photo(&service.service, b"a drawn face").await.unwrap();
        let mut registration = people::single(CollectedFor::Asylum, "Daud", "Sahrayi", "1987-03-21");
        registration.members[0].documents = vec![people::document("TEST000001")];
        let register = RegisterFamily { registration, photos: BTreeMap::from([(0, photo)]) };
        let person = service.done(Role::Registrar, register).await.members[0].number.clone();
        assert_eq!(service.files.names().unwrap().len(), 1);
        let claim = service.decided_claim(&person, "recognised").await;
        let (_, text) = service.active_card(&person).await;
        let token = give_access_token(&service.service, &service.context(Role::Registrar), &person).await;
        let token = token.unwrap().done().unwrap();
        closed(service, &claim).await;
        assert_eq!(reason(service, &text).await, None);
        let case = service.done(Role::Registrar, proposal(&person)).await;
        service.done(Role::HeadOfOffice, erasure(&case)).await;
        assert_eq!(reason(service, &text).await, Some(Reason::Revoked), "her card opens no door any more");
        assert!(service.files.names().unwrap().is_empty(), "the photo is gone");
        let shown = service.refused(Role::Registrar, ShowPerson { number: person.clone() }).await;
        assert_eq!(shown, Refusal::NotFound("person"));
        for query in [
            PersonQuery { number: Some(person), ..PersonQuery::default() },
            PersonQuery { document: Some("TEST000001".into()), ..PersonQuery::default() },
            PersonQuery { name: Some("Daud".into()), ..PersonQuery::default() },
            PersonQuery { born: Some("1987-03-21".parse().unwrap()), ..PersonQuery::default() },
        ] {
            assert!(service.done(Role::Registrar, FindPersons(query)).await.is_empty());
        }
        let read = who_looked(&service.service, token.token.expose(), token.pin.expose()).await.unwrap();
        assert!(read.done().is_none());
        assert_eq!(
            service.refused(Role::CaseOfficer, app::asylum::ShowClaim { case: claim }).await.code(),
            "not_found"
        );
        service.settle().await;
        let verifier = service.service.log_key().verifier();
        let report = verify_data(service.service.db(), service.service.pack(), &verifier, None).await.unwrap();
        assert_eq!((report.waiting, report.erased > 0), (0, true));
        for record in service.records().await {
            for trace in ["Daud", "Sahrayi", "TEST000001"] {
                assert!(!record.canonical.contains(trace), "{trace} in {}", record.action);
            }
        }
    }

    async fn an_erasure_takes_two_officers(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let case = service.done(Role::HeadOfOffice, proposal(&person)).await;
        assert_eq!(service.refused(Role::HeadOfOffice, erasure(&case)).await, Refusal::SameOfficer);
        let silent = ErasePerson { reason: "ok".into(), ..erasure(&case) };
        let second = service.second(Role::HeadOfOffice);
        assert_eq!(service.refused_as(&second, silent).await, Refusal::ReasonNeeded);
        service.done(Role::Registrar, ShowPerson { number: person.clone() }).await;
        // Decided by the other door it would stand in the file and nowhere else.
        let input = app::procedures::StepInput { outcome: Some(testkit::journey::outcome("erased")), ..reasoned() };
        let step = app::procedures::TakeStep { case: case.clone(), action: action("decide"), input };
        assert_eq!(service.refused_as(&second, step).await, Refusal::NoSuchStep);
        service.done_as(&second, erasure(&case)).await;
        assert_eq!(service.refused_as(&second, erasure(&case)).await, Refusal::NotFound("case"));
        assert_eq!(service.refused(Role::Registrar, proposal(&person)).await, Refusal::NotFound("person"));
    }

    async fn nobody_is_erased_while_a_case_goes_on(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let case = service.done(Role::Registrar, proposal(&person)).await;
        let claim = service.opened_claim(&person).await;
        assert_eq!(service.refused(Role::HeadOfOffice, erasure(&case)).await.code(), "case_state");
        let other = service.registered_person(resident()).await;
        service.opened_claim(&other).await;
        assert_eq!(service.refused(Role::Registrar, proposal(&other)).await.code(), "case_state");
        service.done(Role::CaseOfficer, app::asylum::ShowClaim { case: claim }).await;
    }

    async fn only_a_proposed_erasure_is_carried_out(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let order = service.done(Role::PoliceOfficer, app::procedures::OrderToLeave { person }).await;
        let refusal = service.refused(Role::HeadOfOffice, erasure(&order)).await;
        assert_eq!(refusal, Refusal::NotFound("proposal of an erasure"));
    }
}
