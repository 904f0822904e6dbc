// SPDX-License-Identifier: Apache-2.0
//! Cases of any procedure, and the measures.

use std::collections::BTreeMap;

use domain::{
    case::CaseState,
    legal::ProvisionId,
    number::{CaseNumber, PersonNumber},
    procedure::{ActionCode, Answer, OutcomeCode, ProcedureCode, QuestionCode},
    sensitive::Sensitive,
};

use super::{Holder, RecordedAction, RunningClock};
use crate::api::schema::wire;

wire! {
    /// A case to be opened.
    asked NewCase {
        /// Procedure.
        procedure: ProcedureCode,
        /// The person it concerns.
        person: PersonNumber,
    }
    /// A case that was opened.
    told OpenedCase {
        /// Its number.
        case: CaseNumber,
    }
    /// A step of a case.
    asked NewStep {
        /// Step of the procedure.
        action: ActionCode,
        /// Outcome, where the step proposes or decides one.
        outcome: Option<OutcomeCode>,
        /// Facts, where the step proposes.
        facts: Option<Sensitive<String>>,
        /// The officer's own reason, where the step needs one.
        reason: Option<Sensitive<String>>,
        /// Provisions; the step's own if there are none.
        cites: Vec<ProvisionId> = default,
        /// Answers to the questions of the procedure, where the step proposes; what is missing is unknown.
        answers: BTreeMap<QuestionCode, Answer> = default,
    }
    /// A case and its state after an act.
    told CaseNow {
        /// Its number.
        case: CaseNumber,
        /// Its state.
        state: CaseState,
    }
    /// A case's file. Of a sealed file only what is not sealed is told.
    told Case {
        /// Its number.
        case: CaseNumber,
        /// Its procedure.
        procedure: String,
        /// Office that keeps it.
        office: String,
        /// State.
        state: CaseState,
        /// Outcome, once decided.
        outcome: Option<OutcomeCode>,
        /// Whom it concerns.
        holder: Holder,
        /// Recorded actions, oldest first.
        actions: Vec<RecordedAction>,
        /// Clocks that run.
        clocks: Vec<RunningClock>,
        /// Steps that this officer can take now.
        steps: Vec<ActionCode>,
    }
    /// Something that was recorded in a case.
    told Recorded {
        /// Number of the case.
        case: CaseNumber,
    }
    /// One person whom an act concerns.
    asked OnePerson {
        /// Her number.
        person: PersonNumber,
    }
    /// A person who is protected from measures.
    told ProtectedPerson {
        /// Her number.
        person: PersonNumber,
        /// Always true.
        is_protected: bool,
    }
    /// An officer's own reason.
    asked OwnReason {
        /// The reason, in the officer's words.
        reason: Sensitive<String>,
    }
    /// An erasure to be proposed.
    asked NewErasure {
        /// The person to be erased.
        person: PersonNumber,
        /// Why nothing must be kept.
        reason: Sensitive<String>,
    }
    /// A person who was erased.
    told Erased {
        /// The case in which it was decided.
        case: CaseNumber,
        /// Always true.
        erased: bool,
    }
}
