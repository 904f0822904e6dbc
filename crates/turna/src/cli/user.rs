// SPDX-License-Identifier: Apache-2.0
//! Accounts: `user add`, `user list`, `user disable`, and `login`.

use std::path::PathBuf;

use anyhow::bail;
use app::identity::{self, AddAccount, DisableAccount, ListAccounts, NewAccount, PASSWORD_CHARACTERS_MIN};
use clap::{Args, Subcommand};
use domain::{access::Role, refusal::Refusal, sensitive::Sensitive};
use serde_json::json;
use zeroize::Zeroizing;

use super::{
    Place,
    desk::{Login, at_desk, at_installation, signed_in},
    input,
};
use crate::{install::Installation, output::Answer};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Add an account; the first one, an administrator, needs no sign-in
    #[command(after_help = "Examples:\n  turna user add admin --role administrator --office sms-headquarters\n  \
        turna user add lale.h --role registrar --office sms-baku --account admin")]
    Add(Add),
    /// List the accounts
    #[command(after_help = "Example:\n  turna user list --account admin --json")]
    List {
        #[command(flatten)]
        login: Login,
        /// Begin after this name
        #[arg(long, value_name = "NAME", default_value = "")]
        after: String,
    },
    /// Disable an account and its tokens
    #[command(after_help = "Example:\n  turna user disable lale.h --account admin")]
    Disable {
        #[command(flatten)]
        login: Login,
        /// Name of the account
        name: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    #[command(flatten)]
    login: Login,
    /// Name to sign in with
    name: String,
    /// Role: registrar, case_officer, decision_maker, card_officer, head_of_office, assistance_officer,
    /// police_officer, auditor or administrator
    #[arg(long)]
    role: Role,
    /// Office, a code of the country pack
    #[arg(long, value_name = "CODE")]
    office: String,
    /// File whose first line is the new account's password; asked for if absent
    #[arg(long, value_name = "FILE")]
    new_password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  export TURNA_TOKEN=$(turna login --account lale.h)")]
pub(crate) struct SignIn {
    #[command(flatten)]
    login: Login,
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Add(add) => add.run(place).await,
            Self::List { login, after } => {
                at_desk(place, &login, async |desk| {
                    desk.run(ListAccounts { after }, |accounts| listed(&accounts)).await
                })
                .await
            }
            Self::Disable { login, name } => {
                at_desk(place, &login, async |desk| {
                    let json = json!({ "disabled": name });
                    let text = format!("{name} is disabled");
                    desk.run(DisableAccount { name }, |()| Answer::done(text, json)).await
                })
                .await
            }
        }
    }
}

fn listed(accounts: &[db::Account]) -> Answer {
    let state = |account: &db::Account| if account.is_active { "active" } else { "disabled" };
    let lines = accounts.iter().map(|account| {
        format!(
            "{:<24} {:<20} {:<24} {}",
            account.name,
            account.actor.role.as_str(),
            account.actor.office,
            state(account)
        )
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let json = accounts.iter().map(|account| {
        json!({
            "name": account.name,
            "role": account.actor.role,
            "office": account.actor.office,
            "body": account.actor.body,
            "is_active": account.is_active,
        })
    });
    Answer::done(text, json!({ "accounts": json.collect::<Vec<_>>() }))
}

impl Add {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        if self.login.is_absent() {
            return at_installation(place, async |installation| self.add_first(installation).await).await;
        }
        let password = self.new_password()?;
        at_desk(place, &self.login, async |desk| {
            let new = self.account(desk.service(), &password).await?;
            desk.run(AddAccount(new), |actor| added(&self.name, &actor)).await
        })
        .await
    }

    async fn add_first(&self, installation: &Installation) -> anyhow::Result<Answer> {
        let service = &installation.service;
        let accounts = service.db().read(|session| Box::pin(session.list_accounts(""))).await;
        if !accounts.map_err(|error: db::DbError| error)?.is_empty() {
            bail!("there are accounts already: an administrator must sign in, with --account NAME");
        }
        if self.role != Role::Administrator {
            let refusal = Refusal::field("role", "the first account of an installation is an administrator");
            return Ok(Answer::refused(&refusal));
        }
        let new = self.account(service, &self.new_password()?).await?;
        let outcome = identity::add_first_administrator(service, new).await?;
        Ok(Answer::of(outcome, |actor| added(&self.name, &actor)))
    }

    fn new_password(&self) -> anyhow::Result<Zeroizing<String>> {
        let prompt = format!("New password of {}, at least {PASSWORD_CHARACTERS_MIN} characters", self.name);
        let password = input::read_secret(self.new_password_file.as_deref(), &prompt)?;
        if self.new_password_file.is_none() && *input::read_secret(None, "Once more")? != *password {
            bail!("the two passwords differ");
        }
        Ok(password)
    }

    async fn account(&self, service: &app::Service, password: &str) -> anyhow::Result<NewAccount> {
        // What can be refused cheaply is refused before the password is hashed.
        identity::check_account_name(&self.name).map_err(app::AppError::Refused)?;
        let password_hash = identity::hash_secret(service, password, PASSWORD_CHARACTERS_MIN).await?;
        let (name, office) = (self.name.clone(), self.office.clone());
        Ok(NewAccount { name, password_hash: Sensitive::new(password_hash), role: self.role, office })
    }
}

fn added(name: &str, actor: &domain::access::Actor) -> Answer {
    let text = format!("{name} is added as {} at {}", actor.role, actor.office);
    Answer::done(text, json!({ "name": name, "role": actor.role, "office": actor.office, "body": actor.body }))
}

impl SignIn {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        signed_in(place, &self.login, async |desk| {
            let token = identity::issue_token(desk.service(), &desk.actor).await?.into_inner();
            let json = json!({ "token": token, "valid_seconds": identity::TOKEN_SECONDS });
            Ok(Answer::done(token, json))
        })
        .await
    }
}
