// SPDX-License-Identifier: Apache-2.0
//! Measures the palette of `static/turna.css`: every colour has a value by day and by night, and what is written can be read.

use std::collections::BTreeMap;

use super::FILES;

/// The least contrast of text with its ground (WCAG 2.2, success criterion 1.4.3).
const TEXT_CONTRAST_MIN: f64 = 4.5;
/// The least contrast of a line that tells something, such as the frame of a field (success criterion 1.4.11).
const LINE_CONTRAST_MIN: f64 = 3.0;

/// Grounds that any text may stand on.
const GROUNDS: [&str; 4] = [
    "--govuk-body-background-colour",
    "--govuk-template-background-colour",
    "--govuk-surface-background-colour",
    "--turna-raised",
];

/// Colours of text on those grounds.
const INKS: [&str; 15] = [
    "--govuk-text-colour",
    "--govuk-surface-text-colour",
    "--govuk-secondary-text-colour",
    "--govuk-link-colour",
    "--govuk-link-hover-colour",
    "--govuk-link-active-colour",
    "--govuk-link-visited-colour",
    "--govuk-brand-colour",
    "--govuk-error-colour",
    "--govuk-success-colour",
    "--turna-blue",
    "--turna-orange",
    "--turna-purple",
    "--turna-pink",
    "--turna-red",
];

/// Text and ground that belong together.
const PAIRS: [(&str, &str); 24] = [
    ("--govuk-inverse-text-colour", "--turna-brand-surface"),
    ("--govuk-inverse-text-colour", "--turna-good-surface"),
    ("--govuk-inverse-text-colour", "--turna-doubt-surface"),
    ("--govuk-inverse-text-colour", "--turna-button"),
    ("--govuk-inverse-text-colour", "--turna-button-hover"),
    ("--govuk-inverse-text-colour", "--turna-danger"),
    ("--govuk-inverse-text-colour", "--turna-danger-hover"),
    ("--govuk-inverse-text-colour", "--turna-black"),
    ("--govuk-focus-text-colour", "--govuk-focus-colour"),
    ("--govuk-text-colour", "--turna-soft"),
    ("--govuk-text-colour", "--turna-soft-hover"),
    ("--govuk-text-colour", "--turna-yellow-surface"),
    ("--govuk-secondary-text-colour", "--turna-soft"),
    ("--govuk-link-colour", "--turna-soft"),
    ("--govuk-link-hover-colour", "--turna-soft"),
    ("--turna-blue", "--turna-blue-surface"),
    ("--turna-green", "--turna-green-surface"),
    ("--turna-teal", "--turna-teal-surface"),
    ("--turna-purple", "--turna-purple-surface"),
    ("--turna-pink", "--turna-pink-surface"),
    ("--turna-red", "--turna-red-surface"),
    ("--turna-orange", "--turna-orange-surface"),
    ("--turna-orange", "--turna-yellow-surface"),
    ("--govuk-body-background-colour", "--govuk-text-colour"),
];

/// Lines and marks that tell something.
const LINES: [&str; 8] = [
    "--govuk-input-border-colour",
    "--turna-soft-shadow",
    "--turna-series-1",
    "--turna-series-2",
    "--turna-series-3",
    "--turna-series-4",
    "--turna-series-5",
    "--turna-series-6",
];

fn text(name: &str) -> &'static str {
    let (_, bytes) = FILES.iter().find(|(each, _)| *each == name).unwrap();
    std::str::from_utf8(bytes).unwrap()
}

/// The colours set in the `:root` that follows the given words.
fn palette(after: &str) -> BTreeMap<&'static str, &'static str> {
    let style = text("turna.css");
    let from = style.find(after).unwrap() + after.len();
    let block = style[from..].split_once('{').unwrap().1.split_once('}').unwrap().0;
    let properties = block.split(';').filter_map(|line| line.split_once(':'));
    properties.map(|(name, value)| (name.trim(), value.trim())).filter(|(_, value)| value.starts_with('#')).collect()
}

fn palettes() -> [(&'static str, BTreeMap<&'static str, &'static str>); 2] {
    [("day", palette("/* ---- Palette")), ("night", palette("(prefers-color-scheme: dark) {"))]
}

/// Relative luminance of `#rrggbb` (WCAG 2.2, glossary).
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_contrast_of_black_and_white_is_twenty_one() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.001);
    // The example in the understanding document of success criterion 1.4.3.
    assert!(contrast("#777777", "#ffffff") < TEXT_CONTRAST_MIN && contrast("#767676", "#ffffff") > TEXT_CONTRAST_MIN);
}

#[test]
fn everything_written_can_be_read_by_day_and_by_night() {
    let mut unreadable = Vec::new();
    for (time, palette) in palettes() {
        let on_grounds = |inks: &'static [&'static str], least| {
            inks.iter().flat_map(move |ink| GROUNDS.map(|ground| (*ink, ground, least)))
        };
        let pairs = PAIRS.into_iter().map(|(ink, ground)| (ink, ground, TEXT_CONTRAST_MIN));
        for (ink, ground, least) in
            on_grounds(&INKS, TEXT_CONTRAST_MIN).chain(on_grounds(&LINES, LINE_CONTRAST_MIN)).chain(pairs)
        {
            let contrast = contrast(palette[ink], palette[ground]);
            if contrast < least {
                unreadable.push(format!("{time}: {ink} on {ground}: {contrast:.2} < {least}"));
            }
        }
    }
    assert!(unreadable.is_empty(), "{}", unreadable.join("\n"));
}

#[test]
fn every_colour_that_is_used_has_a_value_by_day_and_by_night() {
    let [(_, day), (_, night)] = palettes();
    assert_eq!(day.keys().collect::<Vec<_>>(), night.keys().collect::<Vec<_>>());
    for file in ["turna.css", "components-ltr.css", "components-rtl.css"] {
        for used in text(file).split("var(").skip(1).map(|rest| rest.split([')', ',']).next().unwrap()) {
            let is_known = day.contains_key(used) || used.starts_with("--turna-font") || used.starts_with("--_govuk-");
            assert!(is_known, "{file} uses {used}, which has no value");
        }
    }
}

#[test]
fn our_own_style_serves_both_directions() {
    for line in text("turna.css").lines().filter(|line| !line.trim_start().starts_with("/*")) {
        for physical in ["left:", "right:", "-left", "-right", "width:", "height:"] {
            let is_query = line.trim_start().starts_with("@media");
            let is_allowed = ["border-width:", "stroke-width:", "line-height:"].iter().any(|word| line.contains(word));
            assert!(is_query || is_allowed || !line.contains(physical), "{line}");
        }
    }
}
