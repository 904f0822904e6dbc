// SPDX-License-Identifier: Apache-2.0
//! Hashes of the tree: SHA-256 with a prefix that keeps leaves and inner nodes apart (RFC 6962, section 2.1).

use sha2::{Digest, Sha256};

/// Bytes in a hash of the tree (SHA-256).
pub const HASH_BYTES: usize = 32;

/// A hash of the tree: of a leaf, an inner node or the root.
pub type Hash = [u8; HASH_BYTES];

/// What is published of a record: 32 bytes that tell nothing without the record and its salt.
pub type Commitment = [u8; 32];

/// Prefix of the hash of a leaf (RFC 6962, section 2.1).
const LEAF_PREFIX: [u8; 1] = [0x00];

/// Prefix of the hash of an inner node (RFC 6962, section 2.1).
const NODE_PREFIX: [u8; 1] = [0x01];

/// The hash of a leaf: SHA-256(0x00 ‖ commitment) (RFC 6962, section 2.1).
pub fn leaf_hash(commitment: &Commitment) -> Hash {
    hash_of_entry(commitment)
}

/// The hash of an entry of any length; the log itself holds only commitments, known answers of others do not.
pub(crate) fn hash_of_entry(entry: &[u8]) -> Hash {
    Sha256::new().chain_update(LEAF_PREFIX).chain_update(entry).finalize().into()
}

/// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right) (RFC 6962, section 2.1).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update(NODE_PREFIX).chain_update(left).chain_update(right).finalize().into()
}

/// The root of the tree without entries: SHA-256 of nothing (RFC 6962, section 2.1).
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The root of a complete subtree; `hashes` are its lowest nodes, 2^n of them and at least one.
pub(crate) fn complete_root(hashes: &[Hash]) -> Hash {
    assert!(hashes.len().is_power_of_two(), "a complete subtree has 2^n nodes on its lowest level");
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    row[0]
}

/// Writes a hash in lower-case hexadecimal, for messages.
pub(crate) struct Hex<'a>(pub(crate) &'a Hash);

impl std::fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Hex, empty_root, hash_of_entry, leaf_hash};

    #[test]
    fn known_hashes_of_rfc_6962_are_met() {
        let cases = [
            (empty_root(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (hash_of_entry(b""), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (hash_of_entry(b"L123456"), "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"),
        ];
        for (hash, expected) in cases {
            assert_eq!(Hex(&hash).to_string(), expected);
        }
    }

    #[test]
    fn the_leaf_of_a_commitment_is_the_hash_of_exactly_its_bytes() {
        assert_eq!(leaf_hash(&[7; 32]), hash_of_entry(&[7; 32]));
    }
}
