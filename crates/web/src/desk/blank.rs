// SPDX-License-Identifier: Apache-2.0
//! The stock of blank cards: received, spoiled, counted each day against the books and signed by a second officer.

use app::{
    Outcome,
    cards::{
        AddBlanks, BLANKS_PER_DELIVERY_MAX, CountStock, Reconciliation, ShowCount, ShowStock, SignCount, SpoilBlank,
        Stock,
    },
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    id::RowId,
    refusal::{Problem, Refusal},
};
use serde::Deserialize;

use super::words::{choices, office_name};
use crate::{
    WebError,
    form::{Errors, Field, Form, FormData, western_digits},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// Where the address begins.
#[derive(Deserialize)]
pub(super) struct Asked {
    before: Option<String>,
}

/// A count in the list.
struct CountLine {
    path: String,
    when: String,
    counted: String,
    booked: String,
    difference: String,
    counter: String,
    state: String,
    colour: &'static str,
}

#[derive(Template)]
#[template(path = "desk/blanks.html")]
struct StockPage {
    page: Page,
    errors: Errors,
    office: String,
    in_stock: String,
    used: String,
    spoiled: String,
    is_counted_today: bool,
    count: Vec<Field>,
    numbers: Field,
    spoil: Vec<Field>,
    counts: Vec<CountLine>,
    next: Option<String>,
}

/// Shows the stock.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let before: Option<RowId> = asked.before.and_then(|id| id.parse().ok());
    answer(&state, &reader, &visit, before, &FormData::default(), Errors::default()).await
}

async fn answer(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    before: Option<RowId>,
    form: &FormData,
    errors: Errors,
) -> Result<Response, WebError> {
    let stock = visit.done(state, ShowStock { before }).await?;
    let has_errors = !errors.is_empty();
    let page = Page::staff(state, reader, visit, "desk-blank-title");
    let text = page.text("desk-list-title");
    let shown = StockPage::new(state, page.crumb("/cards", text), form, errors, stock);
    if has_errors {
        page::html_with_errors(shown.page.language, &shown)
    } else {
        page::html(shown.page.language, &shown)
    }
}

impl StockPage {
    fn new(state: &AppState, page: Page, form: &FormData, errors: Errors, stock: Stock) -> Self {
        let typed = |field: Field| field.typed(form, &errors);
        let narrow = "govuk-input--width-5";
        let reasons = choices(state, &page, "blank_spoiled_reason");
        Self {
            office: office_name(state, &page, &stock.office),
            in_stock: page.number(stock.books.in_stock),
            used: page.number(stock.books.used),
            spoiled: page.number(stock.books.spoiled),
            is_counted_today: stock.is_counted_today,
            count: vec![
                typed(Field::digits("counted", page.text("desk-blank-counted")).width(narrow)),
                typed(
                    Field::area("explanation", page.text("desk-blank-explanation"))
                        .hint(page.text("desk-blank-explanation-hint"))
                        .rows(3),
                ),
            ],
            numbers: typed(
                Field::area("numbers", page.text("desk-blank-numbers"))
                    .hint(page.text("desk-blank-numbers-hint"))
                    .rows(4),
            ),
            spoil: vec![
                typed(Field::latin("blank", page.text("desk-blank-number")).width("govuk-input--width-10")),
                typed(Field::select("reason", page.text("desk-act-reason"), reasons)),
            ],
            counts: stock.counts.iter().map(|count| line(state, &page, count)).collect(),
            next: stock.next.map(|before| format!("/cards/blanks?before={before}")),
            page,
            errors,
        }
    }
}

fn line(state: &AppState, words: &Words, count: &app::cards::BlankCount) -> CountLine {
    let (key, colour) = match (count.signed_at, count.withdrawn_at) {
        (Some(_), _) => ("desk-count-signed", "green"),
        (None, Some(_)) => ("desk-count-withdrawn", "grey"),
        (None, None) => ("desk-count-open", "yellow"),
    };
    CountLine {
        path: format!("/cards/blanks/counts/{}", count.id),
        when: words.moment(state, count.counted_at),
        counted: words.number(count.counted),
        booked: words.number(count.books.in_stock),
        difference: signed(words, count.counted - count.books.in_stock),
        counter: count.counter.clone(),
        state: words.text(key),
        colour,
    }
}

/// A difference with its sign; zero without.
fn signed(words: &Words, number: i64) -> String {
    if number > 0 { format!("+{}", words.number(number)) } else { words.number(number) }
}

/// Shows the stock again with what is wrong.
async fn refused(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    form: &FormData,
    refusal: &Refusal,
) -> Result<Response, WebError> {
    let words = Words::new(state, reader.language.for_staff());
    let mut errors = match refusal {
        Refusal::ReasonNeeded => Errors::default(),
        other => Errors::of(&words, other, |field| field.starts_with("numbers").then(|| "numbers".to_owned())),
    };
    if *refusal == Refusal::ReasonNeeded {
        errors.add("explanation", words.text("desk-blank-explanation-needed"));
    }
    answer(state, reader, visit, None, form, errors).await
}

/// Takes a delivery into stock.
pub(super) async fn receive(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let outcome = match numbers(form.text("numbers")) {
        Ok(numbers) => visit.run(&state, AddBlanks { numbers }).await?,
        Err(refusal) => Outcome::Refused(refusal),
    };
    match outcome {
        Outcome::Done(_) => page::see_with("/cards/blanks", "desk-blank-received"),
        Outcome::Refused(refusal) => refused(&state, &reader, &visit, &form, &refusal).await,
    }
}

