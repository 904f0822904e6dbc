// SPDX-License-Identifier: Apache-2.0
//! The law for the people: what was in force on a day, what it says in the pack's own words, how sure that is; the rights of
//! migrant workers and the acts that put them into effect; the days that are observed.

mod rights;

use app::law::Instrument;
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{procedure::Confidence, time::Date};
use i18n::Language;
use serde::Deserialize;

use crate::{
    WebError,
    form::{DateField, FormData, western_digits},
    page::{self, Page, Reader, Words},
    route::Route,
    state::AppState,
};

/// The routes of the law.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/law", list), Route::get("/law/{instrument}", show)]
}

/// The day asked for, in three parts as they are typed.
#[derive(Default, Deserialize)]
struct DayQuery {
    #[serde(default, rename = "on-day")]
    day: String,
    #[serde(default, rename = "on-month")]
    month: String,
    #[serde(default, rename = "on-year")]
    year: String,
}

impl DayQuery {
    /// The day; today when nothing, or no day, was typed.
    fn day(&self, state: &AppState) -> Date {
        let part = |text: &str| western_digits(text.trim()).parse::<i16>().ok();
        let small = |text: &str| part(text).and_then(|number| i8::try_from(number).ok());
        let asked = (part(&self.year), small(&self.month), small(&self.day));
        let today = state.service.now().date_in(state.service.pack().time_zone());
        match asked {
            (Some(year), Some(month), Some(day)) => Date::new(year, month, day).unwrap_or(today),
            _ => today,
        }
    }
}

/// The day as the fields of the form show it.
fn day_field(words: &Words, day: Date) -> DateField {
    let mut field = DateField::new("on", words.text("law-page-day")).hint(words.text("law-page-day-hint"));
    field = field.typed(&FormData::default(), &crate::form::Errors::default());
    (field.day, field.month, field.year) = (day.day().to_string(), day.month().to_string(), day.year().to_string());
    field
}

/// The address with a day, for links that keep it.
fn with_day(path: &str, day: Date) -> String {
    format!("{path}?on-day={}&on-month={}&on-year={}", day.day(), day.month(), day.year())
}

/// The language of a text of the pack, for the reader's software: laws are named in the languages of the staff.
struct Named {
    text: String,
    /// The language, where it is not that of the page.
    tag: Option<&'static str>,
}

impl Named {
    fn of(page: Language, text: &str) -> Self {
        let other = page.for_staff();
        Self { text: text.to_owned(), tag: (other != page).then(|| other.tag()) }
    }
}

/// How sure something is: text and colour.
pub(super) struct Mark {
    text: String,
    colour: &'static str,
}

fn mark(words: &Words, confidence: Confidence) -> Mark {
    let (key, colour) = match confidence {
        Confidence::Verified => ("law-mark-verified", "green"),
        Confidence::Secondary => ("law-mark-secondary", "grey"),
        Confidence::Unconfirmed => ("law-mark-unconfirmed", "orange"),
    };
    Mark { text: words.text(key), colour }
}

struct InstrumentLine {
    path: String,
    title: Named,
    detail: String,
    is_in_force: bool,
    mark: Mark,
}

#[derive(Template)]
#[template(path = "law/list.html")]
struct ListPage {
    page: Page,
    day: DateField,
    on: String,
    treaties: Vec<InstrumentLine>,
    national: Vec<InstrumentLine>,
    rights: Vec<rights::RightGroup>,
    observances: Vec<String>,
    is_other_language: bool,
}

/// The instruments and the rights, as on a day.
async fn list(
    State(state): State<AppState>,
    reader: Reader,
    Query(asked): Query<DayQuery>,
) -> Result<Response, WebError> {
    let day = asked.day(&state);
    let words = Words::new(&state, reader.language);
    let pack = state.service.pack();
    let language = reader.language;
    let line = |instrument: &Instrument| instrument_line(&words, language, instrument, day);
    let of = |is_treaty: bool| {
        let wanted = pack.instruments().filter(move |found| (found.rank.as_str() == "treaty") == is_treaty);
        wanted.map(line).collect::<Vec<_>>()
    };
    let list = ListPage {
        page: Page::new(&state, &reader, words.text("law-page-title")),
        day: day_field(&words, day),
        on: words.with("law-page-on", "date", words.date(day)),
        treaties: of(true),
        national: of(false),
        rights: rights::groups(&state, &words, day),
        observances: rights::observances(&state, language),
        is_other_language: language.for_staff() != language,
    };
    page::html(language, &list)
}

