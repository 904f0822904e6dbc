// SPDX-License-Identifier: Apache-2.0
//! Claims to refugee status.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use app::asylum::Interview;
use clap::{Args, Subcommand};
use domain::{
    legal::ProvisionId,
    number::{CaseNumber, PersonNumber},
    procedure::{ActionCode, OutcomeCode},
    sensitive::Sensitive,
};
use serde::Serialize;
use serde_json::json;
use web::api::wire;

use super::{
    Place,
    case::{action, outcome, provision, state},
    desk::{Desk, Login, at_desk},
    input::{self, Words},
    paper,
};
use crate::{client::Ended, output::Answer};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Open a claim: each adult for herself
    #[command(after_help = "Example:\n  turna claim open 7K2M-94TXB0 --language prs --account lale.h")]
    Open {
        #[command(flatten)]
        login: Login,
        /// The claimant's person number
        person: PersonNumber,
        /// Language of the procedure, a code of the country pack
        #[arg(long, value_name = "CODE")]
        language: String,
        /// Keep the claim from the claimant's family
        #[arg(long)]
        confidential: bool,
    },
    /// Record the claimant's own reasons, asked of her alone
    #[command(after_help = "Example:\n  turna claim reasons 4QX0-7R2M9TC @reasons.txt --account rashad.m")]
    Reasons {
        #[command(flatten)]
        login: Login,
        /// Case number
        case: CaseNumber,
        /// Her reasons in her words; @FILE reads them from a file
        text: Words,
    },
    /// Issue the certificate of the asylum seeker
    #[command(after_help = "Example:\n  turna claim certificate 4QX0-7R2M9TC --account lale.h")]
    Certificate {
        #[command(flatten)]
        login: Login,
        /// Case number
        case: CaseNumber,
        /// File for the paper itself (PDF), in the claimant's language
        #[arg(long, value_name = "FILE")]
        paper: Option<PathBuf>,
    },
    /// Record an interview from a file
    #[command(after_help = "Example:\n  turna claim interview 4QX0-7R2M9TC status_interview interview.json \
        --account rashad.m\n\nThe file: {\"language\": \"prs\", \"interpreter\": \"…\", \"representative\": null, \
        \"observer\": null,\n\"seen_alone\": true, \"statement\": \"…\"}")]
    Interview {
        #[command(flatten)]
        login: Login,
        /// Case number
        case: CaseNumber,
        /// registration_interview or status_interview
        #[arg(value_parser = action)]
        kind: ActionCode,
        /// The interview in JSON
        file: PathBuf,
    },
    /// Take any other recording step: invitation, opinion, notice, appeal, withdrawal
    #[command(after_help = "Example:\n  turna claim step 4QX0-7R2M9TC notify --account rashad.m")]
    Step(Step),
    /// Propose a decision, as the case officer
    #[command(
        after_help = "Example:\n  turna claim propose 4QX0-7R2M9TC --outcome recognised --facts @facts.txt \\\n    \
        --reason @reason.txt --cite int-1951-refugees:1a --account rashad.m"
    )]
    Propose(Propose),
    /// Decide, as another officer
    #[command(after_help = "Example:\n  turna claim decide 4QX0-7R2M9TC --outcome recognised \\\n    \
        --reason @reason.txt --cite int-1951-refugees:1a --account nigar.q")]
    Decide(Decide),
    /// Show a claim's file, on record
    #[command(after_help = "Example:\n  turna claim show 4QX0-7R2M9TC --account rashad.m")]
    Show {
        #[command(flatten)]
        login: Login,
        /// Case number
        case: CaseNumber,
    },
    /// List the cases of the office whose clocks have run out, for its head
    #[command(after_help = "Example:\n  turna claim overdue --account head")]
    Overdue {
        #[command(flatten)]
        login: Login,
    },
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
    /// The officer's own reason, where the step needs one; @FILE reads it from a file
    #[arg(long, value_name = "TEXT")]
    reason: Option<Words>,
    /// Provision, may be repeated; the step's own if absent
    #[arg(long = "cite", value_name = "PROVISION", value_parser = provision)]
    cites: Vec<ProvisionId>,
}

