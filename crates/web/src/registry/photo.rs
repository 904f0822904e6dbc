// SPDX-License-Identifier: Apache-2.0
//! Photos: chosen or taken on the spot, and shown to whoever may see the person.

use app::registry::{MemberDraft, ShowPhoto, normalise_photo, store_photo};
use axum::{
    extract::{Path, State},
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use domain::number::PersonNumber;

use super::{draft, form_page::Item, step::Scene};
use crate::{
    WebError,
    form::{Errors, Field, FormData},
    state::AppState,
    visit::Visit,
};

pub(super) fn items(scene: &Scene<'_>, errors: &Errors) -> Vec<Item> {
    let words = scene.words;
    let mut items = Vec::new();
    if scene.member().photo.is_some() {
        let path = scene.opened.path(&format!("{}/picture", scene.position));
        items.push(Item::Picture(path, words.with("registry-photo-of", "name", draft::latin(&scene.member()))));
    }
    let mut field = Field::photo("photo", words.text("registry-photo-file")).hint(words.text("registry-photo-hint"));
    field.error = errors.of_field("photo");
    items.push(Item::Field(field));
    items
}

/// Takes the photo that was sent, if one was; one taken before is kept otherwise.
pub(super) async fn take(scene: &Scene<'_>, form: &FormData, member: &mut MemberDraft) -> Result<Errors, WebError> {
    let mut errors = Errors::default();
    let Some(upload) = form.file("photo") else { return Ok(errors) };
    let service = &scene.state.service;
    match normalise_photo(service, upload.bytes.clone()).await {
        Ok(photo) => {
            let stored = store_photo(service, &photo).await?;
            if let Some(before) = member.photo.replace(stored) {
                before.forget(service).await?;
            }
        }
        Err(app::AppError::Refused(_)) => errors.add("photo", scene.words.text("registry-photo-unreadable")),
        Err(error) => return Err(error.into()),
    }
    Ok(errors)
}

fn picture(bytes: &[u8]) -> Response {
    let kind = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
    ([(CONTENT_TYPE, kind)], bytes.to_vec()).into_response()
}

/// The photo of a member of a draft.
pub(super) async fn of_draft(
    State(state): State<AppState>,
    visit: Visit,
    Path((id, position)): Path<(String, usize)>,
) -> Result<Response, WebError> {
    let opened = draft::open(&state, &visit, &id).await?;
    let photo = opened.member(position)?.photo.as_ref().ok_or(WebError::NotFound)?;
    Ok(picture(&photo.load(&state.service).await?))
}

/// The photo of a person.
pub(super) async fn of_person(
    State(state): State<AppState>,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, WebError> {
    let number = PersonNumber::parse(&number).map_err(|_| WebError::NotFound)?;
    let photo = visit.done(&state, ShowPhoto { number }).await?.ok_or(WebError::NotFound)?;
    Ok(picture(&photo.load(&state.service).await?))
}
