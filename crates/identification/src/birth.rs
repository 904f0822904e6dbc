// SPDX-License-Identifier: Apache-2.0
//! Dates of birth as papers have them: without a day, with 1 January for "not known", with day and month exchanged, with a
//! wrong digit, in the Solar or Lunar Hijri calendar or converted from it with an error.

/// The years that a person of today may be born in.
const YEARS: std::ops::RangeInclusive<u16> = 1500..=2100;
/// Years that can only be of a Hijri calendar.
const HIJRI_YEARS: std::ops::RangeInclusive<u16> = 1250..=1480;
/// Between the first year of the Solar Hijri calendar and ours, before and after new year in March.
const SOLAR_YEARS_BETWEEN: u16 = 621;
/// Days by which a conversion between calendars goes wrong.
const CONVERSION_DAYS_MAX: i32 = 11;

/// A date of birth; the day and the month may not be known. As it is written: a Hijri year stays one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Birth(u32);

/// How close two dates of birth are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum BirthLevel {
    /// The same day.
    Same,
    /// Day and month exchanged.
    Swapped,
    /// One digit wrong, or two neighbours exchanged.
    Slip,
    /// A few days apart, as after a wrong conversion.
    FewDays,
    /// The same day when one is read as Hijri.
    Hijri,
    /// The same year when one is read as Hijri.
    HijriYear,
    /// The same year; of one, day and month are not known or 1 January.
    YearOnly,
    /// A year or two apart, one of them without a day: an estimated age.
    Estimated,
    /// The same day and month, the year off by one, two or ten.
    YearOff,
    /// The same year, another day.
    SameYear,
    /// A year or two apart.
    NearYear,
    /// Different.
    Different,
}

impl Birth {
    /// A date, a year and month, or a year.
    #[must_use]
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let month = month.unwrap_or(0);
        let day = if month == 0 { 0 } else { day.unwrap_or(0) };
        let is_year = YEARS.contains(&year) || HIJRI_YEARS.contains(&year);
        (is_year && month <= 12 && day <= 31)
            .then_some(Self(u32::from(year) << 9 | u32::from(month) << 5 | u32::from(day)))
    }

    /// Reads a date in any usual form: 1984-03-12, 12.03.1984, 12/3/1984, 19840312, 1984, 1368/7/2, with digits of any script.
    /// Where day and month may be either, the day stands first.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |letter: char| {
            let value = letter.to_digit(10).or(match letter as u32 {
                code @ 0x660..=0x669 => Some(code - 0x660),
                code @ 0x6f0..=0x6f9 => Some(code - 0x6f0),
                _ => None,
            });
            value.and_then(|value| char::from_digit(value, 10))
        };
        const TEXT_MAX: usize = 32;
        let plain: String = text.chars().take(TEXT_MAX).map(|letter| digits(letter).unwrap_or(' ')).collect();
        // A time of day behind the date is not looked at.
        let parts: Vec<&str> = plain.split_whitespace().take(3).collect();
        let number = |part: &str| part.parse::<u16>().ok();
        let small = |part: &str| part.parse::<u8>().ok().filter(|value| *value > 0);
        match parts[..] {
            [all] if all.len() == 8 => Self::new(number(&all[..4])?, small(&all[4..6]), small(&all[6..]))
                .or_else(|| Self::new(number(&all[4..])?, small(&all[2..4]), small(&all[..2]))),
            [year] if year.len() == 4 => Self::new(number(year)?, None, None),
            [year, month] if year.len() == 4 => Self::new(number(year)?, small(month), None),
            [month, year] if year.len() == 4 => Self::new(number(year)?, small(month), None),
            [year, month, day] if year.len() == 4 => Self::of_parts(number(year)?, small(month), small(day)),
            [day, month, year] if year.len() == 4 => Self::of_parts(number(year)?, small(month), small(day)),
            _ => None,
        }
    }

    fn of_parts(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        match (month, day) {
            (Some(month), Some(day)) if month > 12 && day <= 12 => Self::new(year, Some(day), Some(month)),
            _ => Self::new(year, month, day),
        }
    }

    pub(crate) const fn packed(self) -> u32 {
        self.0
    }

    /// The date in a packed record; 0 is none.
    pub(crate) const fn of_packed(packed: u32) -> Option<Self> {
        if packed == 0 { None } else { Some(Self(packed)) }
    }

    /// The year as written.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a year has at most 12 bits")]
    pub const fn year(self) -> u16 {
        (self.0 >> 9) as u16
    }

    pub(crate) const fn month(self) -> u32 {
        (self.0 >> 5) & 15
    }

    pub(crate) const fn day(self) -> u32 {
        self.0 & 31
    }

    /// Whether day and month are known; 1 January is what people get whose day is not known.
    #[must_use]
    pub const fn is_firm(self) -> bool {
        self.day() != 0 && !(self.month() == 1 && self.day() == 1)
    }

    const fn is_full(self) -> bool {
        self.day() != 0
    }

    pub(crate) fn is_hijri(self) -> bool {
        HIJRI_YEARS.contains(&self.year())
    }

    /// The year in our calendar, of a Hijri year read as Solar that of its most part.
    #[must_use]
    pub fn common_year(self) -> u16 {
        if self.is_hijri() { self.year() + SOLAR_YEARS_BETWEEN } else { self.year() }
    }

    /// The day in our calendar, of a Hijri date read as Solar; nothing without a firm day.
    pub(crate) fn common_day(self) -> Option<i32> {
        match self.is_hijri() {
            true if self.is_full() => Some(solar_day(self)),
            false if self.is_firm() => Some(civil_day(self)),
            _ => None,
        }
    }

    /// How close the two are. Symmetric.
    #[must_use]
    pub fn compare(self, other: Self) -> BirthLevel {
        if self.is_hijri() != other.is_hijri() {
            let (hijri, common) = if self.is_hijri() { (self, other) } else { (other, self) };
            return compare_hijri(hijri, common);
        }
        let years = self.year().abs_diff(other.year());
        if !self.is_firm() || !other.is_firm() {
            return match years {
                0 => self.year_and_perhaps_more(other),
                1 | 2 => BirthLevel::Estimated,
                3 | 4 if !self.is_firm() && !other.is_firm() => BirthLevel::Estimated,
                _ => BirthLevel::Different,
            };
        }
        if self == other {
            return BirthLevel::Same;
        }
        let is_same_day = self.month() == other.month() && self.day() == other.day();
        match years {
            0 if self.month() == other.day() && self.day() == other.month() => BirthLevel::Swapped,
            1 | 2 | 10 if is_same_day => BirthLevel::YearOff,
            _ if is_slip(self, other) => BirthLevel::Slip,
            0 | 1 if (civil_day(self) - civil_day(other)).abs() <= CONVERSION_DAYS_MAX => BirthLevel::FewDays,
            0 => BirthLevel::SameYear,
            1 | 2 => BirthLevel::NearYear,
            _ => BirthLevel::Different,
        }
    }

    /// The same year, one of them not firm: 1 January against 1 January is no more than the year, and a known month that
    /// differs is a different date.
    const fn year_and_perhaps_more(self, other: Self) -> BirthLevel {
        let (month, other_month) = (self.month(), other.month());
        let both_months = month > 1 && other_month > 1;
        if both_months && month != other_month { BirthLevel::SameYear } else { BirthLevel::YearOnly }
    }
}

