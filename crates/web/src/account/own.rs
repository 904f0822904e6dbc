// SPDX-License-Identifier: Apache-2.0
//! The own account of an officer: sessions and password.

use app::{AppError, identity};
use askama::Template;
use axum::{extract::State, http::header::SET_COOKIE, response::Response};
use domain::{id::RowId, refusal::Refusal};

use crate::{
    WebError, cookie,
    form::{Errors, Field, Form},
    page::{self, Page, Reader},
    state::AppState,
    visit::Visit,
};

/// A session as shown.
pub(super) struct SessionLine {
    id: RowId,
    device: String,
    begun: String,
    seen: String,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "account/own.html")]
pub(super) struct OwnPage {
    page: Page,
    errors: Errors,
    sessions: Vec<SessionLine>,
    password: Vec<Field>,
    has_totp: bool,
    /// The key of a second step that is being set up.
    pub(super) new_key: Option<String>,
    code: Field,
}

impl OwnPage {
    pub(super) async fn new(
        state: &AppState,
        reader: &Reader,
        visit: &Visit,
        errors: Errors,
    ) -> Result<Self, WebError> {
        let page = Page::staff(state, reader, visit, "account-own-title");
        let who = visit.signed_in();
        let line = |session: identity::OpenSession| SessionLine {
            is_this: session.id == visit.session,
            id: session.id,
            device: session.device,
            begun: page.moment(state, session.created_at),
            seen: page.moment(state, session.seen_at),
        };
        let sessions = identity::list_sessions(&state.service, &who).await?.into_iter().map(line).collect();
        let old = Field::password("old", page.text("account-password-old")).autocomplete("current-password");
        let new = Field::password("new", page.text("account-password-new")).autocomplete("new-password");
        let empty = crate::form::FormData::default();
        let password = vec![
            old.width("govuk-input--width-20").typed(&empty, &errors),
            new.hint(page.text("account-password-hint")).width("govuk-input--width-20").typed(&empty, &errors),
        ];
        let code = Field::digits("code", page.text("account-totp-code")).autocomplete("one-time-code");
        let code = code.width("govuk-input--width-5").typed(&empty, &errors);
        let has_totp = identity::has_totp(&state.service, visit.actor.account).await?;
        Ok(Self { page, errors, sessions, password, has_totp, new_key: None, code })
    }
}

/// Shows it.
pub(super) async fn show(State(state): State<AppState>, reader: Reader, visit: Visit) -> Result<Response, WebError> {
    let own = OwnPage::new(&state, &reader, &visit, Errors::default()).await?;
    page::html(own.page.language, &own)
}

/// Shows it with what is wrong at one field.
pub(super) async fn show_error(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    field: &str,
    text: &str,
) -> Result<Response, WebError> {
    let mut errors = Errors::default();
    errors.add(field, page::Words::new(state, reader.language.for_staff()).text(text));
    let own = OwnPage::new(state, reader, visit, errors).await?;
    page::html_with_errors(own.page.language, &own)
}

/// Changes the password.
pub(super) async fn change_password(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let who = visit.signed_in();
    match identity::change_password(&state.service, &who, form.text("old"), form.text("new")).await {
        Ok(()) => page::see_with("/account", "account-password-done"),
        Err(AppError::Refused(Refusal::NotPermitted)) => {
            show_error(&state, &reader, &visit, "old", "account-password-wrong").await
        }
        Err(AppError::Refused(Refusal::Fields(_))) => {
            show_error(&state, &reader, &visit, "new", "account-password-hint").await
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends one session.
pub(super) async fn end_session(
    State(state): State<AppState>,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let session: RowId = form.text("session").parse().map_err(|_| Refusal::NotFound("open session"))?;
    identity::end_session(&state.service, &visit.signed_in(), session).await?;
    page::see_with("/account", "account-sessions-ended")
}

/// Signs out everywhere.
pub(super) async fn end_all_sessions(State(state): State<AppState>, visit: Visit) -> Result<Response, WebError> {
    identity::end_all_sessions(&state.service, &visit.signed_in()).await?;
    let mut response = page::see("/sign-in")?;
    response.headers_mut().append(SET_COOKIE, cookie::clear(cookie::SESSION)?);
    Ok(response)
}
