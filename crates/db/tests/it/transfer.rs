// SPDX-License-Identifier: Apache-2.0
//! A whole database goes into a dump and into the other engine and back, and nothing is lost or invented; a data folder of
//! any earlier schema is brought up to the present one.

use std::{collections::BTreeMap, path::Path};

use db::{Db, DbError, DumpStart, DumpTable, Loader, Schema, Sink, TransferError, next_row, schema_numbers};
use rstest::rstest;

use crate::{
    engine::{Engine, Fresh, keyring, rows},
    erasure::{erase, prepare},
    schema,
};

/// A dump in memory: each table with its rows.
#[derive(Clone, Default)]
struct Memory {
    start: Option<DumpStart>,
    tables: Vec<(DumpTable, Vec<u8>, u64)>,
}

impl Sink for Memory {
    async fn start(&mut self, start: &DumpStart) -> Result<(), TransferError> {
        self.start = Some(start.clone());
        Ok(())
    }

    async fn table(&mut self, table: &DumpTable) -> Result<(), TransferError> {
        self.tables.push((table.clone(), Vec::new(), 0));
        Ok(())
    }

    async fn rows(&mut self, rows: &[u8], count: u64) -> Result<(), TransferError> {
        let (_, bytes, sum) = self.tables.last_mut().unwrap();
        bytes.extend_from_slice(rows);
        *sum += count;
        Ok(())
    }
}

impl Memory {
    async fn of(db: &Db) -> Self {
        let mut memory = Self::default();
        db.dump(&mut memory).await.unwrap();
        memory
    }

    /// Hands the dump on.
    async fn into_sink(self, sink: &mut impl Sink) -> Result<(), TransferError> {
        sink.start(&self.start.unwrap()).await?;
        for (table, bytes, count) in &self.tables {
            sink.table(table).await?;
            sink.rows(bytes, *count).await?;
        }
        Ok(())
    }

    /// The rows of each table as texts.
    fn texts(&self) -> BTreeMap<String, Vec<BTreeMap<String, String>>> {
        let mut texts = BTreeMap::new();
        for (table, bytes, count) in &self.tables {
            let (mut rest, mut rows) = (bytes.as_slice(), Vec::new());
            while let Some(cells) = next_row(&mut rest, table.columns.len()).unwrap() {
                let cells = cells.iter().map(|cell| format!("{cell:?}"));
                rows.push(table.columns.iter().cloned().zip(cells).collect());
            }
            assert_eq!(rows.len() as u64, *count);
            texts.insert(table.name.clone(), rows);
        }
        texts
    }
}

/// A database in which every table that acts fill has rows, one person erased.
async fn filled(engine: Engine) -> Fresh {
    let fresh = engine.fresh().await;
    let tables = schema::tables(&fresh).await;
    prepare(&fresh, &tables).await;
    fresh.db.sequence(crate::log::key()).await.unwrap();
    fresh
}

