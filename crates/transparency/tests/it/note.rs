// SPDX-License-Identifier: Apache-2.0
//! Keys, signed notes and checkpoints.

use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList};
use transparency::{
    Checkpoint, CheckpointError, KeyError, LogKey, NoteError, TreeHead, VerifierKey,
    note::{NOTE_BYTES_MAX, NOTE_SIGNATURES_MAX},
};

use crate::support::{Log, key};

/// The verifier key of the package documentation of Go's `golang.org/x/mod/sumdb/note`.
const GO_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

/// The note of the same documentation.
const GO_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\
    \n\
    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn note() -> String {
    Checkpoint::sign(&Log::of(5).head, &key(1))
}

#[test]
fn the_note_of_the_go_documentation_is_opened() {
    let text = VerifierKey::parse(GO_KEY).unwrap().open(GO_NOTE).unwrap();
    assert!(text.starts_with("If you think") && text.ends_with("problem is.\n"));
}

#[test]
fn a_signed_checkpoint_is_opened_again() {
    let head = Log::of(5).head;
    let checkpoint = Checkpoint::open(&note(), &key(1).verifier()).unwrap();
    assert_eq!(checkpoint, Checkpoint { origin: "turna.example/log".to_owned(), head });
}

#[test]
fn another_implementation_opens_our_checkpoint_and_we_open_its() {
    let ours = note();
    let verifier = StandardVerifier::new(&key(1).verifier().to_string()).unwrap();
    let parsed = Note::from_bytes(ours.as_bytes()).unwrap();
    let (verified, _) = parsed.verify(&VerifierList::new(vec![Box::new(verifier)])).unwrap();
    assert_eq!(verified.len(), 1);
    let checkpoint = tlog_tiles::Checkpoint::from_bytes(parsed.text()).unwrap();
    assert_eq!((checkpoint.size(), checkpoint.hash().0), (5, Log::of(5).head.root));

    let signer = StandardSigner::new(&key(1).to_secret_text()).unwrap();
    let mut theirs = Note::new(parsed.text(), &[]).unwrap();
    theirs.add_sigs(&[&signer]).unwrap();
    assert_eq!(String::from_utf8(theirs.to_bytes()).unwrap(), ours);
}

