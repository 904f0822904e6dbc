// SPDX-License-Identifier: Apache-2.0
//! Cases and their actions. [`Write::append_action`] is the only way to change a case.

use domain::{
    access::Role,
    case::{CaseAction, CaseSnapshot, CaseState, fold, refold},
    id::{AccountId, ActionId, CaseId, PersonId},
    legal::LegalBasis,
    number::CaseNumber,
    procedure::{ActionCode, OutcomeCode, Procedure, ProcedureCode},
    refusal::Refusal,
    time::Timestamp,
};

use crate::{DbError, Row, Session, Write, args, statements, witness::table};

statements! {
    INSERT_CASE = "INSERT INTO case_file (id, number, procedure, person_id, office, state, snapshot, opened_at, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)";
    UPDATE_CASE = "UPDATE case_file SET state = $1, snapshot = $2, row_version = row_version + 1 WHERE id = $3 AND row_version = $4";
    INSERT_CASE_ACTION = "INSERT INTO case_action (id, case_id, position, code, account_id, role, office, at, device_at, basis, outcome, reason, corrects) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    FIND_CASE_BY_NUMBER = "SELECT id, number, procedure, person_id, office, state, snapshot, opened_at, row_version FROM case_file WHERE number = $1";
    FIND_CASE_BY_ID = "SELECT id, number, procedure, person_id, office, state, snapshot, opened_at, row_version FROM case_file WHERE id = $1";
    LIST_CASES_OF_PERSON = "SELECT id, number, procedure, person_id, office, state, snapshot, opened_at, row_version FROM case_file WHERE person_id = $1 ORDER BY id";
    LIST_OPEN_CASES = "SELECT id, number, procedure, person_id, office, state, snapshot, opened_at, row_version FROM case_file
        WHERE state <> 'closed' AND ($1 OR office = $2) AND id > $3 ORDER BY id LIMIT $4";
    LIST_CASES_AFTER = "SELECT id, number, procedure, person_id, office, state, snapshot, opened_at, row_version FROM case_file WHERE id > $1 ORDER BY id LIMIT $2";
    LIST_CASE_ACTIONS = "SELECT code, account_id, at, outcome, basis, reason, role, office FROM case_action WHERE case_id = $1 ORDER BY position";
}

/// Cases read at once by a list or a check.
pub const CASES_PER_PAGE: i64 = 200;

/// A case as stored.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// Identifier.
    pub id: CaseId,
    /// Number that people see.
    pub number: CaseNumber,
    /// Procedure.
    pub procedure: ProcedureCode,
    /// Whom it concerns.
    pub person: PersonId,
    /// Office that keeps it.
    pub office: String,
    /// What its actions make of it.
    pub snapshot: CaseSnapshot,
    /// Moment of opening.
    pub opened_at: Timestamp,
    /// Version, against lost updates.
    pub row_version: i64,
}

/// An action about to be recorded.
#[derive(Clone, Debug)]
pub struct NewAction {
    /// Identifier.
    pub id: ActionId,
    /// The step taken.
    pub code: ActionCode,
    /// By whom.
    pub by: AccountId,
    /// In what role.
    pub role: Role,
    /// At which office.
    pub office: String,
    /// Server time.
    pub at: Timestamp,
    /// Time of the device, where it was recorded off line.
    pub device_at: Option<Timestamp>,
    /// Legal bases; never empty.
    pub basis: Vec<LegalBasis>,
    /// Outcome proposed or decided.
    pub outcome: Option<OutcomeCode>,
    /// The officer's own reason, sealed under the person's key.
    pub reason: Option<Vec<u8>>,
    /// The action that this one corrects.
    pub corrects: Option<ActionId>,
}

/// A recorded action.
#[derive(Clone, Debug)]
pub struct StoredAction {
    /// What the case machine needs.
    pub action: CaseAction,
    /// Stored legal bases, separated by line feeds.
    pub basis: String,
    /// Sealed reason.
    pub reason: Option<Vec<u8>>,
    /// Role of the officer.
    pub role: Role,
    /// Office of the officer.
    pub office: String,
}

