// SPDX-License-Identifier: Apache-2.0
//! The refugee card as data: machine readable zone, signed QR text, status list and trust list; no images, no IO.
//!
//! A card is issued by [`card::sign`] and checked by [`verify::verify_text`]; nothing in between needs a network. The
//! chain of trust is: an offline root signs the [`trust::TrustList`], which names the signers; a signer of cards signs
//! the QR text; a signer of status lists signs the [`status`] token that says which cards were suspended or revoked.
//!
//! Whatever comes from outside is read by strict readers with limits that are checked before memory is taken, and the
//! same claims and key always give the same bytes.

mod base45;
mod cbor;
mod cose;
mod zlib;

pub mod birth;
pub mod card;
pub mod certificate;
pub mod key;
pub mod mrz;
pub mod person;
pub mod status;
pub mod trust;
pub mod verify;
