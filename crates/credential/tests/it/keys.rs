// SPDX-License-Identifier: Apache-2.0
//! Keys and certificates.

use credential::{
    certificate::{Certificate, CertificateError},
    key::{BadSignature, CertifiedKey, KeyError, KeyId, PublicKey, Signer, SigningKey},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

use crate::office::{Office, terms};

#[test]
fn a_key_survives_storage_and_signs_the_same() {
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let office = Office::new();
    let stored = office.cards.signing_key().to_pkcs8_der();
    let key = SigningKey::from_pkcs8_der(&stored).unwrap();
    let again = CertifiedKey::new(key, office.cards.certificate().clone()).unwrap();
    assert_eq!(again.sign(b"card").unwrap(), office.cards.sign(b"card").unwrap());
    assert!(matches!(SigningKey::from_pkcs8_der(&stored[1..]), Err(KeyError::InvalidPrivateKey)));
    let other = SigningKey::generate(&mut rng);
    let mismatch = CertifiedKey::new(other, office.cards.certificate().clone());
    assert_eq!(mismatch.err(), Some(KeyError::CertificateMismatch));
    assert_eq!(format!("{:?}", office.cards.signing_key()), "SigningKey(…)");
}

#[test]
fn the_signature_example_of_rfc_6979_holds() {
    // RFC 6979 appendix A.2.5: P-256, SHA-256, message "sample".
    let hex = |text: &str| -> Vec<u8> {
        (0..text.len()).step_by(2).map(|place| u8::from_str_radix(&text[place..place + 2], 16).unwrap()).collect()
    };
    let point = hex(concat!(
        "04",
        "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
        "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
    ));
    let signature: [u8; 64] = hex(concat!(
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
        "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
    ))
    .try_into()
    .unwrap();
    let key = PublicKey::from_sec1_bytes(&point).unwrap();
    assert_eq!(&*key.to_sec1_bytes(), point);
    assert_eq!(key.verify(b"sample", &signature), Ok(()));
    assert_eq!(key.verify(b"Sample", &signature), Err(BadSignature));
    assert_eq!(key.verify(b"sample", &[0; 64]), Err(BadSignature));
    assert_eq!(PublicKey::from_sec1_bytes(&point[..64]).err(), Some(KeyError::InvalidPublicKey));
}

#[test]
fn a_key_identifier_is_the_beginning_of_the_hash_of_the_certificate() {
    let office = Office::new();
    let certificate = office.cards.certificate();
    assert_eq!(certificate.key_id().as_bytes(), &certificate.fingerprint()[..8]);
    assert_eq!(office.cards.key_id(), certificate.key_id());
    let text = certificate.key_id().to_string();
    assert_eq!(text.parse(), Ok(certificate.key_id()));
    for text in ["", "0123", "0123456789ABCDEF", "+123456789abcdef", "0123456789abcdef0"] {
        assert!(text.parse::<KeyId>().is_err(), "{text}");
    }
}

#[test]
fn certificates_chain_to_the_root_and_survive_reading() {
    let office = Office::new();
    let (root, cards) = (office.root.certificate(), office.cards.certificate());
    assert!(root.is_authority() && !cards.is_authority());
    assert_eq!(cards.subject(), "CN=Cards 1,O=Migration Service,C=AZ");
    assert_eq!(cards.not_before().to_string(), "2026-01-01T00:00:00.000000Z");
    assert_eq!(Certificate::from_der(cards.der()).unwrap(), *cards);
    root.check_issuer(root).unwrap();
    cards.check_issuer(root).unwrap();
    let by_signer = office.statuses.certificate().check_issuer(cards);
    assert!(matches!(by_signer, Err(CertificateError::WrongIssuer)));
}

#[test]
fn every_changed_bit_of_a_certificate_is_noticed() {
    let office = Office::new();
    let der = office.cards.certificate().der();
    for place in 0..der.len() {
        let mut changed = der.to_vec();
        changed[place] ^= 1;
        let accepted =
            Certificate::from_der(&changed).and_then(|certificate| certificate.check_issuer(office.root.certificate()));
        assert!(accepted.is_err(), "byte {place}");
    }
    assert!(Certificate::from_der(&[der, &[0]].concat()).is_err());
    assert!(Certificate::from_der(&vec![0x30; 10_000]).is_err());
}

#[test]
fn impossible_certificates_are_not_made() {
    let office = Office::new();
    let mut rng = ChaCha20Rng::seed_from_u64(9);
    let key = SigningKey::generate(&mut rng);
    let mut issue = |subject: &str, from, until| {
        let mut terms = terms("CN=X", from, until);
        if subject == "nonsense" {
            terms.subject = subject.to_owned();
        }
        Certificate::issue_signer(&office.root, office.root.certificate(), &key.public_key(), &terms, &mut rng)
    };
    assert!(issue("", "2026-01-01", "2027-01-01").is_ok());
    assert!(matches!(issue("nonsense", "2026-01-01", "2027-01-01"), Err(CertificateError::InvalidSubject)));
    assert!(matches!(issue("", "2027-01-01", "2026-01-01"), Err(CertificateError::InvalidValidity)));
    assert!(matches!(issue("", "2026-01-01", "2041-01-01"), Err(CertificateError::OutsideIssuerValidity)));
    assert!(matches!(issue("", "2024-01-01", "2027-01-01"), Err(CertificateError::OutsideIssuerValidity)));
    let by_signer = Certificate::issue_signer(
        &office.cards,
        office.cards.certificate(),
        &key.public_key(),
        &terms("CN=X", "2026-01-01", "2027-01-01"),
        &mut rng,
    );
    assert!(matches!(by_signer, Err(CertificateError::WrongIssuer)));
}

#[cfg(feature = "aws-lc")]
#[test]
fn the_faster_implementation_makes_signatures_that_the_certificate_verifies() {
    let office = Office::new();
    let key = credential::key::AwsLcKey::new(&office.cards).unwrap();
    assert_eq!(key.key_id(), office.cards.key_id());
    let signature = key.sign(b"card").unwrap();
    assert_eq!(office.cards.certificate().public_key().verify(b"card", &signature), Ok(()));
    assert_eq!(office.cards.certificate().public_key().verify(b"Card", &signature), Err(BadSignature));
    // AWS-LC accepts what the deterministic implementation made, too.
    let signature = office.cards.sign(b"card").unwrap();
    assert_eq!(office.cards.certificate().public_key().verify(b"card", &signature), Ok(()));
}
