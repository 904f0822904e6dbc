// SPDX-License-Identifier: Apache-2.0
//! What every handler works with.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use app::Service;
use domain::time::Timestamp;
use i18n::Texts;

use crate::{WebError, rate::Rate, work::Presence};

/// The background work counts as stuck when it was last done longer ago than this, in seconds. It is due several times a
/// second; a database that restarts takes a few.
const UPKEEP_SECONDS_MAX: i64 = 30;
/// The value that stands for "not done, or failed since".
const NOT_DONE: i64 = i64::MIN;

/// Whether the background work (numbering records, doing jobs) is being done. The worker tells, `/ready` asks.
#[derive(Clone, Debug)]
pub struct Upkeep(Arc<AtomicI64>);

impl Default for Upkeep {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(NOT_DONE)))
    }
}

impl Upkeep {
    /// Notes that it was done at a moment.
    pub fn done(&self, now: Timestamp) {
        self.0.store(now.as_microseconds(), Ordering::Relaxed);
    }

    /// Notes that it failed.
    pub fn failed(&self) {
        self.0.store(NOT_DONE, Ordering::Relaxed);
    }

    /// Whether it was done lately and has not failed since.
    pub fn is_well(&self, now: Timestamp) -> bool {
        match self.0.load(Ordering::Relaxed) {
            NOT_DONE => false,
            done => now.as_microseconds().saturating_sub(done) <= UPKEEP_SECONDS_MAX * 1_000_000,
        }
    }
}

/// Limits that an installation sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Calls of the interface for programs that one account may make in a minute.
    pub api_requests_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { api_requests_per_minute: 6_000 }
    }
}

/// What every handler works with; cheap to clone.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) service: Service,
    pub(crate) texts: Arc<Texts>,
    pub(crate) upkeep: Upkeep,
    pub(crate) rates: Arc<Rates>,
    pub(crate) presence: Arc<Presence>,
}

impl AppState {
    pub(crate) fn new(service: Service, upkeep: Upkeep, limits: Limits) -> Self {
        let rates = Arc::new(Rates::new(limits));
        Self { service, texts: Arc::new(Texts::new()), upkeep, rates, presence: Arc::default() }
    }
}

/// How often one may ask for what is dear or could be guessed.
pub(crate) struct Rates {
    /// Signing in, for each address: 20 in 5 minutes.
    pub(crate) sign_in: Rate,
    /// Token and PIN of a person, for each address: 20 in 5 minutes.
    pub(crate) own_file: Rate,
    /// Checking a card, for each address: 60 a minute, as at a busy counter.
    pub(crate) verify: Rate,
    /// Pages of officers, for each account: 900 a minute, more than any hand; a program that copies the registry is slower.
    pub(crate) pages: Rate,
    /// The interface for programs, for each account.
    pub(crate) api: Rate,
}

impl Rates {
    fn new(limits: Limits) -> Self {
        Self {
            sign_in: Rate::new(20, 300),
            own_file: Rate::new(20, 300),
            verify: Rate::new(60, 60),
            pages: Rate::new(900, 60),
            api: Rate::new(limits.api_requests_per_minute, 60),
        }
    }

    /// Counts a request of an address or an account.
    ///
    /// # Errors
    /// [`WebError::TooOften`].
    pub(crate) fn check(rate: &Rate, key: &str, now: Timestamp) -> Result<(), WebError> {
        if rate.admits(key, now) { Ok(()) } else { Err(WebError::TooOften) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_failed_or_is_long_past_is_not_well() {
        let now = Timestamp::from_microseconds(1_766_000_000_000_000).unwrap();
        let upkeep = Upkeep::default();
        assert!(!upkeep.is_well(now));
        upkeep.done(now);
        assert!(upkeep.is_well(now));
        assert!(upkeep.is_well(now.plus_seconds(UPKEEP_SECONDS_MAX)));
        assert!(!upkeep.is_well(now.plus_seconds(UPKEEP_SECONDS_MAX + 1)));
        upkeep.failed();
        assert!(!upkeep.is_well(now));
    }
}
