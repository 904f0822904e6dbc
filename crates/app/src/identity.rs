// SPDX-License-Identifier: Apache-2.0
//! Accounts: adding, disabling, signing in by password or token, sessions in the browser.

mod own;
mod session;
mod sign_in;
mod totp;

pub use db::OpenSession;
pub use own::{change_password, end_all_sessions, end_session, list_sessions};
pub use session::{SESSION_IDLE_SECONDS, SESSION_SECONDS, SignedIn, open_session, signed_in};
pub(crate) use sign_in::NOBODY;
pub use sign_in::{Credentials, Source, device_seal, sign_in, sign_in_from};
pub use totp::{NewTotp, begin_totp, confirm_totp, has_totp, remove_totp};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use base64ct::{Base64UrlUnpadded, Encoding as _};
pub use db::ACCOUNTS_PER_PAGE;
use db::Account;
use domain::{
    access::{Act, Actor, Jurisdiction, Role},
    id::{AccountId, AccountTokenId},
    refusal::Refusal,
    sensitive::Sensitive,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::{AppError, Outcome, Service, UseCase, system, unit::Unit};

/// The least characters of a password (OWASP ASVS 5.0, 6.2.1).
pub const PASSWORD_CHARACTERS_MIN: usize = 12;
/// The most bytes of a password that are hashed; longer ones would make hashing a burden.
pub const PASSWORD_BYTES_MAX: usize = 256;
/// Failed attempts on an account from one place after which that place waits.
pub const FAILED_ATTEMPTS_MAX: i64 = 10;
/// How long it waits, in seconds.
pub const LOCK_SECONDS: i64 = 15 * 60;
/// How long a token is valid, in seconds.
pub const TOKEN_SECONDS: i64 = 12 * 60 * 60;
/// Characters of an account's name.
pub const ACCOUNT_NAME_CHARACTERS_MAX: usize = 40;

/// Checks an account's name: lower-case letters, digits, dots and hyphens.
///
/// # Errors
/// A refusal that says what is wrong.
pub fn check_account_name(name: &str) -> Result<(), Refusal> {
    let is_word = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-');
    if name.is_empty() || name.len() > ACCOUNT_NAME_CHARACTERS_MAX || !is_word {
        return Err(Refusal::field("name", "1 to 40 lower-case letters, digits, dots and hyphens"));
    }
    Ok(())
}

/// Hashes a password or PIN with Argon2id; to be called outside of any transaction.
///
/// # Errors
/// When it is shorter than `characters_min` or longer than [`PASSWORD_BYTES_MAX`].
pub async fn hash_secret(service: &Service, secret: &str, characters_min: usize) -> Result<String, AppError> {
    if secret.chars().count() < characters_min || secret.len() > PASSWORD_BYTES_MAX {
        let problem = format!("at least {characters_min} characters, at most {PASSWORD_BYTES_MAX} bytes");
        return Err(Refusal::field("password", problem).into());
    }
    let salt: [u8; 16] = service.random();
    let secret = Zeroizing::new(secret.to_owned());
    blocking(move || {
        let hash = Argon2::default().hash_password_with_salt(secret.as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|error| AppError::store("a password could not be hashed", error))
    })
    .await
}

/// Whether a password or PIN belongs to a hash; to be called outside of any transaction.
pub(crate) async fn verify_secret(secret: &str, hash: &str) -> Result<bool, AppError> {
    let (secret, hash) = (Zeroizing::new(secret.to_owned()), hash.to_owned());
    blocking(move || {
        let hash = PasswordHash::new(&hash).map_err(|error| AppError::store("a stored hash is damaged", error))?;
        Ok(secret.len() <= PASSWORD_BYTES_MAX && Argon2::default().verify_password(secret.as_bytes(), &hash).is_ok())
    })
    .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(AppError::store("a worker thread ended", error)),
    }
}

/// The SHA-256 under which a token is stored.
pub(crate) fn token_digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A new token: 32 random bytes in base64url.
pub(crate) fn new_token(service: &Service) -> String {
    Base64UrlUnpadded::encode_string(&service.random::<32>())
}

