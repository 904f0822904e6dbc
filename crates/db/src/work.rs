// SPDX-License-Identifier: Apache-2.0
//! The queues of open cases: on which day each is due, who has it, and how many there are.

use domain::{
    access::{Actor, Authorized, CollectedFor, Jurisdiction, PersonFile},
    case::CaseState,
    id::{AccountId, CaseId, PersonId},
    number::{CaseNumber, PersonNumber},
    procedure::{ClockCode, ProcedureCode},
    registry::search_key,
    time::{Date, Timestamp},
};

use crate::{DbError, Row, Session, Value, Write, args, statements, witness::table};

statements! {
    UPSERT_CASE_QUEUE = "INSERT INTO case_queue (case_id, office, due_on, due_clock) VALUES ($1, $2, $3, $4)
        ON CONFLICT (case_id) DO UPDATE SET office = excluded.office, due_on = excluded.due_on, due_clock = excluded.due_clock";
    DELETE_CASE_QUEUE = "DELETE FROM case_queue WHERE case_id = $1";
    FIND_CASE_QUEUE = "SELECT due_on, due_clock FROM case_queue WHERE case_id = $1";
    UPSERT_CASE_ASSIGNMENT = "INSERT INTO case_assignment (case_id, person_id, account_id, assigned_by, assigned_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (case_id) DO UPDATE SET account_id = excluded.account_id, assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at";
    DELETE_CASE_ASSIGNMENT = "DELETE FROM case_assignment WHERE case_id = $1";
    FIND_CASE_ASSIGNMENT = "SELECT account_id FROM case_assignment WHERE case_id = $1";
    LIST_QUEUE = "SELECT c.id, c.number, c.procedure, c.person_id, p.number, c.office, c.state, c.opened_at, c.row_version, q.due_on, q.due_clock, a.account_id, n.name
        FROM case_queue q
        JOIN case_file c ON c.id = q.case_id
        JOIN person p ON p.id = c.person_id
        LEFT JOIN case_assignment a ON a.case_id = c.id
        LEFT JOIN account n ON n.id = a.account_id
        WHERE (q.due_on > $1 OR (q.due_on = $1 AND q.case_id > $2))
        AND q.due_on >= $3 AND q.due_on <= $4
        AND ($5 OR $6 LIKE '%|' || REPLACE(q.office, '_', '!_') || '|%' ESCAPE '!')
        AND $7 LIKE '%|' || REPLACE(c.procedure, '_', '!_') || '|%' ESCAPE '!'
        AND ($8 OR c.state = $9)
        AND ($10 OR a.account_id = $11) AND ($12 OR a.account_id IS NULL)
        AND ($13 OR c.number = $14 OR p.number = $14 OR EXISTS (SELECT 1 FROM person_name w WHERE w.person_id = p.id AND w.ended_at IS NULL AND w.search_key >= $15 AND w.search_key < $16))
        AND p.collected_for IN ($17, $18, $19, $20)
        ORDER BY q.due_on, q.case_id LIMIT $21";
    FIND_OFFICER = "SELECT id, name, role, body, office, jurisdiction, is_active FROM account WHERE id = $1";
    FIND_OFFICER_BY_NAME = "SELECT id, name, role, body, office, jurisdiction, is_active FROM account WHERE name = $1";
    LIST_OFFICERS_OF = "SELECT id, name, role, body, office, jurisdiction, is_active FROM account
        WHERE is_active AND (office = $1 OR jurisdiction = 'national') AND body = $2 ORDER BY name LIMIT $3";
    COUNT_QUEUE = "SELECT c.procedure, c.state, q.office, COUNT(*),
        SUM(CASE WHEN a.account_id = $1 THEN 1 ELSE 0 END), SUM(CASE WHEN a.account_id IS NULL THEN 1 ELSE 0 END),
        SUM(CASE WHEN q.due_on < $2 THEN 1 ELSE 0 END), SUM(CASE WHEN q.due_on >= $2 AND q.due_on <= $3 THEN 1 ELSE 0 END)
        FROM case_queue q
        JOIN case_file c ON c.id = q.case_id
        JOIN person p ON p.id = c.person_id
        LEFT JOIN case_assignment a ON a.case_id = c.id
        WHERE ($4 OR $5 LIKE '%|' || REPLACE(q.office, '_', '!_') || '|%' ESCAPE '!') AND $6 LIKE '%|' || REPLACE(c.procedure, '_', '!_') || '|%' ESCAPE '!'
        AND p.collected_for IN ($7, $8, $9, $10)
        GROUP BY c.procedure, c.state, q.office ORDER BY c.procedure, c.state, q.office";
}

/// Cases that one page of a queue has: an answer concerns no more persons than one record may name.
pub const QUEUE_PAGE: i64 = 25;

/// The day that stands for "no clock runs".
const NEVER: Date = jiff::civil::date(9999, 12, 31);

/// The day before every other: the first one that both engines can write.
const FIRST: Date = jiff::civil::date(1, 1, 1);

/// The clock that ends first, and when.
pub type Due = Option<(Date, ClockCode)>;

/// Officers that one list has.
pub const OFFICERS_MAX: i64 = 200;

