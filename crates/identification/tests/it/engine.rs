// SPDX-License-Identifier: Apache-2.0
//! What the index, the score and the groups promise.

use identification::{
    birth::Birth,
    index::{Index, SearchEffort},
    number::{Code, Phone},
    place::Address,
    record::{Person, Sex},
    weights::Weights,
    words::NameField,
};
use proptest::prelude::*;

/// Fields of a person as text, in a fixed order.
#[derive(Clone, Debug, Default)]
struct Fields {
    given: String,
    family: String,
    father: String,
    native: String,
    birth: String,
    document: String,
    personal: String,
    phone: String,
    address: String,
    place: String,
    sex: String,
}

impl Fields {
    fn person(&self) -> Person {
        let mut person = Person::new();
        person.name(NameField::Given, &self.given);
        person.name(NameField::Family, &self.family);
        person.name(NameField::Father, &self.father);
        person.native(&self.native);
        person.birth(Birth::parse(&self.birth));
        person.document(Code::parse(&self.document));
        person.personal(Code::parse(&self.personal));
        person.phone(Phone::parse(&self.phone));
        person.address(Address::parse(&self.address));
        person.place(&self.place);
        person.sex(Sex::parse(&self.sex));
        person
    }
}

const GIVEN: [&str; 12] = [
    "Əli",
    "Aygün",
    "Мамед",
    "Hüseyn",
    "محمد",
    "Fatemeh",
    "გიორგი",
    "Արամ",
    "Abdul Rahman",
    "Иван",
    "Gülnarə",
    "Mehmet",
];
const FAMILY: [&str; 10] =
    ["Məmmədov", "Əliyeva", "Гусейнов", "Hosseini", "کریمی", "ბერიძე", "Հակոբյան", "Yılmaz", "Ahmadzai", "Петренко"];

fn from_list(list: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![4 => prop::sample::select(list).prop_map(str::to_owned), 1 => Just(String::new())]
}

fn fields() -> impl Strategy<Value = Fields> {
    let names = (from_list(&GIVEN), from_list(&FAMILY), from_list(&GIVEN), from_list(&GIVEN));
    let birth = prop_oneof![
        3 => (1950..2010_u16, 1..=12_u8, 1..=28_u8).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
        1 => (1950..2010_u16).prop_map(|year| format!("{year}-01-01")),
        1 => (1330..1390_u16).prop_map(|year| year.to_string()),
        1 => Just(String::new()),
    ];
    let numbers = ("[A-C][0-9]{7}|", "[A-Z0-9]{7}|", "0(50|55)[0-9]{7}|");
    let places =
        (from_list(&["Nizami 12-4", "Sahil 3", "ул. Низами 12"]), from_list(&["Bakı", "Gəncə", "کابل", "Tbilisi"]));
    (names, birth, numbers, places, "[MF]").prop_map(|(names, birth, numbers, places, sex)| Fields {
        given: names.0,
        family: names.1,
        father: names.2,
        native: names.3,
        birth,
        document: numbers.0,
        personal: numbers.1,
        phone: numbers.2,
        address: places.0,
        place: places.1,
        sex,
    })
}

fn index(records: &[Fields]) -> Index<u32> {
    let weights = Weights::general(&[]);
    let keyed = records.iter().enumerate().map(|(key, fields)| (u32::try_from(key).unwrap(), fields.person()));
    Index::of(&weights, keyed)
}

/// A registry of some hundred people who differ, so that values have frequencies.
fn town() -> Vec<Fields> {
    (0..400_u32)
        .map(|number| {
            let at = |list: &[&str], step: u32| list[(number * step + number / 7) as usize % list.len()].to_owned();
            Fields {
                given: at(&GIVEN, 5),
                family: at(&FAMILY, 3),
                father: at(&GIVEN, 7),
                birth: format!("{}-{:02}-{:02}", 1950 + number % 60, 1 + number % 12, 1 + number % 28),
                document: format!("C{:07}", number * 7919 % 9_999_991),
                sex: if number % 2 == 0 { "M" } else { "F" }.to_owned(),
                ..Fields::default()
            }
        })
        .collect()
}

