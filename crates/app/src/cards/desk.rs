// SPDX-License-Identifier: Apache-2.0
//! The card desk: what lies there by state, a person about to have a card, a card beside the record, and what can be done
//! with it by the officer who looks.

use db::{CardRow, vault::DataKey};
use domain::{
    access::{Act, Actor, CardFile, PersonFile, roles_for},
    audit::SUBJECTS_PER_RECORD_MAX,
    card::{CardAction, CardState},
    id::CardId,
    number::{CardNumber, CaseNumber, PersonNumber},
    refusal::Refusal,
    sensitive::Sensitive,
    time::{Date, Timestamp},
};
use zeroize::Zeroizing;

use super::{
    face::face_of,
    load,
    prepare::{check_age, expiry, open_face, present_face, recognising_case},
};
use crate::{
    AppError, Context, Outcome, Service, UseCase,
    port::CardFace,
    registry::{Holder, holder, load_photo, photo_key},
    unit::Unit,
};

/// Cards on one page of the desk: as many persons as one record may name.
pub const CARDS_PER_PAGE: usize = SUBJECTS_PER_RECORD_MAX;
/// The states in which somebody has to do something with a card, in the order of a card's way over the desk.
pub const DESK_STATES: [CardState; 5] =
    [CardState::Prepared, CardState::Checked, CardState::Signed, CardState::Printed, CardState::Suspended];
/// Where the reason of an event is sealed.
const REASON_PLACE: &str = "card_event.reason";

/// A card in a list.
#[derive(Clone, Debug)]
pub struct ListedCard {
    /// Identifier, for the next page.
    pub id: CardId,
    /// Number.
    pub number: CardNumber,
    /// Whose; `None` after an erasure.
    pub holder: Option<Holder>,
    /// State.
    pub state: CardState,
    /// Office that prepared it.
    pub office: String,
    /// Day of issue.
    pub issued_on: Date,
    /// Last day of validity.
    pub expires_on: Date,
    /// What this officer can do with it now.
    pub actions: Vec<CardAction>,
}

/// A page of the desk.
#[derive(Clone, Debug)]
pub struct CardPage {
    /// The cards, oldest first.
    pub cards: Vec<ListedCard>,
    /// The card after which the next page begins; `None` on the last one.
    pub next: Option<CardId>,
    /// How many cards wait in each of [`DESK_STATES`], in that order.
    pub counts: Vec<(CardState, i64)>,
}

/// Lists the cards in a state.
pub struct ListCards {
    /// State.
    pub state: CardState,
    /// The card after which the page begins.
    pub after: Option<CardId>,
}

