// SPDX-License-Identifier: Apache-2.0
//! The work of an officer: queues of open cases, who has each, who stands in for whom, what waits for a second officer.

mod assign;
mod due;
mod queue;
mod reach;
mod substitute;

pub use assign::{AssignCase, Assigned, Assignee, ListColleagues};
pub use due::{check_queue, refresh_queues};
pub(crate) use due::{due_days, keep_queue};
pub use queue::{ListApprovals, ListQueue, QueueLimit, QueuePage, ShowWork, WorkHome, WorkQuery, WorkRow};
pub(crate) use reach::{find_within_reach, reach_of};
pub use substitute::{AddSubstitution, EndSubstitution, ListSubstitutions, SUBSTITUTION_DAYS_MAX, SubstitutionOf};

pub use db::{Officer, QueueCount, QueuePlace, QueuedCase, StandIn, Substitution};
use domain::id::CaseId;

use crate::{AppError, unit::Unit};

/// The name of the officer who has a case.
pub(crate) async fn assignee_name(unit: &mut Unit<'_>, case: CaseId) -> Result<Option<String>, AppError> {
    let Some(account) = unit.find_assignee(case).await? else { return Ok(None) };
    Ok(unit.find_officer(account).await?.map(|officer| officer.name))
}
