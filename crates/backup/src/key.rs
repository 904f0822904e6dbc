// SPDX-License-Identifier: Apache-2.0
//! The keys of backups: who has the public one makes backups, who has the secret one reads them. They are those of age.

use std::fmt;

use age::secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use crate::BackupError;

/// A public key: `age1…`.
#[derive(Clone)]
pub struct Recipient(pub(crate) age::x25519::Recipient);

/// A secret key: `AGE-SECRET-KEY-1…`.
#[derive(Clone)]
pub struct Identity(pub(crate) age::x25519::Identity);

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({})", self.0)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl std::str::FromStr for Recipient {
    type Err = BackupError;

    fn from_str(text: &str) -> Result<Self, BackupError> {
        text.trim().parse().map(Self).map_err(|why| BackupError::Unreadable(format!("no public key of age: {why}")))
    }
}

impl Identity {
    /// The secret keys of a file as `age-keygen` and [`make_key`] write it: a line each, comments behind `#`.
    ///
    /// # Errors
    /// When a line is no key, or there is none.
    pub fn parse_file(text: &str) -> Result<Vec<Self>, BackupError> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys: Result<Vec<Self>, &'static str> = lines.map(|line| line.parse().map(Self)).collect();
        // The line is not repeated: it is a secret.
        let keys = keys.map_err(|why| BackupError::Unreadable(format!("no secret key of age: {why}")))?;
        if keys.is_empty() { Err(BackupError::Unreadable("the file holds no secret key".into())) } else { Ok(keys) }
    }
}

/// Makes a pair of keys: the public one, and the text of the file with the secret one.
pub fn make_key() -> (String, Zeroizing<String>) {
    let identity = age::x25519::Identity::generate();
    let public = identity.to_public().to_string();
    let text = Zeroizing::new(format!("# public key: {public}\n{}\n", identity.to_string().expose_secret()));
    (public, text)
}
