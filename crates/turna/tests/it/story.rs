// SPDX-License-Identifier: Apache-2.0
//! From arrival to a card in the hand, by the command line alone.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    office::register,
    support::{Ended, Office, turna},
};

fn interview(office: &Office, alone: bool) -> String {
    let interview = json!({
        "language": "prs",
        "interpreter": "register no. 14",
        "representative": null,
        "observer": null,
        "seen_alone": alone,
        "statement": "She told why she fled; it was read back to her.",
    });
    office.file("interview.json", interview.to_string().as_bytes())
}

/// Takes the claim of a person to recognition.
fn recognise(office: &Office, person: &str) -> String {
    let opened = office.by("registrar", &["claim", "open", person, "--language", "prs"]).done();
    let case = opened["case"].as_str().unwrap().to_owned();
    let again = office.by("registrar", &["claim", "open", person, "--language", "prs"]);
    assert_eq!(again.refused(), "already_recorded");
    let reasons = office.file("reasons.txt", "She was threatened at home.".as_bytes());
    office.by("registrar", &["claim", "reasons", &case, &format!("@{reasons}")]).done();
    let paper = office.path("certificate.pdf");
    office.by("registrar", &["claim", "certificate", &case, "--paper", &paper]).done();
    assert!(std::fs::read(&paper).unwrap().starts_with(b"%PDF"));
    let wall = office.by("police", &["measure", "order", person]);
    assert_eq!(wall.json()["wall"], "expulsion.asylum_claim", "{wall:?}");
    assert_eq!(wall.refused(), "wall");
    let shown_alone = interview(office, false);
    let not_alone = office.by("officer", &["claim", "interview", &case, "registration_interview", &shown_alone]);
    assert_eq!(not_alone.refused(), "fields");
    let alone = interview(office, true);
    for kind in ["registration_interview", "status_interview"] {
        office.by("officer", &["claim", "interview", &case, kind, &alone]).done();
    }
    let ground = ["--outcome", "recognised", "--cite", "int-1951-refugees:1a"];
    let words = ["--reason", "Her account is coherent and fits what is known."];
    let propose = [&["claim", "propose", &case, "--facts", "The threat was documented."], &ground[..], &words].concat();
    office.by("officer", &propose).done();
    let decide = [&["claim", "decide", &case], &ground[..], &words].concat();
    assert_eq!(office.by("officer", &decide).refused(), "not_permitted");
    assert_eq!(office.by("decider", &decide).done()["state"], "decided");
    let shown = office.by("officer", &["claim", "show", &case]).done();
    assert_eq!(shown["outcome"], "recognised");
    assert_eq!(shown["reasons"], "She was threatened at home.");
    case
}

/// Prepares, checks, signs, prints and hands over a card.
fn issue(office: &Office, person: &str) -> String {
    office.by("cards", &["card", "blank", "add", "AZ-0001", "AZ-0002"]).done();
    let prepared = office.by("cards", &["card", "prepare", person]).done();
    let card = prepared["card"].as_str().unwrap().to_owned();
    assert_eq!(office.by("cards", &["card", "check", &card]).refused(), "same_officer");
    assert_eq!(office.by("cards", &["card", "print", &card]).refused(), "card_state");
    office.by("cards2", &["card", "check", &card]).done();
    assert!(office.by("cards", &["card", "sign", &card]).done()["qr_version"].as_u64().unwrap() <= 22);
    office.by("cards", &["card", "print", &card]).done();
    let paper = office.path("receipt.pdf");
    office.by("cards", &["card", "handover", &card, "--to", person, "--paper", &paper]).done();
    assert!(std::fs::read(&paper).unwrap().starts_with(b"%PDF"));
    card
}

/// Checks a card with the files beside it alone.
fn check(cards: &Path, input: &str, more: &[&str]) -> Ended {
    let (trust, status) = (cards.join("trust.json"), cards.join("status.cwt"));
    let files = ["--trust", trust.to_str().unwrap(), "--status", status.to_str().unwrap()];
    turna([&["card", "verify", "--json", input], &files[..], more].concat())
}

