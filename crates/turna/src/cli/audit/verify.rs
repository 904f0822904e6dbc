// SPDX-License-Identifier: Apache-2.0
//! `audit verify` and `audit export`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use app::oversight::{self, DataReport, Finding, VerifyError};
use base64ct::{Base64, Encoding as _};
use clap::Args;
use serde_json::{Value, json};
use transparency::{LogFiles, SourceError, SweepError, SweepReport, VerifierKey, layout::FILE_BYTES_MAX, verify_log};

use super::http::HttpLog;
use crate::{
    cli::{
        Place,
        desk::at_installation,
        input::{read_file, write_file},
    },
    install::Installation,
    output::Answer,
};

/// The file of the key that verifies an export.
const KEY_FILE: &str = "verifier.key";
/// The most bytes of such a key.
const KEY_BYTES_MAX: usize = 1024;

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Folder of an export, in place of the data folder
    #[arg(long, value_name = "DIR", conflicts_with = "url")]
    export: Option<PathBuf>,
    /// Address of a published log (http only so far), in place of the data folder
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// A checkpoint kept from earlier: a log that was rewritten or cut since is refused
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    /// The verifier key known from elsewhere; that beside the log if absent
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

impl Verify {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let since = self.since.as_deref().map(|path| read_text(path, FILE_BYTES_MAX)).transpose()?;
        let key = self.key.as_deref().map(|path| read_text(path, KEY_BYTES_MAX)).transpose()?;
        if let Some(folder) = &self.export {
            let log = FolderLog { folder: folder.clone() };
            let beside = || read_text(&folder.join(KEY_FILE), KEY_BYTES_MAX);
            return sweep(log, &key.map_or_else(beside, Ok)?, since).await;
        }
        if let Some(url) = &self.url {
            let log = HttpLog::parse(url)?;
            let beside = || {
                let bytes = log.get(KEY_FILE)?.with_context(|| format!("{url}/{KEY_FILE} is missing: give --key"))?;
                String::from_utf8(bytes).context("the verifier key is not UTF-8")
            };
            let key = key.map_or_else(beside, Ok)?;
            return sweep(log, &key, since).await;
        }
        at_installation(place, async |installation| check_data(installation, key, since).await).await
    }
}

fn read_text(path: &Path, bytes_max: usize) -> anyhow::Result<String> {
    let bytes = read_file(path, bytes_max)?;
    String::from_utf8(bytes).map_err(|_| anyhow!("{} is not UTF-8", path.display()))
}

/// Reads every file of the log on a thread of its own.
async fn sweep(log: impl LogFiles + Send + 'static, key: &str, since: Option<String>) -> anyhow::Result<Answer> {
    let verifier: VerifierKey = key.trim().parse().context("the verifier key cannot be read")?;
    let swept = tokio::task::spawn_blocking(move || verify_log(&log, &verifier, since.as_deref())).await;
    Ok(answer(swept.context("a worker thread ended")?))
}

fn answer(checked: Result<SweepReport, SweepError>) -> Answer {
    match checked {
        Ok(report) => swept(&report),
        Err(error) => {
            let file = error.bad_file();
            let message = format!("{:#}", anyhow!(error));
            let json = json!({ "verified": false, "file": file, "message": message });
            Answer::checked(format!("NOT VERIFIED: {message}"), json, 1)
        }
    }
}

fn swept(report: &SweepReport) -> Answer {
    let root = Base64::encode_string(&report.root);
    let mut text = format!("VERIFIED: {} entries, {} tiles, root {root}", report.entries, report.tiles);
    if let Some(since) = report.since {
        text.push_str(&format!("\nthe first {since} entries are as the older checkpoint has them"));
    }
    let json = json!({
        "verified": true,
        "entries": report.entries,
        "tiles": report.tiles,
        "root": root,
        "since": report.since,
    });
    Answer::done(text, json)
}

/// The files of an export.
struct FolderLog {
    folder: PathBuf,
}

impl LogFiles for FolderLog {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let path = self.folder.join(path);
        if !path.exists() {
            return Ok(None);
        }
        read_file(&path, FILE_BYTES_MAX).map(Some).map_err(|error| SourceError::new(format!("{error:#}")))
    }
}

/// Checks the public log and every row of the database that an act wrote.
async fn check_data(installation: &Installation, key: Option<String>, since: Option<String>) -> anyhow::Result<Answer> {
    let service = &installation.service;
    let verifier = match key {
        Some(key) => key.trim().parse().context("the verifier key cannot be read")?,
        None => service.log_key().verifier(),
    };
    match oversight::verify_data(service.db(), service.pack(), &verifier, since.as_deref()).await {
        Ok(report) => Ok(sound(&report)),
        Err(VerifyError::Found(findings)) => {
            let lines = findings.iter().map(|finding| format!("NOT VERIFIED: {finding}"));
            let text = lines.collect::<Vec<_>>().join("\n");
            let json = findings.iter().map(finding_as_json).collect::<Vec<_>>();
            Ok(Answer::checked(text, json!({ "verified": false, "findings": json }), findings.len()))
        }
        Err(error) => Err(error.into()),
    }
}

fn sound(report: &DataReport) -> Answer {
    let mut lines = Vec::new();
    let mut json = json!({
        "verified": true,
        "records": report.records,
        "waiting": report.waiting,
        "subjects": report.subjects,
        "details": report.details,
        "erased": report.erased,
        "rows": report.rows,
        "cases": report.cases,
        "log": null,
    });
    match &report.log {
        Some(log) => {
            let swept = swept(log);
            lines.push(swept.text);
            json["log"] = swept.json;
        }
        None => lines.push("VERIFIED: the log has no entry yet".to_owned()),
    }
    lines.push(format!(
        "{} records ({} wait for a position), {} links to persons, {} sealed values, {} erased",
        report.records, report.waiting, report.subjects, report.details, report.erased
    ));
    lines.push(format!("{} rows as the last act left them; {} cases folded again", report.rows, report.cases));
    Answer::done(lines.join("\n"), json)
}

fn finding_as_json(finding: &Finding) -> Value {
    match finding {
        Finding::Log(error) => json!({ "file": error.bad_file(), "message": error.to_string() }),
        Finding::Row { table, row, field, problem } => {
            json!({ "table": table, "row": row, "field": field, "message": problem })
        }
    }
}

/// Writes the log as static files: entries and tiles first, the checkpoint that promises them last.
pub(super) async fn export(installation: &Installation, folder: &Path) -> anyhow::Result<Answer> {
    let service = &installation.service;
    app::jobs::settle(service).await?;
    if folder.exists() && std::fs::read_dir(folder)?.next().is_some() {
        bail!("{} is not empty", folder.display());
    }
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let verifier = service.log_key().verifier();
    let key = verifier.to_string();
    write_file(&folder.join(KEY_FILE), format!("{key}\n").as_bytes())?;
    let mut files = 0u64;
    let head = oversight::export_log(service.db(), &verifier, |path, bytes| {
        files += 1;
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(folder))?;
        std::fs::write(file, bytes)
    });
    let head = head.await?;
    let text = format!("{} entries in {files} files in {}", head.size, folder.display());
    Ok(Answer::done(text, json!({ "entries": head.size, "files": files, "folder": folder, "verifier_key": key })))
}
