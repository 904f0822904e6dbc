// SPDX-License-Identifier: Apache-2.0
//! Attacks on the text of a card: no change passes, nothing crashes, nothing takes more than its limit.

use std::io::Write;

use credential::{
    card::CardClaims,
    verify::{CoseError, Malformed, Reason, SignerProblem, Verdict, ZlibError, verify_text},
};
use flate2::{Compression, write::ZlibEncoder};
use p256::ecdsa::signature::Signer as _;
use proptest::prelude::*;

use crate::office::{Office, claims, today};

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Base45 written apart from the crate.
fn base45(bytes: &[u8]) -> String {
    let mut text = String::new();
    for pair in bytes.chunks(2) {
        let mut value = pair.iter().fold(0_usize, |value, byte| value * 256 + usize::from(*byte));
        for _ in 0..=pair.len() {
            text.push(char::from(ALPHABET[value % 45]));
            value /= 45;
        }
    }
    text
}

fn pressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A text in the form in which cards are written: a zlib stream of one stored block.
fn text_of(message: &[u8]) -> String {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::none());
    encoder.write_all(message).unwrap();
    base45(&encoder.finish().unwrap())
}

/// The message inside a text, read apart from the crate.
fn message_of(text: &str) -> Vec<u8> {
    let digits: Vec<usize> =
        text.bytes().map(|character| ALPHABET.iter().position(|known| *known == character).unwrap()).collect();
    let mut stream = Vec::new();
    for group in digits.chunks(3) {
        let value = group.iter().rev().fold(0, |value, digit| value * 45 + digit);
        stream.extend(&value.to_be_bytes()[9 - group.len()..]);
    }
    let mut message = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&stream[..]), &mut message).unwrap();
    message
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let place = bytes.windows(from.len()).position(|window| window == from).expect("the part is in the message");
    [&bytes[..place], to, &bytes[place + from.len()..]].concat()
}

fn reason(office: &Office, text: &str) -> Reason {
    match office.check(text) {
        Verdict::NotValid(reason) => reason,
        other => panic!("accepted: {other:?}"),
    }
}

#[test]
fn the_tools_of_this_file_rebuild_a_card() {
    let office = Office::new();
    let text = office.sign(&claims());
    assert_eq!(text_of(&message_of(&text)), text);
}

#[test]
fn every_changed_character_is_refused() {
    let office = Office::new();
    let text = office.sign(&claims());
    assert!(matches!(office.check(&text), Verdict::Valid(_)));
    let token = office.token(credential::status::Status::Valid);
    let checker = credential::verify::Checker::new(&office.trust, [token.as_slice()]);
    for place in 0..text.len() {
        for replacement in ALPHABET.iter().chain(b"a_\n") {
            let mut changed = text.clone().into_bytes();
            if changed[place] == *replacement {
                continue;
            }
            changed[place] = *replacement;
            let changed = String::from_utf8(changed).unwrap();
            let verdict = checker.check(&changed, today());
            assert!(matches!(verdict, Verdict::NotValid(_)), "position {place}, {:?}", char::from(*replacement));
        }
    }
}

#[test]
fn a_genuine_message_in_another_packing_is_refused() {
    let office = Office::new();
    let message = message_of(&office.sign(&CardClaims { face: None, ..claims() }));
    assert!(matches!(office.check(&text_of(&message)), Verdict::Valid(_)));
    let expected = Reason::Malformed(Malformed::Compression(ZlibError::OtherForm));
    assert_eq!(reason(&office, &base45(&pressed(&message))), expected);
    // A repacked message with a changed claim is a forgery all the same.
    assert_eq!(reason(&office, &base45(&pressed(&replace(&message, b"Nurzoy", b"Karzoy")))), Reason::Forged);
}

#[test]
fn every_cut_repeated_or_swapped_part_is_refused() {
    let office = Office::new();
    let text = office.sign(&claims());
    for place in 0..text.len() {
        for changed in [
            text[..place].to_owned(),
            text[place + 1..].to_owned(),
            format!("{}{}", &text[..place], &text[place + 1..]),
            format!("{}{}{}", &text[..place], &text[place..=place], &text[place..]),
        ] {
            assert!(matches!(office_check(&office, &changed), Verdict::NotValid(_)) || changed == text, "{place}");
        }
    }
}

fn office_check(office: &Office, text: &str) -> Verdict {
    verify_text(text, &office.trust, None, today())
}

