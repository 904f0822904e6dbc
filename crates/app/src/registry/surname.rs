// SPDX-License-Identifier: Apache-2.0
//! Persons by the beginning of their family name, in its order, page by page.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use db::{AfterSurname, FOUND_MAX, PersonRow};
use domain::{
    access::{Act, PersonFile},
    id::RowId,
    refusal::Refusal,
    registry::search_key,
    sensitive::Sensitive,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};

use super::find::NAME_LETTERS_MIN;
use crate::{AppError, Context, Outcome, Service, UseCase, unit::Unit};

/// Where the place of a page is sealed: what a client carries to the next page tells it nothing and cannot be made up.
const PAGE_PLACE: &str = "persons by surname: page";
/// The most characters of a place that are looked at.
const PAGE_CHARACTERS_MAX: usize = 2_000;

/// Which persons.
#[derive(Clone, Debug)]
pub struct SurnameQuery {
    /// Beginning of the family name, in any script.
    pub surname: String,
    /// Persons of one page, 1 to [`FOUND_MAX`].
    pub limit: i64,
    /// [`SurnamePage::next`] of the page before.
    pub after: Option<String>,
}

/// A page of persons.
#[derive(Clone, Debug)]
pub struct SurnamePage {
    /// Each with the family name by which she was found.
    pub persons: Vec<(PersonRow, Sensitive<String>)>,
    /// Where the next page begins; `None` after the last one.
    pub next: Option<String>,
}

/// Finds persons by the beginning of their family name.
///
/// # Errors
/// [`AppError`].
pub async fn find_by_surname(
    service: &Service,
    context: &Context,
    query: &SurnameQuery,
) -> Result<Outcome<SurnamePage>, AppError> {
    let after = match query.after.as_deref().map(|after| open_place(service, after)).transpose() {
        Ok(after) => after,
        Err(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let find = FindBySurname { surname: query.surname.clone(), limit: query.limit, after };
    let found = match service.run(context, find).await? {
        Outcome::Done(found) => found,
        Outcome::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let next = found.next.map(|place| seal_place(service, &place));
    Ok(Outcome::Done(SurnamePage { persons: found.persons, next }))
}

fn seal_place(service: &Service, place: &AfterSurname) -> String {
    let mut rng = ChaCha20Rng::from_seed(service.random());
    let mut bytes = place.row.uuid().as_bytes().to_vec();
    bytes.extend_from_slice(place.search_key.as_bytes());
    Base64UrlUnpadded::encode_string(&service.db().keyring().master().seal(PAGE_PLACE, &bytes, &mut rng))
}

fn open_place(service: &Service, text: &str) -> Result<AfterSurname, Refusal> {
    let wrong = || Refusal::field("after", "no page begins there");
    if text.len() > PAGE_CHARACTERS_MAX {
        return Err(wrong());
    }
    let sealed = Base64UrlUnpadded::decode_vec(text).map_err(|_| wrong())?;
    let bytes = service.db().keyring().master().open(PAGE_PLACE, &sealed).map_err(|_| wrong())?;
    let (row, key) = bytes.split_at_checked(16).ok_or_else(wrong)?;
    let row = uuid::Uuid::from_slice(row).map_err(|_| wrong())?;
    let search_key = String::from_utf8(key.to_vec()).map_err(|_| wrong())?;
    Ok(AfterSurname { search_key, row: RowId::from(row) })
}

/// One page.
struct FindBySurname {
    surname: String,
    limit: i64,
    after: Option<AfterSurname>,
}

/// What was found.
struct Found {
    persons: Vec<(PersonRow, Sensitive<String>)>,
    next: Option<AfterSurname>,
}

impl UseCase for FindBySurname {
    const ACT: Act = Act::FindPersons;
    type Output = Found;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Found, AppError> {
        unit.cite_for(Act::FindPersons.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        if search_key(&self.surname).chars().filter(|letter| *letter != ' ').count() < NAME_LETTERS_MIN {
            return Err(Refusal::field("surname", format!("at least {NAME_LETTERS_MIN} letters")).into());
        }
        if !(1..=FOUND_MAX).contains(&self.limit) {
            return Err(Refusal::field("limit", format!("1 to {FOUND_MAX}")).into());
        }
        // One more than the page has: it tells whether there is a next one, and is not shown.
        let listed = unit.list_persons_by_surname(&permit, &self.surname, self.after.clone(), self.limit + 1).await?;
        let shown = usize::try_from(self.limit).unwrap_or_default();
        let is_last = listed.len() <= shown;
        let mut next = None;
        let mut persons: Vec<(PersonRow, Sensitive<String>)> = Vec::new();
        for found in listed.into_iter().take(shown) {
            unit.concerns(found.person.id)?;
            next = Some(found.place);
            // A person with two family names in this range is told once.
            if persons.iter().all(|(person, _)| person.id != found.person.id) {
                persons.push((found.person, found.surname));
            }
        }
        Ok(Found { persons, next: next.filter(|_| !is_last) })
    }
}
