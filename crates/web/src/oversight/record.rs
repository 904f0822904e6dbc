// SPDX-License-Identifier: Apache-2.0
//! One record, opened with the persons it concerns and its proof; both can be kept as files.

use app::{
    Outcome,
    oversight::{OpenedRecord, ProvenRecord, open_proven_record, prove_record},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{
        HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use domain::audit::hex;

use super::words::{act_name, result_name, visibility_name};
use crate::{
    WebError,
    desk::words::citation,
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
};

#[derive(Template)]
#[template(path = "oversight/record.html")]
struct RecordPage {
    page: Page,
    path: String,
    rows: Vec<(String, String)>,
    bases: Vec<String>,
    persons: Vec<String>,
    details: Vec<String>,
    canonical: String,
    commitment: String,
    proof: String,
    head_size: String,
    head_root: String,
}

/// Opens a record.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(position): Path<String>,
) -> Result<Response, WebError> {
    let position: u64 = position.parse().map_err(|_| WebError::NotFound)?;
    let context = state.service.context(visit.actor.clone());
    let found = match open_proven_record(&state.service, &context, position).await? {
        Outcome::Done(found) => found,
        Outcome::Refused(refusal) => return Err(refusal.into()),
    };
    let page = Page::staff(&state, &reader, &visit, "oversight-record-title");
    let text = page.text("oversight-search-title");
    let shown = RecordPage::new(&state, page.crumb("/oversight", text), found);
    page::html(shown.page.language, &shown)
}

impl RecordPage {
    fn new(state: &AppState, page: Page, found: ProvenRecord) -> Self {
        let record = &found.opened.record;
        let canonical: serde_json::Value = serde_json::from_str(&record.canonical).unwrap_or_default();
        let text = |key: &str| canonical.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let listed = |key: &str| canonical.get(key).and_then(|value| value.as_array()).cloned().unwrap_or_default();
        let row = |key: &str, value: String| (page.text(key), value);
        let rows = vec![
            row("oversight-record-position", page.number(i64::try_from(found.proven.position).unwrap_or(i64::MAX))),
            row("desk-revocation-when", page.moment(state, record.at)),
            row("oversight-search-kind", act_name(&page, &record.action)),
            row("oversight-search-result", result_name(&page, &record.result)),
            row("oversight-search-seen", visibility_name(&page, record.visibility)),
            row("desk-list-office", text("office")),
            row("oversight-search-officer", text("actor")),
            row("account-own-role", text("role")),
            row("oversight-record-purpose", text("purpose")),
            row("oversight-record-object", text("object")),
        ];
        let bases = listed("basis").iter().filter_map(|value| value.as_str().map(str::to_owned)).collect::<Vec<_>>();
        Self {
            path: format!("/oversight/records/{}", found.proven.position),
            rows: rows.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
            bases: bases.iter().map(|stored| citation(state, &page, stored)).collect(),
            persons: found.opened.persons.iter().map(ToString::to_string).collect(),
            details: found.opened.details.iter().map(|detail| detail.expose().clone()).collect(),
            canonical: record.canonical.clone(),
            commitment: hex(&record.commitment),
            proof: found.proven.proof,
            head_size: page.number(i64::try_from(found.head.size).unwrap_or(i64::MAX)),
            head_root: hex(found.head.root),
            page,
        }
    }
}

async fn proven(state: &AppState, visit: &Visit, position: &str) -> Result<OpenedRecord, WebError> {
    let position: u64 = position.parse().map_err(|_| WebError::NotFound)?;
    let context = state.service.context(visit.actor.clone());
    match prove_record(&state.service, &context, position).await? {
        Outcome::Done(found) => Ok(found),
        Outcome::Refused(refusal) => Err(refusal.into()),
    }
}

fn file(name: &str, media_type: &'static str, content: String) -> Result<Response, WebError> {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))?;
    let headers = [(CONTENT_TYPE, HeaderValue::from_static(media_type)), (CONTENT_DISPOSITION, disposition)];
    Ok((headers, content).into_response())
}

/// The proof as a file (C2SP tlog-proof). Its extra data is the salt, so that record and proof together prove.
pub(super) async fn proof(
    State(state): State<AppState>,
    visit: Visit,
    Path(position): Path<String>,
) -> Result<Response, WebError> {
    let found = proven(&state, &visit, &position).await?;
    file(&format!("record-{}.tlog-proof", found.position), "text/plain; charset=utf-8", found.proof)
}

/// The record in its canonical form, byte for byte what was committed to.
pub(super) async fn canonical(
    State(state): State<AppState>,
    visit: Visit,
    Path(position): Path<String>,
) -> Result<Response, WebError> {
    let found = proven(&state, &visit, &position).await?;
    file(&format!("record-{}.json", found.position), "application/json", found.record.canonical)
}
