// SPDX-License-Identifier: Apache-2.0
//! Runs the program, and keeps one small office that tests copy.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const PASSWORD: &str = "seven cranes over the steppe";

/// The accounts of the office: name, role, office.
const ACCOUNTS: [(&str, &str, &str); 8] = [
    ("registrar", "registrar", "sms-baku"),
    ("officer", "case_officer", "sms-refugee-affairs"),
    ("decider", "decision_maker", "sms-refugee-affairs"),
    ("cards", "card_officer", "sms-refugee-affairs"),
    ("cards2", "card_officer", "sms-refugee-affairs"),
    ("help", "assistance_officer", "sms-refugee-affairs"),
    ("police", "police_officer", "mia-baku"),
    ("auditor", "auditor", "ombudsman-baku"),
];

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    /// The result, which must be there.
    pub(crate) fn done(self) -> Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.json()
    }

    /// The code of the refusal, which must be there.
    pub(crate) fn refused(self) -> String {
        assert_eq!(self.code, Some(1), "{self:?}");
        self.json()["refused"].as_str().expect("a refusal has a code").to_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Runs the program without any of the caller's settings.
pub(crate) fn turna<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ended {
    turna_with(arguments, &[], &[])
}

pub(crate) fn turna_with<S: AsRef<OsStr>>(
    arguments: impl IntoIterator<Item = S>,
    variables: &[(&str, &str)],
    input: &[u8],
) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_turna"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TURNA_") {
            command.env_remove(name);
        }
    }
    command.args(arguments).envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that does not read its input closes the pipe.
    drop(child.stdin.take().unwrap().write_all(input));
    let output = child.wait_with_output().unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// An installation in a folder of its own.
pub(crate) struct Office {
    folder: TempDir,
}

impl Office {
    /// A copy of an office with accounts and signers, and with tokens of each account.
    pub(crate) fn open() -> Self {
        static FIRST: OnceLock<Office> = OnceLock::new();
        FIRST.get_or_init(Self::found).copy()
    }

    /// The same office again, in a folder of its own.
    pub(crate) fn copy(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(self.folder.path(), folder.path());
        Self { folder }
    }

    fn found() -> Self {
        let office = Self { folder: tempfile::tempdir().unwrap() };
        let password = office.file("password", PASSWORD.as_bytes());
        office.turna(&["db", "migrate"]).done();
        office.turna(&["key", "add-signer"]).done();
        let add = ["user", "add", "--new-password-file", &password];
        office
            .turna(&[&add[..], &["admin", "--role", "administrator", "--office", "sms-headquarters"]].concat())
            .done();
        office.sign_in("admin", &password);
        for (name, role, at) in ACCOUNTS {
            office.by("admin", &[&add[..], &[name, "--role", role, "--office", at]].concat()).done();
            office.sign_in(name, &password);
        }
        office
    }

    fn sign_in(&self, name: &str, password: &str) {
        let token = self.turna(&["login", "--account", name, "--password-file", password]).done();
        self.file(&format!("token-{name}"), token["token"].as_str().unwrap().as_bytes());
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Writes a file beside the data folder and returns its path.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The path of a file or folder beside the data folder.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Runs a command on the data folder.
    pub(crate) fn turna(&self, arguments: &[&str]) -> Ended {
        let data = self.data();
        turna([&["--json", "--data", data.to_str().unwrap()], arguments].concat())
    }

    /// Runs a command as an officer.
    pub(crate) fn by(&self, officer: &str, arguments: &[&str]) -> Ended {
        let token = self.path(&format!("token-{officer}"));
        self.turna(&[arguments, &["--token-file", &token]].concat())
    }
}

/// A server that works in the folder of an office.
pub(crate) struct Server {
    child: Child,
    address: PathBuf,
}

impl Office {
    /// Serves, until the server is stopped.
    pub(crate) fn serve(&self) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_turna"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("TURNA_") {
                command.env_remove(name);
            }
        }
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(self.data());
        let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let address = self.data().join("turna.address");
        // It says where it serves, and then tells the folder.
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        assert!(lines.next().unwrap().unwrap().starts_with("serving on http://127.0.0.1:"));
        std::thread::spawn(move || lines.for_each(drop));
        while !std::fs::read_to_string(&address).is_ok_and(|text| text.ends_with('\n')) {
            assert!(child.try_wait().unwrap().is_none(), "the server ended");
            std::thread::yield_now();
        }
        Server { child, address }
    }
}

impl Server {
    /// Stops it as a service manager does.
    pub(crate) fn stop(mut self) {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&self.address).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(Command::new("kill").arg(self.child.id().to_string()).status().unwrap().success());
        assert!(self.child.wait().unwrap().success());
        assert!(!self.address.exists(), "a server that is gone is not told");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (source, target) = {
            let entry = entry.unwrap();
            (entry.path(), to.join(entry.file_name()))
        };
        if source.is_dir() { copy(&source, &target) } else { std::fs::copy(&source, &target).map(drop).unwrap() }
    }
}
