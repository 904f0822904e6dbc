// SPDX-License-Identifier: Apache-2.0
//! Every statement is understood by both engines.

use std::collections::BTreeSet;

use rstest::rstest;
use sqlx::{Connection as _, Executor as _, PgConnection, SqlSafeStr as _};

use crate::engine::{self, Engine};

#[rstest]
#[tokio::test]
async fn every_statement_can_be_prepared(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    let mut faults = Vec::new();
    for statement in db::statements() {
        let prepared = match engine {
            Engine::Sqlite => {
                let mut connection = engine::sqlite(&fresh.url).await;
                connection.prepare(statement.sqlite.into_sql_str()).await.map(drop)
            }
            Engine::Postgres => {
                let mut connection = PgConnection::connect(&fresh.url).await.unwrap();
                connection.prepare(statement.postgres.into_sql_str()).await.map(drop)
            }
        };
        if let Err(error) = prepared {
            faults.push(format!("{}: {error}", statement.name));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_two_statements_have_one_name() {
    let mut seen = BTreeSet::new();
    let twice: Vec<&str> =
        db::statements().map(|statement| statement.name).filter(|name| !seen.insert(*name)).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert!(seen.len() > 100, "only {} statements are listed", seen.len());
}

#[test]
fn a_statement_uses_each_of_its_parameters_and_no_quotation_marks() {
    for statement in db::statements() {
        for sql in [statement.sqlite, statement.postgres] {
            let parameter = |number: usize| sql.contains(&format!("${number}"));
            let last = (1..100).take_while(|&number| parameter(number)).count();
            assert!(!(last + 1..100).any(parameter), "{} leaves a parameter out", statement.name);
            assert!(!sql.contains('"'), "{} quotes a name", statement.name);
        }
    }
}
