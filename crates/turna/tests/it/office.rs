// SPDX-License-Identifier: Apache-2.0
//! Families as an office registers them.

use serde_json::{Value, json};

use crate::support::Office;

/// A mother with a child; nobody has these names and numbers.
pub(crate) fn family() -> Value {
    json!({
        "collected_for": "asylum",
        "event_date": null,
        "members": [
            {
                "key": "mother",
                "relation": "head",
                "names": [
                    { "kind": "given", "script": "latin", "value": "Turnagul" },
                    { "kind": "family", "script": "latin", "value": "Sinaqzade" },
                    { "kind": "given", "script": "arabic", "value": "ماه‌گل" },
                    { "kind": "family", "script": "arabic", "value": "صحرایی" },
                ],
                "sex": "female",
                "birth": { "date": "1991-04-02" },
                "citizenships": [{ "country": "AFG", "basis": "document" }],
                "documents": [{ "kind": "passport", "number": "TEST770001", "country": "AFG" }],
                "languages": ["prs"],
                "photo": "drawn:7",
            },
            {
                "key": "son",
                "relation": "son",
                "names": [
                    { "kind": "given", "script": "latin", "value": "Cranebek" },
                    { "kind": "family", "script": "latin", "value": "Sinaqzade" },
                ],
                "sex": "male",
                "birth": { "date": "2019-01-01", "precision": "year" },
                "photo": "photos/son.png",
            },
        ],
    })
}

/// Registers the family and returns the numbers of its members.
pub(crate) fn register(office: &Office) -> Vec<String> {
    std::fs::create_dir_all(office.path("photos")).unwrap();
    office.file("photos/son.png", &synthetic::face(8, 6, synthetic::Sex::Male));
    let file = office.file("family.json", family().to_string().as_bytes());
    let registered = office.by("registrar", &["family", "register", &file]).done();
    let members = registered["members"].as_array().unwrap();
    members.iter().map(|member| member["number"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_mistake_in_a_registration_is_named_with_file_line_and_field() {
    let office = Office::open();
    let mut family = family();
    family["members"][1]["birth"]["date"] = "2019-13-01".into();
    let text = serde_json::to_string_pretty(&family).unwrap();
    let line = text.lines().position(|line| line.contains("2019-13-01")).unwrap() + 1;
    let file = office.file("family.json", text.as_bytes());
    let ended = office.by("registrar", &["family", "register", &file]);
    assert_eq!(ended.code, Some(2));
    let error = ended.json()["error"].as_str().unwrap().to_owned();
    assert!(error.contains(&format!("family.json:{line}:")) && error.contains("members[1].birth.date"), "{error}");
}

#[test]
fn a_rule_names_every_field_that_is_wrong_at_once() {
    let office = Office::open();
    let mut family = family();
    family["members"][0]["languages"] = json!(["klingon"]);
    family["members"][1]["relation"] = "pet".into();
    family["members"][1]["photo"] = Value::Null;
    let file = office.file("family.json", family.to_string().as_bytes());
    let ended = office.by("registrar", &["family", "register", &file]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let fields = ended.json()["fields"].as_array().unwrap().iter().map(|f| f["field"].clone()).collect::<Vec<_>>();
    assert_eq!(fields.len(), 2, "{fields:?}");
    assert!(fields.contains(&"members[0].languages[0]".into()) && fields.contains(&"members[1].relation".into()));
}

#[test]
fn a_photo_lies_beside_the_file_and_is_a_picture() {
    let office = Office::open();
    for photo in ["/etc/hostname", "../password", "family.json", "missing.png", "drawn:face"] {
        let mut family = family();
        family["members"][1]["photo"] = photo.into();
        let file = office.file("family.json", family.to_string().as_bytes());
        let ended = office.by("registrar", &["family", "register", &file]);
        assert_eq!(ended.code, Some(2), "{photo}: {ended:?}");
        assert!(ended.json()["error"].as_str().unwrap().contains("members[1].photo"), "{ended:?}");
    }
}

#[test]
fn a_person_is_found_shown_and_corrected_by_those_who_may() {
    let office = Office::open();
    let numbers = register(&office);
    for evidence in [["--name", "ماه"], ["--document", "test 770001"], ["--born", "1991-04-02"]] {
        let found = office.by("officer", &[&["person", "find"], &evidence[..]].concat()).done();
        assert_eq!(found["persons"][0]["number"], numbers[0].as_str(), "{evidence:?}");
    }
    let hidden = office.by("police", &["person", "find", "--name", "Sinaqzade"]).done();
    assert_eq!(hidden["persons"], json!([]), "what was given for asylum is not read for enforcement");
    assert_eq!(office.by("admin", &["person", "find", "--name", "Sinaqzade"]).refused(), "not_permitted");
    let correct = ["person", "correct", &numbers[1], "--birth", "2019-05-06", "--source", "document"];
    let reason = ["--reason", "the birth certificate was shown"];
    assert_eq!(office.by("registrar", &[&correct[..], &reason].concat()).done()["version"], 2);
    let late = [&correct[..], &reason, &["--version", "1"]].concat();
    assert_eq!(office.by("registrar", &late).refused(), "conflict");
    let shown = office.by("registrar", &["person", "show", &numbers[1]]).done();
    assert_eq!(shown["birth"], json!({ "date": "2019-05-06", "precision": "day" }));
    assert_eq!(shown["corrections"][0]["old_value"], "2019-01-01 (year)");
    assert!(shown["log"]["size"].as_u64().unwrap() > 0);
}

#[test]
fn a_person_is_erased_by_two_officers_and_cannot_be_found_again() {
    let office = Office::open();
    let numbers = register(&office);
    let password = office.path("password");
    let add =
        ["user", "add", "--new-password-file", &password, "--role", "head_of_office", "--office", "sms-baku", "head"];
    office.by("admin", &add).done();
    let reason = ["--reason", "registered twice by mistake; nothing must be kept"];
    let proposed = office.by("registrar", &[&["person", "erase", "propose", &numbers[1]], &reason[..]].concat()).done();
    let case = proposed["case"].as_str().unwrap();
    let decide = [&["person", "erase", "decide", case], &reason[..]].concat();
    assert_eq!(office.by("registrar", &decide).refused(), "not_permitted");
    let by_head = ["--account", "head", "--password-file", &password];
    office.turna(&[&decide[..], &by_head].concat()).done();
    assert_eq!(office.by("officer", &["person", "show", &numbers[1]]).refused(), "not_found");
    office.turna(&["audit", "verify"]).done();
}
