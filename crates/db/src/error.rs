// SPDX-License-Identifier: Apache-2.0
//! What can go wrong with the database, by what the caller can do about it.

/// A failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A named constraint refused the row: usually a rule that two desks met at the same moment.
    #[error("constraint {name} refused the row")]
    Constraint {
        /// Name of the primary key, check or unique index; `foreign_key` and `not_null` for these two kinds.
        name: String,
    },
    /// The database did not take the transaction: full disk, lost connection, killed server. Nothing of it was kept.
    #[error("the database is not available; nothing was saved")]
    Unavailable(#[source] Option<sqlx::Error>),
    /// Two transactions got in each other's way more often than the limit of retries.
    #[error("too many transactions want the same rows")]
    Busy,
    /// A stored value cannot be read back.
    #[error("stored value is damaged: {what}")]
    Damaged {
        /// Table and column.
        what: String,
    },
    /// An address of a database that is neither SQLite nor PostgreSQL.
    #[error("a database is named as sqlite:PATH or postgres://…")]
    Address,
    /// The schema is newer than this program.
    #[error(
        "this database was made by a newer release (schema {found}, this program knows {known}); start that release"
    )]
    NewerSchema {
        /// Schema found.
        found: i64,
        /// Schema known.
        known: i64,
    },
    /// The schema is older than this program.
    #[error("this database needs an upgrade (schema {found}, this program wants {known}); run `turna db migrate`")]
    OlderSchema {
        /// Schema found.
        found: i64,
        /// Schema wanted.
        known: i64,
    },
    /// A migration failed.
    #[error("the schema could not be migrated")]
    Migration(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl DbError {
    /// A damaged value.
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }
}

/// The failure of a statement, before anybody knows what it means for the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// PostgreSQL asks for the whole transaction again (40001, 40P01).
    Serialization,
    /// The transaction cannot be trusted any more.
    Fatal,
    /// A constraint refused a row; what follows must first go back to a savepoint.
    Refused,
}

/// What stands for the name of every foreign key.
const FOREIGN_KEY: &str = "foreign_key";
/// What stands for the name of every rule that a column must not be empty.
const NOT_NULL: &str = "not_null";

/// SQLSTATE of a serialization failure and of a deadlock.
const RETRY_SQLSTATES: [&str; 2] = ["40001", "40P01"];

/// Sorts an error of a statement: a constraint is an answer, everything else ends the transaction.
pub(crate) fn classify(error: sqlx::Error, unique_indexes: &UniqueIndexes) -> (DbError, Failure) {
    let Some(database) = error.as_database_error() else {
        return (DbError::Unavailable(Some(error)), Failure::Fatal);
    };
    let code = database.code().unwrap_or_default().into_owned();
    if RETRY_SQLSTATES.contains(&code.as_str()) {
        return (DbError::Busy, Failure::Serialization);
    }
    if database.kind() == sqlx::error::ErrorKind::Other {
        return (DbError::Unavailable(Some(error)), Failure::Fatal);
    }
    let name = match (database.kind(), database.constraint()) {
        // SQLite does not say which one; both engines then say the same.
        (sqlx::error::ErrorKind::ForeignKeyViolation, _) => FOREIGN_KEY.to_owned(),
        (sqlx::error::ErrorKind::NotNullViolation, _) => NOT_NULL.to_owned(),
        (_, Some(name)) => name.to_owned(),
        (_, None) => unique_indexes.name_for(database.message()),
    };
    (DbError::Constraint { name }, Failure::Refused)
}

/// SQLite names the columns of a violated unique index and not the index; this finds the name again.
#[derive(Clone, Debug, Default)]
pub(crate) struct UniqueIndexes(pub(crate) Vec<(String, String)>);

impl UniqueIndexes {
    fn name_for(&self, message: &str) -> String {
        let about = message.rsplit(": ").next().unwrap_or(message).trim();
        match self.0.iter().find(|(columns, _)| columns == about) {
            Some((_, name)) => name.clone(),
            None => about.to_owned(),
        }
    }
}