#[test]
fn every_changed_byte_of_the_message_is_refused() {
    let office = Office::new();
    let message = message_of(&office.sign(&claims()));
    for place in 0..message.len() {
        let mut changed = message.clone();
        changed[place] ^= 1;
        let text = text_of(&changed);
        assert!(matches!(office_check(&office, &text), Verdict::NotValid(_)), "byte {place}");
    }
}

#[test]
fn a_changed_claim_under_the_old_signature_is_forged() {
    let office = Office::new();
    let message = message_of(&office.sign(&claims()));
    let changed = replace(&message, b"Nurzoy", b"Karzoy");
    assert_eq!(reason(&office, &text_of(&changed)), Reason::Forged);
    let last = message.len() - 1;
    let mut changed = message;
    changed[last] ^= 1;
    assert_eq!(reason(&office, &text_of(&changed)), Reason::Forged);
}

#[test]
fn another_algorithm_is_refused() {
    let office = Office::new();
    let message = message_of(&office.sign(&claims()));
    let header = |algorithm: &[u8]| {
        let mut header = vec![0xa2, 1];
        header.extend_from_slice(algorithm);
        header.extend_from_slice(&[4, 0x48]);
        header
    };
    let es256 = [&[0x4d][..], &header(&[0x26])].concat();
    // EdDSA (-8), HS256 (5), ES384 (-35), ES256K (-47), 0 and null for "none".
    for algorithm in [&[0x27][..], &[5], &[0x38, 34], &[0x38, 46], &[0], &[0xf6]] {
        let other = header(algorithm);
        let other = [&[0x40 + other.len() as u8 + 8][..], &other].concat();
        let changed = replace(&message, &es256, &other);
        let reason = reason(&office, &text_of(&changed));
        assert!(
            matches!(reason, Reason::Malformed(Malformed::Message(CoseError::WrongAlgorithm))),
            "{algorithm:?}: {reason}"
        );
    }
}

#[test]
fn an_algorithm_outside_the_signature_is_refused() {
    let office = Office::new();
    let message = message_of(&office.sign(&claims()));
    let key_id = *office.cards.certificate().key_id().as_bytes();
    let protected = [&[0x4d, 0xa2, 1, 0x26, 4, 0x48][..], &key_id, &[0xa0]].concat();
    let unprotected = [&[0x40, 0xa2, 1, 0x26, 4, 0x48][..], &key_id].concat();
    let changed = replace(&message, &protected, &unprotected);
    assert!(matches!(reason(&office, &text_of(&changed)), Reason::Malformed(_)));
    let added = [&protected[..protected.len() - 1], &[0xa1, 3, 0]].concat();
    let changed = replace(&message, &protected, &added);
    assert!(matches!(reason(&office, &text_of(&changed)), Reason::Malformed(_)));
}

#[test]
fn a_card_signed_by_nobody_known_is_refused() {
    let mut office = Office::new();
    let stranger = office.new_signer("CN=Not listed");
    let text = credential::card::sign(&claims(), &stranger).unwrap();
    assert_eq!(reason(&office, text.as_str()), Reason::UnknownSigner(SignerProblem::NotListed));
}

/// A message that this office's key really signed, whatever its payload is.
fn signed(office: &Office, payload: &[u8]) -> Vec<u8> {
    let protected = [&[0xa2, 1, 0x26, 4, 0x48][..], office.cards.certificate().key_id().as_bytes()].concat();
    let string = |bytes: &[u8]| match bytes.len() {
        length @ 0..24 => [&[0x40 + length as u8][..], bytes].concat(),
        length @ 24..256 => [&[0x58, length as u8][..], bytes].concat(),
        length => [&[0x59, (length >> 8) as u8, length as u8][..], bytes].concat(),
    };
    let covered = [&[0x84, 0x6a][..], b"Signature1", &string(&protected), &[0x40], &string(payload)].concat();
    let key = office.cards.signing_key().to_pkcs8_der();
    let key: p256::ecdsa::SigningKey = p256::pkcs8::DecodePrivateKey::from_pkcs8_der(&key).unwrap();
    let signature: p256::ecdsa::Signature = key.sign(&covered);
    [&[0xd2, 0x84][..], &string(&protected), &[0xa0], &string(payload), &string(&signature.to_bytes())].concat()
}

