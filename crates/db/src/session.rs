// SPDX-License-Identifier: Apache-2.0
//! A transaction as the functions of this crate see it: [`Session`] reads, [`Write`] writes too.

use std::{
    collections::HashMap,
    ops::{Deref, DerefMut},
    sync::Arc,
};

use domain::id::PersonId;
use sqlx::{Database, PgConnection, Postgres, Sqlite, SqliteConnection, pool::PoolConnection};

use crate::{
    DbError, Row, Statement, Value,
    error::{Failure, UniqueIndexes, classify},
    value::{postgres_arguments, sqlite_arguments},
    vault::{DataKey, Keyring},
    witness::Touched,
};

/// A future that may be sent between threads.
pub type Work<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The connection under a transaction.
pub(crate) enum Connection {
    /// The one writer of SQLite.
    SqliteWriter(SqliteConnection),
    /// A reader of SQLite.
    SqliteReader(Lent<Sqlite>),
    /// PostgreSQL.
    Postgres(Lent<Postgres>),
}

/// A connection of a pool. Unless its transaction has ended it is closed and not given back: the next use case would find
/// itself inside the transaction of a caller who went away, a panic or a time limit.
pub(crate) struct Lent<DB: Database> {
    connection: PoolConnection<DB>,
    has_ended: bool,
}

impl<DB: Database> Lent<DB> {
    pub(crate) fn new(connection: PoolConnection<DB>) -> Self {
        Self { connection, has_ended: false }
    }
}

impl<DB: Database> Drop for Lent<DB> {
    fn drop(&mut self) {
        if !self.has_ended {
            self.connection.close_on_drop();
        }
    }
}

pub(crate) enum Dialect<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl Connection {
    pub(crate) fn dialect(&mut self) -> Dialect<'_> {
        match self {
            Self::SqliteWriter(connection) => Dialect::Sqlite(connection),
            Self::SqliteReader(lent) => Dialect::Sqlite(&mut lent.connection),
            Self::Postgres(lent) => Dialect::Postgres(&mut lent.connection),
        }
    }

    /// Notes that the transaction has ended, so that the connection may go back to its pool.
    pub(crate) fn has_ended(&mut self) {
        match self {
            Self::SqliteWriter(_) => {}
            Self::SqliteReader(lent) => lent.has_ended = true,
            Self::Postgres(lent) => lent.has_ended = true,
        }
    }
}

/// An open transaction that reads.
pub struct Session {
    pub(crate) connection: Connection,
    pub(crate) failure: Option<Failure>,
    unique_indexes: Arc<UniqueIndexes>,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) person_keys: HashMap<PersonId, Option<DataKey>>,
}

/// An open transaction that writes.
pub struct Write {
    session: Session,
    pub(crate) touched: Touched,
}

impl Deref for Write {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.session
    }
}

impl Session {
    pub(crate) fn new(connection: Connection, unique_indexes: Arc<UniqueIndexes>, keyring: Arc<Keyring>) -> Self {
        Self { connection, failure: None, unique_indexes, keyring, person_keys: HashMap::new() }
    }

    /// Sends plain SQL such as BEGIN or SAVEPOINT.
    pub(crate) async fn control(&mut self, sql: &'static str) -> Result<(), DbError> {
        let sent = match self.connection.dialect() {
            Dialect::Sqlite(connection) => sqlx::raw_sql(sql).execute(connection).await.map(drop),
            Dialect::Postgres(connection) => sqlx::raw_sql(sql).execute(connection).await.map(drop),
        };
        sent.map_err(|error| self.failed(error))
    }

    /// Runs a question and returns its rows.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn fetch_all(&mut self, statement: Statement, values: Vec<Value>) -> Result<Vec<Row>, DbError> {
        self.still_usable()?;
        let rows = match self.connection.dialect() {
            Dialect::Sqlite(connection) => {
                let arguments = sqlite_arguments(values).map_err(|error| DbError::damaged(error.to_string()))?;
                let rows = sqlx::query_with(statement.sqlite, arguments).fetch_all(connection).await;
                rows.map(|rows| rows.into_iter().map(Row::Sqlite).collect())
            }
            Dialect::Postgres(connection) => {
                let arguments = postgres_arguments(values).map_err(|error| DbError::damaged(error.to_string()))?;
                let rows = sqlx::query_with(statement.postgres, arguments).fetch_all(connection).await;
                rows.map(|rows| rows.into_iter().map(Row::Postgres).collect())
            }
        };
        rows.map_err(|error| self.failed(error))
    }

    /// Runs a question that has one row or none.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn fetch_optional(&mut self, statement: Statement, values: Vec<Value>) -> Result<Option<Row>, DbError> {
        Ok(self.fetch_all(statement, values).await?.into_iter().next())
    }

    /// Runs a question that has exactly one row.
    ///
    /// # Errors
    /// [`DbError`], also when there is none.
    pub async fn fetch_one(&mut self, statement: Statement, values: Vec<Value>) -> Result<Row, DbError> {
        let row = self.fetch_optional(statement, values).await?;
        row.ok_or_else(|| DbError::damaged(format!("{} found no row", statement.name)))
    }

    /// Refuses to go on after a failure: the engine may have rolled the whole transaction back, and what follows would
    /// be written outside of it.
    fn still_usable(&self) -> Result<(), DbError> {
        match self.failure {
            None => Ok(()),
            Some(Failure::Serialization) => Err(DbError::Busy),
            Some(Failure::Fatal | Failure::Refused) => Err(DbError::Unavailable(None)),
        }
    }

    fn failed(&mut self, error: sqlx::Error) -> DbError {
        let (error, failure) = classify(error, &self.unique_indexes);
        self.failure = self.failure.or(Some(failure));
        error
    }
}

impl Write {
    pub(crate) fn new(session: Session) -> Self {
        Self { session, touched: Touched::new() }
    }

    pub(crate) fn into_session(self) -> Session {
        self.session
    }

    /// Runs a change and returns the number of rows it met.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn execute(&mut self, statement: Statement, values: Vec<Value>) -> Result<u64, DbError> {
        self.still_usable()?;
        let done = match self.connection.dialect() {
            Dialect::Sqlite(connection) => {
                let arguments = sqlite_arguments(values).map_err(|error| DbError::damaged(error.to_string()))?;
                let done = sqlx::query_with(statement.sqlite, arguments).execute(connection).await;
                done.map(|done| done.rows_affected())
            }
            Dialect::Postgres(connection) => {
                let arguments = postgres_arguments(values).map_err(|error| DbError::damaged(error.to_string()))?;
                let done = sqlx::query_with(statement.postgres, arguments).execute(connection).await;
                done.map(|done| done.rows_affected())
            }
        };
        done.map_err(|error| self.failed(error))
    }

    /// Runs an act that leaves nothing behind when it fails, while the transaction goes on.
    ///
    /// # Errors
    /// The act's own.
    pub async fn nested<T, E: From<DbError>>(
        &mut self,
        act: impl for<'a> FnOnce(&'a mut Self) -> Work<'a, Result<T, E>>,
    ) -> Result<T, E> {
        // A failure before it is not the act's, and must not be forgiven with it.
        self.still_usable()?;
        let touched = self.touched.clone();
        self.control("SAVEPOINT act").await?;
        let result = act(self).await;
        if result.is_err() && self.failure == Some(Failure::Refused) {
            self.failure = None;
        }
        self.still_usable()?;
        if result.is_err() {
            self.person_keys.clear();
            self.touched = touched;
            self.control("ROLLBACK TO SAVEPOINT act").await?;
        }
        self.control("RELEASE SAVEPOINT act").await?;
        result
    }
}