async fn load(memory: Memory, url: &str) -> Result<Vec<(String, u64)>, TransferError> {
    let mut loader = Loader::new(url);
    memory.into_sink(&mut loader).await?;
    loader.finish().await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn every_row_arrives_in_the_other_engine_and_in_the_same(
    #[values(Engine::Sqlite, Engine::Postgres)] from: Engine,
    #[values(Engine::Sqlite, Engine::Postgres)] to: Engine,
) {
    let source = filled(from).await;
    let memory = Memory::of(&source.db).await;
    assert!(memory.start.as_ref().unwrap().checkpoint.is_some());
    let full = memory.tables.iter().filter(|(_, _, count)| *count > 0).count();
    assert!(full > 35, "only {full} tables have rows");
    let (url, _folder, _permit) = to.address().await;
    let counts = load(memory.clone(), &url).await.unwrap();
    let expected: Vec<(String, u64)> =
        memory.tables.iter().map(|(table, _, count)| (table.name.clone(), *count)).collect();
    assert_eq!(counts, expected);
    let db = Db::open(&url, Schema::Expect, keyring()).await.unwrap();
    let arrived = Memory::of(&db).await;
    for (one, other) in memory.tables.iter().zip(&arrived.tables) {
        assert_eq!(one, other, "{}", one.0.name);
    }
    assert_eq!(memory.tables.len(), arrived.tables.len());
    db.close().await;
    // Keys, indexes and checks are all there again.
    let received = Fresh::at(&url, to).await;
    assert_eq!(schema::tables(&source).await, schema::tables(&received).await);
    // The program goes on in it.
    erase(&received).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_target_that_holds_a_row_is_refused_and_stays_as_it_is(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let source = filled(Engine::Sqlite).await;
    let target = engine.fresh().await;
    let write =
        target.db.write::<_, DbError>(|write| Box::pin(write.insert_blank("B1", "sms-baku", crate::fixture::now())));
    write.await.unwrap();
    let before = Memory::of(&target.db).await.texts();
    let refused = load(Memory::of(&source.db).await, &target.url).await;
    assert!(matches!(refused, Err(TransferError::NotEmpty)), "{refused:?}");
    assert_eq!(Memory::of(&target.db).await.texts(), before);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_dump_that_is_cut_or_points_to_what_is_not_there_fills_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let source = filled(Engine::Sqlite).await;
    let whole = Memory::of(&source.db).await;
    let without_table = Memory { tables: whole.tables[1..].to_vec(), ..whole.clone() };
    let mut without_persons = whole.clone();
    for (table, bytes, count) in &mut without_persons.tables {
        if table.name == "person" {
            (*bytes, *count) = (Vec::new(), 0);
        }
    }
    let mut cut = whole.clone();
    cut.tables.iter_mut().for_each(|(_, bytes, _)| bytes.truncate(bytes.len().saturating_sub(1)));
    let mut newer = whole.clone();
    newer.start.as_mut().unwrap().schema += 1;
    let (url, _folder, _permit) = engine.address().await;
    for broken in [without_table, without_persons, cut, newer] {
        assert!(load(broken, &url).await.is_err());
        if let Some(path) = url.strip_prefix("sqlite:") {
            assert!(!Path::new(path).exists());
        }
    }
    load(whole, &url).await.unwrap();
}

impl Memory {
    /// The part of the dump that an earlier schema knows, with its rows.
    fn at(&self, schema: i64, known: &BTreeMap<String, Vec<String>>) -> Self {
        let mut tables = Vec::new();
        for (table, rows, count) in &self.tables {
            let Some(columns) = known.get(&table.name) else { continue };
            let kept: Vec<usize> =
                (0..table.columns.len()).filter(|index| columns.contains(&table.columns[*index])).collect();
            let (mut rest, mut bytes) = (rows.as_slice(), Vec::new());
            while let Some(cells) = next_row(&mut rest, table.columns.len()).unwrap() {
                kept.iter().for_each(|index| cells[*index].put(&mut bytes));
            }
            tables.push((DumpTable { name: table.name.clone(), columns: columns.clone() }, bytes, *count));
        }
        Self { start: Some(DumpStart { schema, ..self.start.clone().unwrap() }), tables }
    }
}

/// The earliest schema into which the rows of today fit: the one before dropped columns that today's rows cannot fill.
const EARLIEST: i64 = 7;
/// Emptied by a migration on purpose: nothing had ever written to it before.
const EMPTIED: (&str, i64) = ("idempotency", 12);

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_filled_database_of_every_earlier_schema_is_brought_up_to_this_one_and_loses_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let source = filled(Engine::Sqlite).await;
    let today = Memory::of(&source.db).await;
    let expected = today.texts();
    for schema in schema_numbers().into_iter().filter(|number| (EARLIEST..db::SCHEMA_VERSION).contains(number)) {
        let (url, _folder, _permit) = engine.address().await;
        db::migrate_to(&url, schema).await.unwrap();
        let known = known(&schema::tables_at(&url, engine).await);
        if let Some(path) = url.strip_prefix("sqlite:") {
            std::fs::remove_file(path).unwrap();
        }
        load(today.at(schema, &known), &url).await.unwrap();
        let refused = Db::open(&url, Schema::Expect, keyring()).await.map(drop);
        assert!(matches!(refused, Err(DbError::OlderSchema { found, .. }) if found == schema), "{refused:?}");
        let db = Db::open(&url, Schema::Migrate, keyring()).await.unwrap();
        let upgraded = Memory::of(&db).await.texts();
        assert!(upgraded.keys().eq(expected.keys()));
        for (table, columns) in &known {
            if table == EMPTIED.0 && schema < EMPTIED.1 {
                continue;
            }
            let rows = |texts: &BTreeMap<String, Rows>| -> Rows {
                let rows = texts[table].iter().map(|row| {
                    row.iter()
                        .filter(|(column, _)| columns.contains(column))
                        .map(|(a, b)| (a.clone(), b.clone()))
                        .collect()
                });
                rows.collect()
            };
            assert_eq!(rows(&upgraded), rows(&expected), "{table}, from schema {schema}");
        }
        // What a migration works out for rows that were there: the copies by which the auditor searches.
        let search = |texts: &BTreeMap<String, Rows>| -> Rows { texts["audit_record"].clone() };
        assert_eq!(search(&upgraded), search(&expected), "from schema {schema}");
        db.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_schema_is_changed_a_copy_is_kept_and_an_erasure_deletes_it() {
    let source = filled(Engine::Sqlite).await;
    let (url, _folder, _permit) = Engine::Sqlite.address().await;
    let earlier = 12;
    db::migrate_to(&url, earlier).await.unwrap();
    let path = url.strip_prefix("sqlite:").unwrap().to_owned();
    let known = known(&schema::tables_at(&url, Engine::Sqlite).await);
    std::fs::remove_file(&path).unwrap();
    load(Memory::of(&source.db).await.at(earlier, &known), &url).await.unwrap();
    let persons = "SELECT CAST(COUNT(*) AS TEXT) FROM person";
    let before = rows(&url, persons).await;
    Db::open(&url, Schema::Migrate, keyring()).await.unwrap().close().await;
    let copies = db::old_schema_copies(Path::new(&path)).unwrap();
    assert_eq!(copies, [Path::new(&format!("{path}.schema-{earlier}"))]);
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&copies[0]).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let copy = format!("sqlite:{}", copies[0].display());
    assert_eq!(rows(&copy, persons).await, before);
    let schema = rows(&copy, "SELECT CAST(MAX(version) AS TEXT) FROM _sqlx_migrations").await;
    assert_eq!(schema[0][0].as_deref(), Some("12"));
    // Opening what is up to date makes none.
    let fresh = Fresh::at(&url, Engine::Sqlite).await;
    assert_eq!(db::old_schema_copies(Path::new(&path)).unwrap().len(), 1);
    erase(&fresh).await;
    fresh.db.forget_deleted_rows().await.unwrap();
    assert!(db::old_schema_copies(Path::new(&path)).unwrap().is_empty());
}

type Rows = Vec<BTreeMap<String, String>>;

fn known(tables: &BTreeMap<String, schema::Table>) -> BTreeMap<String, Vec<String>> {
    tables.iter().map(|(name, table)| (name.clone(), table.columns.keys().cloned().collect())).collect()
}
