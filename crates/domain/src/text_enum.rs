// SPDX-License-Identifier: Apache-2.0
//! One way for all enumerations to be written down: the same lower-case word in database, JSON, files and command line.

/// A text that is none of an enumeration's words.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{given:?} is none of: {allowed}")]
pub struct UnknownWord {
    /// What was given, shortened.
    pub given: String,
    /// The words allowed.
    pub allowed: String,
}

/// Characters of a wrong word that an error repeats.
const WORD_SHOWN_MAX: usize = 40;

impl UnknownWord {
    /// An error for a text that is none of these words.
    pub fn new(given: &str, allowed: &[&str]) -> Self {
        Self { given: given.chars().take(WORD_SHOWN_MAX).collect(), allowed: allowed.join(", ") }
    }
}

/// Declares an enumeration with its words.
#[macro_export]
macro_rules! text_enum {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Every word, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word that stands for it in database, JSON and files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text_enum::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::text_enum::UnknownWord::new(text, Self::WORDS)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