/// Signs in by a token.
///
/// # Errors
/// [`Refusal::NotPermitted`] when the token is unknown, over or revoked, or the account disabled.
pub async fn sign_in_by_token(service: &Service, token: &str) -> Result<Actor, AppError> {
    let (digest, now) = (token_digest(token), service.now());
    let account = service
        .db()
        .read(move |session| Box::pin(async move { session.find_account_by_token(&digest, now).await }))
        .await?;
    match account {
        Some(Account { is_active: true, actor, .. }) => Ok(actor),
        _ => Err(Refusal::NotPermitted.into()),
    }
}

/// Gives an account that has just signed in a token, to be used instead of the password for some hours.
///
/// # Errors
/// [`AppError`].
pub async fn issue_token(service: &Service, actor: &Actor) -> Result<Sensitive<String>, AppError> {
    let token = new_token(service);
    let context = service.context(actor.clone());
    let id = AccountTokenId::new(context.now, &mut context.rng());
    let (account, digest, now) = (actor.account, token_digest(&token), context.now);
    let record = system::record(service, "sign_in", Some(actor), Act::KeepAccounts, now)?;
    let seed = service.random();
    service
        .db()
        .write(move |write| {
            let (expires_at, record) = (now.plus_seconds(TOKEN_SECONDS), record.clone());
            Box::pin(async move {
                write.insert_account_token(id, account, &digest, now, expires_at).await?;
                write.insert_audit_record(&record, &mut ChaCha20Rng::from_seed(seed)).await
            })
        })
        .await
        .map_err(|error: db::DbError| AppError::from(error))?;
    Ok(Sensitive::new(token))
}

/// An account about to be added.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Name to sign in with.
    pub name: String,
    /// Argon2id hash of the password ([`hash_secret`]).
    pub password_hash: Sensitive<String>,
    /// Role.
    pub role: Role,
    /// Office, of the country pack.
    pub office: String,
}

/// Adds an account, by an administrator.
pub struct AddAccount(pub NewAccount);

impl UseCase for AddAccount {
    const ACT: Act = Act::KeepAccounts;
    type Output = Actor;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Actor, AppError> {
        unit.cite_for(Act::KeepAccounts.as_str())?;
        let actor = new_actor(unit.pack, &self.0, unit.new_id())?;
        let now = unit.now;
        unit.insert_account(&actor, &self.0.name, self.0.password_hash.expose(), now).await?;
        unit.about("account", actor.account);
        Ok(actor)
    }
}

fn new_actor(pack: &law::Pack, new: &NewAccount, account: AccountId) -> Result<Actor, AppError> {
    check_account_name(&new.name)?;
    let office = pack.office(&new.office).ok_or_else(|| Refusal::field("office", "no such office in the pack"))?;
    let jurisdiction = if office.is_national { Jurisdiction::National } else { Jurisdiction::OwnOffice };
    Ok(Actor { account, role: new.role, body: office.body.clone(), office: office.code.clone(), jurisdiction })
}

/// Adds the first administrator of an empty installation, with direct access to the data folder.
///
/// # Errors
/// A refusal when there are accounts already.
pub async fn add_first_administrator(service: &Service, new: NewAccount) -> Result<Outcome<Actor>, AppError> {
    let accounts = service.db().read(|session| Box::pin(session.list_accounts(""))).await?;
    if !accounts.is_empty() {
        return Ok(Outcome::Refused(Refusal::NotPermitted));
    }
    let id = AccountId::from(uuid::Uuid::nil());
    let actor = new_actor(service.pack(), &NewAccount { role: Role::Administrator, ..new.clone() }, id)?;
    // The first administrator signs for his own account: there is nobody else yet.
    let context = service.context(actor);
    service.run(&context, AddAccount(NewAccount { role: Role::Administrator, ..new })).await
}

/// Disables an account and its tokens, by an administrator.
pub struct DisableAccount {
    /// Name of the account.
    pub name: String,
}

impl UseCase for DisableAccount {
    const ACT: Act = Act::KeepAccounts;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepAccounts.as_str())?;
        let now = unit.now;
        if !unit.disable_account(&self.name, now).await? {
            return Err(Refusal::NotFound("active account").into());
        }
        Ok(())
    }
}

/// Lists accounts, by an administrator.
pub struct ListAccounts {
    /// Name after which the page begins.
    pub after: String,
}

impl UseCase for ListAccounts {
    const ACT: Act = Act::KeepAccounts;
    type Output = Vec<Account>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<Account>, AppError> {
        unit.cite_for(Act::KeepAccounts.as_str())?;
        Ok(unit.list_accounts(&self.after).await?)
    }
}
