// SPDX-License-Identifier: Apache-2.0
//! Keys: P-256 with ES256 (ECDSA with SHA-256, FIPS 186-5), behind a trait so that an HSM can hold them.

#[cfg(feature = "aws-lc")]
mod aws_lc;

use std::{fmt, str::FromStr};

#[cfg(feature = "aws-lc")]
pub use aws_lc::AwsLcKey;
use p256::{
    ecdsa::{
        Signature, VerifyingKey,
        signature::{Signer as _, Verifier as _},
    },
    pkcs8::{DecodePrivateKey, EncodePrivateKey},
};
use rand_core::Rng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::certificate::Certificate;

/// Draws for a key before giving up; one draw fails with a probability of 2⁻³².
const DRAWS_MAX: usize = 64;

/// The first eight bytes of the SHA-256 of a signer's certificate (DER); sixteen hexadecimal digits as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 8]);

/// A text that is no key identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key identifier is sixteen hexadecimal digits")]
pub struct InvalidKeyId;

/// Why a message was not signed.
#[derive(Debug, thiserror::Error)]
#[error("the signer cannot sign: {reason}")]
pub struct SignError {
    /// What the signer said; no personal value.
    pub reason: String,
}

/// A signature that this key did not make over this message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not match")]
pub struct BadSignature;

/// Why bytes are no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a P-256 private key in PKCS#8 (RFC 5958).
    #[error("not a P-256 private key in PKCS#8")]
    InvalidPrivateKey,
    /// Not a point of P-256 in SEC 1 form.
    #[error("not a P-256 public key")]
    InvalidPublicKey,
    /// The key and the certificate do not belong together.
    #[error("the certificate is not of this key")]
    CertificateMismatch,
}

/// Whoever can sign with one certified key: a key in memory, in a file, in an HSM.
pub trait Signer: Send + Sync {
    /// Which certificate the key belongs to.
    fn key_id(&self) -> KeyId;

    /// ES256 over the message (not over its hash): r and s, 32 bytes each, as COSE and JOSE carry them.
    ///
    /// # Errors
    /// The key cannot be used now, for instance because the HSM is gone.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError>;
}

impl KeyId {
    /// The identifier with these bytes.
    pub fn new(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// The identifier of a certificate in DER.
    pub fn of_certificate(der: &[u8]) -> Self {
        let digest: [u8; 32] = Sha256::digest(der).into();
        let [a, b, c, d, e, f, g, h, ..] = digest;
        Self([a, b, c, d, e, f, g, h])
    }

    /// The eight bytes.
    pub fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for KeyId {
    type Err = InvalidKeyId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 16 || !text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(InvalidKeyId);
        }
        u64::from_str_radix(text, 16).map(|number| Self(number.to_be_bytes())).map_err(|_| InvalidKeyId)
    }
}

/// A private key on P-256, wiped from memory when dropped.
///
/// Signatures are deterministic (RFC 6979): the same message and key give the same bytes, and no bad randomness can
/// betray the key.
pub struct SigningKey(p256::ecdsa::SigningKey);

impl SigningKey {
    /// Draws a key. The source of randomness must be fit for keys.
    ///
    /// # Panics
    /// A source that gives no usable key in 64 draws, which is a broken one.
    pub fn generate(rng: &mut dyn Rng) -> Self {
        for _ in 0..DRAWS_MAX {
            let mut scalar = Zeroizing::new([0; 32]);
            rng.fill_bytes(scalar.as_mut());
            if let Ok(key) = p256::ecdsa::SigningKey::from_slice(scalar.as_ref()) {
                return Self(key);
            }
        }
        panic!("a source of randomness that never gives a number below the order of P-256 is broken")
    }

    /// The key in PKCS#8 (DER, unencrypted), wiped when dropped.
    pub fn to_pkcs8_der(&self) -> Zeroizing<Vec<u8>> {
        self.0.to_pkcs8_der().expect("a P-256 key always has a PKCS#8 form").to_bytes()
    }

    /// Reads a key in PKCS#8 (DER, unencrypted).
    ///
    /// # Errors
    /// [`KeyError::InvalidPrivateKey`].
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        p256::ecdsa::SigningKey::from_pkcs8_der(der).map(Self).map_err(|_| KeyError::InvalidPrivateKey)
    }

    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(*self.0.verifying_key())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        let signature: Signature = self.0.sign(message);
        signature.to_bytes().into()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// A private key together with its certificate: the signer that a small site and the tests use.
#[derive(Debug)]
pub struct CertifiedKey {
    key: SigningKey,
    certificate: Certificate,
}

impl CertifiedKey {
    /// Joins a key and its certificate.
    ///
    /// # Errors
    /// [`KeyError::CertificateMismatch`] if the certificate is of another key.
    pub fn new(key: SigningKey, certificate: Certificate) -> Result<Self, KeyError> {
        if key.public_key() == *certificate.public_key() {
            Ok(Self { key, certificate })
        } else {
            Err(KeyError::CertificateMismatch)
        }
    }

    /// The certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The private key, for storing it encrypted.
    pub fn signing_key(&self) -> &SigningKey {
        &self.key
    }
}

impl Signer for CertifiedKey {
    fn key_id(&self) -> KeyId {
        self.certificate.key_id()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        Ok(self.key.sign(message))
    }
}

/// A public key on P-256.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads a point in SEC 1 form, compressed (33 bytes) or not (65 bytes).
    ///
    /// # Errors
    /// [`KeyError::InvalidPublicKey`].
    pub fn from_sec1_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        VerifyingKey::from_sec1_bytes(bytes).map(Self).map_err(|_| KeyError::InvalidPublicKey)
    }

    /// The point in uncompressed SEC 1 form, 65 bytes.
    pub fn to_sec1_bytes(&self) -> Box<[u8]> {
        self.0.to_sec1_point(false).as_bytes().into()
    }

    /// Checks an ES256 signature (r and s, 32 bytes each) over a message.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), BadSignature> {
        #[cfg(feature = "aws-lc")]
        return aws_lc::verify(&self.to_sec1_bytes(), message, signature);
        #[cfg(not(feature = "aws-lc"))]
        self.verify_purely(message, signature)
    }

    #[cfg_attr(feature = "aws-lc", expect(dead_code, reason = "the faster implementation takes its place"))]
    fn verify_purely(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), BadSignature> {
        let signature = Signature::from_slice(signature).map_err(|_| BadSignature)?;
        self.0.verify(message, &signature).map_err(|_| BadSignature)
    }

    pub(crate) fn as_verifying_key(&self) -> &VerifyingKey {
        &self.0
    }

    pub(crate) fn from_verifying_key(key: VerifyingKey) -> Self {
        Self(key)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicKey(P-256)")
    }
}
