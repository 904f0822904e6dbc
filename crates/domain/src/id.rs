// SPDX-License-Identifier: Apache-2.0
//! Identifiers of rows: UUID version 7 (RFC 9562), one type per entity, so that a family can never be passed for a person.
//!
//! Identifiers never leave the program towards the public: people see the numbers of [`crate::number`].

use rand_core::Rng;
use uuid::Uuid;

use crate::time::Timestamp;

/// Makes a UUID version 7 from the caller's clock and randomness.
pub fn new_uuid(now: Timestamp, rng: &mut dyn Rng) -> Uuid {
    let mut random = [0u8; 10];
    rng.fill_bytes(&mut random);
    let milliseconds = u64::try_from(now.as_microseconds() / 1_000).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
}

/// Declares one identifier type per entity.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes a new identifier.
            pub fn new(now: Timestamp, rng: &mut dyn Rng) -> Self {
                Self(new_uuid(now, rng))
            }

            /// The plain UUID, for the database.
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    )+};
}

ids! {
    /// An account of somebody who works with the program.
    AccountId,
    /// An issued token of an account.
    AccountTokenId,
    /// An act recorded in a case.
    ActionId,
    /// A record of the audit log.
    AuditRecordId,
    /// A card.
    CardId,
    /// A case.
    CaseId,
    /// A correction of a stored fact.
    CorrectionId,
    /// A decision.
    DecisionId,
    /// An episode of displacement.
    DisplacementId,
    /// An unfinished registration.
    DraftId,
    /// An event such as a hand-over of cards.
    EventId,
    /// A family.
    FamilyId,
    /// An interview.
    InterviewId,
    /// A job of the background worker.
    JobId,
    /// A person.
    PersonId,
    /// A row that belongs to a person or a family and has no meaning alone (a name, a document, an address).
    RowId,
    /// A dated substitution of an officer or an office.
    SubstitutionId,
}
