// SPDX-License-Identifier: Apache-2.0
//! PostgreSQL: serialization failures are tried again, other failures are answered, none leaves anything behind.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use db::{Attempts, DbError, Statement, Write, args};
use domain::{access::Role, id::AccountId};
use rstest::rstest;
use tokio::sync::{Barrier, oneshot};

use crate::{
    engine::Engine,
    fixture::{OFFICE, insert_account, now},
};

const fn statement(sql: &'static str) -> Statement {
    Statement { name: "of a test", sqlite: sql, postgres: sql }
}

const END_OWN_BACKEND: Statement = statement("SELECT pg_terminate_backend(pg_backend_pid())::text");
const ASK_FOR_RETRY: Statement =
    statement("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = 'serialization_failure'; END $$");

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_count_up_the_same_row_none_is_lost(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    fresh.db.write(|write| Box::pin(insert_account(write, 1, Role::Registrar))).await.map(drop).unwrap();
    // On PostgreSQL both have read before either writes, the first time.
    let both_have_read = Arc::new(Barrier::new(2));
    let runs = Arc::new(AtomicU32::new(0));
    let count_up = || {
        let (db, both_have_read, runs) = (fresh.db.clone(), both_have_read.clone(), runs.clone());
        tokio::spawn(async move {
            db.write::<(), DbError>(move |write| {
                let (both_have_read, runs) = (both_have_read.clone(), runs.clone());
                Box::pin(async move {
                    let account = write.find_account_by_name("officer 1").await?.unwrap();
                    if runs.fetch_add(1, Ordering::SeqCst) < 2 && engine == Engine::Postgres {
                        both_have_read.wait().await;
                    }
                    let id = account.actor.account;
                    let failed = write.find_attempts(id, b"place").await?.failed + 1;
                    let attempts = Attempts { failed, locked_until: None };
                    let (now, long_ago) = (now(), now().plus_seconds(-1));
                    write.update_attempts(id, b"place", attempts, now, long_ago).await
                })
            })
            .await
        })
    };
    let (first, second) = (count_up(), count_up());
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    assert_eq!(fresh.count("SELECT failed FROM account_attempt").await, 2);
    assert_eq!(runs.load(Ordering::SeqCst), if engine == Engine::Postgres { 3 } else { 2 });
}

async fn count_up(write: &mut Write, account: AccountId, pause: Duration) -> Result<(), DbError> {
    let failed = write.find_attempts(account, b"place").await?.failed + 1;
    tokio::time::sleep(pause).await;
    let attempts = Attempts { failed, locked_until: None };
    write.update_attempts(account, b"place", attempts, now(), now().plus_seconds(-1)).await
}

/// A family of many is registered while single people are: whoever commits first wins, and that is never the family.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_use_case_is_not_overtaken_for_ever_by_short_ones() {
    let fresh = Engine::Postgres.fresh().await;
    let account = fresh.db.write(|write| Box::pin(insert_account(write, 1, Role::Registrar))).await.unwrap();
    let is_over = Arc::new(AtomicBool::new(false));
    let short = (0..4).map(|_| {
        let (db, is_over) = (fresh.db.clone(), is_over.clone());
        tokio::spawn(async move {
            let mut done = 0;
            while !is_over.load(Ordering::SeqCst) {
                db.write::<(), DbError>(move |write| Box::pin(count_up(write, account, Duration::ZERO))).await.unwrap();
                done += 1;
            }
            done
        })
    });
    let short: Vec<_> = short.collect();
    let long = fresh
        .db
        .write::<(), DbError>(move |write| Box::pin(count_up(write, account, Duration::from_millis(100))))
        .await;
    is_over.store(true, Ordering::SeqCst);
    let mut done = 1;
    for task in short {
        done += task.await.unwrap();
    }
    long.unwrap();
    assert_eq!(fresh.count("SELECT failed FROM account_attempt").await, done);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_conflict_is_given_up_after_a_bounded_number_of_runs() {
    let fresh = Engine::Postgres.fresh().await;
    let runs = Arc::new(AtomicU32::new(0));
    let counted = runs.clone();
    let given_up = fresh.db.write::<(), DbError>(move |write| {
        counted.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            write.insert_blank("B1", OFFICE, now()).await?;
            write.execute(ASK_FOR_RETRY, args![]).await.map(drop)
        })
    });
    let given_up = given_up.await;
    assert!(matches!(given_up, Err(DbError::Busy)), "{given_up:?}");
    assert!((2..=100).contains(&runs.load(Ordering::SeqCst)), "{runs:?} runs");
    assert_eq!(fresh.count("SELECT COUNT(*) FROM blank").await, 0);
}

#[rstest]
#[tokio::test]
async fn a_refused_row_inside_an_act_undoes_the_act_and_nothing_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    let done = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            write.insert_blank("before", OFFICE, now()).await?;
            let refused = write.nested::<(), DbError>(|write| {
                Box::pin(async move {
                    write.insert_blank("inside", OFFICE, now()).await?;
                    write.insert_blank("before", OFFICE, now()).await
                })
            });
            assert!(matches!(refused.await, Err(DbError::Constraint { name }) if name == "blank_pkey"));
            write.insert_blank("after", OFFICE, now()).await
        })
    });
    done.await.unwrap();
    let rows = fresh.rows("SELECT number FROM blank ORDER BY number").await;
    assert_eq!(rows, [[Some("after".to_owned())], [Some("before".to_owned())]]);
}

