// SPDX-License-Identifier: Apache-2.0
//! Who may do what.

use serde::{Deserialize, Serialize};

/// The role of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Registers persons and families.
    Registrar,
    /// Examines claims and proposes decisions.
    CaseOfficer,
    /// Decides what another proposed.
    DecisionMaker,
    /// Prepares, checks, prints and hands over cards.
    CardOfficer,
    /// Leads an office: sees its load and overdue cases, acts as second officer.
    HeadOfOffice,
    /// Hands out help.
    AssistanceOfficer,
    /// Police officer of another body.
    PoliceOfficer,
    /// Auditor in the Ombudsman's seat.
    Auditor,
    /// Runs the program; sees no case data.
    Administrator,
}
