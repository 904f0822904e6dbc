// SPDX-License-Identifier: Apache-2.0
//! The auditor searches records, opens one with its proof, and counts. Each of these is itself on record, for the Ombudsman
//! alone.

use db::{FoundRecord, RecordFilter, StoredAuditRecord};
use domain::{
    access::{Act, AuditFile},
    audit::Visibility,
    id::{AccountId, AuditRecordId},
    refusal::Refusal,
    time::{Date, Timestamp},
};
use transparency::{TreeHead, VerifierKey};

use super::sample::{OpenedRecord, OpenedSubjects, open_at, open_subjects};
use crate::{AppError, Context, Outcome, Service, UseCase, unit::Unit};

/// Records on one page of a search.
pub const FOUND_PER_PAGE: usize = 50;
/// The most days that one search or count may cover.
pub const PERIOD_DAYS_MAX: i64 = 3_660;

/// A period of civil days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// The moments at which it begins and at which it is over.
    pub(super) fn moments(self, unit: &Unit<'_>) -> Result<[Timestamp; 2], AppError> {
        let days = i64::from(self.from.until(self.to).map_or(i32::MAX, |span| span.get_days()));
        if !(0..PERIOD_DAYS_MAX).contains(&days) {
            return Err(Refusal::field("to", format!("from the first day to {PERIOD_DAYS_MAX} days later")).into());
        }
        let zone = unit.pack.time_zone();
        let end = self.to.tomorrow().ok().and_then(|day| zone.moment(day, 0, 0));
        match zone.moment(self.from, 0, 0).zip(end) {
            Some((from, end)) => Ok([from, end]),
            None => Err(Refusal::field("from", "no such day in the country's time zone").into()),
        }
    }
}

/// What the auditor asks for; what is `None` does not narrow the search.
#[derive(Clone, Debug)]
pub struct RecordQuery {
    /// Office of the officer, as a code of the country pack.
    pub office: Option<String>,
    /// Account of the officer.
    pub account: Option<AccountId>,
    /// Kind: word of an act.
    pub action: Option<String>,
    /// How it ended.
    pub result: Option<ResultQuery>,
    /// When.
    pub period: Period,
}

/// How the records asked for ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResultQuery {
    /// Done.
    Done,
    /// Refused for any reason.
    Refused,
    /// Refused for the reason of this code.
    RefusedFor(String),
}

/// A record in a list of the auditor.
#[derive(Clone, Debug)]
pub struct ListedRecord {
    /// Identifier, for the next page.
    pub id: AuditRecordId,
    /// When.
    pub at: Timestamp,
    /// What was done (word of an act).
    pub action: String,
    /// How it ended.
    pub result: String,
    /// Who may see it apart from the auditor.
    pub visibility: Visibility,
    /// Office of the officer.
    pub office: Option<String>,
    /// Account of the officer.
    pub account: Option<AccountId>,
    /// Name of that account.
    pub officer: Option<String>,
    /// Position in the log; `None` until it is numbered, which takes about a second.
    pub position: Option<u64>,
}

impl From<FoundRecord> for ListedRecord {
    fn from(FoundRecord { record, officer }: FoundRecord) -> Self {
        let StoredAuditRecord { id, at, action, result, visibility, office, account, position, .. } = record;
        let position = position.and_then(|position| u64::try_from(position).ok());
        let account = account.map(AccountId::from);
        Self { id, at, action, result, visibility, office, account, officer, position }
    }
}

/// A page of records.
#[derive(Clone, Debug)]
pub struct RecordPage {
    /// The records, latest first.
    pub records: Vec<ListedRecord>,
    /// The record before which the next page begins; `None` on the last one.
    pub next: Option<AuditRecordId>,
}

/// Searches records by office, officer, kind, result and period. Nobody's data are disclosed: records name persons by
/// digests only.
pub struct SearchRecords {
    /// What is asked for.
    pub query: RecordQuery,
    /// The record before which the page begins.
    pub before: Option<AuditRecordId>,
}

