// SPDX-License-Identifier: Apache-2.0
//! What is wrong with the fields of a form, in the reader's language.

use domain::refusal::{FieldError, Problem, Refusal};
use i18n::Argument;

use crate::page::Words;

/// What is wrong with one field.
#[derive(Clone, Debug)]
pub(crate) struct FieldProblem {
    /// Name of the field on the page.
    pub(crate) field: String,
    /// The sentence.
    pub(crate) text: String,
}

/// What is wrong with a form: shown together above it, and each at its field.
#[derive(Clone, Debug, Default)]
pub(crate) struct Errors(Vec<FieldProblem>);

impl Errors {
    /// The problems of a refusal. `field_of` gives the name on the page for the path of a field of the use case, such as
    /// `members[0].names[1].value`; the path itself if it gives none.
    pub(crate) fn of(words: &Words, refusal: &Refusal, field_of: impl Fn(&str) -> Option<String>) -> Self {
        let Refusal::Fields(fields) = refusal else {
            return Self(vec![FieldProblem { field: String::new(), text: refusal_text(words, refusal) }]);
        };
        let problem = |error: &FieldError| FieldProblem {
            field: field_of(&error.field).unwrap_or_else(|| error.field.clone()),
            text: problem_text(words, &error.problem),
        };
        Self(fields.iter().map(problem).collect())
    }

    /// Adds a problem.
    pub(crate) fn add(&mut self, field: impl Into<String>, text: impl Into<String>) {
        self.0.push(FieldProblem { field: field.into(), text: text.into() });
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problem of a field.
    pub(crate) fn of_field(&self, field: &str) -> Option<String> {
        self.0.iter().find(|problem| problem.field == field).map(|problem| problem.text.clone())
    }

    /// All problems, in the order of the form.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &FieldProblem> {
        self.0.iter()
    }
}

/// What is wrong with a field, as a sentence.
pub(crate) fn problem_text(words: &Words, problem: &Problem) -> String {
    let limit = problem.limit().and_then(|limit| u32::try_from(limit).ok()).unwrap_or(u32::MAX);
    let key = match problem {
        Problem::Missing => "refusal-field-missing",
        Problem::InFuture => "refusal-field-in-future",
        Problem::NoSuchDay => "refusal-field-no-such-day",
        Problem::Text(_) => "refusal-field-text",
        Problem::Line(_) => "refusal-field-line",
        Problem::LettersMin(_) => "refusal-field-letters-min",
        Problem::AtMost(_) => "refusal-field-at-most",
        Problem::UpTo(_) => "refusal-field-up-to",
        Problem::NotInList { .. } => "refusal-field-not-in-list",
        Problem::Other(text) => return words.with("refusal-field-other", "what", text.as_str()),
    };
    words.format(key, &[("limit", Argument::from(limit))])
}

/// Why an act was not done, as a sentence.
pub(crate) fn refusal_text(words: &Words, refusal: &Refusal) -> String {
    let key = match refusal {
        Refusal::NotPermitted => "refusal-act-not-permitted",
        Refusal::NotFound(_) => "refusal-act-not-found",
        Refusal::SameOfficer => "refusal-act-same-officer",
        Refusal::CaseState(_) => "refusal-act-case-state",
        Refusal::Missing(what) => return words.with("refusal-act-missing", "what", what.as_str()),
        Refusal::AlreadyRecorded(what) => return words.with("refusal-act-already-recorded", "what", what.as_str()),
        Refusal::NoSuchStep => "refusal-act-no-such-step",
        Refusal::ReasonNeeded => "refusal-act-reason-needed",
        Refusal::CitationNeeded(what) => return words.with("refusal-act-citation-needed", "what", what.as_str()),
        Refusal::Wall { basis, .. } => return words.with("refusal-act-wall", "what", basis.citation()),
        Refusal::GivenAlready(_) => "refusal-act-given-already",
        Refusal::CardState(_) => "refusal-act-card-state",
        Refusal::NoBlank => "refusal-act-no-blank",
        Refusal::Conflict => "refusal-act-conflict",
        Refusal::LooksLike(_) => "refusal-act-looks-like",
        Refusal::Fields(fields) => {
            return fields.iter().map(|field| problem_text(words, &field.problem)).collect::<Vec<_>>().join(". ");
        }
    };
    words.text(key)
}
