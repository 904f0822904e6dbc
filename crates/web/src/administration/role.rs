// SPDX-License-Identifier: Apache-2.0
//! Who may do what: the very table by which the program decides.

use askama::Template;
use axum::{extract::State, response::Response};
use domain::access::{Act, Role, roles_for};

use crate::{
    WebError,
    oversight::words::act_name,
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
};

#[derive(Template)]
#[template(path = "administration/roles.html")]
struct RolesPage {
    page: Page,
    roles: Vec<String>,
    /// Each act with whether each role may do it.
    rows: Vec<(String, Vec<bool>)>,
}

/// Shows it.
pub(super) async fn show(State(state): State<AppState>, reader: Reader, visit: Visit) -> Result<Response, WebError> {
    let page = Page::staff(&state, &reader, &visit, "administration-role-title");
    let text = page.text("administration-state-title");
    let page = page.crumb("/administration", text);
    let roles = Role::ALL.iter().map(|role| page.role(*role)).collect();
    let row = |act: &Act| {
        let may = Role::ALL.iter().map(|role| roles_for(*act).contains(role)).collect();
        (act_name(&page, act.as_str()), may)
    };
    let shown = RolesPage { roles, rows: Act::ALL.iter().map(row).collect(), page };
    page::html(shown.page.language, &shown)
}
