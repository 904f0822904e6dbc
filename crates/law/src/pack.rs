// SPDX-License-Identifier: Apache-2.0
//! A country pack as a whole.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    access::Act,
    legal::{ProvisionId, ProvisionRegister, ProvisionVersion},
    procedure::{Confidence, Procedure, ProcedureCode},
    time::{Date, TimeZone},
};
use serde::Deserialize;

use crate::{
    act,
    body::{self, Body, Office},
    calendar::{Calendar, Weekday},
    citation::CitationWords,
    code_list::{self, CodeList, RawList},
    digest::Rendering,
    error::{At, Errors, PackError},
    figure::{self, Figure},
    instrument::{self, Instrument, InstrumentId},
    names::{Languages, Names, check_names},
    procedure::{self, LabelledProcedure},
    provision::{self, Provision},
    source::Source,
    wall::{self, Wall},
};

/// The most files a pack has; more are no pack.
const FILES_MAX: usize = 400;
/// The most bytes one file of a pack has.
const FILE_BYTES_MAX: usize = 2 << 20;
/// Folders and files of a pack that are for people or for the demo and are not read as law.
const NOT_LAW: &[&str] = &["demo/", "examples/", "README.md"];

/// A country pack that holds together.
#[derive(Clone, Debug)]
pub struct Pack {
    head: Head,
    time_zone: TimeZone,
    instruments: BTreeMap<InstrumentId, Instrument>,
    provisions: BTreeMap<ProvisionId, Vec<Provision>>,
    procedures: BTreeMap<ProcedureCode, LabelledProcedure>,
    calendar: Calendar,
    figures: BTreeMap<String, Vec<Figure>>,
    walls: BTreeMap<String, Wall>,
    acts: BTreeMap<String, Vec<ProvisionId>>,
    bodies: BTreeMap<String, Body>,
    offices: BTreeMap<String, Office>,
    code_lists: BTreeMap<String, CodeList>,
    digest: String,
}

/// `pack.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    /// ISO 3166-1 alpha-3 code of the country.
    code: String,
    name: Names,
    version: String,
    time_zone: String,
    languages: Languages,
    phones: Phones,
    citation_words: CitationWords,
}

/// Telephone numbers for the people.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phones {
    /// The service's call centre.
    pub call_centre: String,
    /// The Ombudsman's call centre.
    pub ombudsman: String,
    /// Where they were read, in words.
    pub source: String,
    /// How far the source was checked.
    pub confidence: Confidence,
}

/// The characters of a telephone number: a service's short one has three, an international one at most fifteen digits.
const PHONE_CHARACTERS: std::ops::RangeInclusive<usize> = 3..=20;

/// The head of `calendar.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarHead {
    weekly_rest: BTreeSet<Weekday>,
}

/// The files of a pack, sorted by what they hold.
#[derive(Default)]
struct Files<'a> {
    instruments: Vec<Source<'a>>,
    provisions: Vec<Source<'a>>,
    procedures: Vec<Source<'a>>,
    codes: Vec<Source<'a>>,
    single: BTreeMap<&'a str, Source<'a>>,
}

/// Files of which a pack has exactly one.
const SINGLE: &[&str] = &["pack.toml", "calendar.toml", "figures.toml", "walls.toml", "acts.toml", "bodies.toml"];

impl<'a> Files<'a> {
    fn sort(files: &'a BTreeMap<String, String>, errors: &mut Errors) -> Self {
        let mut sorted = Self::default();
        if files.len() > FILES_MAX {
            errors.file("", None, format!("a pack has at most {FILES_MAX} files"));
            return sorted;
        }
        for (path, text) in files {
            if NOT_LAW.iter().any(|skipped| path.starts_with(skipped)) {
                continue;
            }
            if text.len() > FILE_BYTES_MAX {
                errors.file(path, None, format!("a file has at most {FILE_BYTES_MAX} bytes"));
                continue;
            }
            let folder = path.split_once('/').map(|(folder, _)| folder);
            let is_toml = path.ends_with(".toml");
            let is_known = is_toml
                && match folder {
                    None => SINGLE.contains(&path.as_str()),
                    Some(folder) => ["instruments", "provisions", "procedures", "codes"].contains(&folder),
                };
            if !is_known {
                errors.file(path, None, "no file of this name belongs into a pack");
                continue;
            }
            let Some(source) = Source::open(path, text, errors) else { continue };
            match folder {
                Some("instruments") => sorted.instruments.push(source),
                Some("provisions") => sorted.provisions.push(source),
                Some("procedures") => sorted.procedures.push(source),
                Some(_) => sorted.codes.push(source),
                None => drop(sorted.single.insert(path, source)),
            }
        }
        for name in SINGLE {
            if !files.contains_key(*name) {
                errors.file(name, None, "the file is missing");
            }
        }
        sorted
    }

