// SPDX-License-Identifier: Apache-2.0
//! Appending: the same tree however it is cut into batches, and the same as another implementation's.

use proptest::prelude::*;
use tlog_tiles::{HashReader, Tile, TileHashReader, TileReader, tree_hash};
use transparency::{
    BATCH_LEAVES_MAX, Commitment, ENTRIES_MAX, Hash, MemoryTiles, SourceError, TileError, TileId, TileSource,
    TreeError, TreeHead, append, layout, root, tiles_needed_for_append,
};

use crate::support::{Log, Other, commitments};

/// Sizes at and around the borders of tiles, and one with three levels.
const SIZES: [u64; 14] = [0, 1, 2, 3, 127, 128, 255, 256, 257, 511, 512, 513, 1000, 66_000];

#[test]
fn roots_and_tiles_are_those_of_another_implementation() {
    let other = Other::of(66_000);
    for size in SIZES {
        let mut log = Log::empty();
        commitments(size).chunks(BATCH_LEAVES_MAX).for_each(|batch| log.append(batch));
        assert_eq!(log.head.root, tree_hash(size, &other).unwrap().0, "root of {size}");
        assert_eq!(root(size, &log.tiles).unwrap(), log.head.root);
        let tiles: Vec<TileId> = log.tiles.iter().map(|(tile, _)| tile).collect();
        assert_eq!(layout::tiles(size).collect::<Vec<_>>(), tiles, "tiles of {size}");
        for (tile, hashes) in log.tiles.iter() {
            let theirs = Tile::new(8, tile.level, tile.index, u32::from(tile.width), false);
            assert_eq!(layout::encode_tile(hashes), theirs.read_data(&other).unwrap(), "{} of {size}", tile.path());
        }
    }
}

/// Gives our tiles to the other implementation's authenticating reader.
struct OurTiles(MemoryTiles);

