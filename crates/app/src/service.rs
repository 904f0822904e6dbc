// SPDX-License-Identifier: Apache-2.0
//! The runner: every use case begins, runs, is recorded, committed and answered here, and nowhere else.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};

use db::{Db, DbError, Write};
use domain::{
    access::{Act, Actor, authorize},
    refusal::Refusal,
    time::{Clock, Timestamp},
};
use law::Pack;
use rand_chacha::ChaCha20Rng;
use rand_core::Rng;
use transparency::LogKey;

use crate::{
    AppError, Context, Outcome,
    error::constraint_refusal,
    port::{CardPrinter, CardReader, FileStore, SignerRing},
    unit::{Draft, Unit},
};

/// One thing that the program does for somebody.
pub trait UseCase: Send + Sync + 'static {
    /// What it is: decides who may call it and for what purpose.
    const ACT: Act;
    /// What it gives back.
    type Output: Send + 'static;

    /// Does it, inside one transaction. It may be run more than once and awaits nothing but the transaction.
    fn run<'a>(&'a self, unit: &'a mut Unit<'_>) -> impl Future<Output = Result<Self::Output, AppError>> + Send + 'a;
}

/// Everything that use cases work with.
#[derive(Clone)]
pub struct Service {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    pack: Arc<Pack>,
    clock: Arc<dyn Clock>,
    entropy: Mutex<ChaCha20Rng>,
    not_before: AtomicI64,
    log_key: Arc<LogKey>,
    signers: Arc<dyn SignerRing>,
    printer: Arc<dyn CardPrinter>,
    files: Arc<dyn FileStore>,
    card_reader: Arc<dyn CardReader>,
    settings: Settings,
}

/// What the installation is called towards outside.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address under which cards, status list and log are published, such as `https://turna.example`.
    pub public_url: String,
    /// Name of the issuer in card and trust list.
    pub issuer: String,
}

/// The parts of a service.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The country pack.
    pub pack: Arc<Pack>,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from, seeded by the system or by a test.
    pub entropy: ChaCha20Rng,
    /// The key that signs the log.
    pub log_key: Arc<LogKey>,
    /// The keys that sign cards and status lists.
    pub signers: Arc<dyn SignerRing>,
    /// What sets cards in type.
    pub printer: Arc<dyn CardPrinter>,
    /// Where files are kept.
    pub files: Arc<dyn FileStore>,
    /// What reads pictures of cards.
    pub card_reader: Arc<dyn CardReader>,
    /// Names and addresses.
    pub settings: Settings,
}

impl Service {
    /// Puts the parts together; the clock continues after the last record.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn new(parts: Parts) -> Result<Self, AppError> {
        let last = parts.db.read(|session| Box::pin(session.find_last_audit_time())).await?;
        let not_before = AtomicI64::new(last.map_or(i64::MIN, Timestamp::as_microseconds));
        let Parts { db, pack, clock, entropy, log_key, signers, printer, files, card_reader, settings } = parts;
        let entropy = Mutex::new(entropy);
        let inner =
            Inner { db, pack, clock, entropy, not_before, log_key, signers, printer, files, card_reader, settings };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// The country pack.
    pub fn pack(&self) -> &Arc<Pack> {
        &self.inner.pack
    }

    /// The signers.
    pub fn signers(&self) -> &Arc<dyn SignerRing> {
        &self.inner.signers
    }

    /// The printer of cards.
    pub fn printer(&self) -> &Arc<dyn CardPrinter> {
        &self.inner.printer
    }

    /// The store of files.
    pub fn files(&self) -> &Arc<dyn FileStore> {
        &self.inner.files
    }

    /// What reads pictures of cards.
    pub fn card_reader(&self) -> &Arc<dyn CardReader> {
        &self.inner.card_reader
    }

    /// Names and addresses.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// The key of the log.
    pub fn log_key(&self) -> &Arc<LogKey> {
        &self.inner.log_key
    }

    /// The present moment, never before that of an earlier record: a clock set back does not turn time back.
    pub fn now(&self) -> Timestamp {
        let now = self.inner.clock.now().as_microseconds();
        let before = self.inner.not_before.fetch_max(now, Ordering::Relaxed);
        Timestamp::from_microseconds(now.max(before)).unwrap_or_else(|_| self.inner.clock.now())
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        let mut entropy = self.inner.entropy.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        entropy.fill_bytes(&mut bytes);
        bytes
    }

    /// The circumstances of an act of this actor now.
    pub fn context(&self, actor: Actor) -> Context {
        let now = self.now();
        let seed = self.random();
        let request = domain::id::new_uuid(now, &mut <ChaCha20Rng as rand_core::SeedableRng>::from_seed(self.random()));
        Context { actor, now, request, device_at: None, seed }
    }

