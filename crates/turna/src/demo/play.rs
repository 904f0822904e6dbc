// SPDX-License-Identifier: Apache-2.0
//! Plays the steps of a story: each with the account it names, at its moment, and compared with what it expects.

mod acts;
mod checks;
mod site;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use anyhow::{Context as _, anyhow};
use app::{Outcome, identity, oversight::AccessToken};
use domain::{
    access::{Actor, Role},
    number::{CardNumber, CaseNumber, PersonNumber},
    refusal::Refusal,
    sensitive::Sensitive,
    time::Timestamp,
};
use transparency::TreeHead;

use super::{
    ACCOUNTS,
    story::{Step, Story},
};
use crate::{cli::input::write_file, clock::ScriptedClock, install::Installation};

/// The name under which the person herself acts.
const SELF: &str = "self";

/// A step that was played.
#[derive(Clone, Debug)]
pub(super) struct Played {
    /// What it tells.
    pub(super) name: String,
    /// When, in the country's time.
    pub(super) when: String,
    /// Whether it ended as the story expects.
    pub(super) ok: bool,
    /// How it ended.
    pub(super) result: String,
    /// Size and root of the public log after it.
    pub(super) proof: String,
}

/// What is known of a person of the story by now.
#[derive(Debug, Default)]
struct Known {
    number: Option<PersonNumber>,
    claim: Option<CaseNumber>,
    card: Option<CardNumber>,
    qr_text: Option<String>,
    revocation: Option<CaseNumber>,
    token: Option<AccessToken>,
}

/// Plays a story on an installation.
pub(super) struct Player<'a> {
    installation: &'a Installation,
    story: &'a Story,
    clock: Arc<ScriptedClock>,
    actors: BTreeMap<String, Actor>,
    passwords: Vec<(String, Role, Sensitive<String>)>,
    known: BTreeMap<String, Known>,
    old_checkpoint: Option<String>,
    played: Vec<Played>,
}

/// How an act ended: what to say, or the refusal.
type Ended = Outcome<String>;

impl<'a> Player<'a> {
    /// Adds the story's accounts and signs each in by its password, as everybody does.
    pub(super) async fn new(
        installation: &'a Installation,
        story: &'a Story,
        clock: Arc<ScriptedClock>,
    ) -> anyhow::Result<Self> {
        let service = &installation.service;
        let mut passwords = Vec::new();
        let administrator = identity::NewAccount {
            name: story.administrator.name.clone(),
            role: Role::Administrator,
            office: story.administrator.office.clone(),
            password_hash: Sensitive::default(),
        };
        let with_hash = |account: identity::NewAccount, hash| identity::NewAccount { password_hash: hash, ..account };
        let (password, hash) = new_password(installation).await?;
        passwords.push((administrator.name.clone(), Role::Administrator, password.clone()));
        let added = identity::add_first_administrator(service, with_hash(administrator.clone(), hash)).await?;
        added.done().context("the administrator was refused")?;
        let admin = identity::sign_in(service, &administrator.name, password.expose()).await?;
        let mut actors = BTreeMap::from([(administrator.name, admin.clone())]);
        for account in &story.accounts {
            let (password, hash) = new_password(installation).await?;
            let new = identity::NewAccount {
                name: account.name.clone(),
                role: account.role,
                office: account.office.clone(),
                password_hash: hash,
            };
            let added = service.run(&service.context(admin.clone()), identity::AddAccount(new)).await?;
            added.done().with_context(|| format!("the account {} was refused", account.name))?;
            let actor = identity::sign_in(service, &account.name, password.expose()).await?;
            actors.insert(account.name.clone(), actor);
            passwords.push((account.name.clone(), account.role, password));
        }
        Ok(Self {
            installation,
            story,
            clock,
            actors,
            passwords,
            known: BTreeMap::new(),
            old_checkpoint: None,
            played: Vec::new(),
        })
    }

