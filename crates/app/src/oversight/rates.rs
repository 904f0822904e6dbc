// SPDX-License-Identifier: Apache-2.0
//! How often offices and officers are refused, how often the second officer agrees with the first, what is overdue.

use db::{AgreementCount, OverdueCount, RecordCount};
use domain::{
    access::{Act, AuditFile},
    audit::Visibility,
};

use super::search::Period;
use crate::{AppError, UseCase, unit::Unit};

/// What the auditor counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Acts and refusals, by office and officer.
    pub refusals: Vec<RecordCount>,
    /// What became of proposals, by office, proposer and decider.
    pub agreements: Vec<AgreementCount>,
    /// Open and overdue cases as they stand today, by office and officer.
    pub overdue: Vec<OverdueCount>,
}

/// Counts refusals and agreements of a period. No person is counted singly: the figures are about the supervised.
pub struct CountRates {
    /// Period.
    pub period: Period,
}

impl UseCase for CountRates {
    const ACT: Act = Act::SampleAudit;
    type Output = Rates;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Rates, AppError> {
        unit.cite_for(Act::SampleAudit.as_str())?;
        unit.seal_record(Visibility::Oversight);
        let permit = unit.permit.open::<AuditFile>()?;
        let moments = self.period.moments(unit)?;
        let refusals = unit.count_audit_records(&permit, moments).await?;
        let agreements = unit.count_agreements(&permit, moments).await?;
        let today = unit.today;
        let overdue = unit.count_overdue_cases(&permit, today).await?;
        Ok(Rates { refusals, agreements, overdue })
    }
}
