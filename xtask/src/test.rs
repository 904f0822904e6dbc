// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask test`: every test there is, on both databases, from a fresh clone.
//!
//! Everything is built once: one profile, one target folder, and one selection of packages, because cargo compiles a
//! dependency anew when another selection turns on other features of it.

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use crate::{
    assets, setup,
    shell::{self, Stages},
};

/// How many tests passed and failed, over all programs that ran tests.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    /// Adds the counts in a line of cargo (`test result: ok. 4 passed; 0 failed; …`) or of a check in `e2e/`
    /// (`cards: 4 passed, 0 failed`); other lines hold none.
    fn add_line(&mut self, line: &str) {
        let counts = match line.strip_prefix("test result: ") {
            Some(result) => result.split_once(". ").and_then(|(_, counts)| count_pair(counts, ';')),
            None => line.split_once(": ").and_then(|(_, counts)| count_pair(counts, ',')),
        };
        if let Some((passed, failed)) = counts {
            self.passed += passed;
            self.failed += failed;
        }
    }
}

/// `4 passed; 0 failed`, with what comes after another separator ignored.
fn count_pair(text: &str, separator: char) -> Option<(u64, u64)> {
    let mut parts = text.split(separator);
    let passed = parts.next()?.trim().strip_suffix(" passed")?.parse().ok()?;
    let failed = parts.next()?.trim().strip_suffix(" failed")?.parse().ok()?;
    Some((passed, failed))
}

/// Runs everything and ends with one line, `N passed, M failed`.
///
/// # Errors
/// None; whatever goes wrong is shown and counted as one failure.
pub(crate) fn run(root: &Path) -> anyhow::Result<ExitCode> {
    let mut stages = Stages::default();
    let mut tally = Tally::default();
    if let Err(error) = all(root, &mut stages, &mut tally) {
        eprintln!("error: {error:#}");
        tally.failed += 1;
    }
    stages.show();
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(if tally.failed == 0 && tally.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn all(root: &Path, stages: &mut Stages, tally: &mut Tally) -> anyhow::Result<()> {
    stages.run("packages", setup::packages)?;
    stages.run("assets", || assets::run(root))?;
    // Test harnesses, programs and examples in one graph, so that the test stage and `e2e/` find everything built.
    stages.run("build", || {
        shell::run(shell::cargo_with_profile(root, "build").args(["--locked", "--workspace", "--all-targets"]))
    })?;
    stages.run("cargo test", || {
        let mut cargo = shell::cargo_with_profile(root, "test");
        count(cargo.args(["--locked", "--workspace", "--no-fail-fast"]), tally)
    })?;
    let python = stages.run("python", || setup::python(root))?;
    let browser = stages.run("browser", || setup::browser(root))?;
    stages.run("journeys in a browser", || count(&mut journeys(root, &browser)?, tally))?;
    stages.run("demo and foreign verifiers, SQLite", || {
        count(Command::new("bash").args(end_to_end(root, &python, "sqlite")?), tally)
    })?;
    stages.run("demo and foreign verifiers, PostgreSQL", || {
        let mut server = Command::new(shell::built(root, "with-postgres"));
        count(server.arg("bash").args(end_to_end(root, &python, "postgres")?), tally)
    })
}

/// The journeys through the pages, on a demo of their own.
fn journeys(root: &Path, script: &Path) -> anyhow::Result<Command> {
    let mut node = Command::new("node");
    node.arg(script).arg(shell::built(root, "turna")).arg(shell::empty_folder(root, "browser")?);
    Ok(node)
}

/// The script that runs the demo on one engine and checks what it wrote, with its arguments: program, interpreter,
/// and a folder of its own, which is emptied first.
fn end_to_end(root: &Path, python: &Path, engine: &str) -> anyhow::Result<[std::ffi::OsString; 4]> {
    let folder = shell::empty_folder(root, engine)?;
    Ok([root.join("e2e/run.sh").into(), shell::built(root, "turna").into(), python.into(), folder.into()])
}

/// Runs tests and adds up what they count. A program that fails without having counted a failure is one failure.
fn count(command: &mut Command, tally: &mut Tally) -> anyhow::Result<()> {
    let failed_before = tally.failed;
    let status = shell::run_by_line(command, |line| tally.add_line(line))?;
    if !status.success() && tally.failed == failed_before {
        eprintln!("error: ended with {status} without naming a failed test");
        tally.failed += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_cargo_and_of_the_checks_are_added() {
        let mut tally = Tally::default();
        for line in [
            "test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 1 filtered out; finished in 1.51s",
            "test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "cards: 10 passed, 1 failed",
            "test postgres::tests::7_passed ... ok",
            "note: run with 5 passed",
            "running 9 tests",
        ] {
            tally.add_line(line);
        }
        assert_eq!(tally, Tally { passed: 16, failed: 4 });
    }

    #[test]
    fn a_program_that_dies_uncounted_is_a_failure() {
        let mut tally = Tally::default();
        count(Command::new("sh").args(["-c", "echo 'log: 3 passed, 0 failed'; exit 1"]), &mut tally).unwrap();
        assert_eq!(tally, Tally { passed: 3, failed: 1 });
        count(Command::new("sh").args(["-c", "echo 'log: 3 passed, 2 failed'; exit 1"]), &mut tally).unwrap();
        assert_eq!(tally, Tally { passed: 6, failed: 3 });
    }
}
