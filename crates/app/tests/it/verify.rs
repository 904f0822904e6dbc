// SPDX-License-Identifier: Apache-2.0
//! `verify_data` names whatever is changed behind the program's back, in every table and column, on both engines.

mod world;

use std::{collections::BTreeMap, sync::Mutex};

use app::oversight::{DataReport, Finding, VerifyError, export_log, verify_data};
use db::{DbError, Kind, Value, WITNESSED_TABLES, WitnessedTable};
use domain::time::{Date, Timestamp};
use testkit::{
    TestService,
    people::{self, afghan_family, displaced_family},
    service::Engine,
};
use transparency::{LogFiles, SourceError, SweepError, verify_log};
use uuid::Uuid;

use world::{Backdoor, correct, populate, register, start};

/// Each test once on each engine.
macro_rules! on_both_engines {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(super::Engine::Sqlite).await; })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(super::Engine::Postgres).await; })+
        }
    };
}

on_both_engines!(
    a_database_filled_by_acts_is_sound,
    every_changed_column_of_every_table_is_named,
    deleted_inserted_and_restored_rows_are_named,
    every_changed_column_of_log_and_witnesses_is_found,
    a_rewritten_and_a_shortened_log_are_refused_against_an_older_checkpoint,
    an_exported_log_verifies_by_itself,
);

async fn verify(test: &TestService, since: Option<&str>) -> Result<DataReport, VerifyError> {
    let service = &test.service;
    verify_data(service.db(), service.pack(), &service.log_key().verifier(), since).await
}

async fn checkpoint(test: &TestService) -> String {
    let read = test.service.db().read::<_, DbError>(|session| Box::pin(session.log_checkpoint()));
    read.await.unwrap().unwrap()
}

/// The key of the first row of a table, as text and as a value.
async fn first_key(door: &Backdoor, table: &'static WitnessedTable) -> (String, Value) {
    let read = door
        .db()
        .read::<_, DbError>(move |session| Box::pin(async move { session.list_witnessed_rows(table, None).await }));
    let key = read.await.unwrap().into_iter().next().unwrap_or_else(|| panic!("{} has no row", table.name)).key;
    let value = match table.key_kind() {
        Kind::Id => Uuid::parse_str(&key).unwrap().into(),
        Kind::Bytes => {
            let byte = |at: usize| u8::from_str_radix(&key[at..at + 2], 16).unwrap();
            (0..key.len()).step_by(2).map(byte).collect::<Vec<u8>>().into()
        }
        _ => key.as_str().into(),
    };
    (key, value)
}

/// A value that nothing else has.
fn other_value(kind: Kind) -> Value {
    match kind {
        Kind::Text => "tampered".into(),
        Kind::Int => 424_242i64.into(),
        Kind::Bool => false.into(),
        Kind::Bytes => b"tampered".as_slice().into(),
        Kind::Id => Uuid::from_u128(0xbad).into(),
        Kind::Time => "1999-01-01T00:00:00Z".parse::<Timestamp>().unwrap().into(),
        Kind::Day => "1999-01-01".parse::<Date>().unwrap().into(),
    }
}

fn names(found: &[Finding], table: &str, row: &str, field: Option<&str>) -> bool {
    found.iter().any(|finding| match finding {
        Finding::Row { table: t, row: r, field: f, .. } => {
            t == table && r.as_deref() == Some(row) && f.as_deref() == field
        }
        Finding::Log(_) => false,
    })
}

fn listed(found: &[Finding]) -> String {
    found.iter().map(|finding| format!("{finding}\n")).collect()
}

