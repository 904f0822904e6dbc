// SPDX-License-Identifier: Apache-2.0
//! Backups of a service at work, read back and attacked, on both engines.

#[cfg(test)]
mod round;
