// SPDX-License-Identifier: Apache-2.0
//! The runner: no act without law, none without record, none lost with its caller, and time does not run back.

use std::{future::Future, sync::Arc, task::Poll};

use app::{
    AppError, Outcome, Parts, Service, Unit, UseCase,
    cards::{AddBlanks, CountBlanks},
    identity::ListAccounts,
    procedures::OrderToLeave,
    registry::ShowPerson,
};
use domain::{
    access::{Act, CollectedFor, Role},
    id::PersonId,
    refusal::Refusal,
    registry::Sex,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use testkit::{TestService, both, people, port::ManualClock};

use crate::record::{Mark, list};

/// Acts run in the hope that another one ends meanwhile.
const LOOKS_MAX: usize = 500;

/// Takes a blank into stock and cites nothing.
pub(crate) struct Lawless;

impl UseCase for Lawless {
    const ACT: Act = Act::KeepBlanks;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        let (now, office) = (unit.now, unit.actor().office.clone());
        Ok(unit.insert_blank("LAWLESS-1", &office, now).await?)
    }
}

/// Discloses so many persons at once.
struct Disclose(Vec<PersonId>);

impl UseCase for Disclose {
    const ACT: Act = Act::FindPersons;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::FindPersons.as_str())?;
        for &person in &self.0 {
            unit.concerns(person)?;
        }
        Ok(())
    }
}

async fn blanks(service: &TestService) -> i64 {
    service.done(Role::CardOfficer, CountBlanks).await.into_iter().map(|(_, count)| count).sum()
}

async fn persons(service: &TestService, count: usize) -> Vec<PersonId> {
    let mut members = vec![people::member("head", "head", "Karim", "Testov", Sex::Male, "1960-01-01")];
    for number in 1..count {
        members.push(people::member(&format!("m{number}"), "son", "Nur", "Testov", Sex::Male, "1985-01-01"));
    }
    let family = service.registered_family(people::family(CollectedFor::Residence, members)).await;
    family.members.into_iter().map(|member| member.person).collect()
}

both! {
    async fn an_act_without_law_fails_and_leaves_nothing(service: &TestService) {
        let mark = Mark::set(service).await;
        let failed = service.run(Role::CardOfficer, Lawless).await;
        assert!(matches!(failed, Err(AppError::Fault(_))), "{failed:?}");
        assert!(mark.since(service).await.is_empty());
        assert_eq!(blanks(service).await, 0);
    }

    async fn a_refused_act_leaves_one_record_and_nothing_else(service: &TestService) {
        service.add_blanks("B", 1).await;
        let mark = Mark::set(service).await;
        let known = AddBlanks { numbers: vec!["C-1".into(), "B-0001".into()] };
        service.refused(Role::CardOfficer, known).await;
        let (act, result, bases) = mark.only(service).await;
        assert_eq!((act.as_str(), result.as_str(), bases.len()), ("keep_blanks", "refused:fields", 1));
        let records = mark.since(service).await;
        assert!(list(&records[0], "rows").is_empty(), "no row was written");
        assert_eq!(blanks(service).await, 1);
    }

    async fn every_act_done_is_on_record_with_its_law(service: &TestService) {
        let person =
            service.registered_person(people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01")).await;
        let mark = Mark::set(service).await;
        service.done(Role::PoliceOfficer, OrderToLeave { person: person.clone() }).await;
        let (act, result, bases) = mark.only(service).await;
        assert_eq!((act.as_str(), result.as_str()), ("order_to_leave", "done"));
        assert!(bases[0].starts_with("az-migration-code:79@"), "{bases:?}");
        service.done(Role::Registrar, ShowPerson { number: person }).await;
        for record in service.records().await {
            assert!(!list(&record, "basis").is_empty() || record.result.starts_with("refused"), "{record:?}");
        }
    }

    async fn one_record_names_at_most_twenty_five_persons(service: &TestService) {
        let mut everybody = persons(service, 25).await;
        service.done(Role::Registrar, Disclose(everybody.clone())).await;
        everybody.extend(persons(service, 1).await);
        let mark = Mark::set(service).await;
        assert_eq!(service.refused(Role::Registrar, Disclose(everybody)).await.code(), "fields");
        let records = mark.since(service).await;
        assert_eq!(list(&records[0], "subjects").len(), 25);
    }

    async fn a_person_named_twice_is_one_subject(service: &TestService) {
        let one = persons(service, 1).await[0];
        let mark = Mark::set(service).await;
        service.done(Role::Registrar, Disclose(vec![one; 100])).await;
        assert_eq!(list(&mark.since(service).await[0], "subjects").len(), 1);
    }

    async fn a_clock_set_back_does_not_turn_time_back(service: &TestService) {
        service.clock.advance_days(1);
        service.add_blanks("A", 1).await;
        let last = service.service.now();
        service.clock.advance_days(-30);
        assert!(service.service.now() >= last);
        let mark = Mark::set(service).await;
        service.add_blanks("B", 1).await;
        assert!(mark.since(service).await[0].at >= last);
        // A copy of the program that starts with a clock behind goes on after the last record.
        let early = Arc::new(ManualClock::at(testkit::service::START.parse().unwrap()));
        let app = &service.service;
        let copy = Service::new(Parts {
            db: app.db().clone(),
            pack: app.pack().clone(),
            clock: early,
            entropy: ChaCha20Rng::seed_from_u64(2),
            log_key: app.log_key().clone(),
            signers: app.signers().clone(),
            printer: app.printer().clone(),
            files: app.files().clone(),
            card_reader: app.card_reader().clone(),
            settings: app.settings().clone(),
        })
        .await
        .unwrap();
        assert!(copy.now() >= last);
    }

    async fn an_act_goes_on_when_its_caller_goes_away(service: &TestService) {
        let context = service.context(Role::CardOfficer);
        let mut act = Box::pin(service.service.run(&context, AddBlanks { numbers: vec!["ALONE-1".into()] }));
        let started = std::future::poll_fn(|cx| Poll::Ready(act.as_mut().poll(cx).is_ready())).await;
        drop(act);
        assert!(!started, "the caller left before the answer");
        for _ in 0..LOOKS_MAX {
            if blanks(service).await == 1 {
                return;
            }
        }
        panic!("the act was lost with its caller");
    }

    async fn a_context_of_a_role_that_may_not_act_reads_nothing(service: &TestService) {
        let refusal = service.refused(Role::Registrar, ListAccounts { after: String::new() }).await;
        assert_eq!(refusal, Refusal::NotPermitted);
        let listed = service.run(Role::Administrator, ListAccounts { after: String::new() }).await.unwrap();
        assert!(matches!(listed, Outcome::Done(accounts) if accounts.len() == Role::ALL.len() * 2));
    }
}
