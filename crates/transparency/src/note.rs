// SPDX-License-Identifier: Apache-2.0
//! Keys and signed notes: a text followed by signature lines (C2SP signed-note), with Ed25519 (RFC 8032).

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use rand_core::Rng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The most bytes in a note. C2SP asks for room for 16 signatures, of which post-quantum ones take nearly 7 kB each.
pub const NOTE_BYTES_MAX: usize = 128 * 1024;

/// The most signature lines in a note; C2SP asks for at least 16.
pub const NOTE_SIGNATURES_MAX: usize = 64;

/// The most bytes in the name of a key.
pub const KEY_NAME_BYTES_MAX: usize = 255;

/// The identifier of Ed25519 in keys and key hashes (C2SP signed-note, "Signature types").
const ED25519: u8 = 0x01;

/// Bytes in the identifier of a key.
const KEY_ID_BYTES: usize = 4;

/// What a signature line begins with: em dash and space.
const SIGNATURE_LINE_START: &str = "\u{2014} ";

/// What a private key begins with in the text form of Go's `sumdb/note`.
const PRIVATE_KEY_START: &str = "PRIVATE+KEY+";

/// A key cannot be read. The message never repeats the text, which may be secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The name is empty, too long, or has a space, a control character or a plus.
    #[error("a key name has 1 to {KEY_NAME_BYTES_MAX} bytes and no space, control character or plus sign")]
    Name,
    /// The text is not name, hash and key joined by plus signs.
    #[error("a key is written as name, hash of 8 hexadecimal digits and base64 joined by plus signs")]
    Form,
    /// The key is not Ed25519 or not 32 bytes long.
    #[error("the key is not an Ed25519 key of 32 bytes in base64")]
    Algorithm,
    /// The hash is not the one of this name and key.
    #[error("the hash in the key does not belong to its name and bytes")]
    Hash,
}

/// A note cannot be trusted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It has more than [`NOTE_BYTES_MAX`] bytes.
    #[error("a note has at most {NOTE_BYTES_MAX} bytes, not {bytes}")]
    TooLong {
        /// Bytes found.
        bytes: usize,
    },
    /// It has more than [`NOTE_SIGNATURES_MAX`] signature lines.
    #[error("a note has at most {NOTE_SIGNATURES_MAX} signature lines, not {lines}")]
    TooManySignatures {
        /// Lines found.
        lines: usize,
    },
    /// A control character other than newline stands in it.
    #[error("the note has a control character at byte {byte}")]
    ControlCharacter {
        /// Its position from 0.
        byte: usize,
    },
    /// There is no empty line between text and signatures, or no newline at the end.
    #[error("the note is not a text, an empty line and signature lines, each ended by a newline")]
    Form,
    /// A signature line is not well formed.
    #[error("signature line {line} is not a dash, a key name and base64")]
    SignatureLine {
        /// Its number from 1.
        line: usize,
    },
    /// No signature is by the expected key.
    #[error("the note is not signed by the key {key}")]
    NotSigned {
        /// Name of the expected key.
        key: String,
    },
    /// The signature by the expected key does not hold.
    #[error("the signature by the key {key} does not hold")]
    BadSignature {
        /// Name of the expected key.
        key: String,
    },
}

/// The private key of a log. Its name is the origin of its checkpoints.
pub struct LogKey {
    name: String,
    key: SigningKey,
}

impl std::fmt::Debug for LogKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogKey").field("name", &self.name).finish_non_exhaustive()
    }
}

impl LogKey {
    /// Makes a new key from the caller's randomness; `name` such as `turna.example/log`.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn generate(name: &str, rng: &mut dyn Rng) -> Result<Self, KeyError> {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut());
        Ok(Self { name: check_name(name)?.to_owned(), key: SigningKey::from_bytes(&seed) })
    }

    /// Reads a key from the text of [`LogKey::to_secret_text`].
    ///
    /// # Errors
    /// When the text is not such a key; the message does not repeat it.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let written = parse_key(text.strip_prefix(PRIVATE_KEY_START).ok_or(KeyError::Form)?)?;
        let key = Self { name: written.name.to_owned(), key: SigningKey::from_bytes(&written.bytes) };
        if key.verifier().id == written.id { Ok(key) } else { Err(KeyError::Hash) }
    }

    /// The private key as text, for the caller to encrypt: `PRIVATE+KEY+<name>+<hash>+<base64>` as in Go's `sumdb/note`.
    pub fn to_secret_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([ED25519; 33]);
        bytes[1..].copy_from_slice(self.key.as_bytes());
        let base64 = Zeroizing::new(Base64::encode_string(bytes.as_ref()));
        let id = u32::from_be_bytes(self.verifier().id);
        Zeroizing::new(format!("{PRIVATE_KEY_START}{}+{id:08x}+{}", self.name, base64.as_str()))
    }

    /// The name of the key, which is the origin of its checkpoints.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public half.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey::new(self.name.clone(), self.key.verifying_key())
    }

    /// Signs a text that ends with a newline and returns the whole note.
    pub(crate) fn sign(&self, text: &str) -> String {
        let mut signature = self.verifier().id.to_vec();
        signature.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n{SIGNATURE_LINE_START}{} {}\n", self.name, Base64::encode_string(&signature))
    }
}

