// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask screenshots` and `cargo xtask bench web`: the pages of a demo, photographed and measured in a browser.

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use anyhow::bail;

use crate::{
    assets, setup,
    shell::{self, Stages},
};

/// Where the pictures go, below the workspace's folder.
const PICTURES: &str = "target/screenshots";
/// Where the few that the documents show go.
const CHOSEN: &str = "docs/pictures";

/// Takes pictures of every page type in every language and width, and the few that the documents show.
///
/// # Errors
/// When a stage fails.
pub(crate) fn screenshots(root: &Path) -> anyhow::Result<ExitCode> {
    let (pictures, chosen) = (root.join(PICTURES), root.join(CHOSEN));
    with_demo(root, "screenshots", |node| {
        node.arg("--pictures").arg(pictures).arg("--chosen").arg(chosen);
    })
}

/// Prints what the pages weigh and how quickly a phone shows them.
///
/// # Errors
/// When there is no such measurement, or a stage fails.
pub(crate) fn bench(root: &Path, what: &[String]) -> anyhow::Result<ExitCode> {
    let ["web"] = what.iter().map(String::as_str).collect::<Vec<_>>()[..] else {
        bail!("there is one measurement: cargo xtask bench web");
    };
    with_demo(root, "measurement", |node| {
        node.arg("--measure");
    })
}

/// Builds the program and runs the browser's script on a demo of its own.
fn with_demo(root: &Path, name: &str, arguments: impl FnOnce(&mut Command)) -> anyhow::Result<ExitCode> {
    let mut stages = Stages::default();
    stages.run("assets", || assets::run(root))?;
    stages.run("build", || shell::run(shell::cargo_with_profile(root, "build").args(["--locked", "-p", "turna"])))?;
    let script = stages.run("browser", || setup::browser(root))?;
    stages.run(name, || {
        let mut node = Command::new("node");
        node.arg(script).arg(shell::built(root, "turna")).arg(shell::empty_folder(root, name)?);
        arguments(&mut node);
        shell::status(&mut node).map(shell::exit_code)
    })
}
