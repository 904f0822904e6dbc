// SPDX-License-Identifier: Apache-2.0
//! Certificates (X.509 v3, RFC 5280) of the offline root and of the signers: making them, reading them, checking them.

use std::{fmt, str::FromStr, time::Duration};

use domain::time::Timestamp;
use p256::{
    ecdsa::{DerSignature, Signature, VerifyingKey, signature::Keypair},
    pkcs8::{DecodePublicKey, EncodePublicKey},
};
use rand_core::Rng;
use sha2::{Digest, Sha256};
use x509_cert::{
    builder::{self, Builder, CertificateBuilder, profile::BuilderProfile},
    certificate::TbsCertificate,
    der::{Decode, Encode, asn1::BitString, flagset::FlagSet},
    ext::{
        Extension, ToExtension,
        pkix::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier},
    },
    name::Name,
    serial_number::SerialNumber,
    spki::{
        self, AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier, ObjectIdentifier, SubjectPublicKeyInfo,
        SubjectPublicKeyInfoRef,
    },
    time::{Time, Validity},
};

use crate::key::{KeyId, PublicKey, SignError, Signer, SigningKey};

/// Bytes of a certificate that are read; ours have about 450.
const CERTIFICATE_BYTES_MAX: usize = 4 * 1024;
/// Random bytes of a serial number (RFC 5280 section 4.1.2.2 allows 20; the first bit stays zero).
const SERIAL_BYTES: usize = 16;
/// ecdsa-with-SHA256 (RFC 5758 section 3.2).
const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// Why a certificate was not made or not accepted.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The name of the holder is no X.501 name.
    #[error("not a name such as CN=Root,O=Authority,C=AZ")]
    InvalidSubject,
    /// The end of validity is before its start, or outside what a certificate can say.
    #[error("the validity of the certificate is not possible")]
    InvalidValidity,
    /// Not a certificate in DER with a P-256 key and an ES256 signature.
    #[error("not a certificate with a P-256 key")]
    Malformed,
    /// The issuer is not a certificate authority, or its name differs.
    #[error("the certificate was not issued by this authority")]
    WrongIssuer,
    /// The signature of the issuer does not match.
    #[error("the signature on the certificate does not match")]
    BadSignature,
    /// The certificate outlives its issuer or begins before it.
    #[error("the certificate is valid outside the validity of its issuer")]
    OutsideIssuerValidity,
    /// The root could not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// Whom a certificate names and how long it holds.
#[derive(Debug, Clone)]
pub struct CertificateTerms {
    /// X.501 name, most specific part first, such as `CN=Card signer 2026-1,O=Migration Service,C=AZ`.
    pub subject: String,
    /// First second of validity.
    pub not_before: Timestamp,
    /// Last second of validity.
    pub not_after: Timestamp,
}

/// A certificate that has been read: DER, strict, with a P-256 key.
#[derive(Clone)]
pub struct Certificate {
    der: Vec<u8>,
    key_id: KeyId,
    parsed: x509_cert::Certificate,
    public_key: PublicKey,
}

impl Certificate {
    /// Makes the self-signed certificate of a root.
    ///
    /// # Errors
    /// A wrong name or validity.
    pub fn issue_root(key: &SigningKey, terms: &CertificateTerms, rng: &mut dyn Rng) -> Result<Self, CertificateError> {
        let subject = name(&terms.subject)?;
        let profile = Profile { issuer: subject.clone(), subject, role: Role::Root };
        issue(profile, &key.public_key(), terms, rng, &key.public_key(), &|message| Ok(key.sign(message)))
    }

