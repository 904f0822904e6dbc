// SPDX-License-Identifier: Apache-2.0
//! SQLite: many readers and one writer with group commit.
//!
//! Use cases that wait together share one transaction, each under a savepoint of its own, and are answered after the
//! commit (`synchronous=FULL`). When anything of the shared transaction fails (a savepoint, the COMMIT, the disk), the
//! connection is thrown away and every member is run again alone: the one that failed fails alone, its neighbours are
//! unharmed, and nothing needs a restart.

use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use sqlx::{
    Connection as _, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::{sync::mpsc, time::Instant};

use crate::{
    DbError, Session, Write,
    error::{Failure, UniqueIndexes},
    session::{Connection, Work},
    vault::Keyring,
};

/// The most use cases that share one commit.
const BATCH_MEMBERS_MAX: usize = 256;
/// The longest time in which a batch takes in further members.
const BATCH_TIME_MAX: Duration = Duration::from_millis(5);
/// Use cases that may wait for the writer before further callers wait too.
const QUEUE_MAX: usize = 1024;
/// How long a statement waits for another process that holds the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// One use case waiting for the writer. It may be run more than once; only the last run counts.
pub(crate) trait Member: Send {
    /// Runs inside a savepoint; says whether what it wrote is to be kept.
    fn run<'a>(&'a mut self, write: &'a mut Write) -> Work<'a, Keep>;
    /// Tells the caller: the answer of the last run, or that nothing was saved.
    fn answer(self: Box<Self>, committed: Result<(), DbError>);
}

/// Whether a member's writes are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Commit them.
    Yes,
    /// Undo them.
    No,
}

/// The path of a `sqlite:` address.
fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        // Deleted values are overwritten, so that an erased person is not found in free pages.
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF")
}

pub(crate) async fn open_readers(path: &Path, readers: u32) -> Result<SqlitePool, DbError> {
    let options = options(path).read_only(true);
    let pool = SqlitePoolOptions::new().max_connections(readers).connect_with(options).await;
    pool.map_err(|error| DbError::Unavailable(Some(error)))
}

pub(crate) async fn open_writer(path: &Path) -> Result<SqliteConnection, DbError> {
    let connection = SqliteConnection::connect_with(&options(path).create_if_missing(true)).await;
    connection.map_err(|error| DbError::Unavailable(Some(error)))
}

/// The columns and name of every primary key and unique index: SQLite's errors name only the columns. A primary key has
/// the name `TABLE_pkey`, as the migrations give it.
pub(crate) async fn unique_indexes(connection: &mut SqliteConnection) -> Result<UniqueIndexes, DbError> {
    const QUESTION: &str = "SELECT (SELECT group_concat(m.name || '.' || c.name, ', ' ORDER BY c.pk) FROM pragma_table_info(m.name) c WHERE c.pk > 0), m.name || '_pkey'
        FROM sqlite_master m WHERE m.type = 'table'
        UNION ALL
        SELECT (SELECT group_concat(m.name || '.' || i.name, ', ' ORDER BY i.seqno) FROM pragma_index_info(l.name) i), l.name
        FROM sqlite_master m, pragma_index_list(m.name) l WHERE m.type = 'table' AND l.\"unique\" = 1 AND l.origin <> 'pk'";
    let rows: Vec<(Option<String>, String)> =
        sqlx::query_as(QUESTION).fetch_all(connection).await.map_err(|error| DbError::Unavailable(Some(error)))?;
    Ok(UniqueIndexes(rows.into_iter().filter_map(|(columns, name)| columns.map(|columns| (columns, name))).collect()))
}

/// The writer's door.
pub(crate) type Queue = mpsc::Sender<Box<dyn Member>>;

/// Starts the writer; it ends when every door is closed.
pub(crate) fn start_writer(
    path: std::path::PathBuf,
    connection: SqliteConnection,
    unique_indexes: Arc<UniqueIndexes>,
    keyring: Arc<Keyring>,
) -> Queue {
    let (queue, waiting) = mpsc::channel(QUEUE_MAX);
    let writer = Writer { path, connection: Some(connection), unique_indexes, keyring, waiting };
    tokio::spawn(writer.run());
    queue
}

