// SPDX-License-Identifier: Apache-2.0
//! Opening: only the two engines, and only this program's schema.

use db::{Db, DbError, SCHEMA_VERSION, Schema};
use rstest::rstest;

use crate::engine::{Engine, execute, keyring};

#[rstest]
#[case::mysql("mysql://localhost/turna")]
#[case::path("/var/lib/turna/turna.db")]
#[case::nothing("")]
#[case::broken_port("postgres://localhost:port/turna")]
#[tokio::test]
async fn an_unknown_address_is_refused(#[case] url: &str) {
    let opened = Db::open(url, Schema::Migrate, keyring()).await.map(drop);
    assert!(matches!(opened, Err(DbError::Address)), "{opened:?}");
}

#[rstest]
#[tokio::test]
async fn a_schema_of_a_newer_release_is_refused_in_one_sentence(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Schema::Migrate, Schema::Expect)] schema: Schema,
) {
    let fresh = engine.fresh().await;
    let newer = SCHEMA_VERSION + 1;
    fresh
        .execute(&format!(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
            SELECT {newer}, 'of a later release', success, checksum, 1 FROM _sqlx_migrations WHERE version = 1"
        ))
        .await;
    let error = Db::open(&fresh.url, schema, keyring()).await.map(drop).unwrap_err();
    assert!(matches!(error, DbError::NewerSchema { found, known } if (found, known) == (newer, SCHEMA_VERSION)));
    let sentence = error.to_string();
    assert!(!sentence.contains('\n') && sentence.contains(&newer.to_string()), "{sentence}");
}

#[rstest]
#[tokio::test]
async fn an_empty_database_is_migrated_only_where_that_is_wanted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (url, _folder, _permit) = engine.address().await;
    let error = Db::open(&url, Schema::Expect, keyring()).await.map(drop).unwrap_err();
    assert!(matches!(error, DbError::OlderSchema { found: 0, known: SCHEMA_VERSION }), "{error:?}");
    Db::open(&url, Schema::Migrate, keyring()).await.unwrap().close().await;
    Db::open(&url, Schema::Expect, keyring()).await.unwrap().close().await;
}

#[rstest]
#[tokio::test]
async fn the_schema_of_an_older_release_is_refused_where_no_migration_is_wanted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    fresh.execute(&format!("DELETE FROM _sqlx_migrations WHERE version = {SCHEMA_VERSION}")).await;
    let error = Db::open(&fresh.url, Schema::Expect, keyring()).await.map(drop).unwrap_err();
    assert!(matches!(error, DbError::OlderSchema { found, .. } if found < SCHEMA_VERSION), "{error:?}");
}

#[rstest]
#[tokio::test]
async fn a_migration_that_failed_says_so_and_is_not_taken_for_done(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (url, _folder, _permit) = engine.address().await;
    if engine == Engine::Sqlite {
        std::fs::File::create(url.trim_start_matches("sqlite:")).unwrap();
    }
    // The program's own migration then finds the table in its way.
    execute(&url, "CREATE TABLE person (id INTEGER)").await;
    let error = Db::open(&url, Schema::Migrate, keyring()).await.map(drop).unwrap_err();
    assert!(matches!(error, DbError::Migration(_)), "{error:?}");
    execute(&url, "DROP TABLE person").await;
    Db::open(&url, Schema::Migrate, keyring()).await.unwrap();
}

#[tokio::test]
async fn what_was_written_before_closing_is_there_after_opening() {
    let fresh = Engine::Sqlite.fresh().await;
    let write =
        fresh.db.write::<_, DbError>(|write| Box::pin(write.insert_blank("B1", "sms-baku", crate::fixture::now())));
    write.await.unwrap();
    let path = fresh.db.sqlite_path().unwrap().to_owned();
    fresh.db.clone().close().await;
    let again = Db::open(&format!("sqlite:{}", path.display()), Schema::Expect, keyring()).await.unwrap();
    let counted = again.read::<_, DbError>(|session| Box::pin(session.count_blanks("sms-baku"))).await.unwrap();
    assert_eq!(counted, [("in_stock".to_owned(), 1)]);
}
