// SPDX-License-Identifier: Apache-2.0
//! News and events: a programme in order, statements with the speaker's office, an exhibition, the hand-over, the film.

use app::site::{self, PublicItem};
use askama::Template;
use axum::{
    body::Body,
    extract::{Path, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE},
    },
    response::{IntoResponse as _, Response},
};
use domain::content::ContentKind;
use i18n::Language;

use crate::{
    WebError, asset,
    page::{self, Page, Reader, Words},
    state::AppState,
};

/// The pictures that are part of the program, by the names that items give them.
pub(super) const PICTURES: [(&str, &str); 6] = [
    ("sea", "picture/sea.svg"),
    ("arrival", "picture/arrival.svg"),
    ("telling", "picture/telling.svg"),
    ("decision", "picture/decision.svg"),
    ("hand-over", "picture/hand-over.svg"),
    ("check", "picture/check.svg"),
];
/// The name by which an item shows the film.
pub(super) const FILM: &str = "film";
/// The film as the program holds it: `cargo xtask assets` draws and encodes it.
const WEBM: &[u8] = include_bytes!("../../../../assets/generated/media/film.webm");
const MP4: &[u8] = include_bytes!("../../../../assets/generated/media/film.mp4");
/// For how many seconds a browser keeps the film.
const FILM_CACHE: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// The address of an item's picture, if the program has it.
fn picture(media: Option<&str>) -> Option<&'static str> {
    let media = media?;
    PICTURES.iter().find(|(name, _)| *name == media).map(|(_, file)| asset::path(file))
}

/// The name of a kind.
pub(super) fn kind_key(kind: ContentKind) -> &'static str {
    match kind {
        ContentKind::News => "news-kind-news",
        ContentKind::Event => "news-kind-event",
        ContentKind::Statement => "news-kind-statement",
        ContentKind::Exhibition => "news-kind-exhibition",
        ContentKind::Exhibit => "news-kind-exhibit",
        ContentKind::HandOver => "news-kind-hand-over",
        ContentKind::Film => "news-kind-film",
    }
}

/// An item in a list.
pub(super) struct NewsLine {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) day: Option<String>,
    pub(super) lead: String,
    pub(super) picture: Option<&'static str>,
}

impl NewsLine {
    pub(super) fn of(words: &Words, item: &PublicItem) -> Self {
        Self {
            path: format!("/news/{}", item.code),
            title: item.text.title.clone(),
            kind: words.text(kind_key(item.kind)),
            day: item.happens_on.map(|day| words.date(day)),
            lead: item.text.body.split("\n\n").next().unwrap_or_default().to_owned(),
            picture: picture(item.media.as_deref()),
        }
    }
}

#[derive(Template)]
#[template(path = "site/news.html")]
struct ListPage {
    page: Page,
    items: Vec<NewsLine>,
}

/// Shows what is published, latest day first.
pub(super) async fn list(State(state): State<AppState>, reader: Reader) -> Result<Response, WebError> {
    let items = site::published(&state.service, reader.language.code()).await?;
    let words = Words::new(&state, reader.language);
    let items = items.iter().map(|item| NewsLine::of(&words, item)).collect();
    page::html(reader.language, &ListPage { page: Page::new(&state, &reader, words.text("news-list-title")), items })
}

/// A part of an item's page.
struct Part {
    code: String,
    kind: ContentKind,
    kind_name: String,
    title: String,
    byline: Option<String>,
    body: Vec<String>,
    picture: Option<&'static str>,
    is_film: bool,
    parts: Vec<Part>,
}

impl Part {
    fn of(words: &Words, item: &PublicItem) -> Self {
        Self {
            code: item.code.clone(),
            kind: item.kind,
            kind_name: words.text(kind_key(item.kind)),
            title: item.text.title.clone(),
            byline: item.text.byline.clone(),
            body: item.text.body.split("\n\n").map(str::to_owned).collect(),
            picture: picture(item.media.as_deref()),
            is_film: item.media.as_deref() == Some(FILM),
            parts: item.parts.iter().map(|part| Self::of(words, part)).collect(),
        }
    }

    fn is_statement(&self) -> bool {
        self.kind == ContentKind::Statement
    }
}

/// The captions of the film in a language.
struct Track {
    path: &'static str,
    tag: &'static str,
    name: &'static str,
    is_default: bool,
}

#[derive(Template)]
#[template(path = "site/item.html")]
struct ItemPage {
    page: Page,
    day: Option<String>,
    item: Part,
    tracks: Vec<Track>,
    poster: &'static str,
    /// The captions as text, for whoever cannot see the film.
    words: Vec<String>,
}

