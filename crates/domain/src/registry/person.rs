// SPDX-License-Identifier: Apache-2.0
//! A person's own facts.

use serde::{Deserialize, Serialize};

use crate::{sensitive::Sensitive, text_enum, time::Date};

text_enum! {
    /// Sex as the document or the person states it.
    pub enum Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
        /// Not stated.
        Unspecified = "unspecified",
    }
}

text_enum! {
    /// How exactly a birth date is known.
    pub enum Precision {
        /// To the day.
        Day = "day",
        /// To the month; the day in the date means nothing.
        Month = "month",
        /// To the year; month and day in the date mean nothing.
        Year = "year",
        /// Guessed.
        Estimated = "estimated",
    }
}

text_enum! {
    /// Whether a person lives.
    pub enum VitalStatus {
        /// Alive.
        Alive = "alive",
        /// Dead.
        Deceased = "deceased",
        /// Not known.
        Missing = "missing",
    }
}

/// The earliest year of birth that is believed.
pub const BIRTH_YEAR_MIN: i16 = 1890;

/// A birth date with its precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BirthDate {
    /// The date; parts finer than the precision mean nothing and are stored as 1.
    pub date: Date,
    /// How exactly it is known.
    #[serde(default = "to_the_day")]
    pub precision: Precision,
}

fn to_the_day() -> Precision {
    Precision::Day
}

/// A birth date that cannot be.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidBirthDate {
    /// After the day of registration.
    #[error("a birth date cannot lie after the day of registration")]
    Future,
    /// Before [`BIRTH_YEAR_MIN`].
    #[error("a birth date before {BIRTH_YEAR_MIN} cannot be right")]
    TooOld,
}

impl BirthDate {
    /// Checks the date against the day of registration and drops parts finer than the precision.
    ///
    /// # Errors
    /// [`InvalidBirthDate`].
    pub fn checked(self, today: Date) -> Result<Self, InvalidBirthDate> {
        if self.date > today {
            return Err(InvalidBirthDate::Future);
        }
        if self.date.year() < BIRTH_YEAR_MIN {
            return Err(InvalidBirthDate::TooOld);
        }
        let first = |month| jiff::civil::date(self.date.year(), month, 1);
        let date = match self.precision {
            Precision::Day | Precision::Estimated => self.date,
            Precision::Month => first(self.date.month()),
            Precision::Year => first(1),
        };
        Ok(Self { date, precision: self.precision })
    }

    /// Whether the person counts as younger than `age` years on a day. In doubt the person is a child: a date known to
    /// the month or year counts as the last day it can be, a guess as a year later.
    pub fn is_younger_than(self, age: i16, on: Date) -> bool {
        let latest = match self.precision {
            Precision::Day => self.date,
            Precision::Month => self.date.last_of_month(),
            Precision::Year => self.date.last_of_year(),
            Precision::Estimated => jiff::civil::date(self.date.year() + 1, 12, 31),
        };
        let birthday_year = latest.year() + age;
        let reached = (on.year(), on.month(), on.day()) >= (birthday_year, latest.month(), latest.day());
        !reached
    }
}

/// A country code of ISO 3166-1 alpha-3, or ICAO's `XXA` (stateless), `XXB`/`XXC` (refugee), `XXX` (unknown).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode([u8; 3]);

/// A text that is no country code.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a country code has three capital letters (ISO 3166-1 alpha-3, or XXA, XXB, XXC, XXX)")]
pub struct InvalidCountryCode;

impl CountryCode {
    /// Stateless (ICAO 9303-3 section 5).
    pub const STATELESS: Self = Self(*b"XXA");
    /// Refugee under the 1951 Convention (ICAO 9303-3 section 5).
    pub const REFUGEE: Self = Self(*b"XXB");
    /// Nationality unknown (ICAO 9303-3 section 5).
    pub const UNKNOWN: Self = Self(*b"XXX");

    /// Parses the form; whether the code exists is asked of the country pack.
    ///
    /// # Errors
    /// When it has not exactly three capital letters.
    pub fn parse(text: &str) -> Result<Self, InvalidCountryCode> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Self(letters)),
            _ => Err(InvalidCountryCode),
        }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only capital letters are stored")
    }
}

impl TryFrom<String> for CountryCode {
    type Error = InvalidCountryCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> Self {
        code.as_str().to_owned()
    }
}

impl std::fmt::Display for CountryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A citizenship held for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citizenship {
    /// Country, or one of ICAO's codes for persons without one.
    pub country: CountryCode,
    /// Since when, where known.
    pub from: Option<Date>,
    /// Until when.
    pub to: Option<Date>,
    /// On what basis (code list `citizenship_basis`: birth, naturalisation, stated …).
    pub basis: String,
}

/// A document shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Code list `document_type`.
    pub kind: String,
    /// Number as printed.
    pub number: Sensitive<String>,
    /// Issuing country.
    pub country: CountryCode,
    /// Day of issue.
    pub issued: Option<Date>,
    /// Last day of validity.
    pub expires: Option<Date>,
}

/// A way to reach a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// `phone` or `email`.
    pub kind: ContactKind,
    /// Number or address.
    pub value: Sensitive<String>,
}

text_enum! {
    /// The kind of a contact.
    pub enum ContactKind {
        /// Telephone, with country code.
        Phone = "phone",
        /// Electronic mail.
        Email = "email",
    }
}

/// Where a person lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Administrative unit, code list `area`.
    pub area: String,
    /// Street, house, flat.
    pub line: Sensitive<String>,
    /// Code list `dwelling`.
    pub dwelling: Option<String>,
    /// Since when.
    pub from: Option<Date>,
    /// Whether other members of the family may see it.
    #[serde(default = "open_to_family")]
    pub confidentiality: Confidentiality,
}

fn open_to_family() -> Confidentiality {
    Confidentiality::Family
}

text_enum! {
    /// From whom a fact is kept.
    pub enum Confidentiality {
        /// The family may see it.
        Family = "family",
        /// Kept from the other members of the family.
        Self_ = "self",
    }
}

/// A number under which another organisation knows the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignReference {
    /// Organisation, such as `unhcr`.
    pub organisation: String,
    /// Number there.
    pub number: Sensitive<String>,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::eighteen_today("2007-12-18", Precision::Day, false)]
    #[case::eighteen_tomorrow("2007-12-19", Precision::Day, true)]
    #[case::month_in_doubt("2007-12-01", Precision::Month, true)]
    #[case::year_in_doubt("2007-01-01", Precision::Year, true)]
    #[case::year_without_doubt("2006-01-01", Precision::Year, false)]
    #[case::guess_in_doubt("2006-06-01", Precision::Estimated, true)]
    #[case::guess_without_doubt("2005-06-01", Precision::Estimated, false)]
    #[case::guess_far_enough("2004-06-01", Precision::Estimated, false)]
    fn a_person_whose_age_is_in_doubt_counts_as_a_child(
        #[case] born: &str,
        #[case] precision: Precision,
        #[case] is_child: bool,
    ) {
        let birth = BirthDate { date: born.parse().unwrap(), precision };
        assert_eq!(birth.is_younger_than(18, "2025-12-18".parse().unwrap()), is_child);
    }

    #[test]
    fn someone_born_on_leap_day_comes_of_age_on_the_first_of_march() {
        let birth = BirthDate { date: "2008-02-29".parse().unwrap(), precision: Precision::Day };
        assert!(birth.is_younger_than(18, "2026-02-28".parse().unwrap()));
        assert!(!birth.is_younger_than(18, "2026-03-01".parse().unwrap()));
    }
}
