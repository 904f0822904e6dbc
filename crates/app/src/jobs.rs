// SPDX-License-Identifier: Apache-2.0
//! What follows from an act: asked for in its transaction, done after it. A job can be done twice without harm.

use domain::{id::JobId, time::Timestamp};
use uuid::Uuid;

use crate::{AppError, Service, draft, publishing, unit::Unit};

/// The pause before a failed job is tried again, in seconds; it grows with each attempt.
const RETRY_SECONDS: i64 = 5;
/// The longest such pause, in seconds.
const RETRY_SECONDS_MAX: i64 = 600;

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// Sign the status list as the cards stand now.
    PublishStatusList,
    /// After an erasure: delete the photo's file, and what the engine still holds of deleted rows.
    Forget {
        /// Name of the file.
        file: Option<String>,
    },
    /// Delete the drafts whose time is over.
    ForgetDraft,
}

const FORGET_DRAFT: &str = "forget_draft";
const PUBLISH_STATUS_LIST: &str = "publish_status_list";
const FORGET: &str = "forget";

impl Job {
    pub(crate) fn to_kind(&self) -> String {
        match self {
            Self::PublishStatusList => PUBLISH_STATUS_LIST.into(),
            Self::Forget { file: None } => FORGET.into(),
            Self::ForgetDraft => FORGET_DRAFT.into(),
            Self::Forget { file: Some(file) } => format!("{FORGET}/{file}"),
        }
    }

    fn from_kind(kind: &str) -> Option<Self> {
        match kind.split_once('/') {
            None if kind == PUBLISH_STATUS_LIST => Some(Self::PublishStatusList),
            None if kind == FORGET_DRAFT => Some(Self::ForgetDraft),
            None if kind == FORGET => Some(Self::Forget { file: None }),
            Some((FORGET, file)) => Some(Self::Forget { file: Some(file.to_owned()) }),
            _ => None,
        }
    }
}

/// Asks for a job in the transaction of an act.
pub(crate) async fn ask(unit: &mut Unit<'_>, job: Job) -> Result<(), AppError> {
    let now = unit.now;
    ask_at(unit, job, None, now).await
}

/// Asks for a job on an object, to be done at a later moment.
pub(crate) async fn ask_at(
    unit: &mut Unit<'_>,
    job: Job,
    object: Option<Uuid>,
    run_at: Timestamp,
) -> Result<(), AppError> {
    let id = unit.new_id::<JobId>();
    Ok(unit.insert_job(id, &job.to_kind(), object, run_at).await?)
}

/// Does the jobs that are due and returns how many were done. A failed one is put off, not lost.
///
/// # Errors
/// When the database fails.
pub async fn work_off(service: &Service) -> Result<usize, AppError> {
    let mut done = 0;
    loop {
        let now = service.now();
        let waiting = service.db().read(move |session| Box::pin(session.list_waiting_jobs(now))).await?;
        if waiting.is_empty() {
            return Ok(done);
        }
        // Several requests to sign the status list are met by one signature.
        let mut is_status_list_signed = false;
        for job in waiting {
            let result = match Job::from_kind(&job.kind) {
                Some(Job::PublishStatusList) if is_status_list_signed => Ok(()),
                Some(Job::PublishStatusList) => publishing::publish_status_list(service).await.map(drop),
                Some(Job::Forget { file }) => forget(service, file).await,
                Some(Job::ForgetDraft) => match forget_draft(service, job.object).await {
                    Ok(None) => Ok(()),
                    Ok(Some(later)) => {
                        come_back(service, job.id, later).await?;
                        continue;
                    }
                    Err(error) => Err(error),
                },
                None => Err(AppError::Fault("an unknown kind of job")),
            };
            match result {
                Ok(()) => {
                    is_status_list_signed |= job.kind == PUBLISH_STATUS_LIST;
                    mark_done(service, job.id, now).await?;
                    done += 1;
                }
                Err(error) => {
                    tracing::error!(job.kind, job.attempts, %error, "a job failed and is tried again later");
                    put_off(service, job.id, job.attempts, now).await?;
                }
            }
        }
    }
}

async fn mark_done(service: &Service, id: JobId, now: Timestamp) -> Result<(), AppError> {
    let done = service.db().write(move |write| Box::pin(write.update_job_done(id, now))).await;
    done.map_err(|error: db::DbError| error.into())
}

async fn put_off(service: &Service, id: JobId, attempts: i64, now: Timestamp) -> Result<(), AppError> {
    let pause = RETRY_SECONDS.saturating_mul(attempts + 1).min(RETRY_SECONDS_MAX);
    come_back(service, id, now.plus_seconds(pause)).await
}

async fn come_back(service: &Service, id: JobId, run_at: Timestamp) -> Result<(), AppError> {
    let done = service.db().write(move |write| Box::pin(write.update_job_later(id, run_at))).await;
    done.map_err(|error: db::DbError| error.into())
}

async fn forget(service: &Service, file: Option<String>) -> Result<(), AppError> {
    if let Some(name) = file {
        delete_file(service, name).await?;
    }
    Ok(service.db().forget_deleted_rows().await?)
}

async fn forget_draft(service: &Service, draft: Option<Uuid>) -> Result<Option<Timestamp>, AppError> {
    let draft = draft.ok_or(AppError::Fault("a job without its draft"))?;
    draft::forget_expired(service, draft.into()).await
}

/// Deletes a file from the store.
pub(crate) async fn delete_file(service: &Service, name: String) -> Result<(), AppError> {
    let files = service.files().clone();
    let deleted = tokio::task::spawn_blocking(move || files.delete(&name)).await;
    deleted
        .map_err(|error| AppError::store("a worker thread ended", error))?
        .map_err(|error| AppError::store("a photo could not be deleted", error))
}

/// Does the jobs that are due and numbers the records that wait: what a server does all the time and a command at its end.
///
/// # Errors
/// [`AppError`].
pub async fn settle(service: &Service) -> Result<u64, AppError> {
    work_off(service).await?;
    Ok(service.db().sequence(service.log_key().clone()).await?)
}
