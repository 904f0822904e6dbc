// SPDX-License-Identifier: Apache-2.0
//! A person at her own file: she opens it with token and PIN for some minutes, reads how far her case is, what was given to
//! her and who looked, takes back a consent or her token, and leaves.
//!
//! A wrong token, a wrong PIN, a used-up token and an erased person get one answer. Each reading is itself on record. What
//! the country pack tells of a step is all that is told of it, and an outcome only once its decision was handed over.

mod show;

pub use db::OwnReceipt;
use db::{FileVisit, PersonToken, Write};
use domain::{id::RowId, procedure::Flag, refusal::Refusal, sensitive::Sensitive, time::Timestamp};
pub use law::LabelKind;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
pub use show::{OwnCard, OwnCase, OwnConsent, OwnDecision, OwnFile};

use crate::{
    AppError, Outcome, Service,
    identity::{NOBODY, new_token, token_digest, verify_secret},
    oversight::{count_attempt, own_record},
    site::withdraw_consent,
};

/// After so many seconds without a page the file closes: a telephone is laid down and taken up by somebody else.
pub const IDLE_SECONDS_MAX: i64 = 10 * 60;
/// After so many seconds it closes in any case.
pub const VISIT_SECONDS_MAX: i64 = 60 * 60;
/// The flag by which a procedure says that its decision was handed over.
const NOTIFIED: &str = "notified";

/// Opens the file of the person who holds token and PIN, and gives the key of this visit. An earlier visit ends.
///
/// # Errors
/// [`AppError`]; [`Refusal::NotPermitted`] for a wrong token, a wrong PIN and a used-up token alike.
pub async fn open(service: &Service, token: &str, pin: &str) -> Result<Outcome<Sensitive<String>>, AppError> {
    let digest = token_digest(token.trim());
    let counted = service.db().write(move |write| Box::pin(count_attempt(write, digest))).await?;
    let hash = counted.as_ref().map_or(NOBODY, |found| found.pin_hash.as_str());
    let fits = verify_secret(pin.trim(), hash).await?;
    let Some(found) = counted else { return Ok(Outcome::Refused(Refusal::NotPermitted)) };
    let record = own_record(service, found.person, if fits { "done" } else { "refused:not_permitted" })?;
    let (key, seed, now) = (new_token(service), service.random(), service.now());
    let row = RowId::from(domain::id::new_uuid(now, &mut ChaCha20Rng::from_seed(service.random())));
    let key_digest = token_digest(&key);
    service
        .db()
        .write(move |write| {
            let (record, found) = (record.clone(), found.clone());
            Box::pin(async move {
                if fits {
                    begin(write, &found, row, key_digest, now).await?;
                }
                write.insert_audit_record(&record, &mut ChaCha20Rng::from_seed(seed)).await
            })
        })
        .await
        .map_err(|error: db::DbError| AppError::from(error))?;
    Ok(if fits { Outcome::Done(Sensitive::new(key)) } else { Outcome::Refused(Refusal::NotPermitted) })
}

async fn begin(
    write: &mut Write,
    token: &PersonToken,
    row: RowId,
    key_digest: [u8; 32],
    now: Timestamp,
) -> Result<(), db::DbError> {
    write.update_person_token_attempts(token.id, 0).await?;
    write.insert_file_visit(row, token.id, &key_digest, now, now.plus_seconds(-VISIT_SECONDS_MAX)).await
}

/// The visit of a key, if it still goes on; it is noted as used now.
async fn present(write: &mut Write, key_digest: [u8; 32], now: Timestamp) -> Result<Option<FileVisit>, db::DbError> {
    let Some(visit) = write.find_file_visit(&key_digest).await? else { return Ok(None) };
    let is_over =
        now > visit.seen_at.plus_seconds(IDLE_SECONDS_MAX) || now > visit.opened_at.plus_seconds(VISIT_SECONDS_MAX);
    if is_over {
        write.delete_file_visit(&key_digest).await?;
        return Ok(None);
    }
    write.update_file_visit_seen(visit.id, now).await?;
    Ok(Some(visit))
}

/// Shows the file of a visit; the reading is recorded.
///
/// # Errors
/// [`AppError`]; [`Refusal::NotPermitted`] when the visit is over.
pub async fn show(service: &Service, key: &str) -> Result<Outcome<OwnFile>, AppError> {
    let (key_digest, now) = (token_digest(key), service.now());
    let (pack, verifier) = (service.pack().clone(), service.log_key().verifier());
    let (service, seed): (Service, [u8; 32]) = (service.clone(), service.random());
    let db = service.db().clone();
    db.write(move |write| {
        let (pack, verifier, service) = (pack.clone(), verifier.clone(), service.clone());
        Box::pin(async move {
            let Some(visit) = present(write, key_digest, now).await? else {
                return Ok(Outcome::Refused(Refusal::NotPermitted));
            };
            let file = show::read(write, &pack, &verifier, visit.person, now).await?;
            let record = own_record(&service, visit.person, "done")?;
            write.insert_audit_record(&record, &mut ChaCha20Rng::from_seed(seed)).await?;
            Ok(Outcome::Done(file))
        })
    })
    .await
}

/// Ends a visit. A key that opens nothing ends nothing.
///
/// # Errors
/// When the database fails.
pub async fn leave(service: &Service, key: &str) -> Result<(), AppError> {
    let key_digest = token_digest(key);
    let left =
        service.db().write(move |write| Box::pin(async move { write.delete_file_visit(&key_digest).await })).await;
    left.map_err(|error: db::DbError| error.into())
}

/// What a person does at her own file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Makes her token useless; another is given at the counter.
    RevokeToken,
    /// Takes back a consent: what it allowed to show is withdrawn at once.
    RevokeConsent(RowId),
}

/// Does what a person wishes at her own file.
///
/// # Errors
/// [`AppError`]; [`Refusal::NotPermitted`] when the visit is over; [`Refusal::NotFound`] when the consent is not hers.
pub async fn wish(service: &Service, key: &str, wish: Wish) -> Result<Outcome<()>, AppError> {
    let (key_digest, now, seed): (_, _, [u8; 32]) = (token_digest(key), service.now(), service.random());
    let (service, db) = (service.clone(), service.db().clone());
    db.write(move |write| {
        let service = service.clone();
        Box::pin(async move {
            let Some(visit) = present(write, key_digest, now).await? else {
                return Ok(Outcome::Refused(Refusal::NotPermitted));
            };
            let action = match wish {
                Wish::RevokeToken => {
                    write.revoke_person_token(visit.token, now).await?;
                    "revoke_access_token"
                }
                Wish::RevokeConsent(id) => {
                    let consent = write.find_content_consent(id).await?;
                    let Some(consent) = consent.filter(|consent| consent.person == visit.person) else {
                        return Ok(Outcome::Refused(Refusal::NotFound("consent")));
                    };
                    withdraw_consent(write, &consent, now).await?;
                    "keep_consent"
                }
            };
            let mut record = own_record(&service, visit.person, "done")?;
            action.clone_into(&mut record.record.action);
            write.insert_audit_record(&record, &mut ChaCha20Rng::from_seed(seed)).await?;
            Ok(Outcome::Done(()))
        })
    })
    .await
}

/// Whether a case's decision was handed over.
fn is_notified(flags: &std::collections::BTreeSet<Flag>) -> bool {
    flags.iter().any(|flag| flag.as_str() == NOTIFIED)
}