    /// The entries `[[key]]` of a file of which there is one; nothing else may stand in it.
    fn only<T: serde::de::DeserializeOwned>(&mut self, file: &str, key: &str, errors: &mut Errors) -> Vec<At<T>> {
        let Some(mut source) = self.single.remove(file) else { return Vec::new() };
        let entries = source.entries(key, errors);
        source.finish(errors);
        entries
    }
}

/// The entries `[[key]]` of several files; nothing else may stand in them.
fn all<T: serde::de::DeserializeOwned>(sources: Vec<Source<'_>>, key: &str, errors: &mut Errors) -> Vec<At<T>> {
    let mut entries = Vec::new();
    for mut source in sources {
        entries.extend(source.entries(key, errors));
        source.finish(errors);
    }
    entries
}

impl Pack {
    /// Reads a pack from its files, keyed by their path inside the pack (`procedures/refugee_status.toml`).
    ///
    /// # Errors
    /// Everything that is wrong in the pack, in order of file and line.
    pub fn parse(files: &BTreeMap<String, String>) -> Result<Self, Vec<PackError>> {
        let mut errors = Errors::default();
        let pack = Self::read(files, &mut errors);
        match pack {
            Some(pack) if errors.is_empty() => Ok(pack),
            _ => Err(errors.into_sorted()),
        }
    }

    /// Reads on after errors as far as there is sense in it; without a head there is none.
    fn read(files: &BTreeMap<String, String>, errors: &mut Errors) -> Option<Self> {
        let mut sources = Files::sort(files, errors);
        let head: At<Head> = sources.single.remove("pack.toml")?.whole(errors)?;
        let time_zone = read_head(&head, errors);
        let head = head.value;
        let staff = &head.languages.staff;

        let instruments =
            instrument::collect(all(std::mem::take(&mut sources.instruments), "instrument", errors), staff, errors);
        let provisions = provision::collect(
            all(std::mem::take(&mut sources.provisions), "provision", errors),
            &instruments,
            staff,
            errors,
        );
        let known: BTreeSet<ProvisionId> = provisions.keys().cloned().collect();
        let procedures: BTreeMap<ProcedureCode, LabelledProcedure> = sources
            .procedures
            .drain(..)
            .filter_map(|source| procedure::read(source, &known, &head.languages, errors))
            .map(|labelled| (labelled.procedure.code.clone(), labelled))
            .collect();
        let calendar = read_calendar(&mut sources, staff, errors);
        let figures =
            figure::collect(sources.only("figures.toml", "figure", errors), "figures.toml", &known, staff, errors);
        let stoppable = procedures.keys().cloned().collect();
        let walls =
            wall::collect(sources.only("walls.toml", "wall", errors), "walls.toml", &known, &stoppable, staff, errors);
        let acts = act::collect(sources.only("acts.toml", "act", errors), "acts.toml", &known, errors);
        let code_lists = read_code_lists(std::mem::take(&mut sources.codes), &known, &head.languages, errors);
        let (bodies, offices) = read_bodies(&mut sources, &code_lists, staff, errors);
        Some(Self {
            time_zone: time_zone?,
            instruments: instruments.into_iter().map(|(id, entry)| (id, entry.value)).collect(),
            provisions,
            procedures,
            calendar: calendar?,
            figures,
            walls,
            acts,
            bodies,
            offices,
            code_lists,
            digest: digest_of(files),
            head,
        })
    }