impl UseCase for ListCards {
    const ACT: Act = Act::ShowCard;
    type Output = CardPage;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CardPage, AppError> {
        unit.cite_for(Act::ShowCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let limit = i64::try_from(CARDS_PER_PAGE + 1).unwrap_or(i64::MAX);
        let mut rows = unit.list_cards_in_state(&permit, self.state, self.after, limit).await?;
        let has_more = rows.len() > CARDS_PER_PAGE;
        rows.truncate(CARDS_PER_PAGE);
        let next = rows.last().filter(|_| has_more).map(|row| row.id);
        let counted = unit.count_cards_by_state(&permit).await?;
        let count = |state| counted.iter().find(|(found, _)| *found == state).map_or(0, |(_, count)| *count);
        let counts = DESK_STATES.into_iter().map(|state| (state, count(state))).collect();
        Ok(CardPage { cards: listed(unit, rows).await?, next, counts })
    }
}

/// Lists the cards of a person, oldest first.
pub struct ListCardsOf {
    /// The holder.
    pub person: PersonNumber,
}

impl UseCase for ListCardsOf {
    const ACT: Act = Act::ShowCard;
    type Output = Vec<ListedCard>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<ListedCard>, AppError> {
        unit.cite_for(Act::ShowCard.as_str())?;
        let (persons, permit) = (unit.permit.open::<PersonFile>()?, unit.permit.open::<CardFile>()?);
        let person = unit.find_person_by_number(&persons, &self.person).await?.ok_or(Refusal::NotFound("person"))?;
        unit.concerns(person.id)?;
        let mut rows = unit.list_cards_of_person(person.id).await?;
        rows.retain(|row| permit.office().is_none_or(|office| row.office == office));
        listed(unit, rows).await
    }
}

async fn listed(unit: &mut Unit<'_>, rows: Vec<CardRow>) -> Result<Vec<ListedCard>, AppError> {
    let mut cards = Vec::with_capacity(rows.len());
    for row in rows {
        let holder = match row.person {
            Some(person) => {
                unit.concerns(person)?;
                Some(holder(unit, person).await?)
            }
            None => None,
        };
        let actions = open_actions(&row, unit.actor());
        let CardRow { id, number, state, office, issued_on, expires_on, .. } = row;
        cards.push(ListedCard { id, number, holder, state, office, issued_on, expires_on, actions });
    }
    Ok(cards)
}

/// What an officer can do with a card now. The answer of the use cases themselves would be the same.
pub fn open_actions(card: &CardRow, actor: &Actor) -> Vec<CardAction> {
    let is_open = |action: &CardAction| {
        let is_reprint = *action == CardAction::Print && card.state == CardState::Printed;
        let is_own_check = *action == CardAction::Check && card.prepared_by == actor.account;
        let is_possible = is_reprint || card.state.after(*action).is_ok();
        card.person.is_some() && is_possible && !is_own_check && roles_for(act_of(*action)).contains(&actor.role)
    };
    CardAction::ALL.iter().copied().filter(is_open).collect()
}

/// The act of the program with which an officer begins an action.
fn act_of(action: CardAction) -> Act {
    match action {
        CardAction::Check => Act::CheckCard,
        CardAction::Sign => Act::SignCard,
        CardAction::Print => Act::PrintCard,
        CardAction::HandOver => Act::HandOverCard,
        CardAction::Suspend | CardAction::Reinstate => Act::SuspendCard,
        CardAction::Revoke => Act::ProposeRevocation,
        CardAction::Replace => Act::PrepareCard,
        CardAction::Misprint | CardAction::Spoil => Act::KeepBlanks,
    }
}

/// What a person's card would show, before it is prepared.
#[derive(Clone, Debug)]
pub struct CardPreview {
    /// The holder.
    pub holder: Holder,
    /// What the card would show. Its number is drawn when the card is prepared; the one here is none.
    pub face: CardFace,
    /// The case that recognised the holder.
    pub case: CaseNumber,
    /// The card that she has or that is in preparation.
    pub live: Option<(CardNumber, CardState)>,
}

/// Shows what a person's card would say, and writes nothing.
pub struct PreviewCard {
    /// The holder.
    pub person: PersonNumber,
}

impl UseCase for PreviewCard {
    const ACT: Act = Act::PrepareCard;
    type Output = CardPreview;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CardPreview, AppError> {
        unit.cite_for(Act::PrepareCard.as_str())?;
        let persons = unit.permit.open::<PersonFile>()?;
        let person = unit.find_person_by_number(&persons, &self.person).await?.ok_or(Refusal::NotFound("person"))?;
        unit.concerns(person.id)?;
        let case = recognising_case(unit, &person).await?;
        check_age(unit, &person)?;
        let case = unit.find_case_by_id(case).await?.ok_or(Refusal::NotFound("case"))?.number;
        let number = CardNumber::draw(&mut unit.rng);
        let (today, expires_on) = (unit.today, expiry(unit)?);
        let mut face = face_of(unit, &person, &number, today, expires_on).await?;
        face.card_number.clear();
        let is_over = |row: &CardRow| row.state.published() == domain::card::PublishedStatus::Invalid;
        let live = unit.list_cards_of_person(person.id).await?.into_iter().rfind(|row| !is_over(row));
        let live = live.map(|row| (row.number, row.state));
        Ok(CardPreview { holder: holder(unit, person.id).await?, face, case, live })
    }
}

/// An event of a card's life as shown.
#[derive(Clone, Debug)]
pub struct DeskEvent {
    /// What was done (word of a [`CardAction`]).
    pub action: String,
    /// Name of the officer's account.
    pub officer: String,
    /// Provision, stored form.
    pub basis: String,
    /// Why: a code of the country pack, or the officer's words.
    pub reason: Option<Sensitive<String>>,
    /// When.
    pub at: Timestamp,
}

/// A card as it lies on the desk.
#[derive(Clone, Debug)]
pub struct DeskCard {
    /// The card.
    pub card: CardRow,
    /// Its holder; `None` after an erasure.
    pub holder: Option<Holder>,
    /// What it shows.
    pub face: Option<CardFace>,
    /// While it waits for its check: what the record says now. `None` if no card can be made of the record any more.
    pub present: Option<CardFace>,
    /// Its events, oldest first.
    pub events: Vec<DeskEvent>,
    /// The blank on which it was printed.
    pub blank: Option<String>,
    /// Who may receive it: the holder, or who answers for a child.
    pub receivers: Vec<Holder>,
    /// The case in which its revocation is proposed.
    pub revocation: Option<CaseNumber>,
    /// What this officer can do with it now.
    pub actions: Vec<CardAction>,
}

/// Shows a card with all that an officer needs to go on with it.
pub struct ShowDeskCard {
    /// Card.
    pub number: CardNumber,
}

impl UseCase for ShowDeskCard {
    const ACT: Act = Act::ShowCard;
    type Output = DeskCard;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<DeskCard, AppError> {
        unit.cite_for(Act::ShowCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let card = load(unit, &permit, &self.number).await?;
        let blank = unit.find_blank_of_card(card.id).await?;
        let revocation = unit.find_waiting_revocation_of_card(card.id).await?;
        let mut events = Vec::new();
        for stored in unit.list_card_events(&permit, card.id).await? {
            let reason = match card.person {
                Some(person) => unit.open_text(person, REASON_PLACE, stored.reason).await?.map(Sensitive::new),
                None => None,
            };
            let (action, officer, basis, at) = (stored.action, stored.officer, stored.basis, stored.at);
            events.push(DeskEvent { action, officer, basis, reason, at });
        }
        let (mut face, mut present, mut receivers, mut whose) = (None, None, Vec::new(), None);
        if let Some(person) = card.person {
            let prepared = open_face(unit, &card).await?;
            if card.state == CardState::Prepared {
                present = present_face(unit, &card, &prepared).await?.ok();
            }
            if card.state == CardState::Printed {
                receivers = super::life::receivers(unit, person).await?;
            }
            face = Some(prepared);
            whose = Some(holder(unit, person).await?);
        }
        let actions = open_actions(&card, unit.actor());
        Ok(DeskCard { card, holder: whose, face, present, events, blank, receivers, revocation, actions })
    }
}

/// The photo of a card's holder, to compare it with the person at the counter; `None` when there is none.
///
/// # Errors
/// [`AppError`].
pub async fn holder_photo(
    service: &Service,
    context: &Context,
    number: &CardNumber,
) -> Result<Outcome<Option<Zeroizing<Vec<u8>>>>, AppError> {
    Ok(match service.run(context, ReadHolderPhoto { number: number.clone() }).await? {
        Outcome::Done(Some((name, key))) => Outcome::Done(Some(load_photo(service, name, key).await?)),
        Outcome::Done(None) => Outcome::Done(None),
        Outcome::Refused(refusal) => Outcome::Refused(refusal),
    })
}

struct ReadHolderPhoto {
    number: CardNumber,
}

impl UseCase for ReadHolderPhoto {
    const ACT: Act = Act::ShowCard;
    type Output = Option<(String, DataKey)>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Self::Output, AppError> {
        unit.cite_for(Act::ShowCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let card = load(unit, &permit, &self.number).await?;
        let Some(person) = card.person else { return Ok(None) };
        let person = unit.find_person_by_id(person).await?.ok_or(Refusal::NotFound("holder"))?;
        photo_key(unit, &person).await
    }
}
