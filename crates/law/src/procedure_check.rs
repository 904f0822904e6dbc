// SPDX-License-Identifier: Apache-2.0
//! Whether a procedure of the pack is well formed, and keeps what no pack may leave out: four eyes and reasons.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    case::CaseState,
    legal::ProvisionId,
    procedure::{ActionCode, ClockRule, Flag, Procedure, Step, StepKind},
};

use crate::{
    citation::check_cites,
    error::{At, Errors, Place},
    procedure::Parts,
    source::check_periods,
};

/// Notes everything that is wrong in a procedure.
pub(crate) fn check(procedure: &Procedure, parts: &Parts, provisions: &BTreeSet<ProvisionId>, errors: &mut Errors) {
    if let Some(id) = procedure.blocks_expulsion.as_ref().filter(|id| !provisions.contains(*id)) {
        errors.at(&parts.head, format!("`blocks_expulsion` cites `{id}`, which the pack does not have"));
    }
    let known = Known::of(procedure);
    check_opening(parts, errors);
    let mut seen = BTreeSet::new();
    for At { place, value: step } in &parts.steps {
        if !seen.insert(&step.action) {
            errors.at(place, format!("action `{}` is there twice", step.action));
        }
        check_step(step, &known, place, provisions, errors);
        if step.kind == StepKind::Decide {
            check_four_eyes(step, &known, place, errors);
        }
    }
    check_reachable(parts, errors);
    check_clocks(&parts.clocks, &known, provisions, errors);
    check_outcomes(parts, &known, provisions, errors);
    check_questions(parts, &known, provisions, errors);
}

/// What the steps of the procedure know.
struct Known {
    actions: BTreeSet<ActionCode>,
    proposals: BTreeSet<ActionCode>,
    /// Decisions that are not those on an appeal.
    first_decisions: BTreeSet<ActionCode>,
    decides: bool,
    flags: BTreeSet<Flag>,
}

impl Known {
    fn of(procedure: &Procedure) -> Self {
        let of_kind = |kind: StepKind| procedure.steps.iter().filter(move |step| step.kind == kind);
        Self {
            actions: procedure.steps.iter().map(|step| step.action.clone()).collect(),
            proposals: of_kind(StepKind::Propose).map(|step| step.action.clone()).collect(),
            first_decisions: of_kind(StepKind::Decide)
                .filter(|step| !is_on_appeal(step))
                .map(|step| step.action.clone())
                .collect(),
            decides: of_kind(StepKind::Decide).next().is_some(),
            flags: procedure.steps.iter().flat_map(|step| step.sets.iter().cloned()).collect(),
        }
    }
}

fn is_on_appeal(step: &Step) -> bool {
    step.from.contains(&CaseState::UnderAppeal)
}

fn check_opening(parts: &Parts, errors: &mut Errors) {
    let mut openings = parts.steps.iter().filter(|step| step.value.kind == StepKind::Open);
    if openings.next().is_none() {
        errors.at(&parts.head, "no step opens the case");
    }
    for second in openings {
        errors.at(&second.place, "a second step opens the case");
    }
}

fn check_step(step: &Step, known: &Known, place: &Place, provisions: &BTreeSet<ProvisionId>, errors: &mut Errors) {
    let what = format!("step `{}`", step.action);
    check_cites(&what, &step.cites, provisions, place, errors);
    if step.roles.is_empty() {
        errors.at(place, format!("{what} can be taken by no role"));
    }
    match (step.kind, step.from.is_empty()) {
        (StepKind::Open, false) => errors.at(place, format!("{what} opens the case and cannot come `from` a state")),
        (StepKind::Open, true) | (_, false) => {}
        (_, true) => errors.at(place, format!("{what} does not say `from` which states it can be taken")),
    }
    if step.to.is_none() && !matches!(step.kind, StepKind::Record) {
        errors.at(place, format!("{what} must say `to` which state it leads"));
    }
    if (step.to == Some(CaseState::Closed)) != (step.kind == StepKind::Close) {
        errors.at(place, format!("{what}: a step leads to `closed` if and only if its kind is `close`"));
    }
    for flag in step.needs_flags.iter().chain(&step.without_flags).chain(&step.clears) {
        if !known.flags.contains(flag) {
            errors.at(place, format!("{what} speaks of the flag `{flag}`, which no step sets"));
        }
    }
    for action in &step.other_officer_than {
        if !known.actions.contains(action) {
            errors.at(place, format!("{what} speaks of the action `{action}`, which the procedure does not have"));
        }
    }
}

