// SPDX-License-Identifier: Apache-2.0
//! Appending to the tree and computing its root.

use crate::{
    edge::{Edge, edge_tiles},
    hash::{Commitment, Hash, Hex, empty_root, leaf_hash},
    tile::{TileError, TileId, TileReader, TileSource},
};

/// The most entries a log holds: 2^40, so that no arithmetic on sizes can overflow. A service that wrote 10,000 records a
/// second would need three years to fill it.
pub const ENTRIES_MAX: u64 = 1 << 40;

/// The most entries one [`append`] takes, which bounds the tiles it holds in memory (65,536 leaves, about 2 MB).
pub const BATCH_LEAVES_MAX: usize = 1 << 16;

/// Size and root of a tree: what a checkpoint signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// Entries in the tree.
    pub size: u64,
    /// Root over these entries (RFC 6962, section 2.1).
    pub root: Hash,
}

impl TreeHead {
    /// The head of the tree without entries.
    pub fn empty() -> Self {
        Self { size: 0, root: empty_root() }
    }
}

/// What an append makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Size and root after it; to be signed once `tiles` are stored.
    pub head: TreeHead,
    /// The new and changed tiles, each whole at its present width, sorted by level and index.
    pub tiles: Vec<(TileId, Vec<Hash>)>,
}

/// The tree cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    /// A tile cannot be had.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// The stored tiles do not make the root that was last signed; to go on would sign a forged history.
    #[error("the stored tiles make the root {} at size {size}, the signed one is {}", Hex(.found), Hex(.expected))]
    RootDiffers {
        /// Entries in the tree.
        size: u64,
        /// The root of the head given.
        expected: Hash,
        /// The root that the stored tiles make.
        found: Hash,
    },
    /// The log would have more than [`ENTRIES_MAX`] entries.
    #[error("a log holds at most {ENTRIES_MAX} entries, not {size}")]
    TooManyEntries {
        /// Entries asked for.
        size: u64,
    },
    /// More than [`BATCH_LEAVES_MAX`] entries at once.
    #[error("at most {BATCH_LEAVES_MAX} entries are appended at once, not {count}")]
    BatchTooLarge {
        /// Entries given.
        count: usize,
    },
    /// There is no such entry in the tree.
    #[error("entry {index} is not in a tree of {size} entries")]
    NoSuchEntry {
        /// The entry asked for.
        index: u64,
        /// Entries in the tree.
        size: u64,
    },
    /// The old tree is larger than the new one.
    #[error("a tree of {new} entries cannot follow one of {old}")]
    SizesReversed {
        /// Entries in the old tree.
        old: u64,
        /// Entries in the new tree.
        new: u64,
    },
}

/// Refuses sizes above [`ENTRIES_MAX`].
pub(crate) fn check_size(size: u64) -> Result<(), TreeError> {
    if size > ENTRIES_MAX { Err(TreeError::TooManyEntries { size }) } else { Ok(()) }
}

/// Appends commitments to the tree whose head is `head`; `edge` gives the tiles of [`tiles_needed_for_append`]. The cost
/// grows with the number of leaves and with the logarithm of the size.
///
/// # Errors
/// [`TreeError::RootDiffers`] when the stored tiles do not make the root of `head`; the limits [`ENTRIES_MAX`] and
/// [`BATCH_LEAVES_MAX`]; a tile that cannot be had.
pub fn append(head: &TreeHead, edge: &dyn TileSource, leaves: &[Commitment]) -> Result<Appended, TreeError> {
    if leaves.len() > BATCH_LEAVES_MAX {
        return Err(TreeError::BatchTooLarge { count: leaves.len() });
    }
    check_size(head.size.saturating_add(leaves.len() as u64))?;
    let mut edge = Edge::read(head.size, edge)?;
    let found = edge.root();
    if found != head.root {
        return Err(TreeError::RootDiffers { size: head.size, expected: head.root, found });
    }
    let mut tiles = Vec::new();
    for leaf in leaves {
        let Ok(()) = edge.push(leaf_hash(leaf), |tile, hashes| {
            tiles.push((tile, hashes.to_vec()));
            Ok::<_, std::convert::Infallible>(())
        });
    }
    let before = edge_tiles(head.size);
    let changed = edge.partial_tiles().filter(|(tile, _)| !before.contains(tile));
    tiles.extend(changed.map(|(tile, hashes)| (tile, hashes.to_vec())));
    tiles.sort_unstable_by_key(|(tile, _)| *tile);
    Ok(Appended { head: TreeHead { size: edge.size(), root: edge.root() }, tiles })
}

/// The tiles that [`append`] reads from a tree of `size` entries: the partial one of each level, sorted.
pub fn tiles_needed_for_append(size: u64) -> Vec<TileId> {
    edge_tiles(size)
}

/// The root of the first `size` entries (RFC 6962, section 2.1).
///
/// # Errors
/// The limit [`ENTRIES_MAX`]; a tile that cannot be had.
pub fn root(size: u64, source: &dyn TileSource) -> Result<Hash, TreeError> {
    check_size(size)?;
    Ok(TileReader::new(size, source).range_hash(&(0..size))?)
}
