// SPDX-License-Identifier: Apache-2.0
//! The status page: how log and status list stand, and how anybody checks them.

use app::public::{self, LogState, PublicState};
use askama::Template;
use axum::{extract::State, response::Response};
use i18n::{Argument, Language};

use crate::{
    WebError,
    page::{self, Page, Reader},
    state::AppState,
};

/// Shows the page.
pub(super) async fn get(State(state): State<AppState>, reader: Reader) -> Result<Response, WebError> {
    let public = public::state(&state.service).await?;
    page::html(reader.language, &StatusPage::new(&state, &reader, &public))
}

/// How one part of the service stands.
struct StateLine {
    name: String,
    word: String,
    /// `good` or `bad`: the colour; the word says it too.
    class: &'static str,
    detail: Option<String>,
}

/// A fact about the log; the value stands apart from the direction of the text.
struct Fact {
    name: String,
    value: String,
    /// `code` for what is compared letter by letter, `number` for a count.
    class: &'static str,
}

/// Commands to copy, after a sentence that says what for.
struct Recipe {
    what: String,
    commands: String,
}

/// A link to a file.
struct FileLink {
    path: &'static str,
    name: String,
}

/// Everything on the page, decided and translated.
#[derive(Template)]
#[template(path = "status.html")]
struct StatusPage {
    page: Page,
    introduction: String,
    state_title: String,
    state: Vec<StateLine>,
    log_title: String,
    log_explanation: String,
    facts: Vec<Fact>,
    verify_title: String,
    verify: Vec<Recipe>,
    verify_other: String,
    card_title: String,
    card: Vec<Recipe>,
    card_negative: String,
    card_person: String,
    card_rights: String,
    card_return: String,
    files_title: String,
    files: Vec<FileLink>,
}

impl StatusPage {
    fn new(state: &AppState, reader: &Reader, public: &PublicState) -> Self {
        let language = reader.language;
        let text = |key| state.texts.get(language, key);
        let file = |path, key| FileLink { path, name: text(key) };
        Self {
            page: Page::new(state, reader, text("site-status-title")),
            introduction: text("site-status-introduction"),
            state_title: text("site-status-state-title"),
            state: state_lines(state, language, public),
            log_title: text("site-status-log-title"),
            log_explanation: text("site-status-log-explanation"),
            facts: facts(state, language, &public.log),
            verify_title: text("site-status-verify-title"),
            verify: verify_recipes(state, language),
            verify_other: text("site-status-verify-other"),
            card_title: text("site-status-card-title"),
            card: card_recipes(state, language),
            card_negative: text("site-status-card-negative"),
            card_person: text("card-check-person"),
            card_rights: text("card-check-rights"),
            card_return: text("card-check-return"),
            files_title: text("site-status-files-title"),
            files: vec![
                file("/log/checkpoint", "site-status-files-checkpoint"),
                file("/log/verifier.key", "site-status-files-key"),
                file("/status/1", "site-status-files-list"),
                file("/trust.json", "site-status-files-trust"),
            ],
        }
    }
}

/// The page is shown only if the database has answered.
fn state_lines(state: &AppState, language: Language, public: &PublicState) -> Vec<StateLine> {
    let line = |key, is_good: bool, detail| {
        let (word, class) = if is_good { ("site-status-state-good", "good") } else { ("site-status-state-bad", "bad") };
        StateLine { name: state.texts.get(language, key), word: state.texts.get(language, word), class, detail }
    };
    let signed = match public.status_list_signed_at {
        Some(moment) => {
            let moment = i18n::date_and_time(language, moment, state.service.pack().time_zone());
            state.texts.format(language, "site-status-state-signed", &[("moment", Argument::from(moment))])
        }
        None => state.texts.get(language, "site-status-state-unsigned"),
    };
    let is_log_good = matches!(public.log, LogState::Signed(_)) && state.upkeep.is_well(state.service.now());
    vec![
        line("site-status-state-database", true, None),
        line("site-status-state-log", is_log_good, None),
        line("site-status-state-list", public.is_status_list_fresh, Some(signed)),
    ]
}

fn facts(state: &AppState, language: Language, log: &LogState) -> Vec<Fact> {
    let fact = |key, value, class| Fact { name: state.texts.get(language, key), value, class };
    let mut facts = Vec::new();
    if let LogState::Signed(head) = log {
        let size = i18n::number(language, i64::try_from(head.size).unwrap_or(i64::MAX));
        facts.push(fact("site-status-log-entries", size, "number"));
        facts.push(fact("site-status-log-root", head.root.clone(), "code"));
    }
    facts.push(fact("site-status-log-name", public::log_name(&state.service).to_owned(), "code"));
    facts.push(fact("site-status-log-key", public::log_verifier_key(&state.service), "code"));
    facts
}

fn verify_recipes(state: &AppState, language: Language) -> Vec<Recipe> {
    let url = &state.service.settings().public_url;
    let recipe = |key, commands| Recipe { what: state.texts.get(language, key), commands };
    vec![
        recipe(
            "site-status-verify-keep",
            format!("curl -o checkpoint {url}/log/checkpoint\ncurl -o verifier.key {url}/log/verifier.key"),
        ),
        recipe(
            "site-status-verify-run",
            format!("turna audit verify --url {url}/log --since checkpoint --key verifier.key"),
        ),
    ]
}

fn card_recipes(state: &AppState, language: Language) -> Vec<Recipe> {
    let url = &state.service.settings().public_url;
    let recipe = |key, commands| Recipe { what: state.texts.get(language, key), commands };
    vec![
        recipe(
            "site-status-card-fetch",
            format!("curl -o trust.json {url}/trust.json\ncurl -o status.cwt {url}/status/1"),
        ),
        recipe("site-status-card-run", "turna card verify card.png --trust trust.json --status status.cwt".to_owned()),
    ]
}
