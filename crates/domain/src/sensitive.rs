// SPDX-License-Identifier: Apache-2.0
//! Personal values that must not reach a log.

use serde::{Deserialize, Serialize};

/// A personal value: `Debug` prints nothing of it, so that a trace or a panic message cannot.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sensitive<T>(T);

impl<T> Sensitive<T> {
    /// Wraps a personal value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for storing it or showing it to somebody who may see it.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, giving up the wrapper.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> std::fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sensitive(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_shows_nothing_of_the_value() {
        assert_eq!(format!("{:?}", Sensitive::new("Lalə")), "Sensitive(…)");
    }
}
