// SPDX-License-Identifier: Apache-2.0
//! What the public site tells: kinds of items, where they stand, and what of a person they show.

use std::{collections::BTreeSet, fmt};

use crate::{refusal::Refusal, text_enum::UnknownWord};

crate::text_enum! {
    /// What an item is.
    pub enum ContentKind {
        /// News.
        News = "news",
        /// An event with a programme.
        Event = "event",
        /// A statement, attributed to the office that makes it.
        Statement = "statement",
        /// An exhibition.
        Exhibition = "exhibition",
        /// A piece of an exhibition.
        Exhibit = "exhibit",
        /// A hand-over of cards and gifts.
        HandOver = "hand_over",
        /// A film.
        Film = "film",
    }
}

crate::text_enum! {
    /// Where an item stands.
    pub enum ContentState {
        /// Being written.
        Draft = "draft",
        /// Written in every language of the site.
        Translated = "translated",
        /// To be read by everybody.
        Published = "published",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

crate::text_enum! {
    /// What of a person an item can show. Each needs a consent of its own.
    pub enum Showing {
        /// Her name.
        Name = "name",
        /// Her face.
        Face = "face",
        /// Her words of thanks.
        Thanks = "thanks",
    }
}

impl ContentState {
    /// Whether a text may be written in this state: what is published is first withdrawn.
    ///
    /// # Errors
    /// A refusal.
    pub fn may_be_written(self) -> Result<(), Refusal> {
        match self {
            Self::Published => Err(Refusal::AlreadyRecorded("a published item: withdraw it first".into())),
            Self::Draft | Self::Translated | Self::Withdrawn => Ok(()),
        }
    }
}

/// What of a person an item shows; nothing for most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shows(BTreeSet<Showing>);

impl Shows {
    /// Reads the words, set apart by spaces.
    ///
    /// # Errors
    /// When a word is unknown.
    pub fn parse(text: &str) -> Result<Self, UnknownWord> {
        text.split_whitespace().map(str::parse).collect::<Result<_, _>>().map(Self)
    }

    /// What it shows, in order.
    pub fn iter(&self) -> impl Iterator<Item = Showing> {
        self.0.iter().copied()
    }

    /// Whether it shows nothing of a person.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it shows this.
    pub fn has(&self, showing: Showing) -> bool {
        self.0.contains(&showing)
    }
}

impl fmt::Display for Shows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|showing| showing.as_str()).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_item_shows_is_written_and_read_in_the_same_words() {
        for (text, written) in [("", ""), ("face", "face"), (" thanks  name ", "name thanks"), ("name name", "name")] {
            assert_eq!(Shows::parse(text).unwrap().to_string(), written);
        }
        assert!(Shows::parse("fingerprint").is_err());
    }

    #[test]
    fn what_is_published_is_not_written_over() {
        let refused: Vec<_> = ContentState::ALL.iter().filter(|state| state.may_be_written().is_err()).collect();
        assert_eq!(refused, [&ContentState::Published]);
    }
}
