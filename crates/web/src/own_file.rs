// SPDX-License-Identifier: Apache-2.0
//! A person at her own file: she opens it with key and PIN for some minutes, on a telephone that may not be hers, and leaves
//! nothing behind.
//!
//! Whatever is wrong with key or PIN gets one page with the same bytes. The visit's own cookie ends with the browser, with
//! ten minutes of rest, and with "leave quickly", which also has the browser forget what it kept of this site.

pub(crate) mod words;

use app::{
    Outcome,
    own_file::{self, IDLE_SECONDS_MAX, LabelKind, OwnCase, OwnDecision, OwnFile, Wish},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{Extensions, HeaderMap, HeaderName, HeaderValue, header::SET_COOKIE},
    response::Response,
};
use domain::id::RowId;
use i18n::Argument;
use serde::Deserialize;

use crate::{
    WebError, asset, cookie,
    form::{Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    route::Route,
    site,
    state::{AppState, Rates},
    visit::{self, Peer},
};

/// Has the browser forget everything that it kept of this site (Clear Site Data, section 3.1).
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
const EVERYTHING: HeaderValue = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");

/// The routes of the own file.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/file", show),
        Route::post("/file", open),
        Route::post("/file/leave", leave),
        Route::get("/file/left", left),
        Route::post("/file/key", revoke_key),
        Route::post("/file/consent", revoke_consent),
    ]
}

#[derive(Template)]
#[template(path = "own_file/entry.html")]
struct EntryPage {
    page: Page,
    errors: Errors,
    token: Field,
    pin: Field,
    phone: String,
}

impl EntryPage {
    /// What was typed is not shown again: key and PIN stay in no page.
    fn new(state: &AppState, reader: &Reader, errors: Errors) -> Self {
        let words = Words::new(state, reader.language);
        let token = Field::password("token", words.text("file-entry-token")).autocomplete("off");
        let pin = Field::password("pin", words.text("file-entry-pin")).autocomplete("off");
        let empty = FormData::default();
        Self {
            page: Page::new(state, reader, words.text("file-entry-title")).keeping_form(),
            token: token.typed(&empty, &errors),
            pin: pin.width("govuk-input--width-5").typed(&empty, &errors),
            errors,
            phone: site::phone(state),
        }
    }
}

/// The key of the visit, if the browser has one.
fn key(headers: &HeaderMap) -> Option<&str> {
    cookie::read(headers, cookie::FILE)
}

/// Shows the file of a visit that goes on, else the form.
async fn show(State(state): State<AppState>, reader: Reader, headers: HeaderMap) -> Result<Response, WebError> {
    if let Some(key) = key(&headers) {
        if let Outcome::Done(file) = own_file::show(&state.service, key).await? {
            return page::html(reader.language, &FilePage::new(&state, &reader, key, &file));
        }
        let mut response = page::html(reader.language, &EntryPage::new(&state, &reader, Errors::default()))?;
        response.headers_mut().append(SET_COOKIE, cookie::clear(cookie::FILE)?);
        return Ok(response);
    }
    page::html(reader.language, &EntryPage::new(&state, &reader, Errors::default()))
}

/// Opens a file.
async fn open(
    State(state): State<AppState>,
    reader: Reader,
    extensions: Extensions,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    if form.is_language_switch() {
        return page::html(reader.language, &EntryPage::new(&state, &reader, Errors::default()));
    }
    Rates::check(&state.rates.own_file, &Peer::key(&extensions), state.service.now())?;
    let (token, pin) = (form.text("token"), crate::form::western_digits(form.text("pin")));
    let Outcome::Done(key) = own_file::open(&state.service, token, &pin).await? else {
        let mut errors = Errors::default();
        errors.add("token", Words::new(&state, reader.language).text("file-entry-refused"));
        return page::html_with_errors(reader.language, &EntryPage::new(&state, &reader, errors));
    };
    let mut response = page::see("/file")?;
    let cookie = cookie::set(cookie::FILE, key.expose(), cookie::Lifetime::Session)?;
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

/// How a visit ended.
#[derive(Deserialize)]
struct Left {
    key: Option<String>,
}

/// Leaves: the visit ends here, and the browser forgets. It needs no token of the form, for leaving harms nobody.
async fn leave(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, WebError> {
    if let Some(key) = key(&headers) {
        own_file::leave(&state.service, key).await?;
    }
    forgotten("/file/left")
}

fn forgotten(path: &str) -> Result<Response, WebError> {
    let mut response = page::see(path)?;
    response.headers_mut().append(SET_COOKIE, cookie::clear(cookie::FILE)?);
    response.headers_mut().insert(CLEAR_SITE_DATA, EVERYTHING);
    Ok(response)
}

#[derive(Template)]
#[template(path = "own_file/left.html")]
struct LeftPage {
    page: Page,
    is_revoked: bool,
}

/// Says that nothing is left.
async fn left(State(state): State<AppState>, reader: Reader, Query(left): Query<Left>) -> Result<Response, WebError> {
    let title = Words::new(&state, reader.language).text("file-left-title");
    let page = LeftPage { page: Page::new(&state, &reader, title), is_revoked: left.key.is_some() };
    page::html(reader.language, &page)
}

/// The key of a visit whose page sent this form.
fn key_of_form<'a>(headers: &'a HeaderMap, form: &FormData) -> Result<&'a str, WebError> {
    let key = key(headers).ok_or(WebError::ForeignForm)?;
    if visit::csrf_token(key) == form.text(crate::form::CSRF_FIELD) { Ok(key) } else { Err(WebError::ForeignForm) }
}

