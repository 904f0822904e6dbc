// SPDX-License-Identifier: Apache-2.0
//! The case machine.

use serde::{Deserialize, Serialize};

/// The legal state of a case, common to all procedures. Office practice is a flag, not a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Received; nothing examined yet.
    Received,
    /// Under examination.
    InExamination,
    /// A decision has been proposed and waits for another officer.
    Proposed,
    /// Decided; the decision can be challenged.
    Decided,
    /// The decision is challenged.
    UnderAppeal,
    /// Ended.
    Closed,
}
