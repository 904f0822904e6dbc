// SPDX-License-Identifier: Apache-2.0
//! Signing in and out, and what an officer does with the own account: sessions, password, second step.

mod entry;
mod own;
mod totp;

use domain::access::{Act, Role, roles_for};

use crate::{page, route::Route, visit::Visit};

/// The routes of accounts.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in", entry::show),
        Route::post("/sign-in", entry::sign_in),
        Route::post("/sign-out", entry::sign_out).for_staff(),
        Route::get("/home", home).for_staff(),
        Route::get("/account", own::show).for_staff(),
        Route::post("/account/password", own::change_password).for_staff(),
        Route::post("/account/sessions/end", own::end_session).for_staff(),
        Route::post("/account/sessions/end-all", own::end_all_sessions).for_staff(),
        Route::post("/account/second-step", totp::begin).for_staff(),
        Route::post("/account/second-step/confirm", totp::confirm).for_staff(),
        Route::post("/account/second-step/remove", totp::remove).for_staff(),
    ]
}

/// Where an officer of a role begins the day: the first act that the role may do.
const BEGINNINGS: [(Act, &str); 5] = [
    (Act::TakeStep, "/work"),
    (Act::SampleAudit, "/oversight"),
    (Act::KeepAccounts, "/administration"),
    (Act::FindPersons, "/search"),
    (Act::HandOverGift, "/help"),
];

/// The page at which a role begins.
fn beginning(role: Role) -> &'static str {
    BEGINNINGS.iter().find(|(act, _)| roles_for(*act).contains(&role)).map_or("/account", |(_, path)| path)
}

async fn home(visit: Visit) -> Result<axum::response::Response, crate::WebError> {
    page::see(beginning(visit.actor.role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_page_to_begin_at() {
        for &role in Role::ALL {
            assert_ne!(beginning(role), "/account", "{role}");
        }
    }
}
