// SPDX-License-Identifier: Apache-2.0
//! The case machine: a case is what its recorded actions make of it.
//!
//! [`fold`] is the only place where an action changes a case. The database keeps the result beside the actions, and
//! `turna db check` folds every case again and compares. [`available_actions`] is the only answer to "what can be done
//! now", for the page, the API, the command line and the tests alike.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    access::{Actor, Role},
    id::AccountId,
    procedure::{ActionCode, ClockRule, Flag, OutcomeCode, Procedure, ProcedureCode, Step, StepKind},
    refusal::Refusal,
    text_enum,
    time::Timestamp,
};

text_enum! {
    /// The legal state of a case, common to all procedures. Office practice is a flag, not a state.
    pub enum CaseState {
        /// Received; nothing examined yet.
        Received = "received",
        /// Under examination.
        InExamination = "in_examination",
        /// A decision has been proposed and waits for another officer.
        Proposed = "proposed",
        /// Decided; the decision can be challenged.
        Decided = "decided",
        /// The decision is challenged.
        UnderAppeal = "under_appeal",
        /// Ended.
        Closed = "closed",
    }
}

impl CaseState {
    /// Whether the case still goes on: everything before its end, an appeal included.
    pub fn is_open(self) -> bool {
        self != Self::Closed
    }
}

/// An action as recorded in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseAction {
    /// Which step was taken.
    pub code: ActionCode,
    /// By whom.
    pub by: AccountId,
    /// Server time.
    pub at: Timestamp,
    /// The outcome it proposes or decides.
    pub outcome: Option<OutcomeCode>,
}

/// A case as its actions make it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSnapshot {
    /// The procedure.
    pub procedure: ProcedureCode,
    /// The legal state.
    pub state: CaseState,
    /// Flags set.
    pub flags: BTreeSet<Flag>,
    /// The outcome decided last.
    pub outcome: Option<OutcomeCode>,
    /// The outcome proposed and not yet decided.
    pub proposed: Option<OutcomeCode>,
    /// For each action the officers who took it.
    pub officers: BTreeMap<ActionCode, BTreeSet<AccountId>>,
    /// For each action the moment of the last time it was taken.
    pub last: BTreeMap<ActionCode, Timestamp>,
    /// Number of actions.
    pub actions: u32,
}

/// The most actions a case has; beyond that something writes in a loop.
pub const CASE_ACTIONS_MAX: u32 = 10_000;

/// Adds an action to a case; `before` is `None` for the action that opens it.
///
/// # Errors
/// When the action is no step of the procedure, or not possible in this state. The officer is checked by [`check`].
pub fn fold(
    procedure: &Procedure,
    before: Option<&CaseSnapshot>,
    action: &CaseAction,
) -> Result<CaseSnapshot, Refusal> {
    let step = procedure.step(&action.code).ok_or(Refusal::NoSuchStep)?;
    check_state(step, before)?;
    let mut after = match before {
        Some(snapshot) => snapshot.clone(),
        None => CaseSnapshot {
            procedure: procedure.code.clone(),
            state: CaseState::Received,
            flags: BTreeSet::new(),
            outcome: None,
            proposed: None,
            officers: BTreeMap::new(),
            last: BTreeMap::new(),
            actions: 0,
        },
    };
    after.state = step.to.unwrap_or(after.state);
    after.flags.retain(|flag| !step.clears.contains(flag));
    after.flags.extend(step.sets.iter().cloned());
    match step.kind {
        StepKind::Propose => after.proposed.clone_from(&action.outcome),
        StepKind::Decide => {
            after.outcome = action.outcome.clone().or_else(|| after.proposed.clone());
            after.proposed = None;
        }
        StepKind::Open | StepKind::Record | StepKind::Appeal | StepKind::Close => {}
    }
    if after.state != CaseState::Proposed {
        after.proposed = None;
    }
    after.officers.entry(action.code.clone()).or_default().insert(action.by);
    after.last.insert(action.code.clone(), action.at);
    after.actions += 1;
    if after.actions > CASE_ACTIONS_MAX {
        return Err(Refusal::AlreadyRecorded("too many actions in one case".into()));
    }
    Ok(after)
}

/// Folds all actions of a case, oldest first.
///
/// # Errors
/// When an action was not possible where it stands: the journal has been tampered with.
pub fn refold(procedure: &Procedure, actions: &[CaseAction]) -> Result<Option<CaseSnapshot>, Refusal> {
    let mut snapshot = None;
    for action in actions {
        snapshot = Some(fold(procedure, snapshot.as_ref(), action)?);
    }
    Ok(snapshot)
}

fn check_state(step: &Step, before: Option<&CaseSnapshot>) -> Result<(), Refusal> {
    match before {
        None if step.kind == StepKind::Open => Ok(()),
        None => Err(Refusal::NoSuchStep),
        Some(snapshot) if step.kind == StepKind::Open || !step.from.contains(&snapshot.state) => {
            Err(Refusal::CaseState(snapshot.state))
        }
        Some(snapshot) => {
            if let Some(flag) = step.needs_flags.difference(&snapshot.flags).next() {
                return Err(Refusal::Missing(flag.to_string()));
            }
            match step.without_flags.intersection(&snapshot.flags).next() {
                Some(flag) => Err(Refusal::AlreadyRecorded(flag.to_string())),
                None => Ok(()),
            }
        }
    }
}

/// Whether this officer may take this step of this case now.
///
/// # Errors
/// The refusal says which rule stands in the way.
pub fn check(step: &Step, case: Option<&CaseSnapshot>, actor: &Actor) -> Result<(), Refusal> {
    if !step.roles.contains(&actor.role) {
        return Err(Refusal::NotPermitted);
    }
    check_state(step, case)?;
    let acted_before = |action: &ActionCode| {
        case.and_then(|snapshot| snapshot.officers.get(action))
            .is_some_and(|officers| officers.contains(&actor.account))
    };
    if step.other_officer_than.iter().any(acted_before) {
        return Err(Refusal::SameOfficer);
    }
    Ok(())
}

/// The steps that this officer can take in this case now.
pub fn available_actions<'a>(procedure: &'a Procedure, case: Option<&CaseSnapshot>, actor: &Actor) -> Vec<&'a Step> {
    procedure.steps.iter().filter(|step| check(step, case, actor).is_ok()).collect()
}

/// The roles of which one is needed for a step, as text for a refusal.
pub fn roles_of(step: &Step) -> String {
    step.roles.iter().map(|role: &Role| role.as_str()).collect::<Vec<_>>().join(", ")
}

/// A running clock of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningClock<'a> {
    /// The row that counts.
    pub rule: &'a ClockRule,
    /// When its action was recorded.
    pub started: Timestamp,
}

/// The clocks of a case that were started and not met since.
///
/// A clock only ever draws attention: nothing is refused because it ran out.
pub fn running_clocks<'a>(
    procedure: &'a Procedure,
    case: &CaseSnapshot,
    zone: &crate::time::TimeZone,
) -> Vec<RunningClock<'a>> {
    if !case.state.is_open() {
        return Vec::new();
    }
    let mut running = Vec::new();
    for rule in &procedure.clocks {
        let Some(&started) = case.last.get(&rule.starts) else { continue };
        let day = started.date_in(zone);
        let counts = rule.valid_from <= day && rule.valid_to.is_none_or(|last| day <= last);
        let met = rule.met_by.iter().any(|action| case.last.get(action).is_some_and(|&met| met >= started));
        if counts && !met {
            running.push(RunningClock { rule, started });
        }
    }
    running
}