/// One digit of day, month, year differs, or two neighbours are exchanged.
fn is_slip(left: Birth, right: Birth) -> bool {
    let digits = |birth: Birth| {
        let number = u32::from(birth.year()) * 10_000 + birth.month() * 100 + birth.day();
        let mut digits = [0_u32; 8];
        let mut rest = number;
        for place in (0..8).rev() {
            digits[place] = rest % 10;
            rest /= 10;
        }
        digits
    };
    let (left, right) = (digits(left), digits(right));
    let wrong: Vec<usize> = (0..8).filter(|place| left[*place] != right[*place]).collect();
    match wrong[..] {
        [place] => place > 0,
        [first, second] => second == first + 1 && left[first] == right[second] && left[second] == right[first],
        _ => false,
    }
}

fn compare_hijri(hijri: Birth, common: Birth) -> BirthLevel {
    let by_year = |year: u16| {
        let apart = i32::from(common.year()) - i32::from(year);
        (0..=1).contains(&apart)
    };
    let solar_year = by_year(hijri.year() + SOLAR_YEARS_BETWEEN);
    let lunar_year = (i32::from(common.year()) - lunar_year_start(hijri.year())).abs() <= 1;
    if hijri.is_full() && common.is_firm() {
        let day = civil_day(common);
        if (solar_day(hijri) - day).abs() <= CONVERSION_DAYS_MAX || (lunar_day(hijri) - day).abs() <= 2 {
            return BirthLevel::Hijri;
        }
        // The month and the day of our calendar with a Hijri year.
        if solar_year && hijri.month() == common.month() && hijri.day() == common.day() {
            return BirthLevel::Hijri;
        }
        // A wrong year on one of them, as between two dates of one calendar.
        const YEARS_OFF: [i32; 3] = [1, 2, 10];
        let apart = (solar_day(hijri) - day).abs();
        if YEARS_OFF.iter().any(|years| (apart - years * 1461 / 4).abs() <= 1) {
            return BirthLevel::YearOff;
        }
        return if solar_year { BirthLevel::HijriYear } else { BirthLevel::Different };
    }
    if solar_year || lunar_year {
        BirthLevel::HijriYear
    } else if (-2..=3).contains(&(i32::from(common.year()) - i32::from(hijri.year() + SOLAR_YEARS_BETWEEN))) {
        BirthLevel::Estimated
    } else {
        BirthLevel::Different
    }
}

/// Days since an old day in March of the year 0, in our calendar.
fn civil_day(birth: Birth) -> i32 {
    let (year, month) = (i32::from(birth.year()), number(birth.month()));
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + number(birth.day()) - 1
}

