// SPDX-License-Identifier: Apache-2.0
//! Checking a card: a bank clerk, a doctor, a teacher holds it in the hand. The answer fills the screen by word, shape and
//! colour. It is about the card; it is kept nowhere, and no cookie is set by it.

use app::verification::{self, CardAnswer, Standing};
use askama::Template;
use axum::{extract::State, http::Extensions, response::Response};
use base64ct::{Base64, Encoding as _};

use crate::{
    WebError, asset,
    form::{Errors, Field, Form, FormData},
    header::Allowance,
    page::{self, Page, Reader, Words},
    route::Route,
    site,
    state::{AppState, Rates},
    visit::Peer,
};

/// The routes of checking.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/verify", show), Route::post("/verify", check)]
}

/// Seconds of a minute, an hour and a day, for the age of a list.
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

#[derive(Template)]
#[template(path = "verify/form.html")]
struct FormPage {
    page: Page,
    errors: Errors,
    text: Field,
    picture: Field,
    script_path: &'static str,
    reader_path: &'static str,
    wasm_path: &'static str,
}

impl FormPage {
    fn new(state: &AppState, reader: &Reader, form: &FormData, errors: Errors) -> Self {
        let page = Page::new(state, reader, Words::new(state, reader.language).text("verify-form-title"));
        let text = Field::area("text", page.text("verify-form-text")).rows(3).hint(page.text("verify-form-text-hint"));
        let picture =
            Field::file("picture", page.text("verify-form-picture")).hint(page.text("verify-form-picture-hint"));
        Self {
            text: text.typed(form, &errors),
            picture: picture.typed(form, &errors),
            page: page.keeping_form(),
            errors,
            script_path: asset::path("verify.js"),
            reader_path: asset::path("zxing.js"),
            wasm_path: asset::path("zxing.wasm"),
        }
    }

    fn answer(&self) -> Result<Response, WebError> {
        let mut response = match self.errors.is_empty() {
            true => page::html(self.page.language, self)?,
            false => page::html_with_errors(self.page.language, self)?,
        };
        response.extensions_mut().insert(Allowance::CameraAndReader);
        Ok(response)
    }
}

/// Face and facts of a genuine card.
struct ShownCard {
    /// The face as a `data:` address.
    face: Option<String>,
    name: String,
    own_script: Option<String>,
    valid_until: String,
}

#[derive(Template)]
#[template(path = "verify/answer.html")]
struct AnswerPage {
    page: Page,
    /// `good`, `doubt` or `bad`: the colour; word and shape say it too.
    class: &'static str,
    word: String,
    sentence: String,
    shown: Option<ShownCard>,
    is_negative: bool,
    list: String,
    checked: String,
    phone: String,
    /// What was checked, sent along when another language is chosen.
    text: String,
}

/// Shows the form.
async fn show(State(state): State<AppState>, reader: Reader) -> Result<Response, WebError> {
    FormPage::new(&state, &reader, &FormData::default(), Errors::default()).answer()
}

/// Checks a card and shows the answer at once: there is nothing to come back to.
async fn check(
    State(state): State<AppState>,
    reader: Reader,
    extensions: Extensions,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    let (text, picture) = (form.optional("text"), form.file("picture"));
    if form.is_language_switch() && form.optional("answered").is_none() {
        return FormPage::new(&state, &reader, &form, Errors::default()).answer();
    }
    if text.is_none() && picture.is_none() {
        let mut errors = Errors::default();
        errors.add("picture", Words::new(&state, reader.language).text("verify-form-empty"));
        return FormPage::new(&state, &reader, &form, errors).answer();
    }
    Rates::check(&state.rates.verify, &Peer::key(&extensions), state.service.now())?;
    let answer = match (picture, text) {
        (Some(picture), _) => verification::check_picture(&state.service, picture.bytes.clone()).await?,
        (None, text) => verification::check_text(&state.service, text.unwrap_or_default()).await?,
    };
    page::html(reader.language, &AnswerPage::new(&state, &reader, &answer))
}

impl AnswerPage {
    fn new(state: &AppState, reader: &Reader, answer: &CardAnswer) -> Self {
        let words = Words::new(state, reader.language);
        let phone = site::phone(state);
        let (class, word, sentence) = standing_keys(answer.standing);
        let word = words.text(word);
        let page = Page::new(state, reader, format!("{word} · {}", words.text("verify-form-title")));
        let shown = answer.shown.as_ref().map(|shown| ShownCard {
            face: shown.face.as_ref().map(|face| format!("data:image/webp;base64,{}", Base64::encode_string(face))),
            name: shown.name.clone(),
            own_script: shown.own_script.clone(),
            valid_until: words.date(shown.valid_until),
        });
        Self {
            class,
            sentence: words.with(sentence, "phone", phone.as_str()),
            word,
            shown,
            is_negative: !matches!(answer.standing, Standing::Good),
            list: list_words(state, &words, answer),
            checked: words.with("verify-answer-checked", "moment", words.moment(state, answer.checked_at)),
            phone,
            text: answer.text.as_ref().map(|text| text.expose().clone()).unwrap_or_default(),
            page: page.keeping_form(),
        }
    }
}

/// Colour, word and sentence of an answer.
fn standing_keys(standing: Standing) -> (&'static str, &'static str, &'static str) {
    match standing {
        Standing::Good => ("good", "verify-word-good", "card-check-valid-detail"),
        Standing::Undecided => ("doubt", "verify-word-undecided", "verify-sentence-undecided"),
        Standing::Suspended => ("bad", "verify-word-suspended", "card-check-suspended"),
        Standing::Revoked => ("bad", "verify-word-revoked", "card-check-revoked"),
        Standing::Expired => ("bad", "verify-word-expired", "verify-sentence-expired"),
        Standing::NotYetValid => ("bad", "verify-word-not-yet-valid", "verify-sentence-not-yet-valid"),
        Standing::UnknownSigner => ("bad", "verify-word-unknown-signer", "card-check-unknown-signer"),
        Standing::Forged => ("bad", "verify-word-forged", "card-check-forged"),
        Standing::Unreadable => ("doubt", "verify-word-unreadable", "card-check-malformed"),
    }
}

/// How old the list is by which the card was checked.
fn list_words(state: &AppState, words: &Words, answer: &CardAnswer) -> String {
    let Some(signed_at) = answer.list_signed_at else { return words.text("verify-list-missing") };
    let age = (answer.checked_at.as_seconds() - signed_at.as_seconds()).max(0);
    let (key, unit) = match age {
        ..MINUTE => ("verify-list-seconds", 1),
        MINUTE..HOUR => ("verify-list-minutes", MINUTE),
        HOUR..DAY => ("verify-list-hours", HOUR),
        _ => ("verify-list-days", DAY),
    };
    let age = words.count(key, "count", usize::try_from(age / unit).unwrap_or(usize::MAX));
    let moment = words.moment(state, signed_at);
    words.format("verify-list-signed", &[("moment", moment.into()), ("age", age.into())])
}
