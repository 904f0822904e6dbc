// SPDX-License-Identifier: Apache-2.0
//! Whole numbers as each language writes them in running text.
//!
//! Numbers of documents, cards and telephones are not numbers in this sense: they stay in Latin digits, as printed.

use crate::Language;

/// The separator between groups of three digits, and the sign before a negative number.
struct Marks {
    group: &'static str,
    minus: &'static str,
}

fn marks(language: Language) -> Marks {
    match language {
        Language::English => Marks { group: ",", minus: "-" },
        // A space at which no line breaks.
        Language::Azerbaijani | Language::Russian => Marks { group: "\u{a0}", minus: "-" },
        // The mark before the sign keeps it on the left of the digits.
        Language::Arabic | Language::Dari => Marks { group: "\u{66c}", minus: "\u{200e}-" },
    }
}

/// A whole number with groups of three digits: `1,234` in English, `۱٬۲۳۴` in Dari. Four digits are grouped too.
pub fn number(language: Language, value: i64) -> String {
    let marks = marks(language);
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    if value < 0 {
        text.push_str(marks.minus);
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push_str(marks.group);
        }
        text.push(digit);
    }
    localize_digits(language, &text)
}

/// Puts the language's own digits in the place of Latin ones.
pub(crate) fn localize_digits(language: Language, text: &str) -> String {
    let zero = match language {
        Language::Azerbaijani | Language::English | Language::Russian => return text.to_owned(),
        Language::Arabic => 0x660,
        Language::Dari => 0x6f0,
    };
    text.chars()
        .map(|letter| letter.to_digit(10).and_then(|digit| char::from_u32(zero + digit)).unwrap_or(letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_groups_and_writes_digits_its_own_way() {
        for (language, value, text) in [
            (Language::English, 1_234_567, "1,234,567"),
            (Language::English, 999, "999"),
            (Language::Azerbaijani, 1_234, "1\u{a0}234"),
            (Language::Russian, -250_000, "-250\u{a0}000"),
            (Language::Arabic, 1_234, "١٬٢٣٤"),
            (Language::Dari, 1_404, "۱٬۴۰۴"),
            (Language::Dari, 0, "۰"),
            (Language::English, i64::MIN, "-9,223,372,036,854,775,808"),
        ] {
            assert_eq!(number(language, value), text);
        }
    }
}
