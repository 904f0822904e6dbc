// SPDX-License-Identifier: Apache-2.0
//! Answers kept under a key that the client chose, so that a request repeated after a lost answer gets the same answer and
//! has no second effect.
//!
//! The row holds neither the client's key nor the answer in clear: its place is a digest, and the answer is sealed under a
//! key made of the client's key and the master key. Whoever has the database, even with its master key, reads no answer
//! without the client's key.

use domain::{id::AccountId, time::Timestamp};
use rand_core::Rng;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::{DbError, Session, Write, args, statements, vault::DataKey};

statements! {
    FIND_KEPT_ANSWER = "SELECT request_digest, answer, created_at FROM idempotency WHERE place = $1";
    INSERT_KEPT_ANSWER = "INSERT INTO idempotency (place, account_id, request_digest, answer, created_at) VALUES ($1, $2, $3, $4, $5)";
    DELETE_KEPT_ANSWER = "DELETE FROM idempotency WHERE place = $1";
    DELETE_OLD_ANSWERS = "DELETE FROM idempotency WHERE place IN (SELECT place FROM idempotency WHERE created_at < $1 ORDER BY created_at LIMIT $2)";
}

/// Domain of the digest that is an answer's place.
const PLACE_DOMAIN: &[u8] = b"turna/idempotency/place/1\n";
/// Domain of the digest that is an answer's key.
const SEAL_DOMAIN: &[u8] = b"turna/idempotency/seal/1\n";
/// Where an answer is sealed.
const ANSWER_PLACE: &str = "idempotency.answer";
/// Old answers deleted in one transaction.
pub const OLD_ANSWERS_PER_ROUND: i64 = 1_000;

/// Whose key it is, of which route, and the key itself.
#[derive(Clone)]
pub struct AnswerPlace {
    account: AccountId,
    name: Zeroizing<String>,
}

impl std::fmt::Debug for AnswerPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AnswerPlace(of {}, …)", self.account)
    }
}

impl AnswerPlace {
    /// The place of an account's key of a route (method and path pattern). Neither holds a line break.
    pub fn new(account: AccountId, route: &str, key: &str) -> Self {
        Self { account, name: Zeroizing::new(format!("{account}\n{route}\n{key}")) }
    }

    fn digest(&self) -> Vec<u8> {
        Sha256::new().chain_update(PLACE_DOMAIN).chain_update(self.name.as_bytes()).finalize().to_vec()
    }

    fn seal(&self, master: &DataKey) -> DataKey {
        let digest = Sha256::new().chain_update(SEAL_DOMAIN).chain_update(master.as_bytes());
        DataKey::from_bytes(digest.chain_update(self.name.as_bytes()).finalize().into())
    }
}

/// An answer as kept, opened.
pub struct KeptRow {
    /// SHA-256 of the request that was answered.
    pub request_digest: Vec<u8>,
    /// The answer.
    pub answer: Zeroizing<Vec<u8>>,
    /// When it was given.
    pub created_at: Timestamp,
}

impl Session {
    /// The answer kept at a place.
    ///
    /// # Errors
    /// [`DbError::Damaged`] when it does not open.
    pub async fn find_kept_answer(&mut self, place: &AnswerPlace) -> Result<Option<KeptRow>, DbError> {
        let Some(row) = self.fetch_optional(FIND_KEPT_ANSWER, args![place.digest()]).await? else { return Ok(None) };
        let sealed: Vec<u8> = row.get(1)?;
        let answer = place.seal(self.keyring.master()).open(ANSWER_PLACE, &sealed);
        let answer = answer.map_err(|_| DbError::damaged("idempotency.answer: does not open"))?;
        Ok(Some(KeptRow { request_digest: row.get(0)?, answer, created_at: row.get(2)? }))
    }
}

impl Write {
    /// Keeps an answer.
    ///
    /// # Errors
    /// [`DbError`]; constraint `idempotency_pkey` when one is kept there already.
    pub async fn insert_kept_answer(
        &mut self,
        place: &AnswerPlace,
        request_digest: &[u8],
        answer: &[u8],
        now: Timestamp,
        rng: &mut (dyn Rng + Send),
    ) -> Result<(), DbError> {
        let sealed = place.seal(self.keyring.master()).seal(ANSWER_PLACE, answer, rng);
        let values = args![place.digest(), place.account, request_digest, sealed, now];
        self.execute(INSERT_KEPT_ANSWER, values).await.map(drop)
    }

    /// Forgets the answer kept at a place.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn delete_kept_answer(&mut self, place: &AnswerPlace) -> Result<(), DbError> {
        self.execute(DELETE_KEPT_ANSWER, args![place.digest()]).await.map(drop)
    }

    /// Forgets answers given before a moment, at most [`OLD_ANSWERS_PER_ROUND`]; says how many.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn delete_old_answers(&mut self, before: Timestamp) -> Result<u64, DbError> {
        self.execute(DELETE_OLD_ANSWERS, args![before, OLD_ANSWERS_PER_ROUND]).await
    }
}
