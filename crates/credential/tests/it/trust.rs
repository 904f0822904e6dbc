// SPDX-License-Identifier: Apache-2.0
//! The trust list: opening it, attacking it, and adding signers to it.

use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use credential::{
    card,
    certificate::{Certificate, CertificateError},
    key::{CertifiedKey, Signer, SigningKey},
    status::Status,
    trust::{Purpose, TrustError, TrustList, sign_trust_list},
    verify::{Verdict, verify_text},
};
use proptest::prelude::*;
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use serde_json::{Value, json};

use crate::office::{Office, at, claims, entry, terms, today};

fn document(office: &Office) -> String {
    sign_trust_list(&office.trust, &office.root).unwrap()
}

#[test]
fn a_signed_list_opens_to_itself() {
    let mut office = Office::new();
    office.trust.signers[1].revoked_at = Some(at("2026-05-01T00:00:00Z"));
    office.trust.signers[0].purposes = vec![Purpose::Cards, Purpose::StatusList];
    let text = document(&office);
    assert_eq!(text, document(&office), "the same list gives the same bytes");
    assert_eq!(TrustList::open(&text, None).unwrap(), office.trust);
    let pinned = office.root.certificate().fingerprint();
    assert_eq!(TrustList::open(&text, Some(pinned)).unwrap(), office.trust);
    assert!(matches!(TrustList::open(&text, Some([0; 32])), Err(TrustError::OtherRoot)));
}

#[test]
fn the_document_is_a_json_web_signature_with_the_root_inside() {
    let office = Office::new();
    let document: Value = serde_json::from_str(&document(&office)).unwrap();
    let part = |name: &str| Base64UrlUnpadded::decode_vec(document[name].as_str().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&part("protected")).unwrap();
    assert_eq!(header["alg"], "ES256");
    assert_eq!(header["x5c"][0], Base64::encode_string(office.root.certificate().der()));
    let payload: Value = serde_json::from_slice(&part("payload")).unwrap();
    assert_eq!(payload["signers"][0]["key_id"], office.cards.key_id().to_string());
    assert_eq!(payload["signers"][0]["purposes"], json!(["cards"]));
    let signature: [u8; 64] = part("signature").try_into().unwrap();
    let input = format!("{}.{}", document["protected"].as_str().unwrap(), document["payload"].as_str().unwrap());
    assert_eq!(office.root.certificate().public_key().verify(input.as_bytes(), &signature), Ok(()));
}

#[test]
fn every_changed_character_is_refused() {
    let office = Office::new();
    let text = document(&office);
    for place in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[place] = if changed[place] == b'B' { b'C' } else { b'B' };
        let changed = String::from_utf8(changed).unwrap();
        // White space between the parts carries nothing; a letter in its place is no JSON.
        assert!(TrustList::open(&changed, None).is_err(), "position {place}");
    }
}

/// A document with a payload or header of the attacker's choice, signed by a key of the attacker's choice.
fn forged(office: &Office, key: &CertifiedKey, change: impl Fn(&mut Value, &mut Value)) -> String {
    let document: Value = serde_json::from_str(&document(office)).unwrap();
    let part = |name: &str| -> Value {
        serde_json::from_slice(&Base64UrlUnpadded::decode_vec(document[name].as_str().unwrap()).unwrap()).unwrap()
    };
    let (mut header, mut payload) = (part("protected"), part("payload"));
    change(&mut header, &mut payload);
    let encode = |value: &Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
    let (protected, payload) = (encode(&header), encode(&payload));
    let signature = key.sign(format!("{protected}.{payload}").as_bytes()).unwrap();
    json!({"payload": payload, "protected": protected, "signature": Base64UrlUnpadded::encode_string(&signature)})
        .to_string()
}

#[test]
fn a_list_that_the_root_did_not_sign_is_refused() {
    let office = Office::new();
    assert!(TrustList::open(&forged(&office, &office.root, |_, _| ()), None).is_ok());
    let by_signer = forged(&office, &office.cards, |_, _| ());
    assert!(matches!(TrustList::open(&by_signer, None), Err(TrustError::BadSignature)));
    let cards = Base64::encode_string(office.cards.certificate().der());
    let with_own_root = forged(&office, &office.cards, |header, _| header["x5c"][0] = json!(cards));
    assert!(matches!(TrustList::open(&with_own_root, None), Err(TrustError::Root(CertificateError::WrongIssuer))));
    assert!(matches!(sign_trust_list(&office.trust, &office.cards), Err(TrustError::NotRoot)));
}

