// SPDX-License-Identifier: Apache-2.0
//! The hand-over list of a distribution: who is expected, whether a card waits for her, whether the gift is hers to have.

use db::{Distribution, Guest, GuestFilter, StoredReceipt};
use domain::{
    access::{Act, AssistanceFile, Authorized, PersonFile},
    audit::SUBJECTS_PER_RECORD_MAX,
    card::{CardState, PublishedStatus},
    id::{EventId, PersonId, RowId},
    number::{CardNumber, CaseNumber, PersonNumber},
    refusal::Refusal,
    registry::search_key,
    time::Timestamp,
};

use super::is_entitled;
use crate::{
    AppError, UseCase, cards,
    registry::{Holder, holder},
    unit::Unit,
};

/// Distributions on one page.
pub const DISTRIBUTIONS_PER_PAGE: usize = 50;
/// Rows of the hand-over list on one page: each can name a person and who answers for her.
pub const GUESTS_PER_PAGE: usize = SUBJECTS_PER_RECORD_MAX / 2;
/// Persons put on a list at once.
pub const INVITED_MAX: usize = SUBJECTS_PER_RECORD_MAX;

/// A page of distributions.
#[derive(Clone, Debug)]
pub struct DistributionPage {
    /// The distributions, latest first.
    pub distributions: Vec<Distribution>,
    /// The distribution before which the next page begins; `None` on the last one.
    pub next: Option<EventId>,
}

/// Lists distributions.
pub struct ListDistributions {
    /// The distribution before which the page begins.
    pub before: Option<EventId>,
}

impl UseCase for ListDistributions {
    const ACT: Act = Act::HandOverGift;
    type Output = DistributionPage;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<DistributionPage, AppError> {
        unit.cite_for(Act::HandOverGift.as_str())?;
        unit.permit.open::<AssistanceFile>()?;
        let limit = i64::try_from(DISTRIBUTIONS_PER_PAGE + 1).unwrap_or(i64::MAX);
        let mut distributions = unit.list_distributions(self.before, limit).await?;
        let has_more = distributions.len() > DISTRIBUTIONS_PER_PAGE;
        distributions.truncate(DISTRIBUTIONS_PER_PAGE);
        let next = distributions.last().filter(|_| has_more).map(|last| last.id);
        Ok(DistributionPage { distributions, next })
    }
}

/// Whether the families of the invited are invited with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    /// Each person alone.
    Alone,
    /// Each person with the present members of her family.
    WithFamily,
}

/// Puts persons on the hand-over list; who is on it already stays there once.
pub struct InviteGuests {
    /// Code of the distribution.
    pub distribution: String,
    /// Whom.
    pub persons: Vec<PersonNumber>,
    /// With or without their families.
    pub company: Company,
}

impl UseCase for InviteGuests {
    const ACT: Act = Act::HandOverGift;
    type Output = usize;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<usize, AppError> {
        unit.cite_for(Act::HandOverGift.as_str())?;
        let (permit, persons) = (unit.permit.open::<AssistanceFile>()?, unit.permit.open::<PersonFile>()?);
        let distribution = distribution(unit, &self.distribution).await?;
        unit.about("distribution", distribution.id);
        if self.persons.is_empty() || self.persons.len() > INVITED_MAX {
            return Err(Refusal::field("persons", format!("1 to {INVITED_MAX} at once")).into());
        }
        let mut invited = 0;
        for (position, number) in self.persons.iter().enumerate() {
            let Some(person) = unit.find_person_by_number(&persons, number).await? else {
                return Err(Refusal::field(format!("persons[{position}]"), "there is no such person").into());
            };
            let mut company = vec![person.id];
            if self.company == Company::WithFamily {
                company.extend(family_of(unit, person.id).await?);
            }
            for person in company {
                if unit.is_guest(&permit, distribution.id, person).await? {
                    continue;
                }
                unit.concerns(person)?;
                let (guest, by, now) = (Guest { id: row_id(unit, invited), person }, unit.actor().account, unit.now);
                unit.insert_guest(&permit, guest, distribution.id, by, now).await?;
                invited += 1;
            }
        }
        Ok(invited)
    }
}

