// SPDX-License-Identifier: Apache-2.0
//! Clocks: the system's, and one that the demo's script sets.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::time::{Clock, Timestamp};

/// The system's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the program asks the system for the time")]
    fn now(&self) -> Timestamp {
        let now = jiff::Timestamp::now().as_microsecond();
        Timestamp::from_microseconds(now).expect("the system's time is within the years 0 to 9999")
    }
}

/// A clock that a script sets, until it is let go and shows the system's time.
pub(crate) struct ScriptedClock(AtomicI64);

/// The value that stands for the system's time.
const REAL: i64 = i64::MIN;

impl ScriptedClock {
    pub(crate) fn at(start: Timestamp) -> Self {
        Self(AtomicI64::new(start.as_microseconds()))
    }

    /// Sets the clock.
    pub(crate) fn set(&self, moment: Timestamp) {
        self.0.store(moment.as_microseconds(), Ordering::Relaxed);
    }

    /// Lets the clock go.
    pub(crate) fn release(&self) {
        self.0.store(REAL, Ordering::Relaxed);
    }
}

impl Clock for ScriptedClock {
    fn now(&self) -> Timestamp {
        match self.0.load(Ordering::Relaxed) {
            REAL => SystemClock.now(),
            scripted => Timestamp::from_microseconds(scripted).unwrap_or_else(|_| SystemClock.now()),
        }
    }
}
