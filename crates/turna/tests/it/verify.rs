// SPDX-License-Identifier: Apache-2.0
//! Checking a card with no data folder: any input gets an answer.

use crate::support::{Ended, Office, turna, turna_with};

/// Lines of the specimen of ICAO Doc 9303-5, appendix A.
const SPECIMEN: &str =
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<\n";

fn trust(office: &Office) -> String {
    office.data().join("cards/trust.json").to_str().unwrap().to_owned()
}

fn verify(office: &Office, input: &str, stdin: &[u8]) -> Ended {
    turna_with(["card", "verify", "--json", "--trust", &trust(office), "--", input], &[], stdin)
}

fn malformed(ended: &Ended) {
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(ended.json()["verdict"], "not_valid", "{ended:?}");
    assert_eq!(ended.json()["reason"], "malformed", "{ended:?}");
    let texts = ended.json()["texts"].clone();
    for language in ["az", "en", "ru", "ar", "fa"] {
        assert!(texts[language].as_array().unwrap().len() >= 6, "{language}: {texts}");
    }
}

#[test]
fn no_input_crashes_the_check() {
    let office = Office::open();
    let folder = office.data().to_str().unwrap().to_owned();
    let picture = office.file("picture.png", &synthetic::face(7, 30, synthetic::Sex::Female));
    let cut = office.file("cut.png", &synthetic::face(7, 30, synthetic::Sex::Female)[..500]);
    let binary = office.file("binary", &[0, 159, 146, 150, 255]);
    let huge = office.file("huge", &vec![b'A'; 21 * 1024 * 1024]);
    let long = "A".repeat(100_000);
    let inputs =
        ["", " ", "hello", "6BF:XN6+", "-6BF", "%%%", &folder, &picture, &cut, &binary, &huge, &long, "\u{202e}ə"];
    for input in inputs {
        malformed(&verify(&office, input, b""));
    }
    for stdin in [&b""[..], b"\n\n", &[255; 4096], &vec![b'7'; 1 << 20]] {
        malformed(&verify(&office, "-", stdin));
    }
}

#[test]
fn a_text_with_many_lines_is_no_zone_and_no_crash() {
    let office = Office::open();
    let ended = verify(&office, "-", "x\n".repeat(1 << 20).as_bytes());
    assert_eq!((ended.code, ended.json()["verdict"].as_str()), (Some(1), Some("check_digits_wrong")));
}

#[test]
fn printed_lines_are_checked_for_their_digits_only_and_never_valid() {
    let right = turna_with(["card", "verify", "--json", "-"], &[], SPECIMEN.as_bytes());
    assert_eq!((right.code, right.json()["verdict"].as_str()), (Some(1), Some("check_digits_right")), "{right:?}");
    let said = right.json()["texts"]["en"].to_string();
    assert!(said.contains("do not show whether the card is genuine"), "{said}");
    let wrong = turna_with(["card", "verify", "--json", "-"], &[], SPECIMEN.replace("D2314", "D2315").as_bytes());
    assert_eq!((wrong.code, wrong.json()["verdict"].as_str()), (Some(1), Some("check_digits_wrong")), "{wrong:?}");
}

#[test]
fn a_trust_list_that_cannot_be_used_is_told_from_a_bad_card() {
    let office = Office::open();
    assert_eq!(turna(["card", "verify", "hello"]).code, Some(2));
    assert_eq!(turna(["card", "verify", "hello", "--trust", "/nowhere"]).code, Some(2));
    let mut list: serde_json::Value = serde_json::from_slice(&std::fs::read(trust(&office)).unwrap()).unwrap();
    let signature = list["signature"].as_str().unwrap();
    let changed = if signature.starts_with('A') { "B" } else { "A" };
    list["signature"] = format!("{changed}{}", &signature[1..]).into();
    let forged = office.file("forged.json", list.to_string().as_bytes());
    assert_eq!(turna(["card", "verify", "hello", "--trust", &forged]).code, Some(2));
    let huge = office.file("huge.json", &vec![b' '; 1 << 20]);
    assert_eq!(turna(["card", "verify", "hello", "--trust", &huge]).code, Some(2));
    let other = "00".repeat(32);
    assert_eq!(turna(["card", "verify", "hello", "--trust", &trust(&office), "--root", &other]).code, Some(2));
}

#[test]
fn one_language_is_answered_when_one_is_asked_for() {
    let office = Office::open();
    let ended =
        turna(["card", "verify", "hello", "--trust", &trust(&office), "--lang", "az", "--phone", "+994 12 000"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stdout.contains("ETİBARSIZ") || ended.stdout.contains("ETİBARLI DEYİL"), "{ended:?}");
    assert!(ended.stdout.contains("+994 12 000") && !ended.stdout.contains("NOT VALID"), "{ended:?}");
}
