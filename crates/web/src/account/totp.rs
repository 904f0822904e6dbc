// SPDX-License-Identifier: Apache-2.0
//! Turning the second step of the own account on and off.

use app::{AppError, identity};
use axum::{extract::State, response::Response};
use domain::refusal::Refusal;

use super::own::{OwnPage, show_error};
use crate::{
    WebError,
    form::{Errors, Form},
    page::{self, Reader},
    state::AppState,
    visit::Visit,
};

/// Draws a key and shows it, once.
pub(super) async fn begin(State(state): State<AppState>, reader: Reader, visit: Visit) -> Result<Response, WebError> {
    let new = identity::begin_totp(&state.service, &visit.signed_in()).await?;
    let mut own = OwnPage::new(&state, &reader, &visit, Errors::default()).await?;
    own.new_key = Some(spaced(new.key.expose()));
    page::html(reader.language.for_staff(), &own)
}

/// A key in groups of four, to be typed.
fn spaced(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Asks for it from now on.
pub(super) async fn confirm(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let done = identity::confirm_totp(&state.service, &visit.signed_in(), form.text("code")).await;
    answer(&state, &reader, &visit, done, "account-totp-done").await
}

/// Asks for it no more.
pub(super) async fn remove(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let done = identity::remove_totp(&state.service, &visit.signed_in(), form.text("code")).await;
    answer(&state, &reader, &visit, done, "account-totp-removed").await
}

async fn answer(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    done: Result<(), AppError>,
    notice: &str,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => page::see_with("/account", notice),
        Err(AppError::Refused(Refusal::NotPermitted)) => {
            show_error(state, reader, visit, "code", "account-totp-wrong").await
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shown_in_groups_of_four() {
        assert_eq!(spaced("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
