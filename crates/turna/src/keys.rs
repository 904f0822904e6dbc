// SPDX-License-Identifier: Apache-2.0
//! The keys, outside the database and encrypted at rest.
//!
//! `master.key` wraps everything else in the folder. The root that certifies signers lies in a folder of its own, to be
//! taken to a safe: the running program never needs it.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use anyhow::{Context as _, anyhow};
use app::port::SignerRing;
use credential::{
    certificate::{Certificate, CertificateTerms},
    key::{CertifiedKey, Signer, SigningKey},
};
use db::{SignerRow, vault::DataKey};
use domain::time::Timestamp;
use rand_chacha::ChaCha20Rng;
use rand_core::Rng;
use transparency::LogKey;
use zeroize::Zeroizing;

/// Name of the file of the master key.
pub(crate) const MASTER_KEY: &str = "master.key";
/// How long a signer signs, in days.
const USE_DAYS: i64 = 365;
/// How long what a signer signed is accepted, in days: its use, the longest card, and three months.
const ACCEPT_DAYS: i64 = USE_DAYS + 5 * 366 + 92;
/// How long the root is good for, in days.
const ROOT_DAYS: i64 = 15 * 366;
/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// The folder of the keys.
#[derive(Clone, Debug)]
pub(crate) struct KeyFolder {
    folder: PathBuf,
}

impl KeyFolder {
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The master key; made at the first start.
    pub(crate) fn master(&self, rng: &mut dyn Rng) -> anyhow::Result<DataKey> {
        let path = self.folder.join(MASTER_KEY);
        match std::fs::read(&path) {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                let key: [u8; 32] =
                    bytes.as_slice().try_into().map_err(|_| anyhow!("{} is no master key", path.display()))?;
                Ok(DataKey::from_bytes(key))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = DataKey::generate(rng);
                write_secret(&path, key.as_bytes())?;
                Ok(key)
            }
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }

    /// Lays the log's key aside, so that the next start makes another: after a restore that lost records the log goes on
    /// under another name.
    pub(crate) fn lay_log_key_aside(&self, size: u64) -> anyhow::Result<()> {
        let (from, to) = (self.folder.join("log.key"), self.folder.join(format!("log-until-{size}.key")));
        std::fs::rename(&from, &to).with_context(|| format!("{} cannot be renamed", from.display()))
    }

    /// Whether master key and log key are there.
    pub(crate) fn is_whole(&self) -> bool {
        [MASTER_KEY, "log.key"].iter().all(|name| self.folder.join(name).is_file())
    }

    /// The key of the log; made at the first start.
    pub(crate) fn log_key(&self, master: &DataKey, name: &str, rng: &mut dyn Rng) -> anyhow::Result<LogKey> {
        match self.open(master, "log.key")? {
            Some(text) => Ok(LogKey::parse(std::str::from_utf8(&text)?)?),
            None => {
                let key = LogKey::generate(name, rng)?;
                self.seal(master, "log.key", key.to_secret_text().as_bytes(), rng)?;
                Ok(key)
            }
        }
    }

    /// Makes a key for a purpose and has it certified by the root; returns its row for the database.
    pub(crate) fn new_signer(
        &self,
        master: &DataKey,
        root: &CertifiedKey,
        purpose: &str,
        now: Timestamp,
        rng: &mut dyn Rng,
    ) -> anyhow::Result<SignerRow> {
        let key = SigningKey::generate(rng);
        let (use_until, accept_until) = (now.plus_seconds(USE_DAYS * DAY), now.plus_seconds(ACCEPT_DAYS * DAY));
        let terms = CertificateTerms {
            subject: format!("CN=Turna signer of {purpose},C=AZ"),
            not_before: now,
            not_after: accept_until,
        };
        let certificate = Certificate::issue_signer(root, root.certificate(), &key.public_key(), &terms, rng)?;
        let name = signer_file(&certificate.key_id().to_string());
        self.seal(master, &name, &key.to_pkcs8_der(), rng)?;
        Ok(SignerRow {
            key_id: certificate.key_id().as_bytes().to_vec(),
            purpose: purpose.to_owned(),
            certificate: certificate.der().to_vec(),
            use_from: now,
            use_until,
            accept_until,
            revoked_at: None,
        })
    }

    /// The private keys of the signers that lie here.
    pub(crate) fn signers(&self, master: &DataKey, rows: &[SignerRow]) -> anyhow::Result<Signers> {
        let mut signers = Vec::new();
        for row in rows {
            let certificate = Certificate::from_der(&row.certificate)?;
            let Some(key) = self.open(master, &signer_file(&certificate.key_id().to_string()))? else { continue };
            let key = CertifiedKey::new(SigningKey::from_pkcs8_der(&key)?, certificate)?;
            signers.push(InUse { row: row.clone(), key: Arc::new(key) });
        }
        Ok(Signers { signers: RwLock::new(signers) })
    }

