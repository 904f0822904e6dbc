// SPDX-License-Identifier: Apache-2.0
//! `backup restore` and `backup rehearse`: into an empty place, who was erased is erased again, the log is compared with
//! what was published, everything is checked, and nothing is lost without a word.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use anyhow::{Context as _, anyhow, bail};
use app::{oversight::verify_data, publishing::note_restore, registry::repeat_erasures};
use backup::{ErasureList, Identity, Loss, Manifest, State};
use clap::Args;
use db::Schema;
use serde_json::json;
use transparency::VerifierKey;

use super::{identities, meter::Meter, stamp};
use crate::{
    cli::{
        Place,
        input::{read_file, write_file},
    },
    clock::SystemClock,
    config::{Config, FILE},
    install::{Installation, Missing},
    keys::{KeyFolder, system_rng},
    output::{Answer, End},
};

/// The most bytes of a checkpoint.
const CHECKPOINT_BYTES_MAX: usize = 64 * 1024;

#[derive(Debug, Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    source: Source,
    /// List of erasures, as the server keeps it beside the keys: they are erased again
    #[arg(long, value_name = "FILE", required_unless_present = "without_erasures")]
    erasures: Option<PathBuf>,
    /// There is no list: whoever was erased after the backup comes back
    #[arg(long, conflicts_with = "erasures")]
    without_erasures: bool,
    /// The checkpoint of the log published last, from a witness or the Ombudsman
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// Records that may be lost: their number as this command tells it, or `unknown` where there is no checkpoint
    #[arg(long, value_name = "N")]
    accept_loss: Option<Accepted>,
    /// Empty database to fill in place of SQLite in the data folder
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Rehearse {
    #[command(flatten)]
    source: Source,
    /// Folder below which it is read back; that of temporary files if absent
    #[arg(long, value_name = "DIR")]
    below: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Source {
    /// The backup
    backup: PathBuf,
    /// File with the secret key; may be repeated
    #[arg(long = "identity", value_name = "FILE", required = true)]
    identities: Vec<PathBuf>,
    /// The backup of the keys; the keys of the data folder itself if absent
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// Folder with the keys, in place of a backup of them
    #[arg(long, value_name = "DIR", conflicts_with = "keys")]
    keys_folder: Option<PathBuf>,
}

/// A loss that somebody takes upon himself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Accepted(Loss);

impl FromStr for Accepted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match (text, text.parse()) {
            ("unknown", _) => Ok(Self(Loss::Unknown)),
            (_, Ok(records)) => Ok(Self(Loss::Records(records))),
            _ => Err("a number of records, or unknown".into()),
        }
    }
}

/// What one restore works on.
struct Plan<'a> {
    backup: &'a Path,
    identities: Vec<Identity>,
    data: &'a Path,
    database: Option<String>,
    config: Config,
    erasures: ErasureList,
    checkpoint: Option<String>,
    loss: Loss,
    renames_log: bool,
}

impl Restore {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let data = place.data.as_path();
        if std::fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some()) {
            bail!("{} is not empty: a backup is read back into an empty folder", data.display());
        }
        let identities = identities(&self.source.identities)?;
        let manifest = backup::look(&self.source.backup, &identities)?;
        let erasures = match &self.erasures {
            Some(file) if !file.is_file() => bail!("{} is not there", file.display()),
            Some(file) => ErasureList::load(file)?,
            None => ErasureList::default(),
        };
        let checkpoint = self.checkpoint.as_deref().map(read_note).transpose()?;
        std::fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
        let done = self.fill(place, identities, manifest, erasures, checkpoint).await;
        if !matches!(&done, Ok(answer) if answer.end == End::Done || answer.end == End::Negative) {
            // It was empty before, and what is half there is worth nothing.
            empty(data);
        }
        done
    }

    async fn fill(
        &self,
        place: &Place,
        identities: Vec<Identity>,
        manifest: Manifest,
        erasures: ErasureList,
        checkpoint: Option<String>,
    ) -> anyhow::Result<Answer> {
        let data = place.data.as_path();
        self.source.bring_keys(&identities, data, None)?;
        let config = configuration(&manifest)?;
        let loss = manifest.loss(checkpoint.as_deref(), &verifier(data, &config)?)?;
        if let Some(refusal) = refused_loss(loss, self.accept_loss) {
            return Ok(refusal);
        }
        let plan = Plan {
            backup: &self.source.backup,
            identities,
            data,
            database: self.database.clone(),
            config,
            erasures,
            checkpoint,
            loss,
            renames_log: loss != Loss::None,
        };
        let mut meter = Meter::new(place.form());
        plan.carry_out(&mut meter).await
    }
}

