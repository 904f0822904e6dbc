// SPDX-License-Identifier: Apache-2.0
//! Registering a family: every field is checked, and all that is wrong is said at once.

use std::collections::{BTreeMap, BTreeSet};

use db::{FamilyMember, PersonRow};
use domain::{
    access::Act,
    id::{DisplacementId, FamilyId, PersonId, RowId},
    number::PersonNumber,
    refusal::{FieldError, Problem, Refusal},
    registry::{FACTS_PER_PERSON_MAX, FAMILY_MEMBERS_MAX, FamilyRegistration, HEAD, MemberRegistration, PersonName},
    time::Date,
};

use super::{
    StoredPhoto,
    alike::{self, Answered, Stated},
    check::{check_address, check_contact, check_document, check_line, collect, error},
    photo::PHOTO_KEY_PLACE,
};
use crate::{AppError, UseCase, unit::Unit};

/// Registers a family.
pub struct RegisterFamily {
    /// What the family states.
    pub registration: FamilyRegistration,
    /// Photos already stored, by position of the member.
    pub photos: BTreeMap<usize, StoredPhoto>,
}

/// A registered family.
#[derive(Clone, Debug)]
pub struct RegisteredFamily {
    /// The family.
    pub family: FamilyId,
    /// Its members, in the order of the registration.
    pub members: Vec<RegisteredMember>,
}

/// A registered member.
#[derive(Clone, Debug)]
pub struct RegisteredMember {
    /// The input's name for the member.
    pub key: Option<String>,
    /// The person.
    pub person: PersonId,
    /// Her public number.
    pub number: PersonNumber,
}

impl UseCase for RegisterFamily {
    const ACT: Act = Act::RegisterFamily;
    type Output = RegisteredFamily;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<RegisteredFamily, AppError> {
        self.register(unit).await
    }
}

impl RegisterFamily {
    /// Registers the family in an act of its own or of a draft.
    pub(super) async fn register(&self, unit: &mut Unit<'_>) -> Result<RegisteredFamily, AppError> {
        unit.cite_for(Act::RegisterFamily.as_str())?;
        let names = self.check(unit)?;
        let answered = self.judge(unit, &names).await?;
        let (family, now) = (unit.new_id::<FamilyId>(), unit.now);
        let (given, event) = (self.registration.collected_for, self.registration.event_date);
        let office = unit.actor().office.clone();
        unit.insert_family(family, given, &office, event, now).await?;
        unit.about("family", family);
        let mut members = Vec::with_capacity(names.len());
        for (position, (member, names)) in self.registration.members.iter().zip(&names).enumerate() {
            let registered = self.insert_member(unit, position, member, names).await?;
            alike::remember(unit, registered.person, &answered[position]).await?;
            members.push(registered);
        }
        self.insert_memberships(unit, family, &members).await?;
        if let Some(displacement) = &self.registration.displacement {
            let id = unit.new_id::<DisplacementId>();
            unit.insert_displacement(id, family, displacement, now).await?;
        }
        Ok(RegisteredFamily { family, members })
    }

