// SPDX-License-Identifier: Apache-2.0
//! Sees that the stylesheets of the components are there, and lists every file that the program embeds and serves below
//! `/static/`: those in `static/` and those that `cargo xtask assets` made.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What the pages need: the parts of the stylesheets, the reader of QR codes, the film; below `assets/generated/`.
const REQUIRED: [&str; 6] = [
    "web/components-ltr.css",
    "web/components-rtl.css",
    "media/zxing.js",
    "media/zxing.wasm",
    "media/film.webm",
    "media/film.mp4",
];

fn main() -> ExitCode {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let generated = here.join("../../assets/generated");
    for file in REQUIRED {
        println!("cargo::rerun-if-changed={}", generated.join(file).display());
        if !generated.join(file).is_file() {
            eprintln!(
                "The styles and films are not there ({file} is missing): run `cargo xtask assets` once, then build again."
            );
            return ExitCode::FAILURE;
        }
    }
    match write_list(&[here.join("static"), generated.join("web"), generated.join("media")]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The files of the pages could not be listed: {error}.");
            ExitCode::FAILURE
        }
    }
}

/// Writes a Rust array of names and contents, in the order of names.
fn write_list(folders: &[PathBuf]) -> io::Result<()> {
    let mut files = Vec::new();
    for folder in folders {
        println!("cargo::rerun-if-changed={}", folder.display());
        find(folder, "", &mut files)?;
    }
    files.sort();
    let mut list = String::from("[\n");
    for (name, path) in files {
        // Writing to a String cannot fail.
        let _ = writeln!(list, "    ({name:?}, include_bytes!({:?}).as_slice()),", path.canonicalize()?);
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo names no folder for it"))?);
    fs::write(out.join("files.rs"), list)
}

/// Finds the files below a folder; their names are relative to it, with slashes. Hidden ones are not files of the pages.
fn find(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            find(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push((name, entry.path()));
        }
    }
    Ok(())
}
