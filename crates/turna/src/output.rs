// SPDX-License-Identifier: Apache-2.0
//! What a command says: its result on standard output, as text or JSON; messages on standard error.

use std::{io, process::ExitCode};

use app::Outcome;
use domain::refusal::Refusal;
use serde_json::{Value, json};
use web::api::wire::ProblemDocument;

use crate::client::{Ended, NotSignedIn};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Done.
    Done,
    /// A check was made, and its answer is no.
    Negative,
    /// A rule stood in the way.
    Refused,
    /// What the command needs cannot be used.
    Unusable,
}

/// The result of a command.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// For people.
    pub(crate) text: String,
    /// For machines.
    pub(crate) json: Value,
    /// How it ended.
    pub(crate) end: End,
}

impl Answer {
    /// A result that was done.
    pub(crate) fn done(text: impl Into<String>, json: Value) -> Self {
        Self { text: text.into(), json, end: End::Done }
    }

    /// The result of a check; its answer is no where `faults` is not zero.
    pub(crate) fn checked(text: impl Into<String>, json: Value, faults: usize) -> Self {
        let end = if faults == 0 { End::Done } else { End::Negative };
        Self { text: text.into(), json, end }
    }

    /// A refusal by rule.
    pub(crate) fn refused(refusal: &Refusal) -> Self {
        let mut json = json!({ "refused": refusal.code(), "message": refusal.to_string() });
        if let Refusal::Wall { wall, basis } = refusal {
            json["wall"] = wall.as_str().into();
            json["provision"] = basis.id().as_str().into();
            json["citation"] = basis.citation().into();
        }
        if let Refusal::Fields(fields) = refusal {
            let fields = fields.iter().map(|field| json!({ "field": field.field, "problem": field.problem.to_string(), "code": field.problem.code() }));
            json["fields"] = fields.collect();
        }
        Self { text: format!("refused: {refusal}"), json, end: End::Refused }
    }

    /// A refusal as the interface tells it.
    pub(crate) fn problem(problem: &ProblemDocument) -> Self {
        let mut json = json!({ "refused": problem.code, "message": problem.detail });
        if let Some(wall) = &problem.wall {
            json["wall"] = wall.as_str().into();
            json["provision"] = json!(problem.provision);
            json["citation"] = json!(problem.citation);
        }
        if !problem.errors.is_empty() {
            json["fields"] = json!(problem.errors);
        }
        if !problem.looks_like.is_empty() {
            json["looks_like"] = json!(problem.looks_like);
        }
        if let Some(version) = problem.current_version {
            json["current_version"] = version.into();
        }
        Self { text: format!("refused: {}", problem.detail), json, end: End::Refused }
    }

    /// Nobody was signed in. Which of name, password and state was wrong is told to nobody.
    pub(crate) fn not_signed_in() -> Self {
        let json = json!({ "refused": Refusal::NotPermitted.code(), "message": NotSignedIn.to_string() });
        Self { text: format!("refused: {NotSignedIn}"), json, end: End::Refused }
    }

    /// How a call ended.
    pub(crate) fn of<T>(ended: Ended<T>, done: impl FnOnce(T) -> Self) -> Self {
        match ended {
            Ended::Done(value) => done(value),
            Ended::Refused(problem) => Self::problem(&problem),
        }
    }

    /// The outcome of a use case.
    pub(crate) fn of_outcome<T>(outcome: Outcome<T>, done: impl FnOnce(T) -> Self) -> Self {
        match outcome {
            Outcome::Done(value) => done(value),
            Outcome::Refused(refusal) => Self::refused(&refusal),
        }
    }

    /// Prints the result and gives the exit code: 0 done, 1 refused or answered with no, 2 failed.
    pub(crate) fn print(&self, form: Form) -> ExitCode {
        match (form, self.end) {
            (Form::Json, _) => say(io::stdout(), &self.json.to_string()),
            (Form::Text, End::Done | End::Negative) => say(io::stdout(), &self.text),
            (Form::Text, End::Refused | End::Unusable) => say(io::stderr(), &self.text),
        }
        match self.end {
            End::Done => ExitCode::SUCCESS,
            End::Negative | End::Refused => ExitCode::from(1),
            End::Unusable => ExitCode::from(2),
        }
    }
}

/// In which form results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Prints a failure and gives the exit code 2.
pub(crate) fn print_failure(error: &anyhow::Error, form: Form) -> ExitCode {
    match form {
        Form::Text => say(io::stderr(), &format!("error: {error:#}")),
        Form::Json => say(io::stdout(), &json!({ "error": format!("{error:#}") }).to_string()),
    }
    ExitCode::from(2)
}

/// Prints a message for the person at the terminal, apart from the result.
pub(crate) fn note(message: &str) {
    say(io::stderr(), message);
}

/// Writes a line. A reader who closed the pipe has heard enough; that is no failure of the command.
fn say(mut out: impl io::Write, line: &str) {
    drop(writeln!(out, "{line}"));
}
