// SPDX-License-Identifier: Apache-2.0
//! Oversight: the person's token for reading who looked, and what the auditor searches and counts.

use domain::{
    access::{AuditFile, Authorized},
    id::{AccountId, AuditRecordId, PersonId, RowId},
    time::{Date, Timestamp},
};
use uuid::Uuid;

use crate::{DbError, Session, StoredAuditRecord, Write, args, audit::stored, statements, witness::table};

statements! {
    REVOKE_PERSON_TOKENS = "UPDATE person_token SET revoked_at = $1 WHERE person_id = $2 AND revoked_at IS NULL";
    LIST_PRESENT_TOKENS = "SELECT 'person_token', id FROM person_token WHERE person_id = $1 AND revoked_at IS NULL";
    INSERT_PERSON_TOKEN = "INSERT INTO person_token (id, person_id, token_digest, pin_hash, failed_attempts, given_by, given_at) VALUES ($1, $2, $3, $4, 0, $5, $6)";
    FIND_PERSON_TOKEN = "SELECT id, person_id, pin_hash, failed_attempts FROM person_token WHERE token_digest = $1 AND revoked_at IS NULL";
    SEARCH_RECORDS = "SELECT r.id, r.at, r.action, r.result, r.visibility, r.salt, r.canonical, r.commitment, r.position, r.office, r.account_id, a.name
        FROM audit_record r LEFT JOIN account a ON a.id = r.account_id
        WHERE r.id >= $1 AND r.id < $2 AND ($3 OR r.office = $4) AND ($5 OR r.account_id = $6) AND ($7 OR r.action = $8) AND r.result LIKE $9
        ORDER BY r.id DESC LIMIT $10";
    SEARCH_RECORDS_OF_OFFICE = "SELECT r.id, r.at, r.action, r.result, r.visibility, r.salt, r.canonical, r.commitment, r.position, r.office, r.account_id, a.name
        FROM audit_record r LEFT JOIN account a ON a.id = r.account_id
        WHERE r.id >= $1 AND r.id < $2 AND r.office = $4 AND ($3 OR TRUE) AND ($5 OR r.account_id = $6) AND ($7 OR r.action = $8) AND r.result LIKE $9
        ORDER BY r.id DESC LIMIT $10";
    SEARCH_RECORDS_OF_ACCOUNT = "SELECT r.id, r.at, r.action, r.result, r.visibility, r.salt, r.canonical, r.commitment, r.position, r.office, r.account_id, a.name
        FROM audit_record r LEFT JOIN account a ON a.id = r.account_id
        WHERE r.id >= $1 AND r.id < $2 AND ($3 OR r.office = $4) AND r.account_id = $6 AND ($5 OR TRUE) AND ($7 OR r.action = $8) AND r.result LIKE $9
        ORDER BY r.id DESC LIMIT $10";
    SEARCH_RECORDS_OF_ACTION = "SELECT r.id, r.at, r.action, r.result, r.visibility, r.salt, r.canonical, r.commitment, r.position, r.office, r.account_id, a.name
        FROM audit_record r LEFT JOIN account a ON a.id = r.account_id
        WHERE r.id >= $1 AND r.id < $2 AND ($3 OR r.office = $4) AND ($5 OR r.account_id = $6) AND r.action = $8 AND ($7 OR TRUE) AND r.result LIKE $9
        ORDER BY r.id DESC LIMIT $10";
    COUNT_RECORDS = "SELECT r.office, r.account_id, a.name, COUNT(*), CAST(SUM(CASE WHEN r.result LIKE 'refused:%' THEN 1 ELSE 0 END) AS BIGINT)
        FROM audit_record r JOIN account a ON a.id = r.account_id
        WHERE r.id >= $1 AND r.id < $2 AND r.visibility <> 'oversight' GROUP BY r.office, r.account_id, a.name ORDER BY r.office, a.name";
    COUNT_AGREEMENTS = "SELECT c.office, p.name, d.name, CASE WHEN x.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN c.outcome = x.outcome THEN 'agreed' ELSE 'changed' END, COUNT(*)
        FROM decision x JOIN case_action c ON c.case_id = x.case_id AND c.account_id = x.proposed_by AND c.at = x.proposed_at AND c.outcome IS NOT NULL
        JOIN account p ON p.id = x.proposed_by LEFT JOIN account d ON d.id = x.decided_by
        WHERE x.proposed_at >= $1 AND x.proposed_at < $2 AND (x.decided_by IS NOT NULL OR x.withdrawn_at IS NOT NULL)
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4";
    COUNT_OVERDUE = "SELECT f.office, a.name, COUNT(*), CAST(SUM(CASE WHEN q.due_on < $1 THEN 1 ELSE 0 END) AS BIGINT)
        FROM case_queue q JOIN case_file f ON f.id = q.case_id
        LEFT JOIN case_assignment x ON x.case_id = q.case_id LEFT JOIN account a ON a.id = x.account_id
        GROUP BY f.office, a.name ORDER BY f.office, a.name";
    COUNT_JOBS = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN attempts > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM job WHERE done_at IS NULL";
    UPDATE_PERSON_TOKEN_ATTEMPTS = "UPDATE person_token SET failed_attempts = $1 WHERE id = $2";
}

