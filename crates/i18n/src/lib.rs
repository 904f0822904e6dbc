// SPDX-License-Identifier: Apache-2.0
//! Fluent texts, languages, dates and numbers per language.
//!
//! The texts lie in `locales/LANGUAGE/SLICE.ftl` and are part of the program. What a person outside sees exists in all five
//! languages, what only officers see in az, en and ru; every key of a slice exists in each of its languages with the same
//! variables. A test holds that, and that every key is used.

mod date;
mod language;
mod number;
mod texts;

pub use date::{date, date_and_time};
pub use language::{ACCEPT_LANGUAGE_BYTES_MAX, Direction, Language, UnknownLanguage};
pub use number::number;
pub use texts::{Argument, STAFF_SLICES, Texts};
