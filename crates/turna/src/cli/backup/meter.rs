// SPDX-License-Identifier: Apache-2.0
//! How far a long work is and how fast, on standard error.

use std::time::{Duration, Instant};

use backup::Progress;

use crate::output::{Form, note};

/// How often it is said.
const EVERY: Duration = Duration::from_secs(2);

/// Measures a work that counts rows and bytes.
pub(in crate::cli) struct Meter {
    form: Form,
    began: Instant,
    said: Instant,
    bytes: u64,
    ended: Option<Duration>,
}

impl Meter {
    /// Begins.
    pub(in crate::cli) fn new(form: Form) -> Self {
        let now = Instant::now();
        Self { form, began: now, said: now, bytes: 0, ended: None }
    }

    /// Stops the clock; what comes after is not counted.
    pub(in crate::cli) fn stop(&mut self) {
        self.ended = Some(self.began.elapsed());
    }

    /// How long it took.
    pub(in crate::cli) fn milliseconds(&self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Seconds and rate.
    pub(in crate::cli) fn summary(&self) -> String {
        format!("{:.1} s, {:.1} MB/s", self.elapsed().as_secs_f64(), self.rate())
    }

    fn elapsed(&self) -> Duration {
        self.ended.unwrap_or_else(|| self.began.elapsed())
    }

    fn rate(&self) -> f64 {
        let seconds = self.elapsed().as_secs_f64().max(0.001);
        self.bytes as f64 / 1e6 / seconds
    }
}

impl Progress for Meter {
    fn at(&mut self, part: &str, count: u64, bytes: u64) {
        self.bytes = bytes;
        if self.form == Form::Text && self.said.elapsed() >= EVERY {
            self.said = Instant::now();
            note(&format!("{part}: {count} done, {} MB, {:.1} MB/s", bytes / 1_000_000, self.rate()));
        }
    }
}
