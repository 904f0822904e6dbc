// SPDX-License-Identifier: Apache-2.0
//! Accounts: `user add`, `user list`, `user disable`, and `login`.

use std::path::PathBuf;

use anyhow::bail;
use app::identity::{self, NewAccount, PASSWORD_CHARACTERS_MIN};
use clap::{Args, Subcommand};
use domain::{access::Role, refusal::Refusal, sensitive::Sensitive};
use serde_json::json;
use web::api::wire;
use zeroize::Zeroizing;

use super::{
    Place,
    desk::{Credential, Login, at_desk, at_installation, at_interface, new_token},
    input::{self, below},
};
use crate::{install::Installation, output::Answer};

/// What the token of `turna login` is called.
const LOGIN: &str = "turna login";

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
                let path = format!("/accounts?after={}", below("", &after, "").trim_start_matches('/'));
                at_desk(place, &login, async |desk| desk.ask(&path, |accounts: wire::Accounts| listed(&accounts)).await)
                    .await
            }
            Self::Disable { login, name } => {
                let path = below("/accounts", &name, "/end");
                at_desk(place, &login, async |desk| {
                    desk.act(&path, &wire::Nothing {}, |ended: wire::DisabledAccount| {
                        Answer::done(format!("{} is disabled", ended.disabled), json!(ended))
                    })
                    .await
                })
                .await
            }
        }
    }
}

fn listed(accounts: &wire::Accounts) -> Answer {
    let line = |account: &wire::Account| {
        let state = if account.is_active { "active" } else { "disabled" };
        format!("{:<24} {:<20} {:<24} {state}", account.name, account.role.as_str(), account.office)
    };
    let text = accounts.accounts.iter().map(line).collect::<Vec<_>>().join("\n");
    Answer::done(text, json!({ "accounts": accounts.accounts }))
}

impl Add {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        if self.login.is_absent() {
            return at_installation(place, async |installation| self.add_first(installation).await).await;
        }
        let new = wire::NewAccount {
            name: self.name.clone(),
            password: Sensitive::new(self.new_password()?.as_str().to_owned()),
            role: self.role,
            office: self.office.clone(),
        };
        at_desk(place, &self.login, async |desk| {
            desk.act("/accounts", &new, |account: wire::Account| {
                added(&account.name, account.role, &account.office, &account.body)
            })
            .await
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
        Ok(Answer::of_outcome(outcome, |actor| added(&self.name, actor.role, &actor.office, &actor.body)))
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

fn added(name: &str, role: Role, office: &str, body: &str) -> Answer {
    let text = format!("{name} is added as {role} at {office}");
    Answer::done(text, json!({ "name": name, "role": role, "office": office, "body": body }))
}

impl SignIn {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let Credential::Password { account, password, code } = self.login.credential()? else {
            bail!("sign in with --account NAME");
        };
        let new = new_token(&account, &password, code.as_deref(), LOGIN, identity::TOKEN_SECONDS);
        at_interface(place, async |desk| {
            desk.act("/tokens", &new, |made: wire::CreatedToken| {
                let token = made.token.into_inner();
                let json = json!({ "token": token, "valid_seconds": identity::TOKEN_SECONDS });
                Answer::done(token, json)
            })
            .await
        })
        .await
    }
}
