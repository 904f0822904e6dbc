// SPDX-License-Identifier: Apache-2.0
//! Reading a whole database from one consistent state, beside those who work in it.

use super::{DumpStart, DumpTable, Sink, TransferError, postgres, sqlite};
use crate::{Db, DbError, Engine, Session, args, end, session::Dialect, statements};

statements! {
    FIND_SCHEMA = sqlite "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations WHERE success = TRUE",
        postgres "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations WHERE success = TRUE";
}

/// A table as the engine names it.
pub(super) struct Described {
    pub(super) table: DumpTable,
    /// The type of each column in the engine's words.
    pub(super) types: Vec<String>,
    /// The columns of the primary key, in its order.
    pub(super) key: Vec<String>,
}

impl Db {
    /// Hands the whole database to a sink, every table in the order of its key, all from the state of one moment.
    ///
    /// # Errors
    /// [`TransferError`].
    pub async fn dump(&self, sink: &mut impl Sink) -> Result<(), TransferError> {
        let mut session = self.begin_read().await?;
        let done = dump(&mut session, sink, self.engine_name()).await;
        end(session, "COMMIT").await?;
        done
    }

    /// `sqlite` or `postgres`.
    pub fn engine_name(&self) -> &'static str {
        match &self.engine {
            Engine::Sqlite { .. } => "sqlite",
            Engine::Postgres { .. } => "postgres",
        }
    }
}

async fn dump(session: &mut Session, sink: &mut impl Sink, engine: &str) -> Result<(), TransferError> {
    if let Dialect::Postgres(_) = session.connection.dialect() {
        // A large table takes longer than a statement of a use case may.
        session.control("SET LOCAL statement_timeout = 0").await?;
        session.control("SET LOCAL idle_in_transaction_session_timeout = 0").await?;
    }
    let start = DumpStart {
        schema: session.fetch_one(FIND_SCHEMA, args![]).await?.get(0)?,
        engine: engine.to_owned(),
        checkpoint: session.log_checkpoint().await?,
        waiting: session.count_waiting_records().await?,
    };
    sink.start(&start).await?;
    let tables = describe(session).await?;
    for described in tables {
        sink.table(&described.table).await?;
        match session.connection.dialect() {
            Dialect::Sqlite(connection) => sqlite::dump_table(connection, &described, sink).await?,
            Dialect::Postgres(connection) => postgres::dump_table(connection, &described, sink).await?,
        }
    }
    Ok(())
}

async fn describe(session: &mut Session) -> Result<Vec<Described>, DbError> {
    let unavailable = |error| DbError::Unavailable(Some(error));
    match session.connection.dialect() {
        Dialect::Sqlite(connection) => sqlite::describe(connection).await.map_err(unavailable),
        Dialect::Postgres(connection) => postgres::describe(connection).await.map_err(unavailable),
    }
}

/// Gathers columns into tables: table, column, type, and the column's place in the primary key (0 for none).
pub(super) fn gather(columns: Vec<(String, String, String, i64)>) -> Vec<Described> {
    let mut tables: Vec<Described> = Vec::new();
    let mut keys: Vec<Vec<(i64, String)>> = Vec::new();
    for (table, column, kind, rank) in columns {
        if tables.last().is_none_or(|last| last.table.name != table) {
            let table = DumpTable { name: table, columns: Vec::new() };
            tables.push(Described { table, types: Vec::new(), key: Vec::new() });
            keys.push(Vec::new());
        }
        let (Some(last), Some(key)) = (tables.last_mut(), keys.last_mut()) else { continue };
        if rank > 0 {
            key.push((rank, column.clone()));
        }
        last.table.columns.push(column);
        last.types.push(kind);
    }
    for (table, mut key) in tables.iter_mut().zip(keys) {
        key.sort();
        table.key = key.into_iter().map(|(_, column)| column).collect();
    }
    tables
}
