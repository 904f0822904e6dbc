// SPDX-License-Identifier: Apache-2.0
//! How often each value occurs, by culture: a table of counters addressed by hash, so that it has one size for a thousand
//! records and for ten million, and can be counted down again when a record is removed.

use crate::{
    culture::{CULTURES_MAX, Culture},
    hash,
};

/// Counters; two values rarely share one, and then both look more frequent, which only weakens evidence.
const COUNTERS: usize = 1 << 20;
/// A culture with fewer records is counted among all.
const CULTURE_RECORDS_MIN: u32 = 300;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    /// A word of a name, given or family: which of the two it is, is too often mistaken to be counted apart.
    NameText,
    NameSound,
    FatherText,
    FatherSound,
    MotherText,
    MotherSound,
    Year,
    Place,
    /// Columns of a file; their number is added.
    Column,
}

impl Kind {
    /// The sound that goes with a text.
    pub(crate) const fn sound(self) -> Self {
        match self {
            Self::NameText => Self::NameSound,
            Self::FatherText => Self::FatherSound,
            Self::MotherText => Self::MotherSound,
            other => other,
        }
    }

    const fn group(self) -> usize {
        match self {
            Self::NameText | Self::NameSound => 0,
            Self::FatherText | Self::FatherSound => 1,
            Self::MotherText | Self::MotherSound => 2,
            Self::Year => 3,
            Self::Place => 4,
            Self::Column => 5,
        }
    }
}

const GROUPS: usize = 6;

/// The counters.
pub(crate) struct Counts {
    counters: Vec<u32>,
    /// Values counted, per culture and group of kinds.
    totals: [[u32; GROUPS]; CULTURES_MAX],
}

/// Whether a record comes or goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Add,
    Remove,
}

impl Default for Counts {
    fn default() -> Self {
        Self { counters: vec![0; COUNTERS], totals: [[0; GROUPS]; CULTURES_MAX] }
    }
}

fn place(kind: Kind, culture: Culture, value: u64) -> usize {
    let hashed = hash::mix(value.wrapping_mul(0x100).wrapping_add(kind as u64) ^ (u64::from(culture.number()) << 56));
    usize::try_from(hashed >> 20).unwrap_or(0) & (COUNTERS - 1)
}

const fn step(value: &mut u32, change: Change) {
    *value = match change {
        Change::Add => value.saturating_add(1),
        Change::Remove => value.saturating_sub(1),
    };
}

impl Counts {
    /// Counts a value in its culture and among all.
    pub(crate) fn count(&mut self, kind: Kind, culture: Culture, value: u64, change: Change) {
        step(&mut self.counters[place(kind, Culture::ALL, value)], change);
        if culture != Culture::ALL {
            step(&mut self.counters[place(kind, culture, value)], change);
        }
    }

    /// Counts that a record has a value of this group at all.
    pub(crate) fn count_record(&mut self, kind: Kind, culture: Culture, change: Change) {
        step(&mut self.totals[0][kind.group()], change);
        if culture != Culture::ALL {
            step(&mut self.totals[usize::from(culture.number())][kind.group()], change);
        }
    }

    /// The share of records of the culture that have the value; never 0.
    pub(crate) fn share(&self, kind: Kind, culture: Culture, value: u64) -> f32 {
        let own = self.totals[usize::from(culture.number())][kind.group()];
        let (culture, total) =
            if own >= CULTURE_RECORDS_MIN { (culture, own) } else { (Culture::ALL, self.totals[0][kind.group()]) };
        let count = self.counters[place(kind, culture, value)];
        // Half a record more, so that what was never seen is rare and not impossible.
        #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 24 bits")]
        let share = (count as f32 + 0.5) / (total as f32 + 50.0);
        share.min(1.0)
    }
}
