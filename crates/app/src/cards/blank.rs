// SPDX-License-Identifier: Apache-2.0
//! The stock of blank cards: numbered, used once, spoiled with a reason, counted.

use db::BlankState;
use domain::{
    access::{Act, CardFile},
    card::CardAction,
    number::CardNumber,
    refusal::Refusal,
};

use super::{advance, load};
use crate::{AppError, UseCase, unit::Unit};

/// Blanks taken into stock at once.
pub const BLANKS_PER_DELIVERY_MAX: usize = 1_000;
/// Characters of a blank's number.
const BLANK_NUMBER_CHARACTERS_MAX: usize = 20;

/// Takes blanks into stock.
pub struct AddBlanks {
    /// Their printed numbers.
    pub numbers: Vec<String>,
}

impl UseCase for AddBlanks {
    const ACT: Act = Act::KeepBlanks;
    type Output = usize;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<usize, AppError> {
        unit.cite_for(Act::KeepBlanks.as_str())?;
        if self.numbers.is_empty() || self.numbers.len() > BLANKS_PER_DELIVERY_MAX {
            return Err(Refusal::field("numbers", format!("1 to {BLANKS_PER_DELIVERY_MAX} numbers")).into());
        }
        let (office, now) = (unit.actor().office.clone(), unit.now);
        for (position, number) in self.numbers.iter().enumerate() {
            let is_number = number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if number.is_empty() || number.len() > BLANK_NUMBER_CHARACTERS_MAX || !is_number {
                let problem = format!("1 to {BLANK_NUMBER_CHARACTERS_MAX} letters, digits and hyphens");
                return Err(Refusal::field(format!("numbers[{position}]"), problem).into());
            }
            unit.insert_blank(number, &office, now).await?;
        }
        Ok(self.numbers.len())
    }
}

/// Spoils a blank; a card that was printed on it is printed again on another.
pub struct SpoilBlank {
    /// Number of the blank.
    pub blank: String,
    /// The card that was printed on it, if any.
    pub card: Option<CardNumber>,
    /// Why (code list `blank_spoiled_reason`).
    pub reason: String,
}

impl UseCase for SpoilBlank {
    const ACT: Act = Act::KeepBlanks;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        let basis = unit.cite_for("spoil_blank")?;
        unit.check_code("blank_spoiled_reason", &self.reason, "reason")?;
        let mut office = unit.actor().office.clone();
        if let Some(number) = &self.card {
            let permit = unit.permit.open::<CardFile>()?;
            let mut card = load(unit, &permit, number).await?;
            if unit.find_blank_of_card(card.id).await?.as_deref() != Some(self.blank.as_str()) {
                return Err(Refusal::field("card", "was not printed on this blank").into());
            }
            office.clone_from(&card.office);
            advance(unit, &permit, &mut card, CardAction::Misprint, basis, Some(&self.reason)).await?;
        }
        let now = unit.now;
        let state = if self.card.is_some() { BlankState::Used } else { BlankState::InStock };
        if !unit.spoil_blank(&self.blank, &office, &self.reason, state, now).await? {
            return Err(Refusal::NotFound("blank that can be spoiled").into());
        }
        Ok(())
    }
}

/// Throws a card away that nobody holds yet, for example because the record was changed after it was prepared; the blank
/// on which it was printed goes with it. Another card can be prepared then.
pub struct SpoilCard {
    /// Card.
    pub number: CardNumber,
    /// Why (code list `blank_spoiled_reason`).
    pub reason: String,
}

impl UseCase for SpoilCard {
    const ACT: Act = Act::KeepBlanks;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        let basis = unit.cite_for("spoil_blank")?;
        let permit = unit.permit.open::<CardFile>()?;
        unit.check_code("blank_spoiled_reason", &self.reason, "reason")?;
        let mut card = load(unit, &permit, &self.number).await?;
        let blank = unit.find_blank_of_card(card.id).await?;
        advance(unit, &permit, &mut card, CardAction::Spoil, basis, Some(&self.reason)).await?;
        let now = unit.now;
        match blank {
            Some(blank) if !unit.spoil_blank(&blank, &card.office, &self.reason, BlankState::Used, now).await? => {
                Err(Refusal::Conflict.into())
            }
            _ => Ok(()),
        }
    }
}

/// Counts the blanks of the office by state.
pub struct CountBlanks;

impl UseCase for CountBlanks {
    const ACT: Act = Act::KeepBlanks;
    type Output = Vec<(String, i64)>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<(String, i64)>, AppError> {
        unit.cite_for(Act::KeepBlanks.as_str())?;
        let office = unit.actor().office.clone();
        Ok(unit.count_blanks(&office).await?)
    }
}
