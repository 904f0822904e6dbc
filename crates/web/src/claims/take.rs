// SPDX-License-Identifier: Apache-2.0
//! Taking a step: the use case that each kind of step is, on the case as the officer saw it.

use std::collections::BTreeMap;

use app::{
    UseCase,
    asylum::{DecideClaim, IssueCertificate, ProposeClaimDecision, RecordInterview, RecordReasons, TakeClaimStep},
    cards::RevokeCard,
    procedures::{CarriedOut, Seen, StepInput, StepView, TakeStep, carried_out_by},
    registry::ErasePerson,
};
use domain::{
    legal::ProvisionId,
    procedure::{Answer, OutcomeCode, QuestionCode},
    refusal::{FieldError, Problem, Refusal},
    sensitive::Sensitive,
};

use super::{
    form::{FormKind, question_field},
    interview,
    shown::{Kind, Shown},
};
use crate::{
    WebError,
    form::{Errors, FormData, refusal_text},
    page::Page,
    state::AppState,
    visit::Visit,
    work::labels,
};

/// How taking a step ended.
pub(super) enum Taken {
    /// It was done.
    Done,
    /// Something is wrong with what was typed, or a rule stands in the way.
    Wrong(Errors),
    /// Somebody else changed the case meanwhile.
    Conflict,
}

/// What was typed, as the use cases take it.
struct Typed {
    outcome: Option<OutcomeCode>,
    cites: Vec<ProvisionId>,
    answers: BTreeMap<QuestionCode, Answer>,
}

impl Typed {
    fn read(state: &AppState, shown: &Shown, form: &FormData) -> Self {
        let procedure = state.service.pack().procedure(&shown.case.procedure);
        let questions = procedure.into_iter().flat_map(|procedure| &procedure.questions);
        let answer = |code: &QuestionCode| form.text(&question_field(code)).parse().ok();
        Self {
            outcome: form.optional("outcome").and_then(|code| OutcomeCode::parse(code).ok()),
            cites: form.all("cites").filter_map(|id| ProvisionId::parse(id).ok()).collect(),
            answers: questions.filter_map(|asked| Some((asked.code.clone(), answer(&asked.code)?))).collect(),
        }
    }
}

/// Takes a step.
pub(super) async fn take(
    state: &AppState,
    visit: &Visit,
    page: &Page,
    shown: &Shown,
    step: &StepView,
    kind: (Kind, FormKind),
    form: &FormData,
) -> Result<Taken, WebError> {
    let typed = Typed::read(state, shown, form);
    let taking = Taking { state, visit, page, shown, step, form };
    match kind {
        (_, FormKind::Propose | FormKind::Decide) if typed.outcome.is_none() => {
            let mut errors = Errors::default();
            errors.add("outcome", page.text("refusal-field-missing"));
            Ok(Taken::Wrong(errors))
        }
        (Kind::Claim, kind) => taking.claim(kind, typed).await,
        (Kind::Case, _) => taking.case(typed).await,
    }
}

/// A step about to be taken.
struct Taking<'a> {
    state: &'a AppState,
    visit: &'a Visit,
    page: &'a Page,
    shown: &'a Shown,
    step: &'a StepView,
    form: &'a FormData,
}

