// SPDX-License-Identifier: Apache-2.0
//! Measures against irregular stay, and the flag that protects a presumed victim of trafficking from them.

use domain::{access::Act, audit::Visibility, number::PersonNumber, refusal::Refusal};

use crate::{AppError, UseCase, unit::Unit};

pub use crate::procedures::OrderToLeave;

/// Raises the flag of a presumed victim of trafficking: from now on no measure can be taken against the person.
pub struct RaiseProtectionFlag {
    /// The person, by the number on her own paper; nothing about her is shown.
    pub person: PersonNumber,
}

impl UseCase for RaiseProtectionFlag {
    const ACT: Act = Act::RaiseProtectionFlag;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::RaiseProtectionFlag.as_str())?;
        unit.seal_record(Visibility::Compartment);
        let person = unit.find_person_unrestricted(&self.person).await?.ok_or(Refusal::NotFound("person"))?;
        unit.concerns(person.id)?;
        let (row, by, now) = (unit.new_id(), unit.actor().account, unit.now);
        Ok(unit.insert_protection_flag(row, person.id, by, now).await?)
    }
}
