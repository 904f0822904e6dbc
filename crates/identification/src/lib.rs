// SPDX-License-Identifier: Apache-2.0
//! Identification: who is this, and is this person already here, across scripts and with reasons.
//!
//! The crate is pure: no waiting, no clock, no randomness but from a seed that is given, and no input or output but readers
//! and writers that are handed over.

pub mod batch;
pub mod birth;
pub mod cluster;
mod compare;
mod counts;
pub mod culture;
pub mod field;
pub mod files;
mod hash;
pub mod index;
pub mod key;
pub mod kin;
pub mod lexicon;
pub mod number;
mod pair;
mod people;
pub mod place;
pub mod record;
pub mod score;
pub mod script;
pub mod similar;
mod slips;
pub mod sound;
mod table;
pub mod texts;
pub mod token;
pub mod train;
pub mod weights;
pub mod words;
