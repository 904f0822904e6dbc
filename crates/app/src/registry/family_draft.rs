// SPDX-License-Identifier: Apache-2.0
//! A family that is being registered page by page, and the act that makes a registered one of it, once.

use std::collections::BTreeMap;

use db::{Draft, DraftKey};
use domain::{
    access::{Act, CollectedFor, PersonFile},
    id::{DraftId, FamilyId},
    number::PersonNumber,
    refusal::{FieldError, Refusal},
    registry::{
        Address, BirthDate, Citizenship, Contact, CountryCode, Displacement, Document, FamilyRegistration,
        LookAlikeNote, MemberRegistration, NameInput, Sex, VitalStatus,
    },
    sensitive::Sensitive,
    time::Date,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{
    RegisterFamily, StoredPhoto,
    join::{Joining, join},
};
use crate::{AppError, UseCase, unit::Unit};

/// The kind of draft that becomes a registered family.
pub const FAMILY_DRAFT: &str = "family_registration";

/// Why a registered person joins a family that is being registered (code list `membership_start_reason`).
const REGISTERED_TOGETHER: &str = "registered_together";

/// A family as far as it was written down.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FamilyDraft {
    /// For what the data are given.
    pub collected_for: Option<CollectedFor>,
    /// Day of arrival or displacement.
    pub event_date: Option<Date>,
    /// Members; the first is the head.
    pub members: Vec<MemberDraft>,
    /// Displacement.
    pub displacement: Option<Displacement>,
    /// Registered persons who are members too.
    #[serde(default)]
    pub joins: Vec<JoinDraft>,
}

/// A registered person who joins the family that is being registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinDraft {
    /// Her public number.
    pub number: PersonNumber,
    /// Relation to the head, code list `relationship`.
    pub relation: String,
}

/// A member as far as she was written down.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct MemberDraft {
    /// Relation to the head, code list `relationship`.
    pub relation: String,
    /// Names.
    pub names: Vec<NameInput>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Birth date.
    pub birth: Option<BirthDate>,
    /// Place of birth.
    pub birth_place: Option<Sensitive<String>>,
    /// Country of birth.
    pub birth_country: Option<CountryCode>,
    /// Citizenships.
    pub citizenships: Vec<Citizenship>,
    /// Documents.
    pub documents: Vec<Document>,
    /// Contacts.
    pub contacts: Vec<Contact>,
    /// Address.
    pub address: Option<Address>,
    /// Languages, best first.
    pub languages: Vec<String>,
    /// Who answers for her, as the position of another member.
    pub guardian: Option<usize>,
    /// Photo, stored under seal.
    pub photo: Option<StoredPhoto>,
    /// What the officer said of registered persons who look like her.
    pub looks_like: Vec<LookAlikeNote>,
    /// The pages that were filled in, by their words.
    pub pages: Vec<String>,
}

impl FamilyDraft {
    /// Reads a draft's content.
    ///
    /// # Errors
    /// When it is no such content.
    pub fn read(content: &[u8]) -> Result<Self, AppError> {
        serde_json::from_slice(content).map_err(|error| AppError::store("a draft cannot be read", error))
    }

    /// The content as it is saved.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn content(&self) -> Result<Zeroizing<Vec<u8>>, AppError> {
        let bytes = serde_json::to_vec(self).map_err(|error| AppError::store("a draft cannot be written", error))?;
        Ok(Zeroizing::new(bytes))
    }

    /// What the family states, with its photos by position of the member.
    ///
    /// # Errors
    /// What is missing yet.
    pub fn registration(&self) -> Result<(FamilyRegistration, BTreeMap<usize, StoredPhoto>), Vec<FieldError>> {
        let missing = |field: String| FieldError { field, problem: "is missing".into() };
        let (mut errors, mut members, mut photos) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (position, member) in self.members.iter().enumerate() {
            if let Some(photo) = &member.photo {
                photos.insert(position, photo.clone());
            }
            for (field, is_missing) in [("sex", member.sex.is_none()), ("birth", member.birth.is_none())] {
                if is_missing {
                    errors.push(missing(format!("members[{position}].{field}")));
                }
            }
            if let (Some(sex), Some(birth)) = (member.sex, member.birth) {
                members.push(member.registration(position, sex, birth));
            }
        }
        if self.collected_for.is_none() {
            errors.push(missing("collected_for".into()));
        }
        match self.collected_for {
            Some(collected_for) if errors.is_empty() => {
                let (event_date, displacement) = (self.event_date, self.displacement.clone());
                Ok((FamilyRegistration { collected_for, event_date, members, displacement }, photos))
            }
            _ => Err(errors),
        }
    }
}

