// SPDX-License-Identifier: Apache-2.0
//! How a provision is cited in each language, and the check that every citation resolves.

use std::collections::BTreeSet;

use domain::{legal::ProvisionId, text_enum};
use serde::Deserialize;

use crate::{
    error::{Errors, Place},
    names::Names,
};

text_enum! {
    /// What kind of part of an instrument a provision is.
    pub enum CitedPart {
        /// An article.
        Article = "article",
        /// A clause of a decree, decision or regulation.
        Clause = "clause",
        /// A part of a decree's rules.
        Part = "part",
        /// An annex.
        Annex = "annex",
        /// The instrument as a whole.
        Whole = "whole",
    }
}

/// The words that stand before the number of a cited part.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitationWords {
    /// For an article.
    pub article: Names,
    /// For a clause.
    pub clause: Names,
    /// For a part.
    pub part: Names,
    /// For an annex.
    pub annex: Names,
}

impl CitationWords {
    /// The citation as an officer would write it in this language: "1951 Convention, art. 33".
    pub fn cite(&self, instrument: &Names, part: CitedPart, number: &str, language: &str) -> String {
        let instrument = instrument.in_language(language);
        let word = match part {
            CitedPart::Article => &self.article,
            CitedPart::Clause => &self.clause,
            CitedPart::Part => &self.part,
            CitedPart::Annex => &self.annex,
            CitedPart::Whole => return instrument.to_owned(),
        };
        format!("{instrument}, {} {number}", word.in_language(language))
    }
}

/// Notes each citation that does not resolve, and the lack of any where one is needed.
pub(crate) fn check_cites(
    what: &str,
    cites: &[ProvisionId],
    known: &BTreeSet<ProvisionId>,
    place: &Place,
    errors: &mut Errors,
) {
    if cites.is_empty() {
        errors.at(place, format!("{what} cites no provision"));
    }
    for id in cites {
        if !known.contains(id) {
            errors.at(place, format!("{what} cites `{id}`, which the pack does not have"));
        }
    }
}
