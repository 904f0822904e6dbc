// SPDX-License-Identifier: Apache-2.0
//! HTTP: pages, the public log, what checkers of cards need, health.
//!
//! | Module | What it holds |
//! | --- | --- |
//! | [`route`] | the table of all routes |
//! | `envelope` | what every request and every answer passes: identifier, span, security headers, error pages |
//! | `limit` | what is turned away before a handler sees it, and for how long a handler may work |
//! | `error` | [`WebError`], the one place where failures become status codes |
//! | `page` | the frame of every page |
//! | `health`, `audit`, `cards`, `site`, `asset` | the handlers, by slice |
//! | `server` | connections and their end |
//!
//! Deliberately absent: SQL, rules of law, and anything that asks who the client is by its address.

mod asset;
mod audit;
mod cards;
mod envelope;
mod error;
mod header;
mod health;
mod limit;
mod page;
pub mod route;
mod server;
mod site;
mod state;

pub use error::WebError;
pub use route::router;
pub use server::serve;
pub use state::Upkeep;
