// SPDX-License-Identifier: Apache-2.0
//! Reading a machine readable zone: length, alphabet, every check digit, and what the fields say.

use std::fmt;

use super::check_digit::check_digit;
use crate::person::{Sex, StateCode};

/// Lines of the zone.
const LINES: usize = 3;
/// Characters of a line.
const LINE: usize = 30;

/// A field of the machine readable zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Line 1, positions 1 to 2.
    DocumentCode,
    /// Line 1, positions 3 to 5.
    IssuingState,
    /// Line 1, positions 6 to 14; check digit 15.
    CardNumber,
    /// Line 1, positions 16 to 30.
    Optional1,
    /// Line 2, positions 1 to 6; check digit 7.
    BirthDate,
    /// Line 2, position 8.
    Sex,
    /// Line 2, positions 9 to 14; check digit 15.
    Expiry,
    /// Line 2, positions 16 to 18.
    Nationality,
    /// Line 2, positions 19 to 29.
    Optional2,
    /// Line 2, position 30: the check digit over all of them.
    Composite,
    /// Line 3.
    Name,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DocumentCode => "document code",
            Self::IssuingState => "issuing state",
            Self::CardNumber => "card number",
            Self::Optional1 => "first optional data",
            Self::BirthDate => "date of birth",
            Self::Sex => "sex",
            Self::Expiry => "date of expiry",
            Self::Nationality => "nationality",
            Self::Optional2 => "second optional data",
            Self::Composite => "whole zone",
            Self::Name => "name",
        })
    }
}

/// What is wrong with the lines, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MrzError {
    /// Not three lines.
    #[error("there are {found} lines instead of three")]
    LineCount {
        /// Lines found.
        found: usize,
    },
    /// A line has not thirty characters.
    #[error("line {line} has {found} characters instead of thirty")]
    Length {
        /// Line, from 1.
        line: usize,
        /// Characters found.
        found: usize,
    },
    /// A character other than A to Z, 0 to 9 and `<`.
    #[error("line {line}, position {position} is no letter A to Z, digit or <")]
    Character {
        /// Line, from 1.
        line: usize,
        /// Position, from 1.
        position: usize,
    },
    /// A check digit does not fit.
    #[error("line {line}: the check digit of the {field} is wrong")]
    CheckDigit {
        /// Line, from 1.
        line: usize,
        /// The field that the digit covers.
        field: Field,
    },
    /// A field holds something that it cannot mean.
    #[error("line {line}: the {field} is not possible")]
    Field {
        /// Line, from 1.
        line: usize,
        /// The field.
        field: Field,
    },
}

/// A date of the machine readable zone: two digits each, `None` where it says `<<`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct MrzDate {
    /// Year in its century, 0 to 99.
    pub year: Option<u8>,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day, 1 to 31.
    pub day: Option<u8>,
}

impl fmt::Debug for MrzDate {
    /// Shows nothing: a date of birth is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MrzDate(…)")
    }
}

/// What the lines of a zone say. That the check digits fit shows that they were read well, not that they are genuine.
#[derive(Clone, PartialEq, Eq)]
pub struct Td1Read {
    /// One or two letters.
    pub document_code: String,
    /// The issuing state.
    pub issuing_state: StateCode,
    /// The card number.
    pub card_number: String,
    /// Date of birth as far as it is known; the century is not said.
    pub birth_date: MrzDate,
    /// Sex.
    pub sex: Sex,
    /// Last day of validity; the century is not said.
    pub expiry: MrzDate,
    /// Nationality or the code of a person without one.
    pub nationality: StateCode,
    /// Primary identifier, components separated by `<`; perhaps cut.
    pub primary: String,
    /// Secondary identifier, components separated by `<`; perhaps cut or empty.
    pub secondary: String,
    /// First optional data without fillers at the end.
    pub optional1: String,
    /// Second optional data without fillers at the end.
    pub optional2: String,
}

impl Td1Read {
    /// Whether the name may have been cut: a letter stands in the last position (ICAO Doc 9303-5 section 4.2.3).
    pub fn is_name_perhaps_cut(&self) -> bool {
        let separator = if self.secondary.is_empty() { 0 } else { 2 };
        self.primary.len() + separator + self.secondary.len() == LINE
    }
}

impl fmt::Debug for Td1Read {
    /// Shows the kind of document only: the rest is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Td1Read({} {}, …)", self.document_code, self.issuing_state)
    }
}