    /// Refuses while registered persons look like members and the officer has not said that they are others; returns what
    /// was said for each member.
    async fn judge(&self, unit: &mut Unit<'_>, names: &[Vec<PersonName>]) -> Result<Vec<Vec<Answered>>, AppError> {
        let (mut answered, mut unanswered, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        for (position, (member, names)) in self.registration.members.iter().zip(names).enumerate() {
            let birth = member.birth.checked(unit.today).map_err(|error| Refusal::field("birth", error.to_string()))?;
            let stated = Stated { names, sex: member.sex, birth, documents: &member.documents };
            let judged = alike::judge(unit, position, &stated, &member.looks_like).await?;
            answered.push(judged.answered);
            unanswered.extend(judged.unanswered);
            errors.extend(judged.errors);
        }
        match (errors.is_empty(), unanswered.is_empty()) {
            (false, _) => Err(Refusal::Fields(errors).into()),
            (true, false) => Err(Refusal::LooksLike(unanswered).into()),
            (true, true) => Ok(answered),
        }
    }

    /// Checks every field against forms and code lists; returns the parsed names of each member.
    fn check(&self, unit: &Unit<'_>) -> Result<Vec<Vec<PersonName>>, AppError> {
        let registration = &self.registration;
        let mut errors = Vec::new();
        let count = registration.members.len();
        if count == 0 || count > FAMILY_MEMBERS_MAX {
            errors.push(error("members", format!("1 to {FAMILY_MEMBERS_MAX} members")));
        }
        if registration.members.iter().filter(|member| member.relation == HEAD).count() != 1 {
            errors.push(error("members", "exactly one member has the relation head"));
        }
        if registration.event_date.is_some_and(|day| day > unit.today) {
            errors.push(error("event_date", Problem::InFuture));
        }
        let mut keys = BTreeSet::new();
        for (position, member) in registration.members.iter().enumerate() {
            if member.key.as_deref().is_some_and(|key| !keys.insert(key)) {
                errors.push(error(format!("members[{position}].key"), "names another member already"));
            }
        }
        let mut names = Vec::with_capacity(count);
        for (position, member) in registration.members.iter().take(FAMILY_MEMBERS_MAX).enumerate() {
            let at = format!("members[{position}]");
            names.push(check_member(unit, member, &at, &mut errors));
        }
        check_guardians(registration, majority(unit)?, unit.today, &mut errors);
        if let Some(displacement) = &registration.displacement {
            for (list, code, field) in [
                ("displacement_cause", &displacement.cause, "displacement.cause"),
                ("displacement_wave", &displacement.wave, "displacement.wave"),
                ("administrative_area", &displacement.origin_area, "displacement.origin_area"),
                ("administrative_area", &displacement.dwelling_area, "displacement.dwelling_area"),
                ("dwelling_type", &displacement.dwelling, "displacement.dwelling"),
            ] {
                collect(unit.check_code(list, code, field), &mut errors);
            }
            check_line(&displacement.origin_name_then, "displacement.origin_name_then", &mut errors);
            if let Some(name) = &displacement.origin_name_now {
                check_line(name, "displacement.origin_name_now", &mut errors);
            }
            if displacement.date > unit.today {
                errors.push(error("displacement.date", Problem::InFuture));
            }
        }
        if errors.is_empty() { Ok(names) } else { Err(Refusal::Fields(errors).into()) }
    }

    async fn insert_member(
        &self,
        unit: &mut Unit<'_>,
        position: usize,
        member: &MemberRegistration,
        names: &[PersonName],
    ) -> Result<RegisteredMember, AppError> {
        let (person, now) = (unit.new_id::<PersonId>(), unit.now);
        let number = PersonNumber::draw(&mut unit.rng);
        let mut rng = unit.rng.clone();
        unit.create_person_key(person, &mut rng).await?;
        unit.rng = rng;
        let photo = self.photos.get(&position);
        let photo_key = match photo {
            Some(photo) => {
                let key = photo.key.clone();
                Some(unit.tx.seal(person, PHOTO_KEY_PLACE, key.as_bytes(), &mut unit.rng).await?)
            }
            None => None,
        };
        let birth = member.birth.checked(unit.today).map_err(|error| Refusal::field("birth", error.to_string()))?;
        let row = PersonRow {
            id: person,
            number: number.clone(),
            collected_for: self.registration.collected_for,
            sex: member.sex,
            birth,
            birth_place: member.birth_place.clone(),
            birth_country: member.birth_country,
            vital_status: member.vital_status,
            photo: photo.map(|photo| photo.name.clone()),
            photo_key,
            office: unit.actor().office.clone(),
            event_date: self.registration.event_date,
            registered_at: now,
            row_version: 1,
        };
        unit.insert_person(&row).await?;
        insert_facts(unit, person, member, names).await?;
        unit.concerns(person)?;
        Ok(RegisteredMember { key: member.key.clone(), person, number })
    }

    async fn insert_memberships(
        &self,
        unit: &mut Unit<'_>,
        family: FamilyId,
        members: &[RegisteredMember],
    ) -> Result<(), AppError> {
        let majority = majority(unit)?;
        // A child at the head of a family answers for nobody: a representative does.
        let is_adult_head = |member: &MemberRegistration| {
            member.relation == HEAD && !member.birth.is_younger_than(majority, unit.today)
        };
        let head = self.registration.members.iter().position(is_adult_head);
        let head = head.and_then(|position| members.get(position)).map(|member| member.person);
        for (member, registered) in self.registration.members.iter().zip(members) {
            let named = member.guardian.as_deref().and_then(|key| {
                members.iter().find(|other| other.key.as_deref() == Some(key)).map(|other| other.person)
            });
            let is_child = member.birth.is_younger_than(majority, unit.today);
            let guardian = named.or(head.filter(|_| is_child)).filter(|&guardian| guardian != registered.person);
            let membership = FamilyMember {
                person: registered.person,
                relation: member.relation.clone(),
                guardian,
                from: self.registration.event_date.unwrap_or(unit.today),
                to: None,
            };
            let row = unit.new_id::<RowId>();
            unit.insert_family_member(row, family, &membership, "registration").await?;
        }
        Ok(())
    }
}

async fn insert_facts(
    unit: &mut Unit<'_>,
    person: PersonId,
    member: &MemberRegistration,
    names: &[PersonName],
) -> Result<(), AppError> {
    let now = unit.now;
    for name in names {
        let row = unit.new_id();
        unit.insert_person_name(row, person, name, now).await?;
    }
    for citizenship in &member.citizenships {
        let row = unit.new_id();
        unit.insert_citizenship(row, person, citizenship, now).await?;
    }
    for document in &member.documents {
        let row = unit.new_id();
        unit.insert_document(row, person, document, now).await?;
    }
    for contact in &member.contacts {
        let row = unit.new_id();
        unit.insert_contact(row, person, contact, now).await?;
    }
    if let Some(address) = &member.address {
        let row = unit.new_id();
        unit.insert_address(row, person, address, now).await?;
    }
    for (rank, language) in (0i64..).zip(&member.languages) {
        let row = unit.new_id();
        unit.insert_person_language(row, person, language, rank).await?;
    }
    for reference in &member.references {
        let row = unit.new_id();
        unit.insert_foreign_reference(row, person, reference, now).await?;
    }
    Ok(())
}

fn majority(unit: &Unit<'_>) -> Result<i16, AppError> {
    Ok(i16::try_from(unit.figure("age.majority_years")?).unwrap_or(i16::MAX))
}

/// Who answers for a member is another member, and of full age.
fn check_guardians(registration: &FamilyRegistration, majority: i16, today: Date, errors: &mut Vec<FieldError>) {
    for (position, member) in registration.members.iter().take(FAMILY_MEMBERS_MAX).enumerate() {
        let Some(key) = &member.guardian else { continue };
        let guardian = registration.members.iter().find(|other| other.key.as_ref() == Some(key));
        let problem = match guardian {
            None => "names no member of this registration",
            Some(_) if member.key.as_ref() == Some(key) => "nobody answers for himself",
            Some(guardian) if guardian.birth.is_younger_than(majority, today) => "must be of full age",
            Some(_) => continue,
        };
        errors.push(error(format!("members[{position}].guardian"), problem));
    }
}

fn check_member(
    unit: &Unit<'_>,
    member: &MemberRegistration,
    at: &str,
    errors: &mut Vec<FieldError>,
) -> Vec<PersonName> {
    collect(unit.check_code("relationship", &member.relation, &format!("{at}.relation")), errors);
    if let Err(problem) = member.birth.checked(unit.today) {
        errors.push(error(format!("{at}.birth"), problem.to_string()));
    }
    for (what, count) in [
        ("names", member.names.len()),
        ("citizenships", member.citizenships.len()),
        ("documents", member.documents.len()),
        ("contacts", member.contacts.len()),
        ("languages", member.languages.len()),
        ("references", member.references.len()),
        ("looks_like", member.looks_like.len()),
    ] {
        if count > FACTS_PER_PERSON_MAX {
            errors.push(error(format!("{at}.{what}"), Problem::AtMost(FACTS_PER_PERSON_MAX)));
        }
    }
    check_codes(unit, member, at, errors);
    check_facts(unit, member, at, errors);
    let mut names = Vec::with_capacity(member.names.len());
    if member.names.is_empty() {
        errors.push(error(format!("{at}.names"), "a person has at least one name"));
    }
    for (position, name) in member.names.iter().take(FACTS_PER_PERSON_MAX).enumerate() {
        match name.parse() {
            Ok(name) => names.push(name),
            Err(problem) => errors.push(error(format!("{at}.names[{position}].value"), problem.to_string())),
        }
    }
    names
}

fn check_codes(unit: &Unit<'_>, member: &MemberRegistration, at: &str, errors: &mut Vec<FieldError>) {
    if let Some(country) = &member.birth_country {
        collect(unit.check_code("country", country.as_str(), &format!("{at}.birth_country")), errors);
    }
    for (position, citizenship) in member.citizenships.iter().enumerate() {
        let at = format!("{at}.citizenships[{position}]");
        collect(unit.check_code("country", citizenship.country.as_str(), &format!("{at}.country")), errors);
        collect(unit.check_code("citizenship_basis", &citizenship.basis, &format!("{at}.basis")), errors);
    }
    for (position, language) in member.languages.iter().enumerate() {
        collect(unit.check_code("language", language, &format!("{at}.languages[{position}]")), errors);
    }
}

fn check_facts(unit: &Unit<'_>, member: &MemberRegistration, at: &str, errors: &mut Vec<FieldError>) {
    if let Some(place) = &member.birth_place {
        check_line(place.expose(), &format!("{at}.birth_place"), errors);
    }
    for (position, document) in member.documents.iter().enumerate() {
        check_document(unit, document, &format!("{at}.documents[{position}]"), errors);
    }
    for (position, contact) in member.contacts.iter().enumerate() {
        check_contact(contact, &format!("{at}.contacts[{position}]"), errors);
    }
    if let Some(address) = &member.address {
        check_address(unit, address, &format!("{at}.address"), errors);
    }
    for (position, reference) in member.references.iter().enumerate() {
        check_line(reference.number.expose(), &format!("{at}.references[{position}].number"), errors);
        check_line(&reference.organisation, &format!("{at}.references[{position}].organisation"), errors);
    }
}
