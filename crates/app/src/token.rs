// SPDX-License-Identifier: Apache-2.0
//! Tokens of an account for programs: with a name, an expiry, and exactly the rights of the account. Each account sees and
//! revokes its own.

use db::{NamedToken, TOKENS_PER_ACCOUNT_MAX};
use domain::{
    access::{Act, Actor},
    id::AccountTokenId,
    refusal::Refusal,
    sensitive::Sensitive,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};

use crate::{
    AppError, Service,
    identity::{new_token, token_digest},
    system,
};

/// The shortest life of a token, in seconds.
pub const TOKEN_SECONDS_MIN: i64 = 60;
/// The longest life of a token, in seconds: 90 days, after which whoever keeps it must ask again.
pub const TOKEN_SECONDS_MAX: i64 = 90 * 24 * 60 * 60;
/// Characters of a token's name.
pub const TOKEN_NAME_CHARACTERS_MAX: usize = 60;

/// A token as made, told once.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// The token itself.
    pub token: Sensitive<String>,
    /// What its owner sees of it later.
    pub entry: NamedToken,
}

/// Checks what a token is to be called, and how long it is to live, in seconds.
///
/// # Errors
/// A refusal that names the field.
pub fn check_token(name: &str, seconds: i64) -> Result<(), Refusal> {
    let length = name.trim().chars().count();
    if length == 0 || length > TOKEN_NAME_CHARACTERS_MAX || name.chars().any(char::is_control) {
        return Err(Refusal::field("name", format!("1 to {TOKEN_NAME_CHARACTERS_MAX} characters")));
    }
    if !(TOKEN_SECONDS_MIN..=TOKEN_SECONDS_MAX).contains(&seconds) {
        return Err(Refusal::field("valid_seconds", format!("{TOKEN_SECONDS_MIN} to {TOKEN_SECONDS_MAX}")));
    }
    Ok(())
}

/// Makes a named token for an account that has just signed in.
///
/// # Errors
/// A refusal when name or life are out of range or the account has too many; [`AppError`].
pub async fn create_token(service: &Service, actor: &Actor, name: &str, seconds: i64) -> Result<NewToken, AppError> {
    check_token(name, seconds)?;
    let token = new_token(service);
    let context = service.context(actor.clone());
    let now = context.now;
    let entry = NamedToken {
        id: AccountTokenId::new(now, &mut context.rng()),
        name: name.trim().to_owned(),
        created_at: now,
        expires_at: now.plus_seconds(seconds),
    };
    let record = system::record(service, "create_token", Some(actor), Act::KeepAccounts, now)?;
    let (account, digest, seed, new) = (actor.account, token_digest(&token), service.random(), entry.clone());
    service
        .db()
        .write(move |write| {
            let (record, new) = (record.clone(), new.clone());
            Box::pin(async move {
                if write.count_account_tokens(account, now).await? >= TOKENS_PER_ACCOUNT_MAX {
                    let problem = format!("at most {TOKENS_PER_ACCOUNT_MAX} tokens at the same time: revoke one first");
                    return Err(AppError::from(Refusal::field("name", problem)));
                }
                write.insert_named_token(&new, account, &digest).await?;
                Ok(write.insert_audit_record(&record, &mut ChaCha20Rng::from_seed(seed)).await?)
            })
        })
        .await?;
    Ok(NewToken { token: Sensitive::new(token), entry })
}

/// The valid named tokens of an account, oldest first; nobody keeps the tokens themselves.
///
/// # Errors
/// When the database fails.
pub async fn list_tokens(service: &Service, actor: &Actor) -> Result<Vec<NamedToken>, AppError> {
    let (account, now) = (actor.account, service.now());
    service
        .db()
        .read(move |session| Box::pin(async move { Ok(session.list_account_tokens(account, now).await?) }))
        .await
}

/// Revokes a named token of the account.
///
/// # Errors
/// [`Refusal::NotFound`] when the account has no valid one of this identifier; [`AppError`].
pub async fn revoke_token(service: &Service, actor: &Actor, token: AccountTokenId) -> Result<(), AppError> {
    let (account, now, seed) = (actor.account, service.now(), service.random());
    let record = system::record(service, "revoke_token", Some(actor), Act::KeepAccounts, now)?;
    service
        .db()
        .write(move |write| {
            let record = record.clone();
            Box::pin(async move {
                if !write.revoke_account_token(account, token, now).await? {
                    return Err(AppError::from(Refusal::NotFound("token")));
                }
                Ok(write.insert_audit_record(&record, &mut ChaCha20Rng::from_seed(seed)).await?)
            })
        })
        .await
}
