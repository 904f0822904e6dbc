// SPDX-License-Identifier: Apache-2.0
//! Help handed out at an event: once to each person, whatever desk she comes to.

mod list;

use db::NewReceipt;
use domain::{
    access::{Act, AssistanceFile, PersonFile},
    card::CardState,
    id::EventId,
    number::{CaseNumber, PersonNumber},
    refusal::Refusal,
    time::Date,
};

use crate::{
    AppError, UseCase,
    registry::{Holder, JOINED_OTHER, holder},
    unit::Unit,
};

pub use db::Distribution;
pub use list::{
    Company, DISTRIBUTIONS_PER_PAGE, DistributionPage, GUESTS_PER_PAGE, Given, GuestQuery, HandOverList, INVITED_MAX,
    InviteGuests, ListDistributions, ListedGuest, ReceiptQuery, ReceiptView, ShowHandOverList, ShowReceipt,
};

/// Opens a distribution: an event at which something is handed out once to each.
pub struct OpenDistribution {
    /// Code, unique.
    pub code: String,
    /// Name.
    pub name: String,
    /// Day.
    pub on: Date,
}

impl UseCase for OpenDistribution {
    const ACT: Act = Act::HandOverGift;
    type Output = EventId;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<EventId, AppError> {
        unit.cite_for(Act::HandOverGift.as_str())?;
        domain::procedure::ActionCode::parse(&self.code).map_err(|error| Refusal::field("code", error.to_string()))?;
        let name = crate::procedures::checked_text("name", Some(&self.name))?.to_owned();
        let office = unit.actor().office.clone();
        let new = Distribution { id: unit.new_id(), code: self.code.clone(), name, on: self.on, office };
        let now = unit.now;
        unit.insert_distribution(&new, now).await?;
        let stored = unit.find_distribution(&self.code).await?.ok_or(Refusal::NotFound("distribution"))?;
        Ok(stored.id)
    }
}

/// What was handed over.
#[derive(Clone, Debug)]
pub struct GiftReceipt {
    /// Number of the receipt, for people.
    pub number: CaseNumber,
    /// Who received.
    pub holder: Holder,
    /// Office that gives, as a code of the country pack.
    pub office: String,
    /// The distribution's name.
    pub distribution: String,
    /// The item's code.
    pub item: String,
    /// The day.
    pub on: Date,
}

/// Hands a gift over to a person, in person, once.
pub struct HandOverGift {
    /// Code of the distribution.
    pub distribution: String,
    /// Who receives.
    pub person: PersonNumber,
    /// What (code list `assistance_item`).
    pub item: String,
}

impl UseCase for HandOverGift {
    const ACT: Act = Act::HandOverGift;
    type Output = GiftReceipt;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<GiftReceipt, AppError> {
        let basis = unit.cite_for(Act::HandOverGift.as_str())?;
        let permit = unit.permit.open::<AssistanceFile>()?;
        unit.check_code("assistance_item", &self.item, "item")?;
        let distribution = unit.find_distribution(&self.distribution).await?;
        let distribution = distribution.ok_or(Refusal::NotFound("distribution"))?;
        let person = unit.find_person_unrestricted(&self.person).await?.ok_or(Refusal::NotFound("person"))?;
        unit.concerns(person.id)?;
        if !is_entitled(unit, person.id).await? {
            return Err(Refusal::Missing("a refugee card in use, or a displaced family".into()).into());
        }
        let new = NewReceipt {
            id: unit.new_id(),
            number: CaseNumber::draw(&mut unit.rng),
            distribution: distribution.id,
            person: person.id,
            item: self.item.clone(),
            basis,
            by: unit.actor().account,
            at: unit.now,
        };
        unit.about("distribution", distribution.id);
        let number = new.number.clone();
        unit.insert_receipt(&permit, new).await?;
        Ok(GiftReceipt {
            number,
            holder: holder(unit, person.id).await?,
            office: unit.actor().office.clone(),
            distribution: distribution.name,
            item: self.item.clone(),
            on: unit.today,
        })
    }
}

/// Help at an event is for holders of a refugee card and members of displaced families.
async fn is_entitled(unit: &mut Unit<'_>, person: domain::id::PersonId) -> Result<bool, AppError> {
    let cards = unit.list_cards_of_person(person).await?;
    if cards.iter().any(|card| card.state == CardState::Active) {
        return Ok(true);
    }
    // Whether she was displaced is asked for the entitlement only; nothing of it is shown. Who was displaced alone keeps
    // that when she joins another family.
    match unit.permit.open::<PersonFile>() {
        Ok(persons) => Ok(unit.is_displaced(&persons, person, JOINED_OTHER).await?),
        Err(_) => Ok(false),
    }
}
