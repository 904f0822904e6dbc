// SPDX-License-Identifier: Apache-2.0
//! The walls before an order to leave, attacked one by one: each refuses with the right wall and provision, and the
//! refusal is on record.

use app::{
    Outcome,
    enforcement::RaiseProtectionFlag,
    procedures::{OpenCase, OrderToLeave, StepInput, TakeStep},
};
use domain::{
    access::{Actor, CollectedFor, Role},
    audit::Visibility,
    case::CaseState,
    number::{CaseNumber, PersonNumber},
    procedure::ProcedureCode,
    refusal::Refusal,
    registry::FamilyRegistration,
};
use testkit::{
    TestService, both,
    journey::{REASON, action, outcome, provision, reasoned},
    people,
};

use crate::record::Mark;

fn resident() -> FamilyRegistration {
    people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01")
}

/// Orders the person to leave as this role and expects this wall with this provision, on record.
async fn expect_wall(service: &TestService, role: Role, person: &PersonNumber, wall: &str, ground: &str) {
    let mark = Mark::set(service).await;
    let refusal = service.refused(role, OrderToLeave { person: person.clone() }).await;
    let Refusal::Wall { wall: stands, basis } = &refusal else { panic!("{wall}: {refusal}") };
    assert_eq!((stands.as_str(), basis.id().as_str()), (wall, ground));
    let (act, result, bases) = mark.only(service).await;
    assert_eq!((act.as_str(), result.as_str()), ("order_to_leave", "refused:wall"));
    assert_eq!(bases, [basis.stored_form()], "the record cites the wall's provision and nothing else");
}

/// A leave order that the first police officer has proposed.
async fn proposed_order(service: &TestService, person: &PersonNumber) -> CaseNumber {
    let police = service.actor(Role::PoliceOfficer);
    let case = service.done_as(&police, OrderToLeave { person: person.clone() }).await;
    for step in ["ask_of_protection", "hear_person"] {
        take(service, &police, &case, step, reasoned()).await.unwrap();
    }
    take(service, &police, &case, "propose_decision", proposed()).await.unwrap();
    case
}

fn proposed() -> StepInput {
    StepInput { facts: Some("He has been here beyond his visa.".into()), ..decided("ordered") }
}

fn decided(code: &str) -> StepInput {
    StepInput {
        outcome: Some(outcome(code)),
        reason: Some(REASON.into()),
        cites: vec![provision("az-migration-code:79")],
        ..StepInput::default()
    }
}

async fn take(
    service: &TestService,
    actor: &Actor,
    case: &CaseNumber,
    step: &str,
    input: StepInput,
) -> Result<CaseState, Refusal> {
    match service.run_as(actor, TakeStep { case: case.clone(), action: action(step), input }).await.unwrap() {
        Outcome::Done(state) => Ok(state),
        Outcome::Refused(refusal) => Err(refusal),
    }
}

