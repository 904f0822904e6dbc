// SPDX-License-Identifier: Apache-2.0
//! The tamper-evident log: verified as a whole, exported, sampled by lot, opened.

mod http;
mod sample;
mod verify;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Subcommand;
use serde_json::json;

use super::{
    Place,
    desk::{Login, at_installation, at_interface},
};
use crate::output::Answer;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Verify every entry, tile and signature of the log, and that an older checkpoint still holds
    #[command(after_help = "Examples:\n  turna audit verify --data /var/lib/turna --since kept-checkpoint\n  \
        turna audit verify --export /media/log --since kept-checkpoint --key verifier.key\n  \
        turna audit verify --url http://127.0.0.1:8080/log\n\n\
        With the data folder, rows of the database are compared with the log too.")]
    Verify(verify::Verify),
    /// Write the log as static files (C2SP), with verifier.key
    #[command(after_help = "Example:\n  turna audit export /media/log --data /var/lib/turna")]
    Export {
        /// Folder for the files, new or empty
        folder: PathBuf,
    },
    /// Draw records by lot from the checkpoint, and open each with its proof, for the auditor
    #[command(after_help = "Example:\n  turna audit sample --n 50 --out sample --account ombudsman")]
    Sample(sample::Sample),
    /// Open one record with the persons it concerns, for the auditor, on record
    #[command(after_help = "Example:\n  turna audit open 1742 --account ombudsman")]
    Open {
        #[command(flatten)]
        login: Login,
        /// Position in the log, from 0
        position: u64,
    },
    /// Print the key with which anybody verifies the log
    #[command(after_help = "Example:\n  turna audit key > verifier.key")]
    Key,
    /// Print the signed checkpoint of the log, to be kept aside
    #[command(after_help = "Example:\n  turna audit checkpoint > kept-checkpoint")]
    Checkpoint,
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Verify(verify) => verify.run(place).await,
            Self::Export { folder } => {
                at_installation(place, async |installation| verify::export(installation, &folder).await).await
            }
            Self::Sample(sample) => sample.run(place).await,
            Self::Open { login, position } => sample::open(place, &login, position).await,
            Self::Key => key(place).await,
            Self::Checkpoint => checkpoint(place).await,
        }
    }
}

/// A public text of the log, of the server that runs in the data folder too.
async fn public(place: &Place, path: &str) -> anyhow::Result<Option<String>> {
    let mut found = None;
    at_interface(place, async |desk| {
        let bytes = desk.client.file(path).await?;
        found = bytes.map(String::from_utf8).transpose().context("the log is not understood")?;
        Ok(Answer::done("", json!(null)))
    })
    .await?;
    Ok(found)
}

async fn key(place: &Place) -> anyhow::Result<Answer> {
    let key = public(place, "/log/verifier.key").await?.context("the log has no key")?;
    let key = key.trim_end();
    Ok(Answer::done(key, json!({ "verifier_key": key })))
}

async fn checkpoint(place: &Place) -> anyhow::Result<Answer> {
    Ok(match public(place, "/log/checkpoint").await? {
        Some(note) => Answer::done(note.trim_end(), json!({ "checkpoint": note })),
        None => Answer::checked("the log has no entry yet", json!({ "checkpoint": null }), 1),
    })
}