impl Rehearse {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let identities = identities(&self.source.identities)?;
        let manifest = backup::look(&self.source.backup, &identities)?;
        let here = Config::load(&place.data)?;
        let below = self.below.clone().unwrap_or_else(std::env::temp_dir);
        let scratch = below.join(format!("turna-rehearsal-{}", std::process::id()));
        {
            use std::os::unix::fs::DirBuilderExt as _;
            let made = std::fs::DirBuilder::new().mode(0o700).create(&scratch);
            made.with_context(|| format!("{} cannot be made", scratch.display()))?;
        }
        let mut meter = Meter::new(place.form());
        let done = async {
            self.source.bring_keys(&identities, &scratch, Some(&here.keys_folder(&place.data)))?;
            let config = configuration(&manifest)?;
            let plan = Plan {
                backup: &self.source.backup,
                identities,
                data: &scratch,
                database: None,
                config,
                erasures: ErasureList::load(&here.erasures_file(&place.data))?,
                checkpoint: None,
                loss: Loss::Unknown,
                renames_log: false,
            };
            plan.carry_out(&mut meter).await
        };
        let done = done.await;
        let restored = State::load(&scratch);
        empty(&scratch);
        drop(std::fs::remove_dir(&scratch));
        let answer = done?;
        if answer.end == End::Done {
            State { restored: restored?.restored, ..State::load(&place.data)? }.save(&place.data)?;
        }
        Ok(answer)
    }
}

impl Source {
    /// Puts the keys where the restored data folder looks for them.
    fn bring_keys(&self, identities: &[Identity], data: &Path, own: Option<&Path>) -> anyhow::Result<()> {
        let to = data.join("keys");
        match (&self.keys, self.keys_folder.as_deref().or(own)) {
            (Some(file), _) => drop(backup::restore_folder(file, identities, &to)?),
            (None, Some(folder)) => copy_keys(folder, &to)?,
            (None, None) => bail!("the keys are needed too: give --keys FILE or --keys-folder DIR"),
        }
        if KeyFolder::at(to).is_whole() { Ok(()) } else { bail!("master.key or log.key is missing among the keys") }
    }
}

impl Plan<'_> {
    async fn carry_out(self, meter: &mut Meter) -> anyhow::Result<Answer> {
        let old = verifier(self.data, &self.config)?;
        let url = match &self.database {
            Some(url) => url.clone(),
            None => Config::default().database_url(self.data),
        };
        let files = self.data.join("files");
        let restored = backup::restore(self.backup, &self.identities, &url, &files, meter).await?;
        let mut config = self.config;
        config.database = self.database.unwrap_or_default();
        if self.renames_log {
            let size = restored.manifest.database.as_ref().and_then(|database| database.checkpoint.as_deref());
            let size = size.and_then(|note| note.lines().nth(1)?.parse::<u64>().ok()).unwrap_or(0);
            KeyFolder::at(config.keys_folder(self.data)).lay_log_key_aside(size)?;
            config.log_name = format!("{}/{size}", config.log_name);
        }
        write_file(&self.data.join(FILE), toml::to_string(&config)?.as_bytes())?;
        let clock = Arc::new(SystemClock);
        let installation = Installation::open(self.data, Missing::Refuse, Schema::Migrate, clock).await?;
        let service = &installation.service;
        note_restore(service, self.renames_log.then_some(old)).await?;
        let erasures: Vec<_> = self.erasures.iter().cloned().collect();
        let erased_again = repeat_erasures(service, &erasures).await?;
        app::jobs::settle(service).await?;
        // A log with another name is not compared with a checkpoint of the old one: its size was.
        let since = if self.renames_log { None } else { self.checkpoint.as_deref() };
        let verified = verify_data(service.db(), service.pack(), &service.log_key().verifier(), since).await;
        installation.close().await?;
        meter.stop();
        let counts = (restored.rows, restored.files, restored.content_bytes);
        if verified.is_ok() {
            let restored = Some(stamp(&restored.manifest.made_at, counts, meter));
            State { restored, ..State::load(self.data)? }.save(self.data)?;
        }
        Ok(report(self.data, (self.loss, self.renames_log), erased_again, &restored, verified, meter))
    }
}