fn verdict(ended: &Ended) -> (Option<i32>, Value, Value) {
    let json = ended.json();
    (ended.code, json["verdict"].clone(), json["reason"].clone())
}

#[test]
fn a_refugee_receives_a_card_that_anybody_can_check_and_a_gift_once() {
    let office = Office::open();
    tell(&office);
    check_the_records(&office);
}

#[test]
fn the_same_is_done_and_said_while_a_server_works_in_the_folder() {
    let office = Office::open();
    let server = office.serve();
    let person = tell(&office);
    let password = office.path("password");
    let show = ["person", "show", &person, "--account", "registrar", "--password-file", &password];
    let mut served = office.turna(&show).done();
    assert_eq!(office.by("registrar", &["person", "show", &person]).done()["number"], person.as_str());
    // What needs the folder for itself still says so.
    assert_eq!(office.turna(&["db", "check"]).code, Some(2));
    let key = office.turna(&["audit", "key"]).done();
    server.stop();
    let mut alone = office.turna(&show).done();
    for answer in [&mut served, &mut alone] {
        assert!(answer["log"]["size"].as_u64().unwrap() > 0, "{answer}");
        answer.as_object_mut().unwrap().remove("log");
    }
    assert_eq!(served, alone);
    assert_eq!(office.turna(&["audit", "key"]).done(), key);
    check_the_records(&office);
}

/// The whole story; returns the person.
fn tell(office: &Office) -> String {
    let persons = register(office);
    assert_eq!(office.by("cards", &["card", "prepare", &persons[0]]).refused(), "missing");
    recognise(office, &persons[0]);
    let card = issue(office, &persons[0]);
    check_the_card(office, &card);
    hand_over_gift_once(office, &persons[0]);
    lose_and_find(office, &card);
    revoke(office, &card);
    look_back(office, &persons[0]);
    persons[0].clone()
}

fn check_the_card(office: &Office, card: &str) {
    let cards = office.data().join("cards");
    let file = |kind: &str| cards.join(format!("card-{card}.{kind}")).to_str().unwrap().to_owned();
    assert!(std::fs::read(file("pdf")).unwrap().starts_with(b"%PDF"));
    let text = std::fs::read_to_string(file("txt")).unwrap();
    let face = office.path("face.webp");
    for input in [&file("png"), &file("txt"), &text] {
        let ended = check(&cards, input, &["--face", &face]);
        assert_eq!(verdict(&ended), (Some(0), "valid".into(), Value::Null), "{ended:?}");
        assert_eq!(ended.json()["card"]["full_name"], "Turnagul Sinaqzade", "{ended:?}");
        assert!(ended.json()["card"].get("birth_date").is_none(), "a bank sees no birth date");
    }
    assert_eq!(&std::fs::read(&face).unwrap()[8..12], b"WEBP");
    let full = check(&cards, &text, &["--view", "full"]);
    assert_eq!(full.json()["card"]["card_number"], card);
    let digits = check(&cards, &file("mrz"), &[]);
    assert_eq!(verdict(&digits).1, "check_digits_right");
    let without_list =
        turna(["card", "verify", "--json", &text, "--trust", cards.join("trust.json").to_str().unwrap()]);
    assert_eq!(verdict(&without_list), (Some(1), "valid_signature_status_old".into(), Value::Null));
    let changed = if text.ends_with('A') { "B" } else { "A" };
    let forged = format!("{}{changed}", &text[..text.len() - 1]);
    assert_eq!(check(&cards, &forged, &[]).code, Some(1));
    let expired = check(&cards, &text, &["--at", "2050-01-01T00:00:00Z"]);
    // The signer's signatures no longer count by then: that is said first.
    assert_eq!(verdict(&expired), (Some(1), "not_valid".into(), "unknown_signer".into()));
    let early = check(&cards, &text, &["--at", "2020-01-01T00:00:00Z", "--lang", "en"]);
    assert_eq!(verdict(&early), (Some(1), "not_valid".into(), "not_yet_valid".into()));
    let until = full.json()["card"]["expires_at"].as_str().unwrap().to_owned();
    let after = check(&cards, &text, &["--at", &until, "--lang", "en"]);
    assert_eq!(verdict(&after), (Some(1), "not_valid".into(), "expired".into()));
    let year = &until[..4];
    assert!(after.json()["texts"]["en"][1].as_str().unwrap().contains(year), "{after:?}");
}

