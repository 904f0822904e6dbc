// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask bench durability`: the tests that kill the program, kill PostgreSQL and let disks fail, many more times
//! than the daily tests do, and with another course of events each time.

use std::path::Path;

use anyhow::{Context, bail};

use crate::shell;

/// How often the program is killed on each engine.
const KILLS: u64 = 200;
/// How often the server of PostgreSQL is killed.
const SERVER_KILLS: u64 = 40;
/// Courses of events on a failing disk.
const COURSES: u64 = 2_000;
/// How a line of the tests begins that belongs into the table.
const SHOWN: &str = "shown: ";

/// Runs them and prints what was shown, one line each.
///
/// # Errors
/// When a test fails; it has named the seed then.
pub(crate) fn bench(root: &Path, arguments: &[String]) -> anyhow::Result<()> {
    let seed = match arguments {
        // Another one each time, as good as any.
        [] => u64::from(std::process::id()),
        [name, value] if name == "--seed" => value.parse().context("--seed takes a number")?,
        _ => bail!("`bench durability` takes only --seed N"),
    };
    println!("seed {seed}");
    let mut shown = Vec::new();
    for (package, tests) in [("db", "faults::"), ("app", "kill::")] {
        let mut cargo = shell::cargo_with_profile(root, "test");
        cargo.args(["--locked", "-p", package, "--test", "it", "--", tests, "--nocapture"]);
        for (name, value) in [
            ("TURNA_KILL_ROUNDS", KILLS),
            ("TURNA_KILL_SERVER_ROUNDS", SERVER_KILLS),
            ("TURNA_KILL_SEED", seed),
            ("TURNA_FAULT_SEEDS", COURSES),
            ("TURNA_FAULT_FIRST", seed * COURSES),
        ] {
            cargo.env(name, value.to_string());
        }
        let status = shell::run_by_line(&mut cargo, |line| {
            shown.extend(line.split_once(SHOWN).map(|(_, what)| what.to_owned()));
        })?;
        if !status.success() {
            bail!("the tests of {package} failed with seed {seed}");
        }
    }
    println!("\nseed {seed}");
    for line in shown {
        println!("{line}");
    }
    Ok(())
}
