// SPDX-License-Identifier: Apache-2.0
//! Dated numbers of the law: terms of validity, ages, limits.

use std::collections::{BTreeMap, BTreeSet};

use domain::{legal::ProvisionId, procedure::Confidence, text_enum, time::Date};
use serde::Deserialize;

use crate::{
    citation::check_cites,
    error::{At, Errors},
    names::{Names, check_names},
    source::{Period, check_periods, covers},
};

text_enum! {
    /// In what a figure is counted.
    pub enum FigureUnit {
        /// Hours.
        Hours = "hours",
        /// Calendar days.
        Days = "days",
        /// Working days.
        WorkingDays = "working_days",
        /// Calendar months.
        Months = "months",
        /// Years; for an age, completed years of life.
        Years = "years",
        /// Things or persons.
        Pieces = "pieces",
    }
}

/// One dated number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Code, such as `refugee_card.validity_years`.
    pub code: String,
    /// What the number means.
    pub name: Names,
    /// The number.
    pub value: u32,
    /// In what it is counted.
    pub unit: FigureUnit,
    /// First day on which it holds.
    pub valid_from: Date,
    /// Last such day; absent while it holds.
    pub valid_to: Option<Date>,
    /// Provision that sets it.
    pub cites: ProvisionId,
    /// Where it was read, in words.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Figure {
    fn period(&self) -> Period {
        (self.valid_from, self.valid_to)
    }
}

/// The figures that the program asks for; a pack without one of them is refused.
pub(crate) const REQUIRED: &[&str] = &[
    "age.majority_years",
    "appeal.term_days",
    "asylum_certificate.validity_months",
    "audit.sample_records",
    "card.own_from_age_years",
    "card.status_list_sign_hours",
    "card.status_list_valid_hours",
    "claim.own_from_age_years",
    "gift.per_person_and_occasion",
    "leave_order.term_hours",
    "refugee_card.validity_years",
];

/// The figure that holds on a day.
pub(crate) fn figure_on<'a>(figures: &'a BTreeMap<String, Vec<Figure>>, code: &str, day: Date) -> Option<&'a Figure> {
    figures.get(code)?.iter().find(|figure| covers(figure.period(), day))
}

/// Checks the figures and puts the rows of each in order of their dates.
pub(crate) fn collect(
    entries: Vec<At<Figure>>,
    file: &str,
    provisions: &BTreeSet<ProvisionId>,
    staff: &[String],
    errors: &mut Errors,
) -> BTreeMap<String, Vec<Figure>> {
    let mut by_code: BTreeMap<String, Vec<At<Figure>>> = BTreeMap::new();
    for entry in entries {
        let At { place, value } = &entry;
        let what = format!("figure `{}`", value.code);
        check_names(&what, &value.name, staff, place, errors);
        check_cites(&what, std::slice::from_ref(&value.cites), provisions, place, errors);
        if value.source.trim().is_empty() {
            errors.at(place, format!("{what} has no source"));
        }
        by_code.entry(value.code.clone()).or_default().push(entry);
    }
    for code in REQUIRED {
        if !by_code.contains_key(*code) {
            errors.file(file, None, format!("figure `{code}` is missing"));
        }
    }
    let mut figures = BTreeMap::new();
    for (code, rows) in by_code {
        let mut periods = rows.iter().map(|row| (row.value.period(), &row.place)).collect();
        check_periods(&format!("figure `{code}`"), &mut periods, errors);
        let mut rows: Vec<Figure> = rows.into_iter().map(|row| row.value).collect();
        rows.sort_by_key(|row| row.valid_from);
        figures.insert(code, rows);
    }
    figures
}
