// SPDX-License-Identifier: Apache-2.0
//! Oversight: the person reads who looked at her data; the auditor draws records by lot, opens them, and
//! checks the whole database.

mod looked;
mod sample;
mod verify;

pub use looked::{
    AccessToken, LOOKED_MAX, Looked, PIN_DIGITS, WRONG_PINS_MAX, WhoLooked, give_access_token, who_looked,
};
pub use sample::{OpenRecord, OpenedRecord, OpenedSubjects, SAMPLE_MAX, lot, sample_audit};
pub use verify::{DataReport, ExportError, FINDINGS_MAX, Finding, VerifyError, export_log, verify_data};
