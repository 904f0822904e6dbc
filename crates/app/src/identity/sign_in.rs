// SPDX-License-Identifier: Apache-2.0
//! Signing in by name and password. Failed attempts are counted for each account and place apart: whoever guesses locks
//! out his own place, never the officer at hers.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use db::{Account, Attempts};
use domain::{
    access::{Act, Actor},
    refusal::Refusal,
    time::Timestamp,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use sha2::{Digest as _, Sha256};

use super::{FAILED_ATTEMPTS_MAX, LOCK_SECONDS, totp, verify_secret};
use crate::{AppError, Service, system};

/// How long failed attempts are remembered, in seconds.
const ATTEMPTS_SECONDS: i64 = 24 * 60 * 60;

/// A hash to compare with when there is no such account, so that the answer takes as long.
pub(crate) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Where an attempt to sign in comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    /// The command line of the machine itself.
    CommandLine,
    /// A browser in which nobody has signed in to the account yet, by its network address.
    Address(&'a str),
    /// A browser in which the account was signed in to before, by the name that it was given then.
    Device(&'a str),
}

impl Source<'_> {
    /// Under which the attempts are counted. It does not show the address.
    fn digest(self, service: &Service) -> [u8; 32] {
        let (kind, value) = match self {
            Self::CommandLine => ("command line", ""),
            Self::Address(address) => ("address", address),
            Self::Device(device) => ("device", device),
        };
        let mut hash = Sha256::new();
        hash.update(service.db().keyring().master().as_bytes());
        for part in ["sign-in source", kind, value] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize().into()
    }
}

/// The seal of a browser's name: it shows that the account has signed in there, and cannot be made elsewhere.
pub fn device_seal(service: &Service, account: &str, device: &str) -> String {
    let digest = Source::Device(&format!("{account}/{device}")).digest(service);
    Base64UrlUnpadded::encode_string(&digest)
}

/// What somebody shows to sign in.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// Name of the account.
    pub name: &'a str,
    /// Password.
    pub password: &'a str,
    /// Code of the second step, if the account has one.
    pub code: Option<&'a str>,
}

/// Signs in on the command line, by name and password.
///
/// # Errors
/// [`Refusal::NotPermitted`], as [`sign_in_from`].
pub async fn sign_in(service: &Service, name: &str, password: &str) -> Result<Actor, AppError> {
    sign_in_from(service, Credentials { name, password, code: None }, Source::CommandLine).await
}

/// Signs in.
///
/// # Errors
/// [`Refusal::NotPermitted`] for a wrong name, a wrong password, a wrong, missing or used code, a disabled account and a
/// place that has to wait alike.
pub async fn sign_in_from(
    service: &Service,
    credentials: Credentials<'_>,
    source: Source<'_>,
) -> Result<Actor, AppError> {
    let (wanted, now, source) = (credentials.name.to_owned(), service.now(), source.digest(service));
    let found = service
        .db()
        .write(move |write| {
            let wanted = wanted.clone();
            Box::pin(async move { count_attempt(write, &wanted, source, now).await })
        })
        .await?;
    let hash = found.as_ref().map_or(NOBODY, |(account, _)| account.password_hash.as_str());
    let fits = verify_secret(credentials.password, hash).await?;
    let Some((account, before)) = found else { return Err(Refusal::NotPermitted.into()) };
    let id = account.actor.account;
    let is_locked = before.locked_until.is_some_and(|until| now < until);
    let is_allowed = fits && !is_locked && account.is_active;
    if !is_allowed || !totp::code_fits(service, id, credentials.code).await? {
        record_refused_sign_in(service, &account.actor).await?;
        return Err(Refusal::NotPermitted.into());
    }
    service.db().write(move |write| Box::pin(async move { write.delete_attempts(id, &source).await })).await?;
    Ok(account.actor)
}

/// Puts on record that somebody tried to sign in to an account and was not let in. A name that no account has is not
/// recorded: it may be a password typed into the wrong field.
async fn record_refused_sign_in(service: &Service, actor: &Actor) -> Result<(), AppError> {
    let mut record = system::record(service, "sign_in", Some(actor), Act::KeepAccounts, service.now())?;
    record.record.result = format!("refused:{}", Refusal::NotPermitted.code());
    let seed = service.random();
    let written = service
        .db()
        .write(move |write| {
            let record = record.clone();
            Box::pin(async move { write.insert_audit_record(&record, &mut ChaCha20Rng::from_seed(seed)).await })
        })
        .await;
    written.map_err(|error: db::DbError| error.into())
}

/// Counts an attempt before its password is looked at, so that many guesses at the same moment count as many; returns the
/// account and the attempts as they stood before. A place that waits is not kept waiting longer.
async fn count_attempt(
    write: &mut db::Write,
    name: &str,
    source: [u8; 32],
    now: Timestamp,
) -> Result<Option<(Account, Attempts)>, AppError> {
    let Some(account) = write.find_account_by_name(name).await? else { return Ok(None) };
    let id = account.actor.account;
    let before = write.find_attempts(id, &source).await?;
    if before.locked_until.is_none_or(|until| until <= now) {
        let failed = before.failed + 1;
        let locked_until = (failed >= FAILED_ATTEMPTS_MAX).then(|| now.plus_seconds(LOCK_SECONDS));
        let forget_before = now.plus_seconds(-ATTEMPTS_SECONDS);
        write.update_attempts(id, &source, Attempts { failed, locked_until }, now, forget_before).await?;
    }
    Ok(Some((account, before)))
}
