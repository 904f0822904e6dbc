// SPDX-License-Identifier: Apache-2.0
//! What a rule refuses, as a value: a refusal is an answer, not a failure, and is itself put on record.

use crate::{case::CaseState, legal::LegalBasis, registry::LookAlike};

/// Why an act was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The account's role, office or purpose does not allow the act.
    #[error("this account may not do that")]
    NotPermitted,
    /// There is no such record, or the account may not know that there is.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// Nobody approves his own act.
    #[error("the officer who did the earlier step may not do this one too: another officer must")]
    SameOfficer,
    /// The act is not possible in this state.
    #[error("not possible while the case is {}", .0.as_str())]
    CaseState(CaseState),
    /// The procedure asks for something first.
    #[error("the procedure asks for {0:?} first")]
    Missing(String),
    /// The procedure allows this only once, or not after that.
    #[error("not possible any more: {0:?} is on record")]
    AlreadyRecorded(String),
    /// The act is not a step of the procedure.
    #[error("the procedure has no such step")]
    NoSuchStep,
    /// The officer's own reason is missing.
    #[error("an own reason is needed")]
    ReasonNeeded,
    /// The decision cites none of the provisions on which it can rest.
    #[error("the decision must cite one of: {0}")]
    CitationNeeded(String),
    /// A wall protects the person.
    #[error("refused by the law: {citation}", citation = basis.citation())]
    Wall {
        /// Code of the wall in the country pack.
        wall: String,
        /// The provision.
        basis: Box<LegalBasis>,
    },
    /// What may be given once has been given.
    #[error("{0} has been given already")]
    GivenAlready(&'static str),
    /// The card's state does not allow it.
    #[error("not possible: the card is {0}")]
    CardState(&'static str),
    /// No blank card is left.
    #[error("no blank card is left")]
    NoBlank,
    /// Somebody else changed the record meanwhile.
    #[error("the record was changed by somebody else meanwhile; please look again")]
    Conflict,
    /// Registered persons look like those about to be registered, and the officer has not said that they are others.
    #[error("{}", alike(.0))]
    LooksLike(Vec<LookAlike>),
    /// Fields of the input are wrong.
    #[error("{}", list(.0))]
    Fields(Vec<FieldError>),
}

/// What is wrong with one field of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Path of the field, such as `members[2].names[0].value`.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a field. Each problem has a code by which a page finds its text in the reader's language; the
/// English sentence is for the command line and for programs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing was given.
    #[error("missing")]
    Missing,
    /// The day has not come yet.
    #[error("lies in the future")]
    InFuture,
    /// There is no such day, or it is not written as one.
    #[error("no such day")]
    NoSuchDay,
    /// A text that is empty or too long.
    #[error("1 to {0} characters")]
    Text(usize),
    /// A line that is empty or too long, or has characters that no eye sees.
    #[error("1 to {0} visible characters on one line")]
    Line(usize),
    /// Fewer letters than can be searched for.
    #[error("at least {0} letters")]
    LettersMin(usize),
    /// More than may be given at once.
    #[error("at most {0}")]
    AtMost(usize),
    /// A count outside of its limits.
    #[error("1 to {0}")]
    UpTo(usize),
    /// A code that its list does not have.
    #[error("{code:?} is not in the code list {list}")]
    NotInList {
        /// The code as given.
        code: String,
        /// The code list of the country pack.
        list: String,
    },
    /// Any other, in English only.
    #[error("{0}")]
    Other(String),
}

impl Problem {
    /// The stable code of the problem, for pages and programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::InFuture => "in_future",
            Self::NoSuchDay => "no_such_day",
            Self::Text(_) => "text",
            Self::Line(_) => "line",
            Self::LettersMin(_) => "letters_min",
            Self::AtMost(_) => "at_most",
            Self::UpTo(_) => "up_to",
            Self::NotInList { .. } => "not_in_list",
            Self::Other(_) => "other",
        }
    }

    /// The limit that the problem names.
    pub fn limit(&self) -> Option<usize> {
        match *self {
            Self::Text(limit)
            | Self::Line(limit)
            | Self::LettersMin(limit)
            | Self::AtMost(limit)
            | Self::UpTo(limit) => Some(limit),
            _ => None,
        }
    }
}

impl From<&str> for Problem {
    fn from(text: &str) -> Self {
        Self::Other(text.to_owned())
    }
}

impl From<String> for Problem {
    fn from(text: String) -> Self {
        Self::Other(text)
    }
}

fn list(errors: &[FieldError]) -> String {
    errors.iter().map(|error| format!("{}: {}", error.field, error.problem)).collect::<Vec<_>>().join("; ")
}

fn alike(persons: &[LookAlike]) -> String {
    let one = |person: &LookAlike| {
        let likeness = person.likeness.iter().map(|likeness| likeness.as_str()).collect::<Vec<_>>().join(", ");
        format!("members[{}] looks like person {} ({likeness})", person.member, person.number)
    };
    persons.iter().map(one).collect::<Vec<_>>().join("; ") + ": say in looks_like why each is another person"
}

impl Refusal {
    /// A refusal for one field.
    pub fn field(field: impl Into<String>, problem: impl Into<Problem>) -> Self {
        Self::Fields(vec![FieldError { field: field.into(), problem: problem.into() }])
    }

    /// The stable code of the refusal, for the record and for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotPermitted => "not_permitted",
            Self::NotFound(_) => "not_found",
            Self::SameOfficer => "same_officer",
            Self::CaseState(_) => "case_state",
            Self::Missing(_) => "missing",
            Self::AlreadyRecorded(_) => "already_recorded",
            Self::NoSuchStep => "no_such_step",
            Self::ReasonNeeded => "reason_needed",
            Self::CitationNeeded(_) => "citation_needed",
            Self::Wall { .. } => "wall",
            Self::GivenAlready(_) => "given_already",
            Self::CardState(_) => "card_state",
            Self::NoBlank => "no_blank",
            Self::Conflict => "conflict",
            Self::LooksLike(_) => "looks_like",
            Self::Fields(_) => "fields",
        }
    }
}
