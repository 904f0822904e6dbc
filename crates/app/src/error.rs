// SPDX-License-Identifier: Apache-2.0
//! How a use case ends: done, refused by a rule, or failed.

use db::{AppendError, DbError, LogError};
use domain::refusal::Refusal;

/// The end of a use case that did not fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// It was done and is on record.
    Done(T),
    /// A rule stood in the way; the refusal is on record and nothing else was kept.
    Refused(Refusal),
}

impl<T> Outcome<T> {
    /// The result, if it was done.
    pub fn done(self) -> Option<T> {
        match self {
            Self::Done(value) => Some(value),
            Self::Refused(_) => None,
        }
    }

    /// The same end with another result.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Done(value) => Outcome::Done(make(value)),
            Self::Refused(refusal) => Outcome::Refused(refusal),
        }
    }
}

/// Why a use case was not done.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A rule stands in the way. Inside a use case only: the runner turns it into [`Outcome::Refused`].
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database failed; nothing was kept.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The log cannot go on.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The country pack lacks what the act needs.
    #[error("the country pack has no {0}")]
    Pack(String),
    /// A key or a file that the program keeps cannot be used.
    #[error("{what}")]
    Store {
        /// What was tried.
        what: &'static str,
        /// Why it failed.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Something that the program itself must not do.
    #[error("a fault of the program: {0}")]
    Fault(&'static str),
}

impl AppError {
    /// A failure of a key or a file.
    pub fn store(what: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Store { what, source: source.into() }
    }
}

impl From<AppendError> for AppError {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Refused(refusal) => Self::Refused(refusal),
            AppendError::Db(error) => Self::Db(error),
        }
    }
}

/// What a constraint of the database means to the officer: the rules that two desks can meet at the same moment.
pub(crate) fn constraint_refusal(name: &str) -> Option<Refusal> {
    Some(match name {
        "receipt_once_key" => Refusal::GivenAlready("this gift"),
        "card_live_key" => Refusal::AlreadyRecorded("a card in use or in preparation".into()),
        "case_file_open_key" => Refusal::AlreadyRecorded("an open case of this procedure".into()),
        "decision_open_key" => Refusal::AlreadyRecorded("a proposal that waits".into()),
        "certificate_pkey" => Refusal::AlreadyRecorded("a certificate".into()),
        "family_member_present_key" => Refusal::AlreadyRecorded("a family of this person".into()),
        "family_member_head_key" => Refusal::AlreadyRecorded("a head of this family".into()),
        "protection_flag_open_key" => Refusal::AlreadyRecorded("this flag".into()),
        "card_four_eyes_check" | "decision_four_eyes_check" | "content_item_four_eyes_check" => Refusal::SameOfficer,
        "content_item_code_key" => Refusal::field("code", "there is an item of this word"),
        "content_consent_present_key" => Refusal::AlreadyRecorded("this consent".into()),
        "account_name_key" => Refusal::field("name", "there is an account of this name"),
        "blank_pkey" => Refusal::field("number", "this blank is in the books already"),
        _ => return None,
    })
}
