// SPDX-License-Identifier: Apache-2.0
//! Counts of an office's work: load, ages, what comes in and goes out, outcomes by ground. No person is named.

use domain::{
    case::CaseState,
    id::AccountId,
    procedure::{OutcomeCode, ProcedureCode},
    time::{Date, Timestamp},
};

use crate::{DbError, Row, Session, args, statements, work::barred};

statements! {
    COUNT_LOAD = "SELECT a.account_id, n.name, COUNT(*), SUM(CASE WHEN q.due_on < $1 THEN 1 ELSE 0 END)
        FROM case_queue q JOIN case_file c ON c.id = q.case_id
        LEFT JOIN case_assignment a ON a.case_id = c.id LEFT JOIN account n ON n.id = a.account_id
        WHERE ($2 OR q.office = $3) AND $4 LIKE '%|' || REPLACE(c.procedure, '_', '!_') || '|%' ESCAPE '!'
        GROUP BY a.account_id, n.name ORDER BY n.name";
    COUNT_OPENED_BETWEEN = "SELECT c.procedure, c.state, COUNT(*) FROM case_file c
        WHERE c.opened_at >= $1 AND c.opened_at < $2 AND ($3 OR c.office = $4) AND ($5 OR c.state <> 'closed')
        AND $6 LIKE '%|' || REPLACE(c.procedure, '_', '!_') || '|%' ESCAPE '!'
        GROUP BY c.procedure, c.state ORDER BY c.procedure, c.state";
    COUNT_DECIDED_BETWEEN = "SELECT c.procedure, d.outcome, d.basis, COUNT(*)
        FROM decision d JOIN case_file c ON c.id = d.case_id
        WHERE d.decided_at >= $1 AND d.decided_at < $2 AND ($3 OR c.office = $4)
        AND $5 LIKE '%|' || REPLACE(c.procedure, '_', '!_') || '|%' ESCAPE '!'
        GROUP BY c.procedure, d.outcome, d.basis ORDER BY c.procedure, d.outcome, d.basis";
}

/// Cases counted: of an office (`None`: of the country), of these procedures.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Office that keeps them.
    pub office: Option<String>,
    /// Procedures.
    pub procedures: Vec<ProcedureCode>,
}

/// How many open cases an officer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadCount {
    /// The officer; absent for cases that nobody has.
    pub officer: Option<(AccountId, String)>,
    /// Open cases.
    pub open: i64,
    /// Of them past the day on which they were due.
    pub overdue: i64,
}

/// How many cases that were opened in a time are in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFlow {
    /// Procedure.
    pub procedure: ProcedureCode,
    /// State.
    pub state: CaseState,
    /// Cases.
    pub count: i64,
}

/// How many decisions of a time have an outcome and a ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedCount {
    /// Procedure.
    pub procedure: ProcedureCode,
    /// Outcome.
    pub outcome: OutcomeCode,
    /// Stored bases, separated by line feeds.
    pub basis: String,
    /// Decisions.
    pub count: i64,
}

/// Which of the cases opened in a time are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// All of them.
    All,
    /// Those that are still open.
    StillOpen,
}

fn procedure(row: &Row) -> Result<ProcedureCode, DbError> {
    ProcedureCode::parse(&row.get::<String>(0)?).map_err(|_| DbError::damaged("case_file.procedure"))
}

impl Session {
    /// How many open cases each officer has.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_load(&mut self, counted: &Counted, today: Date) -> Result<Vec<LoadCount>, DbError> {
        let values = args![today, counted.office.is_none(), counted.office.clone(), barred(&counted.procedures)];
        let rows = self.fetch_all(COUNT_LOAD, values).await?;
        let load = |row: &Row| {
            let officer = row.optional_id(0)?.zip(row.get::<Option<String>>(1)?);
            Ok(LoadCount { officer, open: row.get(2)?, overdue: row.get(3)? })
        };
        rows.iter().map(load).collect()
    }

    /// How many cases were opened from one moment to another (the latter excluded), by their state now.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_opened(
        &mut self,
        counted: &Counted,
        between: (Timestamp, Timestamp),
        which: Opened,
    ) -> Result<Vec<CaseFlow>, DbError> {
        let office = (counted.office.is_none(), counted.office.clone());
        let values =
            args![between.0, between.1, office.0, office.1, which == Opened::All, barred(&counted.procedures),];
        let rows = self.fetch_all(COUNT_OPENED_BETWEEN, values).await?;
        let flow = |row: &Row| Ok(CaseFlow { procedure: procedure(row)?, state: row.word(1)?, count: row.get(2)? });
        rows.iter().map(flow).collect()
    }

    /// How many decisions were made from one moment to another (the latter excluded), by outcome and ground.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_decided(
        &mut self,
        counted: &Counted,
        between: (Timestamp, Timestamp),
    ) -> Result<Vec<DecidedCount>, DbError> {
        let office = (counted.office.is_none(), counted.office.clone());
        let values = args![between.0, between.1, office.0, office.1, barred(&counted.procedures)];
        let rows = self.fetch_all(COUNT_DECIDED_BETWEEN, values).await?;
        let decided = |row: &Row| {
            let outcome = OutcomeCode::parse(&row.get::<String>(1)?);
            let outcome = outcome.map_err(|_| DbError::damaged("decision.outcome"))?;
            Ok(DecidedCount { procedure: procedure(row)?, outcome, basis: row.get(2)?, count: row.get(3)? })
        };
        rows.iter().map(decided).collect()
    }
}
