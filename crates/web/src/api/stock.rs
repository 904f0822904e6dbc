// SPDX-License-Identifier: Apache-2.0
//! The reconciliation of blank cards: one officer counts, another one signs.

use app::cards::{BlankBooks, BlankCount, CountStock, ShowCount, ShowStock, SignCount};
use axum::response::Response;
use domain::access::Act;
use serde_json::json;
use uuid::Uuid;

use super::{
    body::{Body, Part, Query},
    caller::{Caller, Reply},
    operation::Operation,
    wire,
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/v1/blank-counts", "show_stock", "Show the stock of the office with its counts", show)
            .act(Act::KeepBlanks)
            .query::<Uuid>("after", "`next` of the page before.")
            .tells::<wire::Stock>(200, "Books and counts."),
        Operation::post("/api/v1/blank-counts", "count_stock", "Record a count of the blanks in stock", count)
            .text("A count that waits for its signature is withdrawn for it. A difference from the books is explained.")
            .act(Act::KeepBlanks)
            .takes::<wire::NewStockCount>(json!({ "counted": 120 }))
            .keyed()
            .refuses(&[422])
            .tells::<wire::Made>(201, "Recorded."),
        Operation::get("/api/v1/blank-counts/{id}", "show_count", "Show a count beside the one before it", show_one)
            .act(Act::KeepBlanks)
            .part::<Uuid>()
            .tells::<wire::Reconciliation>(200, "The count."),
        Operation::post(
            "/api/v1/blank-counts/{id}/signature",
            "sign_count",
            "Sign a count, as the second officer",
            sign,
        )
        .act(Act::KeepBlanks)
        .part::<Uuid>()
        .takes::<wire::Nothing>(json!({}))
        .keyed()
        .tells::<wire::Done>(200, "Signed."),
    ]
}

fn books(books: BlankBooks) -> wire::BlankBooks {
    wire::BlankBooks { in_stock: books.in_stock, used: books.used, spoiled: books.spoiled }
}

fn told(count: BlankCount) -> wire::StockCount {
    wire::StockCount {
        id: count.id.uuid(),
        counted: count.counted,
        books: books(count.books),
        explanation: count.explanation,
        counter: count.counter,
        counted_at: count.counted_at,
        signer: count.signer,
        signed_at: count.signed_at,
        withdrawn_at: count.withdrawn_at,
    }
}

async fn show(caller: Caller, Query(wire::After { after }): Query<wire::After>) -> Response {
    caller
        .ask(ShowStock { before: after.map(Into::into) }, |stock| {
            Reply::ok(&wire::Stock {
                office: stock.office,
                books: books(stock.books),
                counts: stock.counts.into_iter().map(told).collect(),
                is_counted_today: stock.is_counted_today,
                next: stock.next.map(|next| next.uuid()),
            })
        })
        .await
}

async fn count(caller: Caller, body: Body<wire::NewStockCount>) -> Response {
    let wire::NewStockCount { counted, explanation } = body.value.clone();
    let tell = |id: &domain::id::RowId| Reply::created(&wire::Made { id: id.uuid() }, format!("/blank-counts/{id}"));
    caller.act(&body, CountStock { counted, explanation }, tell).await
}

async fn show_one(caller: Caller, Part(id): Part<Uuid>) -> Response {
    caller
        .ask(ShowCount { id: id.into() }, |found| {
            let (received, used, spoiled) = (found.received(), found.used(), found.spoiled());
            let (difference, can_sign) = (found.difference(), found.can_sign);
            let (count, previous) = (told(found.count), found.previous.map(told));
            Reply::ok(&wire::Reconciliation { count, previous, received, used, spoiled, difference, can_sign })
        })
        .await
}

async fn sign(caller: Caller, Part(id): Part<Uuid>, body: Body<wire::Nothing>) -> Response {
    caller.act(&body, SignCount { id: id.into() }, |()| Reply::ok(&wire::Done { done: true })).await
}
