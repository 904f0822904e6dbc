// SPDX-License-Identifier: Apache-2.0
//! The frames of a backup: a letter, a length of four bytes, and as many bytes.
//!
//! `m` manifest (JSON), first of all; `t` a table (JSON); `r` a count of eight bytes and as many rows; `f` a file's name and
//! length (JSON); `b` bytes of the file; `e` the end with all counts (JSON): without it the backup is not whole.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

/// The most bytes of a frame: a chunk of rows with one large value in it.
const FRAME_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Bytes of a file in one frame.
pub(crate) const FILE_CHUNK_BYTES: usize = 256 * 1024;

/// What a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Manifest,
    Table,
    Rows,
    File,
    Bytes,
    End,
}

impl Kind {
    const ALL: [(Self, u8); 6] = [
        (Self::Manifest, b'm'),
        (Self::Table, b't'),
        (Self::Rows, b'r'),
        (Self::File, b'f'),
        (Self::Bytes, b'b'),
        (Self::End, b'e'),
    ];

    fn letter(self) -> u8 {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or(0, |(_, letter)| *letter)
    }
}

/// A file in the backup.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileHead {
    /// Path below its folder, with `/`.
    pub(crate) name: String,
    /// Bytes.
    pub(crate) bytes: u64,
}

/// What must have been read when all was read.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct End {
    /// Tables with their rows.
    pub(crate) tables: Vec<(String, u64)>,
    /// Files.
    pub(crate) files: u64,
}

/// Writes a frame.
pub(crate) fn put(to: &mut impl Write, kind: Kind, parts: &[&[u8]]) -> io::Result<()> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let length = u32::try_from(length).ok().filter(|_| length <= FRAME_BYTES_MAX);
    let length = length.ok_or_else(|| io::Error::other("a row is too long for a backup"))?;
    to.write_all(&[kind.letter()])?;
    to.write_all(&length.to_be_bytes())?;
    parts.iter().try_for_each(|part| to.write_all(part))
}

/// Writes a frame of JSON.
pub(crate) fn put_json(to: &mut impl Write, kind: Kind, value: &impl Serialize) -> io::Result<()> {
    put(to, kind, &[&serde_json::to_vec(value)?])
}

/// Reads a frame into the buffer; `None` where the stream ends between two.
pub(crate) fn next(from: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<Option<Kind>> {
    let mut head = [0; 5];
    match from.read(&mut head[..1])? {
        0 => return Ok(None),
        _ => from.read_exact(&mut head[1..])?,
    }
    let kind = Kind::ALL.iter().find(|(_, letter)| *letter == head[0]).map(|(kind, _)| *kind);
    let kind = kind.ok_or_else(|| io::Error::other("this is not a backup of this program"))?;
    let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize;
    if length > FRAME_BYTES_MAX {
        return Err(io::Error::other("a part of the backup is longer than any may be"));
    }
    buffer.resize(length, 0);
    from.read_exact(buffer)?;
    Ok(Some(kind))
}