/// A person's token as stored.
#[derive(Clone, Debug)]
pub struct PersonToken {
    /// Row.
    pub id: RowId,
    /// Whose.
    pub person: PersonId,
    /// Argon2id hash of the PIN.
    pub pin_hash: String,
    /// Wrong PINs since the last right one.
    pub failed_attempts: i64,
}

/// What the auditor searches records by; a field that is `None` does not narrow the search.
#[derive(Clone, Debug, Default)]
pub struct RecordFilter {
    /// Office of the officer.
    pub office: Option<String>,
    /// Account of the officer.
    pub account: Option<AccountId>,
    /// What was done (word of an act).
    pub action: Option<String>,
    /// How it ended: `done`, `refused:` for every refusal, or `refused:` with a code.
    pub result: Option<String>,
}

/// A record that a search found.
#[derive(Clone, Debug)]
pub struct FoundRecord {
    /// The record.
    pub record: StoredAuditRecord,
    /// Name of the officer's account.
    pub officer: Option<String>,
}

/// How many acts of an officer are on record, and how many of them were refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordCount {
    /// Office of the officer at that time.
    pub office: String,
    /// Account.
    pub account: AccountId,
    /// Its name.
    pub officer: String,
    /// Acts.
    pub acts: i64,
    /// Refused ones among them.
    pub refused: i64,
}

domain::text_enum! {
    /// What became of a proposal.
    pub enum Agreement {
        /// The second officer decided as proposed.
        Agreed = "agreed",
        /// The second officer decided otherwise.
        Changed = "changed",
        /// It was returned or withdrawn before a decision.
        Withdrawn = "withdrawn",
    }
}

/// How many proposals of one officer ended so with one second officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementCount {
    /// Office of the proposer at that time.
    pub office: String,
    /// Name of the proposer's account.
    pub proposer: String,
    /// Name of the decider's account; `None` where nobody decided.
    pub decider: Option<String>,
    /// What became of them.
    pub agreement: Agreement,
    /// How many.
    pub count: i64,
}

/// The open cases of an office that one officer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverdueCount {
    /// Office that keeps the cases.
    pub office: String,
    /// Name of the account that has them; `None` for those that nobody has.
    pub officer: Option<String>,
    /// Open cases.
    pub open: i64,
    /// Those among them of which a clock has run out.
    pub overdue: i64,
}

/// The jobs that are not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobCount {
    /// All of them.
    pub waiting: i64,
    /// Those that failed at least once.
    pub failed: i64,
}

/// Bounds of a period as identifiers: records have identifiers that begin with their moment (UUID version 7).
fn bounds(from: Timestamp, to: Timestamp) -> [Uuid; 2] {
    let first = |moment: Timestamp| {
        let milliseconds = u128::try_from(moment.as_microseconds() / 1_000).unwrap_or(0);
        Uuid::from_u128(milliseconds << 80)
    };
    [first(from), first(to)]
}

