// SPDX-License-Identifier: Apache-2.0
//! A service on a fresh database over the real country pack, with keys and accounts of its own and a clock that the test
//! sets.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use app::{
    AppError, Context, Outcome, Parts, Service, Settings, UseCase,
    identity::{AddAccount, NewAccount, add_first_administrator, hash_secret},
    port::CardPrinter,
};
use credential::{
    certificate::{Certificate, CertificateTerms},
    key::{CertifiedKey, SigningKey},
};
use db::{
    Db, DbError, Schema, SignerRow, StoredAuditRecord,
    vault::{DataKey, Keyring},
};
use domain::{
    access::{Actor, Role},
    refusal::Refusal,
    sensitive::Sensitive,
    time::Timestamp,
};
use law::Pack;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};
use transparency::LogKey;

use crate::port::{FolderFiles, ManualClock, MemorySigners, PlainPrinter, PlainReader};

/// The moment at which the clock of a test stands at first: ten o'clock in Baku on a working Monday.
pub const START: &str = "2025-06-02T06:00:00Z";
/// The password of every account of the test service.
pub const PASSWORD: &str = "nine cranes over the lake";
/// Days for which a signer of the tests signs.
const SIGNER_DAYS: i64 = 2 * 365;
/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// Databases of PostgreSQL open at once: each may have the 16 connections of its pool, and the server takes 100.
static POSTGRES_AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Which engine a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite in a temporary folder.
    Sqlite,
    /// A database of its own on the shared server of the test binary.
    Postgres,
}

/// A service with everything that a test needs around it.
pub struct TestService {
    /// The service.
    pub service: Service,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    /// The root that certifies signers.
    pub root: Arc<CertifiedKey>,
    /// Its signers.
    pub signers: Arc<MemorySigners>,
    /// Its files.
    pub files: FolderFiles,
    /// Which engine it runs on.
    pub engine: Engine,
    /// Address of its database.
    pub url: String,
    printer: Arc<dyn CardPrinter>,
    actors: BTreeMap<&'static str, [Actor; 2]>,
    folder: TempDir,
    /// Held for as long as the database is open.
    permit: Option<SemaphorePermit<'static>>,
}

/// The office at which an account of this role sits.
pub fn office_of(role: Role) -> &'static str {
    match role {
        Role::Registrar => "sms-baku",
        Role::CaseOfficer | Role::DecisionMaker | Role::CardOfficer | Role::HeadOfOffice | Role::AssistanceOfficer => {
            "sms-refugee-affairs"
        }
        Role::PoliceOfficer => "mia-baku",
        Role::Auditor => "ombudsman-baku",
        Role::Administrator => "sms-headquarters",
    }
}

/// The name of the account of a role; the second one has `-2` at its end.
pub fn account_name(role: Role) -> String {
    role.as_str().replace('_', "-")
}

/// The files of the country pack of this repository.
///
/// # Panics
/// When they cannot be read.
pub fn pack_files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/az");
    let mut files = BTreeMap::new();
    read_pack(&root, &root, &mut files);
    files
}

fn read_pack(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("the country pack lies beside the crates") {
        let path = entry.expect("the country pack can be listed").path();
        let name = path.strip_prefix(root).expect("it lies below its root").to_string_lossy().into_owned();
        if path.is_dir() && name != "demo" {
            read_pack(root, &path, files);
        } else if name.ends_with(".toml") {
            files.insert(name, fs::read_to_string(&path).expect("a file of the pack can be read"));
        }
    }
}

/// The country pack of this repository, read once.
///
/// # Panics
/// When it is not valid.
pub fn pack() -> Arc<Pack> {
    static PACK: OnceLock<Arc<Pack>> = OnceLock::new();
    PACK.get_or_init(|| Arc::new(Pack::parse(&pack_files()).expect("the country pack is valid"))).clone()
}

