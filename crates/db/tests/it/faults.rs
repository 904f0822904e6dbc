// SPDX-License-Identifier: Apache-2.0
//! SQLite on a disk that fails: writes that fail or stop in the middle, a full disk, a COMMIT that cannot be synced, and
//! power that is lost. Whatever was answered as done is there, whole; whatever was not is there whole or not at all; and
//! the writer goes on by itself once the disk does.
//!
//! A course of events follows from a seed, which a failed check names: `TURNA_FAULT_FIRST=SEED TURNA_FAULT_SEEDS=1`
//! plays it again.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use db::{Db, DbError, Schema, Statement, Work, Write, args};
use domain::access::Role;
use faultdisk::{Disk, Fault};
use rand_chacha::{ChaCha8Rng, rand_core::Rng as _};
use sqlx::{
    Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::{
    engine::keyring,
    fixture::{insert_account, now, rng},
};

/// Courses of events in the tests.
const SEEDS: u64 = 300;
/// Rounds of use cases in each.
const ROUNDS: u64 = 12;
/// The most use cases that wait together.
const TOGETHER_MAX: u64 = 6;
/// The most faults in a course.
const FAULTS_MAX: u64 = 4;
/// Operations within which they strike; a course has some hundred.
const OPERATIONS: u64 = 160;
/// Fills a good part of a page, so that each use case writes several.
const OFFICE_CHARACTERS: usize = 1_500;

const fn statement(sql: &'static str) -> Statement {
    Statement { name: "of a test", sqlite: sql, postgres: sql }
}

const ACTS: Statement = statement(
    "SELECT substr(a.name, 9), (SELECT COUNT(*) FROM blank b WHERE b.number IN (substr(a.name, 9) || '-a', substr(a.name, 9) || '-b'))
    FROM account a",
);
const BLANKS: Statement = statement("SELECT COUNT(*) FROM blank");
const INTEGRITY: Statement = statement("PRAGMA integrity_check");

/// A use case in two tables: an account and two blanks.
fn act(write: &mut Write, number: u128) -> Work<'_, Result<(), DbError>> {
    Box::pin(async move {
        insert_account(write, number, Role::Registrar).await?;
        for end in ["a", "b"] {
            write.insert_blank(&format!("{number}-{end}"), &"x".repeat(OFFICE_CHARACTERS), now()).await?;
        }
        Ok(())
    })
}

/// The file of an empty database of this release.
async fn empty_database() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("turna.db");
    // Under a disk that never fails: it tells when the last connection is closed.
    let disk = Disk::under(&path, 0).unwrap();
    let db = open(&path, Schema::Migrate).await.unwrap();
    db.forget_deleted_rows().await.unwrap();
    db.close().await;
    tokio::task::spawn_blocking(move || disk.restore_power().unwrap()).await.unwrap();
    std::fs::read(path).unwrap()
}

async fn open(path: &Path, schema: Schema) -> Result<Db, DbError> {
    Db::open(&format!("sqlite:{}", path.display()), schema, keyring()).await
}

/// Numbers of the use cases that are there; checks that each is whole, and the file sound.
async fn acts(db: &Db) -> BTreeSet<u128> {
    let read = db.read::<_, DbError>(|session| {
        Box::pin(async move {
            let integrity: String = session.fetch_one(INTEGRITY, args![]).await?.get(0)?;
            let blanks: i64 = session.fetch_one(BLANKS, args![]).await?.get(0)?;
            let rows = session.fetch_all(ACTS, args![]).await?;
            let acts = rows.iter().map(|row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)));
            Ok((integrity, blanks, acts.collect::<Result<Vec<_>, DbError>>()?))
        })
    });
    let (integrity, blanks, acts) = read.await.unwrap();
    assert_eq!(integrity, "ok");
    assert!(acts.iter().all(|(_, blanks)| *blanks == 2), "a use case is there by half: {acts:?}");
    assert_eq!(blanks, 2 * i64::try_from(acts.len()).unwrap(), "a use case is there by half");
    acts.into_iter().map(|(number, _)| number.parse().unwrap()).collect()
}

/// One course of events.
struct Course {
    path: PathBuf,
    disk: Disk,
    rng: ChaCha8Rng,
    next: u128,
    done: BTreeSet<u128>,
    failed: BTreeSet<u128>,
}

impl Course {
    fn below(&mut self, limit: u64) -> u64 {
        self.rng.next_u64() % limit
    }

    /// Draws which faults strike when.
    fn schedule(&mut self) {
        let faults: Vec<_> = (0..1 + self.below(FAULTS_MAX))
            .map(|_| {
                let fault = match self.below(8) {
                    0..3 => Fault::Fail,
                    3..5 => Fault::Torn,
                    5..7 => Fault::Full(self.below(30)),
                    _ => Fault::PowerLoss,
                };
                (1 + self.below(OPERATIONS), fault)
            })
            .collect();
        self.disk.schedule(faults);
    }

