// SPDX-License-Identifier: Apache-2.0
//! The entries of the country pack with how sure each is, for the administrator and the lawyer who confirms them.

use domain::{procedure::Confidence, text_enum};
use law::{LabelKind, Pack};

text_enum! {
    /// What an entry of the country pack is.
    pub enum PackEntryKind {
        /// A treaty, law or decree.
        Instrument = "instrument",
        /// A provision in one version.
        Provision = "provision",
        /// A dated figure.
        Figure = "figure",
        /// A code list.
        CodeList = "code_list",
        /// A clock of a procedure.
        Clock = "clock",
        /// The telephone numbers.
        Phones = "phones",
    }
}

/// An entry of the country pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackEntry {
    /// What it is.
    pub kind: PackEntryKind,
    /// Its code.
    pub code: String,
    /// Its name or content, in the language asked for.
    pub name: String,
    /// Where it was read, in words; for a clock the provision that it follows.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Every entry of a pack, in a language of the staff.
pub fn pack_entries(pack: &Pack, language: &str) -> Vec<PackEntry> {
    let entry = |kind, code: String, name: String, source: &str, confidence| {
        let source = source.to_owned();
        PackEntry { kind, code, name, source, confidence }
    };
    let mut entries: Vec<PackEntry> = Vec::new();
    for each in pack.instruments() {
        let (code, name) = (each.id.as_str().to_owned(), each.title.in_language(language).to_owned());
        entries.push(entry(PackEntryKind::Instrument, code, name, &each.source, each.confidence));
    }
    for each in pack.provisions() {
        let code = format!("{} ({})", each.id, each.in_force_from);
        let name = format!("{}: {}", pack.citation(each, language), each.paraphrase.in_language(language));
        entries.push(entry(PackEntryKind::Provision, code, name, &each.source, each.confidence));
    }
    for each in pack.figures() {
        let name = format!("{}: {}", each.name.in_language(language), each.value);
        entries.push(entry(PackEntryKind::Figure, each.code.clone(), name, &each.source, each.confidence));
    }
    for each in pack.code_lists() {
        let name = each.name.in_language(language).to_owned();
        entries.push(entry(PackEntryKind::CodeList, each.id.clone(), name, &each.source, each.confidence));
    }
    for procedure in pack.procedures() {
        let labels = pack.labelled_procedure(&procedure.code);
        for clock in &procedure.clocks {
            let label = labels.and_then(|labels| labels.label(LabelKind::Clock, clock.clock.as_str()));
            let name = label.map_or(clock.clock.as_str(), |label| label.in_language(language)).to_owned();
            let code = format!("{}: {}", procedure.code, clock.clock);
            entries.push(entry(PackEntryKind::Clock, code, name, clock.cites.as_str(), clock.confidence));
        }
    }
    let phones = pack.phones();
    let name = format!("{}, {}", phones.call_centre, phones.ombudsman);
    entries.push(entry(PackEntryKind::Phones, "phones".to_owned(), name, &phones.source, phones.confidence));
    entries
}
