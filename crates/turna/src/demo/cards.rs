// SPDX-License-Identifier: Apache-2.0
//! The checker of the demo, who has only the files of the card desk.

use std::path::Path;

use credential::{
    trust::TrustList,
    verify::{Verdict, verify_text},
};
use domain::time::Timestamp;

use crate::card_files::{STATUS_FILE, TRUST_FILE};

/// Checks a QR text with the files of a folder alone, as a bank clerk without network does.
pub(super) fn check(folder: &Path, text: &str, at: Timestamp) -> anyhow::Result<Verdict> {
    let trust = std::fs::read_to_string(folder.join(TRUST_FILE))?;
    let status = std::fs::read(folder.join(STATUS_FILE))?;
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
