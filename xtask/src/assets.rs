// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask assets`: fetches what the program embeds and others have made, into the git-ignored `assets/generated/`.
//!
//! Each part knows whether it is there already, so the task is quick to repeat.

mod film;
mod fonts;
mod styles;

use std::{fs, path::Path, process::Command};

use anyhow::{Context as _, bail};

/// Makes whatever is missing or made from an older state of its sources.
///
/// # Errors
/// One sentence that names the step that failed: npm, apt, a file whose digest is not the pinned one, or a stylesheet that
/// cannot be made.
pub fn run(root: &Path) -> anyhow::Result<()> {
    let assets = root.join("assets");
    let (needs_fonts, needs_styles) = (!fonts::are_made(&assets), !styles::are_made(&assets));
    let needs_film = !film::are_made(&assets);
    if needs_fonts || needs_styles || needs_film {
        run_command(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&assets))
            .context(
            "the packages in assets/package-lock.json could not be fetched from npm (is Node 20 with npm installed, and \
             is there a network?)",
        )?;
    }
    if needs_fonts {
        fonts::make(&assets)?;
    }
    if needs_styles {
        styles::make(&assets)?;
    }
    if needs_film {
        film::make(&assets)?;
    }
    Ok(())
}

/// Makes an empty folder beside the one it will replace.
fn staging(folder: &Path) -> anyhow::Result<std::path::PathBuf> {
    let staging = folder.with_extension("new");
    remove_folder(&staging)?;
    fs::create_dir_all(&staging).with_context(|| format!("cannot make the folder {}", staging.display()))?;
    Ok(staging)
}

/// Puts a finished folder in its place, so that nobody meets a half-made one.
fn publish(staging: &Path, folder: &Path) -> anyhow::Result<()> {
    remove_folder(folder)?;
    fs::rename(staging, folder).with_context(|| format!("cannot move files to {}", folder.display()))
}

fn remove_folder(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Runs a program quietly; its own words appear only in the error.
fn run_command(command: &mut Command) -> anyhow::Result<Vec<u8>> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        bail!("{name} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output.stdout)
}
