// SPDX-License-Identifier: Apache-2.0
//! The engine on any file: tables of persons with whatever columns they have.
//!
//! Nothing here opens files; readers and writers are handed over.

mod commands;
mod map;
mod table;

pub use commands::{
    Dedupe, Failure, Names, QueryTimes, Report, dedupe, explain_pair, link, names, propose_map, query, train_file,
};
pub use map::{Map, MapError, Role};
pub use table::{Table, TableError};
