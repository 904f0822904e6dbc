// SPDX-License-Identifier: Apache-2.0
//! The check of a whole log: every signature, entry and tile, and that nothing an older checkpoint promised was rewritten.
//!
//! A sample of entries would miss a change elsewhere, so every file is read, one bundle at a time.

use crate::{
    checkpoint::{Checkpoint, CheckpointError},
    edge::Edge,
    hash::{Hash, Hex, leaf_hash},
    layout::{BundleId, CHECKPOINT_PATH, LayoutError, bundles, decode_bundle, decode_tile},
    note::VerifierKey,
    tile::{SourceError, TILE_HEIGHT, TILE_WIDTH, TileId},
    tree::TreeHead,
};

/// Where the files of a log are read from: a folder, a server, a database.
pub trait LogFiles {
    /// The bytes of the file at a path of [`crate::layout`], or `None` when there is none. No file is longer than
    /// [`crate::layout::FILE_BYTES_MAX`]; a reader may stop one byte later.
    ///
    /// # Errors
    /// When the storage fails.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError>;
}

/// What was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SweepReport {
    /// Entries in the log; each was hashed and compared.
    pub entries: u64,
    /// The root that they make and the log signed.
    pub root: Hash,
    /// Tiles compared, full and partial.
    pub tiles: u64,
    /// Entries of the older checkpoint whose history was found unchanged.
    pub since: Option<u64>,
}

/// Which of two files that contradict each other was changed, judged by the signed root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Culprit {
    /// The entries do not make the signed root.
    Entries,
    /// The entries make the signed root, so the tile is wrong.
    Tile,
    /// The entries could not be read to the end.
    Unknown,
}

/// The first fault of a log.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The storage failed.
    #[error("{path} cannot be read")]
    Storage {
        /// The file.
        path: String,
        /// What the storage said.
        #[source]
        source: SourceError,
    },
    /// A file is missing.
    #[error("{path} is missing")]
    Missing {
        /// The file.
        path: String,
    },
    /// A file is not well formed: truncated, extended, or an entry of another length.
    #[error("{path} is malformed: {cause}")]
    Malformed {
        /// The file.
        path: String,
        /// How.
        cause: LayoutError,
    },
    /// The checkpoint of the log cannot be trusted.
    #[error("{CHECKPOINT_PATH} cannot be trusted: {0}")]
    Checkpoint(CheckpointError),
    /// The older checkpoint cannot be trusted.
    #[error("the older checkpoint cannot be trusted: {0}")]
    OldCheckpoint(CheckpointError),
    /// Entries and a tile contradict each other.
    #[error(
        "{} and {} contradict each other: hash {position} in the tile is {}, entry {entry} and those under the same \
         hash make {}; {}",
        .tile.path(), .bundle.path(), Hex(.found), Hex(.expected), culprit_text(*.culprit)
    )]
    Mismatch {
        /// The tile.
        tile: TileId,
        /// Which of its hashes, from 0.
        position: usize,
        /// The bundle with the first entry below this hash.
        bundle: BundleId,
        /// The number of that entry in the log, from 0.
        entry: u64,
        /// The hash that the entries make.
        expected: Hash,
        /// The hash that the tile holds.
        found: Hash,
        /// Which of the two was changed.
        culprit: Culprit,
    },
    /// Entries and tiles agree, but not with the signed root.
    #[error("entries and tiles make the root {} at size {size}, but the log signed {}", Hex(.found), Hex(.signed))]
    RootDiffers {
        /// Entries in the checkpoint.
        size: u64,
        /// The root in the checkpoint.
        signed: Hash,
        /// The root that the entries make.
        found: Hash,
    },
    /// The log is shorter than the older checkpoint: it was rolled back.
    #[error("the log was shortened: it has {size} entries, the older checkpoint has {old}")]
    Shortened {
        /// Entries in the older checkpoint.
        old: u64,
        /// Entries now.
        size: u64,
    },
    /// History before the older checkpoint is not what it was; the two checkpoints prove it.
    #[error(
        "history was rewritten: the first {old} entries make the root {}, the older checkpoint has {}",
        Hex(.found), Hex(.signed)
    )]
    Rewritten {
        /// Entries in the older checkpoint.
        old: u64,
        /// The root in the older checkpoint.
        signed: Hash,
        /// The root that these entries make now.
        found: Hash,
    },
}

impl SweepError {
    /// The path of the bad file; `None` where no single file can be named.
    pub fn bad_file(&self) -> Option<String> {
        match self {
            Self::Storage { path, .. } | Self::Missing { path } | Self::Malformed { path, .. } => Some(path.clone()),
            Self::Checkpoint(_) => Some(CHECKPOINT_PATH.to_owned()),
            Self::Mismatch { bundle, culprit: Culprit::Entries, .. } => Some(bundle.path()),
            Self::Mismatch { tile, culprit: Culprit::Tile, .. } => Some(tile.path()),
            _ => None,
        }
    }
}

fn culprit_text(culprit: Culprit) -> &'static str {
    match culprit {
        Culprit::Entries => "the entries were changed: they do not make the signed root",
        Culprit::Tile => "the tile was changed: the entries make the signed root",
        Culprit::Unknown => "which of them was changed cannot be told, for a later file is bad too",
    }
}

