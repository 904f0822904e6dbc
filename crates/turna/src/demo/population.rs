// SPDX-License-Identifier: Apache-2.0
//! Synthetic persons in families, registered by the same use case as everybody.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use app::{Outcome, registry::RegisterFamily};
use domain::{
    access::{Actor, CollectedFor},
    refusal::Refusal,
    registry::{
        Address, BirthDate, Citizenship, Confidentiality, CountryCode, Displacement, Document, FamilyRegistration,
        LookAlike, LookAlikeNote, MemberRegistration, NameInput, NameKind, NameSource, Verdict, VitalStatus,
    },
    sensitive::Sensitive,
};
use synthetic::{SyntheticFamily, SyntheticName, SyntheticPerson};
use tokio::task::JoinSet;

use crate::install::Installation;

/// Registrations under way at once: they share commits.
const AT_ONCE: usize = 64;
/// The seed of the synthetic persons.
const SEED: u64 = 19_901_218;

/// Registers at least so many persons and returns how many.
///
/// # Errors
/// When a registration fails or is refused: synthetic people are always in order.
pub(super) async fn register(installation: &Installation, persons: u32, registrar: &Actor) -> anyhow::Result<u32> {
    let mut families = synthetic::families(SEED);
    let (mut asked, mut registered) = (0, 0);
    let mut under_way = JoinSet::new();
    loop {
        while under_way.len() < AT_ONCE && asked < persons {
            let Some(family) = families.next() else { break };
            asked += u32::try_from(family.members.len())?;
            let service = installation.service.clone();
            let registrar = registrar.clone();
            under_way.spawn(async move {
                let mut registration = registration(&family)?;
                loop {
                    let register = RegisterFamily { registration: registration.clone(), photos: BTreeMap::new() };
                    match service.run(&service.context(registrar.clone()), register).await? {
                        Outcome::Done(family) => return Ok(family.members.len()),
                        Outcome::Refused(Refusal::LooksLike(persons)) => say_different(&mut registration, persons)?,
                        Outcome::Refused(refusal) => bail!("a synthetic family was refused: {refusal}"),
                    }
                }
            });
        }
        match under_way.join_next().await {
            Some(done) => registered += u32::try_from(done??)?,
            None => return Ok(registered),
        }
    }
}

/// Says of each look-alike that it is another person: each synthetic person is drawn once.
fn say_different(registration: &mut FamilyRegistration, persons: Vec<LookAlike>) -> anyhow::Result<()> {
    for LookAlike { member, number, .. } in persons {
        let member = registration.members.get_mut(member).context("a look-alike names a member")?;
        let reason = Sensitive::new("Drawn as another person.".to_owned());
        member.looks_like.push(LookAlikeNote { number, verdict: Verdict::Different, reason });
    }
    Ok(())
}

fn registration(family: &SyntheticFamily) -> anyhow::Result<FamilyRegistration> {
    let is_displaced_inside = family.members.iter().all(|member| member.citizenship == "AZE");
    let displacement = family.displacement.as_ref().and_then(|displacement| {
        Some(Displacement {
            cause: displacement.cause.into(),
            date: displacement.date,
            origin_area: displacement.origin_area?.into(),
            origin_name_then: displacement.origin_name_then.into(),
            origin_name_now: displacement.origin_name_now.map(Into::into),
            wave: displacement.wave.into(),
            dwelling_area: family.home_area.into(),
            dwelling: family.dwelling.into(),
        })
    });
    Ok(FamilyRegistration {
        collected_for: if is_displaced_inside { CollectedFor::Displacement } else { CollectedFor::Asylum },
        event_date: Some(family.arrived),
        members: family.members.iter().map(|person| member(family, person)).collect::<anyhow::Result<_>>()?,
        displacement,
    })
}

fn member(family: &SyntheticFamily, person: &SyntheticPerson) -> anyhow::Result<MemberRegistration> {
    let documents = person.document.iter().map(|document| {
        Ok(Document {
            kind: document.kind.into(),
            number: Sensitive::new(document.number.clone()),
            country: CountryCode::parse(document.country)?,
            issued: None,
            expires: None,
        })
    });
    Ok(MemberRegistration {
        key: None,
        relation: person.relation.into(),
        names: person.names.iter().map(names).collect::<anyhow::Result<Vec<_>>>()?.concat(),
        sex: person.sex.as_str().parse()?,
        birth: BirthDate { date: person.birth_date, precision: person.birth_precision.parse()? },
        birth_place: Some(Sensitive::new(person.birth_place.clone())),
        birth_country: Some(CountryCode::parse(person.birth_country)?),
        citizenships: vec![Citizenship {
            country: CountryCode::parse(person.citizenship)?,
            from: None,
            to: None,
            basis: if person.document.is_some() { "document" } else { "statement" }.into(),
        }],
        documents: documents.collect::<anyhow::Result<_>>()?,
        contacts: Vec::new(),
        address: Some(Address {
            area: family.home_area.into(),
            line: Sensitive::new(family.home_place.into()),
            dwelling: Some(family.dwelling.into()),
            from: None,
            confidentiality: Confidentiality::Family,
        }),
        languages: person.languages.iter().map(|&language| language.into()).collect(),
        references: Vec::new(),
        vital_status: VitalStatus::Alive,
        guardian: None,
        photo: None,
        looks_like: Vec::new(),
    })
}

fn names(name: &SyntheticName) -> anyhow::Result<Vec<NameInput>> {
    let script = name.script.parse()?;
    let parts = [
        (NameKind::Given, Some(&name.given)),
        (NameKind::Family, name.family.as_ref()),
        (NameKind::Father, name.father.as_ref()),
    ];
    let inputs = parts.into_iter().filter_map(|(kind, value)| {
        let value = Sensitive::new(value?.clone());
        Some(NameInput { kind, script, source: NameSource::Stated, value })
    });
    Ok(inputs.collect())
}
