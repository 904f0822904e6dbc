// SPDX-License-Identifier: Apache-2.0
//! The first page: whom to call, four steps for whoever asks for protection, what one can do here, and the latest news.

use app::site;
use askama::Template;
use axum::{extract::State, response::Response};

use super::{dialled, news::NewsLine, phone};
use crate::{
    WebError, asset,
    page::{self, Page, Reader, Words},
    state::AppState,
};

/// News on the first page.
const NEWS_MAX: usize = 3;

/// A step of the way to protection, with its picture.
struct Step {
    picture: &'static str,
    title: String,
    text: String,
}

/// What one can do here.
struct Door {
    path: &'static str,
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "site/home.html")]
struct HomePage {
    page: Page,
    phone: String,
    dialled: String,
    steps: Vec<Step>,
    doors: Vec<Door>,
    news: Vec<NewsLine>,
}

/// Shows the page.
pub(super) async fn show(State(state): State<AppState>, reader: Reader) -> Result<Response, WebError> {
    let items = site::published(&state.service, reader.language.code()).await?;
    let words = Words::new(&state, reader.language);
    let step =
        |picture, title, text| Step { picture: asset::path(picture), title: words.text(title), text: words.text(text) };
    let door = |path, title, text| Door { path, title: words.text(title), text: words.text(text) };
    let phone = phone(&state);
    let home = HomePage {
        page: Page::new(&state, &reader, words.text("home-page-title")),
        dialled: dialled(&phone),
        phone,
        steps: vec![
            step("picture/arrival.svg", "home-step-arrive-title", "home-step-arrive-text"),
            step("picture/telling.svg", "home-step-tell-title", "home-step-tell-text"),
            step("picture/decision.svg", "home-step-decide-title", "home-step-decide-text"),
            step("picture/hand-over.svg", "home-step-card-title", "home-step-card-text"),
        ],
        doors: vec![
            door("/file", "site-footer-file", "home-door-file"),
            door("/verify", "site-footer-verify", "home-door-verify"),
            door("/law", "site-footer-law", "home-door-law"),
            door("/transparency", "site-footer-transparency", "home-door-transparency"),
        ],
        news: items.iter().take(NEWS_MAX).map(|item| NewsLine::of(&words, item)).collect(),
    };
    page::html(reader.language, &home)
}
