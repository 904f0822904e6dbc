// SPDX-License-Identifier: Apache-2.0
//! The auditor's desk: records are found by office, kind, result and time; each is proven; an old checkpoint gets a clear
//! answer; the supervised are counted; and all of it stays with the Ombudsman.

use app::{
    assistance::HandOverGift,
    oversight::{
        Consistency, FOUND_PER_PAGE, Period, RecordPage, RecordQuery, ResultQuery, SearchRecords, check_consistency,
        give_access_token, open_proven_record, prove_record, who_looked,
    },
    registry::ShowPerson,
};
use db::Agreement;
use domain::{
    access::{CollectedFor, Role},
    audit::{Visibility, leaf_commitment},
    registry::FamilyRegistration,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use testkit::{
    TestService, both,
    journey::{decision, proposal},
    people,
};
use transparency::{Checkpoint, EntryProof, LogKey, TreeHead};

use crate::card_life::refugee;

fn today() -> Period {
    let day = "2025-06-02".parse().unwrap();
    Period { from: day, to: day }
}

fn all() -> RecordQuery {
    RecordQuery { office: None, account: None, action: None, result: None, period: today() }
}

async fn search(service: &TestService, query: RecordQuery) -> RecordPage {
    service.done(Role::Auditor, SearchRecords { query, before: None }).await
}

fn resident() -> FamilyRegistration {
    people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01")
}

async fn checkpoint(service: &TestService) -> String {
    let read = service.service.db().read::<_, db::DbError>(|session| Box::pin(session.log_checkpoint())).await;
    read.unwrap().unwrap()
}

async fn compared(service: &TestService, note: &str) -> app::oversight::ConsistencyAnswer {
    let context = service.context(Role::Auditor);
    check_consistency(&service.service, &context, note).await.unwrap().done().unwrap()
}

both! {
    async fn records_are_found_by_office_officer_kind_result_and_period(service: &TestService) {
        let person = service.registered_person(resident()).await;
        service.done(Role::PoliceOfficer, ShowPerson { number: person.clone() }).await;
        service.refused(Role::Administrator, ShowPerson { number: person.clone() }).await;
        service.refused(Role::AssistanceOfficer, HandOverGift {
            distribution: "none".into(),
            person: person.clone(),
            item: "gift_set".into(),
        }).await;
        let looks = search(service, RecordQuery { action: Some("show_person".into()), ..all() }).await;
        let seen: Vec<_> = looks.records.iter().map(|r| (r.office.as_deref().unwrap(), r.result.as_str())).collect();
        assert_eq!(seen, [("sms-headquarters", "refused:not_permitted"), ("mia-baku", "done")], "latest first");
        assert_eq!(looks.records[1].officer.as_deref(), Some("police-officer"));
        let police = search(service, RecordQuery { office: Some("mia-baku".into()), ..all() }).await;
        assert_eq!(police.records.len(), 1);
        let officer = RecordQuery { account: police.records[0].account, ..all() };
        assert_eq!(search(service, officer.clone()).await.records.len(), 1);
        let none = RecordQuery { office: Some("sms-baku".into()), ..officer };
        assert!(search(service, none).await.records.is_empty(), "all that is asked must fit");
        let refused = search(service, RecordQuery { result: Some(ResultQuery::Refused), ..all() }).await;
        assert_eq!(refused.records.len(), 2);
        let reason = RecordQuery { result: Some(ResultQuery::RefusedFor("not_found".into())), ..all() };
        assert_eq!(search(service, reason).await.records[0].action, "hand_over_gift");
        let done = RecordQuery { result: Some(ResultQuery::Done), action: Some("show_person".into()), ..all() };
        assert_eq!(search(service, done).await.records.len(), 1);
        let yesterday: domain::time::Date = "2025-06-01".parse().unwrap();
        let before = RecordQuery { period: Period { from: yesterday, to: yesterday }, ..all() };
        assert!(search(service, before).await.records.is_empty());
        let backwards = RecordQuery { period: Period { from: today().to, to: yesterday }, ..all() };
        let refused = service.refused(Role::Auditor, SearchRecords { query: backwards, before: None }).await;
        assert_eq!(refused.code(), "fields");
    }

    async fn pages_of_a_search_leave_nothing_out_and_repeat_nothing(service: &TestService) {
        let person = service.registered_person(resident()).await;
        for _ in 0..FOUND_PER_PAGE + 5 {
            service.done(Role::PoliceOfficer, ShowPerson { number: person.clone() }).await;
        }
        let query = || RecordQuery { action: Some("show_person".into()), ..all() };
        let first = search(service, query()).await;
        let second = service.done(Role::Auditor, SearchRecords { query: query(), before: first.next }).await;
        assert_eq!((first.records.len(), second.records.len(), second.next), (FOUND_PER_PAGE, 5, None));
        let ids: std::collections::BTreeSet<_> =
            first.records.iter().chain(&second.records).map(|record| record.id).collect();
        assert_eq!(ids.len(), FOUND_PER_PAGE + 5);
    }

    async fn the_search_itself_is_on_record_for_the_ombudsman_alone(service: &TestService) {
        let person = service.registered_person(resident()).await;
        let context = service.context(Role::Registrar);
        let token = give_access_token(&service.service, &context, &person).await.unwrap().done().unwrap();
        service.settle().await;
        search(service, all()).await;
        let own = search(service, RecordQuery { action: Some("sample_audit".into()), ..all() }).await;
        assert_eq!((own.records.len(), own.records[0].visibility), (1, Visibility::Oversight));
        let registered = search(service, RecordQuery { action: Some("register_family".into()), ..all() }).await;
        let position = registered.records[0].position.unwrap();
        let context = service.context(Role::Auditor);
        let opened = open_proven_record(&service.service, &context, position).await.unwrap().done().unwrap();
        assert_eq!(opened.opened.persons, [person]);
        let looked = who_looked(&service.service, token.token.expose(), token.pin.expose()).await.unwrap().done();
        let actions: Vec<_> = looked.unwrap().entries.into_iter().map(|entry| entry.action).collect();
        assert_eq!(actions, ["give_access_token", "register_family"]);
    }

    async fn a_record_s_proof_holds_and_breaks_with_any_byte_of_it(service: &TestService) {
        service.registered_person(resident()).await;
        service.settle().await;
        let found = search(service, RecordQuery { action: Some("register_family".into()), ..all() }).await;
        let position = found.records[0].position.unwrap();
        let context = service.context(Role::Auditor);
        let proven = prove_record(&service.service, &context, position).await.unwrap().done().unwrap();
        let verifier = service.service.log_key().verifier();
        let verify = |proof: &str, canonical: &str| -> bool {
            let Ok(proof) = EntryProof::parse(proof) else { return false };
            let Some(salt) = proof.extra.clone().and_then(|salt| salt.try_into().ok()) else { return false };
            proof.verify(&leaf_commitment(&salt, canonical), &verifier).is_ok()
        };
        assert!(verify(&proven.proof, &proven.record.canonical));
        for place in 0..proven.proof.len() {
            let mut changed = proven.proof.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8_lossy(&changed).into_owned();
            assert!(!verify(&changed, &proven.record.canonical), "byte {place} of the proof");
        }
        for place in 0..proven.record.canonical.len() {
            let mut changed = proven.record.canonical.clone().into_bytes();
            changed[place] ^= 1;
            let Ok(changed) = String::from_utf8(changed) else { continue };
            assert!(!verify(&proven.proof, &changed), "byte {place} of the record");
        }
        let beyond = prove_record(&service.service, &service.context(Role::Auditor), 1 << 30).await.unwrap();
        assert!(matches!(beyond, app::Outcome::Refused(refusal) if refusal.code() == "not_found"));
    }

    async fn an_old_checkpoint_gets_a_clear_answer(service: &TestService) {
        service.registered_person(resident()).await;
        service.settle().await;
        let old = checkpoint(service).await;
        service.registered_person(refugee()).await;
        service.settle().await;
        let answer = compared(service, &old).await;
        assert_eq!(answer.verdict, Consistency::Kept);
        let claimed = answer.old.unwrap();
        assert_eq!(answer.ours, Some(claimed.root));
        assert!(claimed.size < answer.present.size);
        let pasted = old.trim_end().replace('\n', "\r\n");
        assert_eq!(compared(service, &pasted).await.verdict, Consistency::Kept, "as a form sends it");
        // What another history under the same key would have signed.
        let key = service.service.log_key();
        let other = Checkpoint::sign(&TreeHead { size: claimed.size, root: [7; 32] }, key);
        let answer = compared(service, &other).await;
        assert_eq!((answer.verdict, answer.ours), (Consistency::Rewritten, Some(claimed.root)));
        let longer = Checkpoint::sign(&TreeHead { size: 1 << 20, root: [7; 32] }, key);
        assert_eq!(compared(service, &longer).await.verdict, Consistency::Cut);
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        let stranger = LogKey::generate(key.name(), &mut rng).unwrap();
        let foreign = Checkpoint::sign(&claimed, &stranger);
        assert_eq!(compared(service, &foreign).await.verdict, Consistency::NotOurs);
        for text in ["", "no checkpoint", &"x".repeat(100_000)] {
            assert_eq!(compared(service, text).await.verdict, Consistency::Unreadable);
        }
        let empty = Checkpoint::sign(&TreeHead::empty(), key);
        assert_eq!(compared(service, &empty).await.verdict, Consistency::Kept);
    }

    async fn refusals_agreement_and_overdue_cases_are_counted_by_office_and_officer(service: &TestService) {
        let rates = async || service.done(Role::Auditor, app::oversight::CountRates { period: today() }).await;
        let [agreed, changed, returned] = [refugee(), resident(), people::afghan_family()];
        for (registration, end) in [(agreed, "recognised"), (changed, "rejected"), (returned, "")] {
            let registration = FamilyRegistration { collected_for: CollectedFor::Asylum, ..registration };
            let person = service.registered_family(registration).await.members[0].number.clone();
            let case = service.heard_claim(&person).await;
            service.done(Role::CaseOfficer, proposal(&case, "recognised")).await;
            match end {
                "" => service.claim_step_as(&service.actor(Role::DecisionMaker), &case, "return_to_officer").await,
                end => drop(service.done(Role::DecisionMaker, decision(&case, end)).await),
            }
        }
        let counted = rates().await;
        let seen: Vec<_> =
            counted.agreements.iter().map(|row| (row.decider.as_deref(), row.agreement, row.count)).collect();
        let decider = Some("decision-maker");
        assert_eq!(seen.len(), 3, "{seen:?}");
        for row in [(decider, Agreement::Agreed, 1), (decider, Agreement::Changed, 1), (None, Agreement::Withdrawn, 1)] {
            assert!(seen.contains(&row), "{row:?} in {seen:?}");
        }
        assert!(counted.agreements.iter().all(|row| row.proposer == "case-officer"));
        let nobody = domain::number::PersonNumber::parse("0000000000").ok();
        let person = service.registered_person(refugee()).await;
        service.refused(Role::Administrator, ShowPerson { number: nobody.unwrap_or(person) }).await;
        let counted = rates().await;
        let admin = counted.refusals.iter().find(|row| row.officer == "administrator").unwrap();
        assert_eq!((admin.office.as_str(), admin.refused), ("sms-headquarters", 1));
        assert!(counted.refusals.iter().all(|row| row.officer != "auditor"), "the Ombudsman's own are not counted");
        assert!(counted.overdue.iter().all(|row| row.overdue == 0), "{:?}", counted.overdue);
        service.clock.advance_days(200);
        let late = rates().await.overdue;
        assert!(late.iter().map(|row| row.overdue).sum::<i64>() > 0, "{late:?}");
    }
}
