// SPDX-License-Identifier: Apache-2.0
//! A card in its holder's hands: handed over, suspended, reinstated, shown.

use db::{CardRow, StoredCardEvent};
use domain::{
    access::{Act, CardFile},
    card::CardAction,
    number::{CardNumber, PersonNumber},
    refusal::Refusal,
    time::Date,
};

use super::{
    advance, load,
    prepare::{open_face, own_words},
};
use crate::{AppError, UseCase, port::CardFace, registry::Holder, unit::Unit};

/// Hands a printed card over: to the holder in person; a child's card to the person who answers for the child.
pub struct HandOverCard {
    /// Card.
    pub number: CardNumber,
    /// Who stands at the counter.
    pub received_by: PersonNumber,
}

/// A card as handed over, for the receipt.
#[derive(Clone, Debug)]
pub struct HandedOver {
    /// Whose card it is.
    pub holder: Holder,
    /// What stands on it.
    pub face: CardFace,
    /// The day.
    pub on: Date,
}

impl UseCase for HandOverCard {
    const ACT: Act = Act::HandOverCard;
    type Output = HandedOver;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<HandedOver, AppError> {
        let basis = unit.cite_for(Act::HandOverCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let mut card = load(unit, &permit, &self.number).await?;
        let holder = card.person.ok_or(Refusal::NotFound("holder"))?;
        let holder = unit.find_person_by_id(holder).await?.ok_or(Refusal::NotFound("holder"))?;
        let persons = unit.permit.open::<domain::access::PersonFile>()?;
        let receiver = unit.find_person_by_number(&persons, &self.received_by).await?;
        let receiver = receiver.ok_or(Refusal::NotFound("person"))?;
        if receiver.id != holder.id {
            if answering_for(unit, &holder).await? != Some(receiver.id) {
                return Err(Refusal::field("received_by", "the card is handed to its holder in person").into());
            }
            unit.concerns(receiver.id)?;
        }
        advance(unit, &permit, &mut card, CardAction::HandOver, basis, None).await?;
        let now = unit.now;
        unit.update_card_handed_over(card.id, now).await?;
        let face = open_face(unit, &card).await?;
        Ok(HandedOver { holder: crate::registry::holder(unit, holder.id).await?, face, on: unit.today })
    }
}

/// Who answers for a holder who is too young to receive a card in person; `None` for all others.
async fn answering_for(unit: &mut Unit<'_>, holder: &db::PersonRow) -> Result<Option<domain::id::PersonId>, AppError> {
    let age = unit.figure("card.hand_over_in_person_from_age_years")?;
    if !holder.birth.is_younger_than(i16::try_from(age).unwrap_or(i16::MAX), unit.today) {
        return Ok(None);
    }
    let persons = unit.permit.open::<domain::access::PersonFile>()?;
    let Some(family) = unit.find_family_of(holder.id).await? else { return Ok(None) };
    let members = unit.list_family_members(&persons, family).await?;
    let own = members.iter().find(|member| member.person == holder.id && member.to.is_none());
    Ok(own.and_then(|member| member.guardian))
}

/// Who may receive a card at the counter: the holder, and for a child also who answers for her. The one who answers comes
/// first, because she is the one who comes.
pub(crate) async fn receivers(unit: &mut Unit<'_>, holder: domain::id::PersonId) -> Result<Vec<Holder>, AppError> {
    let row = unit.find_person_by_id(holder).await?.ok_or(Refusal::NotFound("holder"))?;
    let mut receivers = Vec::new();
    if let Some(guardian) = answering_for(unit, &row).await? {
        unit.concerns(guardian)?;
        receivers.push(crate::registry::holder(unit, guardian).await?);
    }
    receivers.push(crate::registry::holder(unit, holder).await?);
    Ok(receivers)
}

/// The receipt of a card that was handed over.
#[derive(Clone, Debug)]
pub struct CardReceiptView {
    /// Card, holder and day.
    pub handed_over: HandedOver,
    /// Name of the account of the officer who handed it over.
    pub officer: String,
}

/// Shows again what the receipt of a card says that was handed over.
pub struct CardReceipt {
    /// Card.
    pub number: CardNumber,
}

impl UseCase for CardReceipt {
    const ACT: Act = Act::HandOverCard;
    type Output = CardReceiptView;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CardReceiptView, AppError> {
        unit.cite_for(Act::HandOverCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let card = load(unit, &permit, &self.number).await?;
        let (holder, at) = card.person.zip(card.handed_over_at).ok_or(Refusal::NotFound("receipt"))?;
        let face = open_face(unit, &card).await?;
        let on = at.date_in(unit.pack.time_zone());
        let events = unit.list_card_events(&permit, card.id).await?;
        let officer = events.into_iter().find(|event| event.action == CardAction::HandOver.as_str());
        let officer = officer.map(|event| event.officer).ok_or(Refusal::NotFound("receipt"))?;
        let handed_over = HandedOver { holder: crate::registry::holder(unit, holder).await?, face, on };
        Ok(CardReceiptView { handed_over, officer })
    }
}

/// Suspends a card, for example one reported lost.
pub struct SuspendCard {
    /// Card.
    pub number: CardNumber,
    /// Why (code list `card_suspend_reason`).
    pub reason: String,
}

impl UseCase for SuspendCard {
    const ACT: Act = Act::SuspendCard;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        let basis = unit.cite_for(Act::SuspendCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        unit.check_code("card_suspend_reason", &self.reason, "reason")?;
        let mut card = load(unit, &permit, &self.number).await?;
        advance(unit, &permit, &mut card, CardAction::Suspend, basis, Some(&self.reason)).await?;
        Ok(())
    }
}

/// Lifts a suspension.
pub struct ReinstateCard {
    /// Card.
    pub number: CardNumber,
    /// Why, in the officer's words.
    pub reason: String,
}

impl UseCase for ReinstateCard {
    const ACT: Act = Act::SuspendCard;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        let basis = unit.cite_for("reinstate_card")?;
        let permit = unit.permit.open::<CardFile>()?;
        let reason = own_words(&self.reason)?;
        let mut card = load(unit, &permit, &self.number).await?;
        advance(unit, &permit, &mut card, CardAction::Reinstate, basis, Some(reason)).await?;
        Ok(())
    }
}

/// A card's record as shown.
#[derive(Clone, Debug)]
pub struct CardView {
    /// The card.
    pub card: CardRow,
    /// Its events.
    pub events: Vec<StoredCardEvent>,
    /// The blank on which it was printed.
    pub blank: Option<String>,
    /// The text of its QR code, once signed.
    pub qr_text: Option<String>,
}

/// Shows a card's record.
pub struct ShowCard {
    /// Card.
    pub number: CardNumber,
}

impl UseCase for ShowCard {
    const ACT: Act = Act::ShowCard;
    type Output = CardView;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CardView, AppError> {
        unit.cite_for(Act::ShowCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let card = load(unit, &permit, &self.number).await?;
        let events = unit.list_card_events(&permit, card.id).await?;
        let blank = unit.find_blank_of_card(card.id).await?;
        let qr_text = match card.person {
            Some(person) => unit.open_text(person, super::sign::QR_PLACE, card.qr_text.clone()).await?,
            None => None,
        };
        Ok(CardView { card, events, blank, qr_text })
    }
}
