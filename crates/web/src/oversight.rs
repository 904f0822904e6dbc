// SPDX-License-Identifier: Apache-2.0
//! The auditor's pages: records searched and opened with their proofs, old checkpoints compared, lots drawn, rates counted.

mod consistency;
mod rate;
mod record;
mod sample;
mod search;
pub(crate) mod words;

use domain::access::Act;

use crate::route::Route;

/// The routes of oversight.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/oversight", search::show).for_act(Act::SampleAudit),
        Route::get("/oversight/records/{position}", record::show).for_act(Act::SampleAudit),
        Route::get("/oversight/records/{position}/proof", record::proof).for_act(Act::SampleAudit),
        Route::get("/oversight/records/{position}/record", record::canonical).for_act(Act::SampleAudit),
        Route::get("/oversight/consistency", consistency::show).for_act(Act::SampleAudit),
        Route::post("/oversight/consistency", consistency::check).for_act(Act::SampleAudit),
        Route::get("/oversight/sample", sample::show).for_act(Act::SampleAudit),
        Route::post("/oversight/sample", sample::draw).for_act(Act::SampleAudit),
        Route::get("/oversight/rates", rate::show).for_act(Act::SampleAudit),
        Route::get("/oversight/rates/{table}", rate::file).for_act(Act::SampleAudit),
    ]
}