    /// Prints the accounts with their passwords, to standard error when standard output is for machines, and keeps them in
    /// a file of the data folder: the demo's people are invented, and whoever looks at its pages signs in as each of them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn tell_accounts(&self, json: bool) -> anyhow::Result<()> {
        let mut accounts = String::new();
        for (name, role, password) in &self.passwords {
            accounts.push_str(&format!("  {name:<16} {:<20} {}\n", role.as_str(), password.expose()));
        }
        let file = self.installation.data.join(ACCOUNTS);
        write_file(&file, accounts.as_bytes())?;
        let text = format!("{}\n\nAccounts of this demo, kept in {}:\n{accounts}", self.story.title, file.display());
        if json {
            eprintln!("{text}")
        } else {
            println!("{text}")
        }
        Ok(())
    }

    /// An account that registers people.
    pub(super) fn registrar(&self) -> &Actor {
        let registrar = self.actors.values().find(|actor| actor.role == Role::Registrar);
        registrar.or_else(|| self.actors.values().next()).expect("the administrator is there")
    }

    /// Plays one step.
    ///
    /// # Errors
    /// When the clock cannot be set or the log cannot go on; a refusal or a failure of the step itself is a result.
    pub(super) async fn play(&mut self, step: &'a Step) -> anyhow::Result<Played> {
        let moment = self.story.moment(step)?;
        self.clock.set(moment);
        let ended = self.act(step).await;
        app::jobs::settle(&self.installation.service).await?;
        let (word, result) = match &ended {
            Ok(Outcome::Done(text)) => ("done".to_owned(), text.clone()),
            Ok(Outcome::Refused(refusal)) => (word_of(refusal), format!("refused: {refusal}")),
            Err(error) => ("failed".to_owned(), format!("{error:#}")),
        };
        let ok = word == step.expect;
        let result = if ok { result } else { format!("expected {}, got {word}: {result}", step.expect) };
        self.note(&step.name, moment, ok, result).await
    }

    /// Ends the story: what holds for all of it.
    pub(super) async fn end(&mut self) -> anyhow::Result<Vec<Played>> {
        Ok(std::mem::take(&mut self.played))
    }

    async fn note(&mut self, name: &str, at: Timestamp, ok: bool, result: String) -> anyhow::Result<Played> {
        let head = self.log_head().await?;
        let played = Played {
            name: name.to_owned(),
            when: at.wall_clock_in(self.installation.pack().time_zone()),
            ok,
            result,
            proof: format!("log: {} records, root {}", head.size, domain::audit::hex(&head.root[..8])),
        };
        self.played.push(played.clone());
        Ok(played)
    }

    async fn log_head(&self) -> anyhow::Result<TreeHead> {
        let verifier = self.installation.service.log_key().verifier();
        let db = self.installation.service.db();
        let head = db.read(move |session| Box::pin(async move { session.log_head(&verifier).await })).await;
        Ok(head.map_err(|error: db::LogError| anyhow!(error))?.unwrap_or_else(TreeHead::empty))
    }

    fn actor(&self, name: &str) -> anyhow::Result<Actor> {
        self.actors.get(name).cloned().with_context(|| format!("the story has no account {name}"))
    }

    fn known(&mut self, person: &str) -> &mut Known {
        self.known.entry(person.to_owned()).or_default()
    }

    fn number(&self, person: &str) -> anyhow::Result<PersonNumber> {
        let known = self.known.get(person).and_then(|known| known.number.clone());
        known.with_context(|| format!("{person} is not registered yet"))
    }

    fn claim(&self, person: &str) -> anyhow::Result<CaseNumber> {
        let known = self.known.get(person).and_then(|known| known.claim.clone());
        known.with_context(|| format!("{person} has no claim yet"))
    }

    fn card(&self, person: &str) -> anyhow::Result<CardNumber> {
        let known = self.known.get(person).and_then(|known| known.card.clone());
        known.with_context(|| format!("{person} has no card yet"))
    }

    fn qr_text(&self, person: &str) -> anyhow::Result<&str> {
        let known = self.known.get(person).and_then(|known| known.qr_text.as_deref());
        known.with_context(|| format!("{person} has no printed card yet"))
    }

    /// A writer of papers that bear the present head of the log.
    async fn writer(&self) -> anyhow::Result<crate::letters::Writer<'a>> {
        let printer = self.installation.printer()?;
        Ok(printer.writer(self.log_head().await?))
    }

    fn write_letter(&self, name: &str, pdf: &[u8]) -> anyhow::Result<()> {
        let folder = self.installation.data.join("letters");
        std::fs::create_dir_all(&folder)?;
        Ok(std::fs::write(folder.join(format!("{name}.pdf")), pdf)?)
    }

    fn old_checkpoint_file(&self) -> PathBuf {
        self.installation.data.join("older-checkpoint")
    }
}

/// `refused:CODE`, for a wall with its name and provision.
fn word_of(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Wall { wall, basis } => format!("refused:wall:{wall}:{}", basis.id()),
        other => format!("refused:{}", other.code()),
    }
}

/// A random password and its hash.
async fn new_password(installation: &Installation) -> anyhow::Result<(Sensitive<String>, Sensitive<String>)> {
    let password = domain::audit::hex(installation.service.random::<9>());
    let hash = identity::hash_secret(&installation.service, &password, identity::PASSWORD_CHARACTERS_MIN).await?;
    Ok((Sensitive::new(password), Sensitive::new(hash)))
}
