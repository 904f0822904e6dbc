// SPDX-License-Identifier: Apache-2.0
//! Before anybody works: wrong usage, missing folders, configuration, accounts, the lock.

use std::path::Path;

use crate::support::{Office, PASSWORD, copy, turna, turna_with};

#[test]
fn wrong_usage_fails_with_2() {
    for wrong in [&["fly"][..], &["claim"], &["person", "show", "NOT-A-NUMBER"], &["db", "check", "--loud"]] {
        assert_eq!(turna(wrong).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn a_missing_data_folder_is_named_with_what_makes_one() {
    let ended = turna(["db", "check", "--data", "/nowhere/at/all"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("/nowhere/at/all") && ended.stderr.contains("turna db migrate"), "{ended:?}");
}

#[test]
fn keys_are_made_for_a_new_installation_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(turna(["db", "check", "--data", path]).code, Some(2));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "a folder that is none of ours is left as it is");
    let office = Office::open();
    std::fs::remove_dir_all(office.data().join("keys")).unwrap();
    for verb in ["check", "migrate"] {
        let ended = office.turna(&["db", verb]);
        assert_eq!(ended.code, Some(2));
        assert!(ended.json()["error"].as_str().unwrap().starts_with("the keys of "), "{ended:?}");
    }
    assert!(!office.data().join("keys").exists());
}

#[test]
fn an_unknown_key_of_the_configuration_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("turna.toml"), "issuer = \"X\"\ndatabse = \"sqlite:x\"\n").unwrap();
    for command in [["config", "check"], ["db", "migrate"]] {
        let ended = turna([&command[..], &["--data", folder.path().to_str().unwrap()]].concat());
        assert_eq!(ended.code, Some(2));
        let names = ["turna.toml", "line 2", "databse"].iter().all(|word| ended.stderr.contains(word));
        assert!(names, "{ended:?}");
    }
}

#[test]
fn a_mistake_in_a_country_pack_is_named_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/az"), folder.path());
    let pack = folder.path().to_str().unwrap();
    let whole = turna_with(["config", "check"], &[("TURNA_PACK", pack)], b"");
    assert_eq!(whole.code, Some(0), "{whole:?}");
    std::fs::write(folder.path().join("walls.toml"), "# nothing\n[[wall]]\ncode = 7\n").unwrap();
    let ended = turna_with(["config", "check"], &[("TURNA_PACK", pack)], b"");
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("walls.toml:3:"), "{ended:?}");
}

#[test]
fn secrets_are_not_among_the_values_in_effect() {
    let url = "postgres://turna:hunter2@db.example/turna";
    let ended = turna_with(["config", "check"], &[("TURNA_DATABASE", url)], b"");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stdout.contains("postgres://turna:…@db.example/turna"), "{ended:?}");
    assert!(!ended.stdout.contains("hunter2"));
}

#[test]
fn the_first_account_is_an_administrator_and_the_next_needs_one() {
    let office = Office::open();
    let password = office.path("password");
    let add = ["user", "add", "guest", "--role", "registrar", "--office", "sms-baku", "--new-password-file", &password];
    let ended = office.turna(&add);
    assert_eq!(ended.code, Some(2));
    assert!(ended.json()["error"].as_str().unwrap().contains("administrator"), "{ended:?}");
    assert_eq!(office.by("registrar", &add).refused(), "not_permitted");
    let short = office.file("short", b"crane\n");
    let add = [&add[..8], &[&short]].concat();
    assert_eq!(office.by("admin", &add).refused(), "fields");
}

#[test]
fn a_wrong_password_a_wrong_token_and_a_disabled_account_are_refused_alike() {
    let office = Office::open();
    let wrong = office.file("wrong", b"five cranes over the steppe\n");
    let by_password = office.turna(&["user", "list", "--account", "admin", "--password-file", &wrong]);
    let by_token = office.turna(&["user", "list", "--token-file", &wrong]);
    assert_eq!(by_password.stdout, by_token.stdout);
    assert_eq!(by_password.refused(), "not_permitted");
    office.by("admin", &["user", "disable", "help"]).done();
    let disabled = office.by("help", &["person", "find", "--name", "Sahrayi"]);
    assert_eq!(disabled.stdout, by_token.stdout);
    assert!(!disabled.stderr.contains(PASSWORD));
}

