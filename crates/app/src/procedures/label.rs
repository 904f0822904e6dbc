// SPDX-License-Identifier: Apache-2.0
//! What the codes of the country pack are called in a language, for whoever shows them.

use domain::{
    legal::ProvisionId,
    procedure::{ActionCode, ClockCode, OutcomeCode, ProcedureCode, QuestionCode},
    time::Date,
};
use law::{LabelKind, Pack, Provision};

/// Names in one language.
#[derive(Clone, Copy)]
pub struct Labels<'a> {
    pack: &'a Pack,
    language: &'a str,
}

/// A provision as it is offered for citing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvisionLabel {
    /// Identifier.
    pub id: ProvisionId,
    /// How it is cited ("1951 Convention, art. 33").
    pub citation: String,
    /// What it says, in plain words.
    pub paraphrase: String,
}

impl<'a> Labels<'a> {
    /// The names of a pack in a language, by its code (`az`, `en`, `ru`).
    pub fn new(pack: &'a Pack, language: &'a str) -> Self {
        Self { pack, language }
    }

    fn of(&self, procedure: &ProcedureCode, kind: LabelKind, code: &str) -> String {
        let found = self.pack.labelled_procedure(procedure).and_then(|labelled| labelled.label(kind, code));
        found.map_or_else(|| code.to_owned(), |names| names.in_language(self.language).to_owned())
    }

    /// A procedure.
    pub fn procedure(&self, procedure: &ProcedureCode) -> String {
        self.of(procedure, LabelKind::Procedure, procedure.as_str())
    }

    /// An action.
    pub fn action(&self, procedure: &ProcedureCode, action: &ActionCode) -> String {
        self.of(procedure, LabelKind::Action, action.as_str())
    }

    /// An outcome.
    pub fn outcome(&self, procedure: &ProcedureCode, outcome: &OutcomeCode) -> String {
        self.of(procedure, LabelKind::Outcome, outcome.as_str())
    }

    /// A clock.
    pub fn clock(&self, procedure: &ProcedureCode, clock: &ClockCode) -> String {
        self.of(procedure, LabelKind::Clock, clock.as_str())
    }

    /// A flag, by its code.
    pub fn flag(&self, procedure: &ProcedureCode, flag: &str) -> String {
        self.of(procedure, LabelKind::Flag, flag)
    }

    /// A question.
    pub fn question(&self, procedure: &ProcedureCode, question: &QuestionCode) -> String {
        self.of(procedure, LabelKind::Question, question.as_str())
    }

    /// What a question means and how it is examined.
    pub fn explanation(&self, procedure: &ProcedureCode, question: &QuestionCode) -> String {
        self.of(procedure, LabelKind::Explanation, question.as_str())
    }

    /// An office.
    pub fn office(&self, office: &str) -> String {
        let found = self.pack.office(office);
        found.map_or_else(|| office.to_owned(), |office| office.name.in_language(self.language).to_owned())
    }

    /// A code of a code list.
    pub fn code(&self, list: &str, code: &str) -> String {
        let found = self.pack.code_list(list).and_then(|list| list.find(code));
        found.map_or_else(|| code.to_owned(), |found| found.name.in_language(self.language).to_owned())
    }

    /// The codes of a code list that are valid on a day, with their names, in order of the names.
    pub fn codes(&self, list: &str, on: Date) -> Vec<(String, String)> {
        let Some(list) = self.pack.code_list(list) else { return Vec::new() };
        let named = |code: &law::Code| (code.code.clone(), code.name.in_language(self.language).to_owned());
        let mut codes: Vec<_> = list.codes_on(on).map(named).collect();
        codes.sort_by_key(|(_, name)| name.to_lowercase());
        codes
    }

    fn label(&self, provision: &Provision) -> ProvisionLabel {
        ProvisionLabel {
            id: provision.id.clone(),
            citation: self.pack.citation(provision, self.language),
            paraphrase: provision.paraphrase.in_language(self.language).to_owned(),
        }
    }

    /// A provision as in force on a day; `None` if it is not.
    pub fn provision(&self, id: &ProvisionId, on: Date) -> Option<ProvisionLabel> {
        self.pack.provision(id, on).map(|provision| self.label(provision))
    }

    /// How a stored legal basis (`ID@FROM#DIGEST`) is cited; the identifier where the pack no longer has it.
    pub fn stored(&self, basis: &str) -> String {
        let (id, rest) = basis.split_once('@').unwrap_or((basis, ""));
        let from = rest.split('#').next().unwrap_or_default();
        let Ok(provision) = ProvisionId::parse(id) else { return id.to_owned() };
        let versions = self.pack.provision_versions(&provision);
        let version = versions.iter().find(|version| version.in_force_from.to_string() == from).or(versions.last());
        version.map_or_else(|| id.to_owned(), |version| self.pack.citation(version, self.language))
    }

    /// The provisions that a step or its outcomes can rest on, as in force on a day, each once: those of the step first.
    pub fn citable(
        &self,
        procedure: &ProcedureCode,
        action: &ActionCode,
        outcomes: &[OutcomeCode],
        on: Date,
    ) -> Vec<ProvisionLabel> {
        let Some(found) = self.pack.procedure(procedure) else { return Vec::new() };
        let of_step = found.step(action).into_iter().flat_map(|step| &step.cites);
        let of_outcomes = outcomes.iter().filter_map(|code| found.outcome(code)).flat_map(|outcome| &outcome.cites);
        let mut labels: Vec<ProvisionLabel> = Vec::new();
        for id in of_step.chain(of_outcomes) {
            if labels.iter().all(|label| label.id != *id) {
                labels.extend(self.provision(id, on));
            }
        }
        labels
    }

    /// The questions of a procedure with name, explanation and the citations that ask them.
    pub fn questions(&self, procedure: &ProcedureCode, on: Date) -> Vec<QuestionLabel> {
        let Some(found) = self.pack.procedure(procedure) else { return Vec::new() };
        let label = |question: &domain::procedure::Question| QuestionLabel {
            code: question.code.clone(),
            text: self.question(procedure, &question.code),
            explanation: self.explanation(procedure, &question.code),
            citations: question.cites.iter().filter_map(|id| Some(self.provision(id, on)?.citation)).collect(),
        };
        found.questions.iter().map(label).collect()
    }
}

/// A question as it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionLabel {
    /// Code.
    pub code: QuestionCode,
    /// The question.
    pub text: String,
    /// What it means and how it is examined.
    pub explanation: String,
    /// The provisions that ask it.
    pub citations: Vec<String>,
}