/// An identifier that sorts after those of the rows put on the list with it before: a family stays together.
fn row_id(unit: &mut Unit<'_>, position: usize) -> RowId {
    let later = i64::try_from(position).unwrap_or(0).saturating_mul(1_000);
    let moment = Timestamp::from_microseconds(unit.now.as_microseconds() + later).unwrap_or(unit.now);
    RowId::new(moment, &mut unit.rng)
}

/// The other present members of a person's family.
async fn family_of(unit: &mut Unit<'_>, person: PersonId) -> Result<Vec<PersonId>, AppError> {
    let persons = unit.permit.open::<PersonFile>()?;
    let Some(family) = unit.find_family_of(person).await? else { return Ok(Vec::new()) };
    let members = unit.list_family_members(&persons, family).await?;
    let others = members.into_iter().filter(|member| member.to.is_none() && member.person != person);
    Ok(others.map(|member| member.person).collect())
}

/// A receipt as shown.
#[derive(Clone, Debug)]
pub struct Given {
    /// Number of the receipt.
    pub number: CaseNumber,
    /// The item's code.
    pub item: String,
    /// Name of the officer's account.
    pub officer: String,
    /// Office, as a code of the country pack.
    pub office: String,
    /// When.
    pub at: Timestamp,
}

impl From<StoredReceipt> for Given {
    fn from(stored: StoredReceipt) -> Self {
        let StoredReceipt { number, item, officer, office, at, .. } = stored;
        Self { number, item, officer, office, at }
    }
}

/// A row of the hand-over list.
#[derive(Clone, Debug)]
pub struct ListedGuest {
    /// Identifier, for the next page.
    pub id: RowId,
    /// Who is expected.
    pub holder: Holder,
    /// Her card that is in use or on its way, with its state.
    pub card: Option<(CardNumber, CardState)>,
    /// Who receives a printed card: the one who answers for a child, else the holder.
    pub receiver: Option<Holder>,
    /// Whether she may have the gift now.
    pub is_entitled: bool,
    /// What she received.
    pub given: Option<Given>,
}

/// Which of the expected are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GuestQuery {
    /// All.
    #[default]
    All,
    /// Those who have received nothing yet.
    Waiting,
    /// One person.
    Person(PersonNumber),
    /// The holder of a card.
    Card(CardNumber),
    /// Those of whom a name begins so.
    Name(String),
}

/// A page of the hand-over list.
#[derive(Clone, Debug)]
pub struct HandOverList {
    /// The distribution.
    pub distribution: Distribution,
    /// Its rows, in the order in which they were put on the list.
    pub guests: Vec<ListedGuest>,
    /// The row after which the next page begins; `None` on the last one.
    pub next: Option<RowId>,
    /// How many are expected.
    pub expected: i64,
    /// How many have received a gift, on the list or not.
    pub given: i64,
}

/// Shows the hand-over list.
pub struct ShowHandOverList {
    /// Code of the distribution.
    pub distribution: String,
    /// Which of the expected.
    pub query: GuestQuery,
    /// The row after which the page begins.
    pub after: Option<RowId>,
}

impl UseCase for ShowHandOverList {
    const ACT: Act = Act::HandOverGift;
    type Output = HandOverList;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<HandOverList, AppError> {
        unit.cite_for(Act::HandOverGift.as_str())?;
        let permit = unit.permit.open::<AssistanceFile>()?;
        let distribution = distribution(unit, &self.distribution).await?;
        unit.about("distribution", distribution.id);
        let expected = unit.count_guests(&permit, distribution.id).await?;
        let given = unit.count_receipts(&permit, distribution.id).await?;
        let limit = i64::try_from(GUESTS_PER_PAGE + 1).unwrap_or(i64::MAX);
        let mut rows = match self.filter(unit).await? {
            Some(filter) => unit.list_guests(&permit, distribution.id, &filter, self.after, limit).await?,
            None => Vec::new(),
        };
        let has_more = rows.len() > GUESTS_PER_PAGE;
        rows.truncate(GUESTS_PER_PAGE);
        let next = rows.last().filter(|_| has_more).map(|row| row.id);
        let mut guests = Vec::with_capacity(rows.len());
        for row in rows {
            guests.push(listed(unit, &permit, distribution.id, row).await?);
        }
        Ok(HandOverList { distribution, guests, next, expected, given })
    }
}

