// SPDX-License-Identifier: Apache-2.0
//! `person erase propose` and `person erase decide`.

use clap::Subcommand;
use domain::{
    number::{CaseNumber, PersonNumber},
    sensitive::Sensitive,
};
use serde_json::json;
use web::api::wire;

use crate::{
    cli::{
        Place,
        desk::{Login, at_desk},
        input::Words,
    },
    output::Answer,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Propose that a person be erased
    #[command(after_help = "Example:\n  turna person erase propose 7K2M-94TXB0 \\\n    \
        --reason 'registered twice by mistake; nothing must be kept' --account lale.h")]
    Propose {
        #[command(flatten)]
        login: Login,
        /// Person number
        number: PersonNumber,
        /// Why nothing must be kept; @FILE reads it from a file
        #[arg(long, value_name = "TEXT")]
        reason: Words,
    },
    /// Decide it as the second officer; key, rows and files are destroyed at once
    #[command(after_help = "Example:\n  turna person erase decide 4QX0-7R2M9TC \\\n    \
        --reason 'I compared both records' --account head")]
    Decide {
        #[command(flatten)]
        login: Login,
        /// Case number of the proposal
        case: CaseNumber,
        /// The second officer's own reason; @FILE reads it from a file
        #[arg(long, value_name = "TEXT")]
        reason: Words,
    },
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Propose { login, number, reason } => {
                let new = wire::NewErasure { person: number, reason: Sensitive::new(reason.read()?) };
                at_desk(place, &login, async |desk| {
                    desk.act("/erasures", &new, |opened: wire::OpenedCase| {
                        Answer::done(format!("proposed in case {}", opened.case), json!(opened))
                    })
                    .await
                })
                .await
            }
            Self::Decide { login, case, reason } => {
                let new = wire::OwnReason { reason: Sensitive::new(reason.read()?) };
                let path = format!("/erasures/{case}/decision");
                at_desk(place, &login, async |desk| {
                    desk.act(&path, &new, |erased: wire::Erased| Answer::done("the person is erased", json!(erased)))
                        .await
                })
                .await
            }
        }
    }
}
