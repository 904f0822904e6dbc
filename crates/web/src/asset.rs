// SPDX-License-Identifier: Apache-2.0
//! Styles, pictures and scripts of the pages, which are part of the program.
//!
//! `build.rs` lists them. Pages link each by a name that holds the beginning of its content's hash, so that a browser asks
//! once and a new release is never met by an old style; the plain name works too, for links from elsewhere.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::Write as _,
    sync::{LazyLock, OnceLock},
};

use axum::{
    extract::Path,
    http::{
        HeaderMap, HeaderValue,
        header::{ACCEPT_ENCODING, CONTENT_ENCODING, VARY},
    },
    response::Response,
};
use flate2::{Compression, write::GzEncoder};
use i18n::Direction;
use sha2::{Digest as _, Sha256};

use crate::{WebError, header::public_file, route::Route};

/// Names and contents of the files in `static/` and in `assets/generated/web/`.
const FILES: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/files.rs"));
/// The parts of a stylesheet; what is served is the components' part and our own in one file.
const STYLE_PARTS: [&str; 3] = ["components-ltr.css", "components-rtl.css", "turna.css"];
/// The served stylesheets.
const STYLE: &str = "turna.css";
const STYLE_RIGHT_TO_LEFT: &str = "turna-rtl.css";
/// The mark, a drawn crane.
const CRANE: &str = "crane.svg";
/// A year: the name changes with the content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// A plain name shows what this release has.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, no-cache");
/// How many characters of the hash a name holds; enough that two contents of one file never share a name.
const HASH_CHARACTERS: usize = 12;

/// A file as it is served.
struct File {
    media_type: &'static str,
    /// The path that pages link, with the hash.
    path: String,
    bytes: Cow<'static, [u8]>,
    /// The same compressed, made when it is first asked for; none if that saves nothing.
    compressed: OnceLock<Option<Vec<u8>>>,
}

/// Every file by its plain name.
static BY_NAME: LazyLock<BTreeMap<&'static str, File>> = LazyLock::new(|| {
    let part = |name| FILES.iter().find(|(each, _)| *each == name).map_or(&[][..], |(_, bytes)| bytes);
    let style = |components| Cow::Owned([part(components), part("turna.css")].concat());
    let [left_to_right, right_to_left, _] = STYLE_PARTS;
    FILES
        .iter()
        .filter(|(name, _)| !STYLE_PARTS.contains(name))
        .map(|(name, bytes)| (*name, Cow::Borrowed(*bytes)))
        .chain([(STYLE, style(left_to_right)), (STYLE_RIGHT_TO_LEFT, style(right_to_left))])
        .map(|(name, bytes)| (name, File::new(name, bytes)))
        .collect()
});

/// The plain name of each path with a hash, without `/static/`.
static BY_HASHED_NAME: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    BY_NAME.iter().filter_map(|(name, file)| Some((file.path.strip_prefix("/static/")?, *name))).collect()
});

impl File {
    fn new(name: &str, bytes: Cow<'static, [u8]>) -> Self {
        let mut hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        hash.truncate(HASH_CHARACTERS);
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
        let path = format!("/static/{stem}.{hash}.{end}");
        Self { media_type: media_type(end), path, bytes, compressed: OnceLock::new() }
    }

    /// The file compressed, for a browser that reads it.
    fn compressed(&self) -> Option<&[u8]> {
        let compress = || {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(&self.bytes).ok()?;
            encoder.finish().ok().filter(|compressed| compressed.len() < self.bytes.len())
        };
        self.compressed.get_or_init(|| is_text(self.media_type).then(compress).flatten()).as_deref()
    }
}

/// The media type by the end of the name.
fn media_type(end: &str) -> &'static str {
    match end {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "wasm" => "application/wasm",
        "webp" => "image/webp",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "application/octet-stream",
    }
}

/// Whether compressing is worth it: pictures and films are compressed already.
fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/") || ["image/svg+xml", "application/wasm"].contains(&media_type)
}

/// The address of a file in `static/` or `assets/generated/web/`, with the hash of its content.
///
/// # Panics
/// If there is no such file. The name is a literal, so the first test that draws the page finds it.
pub(crate) fn path(name: &str) -> &'static str {
    &BY_NAME.get(name).unwrap_or_else(|| panic!("no file is called {name}")).path
}

/// The address of the stylesheet for a direction of writing.
pub(crate) fn style_path(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => path(STYLE),
        Direction::RightToLeft => path(STYLE_RIGHT_TO_LEFT),
    }
}

/// The address of the mark.
pub(crate) fn crane_path() -> &'static str {
    path(CRANE)
}

/// The route of the files.
pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/static/{*file}", file)]
}

/// A file, compressed if the browser reads that.
async fn file(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, WebError> {
    let (plain_name, cache) = match BY_HASHED_NAME.get(name.as_str()) {
        Some(plain_name) => (*plain_name, FOR_EVER),
        None => (name.as_str(), ASK_AGAIN),
    };
    let file = BY_NAME.get(plain_name).ok_or(WebError::NotFound)?;
    let compressed = file.compressed().filter(|_| reads_gzip(&headers));
    let body = match compressed {
        Some(bytes) => bytes,
        None => &file.bytes,
    };
    let mut response = public_file(file.media_type, cache, body);
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if compressed.is_some() {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}

/// Whether the browser reads gzip (RFC 9110, section 12.5.3). One that does not say so gets the plain file.
pub(crate) fn reads_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = quality.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

#[cfg(test)]
mod palette;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_believed_about_gzip() {
        for (accepts, reads) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("gzip;q=0.000, br", false),
            ("br", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepts));
            assert_eq!(reads_gzip(&headers), reads, "{accepts}");
        }
        assert!(!reads_gzip(&HeaderMap::new()));
    }

    #[test]
    fn every_file_has_a_known_type_and_a_name_by_its_content() {
        for (name, file) in BY_NAME.iter() {
            assert_ne!(file.media_type, "application/octet-stream", "{name}");
            assert_eq!(BY_HASHED_NAME.get(file.path.strip_prefix("/static/").unwrap()), Some(name));
        }
        assert_ne!(style_path(Direction::LeftToRight), style_path(Direction::RightToLeft));
        assert!(crane_path().starts_with("/static/crane.") && crane_path().ends_with(".svg"));
    }

    #[test]
    fn a_compressed_file_is_the_file() {
        let file = &BY_NAME[STYLE];
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(file.compressed().unwrap()), &mut plain).unwrap();
        assert_eq!(plain, *file.bytes);
    }
}
