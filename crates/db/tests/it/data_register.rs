// SPDX-License-Identifier: Apache-2.0
//! The data register is complete, and what it says about erasure is what `erase_person` does.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use rstest::rstest;
use serde::Deserialize;

use crate::{
    engine::Engine,
    erasure::{erase, prepare},
    planted::{DumpedRow, dump},
    schema,
};

/// The ways of erasure.
const WAYS: [&str; 4] = ["row deleted", "key destroyed", "kept without link", "not personal"];

/// A table of the register.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RegisteredTable {
    #[serde(default)]
    about: About,
    ground: String,
    retention: String,
    erasure: String,
    #[serde(default)]
    personal: Vec<String>,
    #[serde(default)]
    special: Vec<String>,
    #[serde(default)]
    pseudonym: Vec<String>,
    #[serde(default)]
    operational: Vec<String>,
    #[serde(default)]
    audit: Vec<String>,
    #[serde(default)]
    except: BTreeMap<String, Except>,
}

/// Whose data a table holds.
#[derive(Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum About {
    #[default]
    Person,
    Officer,
}

/// What differs for one column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Except {
    ground: Option<String>,
    retention: Option<String>,
    erasure: Option<String>,
}

type Register = BTreeMap<String, RegisteredTable>;

impl RegisteredTable {
    fn columns(&self) -> impl Iterator<Item = &String> {
        [&self.personal, &self.special, &self.pseudonym, &self.operational, &self.audit].into_iter().flatten()
    }

    /// The columns that tell something about a person.
    fn about_a_person(&self) -> impl Iterator<Item = &String> {
        let is_about = self.about == About::Person;
        self.personal.iter().chain(&self.special).filter(move |_| is_about)
    }

    fn erasure_of(&self, column: &str) -> &str {
        self.except.get(column).and_then(|except| except.erasure.as_ref()).unwrap_or(&self.erasure)
    }
}

fn register() -> Register {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/data-register.toml");
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[tokio::test]
async fn every_column_is_registered_once_and_nothing_else_is() {
    let register = register();
    let tables = schema::tables(&Engine::Sqlite.fresh().await).await;
    let mut faults = Vec::new();
    for (name, table) in &tables {
        let Some(registered) = register.get(name) else {
            faults.push(format!("table {name} is missing: {:?}", table.columns.keys()));
            continue;
        };
        let mut seen = BTreeSet::new();
        faults.extend(
            registered.columns().filter(|column| !seen.insert(*column)).map(|c| format!("{name}.{c} stands twice")),
        );
        faults.extend(
            table.columns.keys().filter(|column| !seen.contains(column)).map(|c| format!("{name}.{c} is missing")),
        );
        faults.extend(
            seen.iter()
                .filter(|column| !table.columns.contains_key(**column))
                .map(|c| format!("{name}.{c} does not exist")),
        );
        faults.extend(
            registered
                .except
                .keys()
                .filter(|column| !seen.contains(column))
                .map(|c| format!("{name}.except.{c} does not exist")),
        );
    }
    faults.extend(
        register.keys().filter(|name| !tables.contains_key(*name)).map(|name| format!("table {name} does not exist")),
    );
    assert!(faults.is_empty(), "docs/data-register.toml:\n{}", faults.join("\n"));
}

#[test]
fn every_entry_has_ground_term_and_a_known_way_of_erasure() {
    for (name, table) in register() {
        let excepts = || table.except.values();
        let grounds = [&table.ground, &table.retention].into_iter().chain(excepts().filter_map(|e| e.ground.as_ref()));
        for words in grounds.chain(excepts().filter_map(|except| except.retention.as_ref())) {
            assert!(words.len() > 10, "{name}: {words:?} says too little");
        }
        for column in table.columns() {
            assert!(WAYS.contains(&table.erasure_of(column)), "{name}.{column}");
        }
        for column in table.personal.iter().chain(&table.special) {
            assert_ne!(table.erasure_of(column), "not personal", "{name}.{column}");
        }
    }
}

/// The rows that are in one dump and not in the other.
fn added(after: &[DumpedRow], before: &[DumpedRow]) -> Vec<DumpedRow> {
    after.iter().filter(|row| !before.contains(row)).cloned().collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn erasing_a_person_covers_every_column_that_tells_something_about_her(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, register) = (engine.fresh().await, register());
    let tables = schema::tables(&fresh).await;
    let before = prepare(&fresh, &tables).await;
    let planted = dump(&fresh, &tables).await;
    erase(&fresh).await;
    let after = dump(&fresh, &tables).await;

    let mut faults = Vec::new();
    for (name, table) in &register {
        let (new, left) = (added(&planted[name], &before[name]), added(&after[name], &before[name]));
        for column in table.about_a_person() {
            let holds = |row: &&DumpedRow| row[column].is_some();
            if !new.iter().any(|row| holds(&row)) {
                faults.push(format!("{name}.{column}: the test plants no value, so it shows nothing"));
            }
            let kept = left.iter().filter(holds).count();
            // What was sealed under the destroyed key may stay; nobody opens it.
            if kept > 0 && table.erasure_of(column) != "key destroyed" {
                faults.push(format!("{name}.{column}: {kept} values are still there"));
            }
        }
        if table.erasure == "row deleted" && !left.is_empty() {
            faults.push(format!("{name}: {} rows are still there", left.len()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn erasing_a_person_touches_nobody_else(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    let tables = schema::tables(&fresh).await;
    let before = prepare(&fresh, &tables).await;
    erase(&fresh).await;
    let after = dump(&fresh, &tables).await;
    for (name, rows) in &before {
        let gone: Vec<&DumpedRow> = rows.iter().filter(|row| !after[name].contains(row)).collect();
        assert!(gone.is_empty(), "{name}: {gone:?}");
    }
}
