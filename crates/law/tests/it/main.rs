// SPDX-License-Identifier: Apache-2.0
//! The shipped country pack, read as the program reads it, and broken copies of it.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail a test by panicking")]

mod support;

mod broken;
mod calendar;
mod procedures;
mod shipped;
