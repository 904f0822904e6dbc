// SPDX-License-Identifier: Apache-2.0
//! A slip of the pen, mended on the day of entry by the officer who made it, before the record was of any use. A lighter
//! act than a correction: no reason, no source; on record under its own name.

use db::PersonRow;
use domain::{
    access::{Act, PersonFile},
    number::PersonNumber,
    refusal::Refusal,
};

use super::correct::{Correct, Ground, apply};
use crate::{AppError, UseCase, unit::Unit};

/// Records of one person that are read for the one of her registration. Whoever was looked at more often on her first day
/// has been of use.
const RECORDS_MAX: i64 = 200;
/// The source that stands with such a correction.
const SOURCE: &str = "typo";

/// Whether a slip can be mended now by this officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypoFixable {
    /// It can.
    Yes,
    /// Another day or another officer: it is a correction.
    NotOnDayOfEntry,
    /// A case or a card rests on the record: it is a correction.
    InUse,
}

/// Whether a slip in this record can be mended by the officer who acts.
///
/// # Errors
/// When the database fails.
pub async fn may_fix_typo(unit: &mut Unit<'_>, row: &PersonRow) -> Result<TypoFixable, AppError> {
    if row.registered_at.date_in(unit.pack.time_zone()) != unit.today || !registered_by_actor(unit, row).await? {
        return Ok(TypoFixable::NotOnDayOfEntry);
    }
    let is_in_use =
        !unit.list_cases_of_person(row.id).await?.is_empty() || !unit.list_cards_of_person(row.id).await?.is_empty();
    Ok(if is_in_use { TypoFixable::InUse } else { TypoFixable::Yes })
}

async fn registered_by_actor(unit: &mut Unit<'_>, row: &PersonRow) -> Result<bool, AppError> {
    let account = unit.actor().account.to_string();
    let records = unit.list_audit_records_of(row.id, RECORDS_MAX).await?;
    let registration = records.iter().find(|record| {
        record.action == Act::RegisterFamily.as_str() && record.result == "done" && record.at == row.registered_at
    });
    let Some(registration) = registration else { return Ok(false) };
    let canonical: serde_json::Value = serde_json::from_str(&registration.canonical)
        .map_err(|_| db::DbError::Damaged { what: "audit_record.canonical".into() })?;
    Ok(canonical.get("actor").and_then(|actor| actor.as_str()) == Some(account.as_str()))
}

/// Mends a slip of the pen.
pub struct FixTypo {
    /// Her public number.
    pub number: PersonNumber,
    /// The version that the officer saw.
    pub row_version: i64,
    /// What was meant.
    pub change: Correct,
}

impl UseCase for FixTypo {
    const ACT: Act = Act::FixTypo;
    type Output = i64;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<i64, AppError> {
        unit.cite_for(Act::FixTypo.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let row = unit.find_person_by_number(&permit, &self.number).await?.ok_or(Refusal::NotFound("person"))?;
        unit.about("person", row.id);
        unit.concerns(row.id)?;
        match may_fix_typo(unit, &row).await? {
            TypoFixable::Yes => {}
            TypoFixable::NotOnDayOfEntry => {
                return Err(Refusal::Missing("a correction with reason and source: not the day of entry".into()).into());
            }
            TypoFixable::InUse => {
                return Err(Refusal::Missing("a correction with reason and source: the record is in use".into()).into());
            }
        }
        if self.row_version != row.row_version {
            return Err(Refusal::Conflict.into());
        }
        let ground = Ground { reason: SOURCE.to_owned(), source: SOURCE.to_owned(), event_date: None };
        apply(unit, &row, &self.change, ground).await
    }
}
