// SPDX-License-Identifier: Apache-2.0
//! The stylesheets of the components, made by `assets/styles.mjs` from npm packages.

use std::{fs, path::Path, process::Command};

use anyhow::Context as _;

use super::{publish, run_command, staging};

/// What the stylesheets are made from; a change of one makes them anew.
const SOURCES: [&str; 3] = ["package-lock.json", "styles.mjs", "styles.scss"];
/// Beside the stylesheets: the digests of what they were made from, in the form `sha256sum --check` reads. Hidden, because
/// the program serves every other file of the folder.
const MADE_FROM: &str = ".made-from.sha256";

/// Whether the stylesheets are there and made from the sources as they are now.
pub(super) fn are_made(assets: &Path) -> bool {
    let made_from = assets.join("generated/web").join(MADE_FROM);
    made_from.is_file()
        && run_command(Command::new("sha256sum").args(["--check", "--status"]).arg(made_from).current_dir(assets))
            .is_ok()
}

/// Makes the stylesheets. The packages must have been fetched.
///
/// # Errors
/// When Node or the script fails; its words are in the error.
pub(super) fn make(assets: &Path) -> anyhow::Result<()> {
    let folder = assets.join("generated/web");
    let staging = staging(&folder)?;
    run_command(Command::new("node").arg("styles.mjs").arg(&staging).current_dir(assets))
        .context("the stylesheets could not be made")?;
    let digests = run_command(Command::new("sha256sum").args(SOURCES).current_dir(assets))?;
    fs::write(staging.join(MADE_FROM), digests).context("cannot note what the stylesheets were made from")?;
    publish(&staging, &folder)
}
