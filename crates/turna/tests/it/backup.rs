// SPDX-License-Identifier: Apache-2.0
//! A backup is made beside a running server, read back into an empty folder and rehearsed; what would be lost is said first.

use serde_json::Value;

use crate::{
    office::register,
    support::{Ended, Office, turna},
};

/// Makes the keys of backups and returns the file of the secret one and the public one.
fn keys(office: &Office) -> (String, String) {
    let secret = office.path("backup.key");
    let made = office.turna(&["backup", "key", "--to", &secret]).done();
    (secret, made["public"].as_str().unwrap().to_owned())
}

/// Runs a command on another data folder beside the office's.
fn elsewhere(office: &Office, folder: &str, arguments: &[&str]) -> Ended {
    let data = office.path(folder);
    turna([&["--json", "--data", &data], arguments].concat())
}

fn health(ended: &Ended, check: &str) -> Value {
    let checks = ended.json()["checks"].as_array().unwrap().clone();
    let found = checks.iter().find(|line| line["check"] == check).map(|line| line["health"].clone());
    found.unwrap_or_default()
}

#[test]
fn a_backup_of_a_running_server_is_read_back_elsewhere_and_nothing_is_lost_without_a_word() {
    let office = Office::open();
    register(&office);
    let (secret, public) = keys(&office);
    let server = office.serve();
    let backup = office.path("a.age");
    let made = office.turna(&["backup", "make", "--to", &backup, "--recipient", &public]).done();
    assert!(made["rows"].as_u64().unwrap() > 50, "{made}");
    let keys = office.path("keys.age");
    office.turna(&["backup", "keys", "--to", &keys, "--recipient", &public]).done();
    // Somebody works on after the backup.
    office.by("registrar", &["person", "find", "--name", "Sinaqzade"]).done();
    let found = office.by("registrar", &["person", "find", "--name", "Sinaqzade"]).done();
    let size = found["log"]["size"].as_u64().unwrap();
    server.stop();
    let export = office.path("export");
    office.turna(&["audit", "export", &export]).done();
    let checkpoint = format!("{export}/checkpoint");
    let erasures = office.data().join("keys/erasures.txt");
    let erasures = office.file("erasures.txt", &std::fs::read(erasures).unwrap_or_default());
    let plain = ["backup", "restore", &backup, "--identity", &secret, "--keys", &keys, "--erasures", &erasures];

    let unknown = elsewhere(&office, "new", &plain);
    assert_eq!(unknown.refused(), "records_would_be_lost");
    let with_checkpoint = [&plain[..], &["--checkpoint", &checkpoint]].concat();
    let refused = elsewhere(&office, "new", &with_checkpoint);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    let lost = refused.json()["lost"].as_u64().unwrap();
    assert!(lost >= 2 && lost < size, "{lost} of {size}");
    assert_eq!(std::fs::read_dir(office.path("new")).unwrap().count(), 0, "a refused restore leaves nothing behind");
    let (fewer, exactly) = ((lost - 1).to_string(), lost.to_string());
    let wrong = [&with_checkpoint[..], &["--accept-loss", &fewer]].concat();
    assert_eq!(elsewhere(&office, "new", &wrong).refused(), "records_would_be_lost");

    let accepted = [&with_checkpoint[..], &["--accept-loss", &exactly]].concat();
    let restored = elsewhere(&office, "new", &accepted).done();
    assert_eq!((&restored["verified"], &restored["lost"]), (&Value::Bool(true), &lost.into()), "{restored}");
    let token = office.path("token-registrar");
    let found = elsewhere(&office, "new", &["person", "find", "--name", "Sinaqzade", "--token-file", &token]).done();
    assert_eq!(found["persons"].as_array().unwrap().len(), 2, "{found}");
    elsewhere(&office, "new", &["audit", "verify"]).done();
    let config = std::fs::read_to_string(format!("{}/turna.toml", office.path("new"))).unwrap();
    assert!(config.contains("log_name = \"turna.example/log/"), "the log goes on under another name: {config}");
    // A folder that is filled is never written over.
    assert_eq!(elsewhere(&office, "new", &accepted).code, Some(2));
}

#[test]
fn a_rehearsal_tells_the_doctor_that_a_backup_can_be_read_back() {
    let office = Office::open();
    let (secret, public) = keys(&office);
    let doctor = office.turna(&["doctor"]);
    assert_eq!((health(&doctor, "backup"), health(&doctor, "restored backup")), ("WARN".into(), "WARN".into()));
    let folder = office.path("backups");
    std::fs::create_dir(&folder).unwrap();
    let made = office.turna(&["backup", "make", "--to", &folder, "--recipient", &public]).done();
    let file = made["file"].as_str().unwrap();
    assert!(file.starts_with(&folder) && file.ends_with(".age"), "{file}");
    let doctor = office.turna(&["doctor"]);
    assert_eq!((health(&doctor, "backup"), health(&doctor, "restored backup")), ("OK".into(), "WARN".into()));
    let below = office.path("scratch");
    std::fs::create_dir(&below).unwrap();
    let rehearsed = office.turna(&["backup", "rehearse", file, "--identity", &secret, "--below", &below]).done();
    assert_eq!(rehearsed["verified"], true, "{rehearsed}");
    assert_eq!(std::fs::read_dir(&below).unwrap().count(), 0, "nothing of it is left");
    let doctor = office.turna(&["doctor"]);
    assert_eq!((doctor.code, health(&doctor, "restored backup")), (Some(0), "OK".into()));
    // Without a key, or with another, a backup is nothing.
    let other = office.path("other.key");
    office.turna(&["backup", "key", "--to", &other]).done();
    let ended = office.turna(&["backup", "rehearse", file, "--identity", &other]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    let nobody = office.turna(&["backup", "make", "--to", &folder]);
    assert!(nobody.json()["error"].as_str().unwrap().contains("backup_recipients"), "{nobody:?}");
}

#[test]
fn a_database_is_copied_and_the_program_goes_on_in_the_copy() {
    let office = Office::open();
    register(&office);
    let target = format!("sqlite:{}", office.path("copy.db"));
    let copied = office.turna(&["db", "copy", "--to", &target]).done();
    assert_eq!(copied["tables"]["person"], 2, "{copied}");
    assert_eq!(office.turna(&["db", "copy", "--to", &target]).code, Some(2), "it is not empty any more");
    std::fs::write(office.data().join("turna.toml"), format!("database = \"{target}\"\n")).unwrap();
    let found = office.by("registrar", &["person", "find", "--name", "Sinaqzade"]).done();
    assert_eq!(found["persons"].as_array().unwrap().len(), 2, "{found}");
}
