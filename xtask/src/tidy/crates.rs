// SPDX-License-Identifier: Apache-2.0
//! Rules about the walls between crates, read from their manifests: without the dependency no line can name the crate.

use super::File;

/// What each crate may use of our own crates; a new arrow needs a decision record. The binary and the test kit may use
/// everything.
const ARROWS: [(&str, &[&str]); 13] = [
    ("app", &["credential", "db", "domain", "i18n", "identification", "law", "transparency"]),
    ("backup", &["db", "domain", "transparency"]),
    ("credential", &["domain"]),
    ("db", &["domain", "transparency"]),
    ("documents", &["credential", "domain", "i18n"]),
    ("domain", &[]),
    ("faultdisk", &[]),
    ("i18n", &["domain"]),
    ("identification", &["domain"]),
    ("law", &["domain"]),
    ("synthetic", &["domain"]),
    ("transparency", &["domain"]),
    ("web", &["app", "domain", "i18n"]),
];
/// Crates that may use everything.
const FREE: [&str; 2] = ["testkit", "turna"];
/// Crates that do no input, output or waiting.
const PURE: [&str; 8] =
    ["credential", "documents", "domain", "i18n", "identification", "law", "synthetic", "transparency"];
/// Foreign crates and the only crates of ours that may use them, in tests too.
const KEPT_IN: [(&str, &[&str]); 3] = [("askama", &["web"]), ("axum", &["web"]), ("sqlx", &["db"])];
/// Names that say nothing.
const EMPTY_NAMES: [&str; 6] = ["common", "core", "helpers", "shared", "util", "utils"];

/// One dependency in a manifest.
#[derive(Debug, PartialEq, Eq)]
struct Dependency<'a> {
    name: &'a str,
    line: usize,
    for_tests: bool,
}

/// Our crates use each other only along the arrows of the design.
pub(super) fn arrows(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    let manifests: Vec<(&File, &str)> = manifests(files).collect();
    for (file, name) in &manifests {
        if EMPTY_NAMES.contains(name) {
            findings.push(format!("{}:1: a crate called `{name}` has no subject", file.path));
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| from == name) else {
            if !FREE.contains(name) {
                findings.push(format!("{}:1: the crate `{name}` has no place in the order of crates", file.path));
            }
            continue;
        };
        for dependency in dependencies(&file.text).filter(|dependency| !dependency.for_tests) {
            let ours = manifests.iter().any(|(_, other)| *other == dependency.name);
            if ours && !allowed.contains(&dependency.name) {
                findings.push(format!(
                    "{}:{}: the arrow {name} -> {} is not in the design",
                    file.path, dependency.line, dependency.name
                ));
            }
        }
    }
    findings
}

/// Databases, pages and waiting stay in their rooms.
pub(super) fn walls(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for (file, name) in manifests(files) {
        for dependency in dependencies(&file.text) {
            let family = |owner: &str| dependency.name == owner || dependency.name.starts_with(&format!("{owner}-"));
            for (owner, rooms) in KEPT_IN {
                if family(owner) && !rooms.contains(&name) {
                    findings.push(format!("{}:{}: {owner} only in {}", file.path, dependency.line, rooms.join(", ")));
                }
            }
            if family("tokio") && PURE.contains(&name) {
                findings.push(format!("{}:{}: {name} does not wait: no tokio", file.path, dependency.line));
            }
        }
    }
    findings
}

/// The manifests of our crates with the crates' names.
fn manifests(files: &[File]) -> impl Iterator<Item = (&File, &str)> {
    files.iter().filter(|file| file.path.ends_with("/Cargo.toml")).filter_map(|file| Some((file, file.crate_name()?)))
}

/// The dependencies of a manifest written one per line (`name.workspace = true`, `name = …`, `[dependencies.name]`).
fn dependencies(manifest: &str) -> impl Iterator<Item = Dependency<'_>> {
    let mut section = "";
    manifest.lines().enumerate().filter_map(move |(index, line)| {
        let line = line.trim();
        let dependency = |name, section: &str| {
            let for_tests = section.ends_with("dev-dependencies");
            Some(Dependency { name, line: index + 1, for_tests })
        };
        if let Some(header) = line.strip_prefix('[') {
            section = header.split(']').next().unwrap_or("");
            let (table, name) = section.rsplit_once('.')?;
            return if table.ends_with("dependencies") { dependency(name, table) } else { None };
        }
        let name = line.split(['.', '=', ' ']).next()?;
        let listed = section.ends_with("dependencies") && !name.is_empty() && !name.starts_with('#');
        if listed { dependency(name, section) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(name: &str, text: &str) -> File {
        File { path: format!("crates/{name}/Cargo.toml"), text: text.to_owned() }
    }

    #[test]
    fn dependencies_are_read_in_every_spelling() {
        let text = "[package]\nname = \"x\"\n[dependencies]\na.workspace = true\n# b = 1\nc = { path = \"c\" }\n\n[dev-dependencies]\nd = \"1\"\n[dependencies.e]\nversion = \"1\"\n";
        let found: Vec<_> = dependencies(text).map(|found| (found.name, found.line, found.for_tests)).collect();
        assert_eq!(found, [("a", 4, false), ("c", 6, false), ("d", 9, true), ("e", 10, false)]);
    }

    #[test]
    fn an_arrow_against_the_design_is_named() {
        let files = [
            manifest("domain", "[dependencies]\nlaw.workspace = true\n"),
            manifest("law", "[dependencies]\ndomain.workspace = true\n[dev-dependencies]\ntestkit.workspace = true\n"),
            manifest("testkit", "[dependencies]\nlaw.workspace = true\n"),
            manifest("util", ""),
        ];
        let findings = arrows(&files);
        assert_eq!(findings.len(), 3, "{findings:?}");
        assert_eq!(findings[0], "crates/domain/Cargo.toml:2: the arrow domain -> law is not in the design");
    }

    #[test]
    fn databases_pages_and_waiting_stay_in_their_rooms() {
        let files = [
            manifest("db", "[dependencies]\nsqlx.workspace = true\ntokio.workspace = true\n"),
            manifest("web", "[dependencies]\naxum.workspace = true\naskama.workspace = true\n"),
            manifest("law", "[dependencies]\ntokio.workspace = true\n"),
            manifest("app", "[dev-dependencies]\nsqlx = \"1\"\naxum-extra = \"1\"\n"),
        ];
        let findings = walls(&files);
        assert_eq!(findings.len(), 3, "{findings:?}");
        assert!(findings[0].starts_with("crates/law/Cargo.toml:2: "), "{findings:?}");
    }
}
