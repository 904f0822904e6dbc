// SPDX-License-Identifier: Apache-2.0
//! `key add-signer` and `key trust`: the acts for which the root is taken out of its safe.

use clap::Subcommand;
use serde_json::json;

use super::{Place, desk::at_installation};
use crate::{
    card_files::{folder_of, publish_lists},
    output::Answer,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Certify a new signer of cards and one of status lists with the offline root; issued cards stay valid
    #[command(after_help = "Example:\n  turna key add-signer --data /var/lib/turna")]
    AddSigner,
    /// Sign the trust list anew with the offline root
    #[command(after_help = "Example:\n  turna key trust --data /var/lib/turna > trust.json")]
    Trust,
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        at_installation(place, async |installation| match self {
            Self::AddSigner => {
                installation.add_signers().await?;
                publish_lists(&installation.service, &folder_of(&installation.data)).await?;
                let signers = installation.service.db().read(|session| Box::pin(session.list_signers())).await;
                let count = signers.map_err(|error: db::DbError| error)?.len();
                let text = format!("signers added; the trust list names {count}");
                Ok(Answer::done(text, json!({ "signers": count })))
            }
            Self::Trust => {
                let list = installation.publish_trust_list().await?;
                publish_lists(&installation.service, &folder_of(&installation.data)).await?;
                let json = serde_json::from_str(&list)?;
                Ok(Answer::done(list, json))
            }
        })
        .await
    }
}
