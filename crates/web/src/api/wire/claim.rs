// SPDX-License-Identifier: Apache-2.0
//! Claims to refugee status.

use std::collections::BTreeMap;

use app::asylum::{Interview, Reading};
use domain::{
    case::CaseState,
    legal::ProvisionId,
    number::{CaseNumber, PersonNumber},
    procedure::{ActionCode, Answer, ClockCode, OutcomeCode, QuestionCode},
    sensitive::Sensitive,
    time::{Date, Timestamp},
};

use super::Holder;
use crate::api::schema::wire;

wire! {
    /// A claim to be opened: each adult for herself.
    asked NewClaim {
        /// The claimant.
        person: PersonNumber,
        /// Language of the procedure (code list `language`).
        language: String,
        /// Whether the claim is kept from the claimant's family.
        confidential: bool = default,
    }
    /// The claimant's own reasons.
    asked Reasons {
        /// In her words.
        reasons: Sensitive<String>,
    }
    /// The certificate of an asylum seeker.
    told Certificate {
        /// Its number.
        certificate: CaseNumber,
        /// Day of issue.
        issued_on: Date,
        /// Office that issues, of the country pack.
        office: String,
        /// Whose it is.
        holder: Holder,
    }
    /// An interview that was held.
    asked NewInterview {
        /// `registration_interview` or `status_interview`.
        kind: ActionCode,
        /// The interview.
        interview: Interview,
    }
    /// A proposal of a decision.
    asked Proposal {
        /// `propose_decision` if absent, or `propose_discontinuance`.
        action: Option<ActionCode>,
        /// Outcome.
        outcome: OutcomeCode,
        /// Facts found.
        facts: Sensitive<String>,
        /// The case officer's reasons.
        reason: Sensitive<String>,
        /// Provisions.
        cites: Vec<ProvisionId> = default,
        /// Answers to the questions of the procedure, by code; what is missing is unknown.
        answers: BTreeMap<QuestionCode, Answer> = default,
    }
    /// A decision.
    asked Decision {
        /// `decide` if absent, `discontinue` or `decide_appeal`.
        action: Option<ActionCode>,
        /// Outcome; the proposed one if absent.
        outcome: Option<OutcomeCode>,
        /// The decider's own reason.
        reason: Sensitive<String>,
        /// Provisions.
        cites: Vec<ProvisionId> = default,
    }
    /// A claim's file.
    told Claim {
        /// Case number.
        case: CaseNumber,
        /// Office that keeps it.
        office: String,
        /// State.
        state: CaseState,
        /// Flags that are set.
        flags: Vec<String>,
        /// Outcome, once decided.
        outcome: Option<OutcomeCode>,
        /// Certificate.
        certificate: Option<IssuedCertificate>,
        /// Reasons in the claimant's words.
        reasons: Option<Sensitive<String>>,
        /// Interviews.
        interviews: Vec<HeldInterview>,
        /// Proposals and decisions.
        decisions: Vec<RecordedDecision>,
        /// Recorded actions, oldest first.
        actions: Vec<RecordedAction>,
        /// Clocks that run.
        clocks: Vec<RunningClock>,
        /// Steps that this officer can take now.
        steps: Vec<ActionCode>,
    }
    /// A certificate as it stands in a file.
    told IssuedCertificate {
        /// Its number.
        number: CaseNumber,
        /// Day of issue.
        issued_on: Date,
    }
    /// An interview as it stands in a file.
    told HeldInterview {
        /// Which one.
        kind: String,
        /// Language spoken.
        language: String,
        /// Whether no other member of the family was there.
        seen_alone: bool,
        /// Interpreter.
        interpreter: Option<Sensitive<String>>,
        /// Representative.
        representative: Option<Sensitive<String>>,
        /// Observer.
        observer: Option<Sensitive<String>>,
        /// What was said.
        statement: Sensitive<String>,
        /// When.
        held_at: Timestamp,
        /// How it was read back, and whether the claimant signed.
        reading: Option<Reading>,
    }
    /// A proposal, and the decision that followed.
    told RecordedDecision {
        /// Outcome.
        outcome: OutcomeCode,
        /// Provisions.
        basis: Vec<String>,
        /// The account that proposed.
        proposed_by: uuid::Uuid,
        /// The account that decided.
        decided_by: Option<uuid::Uuid>,
        /// When it was decided.
        decided_at: Option<Timestamp>,
    }
    /// An action as it stands in a file.
    told RecordedAction {
        /// Which one.
        action: ActionCode,
        /// When.
        at: Timestamp,
    }
    /// A clock that runs.
    told RunningClock {
        /// Which one.
        clock: ClockCode,
        /// The day it ends.
        due: Date,
    }
    /// A case whose clock has run out.
    told OverdueCase {
        /// The case.
        case: CaseNumber,
        /// Its procedure.
        procedure: String,
        /// Which clock.
        clock: ClockCode,
        /// The day it ended.
        due: Date,
    }
    /// Cases of the office whose clocks have run out.
    told OverdueCases {
        /// At most 25.
        overdue: Vec<OverdueCase>,
    }
}
