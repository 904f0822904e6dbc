// SPDX-License-Identifier: Apache-2.0
//! The daily reconciliation of blank cards: one officer counts what lies there and explains a difference from the books in
//! his own words, another one signs.

use db::{BlankBooks, BlankCount, NewBlankCount};
use domain::{
    access::{Act, CardFile},
    id::RowId,
    refusal::Refusal,
};

use crate::{AppError, UseCase, procedures::REASON_CHARACTERS_MIN, unit::Unit};

/// Counts on one page.
pub const COUNTS_PER_PAGE: usize = 25;
/// The most blanks that one office can have counted: more are a slip of the finger.
pub const COUNTED_MAX: i64 = 1_000_000;
/// The most characters of an explanation.
pub const EXPLANATION_CHARACTERS_MAX: usize = 2_000;

/// The stock of an office.
#[derive(Clone, Debug)]
pub struct Stock {
    /// Office, as a code of the country pack.
    pub office: String,
    /// The books now.
    pub books: BlankBooks,
    /// Counts, latest first.
    pub counts: Vec<BlankCount>,
    /// The count after which the next page begins; `None` on the last one.
    pub next: Option<RowId>,
    /// Whether a count of today is signed.
    pub is_counted_today: bool,
}

/// The books of an office as they stand.
async fn books(unit: &mut Unit<'_>, office: &str) -> Result<BlankBooks, AppError> {
    let states = unit.count_blanks(office).await?;
    let count = |state: &str| states.iter().find(|(found, _)| found == state).map_or(0, |(_, count)| *count);
    Ok(BlankBooks { in_stock: count("in_stock"), used: count("used"), spoiled: count("spoiled") })
}

/// Shows the stock of the officer's office and its counts.
pub struct ShowStock {
    /// The count before which the page begins.
    pub before: Option<RowId>,
}

impl UseCase for ShowStock {
    const ACT: Act = Act::KeepBlanks;
    type Output = Stock;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Stock, AppError> {
        unit.cite_for(Act::KeepBlanks.as_str())?;
        let office = unit.actor().office.clone();
        let books = books(unit, &office).await?;
        let limit = i64::try_from(COUNTS_PER_PAGE + 1).unwrap_or(i64::MAX);
        let mut counts = unit.list_blank_counts(&office, self.before, limit).await?;
        let has_more = counts.len() > COUNTS_PER_PAGE;
        counts.truncate(COUNTS_PER_PAGE);
        let next = counts.last().filter(|_| has_more).map(|count| count.id);
        let zone = unit.pack.time_zone();
        let is_of_today =
            |count: &BlankCount| count.signed_at.is_some() && count.counted_at.date_in(zone) == unit.today;
        let is_counted_today = counts.iter().any(is_of_today);
        Ok(Stock { office, books, counts, next, is_counted_today })
    }
}

/// Records a count of the blanks in stock; a count that waits for its signature is withdrawn for it.
pub struct CountStock {
    /// Blanks that lie there.
    pub counted: i64,
    /// Why that differs from the books; needed if it does.
    pub explanation: Option<String>,
}

impl UseCase for CountStock {
    const ACT: Act = Act::KeepBlanks;
    type Output = RowId;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<RowId, AppError> {
        let basis = unit.cite_for(Act::KeepBlanks.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        if !(0..=COUNTED_MAX).contains(&self.counted) {
            return Err(Refusal::field("counted", format!("0 to {COUNTED_MAX}")).into());
        }
        let office = unit.actor().office.clone();
        let books = books(unit, &office).await?;
        let explanation = self.explanation.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let length = explanation.map_or(0, |text| text.chars().count());
        if length > EXPLANATION_CHARACTERS_MAX {
            return Err(
                Refusal::field("explanation", format!("at most {EXPLANATION_CHARACTERS_MAX} characters")).into()
            );
        }
        if self.counted != books.in_stock && length < REASON_CHARACTERS_MIN {
            return Err(Refusal::ReasonNeeded.into());
        }
        let new = NewBlankCount {
            id: unit.new_id(),
            office,
            counted: self.counted,
            books,
            explanation: explanation.map(str::to_owned),
            basis,
            by: unit.actor().account,
            at: unit.now,
        };
        let id = new.id;
        unit.about("blank_count", id);
        unit.insert_blank_count(&permit, new).await?;
        Ok(id)
    }
}

/// Signs a count as the second officer.
pub struct SignCount {
    /// Count.
    pub id: RowId,
}

impl UseCase for SignCount {
    const ACT: Act = Act::KeepBlanks;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepBlanks.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let office = unit.actor().office.clone();
        let count = unit.find_blank_count(&office, self.id).await?.ok_or(Refusal::NotFound("count"))?;
        unit.about("blank_count", self.id);
        if count.counted_by == unit.actor().account {
            return Err(Refusal::SameOfficer.into());
        }
        let (by, now) = (unit.actor().account, unit.now);
        if !unit.update_blank_count_signed(&permit, self.id, &office, by, now).await? {
            return Err(Refusal::AlreadyRecorded("the signature, or a later count".into()).into());
        }
        Ok(())
    }
}

/// A count beside the one before it.
#[derive(Clone, Debug)]
pub struct Reconciliation {
    /// The count.
    pub count: BlankCount,
    /// The last signed one before it, from which its books went on.
    pub previous: Option<BlankCount>,
    /// Whether this officer can sign it.
    pub can_sign: bool,
}

impl Reconciliation {
    /// Blanks received since the previous count.
    pub fn received(&self) -> i64 {
        let total = |books: &BlankBooks| books.in_stock + books.used + books.spoiled;
        total(&self.count.books) - self.previous.as_ref().map_or(0, |previous| total(&previous.books))
    }

    /// Blanks on which cards were printed since; less those among them that were spoiled since they were printed on.
    pub fn used(&self) -> i64 {
        self.count.books.used - self.previous.as_ref().map_or(0, |previous| previous.books.used)
    }

    /// Blanks spoiled since.
    pub fn spoiled(&self) -> i64 {
        self.count.books.spoiled - self.previous.as_ref().map_or(0, |previous| previous.books.spoiled)
    }

    /// What was counted more than the books say; less if negative.
    pub fn difference(&self) -> i64 {
        self.count.counted - self.count.books.in_stock
    }
}

/// Shows a count.
pub struct ShowCount {
    /// Count.
    pub id: RowId,
}

impl UseCase for ShowCount {
    const ACT: Act = Act::KeepBlanks;
    type Output = Reconciliation;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Reconciliation, AppError> {
        unit.cite_for(Act::KeepBlanks.as_str())?;
        let office = unit.actor().office.clone();
        let count = unit.find_blank_count(&office, self.id).await?.ok_or(Refusal::NotFound("count"))?;
        unit.about("blank_count", self.id);
        let previous = unit.find_signed_blank_count_before(&office, self.id).await?;
        let is_open = count.signed_at.is_none() && count.withdrawn_at.is_none();
        let can_sign = is_open && count.counted_by != unit.actor().account;
        Ok(Reconciliation { count, previous, can_sign })
    }
}