#[rstest]
#[tokio::test]
async fn an_act_within_an_act_can_fail_alone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    let done = fresh.db.write::<_, DbError>(|write| {
        Box::pin(write.nested::<_, DbError>(|write| {
            Box::pin(async move {
                write.insert_blank("outer", OFFICE, now()).await?;
                let inner = write.nested::<(), DbError>(|write| {
                    Box::pin(async move {
                        write.insert_blank("inner", OFFICE, now()).await?;
                        write.insert_blank("outer", OFFICE, now()).await
                    })
                });
                assert!(inner.await.is_err());
                Ok(())
            })
        }))
    });
    done.await.unwrap();
    assert_eq!(fresh.rows("SELECT number FROM blank").await, [[Some("outer".to_owned())]]);
}

#[rstest]
#[case::at_the_end(Swallowed::AtTheEnd)]
#[case::inside_an_act(Swallowed::InsideAnAct)]
#[case::before_an_act_that_fails(Swallowed::BeforeAnActThatFails)]
#[tokio::test]
async fn a_swallowed_refusal_is_no_success(
    #[case] place: Swallowed,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    let done = fresh.db.write::<(), DbError>(move |write| {
        Box::pin(async move {
            write.insert_blank("B1", OFFICE, now()).await?;
            match place {
                Swallowed::AtTheEnd => assert!(write.insert_blank("B1", OFFICE, now()).await.is_err()),
                Swallowed::InsideAnAct => {
                    let act = write.nested::<(), DbError>(|write| {
                        Box::pin(async move {
                            assert!(write.insert_blank("B1", OFFICE, now()).await.is_err());
                            Ok(())
                        })
                    });
                    assert!(act.await.is_err());
                }
                Swallowed::BeforeAnActThatFails => {
                    assert!(write.insert_blank("B1", OFFICE, now()).await.is_err());
                    let act = write.nested::<(), DbError>(|_| Box::pin(async { Err(DbError::Busy) }));
                    assert!(act.await.is_err());
                }
            }
            Ok(())
        })
    });
    let done = done.await;
    assert!(matches!(done, Err(DbError::Unavailable(_))), "{done:?}");
    assert_eq!(fresh.count("SELECT COUNT(*) FROM blank").await, 0);
}

/// Where a use case passes over the refusal of a row.
#[derive(Clone, Copy, Debug)]
enum Swallowed {
    AtTheEnd,
    InsideAnAct,
    BeforeAnActThatFails,
}

#[tokio::test]
async fn a_backend_that_is_ended_within_a_use_case_is_answered_and_replaced() {
    let fresh = Engine::Postgres.fresh().await;
    let ended = fresh.db.write::<(), DbError>(|write| {
        Box::pin(async move {
            write.insert_blank("B1", OFFICE, now()).await?;
            write.execute(END_OWN_BACKEND, args![]).await.map(drop)
        })
    });
    let ended = ended.await;
    assert!(matches!(ended, Err(DbError::Unavailable(_))), "{ended:?}");
    fresh.db.write::<_, DbError>(|write| Box::pin(write.insert_blank("B2", OFFICE, now()))).await.unwrap();
    assert_eq!(fresh.rows("SELECT number FROM blank").await, [[Some("B2".to_owned())]]);
}

#[tokio::test]
async fn backends_that_are_ended_while_idle_are_replaced_unnoticed() {
    let fresh = Engine::Postgres.fresh().await;
    fresh.db.write::<_, DbError>(|write| Box::pin(write.insert_blank("B1", OFFICE, now()))).await.unwrap();
    fresh
        .rows("SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        .await;
    fresh.db.write::<_, DbError>(|write| Box::pin(write.insert_blank("B2", OFFICE, now()))).await.unwrap();
    assert_eq!(fresh.count("SELECT COUNT(*) FROM blank").await, 2);
}

#[rstest]
#[tokio::test]
async fn a_panic_leaves_no_open_transaction_behind(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    let panicked = fresh.db.write::<(), DbError>(|write| {
        Box::pin(async move {
            write.insert_blank("of the panic", OFFICE, now()).await?;
            panic!("a use case panics, as this test wants it")
        })
    });
    let panicked = panicked.await;
    assert!(matches!(panicked, Err(DbError::Unavailable(_))), "{panicked:?}");
    // More than there are connections, so that each one would be met again.
    for number in 0..20 {
        let number = format!("{number:02}");
        let next = fresh.db.write::<_, DbError>(move |write| {
            let number = number.clone();
            Box::pin(async move { write.insert_blank(&number, OFFICE, now()).await })
        });
        next.await.unwrap();
    }
    assert_eq!(fresh.count("SELECT COUNT(*) FROM blank").await, 20);
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_stop_its_use_case() {
    let fresh = Engine::Postgres.fresh().await;
    let (started, has_started) = oneshot::channel();
    let started = Arc::new(std::sync::Mutex::new(Some(started)));
    let going = fresh.db.write::<(), DbError>(move |write| {
        let started = started.lock().unwrap().take();
        Box::pin(async move {
            write.insert_blank("of nobody", OFFICE, now()).await?;
            if let Some(started) = started {
                started.send(()).unwrap();
            }
            Ok(())
        })
    });
    tokio::select! {
        biased;
        sent = has_started => sent.unwrap(),
        _ = going => unreachable!("the other branch is ready first"),
    }
    // The row is the use case's; inserting it again waits for the transaction that holds it and is then refused.
    let again = fresh.db.write::<_, DbError>(|write| Box::pin(write.insert_blank("of nobody", OFFICE, now()))).await;
    assert!(matches!(&again, Err(DbError::Constraint { name }) if name == "blank_pkey"), "{again:?}");
}
