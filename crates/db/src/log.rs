// SPDX-License-Identifier: Apache-2.0
//! The public log in the database: the sequencer numbers committed records, writes tiles and signs the checkpoint, all in
//! one transaction; the files of the log are read from the rows.

use std::sync::Arc;

use transparency::{
    BundleId, Checkpoint, Commitment, LogKey, LogPath, MemoryTiles, TileId, TreeHead, VerifierKey, append, layout,
    tiles_needed_for_append,
};
use uuid::Uuid;

use crate::{Db, DbError, Session, Write, args, statements};

statements! {
    FIND_LOG_HEAD = "SELECT size, checkpoint FROM log_head WHERE id = 1";
    INSERT_LOG_HEAD = "INSERT INTO log_head (id, size, checkpoint) VALUES (1, $1, $2)";
    UPDATE_LOG_HEAD = "UPDATE log_head SET size = $1, checkpoint = $2 WHERE id = 1 AND size = $3";
    LIST_WAITING_RECORDS = "SELECT id, commitment FROM audit_record WHERE position IS NULL ORDER BY id LIMIT $1";
    UPDATE_RECORD_POSITION = "UPDATE audit_record SET position = $1 WHERE id = $2 AND position IS NULL";
    FIND_TILE = "SELECT hashes FROM log_tile WHERE level = $1 AND tile_index = $2";
    UPSERT_TILE = "INSERT INTO log_tile (level, tile_index, hashes) VALUES ($1, $2, $3)
        ON CONFLICT (level, tile_index) DO UPDATE SET hashes = excluded.hashes";
    LIST_COMMITMENTS = "SELECT commitment FROM audit_record WHERE position >= $1 AND position < $2 ORDER BY position";
    LIST_TILES = "SELECT level, tile_index, hashes FROM log_tile WHERE level > $1 OR (level = $1 AND tile_index >= $2) ORDER BY level, tile_index LIMIT $3";
    COUNT_WAITING_RECORDS = "SELECT COUNT(*) FROM audit_record WHERE position IS NULL";
}

/// Records numbered in one transaction.
pub const SEQUENCE_BATCH_MAX: i64 = 2048;
/// Tiles read at once by a sweep; each has at most 8 KiB.
pub const TILES_PER_PAGE: i64 = 128;

