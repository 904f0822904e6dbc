// SPDX-License-Identifier: Apache-2.0
//! `token create`, `token list` and `token revoke`: tokens of the own account for programs.

use anyhow::bail;
use clap::Subcommand;
use domain::id::AccountTokenId;
use serde_json::json;
use web::api::wire;

use super::{
    Place,
    desk::{Credential, Login, at_desk, at_interface, new_token},
};
use crate::output::Answer;

/// Seconds of a day.
const DAY_SECONDS: i64 = 24 * 60 * 60;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a token with the rights of the account, and print it once
    #[command(after_help = "Example:\n  turna token create 'import of June' --days 30 --account lale.h")]
    Create {
        #[command(flatten)]
        login: Login,
        /// What the token is for
        name: String,
        /// For how many days it is valid, 1 to 90
        #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=90))]
        days: i64,
    },
    /// List the valid tokens of the account; the tokens themselves are kept nowhere
    #[command(after_help = "Example:\n  turna token list --account lale.h")]
    List {
        #[command(flatten)]
        login: Login,
    },
    /// Revoke a token of the account
    #[command(after_help = "Example:\n  turna token revoke 0197a2b4-5c6d-7e8f-9a0b-1c2d3e4f5a6b --account lale.h")]
    Revoke {
        #[command(flatten)]
        login: Login,
        /// Identifier of the token, as the list shows it
        id: AccountTokenId,
    },
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Create { login, name, days } => create(place, &login, &name, days * DAY_SECONDS).await,
            Self::List { login } => {
                at_desk(place, &login, async |desk| {
                    desk.ask("/tokens", |tokens: wire::Tokens| {
                        let line = |token: &wire::TokenEntry| {
                            format!("{}  until {}  {}", token.id, desk.wall_clock(token.expires_at), token.name)
                        };
                        let lines = tokens.tokens.iter().map(line).collect::<Vec<_>>();
                        let text = if lines.is_empty() { "no tokens".into() } else { lines.join("\n") };
                        Answer::done(text, json!(tokens))
                    })
                    .await
                })
                .await
            }
            Self::Revoke { login, id } => {
                at_desk(place, &login, async |desk| {
                    let ended = desk.client.delete(&format!("/tokens/{id}")).await?;
                    Ok(Answer::of(ended, |_| Answer::done(format!("{id} is revoked"), json!({ "revoked": id }))))
                })
                .await
            }
        }
    }
}

/// A new token is given for a password only: whoever has found one token makes no second.
async fn create(place: &Place, login: &Login, name: &str, seconds: i64) -> anyhow::Result<Answer> {
    let Credential::Password { account, password, code } = login.credential()? else {
        bail!("a token is made with a password: --account NAME");
    };
    let new = new_token(&account, &password, code.as_deref(), name, seconds);
    at_interface(place, async |desk| {
        desk.act("/tokens", &new, |made: wire::CreatedToken| {
            let json = json!({ "id": made.id, "token": made.token, "name": made.name, "expires_at": made.expires_at });
            Answer::done(made.token.into_inner(), json)
        })
        .await
    })
    .await
}
