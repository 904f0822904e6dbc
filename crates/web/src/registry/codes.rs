// SPDX-License-Identifier: Apache-2.0
//! Code lists of the country pack as an officer reads and types them.

use domain::{
    registry::{BirthDate, CountryCode, Precision, Sex, VitalStatus, search_key},
    time::Date,
};

use crate::{
    form::{Choice, western_digits},
    page::Words,
    state::AppState,
};

/// The day on which the pages ask the code lists.
pub(super) fn today(state: &AppState) -> Date {
    state.service.now().date_in(state.service.pack().time_zone())
}

/// The codes of a list that may be used today, by name.
pub(super) fn choices(state: &AppState, words: &Words, list: &str) -> Vec<Choice> {
    let Some(list) = state.service.pack().code_list(list) else { return Vec::new() };
    let language = words.language.code();
    list.codes_on(today(state)).map(|code| Choice::new(&code.code, code.name.in_language(language))).collect()
}

/// The name of a code; the code itself where the list does not have it.
pub(super) fn name(state: &AppState, words: &Words, list: &str, code: &str) -> String {
    let found = state.service.pack().code_list(list).and_then(|list| list.find(code));
    found.map_or(code, |found| found.name.in_language(words.language.code())).to_owned()
}

/// The code that somebody typed: the code itself, its name in any language, or a beginning of a name that only one has.
pub(super) fn typed(state: &AppState, words: &Words, list: &str, text: &str) -> Option<String> {
    let list = state.service.pack().code_list(list)?;
    let text = text.trim();
    let codes: Vec<_> = list.codes_on(today(state)).collect();
    if let Some(exact) = codes.iter().find(|code| code.code.eq_ignore_ascii_case(text)) {
        return Some(exact.code.clone());
    }
    let key = search_key(text);
    if key.trim().is_empty() {
        return None;
    }
    if let Some(named) = codes.iter().find(|code| code.name.iter().any(|(_, name)| search_key(name) == key)) {
        return Some(named.code.clone());
    }
    let language = words.language.code();
    let mut begin = codes.iter().filter(|code| search_key(code.name.in_language(language)).starts_with(&key));
    match (begin.next(), begin.next()) {
        (Some(only), None) => Some(only.code.clone()),
        _ => None,
    }
}

/// The country that somebody typed.
pub(super) fn country(state: &AppState, words: &Words, text: &str) -> Option<CountryCode> {
    CountryCode::parse(&typed(state, words, "country", text)?).ok()
}

/// A birth date as people know it: to the day in any usual form, `03.1987` or `1987-03` to the month, `1987` to the year.
pub(super) fn birth_date(text: &str, today: Date) -> Option<BirthDate> {
    let text = western_digits(text.trim());
    if let Some((from, to)) = app::registry::birth(&text, today) {
        let precision = if from == to { Precision::Day } else { Precision::Year };
        return Some(BirthDate { date: from, precision });
    }
    let (first, second) = text.split_once(['.', '-', '/'])?;
    let (month, year) = if first.len() == 4 { (second, first) } else { (first, second) };
    let year = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
    let date = Date::new(year, month.parse().ok()?, 1).ok()?;
    Some(BirthDate { date, precision: Precision::Month })
}

/// A day in any usual form.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = western_digits(text.trim());
    let parts: Vec<&str> = text.split(['.', '-', '/']).collect();
    let [first, middle, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    (year.len() == 4).then(|| Date::new(year.parse().ok()?, middle.parse().ok()?, day.parse().ok()?).ok()).flatten()
}

/// A day as it is typed again.
pub(super) fn typed_day(date: Date) -> String {
    format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year())
}

/// A birth date as it is typed again.
pub(super) fn typed_birth(birth: BirthDate) -> String {
    match birth.precision {
        Precision::Day | Precision::Estimated => typed_day(birth.date),
        Precision::Month => format!("{:02}.{:04}", birth.date.month(), birth.date.year()),
        Precision::Year => format!("{:04}", birth.date.year()),
    }
}

/// A birth date as it is read, as far as it is known.
pub(super) fn birth(words: &Words, birth: BirthDate) -> String {
    let date = birth.date;
    match birth.precision {
        Precision::Day => words.date(date),
        Precision::Month => format!("{:02}.{}", date.month(), date.year()),
        Precision::Year => date.year().to_string(),
        Precision::Estimated => words.with("registry-birth-guessed", "year", date.year().to_string()),
    }
}

/// A sex.
pub(super) fn sex(words: &Words, sex: Sex) -> String {
    words.text(match sex {
        Sex::Female => "registry-sex-female",
        Sex::Male => "registry-sex-male",
        Sex::Unspecified => "registry-sex-unspecified",
    })
}

/// The choices of sex.
pub(super) fn sexes(words: &Words) -> Vec<Choice> {
    Sex::ALL.iter().map(|&each| Choice::new(each.as_str(), sex(words, each))).collect()
}

/// Whether a person lives.
pub(super) fn vital(words: &Words, status: VitalStatus) -> String {
    words.text(match status {
        VitalStatus::Alive => "registry-vital-alive",
        VitalStatus::Deceased => "registry-vital-deceased",
        VitalStatus::Missing => "registry-vital-missing",
    })
}

/// The sex that a relation names, to be offered.
pub(super) fn sex_of_relation(relation: &str) -> Option<Sex> {
    match relation {
        "son" | "father" | "brother" => Some(Sex::Male),
        "daughter" | "mother" | "sister" => Some(Sex::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_date_says_by_its_form_how_exactly_it_is_known() {
        let today = "2025-12-18".parse().unwrap();
        for (text, date, precision) in [
            ("21.03.1987", "1987-03-21", Precision::Day),
            ("1987-03-21", "1987-03-21", Precision::Day),
            ("۲۱.۰۳.۱۹۸۷", "1987-03-21", Precision::Day),
            ("03.1987", "1987-03-01", Precision::Month),
            ("1987-03", "1987-03-01", Precision::Month),
            ("1987", "1987-01-01", Precision::Year),
        ] {
            let birth = BirthDate { date: date.parse().unwrap(), precision };
            assert_eq!(birth_date(text, today), Some(birth), "{text}");
            assert_eq!(birth_date(&typed_birth(birth), today), Some(birth), "{text} is typed again");
        }
        for text in ["", "x", "32.01.1987", "13.1987", "87", "1.2.87", "0.1987"] {
            assert_eq!(birth_date(text, today), None, "{text}");
        }
    }

    #[test]
    fn a_day_is_read_in_either_order() {
        assert_eq!(day("18.12.2025"), Some("2025-12-18".parse().unwrap()));
        assert_eq!(day("2025-12-18"), Some("2025-12-18".parse().unwrap()));
        assert_eq!(day("2025-18-12"), None);
        assert_eq!(day("18.12"), None);
    }
}
