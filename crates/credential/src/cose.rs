// SPDX-License-Identifier: Apache-2.0
//! A signed message: COSE_Sign1 (RFC 9052 section 4.2) with ES256, tag 18, all headers protected.

use crate::{
    cbor::{self, CborError, Value},
    key::{BadSignature, KeyId, PublicKey, SignError, Signer},
};

/// CBOR tag of COSE_Sign1.
const TAG_SIGN1: u64 = 18;
/// Header label of the algorithm.
const HEADER_ALGORITHM: i128 = 1;
/// Header label of the key identifier.
const HEADER_KEY_ID: i128 = 4;
/// Header label of the type of the message (RFC 9596).
const HEADER_TYPE: i128 = 16;
/// ECDSA with SHA-256 on P-256 (RFC 9053 section 2.1).
const ALGORITHM_ES256: i128 = -7;

/// Why bytes are no acceptable signed message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CoseError {
    /// The bytes are no acceptable CBOR.
    #[error("the message is no acceptable CBOR: {0}")]
    Cbor(#[from] CborError),
    /// It is not a tagged COSE_Sign1 with a payload and a signature of 64 bytes.
    #[error("not a signed message (COSE_Sign1)")]
    NotSign1,
    /// The algorithm is not ES256, or not protected by the signature.
    #[error("the signature algorithm is not ES256")]
    WrongAlgorithm,
    /// There is no key identifier of eight bytes in the protected header.
    #[error("the message does not name its signer")]
    NoKeyId,
    /// The message is of another kind.
    #[error("the message is of another type")]
    WrongType,
}

/// A message that has been read, with a signature that has not been checked.
pub(crate) struct Sign1 {
    pub(crate) key_id: KeyId,
    payload: Vec<u8>,
    protected: Vec<u8>,
    signature: [u8; 64],
}

impl Sign1 {
    /// The payload, if this key signed it.
    pub(crate) fn verified_payload(&self, key: &PublicKey) -> Result<&[u8], BadSignature> {
        key.verify(&to_be_signed(&self.protected, &self.payload), &self.signature)?;
        Ok(&self.payload)
    }
}

/// Signs a payload. `kind` goes into the `typ` header where the format wants one.
pub(crate) fn sign(payload: &Value, kind: Option<&str>, signer: &dyn Signer) -> Result<Vec<u8>, SignError> {
    let mut header = vec![
        (Value::integer(HEADER_ALGORITHM), Value::integer(ALGORITHM_ES256)),
        (Value::integer(HEADER_KEY_ID), Value::Bytes(signer.key_id().as_bytes().to_vec())),
    ];
    header.extend(kind.map(|kind| (Value::integer(HEADER_TYPE), Value::text(kind))));
    let protected = cbor::encode(&Value::Map(header));
    let payload = cbor::encode(payload);
    let signature = signer.sign(&to_be_signed(&protected, &payload))?;
    let parts =
        vec![Value::Bytes(protected), Value::Map(Vec::new()), Value::Bytes(payload), Value::Bytes(signature.to_vec())];
    Ok(cbor::encode(&Value::Tag(TAG_SIGN1, Box::new(Value::Array(parts)))))
}

/// Reads a message of a kind. An unprotected header is refused, because the signature would not cover it.
pub(crate) fn read(bytes: &[u8], kind: Option<&str>) -> Result<Sign1, CoseError> {
    let Value::Tag(TAG_SIGN1, message) = cbor::decode(bytes)? else { return Err(CoseError::NotSign1) };
    let Value::Array(parts) = *message else { return Err(CoseError::NotSign1) };
    let Ok([Value::Bytes(protected), Value::Map(unprotected), Value::Bytes(payload), Value::Bytes(signature)]) =
        <[Value; 4]>::try_from(parts)
    else {
        return Err(CoseError::NotSign1);
    };
    let signature = <[u8; 64]>::try_from(signature).map_err(|_| CoseError::NotSign1)?;
    let header = cbor::decode(&protected)?;
    if header.get(HEADER_ALGORITHM) != Some(&Value::integer(ALGORITHM_ES256)) {
        return Err(CoseError::WrongAlgorithm);
    }
    if !unprotected.is_empty() {
        return Err(CoseError::NotSign1);
    }
    if header.get(HEADER_TYPE).map(Value::as_text) != kind.map(Some) {
        return Err(CoseError::WrongType);
    }
    let key_id = header.get(HEADER_KEY_ID).and_then(Value::as_bytes).and_then(|bytes| bytes.try_into().ok());
    let key_id = KeyId::new(key_id.ok_or(CoseError::NoKeyId)?);
    Ok(Sign1 { key_id, payload, protected, signature })
}

/// What the signature covers: the Sig_structure of RFC 9052 section 4.4, without external data.
fn to_be_signed(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    cbor::encode(&Value::Array(vec![
        Value::text("Signature1"),
        Value::Bytes(protected.to_vec()),
        Value::Bytes(Vec::new()),
        Value::Bytes(payload.to_vec()),
    ]))
}