    fn open(&self, master: &DataKey, name: &str) -> anyhow::Result<Option<Zeroizing<Vec<u8>>>> {
        let path = self.folder.join(name);
        let sealed = match std::fs::read(&path) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        };
        let opened = master.open(&place(name), &sealed);
        opened.map(Some).with_context(|| format!("{} does not open with this master key", path.display()))
    }

    fn seal(&self, master: &DataKey, name: &str, secret: &[u8], rng: &mut dyn Rng) -> anyhow::Result<()> {
        write_secret(&self.folder.join(name), &master.seal(&place(name), secret, rng))
    }
}

fn signer_file(key_id: &str) -> String {
    format!("signer-{key_id}.key")
}

fn place(name: &str) -> String {
    format!("key|{name}")
}

/// Writes a file that only its owner reads, durably, and never over another.
fn write_secret(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    let folder = path.parent().ok_or_else(|| anyhow!("{} has no folder", path.display()))?;
    if !folder.exists() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let written =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(path).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
    written.with_context(|| format!("{} cannot be written", path.display()))?;
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).context("a key folder cannot be synchronised")
}

/// The offline root.
pub(crate) struct Root {
    folder: PathBuf,
}

impl Root {
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Opens the root; `None` if this folder holds none.
    ///
    /// # Errors
    /// When it cannot be read or does not open with this master key.
    pub(crate) fn open(&self, master: &DataKey) -> anyhow::Result<Option<CertifiedKey>> {
        let Some(key) = self.keys().open(master, ROOT_KEY)? else { return Ok(None) };
        let certificate = std::fs::read(self.folder.join(ROOT_CERTIFICATE)).context("root.cer cannot be read")?;
        let certificate = Certificate::from_der(&certificate)?;
        Ok(Some(CertifiedKey::new(SigningKey::from_pkcs8_der(&key)?, certificate)?))
    }

    /// Makes the root, at the key ceremony.
    ///
    /// # Errors
    /// When the folder holds one already or cannot be written.
    pub(crate) fn make(&self, master: &DataKey, now: Timestamp, rng: &mut dyn Rng) -> anyhow::Result<CertifiedKey> {
        let key = SigningKey::generate(rng);
        let terms = CertificateTerms {
            subject: "CN=Turna root,C=AZ".into(),
            not_before: now,
            not_after: now.plus_seconds(ROOT_DAYS * DAY),
        };
        let issued = Certificate::issue_root(&key, &terms, rng)?;
        self.keys().seal(master, ROOT_KEY, &key.to_pkcs8_der(), rng)?;
        std::fs::write(self.folder.join(ROOT_CERTIFICATE), issued.der()).context("root.cer cannot be written")?;
        Ok(CertifiedKey::new(key, issued)?)
    }

    fn keys(&self) -> KeyFolder {
        KeyFolder::at(self.folder.clone())
    }
}

/// File of the root's private key.
const ROOT_KEY: &str = "root.key";
/// File of the root's certificate.
const ROOT_CERTIFICATE: &str = "root.cer";

struct InUse {
    row: SignerRow,
    key: Arc<CertifiedKey>,
}

/// The signers whose private keys this program holds.
pub(crate) struct Signers {
    signers: RwLock<Vec<InUse>>,
}

impl Signers {
    /// Takes over what another look into the key folder found.
    pub(crate) fn replace(&self, other: Self) {
        let other = other.signers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        *self.signers.write().unwrap_or_else(std::sync::PoisonError::into_inner) = other;
    }

    /// The latest signer of a purpose that is in use at a moment.
    fn find(&self, purpose: &str, at: Timestamp) -> Option<Arc<dyn Signer>> {
        let signers = self.signers.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let in_use = signers.iter().filter(|signer| {
            let row = &signer.row;
            row.purpose == purpose && row.use_from <= at && at <= row.use_until && row.revoked_at.is_none()
        });
        in_use.max_by_key(|signer| signer.row.use_from).map(|signer| signer.key.clone() as Arc<dyn Signer>)
    }
}

impl SignerRing for Signers {
    fn card_signer(&self, at: Timestamp) -> Option<Arc<dyn Signer>> {
        self.find("cards", at)
    }

    fn status_signer(&self, at: Timestamp) -> Option<Arc<dyn Signer>> {
        self.find("status_list", at)
    }
}

/// Randomness from the operating system.
pub(crate) fn system_rng() -> anyhow::Result<ChaCha20Rng> {
    use rand_chacha::rand_core::SeedableRng as _;
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| anyhow!("the system gives no randomness: {error}"))?;
    Ok(ChaCha20Rng::from_seed(seed))
}
