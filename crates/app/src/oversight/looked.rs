// SPDX-License-Identifier: Apache-2.0
//! "Who looked at my data": one token for each adult, handed to that adult alone, with a PIN.

use db::{NewAuditRecord, PersonToken, Write};
use domain::{
    access::{Act, PersonFile, Purpose},
    audit::{AuditRecord, Visibility},
    id::{AuditRecordId, PersonId, RowId},
    legal::LegalBasis,
    number::PersonNumber,
    refusal::Refusal,
    sensitive::Sensitive,
    time::Timestamp,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use transparency::{TreeHead, VerifierKey};

use crate::{
    AppError, Context, Outcome, Service, UseCase,
    identity::{hash_secret, new_token, token_digest, verify_secret},
    unit::Unit,
};

/// Digits of a PIN.
pub const PIN_DIGITS: usize = 6;
/// Wrong PINs after which a token is of no use any more; another is given at the counter.
pub const WRONG_PINS_MAX: i64 = 5;
/// Records that one answer shows, latest first.
pub const LOOKED_MAX: i64 = 200;

/// A token and its PIN, to be handed to the person alone.
#[derive(Clone, Debug)]
pub struct AccessToken {
    /// The token.
    pub token: Sensitive<String>,
    /// The PIN.
    pub pin: Sensitive<String>,
}

/// Gives an adult the token with which she reads who looked, in place of any earlier one.
///
/// # Errors
/// [`AppError`].
pub async fn give_access_token(
    service: &Service,
    context: &Context,
    person: &PersonNumber,
) -> Result<Outcome<AccessToken>, AppError> {
    let token = new_token(service);
    let pin = format!("{:0width$}", u32::from_be_bytes(service.random()) % 10u32.pow(6), width = PIN_DIGITS);
    let pin_hash = hash_secret(service, &pin, PIN_DIGITS).await?;
    let give = GiveAccessToken { person: person.clone(), digest: token_digest(&token), pin_hash };
    Ok(match service.run(context, give).await? {
        Outcome::Done(()) => Outcome::Done(AccessToken { token: Sensitive::new(token), pin: Sensitive::new(pin) }),
        Outcome::Refused(refusal) => Outcome::Refused(refusal),
    })
}

struct GiveAccessToken {
    person: PersonNumber,
    digest: [u8; 32],
    pin_hash: String,
}

impl UseCase for GiveAccessToken {
    const ACT: Act = Act::GiveAccessToken;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::GiveAccessToken.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let person = unit.find_person_by_number(&permit, &self.person).await?.ok_or(Refusal::NotFound("person"))?;
        unit.concerns(person.id)?;
        let majority = i16::try_from(unit.figure("age.majority_years")?).unwrap_or(i16::MAX);
        if person.birth.is_younger_than(majority, unit.today) {
            return Err(
                Refusal::Missing("full age: a child's data are read by who answers for the child".into()).into()
            );
        }
        let (row, by, now) = (unit.new_id::<RowId>(), unit.actor().account, unit.now);
        Ok(unit.replace_person_token(row, person.id, &self.digest, &self.pin_hash, by, now).await?)
    }
}

/// One time that somebody did something with a person's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// When.
    pub at: Timestamp,
    /// What was done (word of an [`Act`]).
    pub action: String,
    /// How it ended.
    pub result: String,
    /// Body of the officer, as a code of the country pack; absent when it was the person herself.
    pub body: Option<String>,
    /// Office of the officer.
    pub office: Option<String>,
    /// Role of the officer.
    pub role: Option<String>,
    /// Purpose.
    pub purpose: String,
    /// Provisions, stored form.
    pub basis: Vec<String>,
    /// Place in the public log, once numbered.
    pub position: Option<i64>,
}

/// The answer to "who looked".
#[derive(Clone, Debug)]
pub struct WhoLooked {
    /// What was done, latest first; never from a sealed compartment, never the Ombudsman's own.
    pub entries: Vec<Looked>,
    /// Size and root of the log, to be kept by the person.
    pub log: Option<TreeHead>,
}

