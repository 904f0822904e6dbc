// SPDX-License-Identifier: Apache-2.0
//! How often one address or one account may ask: a bucket for each (generic cell rate algorithm, ITU-T I.371), by the
//! service's clock. Forgotten with the process; what must outlast it is counted in the database.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::time::Timestamp;

/// Keys that are remembered at once. When there are more, those whose bucket is full again are forgotten; if none is, a
/// new key is let through rather than everybody kept out.
const KEYS_MAX: usize = 20_000;

/// A limit that holds for each key apart.
#[derive(Debug)]
pub(crate) struct Rate {
    /// Microseconds that one request costs.
    cost: i64,
    /// Microseconds of credit that a rested key has.
    burst: i64,
    /// For each key the moment, in microseconds, at which its bucket is full again.
    full_at: Mutex<HashMap<String, i64>>,
}

impl Rate {
    /// So many requests at once, refilled over `seconds`.
    pub(crate) fn new(requests: u32, seconds: u32) -> Self {
        let burst = i64::from(seconds) * 1_000_000;
        Self { cost: burst / i64::from(requests.max(1)), burst, full_at: Mutex::default() }
    }

    /// Whether this key may ask now; if so, its request is counted.
    pub(crate) fn admits(&self, key: &str, now: Timestamp) -> bool {
        let now = now.as_microseconds();
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= KEYS_MAX && !full_at.contains_key(key) {
            full_at.retain(|_, moment| *moment > now);
            if full_at.len() >= KEYS_MAX {
                return true;
            }
        }
        let moment = full_at.entry(key.to_owned()).or_insert(now);
        let next = (*moment).max(now) + self.cost;
        if next - now > self.burst {
            return false;
        }
        *moment = next;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_asks_too_often_waits_and_no_other_with_it() {
        let rate = Rate::new(3, 60);
        let now = Timestamp::from_microseconds(1_766_000_000_000_000).unwrap();
        assert_eq!([0; 4].map(|_| rate.admits("a", now)), [true, true, true, false]);
        assert!(rate.admits("b", now));
        assert!(!rate.admits("a", now.plus_seconds(19)));
        assert!(rate.admits("a", now.plus_seconds(20)));
        assert!(!rate.admits("a", now.plus_seconds(20)));
        assert_eq!([0; 4].map(|_| rate.admits("a", now.plus_seconds(500))), [true, true, true, false]);
    }

    #[test]
    fn the_memory_of_it_is_bounded() {
        let rate = Rate::new(1, 60);
        let now = Timestamp::from_microseconds(1_766_000_000_000_000).unwrap();
        for key in 0..KEYS_MAX + 100 {
            assert!(rate.admits(&key.to_string(), now));
        }
        assert!(rate.full_at.lock().unwrap().len() <= KEYS_MAX);
        assert!(!rate.admits("0", now));
        assert!(rate.admits("new", now.plus_seconds(61)));
        assert_eq!(rate.full_at.lock().unwrap().len(), 1);
    }
}