#[derive(Debug, Args)]
pub(crate) struct Propose {
    #[command(flatten)]
    login: Login,
    /// Case number
    case: CaseNumber,
    /// propose_decision or propose_discontinuance
    #[arg(long, value_parser = action, default_value = "propose_decision")]
    action: ActionCode,
    /// Outcome, a code of the procedure
    #[arg(long, value_parser = outcome)]
    outcome: OutcomeCode,
    /// Facts found; @FILE reads them from a file
    #[arg(long, value_name = "TEXT")]
    facts: Words,
    /// The case officer's reasons; @FILE reads them from a file
    #[arg(long, value_name = "TEXT")]
    reason: Words,
    /// Provision, may be repeated
    #[arg(long = "cite", value_name = "PROVISION", value_parser = provision)]
    cites: Vec<ProvisionId>,
}

#[derive(Debug, Args)]
pub(crate) struct Decide {
    #[command(flatten)]
    login: Login,
    /// Case number
    case: CaseNumber,
    /// decide, discontinue or decide_appeal
    #[arg(long, value_parser = action, default_value = "decide")]
    action: ActionCode,
    /// Outcome; the proposed one if absent
    #[arg(long, value_parser = outcome)]
    outcome: Option<OutcomeCode>,
    /// The decider's own reason; @FILE reads it from a file
    #[arg(long, value_name = "TEXT")]
    reason: Words,
    /// Provision, may be repeated
    #[arg(long = "cite", value_name = "PROVISION", value_parser = provision)]
    cites: Vec<ProvisionId>,
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Open { login, person, language, confidential } => {
                let new = wire::NewClaim { person, language, confidential };
                at_desk(place, &login, async |desk| {
                    desk.act("/claims", &new, |opened: wire::OpenedCase| {
                        Answer::done(format!("claim {}", opened.case), json!(opened))
                    })
                    .await
                })
                .await
            }
            Self::Reasons { login, case, text } => {
                let new = wire::Reasons { reasons: Sensitive::new(text.read()?) };
                record(place, &login, &format!("/claims/{case}/reasons"), &new, "the reasons are recorded").await
            }
            Self::Certificate { login, case, paper } => {
                at_desk(place, &login, async |desk| certify(desk, &case, paper.as_deref()).await).await
            }
            Self::Interview { login, case, kind, file } => {
                let interview: Interview = input::read_json(&file)?;
                let new = wire::NewInterview { kind, interview };
                record(place, &login, &format!("/claims/{case}/interviews"), &new, "the interview is recorded").await
            }
            Self::Step(step) => step.run(place).await,
            Self::Propose(propose) => propose.run(place).await,
            Self::Decide(decide) => decide.run(place).await,
            Self::Show { login, case } => {
                at_desk(place, &login, async |desk| {
                    let path = format!("/claims/{case}");
                    desk.ask(&path, |claim: wire::Claim| Answer::done(as_text(desk, &claim), json!(claim))).await
                })
                .await
            }
            Self::Overdue { login } => {
                at_desk(place, &login, async |desk| {
                    desk.ask("/claims/overdue", |cases: wire::OverdueCases| overdue(&cases)).await
                })
                .await
            }
        }
    }
}

async fn certify(desk: &Desk, case: &CaseNumber, file: Option<&Path>) -> anyhow::Result<Answer> {
    let path = format!("/claims/{case}/certificate");
    let issued: wire::Certificate = match desk.client.post(&path, &wire::Nothing {}).await? {
        Ended::Done(issued) => issued,
        Ended::Refused(problem) => return Ok(Answer::problem(&problem)),
    };
    let (number, on) = (issued.certificate.clone(), issued.issued_on);
    desk.write_paper(file, |writer| writer.certificate(&paper::certificate(issued))).await?;
    Ok(Answer::done(format!("certificate {number} of {on}"), json!({ "certificate": number, "issued_on": on })))
}

