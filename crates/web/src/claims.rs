// SPDX-License-Identifier: Apache-2.0
//! The page of a case: claims to refugee status with what is sealed in them, and cases of any other procedure of the
//! country pack, which need no line of code.

mod certificate;
mod compare;
mod form;
mod interview;
mod open;
mod show;
mod shown;
mod step;
mod take;

use domain::access::Act;

use crate::route::Route;

/// The routes of cases.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/claims/new", open::show_claim).for_act(Act::OpenClaim),
        Route::post("/claims/new", open::open_claim).for_act(Act::OpenClaim),
        Route::get("/claims/{number}", show::show_claim).for_act(Act::RecordClaim),
        Route::get("/claims/{number}/certificate", certificate::show).for_act(Act::RecordClaim),
        Route::get("/claims/{number}/steps/{action}", step::show_claim).for_act(Act::RecordClaim),
        Route::post("/claims/{number}/steps/{action}", step::take_claim).for_act(Act::RecordClaim),
        Route::get("/cases/new", open::show_case).for_act(Act::TakeStep),
        Route::post("/cases/new", open::open_case).for_act(Act::TakeStep),
        Route::get("/cases/{number}", show::show_case).for_act(Act::ShowCase),
        Route::get("/cases/{number}/steps/{action}", step::show_case).for_act(Act::TakeStep),
        Route::post("/cases/{number}/steps/{action}", step::take_case).for_act(Act::TakeStep),
    ]
}
