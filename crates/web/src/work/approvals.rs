// SPDX-License-Identifier: Apache-2.0
//! What waits for a second officer, also from offices that have too few.

use app::work::{ListApprovals, QueuePlace};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

use super::queue::CaseLine;
use crate::{
    WebError,
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
};

/// The place after which the list begins.
#[derive(Deserialize)]
pub(super) struct After {
    day: Option<domain::time::Date>,
    case: Option<domain::id::CaseId>,
}

#[derive(Template)]
#[template(path = "work/approvals.html")]
struct ApprovalsPage {
    page: Page,
    lines: Vec<CaseLine>,
    next_path: Option<String>,
}

/// Shows them.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(after): Query<After>,
) -> Result<Response, WebError> {
    let after = after.day.zip(after.case).map(|(due_on, case)| QueuePlace { due_on, case });
    let (found, open) = visit.done(&state, ListApprovals { after }).await?;
    let page = Page::staff(&state, &reader, &visit, "work-approvals-title");
    let page = page.crumb("/work", page::Words::new(&state, reader.language.for_staff()).text("work-home-title"));
    let line = |row: &app::work::WorkRow| CaseLine {
        can_decide: open.contains(&row.case.number),
        ..CaseLine::new(&state, &page, row, found.today, "")
    };
    let lines = found.rows.iter().map(line).collect();
    let next_path = found.next.map(|next| format!("/work/approvals?day={}&case={}", next.due_on, next.case));
    let view = ApprovalsPage { lines, next_path, page };
    page::html(view.page.language, &view)
}