/// Why an action was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The case machine or a concurrent change stands in the way.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The stored form of several legal bases.
pub fn stored_bases(bases: &[LegalBasis]) -> String {
    bases.iter().map(LegalBasis::stored_form).collect::<Vec<_>>().join("\n")
}

fn case_file(row: &Row) -> Result<CaseFile, DbError> {
    let snapshot: CaseSnapshot =
        serde_json::from_str(&row.get::<String>(6)?).map_err(|_| DbError::damaged("case_file.snapshot"))?;
    let procedure = ProcedureCode::parse(&row.get::<String>(2)?);
    if row.word::<CaseState>(5)? != snapshot.state {
        return Err(DbError::damaged("case_file.state: differs from the snapshot"));
    }
    Ok(CaseFile {
        id: row.id(0)?,
        number: CaseNumber::parse(&row.get::<String>(1)?).map_err(|_| DbError::damaged("case_file.number"))?,
        procedure: procedure.map_err(|_| DbError::damaged("case_file.procedure"))?,
        person: row.id(3)?,
        office: row.get(4)?,
        snapshot,
        opened_at: row.get(7)?,
        row_version: row.get(8)?,
    })
}

impl Session {
    /// The case of a number, if it lies within the jurisdiction (`None` sees the whole country).
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_case_by_number(
        &mut self,
        number: &CaseNumber,
        office: Option<&str>,
    ) -> Result<Option<CaseFile>, DbError> {
        let row = self.fetch_optional(FIND_CASE_BY_NUMBER, args![number.as_str()]).await?;
        let case = row.as_ref().map(case_file).transpose()?;
        Ok(case.filter(|case| office.is_none_or(|office| case.office == office)))
    }

    /// The case of an identifier.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_case_by_id(&mut self, id: CaseId) -> Result<Option<CaseFile>, DbError> {
        self.fetch_optional(FIND_CASE_BY_ID, args![id]).await?.as_ref().map(case_file).transpose()
    }

    /// The cases of a person, oldest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_cases_of_person(&mut self, person: PersonId) -> Result<Vec<CaseFile>, DbError> {
        self.fetch_all(LIST_CASES_OF_PERSON, args![person]).await?.iter().map(case_file).collect()
    }

    /// A page of the open cases of an office (`None`: of the country) after an identifier.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_open_cases(
        &mut self,
        office: Option<&str>,
        after: Option<CaseId>,
    ) -> Result<Vec<CaseFile>, DbError> {
        let after = after.map_or(uuid::Uuid::nil(), CaseId::uuid);
        let values = args![office.is_none(), office, after, CASES_PER_PAGE];
        self.fetch_all(LIST_OPEN_CASES, values).await?.iter().map(case_file).collect()
    }

    /// A page of all cases after an identifier.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_cases_after(&mut self, after: Option<CaseId>) -> Result<Vec<CaseFile>, DbError> {
        let after = after.map_or(uuid::Uuid::nil(), CaseId::uuid);
        self.fetch_all(LIST_CASES_AFTER, args![after, CASES_PER_PAGE]).await?.iter().map(case_file).collect()
    }

    /// The actions of a case, oldest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_case_actions(&mut self, case: CaseId) -> Result<Vec<StoredAction>, DbError> {
        let rows = self.fetch_all(LIST_CASE_ACTIONS, args![case]).await?;
        rows.iter()
            .map(|row| {
                let outcome = row.get::<Option<String>>(3)?.map(|code| OutcomeCode::parse(&code)).transpose();
                let code = ActionCode::parse(&row.get::<String>(0)?);
                Ok(StoredAction {
                    action: CaseAction {
                        code: code.map_err(|_| DbError::damaged("case_action.code"))?,
                        by: row.id(1)?,
                        at: row.get(2)?,
                        outcome: outcome.map_err(|_| DbError::damaged("case_action.outcome"))?,
                    },
                    basis: row.get(4)?,
                    reason: row.get(5)?,
                    role: row.word(6)?,
                    office: row.get(7)?,
                })
            })
            .collect()
    }

    /// Folds a case's actions again and compares with what is stored; says what differs.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn check_case(&mut self, case: &CaseFile, procedure: &Procedure) -> Result<Option<String>, DbError> {
        let actions: Vec<CaseAction> =
            self.list_case_actions(case.id).await?.into_iter().map(|stored| stored.action).collect();
        Ok(match refold(procedure, &actions) {
            Ok(Some(snapshot)) if snapshot == case.snapshot => None,
            Ok(Some(_)) => Some("the stored state is not what its actions make".into()),
            Ok(None) => Some("it has no action".into()),
            Err(refusal) => Some(format!("an action was not possible where it stands: {refusal}")),
        })
    }
}

