// SPDX-License-Identifier: Apache-2.0
//! Cards as files, and beside them what a checker needs: for the command line and the demo alike.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::{Service, cards::PrintedCard, publishing};

use crate::cli::input::write_file;

/// File of the trust list.
pub(crate) const TRUST_FILE: &str = "trust.json";
/// File of the status list.
pub(crate) const STATUS_FILE: &str = "status.cwt";

/// The folder of the cards in a data folder.
pub(crate) fn folder_of(data: &Path) -> PathBuf {
    data.join("cards")
}

/// Makes a folder for cards.
pub(crate) fn make_folder(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

/// What is written of a printed card.
pub(crate) struct CardFiles<'a> {
    /// The card, front and back.
    pub(crate) pdf: &'a [u8],
    /// The QR code as PNG.
    pub(crate) qr_picture: &'a [u8],
    /// The text of the QR code.
    pub(crate) qr_text: &'a str,
    /// The lines of the machine readable zone.
    pub(crate) mrz: &'a [&'a str],
}

/// Writes a printed card as `card-NUMBER.pdf`, `.png`, `.txt` and `.mrz`, each whole or not at all.
pub(crate) fn write_card_files(folder: &Path, number: &str, card: &CardFiles<'_>) -> anyhow::Result<Vec<PathBuf>> {
    let zone: String = card.mrz.iter().map(|line| format!("{line}\n")).collect();
    let parts: [(&str, &[u8]); 4] =
        [("pdf", card.pdf), ("png", card.qr_picture), ("txt", card.qr_text.as_bytes()), ("mrz", zone.as_bytes())];
    let mut files = Vec::with_capacity(parts.len());
    for (kind, bytes) in parts {
        let path = folder.join(format!("card-{number}.{kind}"));
        write_file(&path, bytes)?;
        files.push(path);
    }
    Ok(files)
}

/// Writes a printed card.
pub(crate) fn write_card(folder: &Path, card: &PrintedCard) -> anyhow::Result<Vec<PathBuf>> {
    let mrz: Vec<&str> = card.face.mrz.iter().map(String::as_str).collect();
    let files = CardFiles { pdf: &card.pdf, qr_picture: &card.qr_picture, qr_text: &card.qr_text, mrz: &mrz };
    write_card_files(folder, &card.face.card_number, &files)
}

/// Writes trust list and status list as published, if they are published: what a checker needs beside the card.
///
/// # Errors
/// When the database does not answer or a file cannot be written.
pub(crate) async fn publish_lists(service: &Service, folder: &Path) -> anyhow::Result<()> {
    make_folder(folder)?;
    for (name, file) in [(publishing::TRUST_LIST, TRUST_FILE), (publishing::STATUS_LIST, STATUS_FILE)] {
        if let Some(published) = publishing::published(service, name).await? {
            write_file(&folder.join(file), &published.content)?;
        }
    }
    Ok(())
}
