// SPDX-License-Identifier: Apache-2.0
//! The receipt of a card that was handed over, to be printed in the holder's language.

use app::cards::CardReceipt;
use askama::Template;
use axum::{
    extract::{Path, State},
    http::Uri,
    response::Response,
};
use domain::number::CardNumber;
use i18n::Language;

use super::words;
use crate::{
    WebError,
    page::{self, Page, Reader, asked_language},
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

/// The language of a paper for a person: what the address asks for, else her own if it is one of ours, else the reader's.
pub(crate) fn paper_reader(uri: &Uri, mut reader: Reader, own: Option<&str>) -> Reader {
    let own = own.and_then(language_of);
    if let Some(language) = asked_language(uri).or(own) {
        reader.language = language;
    }
    reader
}

/// Our language for one of the code list; `None` when it is none of ours.
fn language_of(code: &str) -> Option<Language> {
    match code {
        "az" => Some(Language::Azerbaijani),
        "en" => Some(Language::English),
        "ru" => Some(Language::Russian),
        "ar" => Some(Language::Arabic),
        "fa" | "prs" => Some(Language::Dari),
        _ => None,
    }
}

/// The line on each receipt that binds it to the log.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn log_lines(state: &AppState, page: &Page) -> Result<Vec<String>, WebError> {
    use app::public::LogState;
    let LogState::Signed(head) = app::public::state(&state.service).await?.log else { return Ok(Vec::new()) };
    let size = page.number(i64::try_from(head.size).unwrap_or(i64::MAX));
    let arguments = [("size", size.into()), ("root", head.root.into())];
    Ok(vec![page.format("audit-receipt-log", &arguments), page.text("audit-receipt-explanation")])
}

/// Shows the receipt.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    uri: Uri,
    Path(number): Path<String>,
) -> Result<Response, WebError> {
    let number = CardNumber::parse(&number).map_err(|_| WebError::NotFound)?;
    let found = visit.done(&state, CardReceipt { number: number.clone() }).await?;
    let (officer, found) = (found.officer, found.handed_over);
    let reader = paper_reader(&uri, reader, found.holder.language.as_deref());
    let title = page::Words::new(&state, reader.language).text("card-handover-title");
    let page = Page::new(&state, &reader, title);
    let row = |key: &str, value: String| (page.text(key), value);
    let rows = vec![
        row("card-handover-holder", words::name(&found.holder)),
        row("card-handover-number", found.face.card_number.clone()),
        row("card-handover-valid-until", page.date(found.face.expires_on)),
        row("card-handover-date", page.date(found.on)),
        row("card-handover-place", words::office_name(&state, &page, &found.face.office)),
        row("card-handover-officer", officer),
    ];
    let phone = state.service.pack().phones().call_centre.clone();
    let shown = ReceiptPage {
        rows,
        statement: page.text("card-handover-statement"),
        notes: vec![page.text("card-handover-keep"), page.with("card-handover-lost", "phone", phone)],
        signatures: vec![page.text("card-handover-signature-holder"), page.text("card-handover-signature-officer")],
        log: log_lines(&state, &page).await?,
        page,
    };
    page::html(shown.page.language, &shown)
}
