// SPDX-License-Identifier: Apache-2.0
//! The list of erasures, kept apart from the database: a backup that is older than an erasure knows the person still, and the
//! list is what makes her forgotten again. It names nobody: identifiers that stand nowhere else once a person is erased.

use std::{collections::BTreeMap, io::Write as _, path::Path};

use db::StoredErasure;
use domain::{id::PersonId, time::Timestamp};

use crate::{BackupError, file_failed};

/// The most bytes of a list: about three million erasures.
const LIST_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// Erasures by person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErasureList(BTreeMap<PersonId, StoredErasure>);

impl ErasureList {
    /// Reads a list; an empty one when there is no file.
    ///
    /// # Errors
    /// When the file cannot be read or a line is none of a list.
    pub fn load(path: &Path) -> Result<Self, BackupError> {
        match std::fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(file_failed(path)(error)),
            Ok(metadata) if metadata.len() > LIST_BYTES_MAX => {
                return Err(BackupError::Unreadable(format!("{} is too long for a list of erasures", path.display())));
            }
            Ok(_) => {}
        }
        let text = std::fs::read_to_string(path).map_err(file_failed(path))?;
        let mut list = Self::default();
        for (index, line) in text.lines().enumerate() {
            let erasure = parse(line).ok_or_else(|| {
                BackupError::Unreadable(format!("{}, line {}: not an erasure", path.display(), index + 1))
            })?;
            list.0.insert(erasure.person, erasure);
        }
        Ok(list)
    }

    /// Adds erasures; says whether any was new.
    pub fn add(&mut self, erasures: impl IntoIterator<Item = StoredErasure>) -> bool {
        let before = self.0.len();
        for erasure in erasures {
            self.0.entry(erasure.person).or_insert(erasure);
        }
        self.0.len() > before
    }

    /// The erasures, by person.
    pub fn iter(&self) -> impl Iterator<Item = &StoredErasure> {
        self.0.values()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the list durably in place of the old one, for its owner alone.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), BackupError> {
        use std::os::unix::fs::OpenOptionsExt as _;
        let part = path.with_extension("part");
        let mut text = String::new();
        for StoredErasure { person, basis, erased_at } in self.0.values() {
            text.push_str(&format!("{} {erased_at} {basis}\n", person.uuid()));
        }
        let file = std::fs::File::options().write(true).create(true).truncate(true).mode(0o600).open(&part);
        let written = file.and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&part, path)?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            std::fs::File::open(folder)?.sync_all()
        });
        written.map_err(file_failed(path))
    }
}

fn parse(line: &str) -> Option<StoredErasure> {
    let mut parts = line.splitn(3, ' ');
    let person: uuid::Uuid = parts.next()?.parse().ok()?;
    let erased_at: Timestamp = parts.next()?.parse().ok()?;
    let basis = parts.next().filter(|basis| !basis.is_empty())?.to_owned();
    Some(StoredErasure { person: person.into(), basis, erased_at })
}
