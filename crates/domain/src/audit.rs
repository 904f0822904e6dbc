// SPDX-License-Identifier: Apache-2.0
//! The audit record and the commitment that is published in its place.
//!
//! A published leaf is SHA-256(domain tag ‖ random salt ‖ canonical record) and nothing else. The record names its
//! subjects only by salted digests of their own, so that after an erasure the record still opens and verifies while
//! nobody can tell whom it concerned.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    access::{Actor, Purpose, Role},
    id::{AuditRecordId, PersonId},
    text_enum,
    time::Timestamp,
};

/// Tag of the published commitment.
const LEAF_TAG: &[u8] = b"turna.audit.leaf.v1\0";
/// Tag of a subject's digest.
const SUBJECT_TAG: &[u8] = b"turna.audit.subject.v1\0";
/// Tag of a detail's digest.
const DETAIL_TAG: &[u8] = b"turna.audit.detail.v1\0";
/// Tag of a row's digest.
const ROW_TAG: &[u8] = b"turna.audit.row.v1\0";

/// The most subjects one record names: a response that would disclose more is refused.
pub const SUBJECTS_PER_RECORD_MAX: usize = 25;

/// Random bytes that hide what a commitment commits to.
pub type Salt = [u8; 16];

text_enum! {
    /// Who may see a record apart from the auditor.
    pub enum Visibility {
        /// The persons it concerns see it under "who looked".
        Subject = "subject",
        /// It belongs to a sealed compartment and is shown nowhere else.
        Compartment = "compartment",
        /// It is the Ombudsman's own, shown to the Ombudsman only.
        Oversight = "oversight",
    }
}

/// What happened, without any personal value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    /// Identifier.
    pub id: AuditRecordId,
    /// Server time, never before that of an earlier record of the same program.
    pub at: Timestamp,
    /// Who may see it apart from the auditor.
    pub visibility: Visibility,
    /// What was done: the word of an [`crate::access::Act`], or of a system job.
    pub action: String,
    /// `done`, or `refused:` with the code of the refusal.
    pub result: String,
    /// Who acted; `None` for the program itself or a person reading her own data.
    pub actor: Option<RecordedActor>,
    /// For what purpose.
    pub purpose: Purpose,
    /// What it was done to, as `kind:uuid`.
    pub object: Option<String>,
    /// Stored forms of the legal bases.
    pub basis: Vec<String>,
    /// Salted digests of the persons concerned.
    pub subjects: Vec<[u8; 32]>,
    /// Salted digests of the values written, one per person whose values they are.
    pub details: Vec<[u8; 32]>,
    /// The rows written, as the act left them.
    pub rows: Vec<RecordedRow>,
    /// The request in which it happened.
    pub request: Uuid,
}

/// A row of the database as an act left it. It is named by its witness, whose identifier tells nothing, so that after an
/// erasure nobody can tell whose row it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedRow {
    /// Identifier of the row's witness, the same for the row's whole life.
    pub witness: Uuid,
    /// How often an act has written the row, this one included: an older state put back is found by it.
    pub version: i64,
    /// Salted digest of the copy; `None` when the act deleted the row.
    pub digest: Option<[u8; 32]>,
}

impl std::fmt::Display for RecordedRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digest = self.digest.map_or_else(|| "deleted".into(), hex);
        write!(f, "{}:{}:{digest}", self.witness, self.version)
    }
}

/// The actor as written in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedActor {
    /// The account's identifier.
    pub account: Uuid,
    /// Its role at that time.
    pub role: Role,
    /// Its body at that time.
    pub body: String,
    /// Its office at that time.
    pub office: String,
}

impl From<&Actor> for RecordedActor {
    fn from(actor: &Actor) -> Self {
        Self { account: actor.account.uuid(), role: actor.role, body: actor.body.clone(), office: actor.office.clone() }
    }
}

impl AuditRecord {
    /// The canonical form: JSON with sorted keys and no white space.
    pub fn canonical(&self) -> String {
        let mut map: BTreeMap<&str, serde_json::Value> = BTreeMap::from([
            ("v", 1.into()),
            ("id", self.id.to_string().into()),
            ("at", self.at.to_string().into()),
            ("visibility", self.visibility.as_str().into()),
            ("action", self.action.clone().into()),
            ("result", self.result.clone().into()),
            ("purpose", self.purpose.as_str().into()),
            ("basis", self.basis.clone().into()),
            ("subjects", self.subjects.iter().map(hex).collect::<Vec<_>>().into()),
            ("details", self.details.iter().map(hex).collect::<Vec<_>>().into()),
            ("rows", self.rows.iter().map(ToString::to_string).collect::<Vec<_>>().into()),
            ("request", self.request.to_string().into()),
        ]);
        if let Some(actor) = &self.actor {
            map.insert("actor", actor.account.to_string().into());
            map.insert("role", actor.role.as_str().into());
            map.insert("body", actor.body.clone().into());
            map.insert("office", actor.office.clone().into());
        }
        if let Some(object) = &self.object {
            map.insert("object", object.clone().into());
        }
        serde_json::to_string(&map).expect("a map of text keys is JSON")
    }
}

/// The published commitment to a canonical record.
pub fn leaf_commitment(salt: &Salt, canonical: &str) -> [u8; 32] {
    tagged(LEAF_TAG, salt, canonical.as_bytes())
}

/// The digest that stands for a person in a record.
pub fn subject_digest(salt: &Salt, person: PersonId) -> [u8; 32] {
    tagged(SUBJECT_TAG, salt, person.uuid().as_bytes())
}

/// The digest that stands for the values written.
pub fn detail_digest(salt: &Salt, detail: &str) -> [u8; 32] {
    tagged(DETAIL_TAG, salt, detail.as_bytes())
}

/// The digest that stands for the copy of a row.
pub fn row_digest(salt: &Salt, copy: &str) -> [u8; 32] {
    tagged(ROW_TAG, salt, copy.as_bytes())
}

fn tagged(tag: &[u8], salt: &Salt, content: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(tag).chain_update(salt).chain_update(content).finalize().into()
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_form_is_sorted_and_names_nobody() {
        let person = PersonId::from(Uuid::from_u128(7));
        let record = AuditRecord {
            id: Uuid::from_u128(1).into(),
            at: Timestamp::from_microseconds(0).unwrap(),
            visibility: Visibility::Subject,
            action: "show_person".into(),
            result: "done".into(),
            actor: None,
            purpose: Purpose::OwnData,
            object: None,
            basis: vec!["az-data:9@2010-05-11#00".into()],
            subjects: vec![subject_digest(&[1; 16], person)],
            details: vec![],
            rows: vec![RecordedRow { witness: Uuid::from_u128(3), version: 2, digest: None }],
            request: Uuid::from_u128(2),
        };
        let canonical = record.canonical();
        assert!(canonical.starts_with(r#"{"action":"show_person","at":"1970-01-01T00:00:00.000000Z","basis":["#));
        assert!(!canonical.contains(&person.to_string()));
        assert!(canonical.contains(r#""rows":["00000000-0000-0000-0000-000000000003:2:deleted"]"#));
        assert_ne!(leaf_commitment(&[1; 16], &canonical), leaf_commitment(&[2; 16], &canonical));
    }
}
