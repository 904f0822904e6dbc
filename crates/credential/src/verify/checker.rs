// SPDX-License-Identifier: Apache-2.0
//! The check itself: limits, alphabet, compression, message, signer, signature, dates, status; in this order.

use domain::time::Timestamp;

use super::verdict::{CardView, Malformed, Reason, SignerProblem, StatusDoubt, Verdict};
use crate::{
    card::{self, CardClaims},
    key::KeyId,
    status::{Status, StatusListError, StatusToken, TokenError, decode_token},
    trust::{Purpose, TrustList, TrustedSigner},
    zlib::ZlibError,
};

/// A trust list and the status lists at hand, opened once for many checks.
pub struct Checker<'a> {
    trust: &'a TrustList,
    tokens: Vec<Result<(KeyId, StatusToken), StatusDoubt>>,
}

/// Checks the text of a card's QR code at a moment, with the status list at hand, if any.
pub fn verify_text(text: &str, trust: &TrustList, status_token: Option<&[u8]>, at: Timestamp) -> Verdict {
    Checker::new(trust, status_token).check(text, at)
}

impl<'a> Checker<'a> {
    /// Opens the status lists. One that cannot be used is remembered with the reason.
    pub fn new<'t>(trust: &'a TrustList, status_tokens: impl IntoIterator<Item = &'t [u8]>) -> Self {
        Self { trust, tokens: status_tokens.into_iter().map(|bytes| open_token(trust, bytes)).collect() }
    }

    /// Checks the text of a card's QR code at a moment.
    pub fn check(&self, text: &str, at: Timestamp) -> Verdict {
        match self.genuine_card(text, at) {
            Ok((claims, signer)) => self.with_status(claims, signer, at),
            Err(reason) => Verdict::NotValid(reason),
        }
    }

    /// The card, if a signer that counts signed it and it is in its time.
    fn genuine_card(&self, text: &str, at: Timestamp) -> Result<(CardClaims, KeyId), Reason> {
        // Scanners end what they read with a line break.
        let text = text.trim_end_matches(['\r', '\n']);
        let opened = card::open(text).map_err(|error| Reason::Malformed(error.into()))?;
        let message = opened.message;
        let signer = trusted(self.trust, message.key_id, Purpose::Cards).map_err(Reason::UnknownSigner)?;
        accepted(signer, at).map_err(Reason::UnknownSigner)?;
        let payload = message.verified_payload(signer.certificate.public_key()).map_err(|_| Reason::Forged)?;
        if !opened.is_own_form {
            return Err(Reason::Malformed(Malformed::Compression(ZlibError::OtherForm)));
        }
        let claims = card::from_payload(payload).map_err(|error| Reason::Malformed(Malformed::Claims(error)))?;
        if !signer.was_in_use_at(claims.issued_at) {
            return Err(Reason::UnknownSigner(SignerProblem::OutsideUse));
        }
        if at < claims.not_before {
            return Err(Reason::NotYetValid);
        }
        if at >= claims.expires_at {
            return Err(Reason::Expired);
        }
        Ok((claims, message.key_id))
    }

    fn with_status(&self, claims: CardClaims, signer: KeyId, at: Timestamp) -> Verdict {
        let token = self.token_of(&claims);
        let status_as_of = token.as_ref().ok().map(|(_, token)| token.claims.issued_at);
        let status = token.and_then(|(key_id, token)| self.status(&claims, *key_id, token, at));
        let view = CardView { claims, signer, status_as_of };
        match status {
            Ok(Status::Invalid) => Verdict::NotValid(Reason::Revoked),
            Ok(Status::Suspended) => Verdict::NotValid(Reason::Suspended),
            Ok(Status::Valid) if at >= self.trust.next_update => {
                let age_seconds = at.as_seconds() - self.trust.issued_at.as_seconds();
                Verdict::ValidSignatureStatusOld { view, doubt: StatusDoubt::OldTrustList { age_seconds } }
            }
            Ok(Status::Valid) => Verdict::Valid(view),
            Err(doubt) => Verdict::ValidSignatureStatusOld { view, doubt },
        }
    }

    /// The newest token that speaks of the card's list; else why there is none.
    fn token_of(&self, claims: &CardClaims) -> Result<&(KeyId, StatusToken), StatusDoubt> {
        let opened = self.tokens.iter().flatten();
        let of_this_list = opened.filter(|(_, token)| token.claims.subject == claims.status.uri);
        let problem = || match self.tokens.iter().find_map(|token| token.as_ref().err()) {
            Some(doubt) => *doubt,
            None if self.tokens.is_empty() => StatusDoubt::NoList,
            None => StatusDoubt::OtherList,
        };
        of_this_list.max_by_key(|(_, token)| token.claims.issued_at).ok_or_else(problem)
    }

    fn status(
        &self,
        claims: &CardClaims,
        key_id: KeyId,
        token: &StatusToken,
        at: Timestamp,
    ) -> Result<Status, StatusDoubt> {
        let signer = trusted(self.trust, key_id, Purpose::StatusList).map_err(StatusDoubt::UnknownSigner)?;
        accepted(signer, at).map_err(StatusDoubt::UnknownSigner)?;
        if !signer.was_in_use_at(token.claims.issued_at) {
            return Err(StatusDoubt::UnknownSigner(SignerProblem::OutsideUse));
        }
        let listed = token.list.get(claims.status.index as usize).map_err(|error| match error {
            StatusListError::OutOfRange => StatusDoubt::NotInList,
            _ => StatusDoubt::UnknownStatus,
        });
        // Nothing undoes a revocation, so an old list or a wrong clock does not make it doubtful.
        if listed == Ok(Status::Invalid) {
            return listed;
        }
        let age_seconds = at.as_seconds() - token.claims.issued_at.as_seconds();
        if age_seconds < 0 {
            return Err(StatusDoubt::ClockBehind { seconds: -age_seconds });
        }
        if at >= token.claims.expires_at {
            return Err(StatusDoubt::ExpiredList { age_seconds });
        }
        listed
    }
}

fn open_token(trust: &TrustList, bytes: &[u8]) -> Result<(KeyId, StatusToken), StatusDoubt> {
    let signed = decode_token(bytes).map_err(|_| StatusDoubt::MalformedList)?;
    let signer = trusted(trust, signed.key_id(), Purpose::StatusList).map_err(StatusDoubt::UnknownSigner)?;
    let token = signed.verify(signer.certificate.public_key()).map_err(|error| match error {
        TokenError::BadSignature(_) => StatusDoubt::ForgedList,
        _ => StatusDoubt::MalformedList,
    })?;
    Ok((signed.key_id(), token))
}

fn trusted(trust: &TrustList, key_id: KeyId, purpose: Purpose) -> Result<&TrustedSigner, SignerProblem> {
    let signer = trust.signer(key_id).ok_or(SignerProblem::NotListed)?;
    if signer.may_sign(purpose) { Ok(signer) } else { Err(SignerProblem::WrongPurpose) }
}

fn accepted(signer: &TrustedSigner, at: Timestamp) -> Result<(), SignerProblem> {
    if signer.revoked_at.is_some_and(|revoked_at| revoked_at <= at) {
        return Err(SignerProblem::Revoked);
    }
    if at > signer.accept_until { Err(SignerProblem::NoLongerAccepted) } else { Ok(()) }
}
