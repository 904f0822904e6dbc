// SPDX-License-Identifier: Apache-2.0
//! The stock of blank cards.

use app::cards::{AddBlanks, CountBlanks, SpoilBlank};
use clap::Subcommand;
use domain::number::CardNumber;
use serde_json::json;

use crate::{
    cli::{
        Place,
        desk::{Login, at_desk},
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
                    desk.run(AddBlanks { numbers }, |count| {
                        Answer::done(format!("{count} blanks taken into stock"), json!({ "added": count }))
                    })
                    .await
                })
                .await
            }
            Self::Spoil { login, blank, card, reason } => {
                at_desk(place, &login, async |desk| {
                    let json = json!({ "blank": blank, "card": card, "reason": reason });
                    let text = format!("blank {blank} is spoiled");
                    desk.run(SpoilBlank { blank, card, reason }, |()| Answer::done(text, json)).await
                })
                .await
            }
            Self::Count { login } => {
                at_desk(place, &login, async |desk| {
                    desk.run(CountBlanks, |counts| {
                        let lines = counts.iter().map(|(state, count)| format!("{state} {count}"));
                        let text =
                            if counts.is_empty() { "no blanks".into() } else { lines.collect::<Vec<_>>().join("\n") };
                        let json = counts.into_iter().map(|(state, count)| (state, count.into()));
                        Answer::done(text, json!({ "blanks": json.collect::<serde_json::Map<_, _>>() }))
                    })
                    .await
                })
                .await
            }
        }
    }
}
