// SPDX-License-Identifier: Apache-2.0
//! The interface for programs, `/api/v1`: JSON in, JSON out, problem documents for everything else.
//!
//! | Module | What it holds |
//! | --- | --- |
//! | [`wire`] | the shapes, shared with the command line |
//! | `schema`, `described` | what the shapes look like |
//! | `operation`, `document` | one declaration for route and description; the OpenAPI document |
//! | `caller`, `body`, `problem` | what every call passes: who calls, what is sent, what is told |
//! | the others | the operations, by subject |

mod account;
mod audit;
mod body;
mod caller;
mod card;
mod case;
mod claim;
mod described;
mod document;
mod fact;
mod family;
mod help;
mod here;
mod operation;
mod person;
mod problem;
mod schema;
mod stock;
mod token;
mod verification;
pub mod wire;
mod work;

pub(crate) use caller::RequestId;
pub use document::document;
pub use here::{Answered, Here};
pub use operation::Callers;
use operation::Operation;
pub(crate) use problem::{PROBLEM, problem_body};

use crate::route::Route;

/// Where the interface begins.
pub const BASE: &str = "/api/v1";

/// Every operation, in the order of the document.
fn operations() -> Vec<Operation> {
    [
        token::operations(),
        person::operations(),
        fact::operations(),
        family::operations(),
        claim::operations(),
        case::operations(),
        work::operations(),
        card::operations(),
        stock::operations(),
        help::operations(),
        audit::operations(),
        verification::operations(),
        account::operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The routes of the interface.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes: Vec<Route> = operations().into_iter().map(Operation::route).collect();
    routes.push(document::route());
    routes
}

/// A row of the table of operations, for tests that walk it.
#[derive(Clone, Debug)]
pub struct Row {
    /// Method.
    pub method: &'static str,
    /// Path.
    pub path: &'static str,
    /// Name.
    pub name: &'static str,
    /// Who may call.
    pub callers: Callers,
    /// An example of its body.
    pub example: Option<serde_json::Value>,
    /// Every status that it answers with.
    pub statuses: Vec<u16>,
}

/// Every operation, in the order of the document.
pub fn table() -> Vec<Row> {
    let row = |operation: Operation| Row {
        statuses: operation.statuses(),
        method: operation.method,
        path: operation.path,
        name: operation.name,
        callers: operation.callers,
        example: operation.example,
    };
    operations().into_iter().map(row).collect()
}
