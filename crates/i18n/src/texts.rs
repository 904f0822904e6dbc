// SPDX-License-Identifier: Apache-2.0
//! The texts of the program in every language.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use crate::{Direction, Language, number};

/// Declares the files of the languages: one for each slice, all of which are part of the program.
macro_rules! slices {
    (public: $($public:literal)+; staff: $($staff:literal)+;) => {
        /// Slices that only those who work with the program see: in az, en and ru.
        pub const STAFF_SLICES: &[&str] = &[$($staff),+];

        /// Names and texts of a language's files.
        fn files(language: Language) -> Vec<(&'static str, &'static str)> {
            match language {
                Language::Azerbaijani => slices!(@files "az": $($public)+ $($staff)+),
                Language::English => slices!(@files "en": $($public)+ $($staff)+),
                Language::Russian => slices!(@files "ru": $($public)+ $($staff)+),
                Language::Arabic => slices!(@files "ar": $($public)+),
                Language::Dari => slices!(@files "fa": $($public)+),
            }
        }
    };
    (@files $language:literal: $($slice:literal)+) => {
        vec![$((
            concat!($language, "/", $slice, ".ftl"),
            include_str!(concat!("../../../locales/", $language, "/", $slice, ".ftl")),
        )),+]
    };
}

slices! {
    public:
        "assistance"
        "asylum"
        "audit"
        "cards"
        "enforcement"
        "file"
        "form"
        "home"
        "law"
        "news"
        "receipt"
        "refusal"
        "site"
        "terms"
        "verify";
    staff:
        "account"
        "administration"
        "claims"
        "desk"
        "editor"
        "head"
        "help"
        "oversight"
        "registry"
        "work";
}

/// A value put into a text.
#[derive(Clone)]
pub enum Argument<'a> {
    /// A name, a date already written in the language, a document number: shown as it is.
    Text(Cow<'a, str>),
    /// A count: chooses the plural, and is shown as the language writes numbers.
    Count(u32),
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Argument<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<&'a String> for Argument<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<u32> for Argument<'_> {
    fn from(count: u32) -> Self {
        Self::Count(count)
    }
}

/// All texts, parsed once when the program starts; shared freely between threads.
pub struct Texts {
    /// In the order of [`Language::ALL`].
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Default for Texts {
    fn default() -> Self {
        Self::new()
    }
}

impl Texts {
    /// Parses the texts that are part of the program.
    pub fn new() -> Self {
        Self { bundles: Language::ALL.into_iter().map(bundle).collect() }
    }

    /// A text without variables.
    ///
    /// A key that does not exist is shown itself, so that a page with a mistake can still be used; a test finds it.
    pub fn get(&self, language: Language, key: &str) -> String {
        self.format(language, key, &[])
    }

    /// A text with its variables filled in. In languages written from the right, each value is set apart (Unicode
    /// isolates), so that a Latin name or a telephone number does not turn the words around it about.
    ///
    /// A key that does not exist is shown itself, a missing variable as `{$name}`.
    pub fn format(&self, language: Language, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        let index = Language::ALL.iter().position(|each| *each == language);
        let Some(bundle) = index.and_then(|index| self.bundles.get(index)) else { return key.to_owned() };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            values.set(
                *name,
                match argument {
                    Argument::Text(text) => FluentValue::String(Cow::Borrowed(text.as_ref())),
                    Argument::Count(count) => FluentValue::from(*count),
                },
            );
        }
        // Errors are missing variables, which the text then shows.
        bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }

    /// Whether a text exists in a language.
    pub fn has(&self, language: Language, key: &str) -> bool {
        let index = Language::ALL.iter().position(|each| *each == language);
        index.and_then(|index| self.bundles.get(index)).is_some_and(|bundle| bundle.has_message(key))
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let tag = language.code().parse().expect("the codes of the languages are valid tags");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(language.direction() == Direction::RightToLeft);
    // The library takes a function without captures, so each language has its own.
    bundle.set_formatter(Some(match language {
        Language::Azerbaijani => |value, _| count_text(Language::Azerbaijani, value),
        Language::English => |value, _| count_text(Language::English, value),
        Language::Russian => |value, _| count_text(Language::Russian, value),
        Language::Arabic => |value, _| count_text(Language::Arabic, value),
        Language::Dari => |value, _| count_text(Language::Dari, value),
    }));
    for (name, text) in files(language) {
        let resource = FluentResource::try_new(text.to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{name} is not Fluent, though a test parses it: {errors:?}"));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{name} repeats a key, though a test looks for that: {errors:?}");
        }
    }
    bundle
}

/// A count as the language writes it. The library holds numbers as floats; a `u32` survives that exactly.
fn count_text(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(count) => Some(number(language, count.value as i64)),
        _ => None,
    }
}
