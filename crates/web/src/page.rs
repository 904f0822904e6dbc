// SPDX-License-Identifier: Apache-2.0
//! The frame of every page: language, direction, title, header and footer. A template gets one struct with everything
//! decided; its words it takes from [`Page`] by their keys.

use std::{ops::Deref, sync::Arc};

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{
        HeaderMap, HeaderValue, StatusCode, Uri,
        header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE, LOCATION, SET_COOKIE, VARY},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use domain::{
    access::{Act, Role},
    time::{Date, Timestamp},
};
use i18n::{Argument, Language, Texts};

use crate::{WebError, asset, cookie, form::FormData, state::AppState, visit::Visit};

/// The language of those who ask for none of ours: that of the country.
const DEFAULT_LANGUAGE: Language = Language::Azerbaijani;

/// Who reads: language, and the address of the page without its choice of language.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    pub(crate) language: Language,
    query: String,
}

impl Reader {
    /// `?lang=` decides, then the language chosen before, then what the browser likes.
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let chosen = || cookie::read(headers, cookie::LANGUAGE).and_then(|code| code.parse().ok());
        let liked = || headers.get(ACCEPT_LANGUAGE).and_then(|value| Language::negotiate(value.to_str().ok()?));
        let language = asked_language(uri).or_else(chosen).or_else(liked).unwrap_or(DEFAULT_LANGUAGE);
        let pairs = uri.query().into_iter().flat_map(|query| query.split('&'));
        let query = pairs.filter(|pair| !pair.starts_with("lang=")).collect::<Vec<_>>().join("&");
        Self { language, query }
    }

    /// The reader of a page that only those who work with the program see.
    pub(crate) fn for_staff(mut self) -> Self {
        self.language = self.language.for_staff();
        self
    }

    /// The reader after a form has asked for another language.
    pub(crate) fn switched(mut self, form: &FormData) -> Self {
        if let Ok(language) = form.text(crate::form::LANGUAGE_FIELD).parse() {
            self.language = language;
        }
        self
    }
}

/// The language that an address asks for.
pub(crate) fn asked_language(uri: &Uri) -> Option<Language> {
    let pairs = uri.query().into_iter().flat_map(|query| query.split('&'));
    pairs.filter_map(|pair| pair.strip_prefix("lang=")).find_map(|code| code.parse().ok())
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(&parts.uri, &parts.headers))
    }
}

/// The words of one language.
#[derive(Clone)]
pub(crate) struct Words {
    texts: Arc<Texts>,
    pub(crate) language: Language,
}

impl Words {
    pub(crate) fn new(state: &AppState, language: Language) -> Self {
        Self { texts: state.texts.clone(), language }
    }

    /// A text by its key.
    pub(crate) fn text(&self, key: &str) -> String {
        self.texts.get(self.language, key)
    }

    /// A text with one variable.
    pub(crate) fn with(&self, key: &str, name: &str, value: impl Into<String>) -> String {
        self.texts.format(self.language, key, &[(name, Argument::from(value.into()))])
    }

    /// A text with a count, which chooses the plural.
    pub(crate) fn count(&self, key: &str, name: &str, count: usize) -> String {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.texts.format(self.language, key, &[(name, Argument::from(count))])
    }

    /// A text with several variables.
    pub(crate) fn format(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.texts.format(self.language, key, arguments)
    }

    /// A day as the language writes it.
    pub(crate) fn date(&self, date: Date) -> String {
        i18n::date(self.language, date)
    }

    /// A moment on the country's wall clock, as the language writes it.
    pub(crate) fn moment(&self, state: &AppState, moment: Timestamp) -> String {
        i18n::date_and_time(self.language, moment, state.service.pack().time_zone())
    }

    /// A number as the language writes it.
    pub(crate) fn number(&self, number: impl TryInto<i64>) -> String {
        i18n::number(self.language, number.try_into().unwrap_or(i64::MAX))
    }

    /// The name of a role.
    pub(crate) fn role(&self, role: Role) -> String {
        self.text(match role {
            Role::Registrar => "account-role-registrar",
            Role::CaseOfficer => "account-role-case-officer",
            Role::DecisionMaker => "account-role-decision-maker",
            Role::CardOfficer => "account-role-card-officer",
            Role::HeadOfOffice => "account-role-head-of-office",
            Role::AssistanceOfficer => "account-role-assistance-officer",
            Role::PoliceOfficer => "account-role-police-officer",
            Role::Auditor => "account-role-auditor",
            Role::Administrator => "account-role-administrator",
        })
    }
}

