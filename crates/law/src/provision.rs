// SPDX-License-Identifier: Apache-2.0
//! Provisions: a part of an instrument in one version, paraphrased, dated, with source and confidence.

use std::collections::BTreeMap;

use domain::{legal::ProvisionId, procedure::Confidence, time::Date};
use serde::Deserialize;

use crate::{
    citation::CitedPart,
    digest::Rendering,
    error::{At, Errors},
    instrument::{Instrument, InstrumentId},
    names::{Names, check_names},
    source::{Period, check_periods, covers},
};

/// One version of a provision.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// Identifier, `INSTRUMENT:ARTICLE`.
    pub id: ProvisionId,
    /// Kind of part.
    #[serde(default = "article")]
    pub part: CitedPart,
    /// Number of the part as it is cited, such as `1C` or `45.1.1`; absent for the whole instrument.
    pub number: Option<String>,
    /// What it says, in the pack's own words: never the official text.
    pub paraphrase: Names,
    /// First day in force.
    pub in_force_from: Date,
    /// Last day in force; absent while in force.
    pub in_force_to: Option<Date>,
    /// Where this was read, in words.
    pub source: String,
    /// How sure the number and the content are.
    pub confidence: Confidence,
    /// SHA-256 of the entry, filled while the pack is read.
    #[serde(skip)]
    pub(crate) digest: String,
}

fn article() -> CitedPart {
    CitedPart::Article
}

impl Provision {
    /// The instrument of which it is a part.
    pub fn instrument(&self) -> &str {
        self.id.as_str().split_once(':').map_or("", |(instrument, _)| instrument)
    }

    /// SHA-256 of the entry in lower-case hexadecimal.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// First and last day.
    pub(crate) fn period(&self) -> Period {
        (self.in_force_from, self.in_force_to)
    }

    fn render(&self) -> String {
        let mut rendering = Rendering::new("provision");
        rendering.field("id", self.id.as_str());
        rendering.field("part", self.part.as_str());
        rendering.field("number", self.number.as_deref().unwrap_or(""));
        for (language, text) in self.paraphrase.iter() {
            rendering.field(language, text);
        }
        rendering.field("in_force_from", &self.in_force_from.to_string());
        rendering.field("in_force_to", &self.in_force_to.map(|date| date.to_string()).unwrap_or_default());
        rendering.field("source", &self.source);
        rendering.field("confidence", confidence_word(self.confidence));
        rendering.finish()
    }
}

/// The word of a confidence in the pack's files.
fn confidence_word(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Verified => "verified",
        Confidence::Secondary => "secondary",
        Confidence::Unconfirmed => "unconfirmed",
    }
}

/// The version that is in force on a day.
pub(crate) fn version_on(versions: &[Provision], day: Date) -> Option<&Provision> {
    versions.iter().find(|version| covers(version.period(), day))
}

/// Checks the provisions and puts the versions of each in order of their dates.
pub(crate) fn collect(
    entries: Vec<At<Provision>>,
    instruments: &BTreeMap<InstrumentId, At<Instrument>>,
    staff: &[String],
    errors: &mut Errors,
) -> BTreeMap<ProvisionId, Vec<Provision>> {
    let mut by_id: BTreeMap<ProvisionId, Vec<At<Provision>>> = BTreeMap::new();
    for entry in entries {
        check(&entry, instruments, staff, errors);
        by_id.entry(entry.value.id.clone()).or_default().push(entry);
    }
    let mut provisions = BTreeMap::new();
    for (id, versions) in by_id {
        let mut periods = versions.iter().map(|version| (version.value.period(), &version.place)).collect();
        check_periods(&format!("provision `{id}`"), &mut periods, errors);
        let mut versions: Vec<Provision> = versions
            .into_iter()
            .map(|At { mut value, .. }| {
                value.digest = value.render();
                value
            })
            .collect();
        versions.sort_by_key(|version| version.in_force_from);
        provisions.insert(id, versions);
    }
    provisions
}

fn check(
    entry: &At<Provision>,
    instruments: &BTreeMap<InstrumentId, At<Instrument>>,
    staff: &[String],
    errors: &mut Errors,
) {
    let At { place, value } = entry;
    let id = &value.id;
    check_names(&format!("paraphrase of `{id}`"), &value.paraphrase, staff, place, errors);
    if value.source.trim().is_empty() {
        errors.at(place, format!("`{id}` has no source"));
    }
    if (value.part == CitedPart::Whole) != value.number.is_none() {
        errors.at(place, format!("`{id}` needs a number, unless it is the whole instrument"));
    }
    match instruments.get(value.instrument()).map(|found| &found.value) {
        None => errors.at(place, format!("`{id}` belongs to no instrument of the pack")),
        Some(instrument) if instrument.in_force_from.is_none_or(|from| value.in_force_from < from) => {
            errors.at(place, format!("`{id}` is in force before its instrument binds the country"));
        }
        Some(_) => {}
    }
}
