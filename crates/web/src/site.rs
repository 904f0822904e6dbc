// SPDX-License-Identifier: Apache-2.0
//! Pages for everybody: the first page, news and events with their film, terms and privacy, how log and lists stand; and
//! the editor in which staff keep what is told there.

mod editor;
mod home;
mod news;
mod status;
mod terms;

use domain::access::Act;

use crate::{
    page::{Link, Page},
    route::Route,
    state::AppState,
};

/// The routes of the public pages and their editor.
pub(crate) fn routes() -> Vec<Route> {
    let keep = |route: Route| route.for_act(Act::KeepContent);
    let consent = |route: Route| route.for_act(Act::KeepConsent);
    vec![
        Route::get("/", home::show),
        Route::get("/news", news::list),
        Route::get("/news/{code}", news::show),
        Route::get("/film.webm", news::webm),
        Route::get("/film.mp4", news::mp4),
        Route::get("/terms", terms::terms),
        Route::get("/privacy", terms::privacy),
        Route::get("/transparency", status::get),
        keep(Route::get("/editor", editor::list)),
        keep(Route::post("/editor", editor::add)),
        keep(Route::get("/editor/{code}", editor::show)),
        keep(Route::post("/editor/{code}/facts", editor::change)),
        keep(Route::post("/editor/{code}/text", editor::write)),
        keep(Route::post("/editor/{code}/state", editor::advance)),
        consent(Route::post("/editor/{code}/consent", editor::consent)),
        consent(Route::post("/editor/{code}/revoke", editor::revoke)),
    ]
}

/// The telephone of the service.
pub(crate) fn phone(state: &AppState) -> String {
    state.service.pack().phones().call_centre.clone()
}

/// The telephone of the Ombudsman.
pub(crate) fn ombudsman_phone(state: &AppState) -> String {
    state.service.pack().phones().ombudsman.clone()
}

/// A number as telephones dial it.
pub(crate) fn dialled(phone: &str) -> String {
    format!("tel:{}", phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect::<String>())
}

/// The other pages for everybody, as links at the foot of each.
pub(crate) fn footer(page: &Page) -> Vec<Link> {
    let link = |path: &str, key| Link { path: path.to_owned(), text: page.text(key), is_current: false };
    vec![
        link("/file", "site-footer-file"),
        link("/verify", "site-footer-verify"),
        link("/law", "site-footer-law"),
        link("/news", "site-footer-news"),
        link("/transparency", "site-footer-transparency"),
        link("/terms", "site-footer-terms"),
        link("/privacy", "site-footer-privacy"),
        link("/sign-in", "site-footer-staff"),
    ]
}
