// SPDX-License-Identifier: Apache-2.0
//! A copy of an SQLite database as it was before its schema was changed: the way back to the earlier release.
//!
//! It lies beside the database as `turna.db.schema-N`, for its owner alone. An erasure deletes it: whoever is erased must not
//! be found in an old copy. Whoever runs PostgreSQL takes a backup before.

use std::{
    io,
    path::{Path, PathBuf},
};

use sqlx::SqliteConnection;

use crate::DbError;

/// What stands between the name of the database and the number of the schema.
const MARK: &str = ".schema-";

/// Copies the database as it is, durably, before anything is changed.
pub(crate) async fn keep(connection: &mut SqliteConnection, path: &Path, found: i64) -> Result<(), DbError> {
    let copy = with_end(path, &format!("{MARK}{found}"));
    let part = with_end(&copy, ".part");
    make_private(&part).map_err(file_failed)?;
    let name = part.to_str().ok_or_else(|| DbError::damaged("the path of the database is no text"))?;
    let copied = sqlx::query("VACUUM INTO $1").bind(name).execute(connection).await;
    copied.map_err(|error| DbError::Unavailable(Some(error)))?;
    let settled = std::fs::File::open(&part).and_then(|file| file.sync_all());
    settled.and_then(|()| std::fs::rename(&part, &copy)).map_err(file_failed)
}

/// An empty file that only its owner reads; VACUUM fills it.
fn make_private(part: &Path) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    match std::fs::remove_file(part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    std::fs::File::options().write(true).create_new(true).mode(0o600).open(part).map(drop)
}

/// The copies that lie beside a database.
///
/// # Errors
/// When the folder cannot be read.
pub fn copies(path: &Path) -> io::Result<Vec<PathBuf>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let start = path.file_name().map(|name| format!("{}{MARK}", name.to_string_lossy())).unwrap_or_default();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&start) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Deletes the copies.
pub(crate) fn forget(path: &Path) -> Result<(), DbError> {
    copies(path).and_then(|copies| copies.iter().try_for_each(std::fs::remove_file)).map_err(file_failed)
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn file_failed(error: io::Error) -> DbError {
    DbError::Unavailable(Some(sqlx::Error::Io(error)))
}
