// SPDX-License-Identifier: Apache-2.0
//! Leaving a family: the membership ends on a day, with a reason; it is not deleted.

use domain::{
    access::{Act, PersonFile},
    number::PersonNumber,
    refusal::Refusal,
    time::Date,
};

use crate::{AppError, UseCase, unit::Unit};

/// Notes that a person left her family.
pub struct EndMembership {
    /// Her public number.
    pub number: PersonNumber,
    /// On which day.
    pub on: Date,
    /// Why (code list `membership_end_reason`).
    pub reason: String,
    /// Who answers from now on for those for whom she answered: an adult of the family.
    pub guardian: Option<PersonNumber>,
}

impl UseCase for EndMembership {
    const ACT: Act = Act::EndMembership;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::EndMembership.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let person = unit.find_person_by_number(&permit, &self.number).await?.ok_or(Refusal::NotFound("person"))?;
        unit.about("person", person.id);
        unit.concerns(person.id)?;
        let membership = unit.find_membership(person.id).await?.ok_or(Refusal::NotFound("family of this person"))?;
        unit.check_code("membership_end_reason", &self.reason, "reason")?;
        if self.on > unit.today {
            return Err(Refusal::field("on", "lies in the future").into());
        }
        if self.on < membership.member.from {
            return Err(Refusal::field("on", "lies before the day she joined").into());
        }
        let wards = unit.list_wards(membership.family, person.id).await?;
        if !wards.is_empty() {
            let Some(number) = &self.guardian else {
                return Err(Refusal::Missing("guardian".into()).into());
            };
            let guardian = unit.find_person_by_number(&permit, number).await?;
            let guardian = guardian.filter(|guardian| guardian.id != person.id);
            let guardian = guardian.ok_or_else(|| Refusal::field("guardian", "names no member of this family"))?;
            let theirs = unit.find_membership(guardian.id).await?;
            if theirs.is_none_or(|theirs| theirs.family != membership.family) {
                return Err(Refusal::field("guardian", "names no member of this family").into());
            }
            let majority = i16::try_from(unit.figure("age.majority_years")?).unwrap_or(i16::MAX);
            if guardian.birth.is_younger_than(majority, unit.today) {
                return Err(Refusal::field("guardian", "must be of full age").into());
            }
            unit.concerns(guardian.id)?;
            for (ward, row) in wards {
                unit.concerns(ward)?;
                // Nobody answers for himself: an adult for whom she answered answers for himself now.
                if ward != guardian.id {
                    unit.update_guardian(row, guardian.id).await?;
                }
            }
        }
        if !unit.update_membership_ended(membership.id, self.on, &self.reason).await? {
            return Err(Refusal::Conflict.into());
        }
        unit.detail(person.id, format!("left the family on {}: {}", self.on, self.reason));
        Ok(())
    }
}
