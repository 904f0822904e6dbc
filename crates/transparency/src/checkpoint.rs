// SPDX-License-Identifier: Apache-2.0
//! The signed head of the log (C2SP tlog-checkpoint).

use base64ct::{Base64, Encoding};

use crate::{
    hash::{HASH_BYTES, Hash, empty_root},
    note::{LogKey, NoteError, VerifierKey},
    tree::{ENTRIES_MAX, TreeHead},
};

/// A checkpoint cannot be trusted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note is malformed or not signed by the log.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text is not origin, size and root, each on a line, and non-empty extension lines.
    #[error("line {line} of the checkpoint is not {expected}")]
    Line {
        /// Its number from 1.
        line: usize,
        /// What it should be.
        expected: &'static str,
    },
    /// It is of another log.
    #[error("the checkpoint is of the log {found}, not of {expected}")]
    Origin {
        /// Origin expected: the name of the key.
        expected: String,
        /// Origin in the checkpoint.
        found: String,
    },
    /// It is larger than a log can be.
    #[error("a log holds at most {ENTRIES_MAX} entries, not {size}")]
    TooManyEntries {
        /// Entries in the checkpoint.
        size: u64,
    },
    /// It names no entries but another root than that of the empty tree.
    #[error("the checkpoint names no entries but not the root of the empty tree")]
    EmptyRoot,
}

/// Origin, size and root of a log: what it signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: the name of its key, such as `turna.example/log`.
    pub origin: String,
    /// Entries and root.
    pub head: TreeHead,
}

impl Checkpoint {
    /// Signs a head; returns the whole note. The origin is the name of the key. The caller must have stored the head and
    /// its tiles before: a log never signs two heads that contradict each other.
    pub fn sign(head: &TreeHead, key: &LogKey) -> String {
        key.sign(&format!("{}\n{}\n{}\n", key.name(), head.size, Base64::encode_string(&head.root)))
    }

    /// Opens a note: signature by `verifier`, origin that is its name, size and root. Extension lines are allowed and not
    /// looked at (C2SP tlog-checkpoint, "Note text").
    ///
    /// # Errors
    /// When any of these does not hold.
    pub fn open(note: &str, verifier: &VerifierKey) -> Result<Self, CheckpointError> {
        let text = verifier.open(note)?;
        let mut lines = text.split_terminator('\n');
        let line = |line, expected| CheckpointError::Line { line, expected };
        let origin = lines.next().filter(|origin| !origin.is_empty()).ok_or(line(1, "an origin"))?;
        if origin != verifier.name() {
            return Err(CheckpointError::Origin { expected: verifier.name().to_owned(), found: origin.to_owned() });
        }
        let size = lines.next().and_then(parse_decimal).ok_or(line(2, "a size without leading zeroes"))?;
        let root = lines.next().and_then(parse_hash).ok_or(line(3, "a root of 32 bytes in base64"))?;
        for (number, extension) in lines.enumerate() {
            if extension.is_empty() {
                return Err(line(number + 4, "an extension, which is never empty"));
            }
        }
        if size > ENTRIES_MAX {
            return Err(CheckpointError::TooManyEntries { size });
        }
        if size == 0 && root != empty_root() {
            return Err(CheckpointError::EmptyRoot);
        }
        Ok(Self { origin: origin.to_owned(), head: TreeHead { size, root } })
    }
}

/// Reads a decimal number of digits only, without leading zeroes.
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    let is_canonical = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if is_canonical { text.parse().ok() } else { None }
}

/// Reads a hash in base64 (RFC 4648, section 4), strictly.
pub(crate) fn parse_hash(text: &str) -> Option<Hash> {
    let mut hash = [0; HASH_BYTES];
    match Base64::decode(text, &mut hash) {
        Ok(bytes) if bytes.len() == HASH_BYTES => Some(hash),
        _ => None,
    }
}
