// SPDX-License-Identifier: Apache-2.0
//! Who acts, when, in which request. There are no globals: what a use case needs to know comes in here.

use domain::{access::Actor, time::Timestamp};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use uuid::Uuid;

/// The circumstances of one use case.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who acts.
    pub actor: Actor,
    /// The moment, never before that of an earlier record.
    pub now: Timestamp,
    /// The request, named to the user and in the record.
    pub request: Uuid,
    /// Time of the officer's device, for what was recorded off line.
    pub device_at: Option<Timestamp>,
    pub(crate) seed: [u8; 32],
}

impl Context {
    /// Randomness of this use case. It starts anew for each run, so that a run repeated after a conflict draws the same
    /// identifiers.
    pub(crate) fn rng(&self) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(self.seed)
    }
}
