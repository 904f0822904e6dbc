// SPDX-License-Identifier: Apache-2.0
//! Reading a backup back into an empty place: all of it, or nothing that counts.

use std::{
    io::{Read, Write as _},
    path::{Component, Path, PathBuf},
};

use db::{DumpTable, Loader, Sink as _};
use sha2::{Digest as _, Sha256};

use crate::{
    BackupError, Identity, Manifest, Progress, archive, file_failed,
    frame::{self, End, FileHead, Kind},
    look::read_manifest,
};

/// Digits of the name of a stored file, which is the SHA-256 of its bytes.
const DIGEST_DIGITS: usize = 64;
/// The most bytes of one file of a backup: a photo or a key, with much room.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// What was read back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The manifest.
    pub manifest: Manifest,
    /// Rows of all tables.
    pub rows: u64,
    /// Files.
    pub files: u64,
    /// Bytes of rows and files.
    pub content_bytes: u64,
}

/// Reads database and files of a backup into a database that is empty and a folder that is empty or not there. The schema is
/// that of the backup; opening the database brings it up to date.
///
/// # Errors
/// [`BackupError`], also when the backup was cut or changed anywhere.
pub async fn restore(
    from: &Path,
    identities: &[Identity],
    url: &str,
    files: &Path,
    progress: &mut dyn Progress,
) -> Result<Restored, BackupError> {
    let mut frames = archive::open(from, identities)?;
    let manifest = read_manifest(&mut frames)?;
    let Some(start) = manifest.database.clone() else {
        return Err(BackupError::Unreadable("this is a backup of keys, without a database".into()));
    };
    refuse_filled(files)?;
    let mut loader = Loader::new(url);
    loader.start(&start).await?;
    let (mut reading, mut buffer) = (Reading::new(files, Names::Digests), Vec::new());
    let end = loop {
        match next(&mut frames, &mut buffer)? {
            Kind::Table => {
                let table: DumpTable = parse(&buffer)?;
                reading.tables.push((table.name.clone(), 0));
                loader.table(&table).await?;
            }
            Kind::Rows => {
                let (count, rows) = buffer.split_at_checked(8).ok_or_else(damaged)?;
                let count = u64::from_be_bytes(count.try_into().map_err(|_| damaged())?);
                loader.rows(rows, count).await?;
                let (table, sum) = reading.tables.last_mut().ok_or_else(damaged)?;
                *sum += count;
                reading.rows += count;
                reading.bytes += rows.len() as u64;
                progress.at(table, reading.rows, reading.bytes);
            }
            Kind::End => break parse::<End>(&buffer)?,
            kind => {
                reading.take(kind, &buffer)?;
                progress.at("files", reading.files, reading.bytes);
            }
        }
    };
    reading.check(&mut frames, &end)?;
    loader.finish().await?;
    Ok(Restored { manifest, rows: reading.rows, files: reading.files, content_bytes: reading.bytes })
}

/// Reads a backup of one folder (the keys) back.
///
/// # Errors
/// [`BackupError`].
pub fn restore_folder(from: &Path, identities: &[Identity], folder: &Path) -> Result<u64, BackupError> {
    let mut frames = archive::open(from, identities)?;
    if read_manifest(&mut frames)?.database.is_some() {
        return Err(BackupError::Unreadable("this is a backup of the database, not of the keys".into()));
    }
    refuse_filled(folder)?;
    let (mut reading, mut buffer) = (Reading::new(folder, Names::Any), Vec::new());
    let end: End = loop {
        match next(&mut frames, &mut buffer)? {
            Kind::End => break parse(&buffer)?,
            kind => reading.take(kind, &buffer)?,
        }
    };
    reading.check(&mut frames, &end)?;
    Ok(reading.files)
}

/// What files may be called.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// By the digest of their bytes.
    Digests,
    /// Anything.
    Any,
}

struct Reading<'a> {
    folder: &'a Path,
    names: Names,
    tables: Vec<(String, u64)>,
    rows: u64,
    files: u64,
    bytes: u64,
    file: Option<(FileHead, Vec<u8>)>,
}

