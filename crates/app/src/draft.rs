// SPDX-License-Identifier: Apache-2.0
//! Unfinished work: saved at each step of a form, read by the account that began it and by nobody else.
//!
//! Saving and discarding are acts on record. Reading one's own draft is not: it shows an officer what he has just typed.

use db::{DRAFTS_PER_ACCOUNT_MAX, Draft, DraftKey};
use domain::{
    access::{Act, Actor, authorize},
    id::DraftId,
    refusal::Refusal,
    time::Timestamp,
};
use zeroize::Zeroizing;

use crate::{AppError, Outcome, Service, UseCase, jobs, jobs::Job, registry::files_of_draft, unit::Unit};

/// Days for which a draft is kept after it was saved last; a family that has not come back by then starts anew.
pub const DRAFT_DAYS: i64 = 7;
/// The most bytes of a draft: a family of 25 with all its facts has far fewer.
pub const DRAFT_BYTES_MAX: usize = 512 * 1024;
/// Seconds of a day.
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Until when a draft saved now is kept.
fn expiry(now: Timestamp) -> Timestamp {
    now.plus_seconds(DRAFT_DAYS * DAY_SECONDS)
}

/// Saves a draft: a new one, or the next version of one that was read.
pub struct SaveDraft {
    /// The draft and the version that was read; `None` begins one.
    pub draft: Option<(DraftId, i64)>,
    /// What it will become.
    pub kind: &'static str,
    /// Its content.
    pub content: Zeroizing<Vec<u8>>,
}

impl UseCase for SaveDraft {
    const ACT: Act = Act::KeepDraft;
    type Output = (DraftId, i64);

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(DraftId, i64), AppError> {
        unit.cite_for(Act::KeepDraft.as_str())?;
        if self.content.len() > DRAFT_BYTES_MAX {
            return Err(Refusal::field("draft", format!("at most {DRAFT_BYTES_MAX} bytes")).into());
        }
        let (account, now) = (unit.actor().account, unit.now);
        let times = (now, expiry(now));
        let saved = match self.draft {
            Some((id, row_version)) => {
                let key = DraftKey { id, account, row_version };
                if unit.find_draft(id, account, now).await?.is_none() {
                    return Err(Refusal::NotFound("draft").into());
                }
                if !unit.tx.update_draft(key, &self.content, times, &mut unit.rng).await? {
                    return Err(Refusal::Conflict.into());
                }
                (id, row_version + 1)
            }
            None => {
                if unit.count_drafts(account, now).await? >= DRAFTS_PER_ACCOUNT_MAX {
                    let problem = format!("at most {DRAFTS_PER_ACCOUNT_MAX} unfinished ones; discard some first");
                    return Err(Refusal::field("drafts", problem).into());
                }
                let id: DraftId = unit.new_id();
                unit.tx.insert_draft((id, account), self.kind, &self.content, times, &mut unit.rng).await?;
                jobs::ask_at(unit, Job::ForgetDraft, Some(id.uuid()), expiry(now)).await?;
                (id, 1)
            }
        };
        unit.about("draft", saved.0);
        Ok(saved)
    }
}

/// Discards a draft for good.
pub struct DiscardDraft {
    /// The draft.
    pub draft: DraftId,
}

impl UseCase for DiscardDraft {
    const ACT: Act = Act::KeepDraft;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepDraft.as_str())?;
        let (account, now) = (unit.actor().account, unit.now);
        let draft = unit.find_draft(self.draft, account, now).await?;
        let draft = draft.filter(|draft| draft.content.is_some()).ok_or(Refusal::NotFound("draft"))?;
        unit.about("draft", draft.id);
        if !unit.delete_draft(draft.id, account).await? {
            return Err(Refusal::Conflict.into());
        }
        for file in files_of_draft(&draft) {
            jobs::ask(unit, Job::Forget { file: Some(file) }).await?;
        }
        Ok(())
    }
}

/// A draft of this account.
///
/// # Errors
/// [`AppError`]. A draft of another account is refused like one that does not exist.
pub async fn open_draft(service: &Service, actor: &Actor, id: DraftId) -> Result<Outcome<Draft>, AppError> {
    if let Err(refusal) = authorize(actor, Act::KeepDraft) {
        return Ok(Outcome::Refused(refusal));
    }
    let (account, now) = (actor.account, service.now());
    let found = service.db().read(move |session| Box::pin(session.find_draft(id, account, now))).await;
    let found = found.map_err(|error: db::DbError| AppError::from(error))?;
    Ok(found.map_or(Outcome::Refused(Refusal::NotFound("draft")), Outcome::Done))
}

/// The unfinished drafts of this account, the one saved last first.
///
/// # Errors
/// [`AppError`].
pub async fn list_drafts(service: &Service, actor: &Actor) -> Result<Outcome<Vec<Draft>>, AppError> {
    if let Err(refusal) = authorize(actor, Act::KeepDraft) {
        return Ok(Outcome::Refused(refusal));
    }
    let (account, now) = (actor.account, service.now());
    let found = service.db().read(move |session| Box::pin(session.list_drafts(account, now))).await;
    Ok(Outcome::Done(found.map_err(|error: db::DbError| AppError::from(error))?))
}

/// Deletes the drafts whose time is over, with the photos that came with them. If `draft` was saved again meanwhile, the
/// moment when to come back for it.
///
/// # Errors
/// When the database or the store of files fails.
pub(crate) async fn forget_expired(service: &Service, draft: DraftId) -> Result<Option<Timestamp>, AppError> {
    let now = service.now();
    loop {
        let expired = service.db().read(move |session| Box::pin(session.list_expired_drafts(now))).await;
        let expired: Vec<Draft> = expired.map_err(|error: db::DbError| AppError::from(error))?;
        if expired.is_empty() {
            break;
        }
        for draft in &expired {
            for file in files_of_draft(draft) {
                jobs::delete_file(service, file).await?;
            }
            let id = draft.id;
            let deleted = service.db().write(move |write| Box::pin(write.delete_expired_draft(id, now))).await;
            deleted.map_err(|error: db::DbError| AppError::from(error))?;
        }
    }
    let kept = service.db().read(move |session| Box::pin(session.find_draft_expiry(draft))).await;
    kept.map_err(|error: db::DbError| error.into())
}
