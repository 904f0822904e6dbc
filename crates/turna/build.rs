// SPDX-License-Identifier: Apache-2.0
//! Puts the country pack Azerbaijan and the demo's story into the program, so that one file is enough.

use std::{env, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pack = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../packs/az").canonicalize()?;
    let mut files = Vec::new();
    collect(&pack, &pack, &mut files)?;
    files.sort();
    let mut list = String::from("pub(crate) const FILES: &[(&str, &str)] = &[\n");
    for (name, path) in files {
        writeln!(list, "    ({name:?}, include_str!({path:?})),")?;
    }
    list.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("pack.rs"), list)?;
    println!("cargo:rerun-if-changed={}", pack.display());
    Ok(())
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> Result<(), Box<dyn std::error::Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|kind| kind == "toml" || kind == "json") {
            let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
            files.push((name, path.to_string_lossy().into_owned()));
        }
    }
    Ok(())
}
