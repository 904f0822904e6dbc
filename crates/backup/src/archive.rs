// SPDX-License-Identifier: Apache-2.0
//! The envelope of a backup: written under another name and renamed when it is whole, encrypted for its recipients.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read, Write as _},
    path::{Path, PathBuf},
};

use age::stream::StreamWriter;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};

use crate::{BackupError, Identity, Recipient, file_failed};

/// Bytes that wait for the disk.
const BUFFER_BYTES: usize = 1024 * 1024;

/// A backup that is being written.
pub(crate) struct ArchiveWriter {
    pub(crate) frames: GzEncoder<StreamWriter<BufWriter<File>>>,
    part: PathBuf,
    path: PathBuf,
}

impl ArchiveWriter {
    /// Begins a file that only its owner reads, and that is not there yet.
    pub(crate) fn create(path: &Path, recipients: &[Recipient]) -> Result<Self, BackupError> {
        use std::os::unix::fs::OpenOptionsExt as _;
        if path.exists() {
            return Err(BackupError::Exists(path.to_owned()));
        }
        let keys = recipients.iter().map(|recipient| &recipient.0 as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(keys);
        let encryptor =
            encryptor.map_err(|error| BackupError::Unreadable(format!("no key to encrypt for: {error}")))?;
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        match std::fs::remove_file(&part) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(file_failed(&part)(error)),
            _ => {}
        }
        let file = File::options().write(true).create_new(true).mode(0o600).open(&part).map_err(file_failed(&part))?;
        let sealed = encryptor.wrap_output(BufWriter::with_capacity(BUFFER_BYTES, file))?;
        Ok(Self { frames: GzEncoder::new(sealed, Compression::fast()), part, path: path.to_owned() })
    }

    /// Ends the file, durably, under its name; returns its bytes.
    pub(crate) fn finish(self) -> Result<u64, BackupError> {
        let mut buffered = self.frames.finish()?.finish()?;
        buffered.flush()?;
        let file = buffered.into_inner().map_err(|error| file_failed(&self.part)(error.into_error()))?;
        file.sync_all().map_err(file_failed(&self.part))?;
        let bytes = file.metadata().map_err(file_failed(&self.part))?.len();
        std::fs::rename(&self.part, &self.path).map_err(file_failed(&self.path))?;
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(file_failed(folder))?;
        Ok(bytes)
    }
}

/// Opens a backup with one of the secret keys.
pub(crate) fn open(path: &Path, identities: &[Identity]) -> Result<impl Read + use<>, BackupError> {
    let file = File::open(path).map_err(file_failed(path))?;
    let unreadable = |error: age::DecryptError| BackupError::Unreadable(format!("{}: {error}", path.display()));
    let decryptor = age::Decryptor::new_buffered(BufReader::with_capacity(BUFFER_BYTES, file)).map_err(unreadable)?;
    let keys = identities.iter().map(|identity| &identity.0 as &dyn age::Identity);
    let stream = decryptor.decrypt(keys).map_err(unreadable)?;
    Ok(BufReader::with_capacity(BUFFER_BYTES, GzDecoder::new(stream)))
}