fn case_action(new: &NewAction) -> CaseAction {
    CaseAction { code: new.code.clone(), by: new.by, at: new.at, outcome: new.outcome.clone() }
}

impl Write {
    /// Opens a case with its first action.
    ///
    /// # Errors
    /// [`AppendError`]; constraint `case_file_open_key` when the person has an open case of this procedure.
    pub async fn open_case(
        &mut self,
        procedure: &Procedure,
        id: CaseId,
        number: CaseNumber,
        person: PersonId,
        action: NewAction,
    ) -> Result<CaseFile, AppendError> {
        let snapshot = fold(procedure, None, &case_action(&action))?;
        let case = CaseFile {
            id,
            number,
            procedure: procedure.code.clone(),
            person,
            office: action.office.clone(),
            snapshot,
            opened_at: action.at,
            row_version: 1,
        };
        let values = args![
            id,
            case.number.as_str(),
            case.procedure.as_str(),
            person,
            case.office.as_str(),
            case.snapshot.state.as_str(),
            snapshot_text(&case.snapshot)?,
            action.at,
        ];
        self.execute(INSERT_CASE, values).await?;
        self.touch(table::CASE_FILE, id)?;
        self.insert_case_action(id, 1, action).await?;
        Ok(case)
    }

    /// Adds an action to a case: folds it, stores the action and what it makes of the case.
    ///
    /// # Errors
    /// [`AppendError`]; [`Refusal::Conflict`] when somebody else changed the case meanwhile.
    pub async fn append_action(
        &mut self,
        procedure: &Procedure,
        case: &mut CaseFile,
        action: NewAction,
    ) -> Result<(), AppendError> {
        let snapshot = fold(procedure, Some(&case.snapshot), &case_action(&action))?;
        let values = args![snapshot.state.as_str(), snapshot_text(&snapshot)?, case.id, case.row_version];
        if self.execute(UPDATE_CASE, values).await? != 1 {
            return Err(Refusal::Conflict.into());
        }
        self.touch(table::CASE_FILE, case.id)?;
        self.insert_case_action(case.id, i64::from(snapshot.actions), action).await?;
        case.snapshot = snapshot;
        case.row_version += 1;
        Ok(())
    }

    async fn insert_case_action(&mut self, case: CaseId, position: i64, action: NewAction) -> Result<(), DbError> {
        let values = args![
            action.id,
            case,
            position,
            action.code.as_str(),
            action.by,
            action.role.as_str(),
            action.office.as_str(),
            action.at,
            action.device_at,
            stored_bases(&action.basis),
            action.outcome.as_ref().map(OutcomeCode::as_str),
            action.reason,
            action.corrects,
        ];
        self.execute(INSERT_CASE_ACTION, values).await?;
        self.touch(table::CASE_ACTION, action.id)
    }
}

fn snapshot_text(snapshot: &CaseSnapshot) -> Result<String, DbError> {
    serde_json::to_string(snapshot).map_err(|error| DbError::damaged(error.to_string()))
}
