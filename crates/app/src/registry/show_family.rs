// SPDX-License-Identifier: Apache-2.0
//! Showing a family: its members and its displacements, as far as the purpose may read them.

use db::FamilyMember;
use domain::{
    access::{Act, PersonFile, may_read_for},
    id::FamilyId,
    number::PersonNumber,
    refusal::Refusal,
    registry::Displacement,
    sensitive::Sensitive,
};

use super::latin_name;
use crate::{AppError, UseCase, unit::Unit};

/// A family as shown.
#[derive(Clone, Debug)]
pub struct FamilyView {
    /// Its members, past ones too, with number and Latin name.
    pub members: Vec<(FamilyMember, PersonNumber, Sensitive<String>)>,
    /// Its displacements.
    pub displacements: Vec<Displacement>,
}

/// Shows a family.
pub struct ShowFamily {
    /// The family.
    pub family: FamilyId,
}

impl UseCase for ShowFamily {
    const ACT: Act = Act::ShowPerson;
    type Output = FamilyView;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<FamilyView, AppError> {
        unit.cite_for(Act::ShowPerson.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        if !unit.has_family(&permit, self.family).await? {
            return Err(Refusal::NotFound("family").into());
        }
        let mut members = Vec::new();
        for member in unit.list_family_members(&permit, self.family).await? {
            let Some(row) = unit.find_person_by_id(member.person).await? else { continue };
            if !may_read_for(permit.purpose(), row.collected_for) {
                continue;
            }
            unit.concerns(member.person)?;
            let names = unit.list_person_names(member.person).await?;
            members.push((member, row.number, latin_name(&names)));
        }
        if members.is_empty() {
            return Err(Refusal::NotFound("family").into());
        }
        unit.about("family", self.family);
        let displacements = unit.list_displacements(&permit, self.family).await?;
        Ok(FamilyView { members, displacements })
    }
}
