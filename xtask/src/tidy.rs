// SPDX-License-Identifier: Apache-2.0
//! The rules of the house that no compiler checks: headers, walls between crates, paired migrations, careful words.

mod crates;
mod files;
mod migrations;
mod words;

use std::{fs, path::Path};

use anyhow::Context;

/// Folders of the workspace whose files are looked at.
const FOLDERS: [&str; 5] = ["crates", "e2e", "locales", "packs", "xtask"];
/// Folders of other people's or generated files, wherever they lie.
const SKIPPED: [&str; 4] = ["generated", "node_modules", "snapshots", "target"];
/// Kinds of files the rules speak about.
const KINDS: [&str; 5] = ["ftl", "html", "rs", "sql", "toml"];

/// A file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// Relative to the workspace, with slashes.
    pub(crate) path: String,
    /// Its whole text.
    pub(crate) text: String,
}

impl File {
    /// Whether the path ends like this.
    fn is(&self, kind: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, end)| end == kind)
    }

    /// The crate's folder name, if the file lies in `crates/`.
    fn crate_name(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }
}

/// Everything that breaks a rule, as `path:line: what`.
pub(crate) fn findings(files: &[File]) -> Vec<String> {
    let rules = [
        files::headers,
        files::lengths,
        files::attributes,
        crates::arrows,
        crates::walls,
        migrations::pairs,
        words::of_persons,
    ];
    rules.iter().flat_map(|rule| rule(files)).collect()
}

/// Reads the files that the rules speak about, in the order of their paths.
///
/// # Errors
/// When one cannot be read.
pub(crate) fn read(root: &Path) -> anyhow::Result<Vec<File>> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let folder_path = root.join(folder);
        if folder_path.is_dir() {
            read_folder(&folder_path, folder, &mut files)?;
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn read_folder(folder: &Path, shown: &str, files: &mut Vec<File>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {shown}"))? {
        let entry = entry.with_context(|| format!("cannot list {shown}"))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{shown}/{name}");
        if entry.file_type().with_context(|| format!("cannot look at {path}"))?.is_dir() {
            if !SKIPPED.contains(&name.as_str()) && !name.starts_with('.') {
                read_folder(&entry.path(), &path, files)?;
            }
        } else if name.rsplit_once('.').is_some_and(|(_, end)| KINDS.contains(&end)) {
            let text = fs::read_to_string(entry.path()).with_context(|| format!("cannot read {path}"))?;
            files.push(File { path, text });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_keeps_its_rules() {
        let files = read(&crate::root()).unwrap();
        assert!(files.iter().any(|file| file.path == "xtask/src/tidy.rs"), "the walk finds this file");
        let findings = findings(&files);
        assert!(findings.is_empty(), "{}", findings.join("\n"));
    }
}