both! {
    async fn an_open_claim_stops_an_order_to_leave(service: &TestService) {
        let person = service.registered_person(resident()).await;
        service.opened_claim(&person).await;
        expect_wall(service, Role::PoliceOfficer, &person, "expulsion.asylum_claim", "int-1951-refugees:33").await;
        expect_wall(service, Role::CaseOfficer, &person, "expulsion.asylum_claim", "int-1951-refugees:33").await;
    }

    async fn a_rejected_claim_protects_until_it_can_be_challenged_no_more(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let claim = service.decided_claim(&person, "rejected").await;
        let wall = "expulsion.asylum_claim";
        expect_wall(service, Role::PoliceOfficer, &person, wall, "int-1951-refugees:33").await;
        service.claim_step(&claim, "notify").await;
        service.claim_step(&claim, "appeal").await;
        expect_wall(service, Role::PoliceOfficer, &person, wall, "int-1951-refugees:33").await;
        service.claim_step(&claim, "appeal_to_court").await;
        expect_wall(service, Role::PoliceOfficer, &person, wall, "int-1951-refugees:33").await;
        let decider = service.actor(Role::DecisionMaker);
        service
            .done(
                Role::DecisionMaker,
                app::asylum::TakeClaimStep {
                    case: claim.clone(),
                    action: action("record_judgment_upholding"),
                    input: reasoned(),
                },
            )
            .await;
        service.claim_step_as(&decider, &claim, "record_end_of_appeal_term").await;
        expect_wall(service, Role::PoliceOfficer, &person, wall, "int-1951-refugees:33").await;
        service.claim_step(&claim, "close").await;
        service.done(Role::PoliceOfficer, OrderToLeave { person }).await;
    }

    async fn a_recognised_refugee_is_not_ordered_to_leave(service: &TestService) {
        let person = service.recognised_person(resident()).await;
        expect_wall(service, Role::PoliceOfficer, &person, "expulsion.refugee", "int-1951-refugees:32").await;
        let derived =
            service.registered_person(people::single(CollectedFor::Residence, "Nur", "Testov", "1992-01-01")).await;
        service.decided_claim(&derived, "recognised_derivative").await;
        expect_wall(service, Role::CaseOfficer, &derived, "expulsion.refugee", "int-1951-refugees:32").await;
    }

    async fn a_presumed_victim_of_trafficking_is_not_ordered_to_leave(service: &TestService) {
        let person = service.registered_person(resident()).await;
        service.done(Role::PoliceOfficer, RaiseProtectionFlag { person: person.clone() }).await;
        let mark = Mark::set(service).await;
        expect_wall(service, Role::PoliceOfficer, &person, "expulsion.trafficking_flag", "int-2005-coe-trafficking:10")
            .await;
        let sealed = mark.since(service).await.iter().all(|record| record.visibility == Visibility::Compartment);
        assert!(sealed, "whoever reads over her shoulder must not learn of the flag");
        let again = service.refused(Role::Registrar, RaiseProtectionFlag { person }).await;
        assert_eq!(again.code(), "already_recorded");
    }

    async fn data_given_for_protection_or_help_found_no_order_to_leave(service: &TestService) {
        for given in [CollectedFor::Asylum, CollectedFor::Displacement] {
            let person = service.registered_person(people::single(given, "Karim", "Testov", "1990-01-01")).await;
            for role in [Role::PoliceOfficer, Role::CaseOfficer] {
                expect_wall(service, role, &person, "purpose.protection_data", "az-personal-data:purpose").await;
            }
        }
    }

    async fn the_walls_stand_at_the_side_door_too(service: &TestService) {
        let person = service.registered_person(resident()).await;
        service.opened_claim(&person).await;
        let procedure = ProcedureCode::parse("leave_order").unwrap();
        let open = OpenCase { procedure: procedure.clone(), person };
        assert_eq!(service.refused(Role::CaseOfficer, open).await.code(), "wall");
        let hidden =
            service.registered_person(people::single(CollectedFor::Asylum, "Nur", "Testov", "1992-01-01")).await;
        let open = OpenCase { procedure, person: hidden };
        assert_eq!(service.refused(Role::PoliceOfficer, open).await, Refusal::NotFound("person"));
    }

    async fn a_claim_opened_before_the_decision_stops_the_order(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let case = proposed_order(service, &person).await;
        service.opened_claim(&person).await;
        let second = service.second(Role::PoliceOfficer);
        let mark = Mark::set(service).await;
        let refusal = take(service, &second, &case, "decide", decided("ordered")).await.unwrap_err();
        assert_eq!(refusal.code(), "wall");
        let (act, result, _) = mark.only(service).await;
        assert_eq!((act.as_str(), result.as_str()), ("take_step", "refused:wall"));
        // The proposal is decided by default as proposed: the wall is before that as well.
        let silent = StepInput { outcome: None, ..decided("ordered") };
        assert_eq!(take(service, &second, &case, "decide", silent).await.unwrap_err().code(), "wall");
        // What takes nothing from the person is stopped by no wall.
        assert_eq!(take(service, &second, &case, "decide", decided("not_ordered")).await, Ok(CaseState::Decided));
    }

    async fn an_order_without_a_wall_is_decided_by_a_second_officer(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let case = proposed_order(service, &person).await;
        let (first, second) = (service.actor(Role::PoliceOfficer), service.second(Role::PoliceOfficer));
        let own = take(service, &first, &case, "decide", decided("ordered")).await;
        assert_eq!(own, Err(Refusal::SameOfficer));
        assert_eq!(take(service, &second, &case, "decide", decided("ordered")).await, Ok(CaseState::Decided));
        // A claim that comes later protects all the same: the appeal cannot confirm the order, and it can be lifted.
        service.opened_claim(&person).await;
        take(service, &first, &case, "appeal", StepInput::default()).await.unwrap();
        let third = service.actor(Role::HeadOfOffice);
        let away = take(service, &third, &case, "decide_appeal", decided("ordered")).await;
        assert_eq!(away.unwrap_err().code(), "wall");
        let lifted = take(service, &second, &case, "lift", reasoned()).await;
        assert_eq!(lifted, Ok(CaseState::Decided));
    }

    async fn a_case_of_another_office_is_not_found(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let case = service.done(Role::PoliceOfficer, OrderToLeave { person }).await;
        let elsewhere = service.add_account("police-sheki", Role::PoliceOfficer, "sms-sheki").await;
        let answer = take(service, &elsewhere, &case, "hear_person", reasoned()).await;
        assert_eq!(answer, Err(Refusal::NotFound("case")));
        let asylum =
            service.registered_person(people::single(CollectedFor::Asylum, "Nur", "Testov", "1992-01-01")).await;
        let claim = service.opened_claim(&asylum).await;
        let far = service.add_account("officer-sheki", Role::CaseOfficer, "sms-sheki").await;
        let shown = service.refused_as(&far, app::asylum::ShowClaim { case: claim.clone() }).await;
        assert_eq!(shown, Refusal::NotFound("claim"));
        // A sealed case is not found by the door of unsealed ones, not even by its own officers.
        let sealed = take(service, &service.actor(Role::CaseOfficer), &claim, "notify", reasoned()).await;
        assert_eq!(sealed, Err(Refusal::NotFound("case")));
    }
}
