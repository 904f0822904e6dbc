// SPDX-License-Identifier: Apache-2.0
//! The frame of every page: language, direction, title, header and footer. A template gets one struct with everything
//! decided and translated; this is the part that all of them share.

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{
        HeaderMap, HeaderValue, Uri,
        header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE, VARY},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use i18n::Language;

use crate::{WebError, asset, state::AppState};

/// The language of those who ask for none of ours: that of the country.
const DEFAULT_LANGUAGE: Language = Language::Azerbaijani;

/// The language of an answer: `?lang=` first, then what the browser likes.
pub(crate) struct Reader {
    pub(crate) language: Language,
}

impl Reader {
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let asked = uri.query().into_iter().flat_map(|query| query.split('&'));
        let asked = asked.filter_map(|pair| pair.strip_prefix("lang=")).find_map(|code| code.parse().ok());
        let liked = || headers.get(ACCEPT_LANGUAGE).and_then(|value| Language::negotiate(value.to_str().ok()?));
        Self { language: asked.or_else(liked).unwrap_or(DEFAULT_LANGUAGE) }
    }
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(&parts.uri, &parts.headers))
    }
}

/// A link to the same page in a language.
pub(crate) struct LanguageLink {
    pub(crate) tag: &'static str,
    pub(crate) direction: &'static str,
    pub(crate) name: &'static str,
    pub(crate) path: String,
    pub(crate) is_current: bool,
}

/// What every page has.
pub(crate) struct Page {
    pub(crate) tag: &'static str,
    pub(crate) direction: &'static str,
    pub(crate) title: String,
    pub(crate) style_path: &'static str,
    pub(crate) crane_path: &'static str,
    pub(crate) home_path: String,
    pub(crate) issuer: String,
    pub(crate) skip: String,
    pub(crate) languages_label: String,
    pub(crate) languages: Vec<LanguageLink>,
    pub(crate) privacy: String,
}

impl Page {
    /// The frame of a page with this title.
    pub(crate) fn new(state: &AppState, language: Language, title: String) -> Self {
        let text = |key| state.texts.get(language, key);
        let link = |each: Language| LanguageLink {
            tag: each.tag(),
            direction: each.direction().as_str(),
            name: each.name(),
            path: format!("?lang={each}"),
            is_current: each == language,
        };
        Self {
            tag: language.tag(),
            direction: language.direction().as_str(),
            title,
            style_path: asset::style_path(language.direction()),
            crane_path: asset::crane_path(),
            home_path: format!("/?lang={language}"),
            issuer: state.service.settings().issuer.clone(),
            skip: text("site-page-skip"),
            languages_label: text("site-page-languages"),
            languages: Language::ALL.into_iter().map(link).collect(),
            privacy: text("site-page-privacy"),
        }
    }
}

/// A page as an answer.
///
/// # Errors
/// [`WebError::Page`].
pub(crate) fn html(language: Language, template: &impl Template) -> Result<Response, WebError> {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_LANGUAGE, HeaderValue::from_static(language.tag())),
        (VARY, HeaderValue::from_static("Accept-Language")),
    ];
    Ok((headers, template.render()?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_decides_the_language_then_the_browser_then_the_country() {
        for (uri, accept, language) in [
            ("/?lang=fa", "ru", Language::Dari),
            ("/?x=1&lang=ru", "", Language::Russian),
            ("/?lang=de", "en", Language::English),
            ("/?lang=", "", DEFAULT_LANGUAGE),
            ("/?lang=de&lang=ar", "", Language::Arabic),
            ("/", "tr, ru;q=0.4", Language::Russian),
            ("/", "", DEFAULT_LANGUAGE),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
            assert_eq!(Reader::of(&Uri::from_static(uri), &headers).language, language, "{uri} {accept}");
        }
    }
}
