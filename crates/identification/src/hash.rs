// SPDX-License-Identifier: Apache-2.0
//! A small hash that is the same on every machine and in every release, so that an index is the same everywhere.

use std::hash::{BuildHasherDefault, Hasher};

/// Builds [`Fold`] for maps.
pub(crate) type FoldHasher = BuildHasherDefault<Fold>;

/// Multiply and fold, eight bytes at a time. Not for secrets and not against an adversary who chooses names to collide: what
/// a collision costs here is one more candidate, which the comparison then refuses.
#[derive(Clone, Copy, Default)]
pub(crate) struct Fold(u64);

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for Fold {
    fn finish(&self) -> u64 {
        mix(self.0)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0_u8; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(eight));
        }
        self.write_u64(bytes.len() as u64);
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = mix(self.0 ^ value).wrapping_mul(FACTOR).rotate_left(23);
    }
}

/// Spreads a number over all its bits.
pub(crate) const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    value ^ (value >> 32)
}

/// A hash of several numbers, in their order.
pub(crate) fn of(parts: &[u64]) -> u64 {
    let mut hasher = Fold::default();
    parts.iter().for_each(|part| hasher.write_u64(*part));
    hasher.finish()
}

/// A hash of a text.
pub(crate) fn of_text(text: &str) -> u64 {
    let mut hasher = Fold::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}
