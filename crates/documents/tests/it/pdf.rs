// SPDX-License-Identifier: Apache-2.0
//! A small reader for what the tests ask of a PDF: it unpacks all streams and searches the text of the objects.

use std::{io::Read as _, sync::LazyLock};

use documents::Engine;

/// One warm engine for all tests.
pub(crate) static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().unwrap());

/// The objects of a PDF as text, those inside packed streams too; bytes that are no Latin-1 text stay what they are.
pub(crate) fn unpacked(pdf: &[u8]) -> String {
    let mut text = latin(pdf);
    let mut rest = pdf;
    while let Some(start) = find(rest, b"stream\n").or_else(|| find(rest, b"stream\r\n")) {
        rest = &rest[start..];
        let body = &rest[find(rest, b"\n").unwrap() + 1..];
        let mut plain = Vec::new();
        if flate2::read::ZlibDecoder::new(body).read_to_end(&mut plain).is_ok() {
            text.push_str(&latin(&plain));
            text.push('\n');
        }
        rest = &body[find(body, b"endstream").unwrap() + 9..];
    }
    text
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Width and height of each page in points.
pub(crate) fn page_sizes(text: &str) -> Vec<(f64, f64)> {
    text.match_indices("/MediaBox")
        .map(|(at, _)| {
            let list = &text[at..];
            let list = &list[list.find('[').unwrap() + 1..list.find(']').unwrap()];
            let numbers: Vec<f64> = list.split_whitespace().map(|number| number.parse().unwrap()).collect();
            (numbers[2] - numbers[0], numbers[3] - numbers[1])
        })
        .collect()
}

/// Names of fonts for which the PDF holds the font itself, and of all fonts it names.
pub(crate) fn fonts(text: &str) -> (usize, Vec<String>) {
    let named = text
        .match_indices("/FontName")
        .map(|(at, key)| {
            text[at + key.len()..]
                .trim_start_matches([' ', '/'])
                .split([' ', '/', '\n', '>'])
                .next()
                .unwrap()
                .to_owned()
        })
        .collect();
    (text.matches("/FontFile3").count() + text.matches("/FontFile2").count(), named)
}
