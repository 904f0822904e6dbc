// SPDX-License-Identifier: Apache-2.0
//! The life of a refugee card.
//!
//! The card's state follows decisions; the published status list is a small copy of what stands here, never a second
//! truth. A card that was revoked, replaced or spoiled never becomes valid again.

use crate::{refusal::Refusal, text_enum};

text_enum! {
    /// The state of a card.
    pub enum CardState {
        /// Made from the person's record; waits for the second officer.
        Prepared = "prepared",
        /// Compared with the record by a second officer.
        Checked = "checked",
        /// Signed; its number and its place in the status list are taken for ever.
        Signed = "signed",
        /// Printed on a numbered blank.
        Printed = "printed",
        /// Handed to its holder and in use.
        Active = "active",
        /// Reported lost or otherwise set aside for a time.
        Suspended = "suspended",
        /// Revoked by a decision.
        Revoked = "revoked",
        /// Replaced by another card.
        Replaced = "replaced",
        /// Thrown away before it was handed over.
        Spoiled = "spoiled",
    }
}

text_enum! {
    /// What can be done to a card.
    pub enum CardAction {
        /// Compare with the record.
        Check = "check",
        /// Sign.
        Sign = "sign",
        /// Print on a blank.
        Print = "print",
        /// Note that the print failed and its blank is spoiled; the card is printed again.
        Misprint = "misprint",
        /// Hand over.
        HandOver = "hand_over",
        /// Suspend.
        Suspend = "suspend",
        /// Lift a suspension.
        Reinstate = "reinstate",
        /// Revoke by decision.
        Revoke = "revoke",
        /// Replace by another card.
        Replace = "replace",
        /// Throw away before hand-over.
        Spoil = "spoil",
    }
}

text_enum! {
    /// What the status list says of a card.
    pub enum PublishedStatus {
        /// Valid.
        Valid = "valid",
        /// Invalid for ever.
        Invalid = "invalid",
        /// Invalid for the time being.
        Suspended = "suspended",
    }
}

impl CardState {
    /// The state after an action.
    ///
    /// # Errors
    /// When the action is not possible in this state.
    pub fn after(self, action: CardAction) -> Result<Self, Refusal> {
        use CardState::{Active, Checked, Prepared, Printed, Replaced, Revoked, Signed, Spoiled, Suspended};
        match (self, action) {
            (Prepared, CardAction::Check) => Ok(Checked),
            (Checked, CardAction::Sign) => Ok(Signed),
            (Signed, CardAction::Print) => Ok(Printed),
            (Printed, CardAction::Misprint) => Ok(Signed),
            (Printed, CardAction::HandOver) => Ok(Active),
            (Active, CardAction::Suspend) => Ok(Suspended),
            (Suspended, CardAction::Reinstate) => Ok(Active),
            (Signed | Printed | Active | Suspended, CardAction::Revoke) => Ok(Revoked),
            (Active | Suspended, CardAction::Replace) => Ok(Replaced),
            (Prepared | Checked | Signed | Printed, CardAction::Spoil) => Ok(Spoiled),
            _ => Err(Refusal::CardState(self.as_str())),
        }
    }

    /// What the status list says; a card that is signed but not yet handed over cannot be used.
    pub fn published(self) -> PublishedStatus {
        match self {
            Self::Active => PublishedStatus::Valid,
            Self::Prepared | Self::Checked | Self::Signed | Self::Printed | Self::Suspended => {
                PublishedStatus::Suspended
            }
            Self::Revoked | Self::Replaced | Self::Spoiled => PublishedStatus::Invalid,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_invalid_card_never_becomes_valid_again(actions in prop::collection::vec(0..CardAction::ALL.len(), 0..40)) {
            let mut state = CardState::Prepared;
            let mut was_invalid = false;
            for action in actions {
                state = state.after(CardAction::ALL[action]).unwrap_or(state);
                prop_assert!(!was_invalid || state.published() == PublishedStatus::Invalid);
                was_invalid |= state.published() == PublishedStatus::Invalid;
            }
        }
    }

    #[test]
    fn no_card_reaches_its_holder_unchecked() {
        for state in [CardState::Prepared, CardState::Checked, CardState::Signed] {
            assert!(state.after(CardAction::HandOver).is_err(), "{state}");
        }
        assert!(CardState::Prepared.after(CardAction::Sign).is_err());
    }
}
