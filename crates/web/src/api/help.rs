// SPDX-License-Identifier: Apache-2.0
//! Help handed out at events, and measures.

use app::{
    assistance::{GiftReceipt, HandOverGift, OpenDistribution},
    enforcement::{OrderToLeave, RaiseProtectionFlag},
};
use axum::response::Response;
use domain::access::Act;
use serde_json::json;

use super::{
    body::{Body, Part},
    caller::{Caller, Reply},
    operation::Operation,
    person::{EXAMPLE_PERSON, holder, opened},
    wire,
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::post("/api/v1/distributions", "open_distribution", "Open a distribution of help", open)
            .text("An event at which something is handed out once to each.")
            .act(Act::HandOverGift)
            .takes::<wire::NewDistribution>(json!({ "code": "winter_2025", "name": "Winter help", "on": "2025-12-18" }))
            .keyed()
            .tells::<wire::OpenedDistribution>(201, "Opened."),
        Operation::post(
            "/api/v1/distributions/{code}/gifts",
            "hand_over_gift",
            "Hand a gift over, in person, once",
            give,
        )
        .act(Act::HandOverGift)
        .part::<String>()
        .takes::<wire::NewGift>(json!({ "person": EXAMPLE_PERSON, "item": "gift_set" }))
        .keyed()
        .tells::<wire::Gift>(201, "Handed over."),
        Operation::post("/api/v1/leave-orders", "order_to_leave", "Open the file of an order to leave", order)
            .text("If no wall protects the person, who is named by the number on her own paper.")
            .act(Act::OrderToLeave)
            .takes::<wire::OnePerson>(json!({ "person": EXAMPLE_PERSON }))
            .keyed()
            .tells::<wire::OpenedCase>(201, "Opened."),
        Operation::post(
            "/api/v1/protection-flags",
            "raise_protection_flag",
            "Raise the flag of a presumed victim of trafficking",
            protect,
        )
        .text("No measure can be taken against her any more. She is named by the number on her own paper.")
        .act(Act::RaiseProtectionFlag)
        .takes::<wire::OnePerson>(json!({ "person": EXAMPLE_PERSON }))
        .keyed()
        .tells::<wire::ProtectedPerson>(201, "Raised."),
    ]
}

async fn open(caller: Caller, body: Body<wire::NewDistribution>) -> Response {
    let wire::NewDistribution { code, name, on } = body.value.clone();
    let distribution = code.clone();
    let tell = move |_: &domain::id::EventId| {
        let told = wire::OpenedDistribution { distribution: distribution.clone(), on };
        Reply::created(&told, format!("/distributions/{distribution}"))
    };
    caller.act(&body, OpenDistribution { code, name, on }, tell).await
}

async fn give(caller: Caller, Part(distribution): Part<String>, body: Body<wire::NewGift>) -> Response {
    let wire::NewGift { person, item } = body.value.clone();
    let path = format!("/distributions/{distribution}/gifts");
    let tell = move |receipt: &GiftReceipt| Reply::created(&gift(receipt), &path);
    caller.act(&body, HandOverGift { distribution, person, item }, tell).await
}

fn gift(receipt: &GiftReceipt) -> wire::Gift {
    wire::Gift {
        receipt: receipt.number.clone(),
        person: receipt.holder.number.clone(),
        item: receipt.item.clone(),
        distribution: receipt.distribution.clone(),
        office: receipt.office.clone(),
        on: receipt.on,
        holder: holder(&receipt.holder),
    }
}

async fn order(caller: Caller, body: Body<wire::OnePerson>) -> Response {
    caller.act(&body, OrderToLeave { person: body.value.person.clone() }, |case| opened(case, "cases")).await
}

async fn protect(caller: Caller, body: Body<wire::OnePerson>) -> Response {
    let person = body.value.person.clone();
    let told = wire::ProtectedPerson { person: person.clone(), is_protected: true };
    let tell = move |(): &()| Reply::created(&told, "/protection-flags");
    caller.act(&body, RaiseProtectionFlag { person }, tell).await
}
