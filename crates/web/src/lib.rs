// SPDX-License-Identifier: Apache-2.0
//! HTTP: pages, the public log, what checkers of cards need, health.
//!
//! | Module | What it holds |
//! | --- | --- |
//! | [`route`] | the table of all routes |
//! | `envelope` | what every request and every answer passes: identifier, span, security headers, error pages |
//! | `limit`, `rate` | what is turned away before a handler sees it, how often one may ask, and for how long a handler may work |
//! | `visit` | sessions, what a route demands, and that a form is one of ours |
//! | `form` | what a form holds, and the fields that a page shows |
//! | `error` | [`WebError`], the one place where failures become status codes |
//! | `page` | the frame of every page, and its words |
//! | [`api`] | the interface for programs |
//! | `account`, `health`, `audit`, `cards`, `law`, `own_file`, `site`, `verify`, `asset` | the handlers, by slice |
//! | `server` | connections and their end |
//!
//! Deliberately absent: SQL, rules of law, and anything that writes down the address of a client.

mod account;
mod administration;
pub mod api;
mod asset;
mod audit;
mod cards;
mod chart;
mod claims;
mod cookie;
mod csv;
mod desk;
mod envelope;
mod error;
mod form;
mod head;
mod header;
mod health;
mod help;
mod law;
mod limit;
mod oversight;
mod own_file;
mod page;
mod rate;
mod registry;
pub mod route;
mod server;
mod site;
mod state;
mod verify;
mod visit;
mod work;

pub use error::WebError;
pub use route::{router, router_with};
pub use server::serve;
pub use state::{Limits, Upkeep};
pub use visit::Peer;
