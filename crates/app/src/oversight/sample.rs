// SPDX-License-Identifier: Apache-2.0
//! The auditor's lot: drawn from the hash of the checkpoint, so that the agency cannot choose what is looked at.

use std::collections::BTreeSet;

use db::StoredAuditRecord;
use domain::{
    access::{Act, AuditFile},
    audit::Visibility,
    number::PersonNumber,
    refusal::Refusal,
    sensitive::Sensitive,
};
use sha2::{Digest as _, Sha256};
use transparency::{EntryProof, TreeHead, inclusion_proof, tiles_needed_for_inclusion};

use crate::{AppError, Context, Outcome, Service, UseCase, unit::Unit};

/// Records that one lot draws at most.
pub const SAMPLE_MAX: usize = 1_000;
/// Records opened in one transaction.
const RECORDS_PER_PAGE: usize = 25;

/// A record opened for the auditor, with its proof.
#[derive(Clone, Debug)]
pub struct OpenedRecord {
    /// Position in the log.
    pub position: u64,
    /// The record.
    pub record: StoredAuditRecord,
    /// `c2sp.org/tlog-proof@v1`; its extra data is the salt, so that the file proves the record alone.
    pub proof: String,
}

/// The positions drawn from a checkpoint: SHA-256(root ‖ counter), each position once, in order of the draw.
pub fn lot(head: &TreeHead, count: usize) -> Vec<u64> {
    let count = count.min(SAMPLE_MAX).min(usize::try_from(head.size).unwrap_or(usize::MAX));
    let mut drawn = BTreeSet::new();
    let mut positions = Vec::with_capacity(count);
    let mut counter = 0u64;
    while positions.len() < count {
        let hash: [u8; 32] =
            Sha256::new().chain_update(head.root).chain_update(counter.to_be_bytes()).finalize().into();
        counter += 1;
        // 128 bits of a hash leave no bias worth naming in a log of at most 2^40 entries.
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = hash;
        let number = u128::from_be_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]);
        let position = u64::try_from(number % u128::from(head.size)).unwrap_or_default();
        if drawn.insert(position) {
            positions.push(position);
        }
    }
    positions
}

/// Draws records by lot from the present checkpoint and opens them, each with its proof.
///
/// # Errors
/// [`AppError`].
pub async fn sample_audit(
    service: &Service,
    context: &Context,
    count: usize,
) -> Result<Outcome<Vec<OpenedRecord>>, AppError> {
    let verifier = service.log_key().verifier();
    let (head, note) = service
        .db()
        .read(move |session| {
            Box::pin(async move {
                let head = session.log_head(&verifier).await?.unwrap_or_else(TreeHead::empty);
                Ok::<_, AppError>((head, session.log_checkpoint().await?.unwrap_or_default()))
            })
        })
        .await?;
    let drawn = lot(&head, count);
    let mut opened = Vec::with_capacity(drawn.len());
    // An empty lot is asked for too: whether the account may draw one does not depend on how much there is.
    let pages = drawn.chunks(RECORDS_PER_PAGE).map(<[u64]>::to_vec);
    let pages: Vec<_> = if drawn.is_empty() { vec![Vec::new()] } else { pages.collect() };
    for positions in pages {
        let page = OpenDrawn { positions, head, note: note.clone() };
        let next = Context { seed: service.random(), ..context.clone() };
        match service.run(&next, page).await? {
            Outcome::Done(records) => opened.extend(records),
            Outcome::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
        }
    }
    Ok(Outcome::Done(opened))
}

/// Opens drawn records. They name persons by digests only, so nobody's data are disclosed.
struct OpenDrawn {
    positions: Vec<u64>,
    head: TreeHead,
    note: String,
}

impl UseCase for OpenDrawn {
    const ACT: Act = Act::SampleAudit;
    type Output = Vec<OpenedRecord>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<OpenedRecord>, AppError> {
        unit.cite_for(Act::SampleAudit.as_str())?;
        unit.seal_record(Visibility::Oversight);
        unit.permit.open::<AuditFile>()?;
        let mut opened = Vec::with_capacity(self.positions.len());
        for &position in &self.positions {
            opened.push(open_at(unit, position, &self.head, &self.note).await?);
        }
        Ok(opened)
    }
}

pub(super) async fn open_at(
    unit: &mut Unit<'_>,
    position: u64,
    head: &TreeHead,
    note: &str,
) -> Result<OpenedRecord, AppError> {
    let at = i64::try_from(position).map_err(|_| AppError::Fault("a position is out of range"))?;
    let record = unit.list_audit_records_at(at, at + 1).await?.into_iter().next();
    let record = record.ok_or(Refusal::NotFound("record"))?;
    let tree = |error| AppError::Log(db::LogError::Tree(error));
    let tiles = unit.load_tiles(&tiles_needed_for_inclusion(position, head.size).map_err(tree)?).await?;
    let hashes = inclusion_proof(position, head.size, &tiles).map_err(tree)?;
    let proof = EntryProof { index: position, hashes, checkpoint: note.to_owned(), extra: Some(record.salt.clone()) };
    Ok(OpenedRecord { position, record, proof: proof.to_text() })
}

/// The persons a record concerns and the values sealed with it, as the auditor may read them.
#[derive(Clone, Debug)]
pub struct OpenedSubjects {
    /// The record.
    pub record: StoredAuditRecord,
    /// Numbers of the persons; the erased are not among them.
    pub persons: Vec<PersonNumber>,
    /// Values.
    pub details: Vec<Sensitive<String>>,
}

/// Opens one record with the persons it concerns, for the auditor. Visible to the Ombudsman only.
pub struct OpenRecord {
    /// Position in the log.
    pub position: u64,
}

impl UseCase for OpenRecord {
    const ACT: Act = Act::SampleAudit;
    type Output = OpenedSubjects;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<OpenedSubjects, AppError> {
        unit.cite_for("open_record")?;
        unit.seal_record(Visibility::Oversight);
        unit.permit.open::<AuditFile>()?;
        let at = i64::try_from(self.position).map_err(|_| Refusal::NotFound("record"))?;
        let end = at.checked_add(1).ok_or(Refusal::NotFound("record"))?;
        let record = unit.list_audit_records_at(at, end).await?.into_iter().next();
        open_subjects(unit, record.ok_or(Refusal::NotFound("record"))?).await
    }
}

/// The persons of a record and the values sealed with it.
pub(super) async fn open_subjects(unit: &mut Unit<'_>, record: StoredAuditRecord) -> Result<OpenedSubjects, AppError> {
    let mut persons = Vec::new();
    for (person, _) in unit.list_audit_subjects(record.id).await? {
        unit.concerns(person)?;
        if let Some(row) = unit.find_person_by_id(person).await? {
            persons.push(row.number);
        }
    }
    let details = unit.list_audit_details(record.id).await?;
    let details = details.into_iter().map(|detail| Sensitive::new(detail.text)).collect();
    Ok(OpenedSubjects { record, persons, details })
}