/// Records something in a claim.
async fn record(place: &Place, login: &Login, path: &str, new: &impl Serialize, what: &str) -> anyhow::Result<Answer> {
    at_desk(place, login, async |desk| {
        desk.act(path, new, |recorded: wire::Recorded| Answer::done(what, json!(recorded))).await
    })
    .await
}

impl Step {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let what = format!("{} is recorded", self.action);
        let new = wire::NewStep {
            action: self.action,
            outcome: None,
            facts: None,
            reason: self.reason.map(Words::read).transpose()?.map(Sensitive::new),
            cites: self.cites,
            answers: BTreeMap::new(),
        };
        record(place, &self.login, &format!("/claims/{}/steps", self.case), &new, &what).await
    }
}

impl Propose {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let path = format!("/claims/{}/proposal", self.case);
        let new = wire::Proposal {
            action: Some(self.action),
            outcome: self.outcome,
            facts: Sensitive::new(self.facts.read()?),
            reason: Sensitive::new(self.reason.read()?),
            cites: self.cites,
            answers: BTreeMap::new(),
        };
        at_desk(place, &self.login, async |desk| desk.act(&path, &new, state).await).await
    }
}

impl Decide {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let path = format!("/claims/{}/decision", self.case);
        let new = wire::Decision {
            action: Some(self.action),
            outcome: self.outcome,
            reason: Sensitive::new(self.reason.read()?),
            cites: self.cites,
        };
        at_desk(place, &self.login, async |desk| desk.act(&path, &new, state).await).await
    }
}

fn as_text(desk: &Desk, claim: &wire::Claim) -> String {
    let outcome = claim.outcome.as_ref().map_or_else(String::new, |outcome| format!(", {outcome}"));
    let mut lines = vec![format!("claim {} at {}: {}{outcome}", claim.case, claim.office, claim.state)];
    if let Some(certificate) = &claim.certificate {
        lines.push(format!("certificate {} of {}", certificate.number, certificate.issued_on));
    }
    if let Some(reasons) = &claim.reasons {
        lines.push(format!("reasons: {}", reasons.expose()));
    }
    for interview in &claim.interviews {
        lines.extend(interview_as_text(desk, interview));
    }
    for decision in &claim.decisions {
        let decided = decision.decided_at.map_or_else(|| "proposed".to_owned(), |at| desk.wall_clock(at));
        lines.push(format!("decision {} ({decided}): {}", decision.outcome, decision.basis.join("; ")));
    }
    for recorded in &claim.actions {
        lines.push(format!("{} {}", desk.wall_clock(recorded.at), recorded.action));
    }
    for clock in &claim.clocks {
        lines.push(format!("clock {} until {}", clock.clock, clock.due));
    }
    let steps = claim.steps.iter().map(ToString::to_string).collect::<Vec<_>>();
    lines.push(format!("you can: {}", steps.join(", ")));
    lines.join("\n")
}

fn interview_as_text(desk: &Desk, interview: &wire::HeldInterview) -> Vec<String> {
    let alone = if interview.seen_alone { ", seen alone" } else { "" };
    let held_at = desk.wall_clock(interview.held_at);
    let mut lines = vec![format!("{held_at} {} in {}{alone}", interview.kind, interview.language)];
    let others = [
        ("interpreter", &interview.interpreter),
        ("representative", &interview.representative),
        ("observer", &interview.observer),
    ];
    for (who, name) in others {
        lines.extend(name.as_ref().map(|name| format!("  {who}: {}", name.expose())));
    }
    lines.push(format!("  {}", interview.statement.expose()));
    lines
}

fn overdue(cases: &wire::OverdueCases) -> Answer {
    let line =
        |case: &wire::OverdueCase| format!("{}  {}  {} since {}", case.case, case.procedure, case.clock, case.due);
    let text = if cases.overdue.is_empty() {
        "nothing is overdue".to_owned()
    } else {
        cases.overdue.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    Answer::done(text, json!(cases))
}