/// Makes the key useless.
async fn revoke_key(State(state): State<AppState>, headers: HeaderMap, Form(form): Form) -> Result<Response, WebError> {
    match own_file::wish(&state.service, key_of_form(&headers, &form)?, Wish::RevokeToken).await? {
        Outcome::Done(()) => forgotten("/file/left?key=1"),
        Outcome::Refused(_) => page::see("/file"),
    }
}

/// Takes a consent back.
async fn revoke_consent(
    State(state): State<AppState>,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, WebError> {
    let key = key_of_form(&headers, &form)?;
    let consent: RowId = form.text("consent").parse().map_err(|_| WebError::Malformed)?;
    own_file::wish(&state.service, key, Wish::RevokeConsent(consent)).await?;
    page::see("/file")
}

/// A case as shown.
struct CaseView {
    name: String,
    number: String,
    is_closed: bool,
    steps: Vec<(String, String)>,
    clocks: Vec<ClockView>,
    certificate: Option<String>,
    decision: Option<DecisionView>,
}

struct ClockView {
    text: String,
    is_over: bool,
}

struct DecisionView {
    text: String,
    basis: String,
    /// What to do against it, for an adverse one.
    appeal: Option<String>,
}

struct CardView {
    line: String,
    /// `good`, `wait`, `bad` or `off`: shape and colour beside the word.
    class: &'static str,
    state: String,
}

struct ConsentView {
    id: RowId,
    line: String,
    holds: bool,
}

struct LookView {
    when: String,
    who: String,
    what: String,
    purpose: String,
    basis: String,
    is_refused: bool,
}

#[derive(Template)]
#[template(path = "own_file/file.html")]
struct FilePage {
    page: Page,
    script_path: &'static str,
    minutes: usize,
    cases: Vec<CaseView>,
    rights: Vec<String>,
    cards: Vec<CardView>,
    card_lost: String,
    gifts: Vec<String>,
    consents: Vec<ConsentView>,
    looks: Vec<LookView>,
    complaint: String,
    log: Option<String>,
}

impl FilePage {
    fn new(state: &AppState, reader: &Reader, key: &str, file: &OwnFile) -> Self {
        let mut page = Page::new(state, reader, Words::new(state, reader.language).text("file-entry-title"));
        page.csrf = visit::csrf_token(key);
        let cases: Vec<CaseView> = file.cases.iter().map(|case| case_view(state, &page, case, file)).collect();
        let rights = if cases.iter().any(|case| case.certificate.is_some() && !case.is_closed) { RIGHTS } else { &[] };
        Self {
            script_path: asset::path("leave.js"),
            minutes: usize::try_from(IDLE_SECONDS_MAX / 60).unwrap_or_default(),
            rights: rights.iter().map(|key| page.text(key)).collect(),
            cards: file.cards.iter().map(|card| card_view(&page, card)).collect(),
            card_lost: page.with("file-card-lost", "phone", site::phone(state)),
            gifts: file.receipts.iter().map(|receipt| gift_line(state, &page, receipt)).collect(),
            consents: file.consents.iter().map(|consent| consent_view(&page, consent)).collect(),
            looks: file.looked.entries.iter().map(|look| words::look(state, &page, look)).collect(),
            complaint: page.with("audit-looked-complaint", "phone", site::ombudsman_phone(state)),
            log: file.looked.log.as_ref().map(|head| log_line(&page, head.size, &domain::audit::hex(head.root))),
            cases,
            page,
        }
    }
}

/// What holds while a claim is open: the sentences of the certificate.
const RIGHTS: &[&str] = &[
    "asylum-certificate-validity",
    "asylum-certificate-stay",
    "asylum-certificate-secret",
    "asylum-certificate-interpreter",
    "asylum-certificate-lawyer",
    "asylum-certificate-care",
    "asylum-certificate-school",
    "asylum-certificate-address",
];

fn log_line(page: &Page, size: u64, root: &str) -> String {
    let size = page.number(i64::try_from(size).unwrap_or(i64::MAX));
    page.format("audit-receipt-log", &[("size", Argument::from(size)), ("root", Argument::from(root))])
}

fn case_view(state: &AppState, page: &Page, case: &OwnCase, file: &OwnFile) -> CaseView {
    let pack = state.service.pack();
    let labelled = pack.labelled_procedure(&case.procedure);
    let label = |kind: LabelKind, code: &str| {
        let name = labelled.and_then(|labelled| labelled.label(kind, code));
        name.map_or(code, |name| name.in_language(page.language.code())).to_owned()
    };
    let today = file.read_at.date_in(pack.time_zone());
    let clock = |(code, due): &(domain::procedure::ClockCode, domain::time::Date)| ClockView {
        text: page.format(
            "file-case-clock",
            &[
                ("what", Argument::from(label(LabelKind::Clock, code.as_str()))),
                ("date", Argument::from(page.date(*due))),
            ],
        ),
        is_over: *due < today,
    };
    let certificate = case.certificate.as_ref().map(|(number, day)| {
        let values = [("number", Argument::from(number.as_str())), ("date", Argument::from(page.date(*day)))];
        page.format("file-case-certificate", &values)
    });
    CaseView {
        name: label(LabelKind::Procedure, case.procedure.as_str()),
        number: case.number.to_string(),
        is_closed: case.is_closed,
        steps: case.told.iter().map(|(code, day)| (label(LabelKind::Told, code.as_str()), page.date(*day))).collect(),
        clocks: case.clocks.iter().map(clock).collect(),
        certificate,
        decision: case.decision.as_ref().map(|decision| {
            let outcome = label(LabelKind::Outcome, decision.outcome.as_str());
            decision_view(state, page, decision, outcome)
        }),
    }
}

fn decision_view(state: &AppState, page: &Page, decision: &OwnDecision, outcome: String) -> DecisionView {
    let values = [("outcome", Argument::from(outcome)), ("date", Argument::from(page.date(decision.on)))];
    let basis: Vec<String> = decision.basis.iter().map(|basis| words::citation(state, page, basis)).collect();
    DecisionView {
        text: page.format("file-case-decided", &values),
        basis: page.with("file-case-basis", "basis", basis.join("; ")),
        appeal: decision.is_adverse.then(|| page.with("file-case-appeal", "phone", site::phone(state))),
    }
}

fn card_view(page: &Page, card: &own_file::OwnCard) -> CardView {
    use domain::card::CardState;
    let (class, key) = match card.state {
        CardState::Active => ("good", "file-card-active"),
        CardState::Suspended => ("soon", "file-card-suspended"),
        CardState::Revoked | CardState::Spoiled => ("bad", "file-card-revoked"),
        CardState::Replaced => ("off", "file-card-replaced"),
        CardState::Printed | CardState::Prepared | CardState::Checked | CardState::Signed => {
            ("wait", "file-card-printed")
        }
    };
    let values =
        [("number", Argument::from(card.number.as_str())), ("date", Argument::from(page.date(card.valid_until)))];
    CardView { line: page.format("file-card-line", &values), class, state: page.text(key) }
}

fn gift_line(state: &AppState, page: &Page, receipt: &own_file::OwnReceipt) -> String {
    let pack = state.service.pack();
    let item = pack.code_list("assistance_item").and_then(|list| list.find(&receipt.item));
    let item = item.map_or(receipt.item.as_str(), |item| item.name.in_language(page.language.code()));
    let values = [
        ("item", Argument::from(item)),
        ("date", Argument::from(page.date(receipt.given_at.date_in(pack.time_zone())))),
        ("place", Argument::from(receipt.distribution.as_str())),
        ("number", Argument::from(receipt.number.as_str())),
    ];
    page.format("file-gift-line", &values)
}

fn consent_view(page: &Page, consent: &own_file::OwnConsent) -> ConsentView {
    use domain::content::Showing;
    let what = page.text(match consent.showing {
        Showing::Name => "file-consent-name",
        Showing::Face => "file-consent-face",
        Showing::Thanks => "file-consent-thanks",
    });
    let values = [("what", Argument::from(what)), ("date", Argument::from(page.date(consent.given_on)))];
    ConsentView { id: consent.id, line: page.format("file-consent-line", &values), holds: consent.holds }
}
