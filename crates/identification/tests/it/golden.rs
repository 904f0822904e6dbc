// SPDX-License-Identifier: Apache-2.0
//! Golden tables: names that are one and names that are not, per pair of languages.

use identification::{
    script,
    token::{Closeness, Token},
};

fn token(word: &str) -> Token {
    Token::of(&script::folded_text(word).replace(' ', ""))
}

/// The Arabic article is taken off before a word is compared, as the engine does.
fn word(text: &str) -> Token {
    let mut names = identification::words::NameWords::default();
    names.add(identification::words::NameField::Given, text);
    names.given.first().map_or_else(|| token(text), |word| Token::of(word))
}

#[test]
fn words_are_one_name_or_not_as_the_golden_table_says() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in include_str!("../golden/words.tsv").lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [languages, left, right, verdict] = columns[..] else { panic!("{line}") };
        rows += 1;
        let (first, second) = (word(left), word(right));
        let closeness = first.closeness(&second);
        assert_eq!(closeness, second.closeness(&first), "symmetry: {line}");
        let is_right = match verdict {
            "same" => closeness <= Closeness::Close,
            "variant" => closeness == Closeness::Variant || closeness <= Closeness::Close,
            "stem" => closeness == Closeness::SameStem,
            "not" => matches!(closeness, Closeness::Different | Closeness::Near),
            "hard" => closeness >= Closeness::Close,
            _ => panic!("{line}"),
        };
        if !is_right {
            wrong.push(format!(
                "{languages} {left} {right} {verdict}: {closeness:?} {:.3}",
                first.distance(&second, 1.0)
            ));
        }
    }
    assert!(rows > 300);
    assert!(wrong.is_empty(), "{} of {rows}:\n{}", wrong.len(), wrong.join("\n"));
}
