// SPDX-License-Identifier: Apache-2.0
//! The schema: the same migrations, by number and name, in both dialects, forward only.

use sqlx::{
    Connection as _, PgConnection, PgPool, SqlSafeStr as _, SqliteConnection,
    migrate::{Migration, MigrationType, Migrator},
};

use std::path::Path;

use crate::{DbError, Schema, old_schema};

/// Declares the migrations once for both dialects.
macro_rules! migrations {
    ($($number:literal $name:literal),+ $(,)?) => {
        const SQLITE: &[(i64, &str, &str)] =
            &[$(($number, $name, include_str!(concat!("../migrations/sqlite/", $name, ".sql")))),+];
        const POSTGRES: &[(i64, &str, &str)] =
            &[$(($number, $name, include_str!(concat!("../migrations/postgres/", $name, ".sql")))),+];
    };
}

migrations! {
    1 "0001_create_identity",
    2 "0002_create_registry",
    3 "0003_create_case",
    4 "0004_create_card",
    5 "0005_create_audit",
    6 "0006_create_row_witness",
    7 "0007_create_account_session",
    8 "0008_create_draft",
    9 "0009_create_work",
    10 "0010_create_card_desk",
    11 "0011_create_content",
    12 "0012_keep_answers_and_name_tokens",
    13 "0013_index_family_names",
    14 "0014_index_family_head",
    16 "0016_index_foreign_references",
}

/// The schema this program works with.
pub const SCHEMA_VERSION: i64 = SQLITE[SQLITE.len() - 1].0;

/// The numbers of all migrations, in order.
pub fn schema_numbers() -> Vec<i64> {
    SQLITE.iter().map(|(number, ..)| *number).collect()
}

/// The migrations up to one, it included.
fn migrator(list: &[(i64, &'static str, &'static str)], last: i64) -> Migrator {
    let migrations = list.iter().filter(|(number, ..)| *number <= last).map(|&(number, name, sql)| {
        Migration::new(number, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

pub(crate) async fn sqlite(connection: &mut SqliteConnection, path: &Path, schema: Schema) -> Result<(), DbError> {
    const EXISTS: &str = "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
    const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations WHERE success = TRUE";
    let unavailable = |error| DbError::Unavailable(Some(error));
    let exists: i64 = sqlx::query_scalar(EXISTS).fetch_one(&mut *connection).await.map_err(unavailable)?;
    let found: i64 = match exists {
        0 => 0,
        _ => sqlx::query_scalar(VERSION).fetch_one(&mut *connection).await.map_err(unavailable)?,
    };
    compare(found, schema)?;
    if schema == Schema::Migrate {
        if found > 0 && found < SCHEMA_VERSION {
            old_schema::keep(connection, path, found).await?;
        }
        migrator(SQLITE, SCHEMA_VERSION)
            .run_direct(None, connection, false)
            .await
            .map_err(|error| DbError::Migration(error.into()))?;
    }
    Ok(())
}

pub(crate) async fn postgres(pool: &PgPool, schema: Schema) -> Result<(), DbError> {
    const EXISTS: &str =
        "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_sqlx_migrations'";
    const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations WHERE success = TRUE";
    let unavailable = |error| DbError::Unavailable(Some(error));
    let exists: i64 = sqlx::query_scalar(EXISTS).fetch_one(pool).await.map_err(unavailable)?;
    let found: i64 = match exists {
        0 => 0,
        _ => sqlx::query_scalar(VERSION).fetch_one(pool).await.map_err(unavailable)?,
    };
    compare(found, schema)?;
    if schema == Schema::Migrate {
        migrator(POSTGRES, SCHEMA_VERSION).run(pool).await.map_err(|error| DbError::Migration(error.into()))?;
    }
    Ok(())
}

/// Gives an empty database the schema of an earlier release (or of this one): a backup is read back into the schema it was
/// taken from, and tests upgrade from it.
///
/// # Errors
/// When the address is neither engine's, the database does not answer, or a migration fails.
pub async fn migrate_to(url: &str, schema: i64) -> Result<(), DbError> {
    let unavailable = |error| DbError::Unavailable(Some(error));
    if let Some(path) = url.strip_prefix("sqlite:") {
        let mut connection = crate::sqlite::open_writer(Path::new(path)).await?;
        sqlite_to(&mut connection, schema).await?;
        connection.close().await.map_err(unavailable)
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let mut connection = PgConnection::connect(url).await.map_err(unavailable)?;
        postgres_to(&mut connection, schema).await?;
        connection.close().await.map_err(unavailable)
    } else {
        Err(DbError::Address)
    }
}

pub(crate) async fn sqlite_to(connection: &mut SqliteConnection, schema: i64) -> Result<(), DbError> {
    let done = migrator(SQLITE, schema).run_direct(None, connection, false).await;
    done.map_err(|error| DbError::Migration(error.into()))
}

pub(crate) async fn postgres_to(connection: &mut PgConnection, schema: i64) -> Result<(), DbError> {
    let done = migrator(POSTGRES, schema).run_direct(None, connection, false).await;
    done.map_err(|error| DbError::Migration(error.into()))
}

fn compare(found: i64, schema: Schema) -> Result<(), DbError> {
    let known = SCHEMA_VERSION;
    if found > known {
        return Err(DbError::NewerSchema { found, known });
    }
    if found < known && schema == Schema::Expect {
        return Err(DbError::OlderSchema { found, known });
    }
    Ok(())
}
