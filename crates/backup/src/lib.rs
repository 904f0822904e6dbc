// SPDX-License-Identifier: Apache-2.0
//! Encrypted backups of database and files, reading them back, and copies from one database into another.
//!
//! A backup is one file: an age envelope (age-encryption.org/v1) around a gzip stream of frames ([`frame`]). The database is
//! in it as rows of neither engine, from the state of one moment, so that a backup of SQLite is read back into PostgreSQL and
//! the other way round. The keys that open sealed values are never in it; they have a backup of their own.

mod archive;
mod copy;
mod erasures;
mod frame;
mod key;
mod look;
mod restore;
mod state;
mod take;

use std::path::PathBuf;

pub use copy::{Copied, copy};
pub use erasures::ErasureList;
pub use key::{Identity, Recipient, make_key};
pub use look::{Loss, Manifest, look};
pub use restore::{Restored, restore, restore_folder};
pub use state::{Stamp, State};
pub use take::{Content, Taken, take, take_folder};

/// Why a backup could not be made or read back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A database or a file failed.
    #[error(transparent)]
    Transfer(#[from] db::TransferError),
    /// A file could not be read or written.
    #[error("{path}: {error}", path = .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// There is something already where a new file is to be.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// The bytes are not those of a backup, or not all of them, or not for these keys.
    #[error("{0}")]
    Unreadable(String),
    /// The log in the backup is another one than the checkpoint's.
    #[error("{0}")]
    OtherHistory(String),
}

impl From<std::io::Error> for BackupError {
    fn from(error: std::io::Error) -> Self {
        Self::Transfer(error.into())
    }
}

/// Told as the work goes on.
pub trait Progress: Send {
    /// Where it is (`person`, `files`), and how many rows or files and bytes are done in all.
    fn at(&mut self, part: &str, count: u64, bytes: u64);
}

/// Nobody watches.
impl Progress for () {
    fn at(&mut self, _part: &str, _count: u64, _bytes: u64) {}
}

fn file_failed(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> BackupError {
    let path = path.to_owned();
    move |error| BackupError::File { path, error }
}
