// SPDX-License-Identifier: Apache-2.0
//! From one database straight into another, of the same or of the other engine, compared row by row afterwards.

use std::collections::BTreeMap;

use db::{Db, DumpStart, DumpTable, Loader, Sink, TransferError};
use sha2::{Digest as _, Sha256};

use crate::{BackupError, Progress};

/// What was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The rows of each table, which are the same on both sides, and their SHA-256 in the order of the key.
    pub tables: BTreeMap<String, (u64, [u8; 32])>,
    /// Signed head of the log, the same on both sides.
    pub checkpoint: Option<String>,
    /// Bytes of all rows.
    pub bytes: u64,
}

/// Copies a database into an empty one, reads the new one again and compares the digest of every table and the head of the
/// log. Whoever works in the old one meanwhile works in vain; the caller has it for itself.
///
/// # Errors
/// [`BackupError`], also when a table differs.
pub async fn copy(from: &Db, to: &str, progress: &mut dyn Progress) -> Result<Copied, BackupError> {
    let mut source = Digesting::new(Some(Loader::new(to)), progress);
    from.dump(&mut source).await?;
    let Digesting { inner, copied, .. } = source;
    if let Some(loader) = inner {
        loader.finish().await?;
    }
    let target = Db::open(to, db::Schema::Migrate, from.keyring().clone()).await.map_err(TransferError::from)?;
    let mut arrived = Digesting::new(None, progress);
    let read = target.dump(&mut arrived).await;
    let arrived = arrived.copied;
    target.close().await;
    read?;
    let differing = copied.tables.iter().find(|(name, table)| arrived.tables.get(*name) != Some(table));
    if let Some((name, (rows, _))) = differing {
        let there = arrived.tables.get(name).map_or(0, |(rows, _)| *rows);
        return Err(BackupError::Unreadable(format!("{name} differs: {rows} rows here, {there} there")));
    }
    if copied.checkpoint != arrived.checkpoint {
        return Err(BackupError::OtherHistory("the head of the log differs".into()));
    }
    Ok(copied)
}

/// Hands rows on and works out their digest.
struct Digesting<'p> {
    inner: Option<Loader>,
    copied: Copied,
    table: String,
    hasher: Sha256,
    count: u64,
    rows: u64,
    progress: &'p mut dyn Progress,
}

impl<'p> Digesting<'p> {
    fn new(inner: Option<Loader>, progress: &'p mut dyn Progress) -> Self {
        let copied = Copied { tables: BTreeMap::new(), checkpoint: None, bytes: 0 };
        Self { inner, copied, table: String::new(), hasher: Sha256::new(), count: 0, rows: 0, progress }
    }

    fn note(&mut self) {
        let digest = std::mem::take(&mut self.hasher).finalize().into();
        self.copied.tables.insert(self.table.clone(), (self.count, digest));
    }
}

impl Sink for Digesting<'_> {
    async fn start(&mut self, start: &DumpStart) -> Result<(), TransferError> {
        self.copied.checkpoint.clone_from(&start.checkpoint);
        match &mut self.inner {
            Some(inner) => inner.start(start).await,
            None => Ok(()),
        }
    }

    async fn table(&mut self, table: &DumpTable) -> Result<(), TransferError> {
        self.table.clone_from(&table.name);
        self.count = 0;
        self.note();
        match &mut self.inner {
            Some(inner) => inner.table(table).await,
            None => Ok(()),
        }
    }

    async fn rows(&mut self, rows: &[u8], count: u64) -> Result<(), TransferError> {
        self.hasher.update(rows);
        self.count += count;
        self.rows += count;
        self.copied.bytes += rows.len() as u64;
        // A table comes in chunks; the digest so far is put in place of the one before.
        let digest = self.hasher.clone().finalize().into();
        self.copied.tables.insert(self.table.clone(), (self.count, digest));
        let part = if self.inner.is_some() { self.table.clone() } else { format!("comparing {}", self.table) };
        self.progress.at(&part, self.rows, self.copied.bytes);
        match &mut self.inner {
            Some(inner) => inner.rows(rows, count).await,
            None => Ok(()),
        }
    }
}