fn with_town(more: &[&Fields]) -> Vec<Fields> {
    town().into_iter().chain(more.iter().map(|fields| (*fields).clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_pair_weighs_the_same_from_both_sides(left in fields(), right in fields()) {
        let index = index(&with_town(&[&left, &right]));
        let (one, _) = index.explain(400, 401).unwrap();
        let (other, _) = index.explain(401, 400).unwrap();
        prop_assert!((one.weight - other.weight).abs() < 1e-3, "{one:?} {other:?}");
    }

    #[test]
    fn the_reasons_sum_to_the_score(left in fields(), right in fields()) {
        let index = index(&with_town(&[&left, &right]));
        let (score, reasons) = index.explain(400, 401).unwrap();
        let sum: f32 = reasons.iter().map(|reason| reason.weight).sum();
        prop_assert!((score.weight - sum).abs() < 1e-3, "{score:?} {sum}");
        prop_assert!((0.0..=1.0).contains(&score.probability));
    }

    #[test]
    fn evidence_that_agrees_never_lowers_the_score(mut left in fields(), mut right in fields(), which in 0..6_usize) {
        let clear = |fields: &mut Fields, value: &str| {
            let field = match which {
                0 => &mut fields.document,
                1 => &mut fields.personal,
                2 => &mut fields.phone,
                3 => &mut fields.address,
                4 => &mut fields.birth,
                _ => &mut fields.father,
            };
            value.clone_into(field);
        };
        let value = ["C7654321", "A1B2C3D", "0501112233", "Füzuli 77-3", "1987-06-05", "Rəşad"][which];
        clear(&mut left, "");
        clear(&mut right, "");
        let (without, _) = index(&with_town(&[&left, &right])).explain(400, 401).unwrap();
        clear(&mut left, value);
        clear(&mut right, value);
        let (with, _) = index(&with_town(&[&left, &right])).explain(400, 401).unwrap();
        // The two more records with the value change its frequency by a hair.
        prop_assert!(with.weight >= without.weight - 0.05, "{which} {without:?} {with:?}");
    }

    #[test]
    fn any_text_is_taken(text in "\\PC{0,60}", other in any::<String>()) {
        let strange = Fields {
            given: text.clone(), family: other.clone(), father: text.clone(), native: other.clone(),
            birth: text.clone(), document: other.clone(), personal: text.clone(), phone: other.clone(),
            address: text.clone(), place: other, sex: text,
        };
        let mut index = index(&with_town(&[&strange]));
        let hits = index.search(&strange.person(), 5, SearchEffort::INTERACTIVE);
        prop_assert!(hits.len() <= 5);
        let score = identification::similar::WholeName::of(&strange.given)
            .similarity(&identification::similar::WholeName::of(&strange.family));
        prop_assert!((0.0..=1.0).contains(&score));
    }
}

fn hits(index: &mut Index<u32>, fields: &Fields) -> Vec<(u32, f32)> {
    let found = index.search(&fields.person(), 10, SearchEffort::INTERACTIVE);
    found.into_iter().filter(|hit| hit.score.probability > 0.01).map(|hit| (hit.key, hit.score.weight)).collect()
}

#[test]
fn a_registered_person_is_found_by_the_next_search_and_a_removed_one_is_not() {
    let mut index = index(&town());
    let person = Fields {
        given: "Рашад".to_owned(),
        family: "Гулиев".to_owned(),
        birth: "1991-07-19".to_owned(),
        ..Fields::default()
    };
    let question = Fields { given: "Rəşad".to_owned(), family: "Quliyev".to_owned(), ..person.clone() };
    assert!(!hits(&mut index, &question).iter().any(|(key, _)| *key == 9_000));
    index.add(9_000, &person.person());
    assert_eq!(hits(&mut index, &question).first().map(|(key, _)| *key), Some(9_000));
    assert!(index.remove(9_000));
    assert!(!index.remove(9_000));
    assert!(!hits(&mut index, &question).iter().any(|(key, _)| *key == 9_000));
}

#[test]
fn an_index_after_removals_answers_like_a_fresh_one() {
    let all = town();
    let mut changed = index(&all);
    for key in (0..400).filter(|key| key % 3 == 0) {
        changed.remove(key);
    }
    // One is changed, one comes back.
    changed.add(7, &all[8].person());
    changed.add(3, &all[3].person());
    let weights = Weights::general(&[]);
    let kept = (0..400_u32).filter(|key| key % 3 != 0 || *key == 3).map(|key| {
        let from = if key == 7 { 8 } else { key };
        (key, all[from as usize].person())
    });
    let mut fresh = Index::of(&weights, kept);
    assert_eq!(changed.len(), fresh.len());
    for fields in &all {
        assert_eq!(hits(&mut changed, fields), hits(&mut fresh, fields), "{fields:?}");
    }
}

#[test]
fn a_record_is_replaced_only_where_it_is() {
    let mut index = Index::<u128>::of(
        &Weights::general(&[]),
        town().iter().map(|fields| fields.person()).enumerate().map(|(key, person)| (key as u128, person)),
    );
    let person = Fields {
        given: "Рашад".to_owned(),
        family: "Гулиев".to_owned(),
        birth: "1991-07-19".to_owned(),
        ..Fields::default()
    };
    let best = |index: &mut Index<u128>| {
        index
            .search(&person.person(), 1, SearchEffort::INTERACTIVE)
            .first()
            .map(|hit| (hit.key, hit.score.probability > 0.5))
    };
    assert!(index.replace(7, &person.person()));
    assert_eq!(best(&mut index), Some((7, true)));
    assert!(index.remove(7));
    assert!(!index.replace(7, &person.person()), "a late change does not bring a removed record back");
    assert!(best(&mut index).is_none_or(|(key, _)| key != 7));
}

#[test]
fn the_index_may_be_shared_between_threads() {
    const fn shared<T: Send + Sync>() {}
    shared::<Index<u128>>();
}

#[test]
fn a_question_leaves_nothing_behind() {
    let mut index = index(&town());
    let question = town()[17].clone();
    let before = hits(&mut index, &question);
    for number in 0..50 {
        let stranger = Fields { given: format!("Xyz{number}q"), family: "Zzyzx".to_owned(), ..question.clone() };
        index.search(&stranger.person(), 3, SearchEffort::INTERACTIVE);
    }
    assert_eq!(hits(&mut index, &question), before);
}

#[test]
fn twins_and_namesake_cousins_are_two_persons() {
    let child = |given: &str, father: &str, birth: &str| Fields {
        given: given.to_owned(),
        family: "Nəbizadə".to_owned(),
        father: father.to_owned(),
        birth: birth.to_owned(),
        address: "Füzuli 77-3".to_owned(),
        phone: "0501112233".to_owned(),
        place: "Gəncə".to_owned(),
        sex: "M".to_owned(),
        ..Fields::default()
    };
    let first = child("Tural", "Rəşad", "2009-04-05");
    let twin = child("Elçin", "Rəşad", "2009-04-05");
    let again = child("Турал", "Рашад", "2009-04-05");
    let cousin = child("Tural", "Vüqar", "2011-09-17");
    let index = index(&with_town(&[&first, &twin, &again, &cousin]));
    let probability = |other| index.explain(400, other).unwrap().0.probability;
    assert!(probability(401) < 0.5, "twin {}", probability(401));
    assert!(probability(402) > 0.95, "the same {}", probability(402));
    assert!(probability(403) < 0.2, "cousin {}", probability(403));
}
