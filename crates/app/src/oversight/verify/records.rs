// SPDX-License-Identifier: Apache-2.0
//! Every record: its commitment, its columns, its links to persons, the values sealed with it, and the rows it says it wrote.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, RECORDS_PER_PAGE, Session, StoredAuditRecord, StoredDetail, StoredSubject, Witness};
use domain::{
    audit::{RecordedRow, Salt, hex, leaf_commitment, subject_digest},
    id::AuditRecordId,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{Findings, act_name};

/// What was checked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Checked {
    pub(super) records: u64,
    pub(super) waiting: u64,
    pub(super) subjects: u64,
    pub(super) details: u64,
    pub(super) erased: u64,
}

/// What of a canonical record is compared with the rows around it.
#[derive(Deserialize)]
struct Canonical {
    id: String,
    at: String,
    action: String,
    result: String,
    visibility: String,
    office: Option<String>,
    actor: Option<String>,
    subjects: Vec<String>,
    details: Vec<String>,
    rows: Vec<String>,
}

/// Ranks of a record for which there is no row, by table.
#[derive(Default)]
struct Missing {
    subjects: Vec<String>,
    details: Vec<String>,
    subject_count: u64,
    detail_count: u64,
}

/// A page of records with all that belongs to them.
struct Page {
    records: Vec<StoredAuditRecord>,
    subjects: BTreeMap<AuditRecordId, Vec<StoredSubject>>,
    details: BTreeMap<AuditRecordId, Vec<StoredDetail>>,
    witnesses: BTreeMap<AuditRecordId, Vec<Witness>>,
}

/// Checks every record; `size` is that of the signed log.
pub(super) async fn check(session: &mut Session, size: Option<u64>, found: &mut Findings) -> Result<Checked, DbError> {
    let mut checked = Checked::default();
    let mut missing = Missing::default();
    let mut last: Option<AuditRecordId> = None;
    loop {
        session.forget_person_keys();
        let (page, is_last) = read_page(session, last).await?;
        let mut page = page;
        last = page.records.last().map(|record| record.id).or(last);
        for record in std::mem::take(&mut page.records) {
            checked.records += 1;
            checked.waiting += u64::from(record.position.is_none());
            check_position(&record, size, found);
            let subjects = page.subjects.remove(&record.id).unwrap_or_default();
            let details = page.details.remove(&record.id).unwrap_or_default();
            let witnesses = page.witnesses.remove(&record.id).unwrap_or_default();
            checked.subjects += subjects.len() as u64;
            checked.details += details.len() as u64;
            let Some(canonical) = check_record(&record, found) else { continue };
            check_subjects(&record, &canonical, &subjects, &mut missing, found);
            check_details(session, &record, &canonical, &details, &mut missing, found).await?;
            check_rows(session, &record, &canonical, &witnesses, found).await?;
        }
        report_strays(&page, found);
        if is_last {
            break;
        }
    }
    let numbered = checked.records - checked.waiting;
    if size.is_some_and(|size| size != numbered) {
        found.table("audit_record", format!("{numbered} records are numbered, the signed log has another size"));
    }
    checked.erased = check_missing(session, &missing, found).await?;
    Ok(checked)
}

/// The records after `last`, and all that says it belongs to them or lies between them; the last page reaches to the end.
async fn read_page(session: &mut Session, last: Option<AuditRecordId>) -> Result<(Page, bool), DbError> {
    let mut records = session.list_audit_records_from(last).await?;
    let is_last = (records.len() as i64) < RECORDS_PER_PAGE;
    records.retain(|record| Some(record.id) != last);
    let from = last.unwrap_or_else(|| Uuid::nil().into());
    let to = match records.last() {
        Some(record) if !is_last => record.id,
        _ => Uuid::max().into(),
    };
    let mut page = Page { records, subjects: BTreeMap::new(), details: BTreeMap::new(), witnesses: BTreeMap::new() };
    for subject in session.list_audit_subjects_by_record(from, to).await? {
        page.subjects.entry(subject.record).or_default().push(subject);
    }
    for detail in session.list_audit_details_by_record(from, to).await? {
        page.details.entry(detail.record).or_default().push(detail);
    }
    for witness in session.list_witnesses_by_record(from, to).await? {
        page.witnesses.entry(witness.record).or_default().push(witness);
    }
    // What belongs to the record before was looked at with it.
    if let Some(last) = last {
        page.subjects.remove(&last);
        page.details.remove(&last);
        page.witnesses.remove(&last);
    }
    Ok((page, is_last))
}