    /// ISO 3166-1 alpha-3 code of the country.
    pub fn code(&self) -> &str {
        &self.head.code
    }

    /// Name of the country.
    pub fn name(&self) -> &Names {
        &self.head.name
    }

    /// Version of the pack, as its author named it.
    pub fn version(&self) -> &str {
        &self.head.version
    }

    /// SHA-256 of all files that are read as law, in lower-case hexadecimal.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The time zone in which a moment becomes a day.
    pub fn time_zone(&self) -> &TimeZone {
        &self.time_zone
    }

    /// Telephone numbers for the people.
    pub fn phones(&self) -> &Phones {
        &self.head.phones
    }

    /// The languages.
    pub fn languages(&self) -> &Languages {
        &self.head.languages
    }

    /// The instrument of this identifier.
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.get(id)
    }

    /// All instruments, in order of their identifiers.
    pub fn instruments(&self) -> impl Iterator<Item = &Instrument> {
        self.instruments.values()
    }

    /// The version of a provision in force on a day, with its paraphrase and source.
    pub fn provision(&self, id: &ProvisionId, on: Date) -> Option<&Provision> {
        provision::version_on(self.provisions.get(id)?, on)
    }

    /// All versions of a provision, earliest first; none if there is no such provision.
    pub fn provision_versions(&self, id: &ProvisionId) -> &[Provision] {
        self.provisions.get(id).map_or(&[], Vec::as_slice)
    }

    /// All provisions in all versions, in order of identifier and date.
    pub fn provisions(&self) -> impl Iterator<Item = &Provision> {
        self.provisions.values().flatten()
    }

    /// How an officer cites a provision in this language ("1951 Convention, art. 33").
    pub fn citation(&self, provision: &Provision, language: &str) -> String {
        let number = provision.number.as_deref().unwrap_or_default();
        match self.instruments.get(provision.instrument()) {
            Some(instrument) => self.head.citation_words.cite(&instrument.short, provision.part, number, language),
            None => provision.id.to_string(),
        }
    }

    /// The procedure of this code.
    pub fn procedure(&self, code: &ProcedureCode) -> Option<&Procedure> {
        self.procedures.get(code).map(|labelled| &labelled.procedure)
    }

    /// The procedure of this code with the labels of its actions, flags, outcomes and clocks.
    pub fn labelled_procedure(&self, code: &ProcedureCode) -> Option<&LabelledProcedure> {
        self.procedures.get(code)
    }

    /// All procedures, in order of their codes.
    pub fn procedures(&self) -> impl Iterator<Item = &Procedure> {
        self.procedures.values().map(|labelled| &labelled.procedure)
    }

    /// The working-day calendar.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The figure of this code that holds on a day.
    pub fn figure(&self, code: &str, on: Date) -> Option<&Figure> {
        figure::figure_on(&self.figures, code, on)
    }

    /// All rows of all figures, in order of code and date.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.figures.values().flatten()
    }

    /// The legal wall of this code.
    pub fn wall(&self, code: &str) -> Option<&Wall> {
        self.walls.get(code)
    }

    /// The walls that stop a procedure.
    pub fn walls_against(&self, procedure: &ProcedureCode) -> impl Iterator<Item = &Wall> {
        self.walls.values().filter(move |wall| wall.stops.contains(procedure))
    }

    /// The provisions on which an act rests when the officer names none; the first one in force is cited. Empty if the
    /// pack has no such act, so that nothing can be cited for it.
    pub fn act_basis(&self, name: &str) -> &[ProvisionId] {
        self.acts.get(name).map_or(&[], Vec::as_slice)
    }

    /// The provisions on which an act of the program rests. Never empty: a pack without a basis for each act is refused.
    pub fn basis_of(&self, act: Act) -> &[ProvisionId] {
        self.act_basis(act.as_str())
    }

    /// The body of this code.
    pub fn body(&self, code: &str) -> Option<&Body> {
        self.bodies.get(code)
    }

    /// All bodies, in order of their codes.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.bodies.values()
    }

    /// The office of this code.
    pub fn office(&self, code: &str) -> Option<&Office> {
        self.offices.get(code)
    }

    /// All offices, in order of their codes.
    pub fn offices(&self) -> impl Iterator<Item = &Office> {
        self.offices.values()
    }

    /// The code list of this identifier, such as `relationship`.
    pub fn code_list(&self, id: &str) -> Option<&CodeList> {
        self.code_lists.get(id)
    }

    /// All code lists, in order of their identifiers.
    pub fn code_lists(&self) -> impl Iterator<Item = &CodeList> {
        self.code_lists.values()
    }
}

