// SPDX-License-Identifier: Apache-2.0
//! All SQL, in both dialects: migrations, transactions, audit records, jobs.
//!
//! There are two doors, [`Db::read`] and [`Db::write`]. A use case is one call of `write`: it may be run again (on
//! PostgreSQL after a serialization failure, on SQLite after a neighbour's failure), so it awaits nothing but the
//! transaction and touches nothing in memory.

mod account;
mod account_session;
mod assistance;
mod audit;
mod card;
mod case_file;
mod claim;
mod content;
mod draft;
mod erasure;
mod error;
mod family;
mod idempotency;
mod job;
mod log;
mod migrate;
mod old_schema;
mod oversight;
mod own_file;
mod person;
mod protection;
mod session;
mod sqlite;
mod statement;
mod statistics;
mod substitution;
mod token;
mod transfer;
mod value;
pub mod vault;
mod witness;
mod work;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sqlx::{
    PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::sync::{RwLock, oneshot};

pub use account::{ACCOUNTS_PER_PAGE, Account};
pub use account_session::{Attempts, OpenSession, SESSIONS_PER_ACCOUNT_MAX, StoredTotp};
pub use assistance::{Distribution, Guest, GuestFilter, NewReceipt, StoredReceipt};
pub use audit::{AuditDetail, NewAuditRecord, RECORDS_PER_PAGE, StoredAuditRecord, StoredDetail, StoredSubject};
pub use card::{
    BlankState, CardEvent, CardRow, NewCard, SignerRow, StoredCardEvent,
    blank_count::{BlankBooks, BlankCount, NewBlankCount},
    desk::WaitingRevocation,
};
pub use case_file::{AppendError, CASES_PER_PAGE, CaseFile, NewAction, StoredAction, stored_bases};
pub use claim::{Claim, Decision, DecisionTexts, NewInterview, NewProposal, StoredInterview};
pub use content::{CONTENT_ITEMS_MAX, ContentConsent, ContentItem, ContentText};
pub use draft::{DRAFTS_PER_ACCOUNT_MAX, Draft, DraftKey};
pub use erasure::StoredErasure;
pub use error::DbError;
use error::{Failure, UniqueIndexes};
pub use family::{FamilyMember, Membership};
pub use idempotency::{AnswerPlace, KeptRow, OLD_ANSWERS_PER_ROUND};
pub use job::{JOBS_PER_ROUND, Job, Publication};
pub use log::{LogError, SEQUENCE_BATCH_MAX, TILES_PER_PAGE};
pub use migrate::{SCHEMA_VERSION, migrate_to, schema_numbers};
pub use old_schema::copies as old_schema_copies;
pub use oversight::{
    Agreement, AgreementCount, FoundRecord, JobCount, OverdueCount, PersonToken, RecordCount, RecordFilter,
};
pub use own_file::{FileVisit, OwnReceipt};
pub use person::{
    AfterSurname, Born, Correction, FOUND_MAX, FactKind, Held, LOOK_ALIKE_REASON_PLACE, NAME_KEYS_MAX, NAME_WORDS_MAX,
    NameSearch, NewCorrection, NewLookAlike, PersonBySurname, PersonChange, PersonRecord, PersonRow, StoredLookAlike,
    StoredName, document_key, phone_key,
};
use session::{Connection, Lent};
pub use session::{Session, Work, Write};
use sqlite::{Keep, Member, Queue};
pub use statement::Statement;
pub use statistics::{CaseFlow, Counted, DecidedCount, LoadCount, Opened};
pub use substitution::{NewSubstitution, SUBSTITUTIONS_MAX, StandIn, Substitution};
pub use token::{NamedToken, TOKENS_PER_ACCOUNT_MAX};
pub use transfer::{CHUNK_BYTES, Cell, DumpStart, DumpTable, Sink, TransferError, load::Loader, next_row};
pub use value::{Column, Row, Value};
use vault::Keyring;
pub use witness::{
    OpenedWitness, ROWS_PER_PAGE, RowCopy, Witness,
    table::{Kind, WITNESSED_TABLES, WitnessedTable},
};
pub use work::{Due, OFFICERS_MAX, Officer, QUEUE_PAGE, QueueCount, QueueFilter, QueuePlace, QueuedCase};

/// Readers of SQLite at once, and connections to PostgreSQL.
const CONNECTIONS_MAX: u32 = 16;
/// How often PostgreSQL may ask for a transaction again before the caller is told to come back later.
const RETRIES_MAX: u32 = 40;
/// How often of these it is tried beside other writers.
const TRIES_TOGETHER: u32 = 4;
/// The longest a statement may take on PostgreSQL.
const STATEMENT_TIMEOUT: &str = "30s";
/// The longest a whole use case may take on PostgreSQL, retries included.
const WRITE_TIMEOUT: Duration = Duration::from_secs(60);

/// The database.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    unique_indexes: Arc<UniqueIndexes>,
    keyring: Arc<Keyring>,
}

