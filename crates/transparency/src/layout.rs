// SPDX-License-Identifier: Apache-2.0
//! Paths and bytes of the files of a log (C2SP tlog-tiles, "APIs").

use crate::{
    edge::edge_tiles,
    hash::{Commitment, HASH_BYTES, Hash},
    note::NOTE_BYTES_MAX,
    tile::{TILE_HEIGHT, TILE_WIDTH, TileId, tile_width},
    tree::ENTRIES_MAX,
};

/// Where the signed head is.
pub const CHECKPOINT_PATH: &str = "checkpoint";

/// The media type of the checkpoint (C2SP tlog-tiles, "Checkpoints").
pub const CHECKPOINT_MEDIA_TYPE: &str = "text/plain; charset=utf-8";

/// The media type of tiles and entry bundles (C2SP tlog-tiles, "Merkle Tree").
pub const TILE_MEDIA_TYPE: &str = "application/octet-stream";

/// The most bytes in any file of a log, the checkpoint being the longest. A reader that stops one byte later still lets an
/// overlong file be found.
pub const FILE_BYTES_MAX: usize = NOTE_BYTES_MAX;

/// The highest level on which a log of [`ENTRIES_MAX`] entries has a tile.
const LEVEL_MAX: u8 = (ENTRIES_MAX.ilog2() / TILE_HEIGHT as u32) as u8;

/// Length of a path beyond which it is not looked at.
const PATH_BYTES_MAX: usize = 80;

/// The length of an entry before its bytes: 32, as a big-endian u16 (C2SP tlog-tiles, "Log entries").
const ENTRY_LENGTH: [u8; 2] = [0, HASH_BYTES as u8];

/// Bytes of an entry in a bundle, its length included.
const ENTRY_BYTES: usize = ENTRY_LENGTH.len() + HASH_BYTES;

/// The bytes of a file are not those of a tile or bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// It is too short or too long.
    #[error("it has {found} bytes instead of {expected}")]
    FileLength {
        /// Bytes that its width asks for.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
    /// An entry is not 32 bytes long.
    #[error("entry {position} in it says that it has {found} bytes instead of 32")]
    EntryLength {
        /// Position in the bundle, from 0.
        position: usize,
        /// Length found.
        found: u16,
    },
}

/// An entry bundle: the entries `index * 256` and following.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BundleId {
    /// Position of the bundle, from 0.
    pub index: u64,
    /// Entries in it: 1 to 256; fewer than 256 means that it is partial and still grows.
    pub width: u16,
}

impl BundleId {
    /// The bundle that holds the entry `entry` in a log of `size` entries; its width is 0 when the log has none such.
    pub(crate) fn of_entry(entry: u64, size: u64) -> Self {
        let index = entry / u64::from(TILE_WIDTH);
        Self { index, width: tile_width(0, index, size) }
    }

    /// The number of its first entry.
    pub fn first_entry(self) -> u64 {
        self.index * u64::from(TILE_WIDTH)
    }

    /// Its path: `tile/entries/<N>[.p/<W>]`.
    pub fn path(self) -> String {
        format!("tile/entries/{}", index_path(self.index, self.width))
    }
}

impl TileId {
    /// Its path: `tile/<L>/<N>[.p/<W>]`.
    pub fn path(self) -> String {
        format!("tile/{}/{}", self.level, index_path(self.index, self.width))
    }
}

/// A file of a log, read from its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogPath {
    /// The signed head.
    Checkpoint,
    /// A tile of hashes.
    Tile(TileId),
    /// A bundle of entries.
    Entries(BundleId),
}

impl LogPath {
    /// Reads a path, without a leading slash; `None` when it is not written exactly as the specification asks.
    pub fn parse(path: &str) -> Option<Self> {
        if path == CHECKPOINT_PATH {
            return Some(Self::Checkpoint);
        }
        if path.len() > PATH_BYTES_MAX {
            return None;
        }
        let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok().filter(|width| (1..TILE_WIDTH).contains(width))?),
            None => (rest, TILE_WIDTH),
        };
        let index = parse_index(number)?;
        let parsed = match level {
            "entries" => Self::Entries(BundleId { index, width }),
            _ => Self::Tile(TileId { level: level.parse().ok().filter(|level| *level <= LEVEL_MAX)?, index, width }),
        };
        // One spelling each: what is written differently from how we would write it is not a path.
        (parsed.path() == path).then_some(parsed)
    }

    /// The path, without a leading slash.
    pub fn path(&self) -> String {
        match self {
            Self::Checkpoint => CHECKPOINT_PATH.to_owned(),
            Self::Tile(tile) => tile.path(),
            Self::Entries(bundle) => bundle.path(),
        }
    }
}

