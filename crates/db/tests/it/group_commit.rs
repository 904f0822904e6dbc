// SPDX-License-Identifier: Apache-2.0
//! Group commit on SQLite: whatever one use case does, its neighbours are saved and the writer goes on.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use db::{Db, DbError, Statement, Work, Write, args};
use rstest::rstest;
use tokio::sync::{Semaphore, oneshot};
use uuid::Uuid;

use crate::{
    engine::{Engine, Fresh},
    fixture::{OFFICE, id, now},
};

const fn statement(sql: &'static str) -> Statement {
    Statement { name: "of a test", sqlite: sql, postgres: sql }
}

const RELEASE_MEMBER: Statement = statement("RELEASE SAVEPOINT member");
const ROLLBACK: Statement = statement("ROLLBACK");
const DEFER_FOREIGN_KEYS: Statement = statement("PRAGMA defer_foreign_keys = ON");
const INSERT_DANGLING: Statement = statement(
    "INSERT INTO account_token (id, account_id, token_digest, created_at, expires_at) VALUES ($1, $1, $2, '', '')",
);
const INSERT_OR_ROLLBACK: Statement =
    statement("INSERT OR ROLLBACK INTO blank (number, office, state, received_at) VALUES ($1, '', 'in_stock', '')");
const NO_MORE_PAGES: Statement = statement("PRAGMA max_page_count = 1");
const INSERT_LARGE: Statement = statement(
    "INSERT INTO blank (number, office, state, received_at) VALUES ($1, hex(zeroblob(4000000)), 'in_stock', '')",
);

/// How a use case goes wrong after it has written its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    OwnRefusal,
    Constraint,
    SwallowedConstraint,
    ReleasedSavepoint,
    RolledBack,
    FailedCommit,
    RollbackByEngine,
    FullDisk,
    Panic,
}

const FAULTS: [Fault; 9] = [
    Fault::OwnRefusal,
    Fault::Constraint,
    Fault::SwallowedConstraint,
    Fault::ReleasedSavepoint,
    Fault::RolledBack,
    Fault::FailedCommit,
    Fault::RollbackByEngine,
    Fault::FullDisk,
    Fault::Panic,
];

/// A use case that writes its row and then goes wrong in its way.
fn act(write: &mut Write, number: String, fault: Fault) -> Work<'_, Result<(), DbError>> {
    Box::pin(async move {
        write.insert_blank(&number, OFFICE, now()).await?;
        match fault {
            Fault::None => Ok(()),
            Fault::OwnRefusal => Err(DbError::Busy),
            Fault::Constraint => write.insert_blank(&number, OFFICE, now()).await,
            Fault::SwallowedConstraint => {
                assert!(write.insert_blank(&number, OFFICE, now()).await.is_err());
                Ok(())
            }
            Fault::ReleasedSavepoint => write.execute(RELEASE_MEMBER, args![]).await.map(drop),
            Fault::RolledBack => write.execute(ROLLBACK, args![]).await.map(drop),
            Fault::FailedCommit => {
                write.execute(DEFER_FOREIGN_KEYS, args![]).await?;
                let digest = number.as_bytes();
                write.execute(INSERT_DANGLING, args![id::<Uuid>(digest.len() as u128), digest]).await.map(drop)
            }
            Fault::RollbackByEngine => write.execute(INSERT_OR_ROLLBACK, args![number]).await.map(drop),
            Fault::FullDisk => {
                write.execute(NO_MORE_PAGES, args![]).await?;
                write.execute(INSERT_LARGE, args![format!("{number} large")]).await.map(drop)
            }
            Fault::Panic => panic!("a use case panics, as this test wants it"),
        }
    })
}

/// Sends a use case to the writer and returns its answer to come.
fn send(db: &Db, number: impl Into<String>, fault: Fault) -> tokio::task::JoinHandle<Result<(), DbError>> {
    let (db, number) = (db.clone(), number.into());
    tokio::spawn(async move { db.write(move |write| act(write, number.clone(), fault)).await })
}

async fn numbers(fresh: &Fresh) -> Vec<String> {
    let rows = fresh.rows("SELECT number FROM blank ORDER BY number").await;
    rows.into_iter().map(|mut row| row.remove(0).unwrap()).collect()
}