fn instrument_line(words: &Words, language: Language, instrument: &Instrument, day: Date) -> InstrumentLine {
    let (detail, is_in_force) = instrument_detail(words, instrument, day);
    InstrumentLine {
        path: with_day(&format!("/law/{}", instrument.id.as_str()), day),
        title: Named::of(language, instrument.title.in_language(language.code())),
        detail,
        is_in_force,
        mark: mark(words, instrument.confidence),
    }
}

/// When it was adopted, acceded to and in force, in words; and whether it is in force on the day.
fn instrument_detail(words: &Words, instrument: &Instrument, day: Date) -> (String, bool) {
    let dated = |key, date: Option<Date>| date.map(|date| words.with(key, "date", words.date(date)));
    let is_in_force = instrument.is_in_force_on(day);
    let mut parts: Vec<String> = dated("law-instrument-adopted", instrument.adopted).into_iter().collect();
    parts.extend(dated("law-instrument-acceded", instrument.acceded));
    parts.extend(match (is_in_force, instrument.in_force_from) {
        (true, from) => dated("law-instrument-force", from),
        (false, Some(_)) => Some(words.text("law-instrument-not-force")),
        (false, None) => Some(words.text("law-instrument-not-party")),
    });
    (parts.join(". "), is_in_force)
}

/// A provision in the version of the day.
struct ProvisionView {
    anchor: String,
    citation: Named,
    text: Named,
    period: String,
    mark: Mark,
    source: String,
    /// Other versions: their period and text.
    others: Vec<(String, Named)>,
}

#[derive(Template)]
#[template(path = "law/instrument.html")]
struct InstrumentPage {
    page: Page,
    day: DateField,
    path: String,
    list_path: String,
    on: String,
    detail: String,
    mark: Mark,
    source: String,
    provisions: Vec<ProvisionView>,
    is_other_language: bool,
}

/// One instrument with its provisions, as on a day.
async fn show(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<String>,
    Query(asked): Query<DayQuery>,
) -> Result<Response, WebError> {
    let day = asked.day(&state);
    let (words, language) = (Words::new(&state, reader.language), reader.language);
    let pack = state.service.pack();
    let instrument = pack.instrument(&id).ok_or(WebError::NotFound)?;
    let title = instrument.title.in_language(language.code()).to_owned();
    let shown = InstrumentPage {
        page: Page::new(&state, &reader, title).crumb(with_day("/law", day), words.text("law-page-title")),
        day: day_field(&words, day),
        path: format!("/law/{id}"),
        list_path: with_day("/law", day),
        on: words.with("law-page-on", "date", words.date(day)),
        detail: instrument_detail(&words, instrument, day).0,
        mark: mark(&words, instrument.confidence),
        source: words.with("law-instrument-source", "source", instrument.source.as_str()),
        provisions: provisions(&state, &words, language, &id, day),
        is_other_language: language.for_staff() != language,
    };
    page::html(language, &shown)
}

/// The provisions of an instrument that have a version in force on the day.
fn provisions(state: &AppState, words: &Words, language: Language, id: &str, day: Date) -> Vec<ProvisionView> {
    let pack = state.service.pack();
    let period = |from: Date, to: Option<Date>| {
        let until = to.map(|to| words.with("law-version-until", "date", words.date(to))).unwrap_or_default();
        format!("{} {until}", words.with("law-instrument-force", "date", words.date(from))).trim().to_owned()
    };
    let in_force = pack.provisions().filter(|version| {
        version.instrument() == id && pack.provision(&version.id, day).is_some_and(|found| found == *version)
    });
    in_force
        .map(|version| {
            let others = pack.provision_versions(&version.id).iter().filter(|other| *other != version);
            ProvisionView {
                anchor: version.id.as_str().split_once(':').map_or("", |(_, part)| part).to_owned(),
                citation: Named::of(language, &pack.citation(version, language.code())),
                text: Named::of(language, version.paraphrase.in_language(language.code())),
                period: period(version.in_force_from, version.in_force_to),
                mark: mark(words, version.confidence),
                source: words.with("law-instrument-source", "source", version.source.as_str()),
                others: others
                    .map(|other| {
                        let text = Named::of(language, other.paraphrase.in_language(language.code()));
                        (period(other.in_force_from, other.in_force_to), text)
                    })
                    .collect(),
            }
        })
        .collect()
}
