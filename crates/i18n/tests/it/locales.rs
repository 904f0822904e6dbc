// SPDX-License-Identifier: Apache-2.0
//! The files in `locales/` against each other and against the code that uses them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use i18n::{Language, STAFF_SLICES, Texts};

/// Keys whose page or document is not built yet: everything that begins like this. The test also fails on an entry that
/// is no longer needed, so the list only shrinks.
const AWAITED: [&str; 6] = [
    "asylum-certificate-family",
    "asylum-next-appointment",
    "audit-looked-",
    "card-check-title",
    "enforcement-refusal-",
    "gift-receipt-already-given",
];

/// Kinds of files that may use a key.
const USERS: [&str; 3] = ["html", "rs", "typ"];

/// A text by its key: which variables it has.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of a language, with their texts, in the order of their names.
fn files(language: Language) -> Vec<(String, String)> {
    let folder = root().join("locales").join(language.code());
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// The keys of a file, each with its variables. A message begins at the start of a line and ends before the next one.
fn keys(text: &str) -> Keys {
    let mut keys = Keys::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split(" =").next().unwrap_or("");
        let begins = line.contains(" =") && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if begins {
            current = name.to_owned();
            assert!(keys.insert(current.clone(), BTreeSet::new()).is_none(), "{name} stands twice");
        }
        for variable in line.split('$').skip(1) {
            let end = variable.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let variable = variable[..end.unwrap_or(variable.len())].to_owned();
            keys.get_mut(&current).unwrap().insert(variable);
        }
    }
    keys
}

fn all_keys(language: Language) -> Keys {
    files(language).iter().flat_map(|(_, text)| keys(text)).collect()
}

/// All texts in which a key may be used, but for this crate's own.
fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("crates/i18n") && !path.ends_with("target") {
                sources(&path, into);
            }
        } else if path.extension().is_some_and(|kind| USERS.iter().any(|user| kind == *user)) {
            into.push(fs::read_to_string(&path).unwrap());
        }
    }
}

/// Every text between double quotes that is shaped like a key: at least three words joined by hyphens.
fn quoted(sources: &[String]) -> BTreeSet<&str> {
    let shaped = |text: &&str| {
        text.split('-').count() >= 3
            && text
                .split('-')
                .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
    };
    sources.iter().flat_map(|source| source.split('"')).filter(shaped).collect()
}

#[test]
fn every_language_has_the_same_files_keys_and_variables() {
    let is_staff = |name: &str| STAFF_SLICES.contains(&name.strip_suffix(".ftl").unwrap());
    for language in Language::ALL {
        let mut expected = files(Language::English);
        if !Language::STAFF.contains(&language) {
            expected.retain(|(name, _)| !is_staff(name));
        }
        let found = files(language);
        let names = |files: &[(String, String)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&found), names(&expected), "{language}");
        for ((name, text), (_, english)) in found.iter().zip(&expected) {
            assert_eq!(keys(text), keys(english), "{language}/{name}");
        }
    }
}

#[test]
fn every_file_is_part_of_the_program() {
    let texts = Texts::new();
    for language in Language::ALL {
        for key in all_keys(language).keys() {
            assert!(texts.has(language, key), "{language} {key}: name its file in crates/i18n/src/texts.rs");
        }
    }
}

#[test]
fn every_key_has_the_three_parts_slice_page_element() {
    for key in all_keys(Language::English).keys() {
        assert!(key.split('-').count() >= 3, "{key}");
    }
}

#[test]
fn every_key_is_used_and_every_used_key_exists() {
    let mut texts = Vec::new();
    sources(&root().join("crates"), &mut texts);
    let used = quoted(&texts);
    let known = all_keys(Language::English);
    let awaited = |key: &str| AWAITED.iter().any(|start| key.starts_with(start));

    let unused: Vec<_> = known.keys().filter(|key| !used.contains(key.as_str()) && !awaited(key)).collect();
    assert!(unused.is_empty(), "never used: {unused:?}");

    let needless =
        |start: &&&str| known.keys().filter(|key| key.starts_with(**start)).all(|key| used.contains(key.as_str()));
    let needless: Vec<_> = AWAITED.iter().filter(needless).collect();
    assert!(needless.is_empty(), "all used, so no longer awaited: {needless:?}");

    // What is shaped like a key and begins like one of the pages is a key.
    let page = |key: &str| key.splitn(3, '-').take(2).collect::<Vec<_>>().join("-");
    let pages: BTreeSet<String> = known.keys().map(|key| page(key)).collect();
    let missing: Vec<_> = used.iter().filter(|key| pages.contains(&page(key)) && !known.contains_key(**key)).collect();
    assert!(missing.is_empty(), "used, but not in locales/: {missing:?}");
}

#[test]
fn keys_and_variables_are_read_from_a_file() {
    let text = "# a\nx-y-z = A { $b } c\nx-y-w = { $n ->\n    [one] { $m }\n   *[other] -\n}\n";
    let found: Vec<_> =
        keys(text).into_iter().map(|(key, variables)| (key, variables.into_iter().collect::<Vec<_>>())).collect();
    assert_eq!(
        found,
        [("x-y-w".to_owned(), vec!["m".to_owned(), "n".to_owned()]), ("x-y-z".to_owned(), vec!["b".to_owned()])]
    );
}
