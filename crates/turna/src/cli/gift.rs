// SPDX-License-Identifier: Apache-2.0
//! Help handed out at an event, once to each.

use std::path::{Path, PathBuf};

use app::{
    Outcome,
    assistance::{HandOverGift, OpenDistribution},
};
use clap::Subcommand;
use domain::{number::PersonNumber, time::Date};
use serde_json::json;

use super::{
    Place,
    desk::{Desk, Login, at_desk},
};
use crate::output::Answer;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Open a distribution: an event at which something is handed out once to each
    #[command(after_help = "Example:\n  turna gift open migrants_day_2025 --name 'Migrants Day 2025' --on 2025-12-18 \
        --account aysel")]
    Open {
        #[command(flatten)]
        login: Login,
        /// Code of the distribution, unique
        code: String,
        /// Its name
        #[arg(long)]
        name: String,
        /// Its day
        #[arg(long, value_name = "DATE")]
        on: Date,
    },
    /// Hand a gift over, in person, once
    #[command(
        after_help = "Example:\n  turna gift handover migrants_day_2025 7K2M-94TXB0 --item gift_set --account aysel"
    )]
    Handover {
        #[command(flatten)]
        login: Login,
        /// Code of the distribution
        distribution: String,
        /// Who receives
        person: PersonNumber,
        /// What, a code of the country pack
        #[arg(long, value_name = "CODE")]
        item: String,
        /// File for the receipt (PDF), in the person's language, to be signed
        #[arg(long, value_name = "FILE")]
        paper: Option<PathBuf>,
    },
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Open { login, code, name, on } => {
                at_desk(place, &login, async |desk| {
                    let json = json!({ "distribution": code, "on": on });
                    let text = format!("distribution {code} on {on}");
                    desk.run(OpenDistribution { code, name, on }, |_| Answer::done(text, json)).await
                })
                .await
            }
            Self::Handover { login, distribution, person, item, paper } => {
                let hand_over = HandOverGift { distribution, person, item };
                at_desk(place, &login, async |desk| hand(desk, hand_over, paper.as_deref()).await).await
            }
        }
    }
}

async fn hand(desk: &Desk<'_>, hand_over: HandOverGift, paper: Option<&Path>) -> anyhow::Result<Answer> {
    let receipt = match desk.service().run(&desk.context(), hand_over).await? {
        Outcome::Done(receipt) => receipt,
        Outcome::Refused(refusal) => return Ok(Answer::refused(&refusal)),
    };
    desk.write_paper(paper, |writer| writer.gift_receipt(&receipt)).await?;
    let person = &receipt.holder.number;
    let text =
        format!("receipt {}: {} handed over to {person} at {}", receipt.number, receipt.item, receipt.distribution);
    let json = json!({
        "receipt": receipt.number,
        "person": person,
        "item": receipt.item,
        "distribution": receipt.distribution,
        "on": receipt.on,
    });
    Ok(Answer::done(text, json))
}
