// SPDX-License-Identifier: Apache-2.0
//! Queues of work and substitutions.

use app::work::{
    AddSubstitution, EndSubstitution, ListApprovals, ListQueue, ListSubstitutions, QueueCount, QueueLimit, QueuePlace,
    ShowWork, StandIn, Substitution, SubstitutionOf, WorkQuery, WorkRow,
};
use axum::response::Response;
use domain::{access::Act, work::QueueView};
use serde_json::json;
use uuid::Uuid;

use super::{
    body::{Body, Part, Query},
    caller::{Caller, Reply},
    operation::Operation,
    problem::Problem,
    wire,
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/v1/queues", "count_queues", "Count the open cases of the own queues", count)
            .text("It names nobody.")
            .act(Act::ListWork)
            .tells::<wire::Queues>(200, "The counts."),
        Operation::get("/api/v1/queues/{view}", "list_queue", "List the open cases of a part of the own queues", list)
            .text("What is due first comes first. Each person who is named finds it under \"who looked\".")
            .act(Act::ListWork)
            .part::<QueueView>()
            .query::<domain::procedure::ProcedureCode>("procedure", "Procedure.")
            .query::<domain::case::CaseState>("state", "State.")
            .query::<String>("office", "Office that keeps the case.")
            .query::<String>("in_place_of", "Name of an absent officer for whom the officer stands in.")
            .query::<String>("search", "Number of case or person, or the beginning of a name; at least two letters.")
            .query::<String>("after", "`next` of the page before.")
            .tells::<wire::QueuePage>(200, "A page of cases."),
        Operation::get(
            "/api/v1/approvals",
            "list_approvals",
            "List proposals that wait for a second officer",
            approvals,
        )
        .act(Act::ListWork)
        .query::<String>("after", "`next` of the page before.")
        .tells::<wire::ApprovalPage>(200, "A page of proposals."),
        Operation::get("/api/v1/substitutions", "list_substitutions", "List who stands in for whom", substitutions)
            .act(Act::KeepSubstitutions)
            .tells::<wire::Substitutions>(200, "Those that are not over."),
        Operation::post(
            "/api/v1/substitutions",
            "add_substitution",
            "Let an officer or an office stand in for another for some days",
            add,
        )
        .text("Nobody enters one for himself, and none raises anybody's rights.")
        .act(Act::KeepSubstitutions)
        .takes::<wire::NewSubstitution>(json!({
            "absent": "no.officer",
            "by": "no.other.officer",
            "from": "2025-06-02",
            "to": "2025-06-13",
        }))
        .keyed()
        .tells::<wire::Made>(201, "Entered."),
        Operation::post(
            "/api/v1/substitutions/{id}/end",
            "end_substitution",
            "End a substitution before its last day",
            end,
        )
        .act(Act::KeepSubstitutions)
        .part::<Uuid>()
        .takes::<wire::Nothing>(json!({}))
        .keyed()
        .tells::<wire::Done>(200, "Ended."),
    ]
}

/// A place in a queue as a client carries it: `2025-06-17~0197…`.
fn place(after: Option<&str>) -> Result<Option<QueuePlace>, Problem> {
    let Some(text) = after else { return Ok(None) };
    let read = || {
        let (day, case) = text.split_once('~')?;
        Some(QueuePlace { due_on: day.parse().ok()?, case: case.parse().ok()? })
    };
    read().map(Some).ok_or_else(|| Problem::field("after", "form", "no page begins there"))
}

fn place_text(place: QueuePlace) -> String {
    format!("{}~{}", place.due_on, place.case)
}

async fn count(caller: Caller) -> Response {
    caller
        .ask(ShowWork, |home| {
            let count = |count: QueueCount| wire::QueueCount {
                procedure: count.procedure,
                state: count.state,
                office: count.office,
                all: count.all,
                mine: count.mine,
                unassigned: count.unassigned,
                overdue: count.overdue,
                due_soon: count.due_soon,
            };
            let queues = home.queues.into_iter().map(count).collect();
            Reply::ok(&wire::Queues { queues, in_place_of: home.in_place_of, approves_for: home.approves_for })
        })
        .await
}

async fn list(caller: Caller, Part(view): Part<QueueView>, Query(query): Query<wire::QueueQuery>) -> Response {
    let after = match place(query.after.as_deref()) {
        Ok(after) => after,
        Err(problem) => return caller.problem(problem),
    };
    let wire::QueueQuery { procedure, state, office, in_place_of, search, .. } = query;
    let query = WorkQuery { procedure, state, view: Some(view), office, in_place_of, search, after };
    caller
        .ask(ListQueue { query, limit: QueueLimit::Page }, |page| {
            let cases = page.rows.into_iter().map(queued).collect();
            Reply::ok(&wire::QueuePage { cases, next: page.next.map(place_text) })
        })
        .await
}

fn queued(row: WorkRow) -> wire::QueuedCase {
    let case = row.case;
    let (due, clock) = case.due.unzip();
    wire::QueuedCase {
        case: case.number,
        procedure: case.procedure,
        state: case.state,
        person: case.person_number,
        name: row.name,
        office: case.office,
        opened_at: case.opened_at,
        due,
        clock,
        assignee: case.assignee.map(|(_, name)| name),
        waits_for_role: row.waits_for_role,
    }
}

async fn approvals(caller: Caller, Query(query): Query<wire::ApprovalQuery>) -> Response {
    let after = match place(query.after.as_deref()) {
        Ok(after) => after,
        Err(problem) => return caller.problem(problem),
    };
    caller
        .ask(ListApprovals { after }, |(page, may_decide)| {
            let cases = page.rows.into_iter().map(queued).collect();
            Reply::ok(&wire::ApprovalPage { cases, may_decide, next: page.next.map(place_text) })
        })
        .await
}

async fn substitutions(caller: Caller) -> Response {
    caller
        .ask(ListSubstitutions, |found| {
            Reply::ok(&wire::Substitutions { substitutions: found.into_iter().map(substitution).collect() })
        })
        .await
}

fn substitution(found: Substitution) -> wire::Substitution {
    let (absent, by) = match (found.names, found.stand_in) {
        (Some((absent, by)), _) => (Some(absent), by),
        (None, StandIn::Office { by }) => (None, by),
        // An officer's substitution has names; without them there is nothing to tell.
        (None, StandIn::Officer { .. }) => (None, String::new()),
    };
    wire::Substitution {
        id: found.id.uuid(),
        office: found.office,
        absent,
        by,
        from: found.from,
        to: found.to,
        ended_at: found.ended_at,
    }
}

async fn add(caller: Caller, body: Body<wire::NewSubstitution>) -> Response {
    let wire::NewSubstitution { absent, office, by, from, to } = body.value.clone();
    let of = match (absent, office) {
        (Some(absent), None) => SubstitutionOf::Officer { absent, by },
        (None, Some(office)) => SubstitutionOf::Office { office, by },
        _ => return caller.problem(Problem::field("", "form", "exactly one of absent and office")),
    };
    let tell = |id: &domain::id::SubstitutionId| Reply::created(&wire::Made { id: id.uuid() }, "/substitutions");
    caller.act(&body, AddSubstitution { of, from, to }, tell).await
}

async fn end(caller: Caller, Part(id): Part<Uuid>, body: Body<wire::Nothing>) -> Response {
    caller.act(&body, EndSubstitution { id: id.into() }, |()| Reply::ok(&wire::Done { done: true })).await
}
