// SPDX-License-Identifier: Apache-2.0
//! What of a file has reached the medium, and what lies in a cache that is gone when the power fails.

use std::collections::BTreeSet;

/// What a disk writes whole or not at all, in bytes: of a page of 4096 a part may be new and the rest old.
const SECTOR: usize = 512;

/// Randomness from a seed (splitmix64): the same seed, the same course of events.
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.next().is_multiple_of(times)
    }
}

/// A file: as programs read it, and as it stands on the medium.
#[derive(Debug, Default)]
pub(crate) struct Medium {
    cache: Vec<u8>,
    medium: Vec<u8>,
    /// Sectors written since the last sync.
    dirty: BTreeSet<usize>,
    /// Sectors of a sync that failed. The system takes them for written, as Linux does, and no later sync writes them.
    doubtful: BTreeSet<usize>,
}

impl Medium {
    /// A file whose content is all on the medium.
    pub(crate) fn holding(content: Vec<u8>) -> Self {
        Self { cache: content.clone(), medium: content, ..Self::default() }
    }

    /// Takes a write into the cache; now and then the system writes a sector out by itself.
    pub(crate) fn write(&mut self, offset: usize, bytes: &[u8], dice: &mut Dice) {
        if bytes.is_empty() {
            return;
        }
        let end = offset + bytes.len();
        if self.cache.len() < end {
            self.cache.resize(end, 0);
        }
        self.cache[offset..end].copy_from_slice(bytes);
        for sector in offset / SECTOR..=(end - 1) / SECTOR {
            self.doubtful.remove(&sector);
            self.dirty.insert(sector);
            if dice.once_in(4) {
                self.write_out(sector);
            }
        }
    }

    /// Changes the length in the cache.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.cache.resize(length, 0);
        let first_gone = length.div_ceil(SECTOR);
        self.dirty.split_off(&first_gone);
        self.doubtful.split_off(&first_gone);
        // The last sector has lost its end.
        if !length.is_multiple_of(SECTOR) {
            self.dirty.insert(length / SECTOR);
        }
    }

    /// Brings everything since the last sync to the medium.
    pub(crate) fn sync(&mut self) {
        self.medium.resize(self.cache.len(), 0);
        for sector in std::mem::take(&mut self.dirty) {
            self.write_out(sector);
        }
    }

    /// A sync that fails: some sectors have reached the medium, and of the others nobody knows any more.
    pub(crate) fn fail_to_sync(&mut self, dice: &mut Dice) {
        for sector in std::mem::take(&mut self.dirty) {
            if dice.once_in(2) {
                self.write_out(sector);
            } else {
                self.doubtful.insert(sector);
            }
        }
    }

    /// What is on the medium after the power has failed: each sector that was not synced is old or new.
    pub(crate) fn after_power_loss(mut self, dice: &mut Dice) -> Vec<u8> {
        let open: Vec<usize> = self.dirty.union(&self.doubtful).copied().collect();
        if dice.once_in(2) {
            self.medium.resize(self.cache.len(), 0);
        }
        let length = self.medium.len();
        for sector in open {
            if dice.once_in(2) {
                self.write_out(sector);
            }
        }
        if dice.once_in(2) {
            // The length is written apart from the content.
            self.medium.resize(length, 0);
        }
        self.medium
    }

    fn write_out(&mut self, sector: usize) {
        let from = sector * SECTOR;
        let to = (from + SECTOR).min(self.cache.len());
        if from >= to {
            return;
        }
        if self.medium.len() < to {
            self.medium.resize(to, 0);
        }
        self.medium[from..to].copy_from_slice(&self.cache[from..to]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_synced_stays_and_what_was_not_may_go_sector_by_sector() {
        let (mut old, mut new, mut torn) = (0, 0, 0);
        for seed in 0..200 {
            let mut dice = Dice(seed);
            let mut file = Medium::default();
            file.write(0, &[1; 4096], &mut dice);
            file.sync();
            file.write(0, &[2; 1024], &mut dice);
            let after = file.after_power_loss(&mut dice);
            assert!(after[1024..].iter().all(|&byte| byte == 1) && after.len() == 4096);
            match (after[0], after[SECTOR]) {
                (1, 1) => old += 1,
                (2, 2) => new += 1,
                _ => torn += 1,
            }
        }
        assert!(old > 0 && new > 0 && torn > 0, "{old} {new} {torn}");
    }

    #[test]
    fn a_sync_after_a_failed_one_does_not_bring_back_what_that_one_lost() {
        let lost = (0..200).filter(|&seed| {
            let mut dice = Dice(seed);
            let mut file = Medium::holding(vec![1; SECTOR]);
            file.write(0, &[2; SECTOR], &mut dice);
            file.fail_to_sync(&mut dice);
            file.sync();
            file.after_power_loss(&mut dice)[0] == 1
        });
        assert!(lost.count() > 0);
        let mut dice = Dice(1);
        let mut file = Medium::holding(vec![1; SECTOR]);
        file.write(0, &[2; SECTOR], &mut dice);
        file.fail_to_sync(&mut dice);
        file.write(0, &[3; SECTOR], &mut dice);
        file.sync();
        assert_eq!(file.after_power_loss(&mut dice), [3; SECTOR], "what is written again is synced again");
    }
}
