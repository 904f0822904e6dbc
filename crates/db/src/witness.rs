// SPDX-License-Identifier: Apache-2.0
//! Witnesses: what each row held when the last act left it, bound to that act's record by a digest.
//!
//! Every function that writes a row of a [`WitnessedTable`] notes it with [`Write::touch`]. When the record of the act is
//! inserted, each touched row is read as it stands, copied in a canonical form that is the same on both engines, sealed
//! under the key of the person it belongs to, and stored in place of the row's earlier copy. The record names the witness,
//! counts its versions and holds a salted digest of the copy. So a row that was changed, inserted, deleted or put back to
//! an older state by anything but an act is found, although only the newest copy of each row is kept.

pub(crate) mod table;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    audit::{AuditRecord, RecordedRow, Salt, hex, row_digest},
    id::{AuditRecordId, PersonId},
};
use rand_core::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use table::{Kind, WitnessedTable};
use uuid::Uuid;

use crate::{DbError, Row, Session, Statement, Value, Write, args, audit::draw_salt, statements};

statements! {
    UPSERT_ROW_WITNESS = "INSERT INTO row_witness (id, table_name, row_key, person_id, record_id, version, content)
        VALUES ($1, $2, $3, $4, $5, 1, $6)
        ON CONFLICT (table_name, row_key) DO UPDATE SET person_id = excluded.person_id, record_id = excluded.record_id,
        version = row_witness.version + 1, content = excluded.content
        RETURNING id, version";
    UPDATE_ROW_WITNESS_DELETED = "UPDATE row_witness SET table_name = NULL, row_key = NULL, person_id = NULL, content = NULL,
        record_id = $1, version = version + 1 WHERE table_name = $2 AND row_key = $3
        RETURNING id, version";
    FIND_ROW_WITNESS = "SELECT id, table_name, row_key, person_id, record_id, version, content FROM row_witness WHERE id = $1";
    LIST_ROW_WITNESSES = "SELECT id, table_name, row_key, person_id, record_id, version, content FROM row_witness
        WHERE table_name = $1 AND row_key >= $2 ORDER BY row_key LIMIT $3";
    LIST_ROW_WITNESSES_BY_RECORD = "SELECT id, table_name, row_key, person_id, record_id, version, content FROM row_witness
        WHERE record_id >= $1 AND record_id <= $2 ORDER BY record_id, id";
    LIST_ROWS_OF_PERSON = "SELECT table_name, row_key FROM row_witness WHERE person_id = $1";
}

/// Rows of a table, or witnesses, read at once.
pub const ROWS_PER_PAGE: i64 = 500;
/// Where copies are sealed.
const CONTENT_PLACE: &str = "row_witness.content";

/// The rows written since the last record: name of the table, and key as text.
pub(crate) type Touched = BTreeSet<(&'static str, String)>;

/// A row as text, column by column; `Err` where a column holds what it never should.
#[derive(Clone, Debug)]
pub struct RowCopy {
    /// Key as text.
    pub key: String,
    /// Value of each column of the table; bytes as their SHA-256. `None` where the value cannot be read.
    pub fields: Vec<Option<serde_json::Value>>,
}

/// The witness of a row.
#[derive(Clone, Debug)]
pub struct Witness {
    /// Identifier, the same for the row's whole life.
    pub id: Uuid,
    /// Name of the table and key of the row; `None` once the row was deleted.
    pub row: Option<(String, String)>,
    /// Under whose key the copy is sealed.
    pub person: Option<PersonId>,
    /// The record of the act that wrote the row last.
    pub record: AuditRecordId,
    /// How often an act has written the row.
    pub version: i64,
    /// The copy, sealed if it belongs to a person.
    content: Option<Vec<u8>>,
}

/// What a witness holds: the salt travels with the copy, so that erasing the person's key hides both.
#[derive(Serialize, Deserialize)]
struct Content {
    salt: Salt,
    copy: String,
}

/// The canonical form of a row: its keys are sorted.
#[derive(Serialize, Deserialize)]
struct Copy {
    columns: BTreeMap<String, serde_json::Value>,
    key: String,
    table: String,
}

/// An opened witness.
#[derive(Clone, Debug)]
pub struct OpenedWitness {
    /// Table and key that the copy itself names.
    pub row: (String, String),
    /// The columns as the act left them.
    pub columns: BTreeMap<String, serde_json::Value>,
    /// What the record of the act must say.
    pub recorded: RecordedRow,
}

/// A key as text: identifiers with hyphens, bytes in hexadecimal.
fn key_text(key: Value) -> Result<String, DbError> {
    match key {
        Value::Id(Some(id)) => Ok(id.hyphenated().to_string()),
        Value::Bytes(Some(bytes)) => Ok(hex(bytes)),
        Value::Text(Some(text)) => Ok(text),
        _ => Err(DbError::damaged("a row's key is an identifier, bytes or text")),
    }
}

fn key_value(kind: Kind, key: &str) -> Result<Value, DbError> {
    let damaged = || DbError::damaged("row_witness.row_key: no key of its table");
    Ok(match kind {
        Kind::Id => Uuid::parse_str(key).map_err(|_| damaged())?.into(),
        Kind::Bytes => unhex(key).ok_or_else(damaged)?.into(),
        _ => key.into(),
    })
}

/// The value of a column as text, number or truth value, the same on both engines. SQLite keeps moments, days and truth
/// values as text and numbers; they are taken as they stand there, so that another spelling of the same moment differs.
fn field(row: &Row, index: usize, kind: Kind) -> Result<serde_json::Value, DbError> {
    let text = |text: Option<String>| text.map_or(serde_json::Value::Null, Into::into);
    Ok(match (kind, row) {
        (Kind::Text, _) | (Kind::Time | Kind::Day, Row::Sqlite(_)) => text(row.get(index)?),
        (Kind::Bytes, _) => {
            text(row.get::<Option<Vec<u8>>>(index)?.map(|bytes| format!("sha256:{}", hex(Sha256::digest(bytes)))))
        }
        (Kind::Id, _) => text(row.get::<Option<Uuid>>(index)?.map(|id| id.hyphenated().to_string())),
        (Kind::Time, Row::Postgres(_)) => {
            text(row.get::<Option<domain::time::Timestamp>>(index)?.map(|moment| moment.to_string()))
        }
        (Kind::Day, Row::Postgres(_)) => text(row.get::<Option<domain::time::Date>>(index)?.map(|day| day.to_string())),
        (Kind::Bool, Row::Postgres(_)) => row.get::<bool>(index)?.into(),
        (Kind::Bool, Row::Sqlite(_)) => match row.get::<i64>(index)? {
            0 => false.into(),
            1 => true.into(),
            other => other.into(),
        },
        (Kind::Int, _) => row.get::<Option<i64>>(index)?.into(),
    })
}

fn named(name: &str) -> Result<&'static WitnessedTable, DbError> {
    WitnessedTable::named(name).ok_or_else(|| DbError::damaged("row_witness.table_name: no witnessed table"))
}

