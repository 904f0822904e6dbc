// SPDX-License-Identifier: Apache-2.0
//! The check of a whole log finds every kind of tampering and names the file.

use transparency::{
    Checkpoint, Culprit, LogFiles, SourceError, SweepError, SweepReport, layout, layout::CHECKPOINT_PATH, verify_log,
};

use crate::support::{Files, Log, commitment, commitments, key};

/// Two full bundles and a partial one; tiles on two levels.
const SIZE: u64 = 600;

/// Every so many bytes of a long file one is flipped; odd to the widths of entries and hashes, so that all columns are hit.
const STEP: usize = 61;

fn sweep(files: &Files) -> Result<SweepReport, SweepError> {
    verify_log(files, &key(1).verifier(), None)
}

fn sweep_since(files: &Files, old: &Log) -> Result<SweepReport, SweepError> {
    verify_log(files, &key(1).verifier(), Some(&Checkpoint::sign(&old.head, &key(1))))
}

#[test]
fn an_untouched_log_of_any_size_passes() {
    for size in [0, 1, 2, 255, 256, 257, 512, 600, 65_536, 65_537] {
        let mut log = Log::empty();
        commitments(size).chunks(layout::FILE_BYTES_MAX / 4).for_each(|batch| log.append(batch));
        let report = sweep(&log.files(&key(1))).unwrap();
        let tiles = layout::tiles(size).count() as u64;
        assert_eq!(report, SweepReport { entries: size, root: log.head.root, tiles, since: None });
    }
}

#[test]
fn one_flipped_bit_in_any_file_is_found_and_the_file_named() {
    let files = Log::of(SIZE).files(&key(1));
    assert_eq!(files.0.len(), 1 + 3 + 4);
    for (path, bytes) in &files.0 {
        let step = if bytes.len() < 300 { 1 } else { STEP };
        for position in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
            let mut changed = files.clone();
            changed.0.get_mut(path).unwrap()[position] ^= 1 << (position % 8);
            let error = sweep(&changed).expect_err("a flipped bit was not found");
            assert_eq!(error.bad_file().as_ref(), Some(path), "byte {position} of {path}: {error}");
        }
    }
}

#[test]
fn a_changed_entry_is_named_with_its_number_and_what_was_expected() {
    let mut files = Log::of(SIZE).files(&key(1));
    files.0.get_mut("tile/entries/001").unwrap()[34 * 7 + 2] ^= 1;
    let error = sweep(&files).unwrap_err();
    let SweepError::Mismatch { tile, position: 7, bundle, entry: 263, found, culprit: Culprit::Entries, .. } = &error
    else {
        panic!("{error}");
    };
    assert_eq!((tile.path().as_str(), bundle.path().as_str()), ("tile/0/001", "tile/entries/001"));
    assert_eq!(*found, transparency::leaf_hash(&commitment(263)));
    assert!(error.to_string().contains("entry 263"), "{error}");
}

#[test]
fn a_changed_tile_is_told_from_a_changed_entry() {
    let mut files = Log::of(SIZE).files(&key(1));
    files.0.get_mut("tile/1/000.p/2").unwrap()[32] ^= 1;
    let error = sweep(&files).unwrap_err();
    assert!(
        matches!(&error, SweepError::Mismatch { tile, position: 1, entry: 256, culprit: Culprit::Tile, .. } if tile.path() == "tile/1/000.p/2"),
        "{error}"
    );
}

#[test]
fn a_missing_file_is_found() {
    let files = Log::of(SIZE).files(&key(1));
    for path in files.0.keys() {
        let mut changed = files.clone();
        changed.0.remove(path);
        let error = sweep(&changed).unwrap_err();
        assert!(matches!(&error, SweepError::Missing { path: missing } if missing == path), "{error}");
    }
}

#[test]
fn a_file_that_was_cut_or_grew_is_found() {
    let files = Log::of(SIZE).files(&key(1));
    for (path, bytes) in files.0.iter().filter(|(path, _)| *path != CHECKPOINT_PATH) {
        let unit = if path.starts_with("tile/entries/") { 34 } else { 32 };
        for length in [0, 1, bytes.len() - unit, bytes.len() - 1, bytes.len() + 1, bytes.len() + unit, bytes.len() * 2]
        {
            let mut changed = files.clone();
            changed.0.get_mut(path).unwrap().resize(length, 0);
            let error = sweep(&changed).unwrap_err();
            assert!(matches!(&error, SweepError::Malformed { path: bad, .. } if bad == path), "{error}");
        }
    }
    for length in [0, 1, 100] {
        let mut changed = files.clone();
        changed.0.get_mut(CHECKPOINT_PATH).unwrap().truncate(length);
        assert!(matches!(sweep(&changed), Err(SweepError::Checkpoint(_))));
    }
}

