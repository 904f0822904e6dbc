// SPDX-License-Identifier: Apache-2.0
//! Files in a folder, under the SHA-256 of their bytes.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

use app::port::FileStore;
use sha2::{Digest as _, Sha256};

/// A folder of files.
#[derive(Clone, Debug)]
pub(crate) struct FolderStore {
    folder: PathBuf,
}

impl FolderStore {
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// `ab/abcdef…`: no folder grows beyond what a file system likes.
    fn path(&self, name: &str) -> io::Result<PathBuf> {
        let is_name =
            name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if !is_name {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not the name of a stored file"));
        }
        Ok(self.folder.join(&name[..2]).join(name))
    }
}

impl FileStore for FolderStore {
    fn put(&self, bytes: &[u8]) -> io::Result<String> {
        let name = domain::audit::hex(Sha256::digest(bytes));
        let path = self.path(&name)?;
        let folder = path.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(folder)?;
        let temporary = path.with_extension("part");
        let mut file = std::fs::File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&temporary, &path)?;
        std::fs::File::open(folder)?.sync_all()?;
        Ok(name)
    }

    fn get(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        match std::fs::read(self.path(name)?) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn delete(&self, name: &str) -> io::Result<()> {
        match std::fs::remove_file(self.path(name)?) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn free_bytes(&self) -> io::Result<Option<u64>> {
        let folder = self.folder.ancestors().find(|folder| folder.is_dir());
        Ok(folder.and_then(free_bytes_at))
    }
}

/// The bytes that are free at a place. Asks `df`, which POSIX has: the standard library cannot.
pub(crate) fn free_bytes_at(folder: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(folder).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let kilobytes: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes.saturating_mul(1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_stored_under_its_hash_and_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderStore::at(folder.path().to_owned());
        let name = store.put(b"crane").unwrap();
        assert_eq!(store.get(&name).unwrap().as_deref(), Some(b"crane".as_slice()));
        store.delete(&name).unwrap();
        store.delete(&name).unwrap();
        assert_eq!(store.get(&name).unwrap(), None);
    }

    #[test]
    fn the_room_left_is_found_out_also_before_the_folder_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderStore::at(folder.path().join("files"));
        assert!(store.free_bytes().unwrap().is_some_and(|free| free > 0));
    }

    #[test]
    fn a_path_is_no_name() {
        let store = FolderStore::at("/nowhere".into());
        assert!(store.get("../../etc/passwd").is_err());
    }
}
