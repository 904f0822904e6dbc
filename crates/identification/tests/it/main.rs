// SPDX-License-Identifier: Apache-2.0
//! What the engine promises, from outside.

#![expect(clippy::unwrap_used, reason = "a helper of a test may panic like the test itself")]

mod engine;
mod fairness;
mod files;
mod golden;
