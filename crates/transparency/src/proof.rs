// SPDX-License-Identifier: Apache-2.0
//! Inclusion and consistency proofs: made from tiles, checked against signed heads.
//!
//! Made by RFC 6962 sections 2.1.1 and 2.1.2; checked by RFC 9162 sections 2.1.3.2 and 2.1.4.2, which describe the same
//! proofs.

use std::ops::Range;

use crate::{
    hash::{Hash, empty_root, node_hash},
    tile::{TileId, TileReader, TileSource, tiles_of_ranges},
    tree::{TreeError, TreeHead, check_size},
};

/// The most hashes in a proof: two for each level of a tree of 2^64 entries (more than any proof has).
pub const PROOF_HASHES_MAX: usize = 128;

/// A proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// There is no such entry in the tree.
    #[error("entry {index} is not in a tree of {size} entries")]
    NoSuchEntry {
        /// The entry named.
        index: u64,
        /// Entries in the tree.
        size: u64,
    },
    /// The new tree is smaller than the old one: the log was shortened.
    #[error("a tree of {new} entries cannot follow one of {old}")]
    SizesReversed {
        /// Entries in the old tree.
        old: u64,
        /// Entries in the new tree.
        new: u64,
    },
    /// The number of hashes is not the one that such a proof has.
    #[error("the proof has {found} hashes, which is not the number that these sizes need")]
    Length {
        /// Hashes in the proof.
        found: usize,
    },
    /// The hashes do not lead to the root of the tree (the newer one, for consistency).
    #[error("the proof does not lead to the root of the tree")]
    RootDiffers,
    /// The hashes do not lead to the root of the older tree: history was rewritten.
    #[error("the proof does not lead to the root of the older tree")]
    OldRootDiffers,
}

/// The proof that the entry `index` is in the tree of `size` entries: from the leaf's sibling up to the root's child (RFC
/// 6962, section 2.1.1).
///
/// # Errors
/// When there is no such entry; the limit [`crate::ENTRIES_MAX`]; a tile that cannot be had.
pub fn inclusion_proof(index: u64, size: u64, source: &dyn TileSource) -> Result<Vec<Hash>, TreeError> {
    hashes_of(size, &inclusion_ranges(index, size)?, source)
}

/// The tiles that [`inclusion_proof`] reads, sorted, each once.
///
/// # Errors
/// When there is no such entry; the limit [`crate::ENTRIES_MAX`].
pub fn tiles_needed_for_inclusion(index: u64, size: u64) -> Result<Vec<TileId>, TreeError> {
    Ok(tiles_of_ranges(size, &inclusion_ranges(index, size)?))
}

/// The proof that the tree of `new` entries begins with the tree of `old` entries (RFC 6962, section 2.1.2); empty when
/// the sizes are equal or the old tree is.
///
/// # Errors
/// When the sizes are reversed; the limit [`crate::ENTRIES_MAX`]; a tile that cannot be had.
pub fn consistency_proof(old: u64, new: u64, source: &dyn TileSource) -> Result<Vec<Hash>, TreeError> {
    hashes_of(new, &consistency_ranges(old, new)?, source)
}

/// The tiles that [`consistency_proof`] reads, sorted, each once.
///
/// # Errors
/// When the sizes are reversed; the limit [`crate::ENTRIES_MAX`].
pub fn tiles_needed_for_consistency(old: u64, new: u64) -> Result<Vec<TileId>, TreeError> {
    Ok(tiles_of_ranges(new, &consistency_ranges(old, new)?))
}

fn hashes_of(size: u64, ranges: &[Range<u64>], source: &dyn TileSource) -> Result<Vec<Hash>, TreeError> {
    let mut reader = TileReader::new(size, source);
    ranges.iter().map(|range| Ok(reader.range_hash(range)?)).collect()
}

/// Where a tree over `range` (of two or more entries) is split: after its largest complete left subtree that is smaller
/// than the whole (RFC 6962, section 2.1: k).
fn split(range: &Range<u64>) -> u64 {
    range.start + (1 << (range.end - range.start - 1).ilog2())
}

