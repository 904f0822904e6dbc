// SPDX-License-Identifier: Apache-2.0
//! A whole database on its way into a backup or into another database, in a form that belongs to neither engine.
//!
//! Tables and columns are those that the engine itself names, so that a new table cannot be forgotten. A cell is what
//! SQLite stores: nothing, a whole number, a text or bytes. Moments, days and truth values travel in SQLite's form;
//! PostgreSQL's own types are found out from its catalogue on each side.

pub(crate) mod dump;
pub(crate) mod load;
mod postgres;
mod sqlite;

use std::io;

use serde::{Deserialize, Serialize};

use crate::DbError;

/// Bytes of rows after which a chunk is handed on.
pub const CHUNK_BYTES: usize = 256 * 1024;
/// The table in which the migrations are written down; the receiving side makes its own.
const MIGRATIONS_TABLE: &str = "_sqlx_migrations";

/// What a dump says before its first table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DumpStart {
    /// Schema of the database.
    pub schema: i64,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// Signed head of the log at that moment; `None` before the first record was numbered.
    pub checkpoint: Option<String>,
    /// Records of the log that waited for their position.
    pub waiting: i64,
}

/// A table of a dump.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DumpTable {
    /// Name.
    pub name: String,
    /// Its columns in the order of the cells.
    pub columns: Vec<String>,
}

/// Where a dump goes. After [`Sink::start`] each table is followed by its rows.
pub trait Sink: Send {
    /// Takes what the dump says first.
    fn start(&mut self, start: &DumpStart) -> impl Future<Output = Result<(), TransferError>> + Send;
    /// Takes the head of a table.
    fn table(&mut self, table: &DumpTable) -> impl Future<Output = Result<(), TransferError>> + Send;
    /// Takes whole rows of the table, `count` of them, as [`next_row`] reads them.
    fn rows(&mut self, rows: &[u8], count: u64) -> impl Future<Output = Result<(), TransferError>> + Send;
}

/// Why a database could not be read or filled as a whole.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A file could not be read or written.
    #[error("the backup cannot be read or written: {0}")]
    Io(#[from] io::Error),
    /// The data do not fit together.
    #[error("{0}")]
    Unfit(String),
    /// The target holds data already.
    #[error("the target holds data already; only an empty one is filled")]
    NotEmpty,
}

impl From<sqlx::Error> for TransferError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(DbError::Unavailable(Some(error)))
    }
}

/// A cell of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    Null,
    /// Whole number.
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

impl Cell<'_> {
    /// Appends the cell: a tag, then eight bytes of a number, or a length of four bytes and as many bytes.
    pub fn put(self, buffer: &mut Vec<u8>) {
        let (tag, bytes) = match self {
            Cell::Null => return buffer.push(b'n'),
            Cell::Int(value) => {
                buffer.push(b'i');
                return buffer.extend_from_slice(&value.to_be_bytes());
            }
            Cell::Text(text) => (b't', text.as_bytes()),
            Cell::Bytes(bytes) => (b'b', bytes),
        };
        let length = u32::try_from(bytes.len()).expect("no engine stores a value of 4 GiB");
        buffer.push(tag);
        buffer.extend_from_slice(&length.to_be_bytes());
        buffer.extend_from_slice(bytes);
    }
}

/// Takes a row of as many cells from the beginning of `rows`; `None` at the end.
///
/// # Errors
/// When the bytes are not whole rows.
pub fn next_row<'a>(rows: &mut &'a [u8], columns: usize) -> Result<Option<Vec<Cell<'a>>>, TransferError> {
    if rows.is_empty() {
        return Ok(None);
    }
    (0..columns)
        .map(|_| next_cell(rows).ok_or_else(|| TransferError::Unfit("a row is damaged".into())))
        .collect::<Result<_, _>>()
        .map(Some)
}

fn next_cell<'a>(rows: &mut &'a [u8]) -> Option<Cell<'a>> {
    let tag = take(rows, 1)?[0];
    match tag {
        b'n' => Some(Cell::Null),
        b'i' => Some(Cell::Int(i64::from_be_bytes(take(rows, 8)?.try_into().ok()?))),
        b't' | b'b' => {
            let length = u32::from_be_bytes(take(rows, 4)?.try_into().ok()?);
            let bytes = take(rows, usize::try_from(length).ok()?)?;
            if tag == b'b' { Some(Cell::Bytes(bytes)) } else { std::str::from_utf8(bytes).ok().map(Cell::Text) }
        }
        _ => None,
    }
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (head, tail) = bytes.split_at_checked(count)?;
    *bytes = tail;
    Some(head)
}

/// A name that stands in a statement built at run time: only what migrations may call a table or column.
fn checked_name(name: &str) -> Result<&str, TransferError> {
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if is_name { Ok(name) } else { Err(TransferError::Unfit(format!("{name:?} is no name of a table or column"))) }
}

/// Names, each checked, with commas between.
fn listed<'a>(names: impl IntoIterator<Item = &'a String>) -> Result<String, TransferError> {
    let names: Result<Vec<&str>, _> = names.into_iter().map(|name| checked_name(name)).collect();
    Ok(names?.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_was_written_and_a_cut_one_is_refused() {
        let cells = [Cell::Null, Cell::Int(-7), Cell::Text("Ələsgər"), Cell::Bytes(&[0, 255])];
        let mut bytes = Vec::new();
        cells.iter().for_each(|cell| cell.put(&mut bytes));
        let mut rest = bytes.as_slice();
        assert_eq!(next_row(&mut rest, 4).unwrap().unwrap(), cells);
        assert!(next_row(&mut rest, 4).unwrap().is_none());
        for end in 1..bytes.len() {
            assert!(next_row(&mut &bytes[..end], 4).is_err(), "{end}");
        }
    }

    #[test]
    fn nothing_but_a_name_gets_into_a_statement() {
        for name in ["person; DROP TABLE person", "Person", "", "a\"b"] {
            assert!(checked_name(name).is_err(), "{name}");
        }
    }
}
