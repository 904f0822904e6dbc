// SPDX-License-Identifier: Apache-2.0
//! What may be given once is given once, however many desks try at the same moment: the database itself refuses.

use std::sync::Arc;

use db::{AppendError, DbError, Distribution, NewCard, NewReceipt, Work, Write};
use domain::{
    access::{Act, AssistanceFile, CardFile, Role},
    number::{CardNumber, CaseNumber},
};
use rstest::rstest;
use tokio::sync::Barrier;

use crate::{
    case_file::{action, procedure},
    engine::{Engine, Fresh},
    fixture::{OFFICE, basis, day, id, insert_account, insert_person, now, permit, rng},
};

/// Desks at once.
const DESKS: u64 = 64;

/// An officer, a person for each desk, a case and a distribution.
async fn office(engine: Engine) -> Fresh {
    let fresh = engine.fresh().await;
    let made = fresh.db.write::<_, AppendError>(|write| {
        Box::pin(async move {
            insert_account(write, 1, Role::CardOfficer).await?;
            let first = insert_person(write, 1).await?;
            for desk in 2..=DESKS {
                insert_person(write, desk).await?;
            }
            let number = CaseNumber::draw(&mut rng(1));
            write.open_case(&procedure(), id(1), number, first, action(1, "apply", None)).await?;
            let (code, name) = ("event".into(), "18 December".into());
            let distribution = Distribution { id: id(1), code, name, on: day("2025-12-18"), office: OFFICE.into() };
            Ok(write.insert_distribution(&distribution, now()).await?)
        })
    });
    made.await.unwrap();
    fresh
}

/// The person of a desk.
fn person<T: From<uuid::Uuid>>(desk: u64) -> T {
    id(u128::from(desk) << 32)
}

/// What each desk does; `Ok(false)` says that nothing was left.
type DeskAct = for<'a> fn(&'a mut Write, u64) -> Work<'a, Result<bool, DbError>>;

/// Lets all desks act at the same moment.
async fn at_once(fresh: &Fresh, act: DeskAct) -> Vec<Result<bool, DbError>> {
    let start = Arc::new(Barrier::new(usize::try_from(DESKS).unwrap()));
    let desks: Vec<_> = (1..=DESKS)
        .map(|desk| {
            let (db, start) = (fresh.db.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                db.write(move |write| act(write, desk)).await
            })
        })
        .collect();
    let mut answers = Vec::new();
    for desk in desks {
        answers.push(desk.await.unwrap());
    }
    answers
}

/// One desk did it, and this rule refused all others.
fn assert_once(answers: &[Result<bool, DbError>], rule: &str) {
    let done = answers.iter().filter(|answer| matches!(answer, Ok(true))).count();
    let is_refused =
        |answer: &&Result<bool, DbError>| matches!(answer, Err(DbError::Constraint { name }) if name == rule);
    let refused = answers.iter().filter(is_refused).count();
    assert_eq!((done, refused), (1, answers.len() - 1), "{answers:?}");
}

fn give(write: &mut Write, desk: u64) -> Work<'_, Result<bool, DbError>> {
    Box::pin(async move {
        let receipt = NewReceipt {
            id: id(u128::from(desk)),
            number: CaseNumber::draw(&mut rng(desk)),
            distribution: id(1),
            person: person(1),
            item: "gift".into(),
            basis: basis(),
            by: id(1),
            at: now(),
        };
        let permit = permit::<AssistanceFile>(Role::CardOfficer, Act::HandOverGift);
        write.insert_receipt(&permit, receipt).await.map(|()| true)
    })
}

/// A card for the desk's own person.
async fn prepare(write: &mut Write, desk: u64, number: u64, status_index: i64) -> Result<bool, DbError> {
    let card = NewCard {
        id: id(u128::from(desk)),
        number: CardNumber::draw(&mut rng(number)),
        person: person(desk),
        case: id(1),
        office: OFFICE.into(),
        status_index,
        issued_on: day("2025-12-18"),
        expires_on: day("2026-12-18"),
        face: vec![1],
        basis: basis(),
        by: id(1),
        at: now(),
    };
    write.insert_card(&permit::<CardFile>(Role::CardOfficer, Act::PrepareCard), card).await.map(|()| true)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_gift_is_given_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = office(engine).await;
    assert_once(&at_once(&fresh, give).await, "receipt_once_key");
    assert_eq!(fresh.count("SELECT COUNT(*) FROM receipt").await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_card_number_is_used_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = office(engine).await;
    let answers = at_once(&fresh, |write, desk| Box::pin(prepare(write, desk, 1, i64::try_from(desk).unwrap()))).await;
    assert_once(&answers, "card_number_key");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_place_in_the_status_list_is_used_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = office(engine).await;
    let answers = at_once(&fresh, |write, desk| Box::pin(prepare(write, desk, desk, 4711))).await;
    assert_once(&answers, "card_status_index_key");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_person_has_one_living_card(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = office(engine).await;
    fresh.execute("DELETE FROM person_name").await;
    let answers = at_once(&fresh, |write, desk| {
        Box::pin(async move {
            let card = NewCard {
                id: id(u128::from(desk)),
                number: CardNumber::draw(&mut rng(desk)),
                person: person(1),
                case: id(1),
                office: OFFICE.into(),
                status_index: i64::try_from(desk).unwrap(),
                issued_on: day("2025-12-18"),
                expires_on: day("2026-12-18"),
                face: vec![1],
                basis: basis(),
                by: id(1),
                at: now(),
            };
            write.insert_card(&permit::<CardFile>(Role::CardOfficer, Act::PrepareCard), card).await.map(|()| true)
        })
    })
    .await;
    assert_once(&answers, "card_live_key");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_last_blank_is_taken_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = office(engine).await;
    let stocked = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            for desk in 1..=DESKS {
                prepare(write, desk, desk, i64::try_from(desk).unwrap()).await?;
            }
            write.insert_blank("B1", OFFICE, now()).await
        })
    });
    stocked.await.unwrap();
    let answers = at_once(&fresh, |write, desk| Box::pin(write.take_blank(id(u128::from(desk)), OFFICE, now()))).await;
    let taken = answers.iter().filter(|answer| matches!(answer, Ok(true))).count();
    let none_left = answers.iter().filter(|answer| matches!(answer, Ok(false))).count();
    assert_eq!((taken, none_left), (1, answers.len() - 1), "{answers:?}");
    assert_eq!(fresh.count("SELECT COUNT(*) FROM blank WHERE state = 'used' AND card_id IS NOT NULL").await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_enough_blanks_every_desk_gets_its_own(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = office(engine).await;
    let stocked = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            for desk in 1..=DESKS {
                prepare(write, desk, desk, i64::try_from(desk).unwrap()).await?;
                write.insert_blank(&format!("B{desk:02}"), OFFICE, now()).await?;
            }
            Ok(())
        })
    });
    stocked.await.unwrap();
    let answers = at_once(&fresh, |write, desk| Box::pin(write.take_blank(id(u128::from(desk)), OFFICE, now()))).await;
    // Under such a rush PostgreSQL may tell some to come back later; then nothing of theirs was kept.
    let taken = i64::try_from(answers.iter().filter(|answer| matches!(answer, Ok(true))).count()).unwrap();
    assert!(answers.iter().all(|answer| matches!(answer, Ok(true) | Err(DbError::Busy))), "{answers:?}");
    assert_eq!(fresh.count("SELECT COUNT(DISTINCT card_id) FROM blank WHERE state = 'used'").await, taken);
    assert!(engine == Engine::Postgres || taken == i64::try_from(DESKS).unwrap());
}
