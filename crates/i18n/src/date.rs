// SPDX-License-Identifier: Apache-2.0
//! Days and moments as each language writes them.

use domain::time::{Date, TimeZone, Timestamp};

use crate::{Language, number::localize_digits};

const AZERBAIJANI: [&str; 12] =
    ["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr"];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// In the genitive, which a day of the month takes.
const RUSSIAN: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
/// Both names in use, as the United Nations write them: the one of Iraq and the Levant, and the one of Egypt and the Gulf.
const ARABIC: [&str; 12] = [
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيو",
    "تموز/يوليو",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
];
/// The spelling of Afghanistan, not that of Iran.
const DARI: [&str; 12] =
    ["جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "اگست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"];
/// The months of the solar calendar of Afghanistan.
const DARI_SOLAR: [&str; 12] =
    ["حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"];

/// A day, as `18 dekabr 2025`. In Dari the day of Afghanistan's solar calendar stands beside it in brackets.
pub fn date(language: Language, date: Date) -> String {
    let names = match language {
        Language::Azerbaijani => AZERBAIJANI,
        Language::English => ENGLISH,
        Language::Russian => RUSSIAN,
        Language::Arabic => ARABIC,
        Language::Dari => DARI,
    };
    let month = usize::try_from(date.month()).ok().and_then(|month| names.get(month.checked_sub(1)?)).copied();
    let mut text = format!("{} {} {}", date.day(), month.unwrap_or_default(), date.year());
    match language {
        Language::Russian => text.push_str(" года"),
        Language::Dari => {
            if let Some(solar) = SolarDate::of(date) {
                text.push_str(&format!(" ({} {} {})", solar.day, DARI_SOLAR[solar.month_index], solar.year));
            }
        }
        Language::Azerbaijani | Language::English | Language::Arabic => {}
    }
    localize_digits(language, &text)
}

/// A moment on the wall clock of a time zone, as `18 dekabr 2025, 13:30`.
pub fn date_and_time(language: Language, moment: Timestamp, zone: &TimeZone) -> String {
    let comma = match language {
        Language::Azerbaijani | Language::English | Language::Russian => ',',
        Language::Arabic | Language::Dari => '،',
    };
    let wall_clock = moment.wall_clock_in(zone);
    let time = wall_clock.split_once(' ').map_or("", |(_, time)| time);
    format!("{}{comma} {}", date(language, moment.date_in(zone)), localize_digits(language, time))
}

/// A day in the solar Hijri calendar.
#[derive(Debug, PartialEq, Eq)]
struct SolarDate {
    year: i64,
    month_index: usize,
    day: i64,
}

/// The years for which the rule of 33 years agrees with the sun, by which the calendar is kept.
const SOLAR_YEARS: std::ops::RangeInclusive<i64> = 1210..=1497;

impl SolarDate {
    /// `None` outside [`SOLAR_YEARS`].
    fn of(date: Date) -> Option<Self> {
        // 1 Hamal 1404 was 21 March 2025; days are counted from there.
        let anchor = Date::new(2025, 3, 21).ok()?;
        let days = new_year(1404) + i64::from(anchor.until(date).ok()?.get_days());
        // The year of the Gregorian new year lies 621 or 622 behind; the new year decides.
        let guess = i64::from(date.year()) - 621;
        let year = if new_year(guess) <= days { guess } else { guess - 1 };
        if !SOLAR_YEARS.contains(&year) {
            return None;
        }
        let day_of_year = days - new_year(year);
        // Six months of 31 days, then months of 30; the last has 29 or 30.
        let (month, day) = if day_of_year < 186 {
            (day_of_year / 31, day_of_year % 31)
        } else {
            (6 + (day_of_year - 186) / 30, (day_of_year - 186) % 30)
        };
        Some(Self { year, month_index: usize::try_from(month).ok()?, day: day + 1 })
    }
}

/// Days from the calendar's beginning to the first day of a year: 8 leap years in each 33.
fn new_year(year: i64) -> i64 {
    365 * (year - 1) + (8 * (year - 1) + 29).div_euclid(33)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn each_language_writes_a_day_its_own_way() {
        for (language, text) in [
            (Language::Azerbaijani, "18 dekabr 2025"),
            (Language::English, "18 December 2025"),
            (Language::Russian, "18 декабря 2025 года"),
            (Language::Arabic, "١٨ كانون الأول/ديسمبر ٢٠٢٥"),
            (Language::Dari, "۱۸ دسمبر ۲۰۲۵ (۲۷ قوس ۱۴۰۴)"),
        ] {
            assert_eq!(date(language, day("2025-12-18")), text);
        }
        assert_eq!(date(Language::English, day("1970-01-01")), "1 January 1970");
    }

    #[test]
    fn a_moment_is_shown_on_the_wall_clock_of_its_place() {
        let baku = TimeZone::named("Asia/Baku").unwrap();
        let moment: Timestamp = "2025-12-17T21:05:00Z".parse().unwrap();
        assert_eq!(date_and_time(Language::Azerbaijani, moment, &baku), "18 dekabr 2025, 01:05");
        assert_eq!(date_and_time(Language::Arabic, moment, &baku), "١٨ كانون الأول/ديسمبر ٢٠٢٥، ٠١:٠٥");
    }

    #[test]
    fn days_of_the_solar_calendar_are_right() {
        // Published correspondences: new years around leap years, and the ends of leap years.
        for (gregorian, year, month, day_of_month) in [
            ("1979-03-21", 1358, 1, 1),
            ("2017-03-20", 1395, 12, 30),
            ("2017-03-21", 1396, 1, 1),
            ("2020-03-20", 1399, 1, 1),
            ("2021-03-20", 1399, 12, 30),
            ("2021-03-21", 1400, 1, 1),
            ("2022-03-20", 1400, 12, 29),
            ("2024-03-20", 1403, 1, 1),
            ("2025-03-20", 1403, 12, 30),
            ("2025-12-21", 1404, 9, 30),
            ("2025-12-22", 1404, 10, 1),
            ("2025-09-22", 1404, 6, 31),
            ("2025-09-23", 1404, 7, 1),
        ] {
            let expected = SolarDate { year, month_index: month - 1, day: day_of_month };
            assert_eq!(SolarDate::of(day(gregorian)), Some(expected), "{gregorian}");
        }
        assert_eq!(SolarDate::of(day("1800-01-01")), None);
    }

    #[test]
    fn every_day_of_three_centuries_has_a_solar_day() {
        let mut date = day("1832-01-01");
        let mut before = SolarDate::of(date).unwrap();
        while date < day("2118-12-31") {
            date = date.tomorrow().unwrap();
            let solar = SolarDate::of(date).unwrap();
            let same_month = solar.month_index == before.month_index && solar.day == before.day + 1;
            let next_month = solar.day == 1 && before.day >= 29 && solar.month_index == (before.month_index + 1) % 12;
            assert!(same_month || next_month, "{date}");
            before = solar;
        }
    }
}
