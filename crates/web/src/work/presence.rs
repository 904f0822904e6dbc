// SPDX-License-Identifier: Apache-2.0
//! Who else is looking at a case. It lives in memory, for two minutes after a page was loaded, and is shown only to those
//! who may open the case themselves.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{id::AccountId, number::CaseNumber, time::Timestamp};

/// How long a page counts as being looked at, in seconds.
const SECONDS: i64 = 120;
/// Cases that are remembered at once; a list that is full forgets those that nobody looks at any more.
const CASES_MAX: usize = 10_000;
/// Officers that are remembered for one case.
const OFFICERS_MAX: usize = 20;

struct Look {
    officer: AccountId,
    name: String,
    at: Timestamp,
}

/// Who looks at which case.
#[derive(Default)]
pub(crate) struct Presence {
    looks: Mutex<HashMap<CaseNumber, Vec<Look>>>,
}

impl Presence {
    /// Notes that an officer looks at a case; returns the names of the others who do.
    pub(crate) fn note(&self, case: &CaseNumber, officer: AccountId, name: &str, now: Timestamp) -> Vec<String> {
        let mut looks = self.looks.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh = |look: &Look| now <= look.at.plus_seconds(SECONDS);
        if looks.len() >= CASES_MAX && !looks.contains_key(case) {
            looks.retain(|_, of_case| of_case.iter().any(is_fresh));
            if looks.len() >= CASES_MAX {
                return Vec::new();
            }
        }
        let of_case = looks.entry(case.clone()).or_default();
        of_case.retain(|look| is_fresh(look) && look.officer != officer);
        let others = of_case.iter().map(|look| look.name.clone()).collect();
        if of_case.len() < OFFICERS_MAX {
            of_case.push(Look { officer, name: name.to_owned(), at: now });
        }
        others
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn officers_see_each_other_for_two_minutes_and_never_themselves() {
        let presence = Presence::default();
        let case = CaseNumber::draw(&mut rand_chacha::ChaCha20Rng::from_seed([1; 32]));
        let other = CaseNumber::draw(&mut rand_chacha::ChaCha20Rng::from_seed([2; 32]));
        let now = Timestamp::from_microseconds(1_766_000_000_000_000).unwrap();
        let (first, second) = (AccountId::from(Uuid::from_u128(1)), AccountId::from(Uuid::from_u128(2)));
        assert!(presence.note(&case, first, "first", now).is_empty());
        assert!(presence.note(&case, first, "first", now).is_empty());
        assert_eq!(presence.note(&case, second, "second", now.plus_seconds(SECONDS)), ["first"]);
        assert!(presence.note(&other, second, "second", now).is_empty());
        assert_eq!(presence.note(&case, first, "first", now.plus_seconds(2 * SECONDS)), ["second"]);
        assert!(presence.note(&case, second, "second", now.plus_seconds(4 * SECONDS)).is_empty());
    }

    use rand_chacha::rand_core::SeedableRng as _;
}
