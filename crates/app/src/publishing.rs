// SPDX-License-Identifier: Apache-2.0
//! What checkers need: the status list, signed again with every change, and the trust list, signed by the offline root.

use credential::{
    certificate::Certificate,
    key::CertifiedKey,
    status::{Status, StatusList, StatusTokenClaims, encode_token},
    trust::{Purpose, TrustList, TrustedSigner, sign_trust_list},
};
use db::{LogError, Publication, SignerRow};
use domain::{access::Act, card::PublishedStatus, time::Timestamp};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use transparency::VerifierKey;

use crate::{AppError, Service, Settings, cards::STATUS_LIST_ENTRIES, system};

/// Name of the published status list.
pub const STATUS_LIST: &str = "status";
/// Name of the published trust list.
pub const TRUST_LIST: &str = "trust";
/// How long a trust list is good for, in seconds: the root is taken out of its safe at least this often.
const TRUST_LIST_SECONDS: i64 = 400 * 24 * 60 * 60;
/// Attempts to publish while another copy of the program publishes too.
const ATTEMPTS_MAX: usize = 16;

/// The address of the status list, as cards name it.
pub fn status_uri(settings: &Settings) -> String {
    format!("{}/status/1", settings.public_url)
}

/// Signs the status list as the cards stand now and publishes it; returns its bytes.
///
/// # Errors
/// When no signer of status lists is in use, or the database fails.
pub async fn publish_status_list(service: &Service) -> Result<Vec<u8>, AppError> {
    for _ in 0..ATTEMPTS_MAX {
        let (states, last) = service
            .db()
            .read(|session| {
                Box::pin(async move {
                    let states = session.list_card_states().await?;
                    Ok::<_, AppError>((states, session.find_publication(STATUS_LIST).await?))
                })
            })
            .await?;
        let full = |error| AppError::store("the status list cannot be made", error);
        let mut list = StatusList::new(STATUS_LIST_ENTRIES as usize).map_err(full)?;
        for (index, state) in states {
            let status = match state.published() {
                PublishedStatus::Valid => continue,
                PublishedStatus::Invalid => Status::Invalid,
                PublishedStatus::Suspended => Status::Suspended,
            };
            let index = usize::try_from(index).map_err(|_| AppError::Fault("a status index is out of range"))?;
            list.set(index, status).map_err(full)?;
        }
        let content = sign_status_list(service, list).await?;
        let sequence = last.map_or(0, |last| last.sequence) + 1;
        if publish(service, STATUS_LIST, sequence, content.clone()).await? {
            return Ok(content);
        }
    }
    Err(AppError::Fault("another copy of the program publishes the status list all the time"))
}

async fn sign_status_list(service: &Service, list: StatusList) -> Result<Vec<u8>, AppError> {
    let now = service.now();
    let today = now.date_in(service.pack().time_zone());
    let hours = |code: &str| match service.pack().figure(code, today) {
        Some(figure) => Ok(figure.value),
        None => Err(AppError::Pack(format!("figure {code}"))),
    };
    let claims = StatusTokenClaims {
        subject: status_uri(service.settings()),
        issued_at: now,
        expires_at: now.plus_seconds(i64::from(hours("card.status_list_valid_hours")?) * 3600),
        ttl_seconds: hours("card.status_list_sign_hours")? * 3600,
    };
    let none = || AppError::store("no signer of status lists is in use", std::io::Error::other("none"));
    let signer = service.signers().status_signer(now).ok_or_else(none)?;
    let signed = tokio::task::spawn_blocking(move || encode_token(&list, &claims, &*signer)).await;
    let signed = signed.map_err(|error| AppError::store("a worker thread ended", error))?;
    signed.map_err(|error| AppError::store("the status list could not be signed", error))
}

async fn publish(service: &Service, name: &'static str, sequence: i64, content: Vec<u8>) -> Result<bool, AppError> {
    let now = service.now();
    let published = service
        .db()
        .write(move |write| {
            let content = content.clone();
            Box::pin(async move { write.upsert_publication(name, sequence, &content, now).await })
        })
        .await;
    published.map_err(|error: db::DbError| error.into())
}

/// A published document.
///
/// # Errors
/// When the database fails.
pub async fn published(service: &Service, name: &'static str) -> Result<Option<Publication>, AppError> {
    let found = service.db().read(move |session| Box::pin(session.find_publication(name))).await;
    found.map_err(|error: db::DbError| error.into())
}