impl<'a> Reading<'a> {
    fn new(folder: &'a Path, names: Names) -> Self {
        Self { folder, names, tables: Vec::new(), rows: 0, files: 0, bytes: 0, file: None }
    }

    /// Takes the head or the bytes of a file, and writes the file when it is whole.
    fn take(&mut self, kind: Kind, payload: &[u8]) -> Result<(), BackupError> {
        match (kind, self.file.as_mut()) {
            (Kind::File, None) => {
                let head: FileHead = parse(payload)?;
                if head.bytes > FILE_BYTES_MAX {
                    return Err(damaged());
                }
                self.file = Some((head, Vec::new()));
            }
            (Kind::Bytes, Some((_, bytes))) => bytes.extend_from_slice(payload),
            _ => return Err(damaged()),
        }
        if let Some((head, bytes)) = self.file.take_if(|(head, bytes)| bytes.len() as u64 >= head.bytes) {
            self.write(&head, &bytes)?;
        }
        Ok(())
    }

    fn write(&mut self, head: &FileHead, bytes: &[u8]) -> Result<(), BackupError> {
        use std::os::unix::fs::OpenOptionsExt as _;
        if bytes.len() as u64 != head.bytes {
            return Err(damaged());
        }
        let path = self.folder.join(checked_path(&head.name)?);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if self.names == Names::Digests
            && (name.len() != DIGEST_DIGITS || name != domain::audit::hex(Sha256::digest(bytes)))
        {
            return Err(BackupError::Unreadable(format!("the file {name} is not what its name says")));
        }
        if let Some(folder) = path.parent() {
            make_private_folder(folder)?;
        }
        let file = std::fs::File::options().write(true).create_new(true).mode(0o600).open(&path);
        let mut file = file.map_err(file_failed(&path))?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(file_failed(&path))?;
        self.files += 1;
        self.bytes += head.bytes;
        Ok(())
    }

    /// Whether everything that the end names was there, and nothing comes after it. The envelope's last seal is looked at by
    /// reading to its end.
    fn check(&self, frames: &mut impl Read, end: &End) -> Result<(), BackupError> {
        if frame::next(frames, &mut Vec::new())?.is_some() || self.file.is_some() {
            return Err(damaged());
        }
        if *end != (End { tables: self.tables.clone(), files: self.files }) {
            return Err(damaged());
        }
        Ok(())
    }
}

fn next(frames: &mut impl Read, buffer: &mut Vec<u8>) -> Result<Kind, BackupError> {
    let cut = |error: std::io::Error| BackupError::Unreadable(format!("the backup is cut or damaged: {error}"));
    frame::next(frames, buffer).map_err(cut)?.ok_or_else(damaged)
}

fn parse<T: serde::de::DeserializeOwned>(json: &[u8]) -> Result<T, BackupError> {
    serde_json::from_slice(json).map_err(|_| damaged())
}

fn damaged() -> BackupError {
    BackupError::Unreadable("the backup is cut or damaged".into())
}

/// A path that stays below its folder.
fn checked_path(name: &str) -> Result<PathBuf, BackupError> {
    let path = PathBuf::from(name);
    let stays = path.components().all(|part| matches!(part, Component::Normal(_))) && path.file_name().is_some();
    if stays { Ok(path) } else { Err(BackupError::Unreadable(format!("{name:?} is no name of a file"))) }
}

fn refuse_filled(folder: &Path) -> Result<(), BackupError> {
    let is_filled = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if is_filled { Err(BackupError::Exists(folder.to_owned())) } else { Ok(()) }
}

fn make_private_folder(folder: &Path) -> Result<(), BackupError> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(file_failed(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_of_a_backup_leaves_its_folder() {
        for name in ["../keys/master.key", "/etc/passwd", "ab/../../x", "", "."] {
            assert!(checked_path(name).is_err(), "{name}");
        }
        assert!(checked_path("ab/abcd").is_ok());
    }
}
