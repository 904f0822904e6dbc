// SPDX-License-Identifier: Apache-2.0
//! After a restore: who was erased after the backup was made is erased again, on record.

use std::sync::Arc;

use db::{DbError, StoredErasure};
use domain::{access::Act, id::JobId};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};

use crate::{AppError, Service, jobs::Job, system};

/// Erases again who was erased before, and asks for the jobs that follow from it. Returns how many the database did not
/// know as erased.
///
/// # Errors
/// When the database fails; what was erased until then stays erased, and it can be called again.
pub async fn repeat_erasures(service: &Service, erasures: &[StoredErasure]) -> Result<usize, AppError> {
    let mut repeated = 0;
    for erasure in erasures {
        let record = Arc::new(system::record(service, "repeat_erasure", None, Act::ErasePerson, service.now())?);
        let (erasure, now, seed) = (Arc::new(erasure.clone()), service.now(), service.random());
        let done = service.db().write(move |write| {
            let (erasure, record) = (erasure.clone(), record.clone());
            Box::pin(async move {
                if write.is_erased(erasure.person).await? {
                    return Ok(false);
                }
                let mut rng = ChaCha20Rng::from_seed(seed);
                let photo = write.find_person_by_id(erasure.person).await?.and_then(|row| row.photo);
                write.repeat_erasure(&erasure).await?;
                for job in [Job::PublishStatusList, Job::Forget { file: photo }] {
                    write.insert_job(JobId::new(now, &mut rng), &job.to_kind(), None, now).await?;
                }
                write.insert_audit_record(&record, &mut rng).await?;
                Ok(true)
            })
        });
        repeated += usize::from(done.await.map_err(|error: DbError| AppError::from(error))?);
    }
    Ok(repeated)
}
