// SPDX-License-Identifier: Apache-2.0
//! Codes of the country pack and values of the registry in the reader's words.

use app::registry::Holder;
use domain::{
    card::{CardAction, CardState},
    legal::ProvisionId,
    registry::{BirthDate, Precision, Sex},
};

use crate::{
    form::Choice,
    page::{Link, Words},
    state::AppState,
};

/// The name of a code of a list; the code itself if the list has none of it.
pub(crate) fn code_name(state: &AppState, words: &Words, list: &str, code: &str) -> String {
    let found = state.service.pack().code_list(list).and_then(|list| list.find(code));
    found.map_or(code, |found| found.name.in_language(words.language.code())).to_owned()
}

/// The codes of a list that may be used today.
pub(crate) fn choices(state: &AppState, words: &Words, list: &str) -> Vec<Choice> {
    let pack = state.service.pack();
    let today = state.service.now().date_in(pack.time_zone());
    let codes = pack.code_list(list).into_iter().flat_map(|list| list.codes_on(today));
    codes.map(|code| Choice::new(&code.code, code.name.in_language(words.language.code()))).collect()
}

/// The name of an office of the country pack.
pub(crate) fn office_name(state: &AppState, words: &Words, code: &str) -> String {
    let office = state.service.pack().office(code);
    office.map_or(code, |office| office.name.in_language(words.language.code())).to_owned()
}

/// All offices of the country pack, to choose from.
pub(crate) fn offices(state: &AppState, words: &Words) -> Vec<Choice> {
    let offices = state.service.pack().offices();
    offices.map(|office| Choice::new(&office.code, office.name.in_language(words.language.code()))).collect()
}

/// A provision as officers cite it, from its stored form `ID@FROM#DIGEST`.
pub(crate) fn citation(state: &AppState, words: &Words, stored: &str) -> String {
    let (id, rest) = stored.split_once('@').unwrap_or((stored, ""));
    let from = rest.split('#').next().unwrap_or_default();
    let pack = state.service.pack();
    let versions = ProvisionId::parse(id).ok();
    let versions = versions.as_ref().map_or(&[][..], |id| pack.provision_versions(id));
    let version = versions.iter().find(|version| version.in_force_from.to_string() == from);
    version.or(versions.last()).map_or(stored.to_owned(), |found| pack.citation(found, words.language.code()))
}

/// The name of a card's state.
pub(crate) fn card_state(words: &Words, state: CardState) -> String {
    words.text(match state {
        CardState::Prepared => "desk-state-prepared",
        CardState::Checked => "desk-state-checked",
        CardState::Signed => "desk-state-signed",
        CardState::Printed => "desk-state-printed",
        CardState::Active => "desk-state-active",
        CardState::Suspended => "desk-state-suspended",
        CardState::Revoked => "desk-state-revoked",
        CardState::Replaced => "desk-state-replaced",
        CardState::Spoiled => "desk-state-spoiled",
    })
}

/// The colour of a card's state; the word says it too.
pub(crate) fn card_colour(state: CardState) -> &'static str {
    match state {
        CardState::Prepared | CardState::Checked | CardState::Signed => "blue",
        CardState::Printed => "yellow",
        CardState::Active => "green",
        CardState::Suspended => "orange",
        CardState::Revoked => "red",
        CardState::Replaced | CardState::Spoiled => "grey",
    }
}

/// What was done to a card, as its history says it.
pub(crate) fn card_event(words: &Words, action: &str) -> String {
    let Ok(action) = action.parse::<CardAction>() else { return action.to_owned() };
    words.text(match action {
        CardAction::Check => "desk-event-check",
        CardAction::Sign => "desk-event-sign",
        CardAction::Print => "desk-event-print",
        CardAction::Misprint => "desk-event-misprint",
        CardAction::HandOver => "desk-event-hand-over",
        CardAction::Suspend => "desk-event-suspend",
        CardAction::Reinstate => "desk-event-reinstate",
        CardAction::Revoke => "desk-event-revoke",
        CardAction::Replace => "desk-event-replace",
        CardAction::Spoil => "desk-event-spoil",
    })
}

/// Name in Latin letters, and in the own script behind it.
pub(crate) fn name(holder: &Holder) -> String {
    match &holder.original_name {
        Some(original) => format!("{} · {}", holder.latin_name.expose(), original.expose()),
        None => holder.latin_name.expose().clone(),
    }
}

/// A birth date as far as it is known.
pub(crate) fn birth(words: &Words, birth: BirthDate) -> String {
    match birth.precision {
        Precision::Day => words.date(birth.date),
        Precision::Month => format!("{:02}.{}", birth.date.month(), birth.date.year()),
        Precision::Year | Precision::Estimated => birth.date.year().to_string(),
    }
}

/// Sex in words.
pub(crate) fn sex(state: &AppState, words: &Words, sex: Sex) -> String {
    code_name(state, words, "sex", sex.as_str())
}

/// A link.
pub(crate) fn link(path: impl Into<String>, text: impl Into<String>) -> Link {
    Link { path: path.into(), text: text.into(), is_current: false }
}
