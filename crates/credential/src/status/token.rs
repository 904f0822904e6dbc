// SPDX-License-Identifier: Apache-2.0
//! The signed list: a CBOR Web Token in COSE_Sign1 (Token Status List section 5.2).

use domain::time::Timestamp;

use super::list::{StatusList, StatusListError};
use crate::{
    card::{ClaimsError, moment},
    cbor::{self, CborError, Value},
    cose::{self, CoseError, Sign1},
    key::{BadSignature, KeyId, PublicKey, SignError, Signer},
};

/// Bytes of a token that are read. A full list of which one card in ten is revoked has about 180 KB.
pub const STATUS_TOKEN_BYTES_MAX: usize = 1 << 20;

const TYPE: &str = "application/statuslist+cwt";
const CLAIM_SUBJECT: i128 = 2;
const CLAIM_EXPIRES_AT: i128 = 4;
const CLAIM_ISSUED_AT: i128 = 6;
const CLAIM_STATUS_LIST: i128 = 65_533;
const CLAIM_TTL: i128 = 65_534;

/// What a token says besides the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusTokenClaims {
    /// Address of the list; equals the `uri` on the cards (`sub`).
    pub subject: String,
    /// When the list was signed (`iat`).
    pub issued_at: Timestamp,
    /// From when on the list must not be relied on (`exp`).
    pub expires_at: Timestamp,
    /// Seconds after which a checker should ask for a newer list (`ttl`).
    pub ttl_seconds: u32,
}

/// A token whose signature was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusToken {
    /// What it says.
    pub claims: StatusTokenClaims,
    /// The list.
    pub list: StatusList,
}

/// A token that was read, with a signature that has not been checked.
pub struct SignedStatusToken(Sign1);

/// Why bytes are no acceptable token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// More bytes than any list.
    #[error("the status list token has more than {STATUS_TOKEN_BYTES_MAX} bytes")]
    TooLarge,
    /// Not a signed message of this type.
    #[error(transparent)]
    Cose(#[from] CoseError),
    /// The key did not sign it.
    #[error(transparent)]
    BadSignature(#[from] BadSignature),
    /// A claim is missing or not possible.
    #[error(transparent)]
    Claims(#[from] ClaimsError),
    /// The list is damaged.
    #[error(transparent)]
    List(#[from] StatusListError),
}

impl From<CborError> for TokenError {
    fn from(error: CborError) -> Self {
        Self::Claims(error.into())
    }
}

/// Signs a list.
///
/// # Errors
/// A signer that cannot sign.
pub fn encode_token(list: &StatusList, claims: &StatusTokenClaims, signer: &dyn Signer) -> Result<Vec<u8>, SignError> {
    let status_list = Value::Map(vec![
        (Value::text("bits"), Value::integer(list.bits())),
        (Value::text("lst"), Value::Bytes(list.to_zlib())),
    ]);
    let pairs = [
        (CLAIM_SUBJECT, Value::text(&claims.subject)),
        (CLAIM_EXPIRES_AT, Value::integer(claims.expires_at.as_seconds())),
        (CLAIM_ISSUED_AT, Value::integer(claims.issued_at.as_seconds())),
        (CLAIM_TTL, Value::integer(claims.ttl_seconds)),
        (CLAIM_STATUS_LIST, status_list),
    ];
    let token = Value::Map(pairs.into_iter().map(|(key, value)| (Value::Integer(key), value)).collect());
    cose::sign(&token, Some(TYPE), signer)
}

/// Reads a token. Nothing is inflated before its signature has been checked by [`SignedStatusToken::verify`].
///
/// # Errors
/// Too many bytes, or not a signed message of this type.
pub fn decode_token(bytes: &[u8]) -> Result<SignedStatusToken, TokenError> {
    if bytes.len() > STATUS_TOKEN_BYTES_MAX {
        return Err(TokenError::TooLarge);
    }
    Ok(SignedStatusToken(cose::read(bytes, Some(TYPE))?))
}

impl SignedStatusToken {
    /// The key that the token says has signed it.
    pub fn key_id(&self) -> KeyId {
        self.0.key_id
    }

    /// The claims and the list, if this key signed them.
    ///
    /// # Errors
    /// A signature that does not match, claims that are missing, a damaged list.
    pub fn verify(&self, key: &PublicKey) -> Result<StatusToken, TokenError> {
        let token = cbor::decode(self.0.verified_payload(key)?)?;
        let missing = |what| TokenError::Claims(ClaimsError::Field(what));
        let subject = token.get(CLAIM_SUBJECT).and_then(Value::as_text).ok_or(missing("the subject"))?;
        let ttl = token.get(CLAIM_TTL).map_or(Some(0), Value::as_integer).ok_or(missing("the time to live"))?;
        let claims = StatusTokenClaims {
            subject: subject.to_owned(),
            issued_at: moment(&token, CLAIM_ISSUED_AT, "the moment of signing")?,
            expires_at: moment(&token, CLAIM_EXPIRES_AT, "the end of validity")?,
            ttl_seconds: ttl,
        };
        let list = token.get(CLAIM_STATUS_LIST).ok_or(missing("the status list"))?;
        let bits = list.get_text("bits").and_then(Value::as_integer).ok_or(missing("the number of bits"))?;
        let pressed = list.get_text("lst").and_then(Value::as_bytes).ok_or(missing("the list"))?;
        Ok(StatusToken { claims, list: StatusList::from_zlib(bits, pressed)? })
    }
}

impl std::fmt::Debug for SignedStatusToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignedStatusToken(by {})", self.key_id())
    }
}
