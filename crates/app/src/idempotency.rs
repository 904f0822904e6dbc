// SPDX-License-Identifier: Apache-2.0
//! Requests that a client may repeat: the answer is kept in the transaction of the act, under a key that the client chose.
//!
//! The same key with the same request gives the same answer, a refusal as well, and has no second effect, however many come
//! at the same moment. The same key with another request is told apart. Keys belong to one account and one route.

use std::sync::Arc;

use db::{AnswerPlace, DbError, KeptRow, OLD_ANSWERS_PER_ROUND, Write};
use domain::refusal::Refusal;
use law::Pack;
use rand_chacha::ChaCha20Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::{AppError, Context, Outcome, Service, UseCase, service::run_once};

/// For how long an answer is kept, in seconds: a client that lost one asks again within minutes, and a queue that waits for
/// a network over night still finds it.
pub const ANSWER_SECONDS: i64 = 24 * 60 * 60;
/// Characters of a key: room for a UUID with a prefix.
pub const KEY_CHARACTERS_MAX: usize = 64;
/// How often the transaction is begun anew when another one kept an answer under the same key meanwhile.
const MEETINGS_MAX: usize = 3;
/// The primary key of the kept answers.
const PRIMARY_KEY: &str = "idempotency_pkey";

/// A client's key together with the request it stands for.
#[derive(Clone)]
pub struct RequestKey {
    route: String,
    key: Zeroizing<String>,
    request_digest: [u8; 32],
}

impl RequestKey {
    /// A key for a request to a route (method and path pattern), whose whole content is `request`.
    ///
    /// # Errors
    /// When the key is empty, too long, or has other characters than visible ASCII.
    pub fn new(route: &str, key: &str, request: &[&[u8]]) -> Result<Self, Refusal> {
        if key.is_empty() || key.len() > KEY_CHARACTERS_MAX || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            let problem = format!("1 to {KEY_CHARACTERS_MAX} visible ASCII characters");
            return Err(Refusal::field("Idempotency-Key", problem));
        }
        let mut digest = Sha256::new();
        for part in request {
            // The length keeps two parts from being read as two others.
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        Ok(Self {
            route: route.to_owned(),
            key: Zeroizing::new(key.to_owned()),
            request_digest: digest.finalize().into(),
        })
    }
}

/// An answer as it went to the client.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptAnswer {
    /// Status code.
    pub status: u16,
    /// Headers that belong to the answer: name and value.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// How a request with a key was answered.
pub enum Answered {
    /// Now.
    Now(KeptAnswer),
    /// As before; nothing was done.
    Again(KeptAnswer),
    /// Not at all: the key stands for another request.
    OtherRequest,
}

/// A use case on its way, with everything that each attempt needs.
struct Attempt<U, F> {
    use_case: Arc<U>,
    context: Arc<Context>,
    pack: Arc<Pack>,
    key: RequestKey,
    answer: F,
}

impl<U: UseCase, F: Fn(&Outcome<U::Output>) -> KeptAnswer + Sync> Attempt<U, F> {
    /// Gives the answer that is kept, or runs the use case and keeps its answer.
    async fn run(&self, write: &mut Write) -> Result<Answered, AppError> {
        let place = AnswerPlace::new(self.context.actor.account, &self.key.route, &self.key.key);
        if let Some(kept) = write.find_kept_answer(&place).await? {
            if kept.created_at.plus_seconds(ANSWER_SECONDS) > self.context.now {
                return answered_before(&kept, &self.key);
            }
            write.delete_kept_answer(&place).await?;
        }
        let outcome = run_once(write, self.use_case.clone(), self.context.clone(), self.pack.clone()).await?;
        let answer = (self.answer)(&outcome);
        let bytes = serde_json::to_vec(&answer).map_err(|_| AppError::Fault("an answer is always JSON"))?;
        let bytes = Zeroizing::new(bytes);
        let mut rng = answer_rng(&self.context);
        write.insert_kept_answer(&place, &self.key.request_digest, &bytes, self.context.now, &mut rng).await?;
        if let Outcome::Refused(refusal) = &outcome {
            tracing::info!(act = U::ACT.as_str(), refusal = refusal.code(), "an act was refused");
        }
        Ok(Answered::Now(answer))
    }
}

fn answered_before(kept: &KeptRow, key: &RequestKey) -> Result<Answered, AppError> {
    if kept.request_digest != key.request_digest {
        return Ok(Answered::OtherRequest);
    }
    let answer = serde_json::from_slice(&kept.answer);
    Ok(Answered::Again(answer.map_err(|_| DbError::Damaged { what: "idempotency.answer".into() })?))
}

/// Randomness of the sealed answer, apart from that of the act and of its record.
fn answer_rng(context: &Context) -> ChaCha20Rng {
    let mut rng = context.rng();
    rng.set_stream(2);
    rng
}

impl Service {
    /// Runs a use case and keeps the answer in its transaction; or gives the answer that is kept.
    ///
    /// `answer` makes the answer from the outcome. It is called inside the transaction, and may be called more than once.
    ///
    /// # Errors
    /// [`AppError`] when it failed; nothing was kept then.
    pub async fn run_for_key<U: UseCase>(
        &self,
        context: &Context,
        key: &RequestKey,
        use_case: U,
        answer: impl Fn(&Outcome<U::Output>) -> KeptAnswer + Send + Sync + 'static,
    ) -> Result<Answered, AppError> {
        let (context, pack) = (Arc::new(context.clone()), self.pack().clone());
        let attempt = Attempt { use_case: Arc::new(use_case), context, pack, key: key.clone(), answer };
        let attempt = Arc::new(attempt);
        for _ in 0..MEETINGS_MAX {
            let attempt = attempt.clone();
            let answered = self.db().write(move |write| {
                let attempt = attempt.clone();
                Box::pin(async move { attempt.run(write).await })
            });
            match answered.await {
                // Another request with this key was faster; its answer is there now.
                Err(AppError::Db(DbError::Constraint { name })) if name == PRIMARY_KEY => {}
                answered => return answered,
            }
        }
        Err(DbError::Busy.into())
    }
}

/// Forgets the answers that no client may ask for any more; says how many.
///
/// # Errors
/// When the database fails.
pub async fn forget_old_answers(service: &Service) -> Result<u64, AppError> {
    let before = service.now().plus_seconds(-ANSWER_SECONDS);
    let mut forgotten = 0;
    loop {
        let round = service.db().write(move |write| Box::pin(write.delete_old_answers(before))).await;
        let round = round.map_err(|error: DbError| AppError::from(error))?;
        forgotten += round;
        if round < OLD_ANSWERS_PER_ROUND.unsigned_abs() {
            return Ok(forgotten);
        }
    }
}
