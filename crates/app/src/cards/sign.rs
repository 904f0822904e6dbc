// SPDX-License-Identifier: Apache-2.0
//! Signing a checked card. The signature is made between two transactions, so that a slow signing device holds nobody up;
//! the second stores it only if the card is still as it was.

use std::sync::Arc;

use credential::{
    card::{CardClaims, StatusReference, sign},
    key::KeyId,
};
use domain::{
    access::{Act, CardFile},
    card::CardAction,
    id::CardId,
    number::CardNumber,
    refusal::Refusal,
    registry::Script,
    time::{TimeZone, Timestamp},
};

use super::{advance, face, load, prepare::open_face};
use crate::{
    AppError, Context, Outcome, Service, UseCase,
    port::{CardFace, CardPrinter},
    publishing::status_uri,
    registry::{load_photo, photo_key},
    unit::Unit,
};

/// Where the signed text is sealed.
pub(crate) const QR_PLACE: &str = "card.qr_text";
/// Legal status of the holder in the signed payload (code list `legal_status`).
const LEGAL_STATUS: &str = "refugee";

/// A signed card.
#[derive(Clone, Debug)]
pub struct SignedCard {
    /// Number.
    pub number: CardNumber,
    /// Which key signed it.
    pub key_id: KeyId,
    /// Version of its QR code at error correction level L.
    pub qr_version: u8,
}

/// Signs a card.
///
/// # Errors
/// [`AppError`]; nothing is kept then.
pub async fn sign_card(
    service: &Service,
    context: &Context,
    printer: &Arc<dyn CardPrinter>,
    number: &CardNumber,
) -> Result<Outcome<SignedCard>, AppError> {
    let checked = match service.run(context, ReadChecked { number: number.clone() }).await? {
        Outcome::Done(checked) => checked,
        Outcome::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let signer = service.signers().card_signer(context.now);
    let signer =
        signer.ok_or_else(|| AppError::store("no signer of cards is in use", std::io::Error::other("none")))?;
    let face = match checked.photo {
        Some((name, key)) => {
            let photo = load_photo(service, name, key).await?;
            let printer = printer.clone();
            let made = tokio::task::spawn_blocking(move || printer.face(&photo)).await;
            let made = made.map_err(|error| AppError::store("a worker thread ended", error))?;
            Some(made.map_err(|error| AppError::store("the face for the QR code could not be made", error))?)
        }
        None => None,
    };
    let claims = claims(service, &checked.face, checked.status_index, face, context.now)?;
    let text = sign(&claims, &*signer).map_err(|error| AppError::store("the card could not be signed", error))?;
    let (key_id, qr_version) = (signer.key_id(), text.version_l());
    let store = StoreSignature {
        number: number.clone(),
        card: checked.card,
        row_version: checked.row_version,
        key_id,
        qr_text: text.as_str().to_owned(),
    };
    let next = Context { seed: service.random(), ..context.clone() };
    Ok(match service.run(&next, store).await? {
        Outcome::Done(()) => Outcome::Done(SignedCard { number: number.clone(), key_id, qr_version }),
        Outcome::Refused(refusal) => Outcome::Refused(refusal),
    })
}

fn claims(
    service: &Service,
    face: &CardFace,
    status_index: i64,
    webp: Option<Vec<u8>>,
    now: Timestamp,
) -> Result<CardClaims, AppError> {
    let code = |text: &str| text.parse().map_err(|_| AppError::Fault("a state code is malformed"));
    let index = u32::try_from(status_index).map_err(|_| AppError::Fault("a status index is out of range"))?;
    let full_name = format!("{} {}", face.given, face.surname).trim().to_owned();
    Ok(CardClaims {
        issuer: service.settings().issuer.clone(),
        card_number: face.card_number.clone(),
        languages: "az,en".into(),
        full_name,
        birth_date: face::birth_date(face.birth),
        sex: face::sex(face.sex),
        nationality: code(&face.nationality)?,
        second_name: face.original_name.as_ref().map(|(name, _)| name.clone()),
        second_name_language: face.original_name.as_ref().map(|(_, script)| language_of(face, script)),
        legal_status: LEGAL_STATUS.into(),
        country: code(service.pack().code())?,
        face: webp,
        issued_at: now,
        not_before: now,
        expires_at: end_of_validity(face, service.pack().time_zone())?,
        status: StatusReference { index, uri: status_uri(service.settings()) },
    })
}

/// The language of the second name: the person's first one, or what the script most often stands for.
fn language_of(face: &CardFace, script: &str) -> String {
    let by_script = match script.parse::<Script>() {
        Ok(Script::Cyrillic) => "ru",
        Ok(Script::Georgian) => "ka",
        Ok(Script::Armenian) => "hy",
        _ => "ar",
    };
    face.original_language.clone().unwrap_or_else(|| by_script.to_owned())
}

/// The card is valid through its last day: until the next one begins in the country's time zone.
fn end_of_validity(face: &CardFace, zone: &TimeZone) -> Result<Timestamp, AppError> {
    let next = face.expires_on.tomorrow().ok().and_then(|day| zone.moment(day, 0, 0));
    next.ok_or(AppError::Fault("the last day of a card is out of range"))
}

/// What signing needs of a checked card.
struct Checked {
    card: CardId,
    row_version: i64,
    status_index: i64,
    face: CardFace,
    photo: Option<(String, db::vault::DataKey)>,
}

/// Reads a checked card for signing.
struct ReadChecked {
    number: CardNumber,
}

impl UseCase for ReadChecked {
    const ACT: Act = Act::SignCard;
    type Output = Checked;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Checked, AppError> {
        unit.cite_for(Act::SignCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let card = load(unit, &permit, &self.number).await?;
        card.state.after(CardAction::Sign)?;
        let face = open_face(unit, &card).await?;
        let person = card.person.ok_or(Refusal::NotFound("holder"))?;
        let person = unit.find_person_by_id(person).await?.ok_or(Refusal::NotFound("holder"))?;
        let photo = photo_key(unit, &person).await?;
        Ok(Checked { card: card.id, row_version: card.row_version, status_index: card.status_index, face, photo })
    }
}

/// Stores a signature if the card is still as it was when it was read.
struct StoreSignature {
    number: CardNumber,
    card: CardId,
    row_version: i64,
    key_id: KeyId,
    qr_text: String,
}

impl UseCase for StoreSignature {
    const ACT: Act = Act::SignCard;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        let basis = unit.cite_for(Act::SignCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let mut card = load(unit, &permit, &self.number).await?;
        if card.id != self.card || card.row_version != self.row_version {
            return Err(Refusal::Conflict.into());
        }
        let person = card.person.ok_or(Refusal::NotFound("holder"))?;
        let sealed = unit.seal_text(person, QR_PLACE, &self.qr_text).await?;
        let (by, now) = (unit.actor().account, unit.now);
        unit.update_card_signed(card.id, by, self.key_id.as_bytes(), sealed, now).await?;
        advance(unit, &permit, &mut card, CardAction::Sign, basis, None).await?;
        Ok(())
    }
}
