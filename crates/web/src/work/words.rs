// SPDX-License-Identifier: Apache-2.0
//! How cases are told on pages: state, day on which they are due, address.

use app::{asylum, procedures::Labels};
use domain::{
    case::CaseState,
    number::CaseNumber,
    procedure::ProcedureCode,
    time::Date,
    work::{Nearness, nearness},
};

use crate::{form::Choice, page::Words, state::AppState};

/// The names of the country pack in the reader's language.
pub(crate) fn labels<'a>(state: &'a AppState, words: &Words) -> Labels<'a> {
    Labels::new(state.service.pack(), words.language.code())
}

/// The page of a case.
pub(crate) fn case_path(procedure: &ProcedureCode, number: &CaseNumber) -> String {
    let folder = if procedure.as_str() == asylum::PROCEDURE { "claims" } else { "cases" };
    format!("/{folder}/{number}")
}

/// The offices of a body to choose from.
pub(crate) fn office_choices(state: &AppState, words: &Words, body: &str) -> Vec<Choice> {
    let of_body = state.service.pack().offices().filter(|office| office.body == body);
    of_body.map(|office| Choice::new(&office.code, office.name.in_language(words.language.code()))).collect()
}

/// A state in words.
pub(crate) fn state_text(words: &Words, state: CaseState) -> String {
    words.text(match state {
        CaseState::Received => "work-state-received",
        CaseState::InExamination => "work-state-in-examination",
        CaseState::Proposed => "work-state-proposed",
        CaseState::Decided => "work-state-decided",
        CaseState::UnderAppeal => "work-state-under-appeal",
        CaseState::Closed => "work-state-closed",
    })
}

/// A term in words, with colour and shape by class, and its date.
#[derive(Clone, Debug)]
pub(crate) struct DueWords {
    /// Class of the style sheet: `bad`, `soon` or `wait`.
    pub(crate) kind: &'static str,
    /// How near it is, in words.
    pub(crate) words: String,
    /// The day.
    pub(crate) date: String,
}

impl DueWords {
    pub(crate) fn new(words: &Words, due: Date, today: Date) -> Self {
        let days = |key: &str, days: i64| words.count(key, "days", usize::try_from(days).unwrap_or(0));
        let (kind, text) = match nearness(due, today) {
            Nearness::Overdue(past) => ("bad", days("work-due-overdue", past)),
            Nearness::Today => ("soon", words.text("work-due-today")),
            Nearness::Soon(left) => ("soon", days("work-due-later", left)),
            Nearness::Later(left) => ("wait", days("work-due-later", left)),
        };
        Self { kind, words: text, date: words.date(due) }
    }
}
