// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask check`: format, lints, documentation, licences and the rules of the house.

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use anyhow::bail;

use crate::{
    shell::{self, Stages},
    tidy,
};

/// Runs every check, also after one has failed, so that one run names everything.
///
/// # Errors
/// None; a check that fails is shown and makes the exit code 1.
pub(crate) fn run(root: &Path) -> anyhow::Result<ExitCode> {
    let mut stages = Stages::default();
    let results = [
        stages.run("format", || shell::run(shell::cargo(root, "fmt").args(["--all", "--", "--check"]))),
        stages.run("rules of the house", || report(root)),
        stages.run("lints", || {
            shell::run(shell::cargo(root, "clippy").args(["--workspace", "--all-targets", "--", "-D", "warnings"]))
        }),
        stages.run("documentation", || {
            let mut doc = shell::cargo(root, "doc");
            shell::run(doc.args(["--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
        }),
        stages.run("licences and sources", || deny(root)),
    ];
    stages.show();
    let mut code = ExitCode::SUCCESS;
    for error in results.into_iter().filter_map(Result::err) {
        eprintln!("error: {error:#}");
        code = ExitCode::FAILURE;
    }
    Ok(code)
}

/// `cargo xtask tidy`: only the rules of the house.
///
/// # Errors
/// When a rule is broken or a file cannot be read.
pub(crate) fn tidy(root: &Path) -> anyhow::Result<ExitCode> {
    report(root).map(|()| ExitCode::SUCCESS)
}

fn report(root: &Path) -> anyhow::Result<()> {
    let findings = tidy::findings(&tidy::read(root)?);
    for finding in &findings {
        eprintln!("{finding}");
    }
    if !findings.is_empty() {
        bail!("{} rules of the house are broken", findings.len());
    }
    Ok(())
}

/// Runs `cargo deny` where it is installed; it is not part of Rust.
fn deny(root: &Path) -> anyhow::Result<()> {
    if !shell::succeeds(Command::new("cargo-deny").arg("--version")) {
        eprintln!("cargo-deny is not installed; skipped (cargo install cargo-deny)");
        return Ok(());
    }
    shell::run(shell::cargo(root, "deny").args(["check", "licenses", "bans", "sources"]))
}
