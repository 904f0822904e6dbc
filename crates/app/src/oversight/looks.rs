// SPDX-License-Identifier: Apache-2.0
//! Which officers looked at a person's record or changed it, for whoever answers for the record at the counter.
//!
//! It is what the person reads herself, without her own visits: when and how often she looks is her own matter. Records of
//! a sealed compartment and of the Ombudsman are no part of it, whatever the role.

use domain::{
    access::{Act, PersonFile},
    id::AuditRecordId,
    number::PersonNumber,
    refusal::Refusal,
};

use super::{Looked, looked};
use crate::{AppError, UseCase, unit::Unit};

/// Records on one page.
pub const LOOKS_PER_PAGE: usize = 25;

/// A page of what officers did with a person's data.
#[derive(Clone, Debug)]
pub struct LooksPage {
    /// What was done, latest first.
    pub entries: Vec<Looked>,
    /// The record before which the next page begins; `None` on the last one.
    pub next: Option<AuditRecordId>,
}

/// Shows which officers looked at a person's record or changed it. The showing is itself on record.
pub struct ShowLooks {
    /// Her public number.
    pub number: PersonNumber,
    /// The record before which the page begins.
    pub before: Option<AuditRecordId>,
}

impl UseCase for ShowLooks {
    const ACT: Act = Act::ShowLooks;
    type Output = LooksPage;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<LooksPage, AppError> {
        unit.cite_for(Act::ShowLooks.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let row = unit.find_person_by_number(&permit, &self.number).await?.ok_or(Refusal::NotFound("person"))?;
        unit.about("person", row.id);
        unit.concerns(row.id)?;
        // One more than the page has: it tells whether there is a next one, and is not shown.
        let limit = i64::try_from(LOOKS_PER_PAGE + 1).unwrap_or(i64::MAX);
        let mut found = unit.list_officers_looks(&permit, row.id, self.before, limit).await?;
        let has_more = found.len() > LOOKS_PER_PAGE;
        found.truncate(LOOKS_PER_PAGE);
        let next = found.last().filter(|_| has_more).map(|last| last.id);
        Ok(LooksPage { entries: found.iter().map(looked).collect::<Result<_, _>>()?, next })
    }
}
