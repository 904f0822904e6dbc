// SPDX-License-Identifier: Apache-2.0
//! Refusals, agreement of the second officer, and overdue cases, by office and officer: as tables and as files.

use std::collections::BTreeMap;

use app::{
    Outcome,
    oversight::{Agreement, CountRates, Period, Rates},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

use super::words::{day, month_before, today};
use crate::{
    WebError,
    csv::{self, Cell},
    desk::words::office_name,
    form::Errors,
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// The period that the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    from: String,
    to: String,
}

impl Asked {
    fn period(&self, state: &AppState) -> Period {
        let to = day(&self.to).unwrap_or_else(|| today(state));
        Period { from: day(&self.from).unwrap_or_else(|| month_before(to)), to }
    }
}

/// A table of counts with a share.
struct Table {
    /// Its name in addresses and file names.
    code: &'static str,
    title: String,
    head: Vec<String>,
    rows: Vec<Row>,
    file: String,
}

/// A row: office and officer, then numbers, then a share in whole percent.
struct Row {
    names: Vec<String>,
    numbers: Vec<i64>,
    share: Option<i64>,
    shown: Vec<String>,
}

#[derive(Template)]
#[template(path = "oversight/rates.html")]
struct RatesPage {
    page: Page,
    errors: Errors,
    from: String,
    to: String,
    tables: Vec<Table>,
}

/// The whole percent that a part is, rounded; `None` of nothing.
fn percent(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 200 + whole) / (whole * 2))
}

fn row(words: &Words, names: Vec<String>, numbers: Vec<i64>, share: Option<i64>) -> Row {
    let mut shown: Vec<String> = numbers.iter().map(|number| words.number(*number)).collect();
    shown.push(share.map_or_else(|| "–".to_owned(), |share| format!("{} %", words.number(share))));
    Row { names, numbers, share, shown }
}

/// The three tables of a period.
fn tables(state: &AppState, words: &Words, rates: Rates, query: &str) -> Vec<Table> {
    let head = |keys: &[&str]| keys.iter().map(|key| words.text(key)).collect();
    let office = |code: &str| office_name(state, words, code);
    let refusals = rates.refusals.iter().map(|each| {
        let names = vec![office(&each.office), each.officer.clone()];
        row(words, names, vec![each.acts, each.refused], percent(each.refused, each.acts))
    });
    let mut proposers: BTreeMap<(String, String), [i64; 3]> = BTreeMap::new();
    let mut deciders: BTreeMap<(String, String), [i64; 3]> = BTreeMap::new();
    for each in &rates.agreements {
        let place = match each.agreement {
            Agreement::Agreed => 0,
            Agreement::Changed => 1,
            Agreement::Withdrawn => 2,
        };
        proposers.entry((each.office.clone(), each.proposer.clone())).or_default()[place] += each.count;
        if let Some(decider) = &each.decider {
            deciders.entry((each.office.clone(), decider.clone())).or_default()[place] += each.count;
        }
    }
    let agreement = |counted: BTreeMap<(String, String), [i64; 3]>| -> Vec<Row> {
        let of = |((code, officer), [agreed, changed, withdrawn]): ((String, String), [i64; 3])| {
            let names = vec![office(&code), officer];
            row(words, names, vec![agreed, changed, withdrawn], percent(agreed, agreed + changed + withdrawn))
        };
        counted.into_iter().map(of).collect()
    };
    let overdue = rates.overdue.iter().map(|each| {
        let officer = each.officer.clone().unwrap_or_else(|| words.text("oversight-rate-nobody"));
        row(words, vec![office(&each.office), officer], vec![each.open, each.overdue], percent(each.overdue, each.open))
    });
    let agreement_head = [
        "desk-list-office",
        "oversight-search-officer",
        "oversight-rate-agreed",
        "oversight-rate-changed",
        "oversight-rate-withdrawn",
        "oversight-rate-share-agreed",
    ];
    let table = |code: &'static str, title: &str, keys: &[&str], rows: Vec<Row>| Table {
        code,
        title: words.text(title),
        head: head(keys),
        rows,
        file: format!("/oversight/rates/{code}?{query}"),
    };
    let refusal_head = [
        "desk-list-office",
        "oversight-search-officer",
        "oversight-rate-acts",
        "oversight-rate-refused",
        "oversight-rate-share-refused",
    ];
    let overdue_head = [
        "desk-list-office",
        "oversight-search-officer",
        "oversight-rate-open",
        "oversight-rate-overdue",
        "oversight-rate-share-overdue",
    ];
    vec![
        table("refusals", "oversight-rate-refusals", &refusal_head, refusals.collect()),
        table("proposals", "oversight-rate-proposals", &agreement_head, agreement(proposers)),
        table("decisions", "oversight-rate-decisions", &agreement_head, agreement(deciders)),
        table("overdue", "oversight-rate-cases", &overdue_head, overdue.collect()),
    ]
}

fn query(period: Period) -> String {
    format!("from={}&to={}", period.from, period.to)
}

/// Shows the tables.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let period = asked.period(&state);
    let page = Page::staff(&state, &reader, &visit, "oversight-rate-title");
    let text = page.text("oversight-search-title");
    let page = page.crumb("/oversight", text);
    let (rates, errors) = match visit.run(&state, CountRates { period }).await? {
        Outcome::Done(rates) => (Some(rates), Errors::default()),
        Outcome::Refused(refusal) => (None, Errors::of(&page, &refusal, |_| None)),
    };
    let tables = rates.map(|rates| tables(&state, &page, rates, &query(period))).unwrap_or_default();
    let (from, to) = (period.from.to_string(), period.to.to_string());
    let shown = RatesPage { page, errors, from, to, tables };
    if shown.errors.is_empty() {
        page::html(shown.page.language, &shown)
    } else {
        page::html_with_errors(shown.page.language, &shown)
    }
}

/// One of the tables as a file.
pub(super) async fn file(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let period = asked.period(&state);
    let rates = visit.done(&state, CountRates { period }).await?;
    let words = Words::new(&state, reader.language.for_staff());
    let table = tables(&state, &words, rates, "").into_iter().find(|table| table.code == code);
    let table = table.ok_or(WebError::NotFound)?;
    let mut rows: Vec<Vec<Cell>> = vec![table.head.into_iter().map(Cell::from).collect()];
    for row in table.rows {
        let mut cells: Vec<Cell> = row.names.into_iter().map(Cell::from).collect();
        cells.extend(row.numbers.into_iter().map(Cell::from));
        cells.push(row.share.map_or_else(|| Cell::from(""), Cell::from));
        rows.push(cells);
    }
    csv::file(&format!("{code}-{}-{}", period.from, period.to), &rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_and_nothing_has_none() {
        for (part, whole, share) in
            [(0, 0, None), (0, 3, Some(0)), (1, 3, Some(33)), (2, 3, Some(67)), (1, 200, Some(1))]
        {
            assert_eq!(percent(part, whole), share, "{part} of {whole}");
        }
    }
}
