// SPDX-License-Identifier: Apache-2.0
//! Writing the machine readable zone of a card.

use std::fmt;

use domain::time::Date;

use super::{check_digit::check_digit, name_field::name_line, read::Field};
use crate::{
    birth::BirthDate,
    person::{Sex, StateCode},
};

/// What a machine readable zone says. Names are in the form that [`transliterate`](super::transliterate) gives: letters
/// A to Z, components separated by one `<`.
#[derive(Clone, PartialEq, Eq)]
pub struct Td1Fields {
    /// One or two letters, the first A, C or I, such as `IR` for a refugee's card.
    pub document_code: String,
    /// The issuing state.
    pub issuing_state: StateCode,
    /// At most nine characters A to Z and 0 to 9.
    pub card_number: String,
    /// Date of birth; unknown parts become `<<`.
    pub birth_date: BirthDate,
    /// Sex.
    pub sex: Sex,
    /// Last day of validity.
    pub expiry: Date,
    /// Nationality, or `XXA`, `XXB`, `XXC`, `XXX`.
    pub nationality: StateCode,
    /// Surname, or the whole name of a person with only one.
    pub primary: String,
    /// Given names; empty for a person with only one name.
    pub secondary: String,
    /// At most fifteen characters at the issuer's discretion.
    pub optional1: String,
    /// At most eleven characters at the issuer's discretion.
    pub optional2: String,
}

/// A machine readable zone that can be written: every field has been checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Td1(Td1Fields);

/// A field that a machine readable zone cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the {0} does not fit into a machine readable zone")]
pub struct Td1Error(pub Field);

impl Td1 {
    /// Checks the fields.
    ///
    /// # Errors
    /// The first field that does not fit.
    pub fn new(fields: Td1Fields) -> Result<Self, Td1Error> {
        let checks = [
            (is_document_code(&fields.document_code), Field::DocumentCode),
            (is_card_number(&fields.card_number), Field::CardNumber),
            (fields.birth_date.is_plausible(), Field::BirthDate),
            (is_identifier(&fields.primary), Field::Name),
            (fields.secondary.is_empty() || is_identifier(&fields.secondary), Field::Name),
            (is_text(&fields.optional1, 15), Field::Optional1),
            (is_text(&fields.optional2, 11), Field::Optional2),
        ];
        match checks.iter().find(|(fits, _)| !fits) {
            Some((_, field)) => Err(Td1Error(*field)),
            None => Ok(Self(fields)),
        }
    }

    /// The fields.
    pub fn fields(&self) -> &Td1Fields {
        &self.0
    }

    /// The three lines of thirty characters, with their check digits (ICAO Doc 9303-5 section 4.2).
    pub fn lines(&self) -> [String; 3] {
        let fields = &self.0;
        let with_digit = |field: String| {
            let digit = char::from(check_digit(field.as_bytes()));
            field + digit.encode_utf8(&mut [0; 4])
        };
        let first = format!(
            "{:<<2}{:<<3}{}{:<<15}",
            fields.document_code,
            fields.issuing_state.as_str(),
            with_digit(format!("{:<<9}", fields.card_number)),
            fields.optional1
        );
        let sex = match fields.sex {
            Sex::Male => 'M',
            Sex::Female => 'F',
            Sex::Unspecified => '<',
        };
        let birth = with_digit(birth_field(fields.birth_date));
        let expiry = &fields.expiry;
        let expiry =
            with_digit(format!("{:02}{:02}{:02}", expiry.year().rem_euclid(100), expiry.month(), expiry.day()));
        let optional = format!("{:<<11}", fields.optional2);
        let composite = check_digit([&first[5..], &birth, &expiry, &optional].concat().as_bytes());
        let second =
            format!("{birth}{sex}{expiry}{:<<3}{optional}{}", fields.nationality.as_str(), char::from(composite));
        [first, second, name_line(&fields.primary, &fields.secondary)]
    }
}

impl fmt::Debug for Td1Fields {
    /// Shows the kind of document only: the rest is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Td1Fields({} {}, …)", self.document_code, self.issuing_state)
    }
}

impl fmt::Debug for Td1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn birth_field(birth: BirthDate) -> String {
    let two_digits = |part: Option<i16>| part.map_or("<<".to_owned(), |part| format!("{:02}", part.rem_euclid(100)));
    let (year, month, day) = birth.parts();
    [year, month.map(i16::from), day.map(i16::from)].map(two_digits).concat()
}

/// Second letter V is reserved and AC is for crews (ICAO Doc 9303-5 section 4.2.2).
fn is_document_code(code: &str) -> bool {
    match code.as_bytes() {
        [b'A' | b'C' | b'I'] => true,
        [b'A' | b'C' | b'I', second] => second.is_ascii_uppercase() && *second != b'V' && code != "AC",
        _ => false,
    }
}

fn is_card_number(number: &str) -> bool {
    !number.is_empty() && is_text(number, 9) && !number.contains('<')
}

fn is_text(text: &str, length_max: usize) -> bool {
    text.len() <= length_max
        && text.bytes().all(|character| matches!(character, b'A'..=b'Z' | b'0'..=b'9' | b'<'))
        && !text.ends_with('<')
}

fn is_identifier(name: &str) -> bool {
    name.split('<')
        .all(|component| !component.is_empty() && component.bytes().all(|letter| letter.is_ascii_uppercase()))
}