#[derive(Clone)]
enum Engine {
    Sqlite { read: SqlitePool, write: Queue, path: PathBuf },
    Postgres { pool: PgPool, gate: Gate },
}

/// Writers of this program pass it together; one that lost to others [`TRIES_TOGETHER`] times passes it alone. Without it a
/// long transaction can lose to short ones for ever, because on PostgreSQL the first to commit wins.
type Gate = Arc<RwLock<()>>;

/// Whether opening a database may change its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// Bring it up to this program's.
    Migrate,
    /// Refuse if it is not this program's.
    Expect,
}

impl Db {
    /// Opens the database at `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// When the address is neither, the database does not answer, or its schema is another release's.
    pub async fn open(url: &str, schema: Schema, keyring: Keyring) -> Result<Self, DbError> {
        let keyring = Arc::new(keyring);
        if let Some(path) = url.strip_prefix("sqlite:") {
            Self::open_sqlite(Path::new(path), schema, keyring).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::open_postgres(url, schema, keyring).await
        } else {
            Err(DbError::Address)
        }
    }

    async fn open_sqlite(path: &Path, schema: Schema, keyring: Arc<Keyring>) -> Result<Self, DbError> {
        let mut connection = sqlite::open_writer(path).await?;
        migrate::sqlite(&mut connection, path, schema).await?;
        let unique_indexes = Arc::new(sqlite::unique_indexes(&mut connection).await?);
        let read = sqlite::open_readers(path, CONNECTIONS_MAX).await?;
        let write = sqlite::start_writer(path.to_owned(), connection, unique_indexes.clone(), keyring.clone());
        Ok(Self { engine: Engine::Sqlite { read, write, path: path.to_owned() }, unique_indexes, keyring })
    }