async fn a_database_filled_by_acts_is_sound(engine: Engine) {
    let test = start(engine).await;
    let empty = verify(&test, None).await.unwrap();
    assert_eq!((empty.log, empty.waiting), (None, empty.records));
    populate(&test).await;
    let early = checkpoint(&test).await;
    let newcomer = people::single(domain::access::CollectedFor::Residence, "Rustam", "Olimov", "1979-02-11");
    register(&test, newcomer).await;
    let waiting = verify(&test, Some(&early)).await.unwrap();
    assert_eq!(waiting.waiting, 1);
    test.settle().await;
    let report = verify(&test, Some(&early)).await.unwrap();
    let log = report.log.unwrap();
    assert_eq!((log.entries, log.since), (report.records, Some(report.records - 1)));
    assert_eq!((report.waiting, report.cases), (0, 1));
    assert!(report.rows > 100 && report.subjects > 20 && report.details > 1, "{report:?}");
    // One person was erased: her links are gone, and nothing else is missing.
    assert!(report.erased > 0, "{report:?}");
}

async fn every_changed_column_of_every_table_is_named(engine: Engine) {
    let test = start(engine).await;
    populate(&test).await;
    let door = Backdoor::open(&test).await;
    door.sound().await;
    let mut keys = BTreeMap::new();
    for table in WITNESSED_TABLES {
        door.sql(&format!("CREATE TABLE kept_{0} AS SELECT * FROM {0}", table.name), vec![]).await;
        keys.insert(table.name, first_key(&door, table).await);
    }
    let columns = WITNESSED_TABLES.iter().map(|table| table.columns.len()).max().unwrap();
    // In each round one column of each table is changed; the keys (column 0) last, when nothing needs them any more.
    for column in (0..columns).rev() {
        let tables: Vec<_> = WITNESSED_TABLES.iter().filter(|table| column < table.columns.len()).collect();
        for table in &tables {
            let ((name, kind), key) = (table.columns[column], keys[table.name].1.clone());
            let sql = format!("UPDATE {} SET {name} = $1 WHERE {} = $2", table.name, table.columns[0].0);
            assert_eq!(door.sql(&sql, vec![other_value(kind), key]).await, 1, "{sql}");
        }
        let found = door.found().await;
        for table in &tables {
            let ((name, _), key_name, (row, key)) = (table.columns[column], table.columns[0].0, &keys[table.name]);
            let field = Some(name).filter(|_| column > 0);
            let table = table.name;
            assert!(names(&found, table, row, field), "{table}.{name} of {row}:\n{}", listed(&found));
            let restore = format!(
                "UPDATE {table} SET {name} = (SELECT k.{name} FROM kept_{table} k WHERE k.{key_name} = {table}.{key_name})
                WHERE {key_name} = $1"
            );
            if column > 0 {
                assert_eq!(door.sql(&restore, vec![key.clone()]).await, 1, "{restore}");
            }
        }
        if column == 1 {
            door.sound().await;
        }
    }
}