/// Reads who looked, by token and PIN. The reading is itself recorded, and so is a reading refused for a wrong PIN.
///
/// # Errors
/// [`Refusal::NotPermitted`] for a wrong token, a wrong PIN and a used-up token alike.
pub async fn who_looked(service: &Service, token: &str, pin: &str) -> Result<Outcome<WhoLooked>, AppError> {
    let digest = token_digest(token);
    let counted = service.db().write(move |write| Box::pin(count_attempt(write, digest))).await?;
    let Some(found) = counted else { return Ok(Outcome::Refused(Refusal::NotPermitted)) };
    let fits = verify_secret(pin, &found.pin_hash).await?;
    let new = own_record(service, found.person, if fits { "done" } else { "refused:not_permitted" })?;
    let (seed, verifier) = (service.random(), service.log_key().verifier());
    service
        .db()
        .write(move |write| {
            let (new, verifier) = (new.clone(), verifier.clone());
            Box::pin(async move {
                let looked = match fits {
                    true => {
                        write.update_person_token_attempts(found.id, 0).await?;
                        Outcome::Done(read(write, found.person, &verifier).await?)
                    }
                    false => Outcome::Refused(Refusal::NotPermitted),
                };
                write.insert_audit_record(&new, &mut ChaCha20Rng::from_seed(seed)).await?;
                Ok(looked)
            })
        })
        .await
}

/// Counts an attempt before its PIN is looked at, so that many guesses at the same moment count as many; `None` when the
/// token is unknown or used up.
pub(crate) async fn count_attempt(write: &mut Write, digest: [u8; 32]) -> Result<Option<PersonToken>, AppError> {
    let Some(found) = write.find_person_token(&digest).await? else { return Ok(None) };
    if found.failed_attempts >= WRONG_PINS_MAX {
        return Ok(None);
    }
    write.update_person_token_attempts(found.id, found.failed_attempts + 1).await?;
    Ok(Some(found))
}

async fn read(write: &mut Write, person: PersonId, verifier: &VerifierKey) -> Result<WhoLooked, AppError> {
    let stored = write.list_audit_records_of(person, LOOKED_MAX).await?;
    let entries = stored.iter().map(looked).collect::<Result<_, _>>()?;
    Ok(WhoLooked { entries, log: write.log_head(verifier).await? })
}

/// The record of a reading by the person herself.
pub(crate) fn own_record(service: &Service, person: PersonId, result: &str) -> Result<NewAuditRecord, AppError> {
    let now = service.now();
    let mut rng = ChaCha20Rng::from_seed(service.random());
    let record = AuditRecord {
        id: AuditRecordId::new(now, &mut rng),
        at: now,
        visibility: Visibility::Subject,
        action: Act::ReadWhoLooked.to_string(),
        result: result.to_owned(),
        actor: None,
        purpose: Purpose::OwnData,
        object: None,
        basis: vec![own_data_basis(service, now)?],
        subjects: Vec::new(),
        details: Vec::new(),
        rows: Vec::new(),
        request: domain::id::new_uuid(now, &mut rng),
    };
    Ok(NewAuditRecord { record, subjects: vec![person], details: Vec::new() })
}

fn own_data_basis(service: &Service, now: Timestamp) -> Result<String, AppError> {
    let pack = service.pack();
    let today = now.date_in(pack.time_zone());
    let provisions = pack.basis_of(Act::ReadWhoLooked);
    let basis = provisions.iter().find_map(|id| LegalBasis::cite(&**pack, id, today).ok());
    basis
        .map(|basis| basis.stored_form())
        .ok_or_else(|| AppError::Pack("provision in force for read_who_looked".into()))
}

pub(crate) fn looked(stored: &db::StoredAuditRecord) -> Result<Looked, AppError> {
    let canonical: serde_json::Value = serde_json::from_str(&stored.canonical)
        .map_err(|_| db::DbError::Damaged { what: "audit_record.canonical".into() })?;
    let text = |key: &str| canonical.get(key).and_then(|value| value.as_str()).map(str::to_owned);
    let basis = canonical.get("basis").and_then(|value| value.as_array()).cloned().unwrap_or_default();
    Ok(Looked {
        at: stored.at,
        action: stored.action.clone(),
        result: stored.result.clone(),
        body: text("body"),
        office: text("office"),
        role: text("role"),
        purpose: text("purpose").unwrap_or_default(),
        basis: basis.iter().filter_map(|value| value.as_str()).map(str::to_owned).collect(),
        position: stored.position,
    })
}
