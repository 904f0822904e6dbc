// SPDX-License-Identifier: Apache-2.0
//! A small generator whose numbers depend on nothing but the seed, so that the same seed makes the same people on every
//! machine and in every version of a library. It is no source of secrets.

/// SplitMix64 (Steele, Lea and Flood, 2014).
#[derive(Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end` − 1; the bias is far below what anybody could see.
    pub(crate) fn below(&mut self, end: u16) -> u16 {
        u16::try_from(self.number() % u64::from(end.max(1))).expect("smaller than a u16")
    }

    /// A number in this range, ends included.
    pub(crate) fn between(&mut self, first: u16, last: u16) -> u16 {
        first + self.below(last - first + 1)
    }

    /// Whether something with this chance, in percent, happens.
    pub(crate) fn chance(&mut self, percent: u16) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let count = u16::try_from(choices.len()).expect("our tables are short");
        &choices[usize::from(self.below(count))]
    }

    /// A number in this range, for drawing.
    pub(crate) fn real(&mut self, first: f32, last: f32) -> f32 {
        first + (last - first) * f32::from(self.below(1_001)) / 1_000.0
    }
}
