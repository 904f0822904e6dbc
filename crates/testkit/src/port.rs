// SPDX-License-Identifier: Apache-2.0
//! What the test service has in place of the world outside: a clock that the test sets, keys in memory, files in a folder,
//! and a printer that sets no type.

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use app::port::{CardFace, CardPrinter, CardReader, FileStore, SignerRing};
use credential::key::{CertifiedKey, Signer};
use db::SignerRow;
use domain::time::{Clock, Timestamp};
use sha2::{Digest as _, Sha256};

/// A clock that stands where the test puts it, but for a millisecond with every look at it: acts follow one another, and
/// their identifiers (UUID version 7) with them.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

/// How far a look at the clock puts it on.
const LOOK_MICROSECONDS: i64 = 1_000;

impl ManualClock {
    /// A clock that stands at a moment.
    pub fn at(moment: Timestamp) -> Self {
        Self(AtomicI64::new(moment.as_microseconds()))
    }

    /// Puts the clock on or back.
    pub fn set(&self, moment: Timestamp) {
        self.0.store(moment.as_microseconds(), Ordering::Relaxed);
    }

    /// Puts the clock on by so many seconds (back, if negative).
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    /// Puts the clock on by so many days of 24 hours.
    pub fn advance_days(&self, days: i64) {
        self.advance_seconds(days * 24 * 60 * 60);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        let now = self.0.fetch_add(LOOK_MICROSECONDS, Ordering::Relaxed);
        Timestamp::from_microseconds(now).expect("tests stay within the years of the calendar")
    }
}

/// Keys of signers in memory.
#[derive(Default)]
pub struct MemorySigners(RwLock<Vec<(SignerRow, Arc<CertifiedKey>)>>);

impl MemorySigners {
    /// Adds a signer; the latest of those in use signs.
    pub fn add(&self, row: SignerRow, key: Arc<CertifiedKey>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).push((row, key));
    }

    fn find(&self, purpose: &str, at: Timestamp) -> Option<Arc<dyn Signer>> {
        let signers = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let in_use = |row: &SignerRow| row.purpose == purpose && row.use_from <= at && at <= row.use_until;
        let found = signers.iter().rev().find(|(row, _)| in_use(row));
        found.map(|(_, key)| key.clone() as Arc<dyn Signer>)
    }
}

impl SignerRing for MemorySigners {
    fn card_signer(&self, at: Timestamp) -> Option<Arc<dyn Signer>> {
        self.find("cards", at)
    }

    fn status_signer(&self, at: Timestamp) -> Option<Arc<dyn Signer>> {
        self.find("status_list", at)
    }
}

/// What the test service calls free: plenty.
const FREE_BYTES: u64 = 64 << 30;

/// Files in a folder under the SHA-256 of their bytes.
#[derive(Clone, Debug)]
pub struct FolderFiles(PathBuf);

impl FolderFiles {
    /// Files in this folder, which exists.
    pub fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The names of the files that are there, in order.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let entries = std::fs::read_dir(&self.0)?;
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let mut names = names.collect::<io::Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    }
}

impl FileStore for FolderFiles {
    fn put(&self, bytes: &[u8]) -> io::Result<String> {
        let name = domain::audit::hex(Sha256::digest(bytes));
        std::fs::write(self.0.join(&name), bytes)?;
        Ok(name)
    }

    fn get(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        match std::fs::read(self.0.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn delete(&self, name: &str) -> io::Result<()> {
        match std::fs::remove_file(self.0.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn free_bytes(&self) -> io::Result<Option<u64>> {
        Ok(Some(FREE_BYTES))
    }
}

/// A printer that sets no type: small bytes that depend on nothing but what it is given.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainPrinter;

type Printed = Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;

/// How pictures begin that the plain printer takes for photos: JPEG and PNG.
const PICTURES: [&[u8]; 2] = [b"\xFF\xD8\xFF", b"\x89PNG"];

impl CardPrinter for PlainPrinter {
    fn photo(&self, original: &[u8]) -> Printed {
        match PICTURES.iter().any(|head| original.starts_with(head)) {
            true => Ok(original.to_vec()),
            false => Err("no picture".into()),
        }
    }

    fn face(&self, photo: &[u8]) -> Printed {
        Ok([b"RIFF\0\0\0\0WEBP".as_slice(), &Sha256::digest(photo)].concat())
    }

    fn card(&self, face: &CardFace, photo: Option<&[u8]>, qr_text: &str) -> Printed {
        let photo = photo.map(|photo| domain::audit::hex(Sha256::digest(photo))).unwrap_or_default();
        Ok(format!("%PDF plain\n{}\n{}\n{photo}\n{qr_text}\n", face.card_number, face.mrz.join("\n")).into_bytes())
    }

    fn qr_picture(&self, qr_text: &str) -> Printed {
        Ok([b"\x89PNG\r\n\x1a\n".as_slice(), qr_text.as_bytes()].concat())
    }
}

/// Reads what [`PlainPrinter`] makes of a QR code.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainReader;

impl CardReader for PlainReader {
    fn read_codes(&self, picture: &[u8]) -> Vec<String> {
        let text = picture.strip_prefix(b"\x89PNG\r\n\x1a\n").and_then(|text| std::str::from_utf8(text).ok());
        text.map(str::to_owned).into_iter().collect()
    }
}
