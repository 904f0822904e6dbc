// SPDX-License-Identifier: Apache-2.0
//! Joining a family: a registered person becomes a member on a day, for a reason. She is a member of one family at a time.

use std::collections::BTreeSet;

use db::{FamilyMember, PersonRow};
use domain::{
    access::{Act, Authorized, PersonFile},
    id::{FamilyId, PersonId, RowId},
    number::PersonNumber,
    refusal::{Problem, Refusal},
    registry::{FAMILY_MEMBERS_MAX, HEAD, Precision},
    time::Date,
};

use crate::{AppError, UseCase, unit::Unit};

/// Why the membership in a family of one ends when its only member joins another (code list `membership_end_reason`).
pub(crate) const JOINED_OTHER: &str = "joined_other";

/// Which family is joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinedFamily {
    /// This one.
    Family(FamilyId),
    /// The one of a member.
    Of(PersonNumber),
    /// A new one, whose head she is.
    New,
}

/// How a person joins a family.
#[derive(Clone, Debug)]
pub struct Joining {
    /// Her public number.
    pub number: PersonNumber,
    /// Relation to the head (code list `relationship`).
    pub relation: String,
    /// Why (code list `membership_start_reason`).
    pub reason: String,
    /// Since which day.
    pub on: Date,
    /// Who answers for her: an adult of the family; for a child the head, if absent.
    pub guardian: Option<PersonNumber>,
}

/// Notes that a registered person joined a family.
pub struct JoinFamily {
    /// Which family.
    pub family: JoinedFamily,
    /// Who, and how.
    pub joining: Joining,
}