impl TileReader for OurTiles {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::tlog::Error> {
        let read = |tile: &Tile| self.0.tile(tile.level(), tile.level_index(), tile.width() as u16).unwrap().unwrap();
        Ok(tiles.iter().map(|tile| layout::encode_tile(&read(tile))).collect())
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

#[test]
fn another_implementation_reads_every_hash_from_our_tiles() {
    let log = Log::of(1000);
    let other = Other::of(1000);
    let tiles = OurTiles(log.tiles);
    let reader = TileHashReader::new(1000, tlog_tiles::Hash(log.head.root), &tiles);
    for index in (0..other.0.len() as u64).step_by(7) {
        assert_eq!(reader.read_hashes(&[index]).unwrap()[0].0, other.0[index as usize].0);
    }
}

#[test]
fn an_append_needs_only_the_tiles_it_names() {
    for size in SIZES {
        let log = Log::of(size.min(BATCH_LEAVES_MAX as u64));
        let needed = tiles_needed_for_append(log.head.size);
        assert!(needed.len() <= 3);
        let edge = |tile: &TileId| (*tile, log.tiles.tile(tile.level, tile.index, tile.width).unwrap().unwrap());
        let edge: MemoryTiles = needed.iter().map(edge).collect();
        let appended = append(&log.head, &edge, &[[1; 32]; 300]).unwrap();
        let mut whole = log.clone();
        whole.append(&[[1; 32]; 300]);
        assert_eq!(appended.head, whole.head);
        if let Some(tile) = needed.first() {
            let without: MemoryTiles = needed[1..].iter().map(|tile| (*tile, Vec::new())).collect();
            let error = append(&log.head, &without, &[]).unwrap_err();
            assert!(
                matches!(error, TreeError::Tile(TileError::Missing { tile: missing }) if missing == *tile),
                "{error}"
            );
        }
    }
}

#[test]
fn an_append_gives_only_new_and_changed_tiles() {
    let log = Log::of(256 * 256 - 1);
    let tile = |level, index, width| TileId { level, index, width };
    let ids = |count| {
        let appended = append(&log.head, &log.tiles, &vec![[1; 32]; count]).unwrap();
        assert!(appended.tiles.iter().all(|(tile, hashes)| hashes.len() == usize::from(tile.width)));
        appended.tiles.into_iter().map(|(tile, _)| tile).collect::<Vec<_>>()
    };
    assert_eq!(ids(0), []);
    assert_eq!(ids(1), [tile(0, 255, 256), tile(1, 0, 256), tile(2, 0, 1)]);
    assert_eq!(ids(3), [tile(0, 255, 256), tile(0, 256, 2), tile(1, 0, 256), tile(2, 0, 1)]);
    let log = Log::of(300);
    let appended = append(&log.head, &log.tiles, &[[1; 32]]).unwrap();
    assert_eq!(appended.tiles.iter().map(|(tile, _)| *tile).collect::<Vec<_>>(), [tile(0, 1, 45)]);
}

#[test]
fn an_append_to_changed_tiles_is_refused() {
    let log = Log::of(600);
    for (tile, _) in log.tiles.iter().filter(|(tile, _)| tile.width < 256) {
        let mut changed = log.tiles.clone();
        let mut hashes = changed.tile(tile.level, tile.index, tile.width).unwrap().unwrap();
        hashes.last_mut().unwrap()[31] ^= 1;
        changed.insert(tile, hashes);
        let error = append(&log.head, &changed, &[[1; 32]]).unwrap_err();
        assert!(matches!(error, TreeError::RootDiffers { size: 600, .. }), "{error}");
    }
}

/// A source that gives a fixed answer, whatever is asked.
struct Fixed(Option<Vec<Hash>>);

impl TileSource for Fixed {
    fn tile(&self, _: u8, _: u64, _: u16) -> Result<Option<Vec<Hash>>, SourceError> {
        Ok(self.0.clone())
    }
}

struct Broken;

impl TileSource for Broken {
    fn tile(&self, _: u8, _: u64, _: u16) -> Result<Option<Vec<Hash>>, SourceError> {
        Err(SourceError::new("the disk is gone"))
    }
}

#[test]
fn tiles_of_another_width_and_broken_storage_are_refused() {
    let head = Log::of(5).head;
    for hashes in [0, 4, 6, 256] {
        let error = append(&head, &Fixed(Some(vec![[0; 32]; hashes])), &[]).unwrap_err();
        assert!(matches!(error, TreeError::Tile(TileError::Width { found, .. }) if found == hashes), "{error}");
    }
    assert!(matches!(root(5, &Fixed(None)), Err(TreeError::Tile(TileError::Missing { .. }))));
    assert!(matches!(root(5, &Broken), Err(TreeError::Tile(TileError::Source { .. }))));
}

/// Keeps only full tiles, as a log may once they are there (C2SP tlog-tiles, "Partial Tiles").
struct FullOnly(MemoryTiles);

impl TileSource for FullOnly {
    fn tile(&self, level: u8, index: u64, width: u16) -> Result<Option<Vec<Hash>>, SourceError> {
        if width == 256 { self.0.tile(level, index, width) } else { Ok(None) }
    }
}

#[test]
fn an_older_root_is_computed_from_full_tiles_when_partial_ones_are_gone() {
    let (tiles, old) = (FullOnly(Log::of(512).tiles), Log::of(200));
    assert_eq!(root(200, &tiles).unwrap(), old.head.root);
    let appended = append(&old.head, &tiles, &commitments(201)[200..]).unwrap();
    assert_eq!(appended.head, Log::of(201).head);
}

#[test]
fn tiles_in_memory_keep_the_widest_state_and_answer_with_its_beginning() {
    let tile = TileId { level: 0, index: 0, width: 2 };
    let tiles: MemoryTiles =
        [(tile, vec![[1; 32], [2; 32]]), (TileId { width: 1, ..tile }, vec![[1; 32]])].into_iter().collect();
    assert_eq!(tiles.iter().collect::<Vec<_>>(), [(tile, &[[1; 32], [2; 32]][..])]);
    assert_eq!(tiles.tile(0, 0, 1).unwrap(), Some(vec![[1; 32]]));
    assert_eq!(tiles.tile(0, 0, 3).unwrap(), None);
}

#[test]
fn limits_are_kept() {
    let full = TreeHead { size: ENTRIES_MAX, root: [0; 32] };
    let error = append(&full, &MemoryTiles::default(), &[[1; 32]]).unwrap_err();
    assert!(matches!(error, TreeError::TooManyEntries { .. }), "{error}");
    assert!(matches!(root(u64::MAX, &MemoryTiles::default()), Err(TreeError::TooManyEntries { .. })));
    let leaves: Vec<Commitment> = vec![[0; 32]; BATCH_LEAVES_MAX + 1];
    let error = append(&TreeHead::empty(), &MemoryTiles::default(), &leaves).unwrap_err();
    assert!(matches!(error, TreeError::BatchTooLarge { .. }), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn batches_of_any_size_make_the_same_tree_as_one(batches in prop::collection::vec(0usize..400, 0..6)) {
        let leaves = commitments(batches.iter().sum::<usize>() as u64);
        let mut in_batches = Log::empty();
        let mut rest = leaves.as_slice();
        for count in batches {
            let (batch, after) = rest.split_at(count);
            in_batches.append(batch);
            rest = after;
        }
        let whole = Log::of(leaves.len() as u64);
        prop_assert_eq!(in_batches.head, whole.head);
        prop_assert_eq!(in_batches.tiles, whole.tiles);
    }
}

#[test]
fn one_by_one_makes_the_same_tree_as_all_at_once() {
    let mut single = Log::empty();
    commitments(700).iter().for_each(|leaf| single.append(&[*leaf]));
    let whole = Log::of(700);
    assert_eq!(single.head, whole.head);
    assert_eq!(single.tiles, whole.tiles);
}
