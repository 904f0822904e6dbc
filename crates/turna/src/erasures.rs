// SPDX-License-Identifier: Apache-2.0
//! Keeps the list of erasures apart from the database, so that a backup that is older than an erasure brings nobody back.

use std::path::Path;

use app::AppError;
use backup::ErasureList;
use db::{Db, DbError};

/// What was written last by this program, so that an unchanged list costs one count.
#[derive(Debug, Default)]
pub(crate) struct Keeper {
    count: Option<i64>,
}

impl Keeper {
    /// Adds to the file what the database has more. Nothing is ever taken out of the file.
    ///
    /// # Errors
    /// When the database or the file fails.
    pub(crate) async fn keep(&mut self, db: &Db, file: &Path) -> Result<(), AppError> {
        let count: i64 = db.read::<_, DbError>(|session| Box::pin(session.count_erasures())).await?;
        if self.count == Some(count) {
            return Ok(());
        }
        let erasures = db.read::<_, DbError>(|session| Box::pin(session.list_erasures())).await?;
        let failed = |error| AppError::store("the list of erasures cannot be kept", error);
        let mut list = ErasureList::load(file).map_err(failed)?;
        if list.add(erasures) {
            list.save(file).map_err(failed)?;
        }
        self.count = Some(count);
        Ok(())
    }
}
