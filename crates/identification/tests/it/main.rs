// SPDX-License-Identifier: Apache-2.0
//! What the engine promises, from outside.

mod engine;
mod files;
mod golden;
