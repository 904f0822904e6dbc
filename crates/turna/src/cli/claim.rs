// SPDX-License-Identifier: Apache-2.0
//! Claims to refugee status.

use std::path::{Path, PathBuf};

use app::{
    Outcome,
    asylum::{
        ClaimView, DecideClaim, Interview, IssueCertificate, ListOverdue, OpenClaim, OverdueCase, ProposeClaimDecision,
        RecordInterview, RecordReasons, ShowClaim, TakeClaimStep,
    },
    procedures::StepInput,
};
use clap::{Args, Subcommand};
use domain::{
    legal::ProvisionId,
    number::{CaseNumber, PersonNumber},
    procedure::{ActionCode, OutcomeCode},
    registry::Confidentiality,
    sensitive::Sensitive,
};
use serde_json::{Value, json};

use super::{
    Place,
    case::{action, outcome, provision},
    desk::{Desk, Login, at_desk},
    input::{self, Words},
};
use crate::output::Answer;

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
                let confidentiality = if confidential { Confidentiality::Self_ } else { Confidentiality::Family };
                let open = OpenClaim { person, language, confidentiality };
                at_desk(place, &login, async |desk| {
                    desk.run(open, |case| Answer::done(format!("claim {case}"), json!({ "case": case }))).await
                })
                .await
            }
            Self::Reasons { login, case, text } => {
                let record = RecordReasons { case: case.clone(), reasons: Sensitive::new(text.read()?) };
                at_desk(place, &login, async |desk| {
                    desk.run(record, |()| recorded(&case, "the reasons are recorded")).await
                })
                .await
            }
            Self::Certificate { login, case, paper } => {
                at_desk(place, &login, async |desk| certify(desk, case, paper.as_deref()).await).await
            }
            Self::Interview { login, case, kind, file } => {
                let interview: Interview = input::read_json(&file)?;
                let record = RecordInterview { case: case.clone(), kind, interview };
                at_desk(place, &login, async |desk| {
                    desk.run(record, |()| recorded(&case, "the interview is recorded")).await
                })
                .await
            }
            Self::Step(step) => step.run(place).await,
            Self::Propose(propose) => propose.run(place).await,
            Self::Decide(decide) => decide.run(place).await,
            Self::Show { login, case } => {
                at_desk(place, &login, async |desk| {
                    desk.run(ShowClaim { case }, |view| Answer::done(as_text(desk, &view), as_json(&view))).await
                })
                .await
            }
            Self::Overdue { login } => {
                at_desk(place, &login, async |desk| desk.run(ListOverdue, |cases| overdue(&cases)).await).await
            }
        }
    }
}

async fn certify(desk: &Desk<'_>, case: CaseNumber, paper: Option<&Path>) -> anyhow::Result<Answer> {
    let certificate = match desk.service().run(&desk.context(), IssueCertificate { case }).await? {
        Outcome::Done(certificate) => certificate,
        Outcome::Refused(refusal) => return Ok(Answer::refused(&refusal)),
    };
    desk.write_paper(paper, |writer| writer.certificate(&certificate)).await?;
    let (number, on) = (&certificate.number, certificate.issued_on);
    Ok(Answer::done(format!("certificate {number} of {on}"), json!({ "certificate": number, "issued_on": on })))
}

fn recorded(case: &CaseNumber, what: &str) -> Answer {
    Answer::done(what, json!({ "case": case }))
}

impl Step {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let (case, done) = (self.case.clone(), format!("{} is recorded", self.action));
        let reason = self.reason.map(Words::read).transpose()?;
        let input = StepInput { reason, cites: self.cites, ..StepInput::default() };
        let step = TakeClaimStep { case: self.case, action: self.action, input };
        at_desk(place, &self.login, async |desk| desk.run(step, |()| recorded(&case, &done)).await).await
    }
}

impl Propose {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let case = self.case.clone();
        let propose = ProposeClaimDecision {
            case: self.case,
            action: self.action,
            outcome: self.outcome,
            facts: Sensitive::new(self.facts.read()?),
            reason: Sensitive::new(self.reason.read()?),
            cites: self.cites,
            answers: std::collections::BTreeMap::new(),
        };
        at_desk(place, &self.login, async |desk| {
            desk.run(propose, |state| {
                Answer::done(format!("the case is {state}"), json!({ "case": case, "state": state }))
            })
            .await
        })
        .await
    }
}

