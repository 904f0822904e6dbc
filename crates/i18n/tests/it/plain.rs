// SPDX-License-Identifier: Apache-2.0
//! What the people read is in plain words: short sentences in every language.

use std::{fs, path::Path};

use i18n::Language;

/// Slices that people read on their telephones.
const SLICES: [&str; 6] = ["file", "home", "law", "news", "terms", "verify"];
/// The mean length of a sentence, in words.
const MEAN_WORDS_MAX: f64 = 15.0;
/// The longest sentence, in words.
const WORDS_MAX: usize = 25;

/// The sentences of a file of texts; labels without a full stop count as one.
fn sentences(ftl: &str) -> Vec<String> {
    let values = ftl.lines().filter(|line| !line.starts_with('#') && !line.starts_with('}'));
    let values = values.map(|line| line.split_once(" = ").map_or(line.trim(), |(_, value)| value));
    values
        .flat_map(|value| value.split_inclusive(['.', '?', '!', '؟', ':', '…']))
        .map(|sentence| sentence.trim().to_owned())
        .filter(|sentence| sentence.chars().any(char::is_alphabetic))
        .collect()
}

fn words(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

#[test]
fn sentences_for_the_people_are_short_in_every_language() {
    for language in Language::ALL {
        for slice in SLICES {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(language.code());
            let text = fs::read_to_string(path.join(format!("{slice}.ftl"))).unwrap();
            let sentences = sentences(&text);
            // Labels of one or two words would make any text look plain.
            let lengths: Vec<usize> = sentences.iter().map(|text| words(text)).filter(|&count| count > 3).collect();
            assert!(lengths.len() >= 3, "{language} {slice}: {} sentences", lengths.len());
            let mean = lengths.iter().sum::<usize>() as f64 / lengths.len() as f64;
            assert!(mean <= MEAN_WORDS_MAX, "{language} {slice}: {mean:.1} words in the mean");
            let long: Vec<_> = sentences.iter().filter(|text| words(text) > WORDS_MAX).collect();
            assert!(long.is_empty(), "{language} {slice}: {long:?}");
        }
    }
}

#[test]
fn sentences_are_told_apart() {
    let found = sentences(
        "# a comment. no\na-b-c = One two. Three: four!\na-b-d = { $n ->\n    [one] Five\n   *[other] Six\n}\n",
    );
    assert_eq!(found, ["One two.", "Three:", "four!", "{ $n ->", "[one] Five", "*[other] Six"]);
    assert_eq!(words("Call { $phone }, please."), 3);
}
