// SPDX-License-Identifier: Apache-2.0
//! zlib streams (RFC 1950): wrapping a card, and opening what comes from outside in bounded memory.
//!
//! A card is wrapped without compression (stored blocks, RFC 1951 section 3.2.4). A face in WebP does not compress, so
//! nothing is lost; and unlike a compressed stream, which can be written in many ways, it has one form only, so that a
//! text with any changed character can be told from the genuine one.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// Method deflate with a window of 32 KiB, fastest level; together a multiple of 31.
const HEADER: [u8; 2] = [0x78, 0x01];
/// Bytes of one stored block.
const BLOCK_BYTES_MAX: usize = 0xffff;

/// Why bytes are no acceptable zlib stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ZlibError {
    /// Not a zlib stream, cut off, damaged (its checksum differs), or followed by other bytes.
    #[error("the compressed data is damaged")]
    Damaged,
    /// It opens to more than the limit.
    #[error("the compressed data opens to more than is allowed")]
    TooLarge,
    /// It opens to a genuine card, but is not the form in which cards are written: somebody changed the text.
    #[error("the text is not in the form in which cards are written")]
    OtherForm,
}

/// The one stream without compression that holds these bytes.
pub(crate) fn store(bytes: &[u8]) -> Vec<u8> {
    let mut stream = HEADER.to_vec();
    let mut blocks = bytes.chunks(BLOCK_BYTES_MAX).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).expect("a block is cut to what two bytes can count");
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend_from_slice(&length.to_le_bytes());
        stream.extend_from_slice(&(!length).to_le_bytes());
        stream.extend_from_slice(block);
    }
    stream.extend_from_slice(&adler32(bytes).to_be_bytes());
    stream
}

/// Opens any zlib stream to at most `limit` bytes.
pub(crate) fn inflate(stream: &[u8], limit: usize) -> Result<Vec<u8>, ZlibError> {
    let mut bytes = Vec::new();
    let mut decoder = ZlibDecoder::new(stream);
    // One byte more than allowed, to see whether there is more.
    decoder.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|_| ZlibError::Damaged)?;
    if bytes.len() > limit {
        return Err(ZlibError::TooLarge);
    }
    if decoder.total_in() == stream.len() as u64 { Ok(bytes) } else { Err(ZlibError::Damaged) }
}

fn adler32(bytes: &[u8]) -> u32 {
    const MODULUS: u32 = 65_521;
    let (low, high) = bytes.iter().fold((1, 0), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % MODULUS;
        (low, (high + low) % MODULUS)
    });
    high << 16 | low
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};
    use proptest::prelude::*;

    use super::*;

    const LIMIT: usize = 65_536;

    fn pressed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    proptest! {
        #[test]
        fn what_is_stored_or_pressed_is_opened(bytes in prop::collection::vec(any::<u8>(), 1..3_000)) {
            prop_assert_eq!(inflate(&store(&bytes), LIMIT), Ok(bytes.clone()));
            prop_assert_eq!(inflate(&pressed(&bytes), LIMIT), Ok(bytes));
        }

        #[test]
        fn random_bytes_never_panic(mut bytes: Vec<u8>) {
            let _ = inflate(&bytes, LIMIT);
            bytes.splice(0..0, HEADER);
            let _ = inflate(&bytes, LIMIT);
        }
    }

    #[test]
    fn long_data_takes_several_blocks() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|number| (number % 251) as u8).collect();
        assert_eq!(inflate(&store(&bytes), 200_000), Ok(bytes));
    }

    #[test]
    fn a_changed_bit_changes_the_content_or_the_form() {
        let bytes = b"a card, a card, a card of a person".repeat(3);
        let stream = store(&bytes);
        for bit in 0..stream.len() * 8 {
            let mut changed = stream.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            if let Ok(opened) = inflate(&changed, LIMIT) {
                assert_ne!(store(&opened), changed, "bit {bit}");
            }
        }
    }

    #[test]
    fn a_bomb_is_refused_at_the_limit() {
        let bomb = pressed(&vec![0; 100_000_000]);
        assert!(bomb.len() < 100_000);
        assert_eq!(inflate(&bomb, LIMIT), Err(ZlibError::TooLarge));
        assert_eq!(inflate(&pressed(&vec![0; LIMIT]), LIMIT).map(|bytes| bytes.len()), Ok(LIMIT));
        assert_eq!(inflate(&pressed(&vec![0; LIMIT + 1]), LIMIT), Err(ZlibError::TooLarge));
    }

    #[test]
    fn damaged_streams_are_refused() {
        let stream = store(b"card");
        let changed_sum = [&stream[..stream.len() - 1], &[0]].concat();
        for damaged in [&b""[..], &stream[1..], &stream[..9], &[&stream[..], &[0]].concat(), &changed_sum] {
            assert_eq!(inflate(damaged, LIMIT), Err(ZlibError::Damaged));
        }
    }
}