/// The public key of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; KEY_ID_BYTES],
    key: VerifyingKey,
}

impl VerifierKey {
    fn new(name: String, key: VerifyingKey) -> Self {
        let hash = Sha256::new()
            .chain_update(name.as_bytes())
            .chain_update(b"\n")
            .chain_update([ED25519])
            .chain_update(key.as_bytes())
            .finalize();
        let id = std::array::from_fn(|byte| hash[byte]);
        Self { name, id, key }
    }

    /// Reads a key from `<name>+<hash>+<base64>` (C2SP signed-note keys as in Go's `sumdb/note`).
    ///
    /// # Errors
    /// When the text is not such a key.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let written = parse_key(text)?;
        let key = VerifyingKey::from_bytes(&written.bytes).map_err(|_| KeyError::Algorithm)?;
        let verifier = Self::new(written.name.to_owned(), key);
        if verifier.id == written.id { Ok(verifier) } else { Err(KeyError::Hash) }
    }

    /// The name of the key, which is the origin of its checkpoints.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of a note signed by this key, with its final newline. Signatures by other keys are ignored, as C2SP asks.
    ///
    /// # Errors
    /// When the note is malformed, beyond the limits, not signed by this key, or any signature by it does not hold.
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, NoteError> {
        let (text, lines) = split_note(note)?;
        let mut is_signed = false;
        for (number, line) in lines.lines().enumerate() {
            let malformed = NoteError::SignatureLine { line: number + 1 };
            let line = line.strip_prefix(SIGNATURE_LINE_START).ok_or(malformed.clone())?;
            let (name, base64) = line.split_once(' ').ok_or(malformed.clone())?;
            check_name(name).map_err(|_| malformed.clone())?;
            let bytes = Base64::decode_vec(base64).map_err(|_| malformed.clone())?;
            let (id, signature) = bytes.split_first_chunk().ok_or(malformed)?;
            if name != self.name || *id != self.id {
                continue;
            }
            let bad = || NoteError::BadSignature { key: self.name.clone() };
            let signature = Signature::from_slice(signature).map_err(|_| bad())?;
            self.key.verify_strict(text.as_bytes(), &signature).map_err(|_| bad())?;
            is_signed = true;
        }
        if is_signed { Ok(text) } else { Err(NoteError::NotSigned { key: self.name.clone() }) }
    }
}

impl std::fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = [ED25519; 33];
        bytes[1..].copy_from_slice(self.key.as_bytes());
        write!(f, "{}+{:08x}+{}", self.name, u32::from_be_bytes(self.id), Base64::encode_string(&bytes))
    }
}

impl std::str::FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

fn check_name(name: &str) -> Result<&str, KeyError> {
    let is_name = (1..=KEY_NAME_BYTES_MAX).contains(&name.len())
        && !name.chars().any(|character| character.is_whitespace() || character.is_control() || character == '+');
    if is_name { Ok(name) } else { Err(KeyError::Name) }
}

/// A key as written: its name, its claimed identifier and the 32 bytes of an Ed25519 key or seed.
struct WrittenKey<'a> {
    name: &'a str,
    id: [u8; KEY_ID_BYTES],
    bytes: Zeroizing<[u8; 32]>,
}

/// Splits `<name>+<hash>+<base64>`.
fn parse_key(text: &str) -> Result<WrittenKey<'_>, KeyError> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(hash), Some(base64)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyError::Form);
    };
    let is_hash = hash.len() == 2 * KEY_ID_BYTES && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let id = u32::from_str_radix(hash, 16).ok().filter(|_| is_hash).ok_or(KeyError::Form)?;
    let mut bytes = Zeroizing::new([0; 33]);
    match Base64::decode(base64, bytes.as_mut()) {
        Ok([ED25519, key @ ..]) if key.len() == 32 => {}
        _ => return Err(KeyError::Algorithm),
    }
    let mut key = Zeroizing::new([0; 32]);
    key.copy_from_slice(&bytes[1..]);
    Ok(WrittenKey { name: check_name(name)?, id: id.to_be_bytes(), bytes: key })
}

/// Splits a note at its last empty line into text and signature lines.
fn split_note(note: &str) -> Result<(&str, &str), NoteError> {
    if note.len() > NOTE_BYTES_MAX {
        return Err(NoteError::TooLong { bytes: note.len() });
    }
    if let Some(byte) = note.bytes().position(|byte| byte < 0x20 && byte != b'\n') {
        return Err(NoteError::ControlCharacter { byte });
    }
    let blank = note.rfind("\n\n").ok_or(NoteError::Form)?;
    let (text, lines) = (&note[..=blank], &note[blank + 2..]);
    if lines.is_empty() || !lines.ends_with('\n') {
        return Err(NoteError::Form);
    }
    match lines.lines().count() {
        count if count > NOTE_SIGNATURES_MAX => Err(NoteError::TooManySignatures { lines: count }),
        _ => Ok((text, lines)),
    }
}
