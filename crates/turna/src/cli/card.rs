// SPDX-License-Identifier: Apache-2.0
//! Refugee cards: from preparation to revocation, and the check that anybody can make.

mod blank;
mod life;
mod print;
mod verify;
mod view;

use clap::{Args, Subcommand};
use domain::number::{CardNumber, PersonNumber};
use serde_json::json;
use web::api::wire;

use super::{
    Place,
    desk::{Login, at_desk},
};
use crate::output::Answer;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Prepare a card from the record of a recognised person
    #[command(after_help = "Examples:\n  turna card prepare 7K2M-94TXB0 --account card.officer\n  \
        turna card prepare 7K2M-94TXB0 --replaces 8QX07R2M9 --because lost --account card.officer")]
    Prepare(Prepare),
    /// Compare a prepared card with the record, as the second officer
    #[command(after_help = "Example:\n  turna card check 8QX07R2M9 --account card.officer2")]
    Check(One),
    /// Sign a checked card
    #[command(after_help = "Example:\n  turna card sign 8QX07R2M9 --account card.officer")]
    Sign(One),
    /// Print a signed card on a numbered blank: PDF, QR code as picture and text, machine readable zone
    #[command(after_help = "Example:\n  turna card print 8QX07R2M9 --out /media/printer --account card.officer")]
    Print(print::Print),
    /// Hand a printed card over, in person
    #[command(after_help = "Example:\n  turna card handover 8QX07R2M9 --to 7K2M-94TXB0 --account card.officer")]
    Handover(life::HandOver),
    /// Throw a card away that nobody holds yet, and the blank on which it was printed
    #[command(after_help = "Example:\n  turna card spoil 8QX07R2M9 --reason record_changed --account card.officer")]
    Spoil(life::Spoil),
    /// Suspend a card, for example one reported lost
    #[command(after_help = "Example:\n  turna card suspend 8QX07R2M9 --reason lost --account card.officer")]
    Suspend(life::Suspend),
    /// Lift a suspension
    #[command(
        after_help = "Example:\n  turna card reinstate 8QX07R2M9 --reason 'found at home' --account card.officer"
    )]
    Reinstate(life::Reinstate),
    /// Revoke a card: one officer proposes, another decides
    #[command(after_help = "Examples:\n  turna card revoke --propose 8QX07R2M9 --ground issued_in_error \\\n    \
        --facts @facts.txt --reason @reason.txt --account rashad.m\n  \
        turna card revoke --decide 4QX0-7R2M9TC --reason @own-reason.txt --account nigar.q")]
    Revoke(life::Revoke),
    /// Show a card's record, on record
    #[command(after_help = "Example:\n  turna card show 8QX07R2M9 --account card.officer")]
    Show(One),
    /// Check a card with no network, no database and no data folder
    #[command(after_help = verify::EXAMPLES)]
    Verify(Box<verify::Verify>),
    /// The stock of blank cards
    #[command(subcommand)]
    Blank(blank::Command),
}

/// One card.
#[derive(Debug, Args)]
pub(crate) struct One {
    #[command(flatten)]
    login: Login,
    /// Card number
    number: CardNumber,
}

#[derive(Debug, Args)]
pub(crate) struct Prepare {
    #[command(flatten)]
    login: Login,
    /// The holder's person number
    person: PersonNumber,
    /// The card that it replaces; that card ends at once
    #[arg(long, value_name = "CARD", requires = "because")]
    replaces: Option<CardNumber>,
    /// Why it is replaced, a code of the country pack
    #[arg(long, value_name = "CODE", requires = "replaces")]
    because: Option<String>,
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Prepare(prepare) => prepare.run(place).await,
            Self::Check(One { login, number }) => {
                at_desk(place, &login, async |desk| {
                    let path = format!("/cards/{number}/check");
                    desk.act(&path, &wire::Nothing {}, |checked: wire::CheckedCard| {
                        let mrz = checked.face.mrz.iter().map(|line| line.expose().as_str()).collect::<Vec<_>>();
                        let text = format!("card {} agrees with the record\n{}", checked.card, mrz.join("\n"));
                        Answer::done(text, json!(checked))
                    })
                    .await
                })
                .await
            }
            Self::Sign(One { login, number }) => {
                at_desk(place, &login, async |desk| {
                    let path = format!("/cards/{number}/signature");
                    desk.act(&path, &wire::Nothing {}, |signed: wire::SignedCard| {
                        let wire::SignedCard { card, key_id, qr_version } = &signed;
                        let text = format!("card {card} is signed by {key_id}; QR code of version {qr_version}-L");
                        Answer::done(text, json!(signed))
                    })
                    .await
                })
                .await
            }
            Self::Print(print) => print.run(place).await,
            Self::Handover(handover) => handover.run(place).await,
            Self::Spoil(spoil) => spoil.run(place).await,
            Self::Suspend(suspend) => suspend.run(place).await,
            Self::Reinstate(reinstate) => reinstate.run(place).await,
            Self::Revoke(revoke) => revoke.run(place).await,
            Self::Show(One { login, number }) => life::show(place, &login, &number).await,
            Self::Verify(verify) => verify.run(),
            Self::Blank(command) => command.run(place).await,
        }
    }
}

impl Prepare {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let new = wire::NewCard { person: self.person, replaces: self.replaces, because: self.because };
        at_desk(place, &self.login, async |desk| {
            let answer = desk.act("/cards", &new, |prepared: wire::PreparedCard| {
                Answer::done(format!("card {}", prepared.card), json!(prepared))
            });
            desk.with_lists(answer.await?).await
        })
        .await
    }
}
