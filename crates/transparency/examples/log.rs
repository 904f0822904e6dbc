// SPDX-License-Identifier: Apache-2.0
//! Writes a log to a folder, or checks one: what foreign verifiers are tried on, and the two storage traits in use.
//!
//! ```text
//! cargo run --example log -- write DIR ENTRIES OLD_ENTRIES
//! cargo run --example log -- check DIR [OLD_CHECKPOINT_FILE]
//! ```
//! `write` makes `DIR/checkpoint`, `DIR/tile/…`, `DIR/verifier.key` and `DIR/checkpoint.OLD_ENTRIES`, the checkpoint that
//! the log had at that size. Its key is made from a fixed seed and is good for nothing else.

use std::{error::Error, fs, io, path::Path};

use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use transparency::{
    Appended, BundleId, Checkpoint, Commitment, LogFiles, LogKey, LogPath, MemoryTiles, SourceError, TreeHead,
    VerifierKey, append, layout, leaf_hash, verify_log,
};

/// Entries that are appended at once, as a busy server would.
const BATCH: u64 = 1000;

/// A log in a folder.
struct Folder<'a>(&'a Path);

impl Folder<'_> {
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap_or(self.0))?;
        fs::write(path, bytes)
    }
}

impl LogFiles for Folder<'_> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        match fs::read(self.0.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(SourceError::new(error)),
        }
    }
}

fn commitment(number: u64) -> Commitment {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    leaf_hash(&bytes)
}

fn write(directory: &Path, size: u64, old_size: u64) -> Result<(), Box<dyn Error>> {
    let folder = Folder(directory);
    let key = LogKey::generate("turna.example/log", &mut ChaCha20Rng::seed_from_u64(1))?;
    folder.write("verifier.key", format!("{}\n", key.verifier()).as_bytes())?;
    let (mut head, mut tiles) = (TreeHead::empty(), MemoryTiles::default());
    while head.size < size {
        let stop = if head.size < old_size { old_size } else { size };
        let numbers = head.size..stop.min(head.size + BATCH);
        let leaves: Vec<Commitment> = numbers.map(commitment).collect();
        let Appended { head: new, tiles: changed } = append(&head, &tiles, &leaves)?;
        for (tile, hashes) in &changed {
            folder.write(&LogPath::Tile(*tile).path(), &layout::encode_tile(hashes))?;
        }
        for bundle in layout::bundles_for_append(head.size, new.size) {
            folder.write(&bundle.path(), &bundle_bytes(bundle))?;
        }
        tiles.extend(changed);
        head = new;
        if head.size == old_size {
            folder.write(&format!("checkpoint.{old_size}"), Checkpoint::sign(&head, &key).as_bytes())?;
        }
    }
    folder.write(layout::CHECKPOINT_PATH, Checkpoint::sign(&head, &key).as_bytes())?;
    println!("wrote {} entries", head.size);
    Ok(())
}

fn bundle_bytes(bundle: BundleId) -> Vec<u8> {
    let first = bundle.first_entry();
    let entries: Vec<Commitment> = (first..first + u64::from(bundle.width)).map(commitment).collect();
    layout::encode_bundle(&entries)
}

fn check(directory: &Path, old_checkpoint: Option<&str>) -> Result<(), Box<dyn Error>> {
    let verifier = VerifierKey::parse(fs::read_to_string(directory.join("verifier.key"))?.trim_end())?;
    let old = old_checkpoint.map(fs::read_to_string).transpose()?;
    let report = verify_log(&Folder(directory), &verifier, old.as_deref())?;
    println!("{} entries and {} tiles are in order", report.entries, report.tiles);
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["write", directory, size, old_size] => write(Path::new(directory), size.parse()?, old_size.parse()?),
        ["check", directory] => check(Path::new(directory), None),
        ["check", directory, old] => check(Path::new(directory), Some(old)),
        _ => Err("usage: log write DIR ENTRIES OLD_ENTRIES | log check DIR [OLD_CHECKPOINT_FILE]".into()),
    }
}
