// SPDX-License-Identifier: Apache-2.0
//! Moments and days.
//!
//! A [`Timestamp`] is a moment in UTC with microseconds; a [`Date`] is a civil day, on which the law counts. The country
//! pack says in which time zone a moment becomes a day.

use std::{fmt, str::FromStr};

pub use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A moment in UTC, to the microsecond.
///
/// Its text form has a fixed width (`2025-12-18T09:30:00.000000Z`), so that text order is time order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A text that is no moment.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a moment in UTC such as 2025-12-18T09:30:00Z")]
pub struct InvalidTimestamp;

impl Timestamp {
    /// The moment this many microseconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// Outside the years −9999 to 9999.
    pub fn from_microseconds(microseconds: i64) -> Result<Self, InvalidTimestamp> {
        jiff::Timestamp::from_microsecond(microseconds).map(|_| Self(microseconds)).map_err(|_| InvalidTimestamp)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub fn as_microseconds(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn as_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The moment this many seconds later (earlier, if negative); stays at the ends of time instead of overflowing.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_microseconds(self.0.saturating_add(seconds.saturating_mul(1_000_000))).unwrap_or(self)
    }

    /// The civil day of this moment in a time zone.
    pub fn date_in(self, zone: &TimeZone) -> Date {
        self.as_jiff().to_zoned_datetime(zone.0.clone()).date()
    }

    /// Day and wall-clock time in a time zone, as `2025-12-18 13:30`.
    pub fn wall_clock_in(self, zone: &TimeZone) -> String {
        self.as_jiff().to_zoned_datetime(zone.0.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    fn as_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).expect("the constructor has checked the range")
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_jiff().strftime("%Y-%m-%dT%H:%M:%S.%6fZ"))
    }
}

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let moment: jiff::Timestamp = text.parse().map_err(|_| InvalidTimestamp)?;
        Ok(Self(moment.as_microsecond()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A time zone of the IANA database, such as `Asia/Baku`; the database is built in.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeZone(jiff::tz::TimeZone);

impl TimeZone {
    /// Looks a time zone up by its IANA name; `None` if there is none of this name.
    pub fn named(name: &str) -> Option<Self> {
        jiff::tz::TimeZone::get(name).ok().map(Self)
    }

    /// The moment at which this wall-clock time strikes here, with the earlier one where a clock change makes two.
    pub fn moment(&self, date: Date, hour: i8, minute: i8) -> Option<Timestamp> {
        let zoned = date
            .at(0, 0, 0, 0)
            .with()
            .hour(hour)
            .minute(minute)
            .build()
            .ok()?
            .to_zoned_datetime(self.0.clone())
            .ok()?;
        Timestamp::from_microseconds(zoned.timestamp().as_microsecond()).ok()
    }
}

/// Where "now" comes from. The running program has the system's clock; the demo and the tests set their own.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_order_is_time_order() {
        let early = Timestamp::from_microseconds(1_766_046_600_000_000).unwrap();
        let late = early.plus_seconds(1);
        assert!(early.to_string() < late.to_string());
        assert_eq!(early.to_string().len(), late.to_string().len());
        assert_eq!(early.to_string().parse(), Ok(early));
    }

    #[test]
    fn a_moment_before_midnight_utc_is_the_next_day_in_baku() {
        let baku = TimeZone::named("Asia/Baku").unwrap();
        let moment: Timestamp = "2025-12-17T21:00:00Z".parse().unwrap();
        assert_eq!(moment.date_in(&baku).to_string(), "2025-12-18");
        assert_eq!(moment.wall_clock_in(&baku), "2025-12-18 01:00");
        assert_eq!(baku.moment("2025-12-18".parse().unwrap(), 1, 0), Some(moment));
    }
}
