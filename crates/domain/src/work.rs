// SPDX-License-Identifier: Apache-2.0
//! Whose work a case is: which cases an officer's queues show, and for whom he may stand in.
//!
//! The queues and the pages of a case ask the same functions, so that no officer finds a case in a queue that he may not
//! open, and none that he may open is missing from every queue.

use std::collections::BTreeSet;

use crate::{
    access::{Actor, AsylumFile, Authorized, Jurisdiction, OfficeCode, Permit, Role},
    case::{CaseSnapshot, CaseState, available_actions, has_acted_before},
    id::AccountId,
    procedure::{Procedure, Step, StepKind},
    text_enum,
    time::Date,
};

text_enum! {
    /// A part of a queue.
    pub enum QueueView {
        /// Every open case.
        All = "all",
        /// Assigned to the officer who asks.
        Mine = "mine",
        /// Assigned to nobody.
        Unassigned = "unassigned",
        /// Due within the next days.
        DueSoon = "due_soon",
        /// Past the day on which it was due.
        Overdue = "overdue",
    }
}

/// Days ahead, today not counted, within which a case is due soon.
pub const DUE_SOON_DAYS: i64 = 3;

/// Whether a permission reaches the cases of a procedure: sealed ones by the data group, others by a step of the role.
pub fn reads_cases_of(permit: &Permit, procedure: &Procedure) -> bool {
    if procedure.is_sealed {
        return permit.open::<AsylumFile>().is_ok();
    }
    procedure.steps.iter().any(|step| step.roles.contains(&permit.actor().role))
}

/// The only office whose cases a permission reaches by itself; `None` is the whole country.
pub fn own_office(actor: &Actor) -> Option<&str> {
    match actor.jurisdiction {
        Jurisdiction::OwnOffice => Some(&actor.office),
        Jurisdiction::National => None,
    }
}

/// A case lies within the permission to open the asylum compartment by itself.
pub fn is_within(permit: &Authorized<AsylumFile>, office: &str) -> bool {
    permit.office().is_none_or(|own| own == office)
}

/// For whom an officer stands in today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandsInFor {
    /// Offices whose proposals the officer's own office decides.
    pub offices: BTreeSet<OfficeCode>,
    /// Absent officers, as they are when they act themselves.
    pub officers: Vec<Actor>,
}

/// How an officer reaches a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// By the own jurisdiction.
    Own,
    /// As second officer for an office that has too few of them: he decides what it proposed, and nothing else.
    Approver,
    /// In place of an absent officer, whose earlier acts count as his own.
    InPlaceOf(AccountId),
}

/// The roles that decide what another officer proposed.
const DECIDERS: [Role; 2] = [Role::DecisionMaker, Role::HeadOfOffice];

/// How an officer reaches a case of this office in this state; `None` if not at all.
pub fn reach(actor: &Actor, stands: &StandsInFor, office: &str, state: CaseState) -> Option<Reach> {
    if own_office(actor).is_none_or(|own| own == office) {
        return Some(Reach::Own);
    }
    let covers =
        |absent: &&Actor| may_stand_in(actor.role, absent.role) && own_office(absent).is_none_or(|own| own == office);
    if let Some(absent) = stands.officers.iter().find(covers) {
        return Some(Reach::InPlaceOf(absent.account));
    }
    let decides = DECIDERS.contains(&actor.role) && state == CaseState::Proposed;
    (decides && stands.offices.contains(office)).then_some(Reach::Approver)
}

/// Whether the way in which an officer reaches a case lets him take this step, apart from the rules of the step itself.
pub fn reach_allows(reach: Reach, step: &Step, case: &CaseSnapshot) -> bool {
    match reach {
        Reach::Own => true,
        Reach::Approver => {
            let answers_proposal = step.kind == StepKind::Decide || step.to == Some(CaseState::InExamination);
            case.state == CaseState::Proposed && answers_proposal
        }
        Reach::InPlaceOf(absent) => !has_acted_before(step, case, absent),
    }
}

/// The steps that an officer who reaches a case so can take in it now.
pub fn available_to<'a>(procedure: &'a Procedure, case: &CaseSnapshot, actor: &Actor, reach: Reach) -> Vec<&'a Step> {
    let steps = available_actions(procedure, Some(case), actor);
    steps.into_iter().filter(|step| reach_allows(reach, step, case)).collect()
}

/// Whether one officer may stand in for another: only in the same role, so that a substitution raises nobody, except that
/// a head of office stands in for the decision makers.
pub fn may_stand_in(substitute: Role, absent: Role) -> bool {
    substitute == absent || (substitute == Role::HeadOfOffice && absent == Role::DecisionMaker)
}

/// How near the day is on which a case is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// So many days ago.
    Overdue(i64),
    /// Today.
    Today,
    /// In so many days, which are few.
    Soon(i64),
    /// In so many days.
    Later(i64),
}

/// How near a day is.
pub fn nearness(due: Date, today: Date) -> Nearness {
    let days = i64::from((due - today).get_days());
    match days {
        ..0 => Nearness::Overdue(-days),
        0 => Nearness::Today,
        1..=DUE_SOON_DAYS => Nearness::Soon(days),
        _ => Nearness::Later(days),
    }
}
