// SPDX-License-Identifier: Apache-2.0
//! The right edge of the tree: the one partial tile of each level. It is all that is needed to append and to know the root.

use crate::{
    hash::{Hash, complete_root, empty_root, node_hash},
    tile::{TILE_HEIGHT, TILE_WIDTH, TileError, TileId, TileSource, read_tile},
};

/// The partial tiles of a tree of `size` entries; at most 256 hashes a level, whatever the size.
#[derive(Debug, Default)]
pub(crate) struct Edge {
    size: u64,
    /// By level; empty where the last tile of the level is full.
    levels: Vec<Vec<Hash>>,
}

impl Edge {
    /// Reads the edge of a tree of `size` entries.
    pub(crate) fn read(size: u64, source: &dyn TileSource) -> Result<Self, TileError> {
        let tiles = edge_tiles(size);
        let mut levels = vec![Vec::new(); tiles.last().map_or(0, |tile| usize::from(tile.level) + 1)];
        for tile in tiles {
            levels[usize::from(tile.level)] = read_tile(source, tile)?;
        }
        Ok(Self { size, levels })
    }

    /// Entries in the tree.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Appends the hash of a leaf; each tile that becomes full is given to `full`, lower levels first.
    pub(crate) fn push<E>(
        &mut self,
        leaf: Hash,
        mut full: impl FnMut(TileId, &[Hash]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.size += 1;
        let mut hash = leaf;
        for level in 0.. {
            if self.levels.len() == usize::from(level) {
                self.levels.push(Vec::with_capacity(usize::from(TILE_WIDTH)));
            }
            let tile = &mut self.levels[usize::from(level)];
            tile.push(hash);
            if tile.len() < usize::from(TILE_WIDTH) {
                break;
            }
            let index = (self.size >> (u32::from(TILE_HEIGHT) * (u32::from(level) + 1))) - 1;
            full(TileId { level, index, width: TILE_WIDTH }, tile)?;
            hash = complete_root(tile);
            tile.clear();
        }
        Ok(())
    }

    /// The partial tiles, lower levels first.
    pub(crate) fn partial_tiles(&self) -> impl Iterator<Item = (TileId, &[Hash])> {
        edge_tiles(self.size).into_iter().map(|tile| (tile, self.levels[usize::from(tile.level)].as_slice()))
    }

    /// The root of the tree (RFC 6962, section 2.1: MTH of all entries).
    pub(crate) fn root(&self) -> Hash {
        let mut root = None;
        for height in (0..u64::BITS).filter(|height| self.size >> height & 1 == 1) {
            let tile = &self.levels[(height / u32::from(TILE_HEIGHT)) as usize];
            let span = 1 << (height % u32::from(TILE_HEIGHT));
            let first = tile.len() / (2 * span) * (2 * span);
            let left = complete_root(&tile[first..first + span]);
            root = Some(root.map_or(left, |right| node_hash(&left, &right)));
        }
        root.unwrap_or_else(empty_root)
    }
}

/// The partial tiles of a tree of `size` entries, lower levels first (C2SP tlog-tiles, "Partial Tiles").
pub(crate) fn edge_tiles(size: u64) -> Vec<TileId> {
    let levels = (0u8..).map(|level| (level, size.checked_shr(u32::from(level * TILE_HEIGHT)).unwrap_or(0)));
    levels
        .take_while(|(_, hashes)| *hashes > 0)
        .map(|(level, hashes)| TileId {
            level,
            index: hashes >> TILE_HEIGHT,
            width: (hashes % u64::from(TILE_WIDTH)) as u16,
        })
        .filter(|tile| tile.width > 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Edge, edge_tiles};
    use crate::{
        hash::{Hex, hash_of_entry},
        tile::TileId,
    };

    /// Entries and roots of the Certificate Transparency reference implementation for RFC 6962.
    const KNOWN: [(&[u8], &str); 8] = [
        (b"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (b"\x00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (b"\x10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (b" !", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        (b"01", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (b"@ABC", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        (b"PQRSTUVW", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (b"`abcdefghijklmno", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ];

    #[test]
    fn known_roots_of_rfc_6962_are_met() {
        let mut edge = Edge::default();
        for (entry, root) in KNOWN {
            edge.push(hash_of_entry(entry), |_, _| Ok::<_, ()>(())).unwrap();
            assert_eq!(Hex(&edge.root()).to_string(), root, "at size {}", edge.size());
        }
    }

    #[test]
    fn the_edge_has_the_tiles_of_the_example_in_the_specification() {
        let tile = |level, index, width| TileId { level, index, width };
        assert_eq!(edge_tiles(70_000), [tile(0, 273, 112), tile(1, 1, 17), tile(2, 0, 1)]);
        assert_eq!(edge_tiles(256), [tile(1, 0, 1)]);
        assert_eq!(edge_tiles(0), []);
    }
}