    /// Makes the certificate of a signer. The root signs it: its key must be at hand, which is the only use of it
    /// besides the trust list.
    ///
    /// # Errors
    /// A wrong name, a validity outside that of the root, a root that cannot sign.
    pub fn issue_signer(
        root: &dyn Signer,
        root_certificate: &Self,
        key: &PublicKey,
        terms: &CertificateTerms,
        rng: &mut dyn Rng,
    ) -> Result<Self, CertificateError> {
        let issuer = root_certificate.parsed.tbs_certificate().subject().clone();
        let profile = Profile { issuer, subject: name(&terms.subject)?, role: Role::Signer };
        let certificate =
            issue(profile, key, terms, rng, root_certificate.public_key(), &|message| root.sign(message))?;
        certificate.check_issuer(root_certificate)?;
        Ok(certificate)
    }

    /// Reads a certificate in DER.
    ///
    /// # Errors
    /// [`CertificateError::Malformed`].
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > CERTIFICATE_BYTES_MAX {
            return Err(CertificateError::Malformed);
        }
        let malformed = |_| CertificateError::Malformed;
        let parsed = x509_cert::Certificate::from_der(der).map_err(malformed)?;
        let tbs = parsed.tbs_certificate();
        if parsed.signature_algorithm().oid != ECDSA_WITH_SHA256
            || tbs.signature() != parsed.signature_algorithm()
            || parsed.to_der().map_err(malformed)? != der
        {
            return Err(CertificateError::Malformed);
        }
        let spki = tbs.subject_public_key_info().to_der().map_err(malformed)?;
        let key = VerifyingKey::from_public_key_der(&spki).map_err(|_| CertificateError::Malformed)?;
        let public_key = PublicKey::from_verifying_key(key);
        Ok(Self { der: der.to_vec(), key_id: KeyId::of_certificate(der), parsed, public_key })
    }

    /// The certificate in DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The first eight bytes of the SHA-256 of the DER.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// The SHA-256 of the DER, for pinning a root.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(&self.der).into()
    }

    /// The certified key.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The name of the holder.
    pub fn subject(&self) -> String {
        self.parsed.tbs_certificate().subject().to_string()
    }

    /// First second of validity.
    pub fn not_before(&self) -> Timestamp {
        moment(self.parsed.tbs_certificate().validity().not_before)
    }

    /// Last second of validity.
    pub fn not_after(&self) -> Timestamp {
        moment(self.parsed.tbs_certificate().validity().not_after)
    }

    /// Whether the certificate may issue others (basic constraints, RFC 5280 section 4.2.1.9).
    pub fn is_authority(&self) -> bool {
        let constraints = self.parsed.tbs_certificate().get_extension::<BasicConstraints>();
        matches!(constraints, Ok(Some((_, BasicConstraints { ca: true, .. }))))
    }

    /// Checks that an authority issued this certificate: name, signature and validity inside the authority's own.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check_issuer(&self, issuer: &Self) -> Result<(), CertificateError> {
        let tbs = self.parsed.tbs_certificate();
        if !issuer.is_authority() || tbs.issuer() != issuer.parsed.tbs_certificate().subject() {
            return Err(CertificateError::WrongIssuer);
        }
        let signature = self.parsed.signature().as_bytes().ok_or(CertificateError::Malformed)?;
        let signature = Signature::from_der(signature).map_err(|_| CertificateError::Malformed)?;
        let message = tbs.to_der().map_err(|_| CertificateError::Malformed)?;
        let signed = issuer.public_key.verify(&message, &signature.to_bytes().into());
        signed.map_err(|_| CertificateError::BadSignature)?;
        if self.not_before() < issuer.not_before() || self.not_after() > issuer.not_after() {
            return Err(CertificateError::OutsideIssuerValidity);
        }
        Ok(())
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, {})", self.key_id(), self.subject())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Root,
    Signer,
}

