// SPDX-License-Identifier: Apache-2.0
//! The page of a step, and taking it.

use app::procedures::StepView;
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{case::CaseState, procedure::StepKind, refusal::Refusal, work::own_office};

use super::{
    compare,
    form::{self, FormKind},
    show::{DecisionLine, Identity, case_page, decision_line, identity},
    shown::{Kind, Shown},
    take::{self, Taken},
};
use crate::{
    WebError,
    form::{Errors, Field, Form, FormData},
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
    work::{QueueContext, labels},
};

#[derive(Template)]
#[template(path = "claims/step.html")]
struct StepPage {
    page: Page,
    errors: Errors,
    identity: Identity,
    lead: Option<String>,
    /// What the second officer decides on.
    proposal: Option<DecisionLine>,
    action: String,
    seen: i64,
    context: QueueContext,
    fields: Vec<Field>,
    button: String,
    back: String,
}

/// A step's page about to be shown or taken.
pub(super) struct At<'a> {
    pub(super) state: &'a AppState,
    pub(super) reader: &'a Reader,
    pub(super) visit: &'a Visit,
    pub(super) shown: Shown,
    pub(super) kind: Kind,
}

/// Shows a step of a claim.
pub(super) async fn show_claim(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path((number, action)): Path<(String, String)>,
    Query(context): Query<QueueContext>,
) -> Result<Response, WebError> {
    show(&state, &reader, &visit, (&number, &action), Kind::Claim, context).await
}

/// Shows a step of a case of any other procedure.
pub(super) async fn show_case(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path((number, action)): Path<(String, String)>,
    Query(context): Query<QueueContext>,
) -> Result<Response, WebError> {
    show(&state, &reader, &visit, (&number, &action), Kind::Case, context).await
}

/// Takes a step of a claim.
pub(super) async fn take_claim(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path((number, action)): Path<(String, String)>,
    Form(form): Form,
) -> Result<Response, WebError> {
    take(&state, &reader, &visit, (&number, &action), Kind::Claim, &form).await
}

/// Takes a step of a case of any other procedure.
pub(super) async fn take_case(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path((number, action)): Path<(String, String)>,
    Form(form): Form,
) -> Result<Response, WebError> {
    take(&state, &reader, &visit, (&number, &action), Kind::Case, &form).await
}

async fn show(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    (number, action): (&str, &str),
    kind: Kind,
    context: QueueContext,
) -> Result<Response, WebError> {
    let shown = Shown::load(state, visit, number, kind).await?;
    let at = At { state, reader, visit, shown, kind };
    let step = at.shown.step(action).ok_or(Refusal::NoSuchStep)?.clone();
    let seen = at.shown.case.row_version;
    step_page(&at, &step, &FormData::default(), Errors::default(), (seen, context))
}

/// The page of a step with what was typed.
fn step_page(
    at: &At<'_>,
    step: &StepView,
    form: &FormData,
    errors: Errors,
    (seen, context): (i64, QueueContext),
) -> Result<Response, WebError> {
    let page = case_page(at.state, at.reader, at.visit, &at.shown).keeping_form();
    let (title, path) = (labels(at.state, &page).action(&at.shown.case.procedure, &step.action), at.shown.path());
    let mut page = page.crumb(path.clone() + &context.suffix(), at.shown.case.number.to_string());
    page.title.clone_from(&title);
    let form_kind = FormKind::of(at.kind, step);
    let today = at.state.service.now().date_in(at.state.service.pack().time_zone());
    let fields = form::fields(at.state, &page, &at.shown, step, form_kind, today);
    let lead = match form_kind {
        FormKind::Reasons => Some("claims-reasons-lead"),
        FormKind::Certificate => Some("claims-certificate-lead"),
        FormKind::Interview => Some("claims-interview-lead"),
        FormKind::Propose => Some("claims-proposal-lead"),
        FormKind::Decide => Some("claims-decision-lead"),
        FormKind::Record => None,
    };
    let proposal = at.shown.decisions.last().filter(|_| step.kind == StepKind::Decide);
    let view = StepPage {
        identity: identity(&page, &at.shown),
        lead: lead.map(|key| page.text(key)),
        proposal: proposal.map(|decision| decision_line(at.state, &page, &at.shown, decision)),
        action: at.shown.step_path(&step.action),
        seen,
        back: path + &context.suffix(),
        context,
        fields: form::typed(fields, form, &errors),
        button: title,
        errors,
        page,
    };
    match view.errors.is_empty() {
        true => page::html(view.page.language, &view),
        false => page::html_with_errors(view.page.language, &view),
    }
}

async fn take(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    (number, action): (&str, &str),
    kind: Kind,
    form: &FormData,
) -> Result<Response, WebError> {
    let reader = reader.clone().switched(form);
    let shown = Shown::load(state, visit, number, kind).await?;
    let at = At { state, reader: &reader, visit, shown, kind };
    let context = QueueContext { queue: form.text("queue").to_owned(), at: form.text("at").to_owned() };
    let seen: i64 = form.text("seen").parse().unwrap_or(0);
    let Some(step) = at.shown.step(action).cloned() else {
        // Whoever loaded the form could take the step: somebody else was quicker.
        return match seen == at.shown.case.row_version {
            true => Err(Refusal::NoSuchStep.into()),
            false => compare::compare(&at, form, seen, &context),
        };
    };
    if form.is_language_switch() {
        return step_page(&at, &step, form, Errors::default(), (seen, context));
    }
    let page = case_page(state, &reader, visit, &at.shown);
    let form_kind = FormKind::of(kind, &step);
    match take::take(state, visit, &page, &at.shown, &step, (kind, form_kind), form).await? {
        Taken::Done => done(&at, form_kind, &context),
        Taken::Conflict => {
            let shown = Shown::load(state, visit, number, kind).await?;
            compare::compare(&At { shown, ..at }, form, seen, &context)
        }
        Taken::Wrong(errors) => step_page(&at, &step, form, errors, (seen, context)),
    }
}

/// To the page of the case; to the list of proposals after one of another office, whose case is out of reach again.
fn done(at: &At<'_>, form_kind: FormKind, context: &QueueContext) -> Result<Response, WebError> {
    let case = &at.shown.case;
    let is_own = own_office(&at.visit.actor).is_none_or(|own| own == case.office);
    let path = match form_kind {
        FormKind::Certificate => format!("{}/certificate", at.shown.path()),
        _ if !is_own && case.snapshot.state == CaseState::Proposed => "/work/approvals".to_owned(),
        // An erased person has no case any more.
        FormKind::Decide if case.procedure.as_str() == ERASURE => "/work".to_owned(),
        _ => at.shown.path() + &context.suffix(),
    };
    page::see_with(&path, "claims-step-done")
}

/// The procedure after whose decision there may be nothing to show.
const ERASURE: &str = "erasure";
