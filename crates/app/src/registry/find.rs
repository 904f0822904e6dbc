// SPDX-License-Identifier: Apache-2.0
//! Finding persons by exact evidence, page by page. The identification engine plugs in beside this question.

use std::ops::Deref;

use db::{Born, NAME_WORDS_MAX, NameSearch, PersonRow};
use domain::{
    access::{Act, Authorized, PersonFile, Purpose},
    id::PersonId,
    number::{CardNumber, PersonNumber},
    refusal::{Problem, Refusal},
    registry::{NameKind, search_key},
    sensitive::Sensitive,
    time::Date,
};

use super::{latin_name, original_name};
use crate::{AppError, UseCase, unit::Unit};

/// The least letters of a name that are searched: fewer would list the registry.
pub(super) const NAME_LETTERS_MIN: usize = 2;

/// What is known of the person sought. The first of number, card, document, telephone, name and birth date that is given
/// is what is searched by; a birth date narrows a search by name.
#[derive(Clone, Debug, Default)]
pub struct PersonQuery {
    /// Public number.
    pub number: Option<PersonNumber>,
    /// Number of her card.
    pub card: Option<CardNumber>,
    /// Number of a document.
    pub document: Option<String>,
    /// Number of a telephone, with the country's code or without.
    pub phone: Option<String>,
    /// Beginning of a name, in any script; of several words the others begin other names.
    pub name: Option<String>,
    /// The part of the name that begins so; any if absent.
    pub kind: Option<NameKind>,
    /// Birth date, or the first day on which it can lie.
    pub born: Option<Date>,
    /// The last day on which the birth date can lie; `born` if absent.
    pub born_until: Option<Date>,
    /// The last person of the page before.
    pub after: Option<PersonNumber>,
}

/// A person found.
#[derive(Clone, Debug)]
pub struct FoundPerson {
    /// Her row.
    pub row: PersonRow,
    /// Her name in Latin letters.
    pub latin_name: Sensitive<String>,
    /// Her name in her own script, if that is another.
    pub original_name: Option<Sensitive<String>>,
}

impl Deref for FoundPerson {
    type Target = PersonRow;

    fn deref(&self) -> &PersonRow {
        &self.row
    }
}

/// Finds persons; at most [`db::FOUND_MAX`] at once.
pub struct FindPersons(pub PersonQuery);

impl UseCase for FindPersons {
    const ACT: Act = Act::FindPersons;
    type Output = Vec<FoundPerson>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<FoundPerson>, AppError> {
        unit.cite_for(Act::FindPersons.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let rows = find(unit, &permit, &self.0).await?;
        shown(unit, rows).await
    }
}

/// Notes whom the answer concerns, and adds what is shown of each.
pub(super) async fn shown(unit: &mut Unit<'_>, rows: Vec<PersonRow>) -> Result<Vec<FoundPerson>, AppError> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        unit.concerns(row.id)?;
        let names = unit.list_person_names(row.id).await?;
        found.push(FoundPerson { row, latin_name: latin_name(&names), original_name: original_name(&names) });
    }
    Ok(found)
}

/// The rows that fit a query.
pub(super) async fn find(
    unit: &mut Unit<'_>,
    permit: &Authorized<PersonFile>,
    query: &PersonQuery,
) -> Result<Vec<PersonRow>, AppError> {
    let after = match &query.after {
        None => None,
        Some(number) => Some(unit.find_person_by_number(permit, number).await?.ok_or(Refusal::NotFound("page"))?.id),
    };
    Ok(if let Some(number) = &query.number {
        unit.find_person_by_number(permit, number).await?.into_iter().collect()
    } else if let Some(card) = &query.card {
        unit.find_persons_by_card(permit, card).await?
    } else if let Some(document) = &query.document {
        unit.find_persons_by_document(permit, document, None, after).await?
    } else if let Some(phone) = &query.phone {
        // Help is handed out by name and family; the way a person is reached is not told for it, and not confirmed.
        match permit.purpose() {
            Purpose::Assistance => Vec::new(),
            _ => unit.find_persons_by_phone(permit, phone, after).await?,
        }
    } else if let Some(name) = &query.name {
        find_by_name(unit, permit, name, query, after).await?
    } else if let Some(born) = born(query) {
        unit.find_persons_by_birth(permit, born, after).await?
    } else {
        return Err(Refusal::field("query", "a number, a document, a name or a birth date").into());
    })
}

fn born(query: &PersonQuery) -> Option<Born> {
    let from = query.born?;
    Some(Born { from, to: query.born_until.unwrap_or(from) })
}

/// Any word can be the beginning of a name; the longest is tried first, for it is found fastest.
async fn find_by_name(
    unit: &mut Unit<'_>,
    permit: &Authorized<PersonFile>,
    name: &str,
    query: &PersonQuery,
    after: Option<PersonId>,
) -> Result<Vec<PersonRow>, AppError> {
    let key = search_key(name);
    if key.chars().filter(|letter| *letter != ' ').count() < NAME_LETTERS_MIN {
        return Err(Refusal::field("name", Problem::LettersMin(NAME_LETTERS_MIN)).into());
    }
    let mut words: Vec<String> = key.split_whitespace().take(NAME_WORDS_MAX).map(str::to_owned).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let born = born(query).unwrap_or(Born::EVER);
    for _ in 0..words.len() {
        let search = NameSearch { words: words.clone(), kind: query.kind, born };
        let found = unit.find_persons_by_name(permit, &search, after).await?;
        if !found.is_empty() || after.is_some() {
            return Ok(found);
        }
        words.rotate_left(1);
    }
    Ok(Vec::new())
}
