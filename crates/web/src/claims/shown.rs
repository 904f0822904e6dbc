// SPDX-License-Identifier: Apache-2.0
//! A case as its page needs it, whichever question gave it: a claim with what is sealed in it, or a case without.

use app::{
    asylum::{self, ClaimView, InterviewView, ShowClaim},
    procedures::{CaseFile, CaseView, DecisionView, ShowCase, StepView, TimelineEntry},
    registry::Holder,
};
use domain::{
    access::Act,
    number::CaseNumber,
    procedure::{ActionCode, ClockCode},
    sensitive::Sensitive,
    time::Date,
};

use crate::{WebError, state::AppState, visit::Visit, work::case_path};

/// Which page a case is shown on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A claim to refugee status.
    Claim,
    /// A case of any other procedure.
    Case,
}

/// What only those see who examine or decide a claim.
pub(super) struct Sealed {
    pub(super) language: Option<String>,
    pub(super) reasons: Option<Sensitive<String>>,
    pub(super) interviews: Vec<InterviewView>,
}

/// A case.
pub(super) struct Shown {
    pub(super) case: CaseFile,
    pub(super) holder: Holder,
    pub(super) timeline: Vec<TimelineEntry>,
    pub(super) decisions: Vec<DecisionView>,
    pub(super) clocks: Vec<(ClockCode, Date)>,
    pub(super) steps: Vec<StepView>,
    pub(super) assignee: Option<String>,
    pub(super) certificate: Option<(CaseNumber, Date)>,
    /// Absent for a case, and for a registrar.
    pub(super) sealed: Option<Sealed>,
}

impl From<ClaimView> for Shown {
    fn from(view: ClaimView) -> Self {
        Self {
            case: view.case,
            holder: view.holder,
            timeline: view.timeline,
            decisions: view.decision_views,
            clocks: view.clocks,
            steps: view.step_views,
            assignee: view.assignee,
            certificate: view.certificate,
            sealed: Some(Sealed { language: view.language, reasons: view.reasons, interviews: view.interviews }),
        }
    }
}

impl From<CaseView> for Shown {
    fn from(view: CaseView) -> Self {
        Self {
            case: view.case,
            holder: view.holder,
            timeline: view.timeline,
            decisions: view.decisions,
            clocks: view.clocks,
            steps: view.steps,
            assignee: view.assignee,
            certificate: view.certificate,
            sealed: None,
        }
    }
}

impl Shown {
    /// Loads a case for this officer; a case of the other kind is not there.
    pub(super) async fn load(state: &AppState, visit: &Visit, number: &str, kind: Kind) -> Result<Self, WebError> {
        let case = CaseNumber::parse(number).map_err(|_| WebError::NotFound)?;
        let shown: Self = if kind == Kind::Claim && visit.may(Act::ShowClaim) {
            visit.done(state, ShowClaim { case }).await?.into()
        } else {
            visit.done(state, ShowCase { case }).await?.into()
        };
        if (shown.case.procedure.as_str() == asylum::PROCEDURE) != (kind == Kind::Claim) {
            return Err(WebError::NotFound);
        }
        Ok(shown)
    }

    /// The address of its page.
    pub(super) fn path(&self) -> String {
        case_path(&self.case.procedure, &self.case.number)
    }

    /// The address of a step.
    pub(super) fn step_path(&self, action: &ActionCode) -> String {
        format!("{}/steps/{action}", self.path())
    }

    /// A step that this officer can take now.
    pub(super) fn step(&self, action: &str) -> Option<&StepView> {
        self.steps.iter().find(|step| step.action.as_str() == action)
    }

    /// The name for headings: original beside Latin.
    pub(super) fn name(&self) -> String {
        let latin = self.holder.latin_name.expose();
        if latin.is_empty() {
            let original = self.holder.original_name.as_ref();
            return original.map(|name| name.expose().clone()).unwrap_or_default();
        }
        latin.clone()
    }
}
