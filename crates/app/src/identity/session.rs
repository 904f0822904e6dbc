// SPDX-License-Identifier: Apache-2.0
//! Sessions in the browser: begun by signing in, ended by signing out, by idleness or by their end.

use db::{Account, DbError};
use domain::{
    access::{Act, Actor},
    id::RowId,
    sensitive::Sensitive,
    time::Timestamp,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};

use super::{new_token, token_digest};
use crate::{AppError, Service, system};

/// After how many seconds without a request a session is over (OWASP ASVS 5.0, 7.3.1).
pub const SESSION_IDLE_SECONDS: i64 = 30 * 60;
/// After how many seconds a session is over in any case: a working day (OWASP ASVS 5.0, 7.3.2).
pub const SESSION_SECONDS: i64 = 12 * 60 * 60;
/// A session's last use is noted at most once in so many seconds.
const SEEN_SECONDS: i64 = 60;

/// Somebody who has a session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who acts.
    pub actor: Actor,
    /// Name of the account.
    pub account_name: String,
    /// The session.
    pub session: RowId,
}

/// The moment before which a session must not have been used last.
pub(super) fn idle_since(now: Timestamp) -> Timestamp {
    now.plus_seconds(-SESSION_IDLE_SECONDS)
}

/// Begins a session of an account that has just signed in and returns its token. `device` says in words what kind of
/// browser it is.
///
/// # Errors
/// [`AppError`].
pub async fn open_session(service: &Service, actor: &Actor, device: &str) -> Result<Sensitive<String>, AppError> {
    let token = new_token(service);
    let (digest, now, seed) = (token_digest(&token), service.now(), service.random());
    let record = system::record(service, "sign_in", Some(actor), Act::KeepAccounts, now)?;
    let (account, device) = (actor.account, device.to_owned());
    let begun: Result<(), DbError> = service
        .db()
        .write(move |write| {
            let (record, device) = (record.clone(), device.clone());
            Box::pin(async move {
                let mut rng = ChaCha20Rng::from_seed(seed);
                let id = RowId::new(now, &mut rng);
                let until = now.plus_seconds(SESSION_SECONDS);
                write.insert_account_session(id, account, &digest, &device, now, until).await?;
                write.insert_audit_record(&record, &mut rng).await
            })
        })
        .await;
    begun?;
    Ok(Sensitive::new(token))
}

/// Who has the session of a token; `None` when it is unknown or over, or the account was disabled.
///
/// # Errors
/// [`AppError`].
pub async fn signed_in(service: &Service, token: &str) -> Result<Option<SignedIn>, AppError> {
    let (digest, now) = (token_digest(token), service.now());
    let found = service
        .db()
        .read(move |session| Box::pin(async move { session.find_account_session(&digest, now, idle_since(now)).await }))
        .await?;
    let Some((Account { is_active: true, actor, name, .. }, session, seen_at)) = found else { return Ok(None) };
    if seen_at.plus_seconds(SEEN_SECONDS) <= now {
        service.db().write(move |write| Box::pin(write.update_session_seen(session, now))).await?;
    }
    Ok(Some(SignedIn { actor, account_name: name, session }))
}
