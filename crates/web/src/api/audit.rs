// SPDX-License-Identifier: Apache-2.0
//! The record of every act: the head of the log, the auditor's look into it, and the person's own.

use app::{
    Outcome,
    oversight::{
        Looked, OpenRecord, Period, RecordQuery, ResultQuery, SAMPLE_MAX, SearchRecords, WhoLooked, sample_audit,
        who_looked,
    },
    receipt::settled_head,
};
use axum::{
    extract::State,
    http::{Extensions, StatusCode},
    response::Response,
};
use base64ct::{Base64, Encoding as _};
use domain::access::Act;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    body::{Body, Part, Query},
    caller::{Caller, Reply, RequestId},
    operation::Operation,
    problem::Problem,
    wire,
};
use crate::{
    state::{AppState, Rates},
    visit::Peer,
};

/// Records that one lot draws when the client does not say how many.
const SAMPLE: usize = 50;

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/v1/audit/checkpoint", "show_log_head", "Show the signed head of the log", head)
            .text("Every record of an act answered before this question is in it.")
            .tells::<wire::LogHead>(200, "The head."),
        Operation::get(
            "/api/v1/audit/sample",
            "sample_audit",
            "Draw records by lot, and open each with its proof",
            sample,
        )
        .text("The lot is drawn from the hash of the checkpoint, so that the agency cannot choose.")
        .act(Act::SampleAudit)
        .query::<u64>("count", "How many, at most 1000; 50 if absent.")
        .tells::<wire::Sample>(200, "The records that were drawn."),
        Operation::get("/api/v1/audit/records", "search_records", "Search records by office, officer, kind and period", search)
            .text("Nobody's data are disclosed: records name persons by digests only. The search is on record, for the Ombudsman \
                   alone.")
            .act(Act::SampleAudit)
            .query::<String>("office", "Office of the officer.")
            .query::<uuid::Uuid>("account", "Account of the officer.")
            .query::<String>("action", "What was done: word of an act.")
            .query::<String>("result", "`done`, `refused`, or `refused:` with a code.")
            .query::<domain::time::Date>("from", "First day; thirty days before the last one if absent.")
            .query::<domain::time::Date>("to", "Last day; today if absent.")
            .query::<uuid::Uuid>("after", "`next` of the page before.")
            .tells::<wire::FoundRecords>(200, "A page of records."),
        Operation::get(
            "/api/v1/audit/records/{position}",
            "open_record",
            "Open one record with the persons it concerns",
            open,
        )
        .act(Act::SampleAudit)
        .part::<u64>()
        .tells::<wire::OpenedRecord>(200, "The record."),
        Operation::post(
            "/api/v1/looked",
            "who_looked",
            "Show a person who looked at her data, by her token and PIN",
            looked,
        )
        .text("A wrong token, a wrong PIN and a token that is used up answer alike.")
        .anyone()
        .takes::<wire::AccessToken>(json!({ "token": "3q2-7w", "pin": "000000" }))
        .refuses(&[401])
        .tells::<wire::WhoLooked>(200, "Who looked; this reading is on record too."),
    ]
}

async fn head(caller: Caller) -> Response {
    match settled_head(&caller.state.service).await {
        Ok(head) => {
            Reply::ok(&wire::LogHead { size: head.size, root: head.root, checkpoint: head.checkpoint }).answer()
        }
        Err(error) => caller.error(error, Act::SampleAudit),
    }
}

/// How many records are drawn.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Count {
    count: Option<String>,
}

async fn sample(caller: Caller, Query(Count { count }): Query<Count>) -> Response {
    let count = match count.as_deref().map(str::parse).transpose() {
        Ok(count) => count.unwrap_or(SAMPLE),
        Err(_) => SAMPLE_MAX + 1,
    };
    if count > SAMPLE_MAX {
        return caller.problem(Problem::field("count", "up_to", format!("0 to {SAMPLE_MAX}")));
    }
    let drawn = sample_audit(&caller.state.service, &caller.context(), count).await;
    caller.tell(drawn, Act::SampleAudit, |opened| {
        let records = opened.iter().map(|opened| wire::DrawnRecord {
            position: opened.position,
            record: parsed(&opened.record.canonical),
            canonical: opened.record.canonical.clone(),
            salt: domain::audit::hex(&opened.record.salt),
            commitment: domain::audit::hex(&opened.record.commitment),
            proof: opened.proof.clone(),
        });
        Reply::ok(&wire::Sample { records: records.collect() })
    })
}