/// Why the log cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The stored checkpoint does not open: changed behind the program's back, or another key.
    #[error("the stored checkpoint does not open")]
    Checkpoint(#[from] transparency::CheckpointError),
    /// The stored tiles contradict the signed root; going on would sign a forged history.
    #[error("the stored log contradicts its signed checkpoint")]
    Tree(#[from] transparency::TreeError),
    /// Another copy of the program numbered records meanwhile; harmless, the next round goes on.
    #[error("another copy of the program has moved the log on")]
    Moved,
}

impl Db {
    /// Numbers the records that wait, batch by batch, and returns the size of the log.
    ///
    /// # Errors
    /// [`LogError`]; nothing of the failed batch is kept.
    pub async fn sequence(&self, key: Arc<LogKey>) -> Result<u64, LogError> {
        loop {
            let key = key.clone();
            let (numbered, size) = self
                .write(move |write| {
                    let key = key.clone();
                    Box::pin(async move { write.sequence_batch(&key).await })
                })
                .await?;
            if numbered < SEQUENCE_BATCH_MAX {
                return Ok(size);
            }
        }
    }
}

impl Write {
    /// Numbers one batch; returns how many records it numbered and the new size.
    async fn sequence_batch(&mut self, key: &LogKey) -> Result<(i64, u64), LogError> {
        let head = self.log_head(&key.verifier()).await?;
        let waiting = self.fetch_all(LIST_WAITING_RECORDS, args![SEQUENCE_BATCH_MAX]).await?;
        let old = head.unwrap_or_else(TreeHead::empty);
        if waiting.is_empty() && head.is_some() {
            return Ok((0, old.size));
        }
        let mut leaves: Vec<Commitment> = Vec::with_capacity(waiting.len());
        for (position, row) in (signed(old.size)..).zip(&waiting) {
            leaves.push(commitment(row.get(1)?)?);
            if self.execute(UPDATE_RECORD_POSITION, args![position, row.get::<Uuid>(0)?]).await? != 1 {
                return Err(LogError::Moved);
            }
        }
        let edge = self.load_tiles(&tiles_needed_for_append(old.size)).await?;
        let appended = append(&old, &edge, &leaves)?;
        for (tile, hashes) in &appended.tiles {
            let values = args![i64::from(tile.level), signed(tile.index), layout::encode_tile(hashes)];
            self.execute(UPSERT_TILE, values).await?;
        }
        let note = Checkpoint::sign(&appended.head, key);
        let size = signed(appended.head.size);
        let stored = match head {
            None => self.execute(INSERT_LOG_HEAD, args![size, note]).await?,
            Some(_) => self.execute(UPDATE_LOG_HEAD, args![size, note, signed(old.size)]).await?,
        };
        if stored != 1 {
            return Err(LogError::Moved);
        }
        Ok((i64::try_from(waiting.len()).unwrap_or(i64::MAX), appended.head.size))
    }
}

impl Write {
    /// Lets the log go on under another key and name, after records were lost: nobody is told that two histories are one.
    /// Returns its size.
    ///
    /// # Errors
    /// [`LogError`], also when the head does not open with the key it had.
    pub async fn rename_log(&mut self, old: &VerifierKey, new: &LogKey) -> Result<u64, LogError> {
        let Some(head) = self.log_head(old).await? else { return Ok(0) };
        let size = signed(head.size);
        let values = args![size, Checkpoint::sign(&head, new), size];
        if self.execute(UPDATE_LOG_HEAD, values).await? != 1 {
            return Err(LogError::Moved);
        }
        Ok(head.size)
    }
}

impl Session {
    /// The signed head of the log; `None` before the first record was numbered.
    ///
    /// # Errors
    /// [`LogError`].
    pub async fn log_head(&mut self, verifier: &VerifierKey) -> Result<Option<TreeHead>, LogError> {
        match self.log_checkpoint().await? {
            Some(note) => Ok(Some(Checkpoint::open(&note, verifier)?.head)),
            None => Ok(None),
        }
    }

    /// The signed note of the log's head.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn log_checkpoint(&mut self) -> Result<Option<String>, DbError> {
        let row = self.fetch_optional(FIND_LOG_HEAD, args![]).await?;
        row.map(|row| row.get(1)).transpose()
    }

    /// The size that the head's row gives beside the signed note.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn log_size(&mut self) -> Result<Option<i64>, DbError> {
        let row = self.fetch_optional(FIND_LOG_HEAD, args![]).await?;
        row.map(|row| row.get(0)).transpose()
    }

    /// A page of the stored tiles by level and index, from one on (it included): level, index and length in bytes.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_tiles(&mut self, level: i64, index: i64) -> Result<Vec<(i64, i64, usize)>, DbError> {
        let rows = self.fetch_all(LIST_TILES, args![level, index, TILES_PER_PAGE]).await?;
        rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get::<Vec<u8>>(2)?.len()))).collect()
    }

    /// How many records wait for a position.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_waiting_records(&mut self) -> Result<i64, DbError> {
        self.fetch_one(COUNT_WAITING_RECORDS, args![]).await?.get(0)
    }

    /// Tiles from the database, for proofs.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn load_tiles(&mut self, tiles: &[TileId]) -> Result<MemoryTiles, DbError> {
        let mut memory = MemoryTiles::default();
        for &tile in tiles {
            if let Some(bytes) = self.tile_bytes(tile).await? {
                let hashes = layout::decode_tile(&bytes, tile.width);
                memory.insert(tile, hashes.map_err(|_| DbError::damaged("log_tile.hashes"))?);
            }
        }
        Ok(memory)
    }

    /// The bytes of a file of the log, as the outside reads it; `None` when the log has no such file.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn log_file(&mut self, path: &LogPath) -> Result<Option<Vec<u8>>, DbError> {
        match *path {
            LogPath::Checkpoint => Ok(self.log_checkpoint().await?.map(String::into_bytes)),
            LogPath::Tile(tile) => self.tile_bytes(tile).await,
            LogPath::Entries(bundle) => self.bundle_bytes(bundle).await,
        }
    }

    async fn tile_bytes(&mut self, tile: TileId) -> Result<Option<Vec<u8>>, DbError> {
        let row = self.fetch_optional(FIND_TILE, args![i64::from(tile.level), signed(tile.index)]).await?;
        let Some(row) = row else { return Ok(None) };
        let mut bytes: Vec<u8> = row.get(0)?;
        let wanted = usize::from(tile.width) * size_of::<transparency::Hash>();
        if bytes.len() < wanted {
            return Ok(None);
        }
        bytes.truncate(wanted);
        Ok(Some(bytes))
    }

    async fn bundle_bytes(&mut self, bundle: BundleId) -> Result<Option<Vec<u8>>, DbError> {
        let first = signed(bundle.first_entry());
        let rows = self.fetch_all(LIST_COMMITMENTS, args![first, first + i64::from(bundle.width)]).await?;
        if rows.len() != usize::from(bundle.width) {
            return Ok(None);
        }
        let entries: Result<Vec<Commitment>, DbError> = rows.iter().map(|row| commitment(row.get(0)?)).collect();
        Ok(Some(layout::encode_bundle(&entries?)))
    }
}

fn commitment(bytes: Vec<u8>) -> Result<Commitment, DbError> {
    bytes.try_into().map_err(|_| DbError::damaged("audit_record.commitment"))
}

/// Sizes are below 2^40 ([`transparency::ENTRIES_MAX`]).
fn signed(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}
