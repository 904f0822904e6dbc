// SPDX-License-Identifier: Apache-2.0
//! SQLite's side of a transfer.

use std::path::{Path, PathBuf};

use futures_util::TryStreamExt as _;
use sqlx::{
    AssertSqlSafe, Connection as _, Row as _, SqliteConnection, ValueRef as _,
    sqlite::{SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous},
};

use super::{
    CHUNK_BYTES, Cell, DumpTable, MIGRATIONS_TABLE, Sink, TransferError,
    dump::{Described, gather},
    listed, next_row,
};
use crate::migrate;

/// Columns ordered by name, so that both engines write a row alike.
const COLUMNS: &str = "SELECT m.name, c.name, c.type, c.pk FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name <> $1 ORDER BY m.name, c.name";
/// Parameters that one statement of SQLite takes.
const PARAMETERS_MAX: usize = 32_766;
/// Rows inserted by one statement: more gain nothing.
const ROWS_PER_STATEMENT: usize = 64;

pub(super) async fn describe(connection: &mut SqliteConnection) -> Result<Vec<Described>, sqlx::Error> {
    Ok(gather(sqlx::query_as(COLUMNS).bind(MIGRATIONS_TABLE).fetch_all(connection).await?))
}

pub(super) async fn dump_table(
    connection: &mut SqliteConnection,
    described: &Described,
    sink: &mut impl Sink,
) -> Result<(), TransferError> {
    let DumpTable { name, columns } = &described.table;
    let sql = format!("SELECT {} FROM {} ORDER BY {}", listed(columns)?, listed([name])?, listed(&described.key)?);
    let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(connection);
    let (mut chunk, mut count) = (Vec::with_capacity(CHUNK_BYTES * 2), 0);
    while let Some(row) = rows.try_next().await? {
        for (index, kind) in described.types.iter().enumerate() {
            put(&row, index, kind, &mut chunk)?;
        }
        count += 1;
        if chunk.len() >= CHUNK_BYTES {
            sink.rows(&chunk, count).await?;
            chunk.clear();
            count = 0;
        }
    }
    if count > 0 {
        sink.rows(&chunk, count).await?;
    }
    Ok(())
}

/// Tables are strict, so a column's type is that of its cells.
fn put(row: &SqliteRow, index: usize, kind: &str, chunk: &mut Vec<u8>) -> Result<(), TransferError> {
    if row.try_get_raw(index)?.is_null() {
        Cell::Null.put(chunk);
        return Ok(());
    }
    match kind {
        "INTEGER" => Cell::Int(row.try_get(index)?).put(chunk),
        "TEXT" => Cell::Text(row.try_get(index)?).put(chunk),
        "BLOB" => Cell::Bytes(row.try_get(index)?).put(chunk),
        other => return Err(TransferError::Unfit(format!("a column of SQLite has the type {other}"))),
    }
    Ok(())
}

/// A file that is filled under another name and gets its own when it is whole.
pub(super) struct SqliteTarget {
    connection: SqliteConnection,
    path: PathBuf,
    part: PathBuf,
    indexes: Vec<String>,
    tables: Vec<Described>,
}

impl SqliteTarget {
    /// Makes the file with the schema of the dump.
    pub(super) async fn make(path: &Path, schema: i64) -> Result<Self, TransferError> {
        if path.exists() {
            return Err(TransferError::NotEmpty);
        }
        let part = path.with_extension("part");
        for name in [part.clone(), beside(&part, "-journal"), beside(&part, "-wal"), beside(&part, "-shm")] {
            match std::fs::remove_file(name) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        let options = SqliteConnectOptions::new()
            .filename(&part)
            .create_if_missing(true)
            // Nothing in it counts before it is whole: then it is synchronised and renamed.
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .foreign_keys(false)
            .pragma("cache_size", "-131072")
            .pragma("temp_store", "MEMORY");
        let mut connection = SqliteConnection::connect_with(&options).await?;
        migrate::sqlite_to(&mut connection, schema).await?;
        let indexes: Vec<(String, String)> = sqlx::query_as(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
        )
        .fetch_all(&mut connection)
        .await?;
        for (name, _) in &indexes {
            let sql = format!("DROP INDEX {}", listed([name])?);
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
        }
        let indexes = indexes.into_iter().map(|(_, sql)| sql).collect();
        let tables = describe(&mut connection).await?;
        sqlx::raw_sql("BEGIN").execute(&mut connection).await?;
        Ok(Self { connection, path: path.to_owned(), part, indexes, tables })
    }

    pub(super) fn tables(&self) -> &[Described] {
        &self.tables
    }

    pub(super) async fn insert(&mut self, table: &DumpTable, mut rows: &[u8]) -> Result<u64, TransferError> {
        let width = table.columns.len();
        let (into, names) = (listed([&table.name])?, listed(&table.columns)?);
        let per_statement = ROWS_PER_STATEMENT.min(PARAMETERS_MAX / width.max(1));
        let marks = format!("({})", vec!["?"; width].join(", "));
        let whole = format!("INSERT INTO {into} ({names}) VALUES {}", vec![marks.as_str(); per_statement].join(", "));
        let mut count = 0;
        loop {
            let (mut arguments, mut taken) = (SqliteArguments::default(), 0);
            while taken < per_statement
                && let Some(cells) = next_row(&mut rows, width)?
            {
                bind(&mut arguments, cells)?;
                taken += 1;
            }
            if taken == 0 {
                return Ok(count);
            }
            let sql = if taken == per_statement {
                whole.clone()
            } else {
                format!("INSERT INTO {into} ({names}) VALUES {}", vec![marks.as_str(); taken].join(", "))
            };
            // A shorter statement is not kept prepared: it comes once for a chunk.
            let query = sqlx::query_with(AssertSqlSafe(sql), arguments).persistent(taken == per_statement);
            query.execute(&mut self.connection).await?;
            count += taken as u64;
        }
    }

    pub(super) async fn finish(mut self) -> Result<(), TransferError> {
        for sql in std::mem::take(&mut self.indexes) {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.connection).await?;
        }
        let broken: Option<(String,)> = sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1")
            .fetch_optional(&mut self.connection)
            .await?;
        if let Some((table,)) = broken {
            return Err(TransferError::Unfit(format!("a row of {table} points to a row that is not there")));
        }
        sqlx::raw_sql("COMMIT").execute(&mut self.connection).await?;
        self.connection.close().await?;
        let file = std::fs::File::open(&self.part)?;
        file.sync_all()?;
        std::fs::rename(&self.part, &self.path)?;
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

fn bind(arguments: &mut SqliteArguments, cells: Vec<Cell<'_>>) -> Result<(), TransferError> {
    use sqlx::Arguments as _;
    for cell in cells {
        let bound = match cell {
            Cell::Null => arguments.add(Option::<i64>::None),
            Cell::Int(value) => arguments.add(value),
            Cell::Text(text) => arguments.add(text.to_owned()),
            Cell::Bytes(bytes) => arguments.add(bytes.to_vec()),
        };
        bound.map_err(|error| TransferError::Unfit(error.to_string()))?;
    }
    Ok(())
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
