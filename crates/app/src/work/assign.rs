// SPDX-License-Identifier: Apache-2.0
//! Who has a case. It is no legal act: it can be undone by giving the case back.

use db::{CaseFile, Officer};
use domain::{
    access::{Act, Role},
    number::CaseNumber,
    procedure::Procedure,
    refusal::Refusal,
    work::own_office,
};

use super::assignee_name;
use crate::{AppError, UseCase, procedures::load_any, unit::Unit};

/// To whom a case is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assignee {
    /// The officer himself.
    Me,
    /// A colleague, by name.
    Officer(String),
    /// Nobody: it is put back.
    Nobody,
}

/// Gives a case to an officer, or puts it back.
pub struct AssignCase {
    /// The case.
    pub case: CaseNumber,
    /// To whom.
    pub to: Assignee,
}

/// Who had a case and who has it now, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// Who had it.
    pub before: Option<String>,
    /// Who has it.
    pub now: Option<String>,
}

impl UseCase for AssignCase {
    const ACT: Act = Act::AssignCase;
    type Output = Assigned;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Assigned, AppError> {
        unit.cite_for(Act::AssignCase.as_str())?;
        let (procedure, case) = load_any(unit, &self.case).await?;
        unit.about("case", case.id);
        unit.concerns(case.person)?;
        if !case.snapshot.state.is_open() {
            return Err(Refusal::CaseState(case.snapshot.state).into());
        }
        let me = unit.actor().clone();
        let holds = unit.find_assignee(case.id).await?;
        // Whoever has a case hands it on; what somebody else has is moved by the head of the office alone.
        if holds.is_some_and(|holder| holder != me.account) && me.role != Role::HeadOfOffice {
            return Err(Refusal::Conflict.into());
        }
        let before = assignee_name(unit, case.id).await?;
        let to = match &self.to {
            Assignee::Me => unit.find_officer(me.account).await?,
            Assignee::Officer(name) => unit.find_officer_by_name(name).await?,
            Assignee::Nobody => {
                unit.unassign_case(case.id).await?;
                return Ok(Assigned { before, now: None });
            }
        };
        let to = to.filter(|officer| may_have(officer, &procedure, &case, &me.body));
        let to = to.ok_or_else(|| Refusal::field("to", "no officer of this name who can work on the case"))?;
        let now = unit.now;
        unit.assign_case(case.id, case.person, to.actor.account, me.account, now).await?;
        unit.detail(case.person, format!("assigned to {}", to.name));
        Ok(Assigned { before, now: Some(to.name) })
    }
}

/// Whether an officer can work on a case: he signs in, reaches its office, and its procedure has a step for him.
fn may_have(officer: &Officer, procedure: &Procedure, case: &CaseFile, body: &str) -> bool {
    officer.is_active
        && officer.actor.body == body
        && own_office(&officer.actor).is_none_or(|own| own == case.office)
        && procedure.steps.iter().any(|step| step.roles.contains(&officer.actor.role))
}

/// Lists the names of the officers to whom a case can be given.
pub struct ListColleagues {
    /// The case.
    pub case: CaseNumber,
}

impl UseCase for ListColleagues {
    const ACT: Act = Act::AssignCase;
    type Output = Vec<Officer>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<Officer>, AppError> {
        unit.cite_for(Act::AssignCase.as_str())?;
        let (procedure, case) = load_any(unit, &self.case).await?;
        let body = unit.actor().body.clone();
        let mut officers = unit.list_officers_of(&case.office, &body).await?;
        officers.retain(|officer| may_have(officer, &procedure, &case, &body));
        Ok(officers)
    }
}
