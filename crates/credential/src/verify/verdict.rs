// SPDX-License-Identifier: Apache-2.0
//! What a check answers.

use std::fmt;

use domain::time::Timestamp;

use crate::{
    base45::InvalidBase45,
    card::{CardClaims, ClaimsError, OpenError},
    cose::CoseError,
    key::KeyId,
    zlib::ZlibError,
};

/// The answer to a check. Only the first is green.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Genuine, in its time, and in order by a status list that is in force.
    Valid(CardView),
    /// Genuine and in its time, but whether it was suspended or revoked is not known.
    ValidSignatureStatusOld {
        /// The card.
        view: CardView,
        /// Why the status is not known.
        doubt: StatusDoubt,
    },
    /// Not to be accepted.
    NotValid(Reason),
}

/// Why a card is not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The signature does not match: somebody changed or invented it.
    #[error("the signature does not match: the card is forged")]
    Forged,
    /// Its time is over.
    #[error("the card has expired")]
    Expired,
    /// Its time has not begun.
    #[error("the card is not yet valid")]
    NotYetValid,
    /// Suspended, for instance because it was reported lost.
    #[error("the card is suspended")]
    Suspended,
    /// Revoked for good.
    #[error("the card is revoked")]
    Revoked,
    /// No signer that is trusted with cards signed it.
    #[error("the signer is not trusted: {0}")]
    UnknownSigner(SignerProblem),
    /// Not a card of this kind, or damaged, or changed so that it cannot be read.
    #[error("not a readable card: {0}")]
    Malformed(Malformed),
}

impl Reason {
    /// A stable word for machines and for keys of translated texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Forged => "forged",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::UnknownSigner(_) => "unknown_signer",
            Self::Malformed(_) => "malformed",
        }
    }
}

/// Why a signer does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignerProblem {
    /// It is not on the trust list.
    #[error("it is not on the trust list")]
    NotListed,
    /// It is trusted with something else.
    #[error("it may not sign this")]
    WrongPurpose,
    /// It signed at a moment at which it was not in use.
    #[error("it was not in use at that moment")]
    OutsideUse,
    /// The time in which its signatures count is over.
    #[error("its signatures no longer count")]
    NoLongerAccepted,
    /// Its key was lost or stolen.
    #[error("it was revoked")]
    Revoked,
}

/// What could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Longer than any QR code.
    #[error("the text is longer than any QR code")]
    TooLong,
    /// Not Base45.
    #[error("the text is not Base45")]
    Base45,
    /// Damaged, changed or oversized compressed data.
    #[error("{0}")]
    Compression(ZlibError),
    /// Not a signed message with an acceptable header.
    #[error("{0}")]
    Message(CoseError),
    /// Signed, but no card.
    #[error("{0}")]
    Claims(ClaimsError),
}

impl From<OpenError> for Malformed {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::TooLong => Self::TooLong,
            OpenError::Base45(InvalidBase45) => Self::Base45,
            OpenError::Zlib(error) => Self::Compression(error),
            OpenError::Cose(error) => Self::Message(error),
        }
    }
}

/// Why the status of a genuine card is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatusDoubt {
    /// There is no status list.
    #[error("there is no status list")]
    NoList,
    /// The status list is damaged.
    #[error("the status list cannot be read")]
    MalformedList,
    /// The status list is of other cards.
    #[error("the status list is of other cards")]
    OtherList,
    /// No signer that is trusted with status lists signed it.
    #[error("the signer of the status list is not trusted: {0}")]
    UnknownSigner(SignerProblem),
    /// The signature of the status list does not match.
    #[error("the signature on the status list does not match")]
    ForgedList,
    /// The status list is too old to rely on.
    #[error("the status list was signed {age_seconds} seconds ago and has expired")]
    ExpiredList {
        /// Seconds since it was signed.
        age_seconds: i64,
    },
    /// The status list was signed later than the clock says: the clock is behind.
    #[error("the clock is {seconds} seconds behind the status list")]
    ClockBehind {
        /// By how much.
        seconds: i64,
    },
    /// The card's place is outside the list.
    #[error("the status list does not contain the card")]
    NotInList,
    /// The list says something unknown about the card.
    #[error("the status list says something unknown about the card")]
    UnknownStatus,
    /// The trust list is older than it may be: a signer may have been revoked since.
    #[error("the trust list is {age_seconds} seconds old and due for renewal")]
    OldTrustList {
        /// Seconds since it was signed.
        age_seconds: i64,
    },
}

/// A genuine card and when its status was last known.
#[derive(Clone, PartialEq, Eq)]
pub struct CardView {
    /// Everything the card says.
    pub claims: CardClaims,
    /// Who signed it.
    pub signer: KeyId,
    /// When the status list that was asked was signed; `None` if none could be asked.
    pub status_as_of: Option<Timestamp>,
}

/// What a bank or a clinic sees: face, name and validity, and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct BankView {
    /// The face as WebP.
    pub face: Option<Vec<u8>>,
    /// The name in Latin letters.
    pub full_name: String,
    /// The name in its own script.
    pub second_name: Option<String>,
    /// From when the card is valid.
    pub not_before: Timestamp,
    /// Until when it is valid.
    pub expires_at: Timestamp,
}

impl CardView {
    /// The part of the card that a bank or a clinic sees.
    pub fn bank(&self) -> BankView {
        BankView {
            face: self.claims.face.clone(),
            full_name: self.claims.full_name.clone(),
            second_name: self.claims.second_name.clone(),
            not_before: self.claims.not_before,
            expires_at: self.claims.expires_at,
        }
    }
}

impl fmt::Debug for CardView {
    /// Shows the signer only: the rest is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CardView(signed by {}, …)", self.signer)
    }
}

impl fmt::Debug for BankView {
    /// Shows nothing: face and name are personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BankView(…)")
    }
}