impl Session {
    /// A page of the records of a period (`to` not included), latest first, before one of them.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn search_audit_records(
        &mut self,
        _permit: &Authorized<AuditFile>,
        filter: &RecordFilter,
        [from, to]: [Timestamp; 2],
        before: Option<AuditRecordId>,
        limit: i64,
    ) -> Result<Vec<FoundRecord>, DbError> {
        let [first, end] = bounds(from, to);
        let end = before.map_or(end, |before| before.uuid().min(end));
        // The rarest of what is asked for leads; the statement names its index.
        let statement = match filter {
            RecordFilter { account: Some(_), .. } => SEARCH_RECORDS_OF_ACCOUNT,
            RecordFilter { action: Some(_), .. } => SEARCH_RECORDS_OF_ACTION,
            RecordFilter { office: Some(_), .. } => SEARCH_RECORDS_OF_OFFICE,
            _ => SEARCH_RECORDS,
        };
        let result = match filter.result.as_deref() {
            None => "%".to_owned(),
            Some(result) if result.ends_with(':') => format!("{result}%"),
            Some(result) => result.to_owned(),
        };
        let values = args![
            first,
            end,
            filter.office.is_none(),
            filter.office.as_deref(),
            filter.account.is_none(),
            filter.account,
            filter.action.is_none(),
            filter.action.as_deref(),
            result,
            limit,
        ];
        let rows = self.fetch_all(statement, values).await?;
        rows.iter().map(|row| Ok(FoundRecord { record: stored(row)?, officer: row.get(11)? })).collect()
    }

    /// The acts of a period by office and officer, without the Ombudsman's own.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_audit_records(
        &mut self,
        _permit: &Authorized<AuditFile>,
        [from, to]: [Timestamp; 2],
    ) -> Result<Vec<RecordCount>, DbError> {
        let [first, end] = bounds(from, to);
        let rows = self.fetch_all(COUNT_RECORDS, args![first, end]).await?;
        rows.iter()
            .map(|row| {
                let (office, account, officer) = (row.get(0)?, row.id(1)?, row.get(2)?);
                Ok(RecordCount { office, account, officer, acts: row.get(3)?, refused: row.get(4)? })
            })
            .collect()
    }

    /// What became of the proposals of a period, by office, proposer and decider.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_agreements(
        &mut self,
        _permit: &Authorized<AuditFile>,
        [from, to]: [Timestamp; 2],
    ) -> Result<Vec<AgreementCount>, DbError> {
        let rows = self.fetch_all(COUNT_AGREEMENTS, args![from, to]).await?;
        rows.iter()
            .map(|row| {
                let (office, proposer, decider) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(AgreementCount { office, proposer, decider, agreement: row.word(3)?, count: row.get(4)? })
            })
            .collect()
    }

    /// The open cases by office and officer, and how many of them were due before a day.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_overdue_cases(
        &mut self,
        _permit: &Authorized<AuditFile>,
        today: Date,
    ) -> Result<Vec<OverdueCount>, DbError> {
        let rows = self.fetch_all(COUNT_OVERDUE, args![today]).await?;
        rows.iter()
            .map(|row| {
                let (office, officer) = (row.get(0)?, row.get(1)?);
                Ok(OverdueCount { office, officer, open: row.get(2)?, overdue: row.get(3)? })
            })
            .collect()
    }

    /// How many jobs are not done.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_jobs(&mut self) -> Result<JobCount, DbError> {
        let row = self.fetch_one(COUNT_JOBS, args![]).await?;
        Ok(JobCount { waiting: row.get(0)?, failed: row.get(1)? })
    }

    /// The person's token of this SHA-256, unless revoked.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_person_token(&mut self, digest: &[u8]) -> Result<Option<PersonToken>, DbError> {
        let row = self.fetch_optional(FIND_PERSON_TOKEN, args![digest]).await?;
        row.map(|row| {
            Ok(PersonToken { id: row.id(0)?, person: row.id(1)?, pin_hash: row.get(2)?, failed_attempts: row.get(3)? })
        })
        .transpose()
    }
}

impl Write {
    /// Gives a person a token in place of any earlier one.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn replace_person_token(
        &mut self,
        id: RowId,
        person: PersonId,
        digest: &[u8],
        pin_hash: &str,
        by: AccountId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.touch_found(LIST_PRESENT_TOKENS, args![person]).await?;
        self.execute(REVOKE_PERSON_TOKENS, args![now, person]).await?;
        self.execute(INSERT_PERSON_TOKEN, args![id, person, digest, pin_hash, by, now]).await?;
        self.touch(table::PERSON_TOKEN, id)
    }

    /// Notes wrong PINs.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_person_token_attempts(&mut self, id: RowId, failed_attempts: i64) -> Result<(), DbError> {
        self.execute(UPDATE_PERSON_TOKEN_ATTEMPTS, args![failed_attempts, id]).await.map(drop)
    }
}
