// SPDX-License-Identifier: Apache-2.0
//! The words that occur in the records, each once: records hold numbers, and what is known of a word is made once.

use std::{cell::Cell, collections::HashMap};

use crate::{
    hash::{self, FoldHasher},
    token::{Closeness, Token},
};

/// The number of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenId(u32);

impl TokenId {
    pub(crate) const fn number(self) -> u32 {
        self.0
    }

    pub(crate) const fn of_number(number: u32) -> Self {
        Self(number)
    }
}

/// How close pairs of words were found to be, for one thread: the same pairs come again and again.
pub(crate) struct Found {
    places: Vec<Cell<u64>>,
}

/// Pairs that are kept; as much as a core has near by.
const FOUND_BITS: u32 = 16;
const FOUND_SMALL_BITS: u32 = 12;
const NOTHING: u64 = u64::MAX;

impl Default for Found {
    fn default() -> Self {
        Self { places: vec![Cell::new(NOTHING); 1 << FOUND_BITS] }
    }
}

impl Found {
    /// For one question, whose words are forgotten after it.
    pub(crate) fn small() -> Self {
        Self { places: vec![Cell::new(NOTHING); 1 << FOUND_SMALL_BITS] }
    }
}

/// The lexicon with the memory of one thread.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) lexicon: &'a Lexicon,
    found: &'a Found,
}

impl<'a> Words<'a> {
    pub(crate) const fn new(lexicon: &'a Lexicon, found: &'a Found) -> Self {
        Self { lexicon, found }
    }

    pub(crate) fn token(&self, id: TokenId) -> &'a Token {
        self.lexicon.token(id)
    }

    /// How close two words are. Numbers of words above thirty bits are not remembered.
    pub(crate) fn closeness(&self, left: TokenId, right: TokenId) -> Closeness {
        if left == right {
            return Closeness::Equal;
        }
        let (low, high) = (left.0.min(right.0), left.0.max(right.0));
        let pair = u64::from(low) << 32 | u64::from(high);
        // The number of places is a power of two.
        let place = usize::try_from(hash::mix(pair)).unwrap_or(0) & (self.found.places.len() - 1);
        // Four bits of the upper number's place hold the answer.
        let is_small = low < 1 << 28;
        let kept = self.found.places[place].get();
        if is_small && kept >> 4 == pair & (NOTHING >> 4) && kept != NOTHING {
            return Closeness::of_number(kept & 15);
        }
        let closeness = self.lexicon.closeness(left, right);
        if is_small {
            self.found.places[place].set(pair << 4 | closeness as u64);
        }
        closeness
    }
}

/// All words.
#[derive(Default)]
pub struct Lexicon {
    numbers: HashMap<Box<str>, u32, FoldHasher>,
    tokens: Vec<Token>,
    /// New words of a question, to be forgotten after it; nothing while records are taken in.
    questioned: Option<Vec<Box<str>>>,
}

impl Lexicon {
    /// The number of a folded word, which is read if it is new.
    ///
    /// # Panics
    /// With more than four thousand million words.
    pub fn number(&mut self, word: &str) -> TokenId {
        if let Some(number) = self.numbers.get(word) {
            return TokenId(*number);
        }
        self.insert(word, Token::of(word))
    }

    /// The number of a place, folded and without spaces.
    pub fn place(&mut self, place: &str) -> TokenId {
        // Places are words of their own kind: their variants are those of the gazetteer.
        let marked = format!("@{place}");
        if let Some(number) = self.numbers.get(marked.as_str()) {
            return TokenId(*number);
        }
        self.insert(&marked, Token::of_place(place))
    }

    fn insert(&mut self, word: &str, token: Token) -> TokenId {
        let number = u32::try_from(self.tokens.len()).expect("fewer words than numbers");
        self.tokens.push(token);
        self.numbers.insert(word.into(), number);
        if let Some(questioned) = &mut self.questioned {
            questioned.push(word.into());
        }
        TokenId(number)
    }

    /// From here on words belong to a question.
    pub(crate) fn begin_question(&mut self) {
        self.questioned = Some(Vec::new());
    }

    /// Forgets the words that only the question had.
    pub(crate) fn end_question(&mut self) {
        for word in self.questioned.take().unwrap_or_default() {
            self.numbers.remove(&word);
            self.tokens.pop();
        }
    }

    /// The word.
    #[must_use]
    pub fn token(&self, id: TokenId) -> &Token {
        &self.tokens[id.0 as usize]
    }

    /// Words in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// How close two words are.
    #[must_use]
    pub fn closeness(&self, left: TokenId, right: TokenId) -> Closeness {
        if left == right { Closeness::Equal } else { self.token(left).closeness(self.token(right)) }
    }
}
