// SPDX-License-Identifier: Apache-2.0
//! Which officers looked at a person's record or changed it, page by page.

use app::{
    oversight::{Looked, ShowLooks},
    registry::{ShowPerson, latin_name},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{access::Purpose, id::AuditRecordId};
use serde::Deserialize;

use super::person;
use crate::{
    WebError,
    desk::words::office_name,
    oversight::words::act_name,
    own_file::words::purpose_key,
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
};

/// Where a page begins.
#[derive(Deserialize)]
pub(super) struct Asked {
    before: Option<String>,
}

struct Line {
    when: String,
    office: String,
    act: String,
    purpose: String,
    is_refused: bool,
}

#[derive(Template)]
#[template(path = "registry/looked.html")]
struct LookedPage {
    page: Page,
    lines: Vec<Line>,
    next: Option<String>,
}

/// Shows them.
pub(super) async fn get(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Query(Asked { before }): Query<Asked>,
) -> Result<Response, WebError> {
    let number = person::number(&number)?;
    let before: Option<AuditRecordId> =
        before.map(|before| before.parse()).transpose().map_err(|_| WebError::NotFound)?;
    let found = visit.done(&state, ShowLooks { number: number.clone(), before }).await?;
    let view = visit.done(&state, ShowPerson { number: number.clone() }).await?;
    let page = Page::staff(&state, &reader, &visit, "registry-looked-title")
        .crumb(format!("/persons/{number}"), latin_name(&view.person.names).into_inner());
    let shown = LookedPage {
        lines: found.entries.iter().map(|look| line(&state, &page, look)).collect(),
        next: found.next.map(|next| format!("/persons/{number}/looked?before={next}")),
        page,
    };
    page::html(shown.page.language, &shown)
}

fn line(state: &AppState, page: &Page, look: &Looked) -> Line {
    let purpose = look.purpose.parse::<Purpose>();
    Line {
        when: page.moment(state, look.at),
        office: look.office.as_deref().map(|office| office_name(state, page, office)).unwrap_or_default(),
        act: act_name(page, &look.action),
        purpose: purpose.map_or_else(|_| look.purpose.clone(), |purpose| page.text(purpose_key(purpose))),
        is_refused: look.result != "done",
    }
}
