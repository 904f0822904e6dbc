// SPDX-License-Identifier: Apache-2.0
//! Filling an empty database from a dump: all of it, or nothing.

use std::{collections::BTreeSet, path::Path};

use super::{
    DumpStart, DumpTable, Sink, TransferError, dump::Described, postgres::PostgresTarget, sqlite::SqliteTarget,
};
use crate::{DbError, migrate::SCHEMA_VERSION};

/// A target that takes a dump. Nothing of it counts before [`Loader::finish`].
pub struct Loader {
    url: String,
    target: Option<Target>,
    table: Option<DumpTable>,
    filled: BTreeSet<String>,
    rows: Vec<(String, u64)>,
}

enum Target {
    Sqlite(Box<SqliteTarget>),
    Postgres(Box<PostgresTarget>),
}

impl Target {
    fn tables(&self) -> &[Described] {
        match self {
            Self::Sqlite(target) => target.tables(),
            Self::Postgres(target) => target.tables(),
        }
    }
}

impl Loader {
    /// A loader for the database at `sqlite:PATH` (which must not be there) or `postgres://…` (which must hold no row).
    pub fn new(url: &str) -> Self {
        Self { url: url.to_owned(), target: None, table: None, filled: BTreeSet::new(), rows: Vec::new() }
    }

    /// Makes indexes and keys again, checks that every row that is pointed to is there, and keeps it all. The schema is that of
    /// the dump; opening the database brings it up to this program's. Returns the rows of each table.
    ///
    /// # Errors
    /// [`TransferError`]; the target then is as empty as before.
    pub async fn finish(self) -> Result<Vec<(String, u64)>, TransferError> {
        let target = self.target.ok_or_else(|| TransferError::Unfit("the dump is empty".into()))?;
        if let Some(missing) = target.tables().iter().find(|described| !self.filled.contains(&described.table.name)) {
            return Err(TransferError::Unfit(format!("the dump has no table {}", missing.table.name)));
        }
        match target {
            Target::Sqlite(target) => target.finish().await?,
            Target::Postgres(target) => target.finish().await?,
        }
        Ok(self.rows)
    }

    fn target(&mut self) -> Result<&mut Target, TransferError> {
        self.target.as_mut().ok_or_else(|| TransferError::Unfit("the dump does not begin at its beginning".into()))
    }
}

impl Sink for Loader {
    async fn start(&mut self, start: &DumpStart) -> Result<(), TransferError> {
        if start.schema > SCHEMA_VERSION {
            return Err(DbError::NewerSchema { found: start.schema, known: SCHEMA_VERSION }.into());
        }
        self.target = Some(if let Some(path) = self.url.strip_prefix("sqlite:") {
            Target::Sqlite(Box::new(SqliteTarget::make(Path::new(path), start.schema).await?))
        } else if self.url.starts_with("postgres://") || self.url.starts_with("postgresql://") {
            Target::Postgres(Box::new(PostgresTarget::make(&self.url, start.schema).await?))
        } else {
            return Err(DbError::Address.into());
        });
        Ok(())
    }

    async fn table(&mut self, table: &DumpTable) -> Result<(), TransferError> {
        let is_known = self.target()?.tables().iter().any(|described| described.table == *table);
        if !is_known || !self.filled.insert(table.name.clone()) {
            return Err(TransferError::Unfit(format!("the table {} does not fit the schema", table.name)));
        }
        self.rows.push((table.name.clone(), 0));
        self.table = Some(table.clone());
        Ok(())
    }

    async fn rows(&mut self, rows: &[u8], count: u64) -> Result<(), TransferError> {
        let table = self.table.clone().ok_or_else(|| TransferError::Unfit("rows without a table".into()))?;
        let inserted = match self.target()? {
            Target::Sqlite(target) => target.insert(&table, rows).await?,
            Target::Postgres(target) => target.insert(&table, rows).await?,
        };
        if inserted != count {
            return Err(TransferError::Unfit(format!("{} has {inserted} rows where {count} are said", table.name)));
        }
        if let Some((_, sum)) = self.rows.last_mut() {
            *sum += inserted;
        }
        Ok(())
    }
}
