// SPDX-License-Identifier: Apache-2.0
//! Texts as a reader sees them.

use i18n::{Argument, Language, Texts};

#[test]
fn a_value_in_a_text_written_from_the_right_is_set_apart() {
    let texts = Texts::new();
    let phone = [("phone", Argument::from("+994 12 919"))];
    let arabic = texts.format(Language::Arabic, "card-check-call", &phone);
    assert!(arabic.contains("\u{2068}+994 12 919\u{2069}"), "{arabic:?}");
    let english = texts.format(Language::English, "card-check-call", &phone);
    assert_eq!(english, "Questions? Call +994 12 919.");
}

#[test]
fn counts_choose_their_plural_and_are_written_as_the_language_does() {
    let texts = Texts::new();
    for (language, count, part) in [
        (Language::English, 0, "Nobody has opened"),
        (Language::English, 1, "opened once"),
        (Language::English, 1_200, "opened 1,200 times"),
        (Language::Azerbaijani, 1, "bir dəfə açılıb"),
        (Language::Azerbaijani, 7, "7 dəfə açılıb"),
        (Language::Russian, 1, "1 раз."),
        (Language::Russian, 3, "3 раза."),
        (Language::Russian, 11, "11 раз."),
        (Language::Russian, 22, "22 раза."),
        (Language::Arabic, 0, "لم يفتح أحد"),
        (Language::Arabic, 2, "مرتين"),
        (Language::Arabic, 5, "\u{2068}٥\u{2069} مرات"),
        (Language::Arabic, 11, "\u{2068}١١\u{2069} مرة"),
        (Language::Dari, 0, "هیچ‌کس"),
        (Language::Dari, 14, "\u{2068}۱۴\u{2069} بار"),
    ] {
        let text = texts.format(language, "audit-looked-count", &[("count", Argument::from(count))]);
        assert!(text.contains(part), "{language} {count}: {text:?}");
    }
}

#[test]
fn a_mistake_stays_visible_and_breaks_nothing() {
    let texts = Texts::new();
    assert_eq!(texts.get(Language::English, "no-such-key"), "no-such-key");
    assert_eq!(texts.get(Language::English, "card-check-call"), "Questions? Call {$phone}.");
}

#[test]
fn every_negative_answer_can_say_the_four_sentences() {
    let texts = Texts::new();
    for language in Language::ALL {
        for key in ["card-check-person", "card-check-rights", "card-check-return", "card-check-call"] {
            assert!(texts.has(language, key), "{language} {key}");
        }
    }
}
