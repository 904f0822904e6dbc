// SPDX-License-Identifier: Apache-2.0
//! What a document, a contact and an address must be, whenever they are entered.

use domain::{
    refusal::{FieldError, Problem, Refusal},
    registry::{Address, Contact, Document},
};

use crate::{AppError, unit::Unit};

/// The most characters of a place of birth, an address line, a contact, a document number.
const LINE_CHARACTERS_MAX: usize = 200;

/// What is wrong with a field.
pub(super) fn error(field: impl Into<String>, problem: impl Into<Problem>) -> FieldError {
    FieldError { field: field.into(), problem: problem.into() }
}

/// Adds the wrong fields of a check to others.
pub(super) fn collect(checked: Result<(), AppError>, errors: &mut Vec<FieldError>) {
    if let Err(AppError::Refused(Refusal::Fields(found))) = checked {
        errors.extend(found);
    }
}

/// Characters that no eye sees: controls, zero widths, and those that turn the direction of what follows, so that a line
/// would read otherwise than it is stored. The two joiners belong to the spelling of Persian.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{00AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(character, '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Checks a line of text.
pub(super) fn check_line(text: &str, field: &str, errors: &mut Vec<FieldError>) {
    let length = text.trim().chars().count();
    if length == 0 || length > LINE_CHARACTERS_MAX || text.chars().any(is_unseen) {
        errors.push(error(field, Problem::Line(LINE_CHARACTERS_MAX)));
    }
}

/// Checks a document; `at` is where it stands.
pub(super) fn check_document(unit: &Unit<'_>, document: &Document, at: &str, errors: &mut Vec<FieldError>) {
    collect(unit.check_code("document_type", &document.kind, &format!("{at}.kind")), errors);
    collect(unit.check_code("country", document.country.as_str(), &format!("{at}.country")), errors);
    check_line(document.number.expose(), &format!("{at}.number"), errors);
}

/// Checks a contact; `at` is where it stands.
pub(super) fn check_contact(contact: &Contact, at: &str, errors: &mut Vec<FieldError>) {
    check_line(contact.value.expose(), &format!("{at}.value"), errors);
}

/// Checks an address; `at` is where it stands.
pub(super) fn check_address(unit: &Unit<'_>, address: &Address, at: &str, errors: &mut Vec<FieldError>) {
    collect(unit.check_code("administrative_area", &address.area, &format!("{at}.area")), errors);
    if let Some(dwelling) = &address.dwelling {
        collect(unit.check_code("dwelling_type", dwelling, &format!("{at}.dwelling")), errors);
    }
    check_line(address.line.expose(), &format!("{at}.line"), errors);
}
