// SPDX-License-Identifier: Apache-2.0
//! Help at an event: distributions, the hand-over list, cards and gifts given each with one act, receipts.

mod event;
mod receipt;
mod start;

use domain::access::Act;

use crate::route::Route;

/// The routes of help.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/help", start::show).for_act(Act::HandOverGift),
        Route::post("/help", start::open).for_act(Act::HandOverGift),
        Route::get("/help/{distribution}", event::show).for_act(Act::HandOverGift),
        Route::post("/help/{distribution}/invite", event::invite).for_act(Act::HandOverGift),
        Route::post("/help/{distribution}/gift", event::give).for_act(Act::HandOverGift),
        Route::post("/help/{distribution}/card", event::hand_over_card).for_act(Act::HandOverCard),
        Route::get("/help/{distribution}/receipts/{number}", receipt::show).for_act(Act::HandOverGift),
    ]
}
