// SPDX-License-Identifier: Apache-2.0
//! The registry at the counter: one box that finds everybody, a family registered page by page, the file of a person.

mod alike;
mod check;
mod codes;
mod correct;
mod draft;
mod fact;
mod family;
mod form_page;
mod join;
mod leave;
mod looked;
mod person;
mod photo;
mod receipt;
mod search;
mod start;
mod step;
mod strong;

use domain::access::Act;

use crate::route::Route;

/// The routes of the registry.
pub(crate) fn routes() -> Vec<Route> {
    let register = |route: Route| route.for_act(Act::RegisterFamily);
    let show = |route: Route| route.for_act(Act::ShowPerson);
    vec![
        Route::get("/search", search::get).for_act(Act::FindPersons),
        register(Route::get("/register", start::get)),
        register(Route::post("/register", start::post)),
        register(Route::post("/register/{draft}/discard", start::discard)),
        register(Route::get("/register/{draft}/check", check::get)),
        register(Route::post("/register/{draft}/check", check::post)),
        register(Route::get("/register/{draft}/displacement", family::displacement)),
        register(Route::post("/register/{draft}/displacement", family::post_displacement)),
        register(Route::post("/register/{draft}/joins", family::add_registered)),
        register(Route::post("/register/{draft}/joins/remove", family::remove_registered)),
        register(Route::post("/register/{draft}/{member}/remove", family::remove)),
        register(Route::get("/register/{draft}/{member}/alike", alike::get)),
        register(Route::post("/register/{draft}/{member}/alike", alike::post)),
        register(Route::get("/register/{draft}/{member}/picture", photo::of_draft)),
        register(Route::get("/register/{draft}/{member}/{step}", step::get)),
        register(Route::post("/register/{draft}/{member}/{step}", step::post)),
        show(Route::get("/persons/{number}", person::get)),
        show(Route::get("/persons/{number}/family", person::family)),
        Route::get("/persons/{number}/looked", looked::get).for_act(Act::ShowLooks),
        show(Route::get("/persons/{number}/picture", photo::of_person)),
        show(Route::get("/persons/{number}/receipt", receipt::get)),
        Route::get("/persons/{number}/correct", correct::get).for_act(Act::CorrectPerson),
        Route::post("/persons/{number}/correct", correct::post).for_act(Act::CorrectPerson),
        Route::get("/persons/{number}/facts/add", fact::get_add).for_act(Act::CorrectPerson),
        Route::post("/persons/{number}/facts/add", fact::post_add).for_act(Act::CorrectPerson),
        Route::get("/persons/{number}/facts/end", fact::get_end).for_act(Act::CorrectPerson),
        Route::post("/persons/{number}/facts/end", fact::post_end).for_act(Act::CorrectPerson),
        Route::get("/persons/{number}/typo", correct::get_typo).for_act(Act::FixTypo),
        Route::post("/persons/{number}/typo", correct::post_typo).for_act(Act::FixTypo),
        Route::get("/persons/{number}/family/join", join::get).for_act(Act::JoinFamily),
        Route::post("/persons/{number}/family/join", join::post).for_act(Act::JoinFamily),
        Route::get("/persons/{number}/family/begin", join::get_begin).for_act(Act::JoinFamily),
        Route::post("/persons/{number}/family/begin", join::post_begin).for_act(Act::JoinFamily),
        Route::get("/persons/{number}/leave", leave::get).for_act(Act::EndMembership),
        Route::post("/persons/{number}/leave", leave::post).for_act(Act::EndMembership),
        Route::get("/persons/{number}/token", strong::token).for_act(Act::GiveAccessToken),
        Route::post("/persons/{number}/token", strong::post_token).for_act(Act::GiveAccessToken),
        Route::get("/persons/{number}/erasure", strong::erasure).for_act(Act::ProposeErasure),
        Route::post("/persons/{number}/erasure", strong::post_erasure).for_act(Act::ProposeErasure),
        Route::get("/erasures", strong::decision).for_act(Act::ErasePerson),
        Route::post("/erasures", strong::post_decision).for_act(Act::ErasePerson),
    ]
}
