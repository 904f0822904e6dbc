// SPDX-License-Identifier: Apache-2.0
//! `audit sample` and `audit open`: the auditor's look into the record.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use transparency::proof_text::PROOF_FILE_EXTENSION;
use web::api::wire;

use crate::{
    cli::{
        Place,
        desk::{Desk, Login, at_desk},
        input::write_file,
    },
    client::Ended,
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
            let sample: wire::Sample = match desk.client.get(&format!("/audit/sample?count={n}")).await? {
                Ended::Done(sample) => sample,
                Ended::Refused(problem) => return Ok(Answer::problem(&problem)),
            };
            if let Some(folder) = &out {
                write(folder, &sample)?;
            }
            let lines = sample.records.iter().map(|record| line(desk, record)).collect::<Vec<_>>();
            Ok(Answer::done(lines.join("\n"), json!(sample)))
        })
        .await
    }
}

fn line(desk: &Desk, drawn: &wire::DrawnRecord) -> String {
    let text = |key: &str| drawn.record.get(key).and_then(|value| value.as_str()).unwrap_or_default();
    let at = text("at").parse().map_or_else(|_| text("at").to_owned(), |at| desk.wall_clock(at));
    format!("{:>8}  {at}  {}  {}", drawn.position, text("action"), text("result"))
}

/// Writes each record in its canonical form, byte for byte what was committed to, and its proof.
fn write(folder: &Path, sample: &wire::Sample) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    for record in &sample.records {
        let name = format!("record-{}", record.position);
        write_file(&folder.join(format!("{name}.json")), record.canonical.as_bytes())?;
        write_file(&folder.join(format!("{name}.{PROOF_FILE_EXTENSION}")), record.proof.as_bytes())?;
    }
    Ok(())
}

/// Opens one record with the persons it concerns.
pub(super) async fn open(place: &Place, login: &Login, position: u64) -> anyhow::Result<Answer> {
    at_desk(place, login, async |desk| {
        desk.ask(&format!("/audit/records/{position}"), |opened: wire::OpenedRecord| {
            let mut lines = vec![opened.canonical.clone(), format!("persons: {}", opened.persons.join(", "))];
            lines.extend(opened.details.iter().map(|detail| format!("detail: {}", detail.expose())));
            Answer::done(lines.join("\n"), json!(opened))
        })
        .await
    })
    .await
}
