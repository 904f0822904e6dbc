// SPDX-License-Identifier: Apache-2.0
//! Tiles: strips of up to 256 consecutive hashes of the tree, and the place they are read from (C2SP tlog-tiles).

use std::collections::BTreeMap;

use crate::hash::{Hash, complete_root, node_hash};

/// Levels of the tree that one tile spans (C2SP tlog-tiles: height 8).
pub const TILE_HEIGHT: u8 = 8;

/// Hashes in a full tile, and entries in a full bundle: 2^8 (C2SP tlog-tiles).
pub const TILE_WIDTH: u16 = 1 << TILE_HEIGHT;

/// The coordinates of a tile. Its `i`-th hash is the root of the `256^level` entries from `(index * 256 + i) * 256^level` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// 0 for hashes of leaves, 1 for roots of full tiles of level 0, and so on.
    pub level: u8,
    /// Position of the tile on its level, from 0.
    pub index: u64,
    /// Hashes in it: 1 to 256; fewer than 256 means that the tile is partial and still grows.
    pub width: u16,
}

/// Storage failed; the cause is its source.
#[derive(Debug, thiserror::Error)]
#[error("the storage of the log cannot be read")]
pub struct SourceError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl SourceError {
    /// Wraps the error of a storage.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

/// A tile could not be used.
#[derive(Debug, thiserror::Error)]
pub enum TileError {
    /// The storage failed.
    #[error("tile {} cannot be read", .tile.path())]
    Source {
        /// The tile asked for.
        tile: TileId,
        /// What the storage said.
        #[source]
        source: SourceError,
    },
    /// The storage has no such tile, partial or full.
    #[error("tile {} is missing", .tile.path())]
    Missing {
        /// The tile asked for.
        tile: TileId,
    },
    /// The storage gave another number of hashes than asked for.
    #[error("tile {} holds {found} hashes instead of {}", .tile.path(), .tile.width)]
    Width {
        /// The tile asked for.
        tile: TileId,
        /// Hashes found.
        found: usize,
    },
}

/// Where tiles of hashes are read from.
pub trait TileSource {
    /// The first `width` hashes of the tile `index` on `level`, or `None` when there is no tile at least that wide under
    /// this width. A tile only grows at its end, so a source may answer with the beginning of a wider one.
    ///
    /// # Errors
    /// When the storage fails.
    fn tile(&self, level: u8, index: u64, width: u16) -> Result<Option<Vec<Hash>>, SourceError>;
}

/// Tiles in memory, each in its widest state known; what an asynchronous caller fills before it asks for a proof.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryTiles {
    tiles: BTreeMap<(u8, u64), Vec<Hash>>,
}

impl MemoryTiles {
    /// Stores a tile; a state narrower than the one already here is ignored.
    pub fn insert(&mut self, tile: TileId, hashes: Vec<Hash>) {
        let present = self.tiles.entry((tile.level, tile.index)).or_default();
        if hashes.len() >= present.len() {
            *present = hashes;
        }
    }

    /// All tiles by level and index, each at its present width.
    pub fn iter(&self) -> impl Iterator<Item = (TileId, &[Hash])> {
        self.tiles.iter().map(|(&(level, index), hashes)| {
            let width = u16::try_from(hashes.len()).unwrap_or(TILE_WIDTH);
            (TileId { level, index, width }, hashes.as_slice())
        })
    }
}

impl Extend<(TileId, Vec<Hash>)> for MemoryTiles {
    fn extend<T: IntoIterator<Item = (TileId, Vec<Hash>)>>(&mut self, tiles: T) {
        for (tile, hashes) in tiles {
            self.insert(tile, hashes);
        }
    }
}

impl FromIterator<(TileId, Vec<Hash>)> for MemoryTiles {
    fn from_iter<T: IntoIterator<Item = (TileId, Vec<Hash>)>>(tiles: T) -> Self {
        let mut memory = Self::default();
        memory.extend(tiles);
        memory
    }
}

impl TileSource for MemoryTiles {
    fn tile(&self, level: u8, index: u64, width: u16) -> Result<Option<Vec<Hash>>, SourceError> {
        Ok(self.tiles.get(&(level, index)).and_then(|hashes| hashes.get(..usize::from(width))).map(<[Hash]>::to_vec))
    }
}

/// A complete subtree: the `2^height` entries from `index * 2^height` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    height: u8,
    index: u64,
}

