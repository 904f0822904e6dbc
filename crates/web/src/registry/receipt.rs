// SPDX-License-Identifier: Apache-2.0
//! The receipt of a registration, in the language of the one who takes it home.

use app::{
    Outcome,
    public::LogState,
    registry::{RegistrationReceipt, registration_receipt},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::access::CollectedFor;
use i18n::{Argument, Language};
use serde::Deserialize;

use super::{codes, form_page::Row, person};
use crate::{
    WebError,
    page::{self, Link, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// In which language.
#[derive(Deserialize)]
pub(super) struct In {
    #[serde(rename = "in")]
    language: Option<String>,
}

/// A section of the receipt.
struct Section {
    title: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "registry/receipt.html")]
struct ReceiptPage {
    page: Page,
    /// The receipt in other languages.
    languages: Vec<Link>,
    tag: &'static str,
    direction: &'static str,
    title: String,
    issuer: String,
    rows: Vec<Row>,
    members: Vec<Row>,
    sections: Vec<Section>,
    log: String,
    log_explanation: String,
    path: String,
}

/// The language of a paper for somebody who speaks these, best first.
pub(super) fn language_of(spoken: &[String]) -> Language {
    let known = spoken.iter().find_map(|code| match code.as_str() {
        "az" => Some(Language::Azerbaijani),
        "ru" => Some(Language::Russian),
        "ar" => Some(Language::Arabic),
        "fa" | "prs" => Some(Language::Dari),
        "en" => Some(Language::English),
        _ => None,
    });
    known.unwrap_or(Language::English)
}

/// The receipt.
pub(super) async fn get(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(typed): Path<String>,
    Query(asked): Query<In>,
) -> Result<Response, WebError> {
    let number = person::number(&typed)?;
    let context = state.service.context(visit.actor.clone());
    let receipt = match registration_receipt(&state.service, &context, number).await? {
        Outcome::Done(receipt) => receipt,
        Outcome::Refused(refusal) => return Err(refusal.into()),
    };
    let asked = asked.language.as_deref().and_then(|code| code.parse().ok());
    let language = asked.unwrap_or_else(|| language_of(&receipt.view.person.languages));
    let words = Words::new(&state, language);
    let page = Page::staff(&state, &reader, &visit, "registry-receipt-title");
    let path = format!("/persons/{}", receipt.view.person.row.number);
    let link = |each: &Language| Link {
        path: format!("{path}/receipt?in={}", each.code()),
        text: each.name().to_owned(),
        is_current: *each == language,
    };
    let view = ReceiptPage {
        page,
        languages: Language::ALL.iter().map(link).collect(),
        tag: language.tag(),
        direction: language.direction().as_str(),
        title: words.text("receipt-registration-title"),
        issuer: issuer(&state, &words, &receipt),
        rows: rows(&state, &words, &receipt),
        members: members(&state, &words, &receipt),
        sections: sections(&words, &receipt),
        log: log(&words, &receipt),
        log_explanation: words.text("audit-receipt-explanation"),
        path,
    };
    page::html(view.page.language, &view)
}

fn issuer(state: &AppState, words: &Words, receipt: &RegistrationReceipt) -> String {
    let pack = state.service.pack();
    let body = pack.office(&receipt.view.person.row.office).and_then(|office| pack.body(&office.body));
    let language = words.language.code();
    body.map_or_else(|| state.service.settings().issuer.clone(), |body| body.name.in_language(language).to_owned())
}

fn rows(state: &AppState, words: &Words, receipt: &RegistrationReceipt) -> Vec<Row> {
    let row = &receipt.view.person.row;
    let office = state.service.pack().office(&row.office);
    let office = office.map_or(row.office.as_str(), |office| office.name.in_language(words.language.code()));
    let zone = state.service.pack().time_zone();
    let fact = |key: &str, value: String| Row { label: words.text(key), value };
    vec![
        fact("receipt-registration-on", words.date(row.registered_at.date_in(zone))),
        fact("receipt-registration-office", office.to_owned()),
    ]
}

/// Who was registered: number and name; those who left are not of the family any more.
fn members(state: &AppState, words: &Words, receipt: &RegistrationReceipt) -> Vec<Row> {
    let view = &receipt.view;
    let present = view.members.iter().filter(|(member, ..)| member.to.is_none());
    let mut rows: Vec<Row> = present
        .map(|(member, number, name)| {
            let relation = codes::name(state, words, "relationship", &member.relation);
            Row { label: number.to_string(), value: format!("{}, {relation}", name.expose()) }
        })
        .collect();
    if rows.is_empty() {
        let name = app::registry::latin_name(&view.person.names).into_inner();
        rows.push(Row { label: view.person.row.number.to_string(), value: name });
    }
    rows
}

fn sections(words: &Words, receipt: &RegistrationReceipt) -> Vec<Section> {
    let texts = |keys: &[&str]| keys.iter().map(|key| words.text(key)).collect::<Vec<_>>();
    let (keys, ends): (&[&str], _) = match receipt.view.person.row.collected_for {
        CollectedFor::Asylum => (
            &[
                "receipt-next-asylum-apply",
                "asylum-next-registration-interview",
                "asylum-next-status-interview",
                "asylum-next-decision",
            ],
            true,
        ),
        CollectedFor::Displacement => (&["receipt-next-displaced-help", "receipt-next-displaced-home"], false),
        CollectedFor::Residence | CollectedFor::Enforcement => {
            (&["receipt-next-stay-apply", "receipt-next-stay-answer"], false)
        }
    };
    let mut sections = vec![Section { title: words.text("asylum-next-title"), lines: texts(keys) }];
    let terms: Vec<String> = receipt
        .terms
        .iter()
        .filter_map(|term| {
            let key = match term.clock.as_str() {
                "registration_interview" => "receipt-term-first-interview",
                "decision" => "receipt-term-decision",
                _ => return None,
            };
            Some(words.with(key, "date", words.date(term.due)))
        })
        .collect();
    if ends && !terms.is_empty() {
        sections.push(Section { title: words.text("receipt-term-title"), lines: terms });
    }
    sections.push(Section {
        title: words.text("receipt-free-title"),
        lines: texts(&["receipt-free-registration", "receipt-free-interpreter", "receipt-free-money"]),
    });
    let call = |key: &str, phone: &str| words.with(key, "phone", phone);
    sections.push(Section {
        title: words.text("receipt-call-title"),
        lines: vec![
            call("receipt-call-service", &receipt.call_centre),
            call("receipt-call-ombudsman", &receipt.ombudsman),
            words.text("receipt-call-moved"),
        ],
    });
    sections
}

fn log(words: &Words, receipt: &RegistrationReceipt) -> String {
    match &receipt.log {
        LogState::Signed(head) => {
            let size = head.size.to_string();
            let arguments = [("size", Argument::from(size.as_str())), ("root", Argument::from(head.root.as_str()))];
            words.format("audit-receipt-log", &arguments)
        }
        LogState::Empty | LogState::Damaged => words.text("receipt-log-none"),
    }
}
