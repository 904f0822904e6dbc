// SPDX-License-Identifier: Apache-2.0
//! When a backup was last made here, and when one was last read back and found whole: a backup that nobody has ever read
//! back is a hope. A small file in the data folder, not in the database: a restored database must not claim it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{BackupError, file_failed};

/// Name of the file in the data folder.
const FILE: &str = "backup.json";

/// What is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct State {
    /// The last backup made.
    pub made: Option<Stamp>,
    /// The last backup that was read back and checked.
    pub restored: Option<Stamp>,
}

/// One backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// When that happened, in RFC 3339.
    pub at: String,
    /// When the backup was made, in RFC 3339.
    pub of: String,
    /// Its rows.
    pub rows: u64,
    /// Its files.
    pub files: u64,
    /// Bytes of its rows and files.
    pub bytes: u64,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

impl State {
    /// Reads the file of a data folder; nothing is known where there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn load(data: &Path) -> Result<Self, BackupError> {
        let path = data.join(FILE);
        match std::fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(file_failed(&path)(error)),
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| BackupError::Unreadable(format!("{}: {error}", path.display()))),
        }
    }

    /// Writes the file of a data folder.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, data: &Path) -> Result<(), BackupError> {
        let (path, part) = (data.join(FILE), data.join(format!("{FILE}.part")));
        let text = serde_json::to_vec_pretty(self).map_err(|error| BackupError::from(std::io::Error::from(error)))?;
        std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, &path)).map_err(file_failed(&path))
    }
}