/// A way to the same page in a language.
pub(crate) struct LanguageLink {
    pub(crate) tag: &'static str,
    pub(crate) code: &'static str,
    pub(crate) direction: &'static str,
    pub(crate) name: &'static str,
    pub(crate) path: String,
    pub(crate) is_current: bool,
}

/// A link.
#[derive(Clone)]
pub(crate) struct Link {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) is_current: bool,
}

/// What a page shows of the officer who reads it.
pub(crate) struct OfficerBar {
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) office: String,
    pub(crate) sections: Vec<Link>,
    /// Whether the officer may search for persons.
    pub(crate) can_search: bool,
}

/// The sections of the staff pages: an act of those who may see each, its address, its name.
const SECTIONS: [(&[Act], &str, &str); 8] = [
    (&[Act::TakeStep], "/work", "account-frame-work"),
    (&[Act::RegisterFamily], "/register", "account-frame-register"),
    (&[Act::ShowCard], "/cards", "account-frame-cards"),
    (&[Act::HandOverGift], "/help", "account-frame-help"),
    (&[Act::ListOverdue], "/office", "account-frame-office"),
    (&[Act::SampleAudit], "/oversight", "account-frame-oversight"),
    (&[Act::KeepAccounts], "/administration", "account-frame-administration"),
    (&[Act::KeepAccounts, Act::ListOverdue], "/editor", "account-frame-editor"),
];

/// What every page has.
pub(crate) struct Page {
    words: Words,
    pub(crate) title: String,
    pub(crate) tag: &'static str,
    pub(crate) direction: &'static str,
    pub(crate) style_path: &'static str,
    pub(crate) script_path: &'static str,
    pub(crate) crane_path: &'static str,
    pub(crate) home_path: &'static str,
    pub(crate) issuer: String,
    pub(crate) languages: Vec<LanguageLink>,
    pub(crate) crumbs: Vec<Link>,
    pub(crate) officer: Option<OfficerBar>,
    /// The token that a form of this page sends back; empty for those who have not signed in.
    pub(crate) csrf: String,
    /// Whether the choice of language sends the page's form, so that nothing typed is lost.
    pub(crate) keeps_form: bool,
    /// What the last act has done.
    pub(crate) notice: Option<String>,
    /// The search that led here.
    pub(crate) search: String,
}

impl Deref for Page {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.words
    }
}

/// The service's name as its cards bear it, in the reader's language where the pack knows the body.
fn issuer(state: &AppState, language: Language) -> String {
    let issuer = &state.service.settings().issuer;
    let body = state.service.pack().bodies().find(|body| body.name.iter().any(|(_, name)| name == issuer));
    body.map_or_else(|| issuer.clone(), |body| body.name.in_language(language.code()).to_owned())
}

impl Page {
    /// The frame of a page with this title, for everybody.
    pub(crate) fn new(state: &AppState, reader: &Reader, title: impl Into<String>) -> Self {
        let language = reader.language;
        Self {
            words: Words::new(state, language),
            title: title.into(),
            tag: language.tag(),
            direction: language.direction().as_str(),
            style_path: asset::style_path(language.direction()),
            script_path: asset::path("turna.js"),
            crane_path: asset::crane_path(),
            home_path: "/",
            issuer: issuer(state, language),
            languages: language_links(reader, &Language::ALL),
            crumbs: Vec::new(),
            officer: None,
            csrf: String::new(),
            keeps_form: false,
            notice: None,
            search: String::new(),
        }
    }

    /// The frame of a page of an officer. `title` is a key.
    pub(crate) fn staff(state: &AppState, reader: &Reader, visit: &Visit, title: &str) -> Self {
        let title = Words::new(state, reader.language.for_staff()).text(title);
        Self::staff_titled(state, reader, visit, title)
    }

    /// The frame of a page of an officer whose title is no fixed text.
    pub(crate) fn staff_titled(state: &AppState, reader: &Reader, visit: &Visit, title: String) -> Self {
        let reader = reader.clone().for_staff();
        let mut page = Self::new(state, &reader, title);
        page.languages = language_links(&reader, &Language::STAFF);
        page.home_path = "/home";
        page.csrf.clone_from(&visit.csrf);
        page.notice = visit.notice.as_deref().map(|key| page.text(key));
        let role = visit.actor.role;
        let may = |act: &Act| domain::access::roles_for(*act).contains(&role);
        let section = |(acts, path, key): &(&[Act], &str, &str)| {
            acts.iter().any(may).then(|| Link {
                path: (*path).to_owned(),
                text: page.text(key),
                is_current: visit.path == *path || visit.path.starts_with(&format!("{path}/")),
            })
        };
        let office = state.service.pack().office(&visit.actor.office);
        let office = office.map(|office| office.name.in_language(page.language.code()).to_owned());
        page.officer = Some(OfficerBar {
            name: visit.account_name.clone(),
            role: page.role(role),
            office: office.unwrap_or_else(|| visit.actor.office.clone()),
            sections: SECTIONS.iter().filter_map(section).collect(),
            can_search: may(&Act::FindPersons),
        });
        page
    }

