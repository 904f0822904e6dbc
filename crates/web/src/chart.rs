// SPDX-License-Identifier: Apache-2.0
//! Plots as SVG, drawn here: readable by a screen reader, in print, by night and without colour. Each stands beside its
//! table; colours come from the style sheet by class.

use std::fmt::Write as _;

/// Width of every plot in its own units; the page scales it.
const WIDTH: i64 = 400;
/// Characters of a label that fit on one line.
const LINE_CHARACTERS: usize = 52;
/// Height of a line of text.
const LINE: i64 = 18;
/// Thickness of a bar.
const BAR: i64 = 14;
/// Room for the figure after a bar.
const FIGURE: i64 = 70;

/// A bar: a part of each series, one after another.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    /// What it counts.
    pub(crate) label: String,
    /// The parts, one for each series.
    pub(crate) parts: Vec<i64>,
    /// The figure written after it.
    pub(crate) figure: String,
}

/// A group of columns that stand side by side, one for each series.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// What stands below it.
    pub(crate) label: String,
    /// What stands below that, such as a year; may be empty.
    pub(crate) below: String,
    /// The heights, one for each series.
    pub(crate) values: Vec<i64>,
}

/// What a plot says about itself.
#[derive(Clone, Debug)]
pub(crate) struct Caption {
    /// Identifier on the page.
    pub(crate) id: &'static str,
    /// Title.
    pub(crate) title: String,
    /// What it shows, in a sentence.
    pub(crate) description: String,
    /// Names of the series; one series needs none.
    pub(crate) series: Vec<String>,
}

/// Horizontal bars, each below its label.
pub(crate) fn bars(caption: &Caption, bars: &[Bar]) -> String {
    let longest = bars.iter().map(|bar| bar.parts.iter().sum::<i64>()).max().unwrap_or(0).max(1);
    let mut body = String::new();
    let mut y = legend(&mut body, caption);
    for bar in bars {
        for line in lines(&bar.label) {
            y += LINE;
            text(&mut body, (0, y), "", &line);
        }
        y += 6;
        let mut x = 0;
        for (series, part) in bar.parts.iter().enumerate() {
            let width = (part.max(&0) * (WIDTH - FIGURE)) / longest;
            rect(&mut body, series, (x, y, width, BAR));
            x += width;
        }
        text(&mut body, (x + 6, y + BAR - 2), "quiet", &bar.figure);
        y += BAR + 8;
    }
    frame(caption, y, &body)
}

/// Groups of columns over a common line.
pub(crate) fn columns(caption: &Caption, groups: &[Group]) -> String {
    const HEIGHT: i64 = 130;
    let highest = groups.iter().flat_map(|group| &group.values).copied().max().unwrap_or(0).max(1);
    let mut body = String::new();
    let top = legend(&mut body, caption) + LINE;
    let base = top + HEIGHT;
    let count = i64::try_from(groups.len()).unwrap_or(1).max(1);
    let step = WIDTH / count;
    for (index, group) in (0..).zip(groups) {
        let series = i64::try_from(group.values.len()).unwrap_or(1).max(1);
        let width = ((step - 6) / series).max(2);
        for (place, value) in (0..).zip(&group.values) {
            let height = (value.max(&0) * HEIGHT) / highest;
            let x = index * step + 3 + place * width;
            rect(&mut body, usize::try_from(place).unwrap_or(0), (x, base - height, width - 1, height));
            if *value > 0 {
                let middle = x + width / 2;
                let _ = write!(
                    body,
                    "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-size=\"10\">{value}</text>",
                    base - height - 3
                );
            }
        }
        let middle = index * step + step / 2;
        for (below, label) in [(LINE - 3, &group.label), (2 * LINE - 4, &group.below)] {
            let (y, label) = (base + below, escape(label));
            let _ = write!(
                body,
                "<text class=\"quiet\" x=\"{middle}\" y=\"{y}\" text-anchor=\"middle\" font-size=\"11\">{label}</text>"
            );
        }
    }
    let _ = write!(body, "<path class=\"axis\" d=\"M0 {base}H{WIDTH}\"/>");
    frame(caption, base + 2 * LINE, &body)
}

