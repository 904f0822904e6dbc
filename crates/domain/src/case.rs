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
    if case.is_some_and(|case| has_acted_before(step, case, actor.account)) {
        return Err(Refusal::SameOfficer);
    }
    Ok(())
}

/// Whether this officer did one of the earlier steps whose officer may not take this one.
pub fn has_acted_before(step: &Step, case: &CaseSnapshot, officer: AccountId) -> bool {
    let by_officer = |action: &ActionCode| case.officers.get(action).is_some_and(|all| all.contains(&officer));
    step.other_officer_than.iter().any(by_officer)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{access::Jurisdiction, time::TimeZone};

    /// A procedure with every kind of step, as the country pack would hold it.
    fn procedure() -> Procedure {
        let step = |action: &str, kind: &str, rest: &str| {
            let text = format!(
                r#"{{"action":"{action}","kind":"{kind}","roles":["registrar","head_of_office"],"cites":["law:1"]{rest}}}"#
            );
            serde_json::from_str::<Step>(&text).unwrap()
        };
        let clock = r#"{"clock":"answer","starts":"apply","met_by":["decide"],"count":5,"unit":"days",
            "valid_from":"2025-01-01","cites":"law:1","confidence":"verified"}"#;
        Procedure {
            code: ProcedureCode::parse("test").unwrap(),
            is_sealed: false,
            blocks_expulsion: None,
            steps: vec![
                step("apply", "open", r#","to":"received""#),
                step("hear", "record", r#","from":["received"],"to":"in_examination","sets":["heard"]"#),
                step("propose", "propose", r#","from":["in_examination"],"to":"proposed","needs_flags":["heard"]"#),
                step("return", "record", r#","from":["proposed"],"to":"in_examination""#),
                step("decide", "decide", r#","from":["proposed"],"to":"decided","other_officer_than":["propose"]"#),
                step("appeal", "appeal", r#","from":["decided"],"to":"under_appeal","without_flags":["final"]"#),
                step(
                    "confirm",
                    "decide",
                    r#","from":["under_appeal"],"to":"decided","sets":["final"],"clears":["heard"]"#,
                ),
                step("close", "close", r#","from":["decided"],"to":"closed""#),
            ],
            clocks: vec![serde_json::from_str(clock).unwrap()],
            outcomes: Vec::new(),
            questions: Vec::new(),
        }
    }

    fn officer(number: u128, role: Role) -> Actor {
        let account = AccountId::from(Uuid::from_u128(number));
        Actor { account, role, body: "sms".into(), office: "sms-baku".into(), jurisdiction: Jurisdiction::OwnOffice }
    }

    fn taken(code: &str, by: u128, outcome: Option<&str>) -> CaseAction {
        CaseAction {
            code: ActionCode::parse(code).unwrap(),
            by: AccountId::from(Uuid::from_u128(by)),
            at: "2025-06-02T06:00:00Z".parse().unwrap(),
            outcome: outcome.map(|code| OutcomeCode::parse(code).unwrap()),
        }
    }

    /// The case after these actions of officer 1.
    fn after(codes: &[&str]) -> CaseSnapshot {
        let outcome = |code: &str| (code == "propose").then_some("granted");
        let actions: Vec<_> = codes.iter().map(|code| taken(code, 1, outcome(code))).collect();
        refold(&procedure(), &actions).unwrap().unwrap()
    }

    fn possible(case: Option<&CaseSnapshot>, actor: &Actor) -> Vec<String> {
        available_actions(&procedure(), case, actor).iter().map(|step| step.action.to_string()).collect()
    }

    #[test]
    fn what_can_be_done_follows_state_flags_roles_and_earlier_officers() {
        let (first, second) = (officer(1, Role::Registrar), officer(2, Role::Registrar));
        assert_eq!(possible(None, &first), ["apply"]);
        assert_eq!(possible(Some(&after(&["apply"])), &first), ["hear"]);
        assert_eq!(possible(Some(&after(&["apply", "hear"])), &first), ["propose"]);
        let proposed = after(&["apply", "hear", "propose"]);
        assert_eq!(possible(Some(&proposed), &first), ["return"], "nobody decides what he proposed");
        assert_eq!(possible(Some(&proposed), &second), ["return", "decide"]);
        assert_eq!(possible(Some(&proposed), &officer(2, Role::Auditor)), [""; 0]);
    }

    #[test]
    fn a_decision_without_an_outcome_of_its_own_takes_the_proposed_one() {
        let procedure = procedure();
        let proposed = after(&["apply", "hear", "propose"]);
        let decided = fold(&procedure, Some(&proposed), &taken("decide", 2, None)).unwrap();
        assert_eq!(decided.outcome.unwrap().as_str(), "granted");
        let otherwise = fold(&procedure, Some(&proposed), &taken("decide", 2, Some("refused"))).unwrap();
        assert_eq!((otherwise.outcome.unwrap().as_str(), otherwise.proposed), ("refused", None));
    }

    #[test]
    fn what_was_returned_is_proposed_no_more() {
        let returned = after(&["apply", "hear", "propose", "return"]);
        assert_eq!((returned.state, returned.proposed), (CaseState::InExamination, None));
    }

    #[test]
    fn flags_are_set_cleared_and_stand_in_the_way() {
        let appealed = after(&["apply", "hear", "propose", "return", "propose", "decide", "appeal"]);
        let confirmed = fold(&procedure(), Some(&appealed), &taken("confirm", 2, Some("granted"))).unwrap();
        assert_eq!(confirmed.flags.iter().map(Flag::as_str).collect::<Vec<_>>(), ["final"]);
        let again = fold(&procedure(), Some(&confirmed), &taken("appeal", 1, None));
        assert_eq!(again, Err(Refusal::AlreadyRecorded("final".into())));
    }

    #[test]
    fn what_is_no_step_here_is_refused() {
        let procedure = procedure();
        let received = after(&["apply"]);
        assert_eq!(fold(&procedure, None, &taken("hear", 1, None)), Err(Refusal::NoSuchStep));
        assert_eq!(fold(&procedure, Some(&received), &taken("fly", 1, None)), Err(Refusal::NoSuchStep));
        for wrong in ["apply", "decide", "close"] {
            let refused = fold(&procedure, Some(&received), &taken(wrong, 1, None));
            assert_eq!(refused, Err(Refusal::CaseState(CaseState::Received)), "{wrong}");
        }
        assert_eq!(refold(&procedure, &[]), Ok(None));
        let closed = after(&["apply", "hear", "propose", "decide", "close"]);
        assert!(!closed.state.is_open());
        assert_eq!(possible(Some(&closed), &officer(3, Role::HeadOfOffice)), [""; 0]);
    }

    #[test]
    fn a_case_does_not_grow_without_end() {
        let mut full = after(&["apply", "hear", "propose"]);
        full.actions = CASE_ACTIONS_MAX;
        assert!(fold(&procedure(), Some(&full), &taken("return", 1, None)).is_err());
    }

    #[test]
    fn a_clock_runs_from_its_start_until_it_is_met_and_no_longer_than_the_case() {
        let (procedure, zone) = (procedure(), TimeZone::named("Asia/Baku").unwrap());
        let proposed = after(&["apply", "hear", "propose"]);
        assert_eq!(running_clocks(&procedure, &proposed, &zone).len(), 1);
        assert!(running_clocks(&procedure, &after(&["apply", "hear", "propose", "decide"]), &zone).is_empty());
        let mut early = proposed;
        early.last.insert(ActionCode::parse("apply").unwrap(), "2024-12-31T19:59:59Z".parse().unwrap());
        assert!(running_clocks(&procedure, &early, &zone).is_empty(), "the row counts from 2025 on, in Baku");
        early.last.insert(ActionCode::parse("apply").unwrap(), "2024-12-31T20:00:00Z".parse().unwrap());
        assert_eq!(running_clocks(&procedure, &early, &zone).len(), 1);
    }

    proptest! {
        /// Whatever is tried in whatever order: the state is one that its steps allow, who proposed never decides, and
        /// folding all again gives the same case.
        #[test]
        fn no_order_of_steps_breaks_the_machine(tries in prop::collection::vec((0usize..8, 1u128..4), 0..60)) {
            let procedure = procedure();
            let (mut case, mut journal) = (None::<CaseSnapshot>, Vec::new());
            for (position, by) in tries {
                let step = &procedure.steps[position];
                let action = taken(step.action.as_str(), by, Some("granted"));
                if check(step, case.as_ref(), &officer(by, Role::HeadOfOffice)).is_ok() {
                    let next = fold(&procedure, case.as_ref(), &action).unwrap();
                    prop_assert_eq!(next.state, step.to.unwrap_or(next.state));
                    journal.push(action);
                    case = Some(next);
                } else if case.as_ref().is_some_and(|case| !step.from.contains(&case.state)) {
                    prop_assert!(fold(&procedure, case.as_ref(), &action).is_err());
                }
            }
            prop_assert_eq!(refold(&procedure, &journal).unwrap(), case.clone());
            if let Some(case) = case {
                let of = |code: &str| case.officers.get(&ActionCode::parse(code).unwrap()).cloned().unwrap_or_default();
                prop_assert!(of("propose").is_disjoint(&of("decide")));
                prop_assert_eq!(case.actions as usize, journal.len());
            }
        }
    }
}