fn report(
    data: &Path,
    (loss, renames_log): (Loss, bool),
    erased_again: usize,
    restored: &backup::Restored,
    verified: Result<app::oversight::DataReport, app::oversight::VerifyError>,
    meter: &Meter,
) -> Answer {
    let lost = match loss {
        Loss::None => "no published record is missing".to_owned(),
        Loss::Records(lost) => format!("{lost} published records are lost; the log goes on under another name"),
        Loss::Unknown if !renames_log => "not compared with what was published since".to_owned(),
        Loss::Unknown => {
            "whether published records are lost is not known; the log goes on under another name".to_owned()
        }
    };
    let (verdict, faults) = match &verified {
        Ok(report) => {
            (format!("VERIFIED: {} records, {} rows, {} cases", report.records, report.rows, report.cases), 0)
        }
        Err(error) => (format!("NOT VERIFIED: {error}"), 1),
    };
    let text = format!(
        "{}: backup of {}, {} rows and {} files read back ({})\n{lost}\n{erased_again} persons erased again\n{verdict}",
        data.display(),
        restored.manifest.made_at,
        restored.rows,
        restored.files,
        meter.summary()
    );
    let json = json!({
        "made_at": restored.manifest.made_at,
        "rows": restored.rows,
        "files": restored.files,
        "content_bytes": restored.content_bytes,
        "milliseconds": meter.milliseconds(),
        "lost": match loss { Loss::None => json!(0), Loss::Records(lost) => json!(lost), Loss::Unknown => json!(null) },
        "erased_again": erased_again,
        "verified": faults == 0,
        "verdict": verdict,
    });
    Answer::checked(text, json, faults)
}

/// The refusal, unless exactly this loss is accepted.
fn refused_loss(loss: Loss, accepted: Option<Accepted>) -> Option<Answer> {
    if loss == Loss::None || accepted == Some(Accepted(loss)) {
        return None;
    }
    let (text, lost) = match loss {
        Loss::Records(lost) => (
            format!(
                "refused: {lost} records were published after this backup and would be lost; look for a newer one, or say \
                 --accept-loss {lost}"
            ),
            json!(lost),
        ),
        _ => (
            "refused: without --checkpoint nobody knows whether records would be lost; get the last one from a witness or \
             the Ombudsman, or say --accept-loss unknown"
                .to_owned(),
            json!(null),
        ),
    };
    let json = json!({ "refused": "records_would_be_lost", "lost": lost, "message": text });
    Some(Answer { text, json, end: End::Refused })
}

/// The configuration of the backup; keys and database are those of the new place.
fn configuration(manifest: &Manifest) -> anyhow::Result<Config> {
    let text = manifest.config.as_deref().unwrap_or_default();
    let mut config: Config = toml::from_str(text).context("the configuration in the backup cannot be read")?;
    (config.keys, config.erasures, config.database) = Default::default();
    Ok(config)
}

fn verifier(data: &Path, config: &Config) -> anyhow::Result<VerifierKey> {
    let keys = KeyFolder::at(config.keys_folder(data));
    let mut rng = system_rng()?;
    let master = keys.master(&mut rng)?;
    Ok(keys.log_key(&master, &config.log_name, &mut rng)?.verifier())
}

fn read_note(path: &Path) -> anyhow::Result<String> {
    let bytes = read_file(path, CHECKPOINT_BYTES_MAX)?;
    String::from_utf8(bytes).map_err(|_| anyhow!("{} is no checkpoint", path.display()))
}

/// Copies the files of a key folder, for their owner alone.
fn copy_keys(from: &Path, to: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(to)?;
    for entry in std::fs::read_dir(from).with_context(|| format!("{} cannot be read", from.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// Empties a folder that this command has filled.
fn empty(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let removed = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        if let Err(error) = removed {
            tracing::warn!(path = %path.display(), error = &error as &dyn std::error::Error, "a file could not be deleted");
        }
    }
}
