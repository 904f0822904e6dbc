// SPDX-License-Identifier: Apache-2.0
//! The certificate of the asylum seeker as a page to be printed.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    show::{Identity, case_page, identity},
    shown::{Kind, Shown},
};
use crate::{
    WebError,
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
    work::labels,
};

#[derive(Template)]
#[template(path = "claims/certificate.html")]
struct CertificatePage {
    page: Page,
    identity: Identity,
    number: String,
    issued: String,
    citizenships: String,
    office: String,
    public_url: String,
    back: String,
}

/// Shows it; a claim without one has no such page.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, WebError> {
    let shown = Shown::load(&state, &visit, &number, Kind::Claim).await?;
    let (number, issued) = shown.certificate.clone().ok_or(WebError::NotFound)?;
    let page = case_page(&state, &reader, &visit, &shown);
    let mut page = page.crumb(shown.path(), shown.case.number.to_string());
    page.title = page.text("claims-certificate-title");
    let names = labels(&state, &page);
    let countries = shown.holder.citizenships.iter().map(|country| names.code("country", country.as_str()));
    let view = CertificatePage {
        identity: identity(&page, &shown),
        number: number.to_string(),
        issued: page.date(issued),
        citizenships: countries.collect::<Vec<_>>().join(", "),
        office: names.office(&shown.case.office),
        public_url: state.service.settings().public_url.clone(),
        back: shown.path(),
        page,
    };
    page::html(view.page.language, &view)
}
