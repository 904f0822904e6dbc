// SPDX-License-Identifier: Apache-2.0
//! Developer tasks, run as `cargo xtask TASK`: the demo, all tests, the checks of style, and the assets of the pages.
//!
//! This program depends on no other crate of the workspace, so that it builds in seconds on a fresh clone.

pub mod assets;
mod browser;
mod check;
mod demo;
mod durability;
mod identification;
mod setup;
mod shell;
mod test;
mod tidy;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Shown by `cargo xtask`, `cargo xtask help` and after a wrong argument.
const USAGE: &str = "\
usage: cargo xtask TASK

  demo [--data DIR] [--population N] [--port N] [--exit] [--json]
          builds the program, makes a fresh data folder (target/demo unless --data), runs the story of
          packs/az/demo/story.json and serves on http://127.0.0.1:8080; with --exit stops after the story
  test    installs what tests need and runs every test, on SQLite and on PostgreSQL, the foreign verifiers in e2e/, and
          the journeys in a browser
  check   format, lints, documentation and the rules of the house (tidy)
  tidy    only the rules of the house
  screenshots
          photographs every page type in every language and width (target/screenshots), and those in docs/pictures
  bench web
          prints what the pages weigh and how quickly a phone shows them
  bench identification DIR...
          measures how well double records are found in records.csv, by truth.csv, and questions answered
  bench durability [--seed N]
          kills the program and PostgreSQL hundreds of times and lets disks fail; prints what held
  assets  fetches and makes the styles and fonts that the program embeds

example: cargo xtask demo --exit --json
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&root(), &arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(root: &Path, arguments: &[String]) -> anyhow::Result<ExitCode> {
    let Some((task, rest)) = arguments.split_first() else {
        eprint!("{USAGE}");
        return Ok(ExitCode::from(2));
    };
    if !["demo", "bench"].contains(&task.as_str()) && !rest.is_empty() {
        anyhow::bail!("`{task}` takes no arguments\n\n{USAGE}");
    }
    match task.as_str() {
        "demo" => demo::run(root, &demo::Options::parse(rest)?),
        "test" => test::run(root),
        "screenshots" => browser::screenshots(root),
        "bench" if rest.first().is_some_and(|what| what == "identification") => {
            identification::bench(root, &rest[1..]).map(|()| ExitCode::SUCCESS)
        }
        "bench" if rest.first().is_some_and(|what| what == "durability") => {
            durability::bench(root, &rest[1..]).map(|()| ExitCode::SUCCESS)
        }
        "bench" => browser::bench(root, rest),
        "check" => check::run(root),
        "tidy" => check::tidy(root),
        "assets" => assets::run(root).map(|()| ExitCode::SUCCESS),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => anyhow::bail!("no task is called `{task}`\n\n{USAGE}"),
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("xtask lies in the workspace's folder").to_owned()
}
