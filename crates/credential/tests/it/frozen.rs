// SPDX-License-Identifier: Apache-2.0
//! A card, a trust list and a status list as they were written once. People carry cards for years: whatever changes in
//! the program, these must open, and the same card must be written the same.

use base64ct::{Base64, Encoding};
use credential::{
    trust::{TrustList, sign_trust_list},
    verify::{Reason, Verdict, verify_text},
};

use crate::office::{Office, claims, today};

const CARD: &str = include_str!("frozen/card.txt");
const TRUST: &str = include_str!("frozen/trust.json");
const STATUS: &str = include_str!("frozen/status.cwt.base64");

#[test]
fn a_card_of_the_first_day_is_still_valid() {
    let trust = TrustList::open(TRUST, None).unwrap();
    let status = Base64::decode_vec(STATUS.trim_end()).unwrap();
    let Verdict::Valid(view) = verify_text(CARD, &trust, Some(&status), today()) else { panic!("it was valid") };
    assert!(view.claims == claims());
    let later = today().plus_seconds(10 * 366 * 24 * 3_600);
    assert!(matches!(verify_text(CARD, &trust, Some(&status), later), Verdict::NotValid(Reason::UnknownSigner(_))));
}

#[test]
fn cards_and_trust_lists_are_still_written_the_same() {
    let office = Office::new();
    assert_eq!(office.sign(&claims()) + "\n", CARD);
    assert_eq!(sign_trust_list(&office.trust, &office.root).unwrap(), TRUST);
}