/// A key certified by the root, with its row.
fn new_signer(
    root: &CertifiedKey,
    purpose: &str,
    now: Timestamp,
    rng: &mut ChaCha20Rng,
) -> (SignerRow, Arc<CertifiedKey>) {
    let key = SigningKey::generate(rng);
    let (use_until, accept_until) = (now.plus_seconds(SIGNER_DAYS * DAY), now.plus_seconds(10 * 365 * DAY));
    let terms =
        CertificateTerms { subject: format!("CN=Test {purpose},C=AZ"), not_before: now, not_after: accept_until };
    let certificate = Certificate::issue_signer(root, root.certificate(), &key.public_key(), &terms, rng)
        .expect("the root certifies a signer");
    let row = SignerRow {
        key_id: certificate.key_id().as_bytes().to_vec(),
        purpose: purpose.to_owned(),
        certificate: certificate.der().to_vec(),
        use_from: now,
        use_until,
        accept_until,
        revoked_at: None,
    };
    (row, Arc::new(CertifiedKey::new(key, certificate).expect("the certificate is of this key")))
}

fn new_root(now: Timestamp, rng: &mut ChaCha20Rng) -> CertifiedKey {
    let key = SigningKey::generate(rng);
    let terms = CertificateTerms {
        subject: "CN=Test root,C=AZ".into(),
        not_before: now,
        not_after: now.plus_seconds(20 * 365 * DAY),
    };
    let certificate = Certificate::issue_root(&key, &terms, rng).expect("a root certifies itself");
    CertifiedKey::new(key, certificate).expect("the certificate is of this key")
}