async fn deleted_inserted_and_restored_rows_are_named(engine: Engine) {
    let test = start(engine).await;
    let number = register(&test, afghan_family()).await.remove(0);
    let before = Backdoor::open(&test).await;
    for table in ["person", "row_witness"] {
        before.sql(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}"), vec![]).await;
    }
    // The unique index that witnesses are found by is needed for the next act.
    before.sql("CREATE UNIQUE INDEX row_witness_row_key ON row_witness (table_name, row_key)", vec![]).await;
    correct(&test, &number).await;
    let door = Backdoor::open(&test).await;
    door.sound().await;

    // A deleted row.
    door.sql("CREATE TABLE kept_contact AS SELECT * FROM contact", vec![]).await;
    door.sql("DELETE FROM contact", vec![]).await;
    let text = listed(&door.found().await);
    assert!(text.contains("table contact, row ") && text.contains(": is gone; act "), "{text}");

    // A deleted row whose witness is deleted too.
    door.sql("CREATE TABLE witness_of_contact AS SELECT * FROM row_witness WHERE table_name = 'contact'", vec![]).await;
    door.sql("DELETE FROM row_witness WHERE table_name = 'contact'", vec![]).await;
    let text = listed(&door.found().await);
    assert!(text.contains("table row_witness, row ") && text.contains(": is gone; act "), "{text}");
    door.sql("INSERT INTO contact SELECT * FROM kept_contact", vec![]).await;
    door.sql("INSERT INTO row_witness SELECT * FROM witness_of_contact", vec![]).await;
    door.sound().await;

    // An inserted row: an officer's account under another name.
    let forged = Uuid::from_u128(0xf0f0);
    let copy = "INSERT INTO account (id, name, password_hash, role, body, office, jurisdiction, is_active, created_at)
        SELECT $1, 'forged', password_hash, role, body, office, jurisdiction, is_active, created_at
        FROM account WHERE name = 'registrar'";
    assert_eq!(door.sql(copy, vec![forged.into()]).await, 1);
    let found = door.found().await;
    assert!(names(&found, "account", &forged.to_string(), None), "{}", listed(&found));
    door.sql("DELETE FROM account WHERE name = 'forged'", vec![]).await;

    // The state before the correction, row and witness together, as from a backup.
    let find = door.db().read::<_, DbError>(|session| {
        let number = number.clone();
        Box::pin(async move { session.find_person_unrestricted(&number).await })
    });
    let id = find.await.unwrap().unwrap().id;
    let text = id.to_string();
    let witness = "table_name = 'person' AND row_key = $1";
    for (table, condition, key) in
        [("person", "id = $1", id.into()), ("row_witness", witness, Value::from(text.as_str()))]
    {
        assert_eq!(door.sql(&format!("DELETE FROM {table} WHERE {condition}"), vec![key.clone()]).await, 1);
        let back = format!("INSERT INTO {table} SELECT * FROM kept_{table} WHERE {condition}");
        assert_eq!(door.sql(&back, vec![key]).await, 1);
    }
    let found = door.found().await;
    assert!(names(&found, "person", &text, None), "{}", listed(&found));
    assert!(listed(&found).contains("was put back to a state older than what act"), "{}", listed(&found));
}

/// A table, which row of it is changed, and its columns.
type Proof = (&'static str, &'static str, &'static [(&'static str, Kind)]);

/// The tables that prove the others.
fn proofs() -> [Proof; 6] {
    use Kind::{Bytes, Id, Int, Text, Time};
    [
        (
            "audit_record",
            "id IN (SELECT record_id FROM audit_subject WHERE rank = 1)",
            &[
                ("id", Id),
                ("at", Time),
                ("action", Text),
                ("result", Text),
                ("salt", Bytes),
                ("canonical", Text),
                ("commitment", Bytes),
                ("position", Int),
                ("office", Text),
                ("account_id", Id),
            ],
        ),
        ("audit_subject", "rank = 1", &[("record_id", Id), ("rank", Int), ("person_id", Id), ("salt", Bytes)]),
        ("audit_detail", "rank = 0", &[("record_id", Id), ("rank", Int), ("person_id", Id), ("sealed", Bytes)]),
        ("log_head", "id = 1", &[("id", Int), ("size", Int), ("checkpoint", Text)]),
        ("log_tile", "level = 0", &[("level", Int), ("tile_index", Int), ("hashes", Bytes)]),
        (
            "row_witness",
            "table_name = 'displacement'",
            &[
                ("id", Id),
                ("table_name", Text),
                ("row_key", Text),
                ("person_id", Id),
                ("record_id", Id),
                ("version", Int),
                ("content", Bytes),
            ],
        ),
    ]
}

