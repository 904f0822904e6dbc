// SPDX-License-Identifier: Apache-2.0
//! An officer at work: signed in at the server that runs in the data folder, or at an installation that this command has
//! for itself. Either way the work goes through the interface, so that it is the same.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, bail};
use base64ct::{Base64, Encoding as _};
use clap::Args;
use db::Schema;
use documents::DocumentError;
use domain::{sensitive::Sensitive, time::Timestamp};
use law::Pack;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use transparency::TreeHead;
use web::api::{Here, wire};
use zeroize::Zeroizing;

use super::{Place, input};
use crate::{
    card_files::{STATUS_FILE, TRUST_FILE, folder_of, make_folder},
    client::{Client, Ended, NotSignedIn, Transport, server_of},
    clock::SystemClock,
    config::Config,
    install::{InUse, Installation, Missing},
    letters::Writer,
    output::{Answer, End},
    pack,
    printer::TypesetPrinter,
};

/// The variable that holds a token.
const TOKEN_VARIABLE: &str = "TURNA_TOKEN";
/// What the token of one command is called.
const ONE_COMMAND: &str = "one command";
/// For how long the token of one command is valid, in seconds; it is revoked at its end.
const ONE_COMMAND_SECONDS: i64 = 15 * 60;

/// Who signs in. A token of `turna login` in TURNA_TOKEN needs none of these.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Sign in (or set TURNA_TOKEN)")]
pub(crate) struct Login {
    /// Account; its password is asked for unless a file gives it
    #[arg(long, value_name = "NAME")]
    pub(crate) account: Option<String>,
    /// File whose first line is the password
    #[arg(long, value_name = "FILE", env = "TURNA_PASSWORD_FILE", hide_env_values = true)]
    pub(crate) password_file: Option<PathBuf>,
    /// Code of the second step, if the account has one
    #[arg(long = "code", value_name = "CODE", requires = "account")]
    pub(crate) second_step: Option<String>,
    /// File whose first line is a token
    #[arg(long, value_name = "FILE", conflicts_with = "account")]
    pub(crate) token_file: Option<PathBuf>,
}

/// What somebody shows to sign in.
pub(crate) enum Credential {
    /// Name, password and code of an account.
    Password { account: String, password: Zeroizing<String>, code: Option<String> },
    /// A token.
    Token(Zeroizing<String>),
}

impl Login {
    /// Whether nothing was given to sign in with.
    pub(crate) fn is_absent(&self) -> bool {
        self.account.is_none() && self.token_file.is_none() && std::env::var_os(TOKEN_VARIABLE).is_none()
    }

    /// Reads the password or token, before anything is opened or locked. An account named on the command line counts
    /// before a token in the environment.
    pub(crate) fn credential(&self) -> anyhow::Result<Credential> {
        if let Some(account) = &self.account {
            let password = input::read_secret(self.password_file.as_deref(), &format!("Password of {account}"))?;
            return Ok(Credential::Password { account: account.clone(), password, code: self.second_step.clone() });
        }
        if let Some(file) = &self.token_file {
            return Ok(Credential::Token(input::read_secret(Some(file), "Token")?));
        }
        match std::env::var(TOKEN_VARIABLE) {
            Ok(token) => Ok(Credential::Token(Zeroizing::new(token))),
            Err(_) => bail!("sign in with --account NAME, --token-file FILE or the variable {TOKEN_VARIABLE}"),
        }
    }
}

/// What is sent to get a token.
pub(crate) fn new_token(account: &str, password: &str, code: Option<&str>, name: &str, seconds: i64) -> wire::NewToken {
    wire::NewToken {
        account: account.to_owned(),
        password: Sensitive::new(password.to_owned()),
        code: code.map(|code| Sensitive::new(code.to_owned())),
        name: name.to_owned(),
        valid_seconds: Some(seconds),
    }
}

/// A desk: a client of the interface, with the data folder's country pack at hand.
pub(crate) struct Desk {
    pub(crate) client: Client,
    pub(crate) data: PathBuf,
    config: Config,
    pack: Arc<Pack>,
}

impl Desk {
    /// The country pack.
    pub(crate) fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Asks a question.
    ///
    /// # Errors
    /// When the call failed.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        path: &str,
        done: impl FnOnce(T) -> Answer,
    ) -> anyhow::Result<Answer> {
        Ok(Answer::of(self.client.get(path).await?, done))
    }

    /// Does an act.
    ///
    /// # Errors
    /// When the call failed.
    pub(crate) async fn act<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        done: impl FnOnce(T) -> Answer,
    ) -> anyhow::Result<Answer> {
        Ok(Answer::of(self.client.post(path, body).await?, done))
    }

    /// Writes a paper that the person takes home, with the present head of the log on it, if a file was asked for.
    ///
    /// # Errors
    /// When it cannot be set or written.
    pub(crate) async fn write_paper(
        &self,
        file: Option<&Path>,
        set: impl FnOnce(&Writer<'_>) -> Result<Vec<u8>, DocumentError>,
    ) -> anyhow::Result<()> {
        let Some(file) = file else { return Ok(()) };
        let head = self.client.log_head().await?;
        let root = Base64::decode_vec(&head.root).ok().and_then(|root| root.try_into().ok());
        let head = TreeHead { size: head.size, root: root.context("the root of the log is not understood")? };
        let printer = TypesetPrinter::new(self.pack.clone(), self.config.public_url.clone())?;
        input::write_file(file, &set(&printer.writer(head))?)
    }

    /// A moment on the country's wall clock.
    pub(crate) fn wall_clock(&self, moment: Timestamp) -> String {
        moment.wall_clock_in(self.pack.time_zone())
    }

    /// Brings the published lists beside the cards up to date when something was done.
    ///
    /// # Errors
    /// When they cannot be fetched or written.
    pub(crate) async fn with_lists(&self, answer: Answer) -> anyhow::Result<Answer> {
        if answer.end == End::Done {
            self.publish_lists(&folder_of(&self.data)).await?;
        }
        Ok(answer)
    }

    /// Writes trust list and status list as published, if they are published: what a checker needs beside the card.
    ///
    /// # Errors
    /// When they cannot be fetched or written.
    pub(crate) async fn publish_lists(&self, folder: &Path) -> anyhow::Result<()> {
        make_folder(folder)?;
        // The list is signed by a job of the act; after the head of the log is known, the jobs are done.
        self.client.log_head().await?;
        for (path, file) in [("/trust.json", TRUST_FILE), ("/status/1", STATUS_FILE)] {
            if let Some(bytes) = self.client.file(path).await? {
                input::write_file(&folder.join(file), &bytes)?;
            }
        }
        Ok(())
    }
}

