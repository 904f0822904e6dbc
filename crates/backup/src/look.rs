// SPDX-License-Identifier: Apache-2.0
//! What a backup says of itself, and whether records were published after it.

use std::path::Path;

use db::DumpStart;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use transparency::{Checkpoint, VerifierKey};

use crate::{
    BackupError, Identity, archive,
    frame::{self, Kind},
};

/// The form that this program writes.
pub(crate) const FORM: u32 = 1;

/// The first frame of a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Form of the backup.
    pub form: u32,
    /// When it was begun, in RFC 3339.
    pub made_at: String,
    /// The database; `None` for a backup of keys.
    pub database: Option<DumpStart>,
    /// The configuration file, if there was one.
    pub config: Option<String>,
}

impl Manifest {
    /// When it was begun.
    ///
    /// # Errors
    /// When the manifest gives no moment.
    pub fn made_at(&self) -> Result<Timestamp, BackupError> {
        self.made_at.parse().map_err(|_| BackupError::Unreadable("the backup gives no moment".into()))
    }
}

/// What a published log has and a backup lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Nothing.
    None,
    /// So many records were published after the backup.
    Records(u64),
    /// Nobody has given a checkpoint to compare with.
    Unknown,
}

impl Manifest {
    /// Compares the head of the log in the backup with a checkpoint published last. A checkpoint older than the backup is
    /// compared when the log is there: it needs its tiles.
    ///
    /// # Errors
    /// When a checkpoint does not open, or is of another history of the same length.
    pub fn loss(&self, published: Option<&str>, verifier: &VerifierKey) -> Result<Loss, BackupError> {
        let open = |note: &str, whose: &str| {
            let opened = Checkpoint::open(note, verifier);
            opened.map_err(|error| BackupError::OtherHistory(format!("the checkpoint {whose} does not open: {error}")))
        };
        let Some(published) = published else { return Ok(Loss::Unknown) };
        let published = open(published, "given")?.head;
        let own = self.database.as_ref().and_then(|database| database.checkpoint.as_deref());
        let own = own.map(|note| open(note, "of the backup")).transpose()?.map(|checkpoint| checkpoint.head);
        match own {
            Some(own) if own.size > published.size => Ok(Loss::None),
            Some(own) if own.size == published.size && own.root == published.root => Ok(Loss::None),
            Some(own) if own.size == published.size => {
                Err(BackupError::OtherHistory("the log of the backup is another one than the published".into()))
            }
            own => Ok(Loss::Records(published.size - own.map_or(0, |own| own.size))),
        }
    }
}

/// Reads what a backup says of itself.
///
/// # Errors
/// When it does not open with these keys or is not a backup.
pub fn look(path: &Path, identities: &[Identity]) -> Result<Manifest, BackupError> {
    read_manifest(&mut archive::open(path, identities)?)
}

pub(crate) fn read_manifest(frames: &mut impl std::io::Read) -> Result<Manifest, BackupError> {
    let mut buffer = Vec::new();
    let unreadable = |why: String| BackupError::Unreadable(format!("this is not a backup of this program: {why}"));
    let kind = frame::next(frames, &mut buffer).map_err(|error| unreadable(error.to_string()))?;
    if kind != Some(Kind::Manifest) {
        return Err(unreadable("it has no manifest".into()));
    }
    let manifest: Manifest = serde_json::from_slice(&buffer).map_err(|error| unreadable(error.to_string()))?;
    if manifest.form != FORM {
        return Err(unreadable(format!("it has form {}, this program knows {FORM}", manifest.form)));
    }
    Ok(manifest)
}
