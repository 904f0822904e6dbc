// SPDX-License-Identifier: Apache-2.0
//! Rows and the records that vouch for them: every column is covered, and both engines write the same.

use std::collections::BTreeSet;

use db::{AppendError, DbError, WITNESSED_TABLES};
use domain::access::Role;
use rstest::rstest;

use crate::{
    engine::{Engine, Fresh},
    fixture::{id, insert_account, insert_person},
    planted::{person, plant, record},
    schema,
};

/// Tables that no witness vouches for, each with the reason.
const WITHOUT: [(&str, &str); 17] = [
    ("audit_detail", "the record names its digest"),
    ("audit_record", "the log commits to it"),
    ("audit_subject", "the record names its digest"),
    ("case_queue", "follows from the cases and the clocks of the pack"),
    ("file_visit", "minutes of a visit; opens nothing without its token"),
    ("draft", "nothing yet: it changes with every page of a form"),
    ("account_attempt", "counts failed sign-ins"),
    ("account_session", "changes with each request"),
    ("account_totp", "changes with each sign-in"),
    ("idempotency", "holds answers, not facts"),
    ("job", "follows from an act and holds only identifiers"),
    ("log_head", "signed"),
    ("log_tile", "hashes of what is signed"),
    ("person_key", "a changed key opens nothing"),
    ("publication", "signed"),
    ("row_witness", "the record names its digest"),
    ("_sqlx_migrations", "the schema's own"),
];

/// Columns that change outside of acts, or follow from another.
const COLUMNS_WITHOUT: [(&str, &str); 2] = [("contact", "search_key"), ("person_token", "failed_attempts")];

#[tokio::test]
async fn every_column_is_witnessed_or_left_out_on_purpose() {
    let tables = schema::tables(&Engine::Sqlite.fresh().await).await;
    for (name, table) in &tables {
        let witnessed = WITNESSED_TABLES.iter().find(|witnessed| witnessed.name == name);
        assert_ne!(witnessed.is_some(), WITHOUT.iter().any(|(without, _)| without == name), "{name}");
        let Some(witnessed) = witnessed else { continue };
        let mut columns: BTreeSet<&str> = witnessed.columns.iter().map(|(column, _)| *column).collect();
        columns.extend(COLUMNS_WITHOUT.iter().filter(|(table, _)| table == name).map(|(_, column)| *column));
        assert_eq!(columns, table.columns.keys().map(String::as_str).collect(), "{name}");
    }
    for table in WITNESSED_TABLES {
        assert!(tables.contains_key(table.name), "{}", table.name);
    }
}

async fn planted(engine: Engine) -> Fresh {
    let fresh = engine.fresh().await;
    let written = fresh.db.write::<_, AppendError>(|write| {
        Box::pin(async move {
            insert_account(write, 1, Role::CardOfficer).await?;
            insert_account(write, 2, Role::HeadOfOffice).await?;
            plant(write).await
        })
    });
    written.await.unwrap();
    fresh
}

async fn canonical(fresh: &Fresh) -> Vec<String> {
    let records = fresh.db.read::<_, DbError>(|session| Box::pin(session.list_audit_records_from(None)));
    records.await.unwrap().into_iter().map(|record| record.canonical).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_of_an_act_is_the_same_on_both_engines() {
    let (sqlite, postgres) = (planted(Engine::Sqlite).await, planted(Engine::Postgres).await);
    let records = canonical(&sqlite).await;
    assert_eq!(records, canonical(&postgres).await);
    // Each of the rows planted is in it.
    assert!(records[0].matches(":1:").count() > 25, "{}", records[0]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_an_act_that_was_undone_has_touched_is_forgotten(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    let written = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            insert_person(write, 1).await?;
            let undone: Result<(), DbError> = write
                .nested(|write| {
                    Box::pin(async move {
                        insert_person(write, 2).await?;
                        Err(DbError::Busy)
                    })
                })
                .await;
            assert!(undone.is_err());
            record(write, 1, None).await?;
            // What a record has bound is bound once.
            record(write, 2, None).await
        })
    });
    written.await.unwrap();
    let records = canonical(&fresh).await;
    let rows = |record: &String| record.matches(":1:").count();
    assert_eq!(records.iter().map(rows).collect::<Vec<_>>()[1], 0);
    assert_eq!(i64::try_from(rows(&records[0])).unwrap(), fresh.count("SELECT COUNT(*) FROM row_witness").await);
    assert_eq!(fresh.count("SELECT COUNT(*) FROM row_witness WHERE table_name = 'person'").await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_sealed_under_its_persons_key_and_opens_nowhere_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = planted(engine).await;
    let witnesses = fresh.db.read::<_, DbError>(|session| {
        Box::pin(async move {
            let all = session.list_witnesses_by_record(id(0), id(u128::MAX)).await?;
            let mut opened = Vec::new();
            for witness in all {
                let copy = session.open_witness(&witness).await?.unwrap();
                // Under another owner, or none, it is damaged.
                let mut moved = witness.clone();
                moved.person = if witness.person.is_some() { None } else { Some(person()) };
                assert!(session.open_witness(&moved).await.is_err());
                opened.push((witness, copy));
            }
            Ok(opened)
        })
    });
    let witnesses = witnesses.await.unwrap();
    for (witness, copy) in &witnesses {
        assert_eq!(witness.row.as_ref(), Some(&copy.row));
        let is_hers = copy.columns.get("person_id").is_some_and(|id| *id == person().to_string().as_str());
        assert_eq!(witness.person.is_some(), is_hers || copy.row.0 == "person", "{}", copy.row.0);
    }
    let name = witnesses.iter().find(|(_, copy)| copy.row.0 == "person_name").unwrap();
    assert!(name.1.columns.contains_key("value"));
}