impl Node {
    /// The tile, as wide as it is in a tree of `size` entries, whose hashes make this node, and where in it they stand.
    fn tile(self, size: u64) -> (TileId, std::ops::Range<usize>) {
        let level = self.height / TILE_HEIGHT;
        let span = 1usize << (self.height % TILE_HEIGHT);
        let first = self.index * span as u64;
        let index = first >> TILE_HEIGHT;
        let offset = (first % u64::from(TILE_WIDTH)) as usize;
        (TileId { level, index, width: tile_width(level, index, size) }, offset..offset + span)
    }
}

/// Hashes that the tile `index` on `level` holds in a tree of `size` entries: 0 to 256.
pub(crate) fn tile_width(level: u8, index: u64, size: u64) -> u16 {
    let hashes_on_level = size.checked_shr(u32::from(level) * u32::from(TILE_HEIGHT)).unwrap_or(0);
    let hashes_before = index.saturating_mul(u64::from(TILE_WIDTH));
    hashes_on_level.saturating_sub(hashes_before).min(u64::from(TILE_WIDTH)) as u16
}

/// The complete subtrees, left to right and ever smaller, that make up the entries `range` (RFC 6962, section 2.1: the
/// left part of each split is the largest complete subtree). `range` is one that these splits make.
pub(crate) fn nodes_of_range(range: std::ops::Range<u64>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut first = range.start;
    while first < range.end {
        let height = (range.end - first).ilog2() as u8;
        nodes.push(Node { height, index: first >> height });
        first += 1 << height;
    }
    nodes
}

/// The tiles, sorted and each once, that hold the given ranges in a tree of `size` entries.
pub(crate) fn tiles_of_ranges(size: u64, ranges: &[std::ops::Range<u64>]) -> Vec<TileId> {
    let nodes = ranges.iter().flat_map(|range| nodes_of_range(range.clone()));
    let mut tiles: Vec<TileId> = nodes.map(|node| node.tile(size).0).collect();
    tiles.sort_unstable();
    tiles.dedup();
    tiles
}

/// Reads hashes of a tree of one size and asks the source for each tile once.
pub(crate) struct TileReader<'a> {
    size: u64,
    source: &'a dyn TileSource,
    tiles: BTreeMap<TileId, Vec<Hash>>,
}

impl<'a> TileReader<'a> {
    /// A reader of the tree of `size` entries.
    pub(crate) fn new(size: u64, source: &'a dyn TileSource) -> Self {
        Self { size, source, tiles: BTreeMap::new() }
    }

    /// The hash of a range of entries (RFC 6962, section 2.1: MTH).
    pub(crate) fn range_hash(&mut self, range: &std::ops::Range<u64>) -> Result<Hash, TileError> {
        let mut hash = None;
        for node in nodes_of_range(range.clone()).into_iter().rev() {
            let left = self.node(node)?;
            hash = Some(hash.map_or(left, |right| node_hash(&left, &right)));
        }
        Ok(hash.unwrap_or_else(crate::hash::empty_root))
    }

    /// The hash of a complete subtree.
    fn node(&mut self, node: Node) -> Result<Hash, TileError> {
        let (tile, span) = node.tile(self.size);
        if !self.tiles.contains_key(&tile) {
            self.tiles.insert(tile, read_tile(self.source, tile)?);
        }
        Ok(complete_root(&self.tiles[&tile][span]))
    }
}

/// Reads a tile; where a partial one is gone, the beginning of the full one (C2SP tlog-tiles lets a log delete a partial
/// tile once the full one is there).
pub(crate) fn read_tile(source: &dyn TileSource, tile: TileId) -> Result<Vec<Hash>, TileError> {
    let read = |width| source.tile(tile.level, tile.index, width).map_err(|source| TileError::Source { tile, source });
    let mut hashes = match read(tile.width)? {
        Some(hashes) if hashes.len() == usize::from(tile.width) => return Ok(hashes),
        Some(hashes) => return Err(TileError::Width { tile, found: hashes.len() }),
        None if tile.width == TILE_WIDTH => return Err(TileError::Missing { tile }),
        None => read(TILE_WIDTH)?.ok_or(TileError::Missing { tile })?,
    };
    if hashes.len() != usize::from(TILE_WIDTH) {
        return Err(TileError::Width { tile: TileId { width: TILE_WIDTH, ..tile }, found: hashes.len() });
    }
    hashes.truncate(usize::from(tile.width));
    Ok(hashes)
}
