// SPDX-License-Identifier: Apache-2.0
//! What tests need beside Rust: Debian packages, and a Python environment with the foreign verifiers.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

use crate::shell;

/// A Debian package and how to see that what the tests use of it is there.
struct Package {
    name: &'static str,
    present: fn() -> bool,
}

/// The browser in which the pages are tried and photographed.
const CHROMIUM: Package = Package { name: "chromium", present: || Path::new(BROWSER).is_file() };
/// Where Debian puts it.
const BROWSER: &str = "/usr/bin/chromium";

/// What the tests run and a fresh Debian does not have.
const PACKAGES: [Package; 6] = [
    Package { name: "postgresql", present: has_postgres },
    Package { name: "golang-go", present: || on_path("go") },
    Package {
        name: "golang-golang-x-mod-dev",
        present: || Path::new("/usr/share/gocode/src/golang.org/x/mod/sumdb").is_dir(),
    },
    Package {
        name: "python3-venv",
        present: || shell::succeeds(Command::new("python3").args(["-c", "import venv, ensurepip"])),
    },
    Package { name: "poppler-utils", present: || on_path("pdftoppm") },
    CHROMIUM,
];

/// Installs the missing packages; only root can.
///
/// # Errors
/// When something is missing and we are not root, or the installation fails; the message names the packages.
pub(crate) fn packages() -> anyhow::Result<()> {
    install(&PACKAGES)
}

/// Makes ready what `e2e/browser` needs, the browser and the npm packages, and returns its script.
///
/// # Errors
/// When something cannot be installed.
pub(crate) fn browser(root: &Path) -> anyhow::Result<PathBuf> {
    install(&[CHROMIUM])?;
    let folder = root.join("e2e/browser");
    let lock = folder.join("package-lock.json");
    let installed = folder.join("node_modules/.installed-lock.json");
    let lock_text = fs::read(&lock).context("cannot read e2e/browser/package-lock.json")?;
    if !fs::read(&installed).is_ok_and(|text| text == lock_text) {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder);
        shell::run(&mut npm)?;
        fs::copy(&lock, &installed).context("cannot note which npm packages are installed")?;
    }
    Ok(folder.join("run.mjs"))
}

fn install(packages: &[Package]) -> anyhow::Result<()> {
    let missing = missing(packages);
    if missing.is_empty() {
        return Ok(());
    }
    let root = fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0);
    if !root || !on_path("apt-get") {
        bail!("the tests need these Debian packages: {}", missing.join(" "));
    }
    shell::run(apt().arg("update"))?;
    shell::run(apt().args(["install", "--yes", "--no-install-recommends"]).args(&missing))?;
    let missing = self::missing(packages);
    if !missing.is_empty() {
        bail!("installed, but still not usable: {}", missing.join(" "));
    }
    Ok(())
}

/// Makes the Python environment of `e2e/requirements.txt`, unless it stands, and returns its interpreter.
///
/// # Errors
/// When it cannot be made.
pub(crate) fn python(root: &Path) -> anyhow::Result<PathBuf> {
    let folder = root.join("target/e2e/venv");
    let python = folder.join("bin/python");
    let wanted = root.join("e2e/requirements.txt");
    let installed = folder.join("requirements.txt");
    let wanted_text = fs::read(&wanted).context("cannot read e2e/requirements.txt")?;
    if fs::read(&installed).is_ok_and(|text| text == wanted_text) {
        return Ok(python);
    }
    shell::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    shell::run(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(&wanted),
    )?;
    fs::copy(&wanted, &installed).context("cannot note what the Python environment holds")?;
    Ok(python)
}

fn missing(packages: &[Package]) -> Vec<&'static str> {
    packages.iter().filter(|package| !(package.present)()).map(|package| package.name).collect()
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.arg("-q").env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn has_postgres() -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    on_path("postgres") || versions.map(|version| version.path().join("bin/postgres")).any(|path| path.exists())
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_on_the_path() {
        assert!(on_path("sh"));
        assert!(!on_path("no-program-has-this-name"));
    }
}
