// SPDX-License-Identifier: Apache-2.0
//! The public log: dense positions, one history, and no step further once the stored tiles contradict the signed root.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use db::{Db, DbError, LogError, NewAuditRecord, SEQUENCE_BATCH_MAX, Write};
use domain::{
    access::Purpose,
    audit::{AuditRecord, Visibility},
};
use rstest::rstest;
use transparency::{LogFiles, LogKey, LogPath, SourceError, SweepReport, layout, verify_log};

use crate::{
    engine::{Engine, Fresh},
    fixture::{id, now, rng},
};

/// The same key in every test.
pub(crate) fn key() -> Arc<LogKey> {
    Arc::new(LogKey::generate("turna.example/log", &mut rng(1)).unwrap())
}

async fn insert_record(write: &mut Write, number: u64) -> Result<(), DbError> {
    let record = AuditRecord {
        id: id(u128::from(number)),
        at: now(),
        visibility: Visibility::Subject,
        action: "show_person".into(),
        result: "done".into(),
        actor: None,
        purpose: Purpose::Registration,
        object: None,
        basis: vec![],
        subjects: vec![],
        details: vec![],
        rows: vec![],
        request: id(u128::from(number)),
    };
    let new = NewAuditRecord { record, subjects: vec![], details: vec![] };
    write.insert_audit_record(&new, &mut rng(number)).await
}

async fn insert_records(db: &Db, numbers: std::ops::Range<u64>) {
    let done = db.write::<_, DbError>(move |write| {
        let numbers = numbers.clone();
        Box::pin(async move {
            for number in numbers {
                insert_record(write, number).await?;
            }
            Ok(())
        })
    });
    done.await.unwrap();
}

async fn checkpoint(db: &Db) -> String {
    db.read::<_, DbError>(|session| Box::pin(session.log_checkpoint())).await.unwrap().unwrap()
}

/// The files of a log as the outside would have fetched them.
struct Fetched(HashMap<String, Vec<u8>>);

impl LogFiles for Fetched {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.0.get(path).cloned())
    }
}

async fn fetch(db: &Db, size: u64) -> Fetched {
    let mut paths = vec![LogPath::Checkpoint];
    paths.extend(layout::bundles(size).map(LogPath::Entries));
    paths.extend(layout::tiles(size).map(LogPath::Tile));
    let mut files = HashMap::new();
    for path in paths {
        let file = db.read::<_, DbError>(move |session| Box::pin(async move { session.log_file(&path).await }));
        if let Some(bytes) = file.await.unwrap() {
            files.insert(path.path(), bytes);
        }
    }
    Fetched(files)
}

async fn verify(db: &Db, size: u64, since: Option<&str>) -> SweepReport {
    verify_log(&fetch(db, size).await, &key().verifier(), since).unwrap()
}

/// Every record has a position, from 0 on, without a gap.
async fn assert_dense(fresh: &Fresh, size: i64) {
    assert_eq!(fresh.count("SELECT COUNT(*) FROM audit_record").await, size);
    assert_eq!(fresh.count("SELECT COUNT(DISTINCT position) FROM audit_record WHERE position IS NOT NULL").await, size);
    assert_eq!(fresh.count("SELECT COALESCE(MIN(position), 0) FROM audit_record").await, 0);
    assert_eq!(fresh.count("SELECT COALESCE(MAX(position), -1) FROM audit_record").await, size - 1);
}

#[rstest]
#[tokio::test]
async fn an_empty_log_has_a_signed_checkpoint(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    assert_eq!(fresh.db.sequence(key()).await.unwrap(), 0);
    assert_eq!(verify(&fresh.db, 0, None).await.entries, 0);
    assert_eq!(fresh.db.sequence(key()).await.unwrap(), 0);
}

