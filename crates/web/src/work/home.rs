// SPDX-License-Identifier: Apache-2.0
//! Where an officer begins: how many cases wait in which queue.

use std::collections::BTreeMap;

use app::work::{QueueCount, ShowWork};
use askama::Template;
use axum::{extract::State, response::Response};
use domain::{access::Act, case::CaseState, procedure::ProcedureCode, work::QueueView};

use super::{
    queue::QueueParams,
    words::{labels, state_text},
};
use crate::{
    WebError,
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
};

/// A figure that leads to its cases.
struct Figure {
    text: String,
    path: String,
    /// Whether there is something to point out.
    kind: &'static str,
}

/// A queue: its name and its figures.
struct QueueLine {
    name: String,
    state: String,
    waits: bool,
    figures: Vec<Figure>,
}

#[derive(Template)]
#[template(path = "work/home.html")]
struct HomePage {
    page: Page,
    columns: Vec<String>,
    lines: Vec<QueueLine>,
    total: QueueLine,
    in_place_of: Vec<page::Link>,
    approves_for: Vec<String>,
    keeps_substitutions: bool,
}

/// The parts of a queue, in the order of the columns.
pub(super) const VIEWS: [(QueueView, &str); 5] = [
    (QueueView::All, "work-view-all"),
    (QueueView::Mine, "work-view-mine"),
    (QueueView::Unassigned, "work-view-unassigned"),
    (QueueView::DueSoon, "work-view-due-soon"),
    (QueueView::Overdue, "work-view-overdue"),
];

/// Sums of a queue over its offices, in the order of [`VIEWS`].
type Sums = [i64; 5];

fn add(sums: &mut Sums, count: &QueueCount) {
    let parts = [count.all, count.mine, count.unassigned, count.due_soon, count.overdue];
    for (sum, part) in sums.iter_mut().zip(parts) {
        *sum += part;
    }
}

/// Shows the queues.
pub(super) async fn show(State(state): State<AppState>, reader: Reader, visit: Visit) -> Result<Response, WebError> {
    let home = visit.done(&state, ShowWork).await?;
    let page = Page::staff(&state, &reader, &visit, "work-home-title");
    let mut sums: BTreeMap<(ProcedureCode, CaseState), Sums> = BTreeMap::new();
    let mut total = Sums::default();
    for count in &home.queues {
        add(sums.entry((count.procedure.clone(), count.state)).or_default(), count);
        add(&mut total, count);
    }
    let labels = labels(&state, &page);
    let line = |((procedure, case_state), sums): ((ProcedureCode, CaseState), Sums)| QueueLine {
        name: labels.procedure(&procedure),
        state: state_text(&page, case_state),
        waits: home.waits_for_role.contains(&(procedure.clone(), case_state)),
        figures: figures(
            &page,
            sums,
            &QueueParams {
                procedure: Some(procedure.to_string()),
                state: Some(case_state.to_string()),
                ..QueueParams::default()
            },
        ),
    };
    let lines = sums.into_iter().map(line).collect();
    let total = QueueLine {
        name: page.text("work-home-total"),
        state: String::new(),
        waits: false,
        figures: figures(&page, total, &QueueParams::default()),
    };
    let in_place = |name: &String| page::Link {
        path: QueueParams { instead: Some(name.clone()), ..QueueParams::default() }.path(),
        text: name.clone(),
        is_current: false,
    };
    let home = HomePage {
        columns: VIEWS.iter().map(|(_, key)| page.text(key)).collect(),
        lines,
        total,
        in_place_of: home.in_place_of.iter().map(in_place).collect(),
        approves_for: home.approves_for.iter().map(|office| labels.office(office)).collect(),
        keeps_substitutions: visit.may(Act::KeepSubstitutions),
        page,
    };
    page::html(home.page.language, &home)
}

fn figures(page: &Page, sums: Sums, queue: &QueueParams) -> Vec<Figure> {
    let figure = |((view, _), sum): (&(QueueView, &str), i64)| Figure {
        text: page.number(sum),
        path: QueueParams { view: Some(view.to_string()), ..queue.clone() }.path(),
        kind: match (view, sum) {
            (_, 0) => "",
            (QueueView::Overdue, _) => "bad",
            (QueueView::DueSoon, _) => "soon",
            _ => "",
        },
    };
    VIEWS.iter().zip(sums).map(figure).collect()
}
