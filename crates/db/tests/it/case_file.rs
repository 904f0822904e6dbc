// SPDX-License-Identifier: Apache-2.0
//! Cases: what is stored is what the actions make, two officers at once never lose an act, and tampering is found.

use db::{AppendError, CaseFile, DbError, NewAction, Write};
use domain::{
    access::Role,
    case::{CaseAction, CaseState, refold},
    id::CaseId,
    legal::ProvisionId,
    number::CaseNumber,
    procedure::{ActionCode, OutcomeCode, Procedure, ProcedureCode, Step, StepKind},
    refusal::Refusal,
};
use rstest::rstest;

use crate::{
    engine::{Engine, Fresh},
    fixture::{OFFICE, basis, id, insert_account, insert_person, now, rng},
};

fn action_code(text: &str) -> ActionCode {
    ActionCode::parse(text).unwrap()
}

fn step(action: &str, kind: StepKind, from: &[CaseState], to: CaseState) -> Step {
    Step {
        action: action_code(action),
        kind,
        from: from.iter().copied().collect(),
        to: Some(to),
        roles: [Role::CaseOfficer].into(),
        needs_flags: [].into(),
        without_flags: [].into(),
        sets: [].into(),
        clears: [].into(),
        other_officer_than: [].into(),
        outcomes: [].into(),
        cites: vec![ProvisionId::parse("az-668:6").unwrap()],
        needs_reason: false,
    }
}

/// A procedure of four steps that no country has.
pub(crate) fn procedure() -> Procedure {
    use CaseState::{Decided, InExamination, Proposed, Received};
    Procedure {
        code: ProcedureCode::parse("fixture").unwrap(),
        is_sealed: false,
        blocks_expulsion: None,
        steps: vec![
            step("apply", StepKind::Open, &[], Received),
            step("examine", StepKind::Record, &[Received, InExamination], InExamination),
            step("propose", StepKind::Propose, &[InExamination], Proposed),
            step("decide", StepKind::Decide, &[Proposed], Decided),
        ],
        clocks: vec![],
        outcomes: vec![],
        questions: vec![],
    }
}

pub(crate) fn action(number: u128, code: &str, outcome: Option<&str>) -> NewAction {
    NewAction {
        id: id(number),
        code: action_code(code),
        by: id(1),
        role: Role::CaseOfficer,
        office: OFFICE.into(),
        at: now().plus_seconds(i64::try_from(number).unwrap()),
        device_at: Some(now()),
        basis: vec![basis(), basis()],
        outcome: outcome.map(|code| OutcomeCode::parse(code).unwrap()),
        reason: Some(vec![1, 2, 3]),
        corrects: None,
    }
}

async fn open_case(write: &mut Write, number: u64) -> Result<CaseFile, AppendError> {
    let person = insert_person(write, number).await?;
    let case: CaseId = id(u128::from(number));
    let case_number = CaseNumber::draw(&mut rng(number));
    write.open_case(&procedure(), case, case_number, person, action(1, "apply", None)).await
}

/// A database with an examined, proposed and decided case.
async fn with_case(engine: Engine) -> (Fresh, CaseFile) {
    let fresh = engine.fresh().await;
    let case = fresh.db.write::<_, AppendError>(|write| {
        Box::pin(async move {
            insert_account(write, 1, Role::CaseOfficer).await?;
            insert_account(write, 2, Role::CaseOfficer).await?;
            let mut case = open_case(write, 1).await?;
            write.append_action(&procedure(), &mut case, action(2, "examine", None)).await?;
            write.append_action(&procedure(), &mut case, action(3, "propose", Some("recognised"))).await?;
            write.append_action(&procedure(), &mut case, action(4, "decide", Some("rejected"))).await?;
            Ok(case)
        })
    });
    let case = case.await.unwrap();
    (fresh, case)
}

async fn load(fresh: &Fresh, case: CaseId) -> Result<Option<CaseFile>, DbError> {
    fresh.db.read(move |session| Box::pin(session.find_case_by_id(case))).await
}

/// What `check_case` says of the stored case.
async fn check(fresh: &Fresh, case: CaseId) -> Option<String> {
    let case = load(fresh, case).await.unwrap().unwrap();
    let checked = fresh
        .db
        .read::<_, DbError>(move |session| Box::pin(async move { session.check_case(&case, &procedure()).await }));
    checked.await.unwrap()
}

#[rstest]
#[tokio::test]
async fn the_stored_case_is_what_its_actions_make(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, case) = with_case(engine).await;
    let stored = load(&fresh, case.id).await.unwrap().unwrap();
    assert_eq!((&stored.snapshot, stored.row_version), (&case.snapshot, 4));
    assert_eq!((stored.number, stored.person, stored.office), (case.number, case.person, case.office));
    let case_id = case.id;
    let actions =
        fresh.db.read::<_, DbError>(move |session| Box::pin(session.list_case_actions(case_id))).await.unwrap();
    let plain: Vec<CaseAction> = actions.iter().map(|stored| stored.action.clone()).collect();
    assert_eq!(refold(&procedure(), &plain).unwrap().as_ref(), Some(&stored.snapshot));
    assert_eq!(plain[3].at, action(4, "decide", None).at);
    assert_eq!(actions[0].basis, format!("{0}\n{0}", basis().stored_form()));
    assert_eq!(actions[0].reason.as_deref(), Some([1, 2, 3].as_slice()));
    assert_eq!(check(&fresh, case.id).await, None);
}

