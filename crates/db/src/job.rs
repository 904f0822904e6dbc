// SPDX-License-Identifier: Apache-2.0
//! Jobs written in the transaction of an act and done after it, and the documents that jobs publish.

use domain::{id::JobId, time::Timestamp};
use uuid::Uuid;

use crate::{DbError, Session, Write, args, statements};

statements! {
    INSERT_JOB = "INSERT INTO job (id, kind, object_id, run_at, attempts) VALUES ($1, $2, $3, $4, 0)";
    LIST_WAITING_JOBS = "SELECT id, kind, object_id, attempts FROM job WHERE done_at IS NULL AND run_at <= $1 ORDER BY run_at, id LIMIT $2";
    UPDATE_JOB_DONE = "UPDATE job SET done_at = $1 WHERE id = $2 AND done_at IS NULL";
    UPDATE_JOB_LATER = "UPDATE job SET attempts = attempts + 1, run_at = $1 WHERE id = $2 AND done_at IS NULL";
    UPSERT_PUBLICATION = "INSERT INTO publication (name, sequence, content, published_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence, content = excluded.content, published_at = excluded.published_at
        WHERE publication.sequence < excluded.sequence";
    FIND_PUBLICATION = "SELECT sequence, content, published_at FROM publication WHERE name = $1";
}

/// Jobs taken at once.
pub const JOBS_PER_ROUND: i64 = 64;

/// A job that waits.
#[derive(Clone, Debug)]
pub struct Job {
    /// Identifier.
    pub id: JobId,
    /// What to do.
    pub kind: String,
    /// To what.
    pub object: Option<Uuid>,
    /// How often it was tried.
    pub attempts: i64,
}

/// A published document.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Grows with each publication.
    pub sequence: i64,
    /// The document.
    pub content: Vec<u8>,
    /// When.
    pub published_at: Timestamp,
}

impl Session {
    /// The jobs that are due.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_waiting_jobs(&mut self, now: Timestamp) -> Result<Vec<Job>, DbError> {
        let rows = self.fetch_all(LIST_WAITING_JOBS, args![now, JOBS_PER_ROUND]).await?;
        rows.iter()
            .map(|row| Ok(Job { id: row.id(0)?, kind: row.get(1)?, object: row.get(2)?, attempts: row.get(3)? }))
            .collect()
    }

    /// A published document.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_publication(&mut self, name: &str) -> Result<Option<Publication>, DbError> {
        let row = self.fetch_optional(FIND_PUBLICATION, args![name]).await?;
        row.map(|row| Ok(Publication { sequence: row.get(0)?, content: row.get(1)?, published_at: row.get(2)? }))
            .transpose()
    }
}

impl Write {
    /// Writes a job, to be done after the commit.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_job(
        &mut self,
        id: JobId,
        kind: &str,
        object: Option<Uuid>,
        run_at: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(INSERT_JOB, args![id, kind, object, run_at]).await.map(drop)
    }

    /// Notes that a job is done.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_job_done(&mut self, id: JobId, now: Timestamp) -> Result<(), DbError> {
        self.execute(UPDATE_JOB_DONE, args![now, id]).await.map(drop)
    }

    /// Puts a failed job off.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_job_later(&mut self, id: JobId, run_at: Timestamp) -> Result<(), DbError> {
        self.execute(UPDATE_JOB_LATER, args![run_at, id]).await.map(drop)
    }

    /// Publishes a document unless a later one was published meanwhile; says whether it did.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn upsert_publication(
        &mut self,
        name: &str,
        sequence: i64,
        content: &[u8],
        now: Timestamp,
    ) -> Result<bool, DbError> {
        Ok(self.execute(UPSERT_PUBLICATION, args![name, sequence, content, now]).await? == 1)
    }
}
