// SPDX-License-Identifier: Apache-2.0
//! A date of birth as it is known: the day, the month, the year, or nothing.

use std::{fmt, str::FromStr};

use domain::time::Date;

/// A date of birth with its precision.
///
/// The text form is `YYYYMMDD` of Claim 169, with `00` for what is not known: eight digits always, and never a date
/// that a reader could take for a real one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum BirthDate {
    /// The day is known.
    Day(Date),
    /// The month is known, the day is not.
    Month {
        /// Year, 1 to 9999.
        year: i16,
        /// Month, 1 to 12.
        month: i8,
    },
    /// The year is known, month and day are not.
    Year(i16),
    /// Nothing is known.
    Unknown,
}

/// A text that is no date of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a date of birth is eight digits YYYYMMDD, with 00 for an unknown day or month")]
pub struct InvalidBirthDate;

impl BirthDate {
    /// Year, month and day as far as they are known.
    pub fn parts(self) -> (Option<i16>, Option<i8>, Option<i8>) {
        match self {
            Self::Day(date) => (Some(date.year()), Some(date.month()), Some(date.day())),
            Self::Month { year, month } => (Some(year), Some(month), None),
            Self::Year(year) => (Some(year), None, None),
            Self::Unknown => (None, None, None),
        }
    }

    /// Whether year and month lie in the range that a card can carry.
    pub fn is_plausible(self) -> bool {
        let (year, month, _) = self.parts();
        year.is_none_or(|year| (1..=9999).contains(&year)) && month.is_none_or(|month| (1..=12).contains(&month))
    }
}

impl fmt::Display for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{:04}{:02}{:02}", year.unwrap_or(0), month.unwrap_or(0), day.unwrap_or(0))
    }
}

impl FromStr for BirthDate {
    type Err = InvalidBirthDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 8 || !text.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(InvalidBirthDate);
        }
        let number = |range: std::ops::Range<usize>| text[range].parse::<i16>().map_err(|_| InvalidBirthDate);
        let (year, month, day) = (number(0..4)?, number(4..6)? as i8, number(6..8)? as i8);
        match (year, month, day) {
            (0, 0, 0) => Ok(Self::Unknown),
            (1.., 0, 0) => Ok(Self::Year(year)),
            (1.., 1..=12, 0) => Ok(Self::Month { year, month }),
            (1.., _, _) => Date::new(year, month, day).map(Self::Day).map_err(|_| InvalidBirthDate),
            _ => Err(InvalidBirthDate),
        }
    }
}

impl fmt::Debug for BirthDate {
    /// Shows the precision only: a date of birth is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Day(_) => "Day(…)",
            Self::Month { .. } => "Month(…)",
            Self::Year(_) => "Year(…)",
            Self::Unknown => "Unknown",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_birth_keeps_its_precision_in_text() {
        for (text, precision) in
            [("19880229", "Day(…)"), ("19880200", "Month(…)"), ("19880000", "Year(…)"), ("00000000", "Unknown")]
        {
            let date: BirthDate = text.parse().unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!(format!("{date:?}"), precision);
        }
        for text in ["", "1988", "19880230", "19881300", "19880001", "00000101", "1988022٩", "-9880229"] {
            assert_eq!(text.parse::<BirthDate>(), Err(InvalidBirthDate), "{text}");
        }
    }
}
