// SPDX-License-Identifier: Apache-2.0
//! Preparing a card from the record of a recognised person, and comparing it as the second officer.

use db::{NewCard, PersonRow};
use domain::{
    access::{Act, CardFile, PersonFile},
    card::CardAction,
    id::CaseId,
    number::{CardNumber, PersonNumber},
    refusal::Refusal,
    time::Date,
};
use rand_core::Rng as _;

use super::{advance, face::face_of, load};
use crate::{
    AppError, UseCase, asylum,
    jobs::{self, Job},
    port::CardFace,
    procedures::checked_text,
    unit::Unit,
};

/// Entries of the status list: enough for every card of the country for a decade, 256 KiB before compression.
pub const STATUS_LIST_ENTRIES: u32 = 1 << 20;
/// Draws of a place in the status list before giving up: with half of the list taken, one in 2^64 would fail.
const DRAWS_MAX: usize = 64;
/// Where the face is sealed.
pub(crate) const FACE_PLACE: &str = "card.face";

/// Prepares a card.
pub struct PrepareCard {
    /// The holder.
    pub person: PersonNumber,
    /// The card that it replaces, with the reason (code list `card_replace_reason`): that card ends in the same
    /// transaction.
    pub replaces: Option<(CardNumber, String)>,
}

impl UseCase for PrepareCard {
    const ACT: Act = Act::PrepareCard;
    type Output = CardNumber;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CardNumber, AppError> {
        let basis = unit.cite_for(Act::PrepareCard.as_str())?;
        let (persons, permit) = (unit.permit.open::<PersonFile>()?, unit.permit.open::<CardFile>()?);
        let person = unit.find_person_by_number(&persons, &self.person).await?.ok_or(Refusal::NotFound("person"))?;
        unit.concerns(person.id)?;
        let case = recognising_case(unit, &person).await?;
        check_age(unit, &person)?;
        if let Some((old, reason)) = &self.replaces {
            unit.check_code("card_replace_reason", reason, "reason")?;
            let mut old = load(unit, &permit, old).await?;
            if old.person != Some(person.id) {
                return Err(Refusal::NotFound("card of this person").into());
            }
            let basis = unit.cite_for("replace_card")?;
            advance(unit, &permit, &mut old, CardAction::Replace, basis, Some(reason)).await?;
        }
        let number = CardNumber::draw(&mut unit.rng);
        let (issued_on, expires_on) = (unit.today, expiry(unit)?);
        let face = face_of(unit, &person, &number, issued_on, expires_on).await?;
        let face = serde_json::to_string(&face).map_err(|_| AppError::Fault("a face is always JSON"))?;
        let new = NewCard {
            id: unit.new_id(),
            number: number.clone(),
            person: person.id,
            case,
            office: unit.actor().office.clone(),
            status_index: draw_status_index(unit).await?,
            issued_on,
            expires_on,
            face: unit.seal_text(person.id, FACE_PLACE, &face).await?,
            basis,
            by: unit.actor().account,
            at: unit.now,
        };
        unit.about("card", new.id);
        unit.insert_card(&permit, new).await?;
        // The list calls every place valid that it does not know: before anybody can sign the card, its place must say that
        // it is not yet in its holder's hands.
        jobs::ask(unit, Job::PublishStatusList).await?;
        Ok(number)
    }
}

/// The case that recognised this person; a derivative recognition counts too.
pub(super) async fn recognising_case(unit: &mut Unit<'_>, person: &PersonRow) -> Result<CaseId, AppError> {
    for case in unit.list_cases_of_person(person.id).await? {
        let procedure = unit.pack.procedure(&case.procedure);
        let outcome = case.snapshot.outcome.as_ref().zip(procedure).and_then(|(code, p)| p.outcome(code));
        let is_asylum = case.procedure.as_str() == asylum::PROCEDURE;
        if is_asylum && outcome.is_some_and(|outcome| !outcome.is_adverse) {
            return Ok(case.id);
        }
    }
    Err(Refusal::Missing("recognition as a refugee".into()).into())
}

pub(super) fn check_age(unit: &Unit<'_>, person: &PersonRow) -> Result<(), AppError> {
    let age = i16::try_from(unit.figure("card.own_from_age_years")?).unwrap_or(i16::MAX);
    if age > 0 && person.birth.is_younger_than(age, unit.today) {
        return Err(Refusal::Missing(format!("the age of {age} years for an own card")).into());
    }
    Ok(())
}

pub(super) fn expiry(unit: &Unit<'_>) -> Result<Date, AppError> {
    let years = unit.figure("refugee_card.validity_years")?;
    let span = jiff::Span::new().try_years(years).map_err(|_| AppError::Pack("possible validity of a card".into()))?;
    unit.today.checked_add(span).map_err(|_| AppError::Pack("possible validity of a card".into()))
}

/// A random place that was never given out, so that the list does not tell the order of issue.
async fn draw_status_index(unit: &mut Unit<'_>) -> Result<i64, AppError> {
    for _ in 0..DRAWS_MAX {
        let index = i64::from(unit.rng.next_u32() % STATUS_LIST_ENTRIES);
        if !unit.is_status_index_taken(index).await? {
            return Ok(index);
        }
    }
    Err(AppError::Fault("the status list is full"))
}

/// Compares a prepared card with the record as it stands, as the second officer.
pub struct CheckCard {
    /// Card.
    pub number: CardNumber,
}

impl UseCase for CheckCard {
    const ACT: Act = Act::CheckCard;
    type Output = CardFace;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CardFace, AppError> {
        let basis = unit.cite_for(Act::CheckCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let mut card = load(unit, &permit, &self.number).await?;
        if card.prepared_by == unit.actor().account {
            return Err(Refusal::SameOfficer.into());
        }
        let prepared = open_face(unit, &card).await?;
        let present = present_face(unit, &card, &prepared).await??;
        if present != prepared {
            return Err(
                Refusal::field("card", "the record was changed since: spoil this card and prepare another").into()
            );
        }
        let by = unit.actor().account;
        unit.update_card_checked(card.id, by).await?;
        advance(unit, &permit, &mut card, CardAction::Check, basis, None).await?;
        Ok(prepared)
    }
}

/// What a prepared card would show if it were made of the record as it stands; a refusal if none can be made of it.
pub(super) async fn present_face(
    unit: &mut Unit<'_>,
    card: &db::CardRow,
    prepared: &CardFace,
) -> Result<Result<CardFace, Refusal>, AppError> {
    let person = card.person.ok_or(Refusal::NotFound("holder"))?;
    let person = unit.find_person_by_id(person).await?.ok_or(Refusal::NotFound("holder"))?;
    match face_of(unit, &person, &card.number, card.issued_on, card.expires_on).await {
        Ok(face) => Ok(Ok(CardFace { office: prepared.office.clone(), ..face })),
        Err(AppError::Refused(refusal)) => Ok(Err(refusal)),
        Err(error) => Err(error),
    }
}

/// Opens the face of a card.
pub(crate) async fn open_face(unit: &mut Unit<'_>, card: &db::CardRow) -> Result<CardFace, AppError> {
    let person = card.person.ok_or(Refusal::NotFound("holder"))?;
    let face = unit.open_text(person, FACE_PLACE, card.face.clone()).await?.ok_or(Refusal::NotFound("holder"))?;
    Ok(serde_json::from_str(&face).map_err(|_| db::DbError::Damaged { what: FACE_PLACE.into() })?)
}

/// Checks a reason that an officer writes himself.
pub(crate) fn own_words(reason: &str) -> Result<&str, Refusal> {
    checked_text("reason", Some(reason))
}
