// SPDX-License-Identifier: Apache-2.0
//! Whom a checker trusts: the list of signers, what each may sign, when, and until when that counts; signed by the root.
//!
//! A new signer is a new entry; what earlier signers signed stays valid as long as their entries say so.

mod document;

pub use document::{TRUST_BYTES_MAX, sign_trust_list};
use domain::time::Timestamp;

use crate::{
    certificate::{Certificate, CertificateError},
    key::{KeyId, SignError},
};

/// Signers in one list: two purposes, two new signers a year, kept for twenty years, and room.
pub const SIGNERS_MAX: usize = 256;

/// What a signer may sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Cards.
    Cards,
    /// Status lists.
    StatusList,
}

/// A signer and what it is trusted with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedSigner {
    /// Its certificate, issued by the root.
    pub certificate: Certificate,
    /// What it may sign.
    pub purposes: Vec<Purpose>,
    /// First moment at which it signs.
    pub use_from: Timestamp,
    /// Last moment at which it signs.
    pub use_until: Timestamp,
    /// Last moment at which anything it signed is accepted: the end of its last card, and some months.
    pub accept_until: Timestamp,
    /// From when nothing it signed is accepted any more, because the key was lost or stolen.
    pub revoked_at: Option<Timestamp>,
}

/// The list of trusted signers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustList {
    /// The authority that keeps the list.
    pub issuer: String,
    /// Grows by one with each list; a checker keeps the larger.
    pub sequence: u64,
    /// When the list was signed.
    pub issued_at: Timestamp,
    /// When the next list is due; from then on a checker must say that its list is old.
    pub next_update: Timestamp,
    /// The root's certificate.
    pub root: Certificate,
    /// The signers.
    pub signers: Vec<TrustedSigner>,
}

/// Why a trust list was not signed or not opened.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// More bytes than any list.
    #[error("the trust list has more than {TRUST_BYTES_MAX} bytes")]
    TooLarge,
    /// Not a signed JSON document of this form.
    #[error("the trust list is malformed: {0}")]
    Malformed(&'static str),
    /// The root is not the one that is pinned.
    #[error("the trust list is of another root")]
    OtherRoot,
    /// The root is no certificate authority that signed itself.
    #[error("the root certificate is not acceptable")]
    Root(#[source] CertificateError),
    /// The signature of the root does not match.
    #[error("the signature on the trust list does not match")]
    BadSignature,
    /// The certificate of a signer does not come from the root.
    #[error("the signer {key_id} was not certified by the root")]
    Signer {
        /// Which signer.
        key_id: KeyId,
        /// What is wrong with its certificate.
        #[source]
        source: CertificateError,
    },
    /// The times of a signer contradict each other or its certificate, or it has no purpose, or it is listed twice.
    #[error("the entry of the signer {key_id} contradicts itself")]
    Contradiction {
        /// Which signer.
        key_id: KeyId,
    },
    /// The key that should sign is not the root's.
    #[error("the trust list must be signed by its root")]
    NotRoot,
    /// The root cannot sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

impl TrustedSigner {
    /// The identifier by which messages name the signer.
    pub fn key_id(&self) -> KeyId {
        self.certificate.key_id()
    }

    /// Whether it may sign this.
    pub fn may_sign(&self, purpose: Purpose) -> bool {
        self.purposes.contains(&purpose)
    }

    /// Whether it was in use at a moment.
    pub fn was_in_use_at(&self, moment: Timestamp) -> bool {
        (self.use_from..=self.use_until).contains(&moment)
    }

    /// A certificate must cover the time of use, and use must end before acceptance does.
    fn is_consistent(&self) -> bool {
        self.use_from <= self.use_until
            && self.use_until <= self.accept_until
            && self.certificate.not_before() <= self.use_from
            && self.use_until <= self.certificate.not_after()
            && !self.purposes.is_empty()
    }
}

impl TrustList {
    /// The signer with this identifier.
    pub fn signer(&self, key_id: KeyId) -> Option<&TrustedSigner> {
        self.signers.iter().find(|signer| signer.key_id() == key_id)
    }

    /// Opens a signed list: the root must be a certificate authority that signed itself, the list must be signed by the
    /// root, and every signer must be certified by it.
    ///
    /// With `pinned_root`, the SHA-256 of the root's certificate, only that root is accepted. Without it the caller
    /// answers for where the document comes from: anybody can make a root.
    ///
    /// # Errors
    /// What does not hold.
    pub fn open(json: &str, pinned_root: Option<[u8; 32]>) -> Result<Self, TrustError> {
        document::open(json, pinned_root)
    }

    /// Everything that must hold of a list besides its signature.
    fn check(&self) -> Result<(), TrustError> {
        if self.signers.len() > SIGNERS_MAX {
            return Err(TrustError::Malformed("too many signers"));
        }
        if self.next_update <= self.issued_at {
            return Err(TrustError::Malformed("the next update is due before the list was signed"));
        }
        self.root.check_issuer(&self.root).map_err(TrustError::Root)?;
        if !(self.root.not_before()..=self.root.not_after()).contains(&self.issued_at) {
            return Err(TrustError::Root(CertificateError::OutsideIssuerValidity));
        }
        for (index, signer) in self.signers.iter().enumerate() {
            let key_id = signer.key_id();
            signer.certificate.check_issuer(&self.root).map_err(|source| TrustError::Signer { key_id, source })?;
            let is_listed_before = self.signers[..index].iter().any(|other| other.key_id() == key_id);
            if !signer.is_consistent() || is_listed_before || signer.certificate.is_authority() {
                return Err(TrustError::Contradiction { key_id });
            }
        }
        Ok(())
    }
}