fn key(position: usize) -> String {
    format!("member-{position}")
}

impl MemberDraft {
    fn registration(&self, position: usize, sex: Sex, birth: BirthDate) -> MemberRegistration {
        MemberRegistration {
            key: Some(key(position)),
            relation: self.relation.clone(),
            names: self.names.clone(),
            sex,
            birth,
            birth_place: self.birth_place.clone(),
            birth_country: self.birth_country,
            citizenships: self.citizenships.clone(),
            documents: self.documents.clone(),
            contacts: self.contacts.clone(),
            address: self.address.clone(),
            languages: self.languages.clone(),
            references: Vec::new(),
            vital_status: VitalStatus::Alive,
            guardian: self.guardian.map(key),
            photo: None,
            looks_like: self.looks_like.clone(),
        }
    }
}

/// The names of the files that came with a draft. Those of a draft that cannot be read stay sealed for ever: their keys are in
/// it alone.
pub(crate) fn files_of_draft(draft: &Draft) -> Vec<String> {
    let content = draft.content.as_ref().filter(|_| draft.kind == FAMILY_DRAFT);
    let family = content.and_then(|content| FamilyDraft::read(content).ok()).unwrap_or_default();
    family.members.into_iter().filter_map(|member| member.photo).map(|photo| photo.name).collect()
}

/// Makes a registered family of a draft. The draft is used up in the same transaction, so that a form that is sent again,
/// or from two browsers at once, registers nobody twice.
pub struct RegisterDraft {
    /// The draft.
    pub draft: DraftId,
    /// The version that the officer checked.
    pub row_version: i64,
}

/// What came of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRegistered {
    /// Public number of the first member.
    pub head: PersonNumber,
    /// Whether it had been registered before, and nothing was done now.
    pub was_registered: bool,
}

impl UseCase for RegisterDraft {
    const ACT: Act = Act::RegisterFamily;
    type Output = DraftRegistered;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<DraftRegistered, AppError> {
        unit.cite_for(Act::RegisterFamily.as_str())?;
        let (account, now) = (unit.actor().account, unit.now);
        let draft = unit.find_draft(self.draft, account, now).await?.ok_or(Refusal::NotFound("draft"))?;
        unit.about("draft", draft.id);
        if let Some(person) = draft.person {
            let row = unit.find_person_by_id(person).await?.ok_or(Refusal::NotFound("draft"))?;
            return Ok(DraftRegistered { head: row.number, was_registered: true });
        }
        if draft.row_version != self.row_version {
            return Err(Refusal::Conflict.into());
        }
        let content = draft.content.filter(|_| draft.kind == FAMILY_DRAFT).ok_or(Refusal::NotFound("draft"))?;
        let content = FamilyDraft::read(&content)?;
        let (registration, photos) = content.registration().map_err(Refusal::Fields)?;
        let family = RegisterFamily { registration, photos }.register(unit).await?;
        if !content.joins.is_empty() {
            unit.cite_for(Act::JoinFamily.as_str())?;
        }
        for (position, joins) in content.joins.iter().enumerate() {
            joins.join(unit, family.family).await.map_err(|error| at_join(position, error))?;
        }
        let head = family.members.first().ok_or(AppError::Fault("a family without a member was registered"))?;
        let key = DraftKey { id: draft.id, account, row_version: self.row_version };
        if !unit.update_draft_used(key, head.person, now).await? {
            return Err(Refusal::Conflict.into());
        }
        Ok(DraftRegistered { head: head.number.clone(), was_registered: false })
    }
}

impl JoinDraft {
    async fn join(&self, unit: &mut Unit<'_>, family: FamilyId) -> Result<(), AppError> {
        let permit = unit.permit.open::<PersonFile>()?;
        let joining = Joining {
            number: self.number.clone(),
            relation: self.relation.clone(),
            reason: REGISTERED_TOGETHER.to_owned(),
            on: unit.today,
            guardian: None,
        };
        join(unit, &permit, family, &joining).await
    }
}

/// A refusal with the place of the person whom it concerns.
fn at_join(position: usize, error: AppError) -> AppError {
    let at = |field: &str| format!("joins[{position}].{field}");
    match error {
        AppError::Refused(Refusal::Fields(mut errors)) => {
            errors.iter_mut().for_each(|error| error.field = at(&error.field));
            Refusal::Fields(errors).into()
        }
        AppError::Refused(refusal @ (Refusal::Missing(_) | Refusal::AlreadyRecorded(_) | Refusal::NotFound(_))) => {
            Refusal::field(at("number"), refusal.to_string()).into()
        }
        other => other,
    }
}
