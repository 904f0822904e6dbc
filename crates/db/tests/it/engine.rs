// SPDX-License-Identifier: Apache-2.0
//! Fresh databases of both engines, and the way past the program: SQL on a connection of the test's own.

use std::path::{Path, PathBuf};

use db::{
    Db, DbError, Schema, Statement, Value,
    vault::{DataKey, Keyring},
};
use sqlx::{
    AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

/// Databases of PostgreSQL open at once: each may have the 16 connections of its pool, and the server takes 100.
static POSTGRES_AT_ONCE: Semaphore = Semaphore::const_new(3);

/// Which engine a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// A database that no other test has.
pub(crate) struct Fresh {
    pub(crate) db: Db,
    pub(crate) url: String,
    pub(crate) engine: Engine,
    folder: Option<TempDir>,
    _permit: Option<SemaphorePermit<'static>>,
}

/// A table of texts, `None` for NULL.
pub(crate) type Rows = Vec<Vec<Option<String>>>;

impl Engine {
    /// The address of an empty database and what keeps it alive.
    pub(crate) async fn address(self) -> (String, Option<TempDir>, Option<SemaphorePermit<'static>>) {
        match self {
            Self::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                (format!("sqlite:{}", folder.path().join("turna.db").display()), Some(folder), None)
            }
            Self::Postgres => {
                let permit = POSTGRES_AT_ONCE.acquire().await.unwrap();
                let url = tokio::task::spawn_blocking(|| testkit::postgres::shared().fresh_database());
                (url.await.unwrap().unwrap(), None, Some(permit))
            }
        }
    }

    /// A migrated database.
    pub(crate) async fn fresh(self) -> Fresh {
        let (url, folder, permit) = self.address().await;
        let db = Db::open(&url, Schema::Migrate, keyring()).await.unwrap();
        Fresh { db, url, engine: self, folder, _permit: permit }
    }
}

/// The same master key in every test.
pub(crate) fn keyring() -> Keyring {
    Keyring::new(DataKey::from_bytes([7; 32]))
}

impl Fresh {
    /// A database that is there already; the caller keeps it alive.
    pub(crate) async fn at(url: &str, engine: Engine) -> Self {
        let db = Db::open(url, Schema::Expect, keyring()).await.unwrap();
        Self { db, url: url.to_owned(), engine, folder: None, _permit: None }
    }

    /// The folder of an SQLite database.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.as_ref().unwrap().path()
    }

    /// A second handle, as another copy of the program has it.
    pub(crate) async fn second_handle(&self) -> Db {
        Db::open(&self.url, Schema::Expect, keyring()).await.unwrap()
    }

    /// Runs SQL behind the program's back.
    pub(crate) async fn execute(&self, sql: &str) {
        execute(&self.url, sql).await;
    }

    /// Asks behind the program's back; every column must be text.
    pub(crate) async fn rows(&self, sql: &str) -> Rows {
        rows(&self.url, sql).await
    }

    /// An identifier as SQL.
    pub(crate) fn literal(&self, id: Uuid) -> String {
        match self.engine {
            Engine::Sqlite => format!("X'{}'", id.simple()),
            Engine::Postgres => format!("'{id}'"),
        }
    }

    /// Bytes as SQL.
    pub(crate) fn bytes_literal(&self, bytes: &[u8]) -> String {
        let hex = domain::audit::hex(bytes);
        match self.engine {
            Engine::Sqlite => format!("X'{hex}'"),
            Engine::Postgres => format!("'\\x{hex}'::bytea"),
        }
    }

    /// One number.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        let sql = format!("SELECT CAST(({sql}) AS TEXT)");
        self.rows(&sql).await[0][0].as_ref().unwrap().parse().unwrap()
    }

    /// Runs one change through the door.
    pub(crate) async fn write(&self, statement: Statement, values: Vec<Value>) -> Result<u64, DbError> {
        self.db
            .write(move |write| {
                let values = values.clone();
                Box::pin(async move { write.execute(statement, values).await })
            })
            .await
    }
}

/// A connection to SQLite past the program.
pub(crate) async fn sqlite(url: &str) -> SqliteConnection {
    let path = PathBuf::from(url.strip_prefix("sqlite:").unwrap());
    let options = SqliteConnectOptions::new().filename(path).journal_mode(SqliteJournalMode::Wal).foreign_keys(false);
    SqliteConnection::connect_with(&options).await.unwrap()
}

/// Runs SQL behind the program's back.
pub(crate) async fn execute(url: &str, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    if url.starts_with("sqlite:") {
        let mut connection = sqlite(url).await;
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

/// Asks behind the program's back; every column must be text.
pub(crate) async fn rows(url: &str, sql: &str) -> Rows {
    let sql = AssertSqlSafe(sql.to_owned());
    if url.starts_with("sqlite:") {
        let mut connection = sqlite(url).await;
        let rows = sqlx::raw_sql(sql).fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        rows.iter().map(|row| (0..row.len()).map(|column| row.get(column)).collect()).collect()
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        let rows = sqlx::raw_sql(sql).fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        rows.iter().map(|row| (0..row.len()).map(|column| row.get(column)).collect()).collect()
    }
}
