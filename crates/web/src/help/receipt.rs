// SPDX-License-Identifier: Apache-2.0
//! The receipt of a gift, to be printed in the language of the one who received it.

use app::assistance::{ReceiptQuery, ShowReceipt};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::Uri,
    response::Response,
};
use domain::number::CaseNumber;

use crate::{
    WebError,
    desk::{
        receipt::{log_lines, paper_reader},
        words,
    },
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
};

#[derive(Template)]
#[template(path = "desk/receipt.html")]
struct ReceiptPage {
    page: Page,
    rows: Vec<(String, String)>,
    statement: String,
    notes: Vec<String>,
    signatures: Vec<String>,
    log: Vec<String>,
}

/// Shows the receipt.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    uri: Uri,
    Path((code, number)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let number = CaseNumber::parse(&number).map_err(|_| WebError::NotFound)?;
    let found = visit.done(&state, ShowReceipt(ReceiptQuery::Number(number))).await?;
    if found.distribution.code != code {
        return Err(WebError::NotFound);
    }
    let reader = paper_reader(&uri, reader, found.holder.language.as_deref());
    let title = page::Words::new(&state, reader.language).text("gift-receipt-title");
    let page = Page::new(&state, &reader, title);
    let row = |key: &str, value: String| (page.text(key), value);
    let rows = vec![
        row("gift-receipt-number", found.given.number.to_string()),
        row("gift-receipt-receiver", words::name(&found.holder)),
        row("gift-receipt-item", words::code_name(&state, &page, "assistance_item", &found.given.item)),
        row("gift-receipt-date", page.moment(&state, found.given.at)),
        row("gift-receipt-place", words::office_name(&state, &page, &found.given.office)),
        row("gift-receipt-officer", found.given.officer.clone()),
    ];
    let phone = state.service.pack().phones().ombudsman.clone();
    let shown = ReceiptPage {
        rows,
        statement: page.text("gift-receipt-statement"),
        notes: vec![page.text("gift-receipt-free"), page.with("gift-receipt-complaint", "phone", phone)],
        signatures: vec![page.text("gift-receipt-signature")],
        log: log_lines(&state, &page).await?,
        page,
    };
    page::html(shown.page.language, &shown)
}
