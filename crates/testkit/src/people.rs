// SPDX-License-Identifier: Apache-2.0
//! Synthetic families with impossible document numbers.

use domain::{
    access::CollectedFor,
    registry::{
        Address, BirthDate, Citizenship, Confidentiality, Contact, ContactKind, CountryCode, Displacement, Document,
        FamilyRegistration, ForeignReference, MemberRegistration, NameInput, NameKind, NameSource, Precision, Script,
        Sex, VitalStatus,
    },
    sensitive::Sensitive,
};

/// A name as stated.
pub fn name(kind: NameKind, script: Script, value: &str) -> NameInput {
    NameInput { kind, script, source: NameSource::Stated, value: Sensitive::new(value.to_owned()) }
}

/// A birth date known to the day.
///
/// # Panics
/// When the text is no date.
pub fn born(date: &str) -> BirthDate {
    BirthDate { date: date.parse().expect("a date"), precision: Precision::Day }
}

/// A member with a name in Latin letters and nothing else that could be left out.
pub fn member(key: &str, relation: &str, given: &str, family: &str, sex: Sex, birth: &str) -> MemberRegistration {
    MemberRegistration {
        key: Some(key.to_owned()),
        relation: relation.to_owned(),
        names: vec![name(NameKind::Given, Script::Latin, given), name(NameKind::Family, Script::Latin, family)],
        sex,
        birth: born(birth),
        birth_place: None,
        birth_country: None,
        citizenships: Vec::new(),
        documents: Vec::new(),
        contacts: Vec::new(),
        address: None,
        languages: Vec::new(),
        references: Vec::new(),
        vital_status: VitalStatus::Alive,
        guardian: None,
        photo: None,
        looks_like: Vec::new(),
    }
}

/// A family of these members, who came for this.
pub fn family(collected_for: CollectedFor, members: Vec<MemberRegistration>) -> FamilyRegistration {
    FamilyRegistration { collected_for, event_date: None, members, displacement: None }
}

/// A single adult, who came for this.
pub fn single(collected_for: CollectedFor, given: &str, family_name: &str, birth: &str) -> FamilyRegistration {
    family(collected_for, vec![member("head", "head", given, family_name, Sex::Male, birth)])
}

/// A family from Afghanistan that asks for protection: father, mother, a daughter of nine years and the father's mother,
/// with names in two scripts, documents, contacts, address, languages and a number at another organisation.
pub fn afghan_family() -> FamilyRegistration {
    let mut father = member("father", "head", "Daud", "Sahrayi", Sex::Male, "1987-03-21");
    father.names.extend([
        name(NameKind::Given, Script::Arabic, "داوود"),
        name(NameKind::Family, Script::Arabic, "صحرایی"),
        name(NameKind::Father, Script::Latin, "Yusuf"),
    ]);
    father.birth_place = Some(Sensitive::new("Balkh".into()));
    father.documents = vec![document("TEST000001")];
    father.contacts = vec![Contact { kind: ContactKind::Phone, value: Sensitive::new("+994000000001".into()) }];
    father.address = Some(address("Xətai rayonu, sınaq küçəsi 1"));
    father.references =
        vec![ForeignReference { organisation: "unhcr".into(), number: Sensitive::new("TEST-25C00001".into()) }];
    let mut mother = member("mother", "spouse", "Zahra", "Sahrayi", Sex::Female, "1990-11-02");
    mother
        .names
        .extend([name(NameKind::Given, Script::Arabic, "زهرا"), name(NameKind::Family, Script::Arabic, "صحرایی")]);
    mother.documents = vec![document("TEST000002")];
    let mut daughter = member("daughter", "daughter", "Laleh", "Sahrayi", Sex::Female, "2016-04-09");
    daughter.guardian = Some("mother".into());
    let grandmother = member("grandmother", "mother", "Maryam", "Sahrayi", Sex::Female, "1958-01-15");
    let mut members = vec![father, mother, daughter, grandmother];
    for member in &mut members {
        member.birth_country = Some(country("AFG"));
        member.citizenships =
            vec![Citizenship { country: country("AFG"), from: None, to: None, basis: "statement".into() }];
        member.languages = vec!["prs".into(), "ru".into()];
    }
    FamilyRegistration {
        collected_for: CollectedFor::Asylum,
        event_date: Some("2025-05-28".parse().expect("a date")),
        members,
        displacement: None,
    }
}

/// An internally displaced family: mother, and a son of seventeen.
pub fn displaced_family() -> FamilyRegistration {
    let members = vec![
        member("mother", "head", "Sevinc", "Yurdlu", Sex::Female, "1979-05-10"),
        member("son", "son", "Elnur", "Yurdlu", Sex::Male, "2008-02-29"),
    ];
    FamilyRegistration {
        collected_for: CollectedFor::Displacement,
        event_date: Some("1993-04-02".parse().expect("a date")),
        members,
        displacement: Some(Displacement {
            cause: "armed_conflict".into(),
            date: "1993-04-02".parse().expect("a date"),
            origin_area: "KAL".into(),
            origin_name_then: "Lev".into(),
            origin_name_now: Some("Kəlbəcər rayonu, Lev".into()),
            wave: "1992-1994_occupied".into(),
            dwelling_area: "BA".into(),
            dwelling: "dormitory".into(),
        }),
    }
}

/// A country code.
///
/// # Panics
/// When it is none.
pub fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).expect("a country code")
}

/// A passport of Afghanistan with this number.
pub fn document(number: &str) -> Document {
    Document {
        kind: "passport".into(),
        number: Sensitive::new(number.into()),
        country: country("AFG"),
        issued: None,
        expires: None,
    }
}

/// An address in Baku that the family may see.
pub fn address(line: &str) -> Address {
    Address {
        area: "BA".into(),
        line: Sensitive::new(line.into()),
        dwelling: Some("rented".into()),
        from: None,
        confidentiality: Confidentiality::Family,
    }
}
