// SPDX-License-Identifier: Apache-2.0
//! Treaties, laws, decrees and decisions.

use std::collections::BTreeMap;

use domain::{procedure::Confidence, text_enum, time::Date};
use serde::Deserialize;

use crate::{
    error::{At, Errors, Place},
    names::{Names, check_names},
};

text_enum! {
    /// Where an instrument stands among the sources of law, highest first.
    pub enum Rank {
        /// The constitution.
        Constitution = "constitution",
        /// A constitutional law.
        ConstitutionalLaw = "constitutional_law",
        /// A treaty.
        Treaty = "treaty",
        /// A code.
        Code = "code",
        /// A law.
        Law = "law",
        /// A decree of the head of state.
        Decree = "decree",
        /// A decision of the government.
        GovernmentDecision = "government_decision",
        /// A rule of an authority.
        AuthorityRule = "authority_rule",
    }
}

/// The identifier of an instrument: the part of a provision's identifier before the colon.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct InstrumentId(String);

/// A text that cannot identify an instrument.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("an instrument is named in lower-case letters, digits, dots and hyphens")]
pub struct InvalidInstrumentId;

impl InstrumentId {
    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for InstrumentId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for InstrumentId {
    type Error = InvalidInstrumentId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_word = !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte));
        if is_word { Ok(Self(text)) } else { Err(InvalidInstrumentId) }
    }
}

/// A treaty, law, decree or decision.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Identifier.
    pub id: InstrumentId,
    /// Rank.
    pub rank: Rank,
    /// Short name for citations ("1951 Convention").
    pub short: Names,
    /// Full title.
    pub title: Names,
    /// Official number, such as `713-IVQ`.
    pub number: Option<String>,
    /// Day of adoption.
    pub adopted: Option<Date>,
    /// Day on which the country signed a treaty.
    pub signed: Option<Date>,
    /// Day on which the country ratified or acceded to a treaty.
    pub acceded: Option<Date>,
    /// First day on which it binds the country; absent for a treaty to which the country is no party.
    pub in_force_from: Option<Date>,
    /// Last such day; absent while in force.
    pub in_force_to: Option<Date>,
    /// Treaties that it carries out.
    #[serde(default)]
    pub carries_out: Vec<InstrumentId>,
    /// Where this was read, in words.
    pub source: String,
    /// How sure the dates and the number are.
    pub confidence: Confidence,
}

impl Instrument {
    /// Whether it binds the country on this day.
    pub fn is_in_force_on(&self, day: Date) -> bool {
        self.in_force_from.is_some_and(|from| from <= day) && self.in_force_to.is_none_or(|to| day <= to)
    }
}

/// Checks the instruments and puts them in order.
pub(crate) fn collect(
    entries: Vec<At<Instrument>>,
    staff: &[String],
    errors: &mut Errors,
) -> BTreeMap<InstrumentId, At<Instrument>> {
    let mut instruments: BTreeMap<InstrumentId, At<Instrument>> = BTreeMap::new();
    for entry in entries {
        check(&entry.value, staff, &entry.place, errors);
        if let Some(earlier) = instruments.get(&entry.value.id) {
            let reason = format!(
                "instrument `{}` is already on line {} of {}",
                entry.value.id.as_str(),
                earlier.place.line,
                earlier.place.file
            );
            errors.at(&entry.place, reason);
            continue;
        }
        instruments.insert(entry.value.id.clone(), entry);
    }
    for entry in instruments.values() {
        for treaty in &entry.value.carries_out {
            if instruments.get(treaty).is_none_or(|found| found.value.rank != Rank::Treaty) {
                errors.at(&entry.place, format!("carries out `{}`, which is no treaty of the pack", treaty.as_str()));
            }
        }
    }
    instruments
}

fn check(instrument: &Instrument, staff: &[String], place: &Place, errors: &mut Errors) {
    let id = instrument.id.as_str();
    check_names(&format!("short name of `{id}`"), &instrument.short, staff, place, errors);
    check_names(&format!("title of `{id}`"), &instrument.title, staff, place, errors);
    if instrument.source.trim().is_empty() {
        errors.at(place, format!("`{id}` has no source"));
    }
    let (signed, acceded) = (instrument.signed, instrument.acceded);
    if instrument.rank == Rank::Treaty {
        if instrument.in_force_from.is_some() && acceded.is_none() && signed.is_none() {
            errors.at(place, format!("`{id}` is in force but was neither signed nor acceded to"));
        }
    } else if signed.is_some() || acceded.is_some() {
        errors.at(place, format!("`{id}` is no treaty: only treaties are signed and acceded to"));
    } else if instrument.in_force_from.is_none() {
        errors.at(place, format!("`{id}` does not say since when it is in force"));
    }
    let order = [instrument.adopted, instrument.in_force_from, instrument.in_force_to];
    if order.iter().flatten().zip(order.iter().flatten().skip(1)).any(|(earlier, later)| later < earlier) {
        errors.at(place, format!("the dates of `{id}` are not in order"));
    }
}