/// An officer as colleagues know him.
#[derive(Clone, Debug)]
pub struct Officer {
    /// Who it is when acting.
    pub actor: Actor,
    /// Name.
    pub name: String,
    /// Whether he may sign in.
    pub is_active: bool,
}

/// A case in a queue.
#[derive(Clone, Debug)]
pub struct QueuedCase {
    /// Identifier.
    pub id: CaseId,
    /// Number that people see.
    pub number: CaseNumber,
    /// Procedure.
    pub procedure: ProcedureCode,
    /// Whom it concerns.
    pub person: PersonId,
    /// Her public number.
    pub person_number: PersonNumber,
    /// Office that keeps it.
    pub office: String,
    /// State.
    pub state: CaseState,
    /// Moment of opening.
    pub opened_at: Timestamp,
    /// Version, against lost updates.
    pub row_version: i64,
    /// The clock that ends first.
    pub due: Due,
    /// Who has it: account and name.
    pub assignee: Option<(AccountId, String)>,
}

/// The place of a case in the order of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuePlace {
    /// Day on which it is due; the last day that can be written if no clock runs.
    pub due_on: Date,
    /// The case.
    pub case: CaseId,
}

impl QueuedCase {
    /// Its place in the order of a queue.
    pub fn place(&self) -> QueuePlace {
        QueuePlace { due_on: self.due.as_ref().map_or(NEVER, |(day, _)| *day), case: self.id }
    }
}

/// Which cases of a queue are listed. What is `None` does not narrow the list.
#[derive(Clone, Debug, Default)]
pub struct QueueFilter {
    /// Offices that keep the cases; `None` is the whole country.
    pub offices: Option<Vec<String>>,
    /// Procedures; never more than the officer may read.
    pub procedures: Vec<ProcedureCode>,
    /// State.
    pub state: Option<CaseState>,
    /// Officer who has it.
    pub assignee: Option<AccountId>,
    /// Whether nobody has it.
    pub is_unassigned: bool,
    /// First day on which it is due.
    pub due_from: Option<Date>,
    /// Last day on which it is due.
    pub due_to: Option<Date>,
    /// Number of case or person, or the beginning of a name.
    pub search: Option<String>,
    /// The place after which the list begins.
    pub after: Option<QueuePlace>,
}

/// How many cases of a procedure in a state an office has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueCount {
    /// Procedure.
    pub procedure: ProcedureCode,
    /// State.
    pub state: CaseState,
    /// Office.
    pub office: String,
    /// All of them.
    pub all: i64,
    /// Of the officer who asks.
    pub mine: i64,
    /// Of nobody.
    pub unassigned: i64,
    /// Past the day on which they were due.
    pub overdue: i64,
    /// Due from today to the day given.
    pub due_soon: i64,
}

fn due(day: Date, clock: Option<String>) -> Result<Due, DbError> {
    let clock = clock.map(|code| ClockCode::parse(&code)).transpose();
    Ok(clock.map_err(|_| DbError::damaged("case_queue.due_clock"))?.map(|clock| (day, clock)))
}

fn procedure(row: &Row, index: usize) -> Result<ProcedureCode, DbError> {
    ProcedureCode::parse(&row.get::<String>(index)?).map_err(|_| DbError::damaged("case_file.procedure"))
}

fn officer(row: &Row) -> Result<Officer, DbError> {
    let jurisdiction = match row.get::<String>(5)?.as_str() {
        "national" => Jurisdiction::National,
        _ => Jurisdiction::OwnOffice,
    };
    let actor = Actor { account: row.id(0)?, role: row.word(2)?, body: row.get(3)?, office: row.get(4)?, jurisdiction };
    Ok(Officer { actor, name: row.get(1)?, is_active: row.get(6)? })
}

fn queued_case(row: &Row) -> Result<QueuedCase, DbError> {
    let number = CaseNumber::parse(&row.get::<String>(1)?).map_err(|_| DbError::damaged("case_file.number"))?;
    let person_number = PersonNumber::parse(&row.get::<String>(4)?).map_err(|_| DbError::damaged("person.number"))?;
    Ok(QueuedCase {
        id: row.id(0)?,
        number,
        procedure: procedure(row, 2)?,
        person: row.id(3)?,
        person_number,
        office: row.get(5)?,
        state: row.word(6)?,
        opened_at: row.get(7)?,
        row_version: row.get(8)?,
        due: due(row.get(9)?, row.get(10)?)?,
        assignee: row.optional_id(11)?.zip(row.get(12)?),
    })
}

/// The codes between bars, as the statements look for them.
pub(crate) fn barred(codes: &[impl ToString]) -> String {
    codes.iter().fold("|".to_owned(), |list, code| list + &code.to_string() + "|")
}

/// The words of what this purpose may read, for the four places of `collected_for IN (…)`.
fn readable(permit: &Authorized<PersonFile>) -> Vec<Value> {
    let mut words = permit.readable();
    words.resize(CollectedFor::ALL.len(), "");
    words.into_iter().map(Value::from).collect()
}

