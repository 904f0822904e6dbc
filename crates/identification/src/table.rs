// SPDX-License-Identifier: Apache-2.0
//! Reads the tables in `data/`: tabs between columns, `#` before remarks.

/// The rows of a table, each as its columns.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// A number of a table that is part of the program.
///
/// # Panics
/// When it is not a number: the tables are compiled in and a test reads all of them.
pub(crate) fn number(text: &str) -> f32 {
    text.parse().expect("the tables of the program hold numbers where numbers belong")
}
