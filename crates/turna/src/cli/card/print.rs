// SPDX-License-Identifier: Apache-2.0
//! `card print`: the card as files, and beside them what a checker needs.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::{
    Outcome, Service,
    cards::{PrintedCard, print_card},
    publishing,
};
use clap::Args;
use domain::number::CardNumber;
use serde_json::json;

use crate::{
    cli::{
        Place,
        desk::{Login, at_desk},
        input::write_file,
    },
    output::Answer,
};

#[derive(Debug, Args)]
pub(crate) struct Print {
    #[command(flatten)]
    login: Login,
    /// Card number
    number: CardNumber,
    /// Folder for the files; `cards` in the data folder if absent
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Print {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let Self { login, number, out } = self;
        let folder = out.unwrap_or_else(|| place.data.join("cards"));
        // A folder that cannot be written is found out before a blank is used up.
        make_folder(&folder)?;
        at_desk(place, &login, async |desk| {
            let printer = desk.installation.card_printer()?;
            let card = match print_card(desk.service(), &desk.context(), &printer, &number).await? {
                Outcome::Done(card) => card,
                Outcome::Refused(refusal) => return Ok(Answer::refused(&refusal)),
            };
            let files = write_card(&folder, &card)?;
            app::jobs::settle(desk.service()).await?;
            publish_lists(desk.service(), &folder).await?;
            let text = format!("card {number} is printed on blank {}: {}", card.blank, files[0].display());
            Ok(Answer::done(text, json!({ "card": number, "blank": card.blank, "files": files })))
        })
        .await
    }
}

fn make_folder(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

/// Writes a printed card as `card-NUMBER.pdf`, `.png`, `.txt` and `.mrz`, each whole or not at all.
fn write_card(folder: &Path, card: &PrintedCard) -> anyhow::Result<Vec<PathBuf>> {
    let zone: String = card.face.mrz.iter().map(|line| format!("{line}\n")).collect();
    let parts: [(&str, &[u8]); 4] =
        [("pdf", &card.pdf), ("png", &card.qr_picture), ("txt", card.qr_text.as_bytes()), ("mrz", zone.as_bytes())];
    let mut files = Vec::with_capacity(parts.len());
    for (kind, bytes) in parts {
        let path = folder.join(format!("card-{}.{kind}", card.face.card_number));
        write_file(&path, bytes)?;
        files.push(path);
    }
    Ok(files)
}

/// Writes `trust.json` and `status.cwt` as published, if they are published: what a checker needs beside the card.
///
/// # Errors
/// When the database does not answer or a file cannot be written.
pub(crate) async fn publish_lists(service: &Service, folder: &Path) -> anyhow::Result<()> {
    make_folder(folder)?;
    for (name, file) in [(publishing::TRUST_LIST, "trust.json"), (publishing::STATUS_LIST, "status.cwt")] {
        if let Some(published) = publishing::published(service, name).await? {
            write_file(&folder.join(file), &published.content)?;
        }
    }
    Ok(())
}
