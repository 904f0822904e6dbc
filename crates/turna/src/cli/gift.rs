// SPDX-License-Identifier: Apache-2.0
//! Help handed out at an event, once to each.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use domain::{number::PersonNumber, time::Date};
use serde_json::json;
use web::api::wire;

use super::{
    Place,
    desk::{Desk, Login, at_desk},
    input::below,
    paper,
};
use crate::{client::Ended, output::Answer};

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
                    let new = wire::NewDistribution { code, name, on };
                    desk.act("/distributions", &new, |opened: wire::OpenedDistribution| {
                        let text = format!("distribution {} on {}", opened.distribution, opened.on);
                        Answer::done(text, json!(opened))
                    })
                    .await
                })
                .await
            }
            Self::Handover { login, distribution, person, item, paper } => {
                let (path, new) = (below("/distributions", &distribution, "/gifts"), wire::NewGift { person, item });
                at_desk(place, &login, async |desk| hand(desk, &path, &new, paper.as_deref()).await).await
            }
        }
    }
}

async fn hand(desk: &Desk, path: &str, new: &wire::NewGift, file: Option<&Path>) -> anyhow::Result<Answer> {
    let gift: wire::Gift = match desk.client.post(path, new).await? {
        Ended::Done(gift) => gift,
        Ended::Refused(problem) => return Ok(Answer::problem(&problem)),
    };
    let wire::Gift { receipt, person, item, distribution, on, .. } = &gift;
    let text = format!("receipt {receipt}: {item} handed over to {person} at {distribution}");
    let json = json!({
        "receipt": receipt,
        "person": person,
        "item": item,
        "distribution": distribution,
        "on": on,
    });
    desk.write_paper(file, |writer| writer.gift_receipt(&paper::gift(gift))).await?;
    Ok(Answer::done(text, json))
}
