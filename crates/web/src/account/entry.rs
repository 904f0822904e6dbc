// SPDX-License-Identifier: Apache-2.0
//! Signing in and out.

use app::{
    AppError,
    identity::{self, Credentials, Source},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{
        Extensions, HeaderMap, HeaderName, HeaderValue,
        header::{SET_COOKIE, USER_AGENT},
    },
    response::Response,
};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde::Deserialize;

use crate::{
    WebError, cookie,
    form::{Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::{AppState, Rates},
    visit::{Peer, Visit},
};

/// Has the browser forget what it kept of this site (Clear Site Data, section 3.1).
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// Bytes of the name that a browser is given when an account signs in there for the first time.
const DEVICE_BYTES: usize = 16;
/// The longest name of a device that is read back.
const DEVICE_CHARACTERS_MAX: usize = 40;

/// Where to go after signing in.
#[derive(Deserialize)]
pub(super) struct Destination {
    #[serde(default)]
    next: String,
    ended: Option<String>,
}

#[derive(Template)]
#[template(path = "account/entry.html")]
struct EntryPage {
    page: Page,
    errors: Errors,
    fields: Vec<Field>,
    next: String,
}

impl EntryPage {
    fn new(state: &AppState, reader: &Reader, form: &FormData, errors: Errors, next: &str) -> Self {
        let words = Words::new(state, reader.language);
        let name = Field::latin("name", words.text("account-entry-name")).autocomplete("username");
        let password = Field::password("password", words.text("account-entry-password"));
        let code = Field::digits("code", words.text("account-entry-code"));
        let fields = vec![
            name.width("govuk-input--width-20").typed(form, &errors),
            password.autocomplete("current-password").width("govuk-input--width-20"),
            code.hint(words.text("account-entry-code-hint"))
                .autocomplete("one-time-code")
                .width("govuk-input--width-5"),
        ];
        let page = Page::new(state, reader, words.text("account-entry-title")).staff_languages(reader).keeping_form();
        Self { page, errors, fields, next: local(next).to_owned() }
    }
}

/// A path of this site; the start page for anything else, so that the sign-in page sends nobody elsewhere.
fn local(next: &str) -> &str {
    let is_local = next.starts_with('/')
        && !next.starts_with("//")
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_local { next } else { "/home" }
}

/// Shows the form.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    Query(destination): Query<Destination>,
) -> Result<Response, WebError> {
    let reader = reader.for_staff();
    let mut entry = EntryPage::new(&state, &reader, &FormData::default(), Errors::default(), &destination.next);
    if destination.ended.is_some() {
        let text = entry.page.text("account-entry-ended");
        entry.page = entry.page.notice(text);
    }
    page::html(reader.language, &entry)
}

/// Signs in. Wrong name, password and code are answered alike.
pub(super) async fn sign_in(
    State(state): State<AppState>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form).for_staff();
    if form.is_language_switch() {
        let entry = EntryPage::new(&state, &reader, &form, Errors::default(), form.text("next"));
        return page::html(reader.language, &entry);
    }
    let address = Peer::key(&extensions);
    Rates::check(&state.rates.sign_in, &address, state.service.now())?;
    let name = form.text("name").to_lowercase();
    let device = known_device(&state, &headers, &name);
    let source = device.map_or(Source::Address(&address), Source::Device);
    let credentials = Credentials { name: &name, password: form.text("password"), code: form.optional("code") };
    let actor = match identity::sign_in_from(&state.service, credentials, source).await {
        Ok(actor) => actor,
        Err(AppError::Refused(_)) => {
            let mut errors = Errors::default();
            errors.add("", Words::new(&state, reader.language).text("account-entry-refused"));
            let entry = EntryPage::new(&state, &reader, &form, errors, form.text("next"));
            return page::html_with_errors(reader.language, &entry);
        }
        Err(error) => return Err(error.into()),
    };
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = identity::open_session(&state.service, &actor, &device_words(agent)).await?;
    let mut response = page::see(local(form.text("next")))?;
    let cookies = response.headers_mut();
    cookies.append(SET_COOKIE, cookie::set(cookie::SESSION, token.expose(), cookie::Lifetime::Session)?);
    if device.is_none() {
        let device = new_device(&state, &name);
        cookies.append(SET_COOKIE, cookie::set(cookie::DEVICE, &device, cookie::Lifetime::Kept)?);
    }
    Ok(response)
}

/// Ends the session and has the browser forget its pages.
pub(super) async fn sign_out(State(state): State<AppState>, visit: Visit) -> Result<Response, WebError> {
    identity::end_session(&state.service, &visit.signed_in(), visit.session).await?;
    let mut response = page::see("/sign-in")?;
    response.headers_mut().append(SET_COOKIE, cookie::clear(cookie::SESSION)?);
    response.headers_mut().insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\""));
    Ok(response)
}

/// A new name for this browser, bound to the account that has signed in there.
fn new_device(state: &AppState, account: &str) -> String {
    let name = Base64UrlUnpadded::encode_string(&state.service.random::<DEVICE_BYTES>());
    let seal = identity::device_seal(&state.service, account, &name);
    format!("{name}.{seal}")
}

/// The name of this browser, if the account has signed in there before.
fn known_device<'a>(state: &AppState, headers: &'a HeaderMap, account: &str) -> Option<&'a str> {
    let (name, seal) = cookie::read(headers, cookie::DEVICE)?.split_once('.')?;
    let is_ours = name.len() <= DEVICE_CHARACTERS_MAX && identity::device_seal(&state.service, account, name) == seal;
    is_ours.then_some(name)
}

/// Browser and system in two words, so that an officer knows her sessions apart. Nothing more is kept of what the browser
/// says about itself.
fn device_words(agent: &str) -> String {
    let word = |known: &[(&'static str, &'static str)]| {
        known.iter().find(|(sign, _)| agent.contains(sign)).map_or("?", |(_, name)| name)
    };
    let browser = word(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = word(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    format!("{browser}, {system}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_this_site_only() {
        for next in ["/persons/1", "/search?q=%C6%8F"] {
            assert_eq!(local(next), next);
        }
        for next in ["", "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nb"]
        {
            assert_eq!(local(next), "/home", "{next:?}");
        }
    }

    #[test]
    fn a_device_is_two_words() {
        let agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assert_eq!(device_words(agent), "Chrome, Linux");
        assert_eq!(device_words("curl"), "?, ?");
    }
}
