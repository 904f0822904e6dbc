// SPDX-License-Identifier: Apache-2.0
//! The languages Turna speaks, and which of them a browser asks for.

use std::{fmt, str::FromStr};

/// A longer `Accept-Language` header is not read at all; browsers send less than a hundred bytes.
pub const ACCEPT_LANGUAGE_BYTES_MAX: usize = 512;
/// Entries of the header that are read; nobody speaks more languages.
const ACCEPT_LANGUAGE_ENTRIES_MAX: usize = 32;

/// A language that whatever a person outside sees exists in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Azerbaijani in Latin script.
    Azerbaijani,
    /// English.
    English,
    /// Russian.
    Russian,
    /// Arabic.
    Arabic,
    /// Dari, the Persian of Afghanistan.
    Dari,
}

/// The side on which a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Lines begin on the left.
    LeftToRight,
    /// Lines begin on the right.
    RightToLeft,
}

impl Direction {
    /// The value of the attribute `dir` in HTML: `ltr` or `rtl`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A code that is none of `az`, `en`, `ru`, `ar`, `fa`.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownLanguage;

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of the languages az, en, ru, ar, fa")
    }
}

impl std::error::Error for UnknownLanguage {}

impl Language {
    /// All languages, in the order in which a page offers them.
    pub const ALL: [Self; 5] = [Self::Azerbaijani, Self::English, Self::Russian, Self::Arabic, Self::Dari];

    /// The languages of the pages that only those who work with the program see.
    pub const STAFF: [Self; 3] = [Self::Azerbaijani, Self::English, Self::Russian];

    /// The language of a staff page for who reads in this one.
    pub fn for_staff(self) -> Self {
        if Self::STAFF.contains(&self) { self } else { Self::English }
    }

    /// The two-letter code of ISO 639-1, as in addresses and in the names of folders.
    pub fn code(self) -> &'static str {
        match self {
            Self::Azerbaijani => "az",
            Self::English => "en",
            Self::Russian => "ru",
            Self::Arabic => "ar",
            Self::Dari => "fa",
        }
    }

    /// The language tag (BCP 47) for the attribute `lang` in HTML and for documents.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Dari => "fa-AF",
            other => other.code(),
        }
    }

    /// The language's name in itself, for the page's language choice.
    pub fn name(self) -> &'static str {
        match self {
            Self::Azerbaijani => "Azərbaycan dili",
            Self::English => "English",
            Self::Russian => "Русский",
            Self::Arabic => "العربية",
            Self::Dari => "دری",
        }
    }

    /// The side on which its lines begin.
    pub fn direction(self) -> Direction {
        match self {
            Self::Azerbaijani | Self::English | Self::Russian => Direction::LeftToRight,
            Self::Arabic | Self::Dari => Direction::RightToLeft,
        }
    }

    /// The language that suits an `Accept-Language` header best (RFC 9110, section 12.5.4); `None` if the header names
    /// none of ours, or is longer than [`ACCEPT_LANGUAGE_BYTES_MAX`]. Of equal weights the first one named wins.
    pub fn negotiate(accept_language: &str) -> Option<Self> {
        if accept_language.len() > ACCEPT_LANGUAGE_BYTES_MAX {
            return None;
        }
        let mut best: Option<(u16, Self)> = None;
        for entry in accept_language.split(',').take(ACCEPT_LANGUAGE_ENTRIES_MAX) {
            let mut parts = entry.split(';');
            let Some(language) = parts.next().and_then(Self::from_tag) else { continue };
            let Some(weight) = parts.next().map_or(Some(WEIGHT_MAX), weight) else { continue };
            if weight > best.map_or(0, |(weight, _)| weight) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }

    /// The language of a tag such as `ru-RU`; `prs` is the code of Dari in ISO 639-3.
    fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split('-').next()?;
        if primary.eq_ignore_ascii_case("prs") {
            return Some(Self::Dari);
        }
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|language| language.code() == code).ok_or(UnknownLanguage)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The weight of an entry without one, in thousandths.
const WEIGHT_MAX: u16 = 1000;

/// The weight in `q=0.8`, in thousandths: a 0 or 1 and up to three decimals.
fn weight(parameter: &str) -> Option<u16> {
    let value = parameter.trim().strip_prefix("q=")?;
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(whole, "0" | "1") || decimals.len() > 3 || !digits(decimals) {
        return None;
    }
    let thousandths: u16 = format!("{whole}{decimals:0<3}").parse().ok()?;
    (thousandths <= WEIGHT_MAX).then_some(thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_browser_gets_the_language_it_likes_best() {
        for (header, language) in [
            ("az", Some(Language::Azerbaijani)),
            ("ru-RU,ru;q=0.9,en;q=0.8", Some(Language::Russian)),
            ("tr, en;q=0.5, ar;q=0.7", Some(Language::Arabic)),
            ("fa-AF", Some(Language::Dari)),
            ("PRS", Some(Language::Dari)),
            ("en;q=0, ru;q=0.001", Some(Language::Russian)),
            ("en ; q=0.3, ru ; q=0.4", Some(Language::Russian)),
            ("en;q=2, ru;q=0.1", Some(Language::Russian)),
            ("en;q=1.001, ru;q=0.1", Some(Language::Russian)),
            ("en, ru", Some(Language::English)),
            ("de, *", None),
            ("azb", None),
            ("", None),
            (";;;,,,", None),
        ] {
            assert_eq!(Language::negotiate(header), language, "{header}");
        }
    }

    #[test]
    fn an_endless_header_is_not_read() {
        let mut header = "de,".repeat(ACCEPT_LANGUAGE_BYTES_MAX / 3);
        header.push_str("az");
        assert_eq!(Language::negotiate(&header), None);
        let many = format!("{}az", "d,".repeat(ACCEPT_LANGUAGE_ENTRIES_MAX));
        assert_eq!(Language::negotiate(&many), None);
    }

    #[test]
    fn codes_are_read_back() {
        for language in Language::ALL {
            assert_eq!(language.to_string().parse(), Ok(language));
        }
        assert_eq!("de".parse::<Language>(), Err(UnknownLanguage));
    }

    proptest! {
        #[test]
        fn no_header_is_answered_with_a_language_it_refuses(header in "[azenruprs;q=0.1*, -]{0,60}") {
            if let Some(language) = Language::negotiate(&header) {
                let named = header.split(',').any(|entry| {
                    Language::from_tag(entry.split(';').next().unwrap_or("")) == Some(language)
                });
                prop_assert!(named);
            }
        }

        #[test]
        fn no_header_breaks_the_negotiation(header in ".*") {
            Language::negotiate(&header);
        }
    }
}
