// SPDX-License-Identifier: Apache-2.0
//! Use cases: who may do what, on which legal basis, in one transaction, on record.
//!
//! Pages, API and command line call the same [`Service::run`]. A use case is a value that implements [`UseCase`]; the
//! runner checks the permission, runs it in a transaction, inserts its audit record, commits, and answers.

pub mod administration;
pub mod assistance;
pub mod asylum;
pub mod cards;
mod context;
pub mod draft;
pub mod enforcement;
mod error;
pub mod idempotency;
pub mod identity;
pub mod jobs;
pub mod law;
pub mod oversight;
pub mod own_file;
pub mod port;
pub mod procedures;
pub mod public;
pub mod publishing;
pub mod receipt;
pub mod registry;
mod service;
pub mod site;
pub mod statistics;
mod system;
pub mod token;
mod unit;
pub mod verification;
pub mod work;

pub use context::Context;
pub use error::{AppError, Outcome};
pub use service::{Parts, Service, Settings, UseCase};
pub use unit::Unit;