impl Session {
    /// A page of a queue, by the day on which the cases are due; at most `limit` and [`QUEUE_PAGE`] of them.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_queue(
        &mut self,
        permit: &Authorized<PersonFile>,
        filter: &QueueFilter,
        limit: i64,
    ) -> Result<Vec<QueuedCase>, DbError> {
        let first = QueuePlace { due_on: FIRST, case: CaseId::from(uuid::Uuid::nil()) };
        let after = filter.after.unwrap_or(first);
        let search = filter.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let number = search.map(|text| text.to_uppercase().replace([' ', '-'], ""));
        let name = search.map(search_key).filter(|key| !key.is_empty());
        let end = name.as_ref().map(|key| format!("{key}\u{10FFFF}"));
        let mut values = args![
            after.due_on,
            after.case,
            filter.due_from.unwrap_or(FIRST),
            filter.due_to.unwrap_or(NEVER),
            filter.offices.is_none(),
            filter.offices.as_deref().map(barred),
            barred(&filter.procedures),
            filter.state.is_none(),
            filter.state.map(CaseState::as_str),
            filter.assignee.is_none(),
            filter.assignee,
            !filter.is_unassigned,
            search.is_none(),
            number,
            name,
            end,
        ];
        values.extend(readable(permit));
        values.push(limit.min(QUEUE_PAGE).into());
        self.fetch_all(LIST_QUEUE, values).await?.iter().map(queued_case).collect()
    }

    /// How many open cases there are of each procedure, state and office.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn count_queue(
        &mut self,
        permit: &Authorized<PersonFile>,
        filter: &QueueFilter,
        officer: AccountId,
        today: Date,
        soon: Date,
    ) -> Result<Vec<QueueCount>, DbError> {
        let offices = (filter.offices.is_none(), filter.offices.as_deref().map(barred));
        let mut values = args![officer, today, soon, offices.0, offices.1, barred(&filter.procedures)];
        values.extend(readable(permit));
        let rows = self.fetch_all(COUNT_QUEUE, values).await?;
        rows.iter()
            .map(|row| {
                Ok(QueueCount {
                    procedure: procedure(row, 0)?,
                    state: row.word(1)?,
                    office: row.get(2)?,
                    all: row.get(3)?,
                    mine: row.get(4)?,
                    unassigned: row.get(5)?,
                    overdue: row.get(6)?,
                    due_soon: row.get(7)?,
                })
            })
            .collect()
    }

    /// The clock that ends first as the queue has it; `None` when the case is in no queue.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_case_due(&mut self, case: CaseId) -> Result<Option<Due>, DbError> {
        let row = self.fetch_optional(FIND_CASE_QUEUE, args![case]).await?;
        row.map(|row| due(row.get(0)?, row.get(1)?)).transpose()
    }

    /// The officer of an account.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_officer(&mut self, account: AccountId) -> Result<Option<Officer>, DbError> {
        self.fetch_optional(FIND_OFFICER, args![account]).await?.as_ref().map(officer).transpose()
    }

    /// The officer of a name.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_officer_by_name(&mut self, name: &str) -> Result<Option<Officer>, DbError> {
        self.fetch_optional(FIND_OFFICER_BY_NAME, args![name]).await?.as_ref().map(officer).transpose()
    }

    /// The active officers of a body who reach the cases of an office by themselves.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_officers_of(&mut self, office: &str, body: &str) -> Result<Vec<Officer>, DbError> {
        self.fetch_all(LIST_OFFICERS_OF, args![office, body, OFFICERS_MAX]).await?.iter().map(officer).collect()
    }

    /// Who has a case.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_assignee(&mut self, case: CaseId) -> Result<Option<AccountId>, DbError> {
        self.fetch_optional(FIND_CASE_ASSIGNMENT, args![case]).await?.map(|row| row.id(0)).transpose()
    }
}

impl Write {
    /// Puts an open case into its queue, on the day on which it is due now.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn queue_case(&mut self, case: CaseId, office: &str, due: &Due) -> Result<(), DbError> {
        let day = due.as_ref().map_or(NEVER, |(day, _)| *day);
        let clock = due.as_ref().map(|(_, clock)| clock.as_str());
        self.execute(UPSERT_CASE_QUEUE, args![case, office, day, clock]).await.map(drop)
    }

    /// Takes a closed case out of its queue; nobody has it any more.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn unqueue_case(&mut self, case: CaseId) -> Result<(), DbError> {
        self.execute(DELETE_CASE_QUEUE, args![case]).await?;
        self.unassign_case(case).await
    }

    /// Gives a case to an officer.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn assign_case(
        &mut self,
        case: CaseId,
        person: PersonId,
        to: AccountId,
        by: AccountId,
        at: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(UPSERT_CASE_ASSIGNMENT, args![case, person, to, by, at]).await?;
        self.touch(table::CASE_ASSIGNMENT, case)
    }

    /// Puts a case back: nobody has it.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn unassign_case(&mut self, case: CaseId) -> Result<(), DbError> {
        if self.execute(DELETE_CASE_ASSIGNMENT, args![case]).await? > 0 {
            self.touch(table::CASE_ASSIGNMENT, case)?;
        }
        Ok(())
    }
}
