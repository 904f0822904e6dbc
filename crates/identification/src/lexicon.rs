// SPDX-License-Identifier: Apache-2.0
//! The words that occur in the records, each once: records hold numbers, and what is known of a word is made once.

use std::collections::HashMap;

use crate::{
    hash::FoldHasher,
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

/// All words.
#[derive(Default)]
pub struct Lexicon {
    numbers: HashMap<Box<str>, u32, FoldHasher>,
    tokens: Vec<Token>,
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
        let number = u32::try_from(self.tokens.len()).expect("fewer words than numbers");
        self.tokens.push(Token::of(word));
        self.numbers.insert(word.into(), number);
        TokenId(number)
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
