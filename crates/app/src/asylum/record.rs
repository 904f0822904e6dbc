// SPDX-License-Identifier: Apache-2.0
//! What is recorded in a claim before it is decided: reasons, certificate, interviews, and every other step of the pack.

use db::NewInterview;
use domain::{
    access::{Act, AsylumFile},
    number::CaseNumber,
    procedure::{ActionCode, StepKind},
    refusal::Refusal,
    sensitive::Sensitive,
    text_enum,
    time::Date,
};
use serde::{Deserialize, Serialize};

use super::load;
use crate::{
    AppError, UseCase,
    procedures::{StepInput, action, checked_text, take},
    registry::{Holder, holder},
    unit::Unit,
};

/// Records the claimant's own reasons, asked of her alone.
pub struct RecordReasons {
    /// Claim.
    pub case: CaseNumber,
    /// Her reasons in her words.
    pub reasons: Sensitive<String>,
}

impl UseCase for RecordReasons {
    const ACT: Act = Act::RecordClaim;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        let permit = unit.permit.open::<AsylumFile>()?;
        let (procedure, mut case) = load(unit, &permit, &self.case).await?;
        let reasons = checked_text("reasons", Some(self.reasons.expose()))?;
        take(unit, &procedure, &mut case, &action("ask_reasons")?, &StepInput::default()).await?;
        let sealed = unit.seal_text(case.person, "claim.reasons", reasons).await?;
        Ok(unit.update_claim_reasons(&permit, case.id, sealed).await?)
    }
}

/// A certificate as issued.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// Its number.
    pub number: CaseNumber,
    /// Day of issue.
    pub issued_on: Date,
    /// Office that issues, as a code of the country pack.
    pub office: String,
    /// Whose it is.
    pub holder: Holder,
}

/// Issues the certificate of the asylum seeker: valid until the claim is closed, through every appeal.
pub struct IssueCertificate {
    /// Claim.
    pub case: CaseNumber,
}

impl UseCase for IssueCertificate {
    const ACT: Act = Act::RecordClaim;
    type Output = Certificate;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Certificate, AppError> {
        let permit = unit.permit.open::<AsylumFile>()?;
        let (procedure, mut case) = load(unit, &permit, &self.case).await?;
        let is_valid = case.snapshot.flags.iter().any(|flag| flag.as_str() == "certificate_issued");
        take(unit, &procedure, &mut case, &action("issue_certificate")?, &StepInput::default()).await?;
        let (number, issued_on) = match unit.find_certificate(case.id).await? {
            Some(_) if is_valid => return Err(Refusal::AlreadyRecorded("a certificate".into()).into()),
            // The case was closed and reopened: the same certificate is valid again.
            Some(issued) => issued,
            None => {
                let basis = unit.cite_for("issue_certificate")?;
                let (number, today, by) = (CaseNumber::draw(&mut unit.rng), unit.today, unit.actor().account);
                unit.insert_certificate(case.id, &number, today, by, &basis).await?;
                (number, today)
            }
        };
        let holder = holder(unit, case.person).await?;
        Ok(Certificate { number, issued_on, office: unit.actor().office.clone(), holder })
    }
}

/// An interview as held.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interview {
    /// Language spoken (code list `language`).
    pub language: String,
    /// Interpreter, by name or register number.
    pub interpreter: Option<Sensitive<String>>,
    /// Representative, who must be there for a child.
    pub representative: Option<Sensitive<String>>,
    /// Observer of UNHCR or an organisation.
    pub observer: Option<Sensitive<String>>,
    /// Whether no other member of the family was there.
    pub seen_alone: bool,
    /// What was said.
    pub statement: Sensitive<String>,
    /// How it was read back to the claimant, and whether she signed.
    #[serde(default)]
    pub reading: Option<Reading>,
}

text_enum! {
    /// Who read the record of an interview back to the claimant.
    pub enum ReadBack {
        /// The interpreter, in the claimant's language.
        ByInterpreter = "by_interpreter",
        /// The officer, who speaks the claimant's language.
        ByOfficer = "by_officer",
        /// The claimant herself.
        ByClaimant = "by_claimant",
    }
}

/// Whether the claimant signed the record.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "reason")]
pub enum Signature {
    /// She signed.
    Signed,
    /// She did not sign, for the reason that she gave; a refusal counts neither for nor against her.
    Refused(Sensitive<String>),
}

/// How the record of an interview was read back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// By whom.
    pub by: ReadBack,
    /// What the claimant corrected.
    #[serde(default)]
    pub corrections: Option<Sensitive<String>>,
    /// Whether she signed.
    pub signature: Signature,
}

/// Where the reading is sealed.
pub(crate) const READING: &str = "interview_reading.content";

/// Who took part, as sealed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Participants {
    pub(crate) interpreter: Option<Sensitive<String>>,
    pub(crate) representative: Option<Sensitive<String>>,
    pub(crate) observer: Option<Sensitive<String>>,
}