#[test]
fn a_checkpoint_by_another_key_is_refused() {
    let not_signed = CheckpointError::Note(NoteError::NotSigned { key: "turna.example/log".to_owned() });
    assert_eq!(Checkpoint::open(&note(), &key(2).verifier()), Err(not_signed));
    let other_name = LogKey::generate("other.example/log", &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    assert!(matches!(
        Checkpoint::open(&note(), &other_name.verifier()),
        Err(CheckpointError::Note(NoteError::NotSigned { .. }))
    ));
}

#[test]
fn every_changed_character_of_a_checkpoint_is_refused() {
    let note = note();
    for (position, character) in note.char_indices() {
        for other in ['A', 'B', '0', '1', '\n', ' ', '\u{2014}'].into_iter().filter(|other| *other != character) {
            let mut changed = note.clone();
            changed.replace_range(position..position + character.len_utf8(), &other.to_string());
            assert!(Checkpoint::open(&changed, &key(1).verifier()).is_err(), "{changed}");
        }
    }
    for end in (0..note.len()).filter(|end| note.is_char_boundary(*end)) {
        assert!(Checkpoint::open(&note[..end], &key(1).verifier()).is_err());
    }
}

#[test]
fn signatures_of_witnesses_are_ignored_and_a_false_one_by_the_log_is_not() {
    let note = note();
    let witness = "\u{2014} witness.example AAAAAAAAAAA=\n";
    assert!(Checkpoint::open(&format!("{note}{witness}"), &key(1).verifier()).is_ok());
    assert!(Checkpoint::open(&format!("{note}\u{2014} witness.example !\n"), &key(1).verifier()).is_err());
    let line = note.lines().last().unwrap();
    let signature = &line[line.len() - 40..line.len() - 20];
    let forged = line.replace(signature, &"A".repeat(signature.len()));
    let bad = CheckpointError::Note(NoteError::BadSignature { key: "turna.example/log".to_owned() });
    for changed in [note.replace(line, &forged), format!("{note}{forged}\n")] {
        assert_eq!(Checkpoint::open(&changed, &key(1).verifier()), Err(bad.clone()), "{changed}");
    }
}

#[test]
fn malformed_notes_are_refused_with_the_place() {
    let verifier = key(1).verifier();
    let open = |note: &str| verifier.open(note).unwrap_err();
    assert_eq!(open("text\n"), NoteError::Form);
    assert_eq!(open("text\n\n"), NoteError::Form);
    assert_eq!(open("te\txt\n\n\u{2014} a AAAAAAA=\n"), NoteError::ControlCharacter { byte: 2 });
    assert_eq!(open("text\n\n- a AAAAAAA=\n"), NoteError::SignatureLine { line: 1 });
    assert_eq!(open("text\n\n\u{2014} a+b AAAAAAA=\n"), NoteError::SignatureLine { line: 1 });
    assert_eq!(open("text\n\n\u{2014} a AAA=\n"), NoteError::SignatureLine { line: 1 });
    let bytes = NOTE_BYTES_MAX + 1;
    assert_eq!(open(&"a".repeat(bytes)), NoteError::TooLong { bytes });
    let lines = NOTE_SIGNATURES_MAX + 1;
    assert_eq!(
        open(&format!("t\n\n{}", "\u{2014} a AAAAAAA=\n".repeat(lines))),
        NoteError::TooManySignatures { lines }
    );
}

/// Signs any text with the key of the tests, by the other implementation.
fn sign(text: &str) -> String {
    let signer = StandardSigner::new(&key(1).to_secret_text()).unwrap();
    let mut note = Note::new(text.as_bytes(), &[]).unwrap();
    note.add_sigs(&[&signer]).unwrap();
    String::from_utf8(note.to_bytes()).unwrap()
}

#[test]
fn signed_texts_that_are_no_checkpoints_are_refused_with_the_line() {
    let root = note().lines().nth(2).unwrap().to_owned();
    let open = |text: &str| Checkpoint::open(&sign(text), &key(1).verifier());
    let line = |text: &str| match open(text) {
        Err(CheckpointError::Line { line, .. }) => line,
        other => panic!("{text:?} gave {other:?}"),
    };
    let origin = "turna.example/log";
    assert!(open(&format!("{origin}\n5\n{root}\nextension\n")).is_ok());
    for (text, number) in [
        (format!("{origin}\n"), 2),
        (format!("{origin}\n05\n{root}\n"), 2),
        (format!("{origin}\n+5\n{root}\n"), 2),
        (format!("{origin}\n\n{root}\n"), 2),
        (format!("{origin}\n99999999999999999999\n{root}\n"), 2),
        (format!("{origin}\n5\n"), 3),
        (format!("{origin}\n5\n{}\n", &root[4..]), 3),
        (format!("{origin}\n5\n{root}A\n"), 3),
        (format!("{origin}\n5\n{root}\n\nextension\n"), 4),
    ] {
        assert_eq!(line(&text), number, "{text}");
    }
    assert!(matches!(open(&format!("other\n5\n{root}\n")), Err(CheckpointError::Origin { .. })));
    assert_eq!(open(&format!("{origin}\n0\n{root}\n")), Err(CheckpointError::EmptyRoot));
    let size = 1 << 41;
    assert_eq!(open(&format!("{origin}\n{size}\n{root}\n")), Err(CheckpointError::TooManyEntries { size }));
}

#[test]
fn keys_are_written_and_read_again() {
    let key = key(1);
    let verifier = key.verifier();
    assert_eq!(VerifierKey::parse(&verifier.to_string()), Ok(verifier.clone()));
    let again = LogKey::parse(&key.to_secret_text()).unwrap();
    assert_eq!(again.verifier(), verifier);
    assert_eq!(Checkpoint::sign(&TreeHead::empty(), &again), Checkpoint::sign(&TreeHead::empty(), &key));
    let public = verifier.to_string();
    assert_eq!(VerifierKey::parse(&public.replacen('t', "u", 1)), Err(KeyError::Hash));
    assert_eq!(VerifierKey::parse("a+b"), Err(KeyError::Form));
    assert_eq!(VerifierKey::parse("a+0000000G+AQ=="), Err(KeyError::Form));
    assert_eq!(VerifierKey::parse("a+00000000+AQ=="), Err(KeyError::Algorithm));
    assert!(LogKey::parse(&public).is_err());
    assert!(VerifierKey::parse(&key.to_secret_text()).is_err());
}

#[test]
fn a_key_keeps_its_secret_and_its_name_in_order() {
    let shown = format!("{:?}", key(1));
    assert!(shown.contains("turna.example/log"));
    let secret = key(1).to_secret_text();
    assert!(!shown.contains(secret.rsplit('+').next().unwrap()) && shown.len() < 60, "{shown}");
    for name in ["", "a b", "a+b", "a\nb", "a\u{a0}b", &"a".repeat(256)] {
        let error = LogKey::generate(name, &mut ChaCha20Rng::seed_from_u64(1)).unwrap_err();
        assert_eq!(error, KeyError::Name, "{name:?}");
    }
}
