// SPDX-License-Identifier: Apache-2.0
//! The status list and its token.

use std::io::Write;

use base64ct::{Base64UrlUnpadded, Encoding};
use credential::{
    status::{
        LIST_CAPACITY, STATUS_TOKEN_BYTES_MAX, Status, StatusList, StatusListError, TokenError, decode_token,
        encode_token,
    },
    verify::CoseError,
};
use flate2::{Compression, write::ZlibEncoder};
use proptest::prelude::*;

use crate::office::{CARD_INDEX, Office, list, token_claims};

fn pressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn the_vectors_of_the_draft_are_read() {
    let vectors: [(u8, &str, &[u8]); 2] = [
        (1, "eNrbuRgAAhcBXQ", &[1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]),
        (2, "eNo76fITAAPfAgc", &[1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]),
    ];
    for (bits, text, values) in vectors {
        let list = StatusList::from_zlib(bits, &Base64UrlUnpadded::decode_vec(text).unwrap()).unwrap();
        assert_eq!((list.bits(), list.len()), (bits, values.len()));
        let read: Vec<u8> = (0..list.len()).map(|index| list.value(index).unwrap()).collect();
        assert_eq!(read, values);
        assert_eq!(StatusList::from_zlib(bits, &list.to_zlib()), Ok(list));
    }
}

#[test]
fn lists_of_four_and_eight_bits_are_read() {
    for (bits, values) in [(4, [0x9, 0xb, 0x3, 0xa].as_slice()), (8, &[0xb9, 0xa3])] {
        let list = StatusList::from_zlib(bits, &pressed(&[0xb9, 0xa3])).unwrap();
        let read: Vec<u8> = (0..list.len()).map(|index| list.value(index).unwrap()).collect();
        assert_eq!(read, values);
    }
}

#[test]
fn a_status_is_set_without_touching_its_neighbours() {
    let mut list = StatusList::new(9).unwrap();
    assert_eq!(list.len(), 12);
    list.set(4, Status::Invalid).unwrap();
    list.set(5, Status::Suspended).unwrap();
    list.set(6, Status::Invalid).unwrap();
    list.set(5, Status::Valid).unwrap();
    list.set(7, Status::Suspended).unwrap();
    let read: Vec<_> = (0..12).map(|index| list.get(index).unwrap() as u8).collect();
    assert_eq!(read, [0, 0, 0, 0, 1, 0, 1, 2, 0, 0, 0, 0]);
    assert_eq!(list.get(12), Err(StatusListError::OutOfRange));
    assert_eq!(list.set(12, Status::Valid), Err(StatusListError::OutOfRange));
}

#[test]
fn unknown_values_and_impossible_lists_are_refused() {
    let list = StatusList::from_zlib(2, &pressed(&[0b11])).unwrap();
    assert_eq!(list.get(0), Err(StatusListError::UnknownStatus));
    let mut list = StatusList::from_zlib(1, &pressed(&[0])).unwrap();
    assert_eq!(list.set(0, Status::Suspended), Err(StatusListError::UnknownStatus));
    assert_eq!(StatusList::from_zlib(3, &pressed(&[0])), Err(StatusListError::WrongBits));
    assert_eq!(StatusList::from_zlib(2, b"nonsense"), Err(StatusListError::Damaged));
    assert_eq!(StatusList::from_zlib(2, &[pressed(&[0]), vec![0]].concat()), Err(StatusListError::Damaged));
    let cut = pressed(&[1, 2, 3, 4, 5, 6]);
    assert_eq!(StatusList::from_zlib(2, &cut[..cut.len() - 3]), Err(StatusListError::Damaged));
    assert_eq!(StatusList::new(LIST_CAPACITY + 1), Err(StatusListError::TooLarge));
    let full = StatusList::new(LIST_CAPACITY).unwrap();
    assert_eq!(StatusList::from_zlib(2, &full.to_zlib()), Ok(full));
}

#[test]
fn a_bomb_in_a_list_is_refused() {
    assert_eq!(StatusList::from_zlib(2, &pressed(&vec![0; 20_000_000])), Err(StatusListError::TooLarge));
    assert_eq!(StatusList::from_zlib(2, &pressed(&vec![0; LIST_CAPACITY / 4 + 1])), Err(StatusListError::TooLarge));
}

#[test]
fn a_token_comes_back_under_its_key_only() {
    let office = Office::new();
    let bytes = office.token(Status::Suspended);
    assert_eq!(bytes, office.token(Status::Suspended), "the same list gives the same bytes");
    let signed = decode_token(&bytes).unwrap();
    assert_eq!(signed.key_id(), office.statuses.certificate().key_id());
    let token = signed.verify(office.statuses.certificate().public_key()).unwrap();
    assert_eq!(token.claims, token_claims());
    assert_eq!(token.list, list(Status::Suspended));
    assert_eq!(token.list.get(CARD_INDEX as usize), Ok(Status::Suspended));
    let other = signed.verify(office.cards.certificate().public_key());
    assert!(matches!(other, Err(TokenError::BadSignature(_))));
}

#[test]
fn every_changed_byte_of_a_token_is_refused() {
    let office = Office::new();
    let bytes = office.token(Status::Invalid);
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        let accepted =
            decode_token(&changed).and_then(|token| token.verify(office.statuses.certificate().public_key()));
        assert!(accepted.is_err(), "byte {place}");
    }
}

#[test]
fn what_is_no_token_is_refused() {
    assert!(matches!(decode_token(&vec![0; STATUS_TOKEN_BYTES_MAX + 1]), Err(TokenError::TooLarge)));
    assert!(matches!(decode_token(b""), Err(TokenError::Cose(CoseError::Cbor(_)))));
    assert!(matches!(decode_token(&[0xd2, 0x80]), Err(TokenError::Cose(CoseError::NotSign1))));
}

#[test]
fn a_list_of_more_than_a_million_cards_stays_small() {
    let mut list = StatusList::new(1_200_000).unwrap();
    let mut state = 1_u64;
    for _ in 0..12_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list.set((state >> 33) as usize % 1_200_000, Status::Invalid).unwrap();
    }
    let token = encode_token(&list, &token_claims(), &Office::new().statuses).unwrap();
    assert!(token.len() <= 25_000, "{} bytes", token.len());
}

proptest! {
    #[test]
    fn any_list_comes_back(values in proptest::collection::vec(0_u8..3, 1..500)) {
        let mut list = StatusList::new(values.len()).unwrap();
        for (index, value) in values.iter().enumerate() {
            let status = [Status::Valid, Status::Invalid, Status::Suspended][usize::from(*value)];
            list.set(index, status).unwrap();
        }
        let again = StatusList::from_zlib(2, &list.to_zlib()).unwrap();
        for (index, value) in values.iter().enumerate() {
            prop_assert_eq!(again.value(index), Ok(*value));
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes: Vec<u8>, bits: u8) {
        let _ = decode_token(&bytes);
        let _ = StatusList::from_zlib(bits, &bytes);
    }
}
