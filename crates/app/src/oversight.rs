// SPDX-License-Identifier: Apache-2.0
//! Oversight: the person reads who looked at her data; the auditor draws records by lot, opens them, and
//! checks the whole database.

mod consistency;
mod looked;
mod looks;
mod rates;
mod sample;
mod search;
mod verify;

pub use consistency::{CHECKPOINT_BYTES_MAX, Consistency, ConsistencyAnswer, check_consistency};

pub use db::Agreement;
pub use looked::{
    AccessToken, LOOKED_MAX, Looked, PIN_DIGITS, WRONG_PINS_MAX, WhoLooked, give_access_token, who_looked,
};
pub(crate) use looked::{count_attempt, looked, own_record};
pub use looks::{LOOKS_PER_PAGE, LooksPage, ShowLooks};
pub use rates::{CountRates, Rates};
pub use sample::{OpenRecord, OpenedRecord, OpenedSubjects, SAMPLE_MAX, lot, sample_audit};
pub use search::{
    FOUND_PER_PAGE, ListedRecord, PERIOD_DAYS_MAX, Period, ProvenRecord, RecordPage, RecordQuery, ResultQuery,
    SearchRecords, open_proven_record, prove_record,
};
pub use verify::{DataReport, ExportError, FINDINGS_MAX, Finding, VerifyError, export_log, verify_data};
