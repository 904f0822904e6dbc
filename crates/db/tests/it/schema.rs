// SPDX-License-Identifier: Apache-2.0
//! The schema is the same on both engines, by what each engine says of itself and by what the migrations say.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::engine::{Engine, Fresh, rows};

/// A table as an engine describes it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// For each column its type in SQLite's words, and whether it may be NULL.
    pub(crate) columns: BTreeMap<String, (String, bool)>,
    /// Primary key, foreign keys and checks by name; the first two with their text.
    constraints: BTreeMap<String, String>,
    /// Indexes by name.
    indexes: BTreeSet<String>,
}

/// The tables of a database, without the list of migrations.
pub(crate) async fn tables(fresh: &Fresh) -> BTreeMap<String, Table> {
    tables_at(&fresh.url, fresh.engine).await
}

/// The tables of the database at an address.
pub(crate) async fn tables_at(url: &str, engine: Engine) -> BTreeMap<String, Table> {
    let questions: [&str; 3] = match engine {
        Engine::Sqlite => [
            "SELECT m.name, c.name, c.type, CASE c.\"notnull\" WHEN 0 THEN 'NULL' END
                FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
            "SELECT name, sql FROM sqlite_master WHERE type = 'table'",
            "SELECT m.name, l.name, CASE l.\"unique\" WHEN 1 THEN 'unique' ELSE 'plain' END,
                CASE l.partial WHEN 1 THEN 'partial' ELSE 'whole' END,
                (SELECT group_concat(i.name, ', ') FROM pragma_index_info(l.name) i)
                FROM sqlite_master m, pragma_index_list(m.name) l WHERE m.type = 'table' AND l.origin = 'c'",
        ],
        Engine::Postgres => [
            "SELECT c.table_name::text, c.column_name::text,
                upper(c.data_type) || COALESCE(' COLLATE ' || c.collation_name, ''), CASE c.is_nullable WHEN 'YES' THEN 'NULL' END
                FROM information_schema.columns c WHERE c.table_schema = 'public'",
            "SELECT r.relname::text, 'CONSTRAINT ' || c.conname || ' ' ||
                CASE c.contype WHEN 'c' THEN 'CHECK' ELSE pg_get_constraintdef(c.oid) END
                FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
                WHERE c.connamespace = 'public'::regnamespace AND c.contype <> 'n'",
            "SELECT t.relname::text, i.relname::text, CASE WHEN x.indisunique THEN 'unique' ELSE 'plain' END,
                CASE WHEN x.indpred IS NULL THEN 'whole' ELSE 'partial' END,
                (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = x.indexrelid)
                FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
                WHERE t.relnamespace = 'public'::regnamespace AND NOT x.indisprimary",
        ],
    };
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for row in rows(url, questions[0]).await {
        let [table, column, kind, nullable] = row.try_into().unwrap();
        let kind = sqlite_type(&kind.unwrap());
        tables.entry(table.unwrap()).or_default().columns.insert(column.unwrap(), (kind, nullable.is_some()));
    }
    for row in rows(url, questions[1]).await {
        let [table, sql] = row.try_into().unwrap();
        tables.entry(table.unwrap()).or_default().constraints.extend(constraints(&sql.unwrap()));
    }
    for row in rows(url, questions[2]).await {
        let text: Vec<String> = row.into_iter().map(Option::unwrap).collect();
        tables.entry(text[0].clone()).or_default().indexes.insert(text[1..].join(" "));
    }
    tables.remove("_sqlx_migrations").unwrap();
    tables
}

/// The one type of SQLite for each type of PostgreSQL that the migrations may use.
fn sqlite_type(kind: &str) -> String {
    match kind {
        "UUID" | "BYTEA" | "BLOB" => "BLOB",
        "TEXT COLLATE C" | "TIMESTAMP WITH TIME ZONE" | "DATE" | "TEXT" => "TEXT",
        "BIGINT" | "BOOLEAN" | "INTEGER" => "INTEGER",
        other => other,
    }
    .to_owned()
}

/// The named constraints in a table's text: primary and foreign keys whole, checks by name.
fn constraints(sql: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in sql.split("CONSTRAINT ").skip(1) {
        let (name, rest) = part.split_once(' ').unwrap();
        let brackets = match rest.split(' ').next().unwrap() {
            "PRIMARY" => 1,
            "FOREIGN" => 2,
            _ => 0,
        };
        // A check is compared as the migrations write it; the engines tell it each in its own words.
        let text = rest.split(')').take(brackets).map(|text| format!("{text})")).collect::<String>();
        found.push((name.to_owned(), text.replace(" (", "(")));
    }
    found
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_keys_constraints_and_indexes() {
    let sqlite = tables(&Engine::Sqlite.fresh().await).await;
    let postgres = tables(&Engine::Postgres.fresh().await).await;
    let names = |tables: &BTreeMap<String, Table>| tables.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&sqlite), names(&postgres));
    for (name, table) in &sqlite {
        assert_eq!(table, &postgres[name], "table {name}");
        let key = &table.constraints[&format!("{name}_pkey")];
        assert!(key.starts_with("PRIMARY KEY("), "{name}: {key}");
    }
}

