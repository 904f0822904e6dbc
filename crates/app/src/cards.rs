// SPDX-License-Identifier: Apache-2.0
//! Refugee cards: prepared, checked by a second officer, signed, printed, handed over, suspended, revoked.

mod blank;
mod desk;
mod face;
mod life;
mod prepare;
mod print;
mod reconcile;
mod revoke;
mod scan;
mod sign;
mod waiting;

use db::{CardEvent, CardRow};
use domain::{
    access::{Authorized, CardFile},
    card::{CardAction, CardState},
    legal::LegalBasis,
    number::CardNumber,
    refusal::Refusal,
};

pub use blank::{AddBlanks, BLANKS_PER_DELIVERY_MAX, CountBlanks, SpoilBlank, SpoilCard};
pub use db::{BlankBooks, BlankCount};
pub use desk::{
    CARDS_PER_PAGE, CardPage, CardPreview, DESK_STATES, DeskCard, DeskEvent, ListCards, ListCardsOf, ListedCard,
    PreviewCard, ShowDeskCard, holder_photo, open_actions,
};
pub(crate) use life::receivers;
pub use life::{
    CardReceipt, CardReceiptView, CardView, HandOverCard, HandedOver, ReinstateCard, ShowCard, SuspendCard,
};
pub use prepare::{CheckCard, PrepareCard, STATUS_LIST_ENTRIES};
pub use print::{PrintedCard, print_card};
pub use reconcile::{
    COUNTED_MAX, COUNTS_PER_PAGE, CountStock, EXPLANATION_CHARACTERS_MAX, Reconciliation, ShowCount, ShowStock,
    SignCount, Stock,
};
pub use revoke::{ProposeRevocation, RevokeCard};
pub use scan::{SCAN_BYTES_MAX, Scanned, scan};
pub use sign::{SignedCard, sign_card};
pub use waiting::{ListRevocations, ProposedRevocation, REVOCATIONS_PER_PAGE, RevocationPage, ShowRevocation};

use crate::{
    AppError,
    jobs::{self, Job},
    unit::Unit,
};

/// Loads a card within the officer's jurisdiction and notes it in the record.
pub(crate) async fn load(
    unit: &mut Unit<'_>,
    permit: &Authorized<CardFile>,
    number: &CardNumber,
) -> Result<CardRow, AppError> {
    let card = unit.find_card_by_number(permit, number).await?.ok_or(Refusal::NotFound("card"))?;
    unit.about("card", card.id);
    if let Some(person) = card.person {
        unit.concerns(person)?;
    }
    Ok(card)
}

/// Moves a card on and asks for a new status list if what it says changes.
pub(crate) async fn advance(
    unit: &mut Unit<'_>,
    permit: &Authorized<CardFile>,
    card: &mut CardRow,
    action: CardAction,
    basis: LegalBasis,
    reason: Option<&str>,
) -> Result<CardState, AppError> {
    let state = card.state.after(action)?;
    let reason = match (reason, card.person) {
        (Some(reason), Some(person)) => Some(unit.seal_text(person, "card_event.reason", reason).await?),
        _ => None,
    };
    let event = CardEvent {
        id: unit.new_id(),
        action: action.to_string(),
        by: unit.actor().account,
        basis,
        reason,
        at: unit.now,
    };
    if !unit.update_card_state(permit, card, state, event).await? {
        return Err(Refusal::Conflict.into());
    }
    if state.published() != card.state.published() {
        jobs::ask(unit, Job::PublishStatusList).await?;
    }
    card.state = state;
    card.row_version += 1;
    Ok(state)
}