    /// Runs a use case and answers after its commit. A caller that goes away does not stop it.
    ///
    /// # Errors
    /// [`AppError`] when it failed; nothing was kept then.
    pub async fn run<U: UseCase>(&self, context: &Context, use_case: U) -> Result<Outcome<U::Output>, AppError> {
        let use_case = Arc::new(use_case);
        let context = Arc::new(context.clone());
        let pack = self.inner.pack.clone();
        let outcome = self
            .inner
            .db
            .write(move |write| {
                let (use_case, context, pack) = (use_case.clone(), context.clone(), pack.clone());
                Box::pin(async move { run_once(write, use_case, context, pack).await })
            })
            .await;
        if let Ok(Outcome::Refused(refusal)) = &outcome {
            tracing::info!(act = U::ACT.as_str(), refusal = refusal.code(), "an act was refused");
        }
        outcome
    }
}

/// How a run ended without being done, with what it had gathered for the record.
struct Undone {
    error: AppError,
    draft: Box<Draft>,
}

impl From<DbError> for Undone {
    fn from(error: DbError) -> Self {
        Self { error: error.into(), draft: Box::new(Draft::new("")) }
    }
}

/// One run of a use case inside a transaction, with its record.
pub(crate) async fn run_once<U: UseCase>(
    write: &mut Write,
    use_case: Arc<U>,
    context: Arc<Context>,
    pack: Arc<Pack>,
) -> Result<Outcome<U::Output>, AppError> {
    let permit = match authorize(&context.actor, U::ACT) {
        Ok(permit) => Arc::new(permit),
        Err(refusal) => {
            let draft = Draft::new(U::ACT.as_str());
            return refuse(write, &context, None, draft, refusal).await;
        }
    };
    let (run_context, run_permit) = (context.clone(), permit.clone());
    let done = write
        .nested(move |tx| {
            Box::pin(async move {
                let mut unit = Unit {
                    tx,
                    pack: &pack,
                    permit: &run_permit,
                    now: run_context.now,
                    today: run_context.now.date_in(pack.time_zone()),
                    rng: run_context.rng(),
                    draft: Draft::new(U::ACT.as_str()),
                    context: &run_context,
                };
                let result = use_case.run(&mut unit).await;
                let draft = Box::new(unit.draft);
                match result {
                    Ok(_) if draft.basis.is_empty() => {
                        Err(Undone { error: AppError::Fault("an act without a legal basis"), draft })
                    }
                    Ok(output) => Ok((output, draft)),
                    Err(error) => Err(Undone { error, draft }),
                }
            })
        })
        .await;
    match done {
        Ok((output, draft)) => {
            let record = draft.into_record(&context, Some(&permit), "done".into());
            write.insert_audit_record(&record, &mut record_rng(&context)).await?;
            Ok(Outcome::Done(output))
        }
        Err(Undone { error: AppError::Refused(refusal), draft }) => {
            refuse(write, &context, Some(&permit), *draft, refusal).await
        }
        Err(Undone { error: AppError::Db(DbError::Constraint { name }), draft }) => match constraint_refusal(&name) {
            Some(refusal) => refuse(write, &context, Some(&permit), *draft, refusal).await,
            None => Err(DbError::Constraint { name }.into()),
        },
        Err(Undone { error, .. }) => Err(error),
    }
}

/// Records the refusal; the act itself has left nothing behind.
async fn refuse<T>(
    write: &mut Write,
    context: &Context,
    permit: Option<&domain::access::Permit>,
    mut draft: Draft,
    refusal: Refusal,
) -> Result<Outcome<T>, AppError> {
    if let Refusal::Wall { basis, .. } = &refusal {
        draft.basis = vec![(**basis).clone()];
    }
    // The rows of persons who were about to be written are gone again, and their keys with them.
    draft.details.clear();
    let mut subjects = Vec::new();
    for person in std::mem::take(&mut draft.subjects) {
        if write.find_person_by_id(person).await?.is_some() {
            subjects.push(person);
        }
    }
    draft.subjects = subjects;
    let record = draft.into_record(context, permit, format!("refused:{}", refusal.code()));
    write.insert_audit_record(&record, &mut record_rng(context)).await?;
    Ok(Outcome::Refused(refusal))
}

/// Randomness of the record, apart from that of the act.
fn record_rng(context: &Context) -> ChaCha20Rng {
    let mut rng = context.rng();
    rng.set_stream(1);
    rng
}