/// The same count for a Solar Hijri date: 33-year cycle of leap years, right from 1300 to 1467 (1921 to 2088).
fn solar_day(birth: Birth) -> i32 {
    const LEAP: [i32; 8] = [1, 5, 9, 13, 17, 22, 26, 30];
    let (year, month) = (i32::from(birth.year()), number(birth.month()).max(1));
    let leaps = |year: i32| {
        let within = i32::try_from(LEAP.iter().filter(|leap| **leap < year % 33).count()).unwrap_or(0);
        year / 33 * 8 + within
    };
    // 1 Farvardin 1300 was 21 March 1921.
    let start = civil_day(Birth(1921 << 9 | 3 << 5 | 21));
    let days = (year - 1300) * 365 + leaps(year) - leaps(1300);
    let in_year = if month <= 7 { (month - 1) * 31 } else { 186 + (month - 7) * 30 };
    start + days + in_year + number(birth.day()).max(1) - 1
}

/// The same count for a Lunar Hijri date in the arithmetic (civil) calendar.
fn lunar_day(birth: Birth) -> i32 {
    let (year, month) = (i32::from(birth.year()), number(birth.month()).max(1));
    // 1 Muharram 1300 was 12 November 1882.
    let start = civil_day(Birth(1882 << 9 | 11 << 5 | 12));
    let leaps = |year: i32| (11 * year + 3) / 30;
    start + (year - 1300) * 354 + leaps(year) - leaps(1300) + (59 * (month - 1) + 1) / 2 + number(birth.day()).max(1)
        - 1
}

fn lunar_year_start(year: u16) -> i32 {
    622 + (i32::from(year) * 354 + i32::from(year) * 11 / 30) * 100 / 36525
}

fn number(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn birth(text: &str) -> Birth {
        Birth::parse(text).unwrap()
    }

    #[test]
    fn dates_in_usual_forms() {
        for (text, expected) in [
            ("1984-03-12", (1984, 3, 12)),
            ("12.03.1984", (1984, 3, 12)),
            ("12/3/1984", (1984, 3, 12)),
            ("3/25/1984", (1984, 3, 25)),
            ("19840312", (1984, 3, 12)),
            ("1984", (1984, 0, 0)),
            ("1984-03", (1984, 3, 0)),
            ("۱۳۶۸/۷/۲", (1368, 7, 2)),
            ("1984-03-12T00:00:00", (1984, 3, 12)),
            ("1984-00-00", (1984, 0, 0)),
        ] {
            let birth = birth(text);
            assert_eq!((birth.year(), birth.month(), birth.day()), expected, "{text}");
        }
        for text in ["", "n/a", "12", "0000-00-00", "84"] {
            assert!(Birth::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn how_close_two_dates_are() {
        use BirthLevel::*;
        for (left, right, level) in [
            ("1984-03-12", "12.03.1984", Same),
            ("1984-03-12", "1984-12-03", Swapped),
            ("1984-03-12", "1984-03-22", Slip),
            ("1984-03-12", "1994-03-12", YearOff),
            ("1984-03-12", "1985-03-12", YearOff),
            ("1984-03-12", "1948-03-12", Slip),
            ("1984-03-12", "1984-03-14", Slip),
            ("1984-02-27", "1984-03-05", FewDays),
            ("1984-01-01", "1984-03-12", YearOnly),
            ("1984", "1984-03-12", YearOnly),
            ("1984-01-01", "1984-01-01", YearOnly),
            ("1985-01-01", "1984-03-12", Estimated),
            ("1368-07-02", "1989-09-24", Hijri),
            ("1368-07-02", "1989-09-26", Hijri),
            ("1368", "1989-09-24", HijriYear),
            ("1368", "1990-01-01", HijriYear),
            ("1405-03-02", "1984-11-25", Hijri),
            ("1984-03-12", "1984-07-25", SameYear),
            ("1984-03-12", "1986-07-25", NearYear),
            ("1984-03-12", "1971-07-25", Different),
            ("1981-01-01", "1985-01-01", Estimated),
            ("1981-01-01", "1985-03-12", Different),
            ("1368-12-18", "1992-01-01", Estimated),
            ("1368-12-18", "1993-06-01", Different),
            ("1358-03-13", "1981-06-03", YearOff),
        ] {
            assert_eq!(birth(left).compare(birth(right)), level, "{left} {right}");
            assert_eq!(birth(right).compare(birth(left)), level, "{right} {left}");
        }
    }

    #[test]
    fn known_days_in_the_hijri_calendars() {
        assert_eq!(solar_day(birth("1300-01-01")), civil_day(birth("1921-03-21")));
        assert_eq!(solar_day(birth("1357-11-22")), civil_day(birth("1979-02-11")));
        assert_eq!(solar_day(birth("1403-12-30")), civil_day(birth("2025-03-20")));
        assert!((lunar_day(birth("1400-01-01")) - civil_day(birth("1979-11-21"))).abs() <= 1);
    }
}
