// SPDX-License-Identifier: Apache-2.0
//! The log from outside: exported, compared with an older checkpoint, and every kind of tampering found.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
};

use crate::support::{Ended, Office, turna};

/// An export and a checkpoint kept from when the log was shorter.
struct Exported {
    office: Office,
    folder: PathBuf,
    older: String,
}

fn exported() -> Exported {
    let office = Office::open();
    let checkpoint = office.turna(&["audit", "checkpoint"]).done();
    let older = office.file("older", checkpoint["checkpoint"].as_str().unwrap().as_bytes());
    office.by("admin", &["user", "list"]).done();
    let folder = office.path("log");
    office.turna(&["audit", "export", &folder]).done();
    Exported { office, folder: folder.into(), older }
}

impl Exported {
    fn verify(&self, more: &[&str]) -> Ended {
        turna([&["audit", "verify", "--json", "--export", self.folder.to_str().unwrap()], more].concat())
    }
}

/// A change to the bytes of a file.
type Tampering = fn(&mut Vec<u8>);

/// The only file below a folder.
fn only_file(folder: &Path) -> PathBuf {
    let mut path = folder.to_owned();
    while path.is_dir() {
        path = std::fs::read_dir(&path).unwrap().next().unwrap().unwrap().path();
    }
    path
}

fn change(path: &Path, with: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = std::fs::read(path).unwrap();
    with(&mut bytes);
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn an_export_verifies_and_continues_the_older_checkpoint() {
    let exported = exported();
    let verified = exported.verify(&["--since", &exported.older]).done();
    assert!(verified["entries"].as_u64() > verified["since"].as_u64(), "{verified}");
    let again = exported.office.turna(&["audit", "export", exported.folder.to_str().unwrap()]);
    assert_eq!(again.code, Some(2), "a folder with something in it is left alone");
}

#[test]
fn tampering_with_each_kind_of_file_is_found_and_named() {
    let first: Tampering = |bytes| bytes[0] ^= 1;
    let last: Tampering = |bytes| *bytes.last_mut().unwrap() ^= 1;
    let shorter: Tampering = |bytes| bytes.truncate(bytes.len() - 1);
    let longer: Tampering = |bytes| bytes.push(0);
    let changes: [(&str, Tampering); 4] = [("first", first), ("last", last), ("shorter", shorter), ("longer", longer)];
    for kind in ["tile/entries", "tile/0", "checkpoint"] {
        for (how, tamper) in changes {
            let exported = exported();
            change(&only_file(&exported.folder.join(kind)), tamper);
            let ended = exported.verify(&[]);
            assert_eq!(ended.code, Some(1), "{kind} {how}: {ended:?}");
            let file = ended.json()["file"].as_str().unwrap().to_owned();
            assert!(file.starts_with(kind), "{kind} {how}: {file}");
        }
        let exported = exported();
        std::fs::remove_file(only_file(&exported.folder.join(kind))).unwrap();
        assert_eq!(exported.verify(&[]).code, Some(1), "{kind} missing");
    }
}

#[test]
fn another_key_a_rolled_back_log_and_another_log_are_refused() {
    let exported = exported();
    let other = Office::open();
    // The copies of an office share its key; a new data folder has one of its own.
    let folder = other.path("new");
    turna(["db", "migrate", "--data", &folder]);
    let key = turna(["audit", "key", "--json", "--data", &folder]).done();
    let key = other.file("other.key", key["verifier_key"].as_str().unwrap().as_bytes());
    assert_eq!(exported.verify(&["--key", &key]).code, Some(1));
    let now = std::fs::read_to_string(exported.folder.join("checkpoint")).unwrap();
    let newer = exported.office.file("newer", now.as_bytes());
    let short = Exported { office: Office::open(), folder: other.path("short").into(), older: String::new() };
    short.office.turna(&["audit", "export", short.folder.to_str().unwrap()]).done();
    let ended = short.verify(&["--since", &newer]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.json()["message"].as_str().unwrap().contains("shortened"), "{ended:?}");
}

#[test]
fn what_cannot_be_read_at_all_fails() {
    let nowhere = turna(["audit", "verify", "--export", "/nowhere"]);
    assert_eq!(nowhere.code, Some(2), "{nowhere:?}");
    let secure = turna(["audit", "verify", "--url", "https://log.example"]);
    assert_eq!(secure.code, Some(2));
    assert!(secure.stderr.contains("https"), "{secure:?}");
}

#[test]
fn a_published_log_is_verified_over_http() {
    let exported = exported();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/log", listener.local_addr().unwrap());
    let folder = exported.folder.clone();
    // Serves as long as the test runs.
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 1024];
            let length = stream.read(&mut request).unwrap();
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = request.split(' ').nth(1).unwrap().strip_prefix("/log/").unwrap().to_owned();
            let answer = match std::fs::read(folder.join(path)) {
                Ok(bytes) => {
                    [format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", bytes.len()).into_bytes(), bytes].concat()
                }
                Err(_) => b"HTTP/1.1 404 Not Found\r\n\r\n".to_vec(),
            };
            stream.write_all(&answer).unwrap();
        }
    });
    let verified = turna(["audit", "verify", "--json", "--url", &url, "--since", &exported.older]).done();
    assert_eq!(verified["verified"], true);
    change(&only_file(&exported.folder.join("tile/entries")), |bytes| bytes[0] ^= 1);
    assert_eq!(turna(["audit", "verify", "--json", "--url", &url]).code, Some(1));
}
