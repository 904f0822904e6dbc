// SPDX-License-Identifier: Apache-2.0
//! The card desk of the demo: cards as files, and the checker who has only those files.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::{cards::PrintedCard, publishing};
use credential::{
    trust::TrustList,
    verify::{Verdict, verify_text},
};
use domain::time::Timestamp;

use crate::install::Installation;

/// The folder of the cards.
pub(super) fn folder(installation: &Installation) -> PathBuf {
    installation.data.join("cards")
}

/// Writes a printed card: PDF, QR code as picture and text, machine readable zone.
pub(super) fn write(installation: &Installation, card: &PrintedCard) -> anyhow::Result<()> {
    let folder = folder(installation);
    std::fs::create_dir_all(&folder)?;
    let number = &card.face.card_number;
    let zone: String = card.face.mrz.iter().map(|line| format!("{line}\n")).collect();
    for (kind, bytes) in [
        ("pdf", card.pdf.as_slice()),
        ("png", card.qr_picture.as_slice()),
        ("txt", card.qr_text.as_bytes()),
        ("mrz", zone.as_bytes()),
    ] {
        let path = folder.join(format!("card-{number}.{kind}"));
        std::fs::write(&path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

/// Publishes trust list and status list as files beside the cards.
pub(super) async fn publish(installation: &Installation) -> anyhow::Result<()> {
    let folder = folder(installation);
    std::fs::create_dir_all(&folder)?;
    for (name, file) in [(publishing::TRUST_LIST, "trust.json"), (publishing::STATUS_LIST, "status.cwt")] {
        let published = publishing::published(&installation.service, name).await?;
        let published = published.with_context(|| format!("{name} was not published"))?;
        std::fs::write(folder.join(file), published.content)?;
    }
    Ok(())
}

/// Checks a QR text with the files of a folder alone, as a bank clerk without network does.
pub(super) fn check(folder: &Path, text: &str, at: Timestamp) -> anyhow::Result<Verdict> {
    let trust = std::fs::read_to_string(folder.join("trust.json"))?;
    let status = std::fs::read(folder.join("status.cwt"))?;
    let trust = TrustList::open(&trust, None)?;
    Ok(verify_text(text, &trust, Some(&status), at))
}

/// The word of a verdict in the story.
pub(super) fn word(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Valid(_) => "valid".into(),
        Verdict::ValidSignatureStatusOld { .. } => "status_old".into(),
        Verdict::NotValid(reason) => reason.code().into(),
    }
}