fn inclusion_ranges(index: u64, size: u64) -> Result<Vec<Range<u64>>, TreeError> {
    check_size(size)?;
    if index >= size {
        return Err(TreeError::NoSuchEntry { index, size });
    }
    let mut siblings = Vec::new();
    let mut range = 0..size;
    while range.end - range.start > 1 {
        let middle = split(&range);
        if index < middle {
            siblings.push(middle..range.end);
            range.end = middle;
        } else {
            siblings.push(range.start..middle);
            range.start = middle;
        }
    }
    siblings.reverse();
    Ok(siblings)
}

fn consistency_ranges(old: u64, new: u64) -> Result<Vec<Range<u64>>, TreeError> {
    check_size(new)?;
    if old > new {
        return Err(TreeError::SizesReversed { old, new });
    }
    let mut ranges = Vec::new();
    if old == 0 {
        return Ok(ranges);
    }
    let mut range = 0..new;
    while old < range.end {
        let middle = split(&range);
        if old <= middle {
            ranges.push(middle..range.end);
            range.end = middle;
        } else {
            ranges.push(range.start..middle);
            range.start = middle;
        }
    }
    // The old tree is a complete left subtree of the new one: its root is known to the verifier and is left out.
    if range.start > 0 {
        ranges.push(range);
    }
    ranges.reverse();
    Ok(ranges)
}

/// Checks that the leaf with the hash `leaf` is the entry `index` of the tree with this head (RFC 9162, section 2.1.3.2).
///
/// # Errors
/// When the proof does not hold.
pub fn verify_inclusion(leaf: &Hash, index: u64, head: &TreeHead, proof: &[Hash]) -> Result<(), ProofError> {
    if index >= head.size {
        return Err(ProofError::NoSuchEntry { index, size: head.size });
    }
    let wrong_length = ProofError::Length { found: proof.len() };
    let (mut node, mut last, mut hash) = (index, head.size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(wrong_length);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            climb_to_right_child(&mut node, &mut last);
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(wrong_length);
    }
    if hash == head.root { Ok(()) } else { Err(ProofError::RootDiffers) }
}

/// Checks that the tree with the head `new` begins with the tree with the head `old` (RFC 9162, section 2.1.4.2).
///
/// # Errors
/// When the proof does not hold.
pub fn verify_consistency(old: &TreeHead, new: &TreeHead, proof: &[Hash]) -> Result<(), ProofError> {
    if old.size > new.size {
        return Err(ProofError::SizesReversed { old: old.size, new: new.size });
    }
    let wrong_length = ProofError::Length { found: proof.len() };
    if old.size == 0 || old.size == new.size {
        let expected = if old.size == new.size { new.root } else { empty_root() };
        return match proof {
            [] if old.root == expected => Ok(()),
            [] => Err(ProofError::OldRootDiffers),
            _ => Err(wrong_length),
        };
    }
    let (mut node, mut last) = (old.size - 1, new.size - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (first, rest) = if old.size.is_power_of_two() {
        (old.root, proof)
    } else {
        let (first, rest) = proof.split_first().ok_or(wrong_length)?;
        (*first, rest)
    };
    let (mut old_hash, mut new_hash) = (first, first);
    for sibling in rest {
        if last == 0 {
            return Err(wrong_length);
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            climb_to_right_child(&mut node, &mut last);
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(wrong_length);
    }
    match (old_hash == old.root, new_hash == new.root) {
        (true, true) => Ok(()),
        (false, _) => Err(ProofError::OldRootDiffers),
        (true, false) => Err(ProofError::RootDiffers),
    }
}

/// Skips the levels on which the node has no sibling, being the last of an odd row.
fn climb_to_right_child(node: &mut u64, last: &mut u64) {
    while *node & 1 == 0 && *node != 0 {
        *node >>= 1;
        *last >>= 1;
    }
}