impl WitnessedTable {
    fn read_key(&self, row: &Row, index: usize) -> Result<String, DbError> {
        key_text(match self.key_kind() {
            Kind::Id => row.get::<Uuid>(index)?.into(),
            Kind::Bytes => row.get::<Vec<u8>>(index)?.into(),
            _ => row.get::<String>(index)?.into(),
        })
    }

    /// The canonical copy of a row, and whose it is.
    fn copy(&self, key: &str, row: &Row) -> Result<(String, Option<PersonId>), DbError> {
        let mut columns = BTreeMap::new();
        let mut owner = None;
        for (index, (name, kind)) in self.columns.iter().enumerate() {
            if self.owner == Some(name) {
                owner = row.optional_id(index)?;
            }
            columns.insert((*name).to_owned(), field(row, index, *kind)?);
        }
        let copy = Copy { columns, key: key.to_owned(), table: self.name.to_owned() };
        let copy = serde_json::to_string(&copy).map_err(|error| DbError::damaged(error.to_string()))?;
        Ok((copy, owner))
    }
}

impl Write {
    /// Notes that a row was inserted, changed or deleted, to be bound to the record of the act.
    pub(crate) fn touch(&mut self, table: &'static WitnessedTable, key: impl Into<Value>) -> Result<(), DbError> {
        let key = key_text(key.into())?;
        self.touched.insert((table.name, key));
        Ok(())
    }

    /// Notes every row that a question names by table and key.
    pub(crate) async fn touch_found(&mut self, question: Statement, values: Vec<Value>) -> Result<(), DbError> {
        for row in self.fetch_all(question, values).await? {
            let table = named(&row.get::<String>(0)?)?;
            self.touched.insert((table.name, table.read_key(&row, 1)?));
        }
        Ok(())
    }

    /// Notes every row whose copy is sealed under a person's key.
    pub(crate) async fn touch_rows_of(&mut self, person: PersonId) -> Result<(), DbError> {
        for row in self.fetch_all(LIST_ROWS_OF_PERSON, args![person]).await? {
            self.touched.insert((named(&row.get::<String>(0)?)?.name, row.get(1)?));
        }
        Ok(())
    }

    /// Stores what the touched rows hold now and returns what the record says about them.
    pub(crate) async fn witness_touched_rows(
        &mut self,
        record: &AuditRecord,
        rng: &mut (dyn Rng + Send),
    ) -> Result<Vec<RecordedRow>, DbError> {
        let touched = std::mem::take(&mut self.touched);
        let mut rows = Vec::with_capacity(touched.len());
        for (name, key) in touched {
            let table = named(name)?;
            let found = self.fetch_optional(table.find, args_of_key(table, &key)?).await?;
            let written = match found {
                Some(row) => Some(self.witness(table, &key, &row, record, rng).await?),
                None => self.witness_deleted(table, &key, record).await?,
            };
            rows.extend(written);
        }
        Ok(rows)
    }