/// Reads the three lines.
///
/// # Errors
/// The first thing that is wrong, with line and position or field.
pub fn parse<Line: AsRef<str>>(lines: &[Line]) -> Result<Td1Read, MrzError> {
    if lines.len() != LINES {
        return Err(MrzError::LineCount { found: lines.len() });
    }
    let [first, second, third] =
        [check(1, lines[0].as_ref())?, check(2, lines[1].as_ref())?, check(3, lines[2].as_ref())?];
    check_digits(first, second)?;
    let sex = match &second[7..8] {
        "M" => Sex::Male,
        "F" => Sex::Female,
        "<" => Sex::Unspecified,
        _ => return Err(MrzError::Field { line: 2, field: Field::Sex }),
    };
    let state = |line, field, text: &str| {
        text.trim_end_matches('<').parse::<StateCode>().map_err(|_| MrzError::Field { line, field })
    };
    let (primary, secondary) = names(third)?;
    let expiry = date(&second[8..14]).filter(|date| date.day.is_some());
    Ok(Td1Read {
        document_code: text(1, Field::DocumentCode, &first[..2])?,
        issuing_state: state(1, Field::IssuingState, &first[2..5])?,
        card_number: text(1, Field::CardNumber, &first[5..14])?,
        birth_date: date(&second[..6]).ok_or(MrzError::Field { line: 2, field: Field::BirthDate })?,
        sex,
        expiry: expiry.ok_or(MrzError::Field { line: 2, field: Field::Expiry })?,
        nationality: state(2, Field::Nationality, &second[15..18])?,
        primary,
        secondary,
        optional1: first[15..].trim_end_matches('<').to_owned(),
        optional2: second[18..29].trim_end_matches('<').to_owned(),
    })
}

fn check(line: usize, text: &str) -> Result<&str, MrzError> {
    let found = text.chars().count();
    if found != LINE {
        return Err(MrzError::Length { line, found });
    }
    match text.chars().position(|character| !matches!(character, 'A'..='Z' | '0'..='9' | '<')) {
        Some(index) => Err(MrzError::Character { line, position: index + 1 }),
        None => Ok(text),
    }
}

fn check_digits(first: &str, second: &str) -> Result<(), MrzError> {
    let fits = |covered: &str, digit: u8| check_digit(covered.as_bytes()) == digit;
    let (first_bytes, second_bytes) = (first.as_bytes(), second.as_bytes());
    let composite = [&first[5..], &second[..7], &second[8..15], &second[18..29]].concat();
    let checks = [
        (1, Field::CardNumber, fits(&first[5..14], first_bytes[14])),
        (2, Field::BirthDate, fits(&second[..6], second_bytes[6])),
        (2, Field::Expiry, fits(&second[8..14], second_bytes[14])),
        (2, Field::Composite, fits(&composite, second_bytes[29])),
    ];
    match checks.into_iter().find(|(_, _, fits)| !fits) {
        Some((line, field, _)) => Err(MrzError::CheckDigit { line, field }),
        None => Ok(()),
    }
}

/// A field that must have something in it and no filler between.
fn text(line: usize, field: Field, text: &str) -> Result<String, MrzError> {
    let text = text.trim_end_matches('<');
    if text.is_empty() || text.contains('<') { Err(MrzError::Field { line, field }) } else { Ok(text.to_owned()) }
}

/// Six characters YYMMDD. What is unknown is unknown to the end: a day without its month means nothing.
fn date(text: &str) -> Option<MrzDate> {
    let part = |range: std::ops::Range<usize>, allowed: std::ops::RangeInclusive<u8>| match &text[range] {
        "<<" => Some(None),
        digits => digits.parse().ok().filter(|number| allowed.contains(number)).map(Some),
    };
    let (year, month) = (part(0..2, 0..=99)?, part(2..4, 1..=12)?);
    let last_day = match month {
        Some(2) => 29,
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    let day = part(4..6, 1..=last_day)?;
    let is_known_from_the_left = (year.is_some() || month.is_none()) && (month.is_some() || day.is_none());
    is_known_from_the_left.then_some(MrzDate { year, month, day })
}

fn names(line: &str) -> Result<(String, String), MrzError> {
    let filled = line.trim_end_matches('<');
    let (primary, secondary) = filled.split_once("<<").unwrap_or((filled, ""));
    let is_identifier =
        |name: &str| name.split('<').all(|part| !part.is_empty() && part.bytes().all(|c| c.is_ascii_uppercase()));
    if !is_identifier(primary) || !(secondary.is_empty() || is_identifier(secondary)) {
        return Err(MrzError::Field { line: 3, field: Field::Name });
    }
    Ok((primary.to_owned(), secondary.to_owned()))
}
