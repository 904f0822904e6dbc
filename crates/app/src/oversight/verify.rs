// SPDX-License-Identifier: Apache-2.0
//! The check of a whole database: the public log, every record, every row that an act wrote, every case. What was changed
//! behind the program's back is named by table, row and field, never by value.

mod log;
mod records;
mod rows;

use std::fmt;

use db::{Db, DbError, Session};
use domain::id::AuditRecordId;
use law::Pack;
use transparency::{SweepError, SweepReport, VerifierKey};

pub use log::{ExportError, export_log};

use crate::work::check_queue;

/// Findings that one check lists; a database that was rewritten altogether is not listed row by row.
pub const FINDINGS_MAX: usize = 100;

/// What was checked and found as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataReport {
    /// The sweep of the public log; `None` before the first record was numbered.
    pub log: Option<SweepReport>,
    /// Records, numbered or not.
    pub records: u64,
    /// Records that wait for a position in the log.
    pub waiting: u64,
    /// Links of records to persons.
    pub subjects: u64,
    /// Values sealed with records.
    pub details: u64,
    /// Links and sealed values that erasures removed.
    pub erased: u64,
    /// Rows compared with what the last act left, field by field.
    pub rows: u64,
    /// Cases folded again.
    pub cases: u64,
}

/// Something that is not as the program left it.
#[derive(Debug)]
pub enum Finding {
    /// The public log.
    Log(SweepError),
    /// A row.
    Row {
        /// Table.
        table: String,
        /// Key of the row, where it can be named.
        row: Option<String>,
        /// Column, where one can be named.
        field: Option<String>,
        /// What is wrong.
        problem: String,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Log(error) => write!(f, "the public log: {error}"),
            Self::Row { table, row, field, problem } => {
                write!(f, "table {table}")?;
                if let Some(row) = row {
                    write!(f, ", row {row}")?;
                }
                if let Some(field) = field {
                    write!(f, ", field {field}")?;
                }
                write!(f, ": {problem}")
            }
        }
    }
}

/// Why a database was not found sound.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Something was changed behind the program's back; at most [`FINDINGS_MAX`] findings, never none.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Found(Vec<Finding>),
    /// The database could not be read.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Gathers findings.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn push(&mut self, finding: Finding) {
        if self.0.len() < FINDINGS_MAX {
            self.0.push(finding);
        }
    }

    fn row(&mut self, table: &str, row: impl fmt::Display, field: &str, problem: impl Into<String>) {
        let field = Some(field).filter(|field| !field.is_empty()).map(str::to_owned);
        self.push(Finding::Row { table: table.into(), row: Some(row.to_string()), field, problem: problem.into() });
    }

    fn table(&mut self, table: &str, problem: impl Into<String>) {
        self.push(Finding::Row { table: table.into(), row: None, field: None, problem: problem.into() });
    }

    /// A value that cannot be read ends a part of the check; it is a finding, while a database that does not answer is none.
    fn unless_damaged<T: Default>(&mut self, table: &str, checked: Result<T, DbError>) -> Result<T, DbError> {
        match checked {
            Err(DbError::Damaged { what }) => {
                self.table(table, format!("cannot be read to the end: {what}"));
                Ok(T::default())
            }
            other => other,
        }
    }
}

/// Checks a whole database on one consistent state of it; with `since`, a checkpoint kept from earlier, also that the log
/// still begins as it did then.
///
/// # Errors
/// [`VerifyError::Found`] names what was changed.
pub async fn verify_data(
    db: &Db,
    pack: &Pack,
    verifier: &VerifierKey,
    since: Option<&str>,
) -> Result<DataReport, VerifyError> {
    let pack = pack.clone();
    let (verifier, since) = (verifier.clone(), since.map(str::to_owned));
    let checked = db.read(move |session| Box::pin(check_all(session, pack, verifier, since))).await;
    let (report, found) = checked.map_err(|error: DbError| error)?;
    if found.0.is_empty() { Ok(report) } else { Err(VerifyError::Found(found.0)) }
}

async fn check_all(
    session: &mut Session,
    pack: Pack,
    verifier: VerifierKey,
    since: Option<String>,
) -> Result<(DataReport, Findings), DbError> {
    let mut found = Findings::default();
    let log = log::check(session, verifier, since, &mut found).await;
    let log = found.unless_damaged("log_head", log)?;
    // Without a head nothing may be numbered; what a broken log has numbered is not judged by its size.
    let size = log.as_ref().map(|log| log.entries).or(found.0.is_empty().then_some(0));
    let records = records::check(session, size, &mut found).await;
    let records = found.unless_damaged("audit_record", records)?;
    let mut rows = 0;
    for table in db::WITNESSED_TABLES {
        let checked = rows::check(session, table, &mut found).await;
        rows += found.unless_damaged(table.name, checked)?;
    }
    let cases = check_cases(session, &pack, &mut found).await;
    let cases = found.unless_damaged("case_file", cases)?;
    let report = DataReport {
        log,
        records: records.records,
        waiting: records.waiting,
        subjects: records.subjects,
        details: records.details,
        erased: records.erased,
        rows,
        cases,
    };
    Ok((report, found))
}

/// Folds every case again.
async fn check_cases(session: &mut Session, pack: &Pack, found: &mut Findings) -> Result<u64, DbError> {
    let (mut checked, mut after) = (0, None);
    loop {
        let page = session.list_cases_after(after).await?;
        let Some(last) = page.last() else { return Ok(checked) };
        after = Some(last.id);
        for case in &page {
            checked += 1;
            let problem = match pack.procedure(&case.procedure) {
                Some(procedure) => session.check_case(case, procedure).await?,
                None => Some("the country pack does not know its procedure".to_owned()),
            };
            if let Some(problem) = problem {
                found.row("case_file", case.id, "", problem);
            }
            if let Some(problem) = check_queue(session, pack, case).await? {
                found.row("case_queue", case.id, "", problem);
            }
        }
    }
}

/// How an act is called in a finding: by its number in the log, once it has one.
fn act_name(position: Option<i64>, record: AuditRecordId) -> String {
    match position {
        Some(position) => format!("act {position}"),
        None => format!("act {record}, not yet numbered,"),
    }
}
