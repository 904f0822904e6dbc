// SPDX-License-Identifier: Apache-2.0
//! Help handed out at events.

use domain::{
    number::{CaseNumber, PersonNumber},
    time::Date,
};

use super::Holder;
use crate::api::schema::wire;

wire! {
    /// A distribution to be opened: an event at which something is handed out once to each.
    asked NewDistribution {
        /// Code, unique.
        code: String,
        /// Name.
        name: String,
        /// Day.
        on: Date,
    }
    /// A distribution that was opened.
    told OpenedDistribution {
        /// Its code.
        distribution: String,
        /// Its day.
        on: Date,
    }
    /// A gift to be handed over, in person.
    asked NewGift {
        /// Who receives.
        person: PersonNumber,
        /// What (code list `assistance_item`).
        item: String,
    }
    /// A gift that was handed over, for the receipt.
    told Gift {
        /// Number of the receipt.
        receipt: CaseNumber,
        /// Who received.
        person: PersonNumber,
        /// What.
        item: String,
        /// Name of the distribution.
        distribution: String,
        /// Office that gives, of the country pack.
        office: String,
        /// The day.
        on: Date,
        /// Who received, as the receipt says it.
        holder: Holder,
    }
}
