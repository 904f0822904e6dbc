// SPDX-License-Identifier: Apache-2.0
//! Cases of any procedure of the country pack whose files are not sealed.

use std::collections::BTreeMap;

use clap::{Args, Subcommand};
use domain::{
    legal::{InvalidProvisionId, ProvisionId},
    number::{CaseNumber, PersonNumber},
    procedure::{ActionCode, InvalidCode, OutcomeCode, ProcedureCode},
    sensitive::Sensitive,
};
use serde_json::json;
use web::api::wire;

use super::{
    Place,
    desk::{Login, at_desk},
    input::Words,
};
use crate::output::Answer;

/// Parses an action for clap.
pub(super) fn action(text: &str) -> Result<ActionCode, InvalidCode> {
    ActionCode::parse(text)
}

/// Parses an outcome for clap.
pub(super) fn outcome(text: &str) -> Result<OutcomeCode, InvalidCode> {
    OutcomeCode::parse(text)
}

/// Parses a provision for clap.
pub(super) fn provision(text: &str) -> Result<ProvisionId, InvalidProvisionId> {
    ProvisionId::parse(text)
}

fn procedure(text: &str) -> Result<ProcedureCode, InvalidCode> {
    ProcedureCode::parse(text)
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Open a case of a procedure for a person
    #[command(after_help = "Example:\n  turna case open leave_order 7K2M-94TXB0 --account rashad.m")]
    Open {
        #[command(flatten)]
        login: Login,
        /// Procedure, a code of the country pack
        #[arg(value_parser = procedure)]
        procedure: ProcedureCode,
        /// Person number
        person: PersonNumber,
    },
    /// Take a step of a case
    #[command(after_help = "Example:\n  turna case step 4QX0-7R2M9TC hear_person --account rashad.m")]
    Step(Step),
}

#[derive(Debug, Args)]
pub(crate) struct Step {
    #[command(flatten)]
    login: Login,
    /// Case number
    case: CaseNumber,
    /// Step of the procedure
    #[arg(value_parser = action)]
    action: ActionCode,
    /// Outcome, where the step proposes or decides one
    #[arg(long, value_parser = outcome)]
    outcome: Option<OutcomeCode>,
    /// Facts, where the step proposes; @FILE reads them from a file
    #[arg(long, value_name = "TEXT")]
    facts: Option<Words>,
    /// The officer's own reason, where the step needs one; @FILE reads it from a file
    #[arg(long, value_name = "TEXT")]
    reason: Option<Words>,
    /// Provision, may be repeated; the step's own if absent
    #[arg(long = "cite", value_name = "PROVISION", value_parser = provision)]
    cites: Vec<ProvisionId>,
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Open { login, procedure, person } => {
                at_desk(place, &login, async |desk| {
                    desk.act("/cases", &wire::NewCase { procedure, person }, |opened: wire::OpenedCase| {
                        Answer::done(format!("case {}", opened.case), json!(opened))
                    })
                    .await
                })
                .await
            }
            Self::Step(step) => step.run(place).await,
        }
    }
}

impl Step {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let path = format!("/cases/{}/steps", self.case);
        let new = wire::NewStep {
            action: self.action,
            outcome: self.outcome,
            reason: self.reason.map(Words::read).transpose()?.map(Sensitive::new),
            facts: self.facts.map(Words::read).transpose()?.map(Sensitive::new),
            cites: self.cites,
            answers: BTreeMap::new(),
        };
        at_desk(place, &self.login, async |desk| desk.act(&path, &new, state).await).await
    }
}

/// A case and its state after an act.
pub(super) fn state(now: wire::CaseNow) -> Answer {
    Answer::done(format!("the case is {}", now.state), json!(now))
}