fn report_strays(page: &Page, found: &mut Findings) {
    let stray = "names a record that does not exist";
    for subject in page.subjects.values().flatten() {
        found.row("audit_subject", format!("{}/{}", subject.record, subject.rank), "record_id", stray);
    }
    for detail in page.details.values().flatten() {
        found.row("audit_detail", format!("{}/{}", detail.record, detail.rank), "record_id", stray);
    }
    for witness in page.witnesses.values().flatten() {
        found.row("row_witness", witness.id, "record_id", stray);
    }
}

fn check_position(record: &StoredAuditRecord, size: Option<u64>, found: &mut Findings) {
    let is_in_log = |position: i64| match (size, u64::try_from(position)) {
        (Some(size), Ok(position)) => position < size,
        (None, Ok(_)) => true,
        (_, Err(_)) => false,
    };
    if record.position.is_some_and(|position| !is_in_log(position)) {
        found.row("audit_record", record.id, "position", "lies outside of the signed log");
    }
}

/// The record itself; `None` when its canonical form cannot be read.
fn check_record(record: &StoredAuditRecord, found: &mut Findings) -> Option<Canonical> {
    let mut report = |field: &str, problem: &str| found.row("audit_record", record.id, field, problem);
    match Salt::try_from(record.salt.as_slice()) {
        Ok(salt) if leaf_commitment(&salt, &record.canonical).as_slice() == record.commitment => {}
        Ok(_) => report("commitment", "does not commit to salt and canonical form: one of the three was changed"),
        Err(_) => report("salt", "is no salt"),
    }
    let Ok(canonical) = serde_json::from_str::<Canonical>(&record.canonical) else {
        report("canonical", "is no record");
        return None;
    };
    for (field, stored, committed) in [
        ("id", Some(record.id.to_string()), Some(&canonical.id)),
        ("at", Some(record.at.to_string()), Some(&canonical.at)),
        ("action", Some(record.action.clone()), Some(&canonical.action)),
        ("result", Some(record.result.clone()), Some(&canonical.result)),
        ("visibility", Some(record.visibility.to_string()), Some(&canonical.visibility)),
        ("office", record.office.clone(), canonical.office.as_ref()),
        ("account_id", record.account.map(|account| account.to_string()), canonical.actor.as_ref()),
    ] {
        if stored.as_ref() != committed {
            report(field, "differs from the canonical form");
        }
    }
    Some(canonical)
}

fn check_subjects(
    record: &StoredAuditRecord,
    canonical: &Canonical,
    subjects: &[StoredSubject],
    missing: &mut Missing,
    found: &mut Findings,
) {
    let mut ranks = BTreeSet::new();
    for subject in subjects {
        ranks.insert(subject.rank);
        let digest = Salt::try_from(subject.salt.as_slice()).map(|salt| hex(subject_digest(&salt, subject.person)));
        if digest.is_err() || digest.as_ref().ok() != at_rank(&canonical.subjects, subject.rank) {
            let row = format!("{}/{}", record.id, subject.rank);
            found.row("audit_subject", row, "", "rank, person or salt differs from what the record names");
        }
    }
    let gone = (0i64..).zip(&canonical.subjects).filter(|(rank, _)| !ranks.contains(rank));
    for (rank, _) in gone {
        missing.subject_count += 1;
        note(&mut missing.subjects, record.id, rank);
    }
}

