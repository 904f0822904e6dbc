// SPDX-License-Identifier: Apache-2.0
//! A procedure as data: the steps of a kind of case, who may take them, their clocks, documents and citations.
//!
//! The country pack fills these types; [`crate::case`] plays them. A new procedure needs no line of Rust.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{access::Role, case::CaseState, legal::ProvisionId, text_enum, time::Date};

/// The most characters a code (of a procedure, an action, a flag, an outcome) has.
pub const CODE_CHARACTERS_MAX: usize = 40;

/// A text that is no code.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a code has 1 to 40 lower-case letters, digits and underscores")]
pub struct InvalidCode;

/// Declares a code type: lower-case letters, digits and underscores.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Parses a code.
            ///
            /// # Errors
            /// When it is empty, too long or has another character.
            pub fn parse(text: &str) -> Result<Self, InvalidCode> {
                let is_code = (1..=CODE_CHARACTERS_MAX).contains(&text.len())
                    && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
                if is_code { Ok(Self(text.to_owned())) } else { Err(InvalidCode) }
            }

            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidCode;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

codes! {
    /// The code of a procedure, such as `refugee_status`.
    ProcedureCode,
    /// The code of an action in a case, such as `registration_interview`.
    ActionCode,
    /// The code of a flag on a case: office practice beside the legal state, such as `certificate_issued`.
    Flag,
    /// The code of an outcome, such as `recognised`.
    OutcomeCode,
    /// The code of a clock, such as `decision`.
    ClockCode,
    /// The code of a question of the examination, such as `well_founded_fear`.
    QuestionCode,
}

/// What kind of act a step is. The program treats each kind alike in every procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Opens the case.
    Open,
    /// Records a fact, a document issued or received, an interview.
    Record,
    /// Puts a draft decision before another officer.
    Propose,
    /// Decides; never by the officer who proposed.
    Decide,
    /// Challenges a decision.
    Appeal,
    /// Ends the case.
    Close,
}

/// One step of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Code of the action that this step records.
    pub action: ActionCode,
    /// Kind of act.
    pub kind: StepKind,
    /// States of the case from which the step can be taken; empty for [`StepKind::Open`].
    #[serde(default)]
    pub from: BTreeSet<CaseState>,
    /// State after it; absent if it stays.
    pub to: Option<CaseState>,
    /// Roles that may take it.
    pub roles: BTreeSet<Role>,
    /// Flags that must be set before.
    #[serde(default)]
    pub needs_flags: BTreeSet<Flag>,
    /// Flags that must not be set.
    #[serde(default)]
    pub without_flags: BTreeSet<Flag>,
    /// Flags that it sets.
    #[serde(default)]
    pub sets: BTreeSet<Flag>,
    /// Flags that it clears.
    #[serde(default)]
    pub clears: BTreeSet<Flag>,
    /// Actions whose officer may not take this step (four eyes).
    #[serde(default)]
    pub other_officer_than: BTreeSet<ActionCode>,
    /// Outcomes that the step can propose or decide; empty for every outcome of the procedure.
    #[serde(default)]
    pub outcomes: BTreeSet<OutcomeCode>,
    /// Provisions on which the step rests; the first is cited when the officer names none.
    pub cites: Vec<ProvisionId>,
    /// Whether the officer must write a reason of his own.
    #[serde(default)]
    pub needs_reason: bool,
}

/// How a term is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermUnit {
    /// Calendar days.
    Days,
    /// Working days of the country pack's calendar.
    WorkingDays,
    /// Calendar months; a day that the month lacks becomes its last.
    Months,
}

/// How sure the pack's author is of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// An official text or an official page was read.
    Verified,
    /// A secondary source says so.
    Secondary,
    /// Professional knowledge; a lawyer must confirm it before use.
    Unconfirmed,
}

/// One dated row of a clock: from one action to another at most so long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRule {
    /// Code of the clock.
    pub clock: ClockCode,
    /// Action that starts it.
    pub starts: ActionCode,
    /// Actions each of which meets it.
    pub met_by: BTreeSet<ActionCode>,
    /// Length.
    pub count: u16,
    /// Unit of the length.
    pub unit: TermUnit,
    /// Whether an end on a rest day moves to the next working day.
    #[serde(default)]
    pub rolls_to_working_day: bool,
    /// First day on which a start is counted by this row.
    pub valid_from: Date,
    /// Last such day; absent while in force.
    pub valid_to: Option<Date>,
    /// Provision that sets the term.
    pub cites: ProvisionId,
    /// How sure the figure is.
    pub confidence: Confidence,
}

/// One possible outcome of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Code.
    pub code: OutcomeCode,
    /// Whether it takes something from the person, so that it can never come from a batch or a machine.
    pub is_adverse: bool,
    /// Provisions one of which the decision must cite.
    pub cites: Vec<ProvisionId>,
}

text_enum! {
    /// What is known about a question. What is unknown is asked further; it never counts against the person.
    pub enum Answer {
        /// It is so.
        Yes = "yes",
        /// It is not so.
        No = "no",
        /// Nobody knows yet.
        Unknown = "unknown",
    }
}

/// A question that the examining officer answers before he proposes. The answers explain a proposal and decide nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Code.
    pub code: QuestionCode,
    /// Provisions that ask it.
    pub cites: Vec<ProvisionId>,
}

/// A procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Code.
    pub code: ProcedureCode,
    /// Whether its files are sealed with the asylum compartment.
    #[serde(default)]
    pub is_sealed: bool,
    /// Whether an open case of this procedure blocks expulsion, and the provision that says so.
    pub blocks_expulsion: Option<ProvisionId>,
    /// Steps.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// Clocks.
    #[serde(rename = "clock", default)]
    pub clocks: Vec<ClockRule>,
    /// Outcomes.
    #[serde(rename = "outcome", default)]
    pub outcomes: Vec<Outcome>,
    /// Questions of the examination.
    #[serde(rename = "question", default)]
    pub questions: Vec<Question>,
}

impl Procedure {
    /// The step of this action.
    pub fn step(&self, action: &ActionCode) -> Option<&Step> {
        self.steps.iter().find(|step| step.action == *action)
    }

    /// The step that opens a case.
    pub fn opening(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.kind == StepKind::Open)
    }

    /// The outcome of this code.
    pub fn outcome(&self, code: &OutcomeCode) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.code == *code)
    }

    /// The rows of the clocks that count a start on this day.
    pub fn clocks_on(&self, day: Date) -> impl Iterator<Item = &ClockRule> {
        self.clocks.iter().filter(move |rule| rule.valid_from <= day && rule.valid_to.is_none_or(|last| day <= last))
    }
}
