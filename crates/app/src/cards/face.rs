// SPDX-License-Identifier: Apache-2.0
//! What stands on a card: made from the person's record, the same for card, machine readable zone and QR code.

use credential::mrz::{Practice, Td1, Td1Fields, transliterate};
use db::PersonRow;
use domain::{
    number::CardNumber,
    refusal::Refusal,
    registry::{BirthDate, CountryCode, NameKind, Precision, Script, Sex},
    time::Date,
};

use crate::{AppError, port::CardFace, registry::latin_name, unit::Unit};

/// Document code of the card (ICAO 9303-5 section 4.2.2: begins with I; the second letter is the state's choice).
const DOCUMENT_CODE: &str = "IR";

/// Makes the face of a person's card.
pub(crate) async fn face_of(
    unit: &mut Unit<'_>,
    person: &PersonRow,
    number: &CardNumber,
    issued_on: Date,
    expires_on: Date,
) -> Result<CardFace, AppError> {
    let names = unit.list_person_names(person.id).await?;
    let latin = |kind: NameKind| {
        let of_kind = names.iter().filter(|name| name.script == Script::Latin && name.kind == kind);
        of_kind.map(|name| name.value.expose().as_str()).collect::<Vec<_>>().join(" ")
    };
    let (surname, given) = match (latin(NameKind::Family), latin(NameKind::Given)) {
        (family, given) if family.is_empty() && given.is_empty() => (latin(NameKind::Full), String::new()),
        (family, given) if family.is_empty() => (given, String::new()),
        both => both,
    };
    if surname.is_empty() || latin_name(&names).expose().is_empty() {
        return Err(Refusal::Missing("a name in Latin letters".into()).into());
    }
    let original = [Script::Arabic, Script::Cyrillic, Script::Georgian, Script::Armenian]
        .into_iter()
        .find_map(|script| crate::registry::name_in(&names, script).map(|name| (name, script)));
    let languages = unit.list_languages(person.id).await?;
    let nationality = CountryCode::REFUGEE.to_string();
    let mrz = machine_readable_zone(person, number, expires_on, &surname, &given, [unit.pack.code(), &nationality])?;
    Ok(CardFace {
        surname,
        given,
        original_language: original.as_ref().and_then(|_| languages.first().cloned()),
        original_name: original.map(|(name, script)| (name.into_inner(), script.to_string())),
        birth: person.birth,
        sex: person.sex,
        nationality,
        card_number: number.to_string(),
        person_number: person.number.to_string(),
        issued_on,
        expires_on,
        office: unit.actor().office.clone(),
        mrz,
        photo: person.photo.clone(),
    })
}

fn machine_readable_zone(
    person: &PersonRow,
    number: &CardNumber,
    expires_on: Date,
    surname: &str,
    given: &str,
    [issuing_state, nationality]: [&str; 2],
) -> Result<[String; 3], AppError> {
    let machine = |name: &str| {
        if name.is_empty() {
            return Ok(String::new());
        }
        let written = transliterate(name, Practice::default());
        written.map(|written| written.mrz).map_err(|error| Refusal::field("name", error.to_string()))
    };
    let state = |code: &str| code.parse().map_err(|_| AppError::Fault("a state code is malformed"));
    let fields = Td1Fields {
        document_code: DOCUMENT_CODE.into(),
        issuing_state: state(issuing_state)?,
        card_number: number.to_string(),
        birth_date: birth_date(person.birth),
        sex: sex(person.sex),
        expiry: expires_on,
        nationality: state(nationality)?,
        primary: machine(surname)?,
        secondary: machine(given)?,
        optional1: String::new(),
        optional2: String::new(),
    };
    let zone = Td1::new(fields).map_err(|error| Refusal::field("machine readable zone", error.to_string()))?;
    Ok(zone.lines())
}

/// The birth date as a card can say it: a guess is only good for its year.
pub(crate) fn birth_date(birth: BirthDate) -> credential::birth::BirthDate {
    let (year, month) = (birth.date.year(), birth.date.month());
    match birth.precision {
        Precision::Day => credential::birth::BirthDate::Day(birth.date),
        Precision::Month => credential::birth::BirthDate::Month { year, month },
        Precision::Year | Precision::Estimated => credential::birth::BirthDate::Year(year),
    }
}

/// Sex as a card says it.
pub(crate) fn sex(sex: Sex) -> credential::person::Sex {
    match sex {
        Sex::Female => credential::person::Sex::Female,
        Sex::Male => credential::person::Sex::Male,
        Sex::Unspecified => credential::person::Sex::Unspecified,
    }
}
