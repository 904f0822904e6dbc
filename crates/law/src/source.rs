// SPDX-License-Identifier: Apache-2.0
//! Reads a TOML file entry by entry, so that each wrong entry is reported with its own line.

use domain::time::Date;
use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

use crate::error::{At, Errors, Place};

/// A file of the pack while it is being read.
pub(crate) struct Source<'a> {
    file: &'a str,
    text: &'a str,
    table: DeTable<'a>,
}

impl<'a> Source<'a> {
    /// Reads the syntax; `None` after noting what is wrong.
    pub(crate) fn open(file: &'a str, text: &'a str, errors: &mut Errors) -> Option<Self> {
        let (table, wrong) = DeTable::parse_recoverable(text);
        for error in &wrong {
            errors.file(file, error.span().map(|span| line_of(text, span.start)), error.message());
        }
        wrong.is_empty().then(|| Self { file, text, table: table.into_inner() })
    }

    /// Path of the file inside the pack.
    pub(crate) fn file(&self) -> &'a str {
        self.file
    }

    /// The place of a byte of the file.
    pub(crate) fn place(&self, offset: usize) -> Place {
        Place { file: self.file.to_owned(), line: line_of(self.text, offset) }
    }

    /// The entries `[[key]]`, each read by itself and left in the file for [`Source::whole`].
    pub(crate) fn peek<T: DeserializeOwned>(&self, key: &str, errors: &mut Errors) -> Vec<At<T>> {
        let Some(found) = self.table.get(key) else { return Vec::new() };
        self.read_array(key, found.clone(), errors)
    }

    /// The entries `[[key]]`, each read by itself.
    pub(crate) fn entries<T: DeserializeOwned>(&mut self, key: &str, errors: &mut Errors) -> Vec<At<T>> {
        let Some(found) = self.table.remove(key) else { return Vec::new() };
        self.read_array(key, found, errors)
    }

    fn read_array<T: DeserializeOwned>(
        &self,
        key: &str,
        found: Spanned<DeValue<'a>>,
        errors: &mut Errors,
    ) -> Vec<At<T>> {
        let place = self.place(found.span().start);
        let DeValue::Array(array) = found.into_inner() else {
            errors.at(&place, format!("`{key}` must be a list of entries [[{key}]]"));
            return Vec::new();
        };
        array.into_iter().filter_map(|item| self.read(item, errors)).collect()
    }

    fn read<T: DeserializeOwned>(&self, item: Spanned<DeValue<'a>>, errors: &mut Errors) -> Option<At<T>> {
        let place = self.place(item.span().start);
        match T::deserialize(ValueDeserializer::from(item)) {
            Ok(value) => Some(At { place, value }),
            Err(error) => {
                let line = error.span().map_or(place.line, |span| line_of(self.text, span.start));
                errors.file(self.file, Some(line), error.message());
                None
            }
        }
    }

    /// Everything that was not taken yet, as one value.
    pub(crate) fn whole<T: DeserializeOwned>(self, errors: &mut Errors) -> Option<At<T>> {
        let table = DeValue::Table(self.table.clone());
        self.read(Spanned::new(0..self.text.len().min(1), table), errors)
    }

    /// Says that nothing else may stand in the file.
    pub(crate) fn finish(self, errors: &mut Errors) {
        for key in self.table.keys() {
            let place = self.place(key.span().start);
            errors.at(&place, format!("unknown key `{}`", key.get_ref()));
        }
    }
}

/// The line of a byte, counted from 1.
fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

/// First and last day of something dated; the last is absent while it lasts.
pub(crate) type Period = (Date, Option<Date>);

/// Notes periods of one thing that end before they begin or overlap; the later one is named.
pub(crate) fn check_periods(what: &str, periods: &mut Vec<(Period, &Place)>, errors: &mut Errors) {
    periods.sort_by_key(|((from, _), _)| *from);
    for ((from, to), place) in periods.iter() {
        if to.is_some_and(|to| to < *from) {
            errors.at(place, format!("{what} ends before it begins on {from}"));
        }
    }
    for pair in periods.windows(2) {
        let (((_, earlier_to), _), ((later_from, _), place)) = (&pair[0], &pair[1]);
        if earlier_to.is_none_or(|to| to >= *later_from) {
            errors.at(place, format!("{what} from {later_from} overlaps the version before it"));
        }
    }
}

/// Whether a period covers a day.
pub(crate) fn covers((from, to): Period, day: Date) -> bool {
    from <= day && to.is_none_or(|last| day <= last)
}