/// Checks a whole log; with `since`, a checkpoint note kept from earlier, also that the log still begins as it did then.
///
/// Memory is bounded by one bundle and one tile of each level, whatever the size of the log.
///
/// # Errors
/// The first fault, with file, position and what was expected.
pub fn verify_log(
    files: &dyn LogFiles,
    verifier: &VerifierKey,
    since: Option<&str>,
) -> Result<SweepReport, SweepError> {
    let note = read_present(files, CHECKPOINT_PATH)?;
    // Bytes that are no UTF-8 become a replacement character, with which no signature holds.
    let head = Checkpoint::open(&String::from_utf8_lossy(&note), verifier).map_err(SweepError::Checkpoint)?.head;
    let old = since.map(|note| Checkpoint::open(note, verifier)).transpose().map_err(SweepError::OldCheckpoint)?;
    let old = old.map(|checkpoint| checkpoint.head);
    if let Some(old) = old.filter(|old| old.size > head.size) {
        return Err(SweepError::Shortened { old: old.size, size: head.size });
    }
    let mut sweep = Sweep { files, edge: Edge::default(), tiles: 0, old, old_root: None, first_fault: None };
    match sweep.read_all(head.size) {
        Ok(()) => sweep.judge(&head),
        Err(error) => Err(sweep.first_fault.unwrap_or(error)),
    }
}

/// A check under way.
struct Sweep<'a> {
    files: &'a dyn LogFiles,
    edge: Edge,
    tiles: u64,
    old: Option<TreeHead>,
    /// The root at the size of the older checkpoint, once that is reached (that of no entries is checked on opening).
    old_root: Option<Hash>,
    /// The first hash of a tile that the entries do not make; judged when all entries are read.
    first_fault: Option<SweepError>,
}

impl Sweep<'_> {
    fn read_all(&mut self, size: u64) -> Result<(), SweepError> {
        for bundle in bundles(size) {
            for entry in read_bundle(self.files, bundle)? {
                let (files, tiles, fault) = (self.files, &mut self.tiles, &mut self.first_fault);
                self.edge.push(leaf_hash(&entry), |tile, hashes| {
                    *tiles += 1;
                    compare_tile(files, tile, hashes, size, fault)
                })?;
                self.note_old_root();
            }
        }
        for (tile, hashes) in self.edge.partial_tiles() {
            self.tiles += 1;
            compare_tile(self.files, tile, hashes, size, &mut self.first_fault)?;
        }
        Ok(())
    }

    fn note_old_root(&mut self) {
        if self.old.is_some_and(|old| old.size == self.edge.size()) {
            self.old_root = Some(self.edge.root());
        }
    }

    /// All files are read: compares the roots and says who is wrong.
    fn judge(mut self, head: &TreeHead) -> Result<SweepReport, SweepError> {
        let root = self.edge.root();
        let is_signed = root == head.root;
        if let Some(SweepError::Mismatch { culprit, .. }) = &mut self.first_fault {
            *culprit = if is_signed { Culprit::Tile } else { Culprit::Entries };
        }
        if !is_signed {
            let unnamed = SweepError::RootDiffers { size: head.size, signed: head.root, found: root };
            return Err(self.first_fault.unwrap_or(unnamed));
        }
        if let (Some(old), Some(found)) = (self.old, self.old_root)
            && old.root != found
        {
            return Err(SweepError::Rewritten { old: old.size, signed: old.root, found });
        }
        match self.first_fault {
            Some(fault) => Err(fault),
            None => {
                Ok(SweepReport { entries: head.size, root, tiles: self.tiles, since: self.old.map(|old| old.size) })
            }
        }
    }
}

/// Compares a stored tile with the hashes that the entries make; keeps the first difference in `fault`.
fn compare_tile(
    files: &dyn LogFiles,
    tile: TileId,
    hashes: &[Hash],
    size: u64,
    fault: &mut Option<SweepError>,
) -> Result<(), SweepError> {
    let stored = read_wide(files, tile.width, |width| TileId { width, ..tile }.path(), decode_tile)?;
    let differing = hashes.iter().zip(&stored).position(|(expected, found)| expected != found);
    if let Some(position) = differing.filter(|_| fault.is_none()) {
        let below = u32::from(TILE_HEIGHT) * u32::from(tile.level);
        let entry = (tile.index * u64::from(TILE_WIDTH) + position as u64) << below;
        *fault = Some(SweepError::Mismatch {
            tile,
            position,
            bundle: BundleId::of_entry(entry, size),
            entry,
            expected: hashes[position],
            found: stored[position],
            culprit: Culprit::Unknown,
        });
    }
    Ok(())
}

fn read_bundle(files: &dyn LogFiles, bundle: BundleId) -> Result<Vec<[u8; 32]>, SweepError> {
    read_wide(files, bundle.width, |width| BundleId { width, ..bundle }.path(), decode_bundle)
}

/// Reads a tile or bundle; where a partial one is gone, the beginning of the full one, as C2SP tlog-tiles allows.
fn read_wide<T>(
    files: &dyn LogFiles,
    width: u16,
    path: impl Fn(u16) -> String,
    decode: impl Fn(&[u8], u16) -> Result<Vec<T>, LayoutError>,
) -> Result<Vec<T>, SweepError> {
    let read = |width| {
        let path = path(width);
        let Some(bytes) = files.read(&path).map_err(|source| SweepError::Storage { path: path.clone(), source })?
        else {
            return Ok(None);
        };
        decode(&bytes, width).map(Some).map_err(|cause| SweepError::Malformed { path, cause })
    };
    if let Some(items) = read(width)? {
        return Ok(items);
    }
    let full = if width < TILE_WIDTH { read(TILE_WIDTH)? } else { None };
    let mut items = full.ok_or_else(|| SweepError::Missing { path: path(width) })?;
    items.truncate(usize::from(width));
    Ok(items)
}

fn read_present(files: &dyn LogFiles, path: &str) -> Result<Vec<u8>, SweepError> {
    let read = files.read(path).map_err(|source| SweepError::Storage { path: path.to_owned(), source })?;
    read.ok_or_else(|| SweepError::Missing { path: path.to_owned() })
}
