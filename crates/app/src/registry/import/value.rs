// SPDX-License-Identifier: Apache-2.0
//! Single values of a table.

use domain::{
    registry::{BirthDate, CountryCode, Precision, Script, Sex},
    time::Date,
};
use identification::record;

/// The one script of a name's letters; `None` when there is none or several.
pub(super) fn script(text: &str) -> Option<Script> {
    let mut found = None;
    for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
        let script = match u32::from(letter) {
            0x0000..=0x024f | 0x0259 | 0x02b0..=0x02ff | 0x1e00..=0x1eff => Script::Latin,
            0x0400..=0x052f => Script::Cyrillic,
            0x0530..=0x058f => Script::Armenian,
            0x0600..=0x06ff | 0x0750..=0x077f | 0xfb50..=0xfdff | 0xfe70..=0xfeff => Script::Arabic,
            0x10a0..=0x10ff | 0x1c90..=0x1cbf => Script::Georgian,
            _ => return None,
        };
        if *found.get_or_insert(script) != script {
            return None;
        }
    }
    found
}

pub(super) fn sex(text: &str) -> Result<Sex, String> {
    match record::Sex::parse(text) {
        Some(record::Sex::Male) => Ok(Sex::Male),
        Some(record::Sex::Female) => Ok(Sex::Female),
        None => Err("not understood as a sex".into()),
    }
}

/// A day as `1984-03-12`, `12.03.1984` or `12/03/1984` (the day first), or a year alone.
pub(super) fn birth(text: &str) -> Result<BirthDate, String> {
    let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    let unclear = || "no date: write 1984-03-12, 12.03.1984 or 1984".to_owned();
    let (year, month, day) = match parts[..] {
        [_] => return year(text),
        [year, month, day] if year.len() == 4 => (year, month, day),
        [day, month, year] if year.len() == 4 => (year, month, day),
        _ => return Err(unclear()),
    };
    let number = |text: &str| text.parse::<i8>().map_err(|_| unclear());
    let year: i16 = year.parse().map_err(|_| unclear())?;
    let date = Date::new(year, number(month)?, number(day)?).map_err(|_| "there is no such day".to_owned())?;
    Ok(BirthDate { date, precision: Precision::Day })
}

pub(super) fn year(text: &str) -> Result<BirthDate, String> {
    let year: Option<i16> = text.parse().ok().filter(|_| text.len() == 4);
    let date = year.and_then(|year| Date::new(year, 1, 1).ok()).ok_or_else(|| "no year of four digits".to_owned())?;
    Ok(BirthDate { date, precision: Precision::Year })
}

pub(super) fn country(text: &str) -> Result<CountryCode, String> {
    CountryCode::parse(text).map_err(|error| error.to_string())
}
