// SPDX-License-Identifier: Apache-2.0
//! `doctor`: whether everything that an installation needs is in order. It changes nothing and works beside a running
//! server.

use std::{fs::TryLockError, path::Path};

use anyhow::Context as _;
use app::{port::SignerRing as _, publishing};
use backup::{ErasureList, State};
use clap::Args;
use credential::trust::TrustList;
use db::{Db, Publication, Schema, SignerRow, vault::Keyring};
use domain::time::{Clock as _, Timestamp};
use law::Pack;
use serde_json::json;
use transparency::{TreeHead, VerifierKey};

use super::Place;
use crate::{
    clock::SystemClock,
    config::Config,
    install::LOCK,
    keys::{KeyFolder, MASTER_KEY, Signers, system_rng},
    output::Answer,
    pack,
    store::free_bytes_at,
};

/// Free disk space below which a warning is given, in kilobytes.
const DISK_WARN_KB: u64 = 5 * 1024 * 1024;
/// Free disk space below which nothing can be relied on, in kilobytes.
const DISK_FAIL_KB: u64 = 512 * 1024;
/// How far ahead of the clock the last record may lie, in seconds.
const CLOCK_SECONDS_MAX: i64 = 5;
/// Records that may wait for a position; a running server numbers them within a second.
const WAITING_WARN: i64 = 1_000;
/// Days before the end of a signer's use at which a warning is given.
const SIGNER_WARN_DAYS: i64 = 45;
/// Days before the trust list is due at which a warning is given.
const TRUST_WARN_DAYS: i64 = 45;
/// Days after which a backup is old: one is made every night.
const BACKUP_WARN_DAYS: i64 = 2;
/// Days after which somebody should read a backup back again: once a quarter.
const RESTORED_WARN_DAYS: i64 = 100;
/// Seconds of a day and of an hour.
const DAY: i64 = 24 * 60 * 60;
const HOUR: i64 = 60 * 60;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  turna doctor --data /var/lib/turna\n\nExit code 1 when a line says FAIL.")]
pub(crate) struct Doctor {}

/// How a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Ok,
    Warn,
    Fail,
}

impl Health {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Warn => "WARN",
            Self::Fail => "FAIL",
        }
    }
}

