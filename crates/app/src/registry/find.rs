// SPDX-License-Identifier: Apache-2.0
//! Finding persons by exact evidence. The identification engine plugs in beside this question.

use db::PersonRow;
use domain::{
    access::{Act, PersonFile},
    number::PersonNumber,
    refusal::{Problem, Refusal},
    registry::search_key,
    time::Date,
};

use crate::{AppError, UseCase, unit::Unit};

/// The least letters of a name that are searched: fewer would list the registry.
pub(super) const NAME_LETTERS_MIN: usize = 2;

/// What is known of the person sought.
#[derive(Clone, Debug, Default)]
pub struct PersonQuery {
    /// Public number.
    pub number: Option<PersonNumber>,
    /// Number of a document.
    pub document: Option<String>,
    /// Beginning of a name, in any script.
    pub name: Option<String>,
    /// Birth date.
    pub born: Option<Date>,
}

/// Finds persons.
pub struct FindPersons(pub PersonQuery);

impl UseCase for FindPersons {
    const ACT: Act = Act::FindPersons;
    type Output = Vec<PersonRow>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<PersonRow>, AppError> {
        unit.cite_for(Act::FindPersons.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let query = &self.0;
        let found = if let Some(number) = &query.number {
            unit.find_person_by_number(&permit, number).await?.into_iter().collect()
        } else if let Some(document) = &query.document {
            unit.find_persons_by_document(&permit, document).await?
        } else if let Some(name) = &query.name {
            if search_key(name).chars().filter(|letter| *letter != ' ').count() < NAME_LETTERS_MIN {
                return Err(Refusal::field("name", Problem::LettersMin(NAME_LETTERS_MIN)).into());
            }
            unit.find_persons_by_name(&permit, name, query.born).await?
        } else if let Some(born) = query.born {
            unit.find_persons_by_birth(&permit, born).await?
        } else {
            return Err(Refusal::field("query", "a number, a document, a name or a birth date").into());
        };
        for person in &found {
            unit.concerns(person.id)?;
        }
        Ok(found)
    }
}
