// SPDX-License-Identifier: Apache-2.0
//! An installation: a data folder with its configuration, keys, database and files, wired into a service.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, anyhow, bail};
use app::{Parts, Service, Settings, port::CardPrinter};
use credential::key::CertifiedKey;
use db::{
    Db, Schema,
    vault::{DataKey, Keyring},
};
use domain::time::{Clock, Timestamp};
use law::Pack;
use rand_chacha::ChaCha20Rng;

use crate::{
    config::Config,
    erasures::Keeper,
    keys::{KeyFolder, MASTER_KEY, Root, Signers, system_rng},
    pack,
    printer::{LazyPrinter, PictureReader, TypesetPrinter},
    store::FolderStore,
};

/// Name of the lock file: one program at a time works in a data folder.
pub(crate) const LOCK: &str = "turna.lock";

/// An open installation.
pub(crate) struct Installation {
    pub(crate) config: Config,
    pub(crate) data: PathBuf,
    pub(crate) service: Service,
    keys: KeyFolder,
    signers: Arc<Signers>,
    printer: Arc<LazyPrinter>,
    _lock: File,
}

/// Another program works in the data folder.
#[derive(Debug, thiserror::Error)]
#[error("another program works in {}: stop it, or use its pages", .0.display())]
pub(crate) struct InUse(PathBuf);

/// Said when the root is needed and not there.
const NO_ROOT: &str = "the offline root is not here: bring the folder offline-root back from its safe";

/// Whether an installation that is not there yet is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// Make it.
    Make,
    /// Say that it is missing.
    Refuse,
}

impl Installation {
    /// Opens the installation of a data folder.
    ///
    /// # Errors
    /// When another program works in it, or a part of it cannot be used; the message says which.
    pub(crate) async fn open(
        data: &Path,
        missing: Missing,
        schema: Schema,
        clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Self> {
        match (data.is_dir(), missing) {
            (false, Missing::Refuse) => {
                bail!("{} is no data folder; `turna db migrate --data {0}` makes one", data.display())
            }
            (false, Missing::Make) => {
                std::fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
            }
            (true, _) => {}
        }
        let config = Config::load(data)?;
        check_keys(data, &config, missing)?;
        let lock = lock(data)?;
        let pack = Arc::new(pack::load(&config.pack)?);
        let mut rng = system_rng()?;
        let keys = KeyFolder::at(config.keys_folder(data));
        let master = keys.master(&mut rng)?;
        let log_key = Arc::new(keys.log_key(&master, &config.log_name, &mut rng)?);
        let url = config.database_url(data);
        let db = Db::open(&url, schema, Keyring::new(master.clone())).await?;
        let rows = db.read(|session| Box::pin(session.list_signers())).await.map_err(|error: db::DbError| error)?;
        let signers = Arc::new(keys.signers(&master, &rows)?);
        let printer = Arc::new(LazyPrinter::new(pack.clone(), config.public_url.clone()));
        let parts = Parts {
            db,
            pack,
            clock,
            entropy: rng,
            log_key,
            signers: signers.clone(),
            printer: printer.clone(),
            files: Arc::new(FolderStore::at(data.join("files"))),
            card_reader: Arc::new(PictureReader),
            settings: Settings { public_url: config.public_url.clone(), issuer: config.issuer.clone() },
        };
        let service = Service::new(parts).await?;
        let data = data.to_owned();
        Ok(Self { config, data, service, keys, signers, printer, _lock: lock })
    }

    /// The country pack.
    pub(crate) fn pack(&self) -> &Arc<Pack> {
        self.service.pack()
    }

    /// The printer, for papers too.
    pub(crate) fn printer(&self) -> anyhow::Result<&Arc<TypesetPrinter>> {
        self.printer.get()
    }

    /// The printer as the port of cards.
    pub(crate) fn card_printer(&self) -> anyhow::Result<Arc<dyn CardPrinter>> {
        Ok(self.printer.clone())
    }

    /// Certifies a new signer for each purpose by the root, publishes the trust list and a status list.
    ///
    /// # Errors
    /// When the root cannot be opened or a document not be signed.
    pub(crate) async fn add_signers(&self) -> anyhow::Result<()> {
        let mut rng = system_rng()?;
        let now = self.service.now();
        let master = self.service.db().keyring().master().clone();
        let root = self.open_or_make_root(&master, now, &mut rng).await?;
        let rows = ["cards", "status_list"]
            .into_iter()
            .map(|purpose| self.keys.new_signer(&master, &root, purpose, now, &mut rng))
            .collect::<anyhow::Result<Vec<_>>>()?;
        app::publishing::add_signers(&self.service, &root, rows).await?;
        let rows = self.service.db().read(|session| Box::pin(session.list_signers())).await;
        let rows = rows.map_err(|error: db::DbError| anyhow!(error))?;
        self.signers.replace(self.keys.signers(&master, &rows)?);
        app::publishing::publish_status_list(&self.service).await?;
        Ok(())
    }

    /// Signs the trust list anew with the root.
    ///
    /// # Errors
    /// When the root cannot be opened.
    pub(crate) async fn publish_trust_list(&self) -> anyhow::Result<String> {
        let master = self.service.db().keyring().master().clone();
        let root = self.root().open(&master)?.context(NO_ROOT)?;
        Ok(app::publishing::publish_trust_list(&self.service, &root).await?)
    }

    /// The root; made only where nothing was ever signed: a second root would cut off every card that the first certified.
    async fn open_or_make_root(
        &self,
        master: &DataKey,
        now: Timestamp,
        rng: &mut ChaCha20Rng,
    ) -> anyhow::Result<CertifiedKey> {
        if let Some(root) = self.root().open(master)? {
            return Ok(root);
        }
        let signers = self.service.db().read(|session| Box::pin(session.list_signers())).await;
        if !signers.map_err(|error: db::DbError| anyhow!(error))?.is_empty() {
            bail!(NO_ROOT);
        }
        self.root().make(master, now, rng)
    }

    /// The offline root: beside the data for a trial, in a safe for real use.
    fn root(&self) -> Root {
        Root::at(self.data.join("offline-root"))
    }

    /// Ends cleanly: jobs done, records numbered, everything written.
    ///
    /// # Errors
    /// When a part of that fails.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        app::jobs::settle(&self.service).await?;
        Keeper::default().keep(self.service.db(), &self.config.erasures_file(&self.data)).await?;
        self.service.db().clone().close().await;
        Ok(())
    }
}

/// Keys are made for a new installation only: to make them for one whose keys are elsewhere would lock its data for good.
fn check_keys(data: &Path, config: &Config, missing: Missing) -> anyhow::Result<()> {
    let keys = config.keys_folder(data);
    if keys.join(MASTER_KEY).is_file() {
        return Ok(());
    }
    let database = config.database_url(data);
    let has_data = database.strip_prefix("sqlite:").is_some_and(|file| Path::new(file).exists());
    match missing {
        _ if has_data => bail!("the keys of {} are not in {}: put them there", data.display(), keys.display()),
        Missing::Refuse => bail!("{} is no data folder; `turna db migrate --data {0}` makes one", data.display()),
        Missing::Make => Ok(()),
    }
}

/// Takes the data folder for this program.
///
/// # Errors
/// [`InUse`] when another has it.
pub(crate) fn lock(data: &Path) -> anyhow::Result<File> {
    let path = data.join(LOCK);
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.with_context(|| format!("{} cannot be written", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(InUse(data.to_owned()).into()),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("{} cannot be locked", path.display())),
    }
}