async fn every_changed_column_of_log_and_witnesses_is_found(engine: Engine) {
    let test = start(engine).await;
    register(&test, displaced_family()).await;
    let single = people::single(domain::access::CollectedFor::Asylum, "Sahib", "Sehven", "1980-01-01");
    let person = register(&test, single).await.remove(0);
    let change = app::registry::Correct::Sex(domain::registry::Sex::Female);
    let correct = app::registry::CorrectPerson {
        number: person,
        row_version: None,
        change,
        reason: testkit::journey::REASON.into(),
        source: "passport".into(),
        event_date: None,
    };
    test.done(domain::access::Role::Registrar, correct).await;
    test.settle().await;
    let door = Backdoor::open(&test).await;
    door.sound().await;
    for (table, condition, columns) in proofs() {
        door.sql(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}"), vec![]).await;
        let mut changes: Vec<(String, Vec<Value>)> = vec![];
        for &(column, kind) in columns {
            changes.push((format!("UPDATE {table} SET {column} = $1 WHERE {condition}"), vec![other_value(kind)]));
        }
        changes.push((format!("DELETE FROM {table} WHERE {condition}"), vec![]));
        match table {
            "audit_record" => changes.extend([
                (format!("UPDATE {table} SET visibility = 'oversight' WHERE {condition}"), vec![]),
                (format!("UPDATE {table} SET position = NULL WHERE {condition}"), vec![]),
            ]),
            "log_tile" => {
                let longer = match engine {
                    Engine::Sqlite => "CAST(hashes || hashes AS BLOB)",
                    Engine::Postgres => "hashes || hashes",
                };
                changes.push((format!("UPDATE {table} SET hashes = {longer}"), vec![]));
            }
            _ => {}
        }
        for (sql, values) in changes {
            assert!(door.sql(&sql, values).await >= 1, "{sql}");
            let found = door.found().await;
            let is_named = |finding: &Finding| match finding {
                Finding::Row { table: t, .. } => t == table,
                Finding::Log(_) => ["audit_record", "log_head", "log_tile"].contains(&table),
            };
            assert!(found.iter().any(is_named), "{sql}:\n{}", listed(&found));
            door.sql(&format!("DELETE FROM {table}"), vec![]).await;
            door.sql(&format!("INSERT INTO {table} SELECT * FROM kept_{table}"), vec![]).await;
        }
        door.sound().await;
    }
}

async fn a_rewritten_and_a_shortened_log_are_refused_against_an_older_checkpoint(engine: Engine) {
    // Both sign with the same key and begin alike.
    let (told, rewritten) = (start(engine).await, start(engine).await);
    register(&told, displaced_family()).await;
    told.settle().await;
    register(&rewritten, afghan_family()).await;
    register(&rewritten, displaced_family()).await;
    rewritten.settle().await;
    let refused = verify(&rewritten, Some(&checkpoint(&told).await)).await;
    let Err(VerifyError::Found(found)) = refused else { panic!("{refused:?}") };
    assert!(matches!(found[..], [Finding::Log(SweepError::Rewritten { .. })]), "{}", listed(&found));
    let refused = verify(&told, Some(&checkpoint(&rewritten).await)).await;
    let Err(VerifyError::Found(found)) = refused else { panic!("{refused:?}") };
    assert!(matches!(found[..], [Finding::Log(SweepError::Shortened { .. })]), "{}", listed(&found));
}

struct Folder(BTreeMap<String, Vec<u8>>);

impl LogFiles for Folder {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.0.get(path).cloned())
    }
}

async fn an_exported_log_verifies_by_itself(engine: Engine) {
    let test = start(engine).await;
    let (db, verifier) = (test.service.db(), test.service.log_key().verifier());
    assert!(export_log(db, &verifier, |_, _| Ok(())).await.is_err(), "nothing is numbered yet");
    test.settle().await;
    let files = Mutex::new(BTreeMap::new());
    let exported = export_log(db, &verifier, |path, bytes| {
        files.lock().unwrap().insert(path.to_owned(), bytes.to_vec());
        Ok(())
    });
    let head = exported.await.unwrap();
    let swept = verify_log(&Folder(files.into_inner().unwrap()), &verifier, None).unwrap();
    assert_eq!((swept.entries, swept.root), (head.size, head.root));
    let refused = export_log(db, &verifier, |_, _| Err(std::io::Error::other("full"))).await;
    assert!(refused.is_err());
}
