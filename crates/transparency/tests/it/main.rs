// SPDX-License-Identifier: Apache-2.0
//! Tests of the log as others see it: against another implementation, against changed proofs, against tampered files.

#![expect(clippy::unwrap_used, reason = "a helper of a test may panic like the test itself")]

mod layout;
mod note;
mod proof;
mod proof_text;
mod support;
mod sweep;
mod tree;