/// Opens the installation for this command alone, works, and closes it cleanly, after a refusal too.
///
/// # Errors
/// When the installation cannot be opened or the work failed.
pub(crate) async fn at_installation(
    place: &Place,
    work: impl AsyncFnOnce(&Installation) -> anyhow::Result<Answer>,
) -> anyhow::Result<Answer> {
    let installation = open(place).await?;
    let answer = refusal_as_answer(work(&installation).await);
    close(installation, answer).await
}

async fn open(place: &Place) -> anyhow::Result<Installation> {
    Installation::open(&place.data, Missing::Refuse, Schema::Expect, Arc::new(SystemClock)).await
}

/// The jobs that an act asked for are done and its record is numbered when the command ends.
async fn close(installation: Installation, answer: anyhow::Result<Answer>) -> anyhow::Result<Answer> {
    let closed = installation.close().await;
    let answer = answer?;
    closed?;
    Ok(answer)
}

/// A refusal that came as an error from outside of a use case is an answer like any other.
fn refusal_as_answer(result: anyhow::Result<Answer>) -> anyhow::Result<Answer> {
    let error = match result {
        Ok(answer) => return Ok(answer),
        Err(error) => error,
    };
    match error.downcast_ref::<app::AppError>() {
        Some(app::AppError::Refused(refusal)) => Ok(Answer::refused(refusal)),
        _ if error.is::<NotSignedIn>() => Ok(Answer::not_signed_in()),
        _ => Err(error),
    }
}

/// Works as a client of the interface: of the server that runs in the data folder, or of this program itself. Nobody has
/// signed in yet.
///
/// # Errors
/// When neither can be reached, or the work failed.
pub(crate) async fn at_interface(
    place: &Place,
    work: impl AsyncFnOnce(Desk) -> anyhow::Result<Answer>,
) -> anyhow::Result<Answer> {
    let installation = match open(place).await {
        Ok(installation) => installation,
        Err(error) if error.is::<InUse>() => {
            let Some(address) = server_of(&place.data)? else { return Err(error) };
            let config = Config::load(&place.data)?;
            let pack = Arc::new(pack::load(&config.pack)?);
            let client = Client::new(Transport::There(address));
            return refusal_as_answer(work(Desk { client, data: place.data.clone(), config, pack }).await);
        }
        Err(error) => return Err(error),
    };
    let client = Client::new(Transport::Here(Here::new(installation.service.clone())));
    let (config, pack) = (installation.config.clone(), installation.pack().clone());
    let answer = refusal_as_answer(work(Desk { client, data: place.data.clone(), config, pack }).await);
    close(installation, answer).await
}

/// Signs in and does something that is put on record: the answer carries size and root of the log, which bind it.
///
/// # Errors
/// When the interface cannot be reached or the work failed.
pub(crate) async fn at_desk(
    place: &Place,
    login: &Login,
    work: impl AsyncFnOnce(&Desk) -> anyhow::Result<Answer>,
) -> anyhow::Result<Answer> {
    let credential = login.credential()?;
    at_interface(place, async |desk| {
        let (desk, own) = match credential {
            Credential::Token(token) => (Desk { client: desk.client.with_token(token), ..desk }, None),
            Credential::Password { account, password, code } => {
                let new = new_token(&account, &password, code.as_deref(), ONE_COMMAND, ONE_COMMAND_SECONDS);
                let made: wire::CreatedToken = match desk.client.post("/tokens", &new).await? {
                    Ended::Done(made) => made,
                    Ended::Refused(problem) => return Ok(Answer::problem(&problem)),
                };
                let token = Zeroizing::new(made.token.into_inner());
                (Desk { client: desk.client.with_token(token), ..desk }, Some(made.id))
            }
        };
        let answer = match refusal_as_answer(work(&desk).await) {
            Ok(answer) => with_receipt(&desk, answer).await,
            Err(error) => Err(error),
        };
        if let Some(id) = own {
            // The token of this command ends with it; if it cannot be revoked it ends by itself.
            drop(desk.client.delete(&format!("/tokens/{id}")).await);
        }
        answer
    })
    .await
}

/// Puts size and root of the log on the answer, as on every receipt.
async fn with_receipt(desk: &Desk, mut answer: Answer) -> anyhow::Result<Answer> {
    let head = match desk.client.log_head().await {
        Ok(head) => head,
        // Whoever was not let in gets no receipt.
        Err(error) if error.is::<NotSignedIn>() => return Ok(answer),
        Err(error) => return Err(error),
    };
    answer.text.push_str(&format!("\nlog: {} entries, root {}", head.size, head.root));
    answer.json["log"] = json!({ "size": head.size, "root": head.root });
    Ok(answer)
}