/// Four eyes cannot be left out by a pack: who proposed may not decide, and who decided may not decide on the appeal.
fn check_four_eyes(step: &Step, known: &Known, place: &Place, errors: &mut Errors) {
    let what = format!("step `{}`", step.action);
    if !step.needs_reason {
        errors.at(place, format!("{what} decides and must have `needs_reason = true`"));
    }
    if known.proposals.is_empty() {
        errors.at(place, format!("{what} decides, but no step proposes"));
    }
    let mut others: BTreeSet<&ActionCode> = known.proposals.iter().collect();
    if is_on_appeal(step) {
        others.extend(&known.first_decisions);
    }
    for action in others {
        if !step.other_officer_than.contains(action) {
            errors.at(place, format!("{what} decides and must have `{action}` in `other_officer_than`"));
        }
    }
}

/// A step that starts from a state to which no step leads can never be taken.
fn check_reachable(parts: &Parts, errors: &mut Errors) {
    let mut reached: BTreeSet<CaseState> = BTreeSet::new();
    loop {
        let before = reached.len();
        for At { value: step, .. } in &parts.steps {
            if step.kind == StepKind::Open || step.from.iter().any(|state| reached.contains(state)) {
                reached.extend(step.to);
            }
        }
        if reached.len() == before {
            break;
        }
    }
    for At { place, value: step } in &parts.steps {
        for state in step.from.difference(&reached) {
            errors.at(place, format!("step `{}` starts from `{state}`, to which no step leads", step.action));
        }
    }
}

fn check_clocks(clocks: &[At<ClockRule>], known: &Known, provisions: &BTreeSet<ProvisionId>, errors: &mut Errors) {
    let mut by_code: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for At { place, value: rule } in clocks {
        let what = format!("clock `{}`", rule.clock);
        check_cites(&what, std::slice::from_ref(&rule.cites), provisions, place, errors);
        for action in std::iter::once(&rule.starts).chain(&rule.met_by) {
            if !known.actions.contains(action) {
                errors.at(place, format!("{what} speaks of the action `{action}`, which the procedure does not have"));
            }
        }
        if rule.met_by.is_empty() {
            errors.at(place, format!("{what} is met by no action"));
        }
        if rule.count == 0 {
            errors.at(place, format!("{what} has no length"));
        }
        by_code.entry(&rule.clock).or_default().push(((rule.valid_from, rule.valid_to), place));
    }
    for (code, mut periods) in by_code {
        check_periods(&format!("clock `{code}`"), &mut periods, errors);
    }
}

/// The most questions that one proposal answers; a longer list is read by nobody.
const QUESTIONS_MAX: usize = 30;

fn check_questions(parts: &Parts, known: &Known, provisions: &BTreeSet<ProvisionId>, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for At { place, value: question } in &parts.questions {
        let what = format!("question `{}`", question.code);
        check_cites(&what, &question.cites, provisions, place, errors);
        if !seen.insert(&question.code) {
            errors.at(place, format!("{what} is there twice"));
        }
        if known.proposals.is_empty() {
            errors.at(place, format!("{what} is asked, but no step proposes"));
        }
    }
    if parts.questions.len() > QUESTIONS_MAX {
        errors.at(&parts.head, format!("a procedure asks at most {QUESTIONS_MAX} questions"));
    }
}

fn check_outcomes(parts: &Parts, known: &Known, provisions: &BTreeSet<ProvisionId>, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for At { place, value: outcome } in &parts.outcomes {
        let what = format!("outcome `{}`", outcome.code);
        check_cites(&what, &outcome.cites, provisions, place, errors);
        if !seen.insert(&outcome.code) {
            errors.at(place, format!("{what} is there twice"));
        }
    }
    match (known.decides, parts.outcomes.is_empty()) {
        (true, true) => errors.at(&parts.head, "the procedure decides but has no outcome"),
        (false, false) => errors.at(&parts.head, "the procedure has outcomes but no step that decides"),
        _ => {}
    }
}