impl Taking<'_> {
    fn text(&self, name: &str) -> Sensitive<String> {
        Sensitive::new(self.form.text(name).to_owned())
    }

    async fn claim(&self, kind: FormKind, typed: Typed) -> Result<Taken, WebError> {
        let (case, action) = (self.shown.case.number.clone(), self.step.action.clone());
        match (kind, typed.outcome) {
            (FormKind::Reasons, _) => self.run(RecordReasons { case, reasons: self.text("reasons") }).await,
            (FormKind::Certificate, _) => self.run(IssueCertificate { case }).await,
            (FormKind::Interview, _) => {
                let mut errors = Errors::default();
                match interview::read(self.page, self.form, &mut errors) {
                    Some(interview) if errors.is_empty() => {
                        self.run(RecordInterview { case, kind: action, interview }).await
                    }
                    _ => Ok(Taken::Wrong(errors)),
                }
            }
            (FormKind::Propose, Some(outcome)) => {
                let (facts, reason) = (self.text("facts"), self.text("reason"));
                let (cites, answers) = (typed.cites, typed.answers);
                self.run(ProposeClaimDecision { case, action, outcome, facts, reason, cites, answers }).await
            }
            (FormKind::Decide, outcome) => {
                self.run(DecideClaim { case, action, outcome, reason: self.text("reason"), cites: typed.cites }).await
            }
            (FormKind::Propose | FormKind::Record, _) => {
                let reason = self.form.optional("reason").map(str::to_owned);
                self.run(TakeClaimStep { case, action, input: StepInput { reason, ..StepInput::default() } }).await
            }
        }
    }

    async fn case(&self, typed: Typed) -> Result<Taken, WebError> {
        let (case, action) = (self.shown.case.number.clone(), self.step.action.clone());
        let carried = typed.outcome.as_ref().filter(|_| self.step.kind == domain::procedure::StepKind::Decide);
        match carried.and_then(|outcome| carried_out_by(&self.shown.case.procedure, outcome)) {
            Some(CarriedOut::Revocation) => {
                self.run(RevokeCard { case, reason: self.text("reason"), cites: typed.cites }).await
            }
            Some(CarriedOut::Erasure) => {
                self.run(ErasePerson { case, reason: self.form.text("reason").to_owned() }).await
            }
            None => {
                let input = StepInput {
                    outcome: typed.outcome,
                    reason: self.form.optional("reason").map(str::to_owned),
                    facts: self.form.optional("facts").map(str::to_owned),
                    cites: typed.cites,
                    answers: typed.answers,
                    card: None,
                };
                self.run(TakeStep { case, action, input }).await
            }
        }
    }

    /// Runs a use case on the case as it was seen.
    async fn run<U: UseCase>(&self, act: U) -> Result<Taken, WebError> {
        let row_version = self.form.text("seen").parse().unwrap_or(0);
        let seen = Seen { case: self.shown.case.number.clone(), row_version, act };
        Ok(match self.visit.tried(self.state, seen).await? {
            Ok(_) => Taken::Done,
            Err(Refusal::Conflict) => Taken::Conflict,
            Err(refusal) => Taken::Wrong(self.errors(&refusal)),
        })
    }

    /// What a refusal says, at the field that it is about.
    fn errors(&self, refusal: &Refusal) -> Errors {
        let mut errors = Errors::default();
        let names = labels(self.state, self.page);
        let procedure = &self.shown.case.procedure;
        match refusal {
            Refusal::ReasonNeeded => errors.add("reason", self.page.text("claims-step-reason-short")),
            Refusal::CitationNeeded(_) => errors.add("cites", self.page.text("claims-step-cites-needed")),
            Refusal::Missing(what) if self.form.optional("statement").is_some() && !what.contains('_') => {
                errors.add("representative", self.page.text("claims-interview-representative-needed"));
            }
            Refusal::Missing(flag) => {
                errors.add("", self.page.with("refusal-act-missing", "what", names.flag(procedure, flag)));
            }
            Refusal::AlreadyRecorded(flag) => {
                errors.add("", self.page.with("refusal-act-already-recorded", "what", names.flag(procedure, flag)));
            }
            Refusal::Fields(fields) => {
                for field in fields {
                    errors.add(&field.field, self.problem(field));
                }
            }
            other => errors.add("", refusal_text(self.page, other)),
        }
        errors
    }

    fn problem(&self, field: &FieldError) -> String {
        match (field.field.as_str(), &field.problem) {
            ("seen_alone", _) => self.page.text("claims-interview-alone-needed"),
            ("read_back", _) => self.page.text("claims-reading-no-interpreter"),
            (_, Problem::Other(_)) => self.page.text("claims-step-text-needed"),
            _ => refusal_text(self.page, &Refusal::Fields(vec![field.clone()])),
        }
    }
}
