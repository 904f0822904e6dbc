// SPDX-License-Identifier: Apache-2.0
//! Inclusion and consistency proofs: all of small trees, some of larger ones, and none that was changed.

use proptest::prelude::*;
use tlog_tiles::{check_record, check_tree, prove_record, prove_tree};
use transparency::{
    Hash, MemoryTiles, ProofError, TileSource, TreeError, TreeHead, consistency_proof, inclusion_proof, leaf_hash,
    tiles_needed_for_consistency, tiles_needed_for_inclusion, verify_consistency, verify_inclusion,
};

use crate::support::{Log, Other, commitment};

/// Every tree up to this size is proved in every way.
const SMALL: u64 = 70;

/// The same hashes with one bit of one of them flipped, a different bit each.
fn flipped(proof: &[Hash]) -> impl Iterator<Item = Vec<Hash>> {
    (0..proof.len()).map(|position| {
        let mut changed = proof.to_vec();
        changed[position][(position * 7) % 32] ^= 1 << (position % 8);
        changed
    })
}

/// The same proof with a hash more or less at either end.
fn resized(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut changed = vec![[&[[0; 32]], proof].concat(), [proof, &[[0; 32]]].concat()];
    if !proof.is_empty() {
        changed.extend([proof[1..].to_vec(), proof[..proof.len() - 1].to_vec()]);
    }
    changed
}

fn other_root(head: &TreeHead) -> TreeHead {
    let mut root = head.root;
    root[0] ^= 1;
    TreeHead { root, ..*head }
}

fn check_inclusion_of(log: &Log, other: &Other, index: u64) {
    let proof = inclusion_proof(index, log.head.size, &log.tiles).unwrap();
    let theirs = prove_record(log.head.size, index, other).unwrap();
    assert_eq!(proof, theirs.iter().map(|hash| hash.0).collect::<Vec<_>>(), "proof of {index} in {}", log.head.size);
    let leaf = leaf_hash(&commitment(index));
    verify_inclusion(&leaf, index, &log.head, &proof).unwrap();
    let (root, leaf_of_other) = (tlog_tiles::Hash(log.head.root), tlog_tiles::Hash(leaf));
    check_record(&theirs, log.head.size, root, index, leaf_of_other).unwrap();

    let refused = |leaf: &Hash, index, head: &TreeHead, proof: &[Hash]| {
        assert!(verify_inclusion(leaf, index, head, proof).is_err(), "a changed proof of {index} was accepted");
    };
    flipped(&proof).for_each(|changed| refused(&leaf, index, &log.head, &changed));
    resized(&proof).iter().for_each(|changed| refused(&leaf, index, &log.head, changed));
    refused(&leaf_hash(&commitment(index + 1)), index, &log.head, &proof);
    refused(&leaf, index + 1, &log.head, &proof);
    refused(&leaf, index, &other_root(&log.head), &proof);
}

fn check_consistency_of(old: &TreeHead, log: &Log, other: &Other) {
    let new = &log.head;
    let proof = consistency_proof(old.size, new.size, &log.tiles).unwrap();
    verify_consistency(old, new, &proof).unwrap();
    if old.size > 0 {
        let theirs = prove_tree(new.size, old.size, other).unwrap();
        assert_eq!(proof, theirs.iter().map(|hash| hash.0).collect::<Vec<_>>(), "from {} to {}", old.size, new.size);
        let [new_root, old_root] = [new.root, old.root].map(tlog_tiles::Hash);
        check_tree(&theirs, new.size, new_root, old.size, old_root).unwrap();
    }
    let refused = |old: &TreeHead, new: &TreeHead, proof: &[Hash]| {
        assert!(verify_consistency(old, new, proof).is_err(), "a changed proof to {} was accepted", new.size);
    };
    flipped(&proof).for_each(|changed| refused(old, new, &changed));
    resized(&proof).iter().for_each(|changed| refused(old, new, changed));
    refused(&other_root(old), new, &proof);
    if old.size > 0 {
        refused(old, &other_root(new), &proof);
    }
}

#[test]
fn every_proof_of_every_small_tree_holds_and_no_changed_one_does() {
    let other = Other::of(SMALL);
    let logs: Vec<Log> = (0..=SMALL).map(Log::of).collect();
    for log in &logs {
        (0..log.head.size).for_each(|index| check_inclusion_of(log, &other, index));
        logs[..=log.head.size as usize].iter().for_each(|old| check_consistency_of(&old.head, log, &other));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn proofs_of_larger_trees_hold_and_no_changed_one_does(size in 1u64..1600, index in any::<u64>(), old in any::<u64>()) {
        let (log, other) = (Log::of(size), Other::of(size));
        check_inclusion_of(&log, &other, index % size);
        check_consistency_of(&Log::of(old % (size + 1)).head, &log, &other);
    }
}

#[test]
fn proofs_need_only_the_tiles_they_name() {
    let log = Log::of(60_000);
    let only = |tiles: Vec<transparency::TileId>| -> MemoryTiles {
        tiles.into_iter().map(|id| (id, log.tiles.tile(id.level, id.index, id.width).unwrap().unwrap())).collect()
    };
    for index in [0, 1, 255, 256, 12_345, 59_904, 59_999] {
        let tiles = tiles_needed_for_inclusion(index, 60_000).unwrap();
        assert!(tiles.len() <= 5, "{tiles:?}");
        let proof = inclusion_proof(index, 60_000, &only(tiles)).unwrap();
        verify_inclusion(&leaf_hash(&commitment(index)), index, &log.head, &proof).unwrap();
    }
    for old in [0, 1, 256, 257, 50_000, 59_999, 60_000] {
        let proof = consistency_proof(old, 60_000, &only(tiles_needed_for_consistency(old, 60_000).unwrap())).unwrap();
        verify_consistency(&Log::of(old).head, &log.head, &proof).unwrap();
    }
}

#[test]
fn an_older_tree_is_proved_from_the_tiles_of_a_newer_one() {
    let (new, old) = (Log::of(1000), Log::of(700));
    let proof = inclusion_proof(650, 700, &new.tiles).unwrap();
    verify_inclusion(&leaf_hash(&commitment(650)), 650, &old.head, &proof).unwrap();
}

#[test]
fn impossible_questions_are_refused() {
    let log = Log::of(10);
    assert!(matches!(inclusion_proof(10, 10, &log.tiles), Err(TreeError::NoSuchEntry { index: 10, size: 10 })));
    assert!(matches!(consistency_proof(11, 10, &log.tiles), Err(TreeError::SizesReversed { old: 11, new: 10 })));
    assert!(matches!(tiles_needed_for_inclusion(0, u64::MAX), Err(TreeError::TooManyEntries { .. })));
    let (old, new) = (Log::of(11).head, log.head);
    assert_eq!(verify_consistency(&old, &new, &[]), Err(ProofError::SizesReversed { old: 11, new: 10 }));
    assert_eq!(verify_inclusion(&[0; 32], 10, &new, &[]), Err(ProofError::NoSuchEntry { index: 10, size: 10 }));
}

#[test]
fn a_rewritten_history_is_told_from_a_wrong_new_root() {
    let (old, log) = (Log::of(5), Log::of(9));
    let proof = consistency_proof(5, 9, &log.tiles).unwrap();
    assert_eq!(verify_consistency(&other_root(&old.head), &log.head, &proof), Err(ProofError::OldRootDiffers));
    assert_eq!(verify_consistency(&old.head, &other_root(&log.head), &proof), Err(ProofError::RootDiffers));
}
