// SPDX-License-Identifier: Apache-2.0
//! Values on their way into and out of both databases.

use domain::time::{Date, Timestamp};
use sqlx::{
    Decode, Encode, Postgres, Row as _, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgArguments, PgRow, PgTypeInfo, PgValueFormat, PgValueRef},
    sqlite::{SqliteArguments, SqliteRow},
};
use uuid::Uuid;

use crate::DbError;

/// A value of a statement's parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(Option<String>),
    /// Whole number.
    Int(Option<i64>),
    /// Truth value.
    Bool(bool),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
    /// Identifier.
    Id(Option<Uuid>),
    /// Moment.
    Time(Option<Timestamp>),
    /// Civil day.
    Day(Option<Date>),
}

macro_rules! into_value {
    ($($type:ty => $variant:ident($value:ident) $make:expr),+ $(,)?) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self { Self::$variant(Some($make)) }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self { Self::$variant(value.map(|$value| $make)) }
        }
    )+};
}

into_value! {
    &str => Text(value) value.to_owned(),
    String => Text(value) value,
    i64 => Int(value) value,
    &[u8] => Bytes(value) value.to_vec(),
    Vec<u8> => Bytes(value) value,
    Uuid => Id(value) value,
    Timestamp => Time(value) value,
    Date => Day(value) value,
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

macro_rules! id_value {
    ($($id:ident),+) => {$(
        impl From<domain::id::$id> for Value {
            fn from(id: domain::id::$id) -> Self { Self::Id(Some(id.uuid())) }
        }
        impl From<Option<domain::id::$id>> for Value {
            fn from(id: Option<domain::id::$id>) -> Self { Self::Id(id.map(|id| id.uuid())) }
        }
    )+};
}

id_value!(
    AccountId,
    AccountTokenId,
    ActionId,
    AuditRecordId,
    CardId,
    CaseId,
    CorrectionId,
    DecisionId,
    DisplacementId,
    DraftId,
    EventId,
    FamilyId,
    InterviewId,
    JobId,
    PersonId,
    RowId,
    SubstitutionId
);

/// The parameters of a statement: `args![person.id, name, today]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}

pub(crate) fn sqlite_arguments(values: Vec<Value>) -> Result<SqliteArguments, BoxDynError> {
    use sqlx::Arguments as _;
    let mut arguments = SqliteArguments::default();
    for value in values {
        match value {
            Value::Text(value) => arguments.add(value)?,
            Value::Int(value) => arguments.add(value)?,
            Value::Bool(value) => arguments.add(value)?,
            Value::Bytes(value) => arguments.add(value)?,
            Value::Id(value) => arguments.add(value)?,
            Value::Time(value) => arguments.add(value.map(|moment| moment.to_string()))?,
            Value::Day(value) => arguments.add(value.map(|day| day.to_string()))?,
        }
    }
    Ok(arguments)
}

pub(crate) fn postgres_arguments(values: Vec<Value>) -> Result<PgArguments, BoxDynError> {
    use sqlx::Arguments as _;
    let mut arguments = PgArguments::default();
    for value in values {
        match value {
            Value::Text(value) => arguments.add(value)?,
            Value::Int(value) => arguments.add(value)?,
            Value::Bool(value) => arguments.add(value)?,
            Value::Bytes(value) => arguments.add(value)?,
            Value::Id(value) => arguments.add(value)?,
            Value::Time(value) => arguments.add(value.map(PgTime))?,
            Value::Day(value) => arguments.add(value.map(PgDay))?,
        }
    }
    Ok(arguments)
}

/// Microseconds between 1970-01-01 and 2000-01-01, PostgreSQL's epoch.
pub(crate) const PG_EPOCH_MICROSECONDS: i64 = 946_684_800_000_000;
/// PostgreSQL's epoch as a day.
pub(crate) const PG_EPOCH_DAY: Date = jiff::civil::date(2000, 1, 1);

/// A moment as TIMESTAMPTZ.
struct PgTime(Timestamp);

impl Type<Postgres> for PgTime {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("TIMESTAMPTZ")
    }
}

impl Encode<'_, Postgres> for PgTime {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Postgres>::encode(self.0.as_microseconds() - PG_EPOCH_MICROSECONDS, buf)
    }
}

impl<'r> Decode<'r, Postgres> for PgTime {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        match value.format() {
            PgValueFormat::Binary => {
                let microseconds: i64 = Decode::<Postgres>::decode(value)?;
                Ok(Self(Timestamp::from_microseconds(microseconds.saturating_add(PG_EPOCH_MICROSECONDS))?))
            }
            PgValueFormat::Text => Err("moments are read in the binary format".into()),
        }
    }
}

