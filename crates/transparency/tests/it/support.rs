// SPDX-License-Identifier: Apache-2.0
//! A log in memory, and the other implementation's view of the same entries.

use std::collections::BTreeMap;

use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use tlog_tiles::{Hash as OtherHash, HashReader, stored_hashes};
use transparency::{
    Checkpoint, Commitment, LogFiles, LogKey, MemoryTiles, SourceError, TreeHead, append, hash::leaf_hash, layout,
};

/// The `number`-th commitment of the tests: 32 bytes that differ everywhere.
pub(crate) fn commitment(number: u64) -> Commitment {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    leaf_hash(&bytes)
}

pub(crate) fn commitments(count: u64) -> Vec<Commitment> {
    (0..count).map(commitment).collect()
}

/// A key that is the same in each run.
pub(crate) fn key(seed: u64) -> LogKey {
    LogKey::generate("turna.example/log", &mut ChaCha20Rng::seed_from_u64(seed)).unwrap()
}

/// Head and tiles of a log in memory.
#[derive(Clone)]
pub(crate) struct Log {
    pub(crate) head: TreeHead,
    pub(crate) tiles: MemoryTiles,
    pub(crate) leaves: Vec<Commitment>,
}

impl Log {
    pub(crate) fn empty() -> Self {
        Self { head: TreeHead::empty(), tiles: MemoryTiles::default(), leaves: Vec::new() }
    }

    /// The log of the first `size` commitments.
    pub(crate) fn of(size: u64) -> Self {
        let mut log = Self::empty();
        log.append(&commitments(size));
        log
    }

    pub(crate) fn append(&mut self, leaves: &[Commitment]) {
        let appended = append(&self.head, &self.tiles, leaves).unwrap();
        self.head = appended.head;
        self.tiles.extend(appended.tiles);
        self.leaves.extend(leaves);
    }

    /// The published files.
    pub(crate) fn files(&self, key: &LogKey) -> Files {
        let mut files = BTreeMap::new();
        files.insert(layout::CHECKPOINT_PATH.to_owned(), Checkpoint::sign(&self.head, key).into_bytes());
        for bundle in layout::bundles(self.head.size) {
            let first = bundle.first_entry() as usize;
            let entries = &self.leaves[first..first + usize::from(bundle.width)];
            files.insert(bundle.path(), layout::encode_bundle(entries));
        }
        for (tile, hashes) in self.tiles.iter() {
            files.insert(tile.path(), layout::encode_tile(hashes));
        }
        Files(files)
    }
}

/// Files by path.
#[derive(Clone)]
pub(crate) struct Files(pub(crate) BTreeMap<String, Vec<u8>>);

impl LogFiles for Files {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.0.get(path).cloned())
    }
}

/// The same entries in the other implementation, which keeps every inner hash in one list.
pub(crate) struct Other(pub(crate) Vec<OtherHash>);

impl Other {
    pub(crate) fn of(size: u64) -> Self {
        let mut other = Self(Vec::new());
        for number in 0..size {
            let hashes = stored_hashes(number, &commitment(number), &other).unwrap();
            other.0.extend(hashes);
        }
        other
    }
}

impl HashReader for Other {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<OtherHash>, tlog_tiles::tlog::Error> {
        Ok(indexes.iter().map(|index| self.0[*index as usize]).collect())
    }
}
