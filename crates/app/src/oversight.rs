// SPDX-License-Identifier: Apache-2.0
//! Oversight: the person reads who looked at her data; the auditor draws records by lot and opens them.

mod looked;
mod sample;

pub use looked::{AccessToken, Looked, WhoLooked, give_access_token, who_looked};
pub use sample::{OpenRecord, OpenedRecord, OpenedSubjects, lot, sample_audit};
