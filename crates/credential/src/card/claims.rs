// SPDX-License-Identifier: Apache-2.0
//! The claims of a card in CBOR.

use domain::time::Timestamp;

use super::{CardClaims, FACE_BYTES_MAX, StatusReference, TEXT_BYTES_MAX};
use crate::{
    birth::BirthDate,
    cbor::{self, CborError, Value},
    person::Sex,
};

const CLAIM_ISSUER: i128 = 1;
const CLAIM_EXPIRES_AT: i128 = 4;
const CLAIM_NOT_BEFORE: i128 = 5;
const CLAIM_ISSUED_AT: i128 = 6;
const CLAIM_IDENTITY: i128 = 169;
const CLAIM_STATUS: i128 = 65_535;

const ATTRIBUTE_CARD_NUMBER: i128 = 1;
const ATTRIBUTE_VERSION: i128 = 2;
const ATTRIBUTE_LANGUAGE: i128 = 3;
const ATTRIBUTE_FULL_NAME: i128 = 4;
const ATTRIBUTE_BIRTH_DATE: i128 = 8;
const ATTRIBUTE_SEX: i128 = 9;
const ATTRIBUTE_NATIONALITY: i128 = 13;
const ATTRIBUTE_FACE: i128 = 16;
const ATTRIBUTE_FACE_FORMAT: i128 = 17;
const ATTRIBUTE_SECOND_NAME: i128 = 19;
const ATTRIBUTE_SECOND_LANGUAGE: i128 = 20;
const ATTRIBUTE_LEGAL_STATUS: i128 = 22;
const ATTRIBUTE_COUNTRY: i128 = 23;

/// Version of the identity claim.
const VERSION: &str = "1.0";
/// Code of WebP among the formats of the face.
const FACE_FORMAT_WEBP: i128 = 4;

