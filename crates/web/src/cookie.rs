// SPDX-License-Identifier: Apache-2.0
//! Cookies: all of them `__Host-` (RFC 6265bis, section 4.1.3.2), so that no neighbour of the host can plant one, and
//! none readable by scripts.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

/// The session of an officer.
pub(crate) const SESSION: &str = "__Host-session";
/// The name under which a browser signed in before, so that wrong guesses from elsewhere do not lock it out.
pub(crate) const DEVICE: &str = "__Host-device";
/// The visit of a person to her own file.
pub(crate) const FILE: &str = "__Host-file";
/// The language chosen on a page.
pub(crate) const LANGUAGE: &str = "__Host-language";
/// What the last act has done, told once on the next page.
pub(crate) const NOTICE: &str = "__Host-notice";

/// For how many seconds a browser stays known: 400 days, the most that browsers keep.
const KEPT_SECONDS: u32 = 400 * 24 * 60 * 60;

/// How long a cookie stays in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lifetime {
    /// Until the browser is closed.
    Session,
    /// As long as browsers keep one.
    Kept,
}

/// The value of a cookie in a request; the first one of the name counts.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// The `Set-Cookie` header that sets a cookie. The value is one of ours: a token, a code, never a text of somebody.
pub(crate) fn set(
    name: &str,
    value: &str,
    lifetime: Lifetime,
) -> Result<HeaderValue, axum::http::header::InvalidHeaderValue> {
    let age = match lifetime {
        Lifetime::Session => String::new(),
        Lifetime::Kept => format!("; Max-Age={KEPT_SECONDS}"),
    };
    format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Strict{age}").parse()
}

/// The `Set-Cookie` header that deletes a cookie.
pub(crate) fn clear(name: &str) -> Result<HeaderValue, axum::http::header::InvalidHeaderValue> {
    format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0").parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("x__Host-session=1; __Host-session=2; __Host-session=3"));
        headers.append(COOKIE, HeaderValue::from_static("__Host-language=az"));
        assert_eq!(read(&headers, SESSION), Some("2"));
        assert_eq!(read(&headers, LANGUAGE), Some("az"));
        assert_eq!(read(&headers, NOTICE), None);
    }

    #[test]
    fn no_script_and_no_other_site_gets_a_cookie() {
        for cookie in [set(SESSION, "t", Lifetime::Session).unwrap(), clear(SESSION).unwrap()] {
            let cookie = cookie.to_str().unwrap().to_owned();
            for part in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"] {
                assert!(cookie.contains(part), "{cookie}");
            }
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
    }
}