fn hand_over_gift_once(office: &Office, person: &str) {
    office.by("help", &["gift", "open", "winter", "--name", "Winter help", "--on", "2025-12-18"]).done();
    let gift = ["gift", "handover", "winter", person, "--item", "gift_set"];
    office.by("help", &gift).done();
    assert_eq!(office.by("cards", &gift).refused(), "given_already");
    assert_eq!(office.by("police", &gift).refused(), "not_permitted");
}

fn lose_and_find(office: &Office, card: &str) {
    let cards = office.data().join("cards");
    let text = cards.join(format!("card-{card}.txt")).to_str().unwrap().to_owned();
    office.by("cards", &["card", "suspend", card, "--reason", "lost"]).done();
    assert_eq!(verdict(&check(&cards, &text, &[])).2, "suspended");
    office.by("cards", &["card", "reinstate", card, "--reason", "found at home"]).done();
    assert_eq!(verdict(&check(&cards, &text, &[])).1, "valid");
}

fn revoke(office: &Office, card: &str) {
    let words = ["--reason", "The card shows a wrong name."];
    let propose = ["card", "revoke", "--propose", card, "--ground", "issued_in_error", "--facts", "Compared by hand."];
    let proposed = office.by("officer", &[&propose[..], &words].concat()).done();
    let case = proposed["case"].as_str().unwrap();
    let decide = [&["card", "revoke", "--decide", case], &words[..]].concat();
    assert_eq!(office.by("cards", &decide).refused(), "not_permitted");
    assert_eq!(office.by("decider", &decide).done()["state"], "revoked");
    let cards = office.data().join("cards");
    let text = cards.join(format!("card-{card}.txt")).to_str().unwrap().to_owned();
    assert_eq!(verdict(&check(&cards, &text, &[])).2, "revoked");
    assert_eq!(office.by("cards", &["card", "show", card]).done()["state"], "revoked");
}

/// The person reads who looked; the auditor draws by lot.
fn look_back(office: &Office, person: &str) {
    let access = office.by("registrar", &["person", "token", person]).done();
    let token = access["token"].as_str().unwrap();
    let pin = office.file("pin", access["pin"].as_str().unwrap().as_bytes());
    let looked = office.turna(&["person", "looked", "--token", token, "--pin-file", &pin]).done();
    let actions: Vec<&str> =
        looked["entries"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert!(actions.contains(&"register_family") && actions.contains(&"hand_over_card"), "{actions:?}");
    assert!(!actions.contains(&"show_claim"), "the sealed file never appears: {actions:?}");
    let wrong = office.file("pin", b"0000000");
    assert_eq!(office.turna(&["person", "looked", "--token", token, "--pin-file", &wrong]).refused(), "not_permitted");
    let out = office.path("sample");
    let sample = office.by("auditor", &["audit", "sample", "--n", "5", "--out", &out]).done();
    let position = sample["records"][0]["position"].as_u64().unwrap();
    assert!(Path::new(&out).join(format!("record-{position}.tlog-proof")).exists());
    office.by("auditor", &["audit", "open", &position.to_string()]).done();
    assert_eq!(office.by("officer", &["audit", "sample"]).refused(), "not_permitted");
}

/// Every case folds again, and every row agrees with its record.
fn check_the_records(office: &Office) {
    assert_eq!(office.turna(&["db", "check"]).done()["faults"], json!([]));
    assert_eq!(office.turna(&["audit", "verify"]).done()["verified"], true);
}