impl ShowHandOverList {
    /// What is asked of the database; `None` when nobody can be meant.
    async fn filter(&self, unit: &mut Unit<'_>) -> Result<Option<GuestFilter>, AppError> {
        Ok(match &self.query {
            GuestQuery::All => Some(GuestFilter::All),
            GuestQuery::Waiting => Some(GuestFilter::Waiting),
            GuestQuery::Person(number) => {
                unit.find_person_unrestricted(number).await?.map(|person| GuestFilter::Person(person.id))
            }
            GuestQuery::Card(number) => unit.find_holder_of_card(number).await?.map(GuestFilter::Person),
            GuestQuery::Name(name) => {
                Some(search_key(name.trim())).filter(|key| !key.is_empty()).map(GuestFilter::Name)
            }
        })
    }
}

async fn listed(
    unit: &mut Unit<'_>,
    permit: &Authorized<AssistanceFile>,
    distribution: EventId,
    Guest { id, person }: Guest,
) -> Result<ListedGuest, AppError> {
    unit.concerns(person)?;
    let cards = unit.list_cards_of_person(person).await?;
    let card = cards.into_iter().rfind(|card| card.state.published() != PublishedStatus::Invalid);
    let card = card.map(|card| (card.number, card.state));
    let receiver = match &card {
        Some((_, CardState::Printed)) => cards::receivers(unit, person).await?.into_iter().next(),
        _ => None,
    };
    let given = unit.find_receipt(permit, distribution, person).await?.map(Given::from);
    let is_entitled = given.is_none() && is_entitled(unit, person).await?;
    Ok(ListedGuest { id, holder: holder(unit, person).await?, card, receiver, is_entitled, given })
}

/// A receipt with all that its print view says.
#[derive(Clone, Debug)]
pub struct ReceiptView {
    /// The distribution.
    pub distribution: Distribution,
    /// Who received.
    pub holder: Holder,
    /// What, where and when.
    pub given: Given,
}

/// Which receipt is asked for.
#[derive(Clone, Debug)]
pub enum ReceiptQuery {
    /// That of a number.
    Number(CaseNumber),
    /// That of a person at a distribution, to be told when and where a gift was given already.
    Of(String, PersonNumber),
}

/// Shows a receipt.
pub struct ShowReceipt(pub ReceiptQuery);

impl UseCase for ShowReceipt {
    const ACT: Act = Act::HandOverGift;
    type Output = ReceiptView;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<ReceiptView, AppError> {
        unit.cite_for(Act::HandOverGift.as_str())?;
        let permit = unit.permit.open::<AssistanceFile>()?;
        let found = match &self.0 {
            ReceiptQuery::Number(number) => unit.find_receipt_by_number(&permit, number).await?,
            ReceiptQuery::Of(code, number) => {
                let distribution = distribution(unit, code).await?;
                let person = unit.find_person_unrestricted(number).await?.ok_or(Refusal::NotFound("person"))?;
                unit.find_receipt(&permit, distribution.id, person.id).await?
            }
        };
        let found = found.ok_or(Refusal::NotFound("receipt"))?;
        let distribution = unit.find_distribution_by_id(found.distribution).await?;
        let distribution = distribution.ok_or(Refusal::NotFound("distribution"))?;
        unit.about("distribution", distribution.id);
        unit.concerns(found.person)?;
        Ok(ReceiptView { distribution, holder: holder(unit, found.person).await?, given: found.into() })
    }
}

async fn distribution(unit: &mut Unit<'_>, code: &str) -> Result<Distribution, AppError> {
    Ok(unit.find_distribution(code).await?.ok_or(Refusal::NotFound("distribution"))?)
}
