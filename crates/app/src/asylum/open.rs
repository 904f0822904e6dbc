// SPDX-License-Identifier: Apache-2.0
//! Opening a claim: each adult for herself.

use db::Claim;
use domain::{
    access::{Act, AsylumFile, PersonFile},
    audit::Visibility,
    number::{CaseNumber, PersonNumber},
    refusal::Refusal,
    registry::Confidentiality,
};

use super::PROCEDURE;
use crate::{
    AppError, UseCase,
    procedures::{open, procedure},
    unit::Unit,
};

/// Opens a claim.
pub struct OpenClaim {
    /// The claimant.
    pub person: PersonNumber,
    /// Language of the procedure (code list `language`).
    pub language: String,
    /// Whether the claim is kept from the claimant's family.
    pub confidentiality: Confidentiality,
}

impl UseCase for OpenClaim {
    const ACT: Act = Act::OpenClaim;
    type Output = CaseNumber;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<CaseNumber, AppError> {
        unit.seal_record(Visibility::Compartment);
        let persons = unit.permit.open::<PersonFile>()?;
        let person = unit.find_person_by_number(&persons, &self.person).await?.ok_or(Refusal::NotFound("person"))?;
        unit.check_code("language", &self.language, "language")?;
        let procedure = procedure(unit, PROCEDURE)?;
        let case = open(unit, &procedure, person.id).await?;
        let claim = Claim {
            case: case.id,
            person: person.id,
            language: self.language.clone(),
            confidentiality: self.confidentiality,
            reasons: None,
        };
        let permit = unit.permit.open::<AsylumFile>()?;
        unit.insert_claim(&permit, &claim).await?;
        Ok(case.number)
    }
}
