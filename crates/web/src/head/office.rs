// SPDX-License-Identifier: Apache-2.0
//! The page with the numbers of an office, and each of its tables as a file.

use app::statistics::ShowStatistics;
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::work::own_office;
use serde::Deserialize;

use super::numbers::{self, Numbers};
use crate::{
    WebError, csv,
    form::Choice,
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
    work::{labels, office_choices},
};

/// Which office; none is all that the head sees.
#[derive(Deserialize)]
pub(super) struct Which {
    office: Option<String>,
}

impl Which {
    fn office(&self) -> Option<String> {
        self.office.clone().filter(|office| !office.is_empty())
    }
}

/// The end of a file's name in addresses.
const FILE_END: &str = ".csv";

#[derive(Template)]
#[template(path = "head/office.html")]
struct OfficePage {
    page: Page,
    today: String,
    tables: Vec<Numbers>,
    offices: Vec<Choice>,
    office: String,
    suffix: String,
}

/// Shows the numbers.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, WebError> {
    let found = visit.done(&state, ShowStatistics { office: which.office() }).await?;
    let page = Page::staff(&state, &reader, &visit, "head-office-title");
    let office = found.office.clone().unwrap_or_default();
    let suffix = match office.as_str() {
        "" => String::new(),
        office => format!("?office={}", form_urlencoded::byte_serialize(office.as_bytes()).collect::<String>()),
    };
    let view = OfficePage {
        today: page.date(found.today),
        tables: numbers::all(&page, labels(&state, &page), &found),
        offices: match own_office(&visit.actor) {
            Some(_) => Vec::new(),
            None => office_choices(&state, &page, &visit.actor.body),
        },
        office,
        suffix,
        page,
    };
    page::html(view.page.language, &view)
}

/// A table as a file.
pub(super) async fn download(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(name): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, WebError> {
    let id = name.strip_suffix(FILE_END).ok_or(WebError::NotFound)?;
    let found = visit.done(&state, ShowStatistics { office: which.office() }).await?;
    let words = Words::new(&state, reader.language.for_staff());
    let tables = numbers::all(&words, labels(&state, &words), &found);
    let table = tables.iter().find(|table| table.id == id).ok_or(WebError::NotFound)?;
    csv::file(&format!("turna-{id}-{}", found.today), &table.cells())
}
