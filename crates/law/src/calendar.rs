// SPDX-License-Identifier: Apache-2.0
//! Working days: weekly rest days, holidays and moved days of the years that the pack knows.
//!
//! A day of a year that the pack does not know is an error, never a guess: a wrong term costs a person a right.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    procedure::{ClockRule, Confidence, TermUnit},
    text_enum,
    time::Date,
};
use jiff::Span;
use serde::Deserialize;

use crate::{
    error::{At, Errors},
    names::{Names, check_names},
};

text_enum! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

impl Weekday {
    /// The day of the week of a date.
    pub fn of(date: Date) -> Self {
        match date.weekday() {
            jiff::civil::Weekday::Monday => Self::Monday,
            jiff::civil::Weekday::Tuesday => Self::Tuesday,
            jiff::civil::Weekday::Wednesday => Self::Wednesday,
            jiff::civil::Weekday::Thursday => Self::Thursday,
            jiff::civil::Weekday::Friday => Self::Friday,
            jiff::civil::Weekday::Saturday => Self::Saturday,
            jiff::civil::Weekday::Sunday => Self::Sunday,
        }
    }
}

text_enum! {
    /// Why a day is not what its weekday says.
    pub enum DayKind {
        /// A holiday without work.
        Holiday = "holiday",
        /// A day of mourning without work.
        Mourning = "mourning",
        /// A day of elections without work.
        Election = "election",
        /// A rest day given for a holiday that fell on another rest day, or by exchange.
        MovedRest = "moved_rest",
        /// A rest day on which work is done by exchange.
        Working = "working",
    }
}

/// A year whose days the pack knows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// The year.
    pub year: i16,
    /// The act or the source of its days, in words.
    pub source: String,
    /// How sure its days are.
    pub confidence: Confidence,
}

/// A day that is not what its weekday says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialDay {
    /// The day.
    pub date: Date,
    /// Why.
    pub kind: DayKind,
    /// Name of the day.
    pub name: Names,
    /// The act or the source, in words; the year's source if absent.
    pub source: Option<String>,
    /// How sure the day is; as sure as the year if absent.
    pub confidence: Option<Confidence>,
}

/// Why a term could not be counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The pack does not know the rest days of this year.
    #[error("holidays of {0} are not in the pack")]
    UnknownYear(i16),
    /// The term ends beyond the last day that can be written.
    #[error("the term ends beyond the year 9999")]
    OutOfRange,
}

/// The working-day calendar of a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    weekly_rest: BTreeSet<Weekday>,
    years: BTreeMap<i16, CalendarYear>,
    days: BTreeMap<Date, SpecialDay>,
}

impl Calendar {
    /// Whether work is done on this day.
    ///
    /// # Errors
    /// When the pack does not know the year.
    pub fn is_working_day(&self, day: Date) -> Result<bool, CalendarError> {
        if !self.years.contains_key(&day.year()) {
            return Err(CalendarError::UnknownYear(day.year()));
        }
        Ok(match self.days.get(&day) {
            Some(special) => special.kind == DayKind::Working,
            None => !self.weekly_rest.contains(&Weekday::of(day)),
        })
    }

    /// The day that is so many working days after this one. The day itself is not counted; zero gives it back.
    ///
    /// # Errors
    /// When a day on the way lies in a year that the pack does not know.
    pub fn add_working_days(&self, from: Date, count: u16) -> Result<Date, CalendarError> {
        let mut day = from;
        for _ in 0..count {
            day = self.first_working_day(next(day)?)?;
        }
        Ok(day)
    }

    /// The last day of a term that was started on this day. The starting day is not counted; a month that lacks the day
    /// ends on its last; a rolling term that would end on a rest day ends on the next working day.
    ///
    /// # Errors
    /// When a day that must be known lies in a year that the pack does not know.
    pub fn due(&self, rule: &ClockRule, started: Date) -> Result<Date, CalendarError> {
        let end = match rule.unit {
            TermUnit::Days => plus(started, Span::new().days(i64::from(rule.count)))?,
            TermUnit::Months => plus(started, Span::new().months(i64::from(rule.count)))?,
            TermUnit::WorkingDays => self.add_working_days(started, rule.count)?,
        };
        if rule.rolls_to_working_day { self.first_working_day(end) } else { Ok(end) }
    }

    /// This day, or the first working day after it.
    fn first_working_day(&self, mut day: Date) -> Result<Date, CalendarError> {
        while !self.is_working_day(day)? {
            day = next(day)?;
        }
        Ok(day)
    }

    /// The years that the pack knows.
    pub fn years(&self) -> impl Iterator<Item = &CalendarYear> {
        self.years.values()
    }

    /// The days that are not what their weekday says, in order.
    pub fn special_days(&self) -> impl Iterator<Item = &SpecialDay> {
        self.days.values()
    }

    /// Checks the calendar and puts its days in order.
    pub(crate) fn collect(
        weekly_rest: BTreeSet<Weekday>,
        year_entries: Vec<At<CalendarYear>>,
        day_entries: Vec<At<SpecialDay>>,
        staff: &[String],
        errors: &mut Errors,
    ) -> Self {
        let mut calendar = Self { weekly_rest, years: BTreeMap::new(), days: BTreeMap::new() };
        for At { place, value } in year_entries {
            if value.source.trim().is_empty() {
                errors.at(&place, format!("the year {} has no source", value.year));
            }
            if calendar.years.contains_key(&value.year) {
                errors.at(&place, format!("the year {} is there twice", value.year));
            }
            calendar.years.insert(value.year, value);
        }
        for At { place, value } in day_entries {
            check_names("the day's name", &value.name, staff, &place, errors);
            if !calendar.years.contains_key(&value.date.year()) {
                errors.at(&place, format!("{} lies in a year that the calendar does not list", value.date));
            }
            if calendar.days.contains_key(&value.date) {
                errors.at(&place, format!("{} is there twice", value.date));
            }
            let is_weekly_rest = calendar.weekly_rest.contains(&Weekday::of(value.date));
            if value.kind == DayKind::Working && !is_weekly_rest {
                errors.at(&place, format!("{} is a working day anyway", value.date));
            }
            if value.kind == DayKind::MovedRest && is_weekly_rest {
                errors.at(&place, format!("{} is a rest day anyway", value.date));
            }
            calendar.days.insert(value.date, value);
        }
        calendar
    }
}

fn next(day: Date) -> Result<Date, CalendarError> {
    day.tomorrow().map_err(|_| CalendarError::OutOfRange)
}

fn plus(day: Date, span: Span) -> Result<Date, CalendarError> {
    day.checked_add(span).map_err(|_| CalendarError::OutOfRange)
}