/// Adds a signer certified by the root, and publishes the trust list with it; earlier signers stay, so that issued cards
/// remain valid.
///
/// # Errors
/// When the root cannot sign or the database fails.
pub async fn add_signers(
    service: &Service,
    root: &CertifiedKey,
    mut signers: Vec<SignerRow>,
) -> Result<String, AppError> {
    for signer in &mut signers {
        // Cards and status lists say when they were signed in whole seconds (RFC 8392, 3.1.6): what a signer signs in the
        // second in which its use begins must not seem to come before it.
        signer.use_from = whole_second(signer.use_from);
    }
    let record = system::record(service, "add_signers", None, Act::SignCard, service.now())?;
    let seed = service.random();
    let added = service
        .db()
        .write(move |write| {
            let (signers, record) = (signers.clone(), record.clone());
            Box::pin(async move {
                for signer in &signers {
                    write.insert_signer(signer).await?;
                }
                write.insert_audit_record(&record, &mut ChaCha20Rng::from_seed(seed)).await
            })
        })
        .await;
    added.map_err(|error: db::DbError| AppError::from(error))?;
    publish_trust_list(service, root).await
}

/// Notes in the log that a backup was read back. With records lost since the backup (`old` is then the key that the log had)
/// the log goes on under the service's new name: nobody is told that two histories are one. Returns the size of the log.
///
/// # Errors
/// When the database fails or the head does not open with the key it had.
pub async fn note_restore(service: &Service, old: Option<VerifierKey>) -> Result<u64, AppError> {
    let action = if old.is_some() { "restore_with_loss" } else { "restore" };
    let record = system::record(service, action, None, Act::SignCard, service.now())?;
    let (seed, key) = (service.random(), service.log_key().clone());
    let done = service.db().write(move |write| {
        let (old, record, key) = (old.clone(), record.clone(), key.clone());
        Box::pin(async move {
            let size = match &old {
                Some(old) => write.rename_log(old, &key).await?,
                None => 0,
            };
            write.insert_audit_record(&record, &mut ChaCha20Rng::from_seed(seed)).await?;
            Ok::<_, LogError>(size)
        })
    });
    done.await?;
    Ok(service.db().sequence(service.log_key().clone()).await?)
}

/// The beginning of the second of a moment.
fn whole_second(moment: Timestamp) -> Timestamp {
    Timestamp::from_microseconds(moment.as_seconds().saturating_mul(1_000_000)).unwrap_or(moment)
}

/// Signs and publishes the trust list as the signers stand now; returns it as text.
///
/// # Errors
/// When the root cannot sign or the database fails.
pub async fn publish_trust_list(service: &Service, root: &CertifiedKey) -> Result<String, AppError> {
    for _ in 0..ATTEMPTS_MAX {
        let (signers, last) = service
            .db()
            .read(|session| {
                Box::pin(async move {
                    let signers = session.list_signers().await?;
                    Ok::<_, AppError>((signers, session.find_publication(TRUST_LIST).await?))
                })
            })
            .await?;
        let sequence = last.map_or(0, |last| last.sequence) + 1;
        let now = service.now();
        let list = TrustList {
            issuer: service.settings().issuer.clone(),
            sequence: u64::try_from(sequence).unwrap_or_default(),
            issued_at: now,
            next_update: now.plus_seconds(TRUST_LIST_SECONDS),
            root: root.certificate().clone(),
            signers: signers.iter().map(trusted).collect::<Result<_, _>>()?,
        };
        let text = sign_trust_list(&list, root);
        let text = text.map_err(|error| AppError::store("the trust list could not be signed", error))?;
        if publish(service, TRUST_LIST, sequence, text.clone().into_bytes()).await? {
            return Ok(text);
        }
    }
    Err(AppError::Fault("another copy of the program publishes the trust list all the time"))
}

fn trusted(row: &SignerRow) -> Result<TrustedSigner, AppError> {
    let certificate = Certificate::from_der(&row.certificate);
    let purposes = match row.purpose.as_str() {
        "cards" => vec![Purpose::Cards],
        _ => vec![Purpose::StatusList],
    };
    Ok(TrustedSigner {
        certificate: certificate.map_err(|error| AppError::store("a stored certificate is damaged", error))?,
        purposes,
        use_from: row.use_from,
        use_until: row.use_until,
        accept_until: row.accept_until,
        revoked_at: row.revoked_at,
    })
}
