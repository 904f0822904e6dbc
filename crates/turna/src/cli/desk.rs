// SPDX-License-Identifier: Apache-2.0
//! An officer at work: signed in at an installation that this command has for itself.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::bail;
use app::{AppError, Context, Service, UseCase, identity};
use base64ct::{Base64, Encoding as _};
use clap::Args;
use db::Schema;
use documents::DocumentError;
use domain::{access::Actor, time::Timestamp};
use serde_json::json;
use transparency::TreeHead;
use zeroize::Zeroizing;

use super::{Place, input};
use crate::{
    clock::SystemClock,
    install::{Installation, Missing},
    letters::Writer,
    output::Answer,
};

/// The variable that holds a token.
const TOKEN_VARIABLE: &str = "TURNA_TOKEN";

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
    /// File whose first line is a token of `turna login`
    #[arg(long, value_name = "FILE", conflicts_with = "account")]
    pub(crate) token_file: Option<PathBuf>,
}

/// What somebody shows to sign in.
enum Credential {
    Password { account: String, password: Zeroizing<String> },
    Token(Zeroizing<String>),
}

impl Login {
    /// Whether nothing was given to sign in with.
    pub(crate) fn is_absent(&self) -> bool {
        self.account.is_none() && self.token_file.is_none() && std::env::var_os(TOKEN_VARIABLE).is_none()
    }

    /// Reads the password or token, before anything is opened or locked. An account named on the command line counts
    /// before a token in the environment.
    fn credential(&self) -> anyhow::Result<Credential> {
        if let Some(account) = &self.account {
            let password = input::read_secret(self.password_file.as_deref(), &format!("Password of {account}"))?;
            return Ok(Credential::Password { account: account.clone(), password });
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

/// A signed-in officer.
pub(crate) struct Desk<'a> {
    pub(crate) installation: &'a Installation,
    pub(crate) actor: Actor,
}

impl Desk<'_> {
    /// The service.
    pub(crate) fn service(&self) -> &Service {
        &self.installation.service
    }

    /// The circumstances of an act now.
    pub(crate) fn context(&self) -> Context {
        self.service().context(self.actor.clone())
    }

    /// Runs a use case.
    ///
    /// # Errors
    /// When it failed; nothing was kept then.
    pub(crate) async fn run<U: UseCase>(
        &self,
        use_case: U,
        done: impl FnOnce(U::Output) -> Answer,
    ) -> anyhow::Result<Answer> {
        Ok(Answer::of(self.service().run(&self.context(), use_case).await?, done))
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
        let head = settled_head(self.service()).await?.unwrap_or_else(TreeHead::empty);
        let printer = self.installation.printer()?;
        input::write_file(file, &set(&printer.writer(head))?)
    }

    /// A moment on the country's wall clock.
    pub(crate) fn wall_clock(&self, moment: Timestamp) -> String {
        moment.wall_clock_in(self.installation.pack().time_zone())
    }
}

/// Opens the installation for this command alone, works, and closes it cleanly, after a refusal too: the jobs that an
/// act asked for are done and its record is numbered when the command ends.
///
/// # Errors
/// When the installation cannot be opened or the work failed.
pub(crate) async fn at_installation(
    place: &Place,
    work: impl AsyncFnOnce(&Installation) -> anyhow::Result<Answer>,
) -> anyhow::Result<Answer> {
    let installation = Installation::open(&place.data, Missing::Refuse, Schema::Expect, Arc::new(SystemClock)).await?;
    let answer = refusal_as_answer(work(&installation).await);
    let closed = installation.close().await;
    let answer = answer?;
    closed?;
    Ok(answer)
}

/// Signs in and works.
///
/// # Errors
/// When the installation cannot be opened or the work failed.
pub(crate) async fn signed_in(
    place: &Place,
    login: &Login,
    work: impl AsyncFnOnce(&Desk<'_>) -> anyhow::Result<Answer>,
) -> anyhow::Result<Answer> {
    let credential = login.credential()?;
    at_installation(place, async |installation| {
        let service = &installation.service;
        let actor = match &credential {
            Credential::Password { account, password } => identity::sign_in(service, account, password).await,
            Credential::Token(token) => identity::sign_in_by_token(service, token).await,
        };
        let actor = match actor {
            Ok(actor) => actor,
            Err(AppError::Refused(refusal)) => return Ok(Answer::not_signed_in(&refusal)),
            Err(error) => return Err(error.into()),
        };
        work(&Desk { installation, actor }).await
    })
    .await
}

/// Signs in and does something that is put on record: the answer carries size and root of the log, which bind it.
///
/// # Errors
/// When the installation cannot be opened or the work failed.
pub(crate) async fn at_desk(
    place: &Place,
    login: &Login,
    work: impl AsyncFnOnce(&Desk<'_>) -> anyhow::Result<Answer>,
) -> anyhow::Result<Answer> {
    signed_in(place, login, async |desk| {
        let answer = refusal_as_answer(work(desk).await)?;
        with_receipt(desk.service(), answer).await
    })
    .await
}

/// A refusal that came as an error from outside of a use case is an answer like any other.
fn refusal_as_answer(result: anyhow::Result<Answer>) -> anyhow::Result<Answer> {
    let error = match result {
        Ok(answer) => return Ok(answer),
        Err(error) => error,
    };
    match error.downcast_ref::<AppError>() {
        Some(AppError::Refused(refusal)) => Ok(Answer::refused(refusal)),
        _ => Err(error),
    }
}

/// Does what an act asked for, numbers its record, and gives the signed head of the log.
async fn settled_head(service: &Service) -> anyhow::Result<Option<TreeHead>> {
    app::jobs::settle(service).await?;
    let verifier = service.log_key().verifier();
    let head = service.db().read(|session| Box::pin(async move { session.log_head(&verifier).await })).await;
    Ok(head.map_err(|error: db::LogError| error)?)
}

/// Puts size and root of the log on the answer, as on every receipt.
async fn with_receipt(service: &Service, mut answer: Answer) -> anyhow::Result<Answer> {
    if let Some(head) = settled_head(service).await? {
        let (size, root) = (head.size, Base64::encode_string(&head.root));
        answer.text.push_str(&format!("\nlog: {size} entries, root {root}"));
        answer.json["log"] = json!({ "size": size, "root": root });
    }
    Ok(answer)
}
