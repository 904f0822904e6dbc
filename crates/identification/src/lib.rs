// SPDX-License-Identifier: Apache-2.0
//! Identification: who is this, and is this person already here, across scripts and with reasons.
//!
//! The crate is pure: no waiting, no clock, no randomness but from a seed that is given, and no input or output but readers
//! and writers that are handed over.

pub mod birth;
pub mod compare;
mod hash;
pub mod key;
pub mod lexicon;
pub mod number;
pub mod place;
pub mod script;
pub mod similar;
pub mod sound;
mod table;
pub mod token;
pub mod words;
