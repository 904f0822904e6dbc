// SPDX-License-Identifier: Apache-2.0
//! An act on what the officer has seen: if somebody changed the case meanwhile, nothing is done and he is told.

use domain::{access::Act, number::CaseNumber, refusal::Refusal};

use crate::{AppError, UseCase, unit::Unit};

/// A use case on a case as it was seen.
pub struct Seen<U> {
    /// The case.
    pub case: CaseNumber,
    /// The version that the officer saw.
    pub row_version: i64,
    /// What he does on it.
    pub act: U,
}

impl<U: UseCase> UseCase for Seen<U> {
    const ACT: Act = U::ACT;
    type Output = U::Output;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<U::Output, AppError> {
        let case = unit.find_case_by_number(&self.case, None).await?;
        let is_as_seen = case.is_none_or(|case| case.row_version == self.row_version);
        match self.act.run(unit).await {
            // Whoever may not know the case does not learn that it was changed either.
            Err(AppError::Refused(refusal @ (Refusal::NotPermitted | Refusal::NotFound(_)))) => Err(refusal.into()),
            Ok(_) | Err(AppError::Refused(_)) if !is_as_seen => Err(Refusal::Conflict.into()),
            result => result,
        }
    }
}