#[rstest]
#[tokio::test]
async fn of_two_officers_who_act_on_what_they_saw_the_second_meets_a_conflict(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    let seen = fresh.db.write::<_, AppendError>(|write| {
        Box::pin(async move {
            insert_account(write, 1, Role::CaseOfficer).await?;
            open_case(write, 1).await
        })
    });
    let seen = seen.await.unwrap();
    let append = |number: u128, seen: CaseFile| {
        fresh.db.write::<_, AppendError>(move |write| {
            let mut case = seen.clone();
            Box::pin(async move {
                write.append_action(&procedure(), &mut case, action(number, "examine", None)).await?;
                Ok(case)
            })
        })
    };
    let (first, second) = tokio::join!(append(2, seen.clone()), append(3, seen.clone()));
    let (winner, loser) = if first.is_ok() { (first, second) } else { (second, first) };
    assert!(matches!(loser, Err(AppendError::Refused(Refusal::Conflict))), "{loser:?}");
    let stored = load(&fresh, seen.id).await.unwrap().unwrap();
    assert_eq!(stored.snapshot, winner.unwrap().snapshot);
    assert_eq!(fresh.count("SELECT COUNT(*) FROM case_action").await, 2);
    assert_eq!(check(&fresh, seen.id).await, None);
}

#[rstest]
#[tokio::test]
async fn an_action_that_the_procedure_does_not_allow_changes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, case) = with_case(engine).await;
    let before = case.clone();
    let refused = fresh.db.write::<(), AppendError>(move |write| {
        let mut case = before.clone();
        Box::pin(async move { write.append_action(&procedure(), &mut case, action(9, "propose", None)).await })
    });
    let refused = refused.await;
    assert!(matches!(refused, Err(AppendError::Refused(Refusal::CaseState(CaseState::Decided)))), "{refused:?}");
    assert_eq!(load(&fresh, case.id).await.unwrap().unwrap().snapshot, case.snapshot);
}

#[rstest]
#[tokio::test]
async fn a_person_has_one_open_case_of_a_procedure(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, case) = with_case(engine).await;
    let again = fresh.db.write::<_, AppendError>(move |write| {
        Box::pin(async move {
            let number = CaseNumber::draw(&mut rng(2));
            write.open_case(&procedure(), id(2), number, case.person, action(7, "apply", None)).await
        })
    });
    let again = again.await.map(drop);
    let name = "case_file_open_key";
    assert!(matches!(&again, Err(AppendError::Db(DbError::Constraint { name: n })) if n == name), "{again:?}");
}

#[rstest]
#[case::code("UPDATE case_action SET code = 'propose' WHERE position = 2")]
#[case::unknown_code("UPDATE case_action SET code = 'bribe' WHERE position = 2")]
#[case::moment("UPDATE case_action SET at = '2025-01-01T00:00:00.000000Z' WHERE position = 4")]
#[case::outcome("UPDATE case_action SET outcome = 'recognised' WHERE position = 4")]
#[case::no_outcome("UPDATE case_action SET outcome = NULL WHERE position = 4")]
#[case::officer(
    "UPDATE case_action SET account_id = (SELECT id FROM account WHERE name = 'officer 2') WHERE position = 3"
)]
#[case::last_action_gone("DELETE FROM case_action WHERE position = 4")]
#[case::middle_action_gone("DELETE FROM case_action WHERE position = 2")]
#[case::all_actions_gone("DELETE FROM case_action")]
#[case::order("UPDATE case_action SET position = position + CASE position WHEN 3 THEN 10 ELSE 0 END")]
#[case::snapshot_outcome("UPDATE case_file SET snapshot = replace(snapshot, 'rejected', 'recognised')")]
#[case::snapshot_state(
    "UPDATE case_file SET state = 'closed', snapshot = replace(snapshot, '\"state\":\"decided\"', '\"state\":\"closed\"')"
)]
#[tokio::test]
async fn tampering_with_a_case_is_found(#[case] sql: &str, #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, case) = with_case(engine).await;
    fresh.execute(sql).await;
    assert!(check(&fresh, case.id).await.is_some());
}

#[rstest]
#[case::state("UPDATE case_file SET state = 'received'")]
#[case::snapshot("UPDATE case_file SET snapshot = '{}'")]
#[case::number("UPDATE case_file SET number = 'AAAAAAAAAAA'")]
#[tokio::test]
async fn a_case_that_contradicts_itself_is_damaged(
    #[case] sql: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, case) = with_case(engine).await;
    fresh.execute(sql).await;
    let loaded = load(&fresh, case.id).await.map(drop);
    assert!(matches!(loaded, Err(DbError::Damaged { .. })), "{loaded:?}");
}
