// SPDX-License-Identifier: Apache-2.0
//! The machine readable zone of a card: three lines of thirty characters (ICAO Doc 9303-5, format TD1), and the way
//! names get into it (ICAO Doc 9303-3 section 6).

mod arabic;
mod check_digit;
mod cyrillic;
mod latin;
mod name_field;
mod read;
mod td1;
mod transliterate;

pub use cyrillic::CyrillicLanguage;
pub use latin::{ADiaeresis, ARing, LatinPractice, NTilde, ODiaeresis, Schwa, UDiaeresis};
pub use read::{Field, MrzDate, MrzError, Td1Read, parse};
pub use td1::{Td1, Td1Error, Td1Fields};
pub use transliterate::{Practice, Rule, Table, Transliteration, TransliterationError, transliterate};