/// The actions of the pack that are interviews.
const INTERVIEWS: [&str; 2] = ["registration_interview", "status_interview"];

/// Records an interview.
pub struct RecordInterview {
    /// Claim.
    pub case: CaseNumber,
    /// Action of the pack: `registration_interview` or `status_interview`.
    pub kind: ActionCode,
    /// The interview.
    pub interview: Interview,
}

impl UseCase for RecordInterview {
    const ACT: Act = Act::RecordClaim;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        let permit = unit.permit.open::<AsylumFile>()?;
        let (procedure, mut case) = load(unit, &permit, &self.case).await?;
        if !INTERVIEWS.contains(&self.kind.as_str()) {
            return Err(Refusal::NoSuchStep.into());
        }
        self.check_who_was_there(unit, case.person).await?;
        self.check_reading()?;
        take(unit, &procedure, &mut case, &self.kind, &StepInput::default()).await?;
        let interview = &self.interview;
        let participants = serde_json::to_string(&Participants {
            interpreter: interview.interpreter.clone(),
            representative: interview.representative.clone(),
            observer: interview.observer.clone(),
        })
        .map_err(|_| AppError::Fault("participants are always JSON"))?;
        let statement = checked_text("statement", Some(interview.statement.expose()))?;
        let new = NewInterview {
            id: unit.new_id(),
            case: case.id,
            person: case.person,
            kind: self.kind.to_string(),
            language: interview.language.clone(),
            seen_alone: interview.seen_alone,
            participants: unit.seal_text(case.person, "interview.participants", &participants).await?,
            statement: unit.seal_text(case.person, "interview.statement", statement).await?,
            held_at: unit.now,
            account: unit.actor().account,
        };
        let id = new.id;
        unit.insert_interview(&permit, new).await?;
        if let Some(reading) = &interview.reading {
            let content = serde_json::to_string(reading).map_err(|_| AppError::Fault("a reading is always JSON"))?;
            let content = unit.seal_text(case.person, READING, &content).await?;
            unit.insert_interview_reading(&permit, id, case.person, content).await?;
        }
        Ok(())
    }
}

impl RecordInterview {
    /// A refusal to sign is recorded with its reason; an interpreter reads back only where there was one.
    fn check_reading(&self) -> Result<(), Refusal> {
        let Some(reading) = &self.interview.reading else { return Ok(()) };
        if reading.by == ReadBack::ByInterpreter && self.interview.interpreter.is_none() {
            return Err(Refusal::field("read_back", "there was no interpreter"));
        }
        if let Some(corrections) = &reading.corrections {
            checked_text("corrections", Some(corrections.expose()))?;
        }
        match &reading.signature {
            Signature::Signed => Ok(()),
            Signature::Refused(reason) => checked_text("refused_because", Some(reason.expose())).map(drop),
        }
    }

    /// An adult is heard alone; a child never without a representative. Age in doubt counts as a child.
    async fn check_who_was_there(&self, unit: &mut Unit<'_>, person: domain::id::PersonId) -> Result<(), AppError> {
        unit.check_code("language", &self.interview.language, "language")?;
        let row = unit.find_person_by_id(person).await?.ok_or(Refusal::NotFound("person"))?;
        let age = i16::try_from(unit.figure("claim.own_from_age_years")?).unwrap_or(i16::MAX);
        let is_child = row.birth.is_younger_than(age, unit.today);
        if is_child && self.interview.representative.is_none() {
            return Err(Refusal::Missing("a representative for the child".into()).into());
        }
        if !is_child && !self.interview.seen_alone {
            return Err(Refusal::field("seen_alone", "each adult is heard alone").into());
        }
        Ok(())
    }
}

/// Takes any other recording step of a claim: invitation, opinion, observer, notice, appeal, withdrawal, end of term.
pub struct TakeClaimStep {
    /// Claim.
    pub case: CaseNumber,
    /// Step.
    pub action: ActionCode,
    /// What the officer gives for it.
    pub input: StepInput,
}

impl UseCase for TakeClaimStep {
    const ACT: Act = Act::RecordClaim;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        let permit = unit.permit.open::<AsylumFile>()?;
        let (procedure, mut case) = load(unit, &permit, &self.case).await?;
        let step = procedure.step(&self.action).ok_or(Refusal::NoSuchStep)?;
        let has_use_case_of_its_own = matches!(step.kind, StepKind::Open | StepKind::Propose | StepKind::Decide)
            || ["ask_reasons", "issue_certificate"].contains(&self.action.as_str())
            || INTERVIEWS.contains(&self.action.as_str());
        if has_use_case_of_its_own {
            return Err(Refusal::NoSuchStep.into());
        }
        take(unit, &procedure, &mut case, &self.action, &self.input).await
    }
}
