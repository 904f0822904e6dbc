// SPDX-License-Identifier: Apache-2.0
//! A person as the registry knew her on a past day: what was corrected since is put back.

use db::{Correction, DbError, PersonRow, StoredName};
use domain::{
    access::{Act, PersonFile},
    number::PersonNumber,
    refusal::{Problem, Refusal},
    registry::{BirthDate, Sex, VitalStatus},
    sensitive::Sensitive,
    time::Date,
};

use crate::{AppError, UseCase, unit::Unit};

/// What the registry knew on a day.
#[derive(Clone, Debug)]
pub struct PersonAt {
    /// Names.
    pub names: Vec<StoredName>,
    /// Sex.
    pub sex: Sex,
    /// Birth date.
    pub birth: BirthDate,
    /// Place of birth.
    pub birth_place: Option<Sensitive<String>>,
    /// Vital status.
    pub vital_status: VitalStatus,
}

/// Shows a person as the registry knew her at the end of a day.
pub struct ShowPersonAt {
    /// Her public number.
    pub number: PersonNumber,
    /// The day.
    pub on: Date,
}

impl UseCase for ShowPersonAt {
    const ACT: Act = Act::ShowPerson;
    type Output = PersonAt;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<PersonAt, AppError> {
        unit.cite_for(Act::ShowPerson.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let row = unit.find_person_by_number(&permit, &self.number).await?.ok_or(Refusal::NotFound("person"))?;
        unit.about("person", row.id);
        unit.concerns(row.id)?;
        let next = self.on.tomorrow().ok().and_then(|day| unit.pack.time_zone().moment(day, 0, 0));
        let end = next.ok_or_else(|| Refusal::field("on", Problem::NoSuchDay))?;
        if row.registered_at >= end {
            return Err(Refusal::NotFound("record on that day").into());
        }
        let names = unit.list_person_names_at(row.id, end).await?;
        let corrections = unit.list_corrections(row.id).await?;
        let later = corrections.into_iter().filter(|correction| correction.at >= end);
        put_back(row, names, later)
    }
}

/// Puts the old value of the first later correction of each field back.
fn put_back(
    row: PersonRow,
    names: Vec<StoredName>,
    later: impl DoubleEndedIterator<Item = Correction>,
) -> Result<PersonAt, AppError> {
    let mut then = PersonAt {
        names,
        sex: row.sex,
        birth: row.birth,
        birth_place: row.birth_place,
        vital_status: row.vital_status,
    };
    // From the latest back, so that the value before the first of them is the last to be written.
    for correction in later.rev() {
        let old = correction.old_value.expose().as_str();
        let damaged = || DbError::Damaged { what: format!("correction.old_value of {}", correction.field) };
        match correction.field.as_str() {
            "sex" => then.sex = old.parse().map_err(|_| damaged())?,
            "birth" => then.birth = birth(old).ok_or_else(damaged)?,
            "birth_place" => then.birth_place = Some(correction.old_value.clone()).filter(|_| !old.is_empty()),
            "vital_status" => then.vital_status = old.parse().map_err(|_| damaged())?,
            // Names, documents, contacts and addresses carry their own time.
            _ => {}
        }
    }
    Ok(then)
}

/// `DATE (PRECISION)`, as a correction writes it.
fn birth(text: &str) -> Option<BirthDate> {
    let (date, precision) = text.split_once(" (")?;
    Some(BirthDate { date: date.parse().ok()?, precision: precision.strip_suffix(')')?.parse().ok()? })
}
