// SPDX-License-Identifier: Apache-2.0
//! The three lines: the specimen of the standard, names that are too long, and every wrong character.

use credential::{
    birth::BirthDate,
    mrz::{Field, MrzDate, MrzError, Practice, Td1, Td1Error, Td1Fields, parse, transliterate},
    person::Sex,
    verify::{MrzVerdict, verify_mrz},
};
use domain::time::Date;
use proptest::prelude::*;

const SPECIMEN: [&str; 3] =
    ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];

fn specimen() -> Td1Fields {
    Td1Fields {
        document_code: "I".to_owned(),
        issuing_state: "UTO".parse().unwrap(),
        card_number: "D23145890".to_owned(),
        birth_date: BirthDate::Day(Date::constant(1974, 8, 12)),
        sex: Sex::Female,
        expiry: Date::constant(2012, 4, 15),
        nationality: "UTO".parse().unwrap(),
        primary: "ERIKSSON".to_owned(),
        secondary: "ANNA<MARIA".to_owned(),
        optional1: String::new(),
        optional2: String::new(),
    }
}

fn name_line(primary: &str, secondary: &str) -> String {
    let fields = Td1Fields { primary: primary.to_owned(), secondary: secondary.to_owned(), ..specimen() };
    let [_, _, line] = Td1::new(fields).unwrap().lines();
    line
}

#[test]
fn the_specimen_of_the_standard_is_written_and_read() {
    assert_eq!(Td1::new(specimen()).unwrap().lines(), SPECIMEN);
    let read = parse(&SPECIMEN).unwrap();
    assert_eq!(read.document_code, "I");
    assert_eq!(read.card_number, "D23145890");
    assert_eq!(read.birth_date, MrzDate { year: Some(74), month: Some(8), day: Some(12) });
    assert_eq!(read.expiry, MrzDate { year: Some(12), month: Some(4), day: Some(15) });
    assert_eq!((read.sex, read.nationality.as_str()), (Sex::Female, "UTO"));
    assert_eq!((read.primary.as_str(), read.secondary.as_str()), ("ERIKSSON", "ANNA<MARIA"));
    assert!(!read.is_name_perhaps_cut());
    assert!(matches!(verify_mrz(&SPECIMEN), MrzVerdict::CheckDigitsFit(_)));
}

#[test]
fn unknown_parts_of_a_birth_date_become_fillers() {
    for (birth_date, field) in [
        (BirthDate::Month { year: 1988, month: 2 }, "8802<<"),
        (BirthDate::Year(2004), "04<<<<"),
        (BirthDate::Unknown, "<<<<<<"),
    ] {
        let lines = Td1::new(Td1Fields { birth_date, ..specimen() }).unwrap().lines();
        assert_eq!(&lines[1][..6], field);
        let read = parse(&lines).unwrap().birth_date;
        let (year, month, day) = birth_date.parts();
        assert_eq!(read.year.map(i16::from), year.map(|year| year % 100));
        assert_eq!((read.month, read.day), (month.map(|month| month as u8), day.map(|day| day as u8)));
    }
}

#[test]
fn a_refugees_card_carries_its_codes() {
    let fields = Td1Fields {
        document_code: "IR".to_owned(),
        issuing_state: "AZE".parse().unwrap(),
        nationality: "XXB".parse().unwrap(),
        sex: Sex::Unspecified,
        optional1: "A1".to_owned(),
        optional2: "B2".to_owned(),
        ..specimen()
    };
    let lines = Td1::new(fields).unwrap().lines();
    assert!(lines[0].starts_with("IRAZED23145890"));
    assert_eq!(&lines[1][7..8], "<");
    assert_eq!(&lines[1][15..29], "XXBB2<<<<<<<<<");
    let read = parse(&lines).unwrap();
    assert_eq!((read.optional1.as_str(), read.optional2.as_str()), ("A1", "B2"));
}

