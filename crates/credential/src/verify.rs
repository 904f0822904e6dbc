// SPDX-License-Identifier: Apache-2.0
//! Checking a card: with no network, no database, and no clock but the one that is given.

mod checker;
mod verdict;

pub use checker::{Checker, verify_text};
pub use verdict::{BankView, CardView, Malformed, Reason, SignerProblem, StatusDoubt, Verdict};

pub use crate::{cbor::CborError, cose::CoseError, zlib::ZlibError};

use crate::mrz::{self, MrzError, Td1Read};

/// What the three lines of a machine readable zone can say: whether they were read well. They prove nothing about the
/// card, for anybody can compute check digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MrzVerdict {
    /// The check digits fit. Whether the card is genuine was **not** checked.
    CheckDigitsFit(Td1Read),
    /// The lines are wrong, or were read wrongly.
    Wrong(MrzError),
}

/// Checks the lines of a machine readable zone: length, alphabet and check digits only.
pub fn verify_mrz<Line: AsRef<str>>(lines: &[Line]) -> MrzVerdict {
    match mrz::parse(lines) {
        Ok(read) => MrzVerdict::CheckDigitsFit(read),
        Err(error) => MrzVerdict::Wrong(error),
    }
}
