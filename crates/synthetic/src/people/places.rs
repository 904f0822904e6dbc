// SPDX-License-Identifier: Apache-2.0
//! Where people come from, how and when they were displaced, and where they live now.

/// A place people were forced to leave: administrative area today (`None` abroad), name then, name now where it differs,
/// country, wave and cause as in the country pack's code lists, year and months of the flight.
pub(super) struct Origin {
    pub(super) area: Option<&'static str>,
    pub(super) name_then: &'static str,
    pub(super) name_now: Option<&'static str>,
    pub(super) wave: &'static str,
    pub(super) cause: &'static str,
    pub(super) year: i16,
    pub(super) months: (u16, u16),
}

const fn within(
    area: &'static str,
    name_then: &'static str,
    name_now: Option<&'static str>,
    wave: &'static str,
    year: i16,
    months: (u16, u16),
) -> Origin {
    Origin { area: Some(area), name_then, name_now, wave, cause: "armed_conflict", year, months }
}

const fn from_armenia(name_then: &'static str, name_now: Option<&'static str>) -> Origin {
    Origin {
        area: None,
        name_then,
        name_now,
        wave: "1988-1992_from_armenia",
        cause: "expulsion_by_nationality",
        year: 1988,
        months: (11, 12),
    }
}

const fn abroad(name: &'static str, wave: &'static str, cause: &'static str, year: i16, months: (u16, u16)) -> Origin {
    Origin { area: None, name_then: name, name_now: None, wave, cause, year, months }
}

pub(super) const AZERBAIJANI: &[Origin] = &[
    within("XA", "Stepanakert", Some("Xankəndi"), "1988-1991_karabakh", 1988, (9, 11)),
    within("XCI", "Xocalı", None, "1992-1994_occupied", 1992, (2, 3)),
    within("SUS", "Şuşa", None, "1992-1994_occupied", 1992, (5, 5)),
    within("LAC", "Laçın", None, "1992-1994_occupied", 1992, (5, 6)),
    within("XVD", "Martuni", Some("Xocavənd"), "1992-1994_occupied", 1992, (10, 10)),
    within("KAL", "Kəlbəcər", None, "1992-1994_occupied", 1993, (4, 4)),
    within("AGD", "Mardakert", Some("Ağdərə"), "1992-1994_occupied", 1993, (7, 7)),
    within("AGM", "Ağdam", None, "1992-1994_occupied", 1993, (7, 8)),
    within("FUZ", "Füzuli", None, "1992-1994_occupied", 1993, (8, 9)),
    within("CAB", "Cəbrayıl", None, "1992-1994_occupied", 1993, (8, 9)),
    within("QBI", "Qubadlı", None, "1992-1994_occupied", 1993, (8, 9)),
    within("ZAN", "Mincivan", None, "1992-1994_occupied", 1993, (10, 11)),
    within("TAR", "Tərtər", None, "2020_frontline", 2020, (10, 11)),
    from_armenia("Basarkeçər", Some("Vardenis")),
    from_armenia("Qafan", Some("Kapan")),
    from_armenia("Hamamlı", Some("Spitak")),
];

pub(super) const AFGHAN: &[Origin] = &[
    abroad("Kabul", "afghanistan_since_2021", "persecution", 2021, (8, 12)),
    abroad("Herat", "afghanistan_since_2021", "persecution", 2022, (1, 12)),
    abroad("Mazar-i-Sharif", "afghanistan_since_2021", "generalised_violence", 2023, (1, 12)),
    abroad("Kunduz", "afghanistan_before_2021", "generalised_violence", 2015, (9, 12)),
    abroad("Jalalabad", "afghanistan_before_2021", "generalised_violence", 2018, (1, 12)),
    abroad("Kandahar", "afghanistan_before_2021", "armed_conflict", 2009, (1, 12)),
];

pub(super) const IRAQI: &[Origin] = &[
    abroad("Mosul", "iraq_since_2003", "armed_conflict", 2014, (6, 12)),
    abroad("Baghdad", "iraq_since_2003", "generalised_violence", 2006, (1, 12)),
    abroad("Basra", "iraq_since_2003", "persecution", 2019, (1, 12)),
    abroad("Kirkuk", "iraq_since_2003", "armed_conflict", 2017, (9, 12)),
];

pub(super) const SYRIAN: &[Origin] = &[
    abroad("Aleppo", "syria_since_2011", "armed_conflict", 2013, (1, 12)),
    abroad("Homs", "syria_since_2011", "armed_conflict", 2012, (2, 12)),
    abroad("Deir ez-Zor", "syria_since_2011", "armed_conflict", 2017, (1, 12)),
];

pub(super) const UKRAINIAN: &[Origin] = &[
    abroad("Mariupol", "ukraine_since_2022", "armed_conflict", 2022, (3, 5)),
    abroad("Kharkiv", "ukraine_since_2022", "armed_conflict", 2022, (3, 12)),
    abroad("Kherson", "ukraine_since_2022", "armed_conflict", 2022, (4, 12)),
];

pub(super) const RUSSIAN: &[Origin] = &[
    abroad("Grozny", "1994-1999_chechnya", "armed_conflict", 1999, (10, 12)),
    abroad("Gudermes", "1994-1999_chechnya", "armed_conflict", 1995, (1, 12)),
    abroad("Nalchik", "other", "persecution", 2022, (3, 12)),
];

pub(super) const IRANIAN: &[Origin] = &[
    abroad("Tabriz", "other", "persecution", 2019, (11, 12)),
    abroad("Shiraz", "other", "persecution", 2022, (9, 12)),
    abroad("Tehran", "other", "persecution", 2020, (1, 12)),
];

/// Administrative areas where people live now, with the name of the place.
pub(super) const HOMES: [(&str, &str); 12] = [
    ("BA", "Bakı"),
    ("BA", "Bakı"),
    ("SM", "Sumqayıt"),
    ("GA", "Gəncə"),
    ("ABS", "Xırdalan"),
    ("FUZ", "Horadiz"),
    ("BAR", "Bərdə"),
    ("AGC", "Ağcabədi"),
    ("BIL", "Biləsuvar"),
    ("SAB", "Sabirabad"),
    ("MI", "Mingəçevir"),
    ("GOR", "Goranboy"),
];

/// Dwellings of the displaced, by code; those named twice are commoner.
pub(super) const DWELLINGS: [&str; 10] = [
    "new_settlement",
    "new_settlement",
    "dormitory",
    "dormitory",
    "public_building",
    "sanatorium",
    "with_relatives",
    "own_home",
    "unfinished_building",
    "returned_home",
];

/// Dwellings of those who came from abroad.
pub(super) const DWELLINGS_FROM_ABROAD: [&str; 4] = ["rented", "rented", "with_relatives", "centre"];
