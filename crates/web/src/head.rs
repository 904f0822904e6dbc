// SPDX-License-Identifier: Apache-2.0
//! The head of an office sees its work in numbers: load, terms, ages, what comes in and goes out, outcomes by ground. Each
//! plot stands beside its table, and each table can be kept as a file.

mod numbers;
mod office;

use domain::access::Act;

use crate::route::Route;

/// The routes of the head of an office.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/office", office::show).for_act(Act::ShowStatistics),
        Route::get("/office/{table}", office::download).for_act(Act::ShowStatistics),
    ]
}