#[test]
fn signed_bytes_that_are_no_card_are_malformed() {
    let office = Office::new();
    let payload_of = |message: &[u8]| {
        let start = message.windows(3).position(|window| window[0] == 0xa0 && window[1] == 0x59).unwrap() + 4;
        message[start..message.len() - 66].to_vec()
    };
    let payload = payload_of(&message_of(&office.sign(&claims())));
    assert!(
        matches!(office.check(&text_of(&signed(&office, &payload))), Verdict::Valid(_)),
        "the rebuilt card is a card"
    );

    let nested = [vec![0x81; 2_500], vec![0]].concat();
    let duplicate = [&[0xa7, 1, 0x60][..], &payload[1..]].concat();
    let indefinite = [&[0xbf][..], &payload[1..], &[0xff]].concat();
    let trailing = [&payload[..], &[0]].concat();
    let without_169 = replace(&payload, &[0x18, 169], &[0x18, 168]);
    let without_status = replace(&payload, &[0x19, 0xff, 0xff], &[0x19, 0xff, 0xfe]);
    let bad_birth = replace(&payload, b"19910321", b"19910231");
    let bad_sex = replace(&payload, &[9, 1, 13], &[9, 7, 13]);
    for (what, payload) in [
        ("nothing", &vec![]),
        ("an array", &vec![0x80]),
        ("nesting", &nested),
        ("a duplicate key", &duplicate),
        ("an indefinite length", &indefinite),
        ("a trailing byte", &trailing),
        ("no claim 169", &without_169),
        ("no status", &without_status),
        ("an impossible date", &bad_birth),
        ("an impossible sex", &bad_sex),
    ] {
        let reason = reason(&office, &text_of(&signed(&office, payload)));
        assert!(matches!(reason, Reason::Malformed(Malformed::Claims(_))), "{what}: {reason}");
    }
}

#[test]
fn texts_that_are_no_card_are_malformed() {
    let office = Office::new();
    let bomb = base45(&pressed(&vec![0; 8_000_000]));
    assert!(bomb.len() > card_text_max());
    let small_bomb = base45(&pressed(&vec![0; 2_000_000]));
    assert!(small_bomb.len() <= card_text_max());
    let nested = base45(&pressed(&[vec![0xd2; 60_000], vec![0]].concat()));
    let not_cose = text_of(&[0xa1, 1, 2]);
    let untagged = text_of(&message_of(&office.sign(&claims()))[1..]);
    let too_long = "A".repeat(card_text_max() + 1);
    for (text, expected) in [
        ("", "compression"),
        ("HELLO", "base45"),
        ("not base45", "base45"),
        ("ﺓ", "base45"),
        (":::", "base45"),
        ("IDAZEI<<<<<<<", "base45"),
        ("https://example.org/card/1", "base45"),
        ("BB8", "compression"),
        (bomb.as_str(), "too long"),
        (too_long.as_str(), "too long"),
        (small_bomb.as_str(), "compression"),
        (nested.as_str(), "message"),
        (not_cose.as_str(), "message"),
        (untagged.as_str(), "message"),
    ] {
        let found = match reason(&office, text) {
            Reason::Malformed(Malformed::TooLong) => "too long",
            Reason::Malformed(Malformed::Base45) => "base45",
            Reason::Malformed(Malformed::Compression(_)) => "compression",
            Reason::Malformed(Malformed::Message(_)) => "message",
            other => panic!("{other}"),
        };
        assert_eq!(found, expected, "{}", &text[..text.len().min(40)]);
    }
}

fn card_text_max() -> usize {
    credential::card::TEXT_CHARS_MAX
}

proptest! {
    #[test]
    fn random_input_never_passes_and_never_panics(bytes: Vec<u8>, text: String, garbled in "[0-9A-Z $%*+./:-]{0,200}") {
        let office = Office::new();
        for text in [text, garbled, base45(&bytes), text_of(&bytes), text_of(&[&[0xd2, 0x84][..], &bytes].concat())] {
            prop_assert!(matches!(office_check(&office, &text), Verdict::NotValid(_)));
        }
    }

    #[test]
    fn random_payloads_under_a_real_signature_never_panic(bytes: Vec<u8>) {
        let office = Office::new();
        prop_assert!(matches!(office.check(&text_of(&signed(&office, &bytes))), Verdict::NotValid(_)));
    }
}
