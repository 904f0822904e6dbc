// SPDX-License-Identifier: Apache-2.0
//! PostgreSQL's side of a transfer, by COPY in its binary form.

use domain::time::{Date, Timestamp};
use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::{
    CHUNK_BYTES, Cell, DumpTable, MIGRATIONS_TABLE, Sink, TransferError,
    dump::{Described, gather},
    listed, next_row,
};
use crate::{
    migrate,
    value::{PG_EPOCH_DAY, PG_EPOCH_MICROSECONDS},
};

/// Columns ordered by name, so that both engines write a row alike.
const COLUMNS: &str = "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, NULL)::text,
        COALESCE(array_position(string_to_array(x.indkey::text, ' '), a.attnum::text), 0)::bigint
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_index x ON x.indrelid = c.oid AND x.indisprimary
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> $1
    ORDER BY c.relname COLLATE \"C\", a.attname COLLATE \"C\"";
/// What stands before the rows: signature, flags, length of an extension.
const COPY_HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// What stands after the rows, in the place of a number of fields.
const COPY_END: [u8; 2] = [0xff, 0xff];

pub(super) async fn describe(connection: &mut PgConnection) -> Result<Vec<Described>, sqlx::Error> {
    Ok(gather(sqlx::query_as(COLUMNS).bind(MIGRATIONS_TABLE).fetch_all(connection).await?))
}

pub(super) async fn dump_table(
    connection: &mut PgConnection,
    described: &Described,
    sink: &mut impl Sink,
) -> Result<(), TransferError> {
    let DumpTable { name, columns } = &described.table;
    let sql = format!(
        "COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT (FORMAT binary)",
        listed(columns)?,
        listed([name])?,
        listed(&described.key)?
    );
    let mut pieces = connection.copy_out_raw(&sql).await?;
    let (mut raw, mut chunk, mut count, mut has_head) = (Vec::new(), Vec::with_capacity(CHUNK_BYTES * 2), 0, false);
    while let Some(piece) = pieces.try_next().await? {
        raw.extend_from_slice(&piece);
        let mut rest = raw.as_slice();
        if !has_head {
            let Some(after) = rest.strip_prefix(COPY_HEAD) else { continue };
            rest = after;
            has_head = true;
        }
        while let Some(fields) = next_tuple(&mut rest, columns.len())? {
            for (field, kind) in fields.into_iter().zip(&described.types) {
                put(field, kind, &mut chunk)?;
            }
            count += 1;
        }
        let used = raw.len() - rest.len();
        raw.drain(..used);
        if chunk.len() >= CHUNK_BYTES {
            sink.rows(&chunk, count).await?;
            chunk.clear();
            count = 0;
        }
    }
    if raw != COPY_END {
        return Err(TransferError::Unfit(format!("PostgreSQL did not send {name} whole")));
    }
    if count > 0 {
        sink.rows(&chunk, count).await?;
    }
    Ok(())
}

type Fields<'a> = Vec<Option<&'a [u8]>>;

/// The fields of the next row if it is there as a whole.
fn next_tuple<'a>(rest: &mut &'a [u8], columns: usize) -> Result<Option<Fields<'a>>, TransferError> {
    let mut ahead = *rest;
    let Some(count) = super::take(&mut ahead, 2) else { return Ok(None) };
    if count == COPY_END {
        return Ok(None);
    }
    if usize::from(u16::from_be_bytes([count[0], count[1]])) != columns {
        return Err(TransferError::Unfit("PostgreSQL sent a row of another length".into()));
    }
    let mut fields = Vec::with_capacity(columns);
    for _ in 0..columns {
        let Some(length) = super::take(&mut ahead, 4) else { return Ok(None) };
        let length = i32::from_be_bytes([length[0], length[1], length[2], length[3]]);
        match usize::try_from(length) {
            Err(_) => fields.push(None),
            Ok(length) => match super::take(&mut ahead, length) {
                None => return Ok(None),
                field => fields.push(field),
            },
        }
    }
    *rest = ahead;
    Ok(Some(fields))
}

/// Appends a field of PostgreSQL as SQLite would hold it.
fn put(field: Option<&[u8]>, kind: &str, chunk: &mut Vec<u8>) -> Result<(), TransferError> {
    let Some(field) = field else {
        Cell::Null.put(chunk);
        return Ok(());
    };
    let unfit = || TransferError::Unfit(format!("a value of the type {kind} is not understood"));
    let number = || Some(i64::from_be_bytes(field.try_into().ok()?));
    match kind {
        "uuid" | "bytea" => Cell::Bytes(field).put(chunk),
        "text" => Cell::Text(std::str::from_utf8(field).map_err(|_| unfit())?).put(chunk),
        "bigint" => Cell::Int(number().ok_or_else(unfit)?).put(chunk),
        "boolean" => Cell::Int(i64::from(field == [1])).put(chunk),
        "timestamp with time zone" => {
            let moment = number().and_then(|number| number.checked_add(PG_EPOCH_MICROSECONDS)).ok_or_else(unfit)?;
            let moment = Timestamp::from_microseconds(moment).map_err(|_| unfit())?;
            Cell::Text(&moment.to_string()).put(chunk);
        }
        "date" => {
            let days = i32::from_be_bytes(field.try_into().map_err(|_| unfit())?);
            let span = jiff::Span::new().try_days(days).map_err(|_| unfit())?;
            Cell::Text(&PG_EPOCH_DAY.checked_add(span).map_err(|_| unfit())?.to_string()).put(chunk);
        }
        _ => return Err(unfit()),
    }
    Ok(())
}