#[test]
fn a_token_in_the_environment_signs_in_and_nothing_else_does() {
    let office = Office::open();
    let token = std::fs::read_to_string(office.path("token-admin")).unwrap();
    let data = office.data();
    let list = ["user", "list", "--json", "--data", data.to_str().unwrap()];
    let accounts = turna_with(list, &[("TURNA_TOKEN", &token)], b"").done();
    assert_eq!(accounts["accounts"].as_array().unwrap().len(), 9);
    let nobody = turna(list);
    assert_eq!(nobody.code, Some(2));
    assert!(nobody.stdout.contains("--account"), "{nobody:?}");
}

#[test]
fn a_second_program_in_the_same_folder_is_refused_in_one_sentence() {
    let office = Office::open();
    let lock = std::fs::File::options().write(true).open(office.data().join("turna.lock")).unwrap();
    lock.lock().unwrap();
    let ended = office.turna(&["db", "check"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.json()["error"].as_str().unwrap().starts_with("another program works in "), "{ended:?}");
    // Looking does not need the folder for itself.
    assert_eq!(office.turna(&["doctor"]).code, Some(0));
}

#[test]
fn a_program_is_given_a_token_that_it_loses_when_it_is_revoked() {
    let office = Office::open();
    let password = office.path("password");
    let own = ["--account", "registrar", "--password-file", &password];
    let made = office.turna(&[&["token", "create", "import of June", "--days", "1"], &own[..]].concat()).done();
    let token = office.file("token-program", made["token"].as_str().unwrap().as_bytes());
    let find = ["person", "find", "--name", "Sahrayi", "--token-file", &token];
    office.turna(&find).done();
    let listed = office.turna(&[&["token", "list"], &own[..]].concat()).done();
    let names: Vec<&str> =
        listed["tokens"].as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"import of June"), "{names:?}");
    let id = made["id"].as_str().unwrap();
    assert_eq!(office.by("admin", &["token", "revoke", id]).refused(), "not_found");
    office.turna(&[&["token", "revoke", id], &own[..]].concat()).done();
    assert_eq!(office.turna(&find).refused(), "not_permitted");
    // Whoever has found a token makes no second one with it.
    assert_eq!(office.by("registrar", &["token", "create", "another"]).code, Some(2));
    assert_eq!(office.turna(&[&["token", "create", "long", "--days", "91"], &own[..]].concat()).code, Some(2));
}

#[test]
fn the_doctor_names_what_is_broken() {
    let office = Office::open();
    let health = |ended: crate::support::Ended, check: &str| {
        let checks = ended.json()["checks"].as_array().unwrap().clone();
        let mut found = checks.iter().filter(|line| line["check"] == check).map(|line| line["health"].clone());
        (ended.code, found.next_back().unwrap_or_default())
    };
    assert_eq!(health(office.turna(&["doctor"]), "log"), (Some(0), "OK".into()));
    let keys = office.data().join("keys");
    let log_key = keys.join("log.key");
    std::fs::remove_file(&log_key).unwrap();
    assert_eq!(health(office.turna(&["doctor"]), "log key"), (Some(1), "FAIL".into()));
    assert!(!log_key.exists(), "the doctor makes no keys");
    std::fs::write(&log_key, b"something else").unwrap();
    assert_eq!(health(office.turna(&["doctor"]), "log key"), (Some(1), "FAIL".into()));
    std::fs::remove_file(keys.join("master.key")).unwrap();
    assert_eq!(health(office.turna(&["doctor"]), "keys"), (Some(1), "FAIL".into()));
}

#[test]
fn without_the_root_no_second_one_is_made() {
    let office = Office::open();
    std::fs::remove_dir_all(office.data().join("offline-root")).unwrap();
    for verb in ["add-signer", "trust"] {
        let ended = office.turna(&["key", verb]);
        assert_eq!(ended.code, Some(2));
        assert!(ended.json()["error"].as_str().unwrap().contains("offline-root"), "{ended:?}");
    }
}

#[test]
fn a_new_signer_joins_the_trust_list() {
    let office = Office::open();
    assert_eq!(office.turna(&["key", "add-signer"]).done()["signers"], 4);
    let list = office.turna(&["key", "trust"]).done();
    assert!(list["signature"].is_string());
    let published = std::fs::read(office.data().join("cards/trust.json")).unwrap();
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&published).unwrap()["signature"], list["signature"]);
}
