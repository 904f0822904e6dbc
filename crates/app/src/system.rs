// SPDX-License-Identifier: Apache-2.0
//! Records of what the program does outside of the officers' acts: it adds a signer, it lets an account in.

use db::NewAuditRecord;
use domain::{
    access::{Act, Actor, Purpose},
    audit::{AuditRecord, Visibility},
    id::AuditRecordId,
    legal::LegalBasis,
    time::Timestamp,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};

use crate::{AppError, Service};

/// A record of something done outside of any act of an officer, resting on the provision of `act`.
///
/// # Errors
/// When the country pack has no provision in force for `act`.
pub(crate) fn record(
    service: &Service,
    action: &str,
    actor: Option<&Actor>,
    act: Act,
    now: Timestamp,
) -> Result<NewAuditRecord, AppError> {
    let today = now.date_in(service.pack().time_zone());
    let mut rng = ChaCha20Rng::from_seed(service.random());
    let basis = service.pack().basis_of(act).iter().find_map(|id| LegalBasis::cite(&**service.pack(), id, today).ok());
    let basis = basis.ok_or_else(|| AppError::Pack(format!("provision in force for {act}")))?;
    let record = AuditRecord {
        id: AuditRecordId::new(now, &mut rng),
        at: now,
        visibility: Visibility::Subject,
        action: action.to_owned(),
        result: "done".into(),
        actor: actor.map(Into::into),
        purpose: Purpose::Administration,
        object: None,
        basis: vec![basis.stored_form()],
        subjects: Vec::new(),
        details: Vec::new(),
        rows: Vec::new(),
        request: domain::id::new_uuid(now, &mut rng),
    };
    Ok(NewAuditRecord { record, subjects: Vec::new(), details: Vec::new() })
}
