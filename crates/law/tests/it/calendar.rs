// SPDX-License-Identifier: Apache-2.0
//! Working days and terms, on the shipped calendar.

use domain::{
    procedure::{ActionCode, ClockCode, ClockRule, Confidence, TermUnit},
    time::Date,
};
use law::{Calendar, CalendarError};
use proptest::prelude::*;

use crate::support::PACK;

fn calendar() -> &'static Calendar {
    PACK.calendar()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn rule(count: u16, unit: TermUnit, rolls_to_working_day: bool) -> ClockRule {
    ClockRule {
        clock: ClockCode::parse("test").unwrap(),
        starts: ActionCode::parse("start").unwrap(),
        met_by: [ActionCode::parse("end").unwrap()].into(),
        count,
        unit,
        rolls_to_working_day,
        valid_from: date("2020-01-01"),
        valid_to: None,
        cites: "az-labour-code:105".to_owned().try_into().unwrap(),
        confidence: Confidence::Unconfirmed,
    }
}

/// Every day from the first to the last, both included.
fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
}

/// The number of working days of a five-day week that the Ministry of Labour published for the year.
#[test]
fn the_year_has_as_many_working_days_as_the_ministry_published() {
    for (year, published) in [(2025, 239), (2026, 241)] {
        let all = days(Date::constant(year, 1, 1), Date::constant(year, 12, 31));
        assert_eq!(all.filter(|day| calendar().is_working_day(*day).unwrap()).count(), published, "{year}");
    }
}

#[test]
fn holidays_and_moved_days_are_rest_days() {
    for (day, works) in [
        ("2025-01-03", false), // exchanged for 28 December 2024
        ("2025-01-20", false), // mourning
        ("2025-03-10", true),  // exchanged for 28 March
        ("2025-03-27", false),
        ("2025-03-28", false),
        ("2025-04-01", true),
        ("2025-04-02", true),
        ("2025-12-18", true),
        ("2026-03-30", false), // Ramazan within Novruz
        ("2026-03-31", true),
        ("2026-05-29", false), // Gurban on Independence Day
        ("2026-11-10", false),
        ("2027-05-18", false),
        ("2027-05-19", true),
    ] {
        assert_eq!(calendar().is_working_day(date(day)), Ok(works), "{day}");
    }
}

#[test]
fn terms_are_counted_without_the_day_on_which_they_start() {
    for (count, unit, rolls, started, due) in [
        (15, TermUnit::Days, false, "2025-12-01", "2025-12-16"),
        (1, TermUnit::Months, false, "2026-01-31", "2026-02-28"),
        (3, TermUnit::Months, false, "2025-11-30", "2026-02-28"),
        (30, TermUnit::Days, true, "2025-12-02", "2026-01-05"), // 1 January, then a weekend
        (1, TermUnit::WorkingDays, false, "2025-12-30", "2026-01-05"),
        (5, TermUnit::WorkingDays, false, "2026-03-18", "2026-04-03"),
        (0, TermUnit::WorkingDays, false, "2026-03-20", "2026-03-20"),
        (2, TermUnit::Days, false, "2026-03-18", "2026-03-20"), // without rolling a term may end on a holiday
    ] {
        assert_eq!(
            calendar().due(&rule(count, unit, rolls), date(started)),
            Ok(date(due)),
            "{count} {unit:?} {started}"
        );
    }
}

#[test]
fn a_year_that_the_pack_does_not_know_is_an_error_and_never_a_guess() {
    let error = calendar().is_working_day(date("2028-01-10")).unwrap_err();
    assert_eq!(error.to_string(), "holidays of 2028 are not in the pack");
    let ten = rule(10, TermUnit::WorkingDays, false);
    assert_eq!(calendar().due(&ten, date("2027-12-28")), Err(CalendarError::UnknownYear(2028)));
    assert_eq!(calendar().due(&ten, date("2019-05-06")), Err(CalendarError::UnknownYear(2019)));
    // Calendar days that do not roll need no holidays: a paper file of 2003 can be entered.
    assert_eq!(calendar().due(&rule(3, TermUnit::Months, false), date("2003-05-31")), Ok(date("2003-08-31")));
    assert_eq!(calendar().due(&rule(1, TermUnit::Days, false), Date::MAX), Err(CalendarError::OutOfRange));
    assert_eq!(calendar().due(&rule(1, TermUnit::Months, false), Date::MAX), Err(CalendarError::OutOfRange));
}

fn any_unit() -> impl Strategy<Value = TermUnit> {
    prop_oneof![Just(TermUnit::Days), Just(TermUnit::WorkingDays), Just(TermUnit::Months)]
}

/// A day on which a term of the tests can start and still end in a known year.
fn any_start() -> impl Strategy<Value = Date> {
    (0i64..700).prop_map(|offset| date("2025-01-01").checked_add(jiff::Span::new().days(offset)).unwrap())
}

proptest! {
    #[test]
    fn a_rolling_term_never_ends_on_a_rest_day(started in any_start(), unit in any_unit(), count in 1u16..12) {
        let due = calendar().due(&rule(count, unit, true), started).unwrap();
        prop_assert!(calendar().is_working_day(due).unwrap());
        prop_assert!(due > started);
    }

    #[test]
    fn a_longer_term_never_ends_earlier(started in any_start(), unit in any_unit(), count in 1u16..11, rolls: bool) {
        let short = calendar().due(&rule(count, unit, rolls), started).unwrap();
        let long = calendar().due(&rule(count + 1, unit, rolls), started).unwrap();
        prop_assert!(short <= long);
        let later = calendar().due(&rule(count, unit, rolls), started.tomorrow().unwrap()).unwrap();
        prop_assert!(short <= later);
    }

    #[test]
    fn working_days_agree_with_counting_on_the_fingers(started in any_start(), count in 1u16..60) {
        let due = calendar().add_working_days(started, count).unwrap();
        let worked = days(started.tomorrow().unwrap(), due).filter(|day| calendar().is_working_day(*day).unwrap()).count();
        prop_assert_eq!(worked, usize::from(count));
        prop_assert!(calendar().is_working_day(due).unwrap());
    }

    #[test]
    fn rolling_moves_only_over_rest_days(started in any_start(), count in 1u16..60) {
        let plain = calendar().due(&rule(count, TermUnit::Days, false), started).unwrap();
        let rolled = calendar().due(&rule(count, TermUnit::Days, true), started).unwrap();
        prop_assert!(days(plain, rolled).take_while(|day| *day < rolled).all(|day| !calendar().is_working_day(day).unwrap()));
    }
}
