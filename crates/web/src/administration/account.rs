// SPDX-License-Identifier: Apache-2.0
//! Accounts: added with a password that is shown once, disabled, given another password.

use app::{
    Outcome,
    administration::{KeptAccount, ListKeptAccounts, Newcomer, SecondStep, add_account, reset_password},
    identity::DisableAccount,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    access::Role,
    refusal::{Problem, Refusal},
};
use serde::Deserialize;

use crate::{
    WebError,
    desk::words::{office_name, offices},
    form::{Choice, Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// Where the address begins.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    after: String,
}

/// An account in the list.
struct Line {
    name: String,
    role: String,
    office: String,
    is_active: bool,
    failed: String,
    has_failed: bool,
    has_second_step: bool,
    /// Whether this administrator may act on it: not on the own account.
    is_other: bool,
}

#[derive(Template)]
#[template(path = "administration/accounts.html")]
struct AccountsPage {
    page: Page,
    errors: Errors,
    /// Name and password that are told once.
    told: Option<(String, String)>,
    lines: Vec<Line>,
    next: Option<String>,
    fields: Vec<Field>,
}

/// Lists the accounts.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    answer(&state, &reader, &visit, asked.after, (&FormData::default(), Errors::default()), None).await
}

async fn answer(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    after: String,
    (form, errors): (&FormData, Errors),
    told: Option<(String, String)>,
) -> Result<Response, WebError> {
    let accounts = visit.done(state, ListKeptAccounts { after }).await?;
    let page = Page::staff(state, reader, visit, "administration-account-title");
    let text = page.text("administration-state-title");
    let page = page.crumb("/administration", text);
    let is_full = i64::try_from(accounts.len()).unwrap_or(0) == app::administration::ACCOUNTS_PER_PAGE;
    let next = accounts.last().filter(|_| is_full).map(|last| {
        let after: String = form_urlencoded::byte_serialize(last.account.name.as_bytes()).collect();
        format!("/administration/accounts?after={after}")
    });
    let roles = Role::ALL.iter().map(|role| Choice::new(role.as_str(), page.role(*role))).collect();
    let name = Field::latin("name", page.text("administration-account-name"));
    let fields = vec![
        name.hint(page.text("administration-account-name-hint")).width("govuk-input--width-20").typed(form, &errors),
        Field::select("role", page.text("account-own-role"), roles).typed(form, &errors),
        Field::select("office", page.text("account-own-office"), offices(state, &page)).typed(form, &errors),
    ];
    let lines = accounts.into_iter().map(|account| line(state, &page, visit, account)).collect();
    let shown = AccountsPage { page, errors, told, lines, next, fields };
    if shown.errors.is_empty() {
        page::html(shown.page.language, &shown)
    } else {
        page::html_with_errors(shown.page.language, &shown)
    }
}

fn line(state: &AppState, words: &Words, visit: &Visit, kept: KeptAccount) -> Line {
    Line {
        role: words.role(kept.account.actor.role),
        office: office_name(state, words, &kept.account.actor.office),
        is_active: kept.account.is_active,
        failed: words.number(kept.failed_attempts),
        has_failed: kept.failed_attempts > 0,
        has_second_step: kept.has_second_step,
        is_other: kept.account.actor.account != visit.actor.account,
        name: kept.account.name,
    }
}

async fn refused(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    form: &FormData,
    refusal: &Refusal,
) -> Result<Response, WebError> {
    let words = Words::new(state, reader.language.for_staff());
    let errors = Errors::of(&words, refusal, |_| None);
    answer(state, reader, visit, String::new(), (form, errors), None).await
}

/// Adds an account and tells its password once.
pub(super) async fn add(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let context = state.service.context(visit.actor.clone());
    let Ok(role) = form.text("role").parse::<Role>() else {
        return refused(&state, &reader, &visit, &form, &Refusal::field("role", Problem::Missing)).await;
    };
    let newcomer = Newcomer { name: form.text("name").to_owned(), role, office: form.text("office").to_owned() };
    match add_account(&state.service, &context, &newcomer).await? {
        Outcome::Done(password) => {
            let told = Some((newcomer.name, password.into_inner()));
            answer(&state, &reader, &visit, String::new(), (&FormData::default(), Errors::default()), told).await
        }
        Outcome::Refused(refusal) => refused(&state, &reader, &visit, &form, &refusal).await,
    }
}

/// Disables an account.
pub(super) async fn disable(
    State(state): State<AppState>,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    visit.done(&state, DisableAccount { name: form.text("account").to_owned() }).await?;
    page::see_with("/administration/accounts", "administration-account-disabled")
}

/// Gives an account another password and tells it once.
pub(super) async fn reset(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let context = state.service.context(visit.actor.clone());
    let name = form.text("account").to_owned();
    let second_step = if form.optional("second").is_some() { SecondStep::TurnedOff } else { SecondStep::Kept };
    match reset_password(&state.service, &context, &name, second_step).await? {
        Outcome::Done(password) => {
            let told = Some((name, password.into_inner()));
            answer(&state, &reader, &visit, String::new(), (&FormData::default(), Errors::default()), told).await
        }
        Outcome::Refused(refusal) => Err(refusal.into()),
    }
}