/// A civil day as DATE.
struct PgDay(Date);

impl Type<Postgres> for PgDay {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("DATE")
    }
}

impl Encode<'_, Postgres> for PgDay {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let days = (self.0 - PG_EPOCH_DAY).get_days();
        Encode::<Postgres>::encode(days, buf)
    }
}

impl<'r> Decode<'r, Postgres> for PgDay {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        match value.format() {
            PgValueFormat::Binary => {
                let days: i32 = Decode::<Postgres>::decode(value)?;
                Ok(Self(PG_EPOCH_DAY.checked_add(jiff::Span::new().try_days(days)?)?))
            }
            PgValueFormat::Text => Err("days are read in the binary format".into()),
        }
    }
}

/// A row of a result.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    /// The value of a column, by its place in the statement.
    ///
    /// # Errors
    /// When the column does not hold such a value.
    pub fn get<T: Column>(&self, index: usize) -> Result<T, DbError> {
        let read = match self {
            Self::Sqlite(row) => T::from_sqlite(row, index),
            Self::Postgres(row) => T::from_postgres(row, index),
        };
        read.map_err(|error| DbError::damaged(format!("column {index}: {error}")))
    }

    /// The word of an enumeration in a column.
    ///
    /// # Errors
    /// When the column holds none of its words.
    pub fn word<T: std::str::FromStr>(&self, index: usize) -> Result<T, DbError> {
        let text: String = self.get(index)?;
        text.parse().map_err(|_| DbError::damaged(format!("column {index}: unknown word")))
    }

    /// An identifier in a column.
    ///
    /// # Errors
    /// When the column holds none.
    pub fn id<T: From<Uuid>>(&self, index: usize) -> Result<T, DbError> {
        self.get::<Uuid>(index).map(T::from)
    }

    /// An identifier in a column that may be empty.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn optional_id<T: From<Uuid>>(&self, index: usize) -> Result<Option<T>, DbError> {
        Ok(self.get::<Option<Uuid>>(index)?.map(T::from))
    }
}

/// A type that a column can be read as.
pub trait Column: Sized {
    /// Reads it from SQLite.
    ///
    /// # Errors
    /// When the column holds something else.
    fn from_sqlite(row: &SqliteRow, index: usize) -> Result<Self, BoxDynError>;
    /// Reads it from PostgreSQL.
    ///
    /// # Errors
    /// When the column holds something else.
    fn from_postgres(row: &PgRow, index: usize) -> Result<Self, BoxDynError>;
}

macro_rules! plain_columns {
    ($($type:ty),+) => {$(
        impl Column for $type {
            fn from_sqlite(row: &SqliteRow, index: usize) -> Result<Self, BoxDynError> {
                // SQLite's NULL would be read as 0 or an empty text.
                row.try_get::<Option<Self>, _>(index)?.ok_or_else(|| "NULL".into())
            }
            fn from_postgres(row: &PgRow, index: usize) -> Result<Self, BoxDynError> { Ok(row.try_get(index)?) }
        }
        impl Column for Option<$type> {
            fn from_sqlite(row: &SqliteRow, index: usize) -> Result<Self, BoxDynError> { Ok(row.try_get(index)?) }
            fn from_postgres(row: &PgRow, index: usize) -> Result<Self, BoxDynError> { Ok(row.try_get(index)?) }
        }
    )+};
}

plain_columns!(String, i64, bool, Vec<u8>, Uuid);

macro_rules! text_in_sqlite {
    ($($type:ty => $wrapper:ident),+) => {$(
        impl Column for $type {
            fn from_sqlite(row: &SqliteRow, index: usize) -> Result<Self, BoxDynError> {
                Ok(row.try_get::<String, _>(index)?.parse()?)
            }
            fn from_postgres(row: &PgRow, index: usize) -> Result<Self, BoxDynError> {
                Ok(row.try_get::<$wrapper, _>(index)?.0)
            }
        }
        impl Column for Option<$type> {
            fn from_sqlite(row: &SqliteRow, index: usize) -> Result<Self, BoxDynError> {
                let text: Option<String> = row.try_get(index)?;
                Ok(text.map(|text| text.parse()).transpose()?)
            }
            fn from_postgres(row: &PgRow, index: usize) -> Result<Self, BoxDynError> {
                Ok(row.try_get::<Option<$wrapper>, _>(index)?.map(|value| value.0))
            }
        }
    )+};
}

text_in_sqlite!(Timestamp => PgTime, Date => PgDay);