/// The names of the series, where there are several; returns the height that they take.
fn legend(body: &mut String, caption: &Caption) -> i64 {
    if caption.series.len() < 2 {
        return 0;
    }
    let mut y = 0;
    for (series, name) in caption.series.iter().enumerate() {
        rect(body, series, (1, y + 3, 12, 12));
        text(body, (20, y + LINE - 4), "", name);
        y += LINE;
    }
    y + 4
}

/// The parts of the first series are filled, those of others are outlines: they differ without colour.
fn rect(body: &mut String, series: usize, (x, y, width, height): (i64, i64, i64, i64)) {
    if width <= 0 || height <= 0 {
        return;
    }
    let line = if series == 0 { "" } else { " line" };
    let number = series % 6 + 1;
    let inset = i64::from(series > 0);
    let (x, y, width, height) = (x + inset, y + inset, (width - 2 * inset).max(1), (height - 2 * inset).max(1));
    let _ = write!(
        body,
        "<rect class=\"series-{number}{line}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
    );
}

fn text(body: &mut String, (x, y): (i64, i64), class: &str, words: &str) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _ = write!(body, "<text{class} x=\"{x}\" y=\"{y}\">{}</text>", escape(words));
}

/// A label on as many lines as it needs.
fn lines(label: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in label.split_whitespace() {
        let last = lines.last_mut().map_or(0, |line| line.chars().count());
        if last > 0 && last + 1 + word.chars().count() > LINE_CHARACTERS {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

fn frame(caption: &Caption, height: i64, body: &str) -> String {
    let Caption { id, title, description, .. } = caption;
    let (title, description, height) = (escape(title), escape(description), height.max(1));
    format!(
        "<svg class=\"turna-chart turna-chart--narrow\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" \
         aria-labelledby=\"{id}-title {id}-description\"><title id=\"{id}-title\">{title}</title>\
         <desc id=\"{id}-description\">{description}</desc>{body}</svg>"
    )
}

/// A text as it stands in XML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caption(series: &[&str]) -> Caption {
        let (title, description) = ("Load".into(), "Open cases by officer".into());
        Caption { id: "load", title, description, series: series.iter().map(|name| (*name).to_owned()).collect() }
    }

    #[test]
    fn a_bar_is_as_long_as_its_share_of_the_longest() {
        let bar = |label: &str, parts: &[i64]| Bar { label: label.into(), parts: parts.into(), figure: "n".into() };
        let svg = bars(&caption(&[]), &[bar("a", &[100]), bar("b", &[50]), bar("none", &[0])]);
        let longest = WIDTH - FIGURE;
        assert!(svg.contains(&format!("width=\"{longest}\"")), "{svg}");
        assert!(svg.contains(&format!("width=\"{}\"", longest / 2)), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 2, "nothing is drawn for none");
    }

    #[test]
    fn series_differ_without_colour_and_are_named() {
        let svg = columns(
            &caption(&["opened", "decided"]),
            &[Group { label: "06".into(), below: "2025".into(), values: vec![4, 2] }],
        );
        assert!(svg.contains("series-1\"") && svg.contains("series-2 line\""), "{svg}");
        assert!(svg.contains(">opened<") && svg.contains(">decided<") && svg.contains(">4<"), "{svg}");
    }

    #[test]
    fn names_cannot_leave_their_element() {
        let hostile = "</text><script>alert('x')</script>\"";
        let bar = Bar { label: hostile.into(), parts: vec![1], figure: hostile.into() };
        let caption = Caption { title: hostile.into(), description: hostile.into(), ..caption(&[hostile, "b"]) };
        let svg = bars(&caption, &[bar]);
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"), "{svg}");
    }

    #[test]
    fn an_empty_plot_is_still_a_picture_with_a_title() {
        let svg = bars(&caption(&[]), &[]);
        assert!(svg.contains("<title id=\"load-title\">Load</title>") && svg.ends_with("</svg>"), "{svg}");
        assert!(columns(&caption(&[]), &[]).ends_with("</svg>"));
    }

    #[test]
    fn a_long_label_is_broken_between_words() {
        let found = lines("Law on administrative proceedings, article 21, reasons for which an act is reopened");
        assert!(found.len() == 2 && found.iter().all(|line| line.chars().count() <= LINE_CHARACTERS), "{found:?}");
    }
}
