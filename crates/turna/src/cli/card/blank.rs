// SPDX-License-Identifier: Apache-2.0
//! The stock of blank cards.

use clap::Subcommand;
use domain::number::CardNumber;
use serde_json::json;
use web::api::wire;

use crate::{
    cli::{
        Place,
        desk::{Login, at_desk},
        input::below,
    },
    output::Answer,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Take blanks into stock
    #[command(after_help = "Example:\n  turna card blank add AZ-000{1..9} --account card.officer")]
    Add {
        #[command(flatten)]
        login: Login,
        /// Printed numbers of the blanks
        #[arg(required = true)]
        numbers: Vec<String>,
    },
    /// Spoil a blank; a card that was printed on it is printed again on another
    #[command(after_help = "Example:\n  turna card blank spoil AZ-0004 --reason printer_jam --account card.officer")]
    Spoil {
        #[command(flatten)]
        login: Login,
        /// Printed number of the blank
        blank: String,
        /// The card that was printed on it
        #[arg(long)]
        card: Option<CardNumber>,
        /// Why, a code of the country pack
        #[arg(long, value_name = "CODE")]
        reason: String,
    },
    /// Count the blanks of the office
    #[command(after_help = "Example:\n  turna card blank count --account card.officer")]
    Count {
        #[command(flatten)]
        login: Login,
    },
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Add { login, numbers } => {
                at_desk(place, &login, async |desk| {
                    desk.act("/blanks", &wire::NewBlanks { numbers }, |added: wire::AddedBlanks| {
                        Answer::done(format!("{} blanks taken into stock", added.added), json!(added))
                    })
                    .await
                })
                .await
            }
            Self::Spoil { login, blank, card, reason } => {
                let path = below("/blanks", &blank, "/spoil");
                at_desk(place, &login, async |desk| {
                    desk.act(&path, &wire::SpoilBlank { card, reason }, |spoiled: wire::SpoiledBlank| {
                        Answer::done(format!("blank {} is spoiled", spoiled.blank), json!(spoiled))
                    })
                    .await
                })
                .await
            }
            Self::Count { login } => {
                at_desk(place, &login, async |desk| {
                    desk.ask("/blanks", |counted: wire::Blanks| {
                        let lines = counted.blanks.iter().map(|blanks| format!("{} {}", blanks.state, blanks.count));
                        let lines = lines.collect::<Vec<_>>();
                        let text = if lines.is_empty() { "no blanks".into() } else { lines.join("\n") };
                        let json = counted.blanks.into_iter().map(|blanks| (blanks.state, blanks.count.into()));
                        Answer::done(text, json!({ "blanks": json.collect::<serde_json::Map<_, _>>() }))
                    })
                    .await
                })
                .await
            }
        }
    }
}
