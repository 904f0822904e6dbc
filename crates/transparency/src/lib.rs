// SPDX-License-Identifier: Apache-2.0
//! The tamper-evident public log: an append-only Merkle tree of 32-byte commitments, its files, signatures and proofs.
//!
//! The tree is that of RFC 6962 section 2.1; the files are those of C2SP tlog-tiles; the signed head is a C2SP
//! tlog-checkpoint (a signed-note with Ed25519); a proof for one entry is a C2SP tlog-proof. Anybody's verifier of these
//! formats can check the log without this program.
//!
//! The crate is pure: no input or output, no clock, no randomness of its own. Storage is a trait ([`TileSource`],
//! [`LogFiles`]); a caller that reads asynchronously asks which tiles are needed ([`tiles_needed_for_append`],
//! [`tiles_needed_for_inclusion`], [`tiles_needed_for_consistency`]), fetches them, and hands over [`MemoryTiles`].
//!
//! | Module | What it holds |
//! | --- | --- |
//! | [`hash`] | leaf and node hashes |
//! | [`tile`] | coordinates of tiles and where they are read from |
//! | [`tree`] | append and root |
//! | [`proof`] | inclusion and consistency: made and checked |
//! | [`note`] | keys and signed notes |
//! | [`checkpoint`] | the signed head of the log |
//! | [`proof_text`] | the proof file of one entry |
//! | [`layout`] | paths and bytes of the files |
//! | [`sweep`] | the check of a whole log |

pub mod checkpoint;
mod edge;
pub mod hash;
pub mod layout;
pub mod note;
pub mod proof;
pub mod proof_text;
pub mod sweep;
pub mod tile;
pub mod tree;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use hash::{Commitment, Hash, empty_root, leaf_hash, node_hash};
pub use layout::{BundleId, CHECKPOINT_PATH, LayoutError, LogPath};
pub use note::{KeyError, LogKey, NoteError, VerifierKey};
pub use proof::{
    ProofError, consistency_proof, inclusion_proof, tiles_needed_for_consistency, tiles_needed_for_inclusion,
    verify_consistency, verify_inclusion,
};
pub use proof_text::{EntryProof, EntryProofError};
pub use sweep::{Culprit, LogFiles, SweepError, SweepReport, verify_log};
pub use tile::{MemoryTiles, SourceError, TileError, TileId, TileSource};
pub use tree::{Appended, BATCH_LEAVES_MAX, ENTRIES_MAX, TreeError, TreeHead, append, root, tiles_needed_for_append};
