// SPDX-License-Identifier: Apache-2.0
//! Queues: every open case that an officer may read is in one of his, and none that he may not; on the right day; given to
//! one officer at a time.

use std::collections::BTreeSet;

use app::{
    Outcome,
    asylum::ShowClaim,
    oversight::{VerifyError, verify_data},
    procedures::{OrderToLeave, Seen, ShowCase, TakeStep},
    registry::ProposeErasure,
    work::{
        AssignCase, Assigned, Assignee, ListColleagues, ListQueue, QueueLimit, QueuePage, ShowWork, WorkQuery,
        check_queue, refresh_queues,
    },
};
use db::{DbError, Statement};
use domain::{
    access::{Act, Actor, CollectedFor, Role, roles_for},
    case::CaseState,
    number::CaseNumber,
    refusal::Refusal,
    work::{Nearness, QueueView},
};
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng as _, SeedableRng},
};
use testkit::{
    TestService, both,
    journey::{REASON, decision, proposal, reasoned},
    people,
};

use crate::record::{Mark, list, text};

/// Every case of the world.
struct World {
    cases: Vec<CaseNumber>,
    actors: Vec<Actor>,
}

const NAMES: [&str; 6] = ["Karim", "Laleh", "Mina", "Nur", "Omid", "Parisa"];

/// A random world of claims, orders to leave and erasures at several offices, in several states.
async fn world(service: &TestService, seed: u64) -> World {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let mut cases = Vec::new();
    let ganja = service.add_account("ganja.registrar", Role::Registrar, "sms-ganja").await;
    let mut actors: Vec<Actor> = roles_for(Act::ListWork).iter().map(|&role| service.actor(role)).collect();
    actors.push(service.add_account("ganja.officer", Role::CaseOfficer, "sms-ganja").await);
    actors.push(service.add_account("mia.chief", Role::PoliceOfficer, "mia-headquarters").await);
    actors.push(ganja.clone());
    for number in 0..28 {
        let name = NAMES[usize::try_from(rng.next_u32()).unwrap() % NAMES.len()];
        let kind = rng.next_u32() % 4;
        let given = if kind == 1 { CollectedFor::Residence } else { CollectedFor::Asylum };
        let registration =
            people::single(given, name, &format!("Testov{}", char::from(b'a' + number % 26)), "1990-01-01");
        let person = service.registered_person(registration).await;
        service.clock.advance_days(i64::from(rng.next_u32() % 3));
        let case = match kind {
            1 => service.done(Role::PoliceOfficer, OrderToLeave { person }).await,
            2 => service.done(Role::Registrar, ProposeErasure { number: person, reason: REASON.into() }).await,
            _ if number % 2 == 0 => {
                let open = app::asylum::OpenClaim {
                    person,
                    language: "prs".into(),
                    confidentiality: domain::registry::Confidentiality::Family,
                };
                service.done_as(&ganja, open).await
            }
            _ => service.heard_claim(&person).await,
        };
        if kind == 3 && number % 2 == 1 {
            service.done(Role::CaseOfficer, proposal(&case, "recognised")).await;
            if number % 4 == 1 {
                service.done(Role::DecisionMaker, decision(&case, "recognised")).await;
            }
        }
        cases.push(case);
    }
    World { cases, actors }
}

/// All pages of a query.
async fn all(service: &TestService, actor: &Actor, query: WorkQuery) -> Vec<CaseNumber> {
    let (mut found, mut query) = (Vec::new(), query);
    loop {
        let page = service.done_as(actor, ListQueue { query: query.clone(), limit: QueueLimit::Page }).await;
        assert!(page.rows.len() <= 25);
        found.extend(page.rows.into_iter().map(|row| row.case.number));
        match page.next {
            Some(next) => query.after = Some(next),
            None => return found,
        }
    }
}

async fn page(service: &TestService, role: Role, query: WorkQuery) -> QueuePage {
    service.done(role, ListQueue { query, limit: QueueLimit::Page }).await
}

fn of(view: QueueView) -> WorkQuery {
    WorkQuery { view: Some(view), ..WorkQuery::default() }
}

fn searched(text: &str) -> WorkQuery {
    WorkQuery { search: Some(text.into()), ..WorkQuery::default() }
}

async fn readable(service: &TestService, world: &World, actor: &Actor) -> BTreeSet<CaseNumber> {
    let mut readable = BTreeSet::new();
    for case in &world.cases {
        match service.run_as(actor, ShowCase { case: case.clone() }).await.unwrap() {
            Outcome::Done(view) if view.case.snapshot.state.is_open() => drop(readable.insert(case.clone())),
            Outcome::Done(_) => {}
            Outcome::Refused(refusal) => assert_eq!(refusal, Refusal::NotFound("case")),
        }
    }
    readable
}