impl UseCase for JoinFamily {
    const ACT: Act = Act::JoinFamily;
    type Output = FamilyId;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<FamilyId, AppError> {
        unit.cite_for(Act::JoinFamily.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let family = match &self.family {
            JoinedFamily::Family(family) => *family,
            JoinedFamily::Of(member) => {
                let member = unit.find_person_by_number(&permit, member).await?.ok_or(Refusal::NotFound("family"))?;
                unit.find_readable_family_of(&permit, member.id).await?.ok_or(Refusal::NotFound("family"))?
            }
            JoinedFamily::New => return begin(unit, &permit, &self.joining).await,
        };
        unit.about("family", family);
        join(unit, &permit, family, &self.joining).await?;
        Ok(family)
    }
}

/// Begins a family of the person alone.
async fn begin(unit: &mut Unit<'_>, permit: &Authorized<PersonFile>, joining: &Joining) -> Result<FamilyId, AppError> {
    if joining.relation != HEAD {
        return Err(Refusal::field("relation", "exactly one member has the relation head").into());
    }
    let row = unit.find_person_by_number(permit, &joining.number).await?.ok_or(Refusal::NotFound("person"))?;
    if unit.find_membership(row.id).await?.is_some() {
        return Err(Refusal::AlreadyRecorded("a family of this person".into()).into());
    }
    let (family, office, now) = (unit.new_id(), unit.actor().office.clone(), unit.now);
    unit.insert_family(family, row.collected_for, &office, Some(joining.on), now).await?;
    unit.about("family", family);
    insert(unit, permit, family, &[], joining).await?;
    Ok(family)
}

/// Makes a registered person a member of a family that is there.
pub(super) async fn join(
    unit: &mut Unit<'_>,
    permit: &Authorized<PersonFile>,
    family: FamilyId,
    joining: &Joining,
) -> Result<(), AppError> {
    if !unit.has_family(permit, family).await? {
        return Err(Refusal::NotFound("family").into());
    }
    let members = unit.list_family_members(permit, family).await?;
    insert(unit, permit, family, &members, joining).await
}

async fn insert(
    unit: &mut Unit<'_>,
    permit: &Authorized<PersonFile>,
    family: FamilyId,
    members: &[FamilyMember],
    joining: &Joining,
) -> Result<(), AppError> {
    let row = unit.find_person_by_number(permit, &joining.number).await?.ok_or(Refusal::NotFound("person"))?;
    unit.concerns(row.id)?;
    check(unit, &row, members, joining)?;
    leave_family_of_one(unit, permit, row.id, joining.on).await?;
    let present: Vec<&FamilyMember> = members.iter().filter(|member| member.to.is_none()).collect();
    let guardian = answering(unit, permit, &row, &present, joining).await?;
    if let Some(guardian) = guardian {
        unit.concerns(guardian)?;
    }
    let relation = joining.relation.clone();
    let member = FamilyMember { person: row.id, relation, guardian, from: joining.on, to: None };
    let id: RowId = unit.new_id();
    unit.insert_family_member(id, family, &member, &joining.reason).await?;
    unit.detail(row.id, format!("joined a family on {} as {}: {}", joining.on, joining.relation, joining.reason));
    Ok(())
}

fn check(unit: &Unit<'_>, row: &PersonRow, members: &[FamilyMember], joining: &Joining) -> Result<(), AppError> {
    unit.check_code("relationship", &joining.relation, "relation")?;
    unit.check_code("membership_start_reason", &joining.reason, "reason")?;
    if joining.on > unit.today {
        return Err(Refusal::field("on", Problem::InFuture).into());
    }
    if row.birth.precision == Precision::Day && joining.on < row.birth.date {
        return Err(Refusal::field("on", "lies before the day of birth").into());
    }
    let mut present = members.iter().filter(|member| member.to.is_none());
    if present.clone().any(|member| member.person == row.id) {
        return Err(Refusal::AlreadyRecorded("her membership in this family".into()).into());
    }
    if joining.relation == HEAD && present.any(|member| member.relation == HEAD) {
        return Err(Refusal::field("relation", "the family has a head already").into());
    }
    // The family is shown with those who left it, each of whom the record of the showing names.
    let ever: BTreeSet<PersonId> = members.iter().map(|member| member.person).chain([row.id]).collect();
    if ever.len() > FAMILY_MEMBERS_MAX {
        return Err(Refusal::field("members", Problem::AtMost(FAMILY_MEMBERS_MAX)).into());
    }
    Ok(())
}

/// Who is a member of another family leaves it first; a family of which she is the only member she leaves by joining.
async fn leave_family_of_one(
    unit: &mut Unit<'_>,
    permit: &Authorized<PersonFile>,
    person: PersonId,
    on: Date,
) -> Result<(), AppError> {
    let before = || Refusal::field("on", "lies before the end of an earlier membership");
    let Some(membership) = unit.find_membership(person).await? else {
        let last = unit.find_last_membership_end(person).await?;
        return if last.is_some_and(|last| on < last) { Err(before().into()) } else { Ok(()) };
    };
    let members = unit.list_family_members(permit, membership.family).await?;
    if members.iter().any(|member| member.to.is_none() && member.person != person) {
        return Err(Refusal::Missing("the end of the membership in the present family".into()).into());
    }
    if on < membership.member.from {
        return Err(before().into());
    }
    if !unit.update_membership_ended(membership.id, on, JOINED_OTHER).await? {
        return Err(Refusal::Conflict.into());
    }
    Ok(())
}

/// Who answers for her: a present member of full age who is named, or for a child the head.
async fn answering(
    unit: &mut Unit<'_>,
    permit: &Authorized<PersonFile>,
    row: &PersonRow,
    present: &[&FamilyMember],
    joining: &Joining,
) -> Result<Option<PersonId>, AppError> {
    let majority = i16::try_from(unit.figure("age.majority_years")?).unwrap_or(i16::MAX);
    if let Some(number) = &joining.guardian {
        let found = unit.find_person_by_number(permit, number).await?;
        let found = found.filter(|found| present.iter().any(|member| member.person == found.id));
        let guardian = found.ok_or_else(|| Refusal::field("guardian", "names no member of this family"))?;
        if guardian.birth.is_younger_than(majority, unit.today) {
            return Err(Refusal::field("guardian", "must be of full age").into());
        }
        return Ok(Some(guardian.id));
    }
    // A child at the head of a family has a representative, who is no member of it.
    if !row.birth.is_younger_than(majority, unit.today) || joining.relation == HEAD {
        return Ok(None);
    }
    let head = present.iter().find(|member| member.relation == HEAD);
    let head = match head {
        Some(head) => unit.find_person_by_id(head.person).await?,
        None => None,
    };
    let head = head.filter(|head| !head.birth.is_younger_than(majority, unit.today));
    Ok(Some(head.ok_or(Refusal::Missing("guardian".into()))?.id))
}
