// SPDX-License-Identifier: Apache-2.0
//! Reads the shipped pack from its folder and makes broken copies of it.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use law::{Pack, PackError};

/// The files of the shipped pack, by path inside the pack.
pub(crate) static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/az");
    let mut files = BTreeMap::new();
    read_folder(&root, "", &mut files);
    files
});

/// The shipped pack.
pub(crate) static PACK: LazyLock<Pack> = LazyLock::new(|| match Pack::parse(&FILES) {
    Ok(pack) => pack,
    Err(errors) => panic!("the shipped pack does not hold together:\n{}", lines(&errors)),
});

fn read_folder(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{prefix}{name}");
        if entry.file_type().unwrap().is_dir() {
            read_folder(&entry.path(), &format!("{path}/"), files);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            files.insert(path, text);
        }
    }
}

/// One error a line.
pub(crate) fn lines(errors: &[PackError]) -> String {
    errors.iter().map(|error| format!("{error}\n")).collect()
}

/// The shipped files with `from` replaced once by `to` in one of them. The text must be there.
pub(crate) fn with(file: &str, from: &str, to: &str) -> BTreeMap<String, String> {
    let mut files = FILES.clone();
    let text = files.get_mut(file).unwrap();
    assert!(text.contains(from), "{file} no longer has: {from}");
    *text = text.replacen(from, to, 1);
    files
}
