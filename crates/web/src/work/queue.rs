// SPDX-License-Identifier: Apache-2.0
//! One queue: its parts, a search inside it, its cases page by page, and the next case.

use app::work::{ListQueue, QueueLimit, QueuePlace, WorkQuery, WorkRow};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{procedure::ProcedureCode, refusal::Refusal, time::Date, work::own_office};
use serde::Deserialize;

use super::{
    Undo,
    home::VIEWS,
    words::{DueWords, case_path, labels, office_choices, state_text},
};
use crate::{
    WebError,
    form::{Choice, Errors},
    page::{self, Link, Page, Reader},
    state::AppState,
    visit::Visit,
};

/// The longest value of an address's parameter that is read.
const PARAMETER_CHARACTERS_MAX: usize = 200;

/// A queue as an address names it.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct QueueParams {
    pub(super) procedure: Option<String>,
    pub(super) state: Option<String>,
    pub(super) view: Option<String>,
    pub(super) office: Option<String>,
    /// Name of the absent officer whose cases are listed.
    pub(super) instead: Option<String>,
    pub(super) q: Option<String>,
    pub(super) after: Option<String>,
    /// What the last assignment changed, to be undone.
    #[serde(default)]
    pub(super) undo: Option<String>,
}

impl QueueParams {
    /// The pairs of the address, without what is empty and without the place.
    fn pairs(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("procedure", &self.procedure),
            ("state", &self.state),
            ("view", &self.view),
            ("office", &self.office),
            ("instead", &self.instead),
            ("q", &self.q),
        ];
        all.into_iter()
            .filter_map(|(name, value)| Some((name, value.as_deref()?)))
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    /// The address's query.
    pub(super) fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    /// The address of the queue.
    pub(super) fn path(&self) -> String {
        match self.query().as_str() {
            "" => "/work/queue".to_owned(),
            query => format!("/work/queue?{query}"),
        }
    }

    fn with(&self, name: &str, value: &str) -> String {
        let pairs = self.pairs().into_iter().filter(|(known, _)| *known != name).chain([(name, value)]);
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        format!("/work/queue?{query}")
    }

    /// The question that the address asks.
    fn to_work_query(&self) -> Result<WorkQuery, WebError> {
        let too_long = |value: &Option<String>| {
            value.as_ref().is_some_and(|value| value.chars().count() > PARAMETER_CHARACTERS_MAX)
        };
        if [&self.q, &self.office, &self.instead].into_iter().any(too_long) {
            return Err(WebError::NotFound);
        }
        fn read<T: std::str::FromStr>(value: &Option<String>) -> Result<Option<T>, WebError> {
            let given = value.as_deref().filter(|value| !value.is_empty());
            given.map(str::parse).transpose().map_err(|_| WebError::NotFound)
        }
        let procedure = self.procedure.as_deref().filter(|code| !code.is_empty()).map(ProcedureCode::parse);
        Ok(WorkQuery {
            procedure: procedure.transpose().map_err(|_| WebError::NotFound)?,
            state: read(&self.state)?,
            view: read(&self.view)?,
            office: self.office.clone().filter(|office| !office.is_empty()),
            in_place_of: self.instead.clone().filter(|name| !name.is_empty()),
            search: self.q.clone(),
            after: self.after.as_deref().map(place).transpose()?,
        })
    }
}

/// A place in a queue as an address has it: `2025-06-17~0197…`.
fn place(text: &str) -> Result<QueuePlace, WebError> {
    let (day, case) = text.split_once('~').ok_or(WebError::NotFound)?;
    let due_on: Date = day.parse().map_err(|_| WebError::NotFound)?;
    Ok(QueuePlace { due_on, case: case.parse().map_err(|_| WebError::NotFound)? })
}

fn place_text(place: QueuePlace) -> String {
    format!("{}~{}", place.due_on, place.case)
}

/// From which place of which queue an officer came to a case: kept until he goes on to the next one.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct QueueContext {
    /// The queue, as the query of its address.
    #[serde(default)]
    pub(crate) queue: String,
    /// The place of the case in it.
    #[serde(default)]
    pub(crate) at: String,
}

impl QueueContext {
    fn is_given(&self) -> bool {
        !self.at.is_empty() && self.queue.len() <= 5 * PARAMETER_CHARACTERS_MAX && self.at.len() <= 60
    }