/// `<N>[.p/<W>]`: the index in groups of three digits, all but the last with an `x` before them.
fn index_path(index: u64, width: u16) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    if width < TILE_WIDTH { format!("{path}.p/{width}") } else { path }
}

fn parse_index(groups: &str) -> Option<u64> {
    let mut index = 0u64;
    for group in groups.split('/') {
        let digits = group.strip_prefix('x').unwrap_or(group);
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    (index < ENTRIES_MAX).then_some(index)
}

/// The bundles of a log of `size` entries, in order: the full ones and the partial one.
pub fn bundles(size: u64) -> impl Iterator<Item = BundleId> {
    bundles_for_append(0, size)
}

/// The bundles that are new or changed when a log grows from `old` to `new` entries, in order.
pub fn bundles_for_append(old: u64, new: u64) -> impl Iterator<Item = BundleId> {
    let range = if old < new { old / u64::from(TILE_WIDTH)..new.div_ceil(u64::from(TILE_WIDTH)) } else { 0..0 };
    range.map(move |index| BundleId { index, width: tile_width(0, index, new) })
}

/// The tiles of a tree of `size` entries, level by level: the full ones and the partial one of each level.
pub fn tiles(size: u64) -> impl Iterator<Item = TileId> {
    let partial = edge_tiles(size);
    (0..=LEVEL_MAX).flat_map(move |level| {
        let full = size >> (u32::from(TILE_HEIGHT) * (u32::from(level) + 1));
        let last = partial.iter().copied().find(|tile| tile.level == level);
        (0..full).map(move |index| TileId { level, index, width: TILE_WIDTH }).chain(last)
    })
}

/// The bytes of a bundle: each commitment after its length.
pub fn encode_bundle(entries: &[Commitment]) -> Vec<u8> {
    entries.iter().flat_map(|entry| ENTRY_LENGTH.into_iter().chain(*entry)).collect()
}

/// Reads the bytes of a bundle of `width` entries, strictly.
///
/// # Errors
/// When the length of the file or of an entry is another one.
pub fn decode_bundle(bytes: &[u8], width: u16) -> Result<Vec<Commitment>, LayoutError> {
    let entries = exact_chunks::<ENTRY_BYTES>(bytes, width)?;
    let decode = |(position, entry): (usize, &[u8; ENTRY_BYTES])| {
        let [high, low, commitment @ ..] = entry;
        match u16::from_be_bytes([*high, *low]) {
            length if [*high, *low] != ENTRY_LENGTH => Err(LayoutError::EntryLength { position, found: length }),
            _ => Ok(*commitment),
        }
    };
    entries.iter().enumerate().map(decode).collect()
}

/// The bytes of a tile: its hashes, one after the other.
pub fn encode_tile(hashes: &[Hash]) -> Vec<u8> {
    hashes.concat()
}

/// Reads the bytes of a tile of `width` hashes, strictly.
///
/// # Errors
/// When the length of the file is another one.
pub fn decode_tile(bytes: &[u8], width: u16) -> Result<Vec<Hash>, LayoutError> {
    exact_chunks::<HASH_BYTES>(bytes, width).map(<[Hash]>::to_vec)
}

/// The bytes as `width` pieces of `N` bytes and nothing more.
fn exact_chunks<const N: usize>(bytes: &[u8], width: u16) -> Result<&[[u8; N]], LayoutError> {
    match bytes.as_chunks() {
        (chunks, []) if chunks.len() == usize::from(width) => Ok(chunks),
        _ => Err(LayoutError::FileLength { expected: usize::from(width) * N, found: bytes.len() }),
    }
}
