// SPDX-License-Identifier: Apache-2.0
//! What a step asks of the officer: the fields of its page, by the kind of the step. A procedure that the program does not
//! know by name gets its page from this.

use app::procedures::StepView;
use domain::{
    procedure::{Answer, OutcomeCode, StepKind},
    time::Date,
};

use super::{
    interview,
    shown::{Kind, Shown},
};
use crate::{
    form::{Choice, Errors, Field, FormData},
    page::Page,
    state::AppState,
    work::labels,
};

/// What kind of page a step has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormKind {
    /// The claimant's own reasons.
    Reasons,
    /// Issue of the certificate.
    Certificate,
    /// An interview.
    Interview,
    /// A proposal.
    Propose,
    /// A decision.
    Decide,
    /// Any other step: a reason where the procedure asks for one.
    Record,
}

impl FormKind {
    /// The kind of a step's page.
    pub(super) fn of(kind: Kind, step: &StepView) -> Self {
        match (step.action.as_str(), step.kind) {
            ("ask_reasons", _) if kind == Kind::Claim => Self::Reasons,
            ("issue_certificate", _) if kind == Kind::Claim => Self::Certificate,
            ("registration_interview" | "status_interview", _) if kind == Kind::Claim => Self::Interview,
            (_, StepKind::Propose) => Self::Propose,
            (_, StepKind::Decide) => Self::Decide,
            _ => Self::Record,
        }
    }
}

/// The fields of a step, in order.
pub(super) fn fields(
    state: &AppState,
    page: &Page,
    shown: &Shown,
    step: &StepView,
    kind: FormKind,
    today: Date,
) -> Vec<Field> {
    match kind {
        FormKind::Certificate => Vec::new(),
        FormKind::Reasons => {
            vec![
                Field::area("reasons", page.text("claims-reasons-label"))
                    .hint(page.text("claims-reasons-hint"))
                    .rows(8),
            ]
        }
        FormKind::Interview => interview::fields(state, page, shown, today),
        FormKind::Record => {
            let key = if step.needs_reason { "claims-step-reason" } else { "claims-step-note" };
            vec![Field::area("reason", page.text(key)).hint(page.text("claims-step-reason-hint"))]
        }
        FormKind::Propose => {
            let mut fields = questions(state, page, shown, today);
            fields.push(
                Field::area("facts", page.text("claims-proposal-facts"))
                    .hint(page.text("claims-proposal-facts-hint"))
                    .rows(8),
            );
            fields.push(outcomes(state, page, shown, step));
            fields.push(provisions(state, page, shown, step, today));
            fields.push(
                Field::area("reason", page.text("claims-step-reason"))
                    .hint(page.text("claims-proposal-reason-hint"))
                    .rows(8),
            );
            fields
        }
        FormKind::Decide => vec![
            outcomes(state, page, shown, step),
            provisions(state, page, shown, step, today),
            Field::area("reason", page.text("claims-step-reason"))
                .hint(page.text("claims-decision-reason-hint"))
                .rows(8),
        ],
    }
}

/// Fills the fields with what was typed.
pub(super) fn typed(fields: Vec<Field>, form: &FormData, errors: &Errors) -> Vec<Field> {
    fields.into_iter().map(|field| field.typed(form, errors)).collect()
}

/// The name of the field of a question.
pub(super) fn question_field(code: &domain::procedure::QuestionCode) -> String {
    format!("answer_{code}")
}

/// The questions of the procedure, each with what it means and who asks it. Unknown is an answer like the others, and the
/// one that stands there at first.
fn questions(state: &AppState, page: &Page, shown: &Shown, today: Date) -> Vec<Field> {
    let questions = labels(state, page).questions(&shown.case.procedure, today);
    let earlier = shown.decisions.last();
    let field = |question: app::procedures::QuestionLabel| {
        let choices =
            Answer::ALL.iter().map(|&answer| Choice::new(answer.as_str(), super::show::answer_text(page, answer)));
        let known = earlier.and_then(|decision| decision.answers.get(&question.code)).copied();
        Field::radios(question_field(&question.code), question.text, choices.collect())
            .hint(format!("{} ({})", question.explanation, question.citations.join("; ")))
            .value(known.unwrap_or(Answer::Unknown).as_str())
    };
    questions.into_iter().map(field).collect()
}

fn outcomes(state: &AppState, page: &Page, shown: &Shown, step: &StepView) -> Field {
    let names = labels(state, page);
    let choice = |outcome: &OutcomeCode| Choice::new(outcome.as_str(), names.outcome(&shown.case.procedure, outcome));
    let field = Field::radios("outcome", page.text("claims-step-outcome"), step.outcomes.iter().map(choice).collect());
    match &shown.case.snapshot.proposed {
        Some(proposed) if step.kind == StepKind::Decide => {
            field.value(proposed.as_str()).hint(page.text("claims-decision-outcome-hint"))
        }
        _ => field,
    }
}

/// The provisions to cite. At a decision those that were proposed are ticked.
fn provisions(state: &AppState, page: &Page, shown: &Shown, step: &StepView, today: Date) -> Field {
    let citable = labels(state, page).citable(&shown.case.procedure, &step.action, &step.outcomes, today);
    let choice = |label: &app::procedures::ProvisionLabel| {
        Choice::new(label.id.to_string(), &label.citation).hint(&label.paraphrase)
    };
    let mut field = Field::checkboxes("cites", page.text("claims-step-cites"), citable.iter().map(choice).collect())
        .hint(page.text("claims-step-cites-hint"));
    if step.kind == StepKind::Decide {
        let bases = shown.decisions.last().into_iter().flat_map(|decision| &decision.bases);
        field.values = bases.filter_map(|basis| basis.split('@').next()).map(str::to_owned).collect();
    }
    field
}