/// An empty database that is filled in one transaction.
pub(super) struct PostgresTarget {
    connection: PgConnection,
    /// Statements that bring back indexes and foreign keys.
    after: Vec<String>,
    tables: Vec<Described>,
}

impl PostgresTarget {
    /// Makes the schema of the dump where there is none, and begins.
    pub(super) async fn make(url: &str, schema: i64) -> Result<Self, TransferError> {
        let mut connection = PgConnection::connect(url).await?;
        for described in describe(&mut connection).await? {
            let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", listed([&described.table.name])?);
            if sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connection).await? {
                return Err(TransferError::NotEmpty);
            }
        }
        migrate::postgres_to(&mut connection, schema).await?;
        let tables = describe(&mut connection).await?;
        sqlx::raw_sql("BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL maintenance_work_mem = '128MB'")
            .execute(&mut connection)
            .await?;
        let after = take_down(&mut connection).await?;
        Ok(Self { connection, after, tables })
    }

    pub(super) fn tables(&self) -> &[Described] {
        &self.tables
    }

    pub(super) async fn insert(&mut self, table: &DumpTable, mut rows: &[u8]) -> Result<u64, TransferError> {
        let described = self.tables.iter().find(|described| described.table == *table);
        let types = described.map(|described| described.types.clone()).unwrap_or_default();
        let width = table.columns.len();
        let fields = i16::try_from(width).map_err(|_| TransferError::Unfit("a table has too many columns".into()))?;
        let (mut bytes, mut count) = (COPY_HEAD.to_vec(), 0);
        while let Some(cells) = next_row(&mut rows, width)? {
            bytes.extend_from_slice(&fields.to_be_bytes());
            for (cell, kind) in cells.into_iter().zip(&types) {
                field(cell, kind, &mut bytes)?;
            }
            count += 1;
        }
        bytes.extend_from_slice(&COPY_END);
        let sql = format!("COPY {} ({}) FROM STDIN (FORMAT binary)", listed([&table.name])?, listed(&table.columns)?);
        let mut copy = self.connection.copy_in_raw(&sql).await?;
        copy.send(bytes).await?;
        copy.finish().await?;
        Ok(count)
    }

    pub(super) async fn finish(mut self) -> Result<(), TransferError> {
        for sql in std::mem::take(&mut self.after) {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.connection).await?;
        }
        sqlx::raw_sql("COMMIT; ANALYZE").execute(&mut self.connection).await?;
        Ok(self.connection.close().await?)
    }
}

/// Drops indexes and foreign keys, and returns the statements that make them again, the keys last: rows then come in any
/// order, and quicker.
async fn take_down(connection: &mut PgConnection) -> Result<Vec<String>, TransferError> {
    let indexes: Vec<(String, String)> = sqlx::query_as(
        "SELECT i.relname::text, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
            WHERE i.relnamespace = current_schema()::regnamespace AND NOT x.indisprimary
            AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))
            AND i.relname NOT LIKE '\\_sqlx%' ORDER BY i.relname",
    )
    .fetch_all(&mut *connection)
    .await?;
    let keys: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT r.relname::text, k.conname::text, pg_get_constraintdef(k.oid) FROM pg_constraint k
            JOIN pg_class r ON r.oid = k.conrelid
            WHERE k.connamespace = current_schema()::regnamespace AND k.contype = 'f' ORDER BY k.conname",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut after: Vec<String> = indexes.iter().map(|(_, sql)| sql.clone()).collect();
    for (table, name, definition) in &keys {
        let (table, name) = (listed([table])?, listed([name])?);
        let sql = format!("ALTER TABLE {table} DROP CONSTRAINT {name}");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *connection).await?;
        after.push(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"));
    }
    for (name, _) in &indexes {
        let sql = format!("DROP INDEX {}", listed([name])?);
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *connection).await?;
    }
    Ok(after)
}

/// Appends a cell as a field of the column's type.
fn field(cell: Cell<'_>, kind: &str, bytes: &mut Vec<u8>) -> Result<(), TransferError> {
    let unfit = || TransferError::Unfit(format!("a value does not fit a column of the type {kind}"));
    let mut push = |field: &[u8]| -> Result<(), TransferError> {
        let length = i32::try_from(field.len()).map_err(|_| unfit())?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(field);
        Ok(())
    };
    match (cell, kind) {
        (Cell::Null, _) => bytes.extend_from_slice(&(-1_i32).to_be_bytes()),
        (Cell::Bytes(value), "bytea" | "uuid") => push(value)?,
        (Cell::Text(value), "text") => push(value.as_bytes())?,
        (Cell::Int(value), "bigint") => push(&value.to_be_bytes())?,
        (Cell::Int(value @ (0 | 1)), "boolean") => push(&[u8::from(value == 1)])?,
        (Cell::Text(value), "timestamp with time zone") => {
            let moment: Timestamp = value.parse().map_err(|_| unfit())?;
            push(&(moment.as_microseconds() - PG_EPOCH_MICROSECONDS).to_be_bytes())?;
        }
        (Cell::Text(value), "date") => {
            let day: Date = value.parse().map_err(|_| unfit())?;
            push(&(day - PG_EPOCH_DAY).get_days().to_be_bytes())?;
        }
        _ => return Err(unfit()),
    }
    Ok(())
}
