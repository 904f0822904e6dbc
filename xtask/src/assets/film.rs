// SPDX-License-Identifier: Apache-2.0
//! The film of the public site, drawn and encoded by `assets/film.mjs`, and the reader of QR codes for browsers that have
//! none of their own, taken from npm. Both go into a folder of their own beside the stylesheets.

use std::{fs, path::Path, process::Command};

use anyhow::Context as _;

use super::{publish, run_command, staging};

/// What the folder is made from; a change of one makes it anew.
const SOURCES: [&str; 2] = ["package-lock.json", "film.mjs"];
/// Beside the files: the digests of what they were made from, in the form `sha256sum --check` reads.
const MADE_FROM: &str = ".made-from.sha256";
/// Files of the reader: path below `node_modules/`, name in the folder.
const READER: [(&str, &str); 3] = [
    ("zxing-wasm/dist/iife/reader/index.js", "zxing.js"),
    ("zxing-wasm/dist/reader/zxing_reader.wasm", "zxing.wasm"),
    ("zxing-wasm/LICENSE", "zxing-licence.txt"),
];
/// The most bytes of the film: it is part of the program.
const FILM_BYTES_MAX: u64 = 3 << 20;

/// Whether film and reader are there and made from the sources as they are now.
pub(super) fn are_made(assets: &Path) -> bool {
    let made_from = assets.join("generated/media").join(MADE_FROM);
    made_from.is_file()
        && run_command(Command::new("sha256sum").args(["--check", "--status"]).arg(made_from).current_dir(assets))
            .is_ok()
}

/// Makes them. The packages must have been fetched.
///
/// # Errors
/// When a file is missing in its package, or the film cannot be drawn, encoded, or kept small enough.
pub(super) fn make(assets: &Path) -> anyhow::Result<()> {
    let folder = assets.join("generated/media");
    let staging = staging(&folder)?;
    for (source, name) in READER {
        let source = assets.join("node_modules").join(source);
        fs::copy(&source, staging.join(name)).with_context(|| format!("no file {}", source.display()))?;
    }
    run_command(Command::new("node").arg("film.mjs").arg(&staging).current_dir(assets))
        .context("the film could not be made")?;
    for name in ["film.webm", "film.mp4"] {
        let bytes = fs::metadata(staging.join(name)).with_context(|| format!("no {name} was made"))?.len();
        anyhow::ensure!(bytes <= FILM_BYTES_MAX, "{name} has {bytes} bytes, more than {FILM_BYTES_MAX}");
    }
    let digests = run_command(Command::new("sha256sum").args(SOURCES).current_dir(assets))?;
    fs::write(staging.join(MADE_FROM), digests).context("cannot note what the film was made from")?;
    publish(&staging, &folder)
}