#[test]
fn entries_and_tiles_changed_together_do_not_make_the_signed_root() {
    let mut leaves = commitments(SIZE);
    leaves[300] = [0; 32];
    let mut forged = Log::empty();
    forged.append(&leaves);
    let mut files = forged.files(&key(1));
    let genuine = Log::of(SIZE).files(&key(1));
    files.0.insert(CHECKPOINT_PATH.to_owned(), genuine.0[CHECKPOINT_PATH].clone());
    assert!(matches!(sweep(&files), Err(SweepError::RootDiffers { size: SIZE, .. })));
}

#[test]
fn a_log_that_only_grew_passes_against_every_older_checkpoint() {
    let files = Log::of(SIZE).files(&key(1));
    for old in [0, 1, 255, 256, 257, 599, 600] {
        assert_eq!(sweep_since(&files, &Log::of(old)).unwrap().since, Some(old));
    }
}

#[test]
fn a_rewritten_and_newly_signed_history_is_refused_against_an_older_checkpoint() {
    let mut leaves = commitments(SIZE);
    leaves[100] = [0; 32];
    let mut rewritten = Log::empty();
    rewritten.append(&leaves);
    let files = rewritten.files(&key(1));
    assert!(sweep(&files).is_ok(), "alone it is in order; only the older checkpoint tells");
    for old in [101, 256, 500, 600] {
        let error = sweep_since(&files, &Log::of(old)).unwrap_err();
        assert!(matches!(error, SweepError::Rewritten { old: size, .. } if size == old), "{error}");
    }
    assert!(sweep_since(&files, &Log::of(100)).is_ok(), "the checkpoint from before the change still holds");
}

#[test]
fn a_shortened_log_is_refused_against_an_older_checkpoint() {
    let error = sweep_since(&Log::of(SIZE - 1).files(&key(1)), &Log::of(SIZE)).unwrap_err();
    assert!(matches!(error, SweepError::Shortened { old: SIZE, size: 599 }), "{error}");
    assert_eq!(error.to_string(), "the log was shortened: it has 599 entries, the older checkpoint has 600");
}

#[test]
fn checkpoints_by_another_key_are_refused() {
    let files = Log::of(SIZE).files(&key(2));
    assert!(matches!(sweep(&files), Err(SweepError::Checkpoint(_))));
    let old = Checkpoint::sign(&Log::of(5).head, &key(2));
    let error = verify_log(&Log::of(SIZE).files(&key(1)), &key(1).verifier(), Some(&old)).unwrap_err();
    assert!(matches!(error, SweepError::OldCheckpoint(_)), "{error}");
}

#[test]
fn a_partial_file_may_be_gone_once_the_full_one_is_there() {
    let mut files = Log::of(512).files(&key(1));
    files.0.insert(CHECKPOINT_PATH.to_owned(), Log::of(300).files(&key(1)).0.remove(CHECKPOINT_PATH).unwrap());
    files.0.insert("tile/1/000.p/1".to_owned(), files.0["tile/1/000.p/2"][..32].to_vec());
    assert_eq!(sweep(&files).unwrap().entries, 300);
    files.0.get_mut("tile/entries/001").unwrap()[34 * 43 + 5] ^= 1;
    assert_eq!(sweep(&files).unwrap_err().bad_file().as_deref(), Some("tile/entries/001.p/44"));
}

#[test]
fn an_earlier_difference_is_reported_before_a_later_missing_file() {
    let mut files = Log::of(SIZE).files(&key(1));
    files.0.get_mut("tile/entries/000").unwrap()[2] ^= 1;
    files.0.remove("tile/entries/002.p/88");
    let error = sweep(&files).unwrap_err();
    assert!(matches!(error, SweepError::Mismatch { entry: 0, culprit: Culprit::Unknown, .. }), "{error}");
}

struct Broken;

impl LogFiles for Broken {
    fn read(&self, _: &str) -> Result<Option<Vec<u8>>, SourceError> {
        Err(SourceError::new("the disk is gone"))
    }
}

#[test]
fn a_broken_storage_is_an_error_and_not_a_pass() {
    let error = verify_log(&Broken, &key(1).verifier(), None).unwrap_err();
    assert!(matches!(&error, SweepError::Storage { path, .. } if path == CHECKPOINT_PATH), "{error}");
}
