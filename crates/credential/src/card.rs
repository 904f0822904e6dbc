// SPDX-License-Identifier: Apache-2.0
//! The card as signed data: claims, their signing into a QR text, and their reading back.
//!
//! The text is a CBOR Web Token (RFC 8392) with the identity claim 169, signed with COSE, pressed with zlib and written
//! in Base45.
//!
//! | claim | meaning |
//! |---|---|
//! | 1, 4, 5, 6 | issuer, end, start, moment of signing (RFC 8392) |
//! | 65535 | `status_list`: `idx` and `uri` (Token Status List) |
//! | 169 | identity: 1 card number, 2 version `1.0`, 3 language, 4 name, 8 date of birth, 9 sex, 13 nationality, 16 face, 17 its format (4 = WebP), 19 name in its own script, 20 the language of that, 22 legal status, 23 country |

mod claims;
mod qr;

use std::fmt;

pub use claims::ClaimsError;
pub(crate) use claims::{from_payload, moment};
use domain::time::Timestamp;
pub(crate) use qr::{OpenError, open};
pub use qr::{QR_VERSION_MAX, QrText, SignCardError, TEXT_CHARS_MAX, qr_version_l, sign};

use crate::{
    birth::BirthDate,
    person::{Sex, StateCode},
};

/// Bytes of the face (WebP) that leave the QR code at version 22.
pub const FACE_BYTES_MAX: usize = 600;

/// Bytes of one text on a card, in UTF-8. A name of 60 Arabic letters has 120.
pub const TEXT_BYTES_MAX: usize = 240;

/// Entry of a card in a status list (Token Status List, `status_list` claim).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusReference {
    /// Place in the list, from 0.
    pub index: u32,
    /// Address of the list; equals the `sub` of its token.
    pub uri: String,
}

/// What a card says. Moments are kept to the second.
#[derive(Clone, PartialEq, Eq)]
pub struct CardClaims {
    /// The issuing authority (`iss`).
    pub issuer: String,
    /// The card number (attribute 1).
    pub card_number: String,
    /// ISO 639 code of the language of the card (attribute 3); several are separated by commas.
    pub languages: String,
    /// The whole name in Latin letters (attribute 4).
    pub full_name: String,
    /// Date of birth (attribute 8); [`BirthDate::Unknown`] is left out.
    pub birth_date: BirthDate,
    /// Sex (attribute 9).
    pub sex: Sex,
    /// Nationality, or the code of a person without one (attribute 13).
    pub nationality: StateCode,
    /// The whole name in its own script (attribute 19).
    pub second_name: Option<String>,
    /// ISO 639 code of the language of the second name (attribute 20).
    pub second_name_language: Option<String>,
    /// Code of the legal status (attribute 22).
    pub legal_status: String,
    /// The issuing country (attribute 23).
    pub country: StateCode,
    /// The face as WebP, at most [`FACE_BYTES_MAX`] bytes (attributes 16 and 17).
    pub face: Option<Vec<u8>>,
    /// When the card was signed (`iat`).
    pub issued_at: Timestamp,
    /// From when it is valid (`nbf`).
    pub not_before: Timestamp,
    /// Until when it is valid, this second excluded (`exp`).
    pub expires_at: Timestamp,
    /// Where its status is listed (claim 65535).
    pub status: StatusReference,
}

impl fmt::Debug for CardClaims {
    /// Shows the place in the status list only: the rest is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CardClaims({:?}, …)", self.status)
    }
}
