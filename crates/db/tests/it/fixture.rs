// SPDX-License-Identifier: Apache-2.0
//! Accounts, persons, permissions and citations that the tests use; nobody here exists.

use db::{DbError, PersonRow, Write};
use domain::{
    access::{Act, Actor, Authorized, CollectedFor, DataGroup, Jurisdiction, Role, authorize},
    id::{AccountId, PersonId, RowId},
    legal::{LegalBasis, ProvisionId, ProvisionRegister, ProvisionVersion},
    number::PersonNumber,
    registry::{BirthDate, NameKind, NameSource, NameText, PersonName, Precision, Script, Sex, VitalStatus},
    time::{Date, Timestamp},
};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use uuid::Uuid;

/// The office of every fixture.
pub(crate) const OFFICE: &str = "sms-baku";

/// The moment at which the tests happen.
pub(crate) fn now() -> Timestamp {
    "2025-12-18T09:30:00.000001Z".parse().unwrap()
}

/// A civil day.
pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The same randomness for the same seed.
pub(crate) fn rng(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// The same identifier for the same number.
pub(crate) fn id<T: From<Uuid>>(number: u128) -> T {
    T::from(Uuid::from_u128(number))
}

struct AnyProvision;

impl ProvisionRegister for AnyProvision {
    fn version_on(&self, id: &ProvisionId, _: Date) -> Option<ProvisionVersion> {
        let (citation, digest) = ("a provision".into(), "0f".repeat(32));
        Some(ProvisionVersion { id: id.clone(), citation, in_force_from: day("1999-05-21"), digest })
    }
}

/// A citation.
pub(crate) fn basis() -> LegalBasis {
    LegalBasis::cite(&AnyProvision, &ProvisionId::parse("az-668:6").unwrap(), day("2025-12-18")).unwrap()
}

/// An officer.
pub(crate) fn actor(number: u128, role: Role) -> Actor {
    Actor { account: id(number), role, body: "sms".into(), office: OFFICE.into(), jurisdiction: Jurisdiction::National }
}

/// The permission of a role to open a data group for an act.
pub(crate) fn permit<G: DataGroup>(role: Role, act: Act) -> Authorized<G> {
    authorize(&actor(1, role), act).unwrap().open().unwrap()
}

/// Inserts an account and returns its identifier.
pub(crate) async fn insert_account(write: &mut Write, number: u128, role: Role) -> Result<AccountId, DbError> {
    let actor = actor(number, role);
    write.insert_account(&actor, &format!("officer {number}"), "no hash", now()).await?;
    Ok(actor.account)
}

/// A person's row.
pub(crate) fn person_row(person: PersonId, seed: u64) -> PersonRow {
    PersonRow {
        id: person,
        number: PersonNumber::draw(&mut rng(seed)),
        collected_for: CollectedFor::Asylum,
        sex: Sex::Female,
        birth: BirthDate { date: day("1989-03-21"), precision: Precision::Day },
        birth_place: None,
        birth_country: None,
        vital_status: VitalStatus::Alive,
        photo: None,
        photo_key: None,
        office: OFFICE.into(),
        event_date: None,
        registered_at: now(),
        row_version: 1,
    }
}

/// A name as stated.
pub(crate) fn name(kind: NameKind, script: Script, text: &str) -> PersonName {
    PersonName { kind, script, source: NameSource::Stated, text: NameText::parse(text, script).unwrap() }
}

/// Inserts a person with a key and one name.
pub(crate) async fn insert_person(write: &mut Write, number: u64) -> Result<PersonId, DbError> {
    let person: PersonId = id(u128::from(number) << 32);
    write.insert_person(&person_row(person, number)).await?;
    write.create_person_key(person, &mut rng(number)).await?;
    let row: RowId = id(u128::from(number) << 32 | 1);
    write.insert_person_name(row, person, &name(NameKind::Full, Script::Latin, "Bystander"), now()).await?;
    Ok(person)
}
