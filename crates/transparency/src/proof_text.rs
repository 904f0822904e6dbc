// SPDX-License-Identifier: Apache-2.0
//! The proof of one entry as a text file that is checked without a network (C2SP tlog-proof).

use base64ct::{Base64, Encoding};

use crate::{
    checkpoint::{Checkpoint, CheckpointError, parse_decimal, parse_hash},
    hash::{Commitment, Hash, leaf_hash},
    note::{NOTE_BYTES_MAX, VerifierKey},
    proof::{PROOF_HASHES_MAX, ProofError, verify_inclusion},
};

/// The first line of a proof file (C2SP tlog-proof).
pub const PROOF_HEADER: &str = "c2sp.org/tlog-proof@v1";

/// The ending of the names of proof files (C2SP tlog-proof).
pub const PROOF_FILE_EXTENSION: &str = "tlog-proof";

/// The most bytes of extra data in a proof.
pub const PROOF_EXTRA_BYTES_MAX: usize = 4096;

/// The most bytes in a proof file: a note, the hashes and the extra data in base64, the header and the index.
pub const PROOF_BYTES_MAX: usize = NOTE_BYTES_MAX + PROOF_HASHES_MAX * 45 + PROOF_EXTRA_BYTES_MAX * 2 + 1024;

/// A proof file does not prove that the entry is in the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryProofError {
    /// It has more than [`PROOF_BYTES_MAX`] bytes.
    #[error("a proof has at most {PROOF_BYTES_MAX} bytes, not {bytes}")]
    TooLong {
        /// Bytes found.
        bytes: usize,
    },
    /// A line is not what the format asks for.
    #[error("line {line} of the proof is not {expected}")]
    Line {
        /// Its number from 1.
        line: usize,
        /// What it should be.
        expected: &'static str,
    },
    /// The checkpoint in it cannot be trusted.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The hashes do not lead from the entry to the root.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

/// A proof file, parsed but not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryProof {
    /// Position of the entry in the log, from 0.
    pub index: u64,
    /// The inclusion proof, from the leaf's sibling up to the root's child.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint, word for word.
    pub checkpoint: String,
    /// Anything the application adds; **not authenticated** by the proof. At most [`PROOF_EXTRA_BYTES_MAX`] bytes.
    pub extra: Option<Vec<u8>>,
}

/// The proof file of one entry without extra data.
pub fn proof_text(index: u64, proof: &[Hash], checkpoint_note: &str) -> String {
    let checkpoint = checkpoint_note.to_owned();
    EntryProof { index, hashes: proof.to_vec(), checkpoint, extra: None }.to_text()
}

impl EntryProof {
    /// The proof as a file.
    pub fn to_text(&self) -> String {
        let mut text = format!("{PROOF_HEADER}\n");
        if let Some(extra) = &self.extra {
            text += &format!("extra {}\n", Base64::encode_string(extra));
        }
        text += &format!("index {}\n", self.index);
        for hash in &self.hashes {
            text += &Base64::encode_string(hash);
            text.push('\n');
        }
        text.push('\n');
        text + &self.checkpoint
    }

    /// Reads a proof file.
    ///
    /// # Errors
    /// When a line is not what the format asks for, or a limit is passed. The checkpoint is looked at by
    /// [`EntryProof::verify`].
    pub fn parse(text: &str) -> Result<Self, EntryProofError> {
        if text.len() > PROOF_BYTES_MAX {
            return Err(EntryProofError::TooLong { bytes: text.len() });
        }
        let wrong = |line, expected| EntryProofError::Line { line, expected };
        let (head, checkpoint) =
            text.split_once("\n\n").ok_or(wrong(1, "followed by an empty line and a checkpoint"))?;
        let mut lines = head.split('\n').enumerate().map(|(number, line)| (number + 1, line)).peekable();
        if lines.next().is_none_or(|(_, line)| line != PROOF_HEADER) {
            return Err(wrong(1, PROOF_HEADER));
        }
        let mut extra = None;
        if let Some((number, base64)) = lines.peek().and_then(|(n, line)| Some((*n, line.strip_prefix("extra ")?))) {
            let bytes = Base64::decode_vec(base64).ok().filter(|bytes| bytes.len() <= PROOF_EXTRA_BYTES_MAX);
            extra = Some(bytes.ok_or(wrong(number, "extra data in base64 of at most 4096 bytes"))?);
            lines.next();
        }
        let index_line = 2 + usize::from(extra.is_some());
        let index = lines.next().and_then(|(_, line)| parse_decimal(line.strip_prefix("index ")?));
        let index = index.ok_or(wrong(index_line, "an index without leading zeroes"))?;
        let mut hashes = Vec::new();
        for (number, line) in lines {
            let hash = parse_hash(line).filter(|_| hashes.len() < PROOF_HASHES_MAX);
            hashes.push(hash.ok_or(wrong(number, "a hash of 32 bytes in base64, of which there are at most 128"))?);
        }
        Ok(Self { index, hashes, checkpoint: checkpoint.to_owned(), extra })
    }

    /// Checks that `commitment` is the entry at this index of the log that `verifier` belongs to; returns the checkpoint
    /// it was checked against.
    ///
    /// # Errors
    /// When the checkpoint cannot be trusted or the hashes do not lead to its root.
    pub fn verify(&self, commitment: &Commitment, verifier: &VerifierKey) -> Result<Checkpoint, EntryProofError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, verifier)?;
        verify_inclusion(&leaf_hash(commitment), self.index, &checkpoint.head, &self.hashes)?;
        Ok(checkpoint)
    }
}