/// What was found, line by line.
#[derive(Default)]
struct Findings(Vec<(&'static str, Health, String)>);

impl Findings {
    fn note(&mut self, what: &'static str, health: Health, finding: impl Into<String>) {
        self.0.push((what, health, finding.into()));
    }

    /// Notes the value of a thing that could be looked at, or that it could not.
    fn look<T>(&mut self, what: &'static str, seen: anyhow::Result<T>) -> Option<T> {
        seen.map_err(|error| self.note(what, Health::Fail, format!("{error:#}"))).ok()
    }

    fn answer(self) -> Answer {
        let lines = self.0.iter().map(|(what, health, finding)| format!("{:<4}  {what}: {finding}", health.as_str()));
        let text = lines.collect::<Vec<_>>().join("\n");
        let json = self
            .0
            .iter()
            .map(|(what, health, finding)| json!({ "check": what, "health": health.as_str(), "finding": finding }));
        let json = json!({ "checks": json.collect::<Vec<_>>() });
        Answer::checked(text, json, self.0.iter().filter(|(_, health, _)| *health == Health::Fail).count())
    }
}

impl Doctor {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let mut findings = Findings::default();
        examine(&place.data, &mut findings).await;
        Ok(findings.answer())
    }
}

/// Looks at one thing after another; what a later one needs and an earlier one lacks ends the examination.
async fn examine(data: &Path, findings: &mut Findings) -> Option<()> {
    findings.look("data folder", data.read_dir().map(drop).context("it cannot be read"))?;
    look_at_lock(data, findings);
    look_at_disk(data, findings);
    let config = findings.look("configuration", Config::load(data))?;
    findings.note("configuration", Health::Ok, "can be read");
    let pack = findings.look("country pack", pack::load(&config.pack))?;
    findings.note("country pack", Health::Ok, format!("{} {}", pack.code(), pack.version()));
    let keys = KeyFolder::at(config.keys_folder(data));
    let has_master = config.keys_folder(data).join(MASTER_KEY).is_file();
    findings.look("keys", has_master.then_some(()).context("there is no master key"))?;
    let mut rng = findings.look("keys", system_rng())?;
    let master = findings.look("keys", keys.master(&mut rng))?;
    let has_log_key = config.keys_folder(data).join("log.key").is_file();
    findings.look("log key", has_log_key.then_some(()).context("there is no log key"))?;
    let log_key = findings.look("log key", keys.log_key(&master, &config.log_name, &mut rng))?;
    findings.note("keys", Health::Ok, "master key and log key can be read");
    let url = config.database_url(data);
    let db = Db::open(&url, Schema::Expect, Keyring::new(master.clone())).await;
    let db = findings.look("database", db.map_err(Into::into))?;
    findings.note("database", Health::Ok, format!("schema {}", db::SCHEMA_VERSION));
    let now = SystemClock.now();
    let seen = findings.look("database", look(&db, log_key.verifier(), now).await);
    db.close().await;
    let seen = seen?;
    judge(&seen, now, findings);
    let held = findings.look("signers", keys.signers(&master, &seen.signers))?;
    judge_signers(&seen, &held, now, findings);
    judge_publications(&seen, &pack, now, findings);
    judge_backups(data, now, findings);
    judge_erasures(&config, data, &seen, findings);
    Some(())
}

fn look_at_lock(data: &Path, findings: &mut Findings) {
    let finding = match std::fs::File::open(data.join(LOCK)).map(|file| file.try_lock()) {
        Ok(Err(TryLockError::WouldBlock)) => "a program works in it",
        Ok(_) => "no program works in it",
        Err(_) => "no program has worked in it yet",
    };
    findings.note("data folder", Health::Ok, finding);
}

fn look_at_disk(data: &Path, findings: &mut Findings) {
    match free_bytes_at(data).map(|bytes| bytes / 1024) {
        None => findings.note("disk", Health::Warn, "the free space cannot be found out"),
        Some(free) => {
            let health = match free {
                free if free < DISK_FAIL_KB => Health::Fail,
                free if free < DISK_WARN_KB => Health::Warn,
                _ => Health::Ok,
            };
            findings.note("disk", health, format!("{} MB free", free / 1024));
        }
    }
}

/// What the database says.
struct Seen {
    last_record: Option<Timestamp>,
    head: Option<Result<TreeHead, String>>,
    waiting: i64,
    jobs: usize,
    status: Option<Publication>,
    trust: Option<Publication>,
    signers: Vec<SignerRow>,
    erasures: i64,
}

async fn look(db: &Db, verifier: VerifierKey, now: Timestamp) -> anyhow::Result<Seen> {
    let seen = db.read(move |session| {
        Box::pin(async move {
            let head = session.log_head(&verifier).await.transpose();
            Ok::<_, db::DbError>(Seen {
                last_record: session.find_last_audit_time().await?,
                head: head.map(|head| head.map_err(|error| error.to_string())),
                waiting: session.count_waiting_records().await?,
                jobs: session.list_waiting_jobs(now).await?.len(),
                status: session.find_publication(publishing::STATUS_LIST).await?,
                trust: session.find_publication(publishing::TRUST_LIST).await?,
                signers: session.list_signers().await?,
                erasures: session.count_erasures().await?,
            })
        })
    });
    Ok(seen.await?)
}

fn judge(seen: &Seen, now: Timestamp, findings: &mut Findings) {
    match seen.last_record {
        Some(last) if last > now.plus_seconds(CLOCK_SECONDS_MAX) => {
            findings.note("clock", Health::Fail, format!("behind the last record, of {last}"));
        }
        _ => findings.note("clock", Health::Ok, "not behind the last record"),
    }
    match &seen.head {
        Some(Ok(head)) => findings.note("log", Health::Ok, format!("{} entries, signature holds", head.size)),
        Some(Err(error)) => findings.note("log", Health::Fail, error.as_str()),
        None => findings.note("log", Health::Ok, "no entry yet"),
    }
    let waiting = if seen.waiting > WAITING_WARN { Health::Warn } else { Health::Ok };
    findings.note("records", waiting, format!("{} wait for their position", seen.waiting));
    let jobs = if seen.jobs > 0 { Health::Warn } else { Health::Ok };
    findings.note("jobs", jobs, format!("{} are due", seen.jobs));
}

/// Whether each purpose has a signer in use whose key is here, and for how long.
fn judge_signers(seen: &Seen, held: &Signers, now: Timestamp, findings: &mut Findings) {
    let in_use = [("cards", held.card_signer(now)), ("status_list", held.status_signer(now))];
    for (purpose, signer) in in_use {
        let what = if purpose == "cards" { "signer of cards" } else { "signer of status lists" };
        let Some(signer) = signer else {
            findings.note(what, Health::Warn, "none is in use here; `turna key add-signer` makes one");
            continue;
        };
        let key_id = signer.key_id();
        let row = seen.signers.iter().find(|row| row.key_id == key_id.as_bytes());
        let seconds = row.map_or(0, |row| row.use_until.as_seconds() - now.as_seconds());
        let health = if seconds < SIGNER_WARN_DAYS * DAY { Health::Warn } else { Health::Ok };
        findings.note(what, health, format!("{key_id} signs for {} more days", seconds / DAY));
    }
}

/// How old what checkers need is.
fn judge_publications(seen: &Seen, pack: &Pack, now: Timestamp, findings: &mut Findings) {
    let today = now.date_in(pack.time_zone());
    let hours = |code: &str| pack.figure(code, today).map_or(0, |figure| i64::from(figure.value));
    match &seen.status {
        None => findings.note("status list", Health::Warn, "not published yet"),
        Some(list) => {
            let age = now.as_seconds() - list.published_at.as_seconds();
            let health = if age > hours("card.status_list_valid_hours") * HOUR {
                Health::Fail
            } else if age > 2 * hours("card.status_list_sign_hours") * HOUR {
                Health::Warn
            } else {
                Health::Ok
            };
            findings.note("status list", health, format!("signed {} minutes ago", age / 60));
        }
    }
    let Some(list) = &seen.trust else {
        findings.note("trust list", Health::Warn, "not published yet");
        return;
    };
    let opened = TrustList::open(&String::from_utf8_lossy(&list.content), None);
    let Some(opened) = findings.look("trust list", opened.map_err(Into::into)) else { return };
    let left = opened.next_update.as_seconds() - now.as_seconds();
    let health = match left {
        ..0 => Health::Fail,
        left if left < TRUST_WARN_DAYS * DAY => Health::Warn,
        _ => Health::Ok,
    };
    findings.note("trust list", health, format!("due for renewal in {} days", left / DAY));
}

/// How old the last backup is, and the last that was read back: nobody knows of another whether it can be.
fn judge_backups(data: &Path, now: Timestamp, findings: &mut Findings) {
    let Some(state) = findings.look("backup", State::load(data).map_err(Into::into)) else { return };
    for (what, stamp, days_max, missing) in [
        ("backup", state.made, BACKUP_WARN_DAYS, "none was made yet; `turna backup make`"),
        ("restored backup", state.restored, RESTORED_WARN_DAYS, "none was read back yet; `turna backup rehearse`"),
    ] {
        let Some((stamp, moment)) = stamp.and_then(|stamp| Some((stamp.clone(), stamp.of.parse::<Timestamp>().ok()?)))
        else {
            findings.note(what, Health::Warn, missing);
            continue;
        };
        let seconds = now.as_seconds() - moment.as_seconds();
        let health = if seconds > days_max * DAY { Health::Warn } else { Health::Ok };
        let age =
            if seconds < 2 * DAY { format!("{} hours", seconds / HOUR) } else { format!("{} days", seconds / DAY) };
        let seconds = stamp.milliseconds / 1000;
        findings.note(
            what,
            health,
            format!("of {age} ago, {} rows and {} files in {seconds} s", stamp.rows, stamp.files),
        );
    }
    let copies = db::old_schema_copies(&data.join("turna.db")).unwrap_or_default();
    if !copies.is_empty() {
        let finding = format!("{} beside the database; delete them when the release has proved itself", copies.len());
        findings.note("copies before an upgrade", Health::Warn, finding);
    }
}

/// Whether the list of erasures that a restore needs has every erasure.
fn judge_erasures(config: &Config, data: &Path, seen: &Seen, findings: &mut Findings) {
    let list = ErasureList::load(&config.erasures_file(data)).map_err(Into::into);
    let Some(list) = findings.look("list of erasures", list) else { return };
    let listed = i64::try_from(list.len()).unwrap_or(i64::MAX);
    let health = if listed < seen.erasures { Health::Fail } else { Health::Ok };
    findings.note("list of erasures", health, format!("{listed} listed, {} in the database", seen.erasures));
}