impl UseCase for SearchRecords {
    const ACT: Act = Act::SampleAudit;
    type Output = RecordPage;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<RecordPage, AppError> {
        unit.cite_for(Act::SampleAudit.as_str())?;
        unit.seal_record(Visibility::Oversight);
        let permit = unit.permit.open::<AuditFile>()?;
        let moments = self.query.period.moments(unit)?;
        let RecordQuery { office, account, action, result, .. } = self.query.clone();
        let result = result.map(|result| match result {
            ResultQuery::Done => "done".to_owned(),
            ResultQuery::Refused => "refused:".to_owned(),
            ResultQuery::RefusedFor(code) => format!("refused:{code}"),
        });
        let filter = RecordFilter { office, account, action, result };
        let limit = i64::try_from(FOUND_PER_PAGE + 1).unwrap_or(i64::MAX);
        let mut found = unit.search_audit_records(&permit, &filter, moments, self.before, limit).await?;
        let has_more = found.len() > FOUND_PER_PAGE;
        found.truncate(FOUND_PER_PAGE);
        let next = found.last().filter(|_| has_more).map(|last| last.record.id);
        Ok(RecordPage { records: found.into_iter().map(ListedRecord::from).collect(), next })
    }
}

/// A record opened for the auditor with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct ProvenRecord {
    /// The record, the persons it concerns, and the values sealed with it.
    pub opened: OpenedSubjects,
    /// The record with its proof.
    pub proven: OpenedRecord,
    /// The head of the log that the proof leads to.
    pub head: TreeHead,
}

/// Opens one record with the persons it concerns and its proof of inclusion in the present log.
///
/// # Errors
/// [`AppError`].
pub async fn open_proven_record(
    service: &Service,
    context: &Context,
    position: u64,
) -> Result<Outcome<ProvenRecord>, AppError> {
    service.run(context, OpenProven { position, verifier: service.log_key().verifier() }).await
}

struct OpenProven {
    position: u64,
    verifier: VerifierKey,
}

impl UseCase for OpenProven {
    const ACT: Act = Act::SampleAudit;
    type Output = ProvenRecord;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<ProvenRecord, AppError> {
        unit.cite_for("open_record")?;
        unit.seal_record(Visibility::Oversight);
        unit.permit.open::<AuditFile>()?;
        let (head, proven) = proven(unit, self.position, &self.verifier).await?;
        let opened = open_subjects(unit, proven.record.clone()).await?;
        Ok(ProvenRecord { opened, proven, head })
    }
}

/// A record with its proof, to be kept as files. The persons are not opened, so it discloses nobody.
///
/// # Errors
/// [`AppError`].
pub async fn prove_record(
    service: &Service,
    context: &Context,
    position: u64,
) -> Result<Outcome<OpenedRecord>, AppError> {
    service.run(context, ProveRecord { position, verifier: service.log_key().verifier() }).await
}

struct ProveRecord {
    position: u64,
    verifier: VerifierKey,
}

impl UseCase for ProveRecord {
    const ACT: Act = Act::SampleAudit;
    type Output = OpenedRecord;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<OpenedRecord, AppError> {
        unit.cite_for("open_record")?;
        unit.seal_record(Visibility::Oversight);
        unit.permit.open::<AuditFile>()?;
        Ok(proven(unit, self.position, &self.verifier).await?.1)
    }
}

async fn proven(
    unit: &mut Unit<'_>,
    position: u64,
    verifier: &VerifierKey,
) -> Result<(TreeHead, OpenedRecord), AppError> {
    let head = unit.log_head(verifier).await?.unwrap_or_else(TreeHead::empty);
    if position >= head.size {
        return Err(Refusal::NotFound("record").into());
    }
    let note = unit.log_checkpoint().await?.unwrap_or_default();
    Ok((head, open_at(unit, position, &head, &note).await?))
}