/// The canonical form of a record is JSON.
fn parsed(canonical: &str) -> Value {
    serde_json::from_str(canonical).unwrap_or_default()
}

/// Days before the last one with which a search begins unless another is asked for.
const SEARCH_DAYS: usize = 30;

async fn search(caller: Caller, Query(query): Query<wire::RecordQuery>) -> Response {
    let service = &caller.state.service;
    let to = query.to.unwrap_or_else(|| service.now().date_in(service.pack().time_zone()));
    let month_before = (0..SEARCH_DAYS).fold(to, |day, _| day.yesterday().unwrap_or(day));
    let from = query.from.unwrap_or(month_before);
    let result = match query.result.as_deref() {
        None => None,
        Some("done") => Some(ResultQuery::Done),
        Some("refused") => Some(ResultQuery::Refused),
        Some(other) => match other.strip_prefix("refused:") {
            Some(code) => Some(ResultQuery::RefusedFor(code.to_owned())),
            None => return caller.problem(Problem::field("result", "form", "done, refused, or refused: with a code")),
        },
    };
    let wire::RecordQuery { office, account, action, after, .. } = query;
    let account = account.map(Into::into);
    let query = RecordQuery { office, account, action, result, period: Period { from, to } };
    caller
        .ask(SearchRecords { query, before: after.map(Into::into) }, |page| {
            let records = page.records.into_iter().map(|record| wire::FoundRecord {
                position: record.position,
                at: record.at,
                action: record.action,
                result: record.result,
                visibility: record.visibility.to_string(),
                office: record.office,
                account: record.account.map(|account| account.uuid()),
                officer: record.officer,
            });
            Reply::ok(&wire::FoundRecords { records: records.collect(), next: page.next.map(|next| next.uuid()) })
        })
        .await
}

async fn open(caller: Caller, Part(position): Part<u64>) -> Response {
    caller
        .ask(OpenRecord { position }, |opened| {
            Reply::ok(&wire::OpenedRecord {
                position,
                record: parsed(&opened.record.canonical),
                canonical: opened.record.canonical.clone(),
                persons: opened.persons.iter().map(ToString::to_string).collect(),
                details: opened.details,
            })
        })
        .await
}

async fn looked(State(state): State<AppState>, extensions: Extensions, body: Body<wire::AccessToken>) -> Response {
    let id = RequestId::of(&extensions);
    if let Err(error) = Rates::check(&state.rates.own_file, &Peer::key(&extensions), state.service.now()) {
        return Problem::from(error).answer(id);
    }
    match who_looked(&state.service, body.value.token.expose(), body.value.pin.expose()).await {
        Ok(Outcome::Done(looked)) => Reply::ok(&told(looked)).answer(),
        Ok(Outcome::Refused(_)) => {
            let detail = "token or PIN is wrong, or the token is of no use any more";
            Problem::new(StatusCode::UNAUTHORIZED, "not_signed_in", detail).answer(id)
        }
        Err(error) => Problem::of_error(error, None, Act::ReadWhoLooked).answer(id),
    }
}

fn told(looked: WhoLooked) -> wire::WhoLooked {
    let log =
        looked.log.as_ref().map(|head| wire::LogSize { size: head.size, root: Base64::encode_string(&head.root) });
    wire::WhoLooked { entries: looked.entries.into_iter().map(entry).collect(), log }
}

/// One look at a person's data.
pub(super) fn entry(look: Looked) -> wire::Looked {
    wire::Looked {
        at: look.at,
        action: look.action,
        result: look.result,
        body: look.body,
        office: look.office,
        role: look.role,
        purpose: look.purpose,
        basis: look.basis,
        position: look.position,
    }
}
