// SPDX-License-Identifier: Apache-2.0
//! A card in its holder's hands: handed over, suspended, reinstated, revoked, shown.

use std::path::PathBuf;

use anyhow::bail;
use app::{
    Outcome,
    cards::{CardView, HandOverCard, ProposeRevocation, ReinstateCard, RevokeCard, ShowCard, SpoilCard, SuspendCard},
};
use clap::Args;
use domain::{
    legal::ProvisionId,
    number::{CardNumber, CaseNumber, PersonNumber},
    sensitive::Sensitive,
};
use serde_json::{Value, json};

use crate::{
    card_files::{folder_of, publish_lists},
    cli::{
        Place,
        case::provision,
        desk::{Desk, Login, at_desk},
        input::Words,
    },
    output::{Answer, End},
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

/// Brings the published lists beside the cards up to date when something was done.
pub(super) async fn with_lists(desk: &Desk<'_>, answer: Answer) -> anyhow::Result<Answer> {
    if answer.end == End::Done {
        app::jobs::settle(desk.service()).await?;
        publish_lists(desk.service(), &folder_of(&desk.installation.data)).await?;
    }
    Ok(answer)
}

fn now(number: &CardNumber, state: &str) -> Answer {
    Answer::done(format!("card {number} is {state}"), json!({ "card": number, "state": state }))
}

impl HandOver {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let Self { login, number, to, paper } = self;
        at_desk(place, &login, async |desk| {
            let hand_over = HandOverCard { number: number.clone(), received_by: to };
            let handed = match desk.service().run(&desk.context(), hand_over).await? {
                Outcome::Done(handed) => handed,
                Outcome::Refused(refusal) => return Ok(Answer::refused(&refusal)),
            };
            desk.write_paper(paper.as_deref(), |writer| writer.card_receipt(&handed.holder, &handed.face, handed.on))
                .await?;
            with_lists(desk, now(&number, "active")).await
        })
        .await
    }
}

impl Spoil {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let Self { login, number, reason } = self;
        at_desk(place, &login, async |desk| {
            let spoil = SpoilCard { number: number.clone(), reason };
            with_lists(desk, desk.run(spoil, |()| now(&number, "spoiled")).await?).await
        })
        .await
    }
}

impl Suspend {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let Self { login, number, reason } = self;
        at_desk(place, &login, async |desk| {
            let suspend = SuspendCard { number: number.clone(), reason };
            with_lists(desk, desk.run(suspend, |()| now(&number, "suspended")).await?).await
        })
        .await
    }
}

impl Reinstate {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let Self { login, number, reason } = self;
        let reinstate = ReinstateCard { number: number.clone(), reason: reason.read()? };
        at_desk(place, &login, async |desk| {
            with_lists(desk, desk.run(reinstate, |()| now(&number, "active")).await?).await
        })
        .await
    }
}

impl Revoke {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let reason = Sensitive::new(self.reason.read()?);
        let cites = self.cites;
        if let Some(case) = self.stage.decide {
            return at_desk(place, &self.login, async |desk| {
                let revoke = RevokeCard { case, reason, cites };
                with_lists(desk, desk.run(revoke, |number| now(&number, "revoked")).await?).await
            })
            .await;
        }
        let (Some(number), Some(ground), Some(facts)) = (self.stage.propose, self.ground, self.facts) else {
            bail!("a proposal names --propose CARD, --ground and --facts");
        };
        let facts = Sensitive::new(facts.read()?);
        let card = number.clone();
        let propose = ProposeRevocation { number, ground, facts, reason, cites };
        at_desk(place, &self.login, async |desk| {
            desk.run(propose, |case| {
                Answer::done(format!("proposed in case {case}"), json!({ "case": case, "card": card }))
            })
            .await
        })
        .await
    }
}

/// Shows a card's record.
pub(super) async fn show(place: &Place, login: &Login, number: CardNumber) -> anyhow::Result<Answer> {
    at_desk(place, login, async |desk| {
        desk.run(ShowCard { number }, |view| Answer::done(as_text(desk, &view), as_json(&view))).await
    })
    .await
}

fn as_text(desk: &Desk<'_>, view: &CardView) -> String {
    let card = &view.card;
    let mut lines = vec![
        format!("card {} at {}: {}", card.number, card.office, card.state),
        format!("issued {}, valid until {}", card.issued_on, card.expires_on),
    ];
    lines.extend(view.blank.as_ref().map(|blank| format!("printed on blank {blank}")));
    lines.extend(card.handed_over_at.map(|at| format!("handed over {}", desk.wall_clock(at))));
    lines.extend(
        view.events.iter().map(|event| format!("{} {}  {}", desk.wall_clock(event.at), event.action, event.basis)),
    );
    lines.extend(view.qr_text.clone());
    lines.join("\n")
}

fn as_json(view: &CardView) -> Value {
    let card = &view.card;
    let events = view
        .events
        .iter()
        .map(|event| json!({ "action": event.action, "by": event.by, "basis": event.basis, "at": event.at }));
    json!({
        "card": card.number,
        "office": card.office,
        "state": card.state,
        "status_index": card.status_index,
        "issued_on": card.issued_on,
        "expires_on": card.expires_on,
        "handed_over_at": card.handed_over_at,
        "key_id": card.key_id.as_ref().map(domain::audit::hex),
        "blank": view.blank,
        "qr_text": view.qr_text,
        "events": events.collect::<Vec<_>>(),
    })
}
