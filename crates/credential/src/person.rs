// SPDX-License-Identifier: Apache-2.0
//! Words about a person that both the machine readable zone and the QR text carry: sex and state codes.

use std::{fmt, str::FromStr};

/// Sex as travel documents show it (ICAO Doc 9303-3, data element 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// `M`; 1 in Claim 169.
    Male,
    /// `F`; 2 in Claim 169.
    Female,
    /// Not specified: `<` in the machine readable zone; 3 in Claim 169.
    Unspecified,
}

/// A three-letter code of a state, or of a person without one (ICAO Doc 9303-3 section 5): `AZE`, `XXA` stateless
/// person, `XXB` refugee of the 1951 Convention, `XXC` other refugee, `XXX` unspecified.
///
/// Only the form is checked here; which codes are in use is a matter of the country pack.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateCode([u8; 3]);

/// A text that is no state code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a state code is three letters A to Z, or D alone")]
pub struct InvalidStateCode;

impl StateCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().take_while(|letter| **letter != b'<').count();
        std::str::from_utf8(&self.0[..length]).expect("the constructor has checked the letters")
    }
}

impl FromStr for StateCode {
    type Err = InvalidStateCode;

    /// # Errors
    /// Anything but three letters A to Z. Germany's one letter `D` is the only shorter code.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.as_bytes() {
            b"D" => Ok(Self(*b"D<<")),
            [a, b, c] if text.bytes().all(|letter| letter.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(InvalidStateCode),
        }
    }
}

impl fmt::Display for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
