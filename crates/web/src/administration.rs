// SPDX-License-Identifier: Apache-2.0
//! The administrator's pages: how the service is, accounts, roles, the country pack with its marks of confidence.

mod account;
mod pack;
mod role;
mod state;

use domain::access::Act;

use crate::route::Route;

/// The routes of administration.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/administration", state::show).for_act(Act::KeepAccounts),
        Route::get("/administration/accounts", account::show).for_act(Act::KeepAccounts),
        Route::post("/administration/accounts", account::add).for_act(Act::KeepAccounts),
        Route::post("/administration/accounts/disable", account::disable).for_act(Act::KeepAccounts),
        Route::post("/administration/accounts/reset", account::reset).for_act(Act::KeepAccounts),
        Route::get("/administration/roles", role::show).for_act(Act::KeepAccounts),
        Route::get("/administration/pack", pack::show).for_act(Act::KeepAccounts),
    ]
}