#[rstest]
#[tokio::test]
async fn the_log_grows_over_batches_and_tiles_and_keeps_its_history(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    let mut size = 0;
    let mut since: Option<String> = None;
    let more_than_a_batch = u64::try_from(SEQUENCE_BATCH_MAX).unwrap() + 3;
    for more in [1, 254, 1, 1, more_than_a_batch] {
        insert_records(&fresh.db, size..size + more).await;
        size += more;
        assert_eq!(fresh.db.sequence(key()).await.unwrap(), size);
        let report = verify(&fresh.db, size, since.as_deref()).await;
        assert_eq!(report.entries, size);
        since = Some(checkpoint(&fresh.db).await);
    }
    assert_dense(&fresh, i64::try_from(size).unwrap()).await;
    let waiting = fresh.db.read::<_, DbError>(|session| Box::pin(session.count_waiting_records())).await;
    assert_eq!(waiting.unwrap(), 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn two_sequencers_at_once_make_one_history_without_a_gap(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const WRITERS: u64 = 12;
    const EACH: u64 = 25;
    let fresh = engine.fresh().await;
    let other = match engine {
        Engine::Sqlite => fresh.db.clone(),
        Engine::Postgres => fresh.second_handle().await,
    };
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let db = fresh.db.clone();
            tokio::spawn(async move {
                for number in writer * EACH..(writer + 1) * EACH {
                    db.write::<_, DbError>(move |write| Box::pin(insert_record(write, number))).await.unwrap();
                }
            })
        })
        .collect();
    let sequencers: Vec<_> = [fresh.db.clone(), other]
        .into_iter()
        .map(|db| {
            tokio::spawn(async move {
                let mut seen: BTreeMap<u64, String> = BTreeMap::new();
                while *seen.keys().last().unwrap_or(&0) < WRITERS * EACH {
                    match db.sequence(key()).await {
                        Ok(_) | Err(LogError::Moved) => {}
                        Err(error) => panic!("{error:?}"),
                    }
                    let note = checkpoint(&db).await;
                    let size = note.lines().nth(1).unwrap().parse().unwrap();
                    assert_eq!(*seen.entry(size).or_insert_with(|| note.clone()), note);
                }
                seen
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let mut all: BTreeMap<u64, String> = BTreeMap::new();
    for sequencer in sequencers {
        for (size, note) in sequencer.await.unwrap() {
            assert_eq!(*all.entry(size).or_insert_with(|| note.clone()), note, "two checkpoints of size {size}");
        }
    }
    assert_dense(&fresh, i64::try_from(WRITERS * EACH).unwrap()).await;
    for note in all.values() {
        verify(&fresh.db, WRITERS * EACH, Some(note)).await;
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_very_first_checkpoint_is_made_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    let first = (0..8).map(|_| {
        let db = fresh.db.clone();
        tokio::spawn(async move { db.sequence(key()).await })
    });
    for sequenced in first.collect::<Vec<_>>() {
        let sequenced = sequenced.await.unwrap();
        assert!(matches!(sequenced, Ok(0) | Err(LogError::Moved)), "{sequenced:?}");
    }
    assert_eq!(fresh.count("SELECT COUNT(*) FROM log_head").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_tampered_log_is_refused_by_the_sequencer(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    insert_records(&fresh.db, 0..300).await;
    assert_eq!(fresh.db.sequence(key()).await.unwrap(), 300);
    let good = checkpoint(&fresh.db).await;
    insert_records(&fresh.db, 300..301).await;

    let edge = fresh.bytes_literal(&[9; 44 * 32]);
    fresh.execute("CREATE TABLE kept AS SELECT * FROM log_tile").await;
    fresh.execute(&format!("UPDATE log_tile SET hashes = {edge} WHERE level = 0 AND tile_index = 1")).await;
    let refused = fresh.db.sequence(key()).await;
    assert!(matches!(refused, Err(LogError::Tree(_))), "{refused:?}");
    assert!(verify_log(&fetch(&fresh.db, 300).await, &key().verifier(), None).is_err());
    fresh.execute("DELETE FROM log_tile WHERE level = 0 AND tile_index = 1").await;
    let refused = fresh.db.sequence(key()).await;
    assert!(matches!(refused, Err(LogError::Tree(_))), "{refused:?}");
    fresh.execute("DELETE FROM log_tile").await;
    fresh.execute("INSERT INTO log_tile SELECT * FROM kept").await;

    fresh.execute("UPDATE log_head SET checkpoint = replace(checkpoint, '300', '299')").await;
    let refused = fresh.db.sequence(key()).await;
    assert!(matches!(refused, Err(LogError::Checkpoint(_))), "{refused:?}");
    fresh.execute("UPDATE log_head SET checkpoint = replace(checkpoint, '299', '300'), size = 299").await;
    let refused = fresh.db.sequence(key()).await;
    assert!(refused.is_err(), "{refused:?}");

    // Nothing of the refused batches was kept, and the mended log goes on.
    assert_eq!(checkpoint(&fresh.db).await, good);
    assert_eq!(fresh.count("SELECT COUNT(*) FROM audit_record WHERE position IS NULL").await, 1);
    fresh.execute("UPDATE log_head SET size = 300").await;
    assert_eq!(fresh.db.sequence(key()).await.unwrap(), 301);
    verify(&fresh.db, 301, Some(&good)).await;
}

#[rstest]
#[tokio::test]
async fn a_log_signed_by_another_key_is_not_continued(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    insert_records(&fresh.db, 0..2).await;
    fresh.db.sequence(key()).await.unwrap();
    insert_records(&fresh.db, 2..3).await;
    let other = Arc::new(LogKey::generate("turna.example/log", &mut rng(2)).unwrap());
    let refused = fresh.db.sequence(other).await;
    assert!(matches!(refused, Err(LogError::Checkpoint(_))), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn a_record_changed_after_it_was_numbered_no_longer_makes_the_root(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    insert_records(&fresh.db, 0..300).await;
    fresh.db.sequence(key()).await.unwrap();
    let other = fresh.bytes_literal(&[1; 32]);
    fresh.execute(&format!("UPDATE audit_record SET commitment = {other} WHERE position = 7")).await;
    let error = verify_log(&fetch(&fresh.db, 300).await, &key().verifier(), None).unwrap_err();
    assert_eq!(error.bad_file().as_deref(), Some("tile/entries/000"), "{error}");
    fresh.execute("DELETE FROM audit_record WHERE position = 299").await;
    assert!(verify_log(&fetch(&fresh.db, 300).await, &key().verifier(), None).is_err());
}
