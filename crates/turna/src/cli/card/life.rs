// SPDX-License-Identifier: Apache-2.0
//! A card in its holder's hands: handed over, suspended, reinstated, revoked, shown.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use domain::{
    card::CardState,
    legal::ProvisionId,
    number::{CardNumber, CaseNumber, PersonNumber},
    sensitive::Sensitive,
};
use serde::Serialize;
use serde_json::json;
use web::api::wire;

use crate::{
    cli::{
        Place,
        case::provision,
        desk::{Desk, Login, at_desk},
        input::Words,
        paper,
    },
    client::Ended,
    output::Answer,
};

#[derive(Debug, Args)]
pub(crate) struct HandOver {
    #[command(flatten)]
    login: Login,
    /// Card number
    number: CardNumber,
    /// Who stands at the counter: the holder, or for a child who answers for it
    #[arg(long, value_name = "PERSON")]
    to: PersonNumber,
    /// File for the receipt (PDF), in the holder's language, to be signed
    #[arg(long, value_name = "FILE")]
    paper: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Spoil {
    #[command(flatten)]
    login: Login,
    /// Card number
    number: CardNumber,
    /// Why, a code of the country pack
    #[arg(long, value_name = "CODE")]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Suspend {
    #[command(flatten)]
    login: Login,
    /// Card number
    number: CardNumber,
    /// Why, a code of the country pack
    #[arg(long, value_name = "CODE")]
    reason: String,
}

#[derive(Debug, Args)]
pub(crate) struct Reinstate {
    #[command(flatten)]
    login: Login,
    /// Card number
    number: CardNumber,
    /// Why, in the officer's words; @FILE reads them from a file
    #[arg(long, value_name = "TEXT")]
    reason: Words,
}

#[derive(Debug, Args)]
pub(crate) struct Revoke {
    #[command(flatten)]
    login: Login,
    #[command(flatten)]
    stage: Stage,
    /// Ground of a proposal, a code of the country pack
    #[arg(long, value_name = "CODE", requires = "propose")]
    ground: Option<String>,
    /// Facts of a proposal; @FILE reads them from a file
    #[arg(long, value_name = "TEXT", requires = "propose")]
    facts: Option<Words>,
    /// The officer's own reason; @FILE reads it from a file
    #[arg(long, value_name = "TEXT")]
    reason: Words,
    /// Provision, may be repeated; those of the procedure if absent
    #[arg(long = "cite", value_name = "PROVISION", value_parser = provision)]
    cites: Vec<ProvisionId>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Stage {
    /// Propose that this card be revoked
    #[arg(long, value_name = "CARD", requires_all = ["ground", "facts"])]
    propose: Option<CardNumber>,
    /// Decide the proposal in this case, as another officer
    #[arg(long, value_name = "CASE")]
    decide: Option<CaseNumber>,
}

fn now(card: &CardNumber, state: CardState) -> Answer {
    Answer::done(format!("card {card} is {state}"), json!({ "card": card, "state": state }))
}

/// Does something to a card after which the lists beside the cards are written anew.
async fn change(place: &Place, login: &Login, path: &str, new: &impl Serialize) -> anyhow::Result<Answer> {
    at_desk(place, login, async |desk| {
        let answer = desk.act(path, new, |card: wire::CardNow| now(&card.card, card.state));
        desk.with_lists(answer.await?).await
    })
    .await
}

impl HandOver {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let Self { login, number, to, paper: file } = self;
        at_desk(place, &login, async |desk| {
            let path = format!("/cards/{number}/hand-over");
            let handed: wire::HandedOver = match desk.client.post(&path, &wire::HandOver { to }).await? {
                Ended::Done(handed) => handed,
                Ended::Refused(problem) => return Ok(Answer::problem(&problem)),
            };
            let answer = now(&handed.card, handed.state);
            let (holder, face) = (paper::holder(handed.holder), paper::face(handed.face));
            desk.write_paper(file.as_deref(), |writer| writer.card_receipt(&holder, &face, handed.on)).await?;
            desk.with_lists(answer).await
        })
        .await
    }
}

impl Spoil {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let new = wire::Because { reason: self.reason };
        change(place, &self.login, &format!("/cards/{}/spoil", self.number), &new).await
    }
}

impl Suspend {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let new = wire::Because { reason: self.reason };
        change(place, &self.login, &format!("/cards/{}/suspension", self.number), &new).await
    }
}

impl Reinstate {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let new = wire::OwnReason { reason: Sensitive::new(self.reason.read()?) };
        change(place, &self.login, &format!("/cards/{}/reinstatement", self.number), &new).await
    }
}

impl Revoke {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let reason = Sensitive::new(self.reason.read()?);
        let cites = self.cites;
        if let Some(case) = self.stage.decide {
            let new = wire::RevocationDecision { reason, cites };
            return change(place, &self.login, &format!("/revocations/{case}/decision"), &new).await;
        }
        let (Some(number), Some(ground), Some(facts)) = (self.stage.propose, self.ground, self.facts) else {
            bail!("a proposal names --propose CARD, --ground and --facts");
        };
        let new = wire::NewRevocation { ground, facts: Sensitive::new(facts.read()?), reason, cites };
        at_desk(place, &self.login, async |desk| {
            let path = format!("/cards/{number}/revocation");
            desk.act(&path, &new, |proposed: wire::ProposedRevocation| {
                Answer::done(format!("proposed in case {}", proposed.case), json!(proposed))
            })
            .await
        })
        .await
    }
}

/// Shows a card's record.
pub(super) async fn show(place: &Place, login: &Login, number: &CardNumber) -> anyhow::Result<Answer> {
    at_desk(place, login, async |desk| {
        let path = format!("/cards/{number}");
        desk.ask(&path, |card: wire::Card| Answer::done(as_text(desk, &card), json!(card))).await
    })
    .await
}

fn as_text(desk: &Desk, card: &wire::Card) -> String {
    let mut lines = vec![
        format!("card {} at {}: {}", card.card, card.office, card.state),
        format!("issued {}, valid until {}", card.issued_on, card.expires_on),
    ];
    lines.extend(card.blank.as_ref().map(|blank| format!("printed on blank {blank}")));
    lines.extend(card.handed_over_at.map(|at| format!("handed over {}", desk.wall_clock(at))));
    lines.extend(
        card.events.iter().map(|event| format!("{} {}  {}", desk.wall_clock(event.at), event.action, event.basis)),
    );
    lines.extend(card.qr_text.as_ref().map(|text| text.expose().clone()));
    lines.join("\n")
}
