// SPDX-License-Identifier: Apache-2.0
//! The two doors: what is written is read back unchanged, and a refused row names the same rule on both engines.

use db::{DbError, Row, Statement, Value, args};
use domain::time::{Date, Timestamp};
use rstest::rstest;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::{
    engine::{Engine, Fresh},
    fixture::{OFFICE, id, insert_account, insert_person, now, person_row},
};

const fn statement(sql: &'static str) -> Statement {
    Statement { name: "of a test", sqlite: sql, postgres: sql }
}

const INSERT: Statement = statement(
    "INSERT INTO scratch (place, text_value, int_value, bool_value, bytes_value, id_value, time_value, day_value)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
);
const FIND: Statement = statement(
    "SELECT text_value, int_value, bool_value, bytes_value, id_value, time_value, day_value FROM scratch WHERE place = $1",
);
const IN_ORDER: Statement = statement("SELECT place FROM scratch ORDER BY time_value, day_value, place");

async fn with_scratch(engine: Engine) -> Fresh {
    let fresh = engine.fresh().await;
    let columns = match engine {
        Engine::Sqlite => {
            "TEXT, int_value INTEGER, bool_value INTEGER NOT NULL, bytes_value BLOB, id_value BLOB, time_value TEXT, day_value TEXT"
        }
        Engine::Postgres => {
            "TEXT COLLATE \"C\", int_value BIGINT, bool_value BOOLEAN NOT NULL, bytes_value BYTEA, id_value UUID, time_value TIMESTAMPTZ, day_value DATE"
        }
    };
    fresh
        .execute(
            &format!("CREATE TABLE scratch (place BIGINT PRIMARY KEY, text_value {columns})")
                .replace("place BIGINT", if engine == Engine::Sqlite { "place INTEGER" } else { "place BIGINT" }),
        )
        .await;
    fresh
}

/// One value of each kind that a column can hold.
type Values = (Option<String>, Option<i64>, bool, Option<Vec<u8>>, Option<Uuid>, Option<Timestamp>, Option<Date>);

fn values(row: &Row) -> Result<Values, DbError> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
}

