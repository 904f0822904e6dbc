// SPDX-License-Identifier: Apache-2.0
//! An issuing office for tests: a root, a signer of cards and a signer of status lists, made from a seed.

use credential::{
    birth::BirthDate,
    card::{self, CardClaims, StatusReference},
    certificate::{Certificate, CertificateTerms},
    key::{CertifiedKey, SigningKey},
    person::Sex,
    status::{Status, StatusList, StatusTokenClaims, encode_token},
    trust::{Purpose, TrustList, TrustedSigner},
    verify::{Verdict, verify_text},
};
use domain::time::{Date, Timestamp};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

pub(crate) const LIST_URI: &str = "https://cards.example/status/1";
pub(crate) const CARD_INDEX: u32 = 4_711;

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn today() -> Timestamp {
    at("2026-06-01T12:00:00Z")
}

pub(crate) struct Office {
    pub(crate) root: CertifiedKey,
    pub(crate) cards: CertifiedKey,
    pub(crate) statuses: CertifiedKey,
    pub(crate) trust: TrustList,
    rng: ChaCha20Rng,
}

impl Office {
    pub(crate) fn new() -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(1951);
        let key = SigningKey::generate(&mut rng);
        let certificate = Certificate::issue_root(&key, &terms("CN=Root", "2025-01-01", "2040-01-01"), &mut rng);
        let root = CertifiedKey::new(key, certificate.unwrap()).unwrap();
        let cards = certified(&root, "CN=Cards 1", &mut rng);
        let statuses = certified(&root, "CN=Status lists 1", &mut rng);
        let trust = TrustList {
            issuer: "Migration Service".to_owned(),
            sequence: 1,
            issued_at: at("2026-01-01T00:00:00Z"),
            next_update: at("2027-01-01T00:00:00Z"),
            root: root.certificate().clone(),
            signers: vec![entry(&cards, Purpose::Cards), entry(&statuses, Purpose::StatusList)],
        };
        Self { root, cards, statuses, trust, rng }
    }

    /// One more certified signer that is not yet on the trust list.
    pub(crate) fn new_signer(&mut self, subject: &str) -> CertifiedKey {
        certified(&self.root, subject, &mut self.rng)
    }

    pub(crate) fn sign(&self, claims: &CardClaims) -> String {
        card::sign(claims, &self.cards).unwrap().as_str().to_owned()
    }

    /// A status token in which the card of [`claims`] has this status.
    pub(crate) fn token(&self, status: Status) -> Vec<u8> {
        encode_token(&list(status), &token_claims(), &self.statuses).unwrap()
    }

    pub(crate) fn check(&self, text: &str) -> Verdict {
        verify_text(text, &self.trust, Some(&self.token(Status::Valid)), today())
    }
}

pub(crate) fn list(status: Status) -> StatusList {
    let mut list = StatusList::new(10_000).unwrap();
    list.set(CARD_INDEX as usize, status).unwrap();
    list
}

pub(crate) fn token_claims() -> StatusTokenClaims {
    StatusTokenClaims {
        subject: LIST_URI.to_owned(),
        issued_at: at("2026-06-01T11:30:00Z"),
        expires_at: at("2026-06-08T11:30:00Z"),
        ttl_seconds: 3_600,
    }
}

pub(crate) fn terms(subject: &str, from: &str, until: &str) -> CertificateTerms {
    CertificateTerms {
        subject: format!("{subject},O=Migration Service,C=AZ"),
        not_before: at(&format!("{from}T00:00:00Z")),
        not_after: at(&format!("{until}T00:00:00Z")),
    }
}

fn certified(root: &CertifiedKey, subject: &str, rng: &mut ChaCha20Rng) -> CertifiedKey {
    let key = SigningKey::generate(rng);
    let terms = terms(subject, "2026-01-01", "2032-01-01");
    let certificate = Certificate::issue_signer(root, root.certificate(), &key.public_key(), &terms, rng).unwrap();
    CertifiedKey::new(key, certificate).unwrap()
}

pub(crate) fn entry(key: &CertifiedKey, purpose: Purpose) -> TrustedSigner {
    TrustedSigner {
        certificate: key.certificate().clone(),
        purposes: vec![purpose],
        use_from: at("2026-01-01T00:00:00Z"),
        use_until: at("2026-12-31T23:59:59Z"),
        accept_until: at("2032-01-01T00:00:00Z"),
        revoked_at: None,
    }
}

/// 600 bytes that do not compress, as a WebP face does not.
pub(crate) fn face() -> Vec<u8> {
    let mut bytes = b"RIFF\x50\x02\x00\x00WEBPVP8 ".to_vec();
    bytes.resize_with(16, || 0);
    let mut state = 1_u32;
    while bytes.len() < card::FACE_BYTES_MAX {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        bytes.push((state >> 16) as u8);
    }
    bytes
}

pub(crate) fn claims() -> CardClaims {
    CardClaims {
        issuer: "AZE-MIGRATION".to_owned(),
        card_number: "R7K2M9X4Q".to_owned(),
        languages: "en".to_owned(),
        full_name: "Nurzoy Ahmad".to_owned(),
        birth_date: BirthDate::Day(Date::constant(1991, 3, 21)),
        sex: Sex::Male,
        nationality: "AFG".parse().unwrap(),
        second_name: Some("احمد نورزوی".to_owned()),
        second_name_language: Some("fa".to_owned()),
        legal_status: "REFUGEE".to_owned(),
        country: "AZE".parse().unwrap(),
        face: Some(face()),
        issued_at: at("2026-02-01T09:00:00Z"),
        not_before: at("2026-02-01T09:00:00Z"),
        expires_at: at("2028-02-01T00:00:00Z"),
        status: StatusReference { index: CARD_INDEX, uri: LIST_URI.to_owned() },
    }
}