impl Decide {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let case = self.case.clone();
        let reason = Sensitive::new(self.reason.read()?);
        let decide =
            DecideClaim { case: self.case, action: self.action, outcome: self.outcome, reason, cites: self.cites };
        at_desk(place, &self.login, async |desk| {
            desk.run(decide, |state| {
                Answer::done(format!("the case is {state}"), json!({ "case": case, "state": state }))
            })
            .await
        })
        .await
    }
}

fn as_text(desk: &Desk<'_>, view: &ClaimView) -> String {
    let snapshot = &view.case.snapshot;
    let outcome = snapshot.outcome.as_ref().map_or_else(String::new, |outcome| format!(", {outcome}"));
    let mut lines = vec![format!("claim {} at {}: {}{outcome}", view.case.number, view.case.office, snapshot.state)];
    if let Some((number, on)) = &view.certificate {
        lines.push(format!("certificate {number} of {on}"));
    }
    if let Some(reasons) = &view.reasons {
        lines.push(format!("reasons: {}", reasons.expose()));
    }
    for interview in &view.interviews {
        let alone = if interview.seen_alone { ", seen alone" } else { "" };
        let held_at = desk.wall_clock(interview.held_at);
        lines.push(format!("{held_at} {} in {}{alone}", interview.kind, interview.language));
        let others = [
            ("interpreter", &interview.interpreter),
            ("representative", &interview.representative),
            ("observer", &interview.observer),
        ];
        for (who, name) in others {
            lines.extend(name.as_ref().map(|name| format!("  {who}: {}", name.expose())));
        }
        lines.push(format!("  {}", interview.statement.expose()));
    }
    for decision in &view.decisions {
        let decided = decision.decided_at.map_or_else(|| "proposed".to_owned(), |at| desk.wall_clock(at));
        lines.push(format!("decision {} ({decided}): {}", decision.outcome, decision.basis.replace('\n', "; ")));
    }
    for (action, at) in &view.actions {
        lines.push(format!("{} {action}", desk.wall_clock(*at)));
    }
    for (clock, due) in &view.clocks {
        lines.push(format!("clock {clock} until {due}"));
    }
    let steps = view.steps.iter().map(ToString::to_string).collect::<Vec<_>>();
    lines.push(format!("you can: {}", steps.join(", ")));
    lines.join("\n")
}

fn as_json(view: &ClaimView) -> Value {
    let snapshot = &view.case.snapshot;
    let interviews = view.interviews.iter().map(|interview| {
        json!({
            "kind": interview.kind,
            "language": interview.language,
            "seen_alone": interview.seen_alone,
            "interpreter": interview.interpreter,
            "representative": interview.representative,
            "observer": interview.observer,
            "statement": interview.statement,
            "held_at": interview.held_at,
        })
    });
    let decisions = view.decisions.iter().map(|decision| {
        json!({
            "outcome": decision.outcome,
            "basis": decision.basis.lines().collect::<Vec<_>>(),
            "proposed_by": decision.proposed_by,
            "decided_by": decision.decided_by,
            "decided_at": decision.decided_at,
        })
    });
    let certificate = view.certificate.as_ref();
    json!({
        "case": view.case.number,
        "office": view.case.office,
        "state": snapshot.state,
        "flags": snapshot.flags,
        "outcome": snapshot.outcome,
        "certificate": certificate.map(|(number, on)| json!({ "number": number, "issued_on": on })),
        "reasons": view.reasons,
        "interviews": interviews.collect::<Vec<_>>(),
        "decisions": decisions.collect::<Vec<_>>(),
        "actions": view.actions.iter().map(|(code, at)| json!({ "action": code, "at": at })).collect::<Vec<_>>(),
        "clocks": view.clocks.iter().map(|(code, due)| json!({ "clock": code, "due": due })).collect::<Vec<_>>(),
        "steps": view.steps,
    })
}

fn overdue(cases: &[OverdueCase]) -> Answer {
    let line = |case: &OverdueCase| format!("{}  {}  {} since {}", case.number, case.procedure, case.clock, case.due);
    let text = if cases.is_empty() {
        "nothing is overdue".to_owned()
    } else {
        cases.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let json = cases
        .iter()
        .map(|case| json!({ "case": case.number, "procedure": case.procedure, "clock": case.clock, "due": case.due }));
    Answer::done(text, json!({ "overdue": json.collect::<Vec<_>>() }))
}
