// SPDX-License-Identifier: Apache-2.0
//! Making a backup beside those who work: the database from the state of one moment, then the files. A file that was deleted
//! meanwhile belongs to somebody who was erased meanwhile, and is not missed.

use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use db::{Db, DumpStart, DumpTable, Sink, TransferError};
use domain::time::Timestamp;

use crate::{
    BackupError, Progress, Recipient,
    archive::ArchiveWriter,
    file_failed,
    frame::{End, FILE_CHUNK_BYTES, FileHead, Kind, put, put_json},
    look::{FORM, Manifest},
};

/// What goes into a backup.
pub struct Content<'a> {
    /// The database.
    pub db: &'a Db,
    /// The folder of the files.
    pub files: &'a Path,
    /// The text of the configuration file.
    pub config: Option<String>,
    /// Now.
    pub made_at: Timestamp,
}

/// What went into it.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The manifest.
    pub manifest: Manifest,
    /// Rows of all tables.
    pub rows: u64,
    /// Files.
    pub files: u64,
    /// Bytes of rows and files.
    pub content_bytes: u64,
    /// Bytes of the backup.
    pub backup_bytes: u64,
}

/// Writes a backup of database and files to a file that is not there yet.
///
/// # Errors
/// [`BackupError`]; no file of that name is left then.
pub async fn take(
    content: Content<'_>,
    recipients: &[Recipient],
    to: &Path,
    progress: &mut dyn Progress,
) -> Result<Taken, BackupError> {
    let archive = ArchiveWriter::create(to, recipients)?;
    let manifest =
        Manifest { form: FORM, made_at: content.made_at.to_string(), database: None, config: content.config };
    let mut writer = Writer { archive, manifest, end: End::default(), rows: 0, bytes: 0, progress };
    content.db.dump(&mut writer).await?;
    writer.put_folder(content.files)?;
    writer.finish()
}

/// Writes a backup of one folder (the keys) to a file that is not there yet.
///
/// # Errors
/// [`BackupError`].
pub fn take_folder(
    folder: &Path,
    made_at: Timestamp,
    recipients: &[Recipient],
    to: &Path,
) -> Result<Taken, BackupError> {
    let archive = ArchiveWriter::create(to, recipients)?;
    let manifest = Manifest { form: FORM, made_at: made_at.to_string(), database: None, config: None };
    let progress = &mut ();
    let mut writer = Writer { archive, manifest, end: End::default(), rows: 0, bytes: 0, progress };
    put_json(&mut writer.archive.frames, Kind::Manifest, &writer.manifest)?;
    writer.put_folder(folder)?;
    writer.finish()
}

struct Writer<'p> {
    archive: ArchiveWriter,
    manifest: Manifest,
    end: End,
    rows: u64,
    bytes: u64,
    progress: &'p mut dyn Progress,
}

impl Writer<'_> {
    fn put_folder(&mut self, folder: &Path) -> Result<(), BackupError> {
        let mut names = Vec::new();
        list(folder, Path::new(""), &mut names)?;
        names.sort();
        for name in names {
            self.put_file(folder, &name)?;
        }
        Ok(())
    }

    fn put_file(&mut self, folder: &Path, name: &str) -> Result<(), BackupError> {
        let path = folder.join(name);
        let mut file = match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            file => file.map_err(file_failed(&path))?,
        };
        let bytes = file.metadata().map_err(file_failed(&path))?.len();
        put_json(&mut self.archive.frames, Kind::File, &FileHead { name: name.to_owned(), bytes })?;
        let mut chunk = vec![0; FILE_CHUNK_BYTES];
        let mut left = bytes;
        while left > 0 {
            let length = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            file.read_exact(&mut chunk[..length]).map_err(file_failed(&path))?;
            put(&mut self.archive.frames, Kind::Bytes, &[&chunk[..length]])?;
            left -= length as u64;
        }
        self.end.files += 1;
        self.bytes += bytes;
        self.progress.at("files", self.end.files, self.bytes);
        Ok(())
    }

    fn finish(mut self) -> Result<Taken, BackupError> {
        put_json(&mut self.archive.frames, Kind::End, &self.end)?;
        let backup_bytes = self.archive.finish()?;
        let (manifest, rows, files) = (self.manifest, self.rows, self.end.files);
        Ok(Taken { manifest, rows, files, content_bytes: self.bytes, backup_bytes })
    }
}

impl Sink for Writer<'_> {
    async fn start(&mut self, start: &DumpStart) -> Result<(), TransferError> {
        self.manifest.database = Some(start.clone());
        Ok(put_json(&mut self.archive.frames, Kind::Manifest, &self.manifest)?)
    }

    async fn table(&mut self, table: &DumpTable) -> Result<(), TransferError> {
        self.end.tables.push((table.name.clone(), 0));
        Ok(put_json(&mut self.archive.frames, Kind::Table, table)?)
    }

    async fn rows(&mut self, rows: &[u8], count: u64) -> Result<(), TransferError> {
        put(&mut self.archive.frames, Kind::Rows, &[&count.to_be_bytes(), rows])?;
        self.rows += count;
        self.bytes += rows.len() as u64;
        if let Some((table, sum)) = self.end.tables.last_mut() {
            *sum += count;
            self.progress.at(table, self.rows, self.bytes);
        }
        Ok(())
    }
}

/// The files below a folder, by their paths in it; half-written ones are left out. A folder that is not there has none.
fn list(folder: &Path, below: &Path, names: &mut Vec<String>) -> Result<(), BackupError> {
    let at = folder.join(below);
    let entries = match std::fs::read_dir(&at) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(file_failed(&at))?,
    };
    for entry in entries {
        let entry = entry.map_err(file_failed(&at))?;
        let path: PathBuf = below.join(entry.file_name());
        if entry.file_type().map_err(file_failed(&at))?.is_dir() {
            list(folder, &path, names)?;
        } else if path.extension().is_none_or(|end| end != "part") {
            let name = path.to_str().ok_or_else(|| BackupError::Unreadable(format!("{path:?} is no text")))?;
            names.push(name.to_owned());
        }
    }
    Ok(())
}