/// Holds the writer so that what is sent meanwhile waits and then shares one transaction.
struct Hold {
    gate: Arc<Semaphore>,
    held: tokio::task::JoinHandle<Result<(), DbError>>,
}

async fn hold(db: &Db) -> Hold {
    let gate = Arc::new(Semaphore::new(0));
    let (started, has_started) = oneshot::channel();
    let started = Arc::new(std::sync::Mutex::new(Some(started)));
    let held = {
        let (db, gate) = (db.clone(), gate.clone());
        tokio::spawn(async move {
            db.write::<(), DbError>(move |_| {
                let (gate, started) = (gate.clone(), started.clone());
                Box::pin(async move {
                    if let Some(started) = started.lock().unwrap().take() {
                        started.send(()).unwrap();
                    }
                    let _open = gate.acquire().await.unwrap();
                    Ok(())
                })
            })
            .await
        })
    };
    has_started.await.unwrap();
    Hold { gate, held }
}

impl Hold {
    async fn let_go(self) {
        self.gate.add_permits(1);
        self.held.await.unwrap().unwrap();
    }
}

#[rstest]
#[tokio::test]
async fn one_that_goes_wrong_leaves_its_neighbours_unharmed_and_nothing_of_its_own(
    #[values(
        Fault::OwnRefusal,
        Fault::Constraint,
        Fault::SwallowedConstraint,
        Fault::ReleasedSavepoint,
        Fault::RolledBack,
        Fault::FailedCommit,
        Fault::RollbackByEngine,
        Fault::FullDisk,
        Fault::Panic
    )]
    fault: Fault,
) {
    let fresh = Engine::Sqlite.fresh().await;
    let hold = hold(&fresh.db).await;
    // One thread: each is sent before the next, and all before the writer goes on.
    let answers = [
        send(&fresh.db, "1 before", Fault::None),
        send(&fresh.db, "2 wrong", fault),
        send(&fresh.db, "3 after", Fault::None),
    ];
    tokio::task::yield_now().await;
    hold.let_go().await;
    let [before, wrong, after] = answers;
    before.await.unwrap().unwrap();
    let wrong = wrong.await.unwrap();
    after.await.unwrap().unwrap();
    match fault {
        Fault::OwnRefusal => assert!(matches!(wrong, Err(DbError::Busy)), "{wrong:?}"),
        Fault::Constraint => {
            assert!(matches!(&wrong, Err(DbError::Constraint { name }) if name == "blank_pkey"), "{wrong:?}");
        }
        _ => assert!(matches!(wrong, Err(DbError::Unavailable(_))), "{wrong:?}"),
    }
    send(&fresh.db, "4 later", Fault::None).await.unwrap().unwrap();
    assert_eq!(numbers(&fresh).await, ["1 before", "3 after", "4 later"]);
    assert_eq!(fresh.count("SELECT COUNT(*) FROM account_token").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_at_once_exactly_the_acknowledged_ones_are_there() {
    let fresh = Engine::Sqlite.fresh().await;
    let hold = hold(&fresh.db).await;
    let fault = |index: usize| if index.is_multiple_of(5) { FAULTS[index / 5 % FAULTS.len()] } else { Fault::None };
    let answers: Vec<_> = (0..200).map(|index| send(&fresh.db, format!("{index:03}"), fault(index))).collect();
    hold.let_go().await;
    let mut acknowledged = Vec::new();
    for (index, answer) in answers.into_iter().enumerate() {
        let answer = answer.await.unwrap();
        assert_eq!(answer.is_ok(), fault(index) == Fault::None, "{index}: {:?} gave {answer:?}", fault(index));
        if answer.is_ok() {
            acknowledged.push(format!("{index:03}"));
        }
    }
    assert_eq!(acknowledged.len(), 160);
    assert_eq!(numbers(&fresh).await, acknowledged);
    send(&fresh.db, "later", Fault::None).await.unwrap().unwrap();
}

#[tokio::test]
async fn those_that_wait_together_share_one_transaction() {
    let fresh = Engine::Sqlite.fresh().await;
    let runs = Arc::new(AtomicU32::new(0));
    let hold = hold(&fresh.db).await;
    // This one is run in the shared transaction, undone with it by the next one's failed COMMIT, and run again alone.
    let counted = {
        let (db, runs) = (fresh.db.clone(), runs.clone());
        tokio::spawn(async move {
            db.write(move |write| {
                runs.fetch_add(1, Ordering::SeqCst);
                act(write, "counted".into(), Fault::None)
            })
            .await
        })
    };
    let wrong = send(&fresh.db, "wrong", Fault::FailedCommit);
    tokio::task::yield_now().await;
    hold.let_go().await;
    counted.await.unwrap().unwrap();
    assert!(wrong.await.unwrap().is_err());
    assert_eq!(runs.load(Ordering::SeqCst), 2);
    assert_eq!(numbers(&fresh).await, ["counted"]);
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_stop_its_use_case() {
    let fresh = Engine::Sqlite.fresh().await;
    let hold = hold(&fresh.db).await;
    {
        let mut going = Box::pin(fresh.db.write(|write| act(write, "of nobody".into(), Fault::None)));
        tokio::select! {
            biased;
            _ = &mut going => unreachable!("the writer is held"),
            () = std::future::ready(()) => {}
        }
    }
    hold.let_go().await;
    send(&fresh.db, "next", Fault::None).await.unwrap().unwrap();
    assert_eq!(numbers(&fresh).await, ["next", "of nobody"]);
}

/// A small file system that goes away with the test; `None` where the tests may not mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = std::process::Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(folder.path()).stderr(std::process::Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = std::process::Command::new("umount").arg("--lazy").arg(self.0.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()));
    }
}

#[tokio::test]
async fn a_full_disk_loses_nothing_and_needs_no_restart() {
    // Without the right to mount, the full disk of `Fault::FullDisk` stands alone.
    let Some(disk) = SmallDisk::mount() else { return };
    let url = format!("sqlite:{}", disk.0.path().join("turna.db").display());
    let db = Db::open(&url, db::Schema::Migrate, crate::engine::keyring()).await.unwrap();
    let ballast = disk.0.path().join("ballast");
    std::fs::write(&ballast, vec![1; 400_000]).unwrap();
    let mut acknowledged = Vec::new();
    let mut index = 0;
    let refused = loop {
        // Rows of 20 kB fill the disk within some dozens.
        let number = format!("{index:04} {}", "x".repeat(20_000));
        match send(&db, number.clone(), Fault::None).await.unwrap() {
            Ok(()) => acknowledged.push(number),
            Err(error) => break error,
        }
        index += 1;
        assert!(index < 1000, "the disk never fills");
    };
    assert!(matches!(refused, DbError::Unavailable(_)), "{refused:?}");
    std::fs::remove_file(&ballast).unwrap();
    send(&db, "after", Fault::None).await.unwrap().unwrap();
    acknowledged.push("after".into());
    let found = crate::engine::rows(&url, "SELECT number FROM blank ORDER BY number").await;
    let found: Vec<String> = found.into_iter().map(|mut row| row.remove(0).unwrap()).collect();
    assert_eq!(found, acknowledged);
    assert_eq!(crate::engine::rows(&url, "PRAGMA integrity_check").await, [[Some("ok".to_owned())]]);
    db.close().await;
}

#[tokio::test]
async fn what_a_use_case_undid_inside_itself_is_undone_and_the_rest_kept() {
    let fresh = Engine::Sqlite.fresh().await;
    let done = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            write.insert_blank("kept", OFFICE, now()).await?;
            let act = write.nested::<(), DbError>(|write| act(write, "undone".into(), Fault::Constraint)).await;
            assert!(matches!(act, Err(DbError::Constraint { .. })));
            write.insert_blank("kept too", OFFICE, now()).await
        })
    });
    done.await.unwrap();
    assert_eq!(numbers(&fresh).await, ["kept", "kept too"]);
}

#[tokio::test]
async fn an_act_that_the_engine_rolled_back_does_not_go_on_outside_the_transaction() {
    let fresh = Engine::Sqlite.fresh().await;
    let done = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            write.insert_blank("first", OFFICE, now()).await?;
            let act = write.nested::<(), DbError>(|write| act(write, "second".into(), Fault::RollbackByEngine)).await;
            assert!(act.is_err());
            // The transaction is gone; this row must not be saved by itself.
            assert!(write.insert_blank("stray", OFFICE, now()).await.is_err());
            Ok(())
        })
    });
    assert!(matches!(done.await, Err(DbError::Unavailable(_))));
    assert_eq!(numbers(&fresh).await, Vec::<String>::new());
}
