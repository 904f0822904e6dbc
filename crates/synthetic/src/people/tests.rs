// SPDX-License-Identifier: Apache-2.0
//! What holds for everybody made here.

use std::collections::{HashMap, HashSet};

use super::*;

fn people(count: usize) -> Vec<SyntheticFamily> {
    let mut persons = 0;
    families(1)
        .take_while(|family| {
            let goes_on = persons < count;
            persons += family.members.len();
            goes_on
        })
        .collect()
}

#[test]
fn the_same_seed_makes_the_same_family() {
    assert_eq!(family(42), family(42));
    assert_ne!(family(42), family(43));
}

#[test]
fn each_family_has_one_head_who_comes_first_and_an_adult() {
    for family in people(2_000) {
        let heads = family.members.iter().filter(|member| member.relation == "head").count();
        assert_eq!((heads, family.members[0].relation), (1, "head"));
        assert!(family.members.len() <= 11);
        assert!(family.members[0].birth_date.year() <= REGISTRATION_YEAR - 18);
        assert!(family.members.iter().filter(|member| member.relation == "spouse").count() <= 1);
    }
}

#[test]
fn parents_are_older_than_their_children_and_nobody_is_born_after_registration() {
    for family in people(2_000) {
        let head = family.members[0].birth_date.year();
        for member in &family.members {
            let year = member.birth_date.year();
            assert!(year <= REGISTRATION_YEAR && year > 1900, "{member:?}");
            match member.relation {
                "son" | "daughter" => {
                    let parents = family.members.iter().filter(|parent| ["head", "spouse"].contains(&parent.relation));
                    let mothers_gap = parents.map(|parent| year - parent.birth_date.year()).min().unwrap();
                    assert!((16..=55).contains(&mothers_gap), "{family:?}");
                }
                "mother" | "father" => assert!(year <= head - 15, "{family:?}"),
                _ => {}
            }
        }
    }
}

#[test]
fn brothers_and_sisters_have_names_of_their_own_and_more_than_a_year_between_them() {
    for family in people(2_000) {
        let children: Vec<_> =
            family.members.iter().filter(|member| ["son", "daughter"].contains(&member.relation)).collect();
        for pair in children.windows(2) {
            assert!(pair[1].birth_date.year() - pair[0].birth_date.year() >= 2, "{family:?}");
        }
        let given: HashSet<_> = children.iter().map(|child| &child.names[0].given).collect();
        assert_eq!(given.len(), children.len(), "{family:?}");
    }
}

#[test]
fn sex_fits_relation_and_names_fit_their_script() {
    for member in people(2_000).iter().flat_map(|family| &family.members) {
        match member.relation {
            "son" | "father" | "brother" => assert_eq!(member.sex, Sex::Male),
            "daughter" | "mother" | "sister" => assert_eq!(member.sex, Sex::Female),
            _ => {}
        }
        assert_eq!(member.names.last().unwrap().script, "latin");
        for name in &member.names {
            let fits = |letter: char| match name.script {
                "arabic" => ('\u{600}'..='\u{6ff}').contains(&letter) || letter == '\u{200c}',
                "cyrillic" => ('\u{400}'..='\u{4ff}').contains(&letter),
                _ => letter < '\u{250}' || letter == 'ə' || letter == 'Ə',
            };
            let texts = [Some(&name.given), name.family.as_ref(), name.father.as_ref()];
            for text in texts.into_iter().flatten() {
                assert!(text.chars().all(|letter| fits(letter) || letter == ' ' || letter == '-'), "{text}");
            }
        }
    }
}

#[test]
fn no_document_number_could_be_a_real_one_and_none_comes_twice() {
    let mut seen = HashSet::new();
    for document in
        people(2_000).iter().flat_map(|family| &family.members).filter_map(|member| member.document.as_ref())
    {
        assert!(document.number.contains(RESERVED_MARK));
        assert!(seen.insert(document.number.clone()), "{}", document.number);
    }
    assert!(seen.len() > 1_000);
}

#[test]
fn two_thousand_people_are_varied() {
    let families = people(2_000);
    let members: Vec<_> = families.iter().flat_map(|family| &family.members).collect();
    assert!((2_000..2_020).contains(&members.len()));
    let mut names = HashMap::<String, u16>::new();
    for member in &members {
        let latin = member.names.last().unwrap();
        *names.entry(format!("{} {:?}", latin.given, latin.family)).or_default() += 1;
    }
    assert!(names.len() > 1_000, "{} different names", names.len());
    let share = |count: usize| 100 * count / members.len();
    assert!((40..60).contains(&share(members.iter().filter(|member| member.sex == Sex::Female).count())));
    assert!((25..60).contains(&share(members.iter().filter(|m| m.birth_date.year() > REGISTRATION_YEAR - 18).count())));
    assert!((8..30).contains(&share(members.iter().filter(|member| member.birth_precision != "day").count())));
    assert!(families.iter().filter(|family| family.displacement.is_some()).count() * 2 > families.len());
    for country in ["AZE", "AFG", "IRQ", "SYR", "UKR", "RUS", "IRN", "XXA"] {
        assert!(members.iter().any(|member| member.citizenship == country), "nobody from {country}");
    }
}
