// SPDX-License-Identifier: Apache-2.0
//! `backup`: made while the server works, read back into an empty place, and rehearsed.

pub(super) mod meter;
mod restore;

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use backup::{Content, Identity, Recipient, Stamp, State, Taken};
use clap::{Args, Subcommand};
use db::{
    Db, Schema,
    vault::{DataKey, Keyring},
};
use domain::time::Clock as _;
use serde_json::json;

use self::meter::Meter;
use super::{Place, input::read_file};
use crate::{
    clock::SystemClock,
    config::{Config, FILE},
    output::Answer,
};

/// The most bytes of a file with secret keys.
const IDENTITY_BYTES_MAX: usize = 64 * 1024;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make the pair of keys for backups: the public one into turna.toml, the secret one into a safe
    #[command(after_help = "Example:\n  turna backup key --to /media/safe/backup.key")]
    Key {
        /// File for the secret key; must not be there
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Write database and files of one moment into an encrypted file; needs no key that opens anything
    #[command(after_help = "Example:\n  turna backup make --to /backup --data /var/lib/turna")]
    Make(Make),
    /// Write the keys into an encrypted file of their own: keep it elsewhere than the backups
    #[command(after_help = "Example:\n  turna backup keys --to /media/safe/turna-keys.age --data /var/lib/turna")]
    Keys(Make),
    /// Read a backup back into an empty data folder, and check everything
    #[command(
        after_help = "Example:\n  turna backup restore /backup/turna.age --identity backup.key --keys turna-keys.age \\\n    \
                      --erasures erasures.txt --checkpoint checkpoint --data /var/lib/turna-new"
    )]
    Restore(restore::Restore),
    /// Read a backup back into a folder that is deleted afterwards, check everything, and note it for `doctor`
    #[command(
        after_help = "Example:\n  turna backup rehearse /backup/turna.age --identity backup.key --data /var/lib/turna"
    )]
    Rehearse(restore::Rehearse),
}

#[derive(Debug, Args)]
pub(crate) struct Make {
    /// File to write, or a folder in which it gets a name with its time
    #[arg(long, value_name = "PATH")]
    to: PathBuf,
    /// Public key to encrypt for, in place of those configured; may be repeated
    #[arg(long = "recipient", value_name = "age1…")]
    recipients: Vec<String>,
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Key { to } => key(&to),
            Self::Make(make) => make.run(place).await,
            Self::Keys(make) => make.run_keys(place),
            Self::Restore(restore) => restore.run(place).await,
            Self::Rehearse(rehearse) => rehearse.run(place).await,
        }
    }
}

fn key(to: &Path) -> anyhow::Result<Answer> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let (public, secret) = backup::make_key();
    let file = std::fs::File::options().write(true).create_new(true).mode(0o400).open(to);
    let written = file.and_then(|mut file| {
        file.write_all(secret.as_bytes())?;
        file.sync_all()
    });
    written.with_context(|| format!("{} cannot be written", to.display()))?;
    let text = format!(
        "public key: {public}\nput it into turna.toml: backup_recipients = [\"{public}\"]\n\
         keep {} away from this machine: without it no backup can be read, and with it every one",
        to.display()
    );
    Ok(Answer::done(text, json!({ "public": public })))
}

impl Make {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let config = Config::load(&place.data)?;
        let recipients = self.recipients(&config)?;
        let now = SystemClock.now();
        let to = named(&self.to, "turna", &now.to_string());
        // Rows are copied as they are: nothing is opened, so no key is needed.
        let no_key = Keyring::new(DataKey::from_bytes([0; 32]));
        let db = Db::open(&config.database_url(&place.data), Schema::Expect, no_key).await?;
        let (files, config) = (place.data.join("files"), std::fs::read_to_string(place.data.join(FILE)).ok());
        let mut meter = Meter::new(place.form());
        let content = Content { db: &db, files: &files, config, made_at: now };
        let taken = backup::take(content, &recipients, &to, &mut meter).await;
        db.close().await;
        let taken = taken?;
        let stamp = stamp(&taken.manifest.made_at, (taken.rows, taken.files, taken.content_bytes), &meter);
        State { made: Some(stamp), ..State::load(&place.data)? }.save(&place.data)?;
        Ok(made(&to, &taken, &meter))
    }

    fn run_keys(self, place: &Place) -> anyhow::Result<Answer> {
        let config = Config::load(&place.data)?;
        let recipients = self.recipients(&config)?;
        let now = SystemClock.now();
        let to = named(&self.to, "turna-keys", &now.to_string());
        let folder = config.keys_folder(&place.data);
        let taken = backup::take_folder(&folder, now, &recipients, &to)?;
        if taken.files == 0 {
            bail!("{} holds no key", folder.display());
        }
        let text = format!("{}: {} keys; keep it elsewhere than the backups", to.display(), taken.files);
        Ok(Answer::done(text, json!({ "file": to, "keys": taken.files })))
    }

    fn recipients(&self, config: &Config) -> anyhow::Result<Vec<Recipient>> {
        let given = if self.recipients.is_empty() { &config.backup_recipients } else { &self.recipients };
        if given.is_empty() {
            bail!("for whom is it encrypted? set backup_recipients in turna.toml (`turna backup key` makes a key)");
        }
        Ok(given.iter().map(|key| key.parse()).collect::<Result<_, _>>()?)
    }
}

/// A file in a folder gets a name with its time: colons are left out, which some disks do not take.
fn named(to: &Path, what: &str, now: &str) -> PathBuf {
    if to.is_dir() {
        let moment: String = now.chars().take_while(|&letter| letter != '.').filter(|&letter| letter != ':').collect();
        to.join(format!("{what}-{moment}.age"))
    } else {
        to.to_owned()
    }
}

fn made(to: &Path, taken: &Taken, meter: &Meter) -> Answer {
    let head = taken.manifest.database.as_ref();
    let text = format!(
        "{}: {} rows, {} files, {} MB of content in {} MB ({})",
        to.display(),
        taken.rows,
        taken.files,
        taken.content_bytes / 1_000_000,
        taken.backup_bytes / 1_000_000,
        meter.summary()
    );
    let json = json!({
        "file": to,
        "made_at": taken.manifest.made_at,
        "rows": taken.rows,
        "files": taken.files,
        "content_bytes": taken.content_bytes,
        "backup_bytes": taken.backup_bytes,
        "milliseconds": meter.milliseconds(),
        "checkpoint": head.and_then(|head| head.checkpoint.clone()),
    });
    Answer::done(text, json)
}

fn stamp(of: &str, (rows, files, bytes): (u64, u64, u64), meter: &Meter) -> Stamp {
    let at = SystemClock.now().to_string();
    Stamp { at, of: of.to_owned(), rows, files, bytes, milliseconds: meter.milliseconds() }
}

fn identities(files: &[PathBuf]) -> anyhow::Result<Vec<Identity>> {
    let mut identities = Vec::new();
    for file in files {
        let bytes = zeroize::Zeroizing::new(read_file(file, IDENTITY_BYTES_MAX)?);
        let text = std::str::from_utf8(&bytes).with_context(|| format!("{} is no text", file.display()))?;
        identities.extend(Identity::parse_file(text).with_context(|| file.display().to_string())?);
    }
    Ok(identities)
}