async fn check_details(
    session: &mut Session,
    record: &StoredAuditRecord,
    canonical: &Canonical,
    details: &[StoredDetail],
    missing: &mut Missing,
    found: &mut Findings,
) -> Result<(), DbError> {
    let mut ranks = BTreeSet::new();
    for detail in details {
        ranks.insert(detail.rank);
        let problem = match session.digest_of_detail(detail).await {
            Ok(digest) if at_rank(&canonical.details, detail.rank) == Some(&hex(digest)) => continue,
            Ok(_) => "rank or content differs from what the record names".to_owned(),
            Err(DbError::Damaged { what }) => what,
            Err(error) => return Err(error),
        };
        found.row("audit_detail", format!("{}/{}", record.id, detail.rank), "", problem);
    }
    let gone = (0i64..).zip(&canonical.details).filter(|(rank, _)| !ranks.contains(rank));
    for (rank, _) in gone {
        missing.detail_count += 1;
        note(&mut missing.details, record.id, rank);
    }
    Ok(())
}

fn at_rank(digests: &[String], rank: i64) -> Option<&String> {
    usize::try_from(rank).ok().and_then(|rank| digests.get(rank))
}

fn note(missing: &mut Vec<String>, record: AuditRecordId, rank: i64) {
    if missing.len() < super::FINDINGS_MAX {
        missing.push(format!("{record}/{rank}"));
    }
}

/// The rows that the record says it wrote: their witnesses say the same, or a later act has written them.
async fn check_rows(
    session: &mut Session,
    record: &StoredAuditRecord,
    canonical: &Canonical,
    witnesses: &[Witness],
    found: &mut Findings,
) -> Result<(), DbError> {
    let act = act_name(record.position, record.id);
    let mut recorded: BTreeSet<&str> = canonical.rows.iter().map(String::as_str).collect();
    let mut reported = BTreeSet::new();
    for witness in witnesses {
        let said = match session.open_witness(witness).await {
            Ok(Some(opened)) => {
                let row = witness.row.as_ref();
                for (field, is_same) in [
                    ("table_name", row.is_some_and(|(table, _)| *table == opened.row.0)),
                    ("row_key", row.is_some_and(|(_, key)| *key == opened.row.1)),
                ] {
                    if !is_same {
                        found.row("row_witness", witness.id, field, "differs from what its copy says");
                    }
                }
                opened.recorded.to_string()
            }
            Ok(None) => RecordedRow { witness: witness.id, version: witness.version, digest: None }.to_string(),
            Err(DbError::Damaged { what }) => what,
            Err(error) => return Err(error),
        };
        if !recorded.remove(said.as_str()) {
            reported.insert(witness.id);
            found.row("row_witness", witness.id, "", format!("is not what {act} recorded"));
        }
    }
    for row in recorded {
        let Some((id, version)) = parse_recorded(row) else {
            found.row("audit_record", record.id, "canonical", "names a row in no known form");
            continue;
        };
        if reported.contains(&id) {
            continue;
        }
        match session.find_witness(id).await? {
            None => found.row("row_witness", id, "", format!("is gone; {act} recorded it")),
            Some(witness) if witness.version > version => {}
            Some(witness) => {
                let (table, key) = witness.row.unwrap_or_else(|| ("row_witness".into(), id.to_string()));
                found.row(&table, key, "", format!("was put back to a state older than what {act} wrote"));
            }
        }
    }
    Ok(())
}

fn parse_recorded(row: &str) -> Option<(Uuid, i64)> {
    let mut parts = row.split(':');
    let parsed = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next()?;
    Some(parsed)
}

/// Only erasures take links and sealed values away, and each says how many.
async fn check_missing(session: &mut Session, missing: &Missing, found: &mut Findings) -> Result<u64, DbError> {
    let (subject_links, detail_links) = session.count_erased_links().await?;
    let checks = [
        ("audit_subject", &missing.subjects, missing.subject_count, subject_links),
        ("audit_detail", &missing.details, missing.detail_count, detail_links),
    ];
    for (table, rows, count, erased) in checks {
        if u64::try_from(erased) == Ok(count) {
            continue;
        }
        found.table(table, format!("{count} rows that records name are gone, erasures removed {erased}"));
        if erased == 0 {
            for row in rows {
                found.row(table, row, "", "is gone; no person was erased");
            }
        }
    }
    Ok(missing.subject_count + missing.detail_count)
}