    /// The same as part of an address, with its mark before it; empty if there is none.
    pub(crate) fn suffix(&self) -> String {
        if !self.is_given() {
            return String::new();
        }
        let pairs = [("queue", self.queue.as_str()), ("at", self.at.as_str())];
        format!("?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
    }

    /// The address of the next case.
    pub(crate) fn next_path(&self) -> Option<String> {
        let after: String = form_urlencoded::byte_serialize(self.at.as_bytes()).collect();
        let mark = if self.queue.is_empty() { "" } else { "&" };
        self.is_given().then(|| format!("/work/next?{}{mark}after={after}", self.queue))
    }

    /// The address of the queue.
    pub(crate) fn queue_path(&self) -> Option<String> {
        let mark = if self.queue.is_empty() { "" } else { "?" };
        self.is_given().then(|| format!("/work/queue{mark}{}", self.queue))
    }
}

/// A case in the list.
pub(super) struct CaseLine {
    pub(super) number: String,
    pub(super) path: String,
    pub(super) person: String,
    pub(super) person_number: String,
    pub(super) procedure: String,
    pub(super) state: String,
    pub(super) office: String,
    pub(super) due: Option<DueWords>,
    pub(super) assignee: Option<String>,
    pub(super) waits: bool,
    /// Whether the officer decides it, in the list of proposals.
    pub(super) can_decide: bool,
}

impl CaseLine {
    pub(super) fn new(state: &AppState, page: &Page, row: &WorkRow, today: Date, queue: &str) -> Self {
        let labels = labels(state, page);
        let case = &row.case;
        let context = QueueContext { queue: queue.to_owned(), at: place_text(case.place()) };
        Self {
            number: case.number.to_string(),
            path: case_path(&case.procedure, &case.number) + &context.suffix(),
            person: row.name.expose().clone(),
            person_number: case.person_number.to_string(),
            procedure: labels.procedure(&case.procedure),
            state: state_text(page, case.state),
            office: labels.office(&case.office),
            due: case.due.as_ref().map(|(day, _)| DueWords::new(page, *day, today)),
            assignee: case.assignee.as_ref().map(|(_, name)| name.clone()),
            waits: row.waits_for_role,
            can_decide: false,
        }
    }
}

#[derive(Template)]
#[template(path = "work/queue.html")]
struct QueueView {
    page: Page,
    errors: Errors,
    views: Vec<Link>,
    lines: Vec<CaseLine>,
    /// What the search keeps of the queue.
    kept: Vec<(&'static str, String)>,
    search: String,
    office: String,
    offices: Vec<Choice>,
    next_path: Option<String>,
    is_continued: bool,
    first_path: String,
    here: String,
    me: String,
    undo: Option<Undo>,
}

/// Shows a page of a queue.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(params): Query<QueueParams>,
) -> Result<Response, WebError> {
    let query = params.to_work_query()?;
    let procedure = query.procedure.clone();
    let words = page::Words::new(&state, reader.language.for_staff());
    let title = match &procedure {
        Some(code) => labels(&state, &words).procedure(code),
        None => words.text("work-queue-title"),
    };
    let subtitle = query.state.map(|found| state_text(&words, found));
    let title = subtitle.map_or(title.clone(), |subtitle| format!("{title}: {subtitle}"));
    let page = Page::staff_titled(&state, &reader, &visit, title).crumb("/work", words.text("work-home-title"));
    let listed = visit.run(&state, ListQueue { query: query.clone(), limit: QueueLimit::Page }).await?;
    let (found, errors) = match listed {
        app::Outcome::Done(found) => (Some(found), Errors::default()),
        app::Outcome::Refused(refusal @ Refusal::Fields(_)) => {
            (None, Errors::of(&page, &refusal, |_| Some("q".to_owned())))
        }
        app::Outcome::Refused(refusal) => return Err(refusal.into()),
    };
    let context = params.query();
    let line = |row: &WorkRow, today: Date| CaseLine::new(&state, &page, row, today, &context);
    let lines = found.iter().flat_map(|found| found.rows.iter().map(|row| line(row, found.today))).collect();
    let next = found.as_ref().and_then(|found| found.next);
    let current = query.view.unwrap_or(domain::work::QueueView::All);
    let view = |(view, key): &(domain::work::QueueView, &str)| Link {
        path: params.with("view", view.as_str()),
        text: page.text(key),
        is_current: *view == current,
    };
    let kept = params.pairs().into_iter().filter(|(name, _)| !["q", "office"].contains(name));
    let view = QueueView {
        views: VIEWS.iter().map(view).collect(),
        lines,
        kept: kept.map(|(name, value)| (name, value.to_owned())).collect(),
        search: params.q.clone().unwrap_or_default(),
        office: params.office.clone().unwrap_or_default(),
        offices: offices(&state, &page, &visit),
        next_path: next.map(|next| params.with("after", &place_text(next))),
        is_continued: query.after.is_some(),
        first_path: params.path(),
        here: params.path(),
        me: visit.account_name.clone(),
        undo: params.undo.as_deref().and_then(Undo::parse),
        errors,
        page,
    };
    match view.errors.is_empty() {
        true => page::html(view.page.language, &view),
        false => page::html_with_errors(view.page.language, &view),
    }
}

/// The offices that an officer who sees the whole country can choose from.
fn offices(state: &AppState, page: &Page, visit: &Visit) -> Vec<Choice> {
    match own_office(&visit.actor) {
        Some(_) => Vec::new(),
        None => office_choices(state, page, &visit.actor.body),
    }
}

/// To the case after a place of a queue; back to the queue when it was the last.
pub(super) async fn next(
    State(state): State<AppState>,
    visit: Visit,
    Query(params): Query<QueueParams>,
) -> Result<Response, WebError> {
    let query = params.to_work_query()?;
    let found = visit.done(&state, ListQueue { query, limit: QueueLimit::One }).await?;
    let Some(row) = found.rows.first() else {
        return page::see_with(&params.path(), "work-next-none");
    };
    let context = QueueContext { queue: params.query(), at: place_text(row.case.place()) };
    page::see(&(case_path(&row.case.procedure, &row.case.number) + &context.suffix()))
}