    async fn witness(
        &mut self,
        table: &WitnessedTable,
        key: &str,
        row: &Row,
        record: &AuditRecord,
        rng: &mut (dyn Rng + Send),
    ) -> Result<RecordedRow, DbError> {
        let (copy, owner) = table.copy(key, row)?;
        let salt = draw_salt(rng);
        let digest = row_digest(&salt, &copy);
        let content =
            serde_json::to_vec(&Content { salt, copy }).map_err(|error| DbError::damaged(error.to_string()))?;
        let content = match owner {
            Some(person) => self.seal(person, CONTENT_PLACE, &content, rng).await?,
            None => content,
        };
        let id = domain::id::new_uuid(record.at, rng);
        let values = args![id, table.name, key, owner, record.id, content];
        let stored = self.fetch_one(UPSERT_ROW_WITNESS, values).await?;
        Ok(RecordedRow { witness: stored.get(0)?, version: stored.get(1)?, digest: Some(digest) })
    }

    /// A row that this act deleted; `None` for one that it had also inserted.
    async fn witness_deleted(
        &mut self,
        table: &WitnessedTable,
        key: &str,
        record: &AuditRecord,
    ) -> Result<Option<RecordedRow>, DbError> {
        let stored = self.fetch_optional(UPDATE_ROW_WITNESS_DELETED, args![record.id, table.name, key]).await?;
        stored.map(|row| Ok(RecordedRow { witness: row.get(0)?, version: row.get(1)?, digest: None })).transpose()
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().as_chunks::<2>();
    let (pairs, []) = digits else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

fn args_of_key(table: &WitnessedTable, key: &str) -> Result<Vec<Value>, DbError> {
    Ok(vec![key_value(table.key_kind(), key)?])
}

fn witness(row: &Row) -> Result<Witness, DbError> {
    Ok(Witness {
        id: row.get(0)?,
        row: row.get::<Option<String>>(1)?.zip(row.get(2)?),
        person: row.optional_id(3)?,
        record: row.id(4)?,
        version: row.get(5)?,
        content: row.get(6)?,
    })
}

impl Session {
    /// A page of a table's rows, from a key on (it included), in order of the keys.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_witnessed_rows(
        &mut self,
        table: &WitnessedTable,
        from: Option<&str>,
    ) -> Result<Vec<RowCopy>, DbError> {
        let from = match (from, table.key_kind()) {
            (Some(key), kind) => key_value(kind, key)?,
            (None, Kind::Id) => Uuid::nil().into(),
            (None, Kind::Bytes) => Vec::new().into(),
            (None, _) => "".into(),
        };
        let mut rows = Vec::new();
        for row in self.fetch_all(table.list, vec![from, ROWS_PER_PAGE.into()]).await? {
            let fields = table.columns.iter().enumerate().map(|(index, (_, kind))| field(&row, index, *kind).ok());
            rows.push(RowCopy { key: table.read_key(&row, 0)?, fields: fields.collect() });
        }
        Ok(rows)
    }

    /// A page of the witnesses of a table's rows, from a key on (it included), in order of the keys.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_witnesses(
        &mut self,
        table: &WitnessedTable,
        from: Option<&str>,
    ) -> Result<Vec<Witness>, DbError> {
        let values = args![table.name, from.unwrap_or_default(), ROWS_PER_PAGE];
        self.fetch_all(LIST_ROW_WITNESSES, values).await?.iter().map(witness).collect()
    }

    /// The witnesses that stand for rows as these records (from one to another, both included) left them.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_witnesses_by_record(
        &mut self,
        from: AuditRecordId,
        to: AuditRecordId,
    ) -> Result<Vec<Witness>, DbError> {
        self.fetch_all(LIST_ROW_WITNESSES_BY_RECORD, args![from, to]).await?.iter().map(witness).collect()
    }

    /// The witness of this identifier.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_witness(&mut self, id: Uuid) -> Result<Option<Witness>, DbError> {
        self.fetch_optional(FIND_ROW_WITNESS, args![id]).await?.as_ref().map(witness).transpose()
    }

    /// Opens a witness; `None` when it stands for a deleted row.
    ///
    /// # Errors
    /// [`DbError::Damaged`] when it does not open.
    pub async fn open_witness(&mut self, witness: &Witness) -> Result<Option<OpenedWitness>, DbError> {
        let Some(content) = &witness.content else { return Ok(None) };
        let damaged = || DbError::damaged(CONTENT_PLACE);
        let content: Content = match witness.person {
            Some(person) => {
                let opened = self.open(person, CONTENT_PLACE, content).await?.ok_or_else(damaged)?;
                serde_json::from_slice(&opened).map_err(|_| damaged())?
            }
            None => serde_json::from_slice(content).map_err(|_| damaged())?,
        };
        let digest = row_digest(&content.salt, &content.copy);
        let copy: Copy = serde_json::from_str(&content.copy).map_err(|_| damaged())?;
        Ok(Some(OpenedWitness {
            row: (copy.table, copy.key),
            columns: copy.columns,
            recorded: RecordedRow { witness: witness.id, version: witness.version, digest: Some(digest) },
        }))
    }

    /// Forgets the keys of persons read so far: a sweep over everybody would keep them all in memory.
    pub fn forget_person_keys(&mut self) {
        self.person_keys.clear();
    }
}
