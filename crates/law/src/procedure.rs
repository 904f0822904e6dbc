// SPDX-License-Identifier: Apache-2.0
//! Reads a procedure's file: steps, clocks, outcomes and the labels under which officers see them.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    legal::ProvisionId,
    procedure::{ClockRule, Outcome, Procedure, Question, Step},
    text_enum,
};
use serde::Deserialize;

use crate::{
    error::{At, Errors, Place},
    names::{Languages, Names, check_names},
    procedure_check,
    source::Source,
};

text_enum! {
    /// What a label names.
    pub enum LabelKind {
        /// The procedure itself.
        Procedure = "procedure",
        /// An action.
        Action = "action",
        /// A flag.
        Flag = "flag",
        /// An outcome.
        Outcome = "outcome",
        /// A clock.
        Clock = "clock",
        /// A question of the examination.
        Question = "question",
        /// What a question means and how it is examined.
        Explanation = "explanation",
        /// What the person is told in her own file once an action was taken. What she is not to read there has none.
        Told = "told",
    }
}

/// One label of a procedure's file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    kind: LabelKind,
    code: String,
    name: Names,
}

/// A procedure and the labels of its codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledProcedure {
    /// The procedure.
    pub procedure: Procedure,
    labels: BTreeMap<(LabelKind, String), Names>,
}

impl LabelledProcedure {
    /// The label of a code; the check at load makes sure that each code has one.
    pub fn label(&self, kind: LabelKind, code: &str) -> Option<&Names> {
        self.labels.get(&(kind, code.to_owned()))
    }
}

/// The parts of a procedure with their places, for the checks.
pub(crate) struct Parts {
    pub(crate) head: Place,
    pub(crate) steps: Vec<At<Step>>,
    pub(crate) clocks: Vec<At<ClockRule>>,
    pub(crate) outcomes: Vec<At<Outcome>>,
    pub(crate) questions: Vec<At<Question>>,
}

/// Reads and checks a procedure; `None` after noting errors of shape.
pub(crate) fn read(
    mut source: Source<'_>,
    provisions: &BTreeSet<ProvisionId>,
    languages: &Languages,
    errors: &mut Errors,
) -> Option<LabelledProcedure> {
    let labels: Vec<At<Label>> = source.entries("label", errors);
    let parts = Parts {
        head: source.place(0),
        steps: source.peek("step", errors),
        clocks: source.peek("clock", errors),
        outcomes: source.peek("outcome", errors),
        questions: source.peek("question", errors),
    };
    let file = source.file();
    let At { value: procedure, place } = source.whole::<Procedure>(errors)?;
    if file != format!("procedures/{}.toml", procedure.code) {
        errors.at(&place, format!("procedure `{}` must stand in a file of its name", procedure.code));
    }
    procedure_check::check(&procedure, &parts, provisions, errors);
    let labels = collect_labels(&procedure, labels, &parts.head, languages, errors);
    Some(LabelledProcedure { procedure, labels })
}

fn collect_labels(
    procedure: &Procedure,
    entries: Vec<At<Label>>,
    head: &Place,
    languages: &Languages,
    errors: &mut Errors,
) -> BTreeMap<(LabelKind, String), Names> {
    let mut needed = BTreeSet::from([(LabelKind::Procedure, procedure.code.to_string())]);
    for step in &procedure.steps {
        needed.insert((LabelKind::Action, step.action.to_string()));
        let flags = step.needs_flags.iter().chain(&step.without_flags).chain(&step.sets).chain(&step.clears);
        needed.extend(flags.map(|flag| (LabelKind::Flag, flag.to_string())));
    }
    needed.extend(procedure.clocks.iter().map(|rule| (LabelKind::Clock, rule.clock.to_string())));
    needed.extend(procedure.outcomes.iter().map(|outcome| (LabelKind::Outcome, outcome.code.to_string())));
    for question in &procedure.questions {
        needed.extend([LabelKind::Question, LabelKind::Explanation].map(|kind| (kind, question.code.to_string())));
    }

    let mut labels = BTreeMap::new();
    for At { place, value: Label { kind, code, name } } in entries {
        let what = format!("label of {kind} `{code}`");
        let is_told = kind == LabelKind::Told;
        let readers = if is_told { &languages.outside } else { &languages.staff };
        check_names(&what, &name, readers, &place, errors);
        let labelled = if is_told { LabelKind::Action } else { kind };
        if !needed.contains(&(labelled, code.clone())) {
            errors.at(&place, format!("{what} labels nothing of this procedure"));
        }
        if labels.insert((kind, code), name).is_some() {
            errors.at(&place, format!("{what} is there twice"));
        }
    }
    for (kind, code) in needed {
        if !labels.contains_key(&(kind, code.clone())) {
            errors.at(head, format!("{kind} `{code}` has no label"));
        }
    }
    labels
}
