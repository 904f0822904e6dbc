// SPDX-License-Identifier: Apache-2.0
//! The trust list as a document: a JSON Web Signature in the flattened JSON form (RFC 7515 section 7.2.2), ES256, with
//! the root's certificate in the protected header (`x5c`).

use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Purpose, TrustError, TrustList, TrustedSigner};
use crate::{certificate::Certificate, key::Signer};

/// Bytes of a trust list that are read: 256 signers of about 1 KB each, and room.
pub const TRUST_BYTES_MAX: usize = 512 * 1024;

const ALGORITHM: &str = "ES256";
const TYPE: &str = "trust-list+json";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    payload: String,
    protected: String,
    signature: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    typ: String,
    x5c: [String; 1],
}

// A checker that passed over a field it does not know could pass over a revocation: unknown fields are refused.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    issuer: String,
    sequence: u64,
    issued_at: Timestamp,
    next_update: Timestamp,
    signers: Vec<SignerEntry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignerEntry {
    key_id: String,
    certificate: String,
    purposes: Vec<PurposeName>,
    use_from: Timestamp,
    use_until: Timestamp,
    accept_until: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum PurposeName {
    Cards,
    StatusList,
}

/// Signs a list with the root and gives the document, one line of JSON for each part.
///
/// # Errors
/// A list that would not open, a key that is not the root's, a root that cannot sign.
pub fn sign_trust_list(list: &TrustList, root: &dyn Signer) -> Result<String, TrustError> {
    list.check()?;
    if root.key_id() != list.root.key_id() {
        return Err(TrustError::NotRoot);
    }
    let header =
        Header { alg: ALGORITHM.to_owned(), typ: TYPE.to_owned(), x5c: [Base64::encode_string(list.root.der())] };
    let payload = Payload {
        issuer: list.issuer.clone(),
        sequence: list.sequence,
        issued_at: list.issued_at,
        next_update: list.next_update,
        signers: list.signers.iter().map(entry).collect(),
    };
    let (protected, payload) = (encode(&header), encode(&payload));
    let signature = root.sign(signing_input(&protected, &payload).as_bytes())?;
    let document = Document { payload, protected, signature: Base64UrlUnpadded::encode_string(&signature) };
    let text = serde_json::to_string_pretty(&document).expect("three texts are always JSON") + "\n";
    if text.len() > TRUST_BYTES_MAX { Err(TrustError::TooLarge) } else { Ok(text) }
}

/// Opens a document; see [`TrustList::open`].
pub(super) fn open(json: &str, pinned_root: Option<[u8; 32]>) -> Result<TrustList, TrustError> {
    if json.len() > TRUST_BYTES_MAX {
        return Err(TrustError::TooLarge);
    }
    let document: Document = serde_json::from_str(json).map_err(|_| TrustError::Malformed("not a signed document"))?;
    let header: Header = decode(&document.protected, "the header")?;
    if header.alg != ALGORITHM || header.typ != TYPE {
        return Err(TrustError::Malformed("the header says another kind of document"));
    }
    let root = certificate(&header.x5c[0])?;
    if pinned_root.is_some_and(|pinned| pinned != root.fingerprint()) {
        return Err(TrustError::OtherRoot);
    }
    let signature = Base64UrlUnpadded::decode_vec(&document.signature).ok().and_then(|bytes| bytes.try_into().ok());
    let signature: [u8; 64] = signature.ok_or(TrustError::Malformed("the signature"))?;
    let input = signing_input(&document.protected, &document.payload);
    root.public_key().verify(input.as_bytes(), &signature).map_err(|_| TrustError::BadSignature)?;
    let payload: Payload = decode(&document.payload, "the payload")?;
    let list = TrustList {
        issuer: payload.issuer,
        sequence: payload.sequence,
        issued_at: payload.issued_at,
        next_update: payload.next_update,
        root,
        signers: payload.signers.into_iter().map(signer).collect::<Result<_, _>>()?,
    };
    list.check()?;
    Ok(list)
}

fn signing_input(protected: &str, payload: &str) -> String {
    format!("{protected}.{payload}")
}

fn encode<T: Serialize>(part: &T) -> String {
    let json = serde_json::to_vec(part).expect("texts, numbers and lists are always JSON");
    Base64UrlUnpadded::encode_string(&json)
}

fn decode<T: for<'de> Deserialize<'de>>(part: &str, what: &'static str) -> Result<T, TrustError> {
    let json = Base64UrlUnpadded::decode_vec(part).map_err(|_| TrustError::Malformed(what))?;
    serde_json::from_slice(&json).map_err(|_| TrustError::Malformed(what))
}

fn certificate(base64: &str) -> Result<Certificate, TrustError> {
    let malformed = TrustError::Malformed("a certificate");
    let Ok(der) = Base64::decode_vec(base64) else { return Err(malformed) };
    Certificate::from_der(&der).map_err(|_| malformed)
}

fn entry(signer: &TrustedSigner) -> SignerEntry {
    let name = |purpose: &Purpose| match purpose {
        Purpose::Cards => PurposeName::Cards,
        Purpose::StatusList => PurposeName::StatusList,
    };
    SignerEntry {
        key_id: signer.key_id().to_string(),
        certificate: Base64::encode_string(signer.certificate.der()),
        purposes: signer.purposes.iter().map(name).collect(),
        use_from: signer.use_from,
        use_until: signer.use_until,
        accept_until: signer.accept_until,
        revoked_at: signer.revoked_at,
    }
}

fn signer(entry: SignerEntry) -> Result<TrustedSigner, TrustError> {
    let purpose = |name| match name {
        PurposeName::Cards => Purpose::Cards,
        PurposeName::StatusList => Purpose::StatusList,
    };
    let certificate = certificate(&entry.certificate)?;
    if entry.key_id != certificate.key_id().to_string() {
        return Err(TrustError::Malformed("a key identifier is not of its certificate"));
    }
    Ok(TrustedSigner {
        certificate,
        purposes: entry.purposes.into_iter().map(purpose).collect(),
        use_from: entry.use_from,
        use_until: entry.use_until,
        accept_until: entry.accept_until,
        revoked_at: entry.revoked_at,
    })
}
