// SPDX-License-Identifier: Apache-2.0
//! Rules about each Rust file: its first lines, its length, and attributes that hide problems.

use super::File;

/// The first line of each Rust file.
const HEADER: &str = "// SPDX-License-Identifier: Apache-2.0";
/// A longer file is split by noun.
const LINES_MAX: usize = 500;
/// Attributes that hide a problem, with what to do instead. Written in halves, so that this file keeps its own rule.
const ATTRIBUTES: [([&str; 2], &str); 4] = [
    (["#[", "allow("], "use #[expect(lint, reason = \"…\")]"),
    (["#![", "allow("], "use #![expect(lint, reason = \"…\")]"),
    (["#[", "ignore"], "a test that does not run proves nothing"),
    (["#[", "should_panic"], "return a value and compare it"),
];

/// Each Rust file says its licence, then what it is.
pub(super) fn headers(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is("rs")) {
        let mut lines = file.text.lines();
        if lines.next() != Some(HEADER) {
            findings.push(format!("{}:1: the first line is not `{HEADER}`", file.path));
        }
        if !lines.next().is_some_and(|line| line.starts_with("//! ")) {
            findings.push(format!("{}:2: the second line does not say, after `//!`, what the file is", file.path));
        }
    }
    findings
}

/// No Rust file is too long to read.
pub(super) fn lengths(files: &[File]) -> Vec<String> {
    let rust = files.iter().filter(|file| file.is("rs"));
    rust.map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LINES_MAX)
        .map(|(file, lines)| format!("{}:{lines}: longer than {LINES_MAX} lines; split it by noun", file.path))
        .collect()
}

/// No attribute hides a problem.
pub(super) fn attributes(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is("rs")) {
        for (number, line) in file.text.lines().enumerate() {
            let line = line.trim_start();
            for (halves, instead) in ATTRIBUTES {
                if line.starts_with(&halves.concat()) {
                    findings.push(format!("{}:{}: `{}`: {instead}", file.path, number + 1, halves.concat()));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Vec<File> {
        vec![File { path: "crates/x/src/lib.rs".to_owned(), text: text.to_owned() }]
    }

    #[test]
    fn a_file_without_licence_or_purpose_is_named() {
        assert_eq!(headers(&file("//! Something.\n")).len(), 2);
        assert_eq!(headers(&file(&format!("{HEADER}\nuse a;\n"))).len(), 1);
        assert_eq!(headers(&file(&format!("{HEADER}\n//! Something.\n"))), Vec::<String>::new());
    }

    #[test]
    fn a_long_file_is_named() {
        assert_eq!(lengths(&file(&"\n".repeat(LINES_MAX))), Vec::<String>::new());
        assert_eq!(lengths(&file(&"\n".repeat(LINES_MAX + 1))).len(), 1);
    }

    #[test]
    fn an_attribute_that_hides_is_named_with_its_line() {
        let findings = attributes(&file(&["fn a() {}\n    #[", "allow(dead_code)]\n"].concat()));
        assert!(findings[0].starts_with("crates/x/src/lib.rs:2: "), "{findings:?}");
    }
}
