// SPDX-License-Identifier: Apache-2.0
//! Showing a person: what this role may see for its purpose, on record.

use db::{Correction, FactKind, FamilyMember, PersonRecord, StoredLookAlike, StoredName};
use domain::{
    access::{Act, PersonFile, Purpose, may_read_for, roles_for},
    id::FamilyId,
    number::PersonNumber,
    refusal::Refusal,
    registry::{Confidentiality, Displacement, NameKind, Script},
    sensitive::Sensitive,
};

use super::typo::{TypoFixable, may_fix_typo};
use crate::{AppError, UseCase, unit::Unit};

/// A person as shown.
#[derive(Clone, Debug)]
pub struct PersonView {
    /// The record.
    pub person: PersonRecord,
    /// Her family now.
    pub family: Option<FamilyId>,
    /// Its members, past ones too, with number and Latin name.
    pub members: Vec<(FamilyMember, PersonNumber, Sensitive<String>)>,
    /// Its displacement.
    pub displacements: Vec<Displacement>,
    /// What was corrected.
    pub corrections: Vec<Correction>,
    /// What officers said of registered persons who look like her, each with its number.
    pub looks_like: Vec<(StoredLookAlike, PersonNumber)>,
    /// Whether the officer who looks may mend a slip of the pen in it.
    pub typo: TypoFixable,
    /// For whom of the family she answers.
    pub wards: usize,
}

/// Shows a person.
pub struct ShowPerson {
    /// Her public number.
    pub number: PersonNumber,
}

impl UseCase for ShowPerson {
    const ACT: Act = Act::ShowPerson;
    type Output = PersonView;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<PersonView, AppError> {
        unit.cite_for(Act::ShowPerson.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let row = unit.find_person_by_number(&permit, &self.number).await?.ok_or(Refusal::NotFound("person"))?;
        let id = row.id;
        unit.about("person", id);
        unit.concerns(id)?;
        let mut person = unit.load_person(row).await?;
        if permit.purpose() == Purpose::Assistance {
            // Help is handed out by name and family; the way she is reached is not needed for it.
            person.contacts.clear();
            person.addresses.retain(|address| address.confidentiality == Confidentiality::Family);
        }
        let family = unit.find_readable_family_of(&permit, id).await?;
        let mut members = Vec::new();
        let mut displacements = Vec::new();
        if let Some(family) = family {
            for member in unit.list_family_members(&permit, family).await? {
                let Some(row) = unit.find_person_by_id(member.person).await? else { continue };
                if !may_read_for(permit.purpose(), row.collected_for) {
                    continue;
                }
                unit.concerns(member.person)?;
                let names = unit.list_person_names(member.person).await?;
                members.push((member, row.number, latin_name(&names)));
            }
            displacements = unit.list_displacements(&permit, family).await?;
        }
        let mut corrections = unit.list_corrections(id).await?;
        if permit.purpose() == Purpose::Assistance {
            let hidden = [FactKind::Contact.as_str(), FactKind::Address.as_str()];
            corrections.retain(|correction| !hidden.contains(&correction.field.as_str()));
        }
        let mut looks_like = Vec::new();
        if permit.purpose() != Purpose::Assistance {
            for word in unit.list_look_alikes(id).await? {
                let Some(row) = unit.find_person_by_id(word.other).await? else { continue };
                if may_read_for(permit.purpose(), row.collected_for) {
                    looks_like.push((word, row.number));
                }
            }
        }
        let typo = match roles_for(Act::FixTypo).contains(&unit.actor().role) {
            true => may_fix_typo(unit, &person.row).await?,
            false => TypoFixable::NotOnDayOfEntry,
        };
        let wards = members.iter().filter(|(member, ..)| member.guardian == Some(id) && member.to.is_none()).count();
        Ok(PersonView { person, family, members, displacements, corrections, looks_like, typo, wards })
    }
}

/// The Latin name in one line: given names, then family name; the whole name where it cannot be divided.
pub fn latin_name(names: &[StoredName]) -> Sensitive<String> {
    name_in(names, Script::Latin).unwrap_or_default()
}

/// The name in the own script in one line; `None` if that is Latin.
pub fn original_name(names: &[StoredName]) -> Option<Sensitive<String>> {
    let scripts = Script::ALL.iter().filter(|&&script| script != Script::Latin);
    scripts.copied().find_map(|script| name_in(names, script))
}

/// The name in a script in one line; `None` if she has none in it.
pub(crate) fn name_in(names: &[StoredName], script: Script) -> Option<Sensitive<String>> {
    let of = |kind: NameKind| {
        let found = names.iter().filter(|name| name.script == script && name.kind == kind);
        found.map(|name| name.value.expose().as_str()).collect::<Vec<_>>().join(" ")
    };
    let divided = format!("{} {}", of(NameKind::Given), of(NameKind::Family));
    let name = match divided.trim() {
        "" => of(NameKind::Full),
        divided => divided.to_owned(),
    };
    (!name.is_empty()).then(|| Sensitive::new(name))
}
