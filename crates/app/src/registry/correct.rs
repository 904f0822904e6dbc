// SPDX-License-Identifier: Apache-2.0
//! Correcting a fact: the old value stays, sealed, with reason and source.

use db::{NewCorrection, PersonChange, PersonRow, StoredName};
use domain::{
    access::{Act, PersonFile},
    id::PersonId,
    number::PersonNumber,
    refusal::{Problem, Refusal},
    registry::{BirthDate, NameInput, Sex, VitalStatus},
    sensitive::Sensitive,
    time::Date,
};

use crate::{AppError, UseCase, procedures::checked_text, unit::Unit};

/// What is corrected.
#[derive(Clone, Debug)]
pub enum Correct {
    /// Sex.
    Sex(Sex),
    /// Birth date.
    Birth(BirthDate),
    /// Place of birth.
    BirthPlace(Sensitive<String>),
    /// Vital status.
    VitalStatus(VitalStatus),
    /// A name: replaces the one of the same part and script, or is added.
    Name(NameInput),
}

/// Corrects a fact of a person.
pub struct CorrectPerson {
    /// Her public number.
    pub number: PersonNumber,
    /// The version that the officer saw; `None` takes the present one.
    pub row_version: Option<i64>,
    /// What is right.
    pub change: Correct,
    /// Why.
    pub reason: String,
    /// Where it comes from (code list `name_source` or words).
    pub source: String,
    /// Since when it holds.
    pub event_date: Option<Date>,
}

impl UseCase for CorrectPerson {
    const ACT: Act = Act::CorrectPerson;
    type Output = i64;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<i64, AppError> {
        unit.cite_for(Act::CorrectPerson.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let row = unit.find_person_by_number(&permit, &self.number).await?.ok_or(Refusal::NotFound("person"))?;
        unit.about("person", row.id);
        unit.concerns(row.id)?;
        if self.row_version.is_some_and(|seen| seen != row.row_version) {
            return Err(Refusal::Conflict.into());
        }
        let ground = Ground::checked(unit, &self.reason, &self.source, self.event_date)?;
        apply(unit, &row, &self.change, ground).await
    }
}

/// On what a correction rests.
pub(super) struct Ground {
    pub(super) reason: String,
    pub(super) source: String,
    pub(super) event_date: Option<Date>,
}

impl Ground {
    /// A ground as an officer gives it.
    pub(super) fn checked(
        unit: &Unit<'_>,
        reason: &str,
        source: &str,
        event_date: Option<Date>,
    ) -> Result<Self, Refusal> {
        if event_date.is_some_and(|day| day > unit.today) {
            return Err(Refusal::field("event_date", Problem::InFuture));
        }
        let reason = checked_text("reason", Some(reason))?.to_owned();
        let source = checked_text("source", Some(source))?.to_owned();
        Ok(Self { reason, source, event_date })
    }
}

/// Stores a correction and changes the row; returns its new version.
pub(super) async fn apply(
    unit: &mut Unit<'_>,
    row: &PersonRow,
    change: &Correct,
    ground: Ground,
) -> Result<i64, AppError> {
    let names = unit.list_person_names(row.id).await?;
    let (field, old_value, new_value, change) = change.resolve(unit, row, &names)?;
    keep(unit, row.id, field, [&old_value, &new_value], ground).await?;
    let now = unit.now;
    if !unit.update_person(row.id, row.row_version, &change, now).await? {
        return Err(Refusal::Conflict.into());
    }
    Ok(row.row_version + 1)
}

/// Keeps the old and the new value of a field, sealed, with their ground.
pub(super) async fn keep(
    unit: &mut Unit<'_>,
    person: PersonId,
    field: &str,
    [old_value, new_value]: [&str; 2],
    ground: Ground,
) -> Result<(), AppError> {
    let correction = NewCorrection {
        id: unit.new_id(),
        field: field.to_owned(),
        old_value: unit.seal_text(person, "correction.old_value", old_value).await?,
        new_value: unit.seal_text(person, "correction.new_value", new_value).await?,
        reason: unit.seal_text(person, "correction.reason", &ground.reason).await?,
        source: ground.source,
        event_date: ground.event_date,
        account: unit.actor().account,
    };
    let now = unit.now;
    unit.insert_correction(person, correction, now).await?;
    unit.detail(person, format!("{field}: {old_value} → {new_value}"));
    Ok(())
}

impl Correct {
    /// Field, old and new value as text, and the change itself.
    fn resolve(
        &self,
        unit: &mut Unit<'_>,
        row: &PersonRow,
        names: &[StoredName],
    ) -> Result<(&'static str, String, String, PersonChange), AppError> {
        Ok(match self {
            Correct::Sex(sex) => ("sex", row.sex.to_string(), sex.to_string(), PersonChange::Sex(*sex)),
            Correct::Birth(birth) => {
                let birth = birth.checked(unit.today).map_err(|error| Refusal::field("birth", error.to_string()))?;
                let text = |birth: BirthDate| format!("{} ({})", birth.date, birth.precision);
                ("birth", text(row.birth), text(birth), PersonChange::Birth(birth))
            }
            Correct::BirthPlace(place) => {
                let place = checked_text("birth_place", Some(place.expose()))?.to_owned();
                let old = row.birth_place.clone().unwrap_or_default().into_inner();
                ("birth_place", old, place.clone(), PersonChange::BirthPlace(place))
            }
            Correct::VitalStatus(status) => {
                let change = PersonChange::VitalStatus(*status);
                ("vital_status", row.vital_status.to_string(), status.to_string(), change)
            }
            Correct::Name(input) => {
                let name = input.parse().map_err(|error| Refusal::field("name", error.to_string()))?;
                let old = names.iter().find(|old| old.kind == name.kind && old.script == name.script);
                let old_value = old.map_or_else(String::new, |old| old.value.expose().clone());
                let new_value = name.text.as_str().to_owned();
                let change = PersonChange::Name { ends: old.map(|old| old.id), row: unit.new_id(), name };
                ("name", old_value, new_value, change)
            }
        })
    }
}
