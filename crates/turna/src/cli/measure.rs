// SPDX-License-Identifier: Apache-2.0
//! Measures against irregular stay: one person, one file. The walls of the country pack stand before each.

use clap::Subcommand;
use domain::number::PersonNumber;
use serde_json::json;
use web::api::wire;

use super::{
    Place,
    desk::{Login, at_desk},
};
use crate::output::Answer;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Open the file of an order to leave, if no wall protects the person
    #[command(after_help = "Example:\n  turna measure order 7K2M-94TXB0 --account tural.police")]
    Order {
        #[command(flatten)]
        login: Login,
        /// One person, by the number on her own paper
        person: PersonNumber,
    },
    /// Raise the flag of a presumed victim of trafficking: no measure can be taken against her any more
    #[command(after_help = "Example:\n  turna measure protect 7K2M-94TXB0 --account lale.h")]
    Protect {
        #[command(flatten)]
        login: Login,
        /// One person, by the number on her own paper
        person: PersonNumber,
    },
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Order { login, person } => {
                at_desk(place, &login, async |desk| {
                    desk.act("/leave-orders", &wire::OnePerson { person }, |opened: wire::OpenedCase| {
                        Answer::done(format!("case {}", opened.case), json!(opened))
                    })
                    .await
                })
                .await
            }
            Self::Protect { login, person } => {
                at_desk(place, &login, async |desk| {
                    desk.act("/protection-flags", &wire::OnePerson { person }, |flag: wire::ProtectedPerson| {
                        Answer::done("the flag is raised", json!(flag))
                    })
                    .await
                })
                .await
            }
        }
    }
}
