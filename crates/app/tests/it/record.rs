// SPDX-License-Identifier: Apache-2.0
//! What an act left in the audit log.

use db::StoredAuditRecord;
use testkit::TestService;

/// How many records there were, to be asked for the newer ones later.
pub(crate) struct Mark(Vec<domain::id::AuditRecordId>);

impl Mark {
    pub(crate) async fn set(service: &TestService) -> Self {
        Self(service.records().await.into_iter().map(|record| record.id).collect())
    }

    /// The records since.
    pub(crate) async fn since(&self, service: &TestService) -> Vec<StoredAuditRecord> {
        let mut records = service.records().await;
        records.retain(|record| !self.0.contains(&record.id));
        records
    }

    /// Action, result and bases of the one record since.
    pub(crate) async fn only(&self, service: &TestService) -> (String, String, Vec<String>) {
        let records = self.since(service).await;
        let [record] = records.as_slice() else { panic!("{} records, not one: {records:?}", records.len()) };
        (record.action.clone(), record.result.clone(), list(record, "basis"))
    }
}

/// A list of texts in the canonical form of a record.
pub(crate) fn list(record: &StoredAuditRecord, key: &str) -> Vec<String> {
    let canonical: serde_json::Value = serde_json::from_str(&record.canonical).unwrap();
    let values = canonical[key].as_array().unwrap();
    values.iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

/// A text in the canonical form of a record.
pub(crate) fn text(record: &StoredAuditRecord, key: &str) -> Option<String> {
    let canonical: serde_json::Value = serde_json::from_str(&record.canonical).unwrap();
    canonical[key].as_str().map(str::to_owned)
}

/// Checks that every row is as the acts left it.
pub(crate) async fn assert_sound(service: &TestService) {
    service.settle().await;
    let app = &service.service;
    let checked = app::oversight::verify_data(app.db(), app.pack(), &app.log_key().verifier(), None).await;
    assert!(checked.is_ok(), "{}", checked.unwrap_err());
}
