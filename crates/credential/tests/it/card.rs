// SPDX-License-Identifier: Apache-2.0
//! Signing a card and reading it back.

use credential::{
    birth::BirthDate,
    card::{self, FACE_BYTES_MAX, QR_VERSION_MAX, SignCardError, TEXT_BYTES_MAX, qr_version_l},
    person::Sex,
    verify::Verdict,
};
use domain::time::Timestamp;
use proptest::prelude::*;

use crate::office::{Office, claims, face};

#[test]
fn a_signed_card_says_what_was_signed() {
    let office = Office::new();
    let text = office.sign(&claims());
    let Verdict::Valid(view) = office.check(&text) else { panic!("{:?}", office.check(&text)) };
    assert!(view.claims == claims());
    assert_eq!(view.signer, office.cards.certificate().key_id());
    assert_eq!(view.status_as_of.unwrap().to_string(), "2026-06-01T11:30:00.000000Z");
    assert!(matches!(office.check(&format!("{text}\r\n")), Verdict::Valid(_)));
}

#[test]
fn the_same_card_and_key_give_the_same_text() {
    assert_eq!(Office::new().sign(&claims()), Office::new().sign(&claims()));
}

#[test]
fn a_card_with_the_largest_face_and_two_scripts_fits_version_22() {
    let text = card::sign(&claims(), &Office::new().cards).unwrap();
    assert_eq!(face().len(), FACE_BYTES_MAX);
    assert!((20..=QR_VERSION_MAX).contains(&text.version_l()), "version {}", text.version_l());
    let alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    assert!(text.as_str().chars().all(|character| alphabet.contains(character)));
}

#[test]
fn the_bank_sees_face_name_and_validity_only() {
    let office = Office::new();
    let Verdict::Valid(view) = office.check(&office.sign(&claims())) else { panic!("the card is valid") };
    let bank = view.bank();
    assert_eq!(bank.face, Some(face()));
    assert_eq!(bank.full_name, claims().full_name);
    assert_eq!((bank.not_before, bank.expires_at), (claims().not_before, claims().expires_at));
}

#[test]
fn what_a_card_cannot_carry_is_not_signed() {
    let office = Office::new();
    let sign = |change: fn(&mut card::CardClaims)| {
        let mut claims = claims();
        change(&mut claims);
        card::sign(&claims, &office.cards)
    };
    let too_large = sign(|claims| claims.face = Some(vec![0; FACE_BYTES_MAX + 1]));
    assert!(matches!(too_large, Err(SignCardError::FaceTooLarge { found: 601 })));
    assert!(matches!(sign(|claims| claims.full_name.clear()), Err(SignCardError::Text("name"))));
    let long = sign(|claims| claims.second_name = Some("ا".repeat(TEXT_BYTES_MAX / 2 + 1)));
    assert!(matches!(long, Err(SignCardError::Text("second name"))));
    let birth = sign(|claims| claims.birth_date = BirthDate::Month { year: 1990, month: 13 });
    assert!(matches!(birth, Err(SignCardError::BirthDate)));
    assert!(matches!(sign(|claims| claims.expires_at = claims.not_before), Err(SignCardError::Validity)));
    assert!(matches!(sign(|claims| claims.issued_at = claims.expires_at), Err(SignCardError::Validity)));
    let crowded = sign(|claims| {
        claims.full_name = face_text(TEXT_BYTES_MAX);
        claims.second_name = Some(face_text(TEXT_BYTES_MAX));
    });
    assert!(matches!(crowded, Err(SignCardError::TooLarge { found: 1461.. })));
}

/// A text that does not compress well.
fn face_text(length: usize) -> String {
    face().iter().map(|byte| char::from(b' ' + byte % 90)).cycle().skip(100).take(length).collect()
}

#[test]
fn versions_follow_the_capacity_table() {
    for (length, version) in [(0, 1), (25, 1), (26, 2), (1352, 21), (1353, 22), (1460, 22), (1461, 23), (4296, 40)] {
        assert_eq!(qr_version_l(&"A".repeat(length)), Some(version));
    }
    assert_eq!(qr_version_l(&"A".repeat(4_297)), None);
}

#[test]
fn nothing_personal_reaches_debug_output() {
    let office = Office::new();
    let text = card::sign(&claims(), &office.cards).unwrap();
    let verdict = office.check(text.as_str());
    let shown = format!("{:?} {text:?} {verdict:?}", claims());
    for secret in ["Nurzoy", "Ahmad", "R7K2M9X4Q", "1991", "AFG", "REFUGEE", &text.as_str()[..20]] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

fn some_claims() -> impl Strategy<Value = card::CardClaims> {
    let birth = prop_oneof![
        Just(BirthDate::Unknown),
        (1_i16..=9999).prop_map(BirthDate::Year),
        (1_i16..=9999, 1_i8..=12).prop_map(|(year, month)| BirthDate::Month { year, month }),
    ];
    let sex = prop_oneof![Just(Sex::Male), Just(Sex::Female), Just(Sex::Unspecified)];
    let name = "\\PC{1,40}";
    (name, proptest::option::of(name), birth, sex, any::<u32>(), proptest::option::of("[a-z]{2,3}")).prop_map(
        |(full_name, second_name, birth_date, sex, index, second_name_language)| {
            let mut claims = claims();
            claims.face = None;
            claims.status.index = index;
            card::CardClaims { full_name, second_name, birth_date, sex, second_name_language, ..claims }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_card_comes_back(claims in some_claims(), issued in 1_767_225_600_i64..1_798_700_000) {
        let office = Office::new();
        let issued_at = Timestamp::from_microseconds(issued * 1_000_000).unwrap();
        let claims = card::CardClaims { issued_at, ..claims };
        match office.check(&office.sign(&claims)) {
            Verdict::Valid(view) | Verdict::ValidSignatureStatusOld { view, .. } => prop_assert!(view.claims == claims),
            Verdict::NotValid(reason) => prop_assert!(false, "{reason}"),
        }
    }
}