#[test]
fn long_names_are_cut_so_that_the_last_position_is_a_letter() {
    for (primary, secondary, line) in [
        ("NILAVADHANANANDA", "CHAYAPA<DEJTHAMRONG<KRASUANG", "NILAVADHANANANDA<<CHAYAPA<DEJT"),
        ("BENNELONG<WOOLOOMOOLOO<WARRANDYTE", "DINGO<POTOROO", "BENNELONG<WOOLOOMOOLOO<WARR<<D"),
        // The cut falls on a filler: the component before it gives up its last letter.
        ("ABCDEFGHIJKLMNOP", "ANNAMARIATE<EVA", "ABCDEFGHIJKLMNOP<<ANNAMARIAT<E"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ<MIR", "ANNA", "ABCDEFGHIJKLMNOPQRSTUVWXY<M<<A"),
        // One letter too many.
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZAB", "E", "ABCDEFGHIJKLMNOPQRSTUVWXYZA<<E"),
        // It just fits.
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZA", "E", "ABCDEFGHIJKLMNOPQRSTUVWXYZA<<E"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZABCD", "", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCD"),
        // A person with one name.
        ("SUHARTO", "", "SUHARTO<<<<<<<<<<<<<<<<<<<<<<<"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGH", "", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCD"),
    ] {
        assert_eq!(name_line(primary, secondary), line);
    }
    let cut = Td1Fields { primary: "A".repeat(40), ..specimen() };
    assert!(parse(&Td1::new(cut).unwrap().lines()).unwrap().is_name_perhaps_cut());
}

#[test]
fn fields_that_do_not_fit_are_refused() {
    let refused = |change: fn(&mut Td1Fields)| {
        let mut fields = specimen();
        change(&mut fields);
        Td1::new(fields).err()
    };
    for (change, field) in [
        ((|fields| fields.document_code = "P".to_owned()) as fn(&mut Td1Fields), Field::DocumentCode),
        (|fields| fields.document_code = "IV".to_owned(), Field::DocumentCode),
        (|fields| fields.document_code = "AC".to_owned(), Field::DocumentCode),
        (|fields| fields.card_number = "1234567890".to_owned(), Field::CardNumber),
        (|fields| fields.card_number = "12<4".to_owned(), Field::CardNumber),
        (|fields| fields.card_number.clear(), Field::CardNumber),
        (|fields| fields.birth_date = BirthDate::Month { year: 1990, month: 13 }, Field::BirthDate),
        (|fields| fields.primary.clear(), Field::Name),
        (|fields| fields.primary = "MC<<DONALD".to_owned(), Field::Name),
        (|fields| fields.secondary = "ƏLİ".to_owned(), Field::Name),
        (|fields| fields.optional1 = "A".repeat(16), Field::Optional1),
        (|fields| fields.optional2 = "a".to_owned(), Field::Optional2),
    ] {
        assert_eq!(refused(change), Some(Td1Error(field)));
    }
}

#[test]
fn wrong_lines_are_refused_with_the_place() {
    let [first, second, third] = SPECIMEN;
    let refused = |lines: &[&str]| parse(lines).unwrap_err();
    assert_eq!(refused(&[first, second]), MrzError::LineCount { found: 2 });
    assert_eq!(refused(&[first, &second[1..], third]), MrzError::Length { line: 2, found: 29 });
    assert_eq!(refused(&[&first.to_lowercase(), second, third]), MrzError::Character { line: 1, position: 1 });
    let with =
        |line: &str, place: usize, character: &str| format!("{}{character}{}", &line[..place], &line[place + 1..]);
    let check = |line, field| MrzError::CheckDigit { line, field };
    assert_eq!(refused(&[&with(first, 5, "E"), second, third]), check(1, Field::CardNumber));
    assert_eq!(refused(&[first, &with(second, 0, "8"), third]), check(2, Field::BirthDate));
    assert_eq!(refused(&[first, &with(second, 8, "2"), third]), check(2, Field::Expiry));
    assert_eq!(refused(&[first, &with(second, 29, "7"), third]), check(2, Field::Composite));
    assert_eq!(refused(&[&with(first, 20, "B"), second, third]), check(2, Field::Composite));
    assert_eq!(refused(&[first, &with(second, 7, "X"), third]), MrzError::Field { line: 2, field: Field::Sex });
    assert_eq!(refused(&[first, second, &with(third, 0, "<")]), MrzError::Field { line: 3, field: Field::Name });
    assert_eq!(refused(&[first, second, &with(third, 0, "1")]), MrzError::Field { line: 3, field: Field::Name });
    assert_eq!(
        refused(&[first, second, "ERIKSSONə<ANNA<MARIA<<<<<<<<<<"]),
        MrzError::Character { line: 3, position: 9 }
    );
    assert_eq!(verify_mrz(&["x"]), MrzVerdict::Wrong(MrzError::LineCount { found: 1 }));
}

fn value(character: char) -> u32 {
    character.to_digit(36).unwrap_or(0)
}

#[test]
fn every_changed_character_under_a_check_digit_is_refused() {
    const CHARACTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
    let lines = Td1::new(specimen()).unwrap().lines();
    // Number, date of birth, date of expiry, each with its check digit, and the composite one.
    let places = (5..15).map(|place| (0, place)).chain((0..7).chain(8..15).chain(29..30).map(|place| (1, place)));
    let mut refused = 0;
    for (line, place) in places {
        let original = lines[line].chars().nth(place).unwrap();
        for character in CHARACTERS.chars().filter(|character| *character != original) {
            let mut changed = lines.clone();
            changed[line].replace_range(place..=place, character.encode_utf8(&mut [0; 4]));
            let is_check_digit = matches!((line, place), (0, 14) | (1, 6 | 14 | 29));
            let may_pass = !is_check_digit && value(character) % 10 == value(original) % 10;
            match parse(&changed) {
                Ok(_) => assert!(may_pass, "line {line}, position {place}: {original} to {character}"),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 25 * 30);
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zƏəÖöÜüÇçŞşĞğİı' -]{0,40}",
        "[А-Яа-яЁёІіЇїЄє' -]{0,40}",
        "[ا-غف-يپچژگکیۀ ]{0,40}",
        "([A-Z]{1,2} ){10,30}",
        "[a-z]{30,70}",
    ]
}

fn any_fields() -> impl Strategy<Value = Td1Fields> {
    let birth = prop_oneof![
        Just(BirthDate::Unknown),
        (1900_i16..2030).prop_map(BirthDate::Year),
        (1900_i16..2030, 1_i8..=12).prop_map(|(year, month)| BirthDate::Month { year, month }),
        (1900_i16..2030, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| BirthDate::Day(Date::constant(year, month, day))),
    ];
    let sex = prop_oneof![Just(Sex::Male), Just(Sex::Female), Just(Sex::Unspecified)];
    let expiry = (2000_i16..2099, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Date::constant(year, month, day));
    (any_name(), any_name(), "[A-Z0-9]{1,9}", birth, sex, expiry, "([A-Z0-9<]{0,14}[A-Z0-9])?").prop_filter_map(
        "names with letters",
        |(primary, secondary, card_number, birth_date, sex, expiry, optional1)| {
            let primary = transliterate(&primary, Practice::default()).ok()?.mrz;
            let secondary = transliterate(&secondary, Practice::default()).map(|name| name.mrz).unwrap_or_default();
            Some(Td1Fields { primary, secondary, card_number, birth_date, sex, expiry, optional1, ..specimen() })
        },
    )
}

proptest! {
    #[test]
    fn any_person_gives_three_lines_that_come_back(fields in any_fields()) {
        let lines = Td1::new(fields.clone()).unwrap().lines();
        for line in &lines {
            prop_assert_eq!(line.len(), 30);
            prop_assert!(line.bytes().all(|character| matches!(character, b'A'..=b'Z' | b'0'..=b'9' | b'<')));
        }
        let read = parse(&lines).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let whole = fields.primary.len() + fields.secondary.len() + 2 * usize::from(!fields.secondary.is_empty());
        if whole <= 30 {
            prop_assert_eq!(&read.primary, &fields.primary);
            prop_assert_eq!(&read.secondary, &fields.secondary);
        } else {
            let is_one_name_of_single_letters =
                fields.secondary.is_empty() && fields.primary.split('<').take(15).all(|part| part.len() == 1);
            prop_assert!(read.is_name_perhaps_cut() || is_one_name_of_single_letters);
            prop_assert_eq!(read.secondary.is_empty(), fields.secondary.is_empty());
        }
        prop_assert_eq!(read.card_number, fields.card_number);
        prop_assert_eq!(read.optional1, fields.optional1);
        prop_assert_eq!(read.sex, fields.sex);
        prop_assert_eq!(read.expiry.year.map(i16::from), Some(fields.expiry.year() % 100));
        prop_assert_eq!(read.birth_date.year.map(i16::from), fields.birth_date.parts().0.map(|year| year % 100));
    }

    #[test]
    fn any_text_is_transliterated_or_refused(name: String) {
        if let Ok(written) = transliterate(&name, Practice::default()) {
            prop_assert!(written.mrz.split('<').all(|part| !part.is_empty() && part.bytes().all(|c| c.is_ascii_uppercase())));
        }
    }

    #[test]
    fn any_lines_are_read_or_refused(lines in proptest::collection::vec(".{0,32}", 0..5), upper in proptest::collection::vec("[A-Z0-9<]{30}", 3)) {
        let _ = parse(&lines);
        let _ = parse(&upper);
    }
}
