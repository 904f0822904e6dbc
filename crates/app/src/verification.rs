// SPDX-License-Identifier: Apache-2.0
//! Checking a card for whoever holds it in his hand: by the text of its code or a picture of it, with the lists that the
//! service publishes. It answers about the card, never about the person; it asks no register of persons, and leaves no
//! record, no line in the log and no count behind.

use std::sync::Arc;

use credential::{
    trust::TrustList,
    verify::{CardView, Reason, Verdict, verify_text},
};
use db::Publication;
use domain::{
    sensitive::Sensitive,
    text_enum,
    time::{Date, Timestamp},
};

use crate::{
    AppError, Service,
    publishing::{self, STATUS_LIST, TRUST_LIST},
};

/// The most bytes of a pasted text that is looked at; the longest code of a card has fewer.
pub const TEXT_BYTES_MAX: usize = 8 << 10;

text_enum! {
    /// How a card stands.
    pub enum Standing {
        /// Genuine, in its time and in order.
        Good = "good",
        /// Genuine and in its time, but whether it is in order is not known: the list is missing or too old.
        Undecided = "undecided",
        /// Suspended, for instance because it was reported lost.
        Suspended = "suspended",
        /// Revoked for good.
        Revoked = "revoked",
        /// Its time is over.
        Expired = "expired",
        /// Its time has not begun.
        NotYetValid = "not_yet_valid",
        /// No signer that is trusted with cards signed it.
        UnknownSigner = "unknown_signer",
        /// Somebody changed or invented it.
        Forged = "forged",
        /// Not a code of a card, or damaged.
        Unreadable = "unreadable",
    }
}

impl Standing {
    fn of(reason: Reason) -> Self {
        match reason {
            Reason::Forged => Self::Forged,
            Reason::Expired => Self::Expired,
            Reason::NotYetValid => Self::NotYetValid,
            Reason::Suspended => Self::Suspended,
            Reason::Revoked => Self::Revoked,
            Reason::UnknownSigner(_) => Self::UnknownSigner,
            Reason::Malformed(_) => Self::Unreadable,
        }
    }
}

/// What a checker compares with the one who shows the card. Shown for a genuine card only.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    /// The face, WebP.
    pub face: Option<Vec<u8>>,
    /// The name in Latin letters.
    pub name: String,
    /// The name in its own script.
    pub own_script: Option<String>,
    /// The last day on which the card is valid.
    pub valid_until: Date,
}

impl std::fmt::Debug for Shown {
    /// Shows nothing: face and name are personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown(…)")
    }
}

/// The answer to a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardAnswer {
    /// How the card stands.
    pub standing: Standing,
    /// Face, name and validity of a genuine card.
    pub shown: Option<Shown>,
    /// When the status list was signed that was asked; `None` when there is none.
    pub list_signed_at: Option<Timestamp>,
    /// When the card was checked.
    pub checked_at: Timestamp,
    /// The text that was checked, so that the page can show its answer in another language; none if nothing was read.
    pub text: Option<Sensitive<String>>,
}

/// Checks the text of a card's code.
///
/// # Errors
/// When the service's own lists cannot be read.
pub async fn check_text(service: &Service, text: &str) -> Result<CardAnswer, AppError> {
    check_texts(service, vec![text.trim().to_owned()]).await
}

/// Checks the card on a picture (PNG or JPEG). Of several codes the first that is a card's counts.
///
/// # Errors
/// When the service's own lists cannot be read.
pub async fn check_picture(service: &Service, picture: Vec<u8>) -> Result<CardAnswer, AppError> {
    let reader = Arc::clone(service.card_reader());
    let texts = tokio::task::spawn_blocking(move || reader.read_codes(&picture)).await;
    check_texts(service, texts.map_err(|error| AppError::store("a worker thread ended", error))?).await
}

async fn check_texts(service: &Service, texts: Vec<String>) -> Result<CardAnswer, AppError> {
    let trust = publishing::published(service, TRUST_LIST).await?;
    let status = publishing::published(service, STATUS_LIST).await?;
    let (at, zone) = (service.now(), service.pack().time_zone().clone());
    let list_signed_at = status.as_ref().map(|list| list.published_at);
    let verdict = tokio::task::spawn_blocking(move || verdict(texts, trust, status, at)).await;
    let verdict = verdict.map_err(|error| AppError::store("a worker thread ended", error))??;
    let (text, verdict) = verdict.unzip();
    let (standing, view) = match verdict {
        Some(Verdict::Valid(view)) => (Standing::Good, Some(view)),
        Some(Verdict::ValidSignatureStatusOld { view, .. }) => (Standing::Undecided, Some(view)),
        Some(Verdict::NotValid(reason)) => (Standing::of(reason), None),
        None => (Standing::Unreadable, None),
    };
    let shown = view.map(|view| shown(&view, &zone));
    Ok(CardAnswer { standing, shown, list_signed_at, checked_at: at, text: text.map(Sensitive::new) })
}

/// The verdict on the first text that is a card's, with it; on the last one if none is.
fn verdict(
    texts: Vec<String>,
    trust: Option<Publication>,
    status: Option<Publication>,
    at: Timestamp,
) -> Result<Option<(String, Verdict)>, AppError> {
    let unusable = |error| AppError::store("the published trust list cannot be used", error);
    let Some(trust) = trust else { return Err(AppError::Fault("no trust list was published yet")) };
    let trust = TrustList::open(&String::from_utf8_lossy(&trust.content), None).map_err(unusable)?;
    let status = status.as_ref().map(|list| list.content.as_slice());
    let mut last = None;
    for text in texts.into_iter().filter(|text| text.len() <= TEXT_BYTES_MAX) {
        let found = verify_text(&text, &trust, status, at);
        let is_card = !matches!(found, Verdict::NotValid(Reason::Malformed(_)));
        last = Some((text, found));
        if is_card {
            break;
        }
    }
    Ok(last)
}

fn shown(view: &CardView, zone: &domain::time::TimeZone) -> Shown {
    let bank = view.bank();
    // The end itself is excluded: the last day is that of the second before it.
    let valid_until = bank.expires_at.plus_seconds(-1).date_in(zone);
    Shown { face: bank.face, name: bank.full_name, own_script: bank.second_name, valid_until }
}
