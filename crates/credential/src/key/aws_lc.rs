// SPDX-License-Identifier: Apache-2.0
//! The faster implementation of the same signatures, by AWS-LC; only with the feature `aws-lc`.
//!
//! AWS-LC draws a fresh nonce from the system for each signature, so two signatures of one message differ; both verify.
//! A site that wants the same bytes for the same card signs with [`CertifiedKey`](super::CertifiedKey).

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, UnparsedPublicKey},
};

use super::{BadSignature, CertifiedKey, KeyError, KeyId, SignError, Signer};

/// A certified key that signs with AWS-LC.
pub struct AwsLcKey {
    key: EcdsaKeyPair,
    key_id: KeyId,
}

impl AwsLcKey {
    /// Takes over a certified key.
    ///
    /// # Errors
    /// [`KeyError::InvalidPrivateKey`] if AWS-LC does not accept the key.
    pub fn new(certified: &CertifiedKey) -> Result<Self, KeyError> {
        let der = certified.signing_key().to_pkcs8_der();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der)
            .map_err(|_| KeyError::InvalidPrivateKey)?;
        Ok(Self { key, key_id: certified.key_id() })
    }
}

impl Signer for AwsLcKey {
    fn key_id(&self) -> KeyId {
        self.key_id
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        let failed = || SignError { reason: "AWS-LC refused".to_owned() };
        let signature = self.key.sign(&SystemRandom::new(), message).map_err(|_| failed())?;
        signature.as_ref().try_into().map_err(|_| failed())
    }
}

pub(super) fn verify(point: &[u8], message: &[u8], signature: &[u8; 64]) -> Result<(), BadSignature> {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).map_err(|_| BadSignature)
}
