// SPDX-License-Identifier: Apache-2.0
//! Terms of use and privacy: what the program does, in sentences that its tests hold it to.

use askama::Template;
use axum::{extract::State, response::Response};

use super::ombudsman_phone;
use crate::{
    WebError,
    page::{self, Page, Reader, Words},
    state::AppState,
};

/// The keys of the parts of a page: heading and text.
type Keys = &'static [(&'static str, &'static str)];

const TERMS: Keys = &[
    ("terms-use-title", "terms-use-text"),
    ("terms-free-title", "terms-free-text"),
    ("terms-texts-title", "terms-texts-text"),
    ("terms-words-title", "terms-words-text"),
    ("terms-misuse-title", "terms-misuse-text"),
    ("terms-rights-title", "terms-rights-text"),
];

const PRIVACY: Keys = &[
    ("terms-cookie-title", "terms-cookie-text"),
    ("terms-log-title", "terms-log-text"),
    ("terms-check-title", "terms-check-text"),
    ("terms-looked-title", "terms-looked-text"),
    ("terms-origin-title", "terms-origin-text"),
    ("terms-erasure-title", "terms-erasure-text"),
    ("terms-keep-title", "terms-keep-text"),
    ("terms-public-title", "terms-public-text"),
    ("terms-complaint-title", "terms-complaint-text"),
];

struct Section {
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "site/terms.html")]
struct TermsPage {
    page: Page,
    lead: Option<String>,
    sections: Vec<Section>,
}

/// Terms of use.
pub(super) async fn terms(State(state): State<AppState>, reader: Reader) -> Result<Response, WebError> {
    answer(&state, &reader, "terms-page-title", None, TERMS)
}

/// Privacy.
pub(super) async fn privacy(State(state): State<AppState>, reader: Reader) -> Result<Response, WebError> {
    answer(&state, &reader, "terms-privacy-title", Some("terms-privacy-lead"), PRIVACY)
}

fn answer(
    state: &AppState,
    reader: &Reader,
    title: &str,
    lead: Option<&str>,
    keys: Keys,
) -> Result<Response, WebError> {
    let words = Words::new(state, reader.language);
    let phone = ombudsman_phone(state);
    let section = |(title, text): &(&str, &str)| Section {
        title: words.text(title),
        text: words.with(text, "phone", phone.as_str()),
    };
    let terms = TermsPage {
        page: Page::new(state, reader, words.text(title)),
        lead: lead.map(|key| words.text(key)),
        sections: keys.iter().map(section).collect(),
    };
    page::html(reader.language, &terms)
}