/// What goes into a certificate besides key, serial number and validity.
struct Profile {
    issuer: Name,
    subject: Name,
    role: Role,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        issuer_key: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        let (constraints, usages) = match self.role {
            Role::Root => (
                BasicConstraints { ca: true, path_len_constraint: Some(0) },
                KeyUsages::KeyCertSign | KeyUsages::CRLSign | KeyUsages::DigitalSignature,
            ),
            Role::Signer => {
                (BasicConstraints { ca: false, path_len_constraint: None }, FlagSet::from(KeyUsages::DigitalSignature))
            }
        };
        let authority = SubjectKeyIdentifier::try_from(issuer_key)?;
        let authority = AuthorityKeyIdentifier { key_identifier: Some(authority.0), ..Default::default() };
        Ok(vec![
            constraints.to_extension(tbs.subject(), &[])?,
            KeyUsage(usages).to_extension(tbs.subject(), &[])?,
            SubjectKeyIdentifier::try_from(key)?.to_extension(tbs.subject(), &[])?,
            authority.to_extension(tbs.subject(), &[])?,
        ])
    }
}

/// What the certificate builder asks of a signer, without the private key.
struct IssuerKey(VerifyingKey);

impl Keypair for IssuerKey {
    type VerifyingKey = VerifyingKey;

    fn verifying_key(&self) -> VerifyingKey {
        self.0
    }
}

impl DynSignatureAlgorithmIdentifier for IssuerKey {
    fn signature_algorithm_identifier(&self) -> spki::Result<AlgorithmIdentifierOwned> {
        Ok(AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA256, parameters: None })
    }
}

type Sign<'a> = dyn Fn(&[u8]) -> Result<[u8; 64], SignError> + 'a;

fn issue(
    profile: Profile,
    key: &PublicKey,
    terms: &CertificateTerms,
    rng: &mut dyn Rng,
    issuer_key: &PublicKey,
    sign: &Sign<'_>,
) -> Result<Certificate, CertificateError> {
    if terms.not_after < terms.not_before {
        return Err(CertificateError::InvalidValidity);
    }
    let malformed = |_| CertificateError::Malformed;
    let validity = Validity::new(time(terms.not_before)?, time(terms.not_after)?);
    let mut serial = [0; SERIAL_BYTES];
    rng.fill_bytes(&mut serial);
    serial[0] = serial[0] & 0x7f | 0x40;
    let serial = SerialNumber::new(&serial).map_err(|_| CertificateError::Malformed)?;
    let spki = key.as_verifying_key().to_public_key_der().map_err(|_| CertificateError::Malformed)?;
    let spki = SubjectPublicKeyInfo::from_der(spki.as_bytes()).map_err(|_| CertificateError::Malformed)?;
    let issuer_key = IssuerKey(*issuer_key.as_verifying_key());
    let mut builder = CertificateBuilder::new(profile, serial, validity, spki).map_err(malformed)?;
    let message = builder.finalize(&issuer_key).map_err(malformed)?;
    let signature = Signature::from_slice(&sign(&message)?).map_err(|_| CertificateError::BadSignature)?;
    let signature: DerSignature = signature.to_der();
    let signature = BitString::from_bytes(signature.as_bytes()).map_err(|_| CertificateError::Malformed)?;
    let certificate = builder.assemble(signature, &issuer_key).map_err(malformed)?;
    Certificate::from_der(&certificate.to_der().map_err(|_| CertificateError::Malformed)?)
}

fn name(text: &str) -> Result<Name, CertificateError> {
    if text.is_empty() {
        return Err(CertificateError::InvalidSubject);
    }
    Name::from_str(text).map_err(|_| CertificateError::InvalidSubject)
}

fn time(moment: Timestamp) -> Result<Time, CertificateError> {
    let seconds = u64::try_from(moment.as_seconds()).map_err(|_| CertificateError::InvalidValidity)?;
    let time = x509_cert::der::DateTime::from_unix_duration(Duration::from_secs(seconds));
    time.map(Time::from).map_err(|_| CertificateError::InvalidValidity)
}

fn moment(time: Time) -> Timestamp {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_microseconds(0).expect("the epoch is a moment").plus_seconds(seconds)
}
