// SPDX-License-Identifier: Apache-2.0
//! Who joins and leaves a family, and slips of the pen.

use domain::{
    id::FamilyId,
    number::PersonNumber,
    registry::{BirthDate, NameInput, Sex, VitalStatus},
    sensitive::Sensitive,
    time::Date,
};

use crate::api::schema::wire;

wire! {
    /// A registered person who joins a family.
    asked NewMember {
        /// Her number.
        person: PersonNumber,
        /// Relation to the head (code list `relationship`).
        relation: String,
        /// Why (code list `membership_start_reason`).
        reason: String,
        /// Since which day.
        on: Date,
        /// Number of who answers for her, an adult of the family; for a child the head, if absent.
        guardian: Option<PersonNumber>,
    }
    /// A family that begins with a registered person, who is its head.
    asked NewOwnFamily {
        /// Her number.
        head: PersonNumber,
        /// Why (code list `membership_start_reason`).
        reason: String,
        /// Since which day.
        on: Date,
    }
    /// A person who is a member of a family now.
    told JoinedFamily {
        /// The family.
        family: FamilyId,
        /// Her number.
        number: PersonNumber,
    }
    /// The end of a person's membership in her family.
    asked MembershipEnd {
        /// On which day.
        on: Date,
        /// Why (code list `membership_end_reason`).
        reason: String,
        /// Number of who answers from now on for those for whom she answered: an adult of the family.
        guardian: Option<PersonNumber>,
    }
    /// A slip of the pen that is mended on the day of entry by who made it: exactly one fact.
    asked NewTypo {
        /// Sex.
        sex: Option<Sex>,
        /// Birth date.
        birth: Option<BirthDate>,
        /// Place of birth.
        birth_place: Option<Sensitive<String>>,
        /// Vital status.
        vital_status: Option<VitalStatus>,
        /// A name; it replaces the one of the same part and script, or is added.
        name: Option<NameInput>,
        /// The version that the officer saw; refused if the record was changed since. `If-Match` says the same.
        version: Option<i64>,
    }
}
