// SPDX-License-Identifier: Apache-2.0
//! What a paper says of the person who holds it.

use domain::{
    id::PersonId,
    number::PersonNumber,
    refusal::Refusal,
    registry::{BirthDate, CountryCode, Sex},
    sensitive::Sensitive,
};

use super::{latin_name, original_name};
use crate::{AppError, unit::Unit};

/// The holder of a paper.
#[derive(Clone, Debug)]
pub struct Holder {
    /// Public number.
    pub number: PersonNumber,
    /// Name in Latin letters.
    pub latin_name: Sensitive<String>,
    /// Name in the own script, if that is another.
    pub original_name: Option<Sensitive<String>>,
    /// Birth date.
    pub birth: BirthDate,
    /// Sex.
    pub sex: Sex,
    /// Citizenships.
    pub citizenships: Vec<CountryCode>,
    /// The person's best language (code list `language`).
    pub language: Option<String>,
}

/// Loads what a paper says of its holder.
pub(crate) async fn holder(unit: &mut Unit<'_>, person: PersonId) -> Result<Holder, AppError> {
    let row = unit.find_person_by_id(person).await?.ok_or(Refusal::NotFound("person"))?;
    let names = unit.list_person_names(person).await?;
    Ok(Holder {
        number: row.number,
        latin_name: latin_name(&names),
        original_name: original_name(&names),
        birth: row.birth,
        sex: row.sex,
        citizenships: unit.list_citizenships(person).await?.into_iter().map(|held| held.country).collect(),
        language: unit.list_languages(person).await?.into_iter().next(),
    })
}
