// SPDX-License-Identifier: Apache-2.0
//! The optional second step when signing in: time-based codes (RFC 6238), each accepted once.

use db::DbError;
use domain::{access::Act, id::AccountId, refusal::Refusal, sensitive::Sensitive, time::Timestamp};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use totp_rs::{Builder, Secret, Totp};

use super::SignedIn;
use crate::{AppError, Service, system};

/// Bytes of a key: those of SHA-1, as code apps expect (RFC 4226, section 4).
const SECRET_BYTES: usize = 20;
/// Digits of a code.
const DIGITS: u8 = 6;
/// Seconds of a time step.
const STEP_SECONDS: u64 = 30;
/// Time steps by which a telephone's clock may differ.
const SKEW_STEPS: u16 = 1;

/// A key that is being set up, to be typed into a code app.
#[derive(Clone, Debug)]
pub struct NewTotp {
    /// The key in Base32.
    pub key: Sensitive<String>,
}

fn place(account: AccountId) -> String {
    format!("account_totp|{account}")
}

fn totp(secret: &[u8]) -> Totp {
    Builder::new()
        .with_secret(Secret::new(secret.into()))
        .with_digits(DIGITS)
        .with_step_duration(STEP_SECONDS)
        .with_skew(SKEW_STEPS)
        .build_noncompliant()
}

fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.as_microseconds() / 1_000_000).unwrap_or_default()
}

/// Whether the account asks for the second step.
///
/// # Errors
/// [`AppError`].
pub async fn has_totp(service: &Service, account: AccountId) -> Result<bool, AppError> {
    let stored = service.db().read(move |session| Box::pin(session.find_totp(account))).await?;
    Ok(stored.is_some_and(|totp| totp.confirmed_at.is_some()))
}

/// Whether a code lets the account in: it fits and was not used yet, or the account has no second step. A code for an
/// account without one is not looked at.
pub(super) async fn code_fits(service: &Service, account: AccountId, code: Option<&str>) -> Result<bool, AppError> {
    let stored = service.db().read(move |session| Box::pin(session.find_totp(account))).await?;
    match stored.filter(|totp| totp.confirmed_at.is_some()) {
        None => Ok(true),
        Some(stored) => use_code(service, account, &stored.secret, code.unwrap_or_default()).await,
    }
}

async fn use_code(service: &Service, account: AccountId, sealed: &[u8], code: &str) -> Result<bool, AppError> {
    let secret = service.db().keyring().master().open(&place(account), sealed);
    let secret = secret.map_err(|error| AppError::store("the key of a second step does not open", error))?;
    let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let Some(step) = totp(&secret).check(&code, seconds(service.now())) else { return Ok(false) };
    let step = i64::try_from(step).map_err(|_| AppError::Fault("a time step of the far future"))?;
    Ok(service.db().write(move |write| Box::pin(write.use_totp_step(account, step))).await?)
}

/// Draws a key for a second step; it is asked for once a code of it was shown.
///
/// # Errors
/// [`Refusal::AlreadyRecorded`] when there is one already.
pub async fn begin_totp(service: &Service, who: &SignedIn) -> Result<NewTotp, AppError> {
    let account = who.actor.account;
    if has_totp(service, account).await? {
        return Err(Refusal::AlreadyRecorded("a second step".into()).into());
    }
    let secret: [u8; SECRET_BYTES] = service.random();
    let mut rng = ChaCha20Rng::from_seed(service.random());
    let sealed = service.db().keyring().master().seal(&place(account), &secret, &mut rng);
    let stored: Result<(), DbError> = service
        .db()
        .write(move |write| {
            let sealed = sealed.clone();
            Box::pin(async move { write.put_totp(account, &sealed).await })
        })
        .await;
    stored?;
    Ok(NewTotp { key: Sensitive::new(Secret::new(secret.into()).to_base32()) })
}

/// Asks for the second step from now on, once a code shows that the app has the key; on record.
///
/// # Errors
/// [`Refusal::NotPermitted`] when the code is not right.
pub async fn confirm_totp(service: &Service, who: &SignedIn, code: &str) -> Result<(), AppError> {
    let account = who.actor.account;
    let stored = service.db().read(move |session| Box::pin(session.find_totp(account))).await?;
    let stored = stored.ok_or(Refusal::NotPermitted)?;
    if !use_code(service, account, &stored.secret, code).await? {
        return Err(Refusal::NotPermitted.into());
    }
    write_on_record(service, who, "add_second_step", Change::Confirm).await
}

/// Asks for the second step no more, on record.
///
/// # Errors
/// [`Refusal::NotPermitted`] when the code is not right: whoever finds an open session cannot weaken the account.
pub async fn remove_totp(service: &Service, who: &SignedIn, code: &str) -> Result<(), AppError> {
    if !code_fits(service, who.actor.account, Some(code)).await? {
        return Err(Refusal::NotPermitted.into());
    }
    write_on_record(service, who, "remove_second_step", Change::Delete).await
}

#[derive(Clone, Copy)]
enum Change {
    Confirm,
    Delete,
}

async fn write_on_record(service: &Service, who: &SignedIn, action: &str, change: Change) -> Result<(), AppError> {
    let (account, now, seed) = (who.actor.account, service.now(), service.random());
    let record = system::record(service, action, Some(&who.actor), Act::KeepAccounts, now)?;
    let changed: Result<(), DbError> = service
        .db()
        .write(move |write| {
            let record = record.clone();
            Box::pin(async move {
                match change {
                    Change::Confirm => write.confirm_totp(account, now).await?,
                    Change::Delete => write.delete_totp(account).await?,
                }
                write.insert_audit_record(&record, &mut ChaCha20Rng::from_seed(seed)).await
            })
        })
        .await;
    Ok(changed?)
}