    async fn open_postgres(url: &str, schema: Schema, keyring: Arc<Keyring>) -> Result<Self, DbError> {
        let options: PgConnectOptions = url.parse().map_err(|_| DbError::Address)?;
        let options = options.options([
            ("statement_timeout", STATEMENT_TIMEOUT),
            ("idle_in_transaction_session_timeout", STATEMENT_TIMEOUT),
        ]);
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS_MAX).connect_with(options).await;
        let pool = pool.map_err(|error| DbError::Unavailable(Some(error)))?;
        migrate::postgres(&pool, schema).await?;
        Ok(Self { engine: Engine::Postgres { pool, gate: Gate::default() }, unique_indexes: Arc::default(), keyring })
    }

    /// The file of an SQLite database.
    pub fn sqlite_path(&self) -> Option<&Path> {
        match &self.engine {
            Engine::Sqlite { path, .. } => Some(path),
            Engine::Postgres { .. } => None,
        }
    }

    /// The keys outside the database.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Closes the database after everything that waits has been written.
    pub async fn close(self) {
        match self.engine {
            Engine::Sqlite { read, write, .. } => {
                drop(write);
                read.close().await;
            }
            Engine::Postgres { pool, .. } => pool.close().await,
        }
    }

    async fn scrub(&self) -> Result<(), DbError> {
        let unavailable = |error| DbError::Unavailable(Some(error));
        match &self.engine {
            Engine::Sqlite { path, .. } => {
                let mut connection = sqlite::open_writer(path).await?;
                // The first column says whether a reader stood in the way; then old pages are still in the log.
                let is_busy: i64 = sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)")
                    .fetch_one(&mut connection)
                    .await
                    .map_err(unavailable)?;
                if is_busy != 0 {
                    return Err(DbError::Busy);
                }
                sqlx::Connection::close(connection).await.map_err(unavailable)?;
                old_schema::forget(path)
            }
            Engine::Postgres { pool, .. } => {
                let mut connection = pool.acquire().await.map_err(unavailable)?;
                // It is not given back: its statements have no time limit.
                connection.close_on_drop();
                // A plain VACUUM leaves the bytes of dead rows in the files, and the planner keeps common values.
                for sql in ["SET statement_timeout = 0", "ANALYZE", "VACUUM FULL"] {
                    sqlx::raw_sql(sql).execute(&mut *connection).await.map_err(unavailable)?;
                }
                Ok(())
            }
        }
    }

    /// Runs questions on one consistent state of the database.
    ///
    /// # Errors
    /// The work's own, or [`DbError`].
    pub async fn read<T, E: From<DbError>>(
        &self,
        work: impl for<'a> FnOnce(&'a mut Session) -> Work<'a, Result<T, E>>,
    ) -> Result<T, E> {
        let mut session = self.begin_read().await?;
        let result = work(&mut session).await;
        end(session, "COMMIT").await?;
        result
    }

    async fn begin_read(&self) -> Result<Session, DbError> {
        let unavailable = |error| DbError::Unavailable(Some(error));
        let (connection, begin) = match &self.engine {
            Engine::Sqlite { read, .. } => {
                (Connection::SqliteReader(Lent::new(read.acquire().await.map_err(unavailable)?)), "BEGIN DEFERRED")
            }
            Engine::Postgres { pool, .. } => (
                Connection::Postgres(Lent::new(pool.acquire().await.map_err(unavailable)?)),
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            ),
        };
        let mut session = Session::new(connection, self.unique_indexes.clone(), self.keyring.clone());
        session.control(begin).await?;
        Ok(session)
    }

    /// Runs a use case in one transaction. The work may be run more than once; it is kept when it returns `Ok`.
    ///
    /// A caller that goes away does not stop it.
    ///
    /// # Errors
    /// The work's own, or [`DbError`]; nothing was kept then.
    pub async fn write<T, E>(
        &self,
        work: impl for<'a> Fn(&'a mut Write) -> Work<'a, Result<T, E>> + Send + Sync + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, result) = oneshot::channel();
        match &self.engine {
            Engine::Sqlite { write, .. } => {
                let waiting = Waiting { work, result: None, answer };
                write.send(Box::new(waiting)).await.map_err(|_| DbError::Unavailable(None))?;
            }
            Engine::Postgres { pool, gate } => {
                let (db, pool, gate) = (self.clone(), pool.clone(), gate.clone());
                tokio::spawn(async move {
                    let done = tokio::time::timeout(WRITE_TIMEOUT, db.write_postgres(&pool, &gate, &work)).await;
                    // The caller may have gone; the transaction stands all the same.
                    drop(answer.send(done.unwrap_or_else(|_| Err(DbError::Unavailable(None).into()))));
                });
            }
        }
        result.await.unwrap_or_else(|_| Err(DbError::Unavailable(None).into()))
    }

    async fn write_postgres<T, E: From<DbError>>(
        &self,
        pool: &PgPool,
        gate: &Gate,
        work: &(impl for<'a> Fn(&'a mut Write) -> Work<'a, Result<T, E>> + Send + Sync),
    ) -> Result<T, E> {
        for attempt in 0..RETRIES_MAX {
            let _together = if attempt < TRIES_TOGETHER { Some(gate.read().await) } else { None };
            let _alone = if attempt < TRIES_TOGETHER { None } else { Some(gate.write().await) };
            let connection = pool.acquire().await.map_err(|error| DbError::Unavailable(Some(error)))?;
            let connection = Connection::Postgres(Lent::new(connection));
            let session = Session::new(connection, self.unique_indexes.clone(), self.keyring.clone());
            let mut write = Write::new(session);
            write.control("BEGIN ISOLATION LEVEL SERIALIZABLE").await?;
            let result = work(&mut write).await;
            let ended = match (&result, write.failure) {
                (Ok(_), None) => end(write.into_session(), "COMMIT").await,
                (_, failure) => {
                    end(write.into_session(), "ROLLBACK").await?;
                    match failure {
                        Some(Failure::Serialization) => Err(DbError::Busy),
                        Some(Failure::Fatal | Failure::Refused) if result.is_ok() => Err(DbError::Unavailable(None)),
                        Some(_) | None => Ok(()),
                    }
                }
            };
            match ended {
                Ok(()) => return result,
                Err(DbError::Busy) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(DbError::Busy.into())
    }
}

/// Every statement, for the test that prepares each on both engines.
pub fn statements() -> impl Iterator<Item = Statement> {
    [
        account::STATEMENTS,
        account_session::STATEMENTS,
        assistance::STATEMENTS,
        audit::STATEMENTS,
        card::STATEMENTS,
        card::blank_count::STATEMENTS,
        card::desk::STATEMENTS,
        case_file::STATEMENTS,
        claim::STATEMENTS,
        content::STATEMENTS,
        draft::STATEMENTS,
        erasure::STATEMENTS,
        family::STATEMENTS,
        idempotency::STATEMENTS,
        job::STATEMENTS,
        log::STATEMENTS,
        oversight::STATEMENTS,
        own_file::STATEMENTS,
        person::STATEMENTS,
        person::surname::STATEMENTS,
        person::STATEMENTS_BELOW[0],
        person::STATEMENTS_BELOW[1],
        protection::STATEMENTS,
        statistics::STATEMENTS,
        substitution::STATEMENTS,
        token::STATEMENTS,
        transfer::dump::STATEMENTS,
        vault::STATEMENTS,
        witness::STATEMENTS,
        witness::table::STATEMENTS,
        work::STATEMENTS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// Ends a transaction; a connection on which that fails is thrown away.
async fn end(mut session: Session, sql: &'static str) -> Result<(), DbError> {
    session.failure = None;
    let ended = session.control(sql).await;
    // After a serialization failure at COMMIT the transaction is over as well.
    if matches!(ended, Ok(()) | Err(DbError::Busy)) {
        session.connection.has_ended();
    }
    ended
}

/// A use case on its way through the writer of SQLite.
struct Waiting<F, T, E> {
    work: F,
    result: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Member for Waiting<F, T, E>
where
    F: for<'a> Fn(&'a mut Write) -> Work<'a, Result<T, E>> + Send + Sync,
    T: Send,
    E: From<DbError> + Send,
{
    fn run<'a>(&'a mut self, write: &'a mut Write) -> Work<'a, Keep> {
        Box::pin(async move {
            let result = (self.work)(write).await;
            let keep = if result.is_ok() { Keep::Yes } else { Keep::No };
            self.result = Some(result);
            keep
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), DbError>) {
        let result = match (committed, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(DbError::Unavailable(None).into()),
            (Err(error), _) => Err(error.into()),
        };
        // The caller may have gone; what was committed stands all the same.
        drop(self.answer.send(result));
    }
}
