// SPDX-License-Identifier: Apache-2.0
//! The country pack: built in, or read from a folder.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context as _, bail};
use law::Pack;

mod built_in {
    include!(concat!(env!("OUT_DIR"), "/pack.rs"));
}

/// The most bytes of one file of a pack.
const FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// How deep the folders of a pack go.
const DEPTH_MAX: usize = 4;

/// Loads the pack of a folder, or the one built in if the folder is empty text.
///
/// # Errors
/// Every error of the pack, each with file, line and reason.
pub(crate) fn load(folder: &str) -> anyhow::Result<Pack> {
    let files = match folder {
        "" => built_in::FILES
            .iter()
            .filter(|(name, _)| is_pack_file(name))
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect(),
        folder => read(Path::new(folder))?,
    };
    match Pack::parse(&files) {
        Ok(pack) => Ok(pack),
        Err(errors) => {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            bail!("the country pack has {} errors:\n{}", lines.len(), lines.join("\n"))
        }
    }
}

/// The built-in story of the demo.
pub(crate) fn story() -> anyhow::Result<&'static str> {
    let story = built_in::FILES.iter().find(|(name, _)| *name == "demo/story.json");
    story.map(|(_, text)| *text).context("this program was built without the demo's story")
}

/// What the public site of the demo begins with.
pub(crate) fn site() -> anyhow::Result<&'static str> {
    let site = built_in::FILES.iter().find(|(name, _)| *name == "demo/site.json");
    site.map(|(_, text)| *text).context("this program was built without the demo's site")
}

fn is_pack_file(name: &str) -> bool {
    name.ends_with(".toml") && !name.starts_with("demo/")
}

fn read(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    read_folder(folder, folder, DEPTH_MAX, &mut files)?;
    if files.is_empty() {
        bail!("{} holds no country pack", folder.display());
    }
    Ok(files)
}

fn read_folder(root: &Path, folder: &Path, depth: usize, files: &mut BTreeMap<String, String>) -> anyhow::Result<()> {
    let unreadable = || format!("{} cannot be read", folder.display());
    for entry in std::fs::read_dir(folder).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        if path.is_dir() && depth > 0 {
            read_folder(root, &path, depth - 1, files)?;
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
        if !is_pack_file(&name) {
            continue;
        }
        let length = std::fs::metadata(&path).with_context(unreadable)?.len();
        if length > FILE_BYTES_MAX {
            bail!("{} is longer than {FILE_BYTES_MAX} bytes", path.display());
        }
        let text = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        files.insert(name, text);
    }
    Ok(())
}
