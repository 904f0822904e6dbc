// SPDX-License-Identifier: Apache-2.0
//! The proof file of one entry.

use proptest::prelude::*;
use transparency::{
    Checkpoint, CheckpointError, EntryProof, EntryProofError, ProofError, inclusion_proof,
    proof_text::{PROOF_BYTES_MAX, proof_text},
};

use crate::support::{Log, commitment, key};

fn text(index: u64, size: u64) -> String {
    let log = Log::of(size);
    let proof = inclusion_proof(index, size, &log.tiles).unwrap();
    proof_text(index, &proof, &Checkpoint::sign(&log.head, &key(1)))
}

#[test]
fn a_proof_file_has_the_lines_of_the_specification() {
    let text = text(2, 5);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..2], ["c2sp.org/tlog-proof@v1", "index 2"]);
    assert!(lines[2..5].iter().all(|line| line.len() == 44));
    assert_eq!(lines[5..8], ["", "turna.example/log", "5"]);
}

#[test]
fn a_proof_file_is_checked_without_the_log() {
    for (index, size) in [(0, 1), (0, 2), (2, 5), (299, 300), (256, 1000)] {
        let proof = EntryProof::parse(&text(index, size)).unwrap();
        assert_eq!(proof.to_text(), text(index, size));
        let checkpoint = proof.verify(&commitment(index), &key(1).verifier()).unwrap();
        assert_eq!(checkpoint.head, Log::of(size).head);
    }
}

#[test]
fn a_proof_of_another_entry_or_by_another_log_is_refused() {
    let proof = EntryProof::parse(&text(2, 5)).unwrap();
    let wrong_entry = proof.verify(&commitment(3), &key(1).verifier());
    assert_eq!(wrong_entry, Err(EntryProofError::Proof(ProofError::RootDiffers)));
    let wrong_log = proof.verify(&commitment(2), &key(2).verifier());
    assert!(matches!(wrong_log, Err(EntryProofError::Checkpoint(CheckpointError::Note(_)))));
}

#[test]
fn every_flipped_bit_of_a_proof_file_is_refused() {
    let text = text(2, 5);
    for position in 0..text.len() {
        for bit in 0..8 {
            let mut bytes = text.clone().into_bytes();
            bytes[position] ^= 1 << bit;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let proof = EntryProof::parse(&changed);
            let checked = proof.and_then(|proof| proof.verify(&commitment(2), &key(1).verifier()));
            assert!(checked.is_err(), "bit {bit} of byte {position}: {changed}");
        }
    }
}

#[test]
fn malformed_proof_files_are_refused_with_the_line() {
    let text = text(2, 5);
    let cases = [
        (text.replace("@v1", "@v2"), 1),
        (text.replace("index 2", "index 02"), 2),
        (text.replace("index 2\n", ""), 2),
        (text.replace("index 2", "extra !\nindex 2"), 2),
        (text.replace("index 2", "extra AAAA\nindex -2"), 3),
        (text.replace("index 2\n", "index 2\nAAAA\n"), 3),
        (text.replace("index 2\n", &format!("index 2\n{}", format!("{}=\n", "A".repeat(43)).repeat(126))), 131),
    ];
    for (changed, line) in cases {
        let found = EntryProof::parse(&changed);
        assert!(
            matches!(found, Err(EntryProofError::Line { line: found, .. }) if found == line),
            "{found:?}: {changed}"
        );
    }
    let bytes = PROOF_BYTES_MAX + 1;
    assert_eq!(EntryProof::parse(&"a".repeat(bytes)), Err(EntryProofError::TooLong { bytes }));
}

proptest! {
    #[test]
    fn proof_files_are_written_and_read_again(
        index in any::<u64>(),
        hashes in prop::collection::vec(any::<[u8; 32]>(), 0..64),
        extra in prop::option::of(prop::collection::vec(any::<u8>(), 0..200)),
        checkpoint in "[a-z\n]{0,100}",
    ) {
        let proof = EntryProof { index, hashes, checkpoint, extra };
        prop_assert_eq!(EntryProof::parse(&proof.to_text()), Ok(proof));
    }

    #[test]
    fn no_text_stops_the_parser(text in "\\PC{0,200}", head in "(c2sp.org/tlog-proof@v1\n(extra [A-Z=]{0,9}\n)?index [0-9]{0,3}\n)?") {
        let _ = EntryProof::parse(&(head + &text));
    }
}
