// SPDX-License-Identifier: Apache-2.0
//! Configuration: one TOML file, then the environment (`TURNA_…`), then flags. Unknown keys are errors.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};

/// Name of the configuration file in the data folder.
pub(crate) const FILE: &str = "turna.toml";
/// The most bytes of a configuration file.
const FILE_BYTES_MAX: u64 = 64 * 1024;

/// What an installation is configured to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// Database, `sqlite:PATH` or `postgres://…`; the file `turna.db` of the data folder if empty.
    pub(crate) database: String,
    /// Address under which cards, status list and log are published.
    pub(crate) public_url: String,
    /// Name of the issuer in cards and trust list.
    pub(crate) issuer: String,
    /// Name of the log, which is the name of its key.
    pub(crate) log_name: String,
    /// Address that the server listens on.
    pub(crate) listen: String,
    /// Calls of the interface for programs that one account may make in a minute.
    pub(crate) api_requests_per_minute: u32,
    /// Folder of the country pack; the one built in if empty.
    pub(crate) pack: String,
    /// Folder of the keys; `keys` in the data folder if empty. Best on another disk than the database.
    pub(crate) keys: String,
    /// Public keys (`age1…`) for which backups are encrypted.
    pub(crate) backup_recipients: Vec<String>,
    /// File with the list of erasures; `erasures.txt` beside the keys if empty. Best where the database is not.
    pub(crate) erasures: String,
    /// What goes to the log on standard error: `error`, `warn`, `info` or `debug`.
    pub(crate) log_level: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database: String::new(),
            public_url: "http://127.0.0.1:8080".into(),
            issuer: "State Migration Service".into(),
            log_name: "turna.example/log".into(),
            listen: "127.0.0.1:8080".into(),
            api_requests_per_minute: 6_000,
            pack: String::new(),
            keys: String::new(),
            backup_recipients: Vec::new(),
            erasures: String::new(),
            log_level: "warn".into(),
        }
    }
}

impl Config {
    /// Reads the file of a data folder, if there is one, and lays the environment over it.
    ///
    /// # Errors
    /// When the file cannot be read or has an unknown key; the message names file and line.
    pub(crate) fn load(data: &Path) -> anyhow::Result<Self> {
        let path = data.join(FILE);
        let mut config = match std::fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::default(),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
            Ok(metadata) if metadata.len() > FILE_BYTES_MAX => {
                bail!("{} is longer than {FILE_BYTES_MAX} bytes", path.display())
            }
            Ok(_) => {
                let text =
                    std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
                toml::from_str(&text).with_context(|| format!("{} is not a configuration", path.display()))?
            }
        };
        config.overlay(|name| std::env::var(name).ok());
        Ok(config)
    }

    /// Lays values named `TURNA_…` over the file's.
    fn overlay(&mut self, value: impl Fn(&str) -> Option<String>) {
        for (name, field) in [
            ("TURNA_DATABASE", &mut self.database),
            ("TURNA_PUBLIC_URL", &mut self.public_url),
            ("TURNA_ISSUER", &mut self.issuer),
            ("TURNA_LOG_NAME", &mut self.log_name),
            ("TURNA_LISTEN", &mut self.listen),
            ("TURNA_PACK", &mut self.pack),
            ("TURNA_KEYS", &mut self.keys),
            ("TURNA_ERASURES", &mut self.erasures),
            ("TURNA_LOG_LEVEL", &mut self.log_level),
        ] {
            if let Some(value) = value(name) {
                *field = value;
            }
        }
    }

    /// The database's address.
    pub(crate) fn database_url(&self, data: &Path) -> String {
        match self.database.as_str() {
            "" => format!("sqlite:{}", data.join("turna.db").display()),
            url => url.to_owned(),
        }
    }

    /// The folder of the keys.
    pub(crate) fn keys_folder(&self, data: &Path) -> PathBuf {
        match self.keys.as_str() {
            "" => data.join("keys"),
            folder => folder.into(),
        }
    }

    /// The file with the list of erasures.
    pub(crate) fn erasures_file(&self, data: &Path) -> PathBuf {
        match self.erasures.as_str() {
            "" => self.keys_folder(data).join("erasures.txt"),
            file => file.into(),
        }
    }

    /// The effective values as a configuration file, with the password of a database address blotted out.
    pub(crate) fn shown(&self, data: &Path) -> anyhow::Result<String> {
        let mut shown = self.clone();
        shown.database = without_password(&self.database_url(data));
        shown.keys = self.keys_folder(data).display().to_string();
        shown.erasures = self.erasures_file(data).display().to_string();
        Ok(toml::to_string(&shown)?)
    }
}

/// Blots out what stands between `:` and `@` of an address.
fn without_password(url: &str) -> String {
    let Some((head, tail)) = url.split_once("://") else { return url.to_owned() };
    match tail.rsplit_once('@') {
        Some((account, host)) => {
            let name = account.split(':').next().unwrap_or_default();
            format!("{head}://{name}:…@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_an_error_that_names_it() {
        let error = toml::from_str::<Config>("databse = \"x\"").unwrap_err();
        assert!(error.to_string().contains("databse"), "{error}");
    }

    #[test]
    fn the_environment_lies_over_the_file() {
        let mut config = Config::default();
        config.overlay(|name| (name == "TURNA_ISSUER").then(|| "Somebody".into()));
        assert_eq!(config.issuer, "Somebody");
        assert_eq!(config.listen, Config::default().listen);
    }

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(without_password("postgres://turna:secret@db/turna"), "postgres://turna:…@db/turna");
        assert_eq!(without_password("sqlite:/data/turna.db"), "sqlite:/data/turna.db");
    }
}
