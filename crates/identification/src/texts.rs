// SPDX-License-Identifier: Apache-2.0
//! Reasons in words, in the four languages of those who decide.

use std::{collections::HashMap, fmt::Write as _, sync::LazyLock};

use crate::{field::Field, score::Reason, table::rows};

/// A language of explanations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Azerbaijani.
    Azerbaijani,
    /// English.
    #[default]
    English,
    /// Russian.
    Russian,
    /// Dari.
    Dari,
}

impl Language {
    /// From its two letters: az, en, ru, fa.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "az" => Some(Self::Azerbaijani),
            "en" => Some(Self::English),
            "ru" => Some(Self::Russian),
            "fa" => Some(Self::Dari),
            _ => None,
        }
    }

    const fn column(self) -> usize {
        match self {
            Self::Azerbaijani => 1,
            Self::English => 2,
            Self::Russian => 3,
            Self::Dari => 4,
        }
    }
}

static TEXTS: LazyLock<HashMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| rows(include_str!("../data/texts.tsv")).map(|row| (row[0], row)).collect());

fn text(key: &str, language: Language) -> Option<&'static str> {
    TEXTS.get(key).and_then(|row| row.get(language.column())).copied()
}

/// What a field is called.
#[must_use]
pub fn field_text(field: Field, language: Language) -> &'static str {
    text(field.name(), language).unwrap_or(field.name())
}

/// What a level of agreement says.
#[must_use]
pub fn level_text(field: Option<Field>, level: &'static str, language: Language) -> &'static str {
    let own = field.and_then(|field| text(&format!("{}.{level}", field.name()), language));
    own.or_else(|| text(level, language)).unwrap_or(level)
}

/// Reasons on one line, each with its weight in bits: `given name: the same +8.1; …`. `column` gives the header of a column
/// that is known by kind only. The weights sum to that of the score.
#[must_use]
pub fn explanation<'a>(reasons: &[Reason], language: Language, column: impl Fn(usize) -> Option<&'a str>) -> String {
    let mut line = String::new();
    for reason in reasons {
        if !line.is_empty() {
            line.push_str("; ");
        }
        if let Some(field) = reason.field {
            let header = reason.column.and_then(&column);
            line.push_str(header.unwrap_or_else(|| field_text(field, language)));
            line.push_str(": ");
        }
        let _ = write!(line, "{} {:+.1}", level_text(reason.field, reason.level, language), reason.weight);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_and_level_has_a_text_in_every_language() {
        for language in [Language::Azerbaijani, Language::English, Language::Russian, Language::Dari] {
            for field in Field::ALL {
                assert!(text(field.name(), language).is_some(), "{field:?} {language:?}");
                for level in field.levels() {
                    let own = text(&format!("{}.{level}", field.name()), language).or_else(|| text(level, language));
                    assert!(own.is_some_and(|text| !text.is_empty()), "{field:?} {level} {language:?}");
                }
            }
        }
    }
}
