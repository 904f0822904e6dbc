// SPDX-License-Identifier: Apache-2.0
//! What the administrator does for accounts beyond adding and disabling them, and how the service is.

mod pack;

pub use db::ACCOUNTS_PER_PAGE;
use db::Account;
use domain::{access::Act, refusal::Refusal, sensitive::Sensitive, time::Timestamp};

use crate::{
    AppError, Context, Outcome, Service, UseCase,
    identity::{NewAccount, PASSWORD_CHARACTERS_MIN, hash_secret},
    public::{self, LogState, PublicState},
    unit::Unit,
};

pub use pack::{PackEntry, PackEntryKind, pack_entries};

/// Characters of a password that the program draws: 32 letters each carry five bits, a hundred in all.
const DRAWN_CHARACTERS: usize = 20;
/// Letters of a drawn password: none that is misread for another.
const DRAWN: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Draws a password to be told to an officer once and changed by her.
fn draw_password(service: &Service) -> String {
    let bytes: [u8; DRAWN_CHARACTERS] = service.random();
    bytes.iter().map(|byte| char::from(DRAWN[usize::from(*byte & 31)])).collect()
}

/// An account about to be added, without its password.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// Name to sign in with.
    pub name: String,
    /// Role.
    pub role: domain::access::Role,
    /// Office, of the country pack.
    pub office: String,
}

/// Adds an account with a password that the program draws.
///
/// # Errors
/// [`AppError`].
pub async fn add_account(
    service: &Service,
    context: &Context,
    newcomer: &Newcomer,
) -> Result<Outcome<Sensitive<String>>, AppError> {
    let password = draw_password(service);
    let hash = hash_secret(service, &password, PASSWORD_CHARACTERS_MIN).await?;
    let Newcomer { name, role, office } = newcomer.clone();
    let new = NewAccount { name, password_hash: Sensitive::new(hash), role, office };
    let added = service.run(context, crate::identity::AddAccount(new)).await?;
    Ok(added.map(|_| Sensitive::new(password)))
}

/// Whether the second step of an account is kept when its password is reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondStep {
    /// It is still asked for.
    Kept,
    /// It is turned off, for an officer whose phone is gone.
    TurnedOff,
}

/// Gives an account another password, drawn by the program, and ends its sessions and tokens.
///
/// # Errors
/// [`AppError`].
pub async fn reset_password(
    service: &Service,
    context: &Context,
    name: &str,
    second_step: SecondStep,
) -> Result<Outcome<Sensitive<String>>, AppError> {
    let password = draw_password(service);
    let hash = hash_secret(service, &password, PASSWORD_CHARACTERS_MIN).await?;
    let reset = ResetPassword { name: name.to_owned(), hash: Sensitive::new(hash), second_step };
    Ok(service.run(context, reset).await?.map(|()| Sensitive::new(password)))
}

struct ResetPassword {
    name: String,
    hash: Sensitive<String>,
    second_step: SecondStep,
}

impl UseCase for ResetPassword {
    const ACT: Act = Act::KeepAccounts;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepAccounts.as_str())?;
        let account = unit.find_account_by_name(&self.name).await?.filter(|account| account.is_active);
        let account = account.ok_or(Refusal::NotFound("active account"))?.actor.account;
        unit.about("account", account);
        if account == unit.actor().account {
            // The own password is changed by whoever knows it, not reset by whoever found the session open.
            return Err(Refusal::SameOfficer.into());
        }
        let now = unit.now;
        unit.update_account_password(account, self.hash.expose()).await?;
        unit.end_sessions(account, now).await?;
        unit.revoke_account_tokens(&self.name, now).await?;
        if self.second_step == SecondStep::TurnedOff {
            unit.delete_totp(account).await?;
        }
        Ok(())
    }
}

/// An account with what its administrator asks about it.
#[derive(Clone, Debug)]
pub struct KeptAccount {
    /// The account.
    pub account: Account,
    /// Failed attempts to sign in to it since the last that succeeded, from everywhere.
    pub failed_attempts: i64,
    /// Whether a second step is asked for.
    pub has_second_step: bool,
}

/// Lists accounts by name, with failed attempts.
pub struct ListKeptAccounts {
    /// Name after which the page begins.
    pub after: String,
}

impl UseCase for ListKeptAccounts {
    const ACT: Act = Act::KeepAccounts;
    type Output = Vec<KeptAccount>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<KeptAccount>, AppError> {
        unit.cite_for(Act::KeepAccounts.as_str())?;
        let mut kept = Vec::new();
        for account in unit.list_accounts(&self.after).await? {
            let id = account.actor.account;
            let failed_attempts = unit.count_failed_attempts(id).await?;
            let has_second_step = unit.find_totp(id).await?.is_some();
            kept.push(KeptAccount { account, failed_attempts, has_second_step });
        }
        Ok(kept)
    }
}

/// How the service is.
#[derive(Clone, Debug)]
pub struct Health {
    /// Version of the database's schema.
    pub schema: i64,
    /// How log and status list stand.
    pub public: PublicState,
    /// Records that wait for their position in the log.
    pub waiting_records: i64,
    /// Moment of the last record.
    pub last_record: Option<Timestamp>,
    /// Jobs that are not done.
    pub waiting_jobs: i64,
    /// Those among them that failed at least once.
    pub failed_jobs: i64,
    /// Bytes that are free where files are kept; `None` where that cannot be found out.
    pub free_bytes: Option<u64>,
    /// Whether a signer of cards is in use.
    pub has_card_signer: bool,
    /// Whether a signer of status lists is in use.
    pub has_status_signer: bool,
}

/// Looks at how the service is.
///
/// # Errors
/// [`AppError`].
pub async fn health(service: &Service, context: &Context) -> Result<Outcome<Health>, AppError> {
    let seen = match service.run(context, LookAtHealth).await? {
        Outcome::Done(seen) => seen,
        Outcome::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let files = service.files().clone();
    let free = tokio::task::spawn_blocking(move || files.free_bytes()).await;
    let free = free.map_err(|error| AppError::store("a worker thread ended", error))?;
    let now = service.now();
    Ok(Outcome::Done(Health {
        schema: db::SCHEMA_VERSION,
        public: public::state(service).await?,
        waiting_records: seen.waiting_records,
        last_record: seen.last_record,
        waiting_jobs: seen.jobs.waiting,
        failed_jobs: seen.jobs.failed,
        // A place that does not answer is told as one that is not known: the page must be seen above all then.
        free_bytes: free.ok().flatten(),
        has_card_signer: service.signers().card_signer(now).is_some(),
        has_status_signer: service.signers().status_signer(now).is_some(),
    }))
}

impl Health {
    /// Whether the log's head opens with the log's key, or there is none yet.
    pub fn is_log_good(&self) -> bool {
        !matches!(self.public.log, LogState::Damaged)
    }
}

struct LookAtHealth;

/// What the database says.
struct Seen {
    waiting_records: i64,
    last_record: Option<Timestamp>,
    jobs: db::JobCount,
}

impl UseCase for LookAtHealth {
    const ACT: Act = Act::KeepAccounts;
    type Output = Seen;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Seen, AppError> {
        unit.cite_for(Act::KeepAccounts.as_str())?;
        Ok(Seen {
            waiting_records: unit.count_waiting_records().await?,
            last_record: unit.find_last_audit_time().await?,
            jobs: unit.count_jobs().await?,
        })
    }
}