    /// The other pages for everybody.
    pub(crate) fn footer(&self) -> Vec<Link> {
        crate::site::footer(self)
    }

    /// Adds a step of the way to this page.
    pub(crate) fn crumb(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.crumbs.push(Link { path: path.into(), text: text.into(), is_current: false });
        self
    }

    /// Offers the languages of the staff pages only.
    pub(crate) fn staff_languages(mut self, reader: &Reader) -> Self {
        self.languages = language_links(reader, &Language::STAFF);
        self
    }

    /// Says that the page has a form (with the identifier `form`) that the choice of language sends along.
    pub(crate) fn keeping_form(mut self) -> Self {
        self.keeps_form = true;
        self
    }

    /// Shows a message above the page.
    pub(crate) fn notice(mut self, text: impl Into<String>) -> Self {
        self.notice = Some(text.into());
        self
    }
}

fn language_links(reader: &Reader, languages: &[Language]) -> Vec<LanguageLink> {
    let query = if reader.query.is_empty() { String::new() } else { format!("{}&", reader.query) };
    let link = |each: &Language| LanguageLink {
        tag: each.tag(),
        code: each.code(),
        direction: each.direction().as_str(),
        name: each.name(),
        path: format!("?{query}lang={each}"),
        is_current: *each == reader.language,
    };
    languages.iter().map(link).collect()
}

/// A page as an answer.
///
/// # Errors
/// [`WebError::Page`].
pub(crate) fn html(language: Language, template: &impl Template) -> Result<Response, WebError> {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_LANGUAGE, HeaderValue::from_static(language.tag())),
        (VARY, HeaderValue::from_static("Accept-Language, Cookie")),
    ];
    Ok((headers, template.render()?).into_response())
}

/// A page that says what is wrong with a form: 422, so that programs see it too.
///
/// # Errors
/// [`WebError::Page`].
pub(crate) fn html_with_errors(language: Language, template: &impl Template) -> Result<Response, WebError> {
    let mut response = html(language, template)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    // The page says itself what is wrong.
    response.extensions_mut().insert(crate::error::Described);
    Ok(response)
}

/// To another page, after something was done (RFC 9110, section 15.4.4).
///
/// # Errors
/// [`WebError::Header`] when the path is none.
pub(crate) fn see(path: &str) -> Result<Response, WebError> {
    Ok((StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_str(path)?)]).into_response())
}

/// To another page of an officer, which then says what was done. `notice` is a key.
///
/// # Errors
/// As [`see`].
pub(crate) fn see_with(path: &str, notice: &str) -> Result<Response, WebError> {
    let mut response = see(path)?;
    let told = cookie::set(cookie::NOTICE, notice, cookie::Lifetime::Session)?;
    response.headers_mut().append(SET_COOKIE, told);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_decides_the_language_then_an_earlier_choice_then_the_browser_then_the_country() {
        for (uri, chosen, accept, language) in [
            ("/?lang=fa", "az", "ru", Language::Dari),
            ("/?x=1&lang=ru", "", "", Language::Russian),
            ("/?lang=de", "", "en", Language::English),
            ("/?lang=", "", "", DEFAULT_LANGUAGE),
            ("/?lang=de&lang=ar", "", "", Language::Arabic),
            ("/", "en", "ru", Language::English),
            ("/", "xx", "ru", Language::Russian),
            ("/", "", "tr, ru;q=0.4", Language::Russian),
            ("/", "", "", DEFAULT_LANGUAGE),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
            let chosen = format!("{}={chosen}", cookie::LANGUAGE).parse().unwrap();
            headers.insert(axum::http::header::COOKIE, chosen);
            assert_eq!(Reader::of(&Uri::from_static(uri), &headers).language, language, "{uri} {accept}");
        }
    }

    #[test]
    fn the_choice_of_language_keeps_the_rest_of_the_address() {
        let reader = Reader::of(&Uri::from_static("/search?q=1&lang=ru&after=2"), &HeaderMap::new());
        let links = language_links(&reader, &Language::STAFF);
        assert_eq!(links[0].path, "?q=1&after=2&lang=az");
    }
}
