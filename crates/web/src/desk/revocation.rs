// SPDX-License-Identifier: Apache-2.0
//! Proposals of revocation before the second officer, who revokes, keeps the card, or gives the proposal back.

use app::{
    Outcome,
    cards::{ListRevocations, ProposedRevocation, RevokeCard, ShowRevocation},
    procedures::{StepInput, TakeStep},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    id::DecisionId,
    legal::ProvisionId,
    number::CaseNumber,
    procedure::{ActionCode, OutcomeCode},
    refusal::{Problem, Refusal},
    sensitive::Sensitive,
};
use serde::Deserialize;

use super::words::{card_colour, card_state, citation, code_name, name};
use crate::{
    WebError,
    form::{Choice, Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// The procedure of the country pack and its outcomes.
const PROCEDURE: &str = "card_revocation";
const REVOKED: &str = "revoked";
const KEPT: &str = "kept";
/// The answer that gives the proposal back to its officer.
const RETURNED: &str = "returned";

/// Where the address begins.
#[derive(Deserialize)]
pub(super) struct Asked {
    after: Option<String>,
}

/// A proposal as shown.
struct Proposal {
    path: String,
    case: String,
    card: String,
    state: String,
    colour: &'static str,
    name: String,
    person: String,
    ground: String,
    facts: String,
    reason: String,
    bases: Vec<String>,
    proposer: String,
    when: String,
    is_own: bool,
}

fn proposal(state: &AppState, words: &Words, found: ProposedRevocation) -> Proposal {
    let facts = found.facts.expose();
    let (ground, facts) = facts.split_once(": ").unwrap_or(("", facts));
    Proposal {
        path: format!("/cards/revocations/{}", found.case),
        case: found.case.to_string(),
        card: found.card.to_string(),
        state: card_state(words, found.state),
        colour: card_colour(found.state),
        name: name(&found.holder),
        person: found.holder.number.to_string(),
        ground: code_name(state, words, "card_end_ground", ground),
        facts: facts.to_owned(),
        reason: found.reason.expose().clone(),
        bases: found.basis.iter().map(|stored| citation(state, words, stored)).collect(),
        proposer: found.proposer,
        when: words.moment(state, found.proposed_at),
        is_own: found.is_own,
    }
}

#[derive(Template)]
#[template(path = "desk/revocations.html")]
struct ListPage {
    page: Page,
    proposals: Vec<Proposal>,
    next: Option<String>,
}

/// Lists the proposals that wait.
pub(super) async fn list(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let after: Option<DecisionId> = asked.after.and_then(|id| id.parse().ok());
    let found = visit.done(&state, ListRevocations { after }).await?;
    let page = Page::staff(&state, &reader, &visit, "desk-revocation-title");
    let proposals = found.proposals.into_iter().map(|each| proposal(&state, &page, each)).collect();
    let next = found.next.map(|after| format!("/cards/revocations?after={after}"));
    let shown = ListPage { page, proposals, next };
    page::html(shown.page.language, &shown)
}

#[derive(Template)]
#[template(path = "desk/revocation.html")]
struct RevocationPage {
    page: Page,
    errors: Errors,
    proposal: Proposal,
    outcome: Field,
    reason: Field,
}

/// Shows a proposal.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(case): Path<String>,
) -> Result<Response, WebError> {
    let case = CaseNumber::parse(&case).map_err(|_| WebError::NotFound)?;
    answer(&state, &reader, &visit, &case, &FormData::default(), Errors::default()).await
}

async fn answer(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    case: &CaseNumber,
    form: &FormData,
    errors: Errors,
) -> Result<Response, WebError> {
    let found = visit.done(state, ShowRevocation { case: case.clone() }).await?;
    let page = Page::staff(state, reader, visit, "desk-revocation-one");
    let text = page.text("desk-revocation-title");
    let page = page.crumb("/cards/revocations", text);
    let choices = vec![
        Choice::new(REVOKED, page.text("desk-revocation-revoke")).hint(page.text("desk-revocation-revoke-hint")),
        Choice::new(KEPT, page.text("desk-revocation-keep")),
        Choice::new(RETURNED, page.text("desk-revocation-return")),
    ];
    let outcome = Field::radios("outcome", page.text("desk-revocation-outcome"), choices).typed(form, &errors);
    let reason = Field::area("reason", page.text("desk-act-own-reason")).rows(5).typed(form, &errors);
    let proposal = proposal(state, &page, found);
    let has_errors = !errors.is_empty();
    let shown = RevocationPage { page, errors, proposal, outcome, reason };
    if has_errors {
        page::html_with_errors(shown.page.language, &shown)
    } else {
        page::html(shown.page.language, &shown)
    }
}

/// Decides on a proposal.
pub(super) async fn decide(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(case): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let case = CaseNumber::parse(&case).map_err(|_| WebError::NotFound)?;
    let reason = form.text("reason").to_owned();
    let (outcome, done) = match form.text("outcome") {
        REVOKED => {
            let revoke = RevokeCard { case: case.clone(), reason: Sensitive::new(reason), cites: Vec::new() };
            (visit.run(&state, revoke).await?.map(drop), "desk-revocation-revoke-done")
        }
        KEPT => {
            let input = StepInput {
                outcome: OutcomeCode::parse(KEPT).ok(),
                cites: cites_of(&state, KEPT),
                reason: Some(reason),
                ..StepInput::default()
            };
            (take(&state, &visit, &case, "decide", input).await?, "desk-revocation-keep-done")
        }
        RETURNED => {
            let input = StepInput { reason: Some(reason), ..StepInput::default() };
            (take(&state, &visit, &case, "return_to_officer", input).await?, "desk-revocation-return-done")
        }
        _ => (Outcome::Refused(Refusal::field("outcome", Problem::Missing)), ""),
    };
    match outcome {
        Outcome::Done(()) => page::see_with("/cards/revocations", done),
        Outcome::Refused(refusal) => {
            let words = Words::new(&state, reader.language.for_staff());
            let errors = Errors::of(&words, &refusal, |_| None);
            answer(&state, &reader, &visit, &case, &form, errors).await
        }
    }
}

async fn take(
    state: &AppState,
    visit: &Visit,
    case: &CaseNumber,
    action: &str,
    input: StepInput,
) -> Result<Outcome<()>, WebError> {
    let action = ActionCode::parse(action).map_err(|_| WebError::NotFound)?;
    Ok(visit.run(state, TakeStep { case: case.clone(), action, input }).await?.map(drop))
}

/// The provisions on which an outcome can rest that are in force today.
fn cites_of(state: &AppState, outcome: &str) -> Vec<ProvisionId> {
    let pack = state.service.pack();
    let today = state.service.now().date_in(pack.time_zone());
    let procedure = pack.procedures().find(|procedure| procedure.code.as_str() == PROCEDURE);
    let outcome = OutcomeCode::parse(outcome).ok();
    let outcome = procedure.zip(outcome.as_ref()).and_then(|(procedure, code)| procedure.outcome(code));
    let cites = outcome.into_iter().flat_map(|outcome| outcome.cites.clone());
    cites.filter(|id| domain::legal::LegalBasis::cite(&**pack, id, today).is_ok()).take(1).collect()
}
