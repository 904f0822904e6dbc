// SPDX-License-Identifier: Apache-2.0
//! What a command reads: files of bounded size, long texts, JSON, passwords.

use std::{
    fs::File,
    io::{IsTerminal as _, Read, Write as _},
    path::{Path, PathBuf},
    str::FromStr,
};

use anyhow::{Context as _, anyhow, bail};
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// The most bytes of a JSON file: a family of 25 with every fact, or the longest interview, is far smaller.
const JSON_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The most bytes of a text given as a file: the longest text that is stored, in letters of four bytes.
const TEXT_BYTES_MAX: usize = 4 * app::procedures::TEXT_CHARACTERS_MAX;
/// The most bytes of a file with a password, a PIN or a token.
const SECRET_BYTES_MAX: usize = 4096;

/// Reads a regular file of at most `bytes_max` bytes.
///
/// # Errors
/// When it is no file, is longer, or cannot be read; the message names it.
pub(crate) fn read_file(path: &Path, bytes_max: usize) -> anyhow::Result<Vec<u8>> {
    let unreadable = || format!("{} cannot be read", path.display());
    let metadata = std::fs::metadata(path).with_context(unreadable)?;
    if metadata.is_dir() {
        bail!("{} is a folder, not a file", path.display());
    }
    let file = File::open(path).with_context(unreadable)?;
    read_bounded(file, bytes_max).with_context(unreadable)
}

/// Reads at most `bytes_max` bytes; the size is limited while reading, so that a pipe or a growing file cannot fill the
/// memory.
///
/// # Errors
/// When there are more, or reading fails.
pub(crate) fn read_bounded(source: impl Read, bytes_max: usize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX).saturating_add(1);
    source.take(limit).read_to_end(&mut bytes)?;
    if bytes.len() > bytes_max {
        bail!("longer than {bytes_max} bytes");
    }
    Ok(bytes)
}

/// Reads a JSON file.
///
/// # Errors
/// The message names the file, the line and column, and the path of the field.
pub(crate) fn read_json<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let bytes = read_file(path, JSON_BYTES_MAX)?;
    let mut reader = serde_json::Deserializer::from_slice(&bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let field = error.path().to_string();
        let inner = error.into_inner();
        let (line, column) = (inner.line(), inner.column());
        let full = inner.to_string();
        let problem = full.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&full);
        anyhow!("{}:{line}:{column}: {field}: {problem}", path.display())
    })?;
    reader.end().map_err(|error| anyhow!("{}: {error}", path.display()))?;
    Ok(value)
}

/// A text that an officer gives: in the argument itself, or after `@` the name of a file.
#[derive(Clone, Debug)]
pub(crate) enum Words {
    Given(String),
    File(PathBuf),
}

impl FromStr for Words {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.strip_prefix('@') {
            Some(path) => Self::File(path.into()),
            None => Self::Given(text.to_owned()),
        })
    }
}

impl Words {
    /// The text.
    ///
    /// # Errors
    /// When the file cannot be read, is too long or is not UTF-8.
    pub(crate) fn read(self) -> anyhow::Result<String> {
        match self {
            Self::Given(text) => Ok(text),
            Self::File(path) => {
                let bytes = read_file(&path, TEXT_BYTES_MAX)?;
                String::from_utf8(bytes).map_err(|_| anyhow!("{} is not UTF-8", path.display()))
            }
        }
    }
}

/// A secret: the first line of a file, or typed without echo.
///
/// # Errors
/// When the file cannot be read, or there is neither file nor terminal.
pub(crate) fn read_secret(file: Option<&Path>, prompt: &str) -> anyhow::Result<Zeroizing<String>> {
    let Some(path) = file else {
        if !std::io::stdin().is_terminal() {
            bail!("{prompt}: no file given and no terminal to ask at");
        }
        return rpassword::prompt_password(format!("{prompt}: "))
            .map(Zeroizing::new)
            .with_context(|| format!("{prompt} cannot be asked"));
    };
    let bytes = Zeroizing::new(read_file(path, SECRET_BYTES_MAX)?);
    let text = std::str::from_utf8(&bytes).map_err(|_| anyhow!("{} is not UTF-8", path.display()))?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        bail!("{} is empty", path.display());
    }
    Ok(Zeroizing::new(line.to_owned()))
}

/// A path with a text of the user in it: what would end that part of the path, or is no plain letter, is written in
/// hexadecimal digits (RFC 3986 section 2.1).
pub(crate) fn below(base: &str, part: &str, end: &str) -> String {
    let mut path = format!("{base}/");
    for byte in part.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => path.push(char::from(byte)),
            byte => path.push_str(&format!("%{byte:02X}")),
        }
    }
    path + end
}

/// Writes a file as a whole or not at all: beside it first, then in its place.
///
/// # Errors
/// When it cannot be written; the message names it.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let unwritable = || format!("{} cannot be written", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut name = path.file_name().with_context(unwritable)?.to_owned();
    name.push(".part");
    let temporary = folder.join(name);
    let mut file = File::create(&temporary).with_context(unwritable)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).with_context(unwritable)?;
    std::fs::rename(&temporary, path).with_context(unwritable)?;
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(unwritable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_in_a_file_is_named_with_line_and_field() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("interview.json");
        std::fs::write(&path, "{\n \"language\": \"fa\",\n \"seen_alone\": \"yes\"\n}").unwrap();
        let error = read_json::<app::asylum::Interview>(&path).unwrap_err().to_string();
        assert!(error.contains("interview.json:3:") && error.contains("seen_alone"), "{error}");
    }

    #[test]
    fn a_part_of_a_path_stays_one() {
        assert_eq!(below("/accounts", "lale.h", "/end"), "/accounts/lale.h/end");
        assert_eq!(below("/accounts", "a/../b?c#d %\r\nə", ""), "/accounts/a%2F..%2Fb%3Fc%23d%20%25%0D%0A%C9%99");
    }

    #[test]
    fn an_endless_source_is_cut_off() {
        assert!(read_bounded(std::io::repeat(b'x'), 1000).is_err());
        assert_eq!(read_bounded(&b"crane"[..], 5).unwrap(), b"crane");
    }

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list");
        write_file(&path, b"one").unwrap();
        write_file(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
