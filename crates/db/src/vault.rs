// SPDX-License-Identifier: Apache-2.0
//! Sealed values: AES-256-GCM-SIV (RFC 8452) under a key per person, so that erasing the person's key erases every
//! copy of every value, in backups too.
//!
//! The person keys lie in the database, wrapped by the master key, which lies outside of it. Place and owner of a
//! value are bound in as associated data: a ciphertext moved elsewhere does not open.

use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use domain::id::PersonId;
use rand_core::Rng;
use zeroize::Zeroizing;

use crate::{DbError, Session, Write, args, statements};

statements! {
    INSERT_PERSON_KEY = "INSERT INTO person_key (person_id, wrapped) VALUES ($1, $2)";
    FIND_PERSON_KEY = "SELECT wrapped FROM person_key WHERE person_id = $1";
}

/// Bytes of a nonce.
const NONCE_BYTES: usize = 12;

/// A key of 256 bits.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(…)")
    }
}

/// A value that does not open: wrong key, wrong place, or changed bytes.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a sealed value does not open")]
pub struct DoesNotOpen;

impl DataKey {
    /// Takes 32 bytes as a key.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key's bytes, to be sealed under another key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Draws a new key.
    pub fn generate(rng: &mut dyn Rng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self::from_bytes(bytes)
    }

    /// Seals a value for one place.
    pub fn seal(&self, place: &str, value: &[u8], rng: &mut dyn Rng) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        rng.fill_bytes(&mut nonce);
        let payload = Payload { msg: value, aad: place.as_bytes() };
        let sealed = self.cipher().encrypt(&Nonce::from(nonce), payload).expect("a value is shorter than 64 GiB");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens a value sealed for this place.
    ///
    /// # Errors
    /// [`DoesNotOpen`].
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        let (nonce, ciphertext) = sealed.split_at_checked(NONCE_BYTES).ok_or(DoesNotOpen)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| DoesNotOpen)?;
        let payload = Payload { msg: ciphertext, aad: place.as_bytes() };
        let value = self.cipher().decrypt(&Nonce::from(nonce), payload).map_err(|_| DoesNotOpen)?;
        Ok(Zeroizing::new(value))
    }

    fn cipher(&self) -> Aes256GcmSiv {
        Aes256GcmSiv::new(&(*self.0).into())
    }
}

/// The keys that lie outside the database.
#[derive(Clone, Debug)]
pub struct Keyring {
    master: DataKey,
}

impl Keyring {
    /// A key ring with this master key.
    pub fn new(master: DataKey) -> Self {
        Self { master }
    }

    /// The master key, for other things kept outside the database.
    pub fn master(&self) -> &DataKey {
        &self.master
    }
}

fn person_place(person: PersonId) -> String {
    format!("person_key|{person}")
}

impl Write {
    /// Makes the key of a new person.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn create_person_key(&mut self, person: PersonId, rng: &mut (dyn Rng + Send)) -> Result<(), DbError> {
        let key = DataKey::generate(rng);
        let wrapped = self.keyring.master.seal(&person_place(person), key.0.as_slice(), rng);
        self.execute(INSERT_PERSON_KEY, args![person, wrapped]).await?;
        self.person_keys.insert(person, Some(key));
        Ok(())
    }

    /// Seals a person's value for `place` (table and column).
    ///
    /// # Errors
    /// [`DbError`], also when the person has been erased.
    pub async fn seal(
        &mut self,
        person: PersonId,
        place: &str,
        value: &[u8],
        rng: &mut (dyn Rng + Send),
    ) -> Result<Vec<u8>, DbError> {
        match self.person_key(person).await? {
            Some(key) => Ok(key.seal(&value_place(person, place), value, rng)),
            None => Err(DbError::damaged("person_key: the person has been erased")),
        }
    }
}

impl Session {
    /// Opens a person's value; `None` when the person has been erased.
    ///
    /// # Errors
    /// [`DbError::Damaged`] when the bytes were changed or moved.
    pub async fn open(
        &mut self,
        person: PersonId,
        place: &str,
        sealed: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, DbError> {
        let Some(key) = self.person_key(person).await? else { return Ok(None) };
        match key.open(&value_place(person, place), sealed) {
            Ok(value) => Ok(Some(value)),
            Err(DoesNotOpen) => Err(DbError::damaged(format!("{place}: does not open"))),
        }
    }

    /// Opens a person's text; `None` when the person has been erased.
    ///
    /// # Errors
    /// [`DbError::Damaged`] when the bytes were changed or moved.
    pub async fn open_text(
        &mut self,
        person: PersonId,
        place: &str,
        sealed: Option<Vec<u8>>,
    ) -> Result<Option<String>, DbError> {
        let Some(sealed) = sealed else { return Ok(None) };
        let Some(value) = self.open(person, place, &sealed).await? else { return Ok(None) };
        let text = String::from_utf8(value.to_vec()).map_err(|_| DbError::damaged(format!("{place}: no text")))?;
        Ok(Some(text))
    }

    async fn person_key(&mut self, person: PersonId) -> Result<Option<DataKey>, DbError> {
        if let Some(key) = self.person_keys.get(&person) {
            return Ok(key.clone());
        }
        let row = self.fetch_optional(FIND_PERSON_KEY, args![person]).await?;
        let key = match row {
            None => None,
            Some(row) => {
                let wrapped: Vec<u8> = row.get(0)?;
                let opened = self.keyring.master.open(&person_place(person), &wrapped);
                let bytes = opened.map_err(|_| DbError::damaged("person_key.wrapped: does not open"))?;
                let bytes: [u8; 32] =
                    bytes.as_slice().try_into().map_err(|_| DbError::damaged("person_key.wrapped: wrong length"))?;
                Some(DataKey::from_bytes(bytes))
            }
        };
        self.person_keys.insert(person, key.clone());
        Ok(key)
    }
}

fn value_place(person: PersonId, place: &str) -> String {
    format!("{place}|{person}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_only_in_its_place() {
        struct Counter(u8);
        impl rand_core::TryRng for Counter {
            type Error = std::convert::Infallible;
            fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
                self.0 += 1;
                Ok(u32::from(self.0))
            }
            fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
                self.try_next_u32().map(u64::from)
            }
            fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
                bytes.fill_with(|| {
                    self.0 = self.0.wrapping_add(1);
                    self.0
                });
                Ok(())
            }
        }
        let key = DataKey::generate(&mut Counter(0));
        let sealed = key.seal("correction.old_value|a", "Lalə".as_bytes(), &mut Counter(9));
        assert_eq!(key.open("correction.old_value|a", &sealed).unwrap().as_slice(), "Lalə".as_bytes());
        assert_eq!(key.open("correction.old_value|b", &sealed), Err(DoesNotOpen));
        let mut changed = sealed.clone();
        changed[NONCE_BYTES] ^= 1;
        assert_eq!(key.open("correction.old_value|a", &changed), Err(DoesNotOpen));
        assert_eq!(key.open("correction.old_value|a", &sealed[..5]), Err(DoesNotOpen));
    }
}