fn moment(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

fn day(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

#[rstest]
#[tokio::test]
async fn every_kind_of_value_is_read_back_as_written(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = with_scratch(engine).await;
    let nil = Some(Uuid::nil());
    let rows: [Values; 6] = [
        (None, None, false, None, None, None, None),
        (Some(String::new()), Some(0), true, Some(vec![]), nil, moment("1970-01-01T00:00:00Z"), day("1970-01-01")),
        (
            Some("زهرا Əliyeva \u{1F600} 'x\"".into()),
            Some(i64::MAX),
            false,
            Some((0..=255).collect()),
            Some(Uuid::max()),
            moment("1999-12-31T23:59:59.999999Z"),
            day("1999-12-31"),
        ),
        (
            Some("a\nb".into()),
            Some(i64::MIN),
            true,
            Some(vec![0]),
            nil,
            moment("2000-01-01T00:00:00.000001Z"),
            day("2000-01-01"),
        ),
        (
            Some("%_".into()),
            Some(-1),
            true,
            Some(vec![0; 70_000]),
            nil,
            moment("1890-02-28T12:00:00.123456Z"),
            day("1890-02-28"),
        ),
        (Some("z".repeat(70_000)), Some(1), true, None, nil, moment("2261-07-21T23:54:54.775807Z"), day("9999-12-31")),
    ];
    for (place, row) in (0i64..).zip(rows.clone()) {
        let (text, int, is_true, bytes, uuid, time, civil) = row;
        assert_eq!(fresh.write(INSERT, args![place, text, int, is_true, bytes, uuid, time, civil]).await.unwrap(), 1);
    }
    for (place, row) in (0i64..).zip(rows) {
        let read = fresh.db.read::<_, DbError>(move |session| {
            Box::pin(async move { values(&session.fetch_one(FIND, args![place]).await?) })
        });
        assert_eq!(read.await.unwrap(), row, "row {place}");
    }
}

#[rstest]
#[tokio::test]
async fn moments_and_days_are_sorted_by_time(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = with_scratch(engine).await;
    let moments =
        ["2025-12-18T09:30:00Z", "1999-12-31T23:59:59.999999Z", "2025-12-18T09:30:00.000001Z", "1950-01-01T00:00:00Z"];
    for (place, text) in (0i64..).zip(moments) {
        let values = args![
            place,
            "",
            0i64,
            false,
            Option::<Vec<u8>>::None,
            Option::<Uuid>::None,
            moment(text),
            day("2025-12-18")
        ];
        fresh.write(INSERT, values).await.unwrap();
    }
    let order = fresh.db.read::<_, DbError>(|session| {
        Box::pin(async move { session.fetch_all(IN_ORDER, args![]).await?.iter().map(|row| row.get(0)).collect() })
    });
    let order: Vec<i64> = order.await.unwrap();
    assert_eq!(order, [3, 1, 0, 2]);
}

#[rstest]
#[tokio::test]
async fn a_column_read_as_something_else_is_damaged_and_nothing_worse(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = with_scratch(engine).await;
    let nothing = args![
        0i64,
        Option::<String>::None,
        Option::<i64>::None,
        true,
        vec![1u8, 2],
        id::<Uuid>(1),
        moment("2025-12-18T09:30:00Z"),
        day("2025-12-18")
    ];
    fresh.write(INSERT, nothing).await.unwrap();
    let read = fresh.db.read::<_, DbError>(|session| {
        Box::pin(async move {
            let row = session.fetch_one(FIND, args![0i64]).await?;
            let faults = [
                row.get::<String>(0).map(drop),
                row.get::<i64>(1).map(drop),
                row.get::<Uuid>(3).map(drop),
                row.get::<Timestamp>(3).map(drop),
                row.get::<String>(20).map(drop),
            ];
            Ok(faults)
        })
    });
    for (place, fault) in read.await.unwrap().into_iter().enumerate() {
        assert!(matches!(fault, Err(DbError::Damaged { .. })), "{place}: {fault:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_reader_sees_one_state_of_the_database(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    let db = fresh.db.clone();
    let counted = fresh.db.read::<_, DbError>(move |session| {
        Box::pin(async move {
            let before = session.count_persons().await?;
            db.write::<_, DbError>(|write| Box::pin(insert_person(write, 1))).await?;
            Ok((before, session.count_persons().await?))
        })
    });
    assert_eq!(counted.await.unwrap(), (0, 0));
    assert_eq!(fresh.count("SELECT COUNT(*) FROM person").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_reader_cannot_write(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    const DELETE: Statement = statement("DELETE FROM blank");
    let fresh = engine.fresh().await;
    fresh.db.write::<_, DbError>(|write| Box::pin(write.insert_blank("B1", OFFICE, now()))).await.unwrap();
    let deleted = fresh.db.read::<_, DbError>(|session| Box::pin(session.fetch_all(DELETE, args![]))).await;
    assert!(matches!(deleted.map(drop), Err(DbError::Unavailable(_))));
    assert_eq!(fresh.count("SELECT COUNT(*) FROM blank").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_reader_that_goes_away_leaves_no_transaction_behind(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    // More than there are connections, so that each one would be met again.
    for _ in 0..20 {
        let (started, has_started) = oneshot::channel();
        let reading = fresh.db.read::<(), DbError>(move |session| {
            Box::pin(async move {
                session.count_persons().await?;
                started.send(()).unwrap();
                std::future::pending().await
            })
        });
        tokio::select! {
            _ = reading => unreachable!("the reader waits for ever"),
            sent = has_started => sent.unwrap(),
        }
    }
    for number in 1..=20 {
        fresh.db.write::<_, DbError>(move |write| Box::pin(insert_person(write, number))).await.unwrap();
        let counted = fresh.db.read::<_, DbError>(|session| Box::pin(session.count_persons())).await;
        assert_eq!(counted.unwrap(), i64::try_from(number).unwrap());
    }
}

const INSERT_BLANK: Statement =
    statement("INSERT INTO blank (number, office, state, received_at) VALUES ($1, $2, $3, $4)");
const INSERT_TOKEN: Statement = statement(
    "INSERT INTO account_token (id, account_id, token_digest, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
);
const INSERT_HEAD: Statement = statement("INSERT INTO log_head (id, size, checkpoint) VALUES ($1, 0, '')");
const INSERT_ACTION: Statement = statement(
    "INSERT INTO case_file (id, number, procedure, person_id, office, state, snapshot, opened_at, row_version)
    VALUES ($1, $2, 'refugee_status', $3, 'o', $4, '', $5, 1)",
);

/// The rule that refuses each of these rows, after one good row of each kind.
fn refused_rows() -> Vec<(&'static str, Statement, Vec<Value>)> {
    let (token, other): (Uuid, Uuid) = (id(10), id(11));
    let (account, person): (Uuid, Uuid) = (id(1), id(1 << 32));
    vec![
        ("blank_pkey", INSERT_BLANK, args!["B1", OFFICE, "in_stock", now()]),
        ("blank_state_check", INSERT_BLANK, args!["B2", OFFICE, "eaten", now()]),
        ("blank_used_check", INSERT_BLANK, args!["B2", OFFICE, "used", now()]),
        ("not_null", INSERT_BLANK, args!["B2", Option::<String>::None, "in_stock", now()]),
        ("account_token_pkey", INSERT_TOKEN, args![token, account, vec![2u8], now(), now()]),
        ("account_token_digest_key", INSERT_TOKEN, args![other, account, vec![1u8], now(), now()]),
        ("foreign_key", INSERT_TOKEN, args![other, other, vec![3u8], now(), now()]),
        ("log_head_pkey", INSERT_HEAD, args![1i64]),
        ("log_head_single_check", INSERT_HEAD, args![2i64]),
        // A partial index, and one over two columns.
        ("case_file_open_key", INSERT_ACTION, args![other, "N2", person, "received", now()]),
        ("case_file_number_key", INSERT_ACTION, args![other, "N1", person, "closed", now()]),
    ]
}

#[rstest]
#[tokio::test]
async fn a_refused_row_names_the_same_rule_on_both_engines(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    let seeded = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            insert_account(write, 1, domain::access::Role::Registrar).await?;
            let person = insert_person(write, 1).await?;
            write.insert_blank("B1", OFFICE, now()).await?;
            write.execute(INSERT_TOKEN, args![id::<Uuid>(10), id::<Uuid>(1), vec![1u8], now(), now()]).await?;
            write.execute(INSERT_HEAD, args![1i64]).await?;
            write.execute(INSERT_ACTION, args![id::<Uuid>(10), "N1", person, "received", now()]).await
        })
    });
    seeded.await.unwrap();
    for (rule, statement, values) in refused_rows() {
        let refused = fresh.write(statement, values).await;
        assert!(matches!(&refused, Err(DbError::Constraint { name }) if name == rule), "{rule}: {refused:?}");
    }
}

#[rstest]
#[tokio::test]
async fn the_names_of_partial_and_double_indexes_are_found_through_the_functions_of_the_crate(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    let refused = fresh.db.write::<(), DbError>(|write| {
        Box::pin(async move {
            let officer = insert_account(write, 1, domain::access::Role::Registrar).await?;
            let person = insert_person(write, 1).await?;
            write.insert_protection_flag(id(1), person, officer, now()).await?;
            write.insert_protection_flag(id(2), person, officer, now()).await
        })
    });
    let refused = refused.await;
    assert!(matches!(&refused, Err(DbError::Constraint { name }) if name == "protection_flag_open_key"), "{refused:?}");
    let refused = fresh.db.write::<(), DbError>(|write| {
        Box::pin(async move {
            write.insert_person(&person_row(id(1), 5)).await?;
            write.insert_person(&person_row(id(2), 5)).await
        })
    });
    let refused = refused.await;
    assert!(matches!(&refused, Err(DbError::Constraint { name }) if name == "person_number_key"), "{refused:?}");
    assert_eq!(fresh.count("SELECT COUNT(*) FROM person").await, 0);
}
