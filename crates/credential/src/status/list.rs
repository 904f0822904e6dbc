// SPDX-License-Identifier: Apache-2.0
//! The list itself: some bits for each card, from the lowest bit of each byte (Token Status List section 4).

use std::{fmt, io::Write};

use flate2::{Compression, write::ZlibEncoder};

use crate::zlib::{self, ZlibError};

/// Entries of one list. A hundred times the cards of a small country, and still 512 KiB unpressed.
pub const LIST_CAPACITY: usize = 1 << 21;

/// Bits of an entry in the lists made here.
const BITS: u8 = 2;

/// The status of a card (Token Status List section 7.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// In order.
    Valid = 0,
    /// Revoked for good.
    Invalid = 1,
    /// Not to be accepted for the time being.
    Suspended = 2,
}

/// Why a list could not be read or asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatusListError {
    /// There is no such entry.
    #[error("the place is outside the status list")]
    OutOfRange,
    /// The entry holds a value without a meaning here.
    #[error("the status list holds an unknown status")]
    UnknownStatus,
    /// Entries of 1, 2, 4 or 8 bits only.
    #[error("the entries of a status list have 1, 2, 4 or 8 bits")]
    WrongBits,
    /// The list is larger than [`LIST_CAPACITY`] entries.
    #[error("the status list is too large")]
    TooLarge,
    /// The bytes are not pressed with zlib, or damaged.
    #[error("the status list is damaged")]
    Damaged,
}

/// A list of statuses.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusList {
    bits: u8,
    bytes: Vec<u8>,
}

impl StatusList {
    /// A list in which at least `len` cards are valid: two bits each, rounded up to whole bytes.
    ///
    /// # Errors
    /// [`StatusListError::TooLarge`].
    pub fn new(len: usize) -> Result<Self, StatusListError> {
        if len > LIST_CAPACITY {
            return Err(StatusListError::TooLarge);
        }
        Ok(Self { bits: BITS, bytes: vec![0; len.div_ceil(8 / usize::from(BITS))] })
    }

    /// Entries in the list.
    pub fn len(&self) -> usize {
        self.bytes.len() * self.entries_per_byte()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Bits of an entry.
    pub fn bits(&self) -> u8 {
        self.bits
    }

    /// The status at a place, from 0.
    ///
    /// # Errors
    /// No such place, or a value that means nothing here.
    pub fn get(&self, index: usize) -> Result<Status, StatusListError> {
        match self.value(index)? {
            0 => Ok(Status::Valid),
            1 => Ok(Status::Invalid),
            2 => Ok(Status::Suspended),
            _ => Err(StatusListError::UnknownStatus),
        }
    }

    /// The bare value at a place, from 0.
    ///
    /// # Errors
    /// No such place.
    pub fn value(&self, index: usize) -> Result<u8, StatusListError> {
        let byte = self.bytes.get(index / self.entries_per_byte()).ok_or(StatusListError::OutOfRange)?;
        Ok(byte >> self.shift(index) & self.mask())
    }

    /// Sets the status at a place, from 0.
    ///
    /// # Errors
    /// No such place, or a list of one bit, which cannot say *suspended*.
    pub fn set(&mut self, index: usize, status: Status) -> Result<(), StatusListError> {
        let (shift, mask) = (self.shift(index), self.mask());
        if status as u8 > mask {
            return Err(StatusListError::UnknownStatus);
        }
        let place = index / self.entries_per_byte();
        let byte = self.bytes.get_mut(place).ok_or(StatusListError::OutOfRange)?;
        *byte = *byte & !(mask << shift) | (status as u8) << shift;
        Ok(())
    }

    /// The list pressed with zlib at the highest level (`lst`).
    pub fn to_zlib(&self) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&self.bytes).and_then(|()| encoder.finish()).expect("writing to memory does not fail")
    }

    /// Opens a pressed list; memory is bounded by the capacity.
    ///
    /// # Errors
    /// A wrong number of bits, damaged bytes, more than [`LIST_CAPACITY`] entries.
    pub fn from_zlib(bits: u8, pressed: &[u8]) -> Result<Self, StatusListError> {
        if !matches!(bits, 1 | 2 | 4 | 8) {
            return Err(StatusListError::WrongBits);
        }
        let limit = LIST_CAPACITY / 8 * usize::from(bits);
        let bytes = zlib::inflate(pressed, limit).map_err(|error| match error {
            ZlibError::TooLarge => StatusListError::TooLarge,
            _ => StatusListError::Damaged,
        })?;
        Ok(Self { bits, bytes })
    }

    fn entries_per_byte(&self) -> usize {
        8 / usize::from(self.bits)
    }

    fn shift(&self, index: usize) -> usize {
        index % self.entries_per_byte() * usize::from(self.bits)
    }

    fn mask(&self) -> u8 {
        u8::MAX >> (8 - self.bits)
    }
}

impl fmt::Debug for StatusList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatusList({} entries of {} bits)", self.len(), self.bits)
    }
}
