// SPDX-License-Identifier: Apache-2.0
//! The table of all routes. Each slice names its own; what is not in the table is not served.

use app::Service;
use axum::{
    Router,
    handler::Handler,
    middleware,
    routing::{self, MethodRouter},
};
use domain::access::{Act, Role, roles_for};

use crate::{
    account, administration, api, asset, audit, cards, claims, desk, envelope, head, health, help, law, limit,
    oversight, own_file, registry, site,
    state::{AppState, Limits, Upkeep},
    verify, visit, work,
};

/// Who may come to a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Anyone,
    /// Whoever has signed in.
    Staff,
    /// Officers who may do one of these acts.
    OneOf(Vec<Act>),
    /// Programs with a token, which the handler asks for itself.
    Api,
}

impl Access {
    /// Whether a signed-in account of this role may come.
    pub fn admits(&self, role: Role) -> bool {
        match self {
            Self::Anyone | Self::Staff | Self::Api => true,
            Self::OneOf(acts) => acts.iter().any(|act| roles_for(*act).contains(&role)),
        }
    }
}

/// A route.
pub(crate) struct Route {
    methods: &'static str,
    path: &'static str,
    access: Access,
    handler: MethodRouter<AppState>,
}

/// A row of the table of routes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its methods.
    pub methods: &'static str,
    /// Its path.
    pub path: &'static str,
    /// Who may come.
    pub access: Access,
}

impl Route {
    /// A route that shows something and changes nothing; answers HEAD too.
    pub(crate) fn get<H, T>(path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self { methods: "GET, HEAD", path, access: Access::Anyone, handler: routing::get(handler) }
    }

    /// A route that takes a form.
    pub(crate) fn post<H, T>(path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self { methods: "POST", path, access: Access::Anyone, handler: routing::post(handler) }
    }

    /// A route for programs, which asks for a token itself.
    pub(crate) fn api(methods: &'static str, path: &'static str, handler: MethodRouter<AppState>) -> Self {
        Self { methods, path, access: Access::Api, handler }
    }

    /// For whoever has signed in.
    pub(crate) fn for_staff(mut self) -> Self {
        self.access = Access::Staff;
        self
    }

    /// For officers who may do an act; called again, or another one.
    pub(crate) fn for_act(mut self, act: Act) -> Self {
        match &mut self.access {
            Access::OneOf(acts) => acts.push(act),
            other => *other = Access::OneOf(vec![act]),
        }
        self
    }
}

/// The routes that wait for a place while the server is full.
fn routes() -> Vec<Route> {
    [
        account::routes(),
        administration::routes(),
        api::routes(),
        asset::routes(),
        audit::routes(),
        cards::routes(),
        claims::routes(),
        desk::routes(),
        head::routes(),
        help::routes(),
        law::routes(),
        oversight::routes(),
        own_file::routes(),
        registry::routes(),
        site::routes(),
        verify::routes(),
        work::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every route, in the order of paths.
pub fn table() -> Vec<Row> {
    let row = |route: Route| Row { methods: route.methods, path: route.path, access: route.access };
    let mut table: Vec<_> = health::routes().into_iter().chain(routes()).map(row).collect();
    table.sort_by_key(|row| (row.path, row.methods));
    table
}

/// Everything that is served. `upkeep` is what the background worker reports to.
pub fn router(service: Service, upkeep: Upkeep) -> Router {
    router_with(service, upkeep, Limits::default())
}

/// Everything that is served, within limits of the installation's own.
pub fn router_with(service: Service, upkeep: Upkeep, limits: Limits) -> Router {
    let state = AppState::new(service, upkeep, limits);
    let limited =
        collect(routes(), &state).layer(middleware::from_fn_with_state(limit::Admission::default(), limit::admit));
    collect(health::routes(), &state)
        .merge(limited)
        .layer(middleware::from_fn_with_state(state.clone(), envelope::envelope))
        .with_state(state)
}

/// Everything that is served, for a caller in the same program: without waiting for a place and without a time limit, since
/// there is one caller, who sees what he waits for.
pub(crate) fn router_here(service: Service) -> Router {
    let state = AppState::new(service, Upkeep::default(), Limits::default());
    collect(routes(), &state).layer(middleware::from_fn_with_state(state.clone(), envelope::envelope)).with_state(state)
}

fn collect(routes: Vec<Route>, state: &AppState) -> Router<AppState> {
    routes.into_iter().fold(Router::new(), |router, route| {
        let admit = middleware::from_fn_with_state((state.clone(), route.access), visit::admit);
        router.route(route.path, route.handler.route_layer(admit))
    })
}
