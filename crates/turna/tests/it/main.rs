// SPDX-License-Identifier: Apache-2.0
//! The command line as its users meet it: the real program on data folders of its own.

#![expect(clippy::unwrap_used, reason = "a helper of a test may panic like the test itself")]

mod audit;
mod backup;
mod help;
mod import;
mod office;
mod start;
mod story;
mod support;
mod verify;
