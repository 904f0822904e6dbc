// SPDX-License-Identifier: Apache-2.0
//! Searching records by office, officer, kind, result and period.

use app::{
    Outcome,
    oversight::{ListedRecord, Period, RecordQuery, ResultQuery, SearchRecords},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{access::Act, audit::Visibility};
use serde::Deserialize;

use super::words::{act_choices, act_name, day, month_before, result_name, today, visibility_name};
use crate::{
    WebError,
    desk::words::{link, office_name, offices},
    form::{Choice, Errors, Field, FormData},
    page::{self, Link, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    office: String,
    account: String,
    kind: String,
    result: String,
    from: String,
    to: String,
    before: String,
}

/// A record in the list.
pub(super) struct RecordLine {
    pub(super) path: Option<String>,
    pub(super) position: String,
    pub(super) when: String,
    pub(super) kind: String,
    pub(super) result: String,
    pub(super) is_refused: bool,
    pub(super) office: String,
    pub(super) officer: String,
    pub(super) officer_path: Option<String>,
    pub(super) seen: String,
    pub(super) is_own: bool,
}

pub(super) fn line(state: &AppState, words: &Words, record: ListedRecord) -> RecordLine {
    let position = record.position.map(|position| words.number(i64::try_from(position).unwrap_or(i64::MAX)));
    RecordLine {
        path: record.position.map(|position| format!("/oversight/records/{position}")),
        position: position.unwrap_or_else(|| words.text("oversight-search-waits")),
        when: words.moment(state, record.at),
        kind: act_name(words, &record.action),
        is_refused: record.result.starts_with("refused:"),
        result: result_name(words, &record.result),
        office: record.office.map(|office| office_name(state, words, &office)).unwrap_or_default(),
        officer: record.officer.unwrap_or_else(|| words.text("oversight-search-nobody")),
        officer_path: record.account.map(|account| format!("/oversight?account={account}")),
        seen: visibility_name(words, record.visibility),
        is_own: record.visibility == Visibility::Oversight,
    }
}

#[derive(Template)]
#[template(path = "oversight/search.html")]
struct SearchPage {
    page: Page,
    errors: Errors,
    selects: Vec<Field>,
    account: String,
    from: String,
    to: String,
    lines: Vec<RecordLine>,
    next: Option<String>,
    links: Vec<Link>,
}

/// What was asked for as an address, for the next page.
fn address(asked: &Asked, before: &str) -> String {
    let fields = [
        ("office", asked.office.as_str()),
        ("account", &asked.account),
        ("kind", &asked.kind),
        ("result", &asked.result),
        ("from", &asked.from),
        ("to", &asked.to),
        ("before", before),
    ];
    let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    format!("/oversight?{query}")
}

/// Shows the search with what it found.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(mut asked): Query<Asked>,
) -> Result<Response, WebError> {
    let to = day(&asked.to).unwrap_or_else(|| today(&state));
    let from = day(&asked.from).unwrap_or_else(|| month_before(to));
    (asked.from, asked.to) = (from.to_string(), to.to_string());
    let named = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let result = match asked.result.as_str() {
        "done" => Some(ResultQuery::Done),
        "refused" => Some(ResultQuery::Refused),
        _ => None,
    };
    let query = RecordQuery {
        office: named(&asked.office),
        account: asked.account.parse().ok(),
        action: named(&asked.kind),
        result,
        period: Period { from, to },
    };
    let before = asked.before.parse().ok();
    let words = Words::new(&state, reader.language.for_staff());
    let (found, errors) = match visit.run(&state, SearchRecords { query, before }).await? {
        Outcome::Done(found) => (Some(found), Errors::default()),
        Outcome::Refused(refusal) => (None, Errors::of(&words, &refusal, |_| None)),
    };
    let page = Page::staff(&state, &reader, &visit, "oversight-search-title");
    let results = vec![
        Choice::new("done", page.text("oversight-result-done")),
        Choice::new("refused", page.text("oversight-result-refused")),
    ];
    let none = FormData::default();
    let select = |name, key: &str, choices, value: &str| {
        Field::select(name, page.text(key), choices).value(value).typed(&none, &errors)
    };
    let selects = vec![
        select("office", "desk-list-office", offices(&state, &page), &asked.office),
        select("kind", "oversight-search-kind", act_choices(&page), &asked.kind),
        select("result", "oversight-search-result", results, &asked.result),
    ];
    let next = found.as_ref().and_then(|found| found.next).map(|before| address(&asked, &before.to_string()));
    let records = found.map(|found| found.records).unwrap_or_default();
    let shown = SearchPage {
        selects,
        account: asked.account,
        from: asked.from,
        to: asked.to,
        lines: records.into_iter().map(|record| line(&state, &page, record)).collect(),
        next,
        links: links(&page, &visit),
        page,
        errors,
    };
    if shown.errors.is_empty() {
        page::html(shown.page.language, &shown)
    } else {
        page::html_with_errors(shown.page.language, &shown)
    }
}

fn links(page: &Page, visit: &Visit) -> Vec<Link> {
    if !visit.may(Act::SampleAudit) {
        return Vec::new();
    }
    vec![
        link("/oversight/sample", page.text("oversight-sample-title")),
        link("/oversight/consistency", page.text("oversight-old-title")),
        link("/oversight/rates", page.text("oversight-rate-title")),
    ]
}