impl TestService {
    /// A service on SQLite with accounts and signers.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn sqlite() -> Self {
        Self::with_pack(Engine::Sqlite, pack()).await
    }

    /// A service on a fresh PostgreSQL database with accounts and signers.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn postgres() -> Self {
        Self::with_pack(Engine::Postgres, pack()).await
    }

    /// A service over another country pack.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn with_pack(engine: Engine, pack: Arc<Pack>) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a temporary folder");
        let permit = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(POSTGRES_AT_ONCE.acquire().await.expect("it is never closed")),
        };
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.path().join("turna.db").display()),
            Engine::Postgres => tokio::task::spawn_blocking(|| crate::postgres::shared().fresh_database())
                .await
                .expect("the worker thread ends")
                .expect("the server of the tests makes a database"),
        };
        let mut test = Self::begin(engine, url, folder, pack).await;
        test.permit = permit;
        test
    }

    /// A service on an empty database of a PostgreSQL server that the test has for itself.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn at(url: String) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a temporary folder");
        Self::begin(Engine::Postgres, url, folder, pack()).await
    }

    async fn begin(engine: Engine, url: String, folder: TempDir, pack: Arc<Pack>) -> Self {
        let clock = Arc::new(ManualClock::at(START.parse().expect("a moment")));
        let mut test = Self::open(engine, url, folder, clock, pack, None).await;
        test.publish_signers().await;
        test.add_accounts().await;
        test
    }

    /// A service on a database that another one has filled, as after a restart of the program: the same accounts and key
    /// of the log, a temporary folder below `beside`, a clock of its own that begins at a moment, and randomness of its
    /// own, drawn from a seed that no other service on this database had. It has no signers.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn reopened(engine: Engine, url: String, beside: &Path, clock: Timestamp, seed: u64) -> Self {
        let folder = tempfile::tempdir_in(beside).expect("there is room for a temporary folder");
        let mut test = Self::open(engine, url, folder, Arc::new(ManualClock::at(clock)), pack(), Some(seed)).await;
        let accounts = test.service.db().read::<_, DbError>(|session| Box::pin(session.list_accounts(""))).await;
        let accounts = accounts.expect("the accounts can be read");
        let actor =
            |name: String| accounts.iter().find(|account| account.name == name).map(|found| found.actor.clone());
        for &role in Role::ALL {
            let two = [account_name(role), format!("{}-2", account_name(role))];
            test.actors.insert(role.as_str(), two.map(|name| actor(name).expect("the account was added before")));
        }
        test
    }

    async fn open(
        engine: Engine,
        url: String,
        folder: TempDir,
        clock: Arc<ManualClock>,
        pack: Arc<Pack>,
        seed: Option<u64>,
    ) -> Self {
        let files = folder.path().join("files");
        fs::create_dir_all(&files).expect("a folder of files can be made");
        let files = FolderFiles::at(files);
        let db = Db::open(&url, Schema::Migrate, Keyring::new(DataKey::from_bytes([7; 32]))).await;
        let mut rng = ChaCha20Rng::seed_from_u64(1951);
        let root = Arc::new(new_root(START.parse().expect("a moment"), &mut rng));
        let signers = Arc::new(MemorySigners::default());
        let printer: Arc<dyn CardPrinter> = Arc::new(PlainPrinter);
        let parts = Parts {
            db: db.expect("the database opens"),
            pack,
            clock: clock.clone(),
            log_key: Arc::new(LogKey::generate("turna.example/log", &mut rng).expect("a log name")),
            entropy: seed.map_or(rng, ChaCha20Rng::seed_from_u64),
            signers: signers.clone(),
            printer: printer.clone(),
            files: Arc::new(files.clone()),
            card_reader: Arc::new(PlainReader),
            settings: Settings { public_url: "https://turna.example".into(), issuer: "Test Migration Service".into() },
        };
        let service = Service::new(parts).await.expect("the database answers");
        Self {
            service,
            clock,
            root,
            signers,
            files,
            engine,
            url,
            printer,
            actors: BTreeMap::new(),
            folder,
            permit: None,
        }
    }

    /// A service with the same keys and clock over another database and folder of files, such as a restored one.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn another(&self, url: &str, files: PathBuf, log_key: Arc<LogKey>) -> Service {
        let db = Db::open(url, Schema::Migrate, Keyring::new(DataKey::from_bytes([7; 32]))).await;
        let parts = Parts {
            db: db.expect("the database opens"),
            pack: self.service.pack().clone(),
            clock: self.clock.clone(),
            log_key,
            entropy: ChaCha20Rng::seed_from_u64(1954),
            signers: self.signers.clone(),
            printer: self.printer.clone(),
            files: Arc::new(FolderFiles::at(files)),
            card_reader: Arc::new(PlainReader),
            settings: self.service.settings().clone(),
        };
        Service::new(parts).await.expect("the database answers")
    }

    async fn publish_signers(&self) {
        for purpose in ["cards", "status_list"] {
            self.add_signer(purpose).await;
        }
        app::publishing::publish_status_list(&self.service).await.expect("the status list is signed");
    }

    async fn add_accounts(&mut self) {
        let hash = password_hash(&self.service).await;
        let new = |role: Role, name: String| NewAccount {
            name,
            password_hash: Sensitive::new(hash.clone()),
            role,
            office: office_of(role).to_owned(),
        };
        let first = new(Role::Administrator, account_name(Role::Administrator));
        let first = add_first_administrator(&self.service, first).await.expect("an account is added");
        let first = first.done().expect("the database is empty");
        for &role in Role::ALL {
            let mut two = Vec::new();
            for end in ["", "-2"] {
                if role == Role::Administrator && end.is_empty() {
                    two.push(first.clone());
                    continue;
                }
                let name = format!("{}{end}", account_name(role));
                two.push(self.done_as(&first, AddAccount(new(role, name))).await);
            }
            let two: [Actor; 2] = two.try_into().expect("two accounts per role");
            self.actors.insert(role.as_str(), two);
        }
    }

    /// One more account, at any office of the pack.
    ///
    /// # Panics
    /// When it cannot be added.
    pub async fn add_account(&self, name: &str, role: Role, office: &str) -> Actor {
        let password_hash = Sensitive::new(password_hash(&self.service).await);
        let new = NewAccount { name: name.to_owned(), password_hash, role, office: office.to_owned() };
        self.done(Role::Administrator, AddAccount(new)).await
    }

    /// Certifies one more signer of a purpose (`cards` or `status_list`), publishes the trust list with it and lets it sign.
    ///
    /// # Panics
    /// When that fails.
    pub async fn add_signer(&self, purpose: &str) {
        let mut rng = ChaCha20Rng::from_seed(self.service.random());
        let (row, key) = new_signer(&self.root, purpose, self.service.now(), &mut rng);
        let added = app::publishing::add_signers(&self.service, &self.root, vec![row.clone()]).await;
        added.expect("the trust list is published");
        self.signers.add(row, key);
    }

    /// The first account of a role.
    pub fn actor(&self, role: Role) -> Actor {
        self.actors[role.as_str()][0].clone()
    }

    /// The second account of a role, at the same office.
    pub fn second(&self, role: Role) -> Actor {
        self.actors[role.as_str()][1].clone()
    }

    /// The circumstances of an act of the first account of a role now.
    pub fn context(&self, role: Role) -> Context {
        self.service.context(self.actor(role))
    }

    /// The printer.
    pub fn printer(&self) -> &Arc<dyn CardPrinter> {
        &self.printer
    }

    /// The temporary folder, which is gone with the service.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Runs a use case as the first account of a role.
    ///
    /// # Errors
    /// When it failed.
    pub async fn run<U: UseCase>(&self, role: Role, use_case: U) -> Result<Outcome<U::Output>, AppError> {
        self.service.run(&self.context(role), use_case).await
    }

    /// Runs a use case as an account.
    ///
    /// # Errors
    /// When it failed.
    pub async fn run_as<U: UseCase>(&self, actor: &Actor, use_case: U) -> Result<Outcome<U::Output>, AppError> {
        self.service.run(&self.service.context(actor.clone()), use_case).await
    }

    /// What a use case gives that must be done.
    ///
    /// # Panics
    /// When it is refused or fails.
    pub async fn done<U: UseCase>(&self, role: Role, use_case: U) -> U::Output {
        self.done_as(&self.actor(role), use_case).await
    }

    /// What a use case gives that must be done for this account.
    ///
    /// # Panics
    /// When it is refused or fails.
    pub async fn done_as<U: UseCase>(&self, actor: &Actor, use_case: U) -> U::Output {
        match self.run_as(actor, use_case).await {
            Ok(Outcome::Done(output)) => output,
            Ok(Outcome::Refused(refusal)) => panic!("{} was refused: {refusal}", U::ACT),
            Err(error) => panic!("{} failed: {error}", U::ACT),
        }
    }

    /// Why a use case is refused that must be.
    ///
    /// # Panics
    /// When it is done or fails.
    pub async fn refused<U: UseCase>(&self, role: Role, use_case: U) -> Refusal {
        self.refused_as(&self.actor(role), use_case).await
    }

    /// Why a use case is refused that must be, for this account.
    ///
    /// # Panics
    /// When it is done or fails.
    pub async fn refused_as<U: UseCase>(&self, actor: &Actor, use_case: U) -> Refusal {
        match self.run_as(actor, use_case).await {
            Ok(Outcome::Refused(refusal)) => refusal,
            Ok(Outcome::Done(_)) => panic!("{} was done", U::ACT),
            Err(error) => panic!("{} failed: {error}", U::ACT),
        }
    }

    /// Does the jobs that wait and numbers the records; returns the size of the log.
    ///
    /// # Panics
    /// When that fails.
    pub async fn settle(&self) -> u64 {
        app::jobs::settle(&self.service).await.expect("the background work is done")
    }
}

/// The hash of [`PASSWORD`], made once: Argon2 is slow on purpose.
async fn password_hash(service: &Service) -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    if let Some(hash) = HASH.get() {
        return hash.clone();
    }
    let hash = hash_secret(service, PASSWORD, app::identity::PASSWORD_CHARACTERS_MIN).await;
    HASH.get_or_init(|| hash.expect("a password is hashed")).clone()
}

impl TestService {
    /// Every audit record, oldest first.
    ///
    /// # Panics
    /// When they cannot be read.
    pub async fn records(&self) -> Vec<StoredAuditRecord> {
        let mut records: Vec<StoredAuditRecord> = Vec::new();
        loop {
            let from = records.last().map(|record| record.id);
            let page: Result<_, DbError> =
                self.service.db().read(move |session| Box::pin(session.list_audit_records_from(from))).await;
            let page = page.expect("the records can be read");
            let first = usize::from(from.is_some());
            if page.len() == first {
                return records;
            }
            records.extend(page.into_iter().skip(first));
        }
    }
}
