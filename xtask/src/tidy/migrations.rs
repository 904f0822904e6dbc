// SPDX-License-Identifier: Apache-2.0
//! Rules about migrations: both engines have the same ones, numbered without a gap.

use std::collections::BTreeSet;

use super::File;

/// Where migrations lie, one folder per engine.
const FOLDER: &str = "crates/db/migrations/";
/// The folders' names.
const ENGINES: [&str; 2] = ["postgres", "sqlite"];

/// Every migration exists for both engines under the same number and name.
pub(super) fn pairs(files: &[File]) -> Vec<String> {
    let names = |engine: &str| -> BTreeSet<&str> {
        let folder = format!("{FOLDER}{engine}/");
        files.iter().filter_map(|file| file.path.strip_prefix(folder.as_str())).collect()
    };
    let (postgres, sqlite) = (names(ENGINES[0]), names(ENGINES[1]));
    let mut findings = Vec::new();
    for (engine, own, others) in [(ENGINES[0], &postgres, &sqlite), (ENGINES[1], &sqlite, &postgres)] {
        for name in own.difference(others) {
            findings.push(format!("{FOLDER}{engine}/{name}:1: the other engine has no migration of this name"));
        }
        let mut before = "";
        for name in own {
            let number = name.get(..4).unwrap_or_default();
            if !is_named_well(name) {
                findings.push(format!("{FOLDER}{engine}/{name}:1: not named NNNN_verb_noun.sql"));
            } else if number == before {
                findings.push(format!("{FOLDER}{engine}/{name}:1: number {number} is given twice"));
            }
            before = number;
        }
    }
    findings
}

/// `0001_create_person.sql`.
fn is_named_well(name: &str) -> bool {
    let Some((number, rest)) = name.split_once('_') else { return false };
    let Some(words) = rest.strip_suffix(".sql") else { return false };
    number.len() == 4
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && words.contains('_')
        && words.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Vec<File> {
        paths.iter().map(|path| File { path: format!("{FOLDER}{path}"), text: String::new() }).collect()
    }

    #[test]
    fn paired_and_numbered_migrations_are_fine_also_with_a_gap() {
        let files = files(&[
            "postgres/0001_create_person.sql",
            "sqlite/0001_create_person.sql",
            "postgres/0002_add_card.sql",
            "sqlite/0002_add_card.sql",
        ]);
        assert_eq!(pairs(&files), Vec::<String>::new());
    }

    #[test]
    fn a_lonely_doubled_or_misnamed_migration_is_named() {
        for (paths, count) in [
            (&["postgres/0001_create_person.sql"][..], 1),
            (&["postgres/0001_create_person.sql", "sqlite/0001_create_persons.sql"], 2),
            (&["postgres/0002_add_card.sql", "sqlite/0002_add_card.sql"], 0),
            (
                &[
                    "postgres/0002_add_a.sql",
                    "postgres/0002_add_b.sql",
                    "sqlite/0002_add_a.sql",
                    "sqlite/0002_add_b.sql",
                ],
                2,
            ),
            (&["postgres/1_add_card.sql", "sqlite/1_add_card.sql"], 2),
            (&["postgres/0001_Add_card.sql", "sqlite/0001_Add_card.sql"], 2),
        ] {
            assert_eq!(pairs(&files(paths)).len(), count, "{paths:?}");
        }
    }
}