#[test]
fn a_signer_of_another_root_is_refused() {
    let mut office = Office::new();
    let mut rng = ChaCha20Rng::seed_from_u64(13);
    let key = SigningKey::generate(&mut rng);
    // The same name as the real root, another key.
    let certificate = Certificate::issue_root(&key, &terms("CN=Root", "2025-01-01", "2040-01-01"), &mut rng).unwrap();
    let other = CertifiedKey::new(key, certificate).unwrap();
    let key = SigningKey::generate(&mut rng);
    let terms = terms("CN=Cards 2", "2026-01-01", "2032-01-01");
    let certificate =
        Certificate::issue_signer(&other, other.certificate(), &key.public_key(), &terms, &mut rng).unwrap();
    let stranger = CertifiedKey::new(key, certificate).unwrap();
    office.trust.signers.push(entry(&stranger, Purpose::Cards));
    let refused = sign_trust_list(&office.trust, &office.root);
    assert!(matches!(refused, Err(TrustError::Signer { source: CertificateError::BadSignature, .. })));

    let der = Base64::encode_string(stranger.certificate().der());
    let key_id = stranger.key_id().to_string();
    let slipped_in = forged(&Office::new(), &office.root, |_, payload| {
        payload["signers"][0]["certificate"] = json!(der);
        payload["signers"][0]["key_id"] = json!(key_id);
    });
    assert!(matches!(TrustList::open(&slipped_in, None), Err(TrustError::Signer { .. })));
}

#[test]
fn entries_that_contradict_themselves_are_refused() {
    let office = Office::new();
    let refused = |change: fn(&mut TrustList)| {
        let mut list = office.trust.clone();
        change(&mut list);
        sign_trust_list(&list, &office.root).unwrap_err()
    };
    for change in [
        (|list| list.signers[0].use_until = at("2025-12-31T00:00:00Z")) as fn(&mut TrustList),
        |list| list.signers[0].use_from = at("2025-12-31T00:00:00Z"),
        |list| list.signers[0].use_until = at("2033-01-01T00:00:00Z"),
        |list| list.signers[0].accept_until = at("2026-06-01T00:00:00Z"),
        |list| list.signers[0].purposes.clear(),
        |list| list.signers[1] = list.signers[0].clone(),
    ] {
        assert!(matches!(refused(change), TrustError::Contradiction { .. }));
    }
    assert!(matches!(refused(|list| list.next_update = list.issued_at), TrustError::Malformed(_)));
    let by_a_past_root = refused(|list| {
        list.issued_at = at("2041-01-01T00:00:00Z");
        list.next_update = at("2041-02-01T00:00:00Z");
    });
    assert!(matches!(by_a_past_root, TrustError::Root(CertificateError::OutsideIssuerValidity)));
    let root_as_signer = |list: &mut TrustList| {
        list.signers[0].certificate = list.root.clone();
        list.signers[0].use_from = list.root.not_before();
    };
    assert!(matches!(refused(root_as_signer), TrustError::Contradiction { .. }));
}

#[test]
fn unknown_fields_and_other_algorithms_are_refused() {
    let office = Office::new();
    for change in [
        (|header, _| header["alg"] = json!("none")) as fn(&mut Value, &mut Value),
        |header, _| header["alg"] = json!("HS256"),
        |header, _| header["typ"] = json!("JWT"),
        |header, _| header["crit"] = json!(["exp"]),
        |header, _| header["x5c"] = json!([]),
        |_, payload| payload["more"] = json!(1),
        |_, payload| payload["signers"][0]["more"] = json!(1),
        |_, payload| payload["signers"][0]["purposes"] = json!(["everything"]),
        |_, payload| payload["signers"][0]["key_id"] = json!("0000000000000000"),
        |_, payload| payload["signers"][0]["use_from"] = json!("yesterday"),
        |_, payload| payload["sequence"] = json!(-1),
    ] {
        assert!(matches!(TrustList::open(&forged(&office, &office.root, change), None), Err(TrustError::Malformed(_))));
    }
    let huge = " ".repeat(credential::trust::TRUST_BYTES_MAX + 1);
    assert!(matches!(TrustList::open(&huge, None), Err(TrustError::TooLarge)));
}

#[test]
fn a_new_signer_leaves_the_cards_of_the_old_one_valid() {
    let mut office = Office::new();
    let old = office.sign(&claims());
    let token = office.token(Status::Valid);
    let signer = office.new_signer("CN=Cards 2");
    let new = card::sign(&claims(), &signer).unwrap();
    let valid =
        |text: &str, trust: &TrustList| matches!(verify_text(text, trust, Some(&token), today()), Verdict::Valid(_));
    assert!(valid(&old, &office.trust) && !valid(new.as_str(), &office.trust));

    let mut next = office.trust.clone();
    next.sequence += 1;
    next.signers.push(entry(&signer, Purpose::Cards));
    let next = TrustList::open(&sign_trust_list(&next, &office.root).unwrap(), None).unwrap();
    assert!(valid(&old, &next) && valid(new.as_str(), &next));
}

proptest! {
    #[test]
    fn random_text_never_opens(text: String) {
        prop_assert!(TrustList::open(&text, None).is_err());
    }
}