/// Why signed bytes are no card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClaimsError {
    /// The payload is no acceptable CBOR.
    #[error("the claims are no acceptable CBOR: {0}")]
    Cbor(#[from] CborError),
    /// There is no identity claim: this is some other token.
    #[error("the identity claim 169 is missing")]
    NoIdentity,
    /// A claim is missing or cannot mean anything.
    #[error("{0} is missing or not possible")]
    Field(&'static str),
}

/// The claims as a CBOR map.
pub(super) fn to_cbor(claims: &CardClaims) -> Value {
    let sex = match claims.sex {
        Sex::Male => 1,
        Sex::Female => 2,
        Sex::Unspecified => 3,
    };
    let mut identity = vec![
        (ATTRIBUTE_CARD_NUMBER, Value::text(&claims.card_number)),
        (ATTRIBUTE_VERSION, Value::text(VERSION)),
        (ATTRIBUTE_LANGUAGE, Value::text(&claims.languages)),
        (ATTRIBUTE_FULL_NAME, Value::text(&claims.full_name)),
        (ATTRIBUTE_SEX, Value::integer(sex)),
        (ATTRIBUTE_NATIONALITY, Value::text(claims.nationality.as_str())),
        (ATTRIBUTE_LEGAL_STATUS, Value::text(&claims.legal_status)),
        (ATTRIBUTE_COUNTRY, Value::text(claims.country.as_str())),
    ];
    if claims.birth_date != BirthDate::Unknown {
        identity.push((ATTRIBUTE_BIRTH_DATE, Value::text(&claims.birth_date.to_string())));
    }
    if let Some(face) = &claims.face {
        identity.push((ATTRIBUTE_FACE, Value::Bytes(face.clone())));
        identity.push((ATTRIBUTE_FACE_FORMAT, Value::integer(FACE_FORMAT_WEBP)));
    }
    let second =
        [(ATTRIBUTE_SECOND_NAME, &claims.second_name), (ATTRIBUTE_SECOND_LANGUAGE, &claims.second_name_language)];
    identity.extend(second.into_iter().filter_map(|(key, text)| Some((key, Value::text(text.as_deref()?)))));
    let reference = Value::Map(vec![
        (Value::text("idx"), Value::integer(claims.status.index)),
        (Value::text("uri"), Value::text(&claims.status.uri)),
    ]);
    map(vec![
        (CLAIM_ISSUER, Value::text(&claims.issuer)),
        (CLAIM_EXPIRES_AT, Value::integer(claims.expires_at.as_seconds())),
        (CLAIM_NOT_BEFORE, Value::integer(claims.not_before.as_seconds())),
        (CLAIM_ISSUED_AT, Value::integer(claims.issued_at.as_seconds())),
        (CLAIM_STATUS, Value::Map(vec![(Value::text("status_list"), reference)])),
        (CLAIM_IDENTITY, map(identity)),
    ])
}

fn map(pairs: Vec<(i128, Value)>) -> Value {
    Value::Map(pairs.into_iter().map(|(key, value)| (Value::Integer(key), value)).collect())
}

/// Reads the claims of a signed payload. Claims of later versions are passed over.
pub(crate) fn from_payload(payload: &[u8]) -> Result<CardClaims, ClaimsError> {
    let token = cbor::decode(payload)?;
    let identity = token.get(CLAIM_IDENTITY).ok_or(ClaimsError::NoIdentity)?;
    let reference = token.get(CLAIM_STATUS).and_then(|status| status.get_text("status_list"));
    let reference = reference.ok_or(ClaimsError::Field("the status reference"))?;
    let index = reference.get_text("idx").and_then(Value::as_integer);
    let uri = reference.get_text("uri").and_then(Value::as_text);
    Ok(CardClaims {
        issuer: text(&token, CLAIM_ISSUER, "the issuer")?,
        card_number: text(identity, ATTRIBUTE_CARD_NUMBER, "the card number")?,
        languages: text(identity, ATTRIBUTE_LANGUAGE, "the language")?,
        full_name: text(identity, ATTRIBUTE_FULL_NAME, "the name")?,
        birth_date: parsed(identity, ATTRIBUTE_BIRTH_DATE, "the date of birth")?.unwrap_or(BirthDate::Unknown),
        sex: sex(identity)?,
        nationality: parsed(identity, ATTRIBUTE_NATIONALITY, "the nationality")?
            .ok_or(ClaimsError::Field("the nationality"))?,
        second_name: optional_text(identity, ATTRIBUTE_SECOND_NAME, "the second name")?,
        second_name_language: optional_text(identity, ATTRIBUTE_SECOND_LANGUAGE, "the second language")?,
        legal_status: text(identity, ATTRIBUTE_LEGAL_STATUS, "the legal status")?,
        country: parsed(identity, ATTRIBUTE_COUNTRY, "the country")?.ok_or(ClaimsError::Field("the country"))?,
        face: face(identity)?,
        issued_at: moment(&token, CLAIM_ISSUED_AT, "the moment of signing")?,
        not_before: moment(&token, CLAIM_NOT_BEFORE, "the start of validity")?,
        expires_at: moment(&token, CLAIM_EXPIRES_AT, "the end of validity")?,
        status: StatusReference {
            index: index.ok_or(ClaimsError::Field("the place in the status list"))?,
            uri: uri.ok_or(ClaimsError::Field("the address of the status list"))?.to_owned(),
        },
    })
}

fn optional_text(map: &Value, key: i128, what: &'static str) -> Result<Option<String>, ClaimsError> {
    let Some(value) = map.get(key) else { return Ok(None) };
    let text = value.as_text().filter(|text| text.len() <= TEXT_BYTES_MAX).ok_or(ClaimsError::Field(what))?;
    Ok(Some(text.to_owned()))
}

fn text(map: &Value, key: i128, what: &'static str) -> Result<String, ClaimsError> {
    optional_text(map, key, what)?.ok_or(ClaimsError::Field(what))
}

fn parsed<T: std::str::FromStr>(map: &Value, key: i128, what: &'static str) -> Result<Option<T>, ClaimsError> {
    let text = optional_text(map, key, what)?;
    text.map(|text| text.parse().map_err(|_| ClaimsError::Field(what))).transpose()
}

fn sex(identity: &Value) -> Result<Sex, ClaimsError> {
    match identity.get(ATTRIBUTE_SEX).and_then(Value::as_integer::<u8>) {
        Some(1) => Ok(Sex::Male),
        Some(2) => Ok(Sex::Female),
        Some(3) => Ok(Sex::Unspecified),
        _ => Err(ClaimsError::Field("the sex")),
    }
}

fn face(identity: &Value) -> Result<Option<Vec<u8>>, ClaimsError> {
    let Some(face) = identity.get(ATTRIBUTE_FACE) else { return Ok(None) };
    let is_webp = identity.get(ATTRIBUTE_FACE_FORMAT) == Some(&Value::integer(FACE_FORMAT_WEBP));
    let bytes = face.as_bytes().filter(|bytes| is_webp && bytes.len() <= FACE_BYTES_MAX);
    bytes.map(|bytes| Some(bytes.to_vec())).ok_or(ClaimsError::Field("the face"))
}

pub(crate) fn moment(map: &Value, key: i128, what: &'static str) -> Result<Timestamp, ClaimsError> {
    let seconds: Option<i64> = map.get(key).and_then(Value::as_integer);
    let microseconds = seconds.and_then(|seconds| seconds.checked_mul(1_000_000));
    microseconds.and_then(|number| Timestamp::from_microseconds(number).ok()).ok_or(ClaimsError::Field(what))
}
