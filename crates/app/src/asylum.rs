// SPDX-License-Identifier: Apache-2.0
//! Claims to refugee status: opened, heard, proposed and decided; the file is sealed.

mod decide;
mod open;
mod record;
mod show;

use db::CaseFile;
use domain::{
    access::{AsylumFile, Authorized},
    audit::Visibility,
    number::CaseNumber,
    procedure::Procedure,
    refusal::Refusal,
};

pub use decide::{DecideClaim, ProposeClaimDecision};
pub use open::OpenClaim;
pub use record::{
    Certificate, Interview, IssueCertificate, ReadBack, Reading, RecordInterview, RecordReasons, Signature,
    TakeClaimStep,
};
pub use show::{ClaimView, InterviewView, ListOverdue, OVERDUE_MAX, OverdueCase, ShowClaim};

use crate::{AppError, procedures::procedure, unit::Unit, work};

/// The procedure of the country pack that decides on claims.
pub const PROCEDURE: &str = "refugee_status";

/// Loads a claim that the officer reaches: of his office, or of one for which he stands in. From here on the record belongs to the sealed compartment.
pub(crate) async fn load(
    unit: &mut Unit<'_>,
    _permit: &Authorized<AsylumFile>,
    number: &CaseNumber,
) -> Result<(Procedure, CaseFile), AppError> {
    unit.seal_record(Visibility::Compartment);
    let case = work::find_within_reach(unit, number).await?;
    let case = case.filter(|case| case.procedure.as_str() == PROCEDURE).ok_or(Refusal::NotFound("claim"))?;
    Ok((procedure(unit, PROCEDURE)?, case))
}