#[tokio::test]
async fn every_constraint_and_index_has_a_name_that_begins_with_its_table() {
    for (name, table) in tables(&Engine::Sqlite.fresh().await).await {
        let indexes = table.indexes.iter().map(|index| index.split(' ').next().unwrap().to_owned());
        for own in table.constraints.keys().cloned().chain(indexes) {
            assert!(own.starts_with(&format!("{name}_")), "{own} of table {name}");
        }
    }
}

#[tokio::test]
async fn every_table_is_strict() {
    let fresh = Engine::Sqlite.fresh().await;
    let loose =
        fresh.rows("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND schema = 'main'");
    let loose: Vec<String> = loose.await.into_iter().map(|mut row| row.remove(0).unwrap()).collect();
    assert_eq!(loose, ["_sqlx_migrations", "sqlite_schema"]);
}

#[tokio::test]
async fn no_two_unique_indexes_of_a_table_have_the_same_columns() {
    // SQLite names only the columns of a violated index; two indexes on the same ones could not be told apart.
    for (name, table) in tables(&Engine::Sqlite.fresh().await).await {
        let mut seen = BTreeSet::new();
        for index in table.indexes.iter().filter(|index| index.contains(" unique ")) {
            let columns = index.rsplit_once(" whole ").or(index.rsplit_once(" partial ")).unwrap().1;
            assert!(seen.insert(columns.to_owned()), "{name}: {index}");
        }
    }
}

/// The migration files of a dialect, by name.
fn migrations(dialect: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(dialect);
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn the_migrations_are_paired_and_numbered_in_order() {
    let (sqlite, postgres) = (migrations("sqlite"), migrations("postgres"));
    assert!(sqlite.keys().eq(postgres.keys()));
    let numbers: Vec<i64> = sqlite.keys().map(|name| name[..4].parse().unwrap()).collect();
    assert!(sqlite.keys().all(|name| name.as_bytes()[4] == b'_' && name.ends_with(".sql")), "{sqlite:?}");
    assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "two migrations have one number: {numbers:?}");
    assert_eq!(numbers.last(), Some(&db::SCHEMA_VERSION), "a migration is not listed in migrate.rs");
    assert_eq!(numbers, db::schema_numbers(), "a migration is not listed in migrate.rs");
}

/// Every CHECK and every index of the migrations of a dialect, as written.
fn checks_and_indexes(dialect: &str) -> BTreeSet<String> {
    let is_rule = |line: &&str| line.contains(" CHECK ") || (line.starts_with("CREATE") && line.contains(" INDEX "));
    let files = migrations(dialect);
    let lines = files.values().flat_map(|text| text.lines()).map(|line| line.trim().trim_end_matches(','));
    lines.filter(is_rule).map(str::to_owned).collect()
}

#[test]
fn the_checks_and_indexes_read_the_same_in_both_dialects() {
    let (sqlite, postgres) = (checks_and_indexes("sqlite"), checks_and_indexes("postgres"));
    assert!(sqlite.len() > 50, "{}", sqlite.len());
    assert_eq!(sqlite.symmetric_difference(&postgres).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn the_words_of_the_checks_are_those_of_the_domain() {
    use domain::{
        access::{CollectedFor, Role},
        card::CardState,
        case::CaseState,
        registry::{Confidentiality, ContactKind, NameKind, NameSource, Precision, Script, Sex, VitalStatus},
    };
    let rules = checks_and_indexes("sqlite");
    let expected: [(&str, &[&str]); 14] = [
        ("account_role", Role::WORDS),
        ("person_collected_for", CollectedFor::WORDS),
        ("person_sex", Sex::WORDS),
        ("person_birth_precision", Precision::WORDS),
        ("person_vital_status", VitalStatus::WORDS),
        ("person_name_kind", NameKind::WORDS),
        ("person_name_script", Script::WORDS),
        ("person_name_source", NameSource::WORDS),
        ("contact_kind", ContactKind::WORDS),
        ("address_confidentiality", Confidentiality::WORDS),
        ("claim_confidentiality", Confidentiality::WORDS),
        ("case_file_state", CaseState::WORDS),
        ("card_state", CardState::WORDS),
        ("audit_record_visibility", domain::audit::Visibility::WORDS),
    ];
    for (name, words) in expected {
        let list = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ");
        let rule = rules.iter().find(|rule| rule.starts_with(&format!("CONSTRAINT {name}_check "))).unwrap();
        assert!(rule.ends_with(&format!(" IN ({list}))")), "{rule}\nthe domain has {list}");
    }
}