    /// Sends some use cases that wait together and notes how each is answered.
    async fn send(&mut self, db: &Db, count: u64) {
        let mut answers = Vec::new();
        for _ in 0..count {
            self.next += 1;
            let (db, number) = (db.clone(), self.next);
            let sent = tokio::spawn(async move { db.write(move |write| act(write, number)).await });
            answers.push((number, sent));
        }
        for (number, answer) in answers {
            match answer.await.unwrap() {
                Ok(()) => self.done.insert(number),
                Err(_) => self.failed.insert(number),
            };
        }
    }

    /// What must hold of what is there.
    fn compare(&self, there: &BTreeSet<u128>) {
        let lost: Vec<_> = self.done.difference(there).collect();
        assert!(lost.is_empty(), "answered and lost: {lost:?}");
        assert!(there.iter().all(|number| self.done.contains(number) || self.failed.contains(number)));
    }

    async fn run(&mut self) {
        let db = open(&self.path, Schema::Expect).await.unwrap();
        self.schedule();
        for _ in 0..ROUNDS {
            let count = 1 + self.below(TOGETHER_MAX);
            self.send(&db, count).await;
            if self.below(4) == 0 {
                // Brings the log into the file and empties it; on a failing disk it may fail.
                drop(db.forget_deleted_rows().await);
            }
        }
        self.disk.mend();
        if self.disk.has_power() {
            let before = self.done.len();
            self.send(&db, 2).await;
            assert_eq!(self.done.len(), before + 2, "the disk is mended and the writer does not go on");
            self.compare(&acts(&db).await);
        }
        self.disk.lose_power();
        db.close().await;
    }
}

async fn play(seed: u64, empty: &[u8]) -> (Vec<(u64, Fault)>, usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("turna.db");
    std::fs::write(&path, empty).unwrap();
    let disk = Disk::under(&path, seed).unwrap();
    let (done, failed) = Default::default();
    let mut course = Course { path, disk, rng: rng(seed), next: 0, done, failed };
    course.run().await;
    let course = tokio::task::spawn_blocking(move || {
        course.disk.restore_power().unwrap();
        course
    });
    let mut course = course.await.unwrap();
    let db = open(&course.path, Schema::Expect).await.unwrap();
    course.compare(&acts(&db).await);
    let before = course.done.len();
    course.send(&db, 3).await;
    assert_eq!(course.done.len(), before + 3, "the machine has started again and nothing can be written");
    course.compare(&acts(&db).await);
    db.close().await;
    (course.disk.struck(), course.done.len(), course.failed.len())
}

fn variable(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().expect("a number"))
}

#[tokio::test]
async fn on_a_disk_that_fails_in_every_way_nothing_answered_is_lost_and_nothing_is_there_by_half() {
    let (first, seeds) = (variable("TURNA_FAULT_FIRST", 1), variable("TURNA_FAULT_SEEDS", SEEDS));
    let empty = empty_database().await;
    let (mut struck, mut done, mut failed) = (Vec::new(), 0, 0);
    for seed in first..first + seeds {
        println!("seed {seed}");
        let course = play(seed, &empty).await;
        struck.extend(course.0.into_iter().map(|(_, fault)| fault));
        done += course.1;
        failed += course.2;
    }
    let count = |is: fn(&Fault) -> bool| struck.iter().filter(|fault| is(fault)).count();
    let kinds = [
        count(|fault| *fault == Fault::Fail),
        count(|fault| *fault == Fault::Torn),
        count(|fault| matches!(fault, Fault::Full(_))),
        count(|fault| *fault == Fault::PowerLoss),
    ];
    println!(
        "shown: failing disk under SQLite: {seeds} courses, {done} acts answered, 0 lost; {failed} failed; [failed, torn, full, power loss] {kinds:?}"
    );
    if seeds >= SEEDS {
        assert!(failed > 0 && kinds.iter().all(|&count| count > 10), "{failed} {kinds:?}");
    }
}

/// The proof that the disk forgets: without syncs, what was answered is lost.
#[tokio::test]
async fn a_database_that_does_not_sync_loses_what_it_answered_on_this_disk() {
    let mut lost = 0;
    for seed in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("careless.db");
        let disk = Disk::under(&path, seed).unwrap();
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .create_if_missing(true);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::raw_sql("CREATE TABLE t (a INTEGER) STRICT").execute(&mut connection).await.unwrap();
        sqlx::raw_sql("PRAGMA synchronous = OFF; INSERT INTO t VALUES (1)").execute(&mut connection).await.unwrap();
        disk.lose_power();
        drop(connection.close().await);
        let disk = tokio::task::spawn_blocking(move || {
            disk.restore_power().unwrap();
            disk
        });
        let _disk = disk.await.unwrap();
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM t").fetch_one(&mut connection).await.unwrap();
        lost += i64::from(rows == 0);
        connection.close().await.unwrap();
    }
    assert!(lost > 0);
}