/// The file with the captions of a language, and their text.
fn captions(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Azerbaijani => ("film/az.vtt", include_str!("../../static/film/az.vtt")),
        Language::English => ("film/en.vtt", include_str!("../../static/film/en.vtt")),
        Language::Russian => ("film/ru.vtt", include_str!("../../static/film/ru.vtt")),
        Language::Arabic => ("film/ar.vtt", include_str!("../../static/film/ar.vtt")),
        Language::Dari => ("film/fa.vtt", include_str!("../../static/film/fa.vtt")),
    }
}

/// Shows a published item with its parts.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let language = reader.language;
    let items = site::published(&state.service, language.code()).await?;
    let found = items.iter().find(|item| item.code == code).ok_or(WebError::NotFound)?;
    let words = Words::new(&state, language);
    let track = |each: Language| Track {
        path: asset::path(captions(each).0),
        tag: each.tag(),
        name: each.name(),
        is_default: each == language,
    };
    let item = ItemPage {
        page: Page::new(&state, &reader, found.text.title.clone()).crumb("/news", words.text("news-list-title")),
        day: found.happens_on.map(|day| words.date(day)),
        item: Part::of(&words, found),
        tracks: Language::ALL.into_iter().map(track).collect(),
        poster: asset::path("picture/sea.svg"),
        words: spoken(captions(language).1),
    };
    page::html(language, &item)
}

/// The sentences of a file of captions (WebVTT), without times.
fn spoken(vtt: &str) -> Vec<String> {
    let is_text =
        |line: &&str| !line.is_empty() && !line.contains("-->") && *line != "WEBVTT" && !line.starts_with("NOTE");
    vtt.lines().map(str::trim).filter(is_text).map(str::to_owned).collect()
}

/// The film (VP9).
pub(super) async fn webm(headers: HeaderMap) -> Result<Response, WebError> {
    film("video/webm", WEBM, &headers)
}

/// The film (H.264), for browsers that have no VP9.
pub(super) async fn mp4(headers: HeaderMap) -> Result<Response, WebError> {
    film("video/mp4", MP4, &headers)
}

/// A film, or the part of it that a player asks for (RFC 9110, section 14): some play nothing otherwise.
fn film(media_type: &'static str, bytes: &'static [u8], headers: &HeaderMap) -> Result<Response, WebError> {
    let common = [
        (CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (CACHE_CONTROL, FILM_CACHE),
    ];
    let asked = headers.get(RANGE).and_then(|range| part_asked(range.to_str().ok()?, bytes.len()));
    let Some((first, last)) = asked else {
        return Ok((common, [(CONTENT_LENGTH, HeaderValue::from(bytes.len()))], Body::from(bytes)).into_response());
    };
    let range = HeaderValue::try_from(format!("bytes {first}-{last}/{}", bytes.len()))?;
    let part = &bytes[first..=last];
    let length = [(CONTENT_RANGE, range), (CONTENT_LENGTH, HeaderValue::from(part.len()))];
    Ok((StatusCode::PARTIAL_CONTENT, common, length, Body::from(part)).into_response())
}

/// First and last byte of a range that lies inside; anything else is answered with the whole, as the standard allows.
fn part_asked(range: &str, length: usize) -> Option<(usize, usize)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) => (first, last.min(length - 1)),
        (Ok(first), Err(_)) if last.is_empty() => (first, length - 1),
        (Err(_), Ok(count)) if first.is_empty() && count > 0 => (length.saturating_sub(count), length - 1),
        _ => return None,
    };
    (first <= last && first < length).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_receives_the_part_it_asks_for() {
        for (range, part) in [
            ("bytes=0-", Some((0, 99))),
            ("bytes=0-1", Some((0, 1))),
            ("bytes=90-500", Some((90, 99))),
            ("bytes=-10", Some((90, 99))),
            ("bytes=-500", Some((0, 99))),
            ("bytes=100-", None),
            ("bytes=5-4", None),
            ("bytes=-0", None),
            ("bytes=a-b", None),
            ("bytes=0-1,3-4", None),
            ("lines=0-1", None),
        ] {
            assert_eq!(part_asked(range, 100), part, "{range}");
        }
    }

    #[test]
    fn the_film_is_small_enough_to_be_part_of_the_program() {
        for (film, head) in [(WEBM, &[0x1a, 0x45, 0xdf, 0xa3][..]), (MP4, &b"ftyp"[..])] {
            assert!(film.len() < 3 << 20 && film[..12].windows(4).any(|bytes| bytes == head), "{}", film.len());
        }
    }

    #[test]
    fn the_captions_of_every_language_tell_the_same_scenes_at_the_same_times() {
        let times = |language| {
            let lines = captions(language).1.lines().filter(|line| line.contains("-->"));
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        for language in Language::ALL {
            assert!(captions(language).1.starts_with("WEBVTT\n"), "{language}");
            assert_eq!(times(language), times(Language::English), "{language}");
            assert_eq!(spoken(captions(language).1).len(), times(language).len(), "{language}");
        }
    }
}
