// SPDX-License-Identifier: Apache-2.0
//! What a reader at the counter scans, or a hand types: a number, the code of a card, the machine readable lines.

use credential::{
    mrz,
    trust::TrustList,
    verify::{Verdict, verify_text},
};
use domain::number::{CardNumber, PersonNumber};

use crate::{
    AppError, Service,
    publishing::{self, TRUST_LIST},
};

/// The most bytes of a scanned text that is looked at; the longest code of a card has fewer.
pub const SCAN_BYTES_MAX: usize = 8 << 10;

/// What was scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// A card.
    Card(CardNumber),
    /// A person.
    Person(PersonNumber),
}

/// Finds out what was scanned; `None` when it is neither a number nor a genuine card in its time. A suspended or revoked
/// card is found too: whoever brings it wants to know.
///
/// # Errors
/// When the service's own trust list cannot be read.
pub async fn scan(service: &Service, text: &str) -> Result<Option<Scanned>, AppError> {
    let text = text.trim();
    if text.len() > SCAN_BYTES_MAX {
        return Ok(None);
    }
    if let Ok(number) = CardNumber::parse(text) {
        return Ok(Some(Scanned::Card(number)));
    }
    if let Ok(number) = PersonNumber::parse(text) {
        return Ok(Some(Scanned::Person(number)));
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if let Ok(read) = mrz::parse(&lines) {
        return Ok(CardNumber::parse(&read.card_number).ok().map(Scanned::Card));
    }
    let Some(trust) = publishing::published(service, TRUST_LIST).await? else { return Ok(None) };
    let (text, now) = (text.to_owned(), service.now());
    let number = tokio::task::spawn_blocking(move || {
        let trust = TrustList::open(&String::from_utf8_lossy(&trust.content), None)
            .map_err(|error| AppError::store("the published trust list cannot be used", error))?;
        // Without a status list only signature and time are asked.
        Ok::<_, AppError>(match verify_text(&text, &trust, None, now) {
            Verdict::Valid(view) | Verdict::ValidSignatureStatusOld { view, .. } => Some(view.claims.card_number),
            Verdict::NotValid(_) => None,
        })
    });
    let number = number.await.map_err(|error| AppError::store("a worker thread ended", error))??;
    Ok(number.and_then(|number| CardNumber::parse(&number).ok()).map(Scanned::Card))
}
