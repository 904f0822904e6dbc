// SPDX-License-Identifier: Apache-2.0
//! What everybody does with the own account: sessions, password.

use db::{DbError, OpenSession};
use domain::{access::Act, id::RowId, refusal::Refusal};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};

use super::{PASSWORD_CHARACTERS_MIN, SignedIn, hash_secret, session::idle_since, verify_secret};
use crate::{AppError, Service, system};

/// The open sessions of the own account, the newest first.
///
/// # Errors
/// [`AppError`].
pub async fn list_sessions(service: &Service, who: &SignedIn) -> Result<Vec<OpenSession>, AppError> {
    let (account, now) = (who.actor.account, service.now());
    let listed = service
        .db()
        .read(move |session| Box::pin(session.list_account_sessions(account, now, idle_since(now))))
        .await?;
    Ok(listed)
}

/// Ends a session of the own account: the present one when signing out, or another.
///
/// # Errors
/// [`Refusal::NotFound`] when it is no open session of the account.
pub async fn end_session(service: &Service, who: &SignedIn, session: RowId) -> Result<(), AppError> {
    let (account, now) = (who.actor.account, service.now());
    let ended: Result<bool, DbError> =
        service.db().write(move |write| Box::pin(write.end_session(session, account, now))).await;
    if ended? { Ok(()) } else { Err(Refusal::NotFound("open session").into()) }
}

/// Ends all sessions of the own account.
///
/// # Errors
/// [`AppError`].
pub async fn end_all_sessions(service: &Service, who: &SignedIn) -> Result<(), AppError> {
    let (account, now) = (who.actor.account, service.now());
    let ended: Result<(), DbError> = service.db().write(move |write| Box::pin(write.end_sessions(account, now))).await;
    Ok(ended?)
}

/// Changes the own password and ends all other sessions, on record.
///
/// # Errors
/// [`Refusal::NotPermitted`] when the present password is not right; a refusal for the field when the new one is too short.
pub async fn change_password(service: &Service, who: &SignedIn, old: &str, new: &str) -> Result<(), AppError> {
    let (account, name, now) = (who.actor.account, who.account_name.clone(), service.now());
    let stored = service
        .db()
        .read(move |session| Box::pin(async move { session.find_account_by_name(&name).await }))
        .await?
        .ok_or(Refusal::NotPermitted)?;
    if !verify_secret(old, &stored.password_hash).await? {
        return Err(Refusal::NotPermitted.into());
    }
    let hash = hash_secret(service, new, PASSWORD_CHARACTERS_MIN).await?;
    let record = system::record(service, "change_password", Some(&who.actor), Act::KeepAccounts, now)?;
    let (kept, seed) = (who.session, service.random());
    let changed: Result<(), DbError> = service
        .db()
        .write(move |write| {
            let (hash, record) = (hash.clone(), record.clone());
            Box::pin(async move {
                write.update_account_password(account, &hash).await?;
                write.end_other_sessions(account, kept, now).await?;
                write.insert_audit_record(&record, &mut ChaCha20Rng::from_seed(seed)).await
            })
        })
        .await;
    Ok(changed?)
}