/// Changes a row behind the program's back.
async fn tamper(service: &TestService, sql: &'static str) {
    let statement = Statement { name: "of a test", sqlite: sql, postgres: sql };
    let done: Result<u64, DbError> = service
        .service
        .db()
        .write(move |write| Box::pin(async move { write.execute(statement, Vec::new()).await }))
        .await;
    assert_eq!(done.unwrap(), 1);
}

both! {
    async fn every_open_case_that_an_officer_may_read_is_in_his_queues_and_no_other_is(service: &TestService) {
        let world = world(service, 1951).await;
        let mut seen = BTreeSet::new();
        for actor in &world.actors {
            let wanted = readable(service, &world, actor).await;
            let listed = all(service, actor, WorkQuery::default()).await;
            assert_eq!(listed.len(), listed.iter().collect::<BTreeSet<_>>().len(), "no case is there twice");
            assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), wanted, "{} {}", actor.role, actor.office);
            let mut by_queue = BTreeSet::new();
            for count in &service.done_as(actor, ShowWork).await.queues {
                let query = WorkQuery {
                    procedure: Some(count.procedure.clone()),
                    state: Some(count.state),
                    office: Some(count.office.clone()),
                    ..WorkQuery::default()
                };
                let cases = all(service, actor, query).await;
                assert_eq!(i64::try_from(cases.len()).unwrap(), count.all, "{count:?}");
                by_queue.extend(cases);
            }
            assert_eq!(by_queue, wanted, "{} {}", actor.role, actor.office);
            seen.extend(wanted);
        }
        assert!(seen.len() > 20, "the world shows something: {}", seen.len());
    }

    async fn the_parts_of_a_queue_follow_assignment_and_clocks(service: &TestService) {
        let person = service.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
        let case = service.opened_claim(&person).await;
        let start = page(service, Role::CaseOfficer, of(QueueView::All)).await;
        // 15 days from 2 June for the interview of registration; three months for the decision.
        assert_eq!(start.rows[0].case.due.as_ref().unwrap().0.to_string(), "2025-06-17");
        assert_eq!(start.rows[0].nearness, Some(Nearness::Later(15)));
        assert!(start.rows[0].waits_for_role);
        assert_eq!(start.rows[0].name.expose(), "Karim Testov");
        for (days, view, nearness) in [
            (11, None, Nearness::Later(4)),
            (1, Some(QueueView::DueSoon), Nearness::Soon(3)),
            (3, Some(QueueView::DueSoon), Nearness::Today),
            (1, Some(QueueView::Overdue), Nearness::Overdue(1)),
        ] {
            service.clock.advance_days(days);
            for candidate in [QueueView::DueSoon, QueueView::Overdue] {
                let rows = page(service, Role::CaseOfficer, of(candidate)).await.rows;
                assert_eq!(!rows.is_empty(), view == Some(candidate), "{days} {candidate}");
                assert!(rows.iter().all(|row| row.nearness == Some(nearness)));
            }
        }
        let counted = service.done(Role::CaseOfficer, ShowWork).await.queues;
        assert_eq!((counted[0].all, counted[0].overdue, counted[0].unassigned, counted[0].mine), (1, 1, 1, 0));
        service.done(Role::CaseOfficer, AssignCase { case: case.clone(), to: Assignee::Me }).await;
        for (role, mine) in [(Role::CaseOfficer, 1), (Role::DecisionMaker, 0)] {
            assert_eq!(page(service, role, of(QueueView::Mine)).await.rows.len(), mine);
            assert!(page(service, role, of(QueueView::Unassigned)).await.rows.is_empty());
            assert_eq!(service.done(role, ShowWork).await.queues[0].mine, i64::try_from(mine).unwrap());
        }
    }

    async fn a_queue_is_searched_by_number_and_by_the_beginning_of_a_name_in_any_script(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await.members;
        let case = service.opened_claim(&family[0].number).await;
        let other = service.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
        service.opened_claim(&other).await;
        let number = case.as_str().to_lowercase();
        let spaced = format!("{} {}", &number[..4], &number[4..]);
        for text in [number.as_str(), &spaced, family[0].number.as_str(), "sahr", "SAHRAYI", "صحر"] {
            let found = page(service, Role::CaseOfficer, searched(text)).await.rows;
            assert_eq!(found.iter().map(|row| &row.case.number).collect::<Vec<_>>(), [&case], "{text}");
        }
        assert!(page(service, Role::CaseOfficer, searched("nobody")).await.rows.is_empty());
        let short = ListQueue { query: searched("s"), limit: QueueLimit::Page };
        assert_eq!(service.refused(Role::CaseOfficer, short).await.code(), "fields");
        // What is a pattern elsewhere is no letter here.
        let pattern = ListQueue { query: searched("%_"), limit: QueueLimit::Page };
        assert_eq!(service.refused(Role::CaseOfficer, pattern).await.code(), "fields");
    }

    async fn a_claim_is_absent_for_who_may_not_read_it_in_list_count_search_and_log(service: &TestService) {
        let person = service.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
        let case = service.opened_claim(&person).await;
        let absent = CaseNumber::draw(&mut ChaCha20Rng::seed_from_u64(3));
        for role in [Role::PoliceOfficer, Role::CardOfficer, Role::AssistanceOfficer] {
            assert!(service.done(role, ShowWork).await.queues.is_empty(), "{role}");
            let mark = Mark::set(service).await;
            for text in ["Karim", case.as_str(), person.as_str(), absent.as_str()] {
                assert!(page(service, role, searched(text)).await.rows.is_empty(), "{role} {text}");
            }
            for number in [&case, &absent] {
                let refused = service.refused(role, ShowCase { case: number.clone() }).await;
                assert_eq!(refused, Refusal::NotFound("case"));
                let refused = service.refused(role, AssignCase { case: number.clone(), to: Assignee::Me }).await;
                assert_eq!(refused, Refusal::NotFound("case"));
                let refused = service.refused(role, ListColleagues { case: number.clone() }).await;
                assert_eq!(refused, Refusal::NotFound("case"));
            }
            let records = mark.since(service).await;
            assert!(records.iter().all(|record| list(record, "subjects").is_empty() && text(record, "object").is_none()));
            let forms: BTreeSet<_> = records.iter().map(|record| (record.action.clone(), record.result.clone())).collect();
            assert_eq!(forms.len(), 3, "what is sealed leaves the same records as what is absent: {forms:?}");
        }
    }

    async fn a_registrar_sees_the_steps_of_a_claim_and_nothing_of_what_was_said(service: &TestService) {
        let person = service.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
        let case = service.decided_claim(&person, "rejected").await;
        let view = service.done(Role::Registrar, ShowCase { case: case.clone() }).await;
        assert!(view.decisions.is_empty());
        assert!(view.timeline.iter().all(|entry| entry.reason.is_none() && entry.outcome.is_none()));
        assert!(view.steps.iter().any(|step| step.action.as_str() == "notify"));
        assert_eq!(service.refused(Role::Registrar, ShowClaim { case: case.clone() }).await, Refusal::NotPermitted);
        let full = service.done(Role::DecisionMaker, ShowClaim { case }).await;
        assert!(full.timeline.iter().any(|entry| entry.reason.is_some()));
        assert_eq!(full.decision_views[0].facts.expose(), "The village was taken; the brother was seized.");
    }

    async fn a_case_is_given_to_one_officer_at_a_time_and_given_back(service: &TestService) {
        let person = service.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
        let case = service.opened_claim(&person).await;
        let give = |to: Assignee| AssignCase { case: case.clone(), to };
        let (first, second) = (service.actor(Role::CaseOfficer), service.second(Role::CaseOfficer));
        let taken = tokio::join!(service.run_as(&first, give(Assignee::Me)), service.run_as(&second, give(Assignee::Me)));
        let done = [taken.0.unwrap(), taken.1.unwrap()].into_iter().filter(|outcome| matches!(outcome, Outcome::Done(_)));
        assert_eq!(done.count(), 1, "of two who take it at once one has it");
        let holder = service.done(Role::HeadOfOffice, ListQueue { query: of(QueueView::All), limit: QueueLimit::One }).await;
        let holder = holder.rows[0].case.assignee.clone().unwrap().1;
        let (owner, other) = if holder == "case-officer" { (&first, &second) } else { (&second, &first) };
        assert_eq!(service.refused_as(other, give(Assignee::Nobody)).await, Refusal::Conflict);
        let names: Vec<_> = service.done_as(owner, ListColleagues { case: case.clone() }).await.into_iter().map(|o| o.name).collect();
        assert!(names.contains(&"decision-maker".to_owned()) && names.contains(&"registrar".to_owned()), "{names:?}");
        for nobody in ["police-officer", "auditor", "administrator", "card-officer", "nobody"] {
            assert!(!names.contains(&nobody.to_owned()), "{nobody}");
            let refused = service.refused_as(owner, give(Assignee::Officer(nobody.into()))).await;
            assert_eq!(refused.code(), "fields", "{nobody}");
        }
        let given = service.done_as(owner, give(Assignee::Officer("decision-maker".into()))).await;
        assert_eq!(given, Assigned { before: Some(holder.clone()), now: Some("decision-maker".into()) });
        // The head of the office undoes it.
        let back = service.done(Role::HeadOfOffice, give(Assignee::Officer(holder.clone()))).await;
        assert_eq!(back, Assigned { before: Some("decision-maker".into()), now: Some(holder) });
        let mark = Mark::set(service).await;
        service.done_as(owner, give(Assignee::Nobody)).await;
        let records = mark.since(service).await;
        assert_eq!((records[0].action.as_str(), list(&records[0], "subjects").len()), ("assign_case", 1));
    }

    async fn a_closed_case_is_in_no_queue_and_a_reopened_one_is_again(service: &TestService) {
        let person = service.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
        let case = service.decided_claim(&person, "rejected").await;
        service.done(Role::CaseOfficer, AssignCase { case: case.clone(), to: Assignee::Me }).await;
        service.claim_step(&case, "notify").await;
        service.claim_step_as(&service.actor(Role::HeadOfOffice), &case, "record_end_of_appeal_term").await;
        service.claim_step(&case, "close").await;
        assert!(all(service, &service.actor(Role::HeadOfOffice), WorkQuery::default()).await.is_empty());
        let closed = AssignCase { case: case.clone(), to: Assignee::Me };
        assert_eq!(service.refused(Role::CaseOfficer, closed).await, Refusal::CaseState(CaseState::Closed));
        service.claim_step_as(&service.actor(Role::HeadOfOffice), &case, "reopen").await;
        let rows = page(service, Role::CaseOfficer, WorkQuery::default()).await.rows;
        assert_eq!((rows.len(), rows[0].case.assignee.clone()), (1, None));
        assert_eq!(rows[0].case.due.as_ref().unwrap().1.as_str(), "decision_after_reopening");
    }

    async fn a_day_changed_in_the_queue_is_found_and_put_right(service: &TestService) {
        let person = service.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
        let case = service.opened_claim(&person).await;
        let (pack, verifier) = (service.service.pack().clone(), service.service.log_key().verifier());
        for sql in [
            "UPDATE case_queue SET due_on = '2031-01-01'",
            "UPDATE case_queue SET due_clock = 'decision'",
            "DELETE FROM case_queue",
        ] {
            assert_eq!(refresh_queues(&service.service).await.unwrap(), 0);
            tamper(service, sql).await;
            let found = verify_data(service.service.db(), &pack, &verifier, None).await;
            let Err(VerifyError::Found(found)) = found else { panic!("{sql}") };
            assert!(found.iter().all(|finding| finding.to_string().starts_with("table case_queue")), "{found:?}");
            assert_eq!(refresh_queues(&service.service).await.unwrap(), 1, "{sql}");
        }
        let checked: Result<_, DbError> = service.service.db().read(move |session| {
            let (pack, case) = (pack.clone(), case.clone());
            Box::pin(async move {
                let case = session.find_case_by_number(&case, None).await?.unwrap();
                check_queue(session, &pack, &case).await
            })
        }).await;
        assert_eq!(checked.unwrap(), None);
    }

    async fn an_act_on_what_was_changed_meanwhile_is_a_conflict_and_does_nothing(service: &TestService) {
        let person = service.registered_person(people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01")).await;
        let case = service.done(Role::PoliceOfficer, OrderToLeave { person }).await;
        let step = |code: &str, row_version: i64| Seen {
            case: case.clone(),
            row_version,
            act: TakeStep { case: case.clone(), action: testkit::journey::action(code), input: reasoned() },
        };
        service.done(Role::PoliceOfficer, step("hear_person", 1)).await;
        assert_eq!(service.refused(Role::PoliceOfficer, step("ask_of_protection", 1)).await, Refusal::Conflict);
        let view = service.done(Role::PoliceOfficer, ShowCase { case: case.clone() }).await;
        assert_eq!((view.case.row_version, view.timeline.len()), (2, 2));
        service.done(Role::PoliceOfficer, step("ask_of_protection", 2)).await;
        // Whoever does not reach the case does not learn that it was changed.
        let stranger = service.add_account("other.police", Role::PoliceOfficer, "sms-ganja").await;
        assert_eq!(service.refused_as(&stranger, step("hear_person", 1)).await, Refusal::NotFound("case"));
    }
}
