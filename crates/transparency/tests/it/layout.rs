// SPDX-License-Identifier: Apache-2.0
//! Paths and bytes of the files.

use proptest::prelude::*;
use transparency::{BundleId, ENTRIES_MAX, LayoutError, LogPath, TileId, layout};

use crate::support::commitments;

fn tile(level: u8, index: u64, width: u16) -> LogPath {
    LogPath::Tile(TileId { level, index, width })
}

fn entries(index: u64, width: u16) -> LogPath {
    LogPath::Entries(BundleId { index, width })
}

#[test]
fn paths_are_written_as_the_specification_asks() {
    for (path, text) in [
        (LogPath::Checkpoint, "checkpoint"),
        (tile(0, 0, 256), "tile/0/000"),
        (tile(0, 273, 112), "tile/0/273.p/112"),
        (tile(2, 0, 1), "tile/2/000.p/1"),
        (tile(5, 1_234_067, 256), "tile/5/x001/x234/067"),
        (tile(0, 1000, 255), "tile/0/x001/000.p/255"),
        (entries(0, 256), "tile/entries/000"),
        (entries(1_234_067, 8), "tile/entries/x001/x234/067.p/8"),
    ] {
        assert_eq!(path.path(), text);
        assert_eq!(LogPath::parse(text), Some(path));
    }
}

#[test]
fn other_spellings_of_paths_are_refused() {
    for path in [
        "",
        "/checkpoint",
        "checkpoint/",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/00/000",
        "tile/+0/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/x001/x000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p/+1",
        "tile/6/000",
        "tile/64/000",
        "tile/entries/000.p/1/",
        "tile/entries/../checkpoint",
        "tile/0/-01",
        "tile/0/x001/x234/x067/x890/123/",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/8/0/000",
        "tile/0/٠٠٠",
    ] {
        assert_eq!(LogPath::parse(path), None, "{path}");
    }
}

#[test]
fn bundles_hold_each_entry_after_its_length() {
    let bytes = layout::encode_bundle(&[[0xaa; 32], [0xbb; 32]]);
    assert_eq!(bytes, [&[0, 32][..], &[0xaa; 32], &[0, 32], &[0xbb; 32]].concat());
    assert_eq!(layout::decode_bundle(&bytes, 2), Ok(vec![[0xaa; 32], [0xbb; 32]]));
}

#[test]
fn malformed_bundles_and_tiles_are_refused() {
    let bytes = layout::encode_bundle(&commitments(3));
    let length = |expected, found| LayoutError::FileLength { expected, found };
    assert_eq!(layout::decode_bundle(&bytes, 2), Err(length(68, 102)));
    assert_eq!(layout::decode_bundle(&bytes[..101], 3), Err(length(102, 101)));
    assert_eq!(layout::decode_bundle(&[&bytes[..], &[0]].concat(), 3), Err(length(102, 103)));
    for wrong in [31u16, 33, 0x2000] {
        let mut changed = bytes.clone();
        changed[34..36].copy_from_slice(&wrong.to_be_bytes());
        assert_eq!(layout::decode_bundle(&changed, 3), Err(LayoutError::EntryLength { position: 1, found: wrong }));
    }
    assert_eq!(layout::decode_tile(&[0; 64], 2), Ok(vec![[0; 32]; 2]));
    assert_eq!(layout::decode_tile(&[0; 63], 2), Err(length(64, 63)));
    assert_eq!(layout::decode_tile(&[0; 96], 2), Err(length(64, 96)));
}

#[test]
fn a_grown_log_has_the_bundles_that_changed() {
    let bundle = |index, width| BundleId { index, width };
    let changed = |old, new| layout::bundles_for_append(old, new).collect::<Vec<_>>();
    assert_eq!(changed(0, 0), []);
    assert_eq!(changed(5, 5), []);
    assert_eq!(changed(0, 5), [bundle(0, 5)]);
    assert_eq!(changed(5, 256), [bundle(0, 256)]);
    assert_eq!(changed(256, 257), [bundle(1, 1)]);
    assert_eq!(changed(300, 600), [bundle(1, 256), bundle(2, 88)]);
    assert_eq!(layout::bundles(600).collect::<Vec<_>>(), [bundle(0, 256), bundle(1, 256), bundle(2, 88)]);
}

proptest! {
    #[test]
    fn paths_are_written_and_read_again(level in 0u8..=5, index in 0..ENTRIES_MAX, width in 1u16..=256) {
        for path in [tile(level, index, width), entries(index, width)] {
            prop_assert_eq!(LogPath::parse(&path.path()), Some(path));
        }
    }

    #[test]
    fn a_path_that_is_read_is_written_the_same(path in "tile/[0-9a-z]{1,3}/[x0-9/.p]{0,20}|\\PC{0,20}") {
        if let Some(parsed) = LogPath::parse(&path) {
            prop_assert_eq!(parsed.path(), path);
        }
    }

    #[test]
    fn bundles_are_written_and_read_again(entries in prop::collection::vec(any::<[u8; 32]>(), 0..=256)) {
        let bytes = layout::encode_bundle(&entries);
        prop_assert_eq!(layout::decode_bundle(&bytes, entries.len() as u16), Ok(entries));
    }
}
