// SPDX-License-Identifier: Apache-2.0
//! Printing a signed card on a numbered blank. The PDF is set after the commit; printing again uses the same blank.

use std::sync::Arc;

use db::vault::DataKey;
use domain::{
    access::{Act, CardFile},
    card::{CardAction, CardState},
    number::CardNumber,
    refusal::Refusal,
};

use super::{advance, load, prepare::open_face, sign::QR_PLACE};
use crate::{
    AppError, Context, Outcome, Service, UseCase,
    port::{CardFace, CardPrinter},
    registry::{load_photo, photo_key},
    unit::Unit,
};

/// A printed card with its pictures.
pub struct PrintedCard {
    /// Number of the blank.
    pub blank: String,
    /// The card, front and back.
    pub pdf: Vec<u8>,
    /// The text of its QR code.
    pub qr_text: String,
    /// The QR code as PNG.
    pub qr_picture: Vec<u8>,
    /// What stands on it.
    pub face: CardFace,
}

/// Prints a card: takes a blank, then sets the PDF.
///
/// # Errors
/// [`AppError`]; when the PDF cannot be set the blank stays with the card, and printing again uses it.
pub async fn print_card(
    service: &Service,
    context: &Context,
    printer: &Arc<dyn CardPrinter>,
    number: &CardNumber,
) -> Result<Outcome<PrintedCard>, AppError> {
    let taken = match service.run(context, TakeBlank { number: number.clone() }).await? {
        Outcome::Done(taken) => taken,
        Outcome::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let photo = match taken.photo {
        Some((name, key)) => Some(load_photo(service, name, key).await?),
        None => None,
    };
    let printer = printer.clone();
    let (face, qr_text, blank) = (taken.face, taken.qr_text, taken.blank);
    let set = tokio::task::spawn_blocking(move || {
        let pdf = printer.card(&face, photo.as_ref().map(|photo| photo.as_slice()), &qr_text)?;
        let qr_picture = printer.qr_picture(&qr_text)?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(PrintedCard { blank, pdf, qr_text, qr_picture, face })
    });
    let set = set.await.map_err(|error| AppError::store("a worker thread ended", error))?;
    Ok(Outcome::Done(set.map_err(|error| AppError::store("the card could not be set", error))?))
}

/// What printing needs.
struct Taken {
    blank: String,
    face: CardFace,
    qr_text: String,
    photo: Option<(String, DataKey)>,
}

/// Takes a blank for a signed card, or the one it already has.
struct TakeBlank {
    number: CardNumber,
}

impl UseCase for TakeBlank {
    const ACT: Act = Act::PrintCard;
    type Output = Taken;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Taken, AppError> {
        let basis = unit.cite_for(Act::PrintCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let mut card = load(unit, &permit, &self.number).await?;
        if card.state != CardState::Printed {
            advance(unit, &permit, &mut card, CardAction::Print, basis, None).await?;
            let (now, office) = (unit.now, card.office.clone());
            if !unit.take_blank(card.id, &office, now).await? {
                return Err(Refusal::NoBlank.into());
            }
        }
        let blank = unit.find_blank_of_card(card.id).await?.ok_or(Refusal::NoBlank)?;
        let face = open_face(unit, &card).await?;
        let person = card.person.ok_or(Refusal::NotFound("holder"))?;
        let qr_text = unit.open_text(person, QR_PLACE, card.qr_text.clone()).await?;
        let qr_text = qr_text.ok_or(Refusal::CardState("unsigned"))?;
        let person = unit.find_person_by_id(person).await?.ok_or(Refusal::NotFound("holder"))?;
        let photo = photo_key(unit, &person).await?;
        Ok(Taken { blank, face, qr_text, photo })
    }
}
