// SPDX-License-Identifier: Apache-2.0
//! Two names and nothing else: one number from 0 to 1.
//!
//! For lists of pairs of names. A name alone never says that two records are one person; the registry's score
//! ([`crate::score`]) asks for facts that are not names.

use std::cmp::Ordering;

use crate::{
    token::{Closeness, Token},
    words::{NameField, NameWords},
};

/// At and above this the two names are taken for one name.
pub const SAME_MIN: f32 = 0.86;
/// At and above this an officer is asked.
pub const ASK_MIN: f32 = 0.68;
/// The distance of sound at which two words have nothing in common.
const NOTHING_IN_COMMON: f32 = 0.42;
/// What a word counts that only the longer of two names has.
const LEFT_OVER: f32 = 0.25;

/// What comes of two names alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// One name in two spellings.
    Same,
    /// Perhaps; an officer looks.
    Ask,
    /// Different.
    New,
}

impl Band {
    /// The band of a score of names.
    #[must_use]
    pub fn of_names(score: f32) -> Self {
        match score {
            score if score >= SAME_MIN => Self::Same,
            score if score >= ASK_MIN => Self::Ask,
            _ => Self::New,
        }
    }

    /// How files call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Ask => "ask",
            Self::New => "new",
        }
    }
}

/// A whole name, read once and compared often.
pub struct WholeName {
    words: Vec<Token>,
    father: Vec<Token>,
}

impl WholeName {
    /// Reads a name as it is written in one field.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut words = NameWords::default();
        words.add(NameField::Whole, text);
        let read = |words: &[String]| words.iter().map(|word| Token::of(word)).collect::<Vec<Token>>();
        let mut all = read(&words.given);
        all.extend(read(&words.family));
        Self { words: all, father: read(&words.father) }
    }

    /// How alike two names are: 1 the same, 0 nothing in common. Symmetric.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f32 {
        let plain = similarity(&self.words, &other.words);
        if self.father.is_empty() && other.father.is_empty() {
            return plain;
        }
        // A father's name may stand among the words of the other.
        let with_fathers = |name: &Self| -> Vec<Token> { name.words.iter().chain(&name.father).cloned().collect() };
        let whole = similarity(&with_fathers(self), &with_fathers(other));
        if self.father.is_empty() || other.father.is_empty() {
            return plain.max(whole);
        }
        plain.min(whole)
    }
}

fn similarity(left: &[Token], right: &[Token]) -> f32 {
    if left.is_empty() || right.is_empty() {
        return 0.0;
    }
    match left.len().cmp(&right.len()) {
        Ordering::Less => laid(left, right),
        Ordering::Greater => laid(right, left),
        Ordering::Equal => laid(left, right).max(laid(right, left)),
    }
}

fn laid(few: &[Token], many: &[Token]) -> f32 {
    let mut pairs: Vec<(f32, usize, usize, usize)> = Vec::new();
    for (i, word) in few.iter().enumerate() {
        for (j, other) in many.iter().enumerate() {
            pairs.push((alike(word, other), i, j, 1));
            if let Some(next) = many.get(j + 1) {
                let joined = other.reading().joined(next.reading());
                let distance = word.reading().distance(&joined, NOTHING_IN_COMMON);
                pairs.push((1.0 - distance / NOTHING_IN_COMMON, i, j, 2));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    laid_together(few, many, &pairs)
}

/// Takes the best pairs first; what is left over of the shorter name counts whole, of the longer one in part.
fn laid_together(few: &[Token], many: &[Token], pairs: &[(f32, usize, usize, usize)]) -> f32 {
    let (mut used_few, mut used_many) = (vec![false; few.len()], vec![false; many.len()]);
    let (mut sum, mut mass) = (0.0, 0.0);
    for (alike, i, j, width) in pairs {
        if *alike <= 0.0 || used_few[*i] || used_many[*j..j + width].iter().any(|used| *used) {
            continue;
        }
        used_few[*i] = true;
        used_many[*j..j + width].iter_mut().for_each(|used| *used = true);
        let theirs: f32 = many[*j..j + width].iter().map(weight).sum();
        let both = f32::midpoint(weight(&few[*i]), theirs);
        sum += both * alike;
        mass += both;
    }
    let unused = |tokens: &[Token], used: &[bool]| -> f32 {
        tokens.iter().zip(used).filter(|(_, used)| !**used).map(|(token, _)| weight(token)).sum()
    };
    mass += unused(few, &used_few) + LEFT_OVER * unused(many, &used_many);
    // With one word on a side there is no second one that could agree.
    let alone = if few.len() == 1 && many.len() > 1 { 0.85 } else { 1.0 };
    (alone * sum / mass).clamp(0.0, 1.0)
}

/// Long words say more than short ones, but not in proportion.
fn weight(token: &Token) -> f32 {
    f32::from(token.reading().mass()).max(40.0).sqrt()
}

fn alike(left: &Token, right: &Token) -> f32 {
    match left.closeness(right) {
        Closeness::Equal => 1.0,
        Closeness::Initial => 0.6,
        Closeness::Variant => 0.85,
        Closeness::SameStem => 0.7,
        Closeness::SameSound => 1.0 - left.distance(right, NOTHING_IN_COMMON).min(0.07) / NOTHING_IN_COMMON / 2.0,
        Closeness::Close => 1.0 - left.distance(right, NOTHING_IN_COMMON).clamp(0.07, 0.17) / NOTHING_IN_COMMON,
        Closeness::Near | Closeness::Different => {
            (1.0 - left.distance(right, NOTHING_IN_COMMON).max(0.17) / NOTHING_IN_COMMON).max(0.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_across_scripts() {
        for (left, right, band) in [
            ("Məmmədov Əli Hüseyn oğlu", "Али Мамедов", Band::Same),
            ("Гусейнов Рашад", "Rəşad Hüseynov", Band::Same),
            ("محمد حسینی", "Mohammad Hosseini", Band::Same),
            ("Abdul Rahman Ahmadzai", "عبدالرحمن احمدزی", Band::Same),
            ("გიორგი ბერიძე", "Георгий Беридзе", Band::Same),
            ("Əli Məmmədov", "Vəli Həsənov", Band::New),
            ("محمد حسینی", "Ahmad Karimi", Band::New),
            ("Иван Петров", "Сергей Сидоров", Band::New),
        ] {
            let (left_name, right_name) = (WholeName::of(left), WholeName::of(right));
            let score = left_name.similarity(&right_name);
            assert_eq!(Band::of_names(score), band, "{left} {right} {score}");
            assert!((score - right_name.similarity(&left_name)).abs() < 1e-6);
        }
    }
}