/// The numbers of a delivery: one on a line, or the first and the last of a row of them with two dots between.
fn numbers(text: &str) -> Result<Vec<String>, Refusal> {
    let too_many = || Refusal::field("numbers", Problem::UpTo(BLANKS_PER_DELIVERY_MAX));
    let mut numbers = Vec::new();
    for line in text.split(['\n', ',', ';']).map(str::trim).filter(|line| !line.is_empty()) {
        match line.split_once("..") {
            None => numbers.push(line.to_owned()),
            Some((first, last)) => numbers.extend(
                row(first.trim(), last.trim())
                    .ok_or_else(|| Refusal::field("numbers", format!("{line:?} is no row: A-0001..A-0100")))?,
            ),
        }
        if numbers.len() > BLANKS_PER_DELIVERY_MAX {
            return Err(too_many());
        }
    }
    if numbers.is_empty() { Err(too_many()) } else { Ok(numbers) }
}

/// The numbers from the first to the last, which differ in their last digits only.
fn row(first: &str, last: &str) -> Option<Vec<String>> {
    let digits = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let width = digits(first);
    if first.len() != last.len() || width == 0 || digits(last) != width {
        return None;
    }
    let (prefix, from) = first.split_at(first.len() - width);
    let (other, to) = last.split_at(last.len() - width);
    let (from, to): (u64, u64) = (from.parse().ok()?, to.parse().ok()?);
    let is_row = prefix == other && from <= to && to - from <= u64::try_from(BLANKS_PER_DELIVERY_MAX).ok()?;
    is_row.then(|| (from..=to).map(|number| format!("{prefix}{number:0width$}")).collect())
}

/// Spoils a blank from the stock.
pub(super) async fn spoil(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let (blank, reason) = (form.text("blank").to_owned(), form.text("reason").to_owned());
    match visit.run(&state, SpoilBlank { blank, card: None, reason }).await? {
        Outcome::Done(()) => page::see_with("/cards/blanks", "desk-blank-spoiled"),
        Outcome::Refused(Refusal::NotFound(_)) => {
            let mut errors = Errors::default();
            errors.add("blank", Words::new(&state, reader.language.for_staff()).text("desk-blank-unknown"));
            answer(&state, &reader, &visit, None, &form, errors).await
        }
        Outcome::Refused(refusal) => refused(&state, &reader, &visit, &form, &refusal).await,
    }
}

/// Records a count.
pub(super) async fn count(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let outcome = match western_digits(form.text("counted")).parse() {
        Ok(counted) => {
            let explanation = form.optional("explanation").map(str::to_owned);
            visit.run(&state, CountStock { counted, explanation }).await?
        }
        Err(_) => Outcome::Refused(Refusal::field("counted", Problem::Missing)),
    };
    match outcome {
        Outcome::Done(id) => page::see_with(&format!("/cards/blanks/counts/{id}"), "desk-count-done"),
        Outcome::Refused(refusal) => refused(&state, &reader, &visit, &form, &refusal).await,
    }
}

#[derive(Template)]
#[template(path = "desk/count.html")]
struct CountPage {
    page: Page,
    office: String,
    line: CountLine,
    signer: Option<(String, String)>,
    previous: Option<String>,
    opening: String,
    received: String,
    used: String,
    spoiled: String,
    has_difference: bool,
    explanation: Option<String>,
    sign: Option<String>,
    is_own: bool,
}

/// Shows a count beside the books; printed, it is the paper of the reconciliation.
pub(super) async fn show_count(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let id: RowId = id.parse().map_err(|_| WebError::NotFound)?;
    let found: Reconciliation = visit.done(&state, ShowCount { id }).await?;
    let page = Page::staff(&state, &reader, &visit, "desk-count-title");
    let text = page.text("desk-blank-title");
    let page = page.crumb("/cards/blanks", text);
    let count = &found.count;
    let signer = count.signer.clone().zip(count.signed_at).map(|(name, at)| (name, page.moment(&state, at)));
    let is_open = count.signed_at.is_none() && count.withdrawn_at.is_none();
    let shown = CountPage {
        office: office_name(&state, &page, &count.office),
        line: line(&state, &page, count),
        signer,
        previous: found.previous.as_ref().map(|previous| page.moment(&state, previous.counted_at)),
        opening: page.number(found.previous.as_ref().map_or(0, |previous| previous.books.in_stock)),
        received: signed(&page, found.received()),
        used: signed(&page, -found.used()),
        spoiled: signed(&page, -found.spoiled()),
        has_difference: found.difference() != 0,
        explanation: count.explanation.clone(),
        sign: found.can_sign.then(|| format!("/cards/blanks/counts/{id}/sign")),
        is_own: is_open && !found.can_sign,
        page,
    };
    page::html(shown.page.language, &shown)
}

/// Signs a count as the second officer.
pub(super) async fn sign_count(
    State(state): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let id: RowId = id.parse().map_err(|_| WebError::NotFound)?;
    visit.done(&state, SignCount { id }).await?;
    page::see_with(&format!("/cards/blanks/counts/{id}"), "desk-count-sign-done")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_is_written_as_numbers_or_rows() {
        assert_eq!(numbers("A-01\n B-2, C3").unwrap(), ["A-01", "B-2", "C3"]);
        assert_eq!(numbers("A-098..A-101").unwrap(), ["A-098", "A-099", "A-100", "A-101"]);
        assert_eq!(numbers(" 7 .. 9 ").unwrap(), ["7", "8", "9"]);
        for wrong in ["", "A..B", "A-1..B-2", "A-9..A-1", "A-1..A-10", "A-0000..A-9999", "1..99999999999999999999"] {
            assert!(numbers(wrong).is_err(), "{wrong}");
        }
    }
}