impl ProvisionRegister for Pack {
    fn version_on(&self, id: &ProvisionId, on: Date) -> Option<ProvisionVersion> {
        let provision = self.provision(id, on)?;
        let instrument = self.instruments.get(provision.instrument())?;
        instrument.is_in_force_on(on).then(|| ProvisionVersion {
            id: id.clone(),
            citation: self.citation(provision, "en"),
            in_force_from: provision.in_force_from,
            digest: provision.digest().to_owned(),
        })
    }
}

fn read_head(head: &At<Head>, errors: &mut Errors) -> Option<TimeZone> {
    let At { place, value } = head;
    let Languages { staff, outside } = &value.languages;
    check_names("the country's name", &value.name, outside, place, errors);
    if staff.is_empty() || staff.iter().any(|language| !outside.contains(language)) {
        errors.at(place, "the languages of the staff must be some, and all among those for outside");
    }
    for (what, phone) in [("call centre", &value.phones.call_centre), ("Ombudsman", &value.phones.ombudsman)] {
        let is_form = phone.chars().all(|character| character.is_ascii_digit() || " +-".contains(character));
        if !is_form || !PHONE_CHARACTERS.contains(&phone.len()) {
            errors.at(place, format!("the number of the {what} is no telephone number"));
        }
    }
    let words = &value.citation_words;
    for (what, names) in [
        ("the word for an article", &words.article),
        ("the word for a clause", &words.clause),
        ("the word for a part", &words.part),
        ("the word for an annex", &words.annex),
    ] {
        check_names(what, names, staff, place, errors);
    }
    let zone = TimeZone::named(&value.time_zone);
    if zone.is_none() {
        errors.at(place, format!("there is no time zone `{}`", value.time_zone));
    }
    zone
}

fn read_calendar(sources: &mut Files<'_>, staff: &[String], errors: &mut Errors) -> Option<Calendar> {
    let mut source = sources.single.remove("calendar.toml")?;
    let years = source.entries("year", errors);
    let days = source.entries("day", errors);
    let head: At<CalendarHead> = source.whole(errors)?;
    Some(Calendar::collect(head.value.weekly_rest, years, days, staff, errors))
}

fn read_code_lists(
    sources: Vec<Source<'_>>,
    provisions: &BTreeSet<ProvisionId>,
    languages: &Languages,
    errors: &mut Errors,
) -> BTreeMap<String, CodeList> {
    let mut raw: Vec<RawList> = Vec::new();
    for mut source in sources {
        let codes = source.entries("code", errors);
        if let Some(head) = source.whole(errors) {
            raw.push((head, codes));
        }
    }
    code_list::collect(raw, "codes", provisions, languages, errors)
}

fn read_bodies(
    sources: &mut Files<'_>,
    lists: &BTreeMap<String, CodeList>,
    staff: &[String],
    errors: &mut Errors,
) -> (BTreeMap<String, Body>, BTreeMap<String, Office>) {
    let Some(mut source) = sources.single.remove("bodies.toml") else { return Default::default() };
    let body_entries = source.entries("body", errors);
    let office_entries = source.entries("office", errors);
    source.finish(errors);
    let bodies = body::collect_bodies(body_entries, staff, errors);
    let offices = body::collect_offices(office_entries, &bodies, lists, staff, errors);
    (bodies, offices)
}

fn digest_of(files: &BTreeMap<String, String>) -> String {
    let mut rendering = Rendering::new("pack");
    for (path, text) in files {
        if !NOT_LAW.iter().any(|skipped| path.starts_with(skipped)) {
            rendering.field(path, text);
        }
    }
    rendering.finish()
}
