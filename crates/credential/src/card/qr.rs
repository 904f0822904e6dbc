// SPDX-License-Identifier: Apache-2.0
//! From claims to the text of the QR code and back: CBOR, COSE, zlib, Base45.

use std::fmt;

use super::{CardClaims, FACE_BYTES_MAX, TEXT_BYTES_MAX, claims};
use crate::{
    base45::{self, InvalidBase45},
    cose::{self, CoseError, Sign1},
    key::{SignError, Signer},
    zlib::{self, ZlibError},
};

/// Largest QR version that fits above the machine readable zone of a card at 0.25 mm per module.
pub const QR_VERSION_MAX: u8 = 22;

/// Characters that the largest QR code holds; more is no QR text and is not looked at.
pub const TEXT_CHARS_MAX: usize = 4_296;

/// Bytes to which the text of a card may open. A card with a face opens to about 900.
const OPENED_BYTES_MAX: usize = 64 * 1024;

/// Alphanumeric characters that QR versions 1 to 40 hold at error correction level L (ISO/IEC 18004 table 7).
const CAPACITY_L: [usize; 40] = [
    25, 47, 77, 114, 154, 195, 224, 279, 335, 395, 468, 535, 619, 667, 758, 854, 938, 1046, 1153, 1249, 1352, 1460,
    1588, 1704, 1853, 1990, 2132, 2223, 2369, 2520, 2677, 2840, 3009, 3183, 3351, 3537, 3729, 3927, 4087, 4296,
];

/// The text of a card's QR code: Base45, at most version [`QR_VERSION_MAX`] at level L.
#[derive(Clone, PartialEq, Eq)]
pub struct QrText(String);

impl QrText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The smallest QR version that holds it at level L.
    pub fn version_l(&self) -> u8 {
        qr_version_l(&self.0).expect("the length was checked when the card was signed")
    }
}

impl fmt::Display for QrText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for QrText {
    /// Shows the length only: whoever has the text has the card.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QrText({} characters)", self.0.len())
    }
}

/// Why a card was not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignCardError {
    /// The face has too many bytes.
    #[error("the face has {found} bytes, more than {FACE_BYTES_MAX}")]
    FaceTooLarge {
        /// Bytes found.
        found: usize,
    },
    /// A text is empty or too long.
    #[error("the {0} is empty or has more than {TEXT_BYTES_MAX} bytes")]
    Text(&'static str),
    /// The date of birth has an impossible year or month.
    #[error("the date of birth is not possible")]
    BirthDate,
    /// The card would end before it begins.
    #[error("the card would not be valid at any moment")]
    Validity,
    /// The text would not fit into the QR code that the card has room for.
    #[error("the text has {found} characters, more than QR version {QR_VERSION_MAX} holds")]
    TooLarge {
        /// Characters found.
        found: usize,
    },
    /// The signer cannot sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// The smallest QR version that holds this many alphanumeric characters at level L; `None` if none does.
pub fn qr_version_l(text: &str) -> Option<u8> {
    let index = CAPACITY_L.iter().position(|capacity| text.len() <= *capacity)?;
    u8::try_from(index + 1).ok()
}

/// Signs a card. With a signer whose signatures are deterministic, the same claims give the same text.
///
/// # Errors
/// A claim that a card cannot carry, a text that is too large, a signer that cannot sign.
pub fn sign(claims: &CardClaims, signer: &dyn Signer) -> Result<QrText, SignCardError> {
    check(claims)?;
    let message = cose::sign(&claims::to_cbor(claims), None, signer)?;
    let text = base45::encode(&zlib::store(&message));
    match qr_version_l(&text) {
        Some(version) if version <= QR_VERSION_MAX => Ok(QrText(text)),
        _ => Err(SignCardError::TooLarge { found: text.len() }),
    }
}

fn check(claims: &CardClaims) -> Result<(), SignCardError> {
    let second = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let (second_name, second_language) = (second(&claims.second_name), second(&claims.second_name_language));
    let texts = [
        (&claims.issuer, "issuer"),
        (&claims.card_number, "card number"),
        (&claims.languages, "language"),
        (&claims.full_name, "name"),
        (&second_name, "second name"),
        (&second_language, "language of the second name"),
        (&claims.legal_status, "legal status"),
        (&claims.status.uri, "address of the status list"),
    ];
    if let Some((_, what)) = texts.iter().find(|(text, _)| text.is_empty() || text.len() > TEXT_BYTES_MAX) {
        return Err(SignCardError::Text(what));
    }
    if let Some(face) = claims.face.as_ref().filter(|face| face.len() > FACE_BYTES_MAX) {
        return Err(SignCardError::FaceTooLarge { found: face.len() });
    }
    if !claims.birth_date.is_plausible() {
        return Err(SignCardError::BirthDate);
    }
    let [issued_at, not_before, expires_at] =
        [claims.issued_at, claims.not_before, claims.expires_at].map(|moment| moment.as_seconds());
    if expires_at <= not_before || expires_at <= issued_at || not_before < 0 || issued_at < 0 {
        return Err(SignCardError::Validity);
    }
    Ok(())
}

/// Why a text is no card, before its signature is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OpenError {
    #[error("longer than any QR code")]
    TooLong,
    #[error(transparent)]
    Base45(#[from] InvalidBase45),
    #[error(transparent)]
    Zlib(#[from] ZlibError),
    #[error(transparent)]
    Cose(#[from] CoseError),
}

/// What a text holds; its signature has not been checked.
pub(crate) struct Opened {
    pub(crate) message: Sign1,
    /// Whether the text is the one that [`sign`] would write around the message. A text can be packed in other ways
    /// that open to the same message; a genuine card never is.
    pub(crate) is_own_form: bool,
}

/// The signed message in a text.
pub(crate) fn open(text: &str) -> Result<Opened, OpenError> {
    if text.len() > TEXT_CHARS_MAX {
        return Err(OpenError::TooLong);
    }
    let stream = base45::decode(text)?;
    let message = zlib::inflate(&stream, OPENED_BYTES_MAX)?;
    Ok(Opened { message: cose::read(&message, None)?, is_own_form: zlib::store(&message) == stream })
}
