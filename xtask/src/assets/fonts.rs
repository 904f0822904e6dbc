// SPDX-License-Identifier: Apache-2.0
//! The fonts of cards and letters. They come from npm by lock file and from Debian's package `fonts-ocr-b`, without root.
//! Each file must have the digest in `assets/fonts.sha256`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, ensure};

use super::{publish, remove_folder, run_command, staging};

/// Name of the file in `assets/` with the SHA-256 of each font and licence, in the form `sha256sum --check` reads.
const DIGESTS: &str = "fonts.sha256";

/// Files taken from npm packages: path below `assets/node_modules/`, name below `assets/generated/fonts/`.
const FROM_NPM: [(&str, &str); 6] = [
    ("@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf", "NotoNaskhArabic-Regular.ttf"),
    ("@expo-google-fonts/noto-naskh-arabic/700Bold/NotoNaskhArabic_700Bold.ttf", "NotoNaskhArabic-Bold.ttf"),
    ("@expo-google-fonts/noto-naskh-arabic/LICENSE_FONT", "NotoNaskhArabic-LICENCE.txt"),
    ("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf", "NotoSans-Regular.ttf"),
    ("@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf", "NotoSans-Bold.ttf"),
    ("@expo-google-fonts/noto-sans/LICENSE_FONT", "NotoSans-LICENCE.txt"),
];

/// The Debian package with OCR-B, the type of machine readable zones.
const OCR_B_PACKAGE: &str = "fonts-ocr-b";

/// Files taken from the Debian package: path in the package, name below `assets/generated/fonts/`.
const FROM_DEBIAN: [(&str, &str); 2] = [
    ("usr/share/fonts/opentype/ocr-b/OCRB.otf", "OCRB.otf"),
    ("usr/share/doc/fonts-ocr-b/copyright", "OCRB-LICENCE.txt"),
];

/// Whether the fonts are there, each with exactly the pinned content.
pub(super) fn are_made(assets: &Path) -> bool {
    have_pinned_digests(assets, &assets.join("generated/fonts"))
}

/// Collects the fonts. The npm packages must have been fetched.
///
/// # Errors
/// One sentence that names the step that failed: apt, or a file whose digest is not the pinned one.
pub(super) fn make(assets: &Path) -> anyhow::Result<()> {
    let fonts = assets.join("generated/fonts");
    let staging = staging(&fonts)?;
    copy_all(&assets.join("node_modules"), &staging, &FROM_NPM)?;

    let unpacked = fetch_ocr_b(&staging.join("apt")).with_context(|| {
        format!("the font OCR-B could not be fetched from Debian's package {OCR_B_PACKAGE} (are apt-get and dpkg-deb there, and is there a network?)")
    })?;
    copy_all(&unpacked, &staging, &FROM_DEBIAN)?;
    remove_folder(&staging.join("apt"))?;

    ensure!(
        have_pinned_digests(assets, &staging),
        "the fetched fonts in {} do not have the digests in assets/{DIGESTS}",
        staging.display()
    );
    publish(&staging, &fonts)
}

/// Whether the folder holds each font and licence with exactly the pinned content.
fn have_pinned_digests(assets: &Path, fonts: &Path) -> bool {
    fonts.is_dir()
        && run_command(
            Command::new("sha256sum")
                .args(["--check", "--strict", "--status"])
                .arg(assets.join(DIGESTS))
                .current_dir(fonts),
        )
        .is_ok()
}

/// Downloads and unpacks the OCR-B package below `work`; needs no root, installs nothing.
fn fetch_ocr_b(work: &Path) -> anyhow::Result<PathBuf> {
    let unpacked = work.join("unpacked");
    for folder in ["lists/partial", "archives/partial", "unpacked"] {
        fs::create_dir_all(work.join(folder))
            .with_context(|| format!("cannot make folders below {}", work.display()))?;
    }
    let download = |options: &[String]| {
        run_command(Command::new("apt-get").args(options).args(["download", OCR_B_PACKAGE]).current_dir(work))
    };
    if download(&[]).is_err() {
        // A fresh machine has no package lists yet: fetch them into a folder of our own, which needs no root.
        let private = [
            format!("--option=Dir::State::Lists={}", work.join("lists").display()),
            format!("--option=Dir::Cache={}", work.display()),
            "--option=APT::Sandbox::User=".to_owned(),
        ];
        run_command(Command::new("apt-get").args(&private).arg("update").current_dir(work))?;
        download(&private)?;
    }
    let package = fs::read_dir(work)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .with_context(|| format!("apt-get left no package in {}", work.display()))?;
    run_command(Command::new("dpkg-deb").arg("--extract").arg(&package).arg(&unpacked))?;
    Ok(unpacked)
}

fn copy_all(from: &Path, to: &Path, files: &[(&str, &str)]) -> anyhow::Result<()> {
    for (source, name) in files {
        let source = from.join(source);
        fs::copy(&source, to.join(name)).with_context(|| format!("the package has no file {}", source.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fetched_file_has_a_pinned_digest_and_no_other_is_pinned() {
        let digests = include_str!("../../../assets/fonts.sha256");
        let mut pinned: Vec<_> = digests.lines().map(|line| line.split_once("  ").unwrap().1).collect();
        let mut fetched: Vec<_> = FROM_NPM.iter().chain(&FROM_DEBIAN).map(|(_, name)| *name).collect();
        pinned.sort_unstable();
        fetched.sort_unstable();
        assert_eq!(pinned, fetched);
        assert!(digests.lines().all(|line| line.split_once("  ").unwrap().0.len() == 64));
    }
}
