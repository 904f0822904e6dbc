// SPDX-License-Identifier: Apache-2.0
//! The card desk: cards by state, a card beside its record, revocations before the second officer, the stock of blanks.

mod act;
mod blank;
mod card;
mod list;
mod prepare;
pub(crate) mod receipt;
mod revocation;
pub(crate) mod words;

use domain::access::Act;

use crate::route::Route;

/// The routes of the card desk.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/cards", list::show).for_act(Act::ShowCard),
        Route::post("/cards/scan", list::scan).for_act(Act::ShowCard),
        Route::get("/cards/of/{person}", list::of_person).for_act(Act::ShowCard),
        Route::get("/cards/prepare", prepare::show).for_act(Act::PrepareCard),
        Route::post("/cards/prepare", prepare::prepare).for_act(Act::PrepareCard),
        Route::get("/cards/revocations", revocation::list).for_act(Act::RevokeCard),
        Route::get("/cards/revocations/{case}", revocation::show).for_act(Act::RevokeCard),
        Route::post("/cards/revocations/{case}", revocation::decide).for_act(Act::RevokeCard),
        Route::get("/cards/blanks", blank::show).for_act(Act::KeepBlanks),
        Route::post("/cards/blanks/receive", blank::receive).for_act(Act::KeepBlanks),
        Route::post("/cards/blanks/spoil", blank::spoil).for_act(Act::KeepBlanks),
        Route::post("/cards/blanks/count", blank::count).for_act(Act::KeepBlanks),
        Route::get("/cards/blanks/counts/{id}", blank::show_count).for_act(Act::KeepBlanks),
        Route::post("/cards/blanks/counts/{id}/sign", blank::sign_count).for_act(Act::KeepBlanks),
        Route::get("/cards/{number}", card::show).for_act(Act::ShowCard),
        Route::get("/cards/{number}/photo", card::photo).for_act(Act::ShowCard),
        Route::get("/cards/{number}/receipt", receipt::show).for_act(Act::HandOverCard),
        Route::post("/cards/{number}/check", act::check).for_act(Act::CheckCard),
        Route::post("/cards/{number}/sign", act::sign).for_act(Act::SignCard),
        Route::post("/cards/{number}/print", act::print).for_act(Act::PrintCard),
        Route::post("/cards/{number}/hand-over", act::hand_over).for_act(Act::HandOverCard),
        Route::post("/cards/{number}/suspend", act::suspend).for_act(Act::SuspendCard),
        Route::post("/cards/{number}/reinstate", act::reinstate).for_act(Act::SuspendCard),
        Route::post("/cards/{number}/misprint", act::misprint).for_act(Act::KeepBlanks),
        Route::post("/cards/{number}/spoil", act::spoil).for_act(Act::KeepBlanks),
        Route::post("/cards/{number}/revoke", act::propose_revocation).for_act(Act::ProposeRevocation),
    ]
}
