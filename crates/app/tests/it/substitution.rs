// SPDX-License-Identifier: Apache-2.0
//! Standing in for an office or an officer: work goes on, and nobody approves his own act by any way round.

use app::{
    asylum::{DecideClaim, ShowClaim},
    work::{
        AddSubstitution, EndSubstitution, ListApprovals, ListQueue, ListSubstitutions, QueueLimit, ShowWork,
        SubstitutionOf, WorkQuery,
    },
};
use domain::{
    access::{Actor, CollectedFor, Role},
    case::CaseState,
    number::CaseNumber,
    refusal::Refusal,
    time::Date,
};
use testkit::{
    TestService, both,
    journey::{action, decision, interview, proposal, reasoned},
    people,
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn officer(absent: &str, by: &str) -> SubstitutionOf {
    SubstitutionOf::Officer { absent: absent.into(), by: by.into() }
}

fn office(office: &str, by: &str) -> SubstitutionOf {
    SubstitutionOf::Office { office: office.into(), by: by.into() }
}

fn week(of: SubstitutionOf) -> AddSubstitution {
    AddSubstitution { of, from: day("2025-06-02"), to: day("2025-06-08") }
}

/// Officers of two small offices that have no approver in the pack.
struct Offices {
    baku_officer: Actor,
    baku_decider: Actor,
    baku_head: Actor,
    ganja_decider: Actor,
    ganja_second: Actor,
}

async fn offices(service: &TestService) -> Offices {
    Offices {
        baku_officer: service.add_account("baku.officer", Role::CaseOfficer, "sms-baku").await,
        baku_decider: service.add_account("baku.decider", Role::DecisionMaker, "sms-baku").await,
        baku_head: service.add_account("baku.head", Role::HeadOfOffice, "sms-baku").await,
        ganja_decider: service.add_account("ganja.decider", Role::DecisionMaker, "sms-ganja").await,
        ganja_second: service.add_account("ganja.second", Role::DecisionMaker, "sms-ganja").await,
    }
}

/// A claim of the office in Baku, heard and proposed there.
async fn proposed(service: &TestService, offices: &Offices) -> CaseNumber {
    let person = service.registered_person(people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")).await;
    let case = service.opened_claim(&person).await;
    let reasons = domain::sensitive::Sensitive::new("I fear for my life.".into());
    service.done(Role::Registrar, app::asylum::RecordReasons { case: case.clone(), reasons }).await;
    for kind in ["registration_interview", "status_interview"] {
        let held = app::asylum::RecordInterview { case: case.clone(), kind: action(kind), interview: interview() };
        service.done_as(&offices.baku_officer, held).await;
    }
    service.done_as(&offices.baku_officer, proposal(&case, "recognised")).await;
    case
}

both! {
    async fn an_office_named_as_approver_decides_the_proposals_of_another_and_nothing_else(service: &TestService) {
        let offices = offices(service).await;
        let case = proposed(service, &offices).await;
        let (ganja, show) = (&offices.ganja_decider, || ShowClaim { case: case.clone() });
        assert_eq!(service.refused_as(ganja, decision(&case, "recognised")).await, Refusal::NotFound("claim"));
        assert!(service.done_as(ganja, ListApprovals { after: None }).await.0.rows.is_empty());
        service.done_as(&offices.baku_head, week(office("sms-baku", "sms-ganja"))).await;
        let (page, open) = service.done_as(ganja, ListApprovals { after: None }).await;
        assert_eq!((page.rows.len(), open), (1, vec![case.clone()]));
        assert_eq!(service.done_as(ganja, ShowWork).await.approves_for, ["sms-baku"]);
        // He reads what he decides, and his own queue stays that of his office.
        let steps: Vec<String> = service.done_as(ganja, show()).await.steps.iter().map(ToString::to_string).collect();
        assert_eq!(steps, ["return_to_officer", "decide"]);
        let own = ListQueue { query: WorkQuery::default(), limit: QueueLimit::Page };
        assert!(service.done_as(ganja, own).await.rows.is_empty());
        let note = app::asylum::TakeClaimStep { case: case.clone(), action: action("note_observer"), input: reasoned() };
        assert_eq!(service.refused_as(ganja, note).await, Refusal::SameOfficer);
        assert_eq!(service.done_as(ganja, decision(&case, "recognised")).await, CaseState::Decided);
        // What is decided is the other office's again.
        assert_eq!(service.refused_as(ganja, show()).await, Refusal::NotFound("claim"));
        assert!(service.done_as(ganja, ListApprovals { after: None }).await.0.rows.is_empty());
    }

    async fn the_pack_names_approvers_without_a_row(service: &TestService) {
        let officer = service.add_account("ganja.officer", Role::CaseOfficer, "sms-ganja").await;
        let mut pack_approver = service.actor(Role::DecisionMaker);
        assert_eq!(pack_approver.office, "sms-refugee-affairs");
        assert!(service.done_as(&pack_approver, ShowWork).await.approves_for.contains(&"sms-ganja".to_owned()));
        pack_approver.office = "sms-baku".into();
        assert!(service.done_as(&pack_approver, ShowWork).await.approves_for.is_empty());
        assert!(service.done_as(&officer, ShowWork).await.approves_for.is_empty(), "a case officer approves nothing");
    }

    async fn a_substitution_begins_and_ends_with_its_days_or_when_it_is_ended(service: &TestService) {
        let offices = offices(service).await;
        let case = proposed(service, &offices).await;
        let of = || office("sms-baku", "sms-ganja");
        let sees = async || !service.done_as(&offices.ganja_decider, ListApprovals { after: None }).await.0.rows.is_empty();
        let later = AddSubstitution { of: of(), from: day("2025-06-04"), to: day("2025-06-05") };
        service.done_as(&offices.baku_head, later).await;
        for (advance, is_seen) in [(0, false), (1, false), (1, true), (1, true), (1, false)] {
            service.clock.advance_days(advance);
            assert_eq!(sees().await, is_seen, "{}", service.service.now());
        }
        let again = AddSubstitution { of: of(), from: day("2025-06-06"), to: day("2025-07-06") };
        let id = service.done_as(&offices.baku_head, again).await;
        assert!(sees().await);
        service.done_as(&offices.baku_head, EndSubstitution { id }).await;
        assert!(!sees().await);
        assert_eq!(service.refused_as(&offices.ganja_decider, decision(&case, "recognised")).await, Refusal::NotFound("claim"));
        assert_eq!(service.refused_as(&offices.baku_head, EndSubstitution { id }).await.code(), "already_recorded");
        assert!(service.done_as(&offices.baku_head, ListSubstitutions).await.is_empty());
    }

    async fn an_officer_who_stands_in_has_the_absent_ones_work_and_not_his_approval_of_himself(service: &TestService) {
        let offices = offices(service).await;
        let case = proposed(service, &offices).await;
        service.done_as(&offices.baku_head, week(officer("baku.decider", "ganja.decider"))).await;
        let home = service.done_as(&offices.ganja_decider, ShowWork).await;
        assert_eq!(home.in_place_of, ["baku.decider"]);
        assert!(service.done_as(&offices.ganja_second, ShowWork).await.in_place_of.is_empty());
        let assign = app::work::AssignCase { case: case.clone(), to: app::work::Assignee::Officer("baku.decider".into()) };
        service.done_as(&offices.baku_head, assign).await;
        let query = WorkQuery { in_place_of: Some("baku.decider".into()), ..WorkQuery::default() };
        let list = |query: &WorkQuery| ListQueue { query: query.clone(), limit: QueueLimit::Page };
        assert_eq!(service.done_as(&offices.ganja_decider, list(&query)).await.rows.len(), 1);
        assert_eq!(service.refused_as(&offices.ganja_second, list(&query)).await, Refusal::NotFound("queue"));
        assert_eq!(service.refused_as(&offices.ganja_second, decision(&case, "recognised")).await, Refusal::NotFound("claim"));
        assert_eq!(service.done_as(&offices.ganja_decider, decision(&case, "recognised")).await, CaseState::Decided);
        // On the appeal: the absent one neither decided nor proposed, but who stands in for him did.
        let appeal = app::asylum::TakeClaimStep { case: case.clone(), action: action("appeal"), input: reasoned() };
        service.done_as(&offices.baku_officer, appeal).await;
        let on_appeal = || DecideClaim { action: action("decide_appeal"), ..decision(&case, "recognised") };
        assert_eq!(service.refused_as(&offices.ganja_decider, on_appeal()).await, Refusal::SameOfficer);
        assert_eq!(service.done_as(&offices.baku_decider, on_appeal()).await, CaseState::Decided);
    }

    async fn who_stands_in_for_the_first_decider_does_not_decide_the_appeal_in_his_place(service: &TestService) {
        let offices = offices(service).await;
        let case = proposed(service, &offices).await;
        service.done_as(&offices.baku_decider, decision(&case, "rejected")).await;
        let appeal = app::asylum::TakeClaimStep { case: case.clone(), action: action("appeal"), input: reasoned() };
        service.done_as(&offices.baku_officer, appeal).await;
        service.done_as(&offices.baku_head, week(officer("baku.decider", "ganja.decider"))).await;
        let on_appeal = || DecideClaim { action: action("decide_appeal"), ..decision(&case, "recognised") };
        // The appeal is against the absent officer's decision: in his place it would be his own again.
        assert_eq!(service.refused_as(&offices.ganja_decider, on_appeal()).await, Refusal::SameOfficer);
        let steps = service.done_as(&offices.ganja_decider, ShowClaim { case: case.clone() }).await.steps;
        assert!(!steps.contains(&action("decide_appeal")), "the page does not offer it either");
    }

    async fn nobody_raises_himself_or_anybody_by_a_substitution(service: &TestService) {
        let offices = offices(service).await;
        let head = &offices.baku_head;
        // Himself, a higher role, another office, another body, nobody, himself for himself.
        let own = service.refused_as(head, week(officer("baku.decider", "baku.head"))).await;
        assert_eq!(own, Refusal::SameOfficer);
        for (absent, by) in [
            ("baku.decider", "baku.officer"),
            ("baku.head", "baku.decider"),
            ("baku.decider", "police-officer"),
            ("baku.decider", "baku.decider"),
            ("baku.decider", "nobody"),
            ("nobody", "ganja.decider"),
        ] {
            assert_eq!(service.refused_as(head, week(officer(absent, by))).await.code(), "fields", "{absent} {by}");
        }
        let foreign = week(officer("ganja.decider", "baku.decider"));
        assert_eq!(service.refused_as(head, foreign).await, Refusal::NotPermitted);
        assert_eq!(service.refused_as(head, week(office("sms-ganja", "sms-baku"))).await, Refusal::NotPermitted);
        for (whose, by) in [("sms-baku", "sms-baku"), ("sms-baku", "mia-baku"), ("sms-baku", "sms-nowhere")] {
            assert_eq!(service.refused_as(head, week(office(whose, by))).await.code(), "fields", "{by}");
        }
        for (from, to) in [("2025-06-08", "2025-06-02"), ("2025-05-01", "2025-05-31"), ("2025-06-02", "2026-06-03")] {
            let wrong = AddSubstitution { of: officer("baku.decider", "ganja.decider"), from: day(from), to: day(to) };
            assert_eq!(service.refused_as(head, wrong).await.code(), "fields", "{from} {to}");
        }
        let id = service.done(Role::Administrator, week(office("sms-ganja", "sms-sheki"))).await;
        assert_eq!(service.refused_as(head, EndSubstitution { id }).await, Refusal::NotFound("substitution"));
        assert!(service.done_as(head, ListSubstitutions).await.is_empty());
        assert_eq!(service.done(Role::Administrator, ListSubstitutions).await.len(), 1);
    }

    async fn a_disabled_account_gives_no_rights_to_who_stands_in(service: &TestService) {
        let offices = offices(service).await;
        let case = proposed(service, &offices).await;
        service.done_as(&offices.baku_head, week(officer("baku.decider", "ganja.decider"))).await;
        service.done_as(&offices.ganja_decider, ShowClaim { case: case.clone() }).await;
        service.done(Role::Administrator, app::identity::DisableAccount { name: "baku.decider".into() }).await;
        let refused = service.refused_as(&offices.ganja_decider, ShowClaim { case }).await;
        assert_eq!(refused, Refusal::NotFound("claim"));
    }
}
