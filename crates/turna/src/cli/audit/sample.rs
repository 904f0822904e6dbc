// SPDX-License-Identifier: Apache-2.0
//! `audit sample` and `audit open`: the auditor's look into the record.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::{
    Outcome,
    oversight::{OpenRecord, OpenedRecord, sample_audit},
};
use clap::Args;
use serde_json::{Value, json};
use transparency::proof_text::PROOF_FILE_EXTENSION;

use crate::{
    cli::{
        Place,
        desk::{Desk, Login, at_desk},
        input::write_file,
    },
    output::Answer,
};

#[derive(Debug, Args)]
pub(crate) struct Sample {
    #[command(flatten)]
    login: Login,
    /// How many records are drawn
    #[arg(long, value_name = "N", default_value_t = 50)]
    n: usize,
    /// Folder for each record and its proof
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Sample {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let Self { login, n, out } = self;
        at_desk(place, &login, async |desk| {
            let opened = match sample_audit(desk.service(), &desk.context(), n).await? {
                Outcome::Done(opened) => opened,
                Outcome::Refused(refusal) => return Ok(Answer::refused(&refusal)),
            };
            if let Some(folder) = &out {
                write(folder, &opened)?;
            }
            let lines = opened.iter().map(|record| line(desk, record));
            let records = opened.iter().map(as_json).collect::<Result<Vec<_>, _>>()?;
            Ok(Answer::done(lines.collect::<Vec<_>>().join("\n"), json!({ "records": records })))
        })
        .await
    }
}

fn line(desk: &Desk<'_>, opened: &OpenedRecord) -> String {
    let record = &opened.record;
    format!("{:>8}  {}  {}  {}", opened.position, desk.wall_clock(record.at), record.action, record.result)
}

fn as_json(opened: &OpenedRecord) -> anyhow::Result<Value> {
    let record: Value = serde_json::from_str(&opened.record.canonical).context("a stored record is damaged")?;
    Ok(json!({
        "position": opened.position,
        "record": record,
        "salt": domain::audit::hex(&opened.record.salt),
        "commitment": domain::audit::hex(&opened.record.commitment),
        "proof": opened.proof,
    }))
}

/// Writes each record in its canonical form, byte for byte what was committed to, and its proof.
fn write(folder: &Path, opened: &[OpenedRecord]) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    for record in opened {
        let name = format!("record-{}", record.position);
        write_file(&folder.join(format!("{name}.json")), record.record.canonical.as_bytes())?;
        write_file(&folder.join(format!("{name}.{PROOF_FILE_EXTENSION}")), record.proof.as_bytes())?;
    }
    Ok(())
}

/// Opens one record with the persons it concerns.
pub(super) async fn open(place: &Place, login: &Login, position: u64) -> anyhow::Result<Answer> {
    at_desk(place, login, async |desk| {
        desk.run(OpenRecord { position }, |opened| {
            let canonical: Value = serde_json::from_str(&opened.record.canonical).unwrap_or(Value::Null);
            let persons = opened.persons.iter().map(ToString::to_string).collect::<Vec<_>>();
            let details = opened.details.iter().map(|detail| detail.expose().clone()).collect::<Vec<_>>();
            let mut lines = vec![opened.record.canonical.clone()];
            lines.push(format!("persons: {}", persons.join(", ")));
            lines.extend(details.iter().map(|detail| format!("detail: {detail}")));
            let json = json!({ "position": position, "record": canonical, "persons": persons, "details": details });
            Answer::done(lines.join("\n"), json)
        })
        .await
    })
    .await
}
