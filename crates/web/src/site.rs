// SPDX-License-Identifier: Apache-2.0
//! Pages for everybody.

mod status;

use crate::route::Route;

/// The routes of the public pages.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/", status::get)]
}
