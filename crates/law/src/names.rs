// SPDX-License-Identifier: Apache-2.0
//! A text in the languages of the pack.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::{Errors, Place};

/// The language whose text stands in where a text lacks the language asked for.
const FALLBACK: &str = "en";

/// The most characters one text has; longer ones are no name and no paraphrase.
const TEXT_CHARACTERS_MAX: usize = 2_000;

/// A short text in several languages, keyed by language code (`az`, `en`, …). Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct Names(BTreeMap<String, String>);

/// Why a text in several languages was refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NamesError {
    /// There is no language at all.
    #[error("no language has a text")]
    Empty,
    /// A language has an empty text.
    #[error("the text for `{0}` is empty")]
    EmptyText(String),
    /// A text is too long.
    #[error("the text for `{0}` is longer than {TEXT_CHARACTERS_MAX} characters")]
    TooLong(String),
}

impl TryFrom<BTreeMap<String, String>> for Names {
    type Error = NamesError;

    fn try_from(texts: BTreeMap<String, String>) -> Result<Self, Self::Error> {
        if texts.is_empty() {
            return Err(NamesError::Empty);
        }
        for (language, text) in &texts {
            if text.trim().is_empty() {
                return Err(NamesError::EmptyText(language.clone()));
            }
            if text.chars().count() > TEXT_CHARACTERS_MAX {
                return Err(NamesError::TooLong(language.clone()));
            }
        }
        Ok(Self(texts))
    }
}

impl Names {
    /// The text in this language, or in English, or in the first language that there is.
    pub fn in_language(&self, language: &str) -> &str {
        self.0
            .get(language)
            .or_else(|| self.0.get(FALLBACK))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// The text in exactly this language.
    pub fn exactly(&self, language: &str) -> Option<&str> {
        self.0.get(language).map(String::as_str)
    }

    /// Language and text, in order of the language code.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }
}

/// The languages of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Languages {
    /// Languages of the staff's pages; every text of the pack has them.
    pub staff: Vec<String>,
    /// Languages of what a person outside sees; texts for outside have them all.
    pub outside: Vec<String>,
}

/// Notes each language that a text lacks.
pub(crate) fn check_names(what: &str, names: &Names, needed: &[String], place: &Place, errors: &mut Errors) {
    for language in needed {
        if names.exactly(language).is_none() {
            errors.at(place, format!("{what} lacks the language `{language}`"));
        }
    }
}
