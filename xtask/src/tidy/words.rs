// SPDX-License-Identifier: Apache-2.0
//! Rules about words: what is never said of a person.

use super::File;

/// Words that call a person unlawful or foreign to mankind, in each language of the screens. An act may be against the
/// law, and the texts say so with other words; a person is never illegal.
const WORDS: [(&str, &[&str]); 5] = [
    ("az", &["qanunsuz", "qeyri-leqal", "illeqal"]),
    ("en", &["illegal", "alien"]),
    ("ru", &["нелегал", "незаконный мигрант", "незаконные мигрант"]),
    ("ar", &["غير شرعي", "غير الشرعي", "غير قانوني", "غير القانوني"]),
    ("fa", &["غیرقانونی", "غیر قانونی", "غیر\u{200c}قانونی"]),
];

/// The texts in `locales/` and the pages call nobody illegal.
pub(super) fn of_persons(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is("ftl") || file.is("html")) {
        let language = file.path.strip_prefix("locales/").and_then(|rest| rest.split('/').next()).unwrap_or("en");
        let banned = WORDS.iter().filter(|(code, _)| *code == language).flat_map(|(_, words)| words.iter());
        for word in banned {
            for (number, line) in file.text.lines().enumerate() {
                if line.to_lowercase().contains(word) {
                    findings.push(format!("{}:{}: `{word}` is not said of a person", file.path, number + 1));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_never_called_illegal() {
        for (path, text, count) in [
            ("locales/en/cards.ftl", "a = x\nb = Illegal migrant", 1),
            ("locales/en/cards.ftl", "b = irregular migrant", 0),
            ("locales/ru/cards.ftl", "b = Нелегальный мигрант", 1),
            ("locales/fa/cards.ftl", "b = مهاجر غیرقانونی", 1),
            ("crates/web/templates/a.html", "<p>illegal</p>", 1),
            ("crates/web/src/a.rs", "illegal", 0),
        ] {
            let files = [File { path: path.to_owned(), text: text.to_owned() }];
            assert_eq!(of_persons(&files).len(), count, "{path}");
        }
    }
}