struct Writer {
    path: std::path::PathBuf,
    connection: Option<SqliteConnection>,
    unique_indexes: Arc<UniqueIndexes>,
    keyring: Arc<Keyring>,
    waiting: mpsc::Receiver<Box<dyn Member>>,
}

impl Writer {
    async fn run(mut self) {
        while let Some(first) = self.waiting.recv().await {
            let mut members = vec![first];
            if let Err(error) = self.try_together(&mut members).await {
                tracing::warn!(members = members.len(), %error, "a shared transaction failed; its members run alone");
                for member in members {
                    self.run_alone(member).await;
                }
            } else {
                for member in members {
                    member.answer(Ok(()));
                }
            }
        }
        if let Some(connection) = self.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "the database was not closed cleanly");
        }
    }

    async fn run_alone(&mut self, member: Box<dyn Member>) {
        let mut members = vec![member];
        let committed = self.try_once(&mut members, Intake::Closed).await;
        for member in members {
            member.answer(match &committed {
                Ok(()) => Ok(()),
                Err(error) => {
                    tracing::error!(%error, "a use case was not saved");
                    Err(DbError::Unavailable(None))
                }
            });
        }
    }

    async fn try_together(&mut self, members: &mut Vec<Box<dyn Member>>) -> Result<(), DbError> {
        self.try_once(members, Intake::Open).await
    }

    /// Runs the members and commits. On failure the connection is gone and nothing was kept.
    async fn try_once(&mut self, members: &mut Vec<Box<dyn Member>>, intake: Intake) -> Result<(), DbError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => open_writer(&self.path).await?,
        };
        let session =
            Session::new(Connection::SqliteWriter(connection), self.unique_indexes.clone(), self.keyring.clone());
        let mut write = Write::new(session);
        // If this fails the session is dropped here, and with it the connection and its transaction.
        self.run_batch(&mut write, members, intake).await?;
        if let Connection::SqliteWriter(connection) = write.into_session().connection {
            self.connection = Some(connection);
        }
        Ok(())
    }

    async fn run_batch(
        &mut self,
        write: &mut Write,
        members: &mut Vec<Box<dyn Member>>,
        intake: Intake,
    ) -> Result<(), DbError> {
        write.control("BEGIN IMMEDIATE").await?;
        let started = Instant::now();
        let mut next = 0;
        while next < members.len() {
            run_member(write, members[next].as_mut()).await?;
            next += 1;
            let has_room = next == members.len() && next < BATCH_MEMBERS_MAX && started.elapsed() < BATCH_TIME_MAX;
            if intake == Intake::Open
                && has_room
                && let Ok(member) = self.waiting.try_recv()
            {
                members.push(member);
            }
        }
        write.control("COMMIT").await
    }
}

/// Whether a batch takes in further members.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Intake {
    Open,
    Closed,
}

async fn run_member(write: &mut Write, member: &mut dyn Member) -> Result<(), DbError> {
    write.person_keys.clear();
    write.touched.clear();
    write.control("SAVEPOINT member").await?;
    let keep = run_caught(write, member).await?;
    match (keep, write.failure) {
        (_, None) => {}
        (Keep::No, Some(Failure::Refused)) => write.failure = None,
        (_, Some(_)) => return Err(DbError::Unavailable(None)),
    }
    if keep == Keep::No {
        write.control("ROLLBACK TO SAVEPOINT member").await?;
    }
    write.control("RELEASE SAVEPOINT member").await
}

/// Runs a member. A panic in it fails the shared transaction, as a broken savepoint does; the writer goes on.
async fn run_caught(write: &mut Write, member: &mut dyn Member) -> Result<Keep, DbError> {
    let mut work = member.run(write);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
        Ok(poll) => poll.map(Ok),
        Err(_) => Poll::Ready(Err(DbError::Unavailable(None))),
    })
    .await
}
