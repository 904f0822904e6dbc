// SPDX-License-Identifier: Apache-2.0
//! The table of all routes. Each slice names its own; what is not in the table is not served.

use app::Service;
use axum::{
    Router,
    handler::Handler,
    middleware,
    routing::{self, MethodRouter},
};

use crate::{
    asset, audit, cards, envelope, health, limit, site,
    state::{AppState, Upkeep},
};

/// A route.
pub(crate) struct Route {
    methods: &'static str,
    path: &'static str,
    handler: MethodRouter<AppState>,
}

impl Route {
    /// A route that shows something and changes nothing; answers HEAD too.
    pub(crate) fn get<H, T>(path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self { methods: "GET, HEAD", path, handler: routing::get(handler) }
    }
}

/// The routes that wait for a place while the server is full.
fn routes() -> Vec<Route> {
    [audit::routes(), cards::routes(), site::routes(), asset::routes()].into_iter().flatten().collect()
}

/// Every route: its methods and its path, in the order of paths.
pub fn table() -> Vec<(&'static str, &'static str)> {
    let mut table: Vec<_> =
        health::routes().into_iter().chain(routes()).map(|route| (route.methods, route.path)).collect();
    table.sort_by_key(|(_, path)| *path);
    table
}

/// Everything that is served. `upkeep` is what the background worker reports to.
pub fn router(service: Service, upkeep: Upkeep) -> Router {
    let state = AppState::new(service, upkeep);
    let limited = collect(routes()).layer(middleware::from_fn_with_state(limit::Admission::default(), limit::admit));
    collect(health::routes())
        .merge(limited)
        .layer(middleware::from_fn_with_state(state.clone(), envelope::envelope))
        .with_state(state)
}

fn collect(routes: Vec<Route>) -> Router<AppState> {
    routes.into_iter().fold(Router::new(), |router, route| router.route(route.path, route.handler))
}
