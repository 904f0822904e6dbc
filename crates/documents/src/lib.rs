// SPDX-License-Identifier: Apache-2.0
//! Pictures of facts: the refugee card and letters as PDF, the face for the QR code, the QR code as picture.
//!
//! [`Engine`] sets type with Typst and embedded fonts only: it reads no file, no network and no clock, so the same facts
//! give the same bytes. Nothing here decides what may be printed; it draws what it is given.

mod card;
mod engine;
mod letter;
mod picture;
mod qr;
mod text;

pub use card::{Bilingual, CardCaptions, CardFace, OriginalName};
pub use engine::{DocumentError, Engine, FONT_LICENCES};
pub use letter::{Block, Letter, LetterQr, Row};
pub use picture::{
    FACE_BYTES_MAX, FACE_HEIGHT, FACE_WIDTH, PHOTO_HEIGHT, PHOTO_WIDTH, PictureError, face_webp, normalise_photo,
};
pub use qr::{CARD_VERSION_MAX, LETTER_VERSION_MAX, QrError, qr_png, read_qr};
pub use text::Direction;
