// SPDX-License-Identifier: Apache-2.0
//! What is wrong in a country pack, and where.

use std::fmt;

/// One thing that is wrong in a country pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackError {
    /// Path of the file inside the pack.
    pub file: String,
    /// Line, counted from 1; absent if the whole file or a missing file is meant.
    pub line: Option<usize>,
    /// What is wrong, in one sentence.
    pub reason: String,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

impl std::error::Error for PackError {}

/// Where an entry of the pack stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: usize,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) place: Place,
    pub(crate) value: T,
}

/// The errors found so far; reading goes on after each, so that the author sees all at once.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<PackError>);

impl Errors {
    /// Notes an error at a place.
    pub(crate) fn at(&mut self, place: &Place, reason: impl Into<String>) {
        self.0.push(PackError { file: place.file.clone(), line: Some(place.line), reason: reason.into() });
    }

    /// Notes an error of a whole file.
    pub(crate) fn file(&mut self, file: &str, line: Option<usize>, reason: impl Into<String>) {
        self.0.push(PackError { file: file.to_owned(), line, reason: reason.into() });
    }

    /// Whether nothing is wrong so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All errors in order of file and line.
    pub(crate) fn into_sorted(mut self) -> Vec<PackError> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}
