// SPDX-License-Identifier: Apache-2.0
//! Cards, letters, faces and QR codes as their readers see them.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod card;
mod fixture;
mod letter;
mod pdf;
mod picture;
mod qr;
